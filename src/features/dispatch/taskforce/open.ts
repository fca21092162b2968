// What is open on a project when it changes hands. Other features add theirs (problems) when the program is put together, as portfolio/needs.ts does.
import { sql, type Db } from '../../../platform/db.ts';
import type { Open } from './contract.ts';

/** Of one project, up to `limit`; the caller has made sure that it may be known. */
export type OpenSource = (db: Db, projectId: string, today: string, limit: number) => Promise<readonly Open[]>;

export const openSources = new Map<string, OpenSource>([['nodes', nodes], ['reports', reports], ['visits', visits]]);

const EACH = 50;

export async function openOf(db: Db, projectId: string, today: string): Promise<Open[]> {
  const found = await Promise.all([...openSources.values()].map((source) => source(db, projectId, today, EACH)));
  return found.flat();
}

/** Nodes that are not done, the next ones first. */
function nodes(db: Db, projectId: string, _today: string, limit: number): Promise<Open[]> {
  return db.rows<Open>(sql`
    select 'node' as kind, m.id::text, m.name, m.planned_day as day from projects_milestones m
    where m.project_id = ${projectId} and m.removed_at is null and m.actual_day is null order by m.planned_day, m.sort limit ${limit}`);
}

/** Monthly reports that are owed: what the warnings say. */
function reports(db: Db, projectId: string, _today: string, limit: number): Promise<Open[]> {
  return db.rows<Open>(sql`
    select 'report' as kind, l.id::text, coalesce(l.numbers->>'month', '') as name, l.since as day from projects_lights l
    where l.project_id = ${projectId} and l.object = 'report' and l.cleared is null order by l.since limit ${limit}`);
}

function visits(db: Db, projectId: string, _today: string, limit: number): Promise<Open[]> {
  return db.rows<Open>(sql`
    select 'visit' as kind, v.id::text, v.kind as name, v.day from dispatch_visits v where v.project_id = ${projectId} and v.state = 'planned' order by v.day, v.id limit ${limit}`);
}
