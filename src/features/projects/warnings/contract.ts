// Warnings: the lights that are on, the rules that light them, and what a change of rules would change.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { LightObject, WarningRule, WarningRules } from './rules.ts';

const closed = { additionalProperties: false } as const;
const Id = Type.String({ pattern: '^[0-9a-f-]{36}$' });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Numbers = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]));
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

export const LightItem = Type.Object({
  id: Id, projectId: Id, projectName: Type.String(), townName: maybe(Type.String()), stage: Type.String(), commissionerName: maybe(Type.String()),
  rule: Type.String(), object: LightObject, level: Type.Integer(), since: Day, levelSince: Day, cleared: maybe(Day), subject: Type.String(), numbers: Numbers,
}, closed);

/** Lights that are on (or were: `history`), worst first. Paged by keyset. */
export const listLights = queryContract('projects.lights', {
  input: Type.Object({
    projectId: Type.Optional(Id), object: Type.Optional(Type.Array(LightObject)), level: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 3 }))), rule: Type.Optional(Type.String({ maxLength: 50 })),
    townId: Type.Optional(Id), history: Type.Optional(Type.Boolean()), after: Type.Optional(Type.String({ maxLength: 200 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }, closed),
  output: Type.Object({ items: Type.Array(LightItem), next: maybe(Type.String()) }, closed),
});

/** How many lights of each object and level are on, within the reader's scope. */
export const countLights = queryContract('projects.light_counts', {
  input: Type.Object({}, closed),
  output: Type.Object({ items: Type.Array(Type.Object({ object: LightObject, level: Type.Integer(), lights: Type.Integer(), projects: Type.Integer() }, closed)), projects: Type.Array(Type.Object({ level: Type.Integer(), projects: Type.Integer() }, closed)) }, closed),
});

export const readWarningRules = queryContract('projects.warning_rules', {
  input: Type.Object({}, closed),
  output: Type.Object({ rules: Type.Array(WarningRule), version: Type.Integer() }, closed),
});

const Change = Type.Object({ projectId: Id, projectName: Type.String(), rule: Type.String(), subject: Type.String(), object: LightObject, before: Type.Integer(), after: Type.Integer() }, closed);

/** What would change if these rules held from now on: computed, nothing is written. It is a command because rules are too long for an address. */
export const previewWarningRules = commandContract('projects.preview_warning_rules', {
  input: WarningRules,
  output: Type.Object({ faults: Type.Array(Type.Object({ rule: Type.String(), fault: Type.String() }, closed)), projects: Type.Integer(), more: Type.Integer(), less: Type.Integer(), changes: Type.Array(Change), counts: Type.Array(Type.Object({ level: Type.Integer(), before: Type.Integer(), after: Type.Integer() }, closed)) }, closed),
});

export const changeWarningRules = commandContract('projects.change_warning_rules', {
  input: Type.Object({ rules: WarningRules.properties.rules, reason: Type.String({ minLength: 2, maxLength: 500 }) }, closed),
  output: Type.Object({ version: Type.Integer(), projects: Type.Integer() }, closed),
  versioned: true,
});
