// What time alone brings about: who has not signed for a slip is reminded once, and where the zone's rule says so, what is overdue is supervised. The job
// sends ordinary commands while there is anything to do.
import { idFrom } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { checker } from '../../../platform/validate.ts';
import { tell } from '../../notices/tell.ts';
import { seesAll } from '../../projects/scope.ts';
import { followProblems } from '../meetings/matters.ts';
import { readPolicy } from '../meetings/policy.ts';
import { missing } from '../meetings/store.ts';
import { occurrences } from '../meetings/recurrence.ts';
import type { Policy } from '../meetings/shape.ts';
import { workdays } from '../../projects/data.ts';
import { followSlips } from './contract.ts';
import { issueFollowing } from './issuing.ts';
import * as store from './store.ts';

const BATCH = 500;

const follow = handler(followSlips, {
  permission: 'dispatch.meet',
  load: async ({ tx, now }) => {
    const policy = await readPolicy(tx);
    const unsigned = await store.lockUnsigned(tx, now.day, BATCH);
    return { policy, unsigned, overdue: policy.slips.supervise === 'automatic' ? await store.lockOverdue(tx, now.day, BATCH) : [] };
  },
  allow: seesAll,
  decide: ({ subject }) => subject,
  save: async ({ tx, changes: { policy, unsigned, overdue }, actor, now }) => {
    await store.markReminded(tx, unsigned.map((one) => one.id), now.day);
    await tell(tx, unsigned.map((one) => ({
      kind: 'dispatch.receipt_due', key: `dispatch.receipt_due:${one.id}`, subject: { type: 'decision', id: one.decision_id }, ...(one.project_id === null ? {} : { projectId: one.project_id }), href: `/decisions/${one.decision_id}`, values: { number: one.number, due: one.receipt_due }, to: { orgs: [{ id: one.owner_org_id }] },
    })), now);
    await issueFollowing(tx, overdue, 'supervise', 1, { policy, copyOrgIds: policy.slips.copyOrgIds }, actor, now);
    return { reminded: unsigned.length, supervised: overdue.length };
  },
  event: ({ output, changes }) => ({ kind: 'dispatch.slips_followed', subjectType: 'setting', subjectId: idFrom('setting', 'dispatch.slips'), after: { reminded: output.reminded, supervised: output.supervised, slips: changes.unsigned.map((one) => one.number).slice(0, 50) } }),
});

interface Host {
  readonly database: Db;
  readonly system: Actor;
  now(): Now;
  run(actor: Actor, name: string, input: unknown): Promise<{ readonly output: unknown }>;
}

/** The job: what was solved is noted, what recurs is planned, what is due is told. Gives how many turns that took. */
export async function followAllMeetings(app: Host): Promise<number> {
  await followProblems(app.database);
  const { slips, recurrence } = await readPolicy(app.database);
  if (await lacking(app.database, recurrence, app.now().day)) await app.run(app.system, 'dispatch.plan_recurring', {});
  for (let done = 0; ; done += 1) {
    if (!(await store.hasDue(app.database, app.now().day, slips.supervise === 'automatic'))) return done;
    const { output } = await app.run(app.system, 'dispatch.follow_slips', {});
    // What is due is held by somebody at this moment: the next turn comes to it.
    if (nothing(output)) return done;
  }
}

const Followed = checker(followSlips.output);

function nothing(output: unknown): boolean {
  const { reminded, supervised } = Followed(output);
  return reminded + supervised === 0;
}

/** Whether something recurs that is not planned yet. */
async function lacking(db: Db, rules: Policy['recurrence'], day: string): Promise<boolean> {
  if (rules.every((rule) => !rule.on)) return false;
  return missing(db, occurrences(rules, day, await workdays.of(db)));
}

export const dailyCommands: readonly CommandHandler[] = [follow];
