// 难题: the queue of whoever looks, what runs out first at the top. Filters, view, order and columns stand in the address.
import { useMemo } from 'react';
import type { InputOf, OutputOf } from '../../../../kernel/contract.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useReadPages } from '../../../../web/client.ts';
import { useDownload } from '../../../../web/download.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { useLang, useT, type T } from '../../../../web/i18n.ts';
import { inputFor } from '../../../../web/ledger/input.ts';
import { Ledger } from '../../../../web/ledger/ledger.tsx';
import { useLedger, type LedgerState } from '../../../../web/ledger/state.ts';
import type { Column } from '../../../../web/ledger/types.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { exportProblems, listProblems, problemFacets, type ProblemRow } from '../contract.ts';
import { filtersFor, viewsFor } from './filters.ts';
import { clockSay, leftTone, marksOf, toneOf, useKinds } from './say.ts';
import './pool.css';

const PAGE_ROWS = 60;

export function ProblemsPage() {
  const t = useT('problems');
  const lang = useLang();
  const format = useFormat();
  const { today, can } = useSession();
  const kinds = useKinds(lang);
  const columns = useMemo(() => columnsFor(t, format, today, lang === 'en', kinds.nameOf), [t, format, today, lang, kinds.all]); // eslint-disable-line react-hooks/exhaustive-deps
  const views = useMemo(() => viewsFor(t), [t]);
  // The sentence is known before its counts: the address is read with the plain one, and the counts are asked under it.
  const plain = useMemo(() => filtersFor(t, undefined, kinds.nameOf), [t, kinds.all]); // eslint-disable-line react-hooks/exhaustive-deps
  const ledger = useLedger<ProblemRow>({ id: 'problems', filters: plain, columns, sort: 'due', views });
  const [figure, setFigure] = useUrlState(FIGURE);
  const input = askedOf(ledger, inputFor(listProblems.input, { input: given(figure), sort: '' }));
  const { sort: _sort, after: _after, limit: _limit, ...asked } = input;
  const facets = useRead(problemFacets, asked, { keep: true });
  const counted = useMemo(() => filtersFor(t, facets.data, kinds.nameOf), [t, facets.data, kinds.all]); // eslint-disable-line react-hooks/exhaustive-deps
  const pages = useReadPages(listProblems, { ...input, limit: PAGE_ROWS });
  const file = useDownload();
  return (
    <>
      <PageHead title={t('list.title')} {...(facets.data === undefined ? {} : { small: t(facets.data.cut ? 'list.smallCut' : 'list.small', { count: facets.data.all }) })} actions={can('problems.raise') ? <Button kind="main" href="/problems/new">{t('list.raise')}</Button> : undefined} />
      {facets.data !== undefined && <Strip facets={facets.data} format={format} t={t} />}
      {input.figure !== undefined && <p className="notice">{t('list.figure')} <Button small kind="quiet" onClick={() => setFigure(FIGURE)}>{t('list.figureEnd')}</Button></p>}
      <Ledger
        ledger={{ ...ledger, filters: counted }} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/problems/${row.id}`} today={today} title={t('list.title')}
        {...(facets.data === undefined || facets.data.cut ? {} : { total: facets.data.all })}
        empty={<Empty title={t('list.empty')} hint={t('list.emptyHint')} />}
        {...(pages.first === undefined ? {} : { note: t('list.note', { at: format.instant(pages.first.at) }) })}
        {...(can('problems.export') ? { onExport: () => file.start(exportProblems.name, { ...asked, sort: input.sort }) } : {})}
      />
    </>
  );
}

/** Of the rates: which number was opened. It is no word of the sentence, but stands in the address all the same. */
const FIGURE: Readonly<Record<string, string | undefined>> = { figure: undefined, part: undefined, figureAt: undefined, by: undefined, since: undefined, until: undefined, group: undefined, value: undefined };

function given(figure: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(figure).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Without a word on it, what is open is shown; a state that is chosen, or a number that was opened, says itself whether it is. */
function askedOf(ledger: LedgerState<ProblemRow>, figure: InputOf<typeof listProblems>): InputOf<typeof listProblems> {
  const input = { ...inputFor(listProblems.input, ledger), ...(figure.figure === undefined ? {} : figure) };
  return ledger.values['open'] === undefined && input.state === undefined && input.figure === undefined ? { ...input, open: true } : input;
}

function Strip({ facets, format, t }: { readonly facets: OutputOf<typeof problemFacets>; readonly format: Format; readonly t: T }) {
  const confirming = facets.states.find((one) => one.value === 'submitted')?.count ?? 0;
  const figure = (count: number) => ({ value: `${format.count(count)}${facets.cut ? '+' : ''}`, unit: t('list.unit', { count }) });
  return (
    <FigureStrip>
      <Figure label={t('list.overdue')} {...figure(facets.overdue)} definition={t('list.overdueSay')} href="/problems?overdue=1" />
      <Figure label={t('list.urgent')} {...figure(facets.urgent)} definition={t('list.urgentSay')} href="/problems?within=24" />
      <Figure label={t('list.paused')} {...figure(facets.paused)} definition={t('list.pausedSay')} href="/problems?paused=1" />
      <Figure label={t('list.confirming')} {...figure(confirming)} definition={t('list.confirmingSay')} href="/problems?state=submitted" />
    </FigureStrip>
  );
}

export function columnsFor(t: T, format: Format, today: string, english: boolean, kindOf: (code: string) => string): readonly Column<ProblemRow>[] {
  const day = (at: string | null): string => (at === null ? '—' : format.instant(at, today));
  return [
    { id: 'state', title: t('column.state'), width: english ? 176 : 108, pinned: true, card: 'state', cell: (row) => <State tone={toneOf(row)} word={t(`state.${row.state}`)} /> },
    { id: 'number', title: t('column.number'), width: 100, sort: 'number', cell: (row) => row.number },
    { id: 'title', title: t('column.title'), width: 260, grow: true, pinned: true, card: 'title', cell: (row) => <>{row.title}{marksOf(row, t).map((mark) => <span key={mark} className="tag">{mark}</span>)}</> },
    { id: 'left', title: t('column.left'), width: english ? 232 : 196, sort: 'due', cell: (row) => <span className={`tone-${row.pauseKind === null ? leftTone(row.left) : 'off'}`}>{clockSay(row, t) || '—'}</span> },
    { id: 'owner', title: t('column.owner'), width: english ? 130 : 116, cell: (row) => row.ownerName },
    { id: 'person', title: t('column.person'), width: 90, off: true, cell: (row) => row.ownerUserName ?? '—' },
    { id: 'project', title: t('column.project'), width: 150, grow: true, cell: (row) => row.projectName ?? row.enterpriseName ?? '—' },
    { id: 'kind', title: t('column.kind'), width: english ? 130 : 96, off: english, cell: (row) => kindOf(row.kind) },
    { id: 'tier', title: t('column.tier'), width: english ? 150 : 96, off: true, cell: (row) => t(`tier.${String(row.tier)}`) },
    { id: 'severity', title: t('column.severity'), width: 84, off: true, cell: (row) => t(`severity.${row.severity}`) },
    { id: 'source', title: t('column.source'), width: english ? 160 : 104, off: true, cell: (row) => t(`source.${row.source}`) },
    { id: 'raised', title: t('column.raised'), width: english ? 120 : 124, off: true, cell: (row) => day(row.raisedAt) },
    { id: 'due', title: t('column.due'), width: 124, off: true, cell: (row) => day(row.dueAt) },
    { id: 'solveDue', title: t('column.solveDue'), width: 124, off: true, cell: (row) => day(row.solveDueAt) },
    { id: 'ended', title: t('column.ended'), width: 124, off: true, cell: (row) => day(row.endedAt) },
  ];
}
