// Which organisations and people an actor may know and manage: those whose path from the root holds one of his reader keys.
import type { Actor } from '../../platform/actor.ts';
import { sql, type Sql } from '../../platform/db.ts';

/** A condition on an organisation's path: `within(actor, sql\`o.path\`)`. The root's key stands in every path: it sees all. */
export function within(actor: Actor, path: Sql): Sql {
  return actor.isSystem ? sql`true` : sql`${path} && ${[...actor.scope.keys]}::uuid[]`;
}
