// The calendars of an MSPDI file: the days of the week, exceptions in both of the format's spellings, and calendars that say only how
// they differ from another. Never leaves a day undecided: what nobody says is as in the base, and at last as Monday to Friday, 8 to 17.
import { numberOfDay } from '../../../kernel/epoch.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Element } from './elements.ts';
import { MOST_EXCEPTIONS } from './limits.ts';
import { hoursOf, STANDARD_DAY, STANDARD_WEEK, type CalendarException, type Hours, type Loss, type ScheduleCalendar } from './model.ts';

/** Depth of calendars that refer to calendars; the programs allow one. */
const DEEPEST = 8;

export function calendarsIn(elements: readonly Element[], losses: Loss[]): ScheduleCalendar[] {
  const byId = new Map(elements.map((one) => [one.text('UID') ?? '', one]));
  return [...byId].map(([id, one]) => ({ id, name: one.text('Name') ?? '', ...contentOf(one, byId, losses, 0) }));
}

function contentOf(one: Element, byId: ReadonlyMap<string, Element>, losses: Loss[], depth: number): Pick<ScheduleCalendar, 'week' | 'exceptions'> {
  const base = depth < DEEPEST ? byId.get(one.text('BaseCalendarUID') ?? '') : undefined;
  const under = base === undefined || base === one ? { week: STANDARD_WEEK, exceptions: [] } : contentOf(base, byId, [], depth + 1);
  const week = [...under.week];
  const older: CalendarException[] = [];
  for (const day of one.within('WeekDays', 'WeekDay')) {
    const type = Number(day.text('DayType'));
    // 1 is Sunday. 0 is a span of days: how the format wrote exceptions before 2007, and still does beside the new way.
    if (type >= 1 && type <= 7) week[(type + 5) % 7] = hoursIn(day);
    else older.push(...exceptionIn(day));
  }
  const [spans, recurring] = [true, false].map((plain) => one.within('Exceptions', 'Exception').filter((each) => isSpan(each) === plain));
  for (const each of recurring ?? []) losses.push({ kind: 'recurring_exception', task: null, text: `${one.text('Name') ?? ''}: ${each.text('Name') ?? ''}` });
  if (one.within('WorkWeeks', 'WorkWeek').length > 0) losses.push({ kind: 'work_weeks', task: null, text: one.text('Name') ?? '' });
  const exceptions = [...under.exceptions, ...older, ...(spans ?? []).flatMap(exceptionIn)];
  const days = exceptions.reduce((sum, each) => sum + spanOf(each), 0);
  if (exceptions.length > MOST_EXCEPTIONS || days > 10 * MOST_EXCEPTIONS) refuse('schedules.too_many_exceptions', { limit: MOST_EXCEPTIONS });
  return { week, exceptions };
}

/** Every day of its span (type 1, daily). Others, such as each 1 October, are days here and there in a span of years. */
function isSpan(one: Element): boolean {
  return ['0', '1', null].includes(one.text('Type')) && Number(one.text('Period') ?? 1) <= 1;
}

function exceptionIn(one: Element): CalendarException[] {
  const [period] = one.all('TimePeriod');
  const from = period?.text('FromDate')?.slice(0, 10) ?? '';
  const to = period?.text('ToDate')?.slice(0, 10) ?? from;
  return numberOfDay(from) === undefined || numberOfDay(to) === undefined ? [] : [{ from, to, hours: hoursIn(one) }];
}

function spanOf({ from, to }: CalendarException): number {
  return Math.max(0, (numberOfDay(to) ?? 0) - (numberOfDay(from) ?? 0) + 1);
}

function hoursIn(one: Element): Hours {
  if (one.text('DayWorking') === '0') return [];
  const spans = one.within('WorkingTimes', 'WorkingTime').map((each) => {
    const [from, to] = [clockIn(each.text('FromTime')), clockIn(each.text('ToTime'))];
    // 0:00 as an end is midnight; a shift over midnight is told on the next day by itself.
    return [from ?? 0, to === 0 || to === null ? 1440 : to] as const;
  });
  return spans.length === 0 ? STANDARD_DAY : hoursOf(spans);
}

function clockIn(text: string | null): number | null {
  const found = /^(?:\d{4}-\d\d-\d\dT)?([01]\d|2[0-4]):([0-5]\d)/.exec(text ?? '');
  return found === null ? null : Number(found[1]) * 60 + Number(found[2]);
}
