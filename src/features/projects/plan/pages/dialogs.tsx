// The dialogs of one milestone: enter or change it, say when it is expected, say that it is done. What is frozen is shown and not offered.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { MultiSelect, SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { listEvidence } from '../../lifecycle/contract.ts';
import { Line } from '../../lifecycle/pages/line.tsx';
import { useFreshWhenStale } from '../../lifecycle/pages/stale.ts';
import { addMilestone, completeMilestone, editMilestone, forecastMilestone, MILESTONE_KINDS, type Milestone } from '../contract.ts';
import type { Plan } from './say.ts';

interface DialogProps {
  readonly plan: Plan;
  readonly one: Milestone;
  readonly onClose: () => void;
}

const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text);

export function MilestoneDialog({ plan, one, onClose }: { readonly plan: Plan; readonly one?: Milestone; readonly onClose: () => void }) {
  const t = useT('plan');
  const { today } = useSession();
  const [milestoneId] = useState(() => one?.id ?? newId());
  const [name, setName] = useState<string | undefined>(one?.name);
  const [kind, setKind] = useState<string | undefined>(one?.kind ?? 'other');
  const [plannedFrom, setFrom] = useState<string | undefined>(one?.plannedFrom ?? undefined);
  const [plannedDay, setDay] = useState<string | undefined>(one?.plannedDay);
  const [weight, setWeight] = useState<number | undefined>(one?.weight ?? 10);
  const [note, setNote] = useState<string | undefined>(one?.note ?? undefined);
  const done = { onDone: () => { toast({ text: t('toast.saved') }); onClose(); } };
  const add = useRun(addMilestone, done);
  const edit = useRun(editMilestone, done);
  const error = add.error ?? edit.error;
  useFreshWhenStale(error);
  const known = MILESTONE_KINDS.find((each) => each === kind) ?? 'other';
  const frozen = one !== undefined && (one.baselineDay !== null || one.actualDay !== null);
  const ready = (name?.trim() ?? '') !== '' && isDay(plannedDay) && (plannedFrom === undefined || isDay(plannedFrom));
  const send = (): void => {
    if (name === undefined || !isDay(plannedDay)) return;
    const common = { id: plan.id, milestoneId, kind: known, weight: weight ?? 1, note: note?.trim() === '' ? null : (note ?? null) };
    if (one === undefined) add.go({ ...common, name, plannedDay, plannedFrom: plannedFrom ?? null }, { version: plan.version });
    else edit.go({ ...common, name, ...(frozen ? {} : { plannedDay, plannedFrom: plannedFrom ?? null }) }, { version: plan.version });
  };
  return (
    <Dialog open onClose={onClose} title={one === undefined ? t('form.addTitle') : t('form.editTitle', { name: one.name })} foot={
      <>
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button kind="main" disabled={!ready} busy={add.running || edit.running} onClick={send}>{t('act.save')}</Button>
      </>
    }>
      <div className="fields of2">
        <Line label={t('form.name')} wide>{(id) => <TextInput id={id} value={name} onChange={setName} maxLength={200} />}</Line>
        <Line label={t('form.kind')}>{(id) => <SelectInput id={id} value={kind} onChange={setKind} options={MILESTONE_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} />}</Line>
        <Line label={t('form.weight')}>{(id) => <NumberInput id={id} value={weight} digits={0} onChange={setWeight} />}</Line>
        <Line label={t('form.plannedFrom')}>{(id) => <DayInput id={id} today={today} value={plannedFrom} disabled={frozen} onChange={setFrom} />}</Line>
        <Line label={t('form.plannedDay')} hint={frozen ? t('form.frozenHint') : undefined}>{(id) => <DayInput id={id} today={today} value={plannedDay} disabled={frozen} onChange={setDay} />}</Line>
        <Line label={t('form.note')} wide optional>{(id) => <TextArea id={id} rows={2} maxLength={1000} value={note} onChange={setNote} />}</Line>
      </div>
      {error !== undefined && <Problem small error={error} />}
    </Dialog>
  );
}

export function ForecastDialog({ plan, one, onClose }: DialogProps) {
  const t = useT('plan');
  const { today } = useSession();
  const [day, setDay] = useState<string | undefined>(one.forecastDay ?? (one.plannedDay < today ? undefined : one.plannedDay));
  const [reason, setReason] = useState<string | undefined>(undefined);
  const run = useRun(forecastMilestone, { onDone: () => { toast({ text: t('toast.saved') }); onClose(); } });
  useFreshWhenStale(run.error);
  const given = reason?.trim() ?? '';
  const send = (forecastDay: string | null): void => run.go({ id: plan.id, milestoneId: one.id, forecastDay, ...(given.length < 2 ? {} : { reason: given }) }, { version: plan.version });
  return (
    <Dialog open size="small" onClose={onClose} title={t('form.forecastTitle', { name: one.name })} foot={
      <>
        {one.forecastDay !== null && <Button kind="quiet" busy={run.running} onClick={() => send(null)}>{t('form.clearForecast')}</Button>}
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button kind="main" disabled={!isDay(day)} busy={run.running} onClick={() => isDay(day) && send(day)}>{t('act.save')}</Button>
      </>
    }>
      <div className="stack">
        <Line label={t('form.forecastDay')}>{(id) => <DayInput id={id} today={today} min={today} value={day} onChange={setDay} />}</Line>
        <Line label={t('form.reason')} optional>{(id) => <TextArea id={id} rows={3} maxLength={1000} value={reason} onChange={setReason} />}</Line>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}

export function CompleteDialog({ plan, one, onClose }: DialogProps) {
  const t = useT('plan');
  const { today } = useSession();
  const [day, setDay] = useState<string | undefined>(today);
  const [note, setNote] = useState<string | undefined>(undefined);
  const [papers, setPapers] = useState<readonly string[]>([]);
  const evidence = useRead(listEvidence, { id: plan.id });
  const run = useRun(completeMilestone, { onDone: () => { toast({ text: t('toast.completed', { name: one.name }) }); onClose(); } });
  useFreshWhenStale(run.error);
  const options = (evidence.data?.items ?? []).map((paper) => ({ value: paper.id, label: paper.number ?? paper.file?.name ?? paper.kindName, hint: paper.kindName }));
  const said = note?.trim() ?? '';
  return (
    <Dialog open size="small" onClose={onClose} title={t('form.completeTitle', { name: one.name })} foot={
      <>
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button kind="main" disabled={!isDay(day)} busy={run.running} onClick={() => isDay(day) && run.go({ id: plan.id, milestoneId: one.id, actualDay: day, ...(papers.length === 0 ? {} : { evidenceIds: [...papers] }), ...(said === '' ? {} : { note: said }) }, { version: plan.version })}>{t('act.complete')}</Button>
      </>
    }>
      <div className="stack">
        <Line label={t('form.actualDay')}>{(id) => <DayInput id={id} today={today} max={today} value={day} onChange={setDay} />}</Line>
        {options.length > 0
          ? <Line label={t('form.evidence')}>{(id) => <MultiSelect id={id} options={options} value={papers} onChange={(value) => setPapers(value ?? [])} />}</Line>
          : <p className="dim small">{t('form.noEvidence')}</p>}
        <Line label={t('form.note')} optional>{(id) => <TextArea id={id} rows={2} maxLength={1000} value={note} onChange={setNote} />}</Line>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
