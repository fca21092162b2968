// What may be done to a role. Pure.
import { refuse } from '../../../kernel/refuse.ts';

export const MANAGE = 'people.manage';

export interface Role {
  readonly id: string;
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly permissions: readonly string[];
  readonly scope: 'all' | 'organisation' | 'projects' | 'chain' | 'enterprise';
  readonly builtin: boolean;
  readonly active: boolean;
  readonly sort: number;
  readonly version: number;
}

export interface RoleInput {
  readonly nameZh?: string;
  readonly nameEn?: string;
  readonly permissions?: readonly string[];
  readonly scope?: Role['scope'];
  readonly sort?: number;
  readonly active?: boolean;
}

export function refuseUnknown(permissions: readonly string[], known: readonly string[]): void {
  const wrong = permissions.filter((permission) => !known.includes(permission));
  if (wrong.length > 0) refuse('platform.invalid', { errors: wrong.map((permission) => ({ path: 'permissions', rule: 'permission', code: 'people.unknown_permission', params: { permission } })) });
}

export interface RoleChange {
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  readonly role: Role;
}

export function editedRole(role: Role, input: RoleInput, known: readonly string[]): RoleChange {
  if (input.permissions !== undefined) refuseUnknown(input.permissions, known);
  if (role.builtin && input.active === false) refuse('people.role_builtin', {});
  const next: Role = {
    ...role, name_zh: input.nameZh?.trim() ?? role.name_zh, name_en: input.nameEn?.trim() ?? role.name_en, permissions: ordered(input.permissions ?? role.permissions, known),
    scope: input.scope ?? role.scope, sort: input.sort ?? role.sort, active: input.active ?? role.active,
  };
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  const note = (name: string, from: unknown, to: unknown): void => {
    if (JSON.stringify(from) === JSON.stringify(to)) return;
    before[name] = from;
    after[name] = to;
  };
  note('nameZh', role.name_zh, next.name_zh);
  note('nameEn', role.name_en, next.name_en);
  note('permissions', ordered(role.permissions, known), next.permissions);
  note('scope', role.scope, next.scope);
  note('sort', role.sort, next.sort);
  note('active', role.active, next.active);
  return { before, after, role: next };
}

/** In the order of the registry, so that two saves of the same set are the same. */
export function ordered(permissions: readonly string[], known: readonly string[]): readonly string[] {
  const wanted = new Set(permissions);
  return [...known.filter((permission) => wanted.has(permission)), ...permissions.filter((permission) => !known.includes(permission)).sort()];
}
