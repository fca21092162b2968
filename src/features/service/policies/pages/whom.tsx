// Which enterprises may get a policy, and telling those that were chosen.
import { useState } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useReadPages, useRun } from '../../../../web/client.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { policyEnterprises, tellPolicy } from '../contract.ts';
import { DELIVERY_TONES, FIT_TONES, traitName } from './say.ts';

const PAGE_ROWS = 50;

export function Whom({ id, mayTell }: { readonly id: string; readonly mayTell: boolean }) {
  const t = useT('knowledge');
  const lang = useLang();
  const [state, set] = useUrlState({ fits: 'all' });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const fits = (['yes', 'unknown'] as const).find((one) => one === state.fits);
  const list = useReadPages(policyEnterprises, { id, limit: PAGE_ROWS, ...(fits === undefined ? {} : { fits }) });
  const tell = useRun(tellPolicy, { onDone: ({ told, before }) => { setChosen(new Set()); toast({ text: [t('policy.told_done', { count: told }), ...(before > 0 ? [t('policy.told_before', { count: before })] : [])].join(t('list')) }); } });
  if (list.error !== undefined) return <Problem error={list.error} onRetry={list.again} />;
  const open = list.items.filter((one) => one.delivery === null);
  const toggle = (one: string): void => setChosen(new Set(chosen.has(one) ? [...chosen].filter((other) => other !== one) : [...chosen, one]));
  return (
    <>
      <div className="listtools">
        <Tabs label={t('policy.who')} here={fits ?? 'all'} onGo={(next) => set({ fits: next })} tabs={[{ id: 'all', label: t('policy.all') }, { id: 'yes', label: t('fits.yes') }, { id: 'unknown', label: t('fits.unknown') }]} />
        {mayTell && open.length > 0 && <Button small kind="quiet" onClick={() => setChosen(new Set(open.map((one) => one.id)))}>{t('policy.select_all')}</Button>}
        {chosen.size > 0 && <Button kind="main" busy={tell.running} onClick={() => tell.go({ id, orgIds: [...chosen] })}>{t('policy.tell', { count: chosen.size })}</Button>}
      </div>
      {tell.error !== undefined && <Problem small error={tell.error} />}
      {list.loading ? <Loading kind="table" lines={6} /> : list.items.length === 0 ? <Empty title={t('policy.who_empty')} hint={t('policy.who_hint')} /> : (
        <ul className="card servicelines">
          {list.items.map((one) => (
            <li key={one.id}>
              <div className="linehead">
                {mayTell && <input type="checkbox" aria-label={t('policy.select', { name: one.name })} disabled={one.delivery !== null} checked={chosen.has(one.id)} onChange={() => toggle(one.id)} />}
                <State tone={FIT_TONES[one.fits]} word={t(`fits.${one.fits}`)} /><Go href={`/service/enterprises/${one.id}`}>{one.name}</Go>
                {!one.verified && <span className="tag">{t('policy.not_verified')}</span>}
                {one.delivery !== null && <span className="push"><State tone={DELIVERY_TONES[one.delivery]} word={t(`delivery.${one.delivery}`)} /></span>}
              </div>
              {one.missing.length > 0 && <p className="dim small">{t('policies.col_missing')}{t('colon')}{one.missing.map((code) => traitName(code, lang)).join(t('list'))}</p>}
            </li>
          ))}
        </ul>
      )}
      <Pager shown={list.items.length} {...(list.first === undefined ? {} : { total: list.first.total })} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />
    </>
  );
}
