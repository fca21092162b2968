// 提速办理 of a project. One question: what goes a faster way here, what is still owed, and which gates of the law are open? What is simulated carries
// its mark wherever it is shown.
import { lazy, Suspense, useState } from 'react';
import { useRead } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { useFormat } from '../../../../web/format.ts';
import { usePath } from '../../../../web/router.tsx';
import { readFaster } from '../contract.ts';
import type { Act } from './act.tsx';
import { Gates } from './gates.tsx';
import { Guidances, Promises, Tolerances } from './granted.tsx';
import { Simulations } from './simulations.tsx';
import type { Faster } from './say.ts';
import './faster.css';

const ActDialog = lazy(async () => ({ default: (await import('./act.tsx')).ActDialog }));

export function FasterPage() {
  const { id = '' } = usePath();
  const read = useRead(readFaster, { id });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  return <Page shown={read.data} />;
}

function Page({ shown }: { readonly shown: Faster }) {
  const t = useT('approvals');
  const [act, setAct] = useState<Act | undefined>(undefined);
  const { can } = shown;
  const opined = shown.simulations.some((one) => one.status === 'opined' && !one.expired);
  return (
    <Record
      crumbs={[{ label: t('web:page.projects.list'), href: '/projects' }, { label: shown.name, href: `/projects/${shown.id}` }, { label: t('web:page.approvals.plan'), href: `/projects/${shown.id}/approvals` }, { label: t('faster.title') }]}
      title={shown.name}
      say={t(shown.bound ? 'faster.bound' : 'faster.unbound')}
      strip={<Strip shown={shown} />}
      actions={
        <>
          {can.guide && <Button onClick={() => setAct({ kind: 'guide' })}>{t('faster.act.guide')}</Button>}
          {can.examine && opined && <Button onClick={() => setAct({ kind: 'contract' })}>{t('faster.act.contract')}</Button>}
          {can.simulate && shown.keyProject && <Button kind="main" onClick={() => setAct({ kind: 'simulate' })}>{t('faster.act.simulate')}</Button>}
        </>
      }
    >
      <div className="stack fasterpage">
        <Simulations shown={shown} onAct={setAct} />
        <Gates shown={shown} />
        <Tolerances shown={shown} onAct={setAct} />
        <Promises shown={shown} onAct={setAct} />
        <Guidances shown={shown} />
      </div>
      <Suspense fallback={null}>{act !== undefined && <ActDialog shown={shown} act={act} onClose={() => setAct(undefined)} />}</Suspense>
    </Record>
  );
}

function Strip({ shown }: { readonly shown: Faster }) {
  const t = useT('approvals');
  const format = useFormat();
  const running = shown.simulations.filter((one) => !one.expired && ['applied', 'opined', 'converting', 'reviewing'].includes(one.status));
  const formal = shown.simulations.filter((one) => one.status === 'formal').length;
  const debts = running.flatMap((one) => one.owed);
  const late = debts.filter((one) => one.late).length;
  const owing = shown.tolerances.flatMap((one) => (one.state === 'owing' ? one.materials.filter((each) => each.suppliedDay === null) : []));
  const unchecked = shown.promises.filter((one) => one.state === 'granted');
  const overdue = unchecked.filter((one) => one.daysLeft !== null && one.daysLeft < 0).length;
  return (
    <FigureStrip>
      <Figure label={t('faster.figure.simulated')} value={format.count(running.length)} note={t('faster.figure.formal', { count: formal })} definition={t('faster.simulationsHint')} />
      <Figure label={t('faster.owed')} value={format.count(debts.length)} {...(late > 0 ? { note: t('faster.figure.late', { count: late }), noteTone: 'bad' as const } : {})} />
      <Figure label={t('faster.figure.owing')} value={format.count(owing.length)} />
      <Figure label={t('faster.figure.unchecked')} value={format.count(unchecked.length)} {...(overdue > 0 ? { href: '/approvals/expiring?within=over&kind=promise' } : {})} {...(overdue > 0 ? { note: t('faster.figure.late', { count: overdue }), noteTone: 'bad' as const } : {})} />
      <Figure label={t('faster.figure.gates')} value={shown.bound ? `${format.count(shown.gates.filter((one) => one.open).length)} / ${format.count(shown.gates.length)}` : '—'} definition={t('faster.gatesHint')} />
    </FigureStrip>
  );
}
