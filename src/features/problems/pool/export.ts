// The queue as a file: exactly the problems that the reader sees under his filters, in their order, with what he may know of each. Text leaves as
// text: nothing in it may run as a formula.
import { PassThrough } from 'node:stream';
import type { InputOf } from '../../../kernel/contract.ts';
import { chinaDay, type Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { downloadHandler } from '../../../platform/feature.ts';
import { csvRows, sheetRows, type ListCell } from '../../../platform/sheets/titled.ts';
import { writeXlsx } from '../../../platform/sheets/write.ts';
import { writeCsv } from '../../../platform/sheets/writecsv.ts';
import { exportProblems, LIST_LIMIT, type ProblemRow } from './contract.ts';
import type { Left } from './left.ts';
import { readKinds, readList } from './reads.ts';
import zh from '../../../../locales/zh-CN/problems.json' with { type: 'json' };

export const exportHandler = downloadHandler(exportProblems, {
  permission: 'problems.export',
  make: async ({ db, actor, input, now }) => {
    // A role may take lists away without being one that reads problems.
    if (!may(actor, 'problems.read')) refuse('platform.not_allowed', { query: exportProblems.name });
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

async function* rowsOf(db: Db, actor: Actor, filter: Omit<InputOf<typeof exportProblems>, 'format'>, now: Now): AsyncGenerator<Cell[]> {
  const kinds = new Map((await readKinds(db)).map((kind) => [kind.code, kind.zh]));
  for (let after: string | undefined; ;) {
    const { items, next } = await readList(db, actor, { ...filter, limit: LIST_LIMIT, ...(after === undefined ? {} : { after }) }, now);
    for (const row of items) yield COLUMNS.map((column) => column.value(row, (code) => kinds.get(code) ?? code));
    if (next === null) return;
    after = next;
  }
}

interface Column {
  readonly heading: keyof typeof zh.export.heading;
  readonly width: number;
  readonly value: (row: ProblemRow, kindOf: (code: string) => string) => Cell;
}

const words: Readonly<Record<string, Readonly<Record<string, string>>>> = { state: zh.state, severity: zh.severity, source: zh.source, tier: zh.tier, step: zh.step, pause: zh.pause, satisfaction: zh.satisfaction };
const word = (area: string, value: string | number | null): Cell => (value === null ? null : (words[area]?.[String(value)] ?? String(value)));
const day = (value: string | null): Cell => (value === null ? null : { day: chinaDay(new Date(value)) });

function said(left: Left | null): Cell {
  if (left === null) return null;
  return zh.left[left.over ? 'over' : 'in'].replace('{{time}}', zh.left[left.unit].replace('{{count}}', String(left.count)));
}

const COLUMNS: readonly Column[] = [
  { heading: 'number', width: 12, value: (row) => row.number },
  { heading: 'title', width: 48, value: (row) => row.title },
  { heading: 'state', width: 12, value: (row) => word('state', row.state) },
  { heading: 'step', width: 10, value: (row) => word('step', row.step) },
  { heading: 'left', width: 16, value: (row) => (row.pauseKind === null ? said(row.left) : word('pause', row.pauseKind)) },
  { heading: 'due', width: 12, value: (row) => day(row.dueAt) },
  { heading: 'solveDue', width: 12, value: (row) => day(row.solveDueAt) },
  { heading: 'overdue', width: 8, value: (row) => (row.overdue ? zh.export.yes : null) },
  { heading: 'owner', width: 20, value: (row) => row.ownerName },
  { heading: 'person', width: 12, value: (row) => row.ownerUserName },
  { heading: 'kind', width: 12, value: (row, kindOf) => kindOf(row.kind) },
  { heading: 'severity', width: 8, value: (row) => word('severity', row.severity) },
  { heading: 'source', width: 12, value: (row) => word('source', row.source) },
  { heading: 'tier', width: 12, value: (row) => word('tier', row.tier) },
  { heading: 'project', width: 36, value: (row) => row.projectName },
  { heading: 'enterprise', width: 28, value: (row) => row.enterpriseName },
  { heading: 'raised', width: 12, value: (row) => day(row.raisedAt) },
  { heading: 'ended', width: 12, value: (row) => day(row.endedAt) },
  { heading: 'satisfaction', width: 12, value: (row) => word('satisfaction', row.satisfaction) },
  { heading: 'handbacks', width: 8, value: (row) => row.handbacks },
  { heading: 'redone', width: 8, value: (row) => row.redone },
  { heading: 'reopened', width: 8, value: (row) => row.reopened },
  { heading: 'overdues', width: 8, value: (row) => row.overdues },
];

async function write(out: PassThrough, format: 'xlsx' | 'csv', rows: AsyncIterable<Cell[]>, today: string): Promise<void> {
  const title = zh.export.title.replace('{{day}}', today);
  const headings = COLUMNS.map((column) => zh.export.heading[column.heading]);
  if (format === 'csv') return writeCsv(out, csvRows(title, headings, rows));
  await writeXlsx(out, [{ name: zh.export.sheet, widths: COLUMNS.map((column) => column.width), freeze: { rows: 2, columns: 2 }, merges: [{ top: 1, left: 0, bottom: 1, right: COLUMNS.length - 1 }], rows: sheetRows(title, headings, rows) }]);
}
