// 办理: the commands that move a problem from hand to hand until its solution is submitted. What each step makes of it stands in life/life.ts.
import { refuse } from '../../../kernel/refuse.ts';
import { numberOfDay } from '../../../kernel/epoch.ts';
import { settled, sql, type Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { moment } from '../../../kernel/clock.ts';
import type { Owner } from '../life/life.ts';
import type { Tier } from '../life/steps.ts';
import { midnight } from '../clocks/basis.ts';
import * as contract from '../pool/contract.ts';
import { addFiles, ownFiles } from '../pool/files.ts';
import { checkKind } from '../pool/rules.ts';
import { readKinds } from '../pool/reads.ts';
import { setCoOwners } from '../decide.ts';
import { deskOrg, officeOrg, raiseProblems } from '../raise.ts';
import { reachable as projectReachable } from '../../projects/scope.ts';
import { moving } from './moving.ts';

/** An organisation that may own problems, with the tier on which it settles them. @throws Refusal `problems.owner_unknown`. */
export async function ownerTier(db: Db, orgId: string, userId?: string): Promise<{ readonly owner: Owner; readonly tier: Tier }> {
  const row = await db.row<{ kind: string; root: boolean; member: boolean }>(sql`
    select o.kind, o.parent_id is null as root, ${userId ?? null}::uuid is null or exists (select 1 from people_users u where u.id = ${userId ?? null} and u.org_id = o.id and u.active) as member
    from people_organisations o where o.id = ${orgId} and o.active and o.kind <> 'enterprise'`);
  if (row === undefined || !row.member) refuse('problems.owner_unknown', { errors: [{ path: row === undefined ? 'toOrgId' : 'toUserId', rule: 'enum', params: {} }] });
  const office = await officeOrg(db);
  return { owner: { orgId, userId: userId ?? null }, tier: orgId === office || row.root ? 3 : 2 };
}

const raise = handler(contract.raise, {
  permission: 'problems.raise',
  load: async ({ tx, actor, input }) => {
    const [kinds, files, known] = await settled([readKinds(tx), ownFiles(tx, actor, input.files), knownProjects(tx, actor, input.projectIds ?? [])]);
    if (!known) refuse('platform.not_found', {});
    const to = input.toOrgId === undefined ? undefined : await ownerTier(tx, input.toOrgId);
    const enterprise = input.enterpriseId ?? (actor.roles.includes('enterprise') ? actor.orgId : undefined);
    if (enterprise !== undefined && !(await isEnterprise(tx, actor, enterprise))) refuse('platform.not_found', {});
    return { kinds, files, to, enterprise };
  },
  decide: ({ subject, input, actor }) => {
    checkKind(subject.kinds, input.kind);
    const desk = actor.isSystem || actor.permissions.has('problems.desk');
    if (subject.to !== undefined && !desk) refuse('problems.only_desk_forwards', {});
    if (input.keep === true && !actor.permissions.has('problems.handle')) refuse('problems.only_handlers_keep', {});
    if (input.projectIds === undefined && subject.enterprise === undefined && input.anonymous !== true) refuse('problems.of_nothing', { errors: [{ path: 'projectIds', rule: 'required', params: {} }] });
    return input.source ?? (actor.roles.includes('enterprise') ? 'service' as const : actor.roles.includes('leader') ? 'instruction' as const : actor.roles.includes('commissioner') ? 'commissioner' as const : 'service' as const);
  },
  save: async ({ tx, changes: source, subject, input, actor, now }) => {
    const { toOrgId: _to, files: _files, enterpriseId: _enterprise, ...what } = input;
    const [raised] = await raiseProblems(tx, actor, [{
      ...defined(what), title: input.title.trim(), kind: input.kind, source, ...(subject.enterprise === undefined ? {} : { enterpriseId: subject.enterprise }), ...(subject.to === undefined ? {} : { to: { ...subject.to.owner, tier: subject.to.tier } }),
    }], now);
    if (raised === undefined) throw new Error('nothing was raised');
    await addFiles(tx, subject.files, { problemId: raised.id, purpose: 'attachment', round: 1, at: moment(now) }, actor);
    return { id: raised.id, number: raised.number, version: 1, dueAt: raised.dueAt?.toISOString() ?? null, solveDueAt: raised.solveDueAt?.toISOString() ?? null };
  },
  event: ({ input, output, changes }) => ({
    kind: 'problems.raised', subjectType: 'problem', subjectId: output.id, ...(input.projectIds?.[0] === undefined ? {} : { projectId: input.projectIds[0] }), after: { number: output.number, title: input.title.trim(), kind: input.kind, source: changes },
  }),
});

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;
}

async function knownProjects(db: Db, actor: Parameters<typeof projectReachable>[0], ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return true;
  const row = await db.row<{ known: number }>(sql`select count(*)::int as known from projects_projects p where p.id = any(${[...ids]}::uuid[]) and ${projectReachable(actor, sql`p.id`)}`);
  return row?.known === ids.length;
}

/** An enterprise may name itself alone; officers any. */
async function isEnterprise(db: Db, actor: Parameters<typeof projectReachable>[0], id: string): Promise<boolean> {
  const own = actor.roles.includes('enterprise') && !actor.permissions.has('problems.handle');
  return (await db.row(sql`select 1 as one from people_organisations o where o.id = ${id} and o.kind = 'enterprise' and o.active and (not ${own} or o.path && ${[...actor.scope.keys]}::uuid[])`)) !== undefined;
}

export const handlingCommands: readonly CommandHandler[] = [
  raise,
  moving(contract.sign, { permission: 'problems.desk', kind: 'signed', make: () => ({ step: { kind: 'signed' } }) }),
  moving(contract.claim, { permission: 'problems.handle', kind: 'claimed', make: ({ actor }) => ({ step: { kind: 'claimed', userId: actor.userId } }) }),
  moving(contract.forward, {
    permission: 'problems.desk', kind: 'forwarded',
    find: async ({ tx, input }) => ownerTier(tx, input.toOrgId, input.toUserId),
    make: ({ found, input }) => ({ step: { kind: 'forwarded', ...found }, text: input.note, details: { to: input.toOrgId }, change: { reach: true } }),
    also: async ({ tx, subject, input }) => setCoOwners(tx, subject.problem.id, input.coOrgIds ?? []),
  }),
  moving(contract.handBack, {
    permission: 'problems.handle', kind: 'returned',
    find: async ({ tx }) => settled([deskOrg(tx), officeOrg(tx)]),
    make: ({ subject: { problem, ground }, found: [desk, office], input, at }) => {
      const policy = ground.policy(problem.policy, problem.policyVersion);
      const since = problem.life.forwardedAt ?? problem.life.roundAt;
      if (at > ground.counter(problem.policy, problem.policyVersion).limitFrom(policy.handback, since)) refuse('problems.hand_back_late', {});
      const ruled = problem.life.handbacks + 1 >= policy.pingPong;
      return { step: { kind: 'returned', to: { orgId: (ruled ? office : desk) ?? problem.life.owner.orgId, userId: null }, pingPong: policy.pingPong }, text: input.reason, details: { from: problem.life.owner.orgId }, change: { reach: true } };
    },
  }),
  moving(contract.rule, {
    permission: 'problems.rule', kind: 'ruled',
    find: async ({ tx, input }) => ownerTier(tx, input.toOrgId),
    make: ({ found, input }) => ({ step: { kind: 'ruled', ...found }, text: input.reason, details: { to: input.toOrgId }, change: { reach: true } }),
  }),
  moving(contract.reply, { permission: 'problems.handle', kind: 'replied', make: ({ input }) => ({ step: { kind: 'replied' }, text: input.text }) }),
  moving(contract.pause, {
    permission: 'problems.handle', kind: 'paused',
    make: ({ subject: { problem, ground }, input, at }) => {
      const most = ground.counter(problem.policy, problem.policyVersion).limitFrom(ground.policy(problem.policy, problem.policyVersion).pause[input.kind], at);
      const until = input.untilDay === undefined ? most : midnight((numberOfDay(input.untilDay) ?? 0) + 1) - 1;
      if (until <= at) refuse('problems.pause_over_before', { errors: [{ path: 'untilDay', rule: 'minimum', params: {} }] });
      if (until > most) refuse('problems.pause_too_long', { errors: [{ path: 'untilDay', rule: 'maximum', params: {} }] });
      return { step: { kind: 'paused', pause: input.kind, until }, text: input.reason, details: { kind: input.kind } };
    },
  }),
  moving(contract.resume, { permission: 'problems.handle', kind: 'resumed', make: ({ input }) => ({ step: { kind: 'resumed' }, text: input.note }) }),
  moving(contract.submit, {
    permission: 'problems.handle', kind: 'submitted',
    find: async ({ tx, actor, input }) => ownFiles(tx, actor, input.files),
    make: ({ subject: { problem, ground }, input, at }) => {
      // Submitting ends a pause: what it would be due without the wait decides whether it is late.
      const resumed = { ...problem.life, pauses: problem.life.pauses.map((pause) => (pause.to === null ? { ...pause, to: Math.max(at, pause.from) } : pause)) };
      const due = ground.counter(problem.policy, problem.policyVersion).clocked(resumed, problem).solveDue;
      return { step: { kind: 'submitted', late: due !== null && at > due }, text: input.text };
    },
    also: async ({ tx, subject, found, actor, at }) => addFiles(tx, found, { problemId: subject.problem.id, purpose: 'proof', round: subject.problem.life.round, at: new Date(at) }, actor),
  }),
  moving(contract.withdraw, { permission: 'problems.raise', kind: 'withdrawn', make: ({ input }) => ({ step: { kind: 'withdrawn' }, text: input.reason }) }),
  moving(contract.decline, { permission: 'problems.desk', kind: 'declined', make: ({ input }) => ({ step: { kind: 'declined' }, text: input.reason }) }),
  moving(contract.escalate, {
    permission: 'problems.handle', kind: 'escalated',
    make: ({ subject: { problem }, input }) => {
      const tier = Math.min(5, problem.life.tier + 1);
      return { step: { kind: 'escalated', tier: tier >= 5 ? 5 : tier === 4 ? 4 : tier === 3 ? 3 : 2, ...(input.forMeeting === true ? { forMeeting: true } : {}) }, text: input.reason };
    },
  }),
  moving(contract.reclassify, {
    permission: 'problems.desk', kind: 'reclassified',
    find: async ({ tx }) => readKinds(tx),
    make: ({ subject: { problem, ground }, found, input }) => {
      if (input.kind !== undefined) checkKind(found, input.kind);
      const policy = input.policy === undefined ? undefined : ground.newest(input.policy);
      if (input.policy !== undefined && policy === undefined) refuse('problems.policy_unknown', { errors: [{ path: 'policy', rule: 'enum', params: {} }] });
      return {
        step: { kind: 'reclassified' }, text: input.reason, details: { before: { kind: problem.kind, severity: problem.severity, policy: problem.policy }, ...(input.kind === undefined ? {} : { kind: input.kind }), ...(input.severity === undefined ? {} : { severity: input.severity }) },
        change: { ...(input.kind === undefined ? {} : { kind: input.kind }), ...(input.severity === undefined ? {} : { severity: input.severity }), ...(policy === undefined ? {} : { policy }) },
      };
    },
  }),
];
