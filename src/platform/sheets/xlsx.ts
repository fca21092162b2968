// Reading a workbook (.xlsx, .xlsm): sheets, cells, stored results of formulas, dates by their number format, merged ranges.
// Formulas are never computed, macros never run, links never followed.
import { refuse } from '../../kernel/refuse.ts';
import { columnOf, type Workbook } from '../../kernel/sheet.ts';
import { Grid, PLAIN, Texts, type NumberStyle } from './grid.ts';
import type { Budget } from './limits.ts';
import { readStyles } from './styles.ts';
import { attribute, readXml, unescaped, XmlReader, type XmlEvents } from './xml.ts';
import { openArchive, type Archive } from './zip.ts';

export async function readXlsx(source: { readonly path: string } | { readonly bytes: Buffer }, budget: Budget): Promise<Workbook> {
  const archive = await openArchive(source, budget);
  try {
    const main = await mainPart(archive);
    const book = await readBook(archive, main);
    if (book.sheets.length > budget.limits.maxSheets) refuse('ledger.too_many_sheets', { limit: budget.limits.maxSheets });
    const texts = new Texts();
    await readTexts(archive, book.texts, texts, budget);
    const styles = book.styles !== undefined && archive.has(book.styles) ? readStyles(await archive.text(book.styles, 32 * 1024 * 1024)) : [];
    const sheets: Grid[] = [];
    for (const { name, hidden, part } of book.sheets) {
      const grid = new Grid({ name, hidden, texts, date1904: book.date1904 });
      await readSheet(archive, part, grid, { texts, styles, budget });
      sheets.push(grid);
    }
    return { format: 'xlsx', date1904: book.date1904, sheets, encoding: null, delimiter: null };
  } finally {
    archive.close();
  }
}

const SMALL = 8 * 1024 * 1024;

/** The workbook part, found by the package's relations; other kinds of package are refused by name. */
async function mainPart(archive: Archive): Promise<string> {
  let main = archive.has('xl/workbook.xml') ? 'xl/workbook.xml' : undefined;
  if (archive.has('_rels/.rels')) {
    readXml(await archive.text('_rels/.rels', SMALL), (name, attributes) => {
      if (name === 'Relationship' && (attribute(attributes, 'Type') ?? '').endsWith('/officeDocument')) main = resolved('', attribute(attributes, 'Target') ?? '');
    });
  }
  if (main !== undefined && main.endsWith('.xml') && archive.has(main) && !main.startsWith('word/') && !main.startsWith('ppt/')) return main;
  const names = archive.names();
  if (names.some((name) => name.endsWith('workbook.bin'))) refuse('ledger.other_workbook', { kind: 'xlsb' });
  if (names.some((name) => name.startsWith('word/'))) refuse('ledger.is_document');
  if (names.some((name) => name.startsWith('ppt/'))) refuse('ledger.is_document');
  if (names.includes('content.xml')) refuse('ledger.other_workbook', { kind: 'ods' });
  return refuse('ledger.is_archive');
}

interface Book {
  readonly date1904: boolean;
  readonly sheets: { name: string; hidden: boolean; part: string }[];
  readonly texts: string | undefined;
  readonly styles: string | undefined;
}

async function readBook(archive: Archive, main: string): Promise<Book> {
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const relations = new Map<string, { type: string; part: string }>();
  const rels = `${folder}_rels/${main.slice(folder.length)}.rels`;
  if (archive.has(rels)) {
    readXml(await archive.text(rels, SMALL), (name, attributes) => {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return;
      const type = attribute(attributes, 'Type') ?? '';
      relations.set(attribute(attributes, 'Id') ?? '', { type: type.slice(type.lastIndexOf('/') + 1), part: resolved(folder, attribute(attributes, 'Target') ?? '') });
    });
  }
  const partOf = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.part;
  let date1904 = false;
  const sheets: { name: string; hidden: boolean; part: string }[] = [];
  readXml(await archive.text(main, SMALL), (name, attributes) => {
    if (name === 'workbookPr') date1904 = ['1', 'true', 'on'].includes(attribute(attributes, 'date1904') ?? '');
    if (name !== 'sheet') return;
    const relation = relations.get(attribute(attributes, 'r:id') ?? /\bid\s*=\s*"([^"]*)"/.exec(attributes)?.[1] ?? '');
    if (relation?.type !== 'worksheet') return;
    sheets.push({ name: attribute(attributes, 'name') ?? '', hidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible', part: relation.part });
  });
  return { date1904, sheets, texts: partOf('sharedStrings'), styles: partOf('styles') };
}

/** Target of a relation: relative to the folder, or from the root of the package. Never leaves the package: it is only a name in it. */
function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const parts = (folder + target).split('/');
  const kept: string[] = [];
  for (const part of parts) {
    if (part === '..') kept.pop();
    else if (part !== '.' && part !== '') kept.push(part);
  }
  return kept.join('/');
}

/** Shared strings, rich text joined, phonetic readings left out. */
async function readTexts(archive: Archive, part: string | undefined, texts: Texts, budget: Budget): Promise<void> {
  if (part === undefined) return;
  let text = '';
  let inText = false;
  let inPhonetic = false;
  const reader = new XmlReader({
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 't') inText = !inPhonetic;
      else if (name === 'rPh') inPhonetic = true;
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') inPhonetic = false;
      else if (name === 'si') {
        if (texts.size >= budget.limits.maxCells) refuse('ledger.too_many_cells', { limit: budget.limits.maxCells });
        budget.cell('sharedStrings', texts.size + 1, 0, text.length);
        texts.append(escapesResolved(text));
      }
    },
    text: (raw, literal) => { if (inText) text += literal ? raw : unescaped(raw); },
  });
  for await (const chunk of archive.chunks(part)) reader.push(chunk);
  reader.end();
}

interface SheetContext {
  readonly texts: Texts;
  readonly styles: readonly NumberStyle[];
  readonly budget: Budget;
}

/** Cells come before merged ranges in the file, so the grid is complete only at its end. */
async function readSheet(archive: Archive, part: string, grid: Grid, context: SheetContext): Promise<void> {
  if (!archive.has(part)) refuse('ledger.damaged_file', { reason: 'missing_part', part });
  const reader = new XmlReader(new SheetEvents(grid, context));
  for await (const chunk of archive.chunks(part)) reader.push(chunk);
  reader.end();
}

/** Fills a grid from the tags of a sheet, one cell after the other. */
class SheetEvents implements XmlEvents {
  private readonly grid: Grid;
  private readonly context: SheetContext;
  private row = 0;
  private rowHidden = false;
  private column = -1;
  private type = '';
  private style: NumberStyle = PLAIN;
  private value = '';
  private formula = false;
  private inValue = false;
  private inPhonetic = false;

  constructor(grid: Grid, context: SheetContext) {
    this.grid = grid;
    this.context = context;
  }

  open(name: string, attributes: string): void {
    if (name === 'c') this.openCell(attributes);
    else if (name === 'v') this.inValue = true;
    else if (name === 't') this.inValue = !this.inPhonetic;
    else if (name === 'f') this.formula = true;
    else if (name === 'row') this.openRow(attributes);
    else if (name === 'rPh') this.inPhonetic = true;
    else if (name === 'mergeCell') addMerge(this.grid, attribute(attributes, 'ref') ?? '', this.context.budget);
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.inValue = false;
    else if (name === 'c') this.closeCell();
    else if (name === 'rPh') this.inPhonetic = false;
    else if (name === 'row') {
      const count = this.grid.endRow(this.row, this.rowHidden);
      if (count > 0) this.context.budget.row(count);
    }
  }

  text(raw: string, literal: boolean): void {
    if (this.inValue) this.value += literal ? raw : unescaped(raw);
  }

  private openRow(attributes: string): void {
    const number = attribute(attributes, 'r');
    this.row = number === undefined ? this.row + 1 : Number(number);
    if (!(this.row >= 1 && this.row <= 1_048_576)) refuse('ledger.damaged_file', { reason: 'row_number', sheet: this.grid.name });
    const hidden = attribute(attributes, 'hidden');
    this.rowHidden = hidden === '1' || hidden === 'true';
    this.column = -1;
  }

  private openCell(attributes: string): void {
    const reference = attribute(attributes, 'r');
    this.column = reference === undefined ? this.column + 1 : columnIn(reference);
    if (this.column < 0) refuse('ledger.damaged_file', { reason: 'cell_address', sheet: this.grid.name, row: this.row });
    this.type = attribute(attributes, 't') ?? '';
    const style = attribute(attributes, 's');
    this.style = style === undefined ? PLAIN : (this.context.styles[Number(style)] ?? PLAIN);
    this.value = '';
    this.formula = false;
  }

  private closeCell(): void {
    const { grid, column, value, formula } = this;
    if (value === '') return;
    this.context.budget.cell(grid.name, this.row, column, value.length);
    switch (this.type) {
      case 's': {
        const index = Number(value);
        if (!(index >= 0 && index < this.context.texts.size)) refuse('ledger.damaged_file', { reason: 'shared_text_missing', sheet: grid.name, row: this.row });
        return grid.addShared(column, index);
      }
      case '':
      case 'n': {
        const number = Number(value);
        return Number.isFinite(number) ? grid.addNumber(column, number, this.style, formula) : grid.addText(column, value, formula);
      }
      case 'b':
        return grid.addBoolean(column, value === '1' || value === 'true', formula);
      case 'e':
        return grid.addError(column, value, formula);
      default:
        return grid.addText(column, escapesResolved(value), formula);
    }
  }
}

/** AB12 → 27 */
function columnIn(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i += 1) {
    const code = reference.charCodeAt(i);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
    if (column > 20_000) return -1;
  }
  return column - 1;
}

function addMerge(grid: Grid, reference: string, budget: Budget): void {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference);
  if (found === null) return;
  grid.merges.push({ top: Number(found[2]), left: columnOf(found[1] ?? ''), bottom: Number(found[4]), right: columnOf(found[3] ?? '') });
  if (grid.merges.length > budget.limits.maxMerges) refuse('ledger.too_many_merges', { sheet: grid.name, limit: budget.limits.maxMerges });
}

/** _x000D_ stands for a character that XML cannot hold. */
function escapesResolved(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : text;
}
