// What the zone has promised in public: an overlay of the national catalogue with shorter limits, invented, laid before anything is applied for.
import { moment, type Acting } from './acting.ts';
import promises from './data/promises.json';
import { OPENED } from './calendar.ts';

const NOTE = '示范区公布承诺时限（演示）';

export async function promiseLimits(acting: Acting): Promise<void> {
  const deed = { who: acting.app.system, versionOf: `layer ${promises.code}` };
  await acting.act({ ...deed, at: moment(OPENED.people, 2000), name: 'approvals.save_catalogue_version', input: { layer: promises.code, fromDay: OPENED.people, body: promises, note: NOTE } });
  await acting.act({ ...deed, at: moment(OPENED.people, 2001), name: 'approvals.set_layer', input: { layer: promises.code, laid: true, fromDay: OPENED.people, note: NOTE } });
}
