// The projects behind the number of an action, those within the reader's reach.
import { useUrlState } from '../../../../web/address.ts';
import { useReadPages } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { actionName, pick } from '../../pages/names.ts';
import { actionProjects } from '../contract.ts';

const PAGE_ROWS = 50;

export function Tagged({ actions }: { readonly actions: readonly { readonly code: string; readonly zh: string; readonly en: string }[] }) {
  const t = useT('programme');
  const lang = useLang();
  const format = useFormat();
  const [state, set] = useUrlState({ action: undefined as string | undefined });
  const list = useReadPages(actionProjects, { limit: PAGE_ROWS, ...(state.action === undefined ? {} : { action: state.action }) });
  if (list.error !== undefined) return <Problem error={list.error} onRetry={list.again} />;
  return (
    <>
      <div className="listtools"><SelectInput label={t('col.action')} placeholder={t('filter.any_action')} clearable value={state.action} options={actions.map((one) => ({ value: one.code, label: pick(one, lang) }))} onChange={(action) => set({ action })} /></div>
      {list.loading ? <Loading kind="table" lines={6} /> : list.items.length === 0 ? <Empty title={t('projects_empty')} hint={t('projects_hint')} /> : (
        <ul className="card servicelines">
          {list.items.map((one) => <li key={`${one.id}${one.action}`}><div className="linehead"><Go href={`/projects/${one.id}`}>{one.name}</Go><span className="tag">{actionName(one.action, lang)}</span><span className="dim small push">{one.by} {format.day(one.day)} · <Go href={`/service/projects/${one.id}/actions`}>{t('project.title')}</Go></span></div></li>)}
        </ul>
      )}
      <Pager shown={list.items.length} {...(list.first === undefined ? {} : { total: list.first.total })} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />
    </>
  );
}
