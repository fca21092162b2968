// Re-baselining: the days that must move, on what ground, under the next number. The earlier baseline stays as it was.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { Line } from '../../lifecycle/pages/line.tsx';
import { useFreshWhenStale } from '../../lifecycle/pages/stale.ts';
import { rebaseline } from '../contract.ts';
import type { Plan } from './say.ts';

export function RebaseDialog({ plan, onClose }: { readonly plan: Plan; readonly onClose: () => void }) {
  const t = useT('plan');
  const format = useFormat();
  const [baselineId] = useState(newId);
  const [days, setDays] = useState<Readonly<Record<string, string | undefined>>>({});
  const [reason, setReason] = useState<string | undefined>(undefined);
  const run = useRun(rebaseline, { onDone: (done) => { toast({ text: t('toast.frozen', { number: done.number }) }); onClose(); } });
  useFreshWhenStale(run.error);
  const open = plan.items.filter((one) => one.actualDay === null);
  const changes = open.flatMap((one) => {
    const day = days[one.id];
    return day === undefined || day === one.plannedDay || !/^\d{4}-\d{2}-\d{2}$/.test(day) ? [] : [{ milestoneId: one.id, plannedDay: day }];
  });
  const fresh = plan.items.some((one) => one.baselineDay === null);
  const given = reason?.trim() ?? '';
  return (
    <Dialog open onClose={onClose} title={t('ask.rebaseTitle')} foot={
      <>
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button kind="main" disabled={(changes.length === 0 && !fresh) || given.length < 2} busy={run.running} onClick={() => run.go({ id: plan.id, baselineId, reason: given, changes }, { version: plan.version })}>{t('tab.rebaseline')}</Button>
      </>
    }>
      <div className="stack">
        <p className="two">{t('ask.rebaseText')}</p>
        <table className="planedit">
          <thead><tr><th>{t('col.name')}</th><th>{t('col.plan')}</th><th>{t('form.plannedDay')}</th></tr></thead>
          <tbody>
            {open.map((one) => (
              <tr key={one.id}>
                <td>{one.name}</td>
                <td className="two">{format.day(one.plannedDay)}</td>
                <td><DayInput today={plan.day} label={one.name} value={days[one.id] ?? one.plannedDay} onChange={(day) => setDays((all) => ({ ...all, [one.id]: day }))} /></td>
              </tr>
            ))}
          </tbody>
        </table>
        <Line label={t('form.rebaseReason')}>{(id) => <TextArea id={id} rows={2} maxLength={1000} value={reason} onChange={setReason} />}</Line>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
