// Which kind of problem words are about, by the zone's taxonomy: of a decision of a meeting, of what is raised on site.
import type { Db } from '../../platform/db.ts';
import { suggested } from '../problems/pool/kinds.ts';
import { readKinds } from '../problems/pool/reads.ts';

/**
 * Gives a function from texts to a kind's code: the kind whose words stand in the first of them that says anything, else the last one, which is for what
 * fits nowhere. What is asked comes before the title: the name of a hydrogen station is no question of energy.
 */
export async function kindGuesser(db: Db): Promise<(...texts: readonly string[]) => string> {
  const kinds = await readKinds(db);
  const rest = kinds.filter((kind) => kind.retired !== true).at(-1)?.code ?? '';
  return (...texts) => texts.flatMap((text) => suggested(kinds, text).slice(0, 1))[0]?.code ?? rest;
}
