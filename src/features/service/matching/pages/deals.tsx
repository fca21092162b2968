// 对接成果: all deals, by kind, state and day. The figures of the matchings open here.
import { useUrlState } from '../../../../web/address.ts';
import { useReadPages } from '../../../../web/client.ts';
import { useDownload } from '../../../../web/download.ts';
import { useT } from '../../../../web/i18n.ts';
import { MultiSelect } from '../../../../web/inputs/select.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { MATCHINGS } from '../../fields.ts';
import { DEAL_STATES, listDeals } from '../contract.ts';
import { DealItem } from './dealitem.tsx';
import '../../pages/service.css';

const PAGE_ROWS = 50;

export function DealsPage() {
  const t = useT('matching');
  const [state, set] = useUrlState({ state: 'all', kind: [] as readonly string[] });
  return (
    <>
      <PageHead title={t('deals_page.title')} actions={<Button href="/service/matching">{t('title')}</Button>} />
      <Deals state={state.state} kinds={state.kind} onState={(next) => set({ state: next })} onKinds={(next) => set({ kind: next })} />
    </>
  );
}

export function Deals({ state, kinds = [], fairId, onState, onKinds }: { readonly state: string; readonly kinds?: readonly string[]; readonly fairId?: string; readonly onState: (next: string) => void; readonly onKinds?: (next: readonly string[]) => void }) {
  const t = useT('matching');
  const wanted = DEAL_STATES.find((one) => one === state);
  const kind = MATCHINGS.filter((one) => kinds.includes(one));
  const input = { ...(wanted === undefined ? {} : { state: wanted }), ...(kind.length === 0 ? {} : { kind }), ...(fairId === undefined ? {} : { fairId }) };
  const list = useReadPages(listDeals, { ...input, limit: PAGE_ROWS });
  const file = useDownload();
  if (list.error !== undefined) return <Problem error={list.error} onRetry={list.again} />;
  return (
    <>
      <div className="listtools">
        <Tabs label={t('deals_page.title')} here={wanted ?? 'all'} onGo={onState} tabs={[{ id: 'all', label: t('state.all') }, ...DEAL_STATES.map((one) => ({ id: one, label: t(`deal.${one}`) }))]} />
        {onKinds !== undefined && <MultiSelect label={t('col.kind')} placeholder={t('filter.any_kind')} value={kind} options={MATCHINGS.map((value) => ({ value, label: t(`kind.${value}`) }))} onChange={(next) => onKinds(next ?? [])} />}
        <span className="push"><Button small busy={file.running} onClick={() => file.start('service.deals_export', input)}>{t('web:ledger.export')}</Button></span>
      </div>
      {list.loading ? <Loading kind="table" lines={6} /> : list.items.length === 0 ? <Empty title={t('deals_page.empty')} hint={t('deals_page.empty_hint')} /> : <ul className="card servicelines">{list.items.map((one) => <DealItem key={one.id} deal={one} />)}</ul>}
      <Pager shown={list.items.length} {...(list.first === undefined ? {} : { total: list.first.total })} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />
    </>
  );
}
