// A layer without its items: flows, milestones, bundles and the policy of simulation and promise, as they are seen through it and without it.
// Reads only.
import type { OutputOf } from '../../../kernel/contract.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { readHandler } from '../../../platform/feature.ts';
import { getFrame } from './contract.ts';
import type { Effective } from './effective.ts';
import { effectiveOn, inForce } from './layers.ts';
import { lineOf, under } from './reading.ts';
import { FRAME_FIELDS, TRACKS, type Catalogue, type Frame } from './shape.ts';
import { readLayers } from './store.ts';

export const frameQuery = readHandler(getFrame, {
  permission: 'approvals.read',
  read: async ({ db, input, now }): Promise<OutputOf<typeof getFrame>> => {
    const day = input.day ?? now.day;
    const layers = await readLayers(db);
    const layer = layers.find((one) => one.code === input.layer) ?? refuse('platform.not_found', {});
    const body = inForce(layer, day)?.body;
    const lower = under(layers, layer);
    const through: Effective | undefined = body === undefined ? undefined : layer.kind === 'base' ? effectiveOn([layer], day) : effectiveOn([...lower, layer], day, layer.code);
    const below = layer.kind === 'base' || body === undefined ? undefined : effectiveOn(lower, day);
    const { items, milestones } = (through ?? effectiveOn(layers, day)).catalogue;
    return {
      day, layer: lineOf(layer, day), frame: frameOf(through?.catalogue), below: frameOf(below?.catalogue),
      says: body === undefined ? [] : FRAME_FIELDS.filter((field) => field in body), sources: [...(through?.catalogue.sources ?? [])],
      ownBundles: (body?.bundles ?? []).map((one) => one.code),
      names: [
        ...items.map(({ code, name, stage, tracks }) => ({ code, name, stage, tracks: TRACKS.filter((track) => tracks[track] !== undefined) })),
        ...milestones.map(({ code, name }) => ({ code, name, stage: null, tracks: [...TRACKS] })),
      ],
      faster: items.map(({ code, simulatable, deferrable, promise, silentConsent }) => ({ code, simulatable, deferrable, promise, silentConsent })),
    };
  },
});

function frameOf(catalogue: Catalogue | undefined): Frame | null {
  if (catalogue === undefined) return null;
  const { flows, milestones, bundles, simulation, promiseDays } = catalogue;
  return { flows, milestones, bundles, simulation, promiseDays };
}
