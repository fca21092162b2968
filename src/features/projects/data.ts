// Settings of the projects that several capabilities read, with their defaults: warning rules, report calendar, focus year.
import { checker } from '../../platform/validate.ts';
import { settled, sql, type Db } from '../../platform/db.ts';
import { yearOf } from '../../kernel/days.ts';
import type { Now } from '../../kernel/clock.ts';
import { calendarWith, type WorkCalendar } from '../../kernel/workdays.ts';
import { ReportCalendar } from './due.ts';
import { WarningRules } from './warnings/rules.ts';
import defaultRules from './warnings/data/rules.json' with { type: 'json' };

export const WARNING_RULES = 'projects.warning_rules';
export const REPORT_CALENDAR = 'projects.report_calendar';
export const FOCUS_YEAR = 'projects.focus_year';

const DEFAULT_CALENDAR: ReportCalendar = { dueDay: 5, lockDay: 10, stages: ['started', 'building', 'completed'] };

export interface Ground {
  readonly rules: WarningRules;
  readonly calendar: ReportCalendar;
  /** The working days by which approvals are measured. */
  readonly workdays: WorkCalendar;
  /** The year whose plan and completion lists, lights and totals show. */
  readonly year: number;
  readonly rootId: string;
  /** Organisations for which totals are kept: the zone, departments, towns and parks. */
  readonly totalled: ReadonlySet<string>;
}

/**
 * Tells the zone's working days for the clocks of the law, and which edition of the calendar they are: bound by the feature that keeps the calendar when
 * the program is put together. Projects import nothing of approvals. Within a transaction both are of one edition.
 */
export const workdays: { of: (db: Db) => Promise<WorkCalendar>; edition: (db: Db) => Promise<number> } = { of: () => Promise.resolve(calendarWith()), edition: () => Promise.resolve(0) };

const checkRules = checker(WarningRules);
const checkCalendar = checker(ReportCalendar);

/** Reads in one packet what every derived value of a project depends on. Texts that were read before are not parsed again. */
export async function readGround(db: Db, now: Now): Promise<Ground> {
  const [row, days] = await settled([db.row<{ rules: string | null; calendar: string | null; year: unknown; root: string | null; totalled: string | null }>(sql`
    select (select value::text from platform_settings where name = ${WARNING_RULES}) as rules,
           (select value::text from platform_settings where name = ${REPORT_CALENDAR}) as calendar,
           (select value from platform_settings where name = ${FOCUS_YEAR}) as year,
           (select id from people_organisations where parent_id is null) as root,
           (select string_agg(id::text, ' ') from people_organisations where kind in ('zone', 'department', 'town', 'park')) as totalled`), workdays.of(db)]);
  return {
    rules: rulesIn(row?.rules ?? null), calendar: calendarIn(row?.calendar ?? null), workdays: days,
    year: typeof row?.year === 'number' ? row.year : yearOf(now.day),
    rootId: row?.root ?? '',
    totalled: idsIn(row?.totalled ?? null),
  };
}

const rulesIn = remembered((text) => checkRules(text === null ? defaultRules : JSON.parse(text)));
const calendarIn = remembered((text) => (text === null ? DEFAULT_CALENDAR : checkCalendar(JSON.parse(text))));
const idsIn = remembered((text): ReadonlySet<string> => new Set(text === null ? [] : text.split(' ')));

// The last few texts are enough: one for each zone that this process serves.
const REMEMBERED = 8;

function remembered<Value>(parse: (text: string | null) => Value): (text: string | null) => Value {
  const known = new Map<string | null, Value>();
  return (text) => {
    const found = known.get(text) ?? parse(text);
    if (!known.has(text)) known.set(text, found);
    if (known.size > REMEMBERED) known.delete(known.keys().next().value ?? null);
    return found;
  };
}
