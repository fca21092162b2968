// 会议交办: what meetings decided, in the queue of whoever looks — to sign for, to report, overdue — with the fulfilment rate over what is shown.
import { useMemo } from 'react';
import { useRead, useReadPages } from '../../../../web/client.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { useLang, useT, type Lang, type T } from '../../../../web/i18n.ts';
import { inputFor } from '../../../../web/ledger/input.ts';
import { Ledger } from '../../../../web/ledger/ledger.tsx';
import { useLedger } from '../../../../web/ledger/state.ts';
import type { Column, Filter, View } from '../../../../web/ledger/types.ts';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { useUnits } from '../../meetings/pages/orgs.tsx';
import { countDecisions, FATES, listDecisions } from '../contract.ts';
import { stateOf, type DecisionLine } from './say.ts';

const PAGE_ROWS = 60;

export function DecisionsPage() {
  const t = useT('slips');
  const lang = useLang();
  const format = useFormat();
  const { today, can } = useSession();
  const units = useUnits();
  const office = can('dispatch.meet');
  const filters = useMemo(() => filtersFor(t, units), [t, units]);
  const columns = useMemo(() => columnsFor(t, format, lang), [t, format, lang]);
  const views = useMemo(() => viewsFor(t, office, can('dispatch.receive')), [t, office, can]);
  const ledger = useLedger({ id: 'decisions', filters, columns, sort: '', views });
  const input = inputFor(listDecisions.input, ledger);
  const pages = useReadPages(listDecisions, { ...input, limit: PAGE_ROWS });
  const { after: _after, limit: _limit, ...asked } = input;
  const counts = useRead(countDecisions, asked, { keep: true }).data;
  return (
    <>
      <PageHead title={t('list.title')} {...(input.since === undefined ? {} : { small: t('list.since', { number: input.since }) })} />
      {counts !== undefined && (
        <FigureStrip>
          {counts.fulfilment.all > 0 && <Figure label={t('figure.rate')} value={format.percentBp(counts.fulfilment.rateBp)} note={t('figure.rateOf', { onTime: counts.fulfilment.onTime, below: counts.fulfilment.onTime + counts.fulfilment.late + counts.fulfilment.overdue })} definition={t('figure.rateSay', { rate: format.percentBp(counts.fulfilment.extendedRateBp) })} />}
          <Figure label={t('figure.sign')} value={format.count(counts.sign)} unit={t('unit', { count: counts.sign })} href="?due=sign" />
          <Figure label={t('figure.report')} value={format.count(counts.report)} unit={t('unit', { count: counts.report })} href="?due=report" />
          <Figure label={t('figure.overdue')} value={format.count(counts.overdue)} unit={t('unit', { count: counts.overdue })} href="?due=overdue" {...(counts.overdue > 0 ? { note: t('figure.overdueNote'), noteTone: 'bad' as const } : {})} />
          {office ? <Figure label={t('figure.supervise')} value={format.count(counts.supervise)} unit={t('unit', { count: counts.supervise })} href="?due=supervise" /> : <Figure label={t('figure.extension')} value={format.count(counts.extension)} unit={t('unit', { count: counts.extension })} href="?due=extension" />}
        </FigureStrip>
      )}
      <Ledger ledger={ledger} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/decisions/${row.id}`} today={today} title={t('list.title')} empty={<Empty title={t('list.empty')} hint={t('list.emptyHint')} />} />
    </>
  );
}

function filtersFor(t: T, units: ReturnType<typeof useUnits>): readonly Filter[] {
  return [
    { kind: 'one', id: 'due', say: t('filter.due'), any: t('filter.anyDue'), options: (['sign', 'report', 'overdue', 'supervise', 'extension', 'escalated'] as const).map((value) => ({ value, label: t(`due.${value}`) })) },
    { kind: 'many', id: 'fate', say: t('filter.fate'), any: t('filter.anyFate'), options: FATES.map((value) => ({ value, label: t(`fate.${value}`) })) },
    { kind: 'many', id: 'orgId', say: t('filter.org'), any: t('filter.anyOrg'), options: units },
    { kind: 'many', id: 'kind', say: t('filter.kind'), any: t('filter.anyKind'), options: (['measure', 'escalate', 'none'] as const).map((value) => ({ value, label: t(`kind.${value}`) })), rare: true },
    { kind: 'text', id: 'since', say: t('filter.since'), any: t('filter.anySince'), placeholder: t('filter.sinceHint'), rare: true },
  ];
}

function viewsFor(t: T, office: boolean, receives: boolean): readonly View[] {
  return [
    { id: 'all', name: t('view.all'), search: '' }, ...(receives ? [{ id: 'sign', name: t('due.sign'), search: 'due=sign' }, { id: 'report', name: t('due.report'), search: 'due=report' }] : []), { id: 'overdue', name: t('due.overdue'), search: 'due=overdue' },
    ...(office ? [{ id: 'supervise', name: t('due.supervise'), search: 'due=supervise' }, { id: 'extension', name: t('due.extension'), search: 'due=extension' }] : []), { id: 'escalated', name: t('due.escalated'), search: 'due=escalated' },
  ];
}

function columnsFor(t: T, format: Format, lang: Lang): readonly Column<DecisionLine>[] {
  return [
    { id: 'state', title: t('column.state'), width: lang === 'en' ? 180 : 140, pinned: true, card: 'state', cell: (row) => { const { tone, word } = stateOf(row, t); return <State tone={tone} word={word} />; } },
    { id: 'title', title: t('column.title'), width: 230, grow: true, pinned: true, card: 'title', cell: (row) => <>{row.title}{row.asked && <span className="tag">{t('asked')}</span>}{row.supervised > 0 && <span className="tag">{t('supervised', { count: row.supervised })}</span>}</> },
    { id: 'measure', title: t('column.measure'), width: 205, grow: true, cell: (row) => row.measure ?? row.reason ?? '—' },
    { id: 'owner', title: t('column.owner'), width: 120, cell: (row) => row.owner?.name ?? '—' },
    { id: 'due', title: t('column.due'), width: lang === 'en' ? 150 : 170, cell: (row) => <>{format.day(row.dueDay)}{row.extensions > 0 && <span className="dim small"> {t('wasDue', { day: format.day(row.originalDue) })}</span>}</> },
    { id: 'slip', title: t('column.slip'), width: 190, cell: (row) => row.slip ?? '—' },
    { id: 'meeting', title: t('column.meeting'), width: lang === 'en' ? 110 : 90, cell: (row) => (row.number === null ? '—' : t('ofMeeting', { number: row.number })) },
    { id: 'project', title: t('column.project'), width: 180, off: true, cell: (row) => row.projectName ?? '—' },
    { id: 'done', title: t('column.done'), width: 130, off: true, cell: (row) => format.day(row.doneDay) },
    { id: 'checkpoint', title: t('column.checkpoint'), width: 130, off: true, cell: (row) => format.day(row.checkpointDue) },
  ];
}
