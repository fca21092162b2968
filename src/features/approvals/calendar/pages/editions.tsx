// The editions of the calendar, the newest first: who changed what, when and why.
import { useReadPages } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { listEditions } from '../contract.ts';

export function Editions({ edition }: { readonly edition: number }) {
  const t = useT('calendar');
  const format = useFormat();
  const list = useReadPages(listEditions, {});
  return (
    <Section title={t('editions.title')} hint={t('editions.hint')}>
      {list.error !== undefined ? <Problem small error={list.error} onRetry={list.again} /> : list.loading ? <Loading kind="lines" lines={3} /> : list.items.length === 0 ? <p className="card pad two">{t('editions.none')}</p> : (
        <>
          <ol className="card caleditions">
            {list.items.map((one) => (
              <li key={one.number}>
                <b>{t('edition', { number: one.number })}</b><span>{t(`editions.${one.kind}`, { subject: one.subject })}</span><span className="two">{one.by} {format.instant(one.at)}</span>
                {one.reason !== null && <p className="two">{one.reason}</p>}
              </li>
            ))}
          </ol>
          {(list.hasMore || list.items.length > 5) && <Pager shown={list.items.length} total={edition} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />}
        </>
      )}
    </Section>
  );
}
