// A list of approval items as an office publishes it, read out of a workbook and laid beside the catalogue: an overlay of promised days and
// materials, and a report of what was matched, what is doubtful and what is not. Pure: the workbook is handed in; a doubtful row never
// reaches the overlay.
import { refuse } from '../../../kernel/refuse.ts';
import type { Sheet, Workbook } from '../../../kernel/sheet.ts';
import { folded } from '../../../kernel/text.ts';
import type { Catalogue, ItemPatch, Overlay, Words } from './shape.ts';
import words from './data/listwords.json' with { type: 'json' };

/** One item of the list: what its first row says, and the materials of all its rows. */
export interface Listed {
  /** The row in the workbook, from 1. */
  readonly row: number;
  readonly name: string;
  readonly department: string;
  /** Promised working days; null where none are given, or no whole number. */
  readonly days: number | null;
  readonly materials: readonly string[];
}

export interface Matched {
  readonly listed: Listed;
  /** matched: one item of the catalogue and no other bears this name. doubtful: likely, but a person must say. */
  readonly state: 'matched' | 'doubtful' | 'unmatched';
  /** The likeliest item, also of a doubtful row. */
  readonly code: string | null;
  /** Likeness of the names, 0 to 1. */
  readonly score: number;
  /** Why it is doubtful: the names are only similar, two items are equally near, or another row is nearer to the same item. */
  readonly why: 'similar' | 'ambiguous' | 'taken' | null;
}

export interface FromFile {
  readonly overlay: Overlay;
  readonly rows: readonly Matched[];
  readonly counts: Readonly<Record<Matched['state'] | 'materials', number>>;
}

export interface FileAbout {
  readonly code: string;
  readonly version: string;
  readonly name: Words;
  /** The first day on which the promises hold. */
  readonly from: string;
}

/** Refuses `approvals.no_list` where no sheet has a column of item names. */
export function overlayFrom(workbook: Workbook, catalogue: Catalogue, about: FileAbout): FromFile {
  const rows = matchList(namesIn(catalogue), readList(workbook, about.name.zh));
  const items: Record<string, ItemPatch> = {};
  for (const { state, code, listed } of rows) if (state === 'matched' && code !== null) items[code] = patchFrom(listed, about.code);
  const count = (state: Matched['state']): number => rows.filter((one) => one.state === state).length;
  return {
    overlay: { ...about, until: null, sources: [{ key: about.code, name: about.name }], items }, rows,
    counts: { matched: count('matched'), doubtful: count('doubtful'), unmatched: count('unmatched'), materials: rows.reduce((sum, one) => sum + one.listed.materials.length, 0) },
  };
}

const MOST_MATERIALS = 60;
/** Of a name and a material; longer ones are no names. */
const MOST_LETTERS = 300;
/** More items than any office has. */
const MOST_ITEMS = 2000;

export interface Named {
  readonly code: string;
  readonly name: string;
}

export function namesIn(catalogue: Catalogue): Named[] {
  return catalogue.items.map(({ code, name }) => ({ code, name: name.zh }));
}

export function patchFrom({ days, materials }: Listed, source: string): ItemPatch {
  // Which of the materials may follow later the list does not say, so none may.
  const needed = { main: materials.slice(0, MOST_MATERIALS).map((zh) => ({ zh })), secondary: [] };
  return days === null ? { materials: needed } : { materials: needed, promised: [{ days, unit: 'working', basis: { source, read: 'sourced' } }] };
}

/** The items of the first sheet that has a heading for names; a row without a name continues the item above it. */
export function readList(workbook: Workbook, name = ''): Listed[] {
  for (const sheet of workbook.sheets) {
    const heading = headingOf(sheet);
    if (heading !== undefined) return itemsIn(sheet, heading);
  }
  return refuse('approvals.no_list', { name });
}

interface Heading {
  readonly index: number;
  readonly name: number;
  readonly department: number | undefined;
  readonly days: number | undefined;
  readonly materials: number | undefined;
}

const HEADING_WITHIN = 20;

function headingOf(sheet: Sheet): Heading | undefined {
  for (let index = 0; index < Math.min(sheet.rowCount, HEADING_WITHIN); index += 1) {
    const { cells } = sheet.at(index);
    const column = (wanted: readonly string[]): number | undefined => wanted.map((word) => cells.find((cell) => folded(cell.text).includes(word))?.column).find((found) => found !== undefined);
    const name = column(words.name);
    if (name !== undefined && cells.length > 1) return { index, name, department: column(words.department), days: column(words.days), materials: column(words.materials) };
  }
  return undefined;
}

function itemsIn(sheet: Sheet, heading: Heading): Listed[] {
  const found: (Listed & { materials: string[] })[] = [];
  for (let index = heading.index + 1; index < sheet.rowCount; index += 1) {
    const { row, cells } = sheet.at(index);
    const text = (column: number | undefined): string => cells.find((cell) => cell.column === column)?.text.trim().slice(0, MOST_LETTERS) ?? '';
    const name = text(heading.name);
    const days = text(heading.days);
    if (name !== '' && found.length >= MOST_ITEMS) refuse('approvals.list_too_long', { most: MOST_ITEMS });
    if (name !== '') found.push({ row, name, department: text(heading.department), days: /^\d{1,3}$/.test(days) ? Number(days) : null, materials: [] });
    const material = text(heading.materials);
    const last = found.at(-1);
    if (material !== '' && last !== undefined && last.materials.length < MOST_MATERIALS) last.materials.push(material);
  }
  return found;
}

/** From here on a name is taken for the same; below the second figure for another. Found on the list of Tangshan (60 items). */
const SAME = 0.8;
const LIKE = 0.5;
/** Another item that comes as near makes a match doubtful. */
const MARGIN = 0.05;

/** Each item of the list with the likeliest item of the catalogue. Of several rows for one item the nearest is matched, the others are doubtful. */
export function matchList(items: readonly Named[], list: readonly Listed[]): Matched[] {
  const names = items.map(({ code, name }) => ({ code, forms: [name, ...(aliases.get(code) ?? [])].map(formsOf) }));
  const likeliest = list.map((listed) => {
    const own = formsOf(listed.name);
    const scores = names.map(({ code, forms }) => ({ code, score: Math.max(...forms.map((form) => likeness(own, form))) })).toSorted((a, b) => b.score - a.score);
    return { listed, best: scores[0], next: scores[1] };
  });
  const nearest = new Map<string, number>();
  for (const { best } of likeliest) if (best !== undefined && best.score > (nearest.get(best.code) ?? 0)) nearest.set(best.code, best.score);
  const taken = new Set<string>();
  return likeliest.map(({ listed, best, next }): Matched => {
    if (best === undefined || best.score < LIKE) return { listed, state: 'unmatched', code: null, score: best?.score ?? 0, why: null };
    const first = best.score === nearest.get(best.code) && !taken.has(best.code);
    if (first) taken.add(best.code);
    const why = best.score < SAME ? 'similar' : next !== undefined && best.score - next.score < MARGIN ? 'ambiguous' : first ? null : 'taken';
    return { listed, state: why === null ? 'matched' : 'doubtful', code: best.code, score: best.score, why };
  });
}

const aliases = new Map<string, readonly string[]>(Object.entries(words.aliases));

interface Forms {
  readonly whole: string;
  /** Without what stands in brackets. */
  readonly bare: string;
}

function formsOf(name: string): Forms {
  const whole = folded(name);
  return { whole: core(whole), bare: core(whole.replace(/\([^()]*\)/g, '')) };
}

/** A name without the words that every item may bear or not, unless nothing would be left. */
function core(name: string): string {
  const short = words.padding.reduce((text, word) => text.replaceAll(word, ''), name.replace(/[“”"、，,()《》]/g, ''));
  return short.length >= 2 ? short : name;
}

/** Likeness of two names by their pairs of characters (Dice, Ecology 26(3), 1945); without brackets a little less than with them. */
function likeness(a: Forms, b: Forms): number {
  return Math.max(dice(a.whole, b.whole), 0.95 * dice(a.bare, b.bare));
}

function dice(a: string, b: string): number {
  const left = pairs(a);
  const right = pairs(b);
  if (left.length === 0 || right.length === 0) return a === b ? 1 : 0;
  const rest = [...right];
  const shared = left.filter((pair) => {
    const at = rest.indexOf(pair);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
  return (2 * shared.length) / (left.length + right.length);
}

function pairs(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2));
}
