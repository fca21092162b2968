// On the page of a case: the materials that it owes, and how long its document holds. Nothing where there is neither.
import { lazy, Suspense, useState } from 'react';
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { caseFaster } from '../contract.ts';
import { Materials } from './materials.tsx';
import { leftTone, sayLeft, sayRule, TOLERANCE_TONE } from './say.ts';
import './faster.css';

const ExtendDialog = lazy(async () => ({ default: (await import('./extend.tsx')).ExtendDialog }));
type Shown = OutputOf<typeof caseFaster>;

export function CaseFaster({ caseId }: { readonly caseId: string }) {
  const read = useRead(caseFaster, { id: caseId });
  if (read.error !== undefined) return <Problem small error={read.error} onRetry={read.again} />;
  if (read.data === undefined) return null;
  return <>{read.data.tolerances.length > 0 && <Owed shown={read.data} />}{read.data.validity !== null && <Validity shown={read.data} validity={read.data.validity} />}</>;
}

function Owed({ shown }: { readonly shown: Shown }) {
  const t = useT('approvals');
  const format = useFormat();
  return (
    <Section title={t('faster.tolerances')}>
      <ul className="card fasterlist">
        {shown.tolerances.map((one) => (
          <li key={one.id}>
            <div className="fasterhead"><State tone={TOLERANCE_TONE[one.state]} word={t(`faster.toleranceState.${one.state}`)} /><span className="two small push">{t('faster.givenBy', { name: one.acceptedBy, day: format.day(one.day) })}</span></div>
            <Materials projectId={shown.projectId} version={shown.version} tolerance={one} can={shown.can} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Validity({ shown, validity }: { readonly shown: Shown; readonly validity: NonNullable<Shown['validity']> }) {
  const t = useT('approvals');
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const may = shown.can.examine && validity.extensionsLeft > 0 && validity.daysLeft >= 0;
  return (
    <Section title={t('faster.validity')} actions={may ? <Button small onClick={() => setOpen(true)}>{t('faster.act.extend')}</Button> : undefined}>
      <div className="card pad">
        <Facts columns={2} facts={[
          { label: t('faster.expiring.until'), value: <>{format.day(validity.until)} <span className={`tone-${leftTone(validity.daysLeft)}`}>{sayLeft(validity.daysLeft, t)}</span></> },
          { label: t('faster.expiring.next'), value: sayRule(validity, t) },
          ...(validity.extensions === 0 ? [] : [{ label: t('faster.extendedBy'), value: t('faster.extendedTimes', { count: validity.extensions, document: validity.extensionDocument ?? '' }) }]),
        ]} />
      </div>
      <Suspense fallback={null}>{open && <ExtendDialog document={{ ...shown, ...validity }} onClose={() => setOpen(false)} />}</Suspense>
    </Section>
  );
}
