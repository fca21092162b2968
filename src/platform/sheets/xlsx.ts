// Reading a workbook (.xlsx, .xlsm): sheets, cells, stored results of formulas, dates by their number format, merged ranges.
// Formulas are never computed, macros never run, links never followed.
import { refuse } from '../../kernel/refuse.ts';
import { columnOf, type Workbook } from '../../kernel/sheet.ts';
import { Grid, PLAIN, Texts, type NumberStyle } from './grid.ts';
import type { Budget } from './limits.ts';
import { readStyles } from './styles.ts';
import { attribute, readXml, unescaped, XmlReader } from './xml.ts';
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
  const { budget, styles, texts } = context;
  let row = 0;
  let rowHidden = false;
  let column = -1;
  let type = '';
  let style: NumberStyle = PLAIN;
  let value = '';
  let formula = false;
  let inValue = false;
  let inPhonetic = false;

  const finishCell = () => {
    if (value === '') return;
    budget.cell(grid.name, row, column, value.length);
    if (type === 's') {
      const index = Number(value);
      if (!(index >= 0 && index < texts.size)) refuse('ledger.damaged_file', { reason: 'shared_text_missing', sheet: grid.name, row });
      grid.addShared(column, index);
    } else if (type === '' || type === 'n') {
      const number = Number(value);
      if (Number.isFinite(number)) grid.addNumber(column, number, style, formula);
      else grid.addText(column, value, formula);
    } else if (type === 'b') grid.addBoolean(column, value === '1' || value === 'true', formula);
    else if (type === 'e') grid.addError(column, value, formula);
    else grid.addText(column, escapesResolved(value), formula);
  };

  const reader = new XmlReader({
    open: (name, attributes) => {
      switch (name) {
        case 'c': {
          const reference = attribute(attributes, 'r');
          column = reference === undefined ? column + 1 : columnIn(reference);
          if (column < 0) refuse('ledger.damaged_file', { reason: 'cell_address', sheet: grid.name, row });
          type = attribute(attributes, 't') ?? '';
          const s = attribute(attributes, 's');
          style = s === undefined ? PLAIN : (styles[+s] ?? PLAIN);
          value = '';
          formula = false;
          break;
        }
        case 'v':
          inValue = true;
          break;
        case 't':
          inValue = !inPhonetic;
          break;
        case 'f':
          formula = true;
          break;
        case 'rPh':
          inPhonetic = true;
          break;
        case 'row': {
          const number = attribute(attributes, 'r');
          row = number === undefined ? row + 1 : Number(number);
          if (!(row >= 1 && row <= 1_048_576)) refuse('ledger.damaged_file', { reason: 'row_number', sheet: grid.name });
          const hidden = attribute(attributes, 'hidden');
          rowHidden = hidden === '1' || hidden === 'true';
          column = -1;
          break;
        }
        case 'mergeCell':
          addMerge(grid, attribute(attributes, 'ref') ?? '', budget);
          break;
      }
    },
    close: (name) => {
      switch (name) {
        case 'v':
        case 't':
          inValue = false;
          break;
        case 'rPh':
          inPhonetic = false;
          break;
        case 'c':
          finishCell();
          break;
        case 'row': {
          const count = grid.endRow(row, rowHidden);
          if (count > 0) budget.row(count);
          break;
        }
      }
    },
    text: (raw, literal) => { if (inValue) value += literal ? raw : unescaped(raw); },
  });
  for await (const chunk of archive.chunks(part)) reader.push(chunk);
  reader.end();
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
