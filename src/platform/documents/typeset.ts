// What the typesetter is given: the document as plain data with the measures of the page, each run with the typefaces that it is set in.
// Pure. Words that are longer than a line get places at which they may break; characters that no typeface has are written out by number.
import { flowOf, type Item } from './flow.ts';
import type { Grid, GridCell } from './grids.ts';
import type { FlowRun } from './lines.ts';
import type { Face, OfficialDocument, Orientation } from './model.ts';
import { oneLine } from './clean.ts';
import { area, CHARACTERS, LETTER, LINES, marginsOf, MM_PER_POINT, PAGE, POINTS } from './page.ts';

/** How each face is set: families, best first, and their weight. Bold Chinese is 黑体, as printers do it. */
export type FaceFonts = Readonly<Record<Face | 'latin', { readonly families: readonly string[]; readonly weight: number }>>;

export interface Typeset {
  readonly json: string;
  /** Characters that no typeface has: in the page they stand as 〔U+2CB4E〕. */
  readonly missing: readonly string[];
}

export function typesetOf(document: OfficialDocument, fonts: FaceFonts, has: (codePoint: number) => boolean): Typeset {
  const missing = new Set<string>();
  const said: Saying = (text, room = LINE_ROOM) => breakable(shown(text, has, missing), room);
  const { sections, foot, letter } = flowOf(document);
  const { title, organisation, made } = document.about;
  const day = new Date(made.getTime() + 8 * 3_600_000);
  const data = {
    title: oneLine(title), author: oneLine(organisation), fonts,
    made: { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate(), hour: day.getUTCHours(), minute: day.getUTCMinutes(), second: day.getUTCSeconds() },
    body: POINTS.body, small: POINTS.foot, pitch: PITCH, character: WIDTH / CHARACTERS, tracking: TRACKING,
    sections: sections.map(({ orientation, items }) => ({ ...paper(orientation), items: items.map((item) => itemOf(item, said, orientation)) })),
    letter: letter === undefined ? null : { ...LETTER, points: letter.points, runs: runsOf([{ text: letter.issuer, face: 'song', bold: false }], said) },
    foot: foot.map(({ left, right, hang }) => ({ left: said(left), right: right === undefined ? null : said(right), hang })),
  };
  return { json: JSON.stringify(data), missing: [...missing] };
}

/** From line to line, so that the first one touches the upper edge and the last one the lower: the text fills its 225 mm. */
const PITCH = Math.floor(((area('portrait').height / MM_PER_POINT - POINTS.body) / (LINES - 1)) * 1000) / 1000;

const WIDTH = area('portrait').width / MM_PER_POINT;

/** 28 characters are a little wider than the line: they stand so much closer, the last one at the edge. Less a hair, for what is rounded. */
const TRACKING = (WIDTH - CHARACTERS * POINTS.body) / (CHARACTERS - 1) - 0.002;

function paper(orientation: Orientation): Record<string, number> {
  const [width, height] = orientation === 'portrait' ? [PAGE.width, PAGE.height] : [PAGE.height, PAGE.width];
  return { width, height, ...marginsOf(orientation) };
}

/** Cleans and breaks a text that stands where so much room is, in the width of its characters. */
type Saying = (text: string, room?: number) => string;

/** Of the body, on a line that is indented by two and, in a list, by its mark. */
const LINE_ROOM = 24;

function itemOf(item: Item, said: Saying, orientation: Orientation): object {
  if (item.kind === 'break') return item;
  if (item.kind === 'grid') return gridOf(item, said, orientation);
  if (item.kind === 'pair') return { ...item, left: runsOf(item.left, said), right: runsOf(item.right, said), ruled: item.ruled === true, flush: item.flush === true };
  const { colour, ...line } = item;
  return { ...line, runs: runsOf(item.runs, said, item.outline), outline: item.outline ?? null, red: colour === 'red', ruled: item.ruled === true };
}

function gridOf(grid: Grid, said: Saying, orientation: Orientation): object {
  const width = area(orientation).width / MM_PER_POINT;
  const room = (cell: GridCell): number => {
    const share = grid.widths.slice(cell.column, cell.column + cell.columns).reduce((sum, one) => sum + one, 0);
    return Math.max(1, (share * width - CELL_INSETS) / grid.points);
  };
  return { ...grid, rows: grid.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => ({ ...cell, lines: cell.lines.map((runs) => runsOf(runs, (text) => said(text, room(cell)))) })) })) };
}

/** Both edges of a cell, in points. */
const CELL_INSETS = 8;

/** `mark` tells which run of a heading is its name in the outline: the first one. Latin words and figures are set in a Latin typeface. */
function runsOf(runs: readonly FlowRun[], said: Saying, outline?: number): object[] {
  return runs.filter((run) => run.text !== '').flatMap((run, at) => {
    const face: Face = run.bold ? 'hei' : run.face;
    const mark = outline !== undefined && at === 0;
    return said(run.text).split(LATIN_WORDS).map((text, part) => ({ text, font: part % 2 === 1 ? LATIN_FACES[face] : face, mark })).filter(({ text }) => text !== '');
  });
}

/** Split by it, every second part is Latin. */
const LATIN_WORDS = /([!-~\u00a1-\u024f](?:[ \u200b]*[!-~\u00a1-\u024f])*)/u;

const LATIN_FACES: Readonly<Record<Face, keyof FaceFonts>> = { fangsong: 'latin', kai: 'latin', hei: 'hei', song: 'song' };

function shown(text: string, has: (codePoint: number) => boolean, missing: Set<string>): string {
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (has(code) || BLANK.test(char)) out += char;
    else {
      missing.add(char);
      out += `\u200b〔U+${code.toString(16).toUpperCase().padStart(4, '0')}〕`;
    }
  }
  return out;
}

/** What needs no picture: blanks, joiners, marks that choose a form. */
const BLANK = /[\s\u00ad\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;

/** A word that is wider than its place may break after every letter; all others stay whole. */
function breakable(text: string, room: number): string {
  return text.replace(UNBROKEN, (word) => (lettersWide(word) <= room ? word : [...word].map((char, at) => (at > 0 && !/[\p{M}\u200d]/u.test(char) ? `\u200b${char}` : char)).join('')));
}

/** At least as wide as it is set, in the width of a Chinese character. */
function lettersWide(word: string): number {
  return [...word].reduce((sum, char) => sum + (/[MW@%&—]/.test(char) ? 1 : /[A-Z\u00c0-\u00de]/.test(char) ? 0.8 : /[mw]/.test(char) ? 0.85 : /\p{M}/u.test(char) ? 0 : /[\u0021-\u024f]/.test(char) ? 0.58 : 1), 0);
}

/** Between blanks and Chinese. */
const UNBROKEN = /[^\s\u200b\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}—…]+/gu;
