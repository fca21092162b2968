// The list as a file: the columns and filters that the reader sees, under headings that the importer reads again, so that an export
// that comes back says unchanged. Text leaves as text: nothing in it may run as a formula.
import { PassThrough } from 'node:stream';
import type { InputOf } from '../../../kernel/contract.ts';
import { decimalIn } from '../../../kernel/money.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { downloadHandler } from '../../../platform/feature.ts';
import { csvRows, sheetRows, type ListCell } from '../../../platform/sheets/titled.ts';
import { writeXlsx } from '../../../platform/sheets/write.ts';
import { writeCsv } from '../../../platform/sheets/writecsv.ts';
import { rateBp, timeProgressBp } from '../warnings/rules.ts';
import { exportProjects } from './contract.ts';
import { focusYear, readAll } from './list.ts';
import { exportColumns, type ExportRow } from './store.ts';
import zh from '../../../../locales/zh-CN/projects.json' with { type: 'json' };

type Input = InputOf<typeof exportProjects>;

export const exportHandler = downloadHandler(exportProjects, {
  permission: 'projects.export',
  make: async ({ db, actor, input, now }) => {
    const format = input.format ?? 'xlsx';
    const content = new PassThrough();
    const columns = chosen(input.column);
    const year = await focusYear(db, now);
    void write(content, format, columns, rowsOf(db, actor, input, now, year), { year, day: now.day }).then(() => content.end(), (error: unknown) => content.destroy(error instanceof Error ? error : new Error(String(error))));
    return {
      fileName: `${zh.export.file}-${now.day}.${format}`, content,
      mediaType: format === 'xlsx' ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv; charset=utf-8',
    };
  },
});

function rowsOf(db: Db, actor: Actor, input: Input, now: Now, year: number): AsyncGenerator<ExportRow[]> {
  const { format: _format, column: _column, ...list } = input;
  return readAll<ExportRow>(db, actor, list, exportColumns(year), now);
}

interface Times {
  readonly year: number;
  readonly day: string;
}

interface Column {
  readonly name: string;
  readonly heading: (times: Times) => string;
  readonly width: number;
  readonly value: (row: ExportRow, times: Times) => ListCell;
}

const text = (value: string | null): ListCell => (value === '' ? null : value);
const amount = (fen: number | null): ListCell => (fen === null ? null : { number: Number(decimalIn(fen, 'wan')), format: fen % 10_000 === 0 ? 'decimal2' : 'general' });
const words: Readonly<Record<string, Readonly<Record<string, string>>>> = { level: zh.level, nature: zh.nature, stage: zh.stage, side: zh.side, light: zh.light, kind: zh.kind };
const word = (area: string, value: string | null): ListCell => (value === null ? null : (words[area]?.[value] ?? value));

// A day is written as precisely as it was given.
function when(day: string | null, grain: string | null): ListCell {
  if (day === null) return null;
  const [year = '', month = '', date = ''] = day.split('-');
  if (grain === 'year') return `${year}年`;
  if (grain === 'month') return `${year}年${Number(month)}月`;
  // Of a span only its end is kept: by the tenth, by the twentieth, by the end of a month.
  return grain === 'range' ? `${year}年${Number(month)}月${date === '10' ? '上旬' : date === '20' ? '中旬' : '底'}` : { day };
}

const heading = (key: keyof typeof zh.export.heading) => () => zh.export.heading[key];
const ofYear = (key: keyof typeof zh.export.heading) => (times: Times) => zh.export.heading[key].replace('{{year}}', String(times.year));

const COLUMNS: readonly Column[] = [
  { name: 'seq', heading: heading('seq'), width: 6, value: (row) => ({ number: row.seq, format: 'general' }) },
  { name: 'code', heading: heading('code'), width: 26, value: (row) => text(row.code) },
  { name: 'name', heading: heading('name'), width: 40, value: (row) => text(row.name) },
  { name: 'level', heading: heading('level'), width: 8, value: (row) => word('level', row.level) },
  { name: 'listYear', heading: heading('listYear'), width: 9, value: (row) => (row.listYear === null ? null : String(row.listYear)) },
  { name: 'batch', heading: heading('batch'), width: 10, value: (row) => text(row.batch) },
  { name: 'category', heading: heading('category'), width: 12, value: (row) => text(row.category) },
  { name: 'nature', heading: heading('nature'), width: 8, value: (row) => word('nature', row.nature) },
  { name: 'industryCode', heading: heading('industryCode'), width: 9, value: (row) => text(row.industryCode) },
  { name: 'chainLink', heading: heading('chainLink'), width: 12, value: (row) => text(row.chainLink) },
  { name: 'builder', heading: heading('builder'), width: 28, value: (row) => text(row.builderName) },
  { name: 'town', heading: heading('town'), width: 12, value: (row) => text(row.townName) },
  { name: 'park', heading: heading('park'), width: 18, value: (row) => text(row.parkName) },
  { name: 'place', heading: heading('place'), width: 20, value: (row) => text(row.place) },
  { name: 'content', heading: heading('content'), width: 50, value: (row) => text(row.content) },
  { name: 'landMu', heading: heading('landMu'), width: 10, value: (row) => (row.landMu === null ? null : { number: row.landMu, format: 'general' }) },
  { name: 'totalFen', heading: heading('totalFen'), width: 14, value: (row) => amount(row.totalFen) },
  { name: 'accumulatedFen', heading: heading('accumulatedFen'), width: 14, value: (row) => amount(row.accumulatedFen) },
  { name: 'planFen', heading: ofYear('planFen'), width: 14, value: (row) => amount(row.yearPlan) },
  { name: 'doneFen', heading: ofYear('doneFen'), width: 14, value: (row) => (row.lastReportMonth === null ? null : amount(row.doneFen)) },
  { name: 'statFen', heading: ofYear('statFen'), width: 14, value: (row) => (row.hasStat ? amount(row.statFen) : null) },
  { name: 'rateBp', heading: heading('rateBp'), width: 9, value: (row) => points(rateBp(row.doneFen, row.planFen)) },
  { name: 'pointsBp', heading: heading('pointsBp'), width: 11, value: (row, times) => points(minus(rateBp(row.doneFen, row.planFen), timeProgressBp(times.day, times.year))) },
  { name: 'inStatistics', heading: heading('inStatistics'), width: 9, value: (row) => (row.inStatistics ? zh.yes : zh.no) },
  { name: 'target', heading: heading('target'), width: 30, value: (row) => text(row.target) },
  { name: 'progress', heading: heading('progress'), width: 40, value: (row) => text(row.progress) },
  { name: 'plannedStart', heading: heading('plannedStart'), width: 13, value: (row) => when(row.plannedStart, row.plannedStartGrain) },
  { name: 'actualStart', heading: heading('actualStart'), width: 13, value: (row) => when(row.actualStart, row.actualStartGrain) },
  { name: 'plannedCompletion', heading: heading('plannedCompletion'), width: 13, value: (row) => when(row.plannedCompletion, row.plannedCompletionGrain) },
  { name: 'actualCompletion', heading: heading('actualCompletion'), width: 13, value: (row) => when(row.actualCompletion, row.actualCompletionGrain) },
  { name: 'plannedProduction', heading: heading('plannedProduction'), width: 13, value: (row) => when(row.plannedProduction, row.plannedProductionGrain) },
  { name: 'actualProduction', heading: heading('actualProduction'), width: 13, value: (row) => when(row.actualProduction, row.actualProductionGrain) },
  { name: 'plannedEffect', heading: heading('plannedEffect'), width: 13, value: (row) => when(row.plannedEffect, row.plannedEffectGrain) },
  { name: 'actualEffect', heading: heading('actualEffect'), width: 13, value: (row) => when(row.actualEffect, row.actualEffectGrain) },
  { name: 'leader', heading: heading('leader'), width: 12, value: (row) => text(row.leader) },
  { name: 'responsibleOrg', heading: heading('responsibleOrg'), width: 20, value: (row) => text(row.responsibleOrgName) },
  { name: 'responsiblePerson', heading: heading('responsiblePerson'), width: 12, value: (row) => text(row.responsiblePerson) },
  { name: 'commissioner', heading: heading('commissioner'), width: 12, value: (row) => text(row.commissionerName) },
  { name: 'phone', heading: heading('phone'), width: 14, value: (row) => text(row.phone) },
  { name: 'factorNeeds', heading: heading('factorNeeds'), width: 20, value: (row) => text(row.factorNeeds) },
  { name: 'problems', heading: heading('problems'), width: 30, value: (row) => text(row.problems) },
  { name: 'remarks', heading: heading('remarks'), width: 30, value: (row) => text(row.remarks) },
  { name: 'stage', heading: heading('stage'), width: 8, value: (row) => word('stage', row.stage) },
  { name: 'sideState', heading: heading('sideState'), width: 8, value: (row) => word('side', row.sideState) },
  { name: 'light', heading: heading('light'), width: 8, value: (row) => word('light', String(row.light)) },
  { name: 'chain', heading: heading('chain'), width: 12, value: (row) => text(row.chain) },
  { name: 'lastReportMonth', heading: heading('lastReportMonth'), width: 11, value: (row) => (row.lastReportMonth === null ? null : when(row.lastReportMonth, 'month')) },
];

/** Columns without a name in the list are those that a ledger holds; `stage` and what follows are ours. */
const LEDGER = COLUMNS.slice(0, COLUMNS.findIndex((column) => column.name === 'stage'));

function chosen(names: readonly string[] | undefined): readonly Column[] {
  if (names === undefined || names.length === 0) return LEDGER;
  const found = names.flatMap((name) => COLUMNS.find((column) => column.name === name) ?? []);
  return found.length === 0 ? LEDGER : found;
}

function minus(rate: number | null, time: number): number | null {
  return rate === null ? null : rate - time;
}

function points(bp: number | null): ListCell {
  return bp === null ? null : { number: bp / 100, format: 'decimal1' };
}

async function write(out: PassThrough, format: 'xlsx' | 'csv', columns: readonly Column[], rows: AsyncIterable<ExportRow[]>, times: Times): Promise<void> {
  const headings = columns.map((column) => column.heading(times));
  const lines = linesOf(columns, rows, times);
  if (format === 'csv') return writeCsv(out, csvRows(titleOf(times), headings, lines));
  await writeXlsx(out, [{ name: zh.export.sheet, widths: columns.map((column) => column.width), freeze: { rows: 2, columns: 0 }, merges: [{ top: 1, left: 0, bottom: 1, right: Math.max(1, columns.length - 1) }], rows: sheetRows(titleOf(times), headings, lines) }]);
}

// The title says up to which day the amounts stand: the importer reads it there.
function titleOf(times: Times): string {
  const [year = '', month = '', day = ''] = times.day.split('-');
  return zh.export.title.replace('{{day}}', `${year}年${Number(month)}月${Number(day)}日`);
}

async function* linesOf(columns: readonly Column[], rows: AsyncIterable<ExportRow[]>, times: Times): AsyncGenerator<ListCell[]> {
  for await (const page of rows) for (const row of page) yield columns.map((column) => column.value(row, times));
}
