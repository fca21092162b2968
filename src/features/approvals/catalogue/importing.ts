// A published list of items becomes a version of an overlay: first a report of what was matched, then, with what a person decided of the
// doubtful rows, the version. Small lists only: they are read here, within bounds that a list of a city never reaches.
import { refuse } from '../../../kernel/refuse.ts';
import type { Workbook } from '../../../kernel/sheet.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { handler, type CommandHandler, type Env } from '../../../platform/feature.ts';
import { readWorkbook } from '../../../platform/sheets/read.ts';
import { LIMITS } from '../../../platform/sheets/limits.ts';
import { seesAll } from '../../projects/scope.ts';
import { matchList, patchFrom, readList, type Matched } from './cataloguefile.ts';
import type { Overlay, Words } from './shape.ts';
import { common, loadOrNew, sound, stored, told, PERMISSION, type Subject } from './changing.ts';
import { importOverlay, readOverlay, type ListRow } from './contract.ts';
import { inForce, type Layer } from './layers.ts';
import { listed } from './rules.ts';

interface Given {
  readonly fileName: string;
  readonly sha256?: string;
  readonly text?: string;
}

// The longest published list known has some 3,000 rows with its materials; reading this much takes a second at most.
const BOUNDS = { ...LIMITS, maxBytes: 4 * 1024 * 1024, maxTotalBytes: 32 * 1024 * 1024, maxRows: 20_000, maxColumns: 64, maxCells: 200_000, maxMilliseconds: 5000 };

/** Before anything is locked: the workbook, of a file that the actor himself has brought. */
async function open({ db, actor, input, env }: { db: Db; actor: Actor; input: Given; env: Env }): Promise<Workbook> {
  const { fileName, sha256, text } = input;
  if ((sha256 === undefined) === (text === undefined)) refuse('platform.invalid', { errors: [{ path: 'sha256', rule: 'required', params: {} }] });
  if (text !== undefined) return readWorkbook({ name: fileName, text }, { limits: BOUNDS });
  const mine = await db.row(sql`select 1 as one from platform_uploads where sha256 = ${sha256} and (${actor.isSystem} or user_id = ${actor.userId})`);
  if (mine === undefined || sha256 === undefined) refuse('platform.not_found', {});
  return readWorkbook({ name: fileName, path: env.files.pathOf(sha256) }, { limits: BOUNDS });
}

function matchedIn({ layers }: Subject, workbook: Workbook, { fileName, fromDay }: { fileName: string; fromDay: string }): Matched[] {
  const base = layers.find((one): one is Layer & { kind: 'base' } => one.kind === 'base');
  const body = base === undefined ? undefined : inForce(base, fromDay)?.body;
  if (body === undefined) throw new Error('the catalogue has no base');
  return matchList(body, readList(workbook, fileName));
}

interface WithBook extends Subject {
  readonly rows: readonly Matched[];
}

async function load({ tx, input, prepared }: { tx: Db; input: { layer: string; fileName: string; fromDay: string }; prepared: Workbook }): Promise<WithBook> {
  const subject = await loadOrNew({ tx, input });
  return { ...subject, rows: matchedIn(subject, prepared, input) };
}

const read = handler(readOverlay, {
  permission: PERMISSION,
  prepare: open,
  load,
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
  prepare: open,
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

export const importingCommands: readonly CommandHandler[] = [read, store];
