// Queries of the faster ways: all of one project, what expires, the records of guidance. Reads only; states are those of the end of today.
import { isDay } from '../../../kernel/days.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { readHandler, type QueryHandler } from '../../../platform/feature.ts';
import { readCatalogue } from '../catalogue/store.ts';
import type { Catalogue, Words } from '../catalogue/shape.ts';
import { HARD_GATES } from '../clocks/gates.ts';
import { listExpiring, listGuidance, readFaster } from './contract.ts';
import { maySupply, seesAt } from './desk.ts';
import { dossiersOf, type Dossier } from './dossier.ts';
import { expiringLine, guidanceLine, promiseLine, simulationLine, toleranceLine } from './lines.ts';
import * as lists from './lists.ts';
import { oneQueries } from './one.ts';
import { nameOf, promisePolicy, signedByDesigner, simulationPolicy, TOLERANCE } from './policy.ts';
import { lastDue } from './rules.ts';
import { brokenBy } from './store.ts';

type Faster = OutputOf<typeof readFaster>;
const PERMISSION = 'approvals.read';
const PAGE = 50;

export const fasterQueries: readonly QueryHandler[] = [
  ...oneQueries,
  readHandler(readFaster, { permission: PERMISSION, read: ({ db, actor, input, now }) => fasterOf(db, actor, input.id, now.day) }),
  readHandler(listExpiring, {
    permission: PERMISSION,
    read: async ({ db, actor, input, now }) => {
      const { catalogue } = await readCatalogue(db, now.day);
      const limit = input.limit ?? PAGE;
      const asked = { day: now.day, within: input.within ?? 90, over: input.over === true, kind: input.kind, item: input.item };
      const [rows, counts] = await Promise.all([lists.expiring(db, actor, catalogue, asked, cursor(input.after), limit + 1), lists.expiringCounts(db, actor, catalogue, asked)]);
      const shown = rows.slice(0, limit);
      const last = rows.length > limit ? shown.at(-1) : undefined;
      return { day: now.day, items: shown.map((row) => expiringLine(row, catalogue, now.day)), counts, names: namesIn(catalogue), canExtend: may(actor, 'approvals.examine'), next: last === undefined ? null : `${last.until}_${last.id}` };
    },
  }),
  readHandler(listGuidance, {
    permission: PERMISSION,
    read: async ({ db, actor, input, now }) => {
      const { catalogue } = await readCatalogue(db, now.day);
      const limit = input.limit ?? PAGE;
      const [rows, counts] = await Promise.all([lists.guidancePage(db, actor, input, cursor(input.after), limit + 1), lists.guidanceCounts(db, actor, input.item)]);
      const shown = rows.slice(0, limit);
      const last = rows.length > limit ? shown.at(-1) : undefined;
      return { items: shown.map((row) => guidanceLine(row, catalogue)), counts, names: namesIn(catalogue), next: last === undefined ? null : `${last.day}_${last.id}` };
    },
  }),
];

function cursor(after: string | undefined): lists.Place | undefined {
  if (after === undefined) return undefined;
  const parts = /^(\d{4}-\d{2}-\d{2})_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.exec(after);
  if (parts?.[1] === undefined || parts[2] === undefined || !isDay(parts[1])) return refuse('platform.invalid', { errors: [{ path: 'after', rule: 'cursor', params: {} }] });
  return { day: parts[1], id: parts[2] };
}

async function fasterOf(db: Db, actor: Actor, id: string, day: string): Promise<Faster> {
  if (!(await seesAt(db, actor, id))) return refuse('platform.not_found', {});
  const examine = may(actor, 'approvals.examine');
  const [{ catalogue }, project, guidance, broken] = await Promise.all([
    readCatalogue(db, day), db.row<{ name: string; version: number; level: string | null; kind: string }>(sql`select name, version, level, kind from projects_projects where id = ${id}`), lists.guidanceOf(db, actor, id), examine ? brokenBy(db, id) : null,
  ]);
  const dossier = (await dossiersOf(db, [id], catalogue)).get(id);
  if (project === undefined || dossier === undefined) return refuse('platform.not_found', {});
  const track = project.kind === 'government' ? 'government' : 'enterprise';
  const items = catalogue.items.filter((one) => one.tracks[track] !== undefined);
  const codes = (keep: (item: (typeof items)[number]) => boolean): string[] => items.filter(keep).map((one) => one.code);
  return {
    id, version: project.version, name: project.name, keyProject: project.level !== null, day, bound: dossier.bound, gates: gatesOf(dossier, day, track),
    simulations: dossier.simulations.map((one) => simulationLine(one, dossier, track, day)), tolerances: dossier.tolerances.map((one) => toleranceLine(one, dossier, day)), promises: dossier.promises.map((one) => promiseLine(one, dossier, day)),
    guidance: guidance.map((row) => guidanceLine(row, catalogue)),
    may: {
      simulate: codes((item) => simulationPolicy(catalogue, item).allowed), designUnit: codes(signedByDesigner),
      tolerate: items.filter((item) => item.deferrable).map((item) => ({ item: item.code, main: named(item.materials.main), secondary: named(item.materials.secondary), waiting: waits(dossier, item.code) })),
      promise: codes((item) => { const { allowed, excluded } = promisePolicy(item, dossier.facts); return allowed && !excluded; }),
    },
    tolerance: { preset: dossier.calendar.add(day, TOLERANCE.days).day, last: lastDue(day, dossier.calendar) }, broken,
    names: items.map(({ code, name }) => ({ code, name })),
    can: { guide: may(actor, 'approvals.guide'), simulate: may(actor, 'approvals.simulate'), examine, supply: maySupply(actor) },
  };
}

function named(materials: readonly { readonly zh: string; readonly en?: string | undefined }[]): Words[] {
  return materials.map(({ zh, en }) => ({ zh, en: en ?? zh }));
}

/** Received and not accepted yet: what is accepted with debts is then accepted by that very act. */
function waits(dossier: Dossier, item: string): boolean {
  return dossier.cases.some((one) => one.item === item && (one.state.status === 'received' || one.state.status === 'correction'));
}

function namesIn(catalogue: Catalogue): { code: string; name: Words }[] {
  return catalogue.items.map(({ code, name }) => ({ code, name }));
}

const OTHER_TRACK = { enterprise: 'land_allocation', government: 'land_contract' } as const;

function gatesOf(dossier: Dossier, day: string, track: 'enterprise' | 'government'): Faster['gates'] {
  return HARD_GATES.filter((one) => one.code !== OTHER_TRACK[track]).map(({ code }) => {
    const { open, missing } = dossier.gate(code, day);
    return { code, open, lacking: missing.map(({ items, why, law }) => ({ items: items.filter((one) => one !== 'REPORT').map((one) => ({ code: one, name: nameOf(dossier, one) })), why, law })) };
  });
}
