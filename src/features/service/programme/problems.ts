// How many problems that the reader may know are tagged with each action. Nothing is counted where the zone keeps no problems yet.
import type { Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';

export async function problemCounts(_db: Db, _actor: Actor): Promise<ReadonlyMap<string, number>> {
  return new Map(await Promise.resolve<[string, number][]>([]));
}
