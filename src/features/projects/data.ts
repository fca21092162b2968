// Settings of the projects that several capabilities read, with their defaults: warning rules, report calendar, focus year.
import { checker } from '../../platform/validate.ts';
import { sql, type Db } from '../../platform/db.ts';
import { yearOf } from '../../kernel/days.ts';
import type { Now } from '../../kernel/clock.ts';
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
  /** The year whose plan and completion lists, lights and totals show. */
  readonly year: number;
  readonly rootId: string;
  /** Organisations for which totals are kept: the zone, departments, towns and parks. */
  readonly totalled: ReadonlySet<string>;
}

const checkRules = checker(WarningRules);
const checkCalendar = checker(ReportCalendar);

/** Reads in one statement what every derived value of a project depends on. */
export async function readGround(db: Db, now: Now): Promise<Ground> {
  const row = await db.row<{ rules: unknown; calendar: unknown; year: unknown; root: string | null; totalled: string[] | null }>(sql`
    select (select value from platform_settings where name = ${WARNING_RULES}) as rules,
           (select value from platform_settings where name = ${REPORT_CALENDAR}) as calendar,
           (select value from platform_settings where name = ${FOCUS_YEAR}) as year,
           (select id from people_organisations where parent_id is null) as root,
           (select array_agg(id) from people_organisations where kind in ('zone', 'department', 'town', 'park')) as totalled`);
  return {
    rules: orDefault(checkRules, row?.rules, () => checkRules(defaultRules)),
    calendar: orDefault(checkCalendar, row?.calendar, () => DEFAULT_CALENDAR),
    year: typeof row?.year === 'number' ? row.year : yearOf(now.day),
    rootId: row?.root ?? '',
    totalled: new Set(row?.totalled ?? []),
  };
}

function orDefault<Value>(check: (value: unknown) => Value, value: unknown, fallback: () => Value): Value {
  return value === null || value === undefined ? fallback() : check(value);
}
