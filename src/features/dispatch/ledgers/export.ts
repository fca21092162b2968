// The ledgers as files: what the reader sees under his filters, in its order. Text leaves as text: nothing in it may run as a formula.
import { PassThrough } from 'node:stream';
import { chinaDay, type Now } from '../../../kernel/clock.ts';
import type { InputOf } from '../../../kernel/contract.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { downloadHandler, type DownloadHandler } from '../../../platform/feature.ts';
import { csvRows, sheetRows, type ListCell } from '../../../platform/sheets/titled.ts';
import { writeXlsx } from '../../../platform/sheets/write.ts';
import { writeCsv } from '../../../platform/sheets/writecsv.ts';
import { LIST_LIMIT, type listProblems, type ProblemRow } from '../../problems/pool/contract.ts';
import { readList } from '../../problems/pool/reads.ts';
import { exportClosings } from './contract.ts';
import { exportAssignments } from '../taskforce/contract.ts';
import { groundOf } from '../taskforce/reading.ts';
import * as duties from '../taskforce/reads.ts';
import { exportDiary } from '../week/contract.ts';
import { diary, type DiaryFilter, type DiaryRow } from '../week/diary.ts';
import zh from '../../../../locales/zh-CN/ledgers.json' with { type: 'json' };
import history from '../../../../locales/zh-CN/history.json' with { type: 'json' };

const BATCH = 500;
/** A diary without an end of days would be years: a file holds as many lines as a sheet is read with. */
const MOST_ROWS = 200_000;

export const exportHandlers: readonly DownloadHandler[] = [
  downloadHandler(exportAssignments, {
    permission: 'projects.export',
    make: async ({ db, actor, input, now }) => {
      assertReads(actor, exportAssignments.name);
      const { format = 'xlsx', ...filter } = input;
      return file(zh.export.assignment, format, ASSIGNMENT, assignmentRows(db, actor, filter, now), now);
    },
  }),
  downloadHandler(exportDiary, {
    permission: 'projects.export',
    make: async ({ db, actor, input, now }) => {
      assertReads(actor, exportDiary.name);
      const { format = 'xlsx', ...filter } = input;
      return file(zh.export.diary, format, DIARY, diaryRows(db, actor, filter), now);
    },
  }),
  downloadHandler(exportClosings, {
    permission: 'problems.export',
    make: async ({ db, actor, input, now }) => {
      if (!may(actor, 'problems.read')) refuse('platform.not_allowed', { query: exportClosings.name });
      const { format = 'xlsx', ...filter } = input;
      return file(zh.export.closing, format, CLOSING, closingRows(db, actor, filter, now), now);
    },
  }),
];

// A role may take lists away without being one that reads these.
function assertReads(actor: Actor, query: string): void {
  if (!may(actor, 'dispatch.read')) refuse('platform.not_allowed', { query });
}

type Cell = ListCell;
interface Column<Row> { readonly heading: keyof typeof zh.export.heading; readonly width: number; readonly value: (row: Row) => Cell }

async function* assignmentRows(db: Db, actor: Actor, filter: duties.AssignmentFilter, now: Now): AsyncGenerator<duties.AssignmentRow> {
  const ground = await groundOf(db, now);
  for (let after: string | undefined; ;) {
    const rows = await duties.assignments(db, actor, { ...filter, ...(after === undefined ? {} : { after }) }, ground, BATCH);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    after = String(last.seq);
  }
}

async function* diaryRows(db: Db, actor: Actor, filter: DiaryFilter): AsyncGenerator<DiaryRow> {
  let count = 0;
  for (let after: string | undefined; count < MOST_ROWS;) {
    const rows = await diary(db, actor, { ...filter, ...(after === undefined ? {} : { after }) }, BATCH);
    yield* rows;
    count += rows.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    after = `${last.day}~${last.id}`;
  }
}

async function* closingRows(db: Db, actor: Actor, filter: Omit<InputOf<typeof listProblems>, 'sort' | 'after' | 'limit'>, now: Now): AsyncGenerator<ProblemRow> {
  for (let after: string | undefined; ;) {
    const { items, next } = await readList(db, actor, { ...filter, sort: 'number', limit: LIST_LIMIT, ...(after === undefined ? {} : { after }) }, now);
    yield* items;
    if (next === null) return;
    after = next;
  }
}

const day = (value: string | null): Cell => (value === null ? null : { day: value });
const word = (words: Readonly<Record<string, string>>, value: string | null): Cell => (value === null ? null : (words[value] ?? value));

const ASSIGNMENT: readonly Column<duties.AssignmentRow>[] = [
  { heading: 'project', width: 42, value: (row) => row.name },
  { heading: 'level', width: 12, value: (row) => word(zh.level, row.level) },
  { heading: 'stage', width: 10, value: (row) => word(zh.stage, row.stage) },
  { heading: 'town', width: 14, value: (row) => row.townName },
  { heading: 'leader', width: 14, value: (row) => row.leaderName },
  { heading: 'leadOrg', width: 20, value: (row) => row.leadOrgName },
  { heading: 'head', width: 14, value: (row) => row.headName },
  { heading: 'commissioner', width: 14, value: (row) => row.commissionerName },
  { heading: 'since', width: 12, value: (row) => day(row.sinceDay) },
  { heading: 'force', width: 28, value: (row) => row.forceName },
  { heading: 'team', width: 10, value: (row) => row.team },
  { heading: 'lastVisit', width: 12, value: (row) => day(row.lastVisitDay) },
  { heading: 'lastLine', width: 14, value: (row) => day(row.lastLineWeek) },
];

const DIARY: readonly Column<DiaryRow>[] = [
  { heading: 'day', width: 12, value: (row) => day(row.day) },
  { heading: 'person', width: 12, value: (row) => row.user_name },
  { heading: 'what', width: 16, value: (row) => whatOf(row) },
  { heading: 'project', width: 40, value: (row) => row.project_name ?? row.org_name },
  { heading: 'done', width: 50, value: (row) => row.words['done'] ?? row.words['said'] ?? row.words['text'] ?? null },
  { heading: 'next', width: 40, value: (row) => row.words['next'] ?? null },
  { heading: 'problem', width: 40, value: (row) => row.words['problem'] ?? null },
  { heading: 'place', width: 24, value: (row) => row.words['place'] ?? null },
  { heading: 'participants', width: 30, value: (row) => row.words['participants'] ?? null },
  { heading: 'policies', width: 30, value: (row) => row.words['policies'] ?? null },
];

/** The day in China of an instant. */
const dayAt = (at: string | null): Cell => (at === null ? null : { day: chinaDay(new Date(at)) });

const CLOSING: readonly Column<ProblemRow>[] = [
  { heading: 'number', width: 12, value: (row) => row.number },
  { heading: 'title', width: 50, value: (row) => row.title },
  { heading: 'project', width: 40, value: (row) => row.projectName ?? row.enterpriseName },
  { heading: 'state', width: 18, value: (row) => word(zh.problemState, row.state) },
  { heading: 'owner', width: 20, value: (row) => row.ownerUserName ?? row.ownerName },
  { heading: 'raised', width: 12, value: (row) => dayAt(row.raisedAt) },
  { heading: 'due', width: 12, value: (row) => dayAt(row.solveDueAt) },
  { heading: 'ended', width: 12, value: (row) => dayAt(row.endedAt) },
  { heading: 'again', width: 10, value: (row) => row.reopened + row.redone },
];

function whatOf(row: DiaryRow): Cell {
  if (row.kind === 'event') return word(history as unknown as Readonly<Record<string, string>>, row.what.replace('.', '_')); // some words of it are groups; those of events are texts
  return word(zh.kind, row.what);
}

type Name = { readonly file: string; readonly title: string };

function file<Row>(name: Name, format: 'xlsx' | 'csv', columns: readonly Column<Row>[], rows: AsyncIterable<Row>, now: Now) {
  const content = new PassThrough();
  void write(content, name, format, columns, rows, now.day).then(() => content.end(), (error: unknown) => content.destroy(error instanceof Error ? error : new Error(String(error))));
  return { fileName: `${name.file}-${now.day}.${format}`, content, mediaType: format === 'xlsx' ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv; charset=utf-8' };
}

async function write<Row>(out: PassThrough, name: Name, format: 'xlsx' | 'csv', columns: readonly Column<Row>[], rows: AsyncIterable<Row>, today: string): Promise<void> {
  const title = name.title.replace('{{day}}', today);
  const headings = columns.map((column) => zh.export.heading[column.heading]);
  const cells = cellsOf(columns, rows);
  if (format === 'csv') return writeCsv(out, csvRows(title, headings, cells));
  await writeXlsx(out, [{ name: name.file, widths: columns.map((column) => column.width), freeze: { rows: 2, columns: 1 }, merges: [{ top: 1, left: 0, bottom: 1, right: columns.length - 1 }], rows: sheetRows(title, headings, cells) }]);
}

async function* cellsOf<Row>(columns: readonly Column<Row>[], rows: AsyncIterable<Row>): AsyncGenerator<Cell[]> {
  for await (const row of rows) yield columns.map((column) => column.value(row));
}
