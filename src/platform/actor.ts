// Who acts: the person (or the system) whose permissions and scope every command and query is run with.

export interface Scope {
  /** Reader keys: the root organisation's id (all), organisation ids, the person's own id, chain keys. Empty sees nothing. */
  readonly keys: readonly string[];
  /** True when the keys hold the root organisation: the whole zone. */
  readonly all: boolean;
}

export interface Actor {
  readonly userId: string;
  readonly name: string;
  readonly orgId: string;
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<string>;
  readonly scope: Scope;
  readonly locale: 'zh-CN' | 'en';
  /** The program itself: demonstration data, jobs. Passes every permission. */
  readonly isSystem: boolean;
  /** The session or token that carries the request, where there is one. */
  readonly sessionId?: string;
  readonly mustChangePassword?: boolean;
}

export function may(actor: Actor, permission: string): boolean {
  return actor.isSystem || actor.permissions.has(permission);
}
