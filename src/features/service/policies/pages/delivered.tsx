// Whom a policy was told, who applied, who received what; and the next step of each, by whoever may tell it.
import { useState } from 'react';
import type { Static } from 'typebox';
import { useUrlState } from '../../../../web/address.ts';
import { useReadPages, useRun } from '../../../../web/client.ts';
import { useDownload } from '../../../../web/download.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { MoneyInput } from '../../../../web/inputs/money.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { DELIVERY_STATES, listDeliveries, noteDelivery, type DeliveryLine } from '../contract.ts';
import { DELIVERY_TONES } from './say.ts';
import '../../pages/service.css';

type Delivery = Static<typeof DeliveryLine>;
type Step = 'applied' | 'received' | 'declined';
const PAGE_ROWS = 50;

export function DeliveriesPage() {
  const t = useT('knowledge');
  const { can } = useSession();
  return (
    <>
      <PageHead title={t('deliveries.title')} actions={<Button href="/service/policies">{t('policies.title')}</Button>} />
      <Delivered own={!can('service.match')} />
    </>
  );
}

export function Delivered({ policyId, own = false }: { readonly policyId?: string; readonly own?: boolean }) {
  const t = useT('knowledge');
  const [state, set] = useUrlState({ state: 'all' });
  const [acting, setActing] = useState<{ readonly on: Delivery; readonly step: Step } | undefined>(undefined);
  const wanted = DELIVERY_STATES.find((one) => one === state.state);
  const input = { ...(policyId === undefined ? {} : { policyId }), ...(wanted === undefined ? {} : { state: wanted }) };
  const list = useReadPages(listDeliveries, { ...input, limit: PAGE_ROWS });
  const file = useDownload();
  if (list.error !== undefined) return <Problem error={list.error} onRetry={list.again} />;
  return (
    <>
      <div className="listtools">
        <Tabs label={t('deliveries.title')} here={wanted ?? 'all'} onGo={(next) => set({ state: next })} tabs={[{ id: 'all', label: t('policy.all') }, ...DELIVERY_STATES.map((one) => ({ id: one, label: t(`delivery.${one}`) }))]} />
        <span className="push"><Button small busy={file.running} onClick={() => file.start('service.deliveries_export', input)}>{t('web:ledger.export')}</Button></span>
      </div>
      {list.loading ? <Loading kind="table" lines={6} /> : list.items.length === 0 ? <Empty title={t(policyId === undefined ? 'deliveries.empty' : 'policy.delivery_empty')} hint={t('deliveries.empty_hint')} /> : (
        <ul className="card servicelines">{list.items.map((one) => <DeliveryItem key={one.id} one={one} alone={policyId !== undefined} own={own} onStep={(step) => setActing({ on: one, step })} />)}</ul>
      )}
      <Pager shown={list.items.length} {...(list.first === undefined ? {} : { total: list.first.total })} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />
      {acting !== undefined && <StepDialog {...acting} onClose={() => setActing(undefined)} />}
    </>
  );
}

function DeliveryItem({ one, alone, own, onStep }: { readonly one: Delivery; readonly alone: boolean; readonly own: boolean; readonly onStep: (step: Step) => void }) {
  const t = useT('knowledge');
  const format = useFormat();
  const days = [[t('deliveries.col_told'), one.toldDay], [t('deliveries.col_applied'), one.appliedDay], [t('deliveries.col_received'), one.receivedDay], [t('delivery.declined'), one.declinedDay]] as const;
  return (
    <li>
      <div className="linehead">
        <State tone={DELIVERY_TONES[one.state]} word={t(`delivery.${one.state}`)} />
        {!alone && <Go href={`/service/policies/${one.policyId}`}>{one.policyName}</Go>}
        {!own && <Go href={`/service/enterprises/${one.orgId}`}>{one.orgName}</Go>}
        {one.amountFen !== null && <b>{format.money(one.amountFen).text}</b>}
        {one.mayNote && (
          <span className="row push">
            {one.state === 'told' && <Button small onClick={() => onStep('applied')}>{t(own ? 'policy.we_applied' : 'policy.apply_noted')}</Button>}
            {one.state === 'applied' && !own && <Button small onClick={() => onStep('received')}>{t('policy.receive_noted')}</Button>}
            {(one.state === 'told' || one.state === 'applied') && <Button small kind="quiet" onClick={() => onStep('declined')}>{t(own ? 'policy.we_decline' : 'policy.decline_noted')}</Button>}
          </span>
        )}
      </div>
      <p className="dim small">{days.filter(([, day]) => day !== null).map(([word, day]) => `${word} ${format.day(day)}`).join(' · ')}{one.note === null ? '' : ` · ${one.note}`}</p>
    </li>
  );
}

const TITLES = { applied: 'policy.apply_noted', received: 'policy.receive_noted', declined: 'policy.decline_noted' } as const;

function StepDialog({ on, step, onClose }: { readonly on: Delivery; readonly step: Step; readonly onClose: () => void }) {
  const t = useT('knowledge');
  const { today } = useSession();
  const [day, setDay] = useState<string | undefined>(today);
  const [fen, setFen] = useState<number | undefined>(undefined);
  const [note, setNote] = useState<string | undefined>(undefined);
  const run = useRun(noteDelivery, { onDone: () => { toast({ text: t('editor.saved') }); onClose(); } });
  const send = (): void => {
    if (day !== undefined) run.go({ id: on.id, step, day, ...(fen === undefined ? {} : { amountFen: fen }), ...((note ?? '').trim() === '' ? {} : { note: note ?? '' }) }, { version: on.version });
  };
  return (
    <Dialog open size="small" onClose={onClose} title={`${t(TITLES[step])} · ${on.orgName}`} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" disabled={day === undefined} busy={run.running} onClick={send}>{t('web:save')}</Button></>}>
      <div className="stack">
        <Line label={t('field.day')}>{(id) => <DayInput id={id} today={today} max={today} value={day} onChange={setDay} />}</Line>
        {step === 'received' && <Line label={t('field.received')} optional>{(id) => <MoneyInput id={id} unit="wan" value={fen} onChange={setFen} />}</Line>}
        <Line label={t('field.step_note')} optional>{(id) => <TextInput id={id} maxLength={1000} value={note} onChange={setNote} />}</Line>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
