// 分包台账: each key project with who answers for it, its leader, its team, and when it was last seen to.
import { useMemo } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useReadPages } from '../../../../web/client.ts';
import { useDownload } from '../../../../web/download.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { useT, type T } from '../../../../web/i18n.ts';
import { inputFor } from '../../../../web/ledger/input.ts';
import { Ledger } from '../../../../web/ledger/ledger.tsx';
import { useLedger } from '../../../../web/ledger/state.ts';
import type { Column, Filter, View } from '../../../../web/ledger/types.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Light } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { LACKS, listAssignments } from '../../taskforce/contract.ts';

type Row = OutputOf<typeof listAssignments>['items'][number];
const LEVELS = ['provincial', 'municipal', 'county', 'zone'] as const;

export function AssignmentLedger() {
  const t = useT('ledgers');
  const format = useFormat();
  const { today, can } = useSession();
  const filters = useMemo(() => filtersFor(t), [t]);
  const columns = useMemo(() => columnsFor(t, format, today), [t, format, today]);
  const views = useMemo<readonly View[]>(() => [{ id: 'all', name: t('view.all'), search: '' }, ...LACKS.map((lack) => ({ id: lack, name: t(`lack.${lack}`), search: `lack=${lack}` }))], [t]);
  const ledger = useLedger({ id: 'assignment', filters, columns, sort: 'seq', views });
  const { sort: _sort, after: _after, limit: _limit, ...input } = { sort: undefined, ...inputFor(listAssignments.input, ledger) };
  const pages = useReadPages(listAssignments, { ...input, limit: 60 });
  const file = useDownload();
  return (
    <>
      <PageHead title={t('assignment.title')} small={t('assignment.small')} actions={<Button href="/dispatch/duties">{t('assignment.duties')}</Button>} />
      <Ledger ledger={ledger} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/projects/${row.id}?tab=taskforce`} today={today} title={t('assignment.title')} empty={<Empty title={t('assignment.none')} hint={t('assignment.noneHint')} />}
        {...(can('projects.export') ? { onExport: () => file.start('dispatch.assignments_export', input) } : {})} />
    </>
  );
}

function filtersFor(t: T): readonly Filter[] {
  return [
    { kind: 'one', id: 'lack', say: t('filter.lack'), any: t('filter.anyLack'), options: LACKS.map((value) => ({ value, label: t(`lack.${value}`) })) },
    { kind: 'many', id: 'level', say: t('filter.level'), any: t('filter.anyLevel'), options: LEVELS.map((value) => ({ value, label: t(`level.${value}`) })) },
    { kind: 'text', id: 'q', say: t('filter.q'), any: t('filter.anyName'), placeholder: t('filter.qHint') },
  ];
}

function columnsFor(t: T, format: Format, today: string): readonly Column<Row>[] {
  const h = (name: string): string => t(`export.heading.${name}`);
  return [
    { id: 'light', title: t('column.light'), width: 96, pinned: true, card: 'state', cell: (row) => <Light light={row.light} /> },
    { id: 'project', title: h('project'), width: 226, grow: true, pinned: true, card: 'title', cell: (row) => row.name },
    { id: 'level', title: h('level'), width: 96, cell: (row) => (row.level === null ? '—' : t(`level.${row.level}`)) },
    { id: 'commissioner', title: h('commissioner'), width: 120, cell: (row) => (row.commissionerName === null ? <span className="tone-late">{t('lack.commissioner')}</span> : <span className={row.commissionerActive ? undefined : 'tone-late'}>{row.commissionerName}{row.commissionerActive ? '' : ` ${t('closed')}`}</span>) },
    { id: 'leader', title: h('leader'), width: 110, cell: (row) => row.leaderName ?? '—' },
    { id: 'leadOrg', title: h('leadOrg'), width: 150, cell: (row) => row.leadOrgName ?? '—' },
    { id: 'head', title: h('head'), width: 110, off: true, cell: (row) => row.headName ?? '—' },
    { id: 'team', title: h('team'), width: 110, align: 'right', cell: (row) => (row.team === 0 && row.forceId === null ? <span className="tone-late">{t('lack.team')}</span> : format.count(row.team)) },
    { id: 'force', title: h('force'), width: 180, off: true, cell: (row) => row.forceName ?? '—' },
    { id: 'lastVisit', title: h('lastVisit'), width: 130, cell: (row) => <span className={row.visitDue !== null && row.visitDue < today ? 'tone-late' : undefined}>{row.lastVisitDay === null ? '—' : format.shortDay(row.lastVisitDay, today)}</span> },
    { id: 'lastLine', title: h('lastLine'), width: 150, cell: (row) => (row.lastLineWeek === null ? '—' : format.shortDay(row.lastLineWeek, today)) },
    { id: 'since', title: h('since'), width: 130, off: true, cell: (row) => format.day(row.sinceDay) },
    { id: 'town', title: h('town'), width: 130, off: true, cell: (row) => row.townName ?? '—' },
    { id: 'stage', title: h('stage'), width: 100, off: true, cell: (row) => t(`stage.${row.stage}`) },
  ];
}
