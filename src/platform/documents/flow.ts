// From the model to what both writers draw: numbered headings, lines with their indents in characters, grids with their cells, the foot. The
// wording and the order of GB/T 9704-2012 are decided here, once. Pure.
import { oneLine } from './clean.ts';
import { formGrid, tableGrid, type Grid } from './grids.ts';
import { headLines, letterOf, titleLines, type Letter } from './heads.ts';
import { line, runsOf, widthOf, type FlowRun, type Line, type Pair } from './lines.ts';
import type { Block, Face, Foot, Level, OfficialDocument, Orientation, Text } from './model.ts';
import { dayInWords, headingCounter } from './numbers.ts';
import { CHARACTERS } from './page.ts';

export type { FlowRun, Line, Pair } from './lines.ts';

export interface Flow {
  readonly letter?: Letter;
  readonly sections: readonly Section[];
  readonly foot: readonly FootRow[];
}

export interface Section {
  readonly orientation: Orientation;
  readonly items: readonly Item[];
}

export type Item = Line | Pair | Grid | { readonly kind: 'break' };

/** `left` alone is a paragraph, with `right` one line. */
export interface FootRow {
  readonly left: string;
  readonly right?: string;
  /** Further lines stand under the first character after the label. */
  readonly hang: number;
}

export function flowOf(document: OfficialDocument): Flow {
  const sections: { orientation: Orientation; items: Item[] }[] = [{ orientation: document.orientation ?? 'portrait', items: [...headLines(document.head), ...titleLines(document.title, document.head !== undefined)] }];
  const flow = (items: readonly Item[]): void => void sections.at(-1)?.items.push(...items);
  if (document.addressee !== undefined) flow([line(oneLine(document.addressee), { align: 'left' })]);
  const mark = headingCounter();
  for (const block of document.blocks) {
    if (block.kind === 'signature') keepLast(sections.at(-1)?.items ?? []);
    if (block.kind === 'page' || block.kind === 'annex') turn(sections, block.orientation);
    flow(itemsOf(block, mark));
  }
  if (document.foot !== undefined) keepLast(sections.at(-1)?.items ?? []);
  const letter = letterOf(document.head);
  return { sections, foot: document.foot === undefined ? [] : footRows(document.foot), ...(letter === undefined ? {} : { letter }) };
}

/** The last line of the text goes to the page of what closes it: neither signature nor foot stands on a page of its own. A long paragraph stays. */
function keepLast(items: Item[]): void {
  const last = items.at(-1);
  if (last?.kind === 'line' && last.runs.reduce((sum, run) => sum + widthOf(run.text), 0) <= 6 * CHARACTERS) items[items.length - 1] = { ...last, keep: true };
}

/** A new page: in the same section, or in a new one where the page is turned. */
function turn(sections: { orientation: Orientation; items: Item[] }[], wanted?: Orientation): void {
  const last = sections.at(-1);
  const orientation = wanted ?? last?.orientation ?? 'portrait';
  if (last === undefined || last.orientation !== orientation) sections.push({ orientation, items: [] });
  else last.items.push({ kind: 'break' });
}

function itemsOf(block: Block, mark: (level: Level) => string): Item[] {
  switch (block.kind) {
    case 'heading': return [heading(block, mark)];
    case 'paragraph': return paragraphs(block.text).map((runs) => line(runs, { align: block.align ?? 'justify', first: block.flush === true || block.align === 'centre' || block.align === 'right' ? 0 : 2 }));
    case 'list': return block.items.flatMap((item, at) => listed(item, listMark(block.mark ?? 'number', at + 1)));
    case 'facts': return facts(block.items);
    case 'table': return tableLines(block);
    case 'form': return [formGrid(block)];
    case 'page': return [];
    case 'attachments': return attachments(block.items);
    case 'annex': return [line(`附件${block.number ?? ''}`, { face: 'hei', align: 'left' }), ...titleLines([block.title], false, 1)];
    case 'signature': return signature(block.organisations, block.day);
    case 'note': return [line(`（${oneLine(block.text).replace(/^（|）$/g, '')}）`, { first: 2 })];
  }
}

const HEADING_FACES: Readonly<Record<Level, Face>> = { 1: 'hei', 2: 'kai', 3: 'fangsong', 4: 'fangsong' };

function heading(block: Extract<Block, { kind: 'heading' }>, mark: (level: Level) => string): Line {
  const face = HEADING_FACES[block.level];
  const text = `${block.plain === true ? '' : mark(block.level)}${oneLine(block.text)}`;
  const body = block.body === undefined ? [] : runsOf(block.body);
  return line([{ text, face, bold: false }, ...body], { first: 2, outline: block.level, keep: body.length === 0 });
}

/** A text as paragraphs: each line of it one. */
function paragraphs(text: Text): FlowRun[][] {
  const made: FlowRun[][] = [[]];
  for (const run of runsOf(text)) {
    run.text.split('\n').forEach((part, at) => {
      if (at > 0) made.push([]);
      if (part !== '') made.at(-1)?.push({ ...run, text: part });
    });
  }
  const filled = made.filter((runs) => runs.some((run) => run.text.trim() !== ''));
  return filled.length > 0 ? filled : [[]];
}

function listMark(mark: 'number' | 'bracket' | 'dash' | 'none', count: number): string {
  return mark === 'number' ? `${count}.` : mark === 'bracket' ? `（${count}）` : mark === 'dash' ? '——' : '';
}

function listed(item: Text, mark: string): Line[] {
  return paragraphs(item).map((runs, at) => line(at === 0 && mark !== '' ? [{ text: mark, face: 'fangsong', bold: false }, ...runs] : runs, { first: 2 }));
}

/** Labels of one width, as 时 间 beside 主持人; what is long goes on under its own first character. */
function facts(items: readonly { readonly label: string; readonly text: Text }[]): Line[] {
  const width = Math.min(6, Math.max(2, ...items.map(({ label }) => [...oneLine(label)].length)));
  return items.flatMap(({ label, text }) => paragraphs(text).map((runs, at) => at === 0
    ? line([{ text: `${spread(oneLine(label), width)}：`, face: 'hei', bold: false }, ...runs], { left: 3 + width, first: -1 - width })
    : line(runs, { left: 3 + width })));
}

function spread(label: string, width: number): string {
  const chars = [...label];
  if (chars.length !== 2 || width > 4) return label;
  return chars.join('　'.repeat(width - 2));
}

function tableLines(block: Extract<Block, { kind: 'table' }>): Item[] {
  const above: Item[] = [];
  if (block.caption !== undefined) above.push(line(oneLine(block.caption), { face: 'hei', align: 'centre', keep: true }));
  if (block.unit !== undefined) above.push(line(`单位：${oneLine(block.unit).replace(/^单位：/, '')}`, { align: 'right', points: 12, keep: true }));
  return [...above, tableGrid(block)];
}

function attachments(items: readonly string[]): Line[] {
  const several = items.length > 1;
  const hang = several ? 4 : 3;
  return items.map((item, at) => {
    const number = several ? `${at + 1}.` : '';
    return at === 0
      ? line(`附件：${number}${oneLine(item)}`, { left: 2 + hang, first: -hang, before: 1 })
      : line(`${number}${oneLine(item)}`, { left: 2 + hang, first: -1 });
  });
}

/** The day four characters from the right; the issuer above it, in the middle over the day. */
function signature(organisations: readonly string[], day: string): Line[] {
  const written = dayInWords(day);
  const names = organisations.map(oneLine);
  const widest = Math.max(...names.map(widthOf), 0);
  const dayRight = Math.max(4, 2 + (widest - widthOf(written)) / 2);
  const middle = dayRight + widthOf(written) / 2;
  return [
    ...names.map((name, at) => line(name, { align: 'right', right: Math.max(2, middle - widthOf(name) / 2), before: at === 0 ? 2 : 0, keep: true })),
    line(written, { align: 'right', right: dayRight, before: names.length === 0 ? 2 : 0 }),
  ];
}

function footRows({ copies = [], distribution = [], issuer, day, printed }: Foot): FootRow[] {
  const listed = (label: string, names: readonly string[]): FootRow[] => (names.length === 0 ? [] : [{ left: `${label}：${names.map(oneLine).join('，')}。`, hang: 3 }]);
  const rows: FootRow[] = [...listed('抄送', copies), ...listed('分送', distribution), { left: oneLine(issuer), right: `${dayInWords(day)}印发`, hang: 0 }];
  return printed === undefined ? rows : [...rows, { left: '', right: `（共印${printed}份）`, hang: 0 }];
}

