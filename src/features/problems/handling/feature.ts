// 办理: the commands that move a problem from hand to hand until its solution is submitted. What each step makes of it stands in life/life.ts.
import { refuse } from '../../../kernel/refuse.ts';
import { numberOfDay } from '../../../kernel/epoch.ts';
import { settled } from '../../../platform/db.ts';
import type { CommandHandler } from '../../../platform/feature.ts';
import { midnight } from '../clocks/basis.ts';
import type { Policy } from '../clocks/policy.ts';
import { untold } from '../clocks/recalculation.ts';
import { askSides } from '../closing/answering.ts';
import { setCoOwners } from '../decide.ts';
import { deskIn, officeIn } from '../ground.ts';
import { hasMissed, isKept, resumedAt } from '../life/life.ts';
import * as contract from '../pool/contract.ts';
import { addFiles, ownFiles } from '../pool/files.ts';
import { checkKind } from '../pool/rules.ts';
import { readKinds } from '../pool/reads.ts';
import { moving } from './moving.ts';
import { knownCoOwners, ownerTier, raise } from './raising.ts';

export const handlingCommands: readonly CommandHandler[] = [
  raise,
  moving(contract.sign, { permission: 'problems.desk', kind: 'signed', make: () => ({ step: { kind: 'signed' } }) }),
  moving(contract.claim, { permission: 'problems.handle', kind: 'claimed', make: ({ actor }) => ({ step: { kind: 'claimed', userId: actor.userId } }) }),
  moving(contract.forward, {
    permission: 'problems.desk', kind: 'forwarded',
    find: async ({ tx, input, subject }) => (await settled([ownerTier(tx, input.toOrgId, input.toUserId, subject.ground), knownCoOwners(tx, input.coOrgIds ?? [])]))[0],
    make: ({ found, input }) => ({ step: { kind: 'forwarded', ...found }, text: input.note, details: { to: input.toOrgId }, change: { reach: true } }),
    also: async ({ tx, subject, input }) => setCoOwners(tx, subject.problem.id, (input.coOrgIds ?? []).filter((id) => id !== input.toOrgId)),
  }),
  moving(contract.handBack, {
    permission: 'problems.handle', kind: 'returned',
    make: ({ subject: { problem, ground }, input, at }) => {
      const [desk, office] = [deskIn(ground), officeIn(ground)];
      const policy = ground.policy(problem.policy, problem.policyVersion);
      if (at > ground.counter(problem.policy, problem.policyVersion).limitFrom(policy.handback, problem.life.heldAt)) refuse('problems.hand_back_late', {});
      const ruled = problem.life.handbacks + 1 >= policy.pingPong;
      const to = { orgId: (ruled ? office : desk) ?? problem.life.owner.orgId, userId: null };
      return { step: { kind: 'returned', to, pingPong: policy.pingPong }, text: input.reason, details: { from: problem.life.owner.orgId }, change: { reach: true } };
    },
  }),
  moving(contract.rule, {
    permission: 'problems.rule', kind: 'ruled',
    find: async ({ tx, input, subject }) => ownerTier(tx, input.toOrgId, undefined, subject.ground),
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
      const due = ground.counter(problem.policy, problem.policyVersion).clocked(resumedAt(problem.life, at), problem).solveDue;
      return { step: { kind: 'submitted', late: hasMissed(problem.life) || (due !== null && at > due) }, text: input.text };
    },
    also: async ({ tx, subject, found, actor, at, now }) => {
      await addFiles(tx, found, { problemId: subject.problem.id, purpose: 'proof', round: subject.problem.life.round, at: new Date(at) }, actor);
      await askSides(tx, subject.problem, at, actor.userId, subject.ground, now);
    },
  }),
  moving(contract.withdraw, {
    permission: 'problems.raise', kind: 'withdrawn',
    make: ({ subject: { problem, standing, ground }, input, at }) => {
      // What is withdrawn is in no rate: whoever has to solve what he raised himself may not take it away once it is over.
      const due = ground.counter(problem.policy, problem.policyVersion).clocked(resumedAt(problem.life, at), problem).solveDue;
      if (standing.owner && due !== null && at > due) refuse('problems.own_overdue', {});
      return { step: { kind: 'withdrawn' }, text: input.reason };
    },
  }),
  moving(contract.decline, { permission: 'problems.desk', kind: 'declined', make: ({ input }) => ({ step: { kind: 'declined' }, text: input.reason }) }),
  moving(contract.escalate, {
    permission: 'problems.handle', kind: 'escalated',
    make: ({ subject: { problem, ground }, input }) => {
      const tier = Math.min(5, problem.life.tier + 1);
      // A commissioner who gives up what he kept waits for nobody but himself: the desk has it now, and forwards it.
      const desk = isKept(problem.life) ? deskIn(ground) : undefined;
      return {
        step: { kind: 'escalated', tier: tier >= 5 ? 5 : tier === 4 ? 4 : tier === 3 ? 3 : 2, ...(input.forMeeting === true ? { forMeeting: true } : {}), ...(desk === undefined ? {} : { owner: { orgId: desk, userId: null } }) },
        text: input.reason,
      };
    },
  }),
  moving(contract.reclassify, {
    permission: 'problems.desk', kind: 'reclassified',
    find: async ({ tx }) => readKinds(tx),
    make: ({ subject: { problem, ground }, found, input, at }) => {
      if (input.kind !== undefined) checkKind(found, input.kind);
      const policy = input.policy === undefined ? undefined : ground.newest(input.policy);
      if (input.policy !== undefined && policy === undefined) refuse('problems.policy_unknown', { errors: [{ path: 'policy', rule: 'enum', params: {} }] });
      const change = { ...(input.kind === undefined ? {} : { kind: input.kind }), ...(input.severity === undefined ? {} : { severity: input.severity }), ...(policy === undefined ? {} : { policy }) };
      return {
        step: { kind: 'reclassified', untold: untold(ground, problem, change, at) }, text: input.reason,
        details: { before: { kind: problem.kind, severity: problem.severity, policy: problem.policy }, ...change, ...(policy === undefined ? {} : namesOf(ground.policy(policy.code, policy.version))) },
        change,
      };
    },
  }),
];

/** As it was called then, for the history. */
function namesOf({ zh, en }: Policy): { readonly policyZh: string; readonly policyEn: string } {
  return { policyZh: zh, policyEn: en };
}
