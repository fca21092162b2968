// The dialog in which one event of a case is recorded: what it must carry, the day, and nothing else.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { PROCEDURES, SPECIAL_DAYS } from '../../clocks/events.ts';
import { OUTCOMES, recordCaseEvent } from '../contract.ts';
import { Labelled as Line } from '../../../../web/parts/labelled.tsx';
import { MaterialsInput, sent, type Attached } from './materials.tsx';
import { Refused } from './refused.tsx';
import type { One } from './say.ts';
import './cases.css';

export { useFresh } from './refused.tsx';

/** More is lawful and rare: it is asked about. */
const ASKED_DAYS = 60;

type Can = One['can'][number];
const ENDS = new Set<Can['kind']>(['not_accepted', 'withdrawn', 'returned', 'recalled', 'revoked']);

export function ActDialog({ one, what, onClose }: { readonly one: One; readonly what: Can; readonly onClose: () => void }) {
  const t = useT('cases');
  const { today } = useSession();
  const { kind, needs } = what;
  const [day, setDay] = useState<string | undefined>(today);
  const [reason, setReason] = useState<string | undefined>(undefined);
  const [document, setDocument] = useState<string | undefined>(undefined);
  const [procedure, setProcedure] = useState<string | undefined>(undefined);
  const [days, setDays] = useState<number | undefined>(undefined);
  const [outcome, setOutcome] = useState<string | undefined>(kind === 'decided' ? 'approved' : undefined);
  const [materials, setMaterials] = useState<readonly Attached[]>([]);
  const run = useRun(recordCaseEvent, { touches: ['approvals.'], onDone: () => { toast({ text: t('act.done', { what: t(`event.${kind}`) }) }); onClose(); } });
  const most = kind === 'extended' ? one.limit.extensionDays : SPECIAL_DAYS;
  const known = PROCEDURES.find((each) => each === procedure);
  const decided = OUTCOMES.find((each) => each === outcome);
  const needsReason = needs.includes('reason') || outcome === 'refused' || (kind === 'decided' && outcome !== 'refused' && one.reviews.some((each) => each.position === 'objection'));
  const ready = day !== undefined && materials.every((each) => each.name.trim() !== '') && (!needsReason || filled(reason)) && (!needs.includes('document') || filled(document)) && (!needs.includes('procedure') || known !== undefined) && (!needs.includes('days') || (days !== undefined && Number.isInteger(days) && days >= 1 && days <= most)) && (!needs.includes('outcome') || decided !== undefined);
  const send = (): void => run.go({
    id: one.case.id, kind, ...(day === undefined || day === today ? {} : { day }), ...(filled(reason) ? { reason } : {}), ...(filled(document) ? { document } : {}), ...(known === undefined ? {} : { procedure: known }),
    ...(days === undefined ? {} : { days }), ...(decided === undefined || kind !== 'decided' ? {} : { outcome: decided }), ...sent(materials),
  }, { version: one.case.version });
  return (
    <Dialog open size="small" onClose={onClose} title={t(`deed.${kind}`)} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind={ENDS.has(kind) || outcome === 'refused' ? 'danger' : 'main'} disabled={!ready} busy={run.running} onClick={send}>{t(`deed.${kind}`)}</Button>
      </>
    }>
      <div className="stack">
        {t(`act.hint.${kind}`) !== '' && <p className="two">{t(`act.hint.${kind}`)}</p>}
        {needs.includes('outcome') && <Line label={t('act.outcome')}>{(id) => <ChoiceInput id={id} label={t('act.outcome')} value={outcome} onChange={setOutcome} options={OUTCOMES.map((each) => ({ value: each, label: t(`outcome.${each}`) }))} />}</Line>}
        {needs.includes('procedure') && <Line label={t('act.procedure')}>{(id) => <SelectInput id={id} value={procedure} onChange={setProcedure} options={PROCEDURES.map((each) => ({ value: each, label: t(`procedure.${each}`) }))} />}</Line>}
        {needs.includes('days') && <Line label={t(`act.days.${kind === 'extended' ? 'extended' : 'special'}`)} hint={kind === 'special_begun' && days !== undefined && days > ASKED_DAYS && days <= most ? t('act.manyDays', { count: days }) : undefined} fault={days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= most) ? t('act.badDays', { most }) : undefined}>{(id) => <NumberInput id={id} value={days} onChange={setDays} unit={t(`unit.${kind === 'extended' ? one.limit.statutoryUnit : 'working'}`)} />}</Line>}
        <Line label={t('act.day')} hint={day !== today ? t('act.backdated') : undefined}>{(id) => <DayInput id={id} today={today} max={today} value={day} onChange={setDay} />}</Line>
        <Line label={t('act.document')} optional={!needs.includes('document')}>{(id) => <TextInput id={id} value={document} onChange={setDocument} maxLength={200} />}</Line>
        <Line label={t('act.reason')} optional={!needsReason}>{(id) => <TextArea id={id} rows={3} maxLength={1000} value={reason} onChange={setReason} />}</Line>
        {kind === 'correction_supplied' && <MaterialsInput listed={one.listed} value={materials} onChange={setMaterials} />}
        <Refused error={run.error} one={one} kind={kind} />
      </div>
    </Dialog>
  );
}

function filled(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}
