// What the typesetter is given: the document as plain data with the measures of the page, each run with the typefaces that it is set in.
// Pure. Words that are longer than a line get places at which they may break; characters that no typeface has are written out by number.
import { flowOf, type Item } from './flow.ts';
import type { GridRow } from './grids.ts';
import type { FlowRun } from './lines.ts';
import type { Face, OfficialDocument, Orientation } from './model.ts';
import { oneLine } from './clean.ts';
import { area, CHARACTERS, LINES, marginsOf, MM_PER_POINT, PAGE, POINTS } from './page.ts';

/** How each face is set: families, best first, and their weight. Bold Chinese is 黑体, as printers do it. */
export type FaceFonts = Readonly<Record<Face | 'latin', { readonly families: readonly string[]; readonly weight: number }>>;

export interface Typeset {
  readonly json: string;
  /** Characters that no typeface has: in the page they stand as 〔U+2CB4E〕. */
  readonly missing: readonly string[];
}

export function typesetOf(document: OfficialDocument, fonts: FaceFonts, has: (codePoint: number) => boolean): Typeset {
  const missing = new Set<string>();
  const said = (text: string): string => breakable(shown(text, has, missing));
  const { sections, foot } = flowOf(document);
  const { title, organisation, made } = document.about;
  const day = new Date(made.getTime() + 8 * 3_600_000);
  const data = {
    title: oneLine(title), author: oneLine(organisation), fonts,
    made: { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate(), hour: day.getUTCHours(), minute: day.getUTCMinutes(), second: day.getUTCSeconds() },
    body: POINTS.body, small: POINTS.foot, pitch: PITCH, character: area('portrait').width / MM_PER_POINT / CHARACTERS,
    sections: sections.map(({ orientation, items }) => ({ ...paper(orientation), items: items.map((item) => itemOf(item, said)) })),
    foot: foot.map(({ left, right, hang }) => ({ left: said(left), right: right === undefined ? null : said(right), hang })),
  };
  return { json: JSON.stringify(data), missing: [...missing] };
}

/** From line to line, so that the first one touches the upper edge and the last one the lower: the text fills its 225 mm. */
const PITCH = Math.floor(((area('portrait').height / MM_PER_POINT - POINTS.body) / (LINES - 1)) * 1000) / 1000;

function paper(orientation: Orientation): Record<string, number> {
  const [width, height] = orientation === 'portrait' ? [PAGE.width, PAGE.height] : [PAGE.height, PAGE.width];
  return { width, height, ...marginsOf(orientation) };
}

function itemOf(item: Item, said: (text: string) => string): object {
  if (item.kind === 'break') return item;
  if (item.kind === 'grid') return { ...item, rows: item.rows.map((row) => rowOf(row, said)) };
  if (item.kind === 'pair') return { ...item, left: runsOf(item.left, said), right: runsOf(item.right, said), ruled: item.ruled === true };
  const { colour, ...line } = item;
  return { ...line, runs: runsOf(item.runs, said, item.outline), outline: item.outline ?? null, red: colour === 'red', ruled: item.ruled === true };
}

function rowOf(row: GridRow, said: (text: string) => string): object {
  return { ...row, cells: row.cells.map((cell) => ({ ...cell, lines: cell.lines.map((runs) => runsOf(runs, said)) })) };
}

/** `mark` tells which run of a heading is its name in the outline: the first one. Latin words and figures are set in a Latin typeface. */
function runsOf(runs: readonly FlowRun[], said: (text: string) => string, outline?: number): object[] {
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
      out += `〔U+${code.toString(16).toUpperCase().padStart(4, '0')}〕`;
    }
  }
  return out;
}

/** What needs no picture: blanks, joiners, marks that choose a form. */
const BLANK = /[\s\u00ad\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;

/** Twelve characters without a place to break are the widest word of a narrow column. */
function breakable(text: string): string {
  return text.replace(/[^\s\u200b\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}—…]{13,}/gu, (word) => [...word].map((char, at) => (at > 0 && at % 6 === 0 && !/\p{M}/u.test(char) ? `\u200b${char}` : char)).join(''));
}
