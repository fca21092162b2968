// Milestones out of the template of the project's kind: every line can be changed or left out before anything is stored.
import { useEffect, useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useFreshWhenStale } from '../../lifecycle/pages/stale.ts';
import { proposeMilestones, setMilestones } from '../contract.ts';
import type { Plan } from './say.ts';

type Proposal = OutputOf<typeof proposeMilestones>['items'][number];
interface Draft { readonly id: string; readonly use: boolean; readonly name: string; readonly day: string | undefined; readonly proposal: Proposal }

export function TemplateDialog({ plan, onClose }: { readonly plan: Plan; readonly onClose: () => void }) {
  const t = useT('plan');
  const proposed = useRead(proposeMilestones, { id: plan.id });
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  const items = proposed.data?.items;
  useEffect(() => {
    if (items !== undefined) setDrafts(items.map((proposal) => ({ id: newId(), use: true, name: proposal.name, day: proposal.plannedDay, proposal })));
  }, [items]);
  const set = useRun(setMilestones, { onDone: () => { toast({ text: t('toast.created', { count: chosen.length }) }); onClose(); } });
  useFreshWhenStale(set.error);
  const change = (id: string, part: Partial<Draft>): void => setDrafts((all) => all.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const chosen = drafts.filter((one) => one.use && one.name.trim() !== '' && one.day !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(one.day));
  const missing = proposed.data?.missing ?? [];
  return (
    <Dialog open onClose={onClose} title={t('tab.templateTitle')} foot={
      <>
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button kind="main" disabled={chosen.length === 0} busy={set.running} onClick={() => set.go({
          id: plan.id, milestones: chosen.map(({ id, name, day, proposal }) => ({ id, name, kind: proposal.kind, weight: proposal.weight, plannedDay: day ?? proposal.plannedDay, ...(proposal.plannedFrom === undefined || day !== proposal.plannedDay ? {} : { plannedFrom: proposal.plannedFrom }) })),
        }, { version: plan.version })}>{t('tab.create', { count: chosen.length })}</Button>
      </>
    }>
      {proposed.data === undefined ? (proposed.error === undefined ? <Loading lines={6} /> : <Problem small error={proposed.error} onRetry={proposed.again} />) : (
        <div className="stack">
          <p className="two">{drafts.length === 0 ? t('tab.templateNone') : t('tab.templateHint')}</p>
          {drafts.length > 0 && missing.length > 0 && <p className="tone-warn small">{t('tab.templateMissing', { what: missing.map((one) => t(`anchor.${one}`)).join('、') })}</p>}
          {drafts.length > 0 && (
            <table className="planedit ticked">
              <thead><tr><th /><th>{t('col.name')}</th><th>{t('form.plannedDay')}</th><th className="narrow num">{t('col.weight')}</th></tr></thead>
              <tbody>
                {drafts.map((one) => (
                  <tr key={one.id}>
                    <td><input type="checkbox" checked={one.use} aria-label={one.name} onChange={(event) => change(one.id, { use: event.target.checked })} /></td>
                    <td><TextInput label={t('form.name')} value={one.name} maxLength={200} disabled={!one.use} onChange={(name) => change(one.id, { name: name ?? '' })} /></td>
                    <td><DayInput label={`${one.name} ${t('form.plannedDay')}`} today={plan.day} value={one.day} disabled={!one.use} onChange={(day) => change(one.id, { day })} /></td>
                    <td className="num two">{one.proposal.weight}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {set.error !== undefined && <Problem small error={set.error} />}
        </div>
      )}
    </Dialog>
  );
}
