// 项目台账: which projects there are, how far they are against time, and their sums. Filters, view, sort and columns stand in the address.
import { useMemo } from 'react';
import { queryHref, useRead, useReadPages, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { newId } from '../../../../web/ids.ts';
import { useT } from '../../../../web/i18n.ts';
import { inputFor } from '../../../../web/ledger/input.ts';
import { Ledger } from '../../../../web/ledger/ledger.tsx';
import { useLedger } from '../../../../web/ledger/state.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Tip } from '../../../../web/parts/tip.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { deleteView, listProjects, listViews, projectFacets, saveView, sumProjects } from '../contract.ts';
import { columnsFor, EXPORTED } from './columns.tsx';
import { filtersFor, viewsFor } from './filters.ts';
import './register.css';

const PAGE = 'projects';
const PAGE_ROWS = 60;

export function ListPage() {
  const t = useT('projects');
  const format = useFormat();
  const { today, can } = useSession();
  const facets = useRead(projectFacets, {});
  const kept = useRead(listViews, { page: PAGE });
  const { go: keepView } = useRun(saveView, { touches: ['projects.views'], onDone: () => toast({ text: t('list.viewSaved') }) });
  const { go: dropView } = useRun(deleteView, { touches: ['projects.views'] });
  const filters = useMemo(() => filtersFor(t, facets.data), [t, facets.data]);
  const views = useMemo(() => viewsFor(t, today), [t, today]);
  const own = useMemo(() => ({
    // A view that is there for everyone anyway is not shown a second time.
    views: (kept.data?.items ?? []).filter((view) => !views.some((one) => one.search === view.query)).map((view) => ({ id: view.id, name: view.name, search: view.query, own: view.own })),
    save: (name: string, search: string) => keepView({ id: newId(), page: PAGE, name, query: search }),
    drop: (id: string) => dropView({ id }),
  }), [kept.data, views, keepView, dropView]);

  // Sums name the heading's unit and the tick of time: the columns are made once they are there.
  const plain = useMemo(() => columnsFor(t, format, undefined), [t, format]);
  const ledger = useLedger({ id: PAGE, filters, columns: plain, sort: '-light', views, kept: own });
  const input = inputFor(listProjects.input, ledger);
  const { sort: _sort, down: _down, after: _after, limit: _limit, ...asked } = input;
  const sums = useRead(sumProjects, asked, { keep: true });
  const pages = useReadPages(listProjects, { ...input, limit: PAGE_ROWS });
  const summed = useMemo(() => columnsFor(t, format, sums.data), [t, format, sums.data]);
  const shown = { ...ledger, columns: summed, shown: summed.filter((column) => ledger.shown.some((one) => one.id === column.id)) };
  const count = sums.data?.projects;
  const exported = (columns: readonly string[]): void => {
    const names = ['seq', 'code', ...columns.flatMap((column) => EXPORTED[column] ?? [column])];
    window.location.assign(queryHref('projects.export', { ...asked, sort: input.sort, down: input.down, column: [...new Set(names)] }).replace('/api/queries/', '/api/downloads/'));
  };
  return (
    <>
      <PageHead title={t('list.title')} {...(sums.data === undefined ? {} : { small: t('list.small', { count: format.count(sums.data.projects), money: format.money(sums.data.totalFen).text }) })} />
      <Ledger
        ledger={shown} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/projects/${row.id}`} today={today} title={t('list.title')}
        {...(count === undefined ? {} : { total: count, sumWord: t('list.sum', { count: format.count(count) }) })}
        {...(can('projects.export') ? { onExport: exported } : {})}
        actions={<>
          {can('projects.import') && <Button href="/import">{t('list.import')}</Button>}
          {can('projects.create') && <Button kind="main" href="/projects/new">{t('web:page.projects.new')}</Button>}
        </>}
        empty={<Empty title={t('list.empty')} hint={t('list.emptyHint')}>
          {can('projects.import') && <Button kind="main" href="/import">{t('list.import')}</Button>}
          {can('projects.create') && <Button href="/projects/new">{t('web:page.projects.new')}</Button>}
        </Empty>}
        note={<>{t('list.note')} <Tip text={`${t('definition.pointsBp.text')}\n${t('definition.pointsBp.formula')}`}>{t('definition.pointsBp.name')}</Tip>{t('list.stop')}{t('list.asOf', { day: format.day(today) })}</>}
      />
    </>
  );
}
