// 会商: a hard case that several departments take up together, with one that leads, a day and a result. Whoever leads owns the problem, the others own it with him.
import { refuse } from '../../../kernel/refuse.ts';
import { settled } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { moment } from '../../../kernel/clock.ts';
import { tell } from '../../notices/tell.ts';
import { setCoOwners } from '../../problems/decide.ts';
import { eventOf, loadSubject } from '../../problems/handling/moving.ts';
import { ownerTier } from '../../problems/handling/raising.ts';
import { take } from '../../problems/life/life.ts';
import { writeMoves, type Taken } from '../../problems/writing.ts';
import * as contract from './contract.ts';
import * as store from './store.ts';

export const jointCommands: readonly CommandHandler[] = [
  handler(contract.callJoint, {
    permission: 'service.desk',
    load: async ({ tx, actor, input }) => {
      const subject = await loadSubject(tx, actor, input.problemId);
      if (subject === undefined) return undefined;
      const [lead, open, known] = await settled([ownerTier(tx, input.leadOrgId, undefined, subject.ground), store.jointOpen(tx, input.problemId), store.bodies(tx, input.orgIds)]);
      const missing = input.orgIds.findIndex((id) => !known.has(id));
      if (missing >= 0) refuse('problems.owner_unknown', { errors: [{ path: `orgIds/${missing}`, rule: 'enum', params: {} }] });
      return { ...subject, lead, open };
    },
    decide: ({ subject: { problem, lead, open }, input, now }) => {
      if (open) refuse('service.joint_open', {});
      const at = Math.max(moment(now).getTime(), problem.lastAt);
      const meetsAt = new Date(`${input.day}T${input.time}:00+08:00`);
      const others = input.orgIds.filter((id) => id !== input.leadOrgId);
      // Who has it already keeps its clock; somebody new gets it as it is handed on.
      const same = problem.life.owner.orgId === input.leadOrgId;
      const life = take(problem.life, same ? { kind: 'noted' } : { kind: 'forwarded', owner: lead.owner, tier: lead.tier }, at);
      const taken: Taken = { kind: same ? 'noted' : 'forwarded', at, text: input.agenda, details: { to: input.leadOrgId, joint: input.id, meetsAt: meetsAt.toISOString() }, life };
      return { taken, meetsAt, others };
    },
    save: async ({ tx, subject, changes, input, actor, now }) => {
      const { problem } = subject;
      await store.insertJoint(tx, { id: input.id, problemId: problem.id, leadOrgId: input.leadOrgId, meetsAt: changes.meetsAt, place: input.place ?? null, agenda: input.agenda ?? null, byId: actor.userId }, now);
      await setCoOwners(tx, problem.id, changes.others);
      await writeMoves(tx, [{ before: problem, steps: [changes.taken], reach: true }], subject.ground, actor, now);
      await tell(tx, [{
        kind: 'service.joint', key: `service.joint:${input.id}`, subject: { type: 'problem', id: problem.id }, href: `/problems/${problem.id}`, values: { number: problem.number, title: problem.title, at: `${input.day} ${input.time}` },
        to: { orgs: [input.leadOrgId, ...changes.others].map((id) => ({ id, roles: ['department', 'town', 'office'] })) },
      }], now);
      return { id: input.id, version: 1 };
    },
    event: ({ subject, changes }) => eventOf(subject.problem, changes.taken),
  }),
  handler(contract.closeJoint, {
    permission: 'service.desk',
    load: async ({ tx, actor, input }) => {
      const joint = await store.lockJoint(tx, input.id);
      const subject = joint === undefined ? undefined : await loadSubject(tx, actor, joint.problem_id);
      return joint === undefined || subject === undefined ? undefined : { ...subject, joint };
    },
    version: ({ joint }) => joint.version,
    decide: ({ subject: { joint, problem }, input, now }): { readonly taken: Taken | undefined; readonly at: number } => {
      if (joint.closed_at !== null) refuse('service.joint_over', {});
      const at = Math.max(moment(now).getTime(), problem.lastAt);
      // What has been withdrawn or merged meanwhile gets the result here alone.
      const ended = ['withdrawn', 'declined', 'merged'].includes(problem.life.state);
      return { at, taken: ended ? undefined : { kind: 'noted', at, text: input.result.trim(), details: { joint: joint.id }, life: take(problem.life, { kind: 'noted' }, at) } };
    },
    save: async ({ tx, subject, changes, input, actor, now }) => {
      const version = await store.closeJoint(tx, input.id, input.result.trim(), new Date(changes.at));
      if (changes.taken !== undefined) await writeMoves(tx, [{ before: subject.problem, steps: [changes.taken] }], subject.ground, actor, now);
      return { id: input.id, version };
    },
    event: ({ subject: { joint, problem }, input }) => ({ kind: 'service.joint_closed', subjectType: 'problem', subjectId: problem.id, ...(problem.projectId === null ? {} : { projectId: problem.projectId }), after: { joint: joint.id }, reason: input.result }),
    newVersion: ({ version }) => version,
  }),
];
