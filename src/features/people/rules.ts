// What a person may reach: from roles to permissions and reader keys. Pure; the same keys are written beside each project by keep.ts.
import { idFrom } from '../../kernel/ids.ts';
import type { ScopeKind } from './fields.ts';

/** The reader key of an industry chain: whoever looks after the chain finds its projects under it. */
export function chainKey(code: string): string {
  return idFrom('chain', code);
}

export interface RoleFacts {
  readonly code: string;
  readonly scope: ScopeKind;
  readonly permissions: readonly string[];
}

export interface Standing {
  readonly rootId: string;
  readonly orgId: string;
  readonly userId: string;
  readonly chains: readonly string[];
}

/** Several roles reach what each of them reaches; the whole zone alone where one of them sees all. */
export function scopeOf(roles: readonly RoleFacts[], who: Standing): { readonly keys: readonly string[]; readonly all: boolean } {
  if (roles.some((role) => role.scope === 'all')) return { keys: [who.rootId], all: true };
  const keys = new Set(roles.flatMap((role) => keysOf(role.scope, who)));
  return { keys: [...keys], all: keys.has(who.rootId) };
}

function keysOf(scope: ScopeKind, who: Standing): readonly string[] {
  switch (scope) {
    case 'all': return [who.rootId];
    case 'organisation': return [who.orgId];
    case 'enterprise': return [who.orgId];
    case 'projects': return [who.userId];
    case 'chain': return who.chains.map(chainKey);
  }
}

export function permissionsOf(roles: readonly RoleFacts[]): ReadonlySet<string> {
  return new Set(roles.flatMap((role) => role.permissions));
}

/** True when a role gives more than its giver has: an administrator of one town must not make an administrator of the zone. */
export function wider(role: RoleFacts, giver: { readonly scope: { readonly all: boolean }; readonly permissions: ReadonlySet<string> }): boolean {
  if (giver.scope.all) return false;
  return role.scope === 'all' || role.permissions.some((permission) => !giver.permissions.has(permission));
}
