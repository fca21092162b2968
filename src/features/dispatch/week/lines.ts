// The latest weekly line of projects, for the record and for the meeting that speaks of them. Read by other features.
import { sql, type Db } from '../../../platform/db.ts';

export interface LastLine {
  readonly id: string; readonly projectId: string; readonly week: string; readonly day: string; readonly done: string; readonly next: string | null; readonly problem: string | null;
  readonly userName: string; readonly happenedAt: string;
}

/** The caller has made sure that the reader may know the projects. One walk of the index for each project. */
export function lastLines(db: Db, projectIds: readonly string[]): Promise<LastLine[]> {
  return db.rows<LastLine>(sql`
    select l.id, l.project_id as "projectId", l.week, l.day, l.done, l.next, l.problem, u.name as "userName", l.happened_at as "happenedAt"
    from unnest(${[...projectIds]}::uuid[]) as wanted(id)
    cross join lateral (select * from dispatch_lines l where l.project_id = wanted.id order by l.week desc, l.happened_at desc limit 1) l
    join people_users u on u.id = l.user_id`);
}
