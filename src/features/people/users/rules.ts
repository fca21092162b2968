// What may be done to a person, and what is shown of one. Pure.
import { refuse } from '../../../kernel/refuse.ts';
import type { RoleFacts } from '../rules.ts';
import { wider } from '../rules.ts';

export interface UserFacts {
  readonly id: string;
  readonly org_id: string;
  readonly login: string;
  readonly name: string;
  readonly phone: string | null;
  readonly locale: string;
  readonly chains: readonly string[];
  readonly active: boolean;
  readonly demo: boolean;
  readonly version: number;
}

export interface GivenRole extends RoleFacts {
  readonly id: string;
  readonly active: boolean;
}

export interface Giver {
  readonly userId: string;
  readonly isSystem: boolean;
  readonly scope: { readonly all: boolean };
  readonly permissions: ReadonlySet<string>;
}

/** Roles that somebody is to have. `asked`: their ids; fewer were found when one does not exist. */
export function refuseRoles(roles: readonly GivenRole[], asked: readonly string[], giver: Giver): void {
  const missing = asked.filter((id) => !roles.some((role) => role.id === id && role.active));
  if (missing.length > 0) refuse('platform.invalid', { errors: [{ path: 'roleIds', rule: 'role', code: 'people.no_role', params: {} }] });
  if (!giver.isSystem && roles.some((role) => wider(role, giver))) refuse('people.role_too_wide', {});
}

/** Separation of duties (三员分立): nobody gives himself roles, nor shuts himself out. */
export function refuseSelf(user: { readonly id: string }, giver: Giver): void {
  if (user.id === giver.userId) refuse('people.not_oneself', {});
}

/** Whoever has more than the giver is not his to change: a new password is as good as the roles behind it. */
export function refuseMightier(roles: readonly RoleFacts[], giver: Giver): void {
  if (!giver.isSystem && roles.some((role) => wider(role, giver))) refuse('people.role_too_wide', {});
}

export interface UserInput {
  readonly orgId?: string;
  readonly login?: string;
  readonly name?: string;
  readonly phone?: string | null;
  readonly locale?: string;
  readonly chains?: readonly string[];
  readonly roleIds?: readonly string[];
}

export interface UserChange {
  readonly values: Omit<UserFacts, 'id' | 'active' | 'demo' | 'version'>;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  readonly roleIds: readonly string[] | undefined;
}

/** What an edit really changes. In history a telephone number stands masked. */
export function editedUser(user: UserFacts, current: readonly { readonly id: string; readonly code: string }[], next: readonly { readonly id: string; readonly code: string }[], input: UserInput): UserChange {
  const values = {
    org_id: input.orgId ?? user.org_id, login: input.login ?? user.login, name: input.name?.trim() ?? user.name, phone: phoneOf(input.phone, user.phone), locale: input.locale ?? user.locale,
    chains: input.chains ?? user.chains,
  };
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  const note = (name: string, from: unknown, to: unknown, show: (value: unknown) => unknown = (value) => value): void => {
    if (JSON.stringify(from) === JSON.stringify(to)) return;
    before[name] = show(from);
    after[name] = show(to);
  };
  note('orgId', user.org_id, values.org_id);
  note('login', user.login, values.login);
  note('name', user.name, values.name);
  note('phone', user.phone, values.phone, (value) => (typeof value === 'string' ? masked(value) : value));
  note('locale', user.locale, values.locale);
  note('chains', user.chains, values.chains);
  const codes = (roles: readonly { readonly code: string }[]): string[] => roles.map((role) => role.code).sort();
  if (input.roleIds !== undefined) note('roles', codes(current), codes(next));
  return { values, before, after, roleIds: 'roles' in after ? input.roleIds : undefined };
}

function phoneOf(given: string | null | undefined, current: string | null): string | null {
  if (given === undefined) return current;
  const text = given?.trim() ?? '';
  return text === '' ? null : text;
}

/** 138****5678 */
export function masked(phone: string): string {
  const digits = [...phone];
  if (digits.length < 7) return '*'.repeat(digits.length);
  return `${digits.slice(0, 3).join('')}${'*'.repeat(digits.length - 7)}${digits.slice(-4).join('')}`;
}

const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password that can be read out on the telephone: sixteen of 31 signs in four groups, 79 bits. `random`: at least 16 bytes. */
export function readablePassword(random: Uint8Array): string {
  const signs = [...random.subarray(0, 16)].map((byte) => SIGNS[byte % SIGNS.length] ?? 'a');
  return [0, 4, 8, 12].map((from) => signs.slice(from, from + 4).join('')).join('-');
}
