// Where our dates differ from the contractor's, by how many days, and why: as sentences. Below it what of the file was not read.
import { useReadPages } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { getSchedule, type ShownTask } from '../contract.ts';
import { firstDay, lastDay, sayShift, toneOfShift, type Shown } from './say.ts';

export function Differences({ shown }: { readonly shown: Shown }) {
  const t = useT('schedules');
  const list = useReadPages(getSchedule, { id: shown.id, only: 'differing', limit: 100, ...(shown.schedule === null ? {} : { schedule: shown.schedule.id }) });
  if (list.first === undefined) return list.error === undefined ? <Loading kind="table" lines={10} /> : <Problem error={list.error} onRetry={list.again} />;
  return (
    <div className="stack">
      {list.items.length === 0 ? <Empty title={t('page.noDifference')} hint={t('page.noDifferenceHint')} /> : (
        <Section title={t('page.view.differences')} hint={t('page.diffHint')}>
          <Scroll label={t('page.view.differences')}>
            <table className="plain schedlist">
              <thead><tr><th>{t('page.task')}</th><th>{t('page.fileDates')}</th><th>{t('page.ourDates')}</th><th>{t('page.shift')}</th><th>{t('page.why')}</th></tr></thead>
              <tbody>{list.items.map((one) => <Row key={one.place} one={one} today={shown.day} />)}</tbody>
            </table>
          </Scroll>
          <Pager shown={list.items.length} total={list.first.found} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />
        </Section>
      )}
      <Losses shown={list.first} />
    </div>
  );
}

function Row({ one, today }: { readonly one: ShownTask; readonly today: string }) {
  const t = useT('schedules');
  const format = useFormat();
  const span = (start: string | null, finish: string | null): string => {
    if (start === null || finish === null) return '—';
    const [from, to] = [format.shortDay(firstDay(start), today), format.shortDay(lastDay(finish), today)];
    return from === to ? from : t('page.arrow', { from, to });
  };
  const [startDays, finishDays] = [one.differs?.startDays ?? 0, one.differs?.finishDays ?? 0];
  // Moved as a whole, it is said once.
  const shifts = startDays === finishDays ? [['', finishDays]] as const : [['start', startDays], ['finish', finishDays]] as const;
  return (
    <tr>
      <td className="schedname">{one.name === '' ? one.code : one.name}<small>{one.code}{one.critical && !one.summary && ` · ${t('page.criticalTag')}`}</small></td>
      <td className="two" data-col={t('page.fileDates')}>{span(one.fileStart, one.fileFinish)}</td>
      <td data-col={t('page.ourDates')}>{span(one.start, one.finish)}</td>
      <td className="schedshift">{startDays === 0 && finishDays === 0 ? <span className="two">{t('page.hours')}</span>
        : shifts.filter(([, days]) => days !== 0).map(([end, days]) => <span key={end} className={`tone-${toneOfShift(days)}`}>{end !== '' && `${t(`page.${end}`)} `}{sayShift(days, t)}</span>)}</td>
      <td className="schedwhy">{(one.differs?.reasons ?? []).map((reason) => t(`reason.${reason}`)).join(t('page.semicolon'))}</td>
    </tr>
  );
}

function Losses({ shown }: { readonly shown: Shown }) {
  const t = useT('schedules');
  if (shown.losses.length === 0) return null;
  return (
    <Section title={t('page.lossTitle')} hint={t('page.lossHint', { count: shown.schedule?.losses ?? 0, shown: shown.losses.length })}>
      <ul className="card schedlosses">
        {shown.losses.map((one, at) => <li key={`${one.kind}${String(at)}`}>{t('page.lossLine', { what: t(`loss.${one.kind}`), text: one.text })}{one.task !== null && <small>{t('page.lossTask', { task: one.task })}</small>}</li>)}
      </ul>
    </Section>
  );
}
