// Finds problems by number, words or pinyin initials for the search of the frame: by index, the latest first, never more candidates than a bound.
import type { OutputOf } from '../../../kernel/contract.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { reachable } from './access.ts';
import type { searchProblems } from './finding.ts';
import { matching } from './reads.ts';

type Found = OutputOf<typeof searchProblems>['items'][number];

/** Candidates that are ordered: a text so common that more titles hold it needs another character anyway. */
const CANDIDATES = 200;

export async function findProblems(db: Db, actor: Actor, text: string, limit: number): Promise<Found[]> {
  const own = actor.isSystem || actor.scope.all ? sql`true` : reachable(actor, sql`p.id`);
  return db.rows<Found>(sql`
    select p.id, p.number, p.title, p.state, coalesce(o.short_name, o.name) as "ownerName"
    from (select p.id, p.seq from problems_problems p where ${matching(text)} and ${own} limit ${CANDIDATES}) as found join problems_problems p on p.id = found.id join people_organisations o on o.id = p.owner_org_id
    order by p.step is null, found.seq desc limit ${limit}`);
}
