// Clock policies and the taxonomy as an administrator keeps them. A saved policy is a new version: it counts new problems, and open ones only when somebody
// says so (recalculate), with what they have used.
import { moment } from '../../../kernel/clock.ts';
import { idFrom } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { settled, sql, json, type Db } from '../../../platform/db.ts';
import { handler, readHandler, type CommandHandler, type QueryHandler } from '../../../platform/feature.ts';
import { lockSetting, readSetting, saveSetting } from '../../../platform/settings.ts';
import { DUTIES } from '../../people/duties/rules.ts';
import { seesAll } from '../../projects/scope.ts';
import { eventOf } from '../handling/moving.ts';
import { take } from '../life/life.ts';
import { DEFAULT_KINDS, KINDS_SETTING } from '../pool/kinds.ts';
import { readKinds } from '../pool/reads.ts';
import { choiceIn, POLICY_SETTING, readGround, SHIPPED, SHIPPED_VERSION, type Ground } from '../ground.ts';
import { lockOpen, readOpen, type Locked } from '../store.ts';
import { writeMoves, type Moved } from '../writing.ts';
import * as contract from './contract.ts';
import { counterOf } from './due.ts';
import { policyFaults } from './policy.ts';
import { previewed } from './preview.ts';
import { untold } from './recalculation.ts';
import { KEPT_SETTING, keptIn, openByPolicy, readKept } from './settings.ts';

/** Open problems that a preview looks at, and that one command counts anew. */
const LOOKED_AT = 20_000;
const BATCH = 1000;
const subjectOf = (name: string): string => idFrom('setting', name);

export const policyQueries: readonly QueryHandler[] = [
  readHandler(contract.listPolicies, {
    permission: 'problems.read',
    read: async ({ db }) => {
      const [ground, setting, open] = await settled([readGround(db), readSetting(db, POLICY_SETTING), openByPolicy(db)]);
      return { items: rowsOf(ground, choiceIn(setting?.value), await codesOf(db), open), version: setting?.version ?? 0 };
    },
  }),
  readHandler(contract.getPolicy, {
    permission: 'problems.read',
    read: async ({ db, input }) => {
      const ground = await readGround(db);
      const newest = ground.newest(input.code) ?? refuse('platform.not_found', {});
      const version = input.version ?? newest.version;
      const stored = await db.rows<{ version: number; byName: string; reason: string | null; at: string }>(sql`select version, by_name as "byName", reason, at from problems_policies where code = ${input.code} order by version desc`);
      const shipped = SHIPPED.has(input.code) ? [{ version: SHIPPED_VERSION, byName: null, reason: null, at: null }] : [];
      const versions = [...stored, ...shipped];
      if (!versions.some((one) => one.version === version)) refuse('platform.not_found', {});
      return { code: input.code, version, newest: newest.version, body: ground.policy(input.code, version), versions };
    },
  }),
  readHandler(contract.getKinds, {
    permission: 'problems.read',
    read: async ({ db }) => {
      const [kinds, setting] = await settled([readKinds(db), readSetting(db, KINDS_SETTING)]);
      return { kinds: [...kinds], version: setting?.version ?? 0 };
    },
  }),
  readHandler(contract.getSettings, {
    permission: 'problems.read',
    read: async ({ db }) => {
      const [kept, setting] = await settled([readKept(db), readSetting(db, KEPT_SETTING)]);
      return { ...kept, version: setting?.version ?? 0 };
    },
  }),
];

async function codesOf(db: Db): Promise<readonly string[]> {
  const stored = await db.rows<{ code: string }>(sql`select distinct code from problems_policies`);
  return [...new Set([...SHIPPED.keys(), ...stored.map((row) => row.code)])];
}

function rowsOf(ground: Ground, choice: { readonly code: string; readonly kinds: Readonly<Record<string, string>> }, codes: readonly string[], open: Awaited<ReturnType<typeof openByPolicy>>): contract.PolicyRow[] {
  return codes.flatMap((code) => {
    const newest = ground.newest(code);
    if (newest === undefined) return [];
    const { zh, en, confirm, sampleBp } = ground.policy(code, newest.version);
    const counted = open.filter((one) => one.policy === code);
    const sum = (some: typeof counted): number => some.reduce((all, one) => all + one.open, 0);
    return [{
      code, version: newest.version, zh, en, shipped: SHIPPED.has(code), current: ground.current.code === code, kinds: Object.entries(choice.kinds).flatMap(([kind, of]) => (of === code ? [kind] : [])),
      open: sum(counted), older: sum(counted.filter((one) => one.version < newest.version)), confirm, sampleBp,
    }];
  });
}

export const policyCommands: readonly CommandHandler[] = [
  handler(contract.previewPolicy, {
    permission: 'problems.keep_policies',
    load: async ({ tx, input }) => settled([readGround(tx), readOpen(tx, input.code, LOOKED_AT)]),
    allow: seesAll,
    decide: ({ subject: [ground, open], input, now }) => {
      const faults = policyFaults(input.body);
      if (faults.length > 0) return { faults: [...faults], open: 0, moved: 0, earlier: 0, overdue: 0, examples: [] };
      return { faults: [], ...previewed(open, ground, counterOf(input.body, ground.calendar), moment(now).getTime()) };
    },
    save: async ({ changes }) => changes,
    event: ({ input, output }) => ({ kind: 'problems.policy_previewed', subjectType: 'setting', subjectId: subjectOf(`problems.policy:${input.code}`), after: { moved: output.moved, overdue: output.overdue } }),
  }),
  handler(contract.savePolicy, {
    permission: 'problems.keep_policies',
    load: async ({ tx, input }) => {
      await lockSetting(tx, `problems.policy:${input.code}`);
      const ground = await readGround(tx);
      const newest = ground.newest(input.code);
      return { version: newest?.version ?? 0, before: newest === undefined ? null : ground.policy(newest.code, newest.version) };
    },
    version: ({ version }) => version,
    allow: seesAll,
    decide: ({ subject, input }) => {
      const [fault] = policyFaults(input.body);
      if (fault !== undefined) refuse(`problems.policy_${fault.code}`, { errors: [{ path: `body/${fault.at}`, rule: fault.code, params: {} }] });
      return { code: input.code, version: subject.version + 1 };
    },
    save: async ({ tx, changes, input, actor, now }) => {
      await tx.run(sql`
        insert into problems_policies (code, version, body, by_id, by_name, reason, at) values (${changes.code}, ${changes.version}, ${json(input.body)}::jsonb, ${actor.userId}, ${actor.name}, ${input.reason}, ${now.instant})`);
      return changes;
    },
    newVersion: ({ version }) => version,
    event: ({ subject, input, changes }) => ({ kind: 'problems.policy_saved', subjectType: 'setting', subjectId: subjectOf(`problems.policy:${input.code}`), before: subject.before, after: { ...input.body, version: changes.version }, reason: input.reason }),
  }),
  handler(contract.choosePolicy, {
    permission: 'problems.keep_policies',
    load: async ({ tx }) => ({ setting: await lockSetting(tx, POLICY_SETTING), ground: await readGround(tx), kinds: await readKinds(tx) }),
    version: ({ setting }) => setting.version,
    allow: seesAll,
    decide: ({ subject: { ground, kinds }, input }) => {
      for (const code of [input.code, ...input.kinds.map((one) => one.code)]) if (ground.newest(code) === undefined) refuse('problems.policy_unknown', { errors: [{ path: 'code', rule: 'enum', params: {} }] });
      for (const { kind } of input.kinds) if (!kinds.some((one) => one.code === kind)) refuse('problems.kind_unknown', { errors: [{ path: 'kinds', rule: 'enum', params: {} }] });
      return { code: input.code, kinds: Object.fromEntries(input.kinds.map((one) => [one.kind, one.code])) };
    },
    save: async ({ tx, changes, actor, now }) => ({ version: await saveSetting(tx, POLICY_SETTING, changes, actor.userId, now.instant) }),
    newVersion: ({ version }) => version,
    event: ({ subject, changes, input }) => ({ kind: 'problems.policy_chosen', subjectType: 'setting', subjectId: subjectOf(POLICY_SETTING), before: choiceIn(subject.setting.value), after: changes, reason: input.reason }),
  }),
  handler(contract.recalculate, {
    permission: 'problems.keep_policies',
    load: async ({ tx, input }) => {
      const ground = await readGround(tx);
      const newest = ground.newest(input.code) ?? refuse('problems.policy_unknown', {});
      return { ground, newest, problems: await lockOpen(tx, newest, input.after, BATCH) };
    },
    allow: seesAll,
    decide: ({ subject: { ground, newest, problems }, input, now }) => problems.map((problem) => recalculated(problem, newest, ground, moment(now).getTime(), input.reason)),
    save: async ({ tx, changes, subject, actor, now }) => {
      await writeMoves(tx, changes, subject.ground, actor, now);
      return { done: changes.length, next: changes.length === BATCH ? (changes.at(-1)?.before.id ?? null) : null };
    },
    event: ({ subject, changes, input }) => [
      { kind: 'problems.recalculated', subjectType: 'setting', subjectId: subjectOf(`problems.policy:${input.code}`), after: { ...subject.newest, problems: changes.length }, reason: input.reason },
      ...changes.flatMap(({ before, steps }) => steps.map((step) => eventOf(before, step))),
    ],
  }),
  handler(contract.changeKinds, {
    permission: 'problems.keep_policies',
    load: async ({ tx, input }) => {
      const [setting, before] = [await lockSetting(tx, KINDS_SETTING), await readKinds(tx)];
      return { setting, used: await usedOf(tx, before.map((one) => one.code).filter((code) => input.kinds.every((one) => one.code !== code))) };
    },
    version: ({ setting }) => setting.version,
    allow: seesAll,
    decide: ({ subject: { used }, input }) => {
      const codes = input.kinds.map((one) => one.code);
      const twice = codes.findIndex((code, index) => codes.indexOf(code) !== index);
      if (twice >= 0) refuse('problems.kind_twice', { code: codes[twice] ?? '', errors: [{ path: `kinds/${twice}/code`, rule: 'unique', params: {} }] });
      const [gone] = used;
      if (gone !== undefined) refuse('problems.kind_in_use', { code: gone });
      const strange = input.kinds.findIndex((one) => !DUTIES.includes(one.duty));
      if (strange >= 0) refuse('problems.kind_duty', { errors: [{ path: `kinds/${strange}/duty`, rule: 'enum', params: {} }] });
      return input.kinds;
    },
    save: async ({ tx, changes, actor, now }) => ({ version: await saveSetting(tx, KINDS_SETTING, changes, actor.userId, now.instant) }),
    newVersion: ({ version }) => version,
    event: ({ subject, changes, input }) => ({ kind: 'problems.kinds_changed', subjectType: 'setting', subjectId: subjectOf(KINDS_SETTING), before: subject.setting.value ?? DEFAULT_KINDS, after: changes, reason: input.reason }),
  }),
  handler(contract.changeSettings, {
    permission: 'problems.keep_policies',
    load: async ({ tx }) => ({ setting: await lockSetting(tx, KEPT_SETTING), kinds: await readKinds(tx) }),
    version: ({ setting }) => setting.version,
    allow: seesAll,
    decide: ({ subject: { kinds }, input: { rules, approveUpdates } }) => {
      for (const rule of [rules.red_light, rules.case_due]) if (!kinds.some((one) => one.code === rule.kind)) refuse('problems.kind_unknown', { errors: [{ path: 'rules', rule: 'enum', params: {} }] });
      return { rules, approveUpdates };
    },
    save: async ({ tx, changes, actor, now }) => ({ version: await saveSetting(tx, KEPT_SETTING, changes, actor.userId, now.instant) }),
    newVersion: ({ version }) => version,
    event: ({ subject, changes, input }) => ({ kind: 'problems.settings_changed', subjectType: 'setting', subjectId: subjectOf(KEPT_SETTING), before: keptIn(subject.setting.value), after: changes, reason: input.reason }),
  }),
];

/** Which of some kinds any problem bears; each is one look into the index of the zone's keys, however many problems there are. */
async function usedOf(tx: Db, codes: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.rows<{ code: string }>(sql`
    select v.code from unnest(${[...codes]}::text[]) as v (code) where exists (select 1 from problems_access a where a.key = (select id from people_organisations where parent_id is null) and a.kind = v.code)`);
  return rows.map((row) => row.code);
}

/** Counted by the newest version, from where its round began and with what it has waited. */
function recalculated(problem: Locked, policy: { readonly code: string; readonly version: number }, ground: Ground, now: number, reason: string): Moved {
  const at = Math.max(now, problem.lastAt);
  const life = take(problem.life, { kind: 'reclassified', untold: untold(ground, problem, { policy }, at) }, at);
  return { before: problem, policy, steps: [{ kind: 'reclassified', at, text: reason, details: { before: { policy: problem.policy, version: problem.policyVersion }, policy }, life }] };
}
