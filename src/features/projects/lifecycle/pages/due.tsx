// Which projects in production await a verdict on 达效: their agreed day has passed and nobody has decided.
import { useReadPages } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { listEffectDue } from '../contract.ts';
import './lifecycle.css';

export function EffectDuePage() {
  const t = useT('lifecycle');
  const format = useFormat();
  const list = useReadPages(listEffectDue, { limit: 50 });
  if (list.first === undefined) return list.error === undefined ? <Loading kind="table" lines={8} /> : <Problem error={list.error} onRetry={list.again} />;
  return (
    <>
      <PageHead title={t('due.title')} small={t('due.count', { count: list.first.total })} />
      {list.items.length === 0
        ? <Empty title={t('due.empty')} hint={t('due.emptyHint')} />
        : (
          <Scroll label={t('due.title')}>
            <table className="plain duetable">
              <thead><tr><th>{t('due.project')}</th><th>{t('due.town')}</th><th>{t('due.commissioner')}</th><th>{t('due.produced')}</th><th>{t('due.agreed')}</th><th className="num">{t('due.late')}</th></tr></thead>
              <tbody>
                {list.items.map((one) => (
                  <tr key={one.id}>
                    <td data-label={t('due.project')}><Go href={`/projects/${one.id}/lifecycle`}>{one.name}</Go></td>
                    <td data-label={t('due.town')}>{one.townName ?? '—'}</td>
                    <td data-label={t('due.commissioner')}>{one.commissionerName ?? '—'}</td>
                    <td data-label={t('due.produced')}>{format.day(one.producedOn)}</td>
                    <td data-label={t('due.agreed')}>{format.day(one.agreedDay)}{!one.agreed && <span className="tag">{t('due.byDefault')}</span>}</td>
                    <td className="num tone-late" data-label={t('due.late')}>{t('due.days', { days: one.daysLate })}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
      {list.hasMore && <div className="row end"><Button busy={list.loadingMore} onClick={list.more}>{t('web:pager.more')}</Button></div>}
      {list.error !== undefined && <Problem small error={list.error} onRetry={list.again} />}
    </>
  );
}
