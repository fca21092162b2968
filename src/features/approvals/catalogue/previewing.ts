// What a change of the catalogue would do, counted without a lock: read, compute some projects at a time so that others are answered, and see at
// the end whether the catalogue is still the one that was read. Stores nothing.
import { turn } from '../../../platform/turns.ts';
import type { InputOf, OutputOf } from '../../../kernel/contract.ts';
import { daysBetween } from '../../../kernel/days.ts';
import { Refusal, refuse } from '../../../kernel/refuse.ts';
import type { Db } from '../../../platform/db.ts';
import { readCalendar, type ZoneCalendar } from '../calendar/store.ts';
import { factsOf, keptOf, type Ground } from '../planning/rules.ts';
import { readSubjects, runningIds, type Stored } from '../planning/store.ts';
import { changes, type CatalogueChange, type ProjectChange } from './changes.ts';
import type { previewCatalogue } from './contract.ts';
import { effectiveOn, laidOn, standingOf, type Layer } from './layers.ts';
import { catalogueFaults, drafted } from './rules.ts';
import { newLayer, readLayers } from './store.ts';

type Asked = InputOf<typeof previewCatalogue>;
type Preview = OutputOf<typeof previewCatalogue>;
type Line = Preview['projects'][number];

const PAGE = 50;
/** Projects of one statement, and plans made in one go: some milliseconds, then others get the process. */
const BATCH = 200;
const AT_ONCE = 5;
/** Somebody changes the catalogue each time while it is counted: then it is not for the program to go on. */
const TRIES = 3;

/** What the change would do, or why there is none to be made. Refuses `approvals.catalogue_moving` where the catalogue does not hold still. */
export async function foresee(db: Db, asked: Asked, day: string): Promise<Preview | { readonly refusal: Refusal }> {
  try {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const layers = await readLayers(db);
      const found = await counted(db, layers, asked, day);
      if (stampOf(await readLayers(db)) === stampOf(layers)) return found;
    }
    return refuse('approvals.catalogue_moving', {});
  } catch (error) {
    // Told where the command decides, so that a call that is repeated gets the reply that it got.
    if (error instanceof Refusal) return { refusal: error };
    throw error;
  }
}

function stampOf(layers: readonly Layer[]): string {
  return layers.map((one) => `${one.code}@${String(one.version)}`).join(' ');
}

async function counted(db: Db, layers: readonly Layer[], { layer: code, draft, after, limit = PAGE }: Asked, today: string): Promise<Preview> {
  const layer = layers.find((one) => one.code === code) ?? newLayer(layers, code);
  const made = drafted(layers, layer, draft, today);
  const faults = catalogueFaults(made.layers, code, draft.fromDay);
  const then = made.layers.find((one) => one.code === code);
  const laid = then !== undefined && (then.kind === 'base' || draft.kind === 'switch' || laidOn(then.periods, draft.fromDay));
  const later = draft.kind === 'switch' ? [] : standingOf(layer).filter((one) => one.fromDay > draft.fromDay).map(({ number, fromDay }) => ({ number, fromDay }));
  const rest = { faults, laid, later, replaces: made.version?.replaces ?? null, version: layer.version };
  if (faults.length > 0) return { ...rest, items: [], projects: [], next: null, counts: null, running: 0, names: [] };
  // Of a layer that is not laid it is told what it would do.
  const always = layer.kind === 'overlay' && draft.kind !== 'switch' ? code : undefined;
  const [before, next] = [effectiveOn(layers, draft.fromDay, always).catalogue, effectiveOn(made.layers, draft.fromDay, always).catalogue];
  const change = changes(before, next);
  const items = [...(change.frame.length === 0 ? [] : [{ code: '', kind: 'frame' as const, fields: [...change.frame] }]), ...change.items.map((one) => ({ ...one, fields: [...one.fields] }))];
  const [ids, calendar] = [await runningIds(db), await readCalendar(db)];
  const nothing = { projects: [], next: null, counts: after === undefined ? { touched: 0, appear: 0, disappear: 0, limits: 0, move: 0 } : null };
  const found = !laid || items.length === 0 ? nothing : await overProjects(db, ids, { change, before: groundOf(before, calendar, today), after: groundOf(next, calendar, today) }, { after, limit });
  const named = new Set([...change.items.map((one) => one.code), ...found.projects.flatMap((one) => [...one.appears, ...one.disappears, ...one.limits.map((each) => each.code)])]);
  return { ...rest, items, ...found, running: ids.length, names: [...next.items, ...before.items.filter((one) => next.items.every((other) => other.code !== one.code))].filter((one) => named.has(one.code)).map(({ code: item, name }) => ({ code: item, name })) };
}

function groundOf(catalogue: Ground['catalogue'], { plans, edition }: ZoneCalendar, day: string): Ground {
  return { catalogue, label: '', calendar: plans, edition, day };
}

interface Both {
  readonly change: CatalogueChange;
  readonly before: Ground;
  readonly after: Ground;
}

/** The first page counts all projects; a later one reads on from its project and stops where it is full. */
async function overProjects(db: Db, ids: readonly string[], both: Both, page: { readonly after: string | undefined; readonly limit: number }): Promise<Pick<Preview, 'projects' | 'next' | 'counts'>> {
  const counts = { touched: 0, appear: 0, disappear: 0, limits: 0, move: 0 };
  const projects: Line[] = [];
  const wanted = page.after === undefined ? ids : ids.filter((id) => id > (page.after ?? ''));
  for (let at = 0; at < wanted.length; at += BATCH) {
    for (const [i, one] of (await readSubjects(db, wanted.slice(at, at + BATCH))).toSorted((a, b) => (a.id < b.id ? -1 : 1)).entries()) {
      if (i % AT_ONCE === 0) await turn();
      const line = lineOf(one, both);
      if (line === undefined) continue;
      counts.touched += 1;
      counts.appear += Math.min(1, line.appears.length);
      counts.disappear += Math.min(1, line.disappears.length);
      counts.limits += Math.min(1, line.limits.length);
      counts.move += line.permit === null && line.begin === null ? 0 : 1;
      if (projects.length <= page.limit) projects.push(line);
    }
    if (page.after !== undefined && projects.length > page.limit) break;
  }
  const shown = projects.slice(0, page.limit);
  return { projects: shown, next: projects.length > page.limit ? (shown.at(-1)?.id ?? null) : null, counts: page.after === undefined ? counts : null };
}

/** undefined where nothing changes for the project. */
function lineOf(one: Stored, { change, before, after }: Both): Line | undefined {
  const running = { id: one.id, facts: factsOf(one.register, one.answers), finished: Object.entries(one.progress).flatMap(([code, progress]) => ('finished' in progress ? [code] : [])) };
  const { appears, disappears, limits }: ProjectChange = change.of(running);
  const moved = change.moves(running) ? movedIn(one, before, after) : { permit: null, begin: null };
  if (appears.length + disappears.length + limits.length === 0 && moved.permit === null && moved.begin === null) return undefined;
  return { id: one.id, name: one.name, appears: [...appears], disappears: [...disappears], limits: limits.map((limit) => ({ ...limit })), ...moved };
}

function movedIn(one: Stored, before: Ground, after: Ground): Pick<Line, 'permit' | 'begin'> {
  const [was, is] = [keptOf(before, one), keptOf(after, one)];
  const moved = (from: string | null, to: string | null): Line['permit'] => (from === to ? null : { before: from, after: to, days: from === null || to === null ? null : daysBetween(from, to) });
  return { permit: moved(was.permitDay, is.permitDay), begin: moved(was.beginDay, is.beginDay) };
}
