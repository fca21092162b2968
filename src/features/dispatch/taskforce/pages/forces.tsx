// 专班: the task forces that stand or stood, each leading to its members and projects.
import { useUrlState } from '../../../../web/address.ts';
import { useReadPages } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { useSession } from '../../../../web/session.tsx';
import { listTaskforces } from '../contract.ts';
import './taskforce.css';

const STATES = ['standing', 'ended', 'all'] as const;

export function ForcesPage() {
  const t = useT('taskforce');
  const format = useFormat();
  const { can } = useSession();
  const [state, set] = useUrlState({ state: 'standing', q: '' });
  const list = useReadPages(listTaskforces, { state: STATES.find((one) => one === state.state) ?? 'standing', ...(state.q === '' ? {} : { q: state.q }) });
  return (
    <>
      <PageHead title={t('forces.title')} small={t('forces.small')} actions={can('dispatch.assign') ? <Button kind="main" href="/dispatch/taskforces/new">{t('forces.new')}</Button> : undefined} />
      <Tabs label={t('forces.title')} here={state.state} onGo={(next) => set({ state: next })} tabs={STATES.map((id) => ({ id, label: t(`forces.${id}`) }))}
        end={<input className="input tfsearch" type="search" aria-label={t('forces.search')} placeholder={t('forces.search')} value={state.q} onChange={(event) => set({ q: event.target.value })} />} />
      {list.first === undefined ? (list.error === undefined ? <Loading kind="table" lines={6} /> : <Problem error={list.error} onRetry={list.again} />)
        : list.items.length === 0 ? <div className="card"><Empty title={t('forces.none')} hint={t('forces.noneHint')} /></div> : (
          <ul className="card tflist">
            {list.items.map((one) => (
              <li key={one.id}>
                <span><Go href={`/dispatch/taskforces/${one.id}`}><b>{one.name}</b></Go>{one.toDay !== null && <span className="tag">{t('forces.endedOn', { day: format.day(one.toDay) })}</span>}
                  <small className="two">{[t('forces.leader', { name: one.leaderName ?? '—' }), one.leadOrgName ?? '', t('forces.since', { day: format.day(one.fromDay) })].filter((part) => part !== '').join(' · ')}</small></span>
                <span className="push small two">{t('forces.projects', { count: one.projects })} · {t('forces.members', { count: one.members })}</span>
              </li>
            ))}
          </ul>
        )}
      {list.hasMore && <Pager shown={list.items.length} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />}
    </>
  );
}
