// Which kind of problem a decision of a meeting is about, by the words of the zone's taxonomy.
import type { Db } from '../../../platform/db.ts';
import { suggested } from '../../problems/pool/kinds.ts';
import { readKinds } from '../../problems/pool/reads.ts';

/** Gives a function from text to a kind's code: the kind whose words stand in it, else the last one, which is for what fits nowhere. */
export async function kindGuesser(db: Db): Promise<(text: string) => string> {
  const kinds = await readKinds(db);
  const rest = kinds.filter((kind) => kind.retired !== true).at(-1)?.code ?? '';
  return (text) => suggested(kinds, text)[0]?.code ?? rest;
}
