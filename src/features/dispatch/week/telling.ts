// Tells commissioners the visits that have fallen due, at the turn of the day: of key projects that were not visited for as long as the rule allows, and those
// planned for the day. One notice for each person and day, however many they are; cut off, it is simply told again.
import type { Now } from '../../../kernel/clock.ts';
import { sql, type Database } from '../../../platform/db.ts';
import { tell } from '../../notices/tell.ts';
import { isKey, readRules } from '../duty.ts';

interface Due { readonly user_id: string; readonly visits: number; readonly first: string }

/** What fell due after the day `from`, up to today. Gives how many people were told. */
export async function tellVisitsDue(database: Database, from: string, now: Now): Promise<number> {
  const { rules } = await readRules(database);
  const due = await database.rows<Due>(sql`
    select x.user_id, count(*)::int as visits, (array_agg(x.name order by x.day, x.seq))[1] as first
    from (
      select p.commissioner_id as user_id, p.name, p.seq, coalesce(v.day, s.from_day) + ${rules.visitEveryDays}::int as day
      from projects_projects p join projects_assignments s on s.project_id = p.id and s.duty = 'commissioner' and s.to_day is null
      left join lateral (select v.day from dispatch_visits v where v.project_id = p.id and v.state = 'done' order by v.day desc, v.id desc limit 1) v on true
      where p.commissioner_id is not null and ${isKey(rules)}
        -- One that he has planned himself within these days is told of below, once.
        and not exists (select from dispatch_visits d where d.project_id = p.id and d.user_id = p.commissioner_id and d.state = 'planned' and d.day > ${from}::date and d.day <= ${now.day}::date)
      union all
      select d.user_id, coalesce(p.name, o.name), coalesce(p.seq, 0), d.day
      from dispatch_visits d left join projects_projects p on p.id = d.project_id left join people_organisations o on o.id = d.org_id where d.state = 'planned' and d.day > ${from}::date and d.day <= ${now.day}::date) x
    where x.day > ${from}::date and x.day <= ${now.day}::date group by x.user_id`);
  await database.transaction((tx) => tell(tx, due.map((one) => ({
    kind: 'dispatch.visits_due', key: `dispatch.visits_due:${one.user_id}:${now.day}`, subject: { type: 'user', id: one.user_id }, href: '/week', values: { count: one.visits, first: one.first }, to: { users: [one.user_id] },
  })), now));
  return due.length;
}
