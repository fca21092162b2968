// The rates as a file: every rate with its numerator and denominator, each group and each month a row, the definitions on a sheet of their own.
import { PassThrough } from 'node:stream';
import type { Now } from '../../../kernel/clock.ts';
import type { InputOf } from '../../../kernel/contract.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { writeXlsx, type OutCell, type OutRow } from '../../../platform/sheets/write.ts';
import { writeCsv } from '../../../platform/sheets/writecsv.ts';
import type { exportRates, Figure, Line } from './contract.ts';
import { readRates } from './figures.ts';
import zh from '../../../../locales/zh-CN/rates.json' with { type: 'json' };

type Cell = string | number | null;
type Answer = Awaited<ReturnType<typeof readRates>>;

export async function makeExport(db: Db, actor: Actor, { format = 'xlsx', ...input }: InputOf<typeof exportRates>, now: Now) {
  const rates = await readRates(db, { ...actor, locale: 'zh-CN' }, input, now);
  const content = new PassThrough();
  const table = tableOf(rates, input.group ?? 'department');
  void write(content, format, table, rates).then(() => content.end(), (error: unknown) => content.destroy(error instanceof Error ? error : new Error(String(error))));
  return {
    fileName: `${zh.export.file}-${now.day}.${format}`, content,
    mediaType: format === 'xlsx' ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv; charset=utf-8',
  };
}

function tableOf(rates: Answer, group: keyof typeof zh.group): Cell[][] {
  const headings = [zh.group[group], zh.column.all, ...rates.definitions.flatMap(({ form, zh: name }) => (form === 'time' ? [`${name} ${zh.export.p50}`, `${name} ${zh.export.p90}`, `${name} ${zh.export.count}`] : form === 'spread' ? [1, 2, 3, 4, 5].map((tier) => `${name} ${tierWord(tier)}`) : [`${name} %`, zh.export.hit, zh.export.base]))];
  const row = (name: string, line: Line): Cell[] => [name, line.all, ...line.figures.flatMap((figure, index) => cellsOf(figure, rates.definitions[index]?.form ?? 'share'))];
  return [headings, row(zh.export.total, rates.total), ...rates.groups.map((line) => row(line.name ?? nameOf(group, line.value), line)), ...rates.months.map((line) => row(line.value, line))];
}

function cellsOf(figure: Figure, form: string): Cell[] {
  if (form === 'time') return [figure.p50, figure.p90, figure.base];
  if (form === 'spread') return figure.beside.map((one) => one.hit);
  return [figure.bp === null ? null : figure.bp / 100, figure.hit, figure.base];
}

function tierWord(tier: number): string {
  return Object.entries(zh.tier).find(([code]) => code === String(tier))?.[1] ?? String(tier);
}

function nameOf(group: string, value: string): string {
  const words: Readonly<Record<string, string>> = group === 'source' ? zh.source : group === 'tier' ? zh.tier : {};
  return words[value] ?? (value === '' ? zh.none : value);
}

async function write(out: PassThrough, format: 'xlsx' | 'csv', table: readonly Cell[][], rates: Answer): Promise<void> {
  if (format === 'csv') return writeCsv(out, table);
  const [headings = [], ...rows] = table;
  const meaning = rates.definitions.map((one): OutRow => ({ cells: [{ text: one.zh }, { text: one.sayZh }, one.version] }));
  await writeXlsx(out, [
    { name: zh.export.sheet, widths: headings.map((_, index) => (index === 0 ? 24 : 12)), freeze: { rows: 1, columns: 1 }, rows: [{ cells: headings.map(textOf), look: 'heading' }, ...rows.map((cells): OutRow => ({ cells: cells.map(textOf) }))] },
    { name: zh.export.meaning, widths: [20, 110, 8], rows: [{ cells: [zh.export.figure, zh.export.meaning, zh.export.version], look: 'heading' }, ...meaning] },
  ]);
}

function textOf(cell: Cell): OutCell {
  return typeof cell === 'string' ? { text: cell } : cell;
}
