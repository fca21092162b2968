// Problems that meetings decided on or that came out of one: what the number on the first line of the meetings opens, each with the meetings that dealt with it.
import { useMemo } from 'react';
import { useReadPages } from '../../../../web/client.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { useT, type T } from '../../../../web/i18n.ts';
import { inputFor } from '../../../../web/ledger/input.ts';
import { Ledger } from '../../../../web/ledger/ledger.tsx';
import { useLedger } from '../../../../web/ledger/state.ts';
import type { Column, Filter } from '../../../../web/ledger/types.ts';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Crumbs } from '../../../../web/parts/record.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { listMeetingProblems } from '../contract.ts';
import type { OutputOf } from '../../../../kernel/contract.ts';

type Row = OutputOf<typeof listMeetingProblems>['items'][number];

export function MeetingProblemsPage() {
  const t = useT('meetings');
  const format = useFormat();
  const { today } = useSession();
  const filters = useMemo((): readonly Filter[] => [{ kind: 'one', id: 'solved', say: t('filter.solved'), any: t('filter.anySolved'), options: [{ value: '1', label: t('filter.isSolved') }, { value: '0', label: t('filter.unsolved') }] }], [t]);
  const columns = useMemo(() => columnsFor(t, format), [t, format]);
  const ledger = useLedger({ id: 'meetingproblems', filters, columns, sort: '' });
  const pages = useReadPages(listMeetingProblems, { ...inputFor(listMeetingProblems.input, ledger), limit: 60 });
  return (
    <>
      <PageHead title={t('problems.title')} crumbs={<Crumbs crumbs={[{ label: t('list.title'), href: '/meetings' }, { label: t('problems.title') }]} />} />
      <Ledger ledger={ledger} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/problems/${row.id}`} today={today} title={t('problems.title')} empty={<Empty title={t('problems.empty')} hint={t('problems.emptyHint')} />} note={t('figure.solvedSay')} />
    </>
  );
}

function columnsFor(t: T, format: Format): readonly Column<Row>[] {
  return [
    { id: 'state', title: t('column.state'), width: 120, pinned: true, card: 'state', cell: (row) => <State tone={row.state === 'solved' ? 'ok' : row.state === 'closed' ? 'off' : 'warn'} word={t(row.state === 'solved' ? 'filter.isSolved' : 'filter.unsolved')} /> },
    { id: 'number', title: t('column.number'), width: 110, cell: (row) => row.number },
    { id: 'title', title: t('column.problem'), width: 268, grow: true, pinned: true, card: 'title', cell: (row) => row.title },
    { id: 'project', title: t('column.project'), width: 200, cell: (row) => row.projectName ?? '—' },
    { id: 'owner', title: t('column.owner'), width: 120, cell: (row) => row.ownerName },
    { id: 'meetings', title: t('column.meetings'), width: 110, cell: (row) => row.meetings.map((number) => t('column.no', { number })).join(' ') },
    { id: 'due', title: t('column.due'), width: 130, cell: (row) => format.day(row.dueDay) },
    { id: 'solved', title: t('column.solved'), width: 130, cell: (row) => format.day(row.solvedDay) },
  ];
}
