// 审批办件: the queue of whoever looks — a department's cases by days left, an enterprise's own, all of them for the office. State in the address.
import { useMemo } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
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
import { caseFacets, countCases, LEVELS, myCases, SIDES, STATUSES } from '../contract.ts';
import { OwedMark } from './owed.tsx';
import { leftSay, leftTone, pick, standingLimit, stateOf, type CaseLine } from './say.ts';
import './cases.css';

const PAGE_ROWS = 60;

export function CasesPage() {
  const t = useT('cases');
  const lang = useLang();
  const format = useFormat();
  const { today, can } = useSession();
  const views = useMemo(() => viewsFor(t), [t]);
  const columns = useMemo(() => columnsFor(t, format, lang, today), [t, format, lang, today]);
  // The sentence is known before its counts: the address is read with the plain one, and the counts are asked under it.
  const plain = useMemo(() => filtersFor(t, undefined, lang), [t, lang]);
  const ledger = useLedger({ id: 'cases', filters: plain, columns, sort: 'left', views });
  const input = inputFor(myCases.input, ledger);
  const { sort: _sort, after: _after, limit: _limit, ...asked } = input;
  const counts = useRead(countCases, asked, { keep: true });
  const facets = useRead(caseFacets, asked, { keep: true });
  const counted = useMemo(() => filtersFor(t, facets.data, lang), [t, facets.data, lang]);
  const file = useDownload();
  const pages = useReadPages(myCases, { ...input, limit: PAGE_ROWS });
  const handles = can('approvals.handle');
  return (
    <>
      <PageHead title={t(handles ? 'list.title' : 'list.mine')} {...(counts.data === undefined ? {} : { small: t('list.small', { count: counts.data.all }) })} actions={handles || can('projects.export') ? <Button href="/approvals/pace">{t('pace.title')}</Button> : undefined} />
      {counts.data !== undefined && <Strip counts={counts.data} format={format} t={t} />}
      <Ledger
        ledger={{ ...ledger, filters: counted }} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/approvals/cases/${row.id}`} today={today} title={t('list.title')}
        {...(counts.data === undefined ? {} : { total: counts.data.all })}
        empty={<Empty title={t('list.empty')} hint={t(handles ? 'list.emptyHint' : 'list.emptyMine')} />}
        note={t('list.note', { day: format.day(today) })}
        {...(can('projects.export') ? { onExport: () => file.start('approvals.cases_export', { ...asked, sort: input.sort }) } : {})}
      />
    </>
  );
}

type Counted = NonNullable<ReturnType<typeof useRead<typeof countCases.input, typeof countCases.output>>['data']>;

function Strip({ counts, format, t }: { readonly counts: Counted; readonly format: Format; readonly t: T }) {
  const stopped = counts.sides.special + counts.sides.suspension;
  return (
    <FigureStrip>
      <Figure label={t('level.over')} value={format.count(counts.over)} unit={t('list.unit', { count: counts.over })} definition={t('list.overSay')} href="?level=over" {...(counts.over > 0 ? { note: t('list.overNote'), noteTone: 'bad' as const } : {})} />
      <Figure label={t('level.promise_over')} value={format.count(counts.promiseOver)} unit={t('list.unit', { count: counts.promiseOver })} definition={t('list.promiseSay')} href="?level=promise_over" />
      <Figure label={t('level.urgent')} value={format.count(counts.urgent)} unit={t('list.unit', { count: counts.urgent })} definition={t('list.urgentSay')} href="?level=urgent" />
      <Figure label={t('list.atApplicant')} value={format.count(counts.sides.applicant)} unit={t('list.unit', { count: counts.sides.applicant })} href="?side=applicant" />
      {counts.reviews > 0 ? <Figure label={t('list.reviews')} value={format.count(counts.reviews)} unit={t('list.unit', { count: counts.reviews })} definition={t('list.reviewsSay')} href="?reviews=true" /> : <Figure label={t('list.stopped')} value={format.count(stopped)} unit={t('list.unit', { count: stopped })} href="?side=special&side=suspension" />}
    </FigureStrip>
  );
}

type Facets = OutputOf<typeof caseFacets>;

/** Each choice says how many cases it would show; bodies and items are chosen by name. */
function filtersFor(t: T, facets: Facets | undefined, lang: Lang): readonly Filter[] {
  const hint = (list: readonly { readonly value: string; readonly count: number }[] | undefined, value: string): { hint?: string } => (list === undefined ? {} : { hint: String(list.find((one) => one.value === value)?.count ?? 0) });
  return [
    { kind: 'many', id: 'level', say: t('filter.level'), any: t('filter.anyLevel'), options: LEVELS.filter((level) => level !== 'none').map((value) => ({ value, label: t(`level.${value}`), ...hint(facets?.levels, value) })) },
    { kind: 'many', id: 'side', say: t('filter.side'), any: t('filter.anySide'), options: SIDES.map((value) => ({ value, label: t(`side.${value}`), ...hint(facets?.sides, value) })) },
    { kind: 'many', id: 'status', say: t('filter.status'), any: t('filter.anyStatus'), options: STATUSES.map((value) => ({ value, label: t(`status.${value}`), ...hint(facets?.statuses, value) })), rare: true },
    { kind: 'one', id: 'state', say: t('filter.state'), any: t('filter.open'), options: [{ value: 'decided', label: t('filter.decided') }, { value: 'all', label: t('filter.all') }] },
    { kind: 'one', id: 'owing', say: t('filter.owing'), any: t('filter.anyOwing'), options: [{ value: '1', label: t('filter.isOwing') }], rare: true },
    { kind: 'days', id: 'decided', say: t('filter.decidedOn'), any: t('filter.anyDay'), from: 'decidedFrom', to: 'decidedTo', rare: true },
    { kind: 'many', id: 'item', say: t('filter.item'), any: t('filter.anyItem'), options: (facets?.items ?? []).map((one) => ({ value: one.value, label: pick(one.name, lang), hint: String(one.count) })) },
    { kind: 'many', id: 'orgId', say: t('filter.org'), any: t('filter.anyOrg'), options: (facets?.orgs ?? []).map((one) => ({ value: one.value, label: one.name, hint: String(one.count) })) },
    { kind: 'one', id: 'reviews', say: t('filter.reviews'), any: t('filter.anyReviews'), options: [{ value: 'true', label: t('filter.owedReviews') }], rare: true },
    { kind: 'text', id: 'q', say: t('filter.q'), any: t('filter.anyName'), placeholder: t('filter.qHint') },
  ];
}

function viewsFor(t: T): readonly View[] {
  return [
    { id: 'left', name: t('view.left'), search: '' }, { id: 'path', name: t('view.path'), search: 'sort=path' }, { id: 'over', name: t('view.over'), search: 'level=over&level=promise_over' },
    { id: 'stopped', name: t('view.stopped'), search: 'side=special&side=suspension&side=applicant' }, { id: 'owing', name: t('view.owing'), search: `owing=1&${['state', 'item', 'project', 'materials', 'left', 'owes', 'org', 'promised'].map((id) => `cols=${id}`).join('&')}` }, { id: 'decided', name: t('view.decided'), search: 'state=decided' },
  ];
}

function columnsFor(t: T, format: Format, lang: Lang, today: string): readonly Column<CaseLine>[] {
  // English needs more room for the same words.
  const wide = lang === 'en' ? 36 : 0;
  return [
    { id: 'state', title: t('column.state'), width: 116 + wide * 1.5, pinned: true, card: 'state', cell: (row) => { const { tone, word } = stateOf(row, t); return <State tone={tone} word={word} />; } },
    { id: 'item', title: t('column.item'), width: 220, grow: true, pinned: true, card: 'title', cell: (row) => <><span className="casecode">{row.item}</span>{pick(row.itemName, lang)}{row.round > 1 && <span className="tag">{t('round', { round: row.round })}</span>}{row.critical && <span className="tag">{t('critical')}</span>}{row.deemed && row.decidedDay === null && <span className="tag">{t('deemedShort')}</span>}</> },
    { id: 'project', title: t('column.project'), width: lang === 'en' ? 156 : 170, grow: lang !== 'en', cell: (row) => row.projectName },
    { id: 'left', title: t('column.left'), width: 122 + wide * 1.3, align: 'right', sort: 'left', cell: (row) => <span className={`tone-${leftTone(row)}`}>{leftSay(row, t) === '' ? '—' : leftSay(row, t)}</span> },
    { id: 'owes', title: t('column.owes'), width: 112 + wide, off: lang === 'en', cell: (row) => (row.owes === null ? '—' : t(`owes.${row.owes}`)) },
    { id: 'materials', title: t('column.materials'), width: 118 + wide, off: true, cell: (row) => (row.owedMaterials === 0 ? '—' : <OwedMark plain line={row} day={today} />) },
    // The state already names a clock that is not the department's.
    { id: 'side', title: t('column.side'), width: 88 + wide * 1.4, off: true, cell: (row) => (row.side === null ? '—' : t(`side.${row.side}`)) },
    { id: 'org', title: t('column.org'), width: 98, cell: (row) => row.orgName },
    { id: 'status', title: t('column.status'), width: 150, off: true, cell: (row) => t(`status.${row.status}`) },
    { id: 'promised', title: t('column.promised'), width: 110, cell: (row) => deadline(standingLimit(row.promised, row), today, t, format) },
    { id: 'statutory', title: t('column.statutory'), width: 110, cell: (row) => deadline(standingLimit(row.statutory, row), today, t, format) },
    { id: 'due', title: t('column.due'), width: 130, off: true, cell: (row) => format.day(row.owedDay) },
    { id: 'received', title: t('column.received'), width: 120, off: true, cell: (row) => format.day(row.receivedDay) },
    { id: 'verified', title: t('column.verified'), width: 180, off: true, cell: (row) => (row.verifiedDay === null ? '—' : `${row.system ?? ''} ${format.day(row.verifiedDay)}`) },
  ];
}

/** Days left or over in the limit's own unit, and the day on which it is reached. */
function deadline(clock: CaseLine['statutory'], today: string, t: T, format: Format) {
  if (clock === null) return <span className="dim">—</span>;
  const left = clock.left - clock.over;
  return <><span className={left < 0 ? 'tone-bad' : undefined}>{t(left < 0 ? 'left.overShort' : 'left.short', { count: Math.abs(left) })}</span> <span className="dim small">{format.shortDay(clock.due, today)}</span></>;
}
