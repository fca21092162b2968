// Who looks: an officer of the zone, or somebody of an enterprise, who sees what is public and what is his own. Written once for all lists and records.
import { may, type Actor } from '../../platform/actor.ts';
import { sql, type Db } from '../../platform/db.ts';

export interface Standing {
  /** Anybody but the people of enterprises. */
  readonly officer: boolean;
  /** The bodies for which he speaks: his own and those below it. */
  readonly orgs: readonly string[];
  /** Looks after all that is the zone's. */
  readonly all: boolean;
}

export async function standingOf(db: Db, actor: Actor): Promise<Standing> {
  if (actor.isSystem || actor.scope.all) return { officer: true, orgs: [], all: true };
  const rows = await db.rows<{ id: string; own: boolean; kind: string }>(sql`
    select o.id, o.id = ${actor.orgId}::uuid as own, o.kind from people_organisations o where o.path && ${[actor.orgId]}::uuid[] and (o.id = ${actor.orgId} or exists (select 1 from people_organisations h where h.id = ${actor.orgId} and h.kind <> 'zone'))`);
  const officer = may(actor, 'service.match') || rows.find((row) => row.own)?.kind !== 'enterprise';
  return { officer, orgs: rows.map((row) => row.id), all: false };
}

export function speaksFor(standing: Standing, orgId: string | null): boolean {
  return standing.all || (orgId !== null && standing.orgs.includes(orgId));
}
