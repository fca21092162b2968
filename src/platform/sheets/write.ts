// Writing a workbook (.xlsx) row by row, for exports of any length. Text is always typed as text: nothing that a person entered
// can become a formula in someone else's spreadsheet.
import type { Writable } from 'node:stream';
import { refuse } from '../../kernel/refuse.ts';
import { letterOf, type Merge } from '../../kernel/sheet.ts';
import { wellFormed } from '../../kernel/text.ts';
import { serialOfDay } from '../../kernel/when.ts';
import { styleIndex, stylesXml, type Format, type Look } from './looks.ts';
import { ZipWriter } from './zipwriter.ts';

export type { Format, Look } from './looks.ts';

/** A bare string is text, a bare number a number; an object says more. `day` is YYYY-MM-DD, written as a real date. */
export type OutCell =
  | null
  | string
  | number
  | boolean
  | ({ readonly look?: Look; readonly note?: string } & (
      | { readonly text: string }
      | { readonly number: number; readonly format?: Format }
      | { readonly day: string }
      | { readonly flag: boolean }
      | { readonly empty: true }));

export interface OutRow {
  readonly cells: readonly OutCell[];
  /** Look of the cells that name none. */
  readonly look?: Look;
  /** Row number from 1; without it the row after the last. */
  readonly row?: number;
  readonly height?: number;
  readonly hidden?: boolean;
}

export interface OutSheet {
  readonly name: string;
  /** In characters of the default font. */
  readonly widths?: readonly number[];
  readonly freeze?: { readonly rows: number; readonly columns: number };
  readonly merges?: readonly Merge[];
  readonly rows: Iterable<OutRow> | AsyncIterable<OutRow>;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Writes and waits for the receiver; the stream is left open for its owner to end. */
export async function writeXlsx(out: Writable, sheets: readonly OutSheet[]): Promise<void> {
  const zip = new ZipWriter(out);
  const names = sheetNames(sheets);
  await zip.part('_rels/.rels', [`${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`]);
  await zip.part('xl/workbook.xml', [
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets>`,
    ...names.map((name, i) => `<sheet name="${attributeText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`),
    '</sheets></workbook>',
  ]);
  await zip.part('xl/_rels/workbook.xml.rels', [
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">`,
    ...sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${REL}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`),
    `<Relationship Id="rId${sheets.length + 1}" Type="${REL}/styles" Target="styles.xml"/></Relationships>`,
  ]);
  await zip.part('xl/styles.xml', [stylesXml()]);
  const noted: number[] = [];
  for (const [i, sheet] of sheets.entries()) {
    const notes: Note[] = [];
    await zip.part(`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet, notes));
    if (notes.length === 0) continue;
    noted.push(i + 1);
    await zip.part(`xl/worksheets/_rels/sheet${i + 1}.xml.rels`, [
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${REL}/vmlDrawing" Target="../drawings/notes${i + 1}.vml"/>`
      + `<Relationship Id="rId2" Type="${REL}/comments" Target="../comments${i + 1}.xml"/></Relationships>`,
    ]);
    await zip.part(`xl/comments${i + 1}.xml`, commentsXml(notes));
    await zip.part(`xl/drawings/notes${i + 1}.vml`, shapesXml(notes));
  }
  await zip.part('[Content_Types].xml', [contentTypes(sheets.length, noted)]);
  await zip.finish();
}

interface Note {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

async function* sheetXml(sheet: OutSheet, notes: Note[]): AsyncIterable<string> {
  yield `${HEAD}<worksheet xmlns="${MAIN}" xmlns:r="${REL}"><sheetViews><sheetView workbookViewId="0">${pane(sheet)}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="18"/>`;
  if (sheet.widths !== undefined && sheet.widths.length > 0) {
    yield `<cols>${sheet.widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>`;
  }
  yield '<sheetData>';
  let number = 0;
  for await (const row of sheet.rows) {
    number = row.row ?? number + 1;
    const height = row.height === undefined ? '' : ` ht="${row.height}" customHeight="1"`;
    let xml = `<row r="${number}"${height}${row.hidden === true ? ' hidden="1"' : ''}>`;
    for (let column = 0; column < row.cells.length; column += 1) xml += cellXml(row.cells[column] ?? null, row.look ?? 'plain', number, column, notes);
    yield `${xml}</row>`;
  }
  yield '</sheetData>';
  const merges = sheet.merges ?? [];
  if (merges.length > 0) {
    yield `<mergeCells count="${merges.length}">${merges.map((m) => `<mergeCell ref="${letterOf(m.left)}${m.top}:${letterOf(m.right)}${m.bottom}"/>`).join('')}</mergeCells>`;
  }
  yield '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>';
  if (notes.length > 0) yield '<legacyDrawing r:id="rId1"/>';
  yield '</worksheet>';
}

function pane(sheet: OutSheet): string {
  const { rows = 0, columns = 0 } = sheet.freeze ?? {};
  if (rows === 0 && columns === 0) return '';
  const active = rows > 0 && columns > 0 ? 'bottomRight' : rows > 0 ? 'bottomLeft' : 'topRight';
  return `<pane${columns > 0 ? ` xSplit="${columns}"` : ''}${rows > 0 ? ` ySplit="${rows}"` : ''} topLeftCell="${letterOf(columns)}${rows + 1}" activePane="${active}" state="frozen"/>`;
}

function cellXml(cell: OutCell, rowLook: Look, row: number, column: number, notes: Note[]): string {
  if (cell === null) return '';
  const at = `<c r="${letterOf(column)}${row}"`;
  if (typeof cell === 'string') return textXml(at, cell, rowLook);
  if (typeof cell === 'number') return numberXml(at, cell, rowLook, 'general');
  if (typeof cell === 'boolean') return `${at} t="b" s="${styleIndex(rowLook, 'general')}"><v>${cell ? 1 : 0}</v></c>`;
  const look = cell.look ?? rowLook;
  if (cell.note !== undefined && cell.note !== '') notes.push({ row, column, text: cell.note });
  if ('text' in cell) return textXml(at, cell.text, look);
  if ('number' in cell) return numberXml(at, cell.number, look, cell.format ?? 'general');
  if ('day' in cell) return numberXml(at, serialOfDay(cell.day), look, 'day');
  if ('flag' in cell) return `${at} t="b" s="${styleIndex(look, 'general')}"><v>${cell.flag ? 1 : 0}</v></c>`;
  return `${at} s="${styleIndex(look, 'general')}"/>`;
}

function textXml(at: string, text: string, look: Look): string {
  if (text === '') return `${at} s="${styleIndex(look, 'text')}"/>`;
  if (text.length > 32_767) refuse('ledger.cell_too_long', { limit: 32_767 });
  return `${at} t="inlineStr" s="${styleIndex(look, looksLikeFormula(text) ? 'quoted' : 'text')}"><is><t xml:space="preserve">${elementText(text)}</t></is></c>`;
}

function numberXml(at: string, value: number, look: Look, format: Format): string {
  if (!Number.isFinite(value)) return `${at} s="${styleIndex(look, format)}"/>`;
  return `${at} s="${styleIndex(look, format)}"><v>${value}</v></c>`;
}

/** What some spreadsheet, in some locale, could run: = + - @, tab, carriage return, and the full-width forms. */
export function looksLikeFormula(text: string): boolean {
  return /^[=+\-@\t\r＝＋－＠−]/.test(text);
}

/** XML cannot hold control characters: the format writes them as _x0007_, and a literal _x0007_ as _x005F_x0007_. */
function elementText(text: string): string {
  return attributeText(wellFormed(text).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    // eslint-disable-next-line no-control-regex -- these are what must be escaped
    .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`));
}

function attributeText(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;') : text;
}

/** At most 31 characters, none of \ / ? * [ ] :, none twice. */
function sheetNames(sheets: readonly OutSheet[]): string[] {
  const used = new Set<string>();
  return sheets.map((sheet, i) => {
    // eslint-disable-next-line no-control-regex -- a sheet's name holds none
    const base = wellFormed(sheet.name).replace(/[\\/?*[\]:\u0000-\u001f]/g, ' ').replace(/^'|'$/g, '').slice(0, 31).trim() || `Sheet${i + 1}`;
    let name = base;
    for (let n = 2; used.has(name.toLowerCase()); n += 1) name = `${base.slice(0, 31 - String(n).length - 1)} ${n}`;
    used.add(name.toLowerCase());
    return name;
  });
}

function* commentsXml(notes: readonly Note[]): Iterable<string> {
  yield `${HEAD}<comments xmlns="${MAIN}"><authors><author>Yugong</author></authors><commentList>`;
  for (const { row, column, text } of notes) {
    yield `<comment ref="${letterOf(column)}${row}" authorId="0"><text><r><t xml:space="preserve">${elementText(text.slice(0, 8000))}</t></r></text></comment>`;
  }
  yield '</commentList></comments>';
}

/** Excel shows a note only where an old drawing says where its box stands. */
function* shapesXml(notes: readonly Note[]): Iterable<string> {
  yield '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    + '<v:shapetype id="n" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>';
  for (const [i, { row, column }] of notes.entries()) {
    yield `<v:shape id="n${i}" type="#n" style="position:absolute;visibility:hidden" fillcolor="#fffbe6" o:insetmode="auto"><v:fill color2="#fffbe6"/><v:path o:connecttype="none"/>`
      + `<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${column + 1},15,${row - 1},2,${column + 4},15,${row + 3},2</x:Anchor>`
      + `<x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`;
  }
  yield '</xml>';
}

function contentTypes(count: number, noted: readonly number[]): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  let parts = '';
  for (let i = 1; i <= count; i += 1) parts += `<Override PartName="/xl/worksheets/sheet${i}.xml" ContentType="${type}.worksheet+xml"/>`;
  for (const i of noted) parts += `<Override PartName="/xl/comments${i}.xml" ContentType="${type}.comments+xml"/>`;
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
    + '<Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
    + `<Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${parts}</Types>`;
}
