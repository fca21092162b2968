// The rules of the week as data of the zone: which projects are key, how often they are visited, when the weekly line is due, how many are too many.
import { sql, type Db, type Sql } from '../../platform/db.ts';
import { readSetting } from '../../platform/settings.ts';
import { checker } from '../../platform/validate.ts';
import { WeekRules } from './week/contract.ts';
import standard from './week/data/rules.json' with { type: 'json' };

export const WEEK_RULES = 'dispatch.week_rules';
const check = checker(WeekRules);

export async function readRules(db: Db): Promise<{ rules: WeekRules; version: number }> {
  const setting = await readSetting(db, WEEK_RULES);
  return { rules: check(setting?.value ?? standard), version: setting?.version ?? 0 };
}

/** A condition on `projects_projects p`: a key project past the pipeline that goes on, no part of another. */
export function isKey(rules: WeekRules): Sql {
  return sql`(p.level = any(${[...rules.keyLevels]}::text[]) and p.stage <> all(${[...rules.pipeline]}::text[]) and p.side_state is null and p.parent_id is null)`;
}

/** The same on `projects_access a`. */
export function isKeyAccess(rules: WeekRules): Sql {
  return sql`(a.level = any(${[...rules.keyLevels]}::text[]) and a.stage <> all(${[...rules.pipeline]}::text[]) and a.side_state is null and not a.package)`;
}

/** Somebody besides the commissioner works on the project `id`: a task force, or people of the team. */
export function hasTeam(id: Sql, day: string): Sql {
  return sql`(exists (select 1 from dispatch_taskforce_projects f join dispatch_taskforces k on k.id = f.taskforce_id
      where f.project_id = ${id} and f.from_day <= ${day}::date and (f.to_day is null or f.to_day > ${day}::date) and (k.to_day is null or k.to_day > ${day}::date))
    or exists (select 1 from projects_assignments s where s.project_id = ${id} and s.duty <> 'commissioner' and s.to_day is null))`;
}
