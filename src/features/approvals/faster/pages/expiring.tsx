// 到期预警: what ends within 30, 60 or 90 days, the first to end first: documents to begin with, simulated opinions, checks of promises, materials owed.
import { lazy, Suspense, useState } from 'react';
import { useReadPages } from '../../../../web/client.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { EXPIRING_KINDS, listExpiring } from '../contract.ts';
import { ItemFilter } from './itemfilter.tsx';
import { leftTone, pick, sayLeft, sayRule } from './say.ts';
import './faster.css';

const ExtendDialog = lazy(async () => ({ default: (await import('./extend.tsx')).ExtendDialog }));
type Item = OutputOf<typeof listExpiring>['items'][number];
const WITHIN = [30, 60, 90] as const;

export function ExpiringPage() {
  const t = useT('approvals');
  const [state, set] = useUrlState({ within: '30', kind: 'all', item: undefined as string | undefined });
  const within = WITHIN.find((one) => String(one) === state.within);
  const kind = EXPIRING_KINDS.find((one) => one === state.kind);
  const list = useReadPages(listExpiring, { limit: 50, ...(within === undefined ? { over: true } : { within }), ...(kind === undefined ? {} : { kind }), ...(state.item === undefined ? {} : { item: state.item }) });
  const [extending, setExtending] = useState<Item | undefined>(undefined);
  if (list.first === undefined) return list.error === undefined ? <Loading kind="table" lines={8} /> : <Problem error={list.error} onRetry={list.again} />;
  const { counts, canExtend } = list.first;
  const tabs = [
    ...WITHIN.map((days) => ({ id: String(days), label: t('faster.expiring.within', { days }), count: { 30: counts.within30, 60: counts.within60, 90: counts.within90 }[days] })), { id: 'over', label: t('faster.expiring.over'), count: counts.over },
  ];
  return (
    <>
      <PageHead title={t('faster.expiring.title')} small={t('faster.expiring.small')} />
      <Tabs label={t('faster.expiring.until')} tabs={tabs} here={within === undefined ? 'over' : String(within)} onGo={(next) => set({ within: next })} />
      <div className="row expirytools">
        <ChoiceInput label={t('faster.expiring.what')} value={kind ?? 'all'} onChange={(next) => set({ kind: next ?? 'all' })} options={['all', ...EXPIRING_KINDS].map((value) => ({ value, label: t(`faster.expiring.kind.${value}`) }))} />
        <ItemFilter names={list.first.names} value={state.item} onChange={(item) => set({ item })} />
      </div>
      {list.items.length === 0
        ? <Empty title={within === undefined ? t('faster.expiring.emptyOver') : t('faster.expiring.empty', { days: within })} hint={t('faster.expiring.emptyHint')} />
        : <Table items={list.items} {...(canExtend ? { onExtend: setExtending } : {})} />}
      <Pager shown={list.items.length} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />
      {list.error !== undefined && <Problem small error={list.error} onRetry={list.again} />}
      <Suspense fallback={null}>{extending !== undefined && <ExtendDialog document={{ ...extending, version: extending.projectVersion, number: extending.number ?? '' }} onClose={() => setExtending(undefined)} />}</Suspense>
    </>
  );
}

function Table({ items, onExtend }: { readonly items: readonly Item[]; readonly onExtend?: (one: Item) => void }) {
  const t = useT('approvals');
  const lang = useLang();
  const format = useFormat();
  return (
    <Scroll label={t('faster.expiring.title')}>
      <table className="plain expirytable">
        <thead><tr><th>{t('faster.expiring.project')}</th><th>{t('faster.expiring.item')}</th><th>{t('faster.expiring.what')}</th><th>{t('faster.expiring.until')}</th><th className="num">{t('faster.expiring.days')}</th><th>{t('faster.expiring.next')}</th></tr></thead>
        <tbody>
          {items.map((one) => (
            <tr key={`${one.kind}${one.id}`}>
              <td className="wide"><Go href={`/projects/${one.projectId}/approvals/faster`}>{one.projectName}</Go></td>
              <td data-label={t('faster.expiring.item')}>{pick(one.itemName, lang)} <span className="dim small">{one.number ?? ''}</span></td>
              <td data-label={t('faster.expiring.what')}>{t(`faster.expiring.kind.${one.kind}`)}{one.kind === 'simulation' && <> <span className="simmark">{t('faster.mark')}</span></>}{one.what.length > 0 && <span className="two small"> {one.what.join(t('list'))}</span>}</td>
              <td data-label={t('faster.expiring.until')}>{format.day(one.until)}</td>
              <td data-label={t('faster.expiring.days')} className={`num tone-${leftTone(one.daysLeft)}`}>{sayLeft(one.daysLeft, t)}</td>
              <td data-label={t('faster.expiring.next')} className="two small">{nextOf(one, t)}{onExtend !== undefined && extendable(one) && <Button small onClick={() => onExtend(one)}>{t('faster.act.extend')}</Button>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function nextOf(one: Item, t: ReturnType<typeof useT>): string {
  if (one.kind === 'simulation') return t('faster.expiring.auto');
  if (one.kind === 'promise') return t('faster.expiring.check');
  if (one.kind === 'material') return t('faster.expiring.supply');
  return sayRule(one, t);
}

function extendable(one: Item): boolean {
  return one.kind === 'document' && one.number !== null && one.extensionsLeft > 0 && one.daysLeft >= 0;
}
