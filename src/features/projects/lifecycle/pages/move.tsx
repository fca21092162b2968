// The dialog that moves a project forward: what is met, what is missing, what may be waived and why, which works have begun, the day.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { moveProject } from '../contract.ts';
import { ConditionRow } from './condition.tsx';
import { Line } from './line.tsx';
import { useFreshWhenStale } from './stale.ts';
import { pick, type Gate, type Gates } from './words.ts';
import './lifecycle.css';

export interface MoveDialogProps {
  readonly gates: Gates;
  /** The stage that is offered first. */
  readonly to: string;
  readonly onClose: () => void;
  /** Opens the form for evidence of a kind. */
  readonly onAdd: (kinds: readonly string[]) => void;
}

export function MoveDialog({ gates, to: first, onClose, onAdd }: MoveDialogProps) {
  const t = useT('lifecycle');
  const lang = useLang();
  const format = useFormat();
  const { today } = useSession();
  const [to, setTo] = useState(first);
  const [day, setDay] = useState<string | undefined>(today);
  const [works, setWorks] = useState<string | undefined>(undefined);
  const [note, setNote] = useState<string | undefined>(undefined);
  const [waived, setWaived] = useState<Readonly<Record<string, string>>>({});
  const gate = gates.next.find((one) => one.stage === to) ?? gates.next[0];
  const move = useRun(moveProject, {
    onDone: () => {
      toast({ text: t('move.done', { stage: gate === undefined ? '' : pick(gate.name, lang) }) });
      onClose();
    },
  });
  useFreshWhenStale(move.error);
  if (gate === undefined) return null;
  const from = gates.stages.find((one) => one.code === gates.stage);
  const declares = gate.conditions.some((one) => one.state === 'declare');
  const permanent = gates.works.find((one) => one.code === works)?.permanent === true;
  const open = gate.conditions.filter((one) => one.state === 'missing' && (waived[one.code]?.trim().length ?? 0) < 2).length + (declares && !permanent ? 1 : 0);
  const skipped = gates.stages.slice(gates.stages.findIndex((one) => one.code === gates.stage) + 1, gates.stages.findIndex((one) => one.code === gate.stage)).filter((one) => one.state === 'ahead');
  const send = (): void => {
    if (day === undefined) return;
    const statement = { ...(works === undefined ? {} : { works }), ...(note === undefined ? {} : { note }) };
    const waive = gate.conditions.flatMap((one) => (one.state === 'missing' && waived[one.code] !== undefined ? [{ condition: one.code, reason: waived[one.code] ?? '' }] : []));
    move.go({ id: gates.id, to: gate.stage, day, ...(Object.keys(statement).length > 0 ? { statement } : {}), ...(waive.length > 0 ? { waive } : {}) }, { version: gates.version });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('move.title', { from: from === undefined ? '' : pick(from.name, lang), to: pick(gate.name, lang) })}
      foot={
        <>
          {open > 0 && <span className="tone-late small push">{t('move.cannot', { count: open })}</span>}
          <Button onClick={onClose}>{t('web:cancel')}</Button>
          <Button kind="main" busy={move.running} disabled={open > 0 || day === undefined} onClick={send}>{t('move.act', { stage: pick(gate.name, lang) })}</Button>
        </>
      }
    >
      <div className="stack">
        {gates.next.length > 1 && (
          <Line label={t('move.to')} hint={skipped.length > 0 ? t('move.skips', { stages: skipped.map((one) => pick(one.name, lang)).join(t('comma')) }) : undefined}>
            {(id) => <ChoiceInput id={id} label={t('move.to')} value={gate.stage} options={gates.next.map((one) => ({ value: one.stage, label: pick(one.name, lang) }))} onChange={(value) => setTo(value ?? first)} />}
          </Line>
        )}
        <Conditions gate={gate} waived={waived} onWaive={setWaived} permanent={permanent} onAdd={onAdd} />
        <div className="fields of2">
          {declares && (
            <Line label={t('move.works')} hint={t('move.worksHint')} wide>
              {(id) => <SelectInput id={id} value={works} onChange={setWorks} clearable options={gates.works.map((one) => ({ value: one.code, label: pick(one.name, lang), hint: t(one.permanent ? 'move.permanent' : 'move.temporary') }))} />}
            </Line>
          )}
          <Line label={t('move.day')} hint={gates.lastDay === null ? undefined : t('move.dayHint', { last: format.day(gates.lastDay) })}>
            {(id) => <DayInput id={id} today={today} max={today} {...(gates.lastDay === null ? {} : { min: gates.lastDay })} value={day} onChange={setDay} />}
          </Line>
          <Line label={t('move.note')} optional wide>{(id) => <TextArea id={id} rows={2} maxLength={1000} value={note} onChange={setNote} />}</Line>
        </div>
        {move.error !== undefined && <Problem small error={move.error} />}
      </div>
    </Dialog>
  );
}

interface ConditionsProps {
  readonly gate: Gate;
  readonly waived: Readonly<Record<string, string>>;
  readonly onWaive: (waived: Readonly<Record<string, string>>) => void;
  readonly permanent: boolean;
  readonly onAdd: (kinds: readonly string[]) => void;
}

function Conditions({ gate, waived, onWaive, permanent, onAdd }: ConditionsProps) {
  const t = useT('lifecycle');
  if (gate.conditions.length === 0) return <p className="two">{t('gate.none')}</p>;
  return (
    <ul className="conditions">
      {gate.conditions.map((one) => {
        const reason = waived[one.code];
        const shown = one.state === 'declare' && permanent ? { ...one, state: 'met' as const } : one;
        return (
          <ConditionRow key={one.code} condition={shown} waived={reason !== undefined} {...(one.kinds.length > 0 ? { onAdd: () => onAdd(one.kinds) } : {})}>
            {one.state === 'missing' && one.mayWaive && (reason === undefined
              ? <Button small kind="quiet" onClick={() => onWaive({ ...waived, [one.code]: '' })}>{t('move.waive')}</Button>
              : (
                <span className="waiver">
                  <input className="input" aria-label={t('move.waiveReason')} placeholder={t('move.waiveReason')} maxLength={1000} value={reason} autoFocus onChange={(event) => onWaive({ ...waived, [one.code]: event.target.value })} />
                  <Button small kind="quiet" onClick={() => onWaive(Object.fromEntries(Object.entries(waived).filter(([code]) => code !== one.code)))}>{t('move.waiveCancel')}</Button>
                </span>
              ))}
          </ConditionRow>
        );
      })}
    </ul>
  );
}
