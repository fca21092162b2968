// Changes of the catalogue: each is decided on all layers under one lock, must make sense on every day that it touches, and leaves a
// version or a switch with its event.
import { idFrom } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, type CommandHandler, type EventRecord } from '../../../platform/feature.ts';
import { seesAll } from '../../projects/scope.ts';
import { readRunning } from '../planning/store.ts';
import { changes } from './changes.ts';
import * as contract from './contract.ts';
import { effectiveOn, laidOn, standingOf, type Layer } from './layers.ts';
import { catalogueFaults, drafted, refuseFaults, withdrawable, withoutVersion, type CatalogueFault, type Draft, type Drafted } from './rules.ts';
import * as store from './store.ts';

export const PERMISSION = 'approvals.change_catalogue';
const SHOWN_PROJECTS = 200; // more than anyone reads before deciding; `running` counts all

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

// A whole body under a new code makes a layer: an overlay, for there is one base.
export async function loadOrNew({ tx, input }: { tx: Db; input: { readonly layer: string } }): Promise<Subject> {
  const layers = await store.lockLayers(tx);
  const fresh: Layer = { code: input.layer, kind: 'overlay', version: 0, sort: Math.max(0, ...layers.map((one) => one.sort)) + 10, periods: [], versions: [] };
  return { layers, layer: layers.find((one) => one.code === input.layer) ?? fresh };
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

const preview = handler(contract.previewCatalogue, {
  permission: PERMISSION,
  load: loadOrNew,
  allow: seesAll,
  decide: ({ subject, input, now }) => decided(subject, input.draft, now.day),
  save: async ({ tx, subject, changes: made, input: { draft } }) => {
    const after = made.layers.find((one) => one.code === subject.layer.code);
    const laid = after !== undefined && (after.kind === 'base' || draft.kind === 'switch' || laidOn(after.periods, draft.fromDay));
    const later = draft.kind === 'switch' ? [] : standingOf(subject.layer).filter((one) => one.fromDay > draft.fromDay).map(({ number, fromDay }) => ({ number, fromDay }));
    const rest = { faults: [...made.faults], laid, later, replaces: made.version?.replaces ?? null };
    if (made.faults.length > 0) return { ...rest, items: [], projects: [], running: 0 };
    const running = await readRunning(tx);
    // Of a layer that is not laid it is told what it would do.
    const always = subject.layer.kind === 'overlay' && draft.kind !== 'switch' ? subject.layer.code : undefined;
    const found = changes(effectiveOn(subject.layers, draft.fromDay, always).catalogue, effectiveOn(made.layers, draft.fromDay, always).catalogue, running);
    return {
      ...rest, running: running.length, items: found.items.map((one) => ({ ...one, fields: [...one.fields] })),
      projects: laid ? found.projects.slice(0, SHOWN_PROJECTS).map((one) => ({
        id: one.id, name: running.find(({ id }) => id === one.id)?.name ?? '', appears: [...one.appears], disappears: [...one.disappears], limits: one.limits.map((limit) => ({ ...limit })),
      })) : [],
    };
  },
  event: ({ input, output }) => told('approvals.catalogue_previewed', input.layer, { faults: output.faults.length, items: output.items.length, projects: output.projects.length }, ''),
});

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

export const catalogueCommands: readonly CommandHandler[] = [preview, saveVersion, saveItem, dropItem, setLayer, withdraw];
