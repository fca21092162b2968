// /service/requests: what one has asked, where it stands, what was answered, and how it went altogether.
import { useReadPages, useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { myFigures, myRequests, type RequestRow } from '../contract.ts';
import { stateTone } from './say.ts';
import './desk.css';

export function RequestsPage() {
  const t = useT('service');
  const format = useFormat();
  const figures = useRead(myFigures, {});
  const pages = useReadPages(myRequests, { limit: 20 });
  const count = (value: number) => ({ value: format.count(value), unit: t('requests.unit', { count: value }) });
  return (
    <>
      <PageHead title={t('requests.title')} actions={<Button kind="main" href="/service/new">{t('requests.new')}</Button>} />
      {figures.data !== undefined && (
        <FigureStrip>
          <Figure label={t('requests.all')} {...count(figures.data.all)} />
          <Figure label={t('requests.open')} {...count(figures.data.open)} />
          <Figure label={t('requests.toConfirm')} {...count(figures.data.toConfirm)} />
          <Figure label={t('requests.rate')} value={format.percentBp(figures.data.resolution.bp)} note={t('requests.of', { hit: figures.data.resolution.hit, base: figures.data.resolution.base })} definition={t('requests.rateSay')} />
          <Figure label={t('requests.satisfied')} value={format.percentBp(figures.data.satisfaction.bp)} note={t('requests.of', { hit: figures.data.satisfaction.hit, base: figures.data.satisfaction.base })} definition={t('requests.satisfiedSay')} />
        </FigureStrip>
      )}
      {pages.error !== undefined ? <Problem error={pages.error} onRetry={pages.again} /> : pages.loading ? <Loading lines={8} /> : pages.items.length === 0 ? <Empty title={t('requests.empty')} hint={t('requests.emptyHint')} /> : (
        <>
          <ul className="card requests">{pages.items.map((row) => <Row key={row.id} row={row} />)}</ul>
          <Pager shown={pages.items.length} hasMore={pages.hasMore} loading={pages.loadingMore} onMore={pages.more} />
        </>
      )}
    </>
  );
}

function Row({ row }: { readonly row: RequestRow }) {
  const t = useT('service');
  const format = useFormat();
  const { today } = useSession();
  return (
    <li>
      <div className="requesthead"><Go href={`/problems/${row.id}`}>{row.title}</Go><span className="push"><State tone={stateTone(row.state)} word={t(`problems:state.${row.state}`)} /></span></div>
      <span className="two small">{row.number}{row.filing === null ? '' : ` · ${row.filing}`} · {t('requests.raised', { at: format.instant(row.raisedAt, today) })} · {t('requests.owner', { owner: row.ownerName })}{row.step !== null && row.solveDueAt !== null ? ` · ${t('requests.promised', { at: format.instant(row.solveDueAt, today) })}` : ''}</span>
      {row.answer !== null && <div className="requestanswer"><span className="two small">{t('requests.answered', { at: format.instant(row.answeredAt ?? '', today) })}</span><br />{row.answer}</div>}
      {row.toConfirm && <div><Button small kind="main" href={`/problems/${row.id}`}>{t('requests.confirm')}</Button></div>}
    </li>
  );
}
