// What the zone has promised in public: an overlay of the national catalogue with shorter limits, and silence in a joint review as consent.
// Invented; laid before anything is applied for.
import type { Actor } from '../platform/actor.ts';
import { moment, type Acting } from './acting.ts';
import { OPENED } from './calendar.ts';
import promises from './data/promises.json';

const NOTE = '示范区公布承诺时限，联合审查超时默许（演示）';

export async function promiseLimits(acting: Acting, who: Actor): Promise<void> {
  const { code } = promises;
  const day = OPENED.people;
  await acting.act({ who, at: moment(day, 40_000), name: 'approvals.save_catalogue_version', versionOf: code, input: { layer: code, fromDay: day, body: promises, note: NOTE } });
  await acting.act({ who, at: moment(day, 40_060), name: 'approvals.set_layer', versionOf: code, input: { layer: code, laid: true, fromDay: day, note: NOTE } });
}
