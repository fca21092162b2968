// What is known of one enterprise: stated by itself or by an officer, verified or not; and the policies that follow from it.
import { useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { usePath } from '../../../../web/router.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { PastSection } from '../../pages/past.tsx';
import { pick } from '../../pages/names.ts';
import { readEnterprise, stateTraits, verifyTraits } from '../contract.ts';
import { TRAITS, type TraitValue } from '../traits.ts';
import { sayValue } from './say.ts';
import { ValueInput } from './value.tsx';
import '../../pages/service.css';

type Enterprise = OutputOf<typeof readEnterprise>;

export function EnterprisePage() {
  const { id = '' } = usePath();
  const t = useT('knowledge');
  const format = useFormat();
  const { can } = useSession();
  const [stating, setStating] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const read = useRead(readEnterprise, { id });
  const verify = useRun(verifyTraits, { onDone: () => { setChosen([]); toast({ text: t('editor.saved') }); } });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  const { name, version, traits, mayState, mayVerify, yes, unknown, history } = read.data;
  return (
    <Record
      crumbs={can('service.match') ? [{ label: t('enterprises.title'), href: '/service/enterprises' }] : [{ label: t('policies.mine'), href: '/service/policies' }]} title={name} say={t('enterprise.say')}
      actions={
        <>
          {chosen.length > 0 && <Button busy={verify.running} onClick={() => verify.go({ id, codes: [...chosen] }, { version })}>{t('enterprise.verify', { count: chosen.length })}</Button>}
          {mayState && <Button kind="main" onClick={() => setStating(true)}>{t('enterprise.state')}</Button>}
        </>
      }
      strip={
        <FigureStrip>
          <Figure label={t('enterprise.trait')} value={format.count(traits.length)} unit={`/ ${String(TRAITS.length)}`} />
          <Figure label={t('enterprise.yes')} value={format.count(yes)} {...(can('service.match') ? {} : { href: '/service/policies?fits=yes' })} />
          <Figure label={t('enterprise.unclear')} value={format.count(unknown)} {...(can('service.match') ? {} : { href: '/service/policies?fits=unknown' })} />
        </FigureStrip>
      }
      side={<PastSection area="knowledge" title={t('history')} events={history} />}
    >
      {verify.error !== undefined && <Problem small error={verify.error} />}
      <TraitList enterprise={read.data} chosen={chosen} onChoose={mayVerify ? (code) => setChosen(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]) : undefined} />
      {stating && <StateDialog enterprise={read.data} onClose={() => setStating(false)} />}
    </Record>
  );
}

function TraitList({ enterprise: { traits, places }, chosen, onChoose }: { readonly enterprise: Enterprise; readonly chosen: readonly string[]; readonly onChoose: ((code: string) => void) | undefined }) {
  const t = useT('knowledge');
  const lang = useLang();
  const format = useFormat();
  return (
    <ul className="card servicelines">
      {TRAITS.map((trait) => {
        const known = traits.find((one) => one.code === trait.code);
        return (
          <li key={trait.code}>
            <div className="linehead">
              {onChoose !== undefined && known?.verifiedDay === null && <input type="checkbox" aria-label={t('enterprise.select', { name: pick(trait.name, lang) })} checked={chosen.includes(trait.code)} onChange={() => onChoose(trait.code)} />}
              <span className="two">{pick(trait.name, lang)}</span>
              {known === undefined ? <span className="dim">{t('enterprise.unknown')}</span> : <b>{sayValue(trait.code, known.value, { t, lang, format, places })}</b>}
              {known !== undefined && <span className="push">{known.verifiedDay === null ? <State tone="warn" word={t('enterprise.unverified')} /> : <State tone="ok" word={t('enterprise.checked')} />}</span>}
            </div>
            {known !== undefined && <p className="dim small">{[t(`enterprise.by_${known.source}`), `${known.by} ${format.day(known.day)}`, ...(known.document === null ? [] : [known.document]), ...(known.verifiedDay === null || known.verifiedBy === null || known.source === 'officer' ? [] : [t('enterprise.verified', { day: format.day(known.verifiedDay), by: known.verifiedBy })])].join(' · ')}</p>}
          </li>
        );
      })}
    </ul>
  );
}

function StateDialog({ enterprise: { id, version, traits }, onClose }: { readonly enterprise: Enterprise; readonly onClose: () => void }) {
  const t = useT('knowledge');
  const lang = useLang();
  const [values, setValues] = useState<Readonly<Record<string, TraitValue | undefined>>>(() => Object.fromEntries(traits.map((one) => [one.code, one.value])));
  const run = useRun(stateTraits, { onDone: () => { toast({ text: t('enterprise.saved') }); onClose(); } });
  // Only what was changed is said anew: the rest keeps its day and who said it.
  const changed = TRAITS.filter((one) => values[one.code] !== traits.find((known) => known.code === one.code)?.value).map((one) => ({ code: one.code, value: values[one.code] ?? null }));
  return (
    <Dialog open size="middle" onClose={onClose} title={t('enterprise.state')} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" disabled={changed.length === 0} busy={run.running} onClick={() => run.go({ id, traits: changed }, { version })}>{t('enterprise.save')}</Button></>}>
      <div className="stack">
        <div className="fields of2">
          {TRAITS.map((trait) => <Line key={trait.code} label={pick(trait.name, lang)} optional>{(field) => <ValueInput trait={trait} id={field} value={values[trait.code]} onChange={(next) => setValues({ ...values, [trait.code]: next })} />}</Line>)}
        </div>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
