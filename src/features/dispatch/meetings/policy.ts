// The zone's rules of meetings as they are stored: read by whoever plans, proposes and numbers; changed by the office with a reason.
import { Compile } from 'typebox/compile';
import { idFrom } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, readHandler, type CommandHandler, type QueryHandler } from '../../../platform/feature.ts';
import { lockSetting, readSetting, saveSetting } from '../../../platform/settings.ts';
import { seesAll } from '../../projects/scope.ts';
import { changePolicy, readPolicyQuery } from './contract.ts';
import { MeetingPolicy, POLICY, policyFaults, PRESET, type Policy } from './shape.ts';

export async function readPolicy(db: Db): Promise<Policy> {
  return policyIn((await readSetting(db, POLICY))?.value);
}

const compiled = Compile(MeetingPolicy);

/** What a setting says; one of an older program that fits no more says nothing. */
function policyIn(value: unknown): Policy {
  return compiled.Check(value) ? value : PRESET;
}

const change = handler(changePolicy, {
  permission: 'dispatch.meet',
  load: async ({ tx }) => lockSetting(tx, POLICY),
  version: (subject) => subject.version,
  allow: seesAll,
  decide: ({ subject, input }) => {
    const faults = policyFaults(input.policy, policyIn(subject.value));
    if (faults.length > 0) refuse('meetings.policy_faulty', { errors: faults.map((one) => ({ path: `policy.${one.path}`, rule: one.rule, params: {}, code: `meetings.fault_${one.rule}` })) });
    return input.policy;
  },
  save: async ({ tx, changes, actor, now }) => ({ version: await saveSetting(tx, POLICY, changes, actor.userId, now.instant) }),
  event: ({ subject, changes, input }) => ({ kind: 'dispatch.policy_changed', subjectType: 'setting', subjectId: idFrom('setting', POLICY), before: policyIn(subject.value), after: changes, reason: input.reason }),
  newVersion: (output) => output.version,
});

const read = readHandler(readPolicyQuery, {
  permission: 'dispatch.read',
  read: async ({ db }) => {
    const setting = await readSetting(db, POLICY);
    return { policy: policyIn(setting?.value), version: setting?.version ?? 0, preset: setting === undefined };
  },
});

export const policyCommands: readonly CommandHandler[] = [change];
export const policyQueries: readonly QueryHandler[] = [read];
