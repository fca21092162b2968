// Days of a notice out of a file: CSV as kernel/calendarfile.ts reads it, or an iCalendar of days off and make-up days. Pure and for the browser;
// an event that does not say whether it is off or worked is told, not guessed.
import { addDays } from '../../../kernel/days.ts';
import { numberOfDay } from '../../../kernel/epoch.ts';
import { calendarRows } from '../../../kernel/calendarfile.ts';
import type { TextRow } from './noticetext.ts';

export interface ReadFile {
  readonly rows: readonly TextRow[];
  /** Events that say neither. */
  readonly unclear: readonly string[];
}

/** Refuses `workdays.bad_calendar`. */
export function rowsInFile(text: string): ReadFile {
  return /^\ufeff?\s*BEGIN:VCALENDAR/i.test(text) ? icalendarRows(text) : { rows: calendarRows(text).map(({ from, to, work }) => ({ from, to, work })), unclear: [] };
}

const WORKED = /班|补工作日|work/i;
const OFF = /休|放假|节|假期|元旦|holiday|off|festival/i;

function icalendarRows(text: string): ReadFile {
  const rows: TextRow[] = [];
  const unclear: string[] = [];
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  let event: Record<string, string> = {};
  for (const line of lines) {
    const [name = '', ...rest] = line.split(':');
    if (line === 'BEGIN:VEVENT') event = {};
    else if (line !== 'END:VEVENT') event[name.split(';')[0]?.toUpperCase() ?? ''] = rest.join(':');
    else {
      const row = eventRow(event);
      if (row === undefined) unclear.push((event['SUMMARY'] ?? event['DTSTART'] ?? '').slice(0, 60));
      else rows.push(row);
    }
  }
  return { rows, unclear };
}

function eventRow(event: Readonly<Record<string, string>>): TextRow | undefined {
  const [from, end, say] = [dayIn(event['DTSTART']), dayIn(event['DTEND']), event['SUMMARY'] ?? ''];
  const work = WORKED.test(say);
  if (from === undefined || (!work && !OFF.test(say))) return undefined;
  // The end of an all-day event is the day after its last (RFC 5545, 3.6.1).
  return { from, to: end === undefined || end <= from ? from : addDays(end, -1), work };
}

function dayIn(text: string | undefined): string | undefined {
  const found = /^(\d{4})(\d{2})(\d{2})/.exec(text ?? '');
  const day = found === null ? '' : `${found[1] ?? ''}-${found[2] ?? ''}-${found[3] ?? ''}`;
  return numberOfDay(day) === undefined ? undefined : day;
}
