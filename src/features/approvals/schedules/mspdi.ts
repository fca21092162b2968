// Reads a Microsoft Project XML file (MSPDI) into the neutral schedule. Takes tasks, links, calendars and dates; reads over resources,
// assignments and costs. What it meets and cannot keep is told as a loss, never left out in silence.
import { refuse } from '../../../kernel/refuse.ts';
import type { LinkType } from '../../../kernel/topology.ts';
import { calendarsIn } from './mspdicalendar.ts';
import { MOST_CALENDARS, MOST_LINKS, MOST_TASKS } from './limits.ts';
import type { ConstraintType, ContractSchedule, Link, Loss, Task } from './model.ts';
import { collected, type Element } from './elements.ts';

/** By number, as the format has them. */
const LINK_TYPES: readonly LinkType[] = ['FF', 'FS', 'SF', 'SS'];
export const CONSTRAINTS: readonly ConstraintType[] = ['ASAP', 'ALAP', 'MSO', 'MFO', 'SNET', 'SNLT', 'FNET', 'FNLT'];
/** Formats of a duration or lag that count the clock (elapsed), and those that are a share. An estimate (35 and more) is the same. */
const ELAPSED = new Set([4, 6, 8, 10, 12, 20, 36, 38, 40, 42, 44, 52]);
const PERCENT = new Set([19, 20, 51, 52]);

/** Reads the text of an MSPDI file. Refuses `schedules.not_mspdi`, `schedules.bad_task` (a task without a UID, or two with one) and what readXml refuses. */
export function readMspdi(text: string): ContractSchedule {
  const losses: Loss[] = [];
  const tasks: Task[] = [];
  const links: Link[] = [];
  const ids = new Set<string>();
  const calendars: Element[] = [];
  const top = collected(text, 'Project', {
    Tasks: (one) => {
      if (tasks.length >= MOST_TASKS) refuse('schedules.too_many', { limit: MOST_TASKS });
      const task = taskIn(one, losses);
      if (task === null) return;
      if (ids.has(task.id)) refuse('schedules.bad_task', { id: task.id });
      ids.add(task.id);
      tasks.push(task);
      links.push(...linksIn(one, task, losses));
      if (links.length > MOST_LINKS) refuse('schedules.too_many_links', { limit: MOST_LINKS });
    },
    Calendars: (one) => {
      if (calendars.push(one) > MOST_CALENDARS) refuse('schedules.too_many_calendars', { limit: MOST_CALENDARS });
    },
  });
  if (top === null) return refuse('schedules.not_mspdi');
  const read = calendarsIn(calendars, losses);
  const calendar = top.text('CalendarUID') ?? read[0]?.id ?? '';
  const calendarIds = new Set(read.map((one) => one.id));
  for (const task of tasks) if (task.calendar !== null && !calendarIds.has(task.calendar)) losses.push({ kind: 'unknown_calendar', task: task.id, text: task.calendar });
  const first = tasks.map((one) => one.start).reduce((least, at) => (least === null || (at !== null && at < least) ? at : least), null);
  return {
    format: 'mspdi', name: top.text('Title') ?? top.text('Name') ?? '', start: timeIn(top.text('StartDate')) ?? first ?? refuse('schedules.no_start'),
    dataDay: timeIn(top.text('StatusDate'))?.slice(0, 10) ?? null, minutesPerDay: positive(top.text('MinutesPerDay')) ?? 480, calendar, lagCalendar: 'successor', calendars: read, tasks, links: known(links, ids, losses), losses,
  };
}

function taskIn(one: Element, losses: Loss[]): Task | null {
  // Blank rows of a plan are tasks that are null.
  if (one.text('IsNull') === '1') return null;
  const id = one.text('UID') ?? refuse('schedules.bad_task', { id: one.text('ID') ?? '' });
  const baseline = one.all('Baseline').find((each) => (each.text('Number') ?? '0') === '0');
  const kind = CONSTRAINTS[Number(one.text('ConstraintType') ?? 0)] ?? 'ASAP';
  const calendar = one.text('CalendarUID');
  const duration = minutesIn(one.text('Duration'), id, losses);
  return {
    id, wbs: one.text('WBS') ?? one.text('OutlineNumber') ?? '', name: one.text('Name') ?? '', level: whole(one.text('OutlineLevel')) ?? 1, summary: one.text('Summary') === '1',
    milestone: one.text('Milestone') === '1' || duration === 0, durationMinutes: duration, elapsed: ELAPSED.has(Number(one.text('DurationFormat'))),
    calendar: calendar === null || Number(calendar) < 0 ? null : calendar, constraint: kind === 'ASAP' ? null : { type: kind, at: timeIn(one.text('ConstraintDate')) },
    start: timeIn(one.text('Start')), finish: timeIn(one.text('Finish')), percentComplete: Math.min(100, whole(one.text('PercentComplete')) ?? 0),
    actualStart: timeIn(one.text('ActualStart')), actualFinish: timeIn(one.text('ActualFinish')),
    baselineStart: timeIn(baseline?.text('Start') ?? null), baselineFinish: timeIn(baseline?.text('Finish') ?? null),
    unscheduled: one.text('Active') === '0' ? 'inactive' : one.text('Manual') === '1' ? 'manual' : null,
  };
}

function linksIn(one: Element, task: Task, losses: Loss[]): Link[] {
  return one.all('PredecessorLink').flatMap((each) => {
    const from = each.text('PredecessorUID') ?? '';
    const format = Number(each.text('LagFormat') ?? 7);
    const lag = Number(each.text('LinkLag') ?? 0);
    if (each.text('CrossProject') === '1' || !Number.isFinite(lag)) {
      losses.push({ kind: 'unknown_link', task: task.id, text: each.text('CrossProjectName') ?? from });
      return [];
    }
    const percent = PERCENT.has(format);
    // Lags are tenths of a minute, or whole percent.
    return [{ from, to: task.id, type: LINK_TYPES[Number(each.text('Type') ?? 1)] ?? 'FS', lag: percent ? lag : Math.round(lag / 10), lagUnit: percent ? 'percent' as const : ELAPSED.has(format) ? 'elapsed' as const : 'work' as const }];
  });
}

function known(links: readonly Link[], ids: ReadonlySet<string>, losses: Loss[]): Link[] {
  return links.filter((one) => {
    if (ids.has(one.from)) return true;
    losses.push({ kind: 'unknown_link', task: one.to, text: one.from });
    return false;
  });
}

/** A time as YYYY-MM-DDTHH:MM; seconds and what follows them are left off. Null where there is none. */
export function timeIn(text: string | null): string | null {
  const found = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)|$)/.exec(text ?? '');
  return found === null ? null : `${found[1] ?? ''}T${found[2] ?? '00:00'}`;
}

/** PT8H30M0S is 510 minutes. Seconds are rounded and told. */
function minutesIn(text: string | null, task: string, losses: Loss[]): number {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text ?? 'PT0H');
  if (found === null) return refuse('schedules.bad_duration', { id: task, text: (text ?? '').slice(0, 60) });
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  if (seconds > 0) losses.push({ kind: 'seconds', task, text: text ?? '' });
  return days * 1440 + hours * 60 + minutes + Math.round(seconds / 60);
}

function whole(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function positive(text: string | null): number | null {
  const value = whole(text);
  return value === null || value === 0 ? null : value;
}
