// Finds projects by two characters, pinyin initials or code within milliseconds among a hundred thousand, for the reader's own.
// Names that begin with the text come first; never more candidates are looked at than a written bound.
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import { reachable } from '../scope.ts';
import type { searchProjects } from './contract.ts';
import { askedOf } from '../../../kernel/grams.ts';
import { matching } from './list.ts';

type Found = OutputOf<typeof searchProjects>['items'][number];

/** Candidates that are ranked: a text so common that more names hold it needs another character anyway. */
const CANDIDATES = 200;

export async function search(db: Db, actor: Actor, text: string, limit: number): Promise<Found[]> {
  const asked = askedOf(text);
  const wanted = text.trim();
  const exact = candidates(actor, sql`(p.name = ${wanted} or p.code = ${wanted})`, 0, limit);
  const starting = asked.start === undefined ? undefined : candidates(actor, matching(text, true), 1, CANDIDATES);
  const holding = candidates(actor, matching(text), 2, CANDIDATES);
  return db.rows<Found>(sql`
    select p.id, p.seq, p.name, p.code, p.stage, p.side_state as "sideState", p.light, (select name from people_organisations where id = p.town_id) as "townName"
    from (select id, min(rank) as rank, seq from (${sql.join([exact, ...(starting === undefined ? [] : [starting]), holding], ' union all ')}) as each group by id, seq order by rank, seq limit ${limit}) as best
    join projects_projects p on p.id = best.id order by best.rank, best.seq`);
}

function candidates(actor: Actor, where: Sql, rank: number, limit: number): Sql {
  const own = actor.scope.all ? sql`true` : reachable(actor, sql`p.id`);
  return sql`(select p.id, ${rank}::int as rank, p.seq from projects_projects p where ${where} and ${own} limit ${limit})`;
}
