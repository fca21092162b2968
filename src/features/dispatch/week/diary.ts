// 日志: lines, visits, own remarks and what stands in the record, of one person or of all, newest day first. Four lists by the same key, each read up
// to a page by its own index and put together: a page costs the same however long the diary is.
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { reachable } from '../../projects/scope.ts';
import type { DIARY_KINDS } from './contract.ts';

export type DiaryKind = (typeof DIARY_KINDS)[number];

export interface DiaryRow {
  readonly id: string; readonly kind: DiaryKind; readonly day: string; readonly at: string; readonly user_id: string; readonly user_name: string; readonly project_id: string | null; readonly project_name: string | null; readonly org_name: string | null;
  readonly what: string; readonly words: Record<string, string | null>; readonly version: number | null; readonly corrected: number;
}

export interface DiaryFilter {
  readonly userId?: string | undefined; readonly projectId?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined; readonly kind?: readonly DiaryKind[] | undefined; readonly after?: string | undefined;
}

export async function diary(db: Db, actor: Actor, filter: DiaryFilter, limit: number): Promise<DiaryRow[]> {
  const wanted = (['line', 'visit', 'note', 'event'] as const).filter((kind) => filter.kind === undefined || filter.kind.length === 0 || filter.kind.includes(kind));
  const parts = wanted.map((kind) => sql`(${PARTS[kind](actor, filter, limit)})`);
  if (parts.length === 0) return [];
  return db.rows<DiaryRow>(sql`select * from (${sql.join(parts, ' union all ')}) as found order by day desc, id desc limit ${limit}`);
}

const corrected = (id: Sql): Sql => sql`(select count(*)::int from dispatch_corrections c where c.subject_id = ${id})`;

const PARTS: Readonly<Record<DiaryKind, (actor: Actor, filter: DiaryFilter, limit: number) => Sql>> = {
  line: (actor, filter, limit) => sql`
    select d.id, 'line' as kind, d.day, d.happened_at as at, d.user_id, u.name as user_name, d.project_id, p.name as project_name, null as org_name, 'line' as what,
      jsonb_build_object('done', d.done, 'next', d.next, 'problem', d.problem) as words, d.version, ${corrected(sql`d.id`)} as corrected
    from dispatch_lines d join people_users u on u.id = d.user_id join projects_projects p on p.id = d.project_id
    where ${within(actor, filter, sql`d.user_id`)} order by d.day desc, d.id desc limit ${limit}`,
  visit: (actor, filter, limit) => sql`
    select d.id, 'visit', d.day, d.happened_at, d.user_id, u.name, d.project_id, p.name, o.name, d.kind,
      jsonb_build_object('place', d.place, 'participants', d.participants, 'policies', d.policies, 'said', d.said), d.version, ${corrected(sql`d.id`)}
    from dispatch_visits d join people_users u on u.id = d.user_id left join projects_projects p on p.id = d.project_id left join people_organisations o on o.id = d.org_id
    where d.state = 'done' and ${within(actor, filter, sql`d.user_id`)} order by d.day desc, d.id desc limit ${limit}`,
  note: (actor, filter, limit) => sql`
    select d.id, 'note', d.day, d.happened_at, d.user_id, u.name, d.project_id, p.name, null, 'note', jsonb_build_object('text', d.text), d.version, ${corrected(sql`d.id`)}
    from dispatch_notes d join people_users u on u.id = d.user_id left join projects_projects p on p.id = d.project_id
    where ${within(actor, filter, sql`d.user_id`)} order by d.day desc, d.id desc limit ${limit}`,
  event: (actor, filter, limit) => sql`
    select d.id, 'event', d.day, d.at, d.actor_id, d.actor_name, d.project_id, p.name, null, d.kind, '{}'::jsonb, null::int, 0
    from platform_events d left join projects_projects p on p.id = d.project_id
    where d.kind in ('projects.reported', 'projects.report_corrected', 'projects.milestone_completed', 'projects.evidence_added', 'projects.moved') and ${within(actor, filter, sql`d.actor_id`)} order by d.day desc, d.id desc limit ${limit}`,
};

function within(actor: Actor, filter: DiaryFilter, userId: Sql): Sql {
  const [day, id] = filter.after?.split('~') ?? [];
  return sql.all([
    ...(actor.isSystem || actor.scope.all ? [] : [sql`(${userId} = ${actor.userId} or ${reachable(actor, sql`d.project_id`)})`]),
    ...(filter.userId === undefined ? [] : [sql`${userId} = ${filter.userId}`]), ...(filter.projectId === undefined ? [] : [sql`d.project_id = ${filter.projectId}`]),
    ...(filter.from === undefined ? [] : [sql`d.day >= ${filter.from}`]), ...(filter.to === undefined ? [] : [sql`d.day <= ${filter.to}`]),
    ...(id === undefined ? [] : [sql`(d.day, d.id) < (${day ?? ''}::date, ${id}::uuid)`]),
  ]);
}
