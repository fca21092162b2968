// 四项对接: needs and offers, with the numbers of their deals. An enterprise sees its own and what is public.
import { lazy, Suspense, useMemo, useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import type { Static } from 'typebox';
import { useRead, useReadPages } from '../../../../web/client.ts';
import { useDownload } from '../../../../web/download.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { useLang, useT, type Lang, type T } from '../../../../web/i18n.ts';
import { inputFor } from '../../../../web/ledger/input.ts';
import { Ledger } from '../../../../web/ledger/ledger.tsx';
import { useLedger } from '../../../../web/ledger/state.ts';
import type { Column, Filter, View } from '../../../../web/ledger/types.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { MATCHINGS } from '../../fields.ts';
import { industryName } from '../../pages/names.ts';
import { LISTING_STATES, listListings, matchingFigures, SIDES, type ListingLine } from '../contract.ts';
import { listingState } from './tones.ts';
import '../../pages/service.css';

type Line = Static<typeof ListingLine>;
const PAGE_ROWS = 60;
const ListingForm = lazy(async () => ({ default: (await import('./listingform.tsx')).ListingForm }));

export function MatchingPage() {
  const t = useT('matching');
  const lang = useLang();
  const format = useFormat();
  const { today, can } = useSession();
  const [adding, setAdding] = useState<'need' | 'offer' | undefined>(undefined);
  const columns = useMemo(() => columnsFor(t, format, lang), [t, format, lang]);
  const filters = useMemo(() => filtersFor(t), [t]);
  const views = useMemo(() => viewsFor(t), [t]);
  const ledger = useLedger({ id: 'matching', filters, columns, sort: '', views });
  const input = inputFor(listListings.input, ledger);
  const pages = useReadPages(listListings, { ...input, limit: PAGE_ROWS });
  const figures = useRead(matchingFigures, {});
  const file = useDownload();
  return (
    <>
      <PageHead title={t('title')} {...(pages.first === undefined ? {} : { small: t('small', { count: pages.first.total }) })} actions={
        <>
          <Button href="/service/fairs">{t('fairs')}</Button><Button href="/service/deals">{t('deals')}</Button>
          {can('service.offer') && <><Button onClick={() => setAdding('offer')}>{t('new_offer')}</Button><Button kind="main" onClick={() => setAdding('need')}>{t('new_need')}</Button></>}
        </>
      } />
      {figures.data !== undefined && <Strip kinds={figures.data.kinds} />}
      <Ledger
        ledger={ledger} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/service/matching/${row.id}`} today={today} title={t('title')} {...(pages.first === undefined ? {} : { total: pages.first.total })}
        empty={<Empty title={t('empty')} hint={t('empty_hint')} />} onExport={() => file.start('service.listings_export', input)} exporting={file.running}
      />
      {adding !== undefined && <Suspense fallback={null}><ListingForm side={adding} onClose={() => setAdding(undefined)} /></Suspense>}
    </>
  );
}

function Strip({ kinds }: { readonly kinds: OutputOf<typeof matchingFigures>['kinds'] }) {
  const t = useT('matching');
  const format = useFormat();
  const sum = (of: (one: (typeof kinds)[number]) => number): number => kinds.reduce((total, one) => total + of(one), 0);
  const [needs, unanswered, offers, intentions, signed, fulfilled, fallen] = [sum((one) => one.needs), sum((one) => one.unanswered), sum((one) => one.offers), sum((one) => one.intentions), sum((one) => one.signed), sum((one) => one.fulfilled), sum((one) => one.fallen)];
  return (
    <FigureStrip>
      <Figure label={t('figure.needs')} value={format.count(needs)} unit={t('figure.unit', { count: needs })} href="?side=need" {...(unanswered > 0 ? { note: t('figure.unanswered', { count: unanswered }), noteTone: 'late' as const } : {})} />
      <Figure label={t('figure.offers')} value={format.count(offers)} unit={t('figure.unit', { count: offers })} href="?side=offer" />
      <Figure label={t('figure.intentions')} value={format.count(intentions)} unit={t('figure.deals', { count: intentions })} href="/service/deals?state=intention" note={t('figure.fell', { count: fallen })} />
      <Figure label={t('figure.signed')} value={format.count(signed)} unit={t('figure.deals', { count: signed })} href="/service/deals?state=signed" definition={t('figure.signed_definition')} note={t('figure.signed_amount', { amount: format.money(sum((one) => one.signedFen)).text })} />
      <Figure label={t('figure.fulfilled')} value={format.count(fulfilled)} unit={t('figure.deals', { count: fulfilled })} href="/service/deals?state=fulfilled" definition={t('figure.fulfilled_definition')} note={t('figure.fulfilled_amount', { amount: format.money(sum((one) => one.fulfilledFen)).text })} />
    </FigureStrip>
  );
}

const SAID = { need: 'filter.needs', offer: 'filter.offers' } as const;

function filtersFor(t: T): readonly Filter[] {
  return [
    { kind: 'text', id: 'q', say: t('filter.q'), any: t('filter.any_q') },
    { kind: 'one', id: 'side', say: t('filter.side'), any: t('filter.any_side'), options: SIDES.map((value) => ({ value, label: t(SAID[value]) })) },
    { kind: 'many', id: 'kind', say: t('filter.kind'), any: t('filter.any_kind'), options: MATCHINGS.map((value) => ({ value, label: t(`kind.${value}`) })) },
    { kind: 'one', id: 'state', say: t('filter.state'), any: t('filter.open'), options: LISTING_STATES.filter((one) => one !== 'open').map((value) => ({ value, label: t(`filter.${value}`) })) },
    { kind: 'one', id: 'mine', say: t('filter.mine'), any: t('filter.any_mine'), options: [{ value: '1', label: t('filter.is_mine') }], rare: true },
  ];
}

function viewsFor(t: T): readonly View[] {
  return [
    { id: 'open', name: t('view.open'), search: '' }, { id: 'needs', name: t('view.needs'), search: 'side=need' }, { id: 'offers', name: t('view.offers'), search: 'side=offer' }, { id: 'unanswered', name: t('view.unanswered'), search: 'side=need&state=unanswered' },
    { id: 'mine', name: t('view.mine'), search: 'mine=1&state=all' }, { id: 'closed', name: t('view.closed'), search: 'state=closed' },
  ];
}

function columnsFor(t: T, format: Format, lang: Lang): readonly Column<Line>[] {
  return [
    { id: 'state', title: t('col.state'), width: lang === 'en' ? 124 : 100, pinned: true, card: 'state', cell: (row) => { const { tone, key } = listingState(row); return <State tone={tone} word={key === 'closed' && row.closedReason !== null ? t(`closed.${row.closedReason}`) : t(`state.${key}`)} />; } },
    { id: 'title', title: t('col.title'), width: 300, grow: true, pinned: true, card: 'title', cell: (row) => <>{row.title}{!row.published && <span className="tag">{t('hidden')}</span>}</> },
    { id: 'side', title: t('col.side'), width: 70, cell: (row) => t(`side.${row.side}`) },
    { id: 'kind', title: t('col.kind'), width: 78, cell: (row) => t(`kind.${row.kind}`) },
    { id: 'party', title: t('col.party'), width: 186, cell: (row) => (row.partyName === null ? <span className="dim">{t('hidden')}</span> : <>{row.partyName}{row.outside && <span className="tag">{t('outside')}</span>}</>) },
    { id: 'amount', title: t('col.amount'), width: lang === 'en' ? 128 : 104, align: 'right', cell: (row) => (row.amountFen !== null ? format.money(row.amountFen).text : row.people !== null ? t('people_count', { count: row.people }) : '—') },
    { id: 'industry', title: t('col.industry'), width: 180, off: true, cell: (row) => (row.industry === null ? '—' : industryName(row.industry, lang)) },
    { id: 'place', title: t('col.place'), width: 96, off: true, cell: (row) => row.placeName ?? '—' },
    { id: 'opened', title: t('col.opened'), width: lang === 'en' ? 112 : 134, cell: (row) => format.day(row.openedDay) },
    { id: 'until', title: t('col.until'), width: lang === 'en' ? 112 : 134, cell: (row) => (row.untilDay === null ? '—' : format.day(row.untilDay)) },
    { id: 'deals', title: t('col.deals'), width: 64, align: 'right', cell: (row) => (row.deals === 0 ? '—' : format.count(row.deals)) },
  ];
}
