// Writes the neutral schedule as Microsoft Project XML (MSPDI), elements in the order that the format asks for. What the format cannot
// hold as it is, ids that are no numbers, is numbered; everything else can be read back as it was.
import type { LinkType } from '../../../kernel/topology.ts';
import type { CalendarException, ContractSchedule, Hours, Link, ScheduleCalendar, Task } from './model.ts';
import { CONSTRAINTS } from './mspdi.ts';

const TYPES: Readonly<Record<LinkType, number>> = { FF: 0, FS: 1, SF: 2, SS: 3 };
/** Days, elapsed days, percent. */
const FORMATS = { work: 7, elapsed: 8, percent: 19 } as const;

/** The document as pieces, so that a large one is never one text. UTF-8 is meant. */
export function* mspdiOf(schedule: ContractSchedule): Generator<string> {
  const tasks = numbered(schedule.tasks.map((one) => one.id));
  const calendars = numbered(schedule.calendars.map((one) => one.id));
  const into = grouped(schedule.links);
  yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Project xmlns="http://schemas.microsoft.com/project">\n';
  yield `${tag('Name', schedule.name)}${tag('Title', schedule.name)}${tag('ScheduleFromStart', '1')}${tag('StartDate', timeOut(schedule.start))}${tag('CalendarUID', calendars.get(schedule.calendar) ?? null)}${tag('MinutesPerDay', String(schedule.minutesPerDay))}${tag('StatusDate', schedule.dataDay === null ? null : `${schedule.dataDay}T17:00:00`)}`;
  yield '<Calendars>\n';
  for (const one of schedule.calendars) yield calendarXml(one, calendars.get(one.id) ?? '');
  yield '</Calendars>\n<Tasks>\n';
  let place = 0;
  for (const task of schedule.tasks) yield taskXml(task, (place += 1), tasks, calendars, into.get(task.id) ?? []);
  yield '</Tasks>\n</Project>\n';
}

/** Ids that are all whole numbers stay; others are numbered from 1. */
function numbered(ids: readonly string[]): Map<string, string> {
  const plain = ids.every((id) => /^(?:0|[1-9]\d{0,8})$/.test(id));
  return new Map(ids.map((id, at) => [id, plain ? id : String(at + 1)]));
}

function grouped(links: readonly Link[]): Map<string, Link[]> {
  const groups = new Map<string, Link[]>();
  for (const link of links) {
    const list = groups.get(link.to);
    if (list === undefined) groups.set(link.to, [link]);
    else list.push(link);
  }
  return groups;
}

function taskXml(task: Task, place: number, tasks: ReadonlyMap<string, string>, calendars: ReadonlyMap<string, string>, links: readonly Link[]): string {
  const held = task.constraint;
  return [
    '<Task>', tag('UID', tasks.get(task.id) ?? ''), tag('ID', String(place)), tag('Name', task.name), tag('Active', task.unscheduled === 'inactive' ? '0' : '1'), tag('Manual', task.unscheduled === 'manual' ? '1' : '0'),
    tag('WBS', task.wbs), tag('OutlineLevel', String(task.level)), tag('Start', timeOut(task.start)), tag('Finish', timeOut(task.finish)), tag('Duration', durationOut(task.durationMinutes)), tag('DurationFormat', String(FORMATS[task.elapsed ? 'elapsed' : 'work'])),
    tag('Milestone', task.milestone ? '1' : '0'), tag('Summary', task.summary ? '1' : '0'), tag('PercentComplete', String(task.percentComplete)), tag('ActualStart', timeOut(task.actualStart)), tag('ActualFinish', timeOut(task.actualFinish)),
    tag('ConstraintType', String(CONSTRAINTS.indexOf(held?.type ?? 'ASAP'))), tag('CalendarUID', task.calendar === null ? '-1' : (calendars.get(task.calendar) ?? '-1')), tag('ConstraintDate', timeOut(held?.at ?? null)),
    ...links.filter((one) => tasks.has(one.from)).map((one) => linkXml(one, tasks)), baselineXml(task), '</Task>\n',
  ].join('');
}

function linkXml(link: Link, tasks: ReadonlyMap<string, string>): string {
  const lag = link.lagUnit === 'percent' ? link.lag : link.lag * 10;
  return `<PredecessorLink>${tag('PredecessorUID', tasks.get(link.from) ?? '')}${tag('Type', String(TYPES[link.type]))}${tag('CrossProject', '0')}${tag('LinkLag', String(lag))}${tag('LagFormat', String(FORMATS[link.lagUnit]))}</PredecessorLink>`;
}

function baselineXml(task: Task): string {
  if (task.baselineStart === null && task.baselineFinish === null) return '';
  return `<Baseline>${tag('Number', '0')}${tag('Start', timeOut(task.baselineStart))}${tag('Finish', timeOut(task.baselineFinish))}</Baseline>`;
}

function calendarXml(calendar: ScheduleCalendar, id: string): string {
  const days = calendar.week.map((hours, monday) => ({ hours, type: ((monday + 1) % 7) + 1 })).toSorted((a, b) => a.type - b.type);
  return [
    '<Calendar>', tag('UID', id), tag('Name', calendar.name), tag('IsBaseCalendar', '1'), tag('BaseCalendarUID', '-1'), '<WeekDays>',
    ...days.map((day) => `<WeekDay>${tag('DayType', String(day.type))}${hoursXml(day.hours)}</WeekDay>`), '</WeekDays>',
    ...(calendar.exceptions.length === 0 ? [] : ['<Exceptions>', ...calendar.exceptions.map(exceptionXml), '</Exceptions>']), '</Calendar>\n',
  ].join('');
}

function exceptionXml({ from, to, hours }: CalendarException): string {
  return `<Exception><TimePeriod>${tag('FromDate', `${from}T00:00:00`)}${tag('ToDate', `${to}T23:59:00`)}</TimePeriod>${tag('Type', '1')}${hoursXml(hours)}</Exception>`;
}

function hoursXml(hours: Hours): string {
  if (hours.length === 0) return tag('DayWorking', '0');
  const times = hours.map(([from, to]) => `<WorkingTime>${tag('FromTime', clockOut(from))}${tag('ToTime', clockOut(to))}</WorkingTime>`).join('');
  return `${tag('DayWorking', '1')}<WorkingTimes>${times}</WorkingTimes>`;
}

/** Midnight as an end is 0:00 in this format. */
function clockOut(minute: number): string {
  return `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;
}

function timeOut(time: string | null): string | null {
  return time === null ? null : `${time}:00`;
}

function durationOut(minutes: number): string {
  return `PT${String(Math.floor(minutes / 60))}H${String(minutes % 60)}M0S`;
}

function tag(name: string, text: string | null): string {
  return text === null || text === '' ? '' : `<${name}>${escaped(text)}</${name}>`;
}

/** Characters that XML cannot hold at all become blanks. */
function escaped(text: string): string {
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}
