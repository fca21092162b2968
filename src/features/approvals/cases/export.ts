// The queue as a file: the cases that the reader sees under his filters, in their order, with both deadlines and whose clock it is. Text leaves as
// text: nothing in it may run as a formula.
import { PassThrough } from 'node:stream';
import type { InputOf } from '../../../kernel/contract.ts';
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { downloadHandler } from '../../../platform/feature.ts';
import { csvRows, sheetRows, type ListCell } from '../../../platform/sheets/titled.ts';
import { writeXlsx } from '../../../platform/sheets/write.ts';
import { writeCsv } from '../../../platform/sheets/writecsv.ts';
import { readNames } from './catalogue.ts';
import { exportCases } from './contract.ts';
import * as reads from './reads.ts';
import { deskOf } from './scope.ts';
import zh from '../../../../locales/zh-CN/cases.json' with { type: 'json' };

const BATCH = 500;

export const exportHandler = downloadHandler(exportCases, {
  permission: 'projects.export',
  make: async ({ db, actor, input, now }) => {
    // A role may take lists away without being one that reads cases.
    if (!may(actor, 'approvals.read')) refuse('platform.not_allowed', { query: exportCases.name });
    const { format = 'xlsx', ...filter } = input;
    const content = new PassThrough();
    const rows = rowsOf(db, actor, filter, now);
    void write(content, format, rows, now.day).then(() => content.end(), (error: unknown) => content.destroy(error instanceof Error ? error : new Error(String(error))));
    return {
      fileName: `${zh.export.file}-${now.day}.${format}`, content,
      mediaType: format === 'xlsx' ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv; charset=utf-8',
    };
  },
});

type Cell = ListCell;

async function* rowsOf(db: Db, actor: Actor, filter: Omit<InputOf<typeof exportCases>, 'format'>, now: Now): AsyncGenerator<Cell[]> {
  const [desk, names] = [await deskOf(db, actor), await readNames(db, now.day)];
  for (let after: string | undefined; ;) {
    const { rows, cursorOf } = await reads.queue(db, actor, desk, { ...filter, after }, BATCH);
    for (const row of rows) yield COLUMNS.map((column) => column.value(row, (code) => names.item(code)?.name.zh ?? code));
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    after = cursorOf(last);
  }
}

interface Column {
  readonly heading: keyof typeof zh.export.heading;
  readonly width: number;
  readonly value: (row: reads.CaseRow, nameOf: (code: string) => string) => Cell;
}

const words: Readonly<Record<string, Readonly<Record<string, string>>>> = { status: zh.status, side: zh.side, level: zh.level, outcome: zh.outcome, owes: zh.owes, unit: zh.unit };
const word = (area: string, value: string | null): Cell => (value === null ? null : (words[area]?.[value] ?? value));
const day = (value: string | null): Cell => (value === null ? null : { day: value });
/** Negative: over by so many. */
const rest = (left: number | null, over: number | null): Cell => (left === null ? null : left - (over ?? 0));

/** Of a decided case only by how much it was late. */
const restOf = ({ decided_day: decided }: reads.CaseRow, left: number | null, over: number | null): Cell => (decided !== null && (over ?? 0) === 0 ? null : rest(left, over));

const COLUMNS: readonly Column[] = [
  { heading: 'code', width: 9, value: (row) => row.item },
  { heading: 'item', width: 30, value: (row, nameOf) => nameOf(row.item) },
  { heading: 'round', width: 6, value: (row) => row.round },
  { heading: 'project', width: 40, value: (row) => row.project_name },
  { heading: 'org', width: 18, value: (row) => row.org_name },
  { heading: 'lead', width: 18, value: (row) => row.lead_name },
  { heading: 'level', width: 10, value: (row) => word('level', row.level) },
  { heading: 'status', width: 12, value: (row) => word('status', row.status) },
  { heading: 'side', width: 10, value: (row) => word('side', row.side) },
  { heading: 'sideDay', width: 12, value: (row) => day(row.side_day) },
  { heading: 'owes', width: 14, value: (row) => word('owes', row.owes) },
  { heading: 'owedDay', width: 12, value: (row) => day(row.owed_day) },
  { heading: 'unit', width: 9, value: (row) => word('unit', row.unit) },
  { heading: 'used', width: 9, value: (row) => row.used },
  { heading: 'statutoryLeft', width: 12, value: (row) => restOf(row, row.statutory_left, row.statutory_over) },
  { heading: 'statutoryDue', width: 12, value: (row) => day(row.statutory_due) },
  { heading: 'promisedLeft', width: 12, value: (row) => (row.promised_limit === null ? null : restOf(row, row.promised_left, row.promised_over)) },
  { heading: 'promisedDue', width: 12, value: (row) => (row.promised_limit === null ? null : day(row.promised_due)) },
  { heading: 'critical', width: 10, value: (row) => (row.critical ? zh.export.yes : null) },
  { heading: 'slip', width: 12, value: (row) => row.slip_days },
  { heading: 'received', width: 12, value: (row) => day(row.received_day) },
  { heading: 'accepted', width: 12, value: (row) => day(row.accepted_day) },
  { heading: 'decided', width: 12, value: (row) => day(row.decided_day) },
  { heading: 'outcome', width: 18, value: (row) => word('outcome', row.outcome) },
  { heading: 'document', width: 24, value: (row) => row.document },
  { heading: 'system', width: 20, value: (row) => row.system },
  { heading: 'verified', width: 12, value: (row) => day(row.verified_day) },
];

async function write(out: PassThrough, format: 'xlsx' | 'csv', rows: AsyncIterable<Cell[]>, today: string): Promise<void> {
  const title = zh.export.title.replace('{{day}}', today);
  const headings = COLUMNS.map((column) => zh.export.heading[column.heading]);
  if (format === 'csv') return writeCsv(out, csvRows(title, headings, rows));
  await writeXlsx(out, [{ name: zh.export.sheet, widths: COLUMNS.map((column) => column.width), freeze: { rows: 2, columns: 2 }, merges: [{ top: 1, left: 0, bottom: 1, right: COLUMNS.length - 1 }], rows: sheetRows(title, headings, rows) }]);
}
