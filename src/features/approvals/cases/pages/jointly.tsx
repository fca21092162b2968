// Joint acceptances: the items of a stage at one window; and 竣工联合验收, which is accepted for all its parts and has one result.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { goTo } from '../../../../web/place.ts';
import { useSession } from '../../../../web/session.tsx';
import { acceptCompletion, jointAccept } from '../contract.ts';
import { acceptable } from './acceptable.ts';
import { Labelled } from '../../../../web/parts/labelled.tsx';
import { pick, type ItemLine, type ProjectCases } from './say.ts';
import './cases.css';

/** Offers what is received of a stage, and what may be applied for: that is received with the acceptance. */
export function JointDialog({ project, stage, onClose }: { readonly project: ProjectCases; readonly stage: ItemLine['stage']; readonly onClose: () => void }) {
  const t = useT('cases');
  const format = useFormat();
  const { today } = useSession();
  const offered = project.items.filter((one) => one.stage === stage && acceptable(one, project.completion));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(offered.filter((one) => one.case?.status === 'received').map((one) => one.code)));
  const [document, setDocument] = useState<string | undefined>(undefined);
  const run = useRun(jointAccept, { touches: ['approvals.'], onDone: () => { toast({ text: t('jointly.done') }); onClose(); } });
  const number = document?.trim() ?? '';
  const items = offered.filter((one) => chosen.has(one.code)).map((one) => one.code);
  return (
    <Dialog open size="small" onClose={onClose} title={t('jointly.title', { stage: t(`stage.${stage}`) })} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" busy={run.running} disabled={items.length === 0 || number === ''} onClick={() => run.go({ projectId: project.id, stage, items, document: number })}>{t('jointly.act', { count: items.length })}</Button>
      </>
    }>
      <div className="stack">
        <p className="two">{t('jointly.say')}</p>
        <Items label={t('jointly.items')} items={offered} chosen={chosen} onChoose={setChosen} />
        <Labelled label={t('jointly.document')}>{(field) => <TextInput id={field} value={document} onChange={setDocument} maxLength={200} />}</Labelled>
        <p className="dim small">{t('jointly.day', { day: format.day(today) })}</p>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}

/** The parts with their bodies and the published steps; a part that has its result already keeps it. */
export function CompletionDialog({ project, completion, onClose }: { readonly project: ProjectCases; readonly completion: NonNullable<ProjectCases['completion']>; readonly onClose: () => void }) {
  const t = useT('cases');
  const lang = useLang();
  const { today } = useSession();
  const parts = completion.parts.flatMap((code) => project.items.filter((one) => one.code === code));
  const open = parts.filter((one) => !standing(one));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(open.filter((one) => one.verdict === 'needed').map((one) => one.code)));
  const [document, setDocument] = useState<string | undefined>(undefined);
  const [day, setDay] = useState<string | undefined>(today);
  const run = useRun(acceptCompletion, { touches: ['approvals.'], onDone: (output) => { toast({ text: t('completion.done') }); onClose(); goTo(`/approvals/cases/${output.caseId}`); } });
  const number = document?.trim() ?? '';
  const waits = [...new Map(open.flatMap((one) => one.waitsFor).filter((one) => !completion.parts.includes(one.code)).map((one) => [one.code, pick(one.name, lang)])).values()];
  return (
    <Dialog open size="small" onClose={onClose} title={t('completion.title')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" busy={run.running} disabled={number === '' || day === undefined} onClick={() => run.go({ projectId: project.id, document: number, parts: [...chosen], ...(day === undefined || day === today ? {} : { day }) })}>{t('completion.act')}</Button>
      </>
    }>
      <div className="stack">
        <p className="two">{t('completion.say')}</p>
        {completion.steps.length > 0 && completion.days !== null
          ? <p>{t('completion.steps', { count: completion.days, steps: completion.steps.map((one) => `${pick(one.name, lang)} ${String(one.days)}`).join(t('completion.plus')) })}</p>
          : <p className="two">{t('completion.noSteps')}</p>}
        <p className="two small">{completion.windows === null ? t('completion.noWindows') : t('completion.windowsSay', { windows: completion.windows.windows, count: completion.windows.days })}</p>
        {waits.length > 0 && <p className="tone-warn">{t('completion.waits', { items: waits.join(t('tale.comma')) })}</p>}
        <Items label={t('completion.parts')} items={open} chosen={chosen} onChoose={setChosen} />
        {parts.filter(standing).map((one) => <p key={one.code} className="small two"><span className="casecode">{one.code}</span>{pick(one.name, lang)} {t(granted(one) ? 'completion.granted' : 'completion.inHand', { document: one.case?.document ?? '' })}</p>)}
        <Labelled label={t('jointly.document')}>{(field) => <TextInput id={field} value={document} onChange={setDocument} maxLength={200} />}</Labelled>
        <Labelled label={t('act.day')} hint={day !== today ? t('act.backdated') : undefined}>{(field) => <DayInput id={field} today={today} max={today} value={day} onChange={setDay} />}</Labelled>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}

function granted(one: ItemLine): boolean {
  return one.case?.outcome === 'approved' || one.case?.outcome === 'approved_deferred';
}

/** In hand on its own, or granted. */
function standing(one: ItemLine): boolean {
  return one.case !== null && !one.mayApply && one.case.status !== 'received' && (granted(one) || one.case.closedDay === null);
}

function Items({ label, items, chosen, onChoose }: { readonly label: string; readonly items: readonly ItemLine[]; readonly chosen: ReadonlySet<string>; readonly onChoose: (chosen: ReadonlySet<string>) => void }) {
  const t = useT('cases');
  const lang = useLang();
  const toggle = (code: string, on: boolean): void => onChoose(new Set(on ? [...chosen, code] : [...chosen].filter((one) => one !== code)));
  return (
    <div className="stack" role="group" aria-label={label}>
      {items.map((one) => (
        <label key={one.code} className="check"><input type="checkbox" checked={chosen.has(one.code)} onChange={(event) => toggle(one.code, event.target.checked)} /><span><span className="casecode">{one.code}</span>{pick(one.name, lang)} <span className="dim small">{one.orgName}{one.case?.status === 'received' ? ` · ${t('status.received')}` : one.verdict === 'clarify' ? ` · ${t('project.clarify')}` : ''}</span></span></label>
      ))}
    </div>
  );
}
