// 部门待办: the queue of whoever looks — a department's cases by days left, an enterprise's own, all of them for the office. State in the address.
import { useMemo } from 'react';
import { useRead, useReadPages } from '../../../../web/client.ts';
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
import { countCases, LEVELS, myCases, SIDES, STATUSES } from '../contract.ts';
import { OwedMark } from './owed.tsx';
import { leftSay, leftTone, pick, stateOf, type CaseLine } from './say.ts';
import './cases.css';

const PAGE_ROWS = 60;

export function CasesPage() {
  const t = useT('cases');
  const lang = useLang();
  const format = useFormat();
  const { today, can } = useSession();
  const filters = useMemo(() => filtersFor(t), [t]);
  const views = useMemo(() => viewsFor(t), [t]);
  const columns = useMemo(() => columnsFor(t, format, lang, today), [t, format, lang, today]);
  const ledger = useLedger({ id: 'cases', filters, columns, sort: 'left', views });
  const input = inputFor(myCases.input, ledger);
  const { sort: _sort, after: _after, limit: _limit, ...asked } = input;
  const counts = useRead(countCases, asked, { keep: true });
  const pages = useReadPages(myCases, { ...input, limit: PAGE_ROWS });
  const handles = can('approvals.handle');
  return (
    <>
      <PageHead title={t(handles ? 'list.title' : 'list.mine')} {...(counts.data === undefined ? {} : { small: t('list.small', { count: counts.data.all }) })} actions={handles || can('projects.export') ? <Button href="/approvals/pace">{t('pace.title')}</Button> : undefined} />
      {counts.data !== undefined && <Strip counts={counts.data} format={format} t={t} />}
      <Ledger
        ledger={ledger} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/approvals/cases/${row.id}`} today={today} title={t('list.title')}
        {...(counts.data === undefined ? {} : { total: counts.data.all })}
        empty={<Empty title={t('list.empty')} hint={t(handles ? 'list.emptyHint' : 'list.emptyMine')} />}
        note={t('list.note', { day: format.day(today) })}
      />
    </>
  );
}

type Counted = NonNullable<ReturnType<typeof useRead<typeof countCases.input, typeof countCases.output>>['data']>;

function Strip({ counts, format, t }: { readonly counts: Counted; readonly format: Format; readonly t: T }) {
  const stopped = counts.sides.special + counts.sides.suspension;
  return (
    <FigureStrip>
      <Figure label={t('level.over')} value={format.count(counts.over)} unit={t('list.unit')} definition={t('list.overSay')} href="?level=over" {...(counts.over > 0 ? { note: t('list.overNote'), noteTone: 'bad' as const } : {})} />
      <Figure label={t('level.promise_over')} value={format.count(counts.promiseOver)} unit={t('list.unit')} definition={t('list.promiseSay')} href="?level=promise_over" />
      <Figure label={t('level.urgent')} value={format.count(counts.urgent)} unit={t('list.unit')} definition={t('list.urgentSay')} href="?level=urgent" />
      <Figure label={t('list.atApplicant')} value={format.count(counts.sides.applicant)} unit={t('list.unit')} href="?side=applicant" />
      {counts.reviews > 0 ? <Figure label={t('list.reviews')} value={format.count(counts.reviews)} unit={t('list.unit')} definition={t('list.reviewsSay')} /> : <Figure label={t('list.stopped')} value={format.count(stopped)} unit={t('list.unit')} href="?side=special&side=suspension" />}
    </FigureStrip>
  );
}

function filtersFor(t: T): readonly Filter[] {
  return [
    { kind: 'many', id: 'level', say: t('filter.level'), any: t('filter.anyLevel'), options: LEVELS.filter((level) => level !== 'none').map((value) => ({ value, label: t(`level.${value}`) })) },
    { kind: 'many', id: 'side', say: t('filter.side'), any: t('filter.anySide'), options: SIDES.map((value) => ({ value, label: t(`side.${value}`) })) },
    { kind: 'many', id: 'status', say: t('filter.status'), any: t('filter.anyStatus'), options: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })), rare: true },
    { kind: 'one', id: 'state', say: t('filter.state'), any: t('filter.open'), options: [{ value: 'decided', label: t('filter.decided') }, { value: 'all', label: t('filter.all') }] },
    { kind: 'one', id: 'owing', say: t('filter.owing'), any: t('filter.anyOwing'), options: [{ value: '1', label: t('filter.isOwing') }], rare: true },
    { kind: 'days', id: 'decided', say: t('filter.decidedOn'), any: t('filter.anyDay'), from: 'decidedFrom', to: 'decidedTo', rare: true },
    { kind: 'text', id: 'item', say: t('filter.item'), any: t('filter.anyItem'), rare: true },
    { kind: 'text', id: 'orgId', say: t('filter.org'), any: t('filter.anyOrg'), rare: true },
    { kind: 'text', id: 'q', say: t('filter.q'), any: t('filter.anyName'), placeholder: t('filter.qHint') },
  ];
}

function viewsFor(t: T): readonly View[] {
  return [
    { id: 'left', name: t('view.left'), search: '' }, { id: 'path', name: t('view.path'), search: 'sort=path' }, { id: 'over', name: t('view.over'), search: 'level=over&level=promise_over' },
    { id: 'stopped', name: t('view.stopped'), search: 'side=special&side=suspension&side=applicant' }, { id: 'owing', name: t('view.owing'), search: 'owing=1' }, { id: 'decided', name: t('view.decided'), search: 'state=decided' },
  ];
}

function columnsFor(t: T, format: Format, lang: Lang, today: string): readonly Column<CaseLine>[] {
  // English needs more room for the same words.
  const wide = lang === 'en' ? 36 : 0;
  return [
    { id: 'state', title: t('column.state'), width: 122 + wide, pinned: true, card: 'state', cell: (row) => { const { tone, word } = stateOf(row, t); return <State tone={tone} word={word} />; } },
    { id: 'item', title: t('column.item'), width: 210, grow: true, pinned: true, card: 'title', cell: (row) => <><span className="casecode">{row.item}</span>{pick(row.itemName, lang)}{row.round > 1 && <span className="tag">{t('round', { round: row.round })}</span>}{row.critical && <span className="tag">{t('critical')}</span>}{row.deemed && row.decidedDay === null && <span className="tag">{t('deemedShort')}</span>}</> },
    { id: 'project', title: t('column.project'), width: 170, grow: true, cell: (row) => row.projectName },
    { id: 'left', title: t('column.left'), width: 130 + wide, align: 'right', sort: 'left', cell: (row) => <span className={`tone-${leftTone(row)}`}>{leftSay(row, t) === '' ? '—' : leftSay(row, t)}</span> },
    { id: 'owes', title: t('column.owes'), width: 110 + wide, cell: (row) => (row.owes === null ? '—' : t(`owes.${row.owes}`)) },
    { id: 'materials', title: t('column.materials'), width: 118 + wide, cell: (row) => (row.owedMaterials === 0 ? '—' : <OwedMark plain line={row} day={today} />) },
    { id: 'side', title: t('column.side'), width: 100 + wide, cell: (row) => (row.side === null ? '—' : t(`side.${row.side}`)) },
    { id: 'org', title: t('column.org'), width: 110, cell: (row) => row.orgName },
    { id: 'status', title: t('column.status'), width: 150, off: true, cell: (row) => t(`status.${row.status}`) },
    { id: 'due', title: t('column.due'), width: 130, cell: (row) => format.day(row.owedDay) },
    { id: 'statutory', title: t('column.statutory'), width: 130, off: true, cell: (row) => format.day(row.statutory?.due), card: 'none' },
    { id: 'received', title: t('column.received'), width: 120, off: true, cell: (row) => format.day(row.receivedDay) },
    { id: 'verified', title: t('column.verified'), width: 180, off: true, cell: (row) => (row.verifiedDay === null ? '—' : `${row.system ?? ''} ${format.day(row.verifiedDay)}`) },
  ];
}
