// A published list of items becomes a version of an overlay: first a report of what was matched, then, with what a person decided of the
// doubtful rows, the version. The file is read in a thread of its own, before anything is locked.
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { handler, type CommandHandler, type Env } from '../../../platform/feature.ts';
import { seesAll } from '../../projects/scope.ts';
import { namesIn, patchFrom, type Matched } from './cataloguefile.ts';
import type { Catalogue, Overlay, Words } from './shape.ts';
import { common, loadOrNew, sound, stored, told, PERMISSION, type Subject } from './changing.ts';
import { importOverlay, readOverlay, type ListRow } from './contract.ts';
import { inForce, type BaseLayer, type Layer, type Version } from './layers.ts';
import { matchedIn } from './listing.ts';
import { listed } from './rules.ts';
import { readLayers } from './store.ts';

interface Given {
  readonly fromDay: string;
  readonly fileName: string;
  readonly sha256?: string;
  readonly text?: string;
}

interface Read {
  readonly rows: readonly Matched[];
  /** The version of the base beside whose items they were laid. */
  readonly base: string;
}

/** Before anything is locked: the rows of a file that the actor himself has brought, each beside its item. */
async function read({ db, actor, input, env }: { db: Db; actor: Actor; input: Given; env: Env }): Promise<Read> {
  const { fileName, sha256, text = '', fromDay } = input;
  if ((sha256 === undefined) === (input.text === undefined)) refuse('platform.invalid', { errors: [{ path: 'sha256', rule: 'required', params: {} }] });
  const base = baseOn(await readLayers(db), fromDay);
  if (sha256 === undefined) return { base: base.id, rows: await matchedIn({ fileName, path: null, text }, namesIn(base.body)) };
  const mine = await db.row(sql`select 1 as one from platform_uploads where sha256 = ${sha256} and (${actor.isSystem} or user_id = ${actor.userId})`);
  if (mine === undefined) refuse('platform.not_found', {});
  return { base: base.id, rows: await matchedIn({ fileName, path: env.files.pathOf(sha256), text }, namesIn(base.body)) };
}

function baseOn(layers: readonly Layer[], day: string): Version<Catalogue> {
  const base = layers.find((one): one is BaseLayer => one.kind === 'base');
  const version = base === undefined ? undefined : inForce(base, day);
  if (version === undefined) throw new Error('the catalogue has no base');
  return version;
}

interface WithRows extends Subject {
  readonly rows: readonly Matched[];
}

async function load({ tx, input, prepared }: { tx: Db; input: { layer: string; fromDay: string }; prepared: Read }): Promise<WithRows> {
  const subject = await loadOrNew({ tx, input });
  // Laid beside other items than there are now: somebody changed the base while the file was read.
  if (baseOn(subject.layers, input.fromDay).id !== prepared.base) refuse('approvals.catalogue_moving', {});
  return { ...subject, rows: prepared.rows };
}

const readList = handler(readOverlay, {
  permission: PERMISSION,
  prepare: read,
  load: async ({ prepared }) => prepared,
  allow: seesAll,
  decide: ({ subject }) => subject.rows,
  save: async ({ changes: rows }) => {
    const count = (state: Matched['state']): number => rows.filter((one) => one.state === state).length;
    return {
      rows: rows.map(lineOf), counts: { matched: count('matched'), doubtful: count('doubtful'), unmatched: count('unmatched'), materials: rows.reduce((sum, one) => sum + one.listed.materials.length, 0) },
    };
  },
  event: ({ input, output }) => told('approvals.overlay_read', input.layer, { fileName: input.fileName, ...output.counts }, ''),
});

function lineOf({ listed: { row, name, department, days, materials }, state, code, score, why }: Matched): ListRow {
  return { row, name, department, days, materials: materials.length, state, code, percent: Math.round(score * 100), why };
}

const store = handler(importOverlay, {
  ...common,
  prepare: read,
  load,
  version: ({ layer }) => layer.version,
  decide: ({ subject, input, now }) => {
    const before = subject.layer.kind === 'overlay' ? inForce(subject.layer, input.fromDay)?.body : refuse('approvals.other_kind', {});
    const source = sourceFor(before?.sources ?? [], input.name);
    const patches = listed(subject.rows, input.choices, (one) => patchFrom(one, source.key));
    if (Object.keys(patches).length === 0) refuse('approvals.nothing_matched', {});
    const body = {
      code: input.layer, version: '', from: input.fromDay, until: null, ...before, name: before?.name ?? input.name,
      sources: [...(before?.sources ?? []).filter((one) => one.key !== source.key), source],
      items: { ...before?.items, ...Object.fromEntries(Object.entries(patches).map(([code, patch]) => [code, { ...before?.items[code], ...patch }])) },
    };
    return { made: sound(subject, { kind: 'body', fromDay: input.fromDay, body }, now.day), items: Object.keys(patches).length };
  },
  save: async ({ tx, subject, changes: { made, items }, input, actor, now }) => ({ ...(await stored({ tx, subject, changes: made, note: input.note, source: 'imported', by: actor.userId, at: now.instant })), items }),
  event: ({ input, output }) => told('approvals.overlay_imported', input.layer, { number: output.number, fromDay: input.fromDay, fileName: input.fileName, items: output.items }, input.note),
});

/** The list itself, as the source of what it says: the one of that name, or a new one. */
function sourceFor(known: Overlay['sources'], name: Words): Overlay['sources'][number] {
  const same = known.find((one) => one.name.zh === name.zh);
  const taken = known.map((one) => one.key);
  const keys = ['list', ...known.map((_, i) => `list_${String(i + 2)}`)];
  return { key: same?.key ?? keys.find((key) => !taken.includes(key)) ?? 'list', name };
}

export const importingCommands: readonly CommandHandler[] = [readList, store];
