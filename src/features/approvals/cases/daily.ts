// The turn of the day for cases: what is kept of every open case is brought to the new day, many at a time. Derives and decides nothing; a run
// that is cut off is simply done again. A case that turned by itself (silence accepted it, a window ended) is counted from its events.
import { numberOfDay } from '../../../kernel/epoch.ts';
import type { Now } from '../../../kernel/clock.ts';
import { calendarWith, type WorkCalendar } from '../../../kernel/workdays.ts';
import { columns } from '../../../platform/columns.ts';
import { sql, type Database, type Db } from '../../../platform/db.ts';
import type { ClockRules } from '../clocks/terms.ts';
import { factsOf, readDuties, readHandbook } from './catalogue.ts';
import { keptOf, refresher, type KeptRow } from './kept.ts';
import { askOthers } from './opening.ts';
import * as store from './store.ts';

const BATCH = 2000;
const FIRST = '00000000-0000-0000-0000-000000000000';

interface OpenRow extends Omit<KeptRow, 'numbers'>, Omit<KeptRow['numbers'], 'owed_day'> {
  readonly id: string; readonly version: number; readonly kept_day: string; readonly project_id: string; readonly item: string; readonly org_id: string; readonly turns_day: string | null;
}

interface LockedRow extends OpenRow {
  readonly limits: ClockRules;
}

type Opened = Pick<Database, 'rows' | 'transaction'>;

/** Brings every open case to the day. Gives how many there were. */
export async function keepOpenCases(database: Opened, now: Now): Promise<number> {
  let done = 0;
  for (let reading = readOpen(database, FIRST); ;) {
    const rows = await reading;
    const last = rows.at(-1);
    if (last === undefined) return done;
    // The next ones are read while these are computed and written. A failure shows when they are waited for.
    reading = readOpen(database, last.id);
    reading.catch(() => undefined);
    await database.transaction((tx) => keepBatch(tx, rows, now));
    done += rows.length;
  }
}

const NUMBERS = sql`
  c.id, c.version, c.kept_day, c.project_id, c.item, c.org_id, c.turns_day, c.kept, c.owes, c.owed_day, c.accepted_day, c.decided_day, c.statutory_limit,
    c.used, c.statutory_left, c.statutory_over, c.statutory_due, c.promised_left, c.promised_over, c.promised_due, c.provisional, c.level, c.days_left`;

/** Without a lock: who is in the middle of a case is not waited for, and what he writes is not written over. */
function readOpen(db: Pick<Db, 'rows'>, after: string): Promise<OpenRow[]> {
  return db.rows<OpenRow>(sql`select ${NUMBERS} from approvals_cases c where c.closed_day is null and c.id > ${after} order by c.id limit ${BATCH}`);
}

async function keepBatch(tx: Db, rows: readonly OpenRow[], now: Now): Promise<void> {
  const calendar = calendarWith();
  const overtaken = await writeNumbers(tx, rows.filter((row) => !hasTurned(row, now)), now, calendar);
  const waiting = [...overtaken, ...rows.filter((row) => hasTurned(row, now)).map((row) => row.id)];
  if (waiting.length > 0) await keepLocked(tx, waiting, now, calendar);
}

/** Cases that turned by themselves, and those that were changed since they were read: locked and read again. */
async function keepLocked(tx: Db, ids: readonly string[], now: Now, calendar: WorkCalendar): Promise<void> {
  const rows = await tx.rows<LockedRow>(sql`select ${NUMBERS}, c.limits from approvals_cases c where c.closed_day is null and c.id = any(${[...ids]}::uuid[]) order by c.id for update`);
  const turned = rows.filter((row) => hasTurned(row, now));
  await writeNumbers(tx, rows.filter((row) => !hasTurned(row, now)), now, calendar);
  if (turned.length > 0) await turn(tx, turned, now, calendar);
}

function hasTurned({ turns_day: day }: OpenRow, now: Now): boolean {
  return day !== null && day <= now.day;
}

/** Writes what the day changed, of cases that are still as they were read. Gives the others. */
async function writeNumbers(tx: Db, rows: readonly OpenRow[], now: Now, calendar: WorkCalendar): Promise<string[]> {
  const refresh = refresher(now.day, calendar);
  const fresh: ({ readonly id: string } & Readonly<Record<string, unknown>>)[] = [];
  for (const row of rows) {
    const numbers = refresh({ ...row, numbers: row });
    if (!same(row, numbers)) fresh.push({ id: row.id, version: row.version, was: row.kept_day, ...numbers });
  }
  if (fresh.length === 0) return [];
  const written = await tx.rows<{ id: string }>(sql`
    update approvals_cases c set kept_day = ${now.day}, used = v.used, statutory_left = v.statutory_left, statutory_over = v.statutory_over, statutory_due = v.statutory_due, promised_left = v.promised_left,
      promised_over = v.promised_over, promised_due = v.promised_due, provisional = v.provisional, level = v.level, owed_day = v.owed_day, days_left = v.days_left
    from ${columns({ id: 'uuid', version: 'int', was: 'date', used: 'int', statutory_left: 'int', statutory_over: 'int', statutory_due: 'date', promised_left: 'int', promised_over: 'int', promised_due: 'date', provisional: 'boolean', level: 'text', owed_day: 'date', days_left: 'int' }, fresh)} as v
    where c.id = v.id and c.version = v.version and c.kept_day = v.was returning c.id`);
  if (written.length === fresh.length) return [];
  const done = new Set(written.map((row) => row.id));
  return fresh.map((one) => one.id).filter((id) => !done.has(id));
}

function same(before: KeptRow['numbers'], numbers: KeptRow['numbers']): boolean {
  return before.days_left === numbers.days_left && before.used === numbers.used && before.level === numbers.level && before.statutory_left === numbers.statutory_left && before.statutory_over === numbers.statutory_over
    && before.promised_left === numbers.promised_left && before.promised_over === numbers.promised_over && before.statutory_due === numbers.statutory_due && before.promised_due === numbers.promised_due
    && before.provisional === numbers.provisional && before.owed_day === numbers.owed_day;
}

/** What happened by itself: the limits of the day of acceptance are the case's own from now on, and the others are asked. */
async function turn(tx: Db, rows: readonly LockedRow[], now: Now, calendar: WorkCalendar): Promise<void> {
  const [events, handbook, duties] = [await store.eventsOf(tx, rows.map((row) => row.id)), await readHandbook(tx, now.day), await readDuties(tx)];
  const kept: { id: string; kept: ReturnType<typeof keptOf> }[] = [];
  for (const row of rows) {
    const item = handbook.item(row.item);
    const rules = row.accepted_day === null ? handbook.limits(row.item, await factsOf(tx, row.project_id)).rules : row.limits;
    const one = keptOf((events.get(row.id) ?? []).map(store.eventIn), now.day, rules, calendar);
    kept.push({ id: row.id, kept: one });
    if (row.accepted_day !== null || one.accepted_day === null || numberOfDay(one.accepted_day) === undefined) continue;
    await tx.run(sql`update approvals_cases set limits = ${JSON.stringify(rules)}::jsonb, version = version + 1 where id = ${row.id}`);
    if (item !== undefined) await askOthers(tx, { id: row.id, orgId: row.org_id, item, rules, duties }, now.day);
  }
  await store.keepCases(tx, kept, now.day);
}
