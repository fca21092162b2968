// The turn of the day for cases: what is kept of every open case is brought to the new day, many at a time. Derives and decides nothing; a run
// that is cut off is simply done again. A case that turned by itself (silence accepted it, a window ended), or that was counted by another calendar,
// is counted from its events, under the lock of its project, which is then kept too.
import type { Now } from '../../../kernel/clock.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { columns } from '../../../platform/columns.ts';
import { sql, type Database, type Db } from '../../../platform/db.ts';
import { readCalendar } from '../calendar/store.ts';
import { UNTOLD } from '../planning/outlook.ts';
import { refresher, type KeptRow } from './kept.ts';
import { recountCases } from './recount.ts';

const BATCH = 5000;
const FIRST = '00000000-0000-0000-0000-000000000000';

interface OpenRow extends Omit<KeptRow, 'numbers'>, Omit<KeptRow['numbers'], 'owed_day'> {
  readonly id: string; readonly calendar: number;
}

/** Brings every open case to the day. Gives how many there were. */
export async function keepOpenCases(database: Pick<Database, 'transaction'>, now: Now): Promise<number> {
  await recountCases(database, now, sql`c.turns_day <= ${now.day} or ${UNTOLD}`);
  let done = 0;
  for (let after = FIRST; ;) {
    const last = await database.transaction((tx) => keepBatch(tx, after, now));
    if (last === undefined) return done;
    done += last.count;
    after = last.id;
  }
}

async function keepBatch(tx: Db, after: string, now: Now): Promise<{ id: string; count: number } | undefined> {
  const rows = await tx.rows<OpenRow>(sql`
    select c.id, c.calendar, c.kept, c.owes, c.owed_day, c.accepted_day, c.decided_day, c.statutory_limit,
      c.used, c.statutory_left, c.statutory_over, c.statutory_due, c.promised_left, c.promised_over, c.promised_due, c.provisional, c.level, c.days_left
    from approvals_cases c where c.closed_day is null and (c.turns_day is null or c.turns_day > ${now.day}) and c.id > ${after} order by c.id limit ${BATCH} for update`);
  const last = rows.at(-1);
  if (last === undefined) return undefined;
  // Asked when the cases are locked: none of them can be counted by a later edition than this; the others are counted again by their own job.
  const calendar = await readCalendar(tx);
  await writeNumbers(tx, rows.filter((row) => row.calendar === calendar.edition), now, calendar.law);
  return { id: last.id, count: rows.length };
}

async function writeNumbers(tx: Db, rows: readonly OpenRow[], now: Now, calendar: WorkCalendar): Promise<void> {
  const refresh = refresher(now.day, calendar);
  const fresh: Record<string, unknown>[] = [];
  for (const row of rows) {
    const numbers = refresh({ ...row, numbers: row });
    if (!same(row, numbers)) fresh.push({ id: row.id, ...numbers });
  }
  if (fresh.length === 0) return;
  await tx.run(sql`
    update approvals_cases c set kept_day = ${now.day}, used = v.used, statutory_left = v.statutory_left, statutory_over = v.statutory_over, statutory_due = v.statutory_due, promised_left = v.promised_left,
      promised_over = v.promised_over, promised_due = v.promised_due, provisional = v.provisional, level = v.level, owed_day = v.owed_day, days_left = v.days_left
    from ${columns({ id: 'uuid', used: 'int', statutory_left: 'int', statutory_over: 'int', statutory_due: 'date', promised_left: 'int', promised_over: 'int', promised_due: 'date', provisional: 'boolean', level: 'text', owed_day: 'date', days_left: 'int' }, fresh)} as v
    where c.id = v.id`);
}

function same(before: KeptRow['numbers'], numbers: KeptRow['numbers']): boolean {
  return before.days_left === numbers.days_left && before.used === numbers.used && before.level === numbers.level && before.statutory_left === numbers.statutory_left && before.statutory_over === numbers.statutory_over
    && before.promised_left === numbers.promised_left && before.promised_over === numbers.promised_over && before.statutory_due === numbers.statutory_due && before.promised_due === numbers.promised_due
    && before.provisional === numbers.provisional && before.owed_day === numbers.owed_day;
}
