// People who are kept out for having signed in wrongly too often: whoever manages people sees them on the first page.
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import type { TodayRow } from './store.ts';

/** Failures are counted under a digest of the name (people/signin); a name that nobody bears concerns nobody. */
export function lockedUsers(db: Db, actor: Actor, at: Date, limit: number): Promise<TodayRow[]> {
  return db.rows<TodayRow>(sql`
    select u.id::text, 'locked_user' as kind, 1 as level, null as project_id, null as project_name, null as town_name, null as commissioner_name, null as due_day,
           jsonb_build_object('name', u.name, 'login', u.login) as values
    from people_attempts a
    join people_users u on a.key = 'name:' || rtrim(translate(encode(sha256(convert_to(lower(u.login), 'UTF8')), 'base64'), '+/', '-_'), '=')
    join people_organisations o on o.id = u.org_id
    where a.blocked_until > ${at} and u.active and ${actor.isSystem ? sql`true` : sql`o.path && ${[...actor.scope.keys]}::uuid[]`} order by a.blocked_until desc, u.id limit ${limit}`);
}
