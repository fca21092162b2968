// 施工进度 of a project: the contractor's schedule computed again. One question: when will the works be done, what decides it, and is the
// file to be believed?
import { lazy, Suspense, useState } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { loadWords, useT, type T } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { usePath } from '../../../../web/router.tsx';
import { useReadWindow } from '../../../../web/window.ts';
import { getSchedule, ONLY } from '../contract.ts';
import { Drop } from './drop.tsx';
import { ExportMenu } from './exporting.tsx';
import { lastDay, shiftOf, slipOf, toneOfShift, type Shown } from './say.ts';
import './schedules.css';

const Chart = lazy(async () => ({ default: (await Promise.all([import('./chart.tsx'), loadWords(['gantt'])]))[0].Chart }));
const Differences = lazy(async () => ({ default: (await import('./differences.tsx')).Differences }));
const Versions = lazy(async () => ({ default: (await import('./versions.tsx')).Versions }));

const START = { view: 'chart', only: 'all', level: '', q: '', version: '', against: '' };
/** One window of rows; others are read as they are looked at. */
const PAGE = 500;

export function SchedulePage() {
  const { id = '' } = usePath();
  const [state, set] = useUrlState(START);
  const list = useReadWindow(getSchedule, {
    id, only: ONLY.find((one) => one === state.only) ?? 'all', ...(state.version === '' ? {} : { schedule: state.version }), ...(state.against === '' ? {} : { against: state.against }),
    ...(/^\d{1,2}$/.test(state.level) ? { level: Number(state.level) } : {}), ...(state.q === '' ? {} : { q: state.q }),
  }, PAGE);
  const shown = list.first;
  if (shown === undefined) return list.error === undefined ? <Loading kind="record" /> : <Problem error={list.error} onRetry={list.again} />;
  return <Page shown={shown} list={list} state={state} onState={set} />;
}

export type Filter = typeof START;
export type Change = (change: Partial<Filter>) => void;
export type List = ReturnType<typeof useReadWindow<typeof getSchedule.input, typeof getSchedule.output>>;

function Page({ shown, list, state, onState }: { readonly shown: Shown; readonly list: List; readonly state: Filter; readonly onState: Change }) {
  const t = useT('schedules');
  const format = useFormat();
  const [dropping, setDropping] = useState(false);
  const { schedule } = shown;
  const stored = (): void => {
    setDropping(false);
    onState(START);
  };
  return (
    <Record
      crumbs={[{ label: t('web:page.projects.list'), href: '/projects' }, { label: shown.name, href: `/projects/${shown.id}` }, { label: t('page.title') }]}
      title={shown.name} {...(schedule === null ? {} : { state: <Word shown={shown} />, say: sentence(shown, t, format), strip: <Strip shown={shown} />, tabs: tabsOf(shown, t, format), tab: state.view, onTab: (view) => onState({ ...START, version: state.version, against: state.against, view }) })}
      actions={<>{shown.can.import && schedule !== null && <Button onClick={() => setDropping(!dropping)}>{t('page.import')}</Button>}<ExportMenu shown={shown} /></>}
    >
      {shown.can.import && (dropping || schedule === null) && <Drop id={shown.id} {...(schedule === null ? { title: t('page.empty'), hint: t('page.emptyHint') } : {})} onStored={stored} />}
      {schedule === null ? !shown.can.import && <Empty title={t('page.empty')} hint={t('page.emptyRead')} /> : (
        <>
          <Which shown={shown} onState={onState} />
          <Compared shown={shown} onState={onState} />
          <Suspense fallback={<Loading lines={10} />}>
            {state.view === 'versions' ? <Versions shown={shown} onOpen={(version, against = '') => onState({ ...START, version, against })} /> : state.view === 'differences' ? <Differences shown={shown} /> : <Chart shown={shown} list={list} filter={state} onChange={onState} />}
          </Suspense>
          <Origin shown={shown} />
        </>
      )}
    </Record>
  );
}

function tabsOf({ schedule }: Shown, t: T, format: Format) {
  return (['chart', 'differences', 'versions'] as const).map((id) => ({ id, label: t(`page.view.${id}`), ...(id === 'differences' && (schedule?.differing ?? 0) > 0 ? { count: format.count(schedule?.differing ?? 0) } : {}) }));
}

function Word({ shown }: { readonly shown: Shown }) {
  const t = useT('schedules');
  const format = useFormat();
  const slip = slipOf(shown, format);
  const { schedule } = shown;
  return (
    <>
      {slip === null ? <State tone="off" word={t('page.noBaseline')} /> : <State tone={toneOfShift(slip)} word={slip === 0 ? t('page.on') : t(slip > 0 ? 'page.later' : 'page.earlier', { count: Math.abs(slip) })} />}
      {schedule !== null && <span className="tag">{t('page.versionWord', { number: schedule.number })}</span>}
    </>
  );
}

function sentence(shown: Shown, t: T, format: Format): string {
  const { schedule } = shown;
  if (schedule === null || schedule.finish === null) return '';
  const finish = format.day(lastDay(schedule.finish));
  const shift = shiftOf(shown, format);
  return shift === null || schedule.fileFinish === null ? t('page.sayNoFile', { finish })
    : t('page.say', { finish, file: format.day(lastDay(schedule.fileFinish)), diff: shift === 0 ? t('page.saySame') : t(shift > 0 ? 'page.sayLater' : 'page.sayEarlier', { count: Math.abs(shift) }) });
}

/** Where it comes from. */
function Origin({ shown: { schedule, day } }: { readonly shown: Shown }) {
  const t = useT('schedules');
  const format = useFormat();
  if (schedule === null) return null;
  const parts = [t('page.versionSay', { number: schedule.number, file: schedule.fileName, who: schedule.importedBy ?? '', when: format.instant(schedule.importedAt, day) }), ...(schedule.dataDay === null ? [] : [t('page.dataDay', { day: format.day(schedule.dataDay) })])];
  return <p className="dim small schedorigin">{parts.join(t('page.comma'))}</p>;
}

/** Which version is looked at, where it is not the current one. */
function Which({ shown, onState }: { readonly shown: Shown; readonly onState: Change }) {
  const t = useT('schedules');
  const { schedule } = shown;
  if (schedule === null || schedule.current) return null;
  return (
    <p className="card pad row schednote" role="status">
      <span>{schedule.withdrawn === null ? t('page.notCurrent', { number: schedule.number }) : t('page.withdrawnNow', { number: schedule.number, reason: schedule.withdrawn.reason })}</span>
      <Button small kind="quiet" onClick={() => onState(START)}>{t('page.toCurrent')}</Button>
    </p>
  );
}

/** What it is compared with, where tasks are found by name or another version was chosen. */
function Compared({ shown, onState }: { readonly shown: Shown; readonly onState: Change }) {
  const t = useT('schedules');
  const format = useFormat();
  const { baseline, schedule } = shown;
  if (schedule === null || baseline === null || baseline.matched === null || (!baseline.chosen && baseline.by === 'key')) return null;
  const values = { number: baseline.number, matched: format.count(baseline.matched), tasks: format.count(schedule.tasks), count: schedule.tasks };
  return (
    <p className="card pad row schednote" role="status">
      <span className={baseline.matched === 0 ? 'tone-late' : ''}>{baseline.matched === 0 ? t('page.noneMatched', { number: baseline.number }) : t(baseline.by === 'named' ? 'page.comparedByName' : 'page.compared', values)}</span>
      {baseline.chosen && <Button small kind="quiet" onClick={() => onState({ against: '' })}>{t('page.toBaseline')}</Button>}
    </p>
  );
}

function Strip({ shown }: { readonly shown: Shown }) {
  const t = useT('schedules');
  const format = useFormat();
  const { schedule, baseline } = shown;
  if (schedule === null) return null;
  const day = (time: string | null): string => (time === null ? '—' : format.shortDay(lastDay(time), shown.day));
  const [slip, shift] = [slipOf(shown, format), shiftOf(shown, format)];
  const against = baseline === null ? t('page.noBaseline') : t(baseline.chosen ? 'page.againstOf' : baseline.of === 'version' ? 'page.baselineOf' : 'page.baselineFile', { number: baseline.number, day: day(baseline.finish) });
  return (
    <FigureStrip>
      <Figure label={t('page.figure.finish')} value={day(schedule.finish)} definition={t('page.define.finish')} {...(shift === null ? {} : { note: t(shift === 0 ? 'page.agrees' : 'page.fileSays', { day: day(schedule.fileFinish) }), noteTone: shift === 0 ? 'ok' as const : 'warn' as const })} />
      <Figure label={t('page.figure.baseline')} value={slip === null ? '—' : format.count(Math.abs(slip))} {...(slip === null ? {} : { unit: t(slip === 0 ? 'page.unitDays' : slip > 0 ? 'page.unitLate' : 'page.unitEarly') })} definition={t('page.define.baseline')} note={against} noteTone={slip === null ? 'off' : toneOfShift(slip)} />
      <Figure label={t('page.figure.critical')} value={format.count(schedule.critical)} unit={t('page.unitTasks')} definition={t('page.define.critical')} note={t('page.ofTasks', { count: schedule.tasks, tasks: format.count(schedule.tasks) })} href={`/projects/${shown.id}/schedule?only=critical`} />
      <Figure label={t('page.figure.differing')} value={format.count(schedule.differing)} unit={t('page.unitTasks')} definition={t('page.define.differing')} note={schedule.losses === 0 ? t('page.allRead') : t('page.notRead', { count: format.count(schedule.losses) })} noteTone={schedule.losses === 0 ? 'off' : 'warn'} href={`/projects/${shown.id}/schedule?view=differences`} />
    </FigureStrip>
  );
}
