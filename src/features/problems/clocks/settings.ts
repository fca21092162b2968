// What a zone has decided of its pool of problems beside the clocks: what is raised by rule, whether updates are approved. Data with a default.
import { sql, type Db } from '../../../platform/db.ts';
import { readSetting } from '../../../platform/settings.ts';
import { checker } from '../../../platform/validate.ts';
import Type, { type Static } from 'typebox';
import { closed } from '../../people/fields.ts';
import { AutoRules } from './contract.ts';

export const KEPT_SETTING = 'problems.settings';

const Kept = Type.Object({ rules: AutoRules, approveUpdates: Type.Boolean() }, closed);
export type Kept = Static<typeof Kept>;
const check = checker(Kept);

/** Nothing is raised by itself, and an update counts when it is told, until a zone wants it otherwise. */
export const KEPT_DEFAULT: Kept = { rules: { red_light: { on: false, kind: 'other', severity: 'urgent' }, case_due: { on: false, kind: 'approval', severity: 'urgent', workdays: 1 } }, approveUpdates: false };

export function keptIn(value: unknown): Kept {
  return value === undefined || value === null ? KEPT_DEFAULT : check(value);
}

export async function readKept(db: Db): Promise<Kept> {
  return keptIn((await readSetting(db, KEPT_SETTING))?.value);
}

/** How many open problems are counted by each version of each policy. */
export async function openByPolicy(db: Db): Promise<readonly { readonly policy: string; readonly version: number; readonly open: number }[]> {
  return db.rows(sql`select policy, policy_version as version, count(*)::int as open from problems_problems where step is not null group by 1, 2`);
}
