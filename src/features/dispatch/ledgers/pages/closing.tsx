// 销号台账: the problems that were settled and how, and those that are open; out of the pool.
import { useMemo } from 'react';
import { useReadPages } from '../../../../web/client.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { useT, type T } from '../../../../web/i18n.ts';
import { inputFor } from '../../../../web/ledger/input.ts';
import { Ledger } from '../../../../web/ledger/ledger.tsx';
import { useLedger } from '../../../../web/ledger/state.ts';
import type { Column, Filter, View } from '../../../../web/ledger/types.ts';
import { Empty } from '../../../../web/parts/empty.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useDownload } from '../../../../web/download.ts';
import { useSession } from '../../../../web/session.tsx';
import { listProblems, type ProblemRow } from '../../../problems/pool/contract.ts';

const STATES = ['solved', 'closed', 'submitted', 'handling', 'assigned', 'accepted', 'received', 'ruling', 'withdrawn', 'declined', 'merged'] as const;
const TONES = { solved: 'ok', closed: 'off', submitted: 'warn', handling: 'warn', assigned: 'warn', accepted: 'warn', received: 'warn', ruling: 'late', withdrawn: 'off', declined: 'off', merged: 'off' } as const;

export function ClosingLedger() {
  const t = useT('ledgers');
  const format = useFormat();
  const { today, can } = useSession();
  const filters = useMemo(() => filtersFor(t), [t]);
  const columns = useMemo(() => columnsFor(t, format, today), [t, format, today]);
  const views = useMemo<readonly View[]>(() => [{ id: 'solved', name: t('closing.solved'), search: 'state=solved' }, { id: 'open', name: t('closing.open'), search: 'open=true' }, { id: 'all', name: t('view.all'), search: '' }], [t]);
  const ledger = useLedger({ id: 'closing', filters, columns, sort: 'number', views });
  const { sort: _sort, ...input } = inputFor(listProblems.input, ledger);
  const pages = useReadPages(listProblems, { ...input, sort: 'number', limit: 60 });
  const file = useDownload();
  return (
    <>
      <PageHead title={t('closing.title')} small={t('closing.small')} />
      <Ledger ledger={ledger} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/problems/${row.id}`} today={today} title={t('closing.title')} empty={<Empty title={t('closing.none')} hint={t('closing.noneHint')} />}
        {...(can('problems.export') ? { onExport: () => file.start('dispatch.closings_export', input) } : {})} />
    </>
  );
}

function filtersFor(t: T): readonly Filter[] {
  return [
    { kind: 'many', id: 'state', say: t('closing.state'), any: t('closing.anyState'), options: STATES.map((value) => ({ value, label: t(`problemState.${value}`) })) },
    { kind: 'one', id: 'open', say: t('closing.whether'), name: t('closing.whetherName'), any: t('closing.anyOpen'), options: [{ value: 'true', label: t('closing.open') }], rare: true },
    { kind: 'one', id: 'overdue', say: t('closing.overdue'), any: t('closing.anyOverdue'), options: [{ value: 'true', label: t('closing.isOverdue') }] },
    { kind: 'days', id: 'raised', say: t('closing.raised'), any: t('filter.anyDay'), from: 'from', to: 'to' },
    { kind: 'text', id: 'q', say: t('filter.q'), any: t('closing.anyWords'), placeholder: t('closing.qHint') },
  ];
}

function columnsFor(t: T, format: Format, today: string): readonly Column<ProblemRow>[] {
  const day = (at: string | null): string => (at === null ? '—' : format.instant(at, today));
  return [
    { id: 'state', title: t('closing.stateHead'), width: 130, pinned: true, card: 'state', cell: (row) => <State tone={row.overdue ? 'bad' : TONES[row.state]} word={t(`problemState.${row.state}`)} /> },
    { id: 'title', title: t('closing.titleHead'), width: 288, grow: true, pinned: true, card: 'title', cell: (row) => <>{row.number} {row.title}</> },
    { id: 'project', title: t('export.heading.project'), width: 190, cell: (row) => row.projectName ?? row.enterpriseName ?? '—' },
    { id: 'owner', title: t('closing.owner'), width: 130, cell: (row) => row.ownerUserName ?? row.ownerName },
    { id: 'raised', title: t('closing.raisedHead'), width: 150, cell: (row) => day(row.raisedAt) },
    { id: 'due', title: t('closing.due'), width: 150, cell: (row) => day(row.solveDueAt) },
    { id: 'ended', title: t('closing.ended'), width: 150, cell: (row) => day(row.endedAt) },
    { id: 'again', title: t('closing.again'), width: 100, align: 'right', off: true, cell: (row) => (row.reopened + row.redone === 0 ? '—' : format.count(row.reopened + row.redone)) },
  ];
}
