// The projects of a month in one state: a table at a desk, cards on a phone; who is missing can be reminded here.
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRun, type ReadPages } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { remindReports, type readPeriod } from '../contract.ts';

type Board = OutputOf<typeof readPeriod>;
type Row = Board['items'][number];

export function BoardList({ list, month, board }: { readonly list: ReadPages<Board>; readonly month: string; readonly board: Board }) {
  const t = useT('reports');
  const format = useFormat();
  if (list.items.length === 0) return <Empty title={board.counts.missing === 0 && board.counts.all > 0 ? t('board.noneMissing') : t('board.none')} hint="" />;
  const unit = <><br /><span className="dim">{format.unitName('wan')}</span></>;
  return (
    <>
      <Scroll label={t('nav.board')}>
        <table className="plain boardlist">
          <thead>
            <tr>
              <th>{t('col.project')}</th><th>{t('col.town')}</th><th>{t('col.commissioner')}</th><th>{t('col.state')}</th><th className="num">{t('col.month')}{unit}</th><th className="num">{t('col.monthStat')}{unit}</th>
              <th className="num">{t('col.year')}{unit}</th><th className="num">{t('col.yearStat')}{unit}</th><th className="num">{t('col.rate')}</th><th>{t('col.progress')}</th>
            </tr>
          </thead>
          <tbody>{list.items.map((row) => <Line key={row.id} row={row} month={month} board={board} />)}</tbody>
        </table>
      </Scroll>
      <Pager shown={list.items.length} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />
    </>
  );
}

function Line({ row, month, board }: { readonly row: Row; readonly month: string; readonly board: Board }) {
  const t = useT('reports');
  const format = useFormat();
  const wan = (fen: number | null): string => format.money(fen, 'wan').number;
  const rate = row.yearDispatchFen === null || row.planFen === null || row.planFen === 0 ? null : row.yearDispatchFen / row.planFen;
  return (
    <tr>
      <td className="wide"><Go href={`/projects/${row.id}?tab=reports`}>{row.name}</Go></td>
      <td className="two" data-col={t('col.town')}>{row.townName ?? t('board.noTown')}</td>
      <td className="two" data-col={t('col.commissioner')}>{row.commissionerName ?? row.responsibleOrgName ?? '—'}</td>
      <td><Reported row={row} month={month} board={board} /></td>
      <td className="num" data-col={t('col.month')}>{wan(row.monthDispatchFen)}</td>
      <td className="num" data-col={t('col.monthStat')}>{wan(row.monthStatFen)}</td>
      <td className="num" data-col={t('col.year')}>{wan(row.yearDispatchFen)}</td>
      <td className="num" data-col={t('col.yearStat')}>{wan(row.yearStatFen)}</td>
      <td className="num" data-col={t('col.rate')}>{format.percent(rate)}</td>
      <td className="says wide two small" title={row.progress ?? undefined}>{row.progress ?? ''}</td>
    </tr>
  );
}

function Reported({ row, month, board }: { readonly row: Row; readonly month: string; readonly board: Board }) {
  const t = useT('reports');
  const format = useFormat();
  const remind = useRun(remindReports, { onDone: (done) => toast({ text: t('board.sent', { count: done.sent }) }) });
  if (row.state === 'reported') {
    return <><State tone={row.late ? 'warn' : 'ok'} word={t(row.late ? 'state.late' : 'state.reported')} />{row.revision !== null && row.revision > 1 && <span className="tag">{t('state.corrected')}</span>}</>;
  }
  if (row.state !== 'missing') return <State tone="off" word={t(`state.${row.state}`)} />;
  const today = row.remindedDay === board.day;
  return (
    <span className="row">
      <State tone={board.period === 'open' ? 'warn' : board.period === 'locked' ? 'bad' : 'late'} word={t(board.period === 'open' ? 'state.waiting' : 'state.missing')} />
      {board.can.remind && board.period !== 'future' && !today && <Button small kind="quiet" busy={remind.running} title={remind.error?.title ?? ''} onClick={() => remind.go({ month, projectIds: [row.id] })}>{t('board.remind')}</Button>}
      {row.remindedDay !== null && <small className="dim">{today ? t('board.remindedToday') : t('board.remindedOn', { day: format.shortDay(row.remindedDay, board.day), count: row.reminders })}</small>}
    </span>
  );
}
