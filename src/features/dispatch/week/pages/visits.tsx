// 走访与打卡: what was planned and made, of the projects that the reader may know; an enterprise sees those to itself.
import { useMemo } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useReadPages } from '../../../../web/client.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { useT, type T } from '../../../../web/i18n.ts';
import { inputFor } from '../../../../web/ledger/input.ts';
import { Ledger } from '../../../../web/ledger/ledger.tsx';
import { useLedger } from '../../../../web/ledger/state.ts';
import type { Column, Filter } from '../../../../web/ledger/types.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { KINDS, listVisits, VISIT_STATES } from '../contract.ts';

type Visit = OutputOf<typeof listVisits>['items'][number];

export function VisitsPage() {
  const t = useT('taskforce');
  const format = useFormat();
  const { today, can } = useSession();
  const inside = can('dispatch.read');
  const filters = useMemo(() => filtersFor(t, inside), [t, inside]);
  const columns = useMemo(() => columnsFor(t, format), [t, format]);
  const ledger = useLedger({ id: 'visits', filters, columns, sort: '-day', views: [] });
  const pages = useReadPages(listVisits, { ...inputFor(listVisits.input, ledger), limit: 60 });
  return (
    <>
      <PageHead title={t(inside ? 'visits.title' : 'visits.ours')} actions={can('dispatch.report_week') ? <Button kind="main" href="/dispatch/visits/new">{t('visits.new')}</Button> : undefined} />
      <Ledger ledger={ledger} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/dispatch/visits/${row.id}`} today={today} title={t('visits.title')} empty={<Empty title={t('visits.none')} hint={t('visits.noneHint')} />} />
    </>
  );
}

function filtersFor(t: T, inside: boolean): readonly Filter[] {
  return [
    { kind: 'many', id: 'kind', say: t('visits.filterKind'), any: t('visits.anyKind'), options: KINDS.map((value) => ({ value, label: t(`visitKind.${value}`) })) },
    { kind: 'one', id: 'state', say: t('visits.filterState'), any: t('visits.anyState'), options: VISIT_STATES.map((value) => ({ value, label: t(`visitState.${value}`) })) },
    ...(inside ? [{ kind: 'one', id: 'mine', say: t('visits.filterMine'), any: t('visits.everybody'), options: [{ value: 'true', label: t('visits.mine') }] } as const] : []),
    { kind: 'days', id: 'days', say: t('visits.filterDays'), any: t('visits.anyDay'), from: 'from', to: 'to' },
  ];
}

function columnsFor(t: T, format: Format): readonly Column<Visit>[] {
  return [
    { id: 'state', title: t('visits.state'), width: 110, pinned: true, card: 'state', cell: (row) => <State tone={row.state === 'done' ? 'ok' : row.state === 'cancelled' ? 'off' : row.late ? 'late' : 'warn'} word={t(row.late ? 'visitState.late' : `visitState.${row.state}`)} /> },
    { id: 'whom', title: t('visits.whom'), width: 320, grow: true, card: 'title', cell: (row) => [row.projectName, row.orgName].filter((part) => part !== null).join(' · ') },
    { id: 'kind', title: t('visits.kind'), width: 130, cell: (row) => t(`visitKind.${row.kind}`) },
    { id: 'day', title: t('visits.day'), width: 130, cell: (row) => format.day(row.day) },
    { id: 'who', title: t('visits.who'), width: 110, cell: (row) => row.userName },
    { id: 'place', title: t('visits.place'), width: 160, cell: (row) => row.place ?? '—' },
    { id: 'photos', title: t('visits.photosHead'), width: 80, align: 'right', cell: (row) => (row.photos === 0 ? '—' : format.count(row.photos)) },
    { id: 'problems', title: t('visits.problemsHead'), width: 110, align: 'right', cell: (row) => (row.problems === 0 ? '—' : format.count(row.problems)) },
  ];
}
