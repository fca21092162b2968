// What is recorded of a need or an offer: an intention between two, and its closing with the reason.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { MoneyInput } from '../../../../web/inputs/money.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { addDeal, CLOSED, closeListing, listFairs } from '../contract.ts';
import type { Listing } from './listing.tsx';

type ListingOf = Listing['listing'];

export function DealDialog({ need, offer, onClose }: { readonly need: ListingOf; readonly offer: ListingOf; readonly onClose: () => void }) {
  const t = useT('matching');
  const format = useFormat();
  const { today } = useSession();
  const [id] = useState(newId);
  const [day, setDay] = useState<string | undefined>(today);
  const [fen, setFen] = useState(need.amountFen ?? undefined);
  const [people, setPeople] = useState(need.people ?? undefined);
  const [fairId, setFairId] = useState<string | undefined>(undefined);
  const fairs = useRead(listFairs, { kind: [need.kind], limit: 30 });
  const run = useRun(addDeal, { onDone: () => { toast({ text: t('act.done') }); onClose(); } });
  const send = (): void => {
    if (day !== undefined) run.go({ id, needId: need.id, offerId: offer.id, day, ...(fairId === undefined ? {} : { fairId }), ...(fen === undefined || need.kind === 'labour' ? {} : { amountFen: fen }), ...(people === undefined || need.kind !== 'labour' ? {} : { people }) });
  };
  return (
    <Dialog open size="small" onClose={onClose} title={t('listing.deal')} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" disabled={day === undefined} busy={run.running} onClick={send}>{t('listing.deal')}</Button></>}>
      <div className="stack">
        <p>{need.title} — {offer.title}</p>
        <Line label={t('field.day')}>{(field) => <DayInput id={field} today={today} max={today} value={day} onChange={setDay} />}</Line>
        {need.kind === 'labour' ? <Line label={t('field.people')} optional>{(field) => <NumberInput id={field} digits={0} value={people} onChange={setPeople} />}</Line> : <Line label={t('field.amountFen')} optional>{(field) => <MoneyInput id={field} unit="wan" value={fen} onChange={setFen} />}</Line>}
        <Line label={t('field.fairId')} optional>{(field) => <SelectInput id={field} clearable value={fairId} options={(fairs.data?.items ?? []).filter((one) => one.cancelledReason === null).map((one) => ({ value: one.id, label: one.name, hint: format.day(one.day) }))} onChange={setFairId} />}</Line>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}

export function CloseDialog({ listing, onClose }: { readonly listing: ListingOf; readonly onClose: () => void }) {
  const t = useT('matching');
  const [reason, setReason] = useState<(typeof CLOSED)[number]>('met');
  const [note, setNote] = useState<string | undefined>(undefined);
  const run = useRun(closeListing, { onDone: () => { toast({ text: t('act.done') }); onClose(); } });
  const said = (note ?? '').trim();
  return (
    <Dialog open size="small" onClose={onClose} title={t('listing.close_title', { side: t(`side.${listing.side}`) })} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={run.running} onClick={() => run.go({ id: listing.id, reason, ...(said === '' ? {} : { note: said }) }, { version: listing.version })}>{t('listing.close')}</Button></>}>
      <div className="stack">
        <Line label={t('field.reason')}>{(field) => <ChoiceInput id={field} value={reason} options={CLOSED.map((value) => ({ value, label: t(`closed.${value}`) }))} onChange={(next) => setReason(CLOSED.find((one) => one === next) ?? 'met')} />}</Line>
        <Line label={t('field.note')} optional={reason !== 'no_match'}>{(field) => <TextArea id={field} rows={3} maxLength={1000} value={note} onChange={setNote} />}</Line>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
