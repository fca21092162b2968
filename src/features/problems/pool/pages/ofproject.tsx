// The problems of one project: what is open, by what runs out first, or all; and the button that raises another.
import { lazy, Suspense, useMemo, useState } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useReadPages } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Ledger } from '../../../../web/ledger/ledger.tsx';
import { useLedger } from '../../../../web/ledger/state.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Crumbs } from '../../../../web/parts/record.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { usePath } from '../../../../web/router.tsx';
import { useSession } from '../../../../web/session.tsx';
import { getProject } from '../../../projects/register/contract.ts';
import { listProblems, problemFacets, type ProblemRow } from '../contract.ts';
import { columnsFor } from './list.tsx';
import { useKinds } from './say.ts';
import './pool.css';

const RaiseDialog = lazy(async () => ({ default: (await import('./raisedialog.tsx')).RaiseDialog }));
const ROWS = 60;

export function ProjectProblemsPage() {
  const { id = '' } = usePath();
  const project = useRead(getProject, { id });
  if (project.data === undefined) return project.error === undefined ? <Loading kind="table" /> : <Problem error={project.error} onRetry={project.again} />;
  return <Shown id={id} name={project.data.name} />;
}

function Shown({ id, name }: { readonly id: string; readonly name: string }) {
  const t = useT('problems');
  const lang = useLang();
  const format = useFormat();
  const { today, can } = useSession();
  const kinds = useKinds(lang);
  const [open, setOpen] = useState(false);
  const [{ show }, set] = useUrlState({ show: 'open' });
  const columns = useMemo(() => columnsFor(t, format, today, lang === 'en', kinds.nameOf).filter((column) => column.id !== 'project'), [t, format, today, lang, kinds.all]); // eslint-disable-line react-hooks/exhaustive-deps
  const filters = useMemo(() => [], []);
  const ledger = useLedger<ProblemRow>({ id: 'problems.ofproject', filters, columns, sort: 'due' });
  const sort = ledger.sort === 'number' ? 'number' : 'due';
  const pages = useReadPages(listProblems, { project: id, ...(show === 'all' ? {} : { open: true }), sort, limit: ROWS });
  const facets = useRead(problemFacets, { project: id });
  const openNow = facets.data?.states.filter((one) => ['received', 'accepted', 'assigned', 'handling', 'submitted', 'ruling'].includes(one.value)).reduce((sum, one) => sum + one.count, 0);
  const count = (value: number | undefined): { count?: number } => (value === undefined ? {} : { count: value });
  return (
    <>
      <PageHead
        crumbs={<Crumbs crumbs={[{ label: t('web:page.projects.list'), href: '/projects' }, { label: name, href: `/projects/${id}` }, { label: t('ofProject.crumb') }]} />} title={t('ofProject.title', { name })}
        actions={can('problems.raise') ? <Button kind="main" onClick={() => setOpen(true)}>{t('list.raise')}</Button> : undefined}
      />
      <Tabs label={t('ofProject.crumb')} here={show} onGo={(next) => set({ show: next })} tabs={[{ id: 'open', label: t('ofProject.view'), ...count(openNow) }, { id: 'all', label: t('ofProject.viewAll'), ...count(facets.data?.all) }]} />
      <Ledger ledger={ledger} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/problems/${row.id}`} today={today} title={t('ofProject.title', { name })} empty={<Empty title={t('ofProject.empty')} hint={t('ofProject.emptyHint')} />} />
      <Suspense fallback={null}>{open && <RaiseDialog start={{ project: { id, name } }} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
