// The facts of a project from which keep.ts derives what is kept beside it, with what is kept now: one statement for one project or for some hundred.
import type { Now } from '../../kernel/clock.ts';
import { yearOf } from '../../kernel/days.ts';
import { sql, type Db, type Sql } from '../../platform/db.ts';
import { FOCUS_YEAR } from './data.ts';
import type { Access, Months } from './kept.ts';
import type { Pending, Prediction } from './warnings/rules.ts';

export interface Facts {
  readonly id: string; readonly seq: number; readonly kind: string; readonly nature: string | null; readonly level: string | null;
  readonly stage: string; readonly stage_day: string | null; readonly side_state: string | null; readonly category: string | null;
  readonly list_year: number | null; readonly town_id: string | null; readonly park_id: string | null; readonly parent_id: string | null;
  readonly chain: string | null; readonly in_statistics: boolean; readonly total_fen: number | null;
  readonly planned_start: string | null; readonly actual_start: string | null; readonly planned_completion: string | null; readonly actual_completion: string | null;
  readonly kept_plan: number; readonly kept_done: number; readonly kept_stat: number; readonly kept_light: number; readonly kept_month: string | null;
  readonly year_plan: number | null; readonly year_done: number | null; readonly year_stat: number | null;
  readonly months: readonly string[]; readonly amounts: Months; readonly kept_months: Months; readonly opening: string | null; readonly last_month: string | null;
  readonly milestones: { id: string; name: string; plannedDay: string; forecastDay: string | null }[] | null;
  readonly prediction: Prediction | null;
  readonly pending: readonly Pending[] | null;
  readonly lights: { id: string; rule: string; subject: string; level: number; since: string; levelSince: string; numbers: Record<string, string | number> }[] | null;
  readonly keys: readonly string[] | null;
  readonly old_keys: readonly string[];
  readonly old: Access | null;
}

type Report = { readonly month: string; readonly kind: string; readonly dispatch: number; readonly stat: number | null };
type OfReports = 'year_done' | 'year_stat' | 'months' | 'amounts' | 'opening' | 'last_month';
type Row = Omit<Facts, OfReports | 'old' | 'old_keys'> & { readonly reports: readonly Report[] | null; readonly found: readonly (Access & { readonly key: string })[] | null };

// Reports and reader keys come as they are stored: adding them up here takes half the time of aggregates in SQL.
export async function readFacts(tx: Db, ids: readonly string[], now: Now): Promise<Facts[]> {
  const rows = await tx.rows<Row>(sql`
    select p.id, p.seq, p.kind, p.nature, p.level, p.stage, p.stage_day, p.side_state, p.category, p.list_year, p.town_id, p.park_id, p.parent_id, p.chain,
           p.in_statistics, p.total_fen, p.planned_start, p.actual_start, p.planned_completion, p.actual_completion,
           p.plan_fen as kept_plan, p.done_fen as kept_done, p.stat_fen as kept_stat, p.light as kept_light, p.last_report_month as kept_month, p.kept_months,
           y.plan_fen as year_plan, r.reports, m.milestones, e.prediction, e.pending, l.lights, k.keys, a.found
    from (select case jsonb_typeof(f.value) when 'number' then f.value::int else ${yearOf(now.day)}::int end as year
          from (select 1) as one left join platform_settings f on f.name = ${FOCUS_YEAR}) as focus
    cross join projects_projects p
    left join projects_years y on y.project_id = p.id and y.year = focus.year
    left join lateral (
      select json_agg(o order by o.month) as reports from (select month, kind, dispatch_fen as dispatch, stat_fen as stat
        from projects_reports where project_id = p.id and month between make_date(focus.year, 1, 1) and make_date(focus.year, 12, 1)) as o) r on true
    left join lateral (
      select jsonb_agg(jsonb_build_object('id', id, 'name', name, 'plannedDay', planned_day, 'forecastDay', forecast_day) order by planned_day, id) as milestones
      from projects_milestones where project_id = p.id and removed_at is null and actual_day is null and planned_day < ${now.day}::date) m on true
    left join lateral (
      select (select jsonb_build_object('day', begin_day, 'agreedDay', agreed_day, 'numbers', numbers) from projects_predictions where project_id = p.id) as prediction,
             (select jsonb_agg(jsonb_build_object('subject', subject, 'promisedDay', promised_day, 'statutoryDay', statutory_day, 'stoppedDay', stopped_day, 'numbers', numbers) order by subject)
              from projects_pending where project_id = p.id and least(promised_day, statutory_day, stopped_day) < ${now.day}::date) as pending) e on true
    left join lateral (
      select jsonb_agg(jsonb_build_object('id', id, 'rule', rule, 'subject', subject, 'level', level, 'since', since, 'levelSince', level_since, 'numbers', numbers)) as lights
      from projects_lights where project_id = p.id and cleared is null) l on true
    left join lateral (
      select array_agg(distinct key) as keys from (
        select unnest(o.path) from people_organisations o, (select p.town_id, p.park_id, p.responsible_org_id, p.builder_id) as own (town_id, park_id, responsible_org_id, builder_id)
          where o.id in (own.town_id, own.park_id, own.responsible_org_id, own.builder_id)
        union all select s.user_id from projects_assignments s where s.project_id in (p.id, p.parent_id) and s.to_day is null) as found (key)) k on true
    left join lateral (select json_agg(o) as found from projects_access o where o.project_id = p.id) a on true
    where ${oneOrMany(ids)}`);
  return rows.map(({ reports, found, ...row }) => ({ ...row, ...summed(reports ?? []), ...standing(found ?? []) }));
}

// A list of unknown length would be planned anew at every call; the plan for one project is made once.
function oneOrMany(ids: readonly string[]): Sql {
  const [first, second] = ids;
  return first !== undefined && second === undefined ? sql`p.id = ${first}::uuid` : sql`p.id = any(${[...ids]}::uuid[])`;
}

function summed(reports: readonly Report[]): Pick<Facts, OfReports> {
  const stats = reports.flatMap((one) => (one.stat === null ? [] : [one.stat]));
  return {
    year_done: reports.length === 0 ? null : reports.reduce((sum, one) => sum + one.dispatch, 0),
    year_stat: stats.length === 0 ? null : stats.reduce((sum, one) => sum + one, 0),
    months: reports.map((one) => one.month.slice(0, 7)),
    amounts: Object.fromEntries(reports.map((one) => [one.month.slice(0, 7), [one.dispatch, one.stat ?? 0] as const])),
    opening: reports.findLast((one) => one.kind === 'opening')?.month ?? null,
    last_month: reports.at(-1)?.month ?? null,
  };
}

// The same values stand under every key.
function standing(found: readonly (Access & { readonly key: string })[]): Pick<Facts, 'old' | 'old_keys'> {
  const [first] = found;
  if (first === undefined) return { old: null, old_keys: [] };
  const { key: _key, project_id: _id, ...old }: Access & { readonly key: string; readonly project_id?: string } = first;
  return { old, old_keys: found.map((one) => one.key) };
}
