// What projects tell people: a report that is asked for, and lights that have newly turned red. The first in its command, the second at the turn of the day.
import type { Now } from '../../kernel/clock.ts';
import { sql, type Database } from '../../platform/db.ts';
import { readGround } from './data.ts';
import { tell, type Notice } from '../notices/tell.ts';

/** Who of the responsible organisation works on its projects. */
const HANDS = ['department', 'town'] as const;

interface Reminded { readonly id: string; readonly name: string; readonly commissionerId: string | null; readonly responsibleOrgId: string | null }

/** The reminder of a month's report, to whom it is sent; whoever reminds reads nothing of it himself. */
export function reminderOf(one: Reminded, month: string, day: string, by: string): Notice {
  const users = one.commissionerId === null || one.commissionerId === by ? [] : [one.commissionerId];
  return {
    kind: 'projects.report_reminder', key: `projects.report_reminder:${one.id}:${month}:${day}`, subject: { type: 'project', id: one.id }, projectId: one.id, href: `/projects/${one.id}?tab=reports`,
    values: { project: one.name, month }, to: { users, orgs: one.responsibleOrgId === null ? [] : [{ id: one.responsibleOrgId, roles: HANDS }] },
  };
}

const BATCH = 5000;

interface Lit { readonly id: string; readonly projectId: string; readonly name: string; readonly rule: string; readonly since: string; readonly commissionerId: string | null; readonly orgId: string | null }

/** Tells every light that has been red from this day on or later, once for each time that it turned red. Cut off, it is simply told again. */
export async function tellRedLights(database: Database, from: string, now: Now): Promise<number> {
  const names = new Map((await readGround(database, now)).rules.rules.map((rule) => [rule.id, rule.name]));
  let done = 0;
  for (let after = { since: from, id: '00000000-0000-0000-0000-000000000000' }; ;) {
    const lit = await database.rows<Lit>(sql`
      select l.id, p.id as "projectId", p.name, l.rule, l.level_since as since, p.commissioner_id as "commissionerId", p.responsible_org_id as "orgId"
      from projects_lights l join projects_projects p on p.id = l.project_id
      where l.cleared is null and l.level = 3 and l.level_since >= ${from}::date and (l.level_since, l.id) > (${after.since}::date, ${after.id}::uuid) order by l.level_since, l.id limit ${BATCH}`);
    const last = lit.at(-1);
    if (last === undefined) return done;
    await database.transaction((tx) => tell(tx, lit.map((one) => redLight(one, names.get(one.rule) ?? { zh: one.rule, en: one.rule })), now));
    done += lit.length;
    after = last;
  }
}

function redLight(one: Lit, rule: { readonly zh: string; readonly en: string }): Notice {
  return {
    kind: 'projects.red_light', key: `projects.red_light:${one.id}:${one.since}`, subject: { type: 'project', id: one.projectId }, projectId: one.projectId, href: `/projects/${one.projectId}`,
    values: { project: one.name, rule: { zh: rule.zh, en: rule.en } },
    to: { users: one.commissionerId === null ? [] : [one.commissionerId], orgs: one.orgId === null ? [] : [{ id: one.orgId, roles: HANDS }] },
  };
}
