// Reads a Primavera P6 export (XER) into the neutral schedule: tables of cells between tabs, of which projects, calendars, the work
// breakdown, tasks and links are taken. Of several projects in a file the one with most tasks is read. Hours of the file become minutes.
import { refuse } from '../../../kernel/refuse.ts';
import type { LinkType } from '../../../kernel/topology.ts';
import { STANDARD_WEEK, type ConstraintType, type ContractSchedule, type LagCalendar, type Link, type Loss, type ScheduleCalendar, type Task } from './model.ts';
import { tablesIn, type Row } from './xertables.ts';
import { calendarData } from './xercalendar.ts';

const CONSTRAINTS: Readonly<Record<string, ConstraintType>> = {
  CS_ALAP: 'ALAP', CS_MSO: 'MSO', CS_MANDSTART: 'MSO', CS_MEO: 'MFO', CS_MANDFIN: 'MFO', CS_MSOA: 'SNET', CS_MSOB: 'SNLT', CS_MEOA: 'FNET', CS_MEOB: 'FNLT',
};
const LINKS: Readonly<Record<string, LinkType>> = { PR_FS: 'FS', PR_SS: 'SS', PR_FF: 'FF', PR_SF: 'SF' };
const LAGS: Readonly<Record<string, LagCalendar>> = { rcal_Predecessor: 'predecessor', rcal_Successor: 'successor', rcal_24h: 'elapsed', rcal_24Hour: 'elapsed', rcal_ProjDefault: 'project' };
/** Task types whose dates the program takes from other tasks, not from links. */
const HANGING = new Set(['TT_LOE', 'TT_WBS']);

/** Reads the text of an XER file. Refuses `schedules.not_xer`, `schedules.cut_off`, `schedules.bad_task`, `schedules.bad_duration` and what is beyond the limits. */
export function readXer(text: string): ContractSchedule {
  const tables = tablesIn(text);
  const rows = (name: string): readonly Row[] => tables.get(name) ?? [];
  const losses: Loss[] = [];
  const project = projectIn(rows('PROJECT'), rows('TASK'), losses);
  const mine = (row: Row): boolean => row.get('proj_id') === project.get('proj_id');
  const calendars = rows('CALENDAR').map((row) => calendarIn(row, losses));
  const own = project.get('clndr_id') ?? calendars[0]?.id ?? '';
  const tasks = outline(rows('PROJWBS').filter(mine), rows('TASK').filter(mine), losses);
  const ids = new Set(tasks.map((one) => one.id));
  if (ids.size < tasks.length) refuse('schedules.bad_task', { id: '' });
  const start = project.get('plan_start_date') ?? tasks.map((one) => one.start).find((at) => at !== null);
  const option = rows('SCHEDOPTIONS').find(mine)?.get('sched_calendar_on_relationship_lag') ?? '';
  return {
    format: 'xer', name: project.get('proj_short_name') ?? '', start: timeIn(start) ?? refuse('schedules.no_start'), dataDay: timeIn(project.get('last_recalc_date'))?.slice(0, 10) ?? null,
    minutesPerDay: minutes(rows('CALENDAR').find((row) => row.get('clndr_id') === own)?.get('day_hr_cnt'), '') || 480,
    calendar: own, lagCalendar: LAGS[option] ?? 'predecessor', calendars, tasks, links: rows('TASKPRED').flatMap((row) => linkIn(row, ids, losses)), losses,
  };
}

function projectIn(projects: readonly Row[], tasks: readonly Row[], losses: Loss[]): Row {
  const counts = new Map<string, number>();
  for (const row of tasks) counts.set(row.get('proj_id') ?? '', (counts.get(row.get('proj_id') ?? '') ?? 0) + 1);
  const ranked = projects.toSorted((a, b) => (counts.get(b.get('proj_id') ?? '') ?? 0) - (counts.get(a.get('proj_id') ?? '') ?? 0));
  for (const other of ranked.slice(1)) losses.push({ kind: 'other_project', task: null, text: other.get('proj_short_name') ?? '' });
  return ranked[0] ?? refuse('schedules.not_xer');
}

function calendarIn(row: Row, losses: Loss[]): ScheduleCalendar {
  const id = row.get('clndr_id') ?? '';
  const name = row.get('clndr_name') ?? '';
  const read = calendarData(row.get('clndr_data') ?? '');
  if (read === null) losses.push({ kind: 'unknown_calendar', task: null, text: name });
  return { id, name, week: read?.week ?? STANDARD_WEEK, exceptions: read?.exceptions ?? [] };
}

/** The work breakdown as summaries with their tasks behind them, in the order of the file. */
function outline(nodes: readonly Row[], rows: readonly Row[], losses: Loss[]): Task[] {
  const below = new Map<string, Row[]>();
  const inside = new Map<string, Row[]>();
  const known = new Set(nodes.map((one) => one.get('wbs_id') ?? ''));
  // Two nodes of one id could stand below themselves, and one without an id below everything.
  if (known.size < nodes.length || known.has('')) refuse('schedules.bad_task', { id: 'wbs' });
  const parentOf = (one: Row): string => (known.has(one.get('parent_wbs_id') ?? '') ? (one.get('parent_wbs_id') ?? '') : '');
  const under = (lists: Map<string, Row[]>, key: string, one: Row): void => {
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [one]);
    else list.push(one);
  };
  for (const one of nodes) under(below, parentOf(one), one);
  for (const one of rows) under(inside, known.has(one.get('wbs_id') ?? '') ? (one.get('wbs_id') ?? '') : '', one);
  const tasks: Task[] = (inside.get('') ?? []).map((row) => taskIn(row, 1, '', losses));
  inside.delete('');
  const open = (below.get('') ?? []).toReversed().map((node) => ({ node, level: 1, wbs: '' }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, level } = next;
    const id = node.get('wbs_id') ?? '';
    const wbs = [next.wbs, node.get('wbs_short_name') ?? ''].filter((part) => part !== '').join('.');
    tasks.push(summaryOf(id, node.get('wbs_name') ?? '', wbs, level));
    for (const row of inside.get(id) ?? []) tasks.push(taskIn(row, level + 1, wbs, losses));
    inside.delete(id);
    for (const child of (below.get(id) ?? []).toReversed()) open.push({ node: child, level: level + 1, wbs });
  }
  // Nodes that stand below each other in a circle are not reached from the top; their tasks must not be lost.
  for (const left of inside.values()) for (const row of left) tasks.push(taskIn(row, 1, '', losses));
  return tasks;
}

function summaryOf(id: string, name: string, wbs: string, level: number): Task {
  return {
    id: `wbs:${id}`, wbs, name, level, summary: true, milestone: false, durationMinutes: 0, elapsed: false, calendar: null, constraint: null, start: null, finish: null, percentComplete: 0,
    actualStart: null, actualFinish: null, baselineStart: null, baselineFinish: null, unscheduled: null,
  };
}

function taskIn(row: Row, level: number, wbs: string, losses: Loss[]): Task {
  const id = row.get('task_id') ?? refuse('schedules.bad_task', { id: row.get('task_code') ?? '' });
  const [actualStart, actualFinish] = [timeIn(row.get('act_start_date')), timeIn(row.get('act_end_date'))];
  const type = CONSTRAINTS[row.get('cstr_type') ?? ''];
  if (HANGING.has(row.get('task_type') ?? '')) losses.push({ kind: 'unread_task_type', task: id, text: row.get('task_type') ?? '' });
  const milestone = row.get('task_type') === 'TT_Mile' || row.get('task_type') === 'TT_FinMile';
  const calendar = row.get('clndr_id');
  return {
    id, wbs: row.get('task_code') ?? wbs, name: row.get('task_name') ?? '', level, summary: false, milestone, durationMinutes: milestone ? 0 : minutes(row.get('target_drtn_hr_cnt'), id), elapsed: false,
    calendar: calendar === undefined || calendar === '' ? null : calendar, constraint: type === undefined ? null : { type, at: timeIn(row.get('cstr_date')) },
    start: actualStart ?? timeIn(row.get('early_start_date')) ?? timeIn(row.get('target_start_date')), finish: actualFinish ?? timeIn(row.get('early_end_date')) ?? timeIn(row.get('target_end_date')),
    percentComplete: Math.min(100, Math.max(0, Math.round(number(row.get('phys_complete_pct')) ?? 0))), actualStart, actualFinish,
    baselineStart: timeIn(row.get('target_start_date')), baselineFinish: timeIn(row.get('target_end_date')), unscheduled: null,
  };
}

function linkIn(row: Row, ids: ReadonlySet<string>, losses: Loss[]): Link[] {
  const [from, to] = [row.get('pred_task_id') ?? '', row.get('task_id') ?? ''];
  if (!ids.has(to)) return [];
  const type = LINKS[row.get('pred_type') ?? ''];
  if (!ids.has(from) || type === undefined) {
    losses.push({ kind: 'unknown_link', task: to, text: from });
    return [];
  }
  return [{ from, to, type, lag: Math.round((number(row.get('lag_hr_cnt')) ?? 0) * 60), lagUnit: 'work' }];
}

function minutes(hours: string | undefined, task: string): number {
  const value = number(hours);
  if (value !== null && value < 0) refuse('schedules.bad_duration', { id: task, text: hours ?? '' });
  return Math.round((value ?? 0) * 60);
}

/** The program writes numbers as its machine does: 7.5 or 7,5. */
function number(text: string | undefined): number | null {
  return text !== undefined && /^-?\d{1,9}(?:[.,]\d{1,12})?$/.test(text) ? Number(text.replace(',', '.')) : null;
}

function timeIn(text: string | null | undefined): string | null {
  const found = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d))?/.exec(text ?? '');
  return found === null ? null : `${found[1] ?? ''}T${found[2] ?? '00:00'}`;
}
