// Paragraphs and runs of a .docx. Measures are twentieths of a point; indents are said in characters, too, which Word prefers.
import type { FlowRun, Line, Pair } from './lines.ts';
import type { Face, Orientation } from './model.ts';
import { area, CHARACTERS, FACES, LATIN, LINES, MM_PER_POINT, POINTS, RED } from './page.ts';

export const NAMESPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

export const twips = (millimetres: number): number => Math.round((millimetres / MM_PER_POINT) * 20);

const SPACER_TWIPS = 20;

/** Exactly 22 lines on a page, in whole twips, and room for the paragraph without height that may end a section. */
export const LINE_TWIPS = Math.floor((twips(area('portrait').height) - 2 * SPACER_TWIPS) / LINES);

/** The width of one of 28 characters. */
export const CHARACTER_TWIPS = twips(area('portrait').width) / CHARACTERS;

/** What a paragraph is beside its text: the first of a page, the last of a section. */
export interface Place {
  readonly broken: boolean;
  readonly section: string;
}

export function lineXml(line: Line, { broken, section }: Place): string {
  const style = line.outline === undefined ? '' : `<w:pStyle w:val="${line.outline === 0 ? 'Title' : `Heading${line.outline}`}"/>`;
  const keep = line.keep ? '<w:keepNext/>' : '';
  const properties = `${style}${keep}${broken ? '<w:pageBreakBefore/>' : ''}${line.ruled === true ? RULE : ''}${spacing(line)}${indents(line)}<w:jc w:val="${JUSTIFICATION[line.align]}"/>${section}`;
  return `<w:p><w:pPr>${properties}</w:pPr>${runsXml(line.runs, line.points, line.colour)}</w:p>`;
}

export function pairXml({ left, right, before, ruled, flush }: Pair, { orientation, broken, section }: Place & { readonly orientation: Orientation }): string {
  const inset = flush === true ? 0 : 1;
  const end = Math.round(twips(area(orientation).width) - inset * CHARACTER_TWIPS);
  const properties = `${broken ? '<w:pageBreakBefore/>' : ''}${ruled === true ? RULE : ''}<w:tabs><w:tab w:val="right" w:pos="${end}"/></w:tabs>${spacing({ before, points: POINTS.body })}${indents({ left: 0, first: inset, right: 0 })}<w:jc w:val="left"/>${section}`;
  return `<w:p><w:pPr>${properties}</w:pPr>${runsXml(left, POINTS.body)}<w:r><w:tab/></w:r>${runsXml(right, POINTS.body)}</w:p>`;
}

/** A paragraph that takes no room: it ends a section, begins a page or keeps two tables apart. */
export function spacerXml({ broken = false, section = '' }: Partial<Place> = {}): string {
  return `<w:p><w:pPr>${broken ? '<w:pageBreakBefore/>' : ''}<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="${SPACER_TWIPS}" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>${section}</w:pPr></w:p>`;
}

/** Four millimetres under the line, as wide as the text. */
const RULE = `<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="${RED}"/></w:pBdr>`;

export const JUSTIFICATION = { justify: 'both', left: 'left', centre: 'center', right: 'right' } as const;

function spacing({ before, points }: { readonly before: number; readonly points: number }): string {
  const height = points > POINTS.body ? Math.round(points * 1.5 * 20) : LINE_TWIPS;
  return `<w:spacing w:before="${Math.round(before * LINE_TWIPS)}" w:after="0" w:line="${height}" w:lineRule="exact"/>`;
}

function indents({ first, left, right }: { readonly first: number; readonly left: number; readonly right: number }): string {
  if (first === 0 && left === 0 && right === 0) return '';
  const said = (name: string, characters: number): string => ` w:${name}Chars="${Math.round(characters * 100)}" w:${name}="${Math.round(characters * CHARACTER_TWIPS)}"`;
  return `<w:ind${said('left', left)}${said('right', right)}${first < 0 ? said('hanging', -first) : said('firstLine', first)}/>`;
}

export function runsXml(runs: readonly FlowRun[], points: number, colour?: 'red'): string {
  return runs.filter((run) => run.text !== '').map((run) => `<w:r>${runProperties(run, points, colour)}<w:t xml:space="preserve">${escaped(run.text)}</w:t></w:r>`).join('');
}

function runProperties({ text, face, bold }: FlowRun, points: number, colour?: 'red'): string {
  return `<w:rPr>${fontsXml(face, /\p{Script=Han}/u.test(text))}${bold ? '<w:b/>' : ''}${colour === 'red' ? `<w:color w:val="${RED}"/>` : ''}${sizeXml(points)}</w:rPr>`;
}

/** Quotation marks and dashes belong to both scripts: among Chinese they are Chinese. */
export function fontsXml(face: Face, han = true): string {
  const { name } = FACES[face];
  return `<w:rFonts${han ? ' w:hint="eastAsia"' : ''} w:ascii="${LATIN}" w:eastAsia="${name}" w:hAnsi="${LATIN}" w:cs="${LATIN}"/>`;
}

export function sizeXml(points: number): string {
  return `<w:sz w:val="${Math.round(points * 2)}"/><w:szCs w:val="${Math.round(points * 2)}"/>`;
}

export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
