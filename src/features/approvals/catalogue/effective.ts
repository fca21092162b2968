// Lays overlays over a catalogue as they hold on a day, and says of every value that was replaced where it comes from. Never changes
// what it is given, and never lets an overlay name an item that the catalogue does not have.
import { refuse } from '../../../kernel/refuse.ts';
import type { Catalogue, Item, ItemPatch, Overlay } from './shape.ts';

export interface Origin {
  /** Code and version of the catalogue or overlay that gave the value. */
  readonly code: string;
  readonly version: string;
}

export interface Effective {
  readonly catalogue: Catalogue;
  /** national@2026.1+henan@2020.1: the same label is the same content. */
  readonly label: string;
  /** The overlays that held on the day, in the order in which they were laid. */
  readonly laid: readonly Origin[];
  /** Where a value of an item comes from. */
  originOf(code: string, field: keyof ItemPatch): Origin;
}

/**
 * The catalogue as it holds on a day (YYYY-MM-DD): of the overlays given those that hold on it, each over the ones before, field by field.
 * Refuses `approvals.overlay_item` where an overlay patches an item that there is not.
 */
export function effective(base: Catalogue, overlays: readonly Overlay[], day: string): Effective {
  const laid = overlays.filter((one) => one.from <= day && (one.until === null || day <= one.until));
  const origins = new Map<string, Origin>();
  const root: Origin = { code: base.code, version: base.version };
  const catalogue = laid.reduce((under, one) => laidOver(under, one, origins), base);
  return {
    catalogue,
    label: [root, ...laid].map((one) => `${one.code}@${one.version}`).join('+'),
    laid: laid.map(({ code, version }) => ({ code, version })),
    originOf: (code, field) => origins.get(`${code}.${field}`) ?? root,
  };
}

function laidOver(under: Catalogue, overlay: Overlay, origins: Map<string, Origin>): Catalogue {
  const known = new Set(under.items.map((one) => one.code));
  const stranger = Object.keys(overlay.items).find((code) => !known.has(code));
  if (stranger !== undefined) refuse('approvals.overlay_item', { overlay: overlay.code, item: stranger });
  for (const [code, patch] of Object.entries(overlay.items)) {
    for (const field of Object.keys(patch)) origins.set(`${code}.${field}`, { code: overlay.code, version: overlay.version });
  }
  const sources = overlay.sources.filter((one) => !under.sources.some((other) => other.key === one.key));
  return {
    ...under,
    sources: [...under.sources, ...sources],
    items: under.items.map((item) => patched(item, overlay.items[item.code])),
    ...(overlay.flows === undefined ? {} : { flows: overlay.flows }),
    ...(overlay.simulation === undefined ? {} : { simulation: overlay.simulation }),
    ...(overlay.promiseDays === undefined ? {} : { promiseDays: overlay.promiseDays }),
    ...(overlay.bundles === undefined ? {} : { bundles: [...under.bundles.filter((one) => overlay.bundles?.every((other) => other.code !== one.code)), ...overlay.bundles] }),
    ...(overlay.milestones === undefined ? {} : { milestones: under.milestones.map((one) => overlay.milestones?.find((other) => other.code === one.code) ?? one) }),
  };
}

// A track that the patch does not name stays as it was: an overlay for one track must not take the other away.
function patched(item: Item, patch: ItemPatch | undefined): Item {
  if (patch === undefined) return item;
  return { ...item, ...patch, tracks: { ...item.tracks, ...patch.tracks } };
}
