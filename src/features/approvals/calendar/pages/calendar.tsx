// 工作日历: a year with its working days and who says so, the notice behind it, days of the zone's own, a small reckoner, and how far the counting
// has come that follows a change. Read by everyone; kept by those who may.
import { lazy, Suspense, useState } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useRead } from '../../../../web/client.ts';
import { useDownload } from '../../../../web/download.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Popover } from '../../../../web/parts/popover.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { readRun, readYear, type LocalLine, type NoticeLine } from '../contract.ts';
import { DayCard } from './day.tsx';
import { Editions } from './editions.tsx';
import { YearGrid } from './grid.tsx';
import { LocalDays } from './local.tsx';
import { NoticeCard } from './notice.tsx';
import { Reckoner } from './reckoner.tsx';
import type { Year } from './say.ts';
import './calendar.css';

const EnterDialog = lazy(async () => ({ default: (await import('./enter.tsx')).EnterDialog }));
const LocalDialog = lazy(async () => ({ default: (await import('./locally.tsx')).LocalDialog }));
const TakeBackDialog = lazy(async () => ({ default: (await import('./takeback.tsx')).TakeBackDialog }));

/** The contract's bounds. */
const [EARLIEST, LATEST] = [2000, 2098];
type Doing = { readonly what: 'enter' } | { readonly what: 'local' } | { readonly what: 'back'; readonly notice?: NoticeLine; readonly local?: LocalLine };

export function CalendarPage() {
  const { today } = useSession();
  const [state, set] = useUrlState({ year: Number(today.slice(0, 4)), day: undefined as string | undefined });
  const asked = Number.isInteger(state.year) && state.year >= EARLIEST && state.year <= LATEST ? state.year : Number(today.slice(0, 4));
  const read = useRead(readYear, { year: asked }, { keep: true });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  const day = state.day?.startsWith(String(read.data.year)) === true ? state.day : today.startsWith(String(read.data.year)) ? today : `${String(read.data.year)}-01-01`;
  return <Shown year={read.data} day={day} onDay={(next) => set({ day: next, year: Number(next.slice(0, 4)) })} onYear={(next) => set({ year: Math.min(LATEST, Math.max(EARLIEST, next)), day: undefined }, { push: true })} />;
}

interface ShownProps { readonly year: Year; readonly day: string; readonly onDay: (day: string) => void; readonly onYear: (year: number) => void }

function Shown({ year, day, onDay, onYear }: ShownProps) {
  const t = useT('calendar');
  const [doing, setDoing] = useState<Doing | undefined>(undefined);
  const close = (): void => setDoing(undefined);
  const back = (what: { readonly notice?: NoticeLine; readonly local?: LocalLine }) => () => setDoing({ what: 'back', ...what });
  return (
    <>
      <PageHead
        title={t('title')}
        small={<span className="calyear"><Button small kind="quiet" title={t('earlier')} onClick={() => onYear(year.year - 1)}>‹</Button><b>{t('year', { year: year.year })}</b><Button small kind="quiet" title={t('later')} onClick={() => onYear(year.year + 1)}>›</Button><State tone={year.provisional ? 'warn' : 'ok'} word={t(year.provisional ? 'notAnnounced' : 'announced')} /></span>}
        actions={<><Export year={year.year} />{year.can.keep && <Button onClick={() => setDoing({ what: 'local' })}>{t('local.add')}</Button>}{year.can.keep && <Button kind="main" onClick={() => setDoing({ what: 'enter' })}>{t(year.notice === null ? 'enter.new' : 'enter.correct')}</Button>}</>}
      />
      {year.provisional && <p className="two calsay">{t(year.year > year.known.last ? 'provisionalSay' : 'unknownSay', { year: year.year, last: year.known.last })}</p>}
      <Running edition={year.edition} />
      <div className="cols">
        <div className="stack">
          <DayCard year={year} day={day} />
          <YearGrid year={year} day={day} onDay={onDay} />
          <LocalDays year={year} onBack={(local) => back({ local })()} />
          <Editions edition={year.edition} />
        </div>
        <div className="stack">
          <Reckoner />
          <NoticeCard year={year} onBack={(notice) => back({ notice })()} />
        </div>
      </div>
      <Suspense fallback={null}>
        {doing?.what === 'enter' && <EnterDialog year={year} onClose={close} />}
        {doing?.what === 'local' && <LocalDialog year={year} onClose={close} />}
        {doing?.what === 'back' && <TakeBackDialog edition={year.edition} notice={doing.notice} local={doing.local} onClose={close} />}
      </Suspense>
    </>
  );
}

const WATCH_SECONDS = 2;

/** Says after a change how much is still counted by the calendar before it. */
function Running({ edition }: { readonly edition: number }) {
  const t = useT('calendar');
  const format = useFormat();
  const [watching, setWatching] = useState(true);
  const run = useRead(readRun, {}, { when: edition > 0, keep: true, everySeconds: watching ? WATCH_SECONDS : 60 });
  const { data } = run;
  if (data === undefined) return null;
  if (data.running !== watching) setWatching(data.running);
  return (
    <p className="calrun card pad" role="status">
      <State tone={data.running ? 'warn' : 'ok'} word={t(data.running ? 'run.running' : 'run.finished')} />
      <span>{!data.running ? t('run.all', { edition: data.edition, since: format.instant(data.since ?? '') }) : data.cases === null || data.plans === null ? t('run.busy', { edition: data.edition })
        : t('run.left', { edition: data.edition, cases: t('run.cases', { count: data.cases }), plans: t('run.plans', { count: data.plans }) })}</span>
    </p>
  );
}

function Export({ year }: { readonly year: number }) {
  const t = useT('calendar');
  const download = useDownload();
  const start = (fields: Readonly<Record<string, unknown>>, done: () => void) => () => { done(); download.start('approvals.calendar_file', fields); };
  return (
    <Popover label={t('export.title')} align="end" trigger={(trigger) => <button type="button" className="btn plain" {...trigger}>{t('export.title')}</button>}>
      {(done) => (
        <div className="menu">
          <button type="button" onClick={start({ year, format: 'ics' }, done)}>{t('export.ics', { year })}</button>
          <button type="button" onClick={start({ format: 'json', which: 'law' }, done)}>{t('export.json')}</button>
          <button type="button" onClick={start({ format: 'json', which: 'plans' }, done)}>{t('export.jsonPlans')}</button>
        </div>
      )}
    </Popover>
  );
}
