// 进展: what is told of a problem while it is handled. Where the zone asks for it, an update enters a report only when somebody else has approved it.
import { moment } from '../../../kernel/clock.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import { settled, sql, type Db } from '../../../platform/db.ts';
import { handler, readHandler, type CommandHandler } from '../../../platform/feature.ts';
import { readKept } from '../clocks/settings.ts';
import { iso } from '../instants.ts';
import { reachable } from '../pool/access.ts';
import { addFiles, ownFiles } from '../pool/files.ts';
import * as contract from './contract.ts';
import { moving } from './moving.ts';

interface Waiting { readonly id: string; readonly number: string; readonly projectId: string | null; readonly byId: string; readonly verdict: string | null }

export const updateCommands: readonly CommandHandler[] = [
  moving(contract.update, {
    permission: 'problems.handle', kind: 'updated',
    find: ({ tx, actor, input }) => ownFiles(tx, actor, input.files),
    make: ({ input }) => ({ step: { kind: 'updated' }, text: input.text, details: { updateId: input.updateId } }),
    also: async ({ tx, subject: { problem }, found, input, actor, at, now }) => {
      await tx.run(sql`
        insert into problems_updates (id, problem_id, text, at, by_id, by_name, by_org_id, recorded_at)
        values (${input.updateId}, ${problem.id}, ${input.text}, ${new Date(at)}, ${actor.userId}, ${actor.name}, ${actor.isSystem ? null : actor.orgId}::uuid, ${now.instant})`);
      await addFiles(tx, found, { problemId: problem.id, purpose: 'update', round: problem.life.round, updateId: input.updateId, at: new Date(at) }, actor);
    },
  }),
  handler(contract.judgeUpdate, {
    permission: 'problems.rule',
    load: ({ tx, actor, input }) => tx.row<Waiting>(sql`
      select u.id, p.number, p.project_id as "projectId", u.by_id as "byId", u.verdict from problems_updates u join problems_problems p on p.id = u.problem_id
      where u.id = ${input.updateId} and u.problem_id = ${input.id} and ${reachable(actor, sql`p.id`)} for update of u`),
    decide: ({ subject, input, actor }) => {
      if (subject.verdict !== null) refuse('problems.update_judged', {});
      if (subject.byId === actor.userId) refuse('problems.own_update', {});
      if (input.verdict === 'refused' && input.reason === undefined) refuse('problems.update_reason', { errors: [{ path: 'reason', rule: 'required', params: {} }] });
      return input.verdict;
    },
    save: async ({ tx, input, changes: verdict, actor, now }) => {
      await tx.run(sql`
        update problems_updates set verdict = ${verdict}, verdict_by = ${actor.userId}, verdict_name = ${actor.name}, verdict_at = ${moment(now)}, verdict_reason = ${input.reason ?? null} where id = ${input.updateId}`);
      return { id: input.updateId, verdict };
    },
    event: ({ subject, input, changes: verdict }) => ({
      kind: 'problems.update_judged', subjectType: 'problem', subjectId: input.id, ...(subject.projectId === null ? {} : { projectId: subject.projectId }), after: { number: subject.number, verdict },
      ...(input.reason === undefined ? {} : { reason: input.reason }),
    }),
  }),
];

export const updateQueries = [readHandler(contract.listUpdates, {
  permission: 'problems.read',
  read: async ({ db, actor, input }) => {
    const [kept, items] = await settled([readKept(db), readUpdates(db, actor, input.id)]);
    return { approve: kept.approveUpdates, mayJudge: actor.isSystem || actor.permissions.has('problems.rule'), items };
  },
})];

type Item = OutputOf<typeof contract.listUpdates>['items'][number];

async function readUpdates(db: Db, actor: Actor, id: string): Promise<Item[]> {
  const known = await db.row(sql`select 1 as one from problems_problems p where p.id = ${id} and ${reachable(actor, sql`p.id`)}`);
  if (known === undefined) refuse('platform.not_found', {});
  return db.rows<Item>(sql`
    select u.id, u.text, ${iso(sql`u.at`)} as at, u.by_name as "byName", coalesce(o.short_name, o.name) as "byOrgName", u.verdict, u.verdict_name as "verdictName", ${iso(sql`u.verdict_at`)} as "verdictAt", u.verdict_reason as "verdictReason",
      coalesce((select jsonb_agg(jsonb_build_object('sha256', f.sha256, 'name', f.name) order by f.name) from problems_files f where f.update_id = u.id), '[]') as files
    from problems_updates u left join people_organisations o on o.id = u.by_org_id where u.problem_id = ${id} order by u.at desc, u.id desc limit 200`);
}

export interface LastUpdate { readonly text: string; readonly at: string; readonly byName: string }

/** The latest update of each problem that may stand in a report: what meetings and reports read. */
export async function lastUpdates(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, LastUpdate>> {
  if (ids.length === 0) return new Map();
  const { approveUpdates } = await readKept(db);
  const fit = approveUpdates ? sql`u.verdict = 'approved'` : sql`u.verdict is distinct from 'refused'`;
  const rows = await db.rows<LastUpdate & { id: string }>(sql`
    select w.id, u.text, u.at, u.by_name as "byName" from unnest(${[...ids]}::uuid[]) as w (id)
    cross join lateral (select u.text, u.at, u.by_name from problems_updates u where u.problem_id = w.id and ${fit} order by u.at desc, u.id desc limit 1) as u`);
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}
