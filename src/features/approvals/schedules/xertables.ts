// The tables of an XER file as rows by column name. Only the form is read here: %T a table, %F its columns, %R a row, %E the end.
import { refuse } from '../../../kernel/refuse.ts';
import { MOST_CALENDARS, MOST_ELEMENTS, MOST_LINKS, MOST_TASKS, MOST_TEXT } from './limits.ts';

export type Row = ReadonlyMap<string, string>;

/** The tables that are read, each with its bound, and the refusal beyond it. */
const WANTED: Readonly<Record<string, { readonly most: number; refuse(limit: number): never }>> = {
  PROJECT: { most: MOST_CALENDARS, refuse: (limit) => refuse('schedules.too_many', { limit }) },
  SCHEDOPTIONS: { most: MOST_CALENDARS, refuse: (limit) => refuse('schedules.too_many', { limit }) },
  CALENDAR: { most: MOST_CALENDARS, refuse: (limit) => refuse('schedules.too_many_calendars', { limit }) },
  PROJWBS: { most: MOST_TASKS, refuse: (limit) => refuse('schedules.too_many', { limit }) },
  TASK: { most: MOST_TASKS, refuse: (limit) => refuse('schedules.too_many', { limit }) },
  TASKPRED: { most: MOST_LINKS, refuse: (limit) => refuse('schedules.too_many_links', { limit }) },
};

/** Tables that the reader wants, by name; empty cells are left out. Refuses `schedules.not_xer` and, without its end mark, `schedules.cut_off`. */
export function tablesIn(text: string): Map<string, readonly Row[]> {
  if (!text.startsWith('ERMHDR\t')) refuse('schedules.not_xer');
  const tables = new Map<string, Row[]>();
  let rows: Row[] | undefined;
  let bound: (typeof WANTED)[string] | undefined;
  let columns: readonly string[] = [];
  let [cells, line, ended] = [0, 0, false];
  for (let at = 0; at < text.length && !ended;) {
    const end = text.indexOf('\n', at);
    const written = text.slice(at, end < 0 ? text.length : end).replace(/\r$/, '');
    at = end < 0 ? text.length : end + 1;
    line += 1;
    if (written.length > 2 * MOST_TEXT) refuse('schedules.xml_bounds', { what: 'text', limit: 2 * MOST_TEXT });
    const [mark, ...values] = written.split('\t');
    if (mark === '%T') {
      bound = Object.hasOwn(WANTED, values[0] ?? '') ? WANTED[values[0] ?? ''] : undefined;
      rows = bound === undefined ? undefined : (tables.get(values[0] ?? '') ?? []);
      if (rows !== undefined) tables.set(values[0] ?? '', rows);
      columns = [];
    } else if (mark === '%F') columns = values;
    else if (mark === '%R' && rows !== undefined) {
      if ((cells += values.length) > MOST_ELEMENTS) refuse('schedules.xml_bounds', { what: 'elements', limit: MOST_ELEMENTS });
      if (columns.length === 0) refuse('schedules.bad_xer', { line });
      if (bound !== undefined && rows.length >= bound.most) bound.refuse(bound.most);
      rows.push(new Map(columns.flatMap((name, place) => (values[place] === undefined || values[place] === '' ? [] : [[name, values[place] ?? ''] as const]))));
    } else if (mark === '%E') ended = true;
  }
  return ended ? tables : refuse('schedules.cut_off', { line });
}
