// 对接会: events with who came and what came of them.
import { lazy, Suspense, useState } from 'react';
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
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { listFairs } from '../contract.ts';
import '../../pages/service.css';

const PAGE_ROWS = 50;
const FairForm = lazy(async () => ({ default: (await import('./fairform.tsx')).FairForm }));

export function FairsPage() {
  const t = useT('matching');
  const format = useFormat();
  const { today, can } = useSession();
  const [adding, setAdding] = useState(false);
  const list = useReadPages(listFairs, { limit: PAGE_ROWS });
  return (
    <>
      <PageHead title={t('fairs_page.title')} {...(list.first === undefined ? {} : { small: t('fairs_page.count', { count: list.first.total }) })} actions={<><Button href="/service/matching">{t('title')}</Button>{can('service.match') && <Button kind="main" onClick={() => setAdding(true)}>{t('fairs_page.new')}</Button>}</>} />
      {list.error !== undefined ? <Problem error={list.error} onRetry={list.again} /> : list.loading ? <Loading kind="table" lines={4} /> : list.items.length === 0 ? <Empty title={t('fairs_page.empty')} hint={t('fairs_page.empty_hint')} /> : (
        <ul className="card servicelines">
          {list.items.map((one) => (
            <li key={one.id}>
              <div className="linehead">
                <State tone={one.cancelledReason !== null ? 'off' : one.day <= today ? 'ok' : 'warn'} word={t(one.cancelledReason !== null ? 'fairs_page.cancelled' : one.day <= today ? 'fairs_page.held' : 'fairs_page.ahead')} />
                <Go href={`/service/fairs/${one.id}`}>{one.name}</Go><span className="tag">{t(`kind.${one.kind}`)}</span>
                <span className="two small push">{format.day(one.day)} · {one.place} · {t('fairs_page.parties')} {format.count(one.parties)} · {t('col.deals')} {format.count(one.deals)}{one.signedFen > 0 ? ` · ${t('figure.signed_amount', { amount: format.money(one.signedFen).text })}` : ''}</span>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Pager shown={list.items.length} {...(list.first === undefined ? {} : { total: list.first.total })} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />
      {adding && <Suspense fallback={null}><FairForm onClose={() => setAdding(false)} /></Suspense>}
    </>
  );
}
