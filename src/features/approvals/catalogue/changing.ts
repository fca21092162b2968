// Changes of the catalogue: each is decided on all layers under one lock, must make sense on every day that it touches, and leaves a
// version or a switch with its event.
import { idFrom } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, type CommandHandler, type EventRecord } from '../../../platform/feature.ts';
import { seesAll } from '../../projects/scope.ts';
import { confirmed } from './checks.ts';
import * as contract from './contract.ts';
import { inForce, type Layer } from './layers.ts';
import { foresee } from './previewing.ts';
import { catalogueFaults, drafted, refuseFaults, withdrawable, withoutVersion, type CatalogueFault, type Draft, type Drafted } from './rules.ts';
import type { ItemPatch } from './shape.ts';
import * as store from './store.ts';

export const PERMISSION = 'approvals.change_catalogue';

export interface Subject {
  readonly layers: readonly Layer[];
  readonly layer: Layer;
}

interface Decided extends Drafted {
  readonly faults: readonly CatalogueFault[];
}

async function load({ tx, input }: { tx: Db; input: { readonly layer: string } }): Promise<Subject | undefined> {
  const layers = await store.lockLayers(tx);
  const layer = layers.find((one) => one.code === input.layer);
  return layer === undefined ? undefined : { layers, layer };
}

const preview = handler(contract.previewCatalogue, {
  permission: PERMISSION,
  // Counted before anything begins, for whoever may see what it tells.
  prepare: async ({ db, actor, input, now }) => (seesAll(actor) ? foresee(db, input, now.day) : undefined),
  load: async ({ prepared }) => ({ found: prepared }),
  allow: seesAll,
  decide: ({ subject: { found } }) => (found === undefined ? refuse('platform.not_allowed', { command: contract.previewCatalogue.name }) : 'refusal' in found ? refuse(found.refusal.code, found.refusal.details) : found),
  save: async ({ changes }) => changes,
  event: ({ input, output }) => told('approvals.catalogue_previewed', input.layer, { faults: output.faults.length, items: output.items.length, projects: output.counts?.touched ?? output.projects.length }, ''),
});

// A whole body under a new code makes a layer: an overlay, for there is one base.
export async function loadOrNew({ tx, input }: { tx: Db; input: { readonly layer: string } }): Promise<Subject> {
  const layers = await store.lockLayers(tx);
  return { layers, layer: layers.find((one) => one.code === input.layer) ?? store.newLayer(layers, input.layer) };
}

function decided({ layers, layer }: Subject, draft: Draft, today: string): Decided {
  const made = drafted(layers, layer, draft, today);
  return { ...made, faults: catalogueFaults(made.layers, layer.code, draft.fromDay) };
}

export function sound(subject: Subject, draft: Draft, today: string): Decided {
  const made = decided(subject, draft, today);
  refuseFaults(made.faults);
  return made;
}

export const common = { permission: PERMISSION, version: ({ layer }: { readonly layer: Layer }) => layer.version, allow: seesAll, newVersion: (output: { version: number }) => output.version };

export async function stored({ tx, subject, changes: made, note, source, by, at }: { tx: Db; subject: Subject; changes: Decided; note: string; source: store.VersionSource; by: string; at: Date }): Promise<{ layer: string; version: number; number: number | null }> {
  const version = await store.touchLayer(tx, subject.layer, made.periods === undefined ? {} : { periods: made.periods }, by, at);
  if (made.version !== undefined) await store.addVersion(tx, subject.layer.code, { ...made.version, note: note.trim(), source }, by, at);
  return { layer: subject.layer.code, version, number: made.version?.number ?? null };
}

export const told = (kind: string, layer: string, after: unknown, reason: string): EventRecord => ({ kind, subjectType: 'approvals_layer', subjectId: idFrom('approvals_layer', layer), after, reason: reason.trim() });

const saveVersion = handler(contract.saveVersion, {
  ...common,
  load: loadOrNew,
  decide: ({ subject, input, now }) => sound(subject, { kind: 'body', fromDay: input.fromDay, body: input.body }, now.day),
  save: async ({ tx, subject, changes: made, input, actor, now }) => stored({ tx, subject, changes: made, note: input.note, source: 'edited', by: actor.userId, at: now.instant }),
  event: ({ input, output }) => told('approvals.catalogue_changed', input.layer, { number: output.number, fromDay: input.fromDay }, input.note),
});

const saveItem = handler(contract.saveItem, {
  ...common,
  load,
  decide: ({ subject, input: { layer: _layer, note: _note, ...change }, now }) => sound(subject, { kind: 'item', ...change }, now.day),
  save: async ({ tx, subject, changes: made, input, actor, now }) => stored({ tx, subject, changes: made, note: input.note, source: 'edited', by: actor.userId, at: now.instant }),
  event: ({ input, output }) => told('approvals.item_changed', input.layer, { number: output.number, fromDay: input.fromDay, code: input.code, patch: input.patch, ...(input.reset === undefined ? {} : { reset: input.reset }) }, input.note),
});

const dropItem = handler(contract.dropItem, {
  ...common,
  load,
  decide: ({ subject, input, now }) => sound(subject, { kind: 'drop', fromDay: input.fromDay, code: input.code }, now.day),
  save: async ({ tx, subject, changes: made, input, actor, now }) => stored({ tx, subject, changes: made, note: input.note, source: 'edited', by: actor.userId, at: now.instant }),
  event: ({ input, output }) => told('approvals.item_dropped', input.layer, { number: output.number, fromDay: input.fromDay, code: input.code }, input.note),
});

const setLayer = handler(contract.setLayer, {
  ...common,
  load,
  decide: ({ subject, input, now }): { made: Decided | undefined; sort: number | undefined } => {
    if (input.laid === undefined && input.sort === undefined) refuse('approvals.unchanged', {});
    if (subject.layer.kind === 'base') refuse('approvals.base_always', {});
    const { sort } = input;
    const ordered = sort === undefined ? subject : { layers: subject.layers.map((one) => (one === subject.layer ? { ...one, sort } : one)), layer: { ...subject.layer, sort } };
    if (input.laid === undefined) refuseFaults(catalogueFaults(ordered.layers, subject.layer.code, now.day));
    return { made: input.laid === undefined ? undefined : sound(ordered, { kind: 'switch', fromDay: input.fromDay ?? now.day, laid: input.laid }, now.day), sort };
  },
  save: async ({ tx, subject, changes: { made, sort }, actor, now }) => {
    const version = await store.touchLayer(tx, subject.layer, { ...(made?.periods === undefined ? {} : { periods: made.periods }), ...(sort === undefined ? {} : { sort }) }, actor.userId, now.instant);
    return { layer: subject.layer.code, version, number: null };
  },
  event: ({ input, changes: { made, sort } }) => told('approvals.layer_set', input.layer, { ...(made?.periods === undefined ? {} : { periods: made.periods }), ...(sort === undefined ? {} : { sort }) }, input.note),
});

const withdraw = handler(contract.withdrawVersion, {
  ...common,
  load,
  decide: ({ subject, input, now }) => {
    const found = withdrawable(subject.layer, input.number, now.day);
    refuseFaults(catalogueFaults(withoutVersion(subject.layers, subject.layer, input.number), subject.layer.code, found.fromDay));
    return found;
  },
  save: async ({ tx, subject, changes: { number }, input, actor, now }) => {
    const version = await store.touchLayer(tx, subject.layer, {}, actor.userId, now.instant);
    await store.withdraw(tx, subject.layer.code, number, input.reason.trim(), actor.userId, now.instant);
    return { layer: subject.layer.code, version, number };
  },
  event: ({ input, changes: { number, fromDay } }) => told('approvals.version_withdrawn', input.layer, { number, fromDay }, input.reason),
});

const saveFrame = handler(contract.saveFrame, {
  ...common,
  load,
  decide: ({ subject, input: { layer: _layer, note: _note, ...change }, now }) => sound(subject, { kind: 'frame', ...change }, now.day),
  save: async ({ tx, subject, changes: made, input, actor, now }) => stored({ tx, subject, changes: made, note: input.note, source: 'edited', by: actor.userId, at: now.instant }),
  event: ({ input, output }) => told('approvals.frame_changed', input.layer, { number: output.number, fromDay: input.fromDay, patch: input.patch, ...(input.reset === undefined ? {} : { reset: input.reset }) }, input.note),
});

const confirm = handler(contract.confirmBasis, {
  ...common,
  load,
  decide: ({ subject, input, actor, now }) => {
    const { quote, link } = input;
    if (quote === undefined && link === undefined) refuse('approvals.no_words', {});
    if (input.read === 'law' && input.article === undefined) refuse('approvals.no_article', {});
    const item = ownItem(subject.layer, input.code, input.fromDay);
    const patch = confirmed(item, input.place, { ...input, checked: { by: actor.name.slice(0, 100), day: now.day, ...(quote === undefined ? {} : { quote: quote.trim() }), ...(link === undefined ? {} : { link }) } });
    return sound(subject, { kind: 'item', fromDay: input.fromDay, code: input.code, patch, sources: input.sources ?? [], confirmed: true }, now.day);
  },
  save: async ({ tx, subject, changes: made, input: { code, article, quote, link }, actor, now }) => stored({ tx, subject, changes: made, note: [code, article, quote, link].filter((one) => one !== undefined).join(' ').slice(0, 1000), source: 'edited', by: actor.userId, at: now.instant }),
  event: ({ input: { layer, fromDay, code, place, source, article, read, quote, link }, output }) => told('approvals.basis_confirmed', layer, { number: output.number, fromDay, code, place, source, read, ...(article === undefined ? {} : { article }), ...(quote === undefined ? {} : { quote }), ...(link === undefined ? {} : { link }) }, ''),
});

/** What the layer itself says of an item on a day: a mark is put where the value is. */
function ownItem(layer: Layer, code: string, day: string): ItemPatch {
  const body = inForce(layer, day)?.body;
  const found = body === undefined ? undefined : 'until' in body ? body.items[code] : body.items.find((one) => one.code === code);
  return found ?? refuse('approvals.unknown_item', { item: code });
}

export const catalogueCommands: readonly CommandHandler[] = [preview, saveVersion, saveItem, saveFrame, confirm, dropItem, setLayer, withdraw];
