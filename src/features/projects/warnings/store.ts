// SQL of the warnings: lights as they are read, and the facts that a preview of other rules is computed from.
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import type { InputOf } from '../../../kernel/contract.ts';
import { reachable } from '../scope.ts';
import type { listLights } from './contract.ts';
import type { LightObject } from './rules.ts';

export interface LightRow {
  readonly id: string; readonly projectId: string; readonly projectName: string; readonly townName: string | null; readonly stage: string; readonly commissionerName: string | null;
  readonly rule: string; readonly object: LightObject; readonly level: number; readonly since: string; readonly levelSince: string; readonly cleared: string | null; readonly subject: string;
  readonly numbers: Record<string, string | number>;
}

/** Lights in the order worst first, then longest on. The cursor is `level:since:id` of the last one. */
export async function lights(db: Db, actor: Actor, input: InputOf<typeof listLights>, limit: number): Promise<LightRow[]> {
  const after = input.after?.split('~');
  const conditions = [
    input.history === true ? sql`true` : sql`l.cleared is null`,
    reachable(actor, sql`l.project_id`),
    ...(input.projectId === undefined ? [] : [sql`l.project_id = ${input.projectId}`]),
    ...(input.object === undefined ? [] : [sql`l.object = any(${[...input.object]})`]),
    ...(input.level === undefined ? [] : [sql`l.level = any(${[...input.level]}::smallint[])`]),
    ...(input.rule === undefined ? [] : [sql`l.rule = ${input.rule}`]),
    ...(input.townId === undefined ? [] : [sql`p.town_id = ${input.townId}`]),
    ...(after === undefined ? [] : [sql`(-l.level, l.since, l.id) > (${-Number(after[0] ?? 0)}::int, ${after[1] ?? '1970-01-01'}::date, ${after[2] ?? ''}::uuid)`]),
  ];
  return db.rows<LightRow>(sql`
    select l.id, l.project_id as "projectId", p.name as "projectName", t.name as "townName", p.stage, u.name as "commissionerName",
           l.rule, l.object, l.level, l.since, l.level_since as "levelSince", l.cleared, l.subject, l.numbers
    from projects_lights l
    join projects_projects p on p.id = l.project_id
    left join people_organisations t on t.id = p.town_id
    left join people_users u on u.id = p.commissioner_id
    where ${sql.all(conditions)}
    order by -l.level, l.since, l.id limit ${limit}`);
}

export async function lightCounts(db: Db, actor: Actor): Promise<{ object: LightObject; level: number; lights: number; projects: number }[]> {
  return db.rows(sql`
    select l.object, l.level, count(*)::int as lights, count(distinct l.project_id)::int as projects
    from projects_lights l where l.cleared is null and ${reachable(actor, sql`l.project_id`)} group by 1, 2 order by 2 desc, 1`);
}

/** Projects by their worst light, within the scope. */
export async function projectsByLight(db: Db, actor: Actor): Promise<{ level: number; projects: number }[]> {
  return db.rows(sql`
    select p.light as level, count(*)::int as projects from projects_projects p
    where p.parent_id is null and (p.side_state is null or p.side_state = 'paused') and ${reachable(actor, sql`p.id`)} group by 1 order by 1 desc`);
}
