// The turn of the day for cases: what is kept of every open case is brought to the new day, many at a time. Derives and decides nothing; a run
// that is cut off is simply done again. A case that turned by itself (silence accepted it, a window ended) is counted from its events.
import { numberOfDay } from '../../../kernel/epoch.ts';
import type { Now } from '../../../kernel/clock.ts';
import { calendarWith, type WorkCalendar } from '../../../kernel/workdays.ts';
import { columns } from '../../../platform/columns.ts';
import { sql, type Db } from '../../../platform/db.ts';
import type { ClockRules } from '../clocks/terms.ts';
import { factsOf, readDuties, readHandbook } from './catalogue.ts';
import { keptOf, refresher, type KeptRow } from './kept.ts';
import { askOthers } from './opening.ts';
import * as store from './store.ts';

const BATCH = 5000;

interface OpenRow extends Omit<KeptRow, 'numbers'>, Omit<KeptRow['numbers'], 'owed_day'> {
  readonly id: string; readonly project_id: string; readonly item: string; readonly org_id: string; readonly source: string; readonly status: string; readonly turns_day: string | null; readonly limits: ClockRules | null;
}

/** Brings every open case to the day. Gives how many there were. */
export async function keepOpenCases(database: { transaction<R>(work: (tx: Db) => Promise<R>): Promise<R> }, now: Now): Promise<number> {
  let done = 0;
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const last = await database.transaction((tx) => keepBatch(tx, after, now));
    if (last === undefined) return done;
    done += last.count;
    after = last.id;
  }
}

async function keepBatch(tx: Db, after: string, now: Now): Promise<{ id: string; count: number } | undefined> {
  const rows = await tx.rows<OpenRow>(sql`
    select c.id, c.project_id, c.item, c.org_id, c.source, c.status, c.turns_day, case when c.turns_day <= ${now.day} then c.limits end as limits, c.kept, c.owes, c.owed_day, c.accepted_day, c.decided_day, c.statutory_limit,
      c.used, c.statutory_left, c.statutory_over, c.statutory_due, c.promised_left, c.promised_over, c.promised_due, c.provisional, c.level, c.days_left
    from approvals_cases c where c.closed_day is null and c.id > ${after} order by c.id limit ${BATCH} for update`);
  const last = rows.at(-1);
  if (last === undefined) return undefined;
  const calendar = calendarWith();
  const turned = rows.filter((row) => row.turns_day !== null && row.turns_day <= now.day);
  const quiet = rows.filter((row) => row.turns_day === null || row.turns_day > now.day);
  await writeNumbers(tx, quiet, now, calendar);
  if (turned.length > 0) await turn(tx, turned, now, calendar);
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

/** What happened by itself: the limits of the day of acceptance are the case's own from now on, and the others are asked. */
async function turn(tx: Db, rows: readonly OpenRow[], now: Now, calendar: WorkCalendar): Promise<void> {
  const [events, handbook, duties] = [await store.eventsOf(tx, rows.map((row) => row.id)), await readHandbook(tx, now.day), await readDuties(tx)];
  const kept: { id: string; kept: ReturnType<typeof keptOf> }[] = [];
  for (const row of rows) {
    const item = handbook.item(row.item);
    const rules = row.accepted_day === null || row.limits === null ? handbook.limits(row.item, await factsOf(tx, row.project_id)).rules : row.limits;
    const one = keptOf((events.get(row.id) ?? []).map(store.eventIn), now.day, rules, calendar);
    kept.push({ id: row.id, kept: one });
    if (row.accepted_day !== null || one.accepted_day === null || numberOfDay(one.accepted_day) === undefined) continue;
    await tx.run(sql`update approvals_cases set limits = ${JSON.stringify(rules)}::jsonb, version = version + 1 where id = ${row.id}`);
    if (item !== undefined) await askOthers(tx, { id: row.id, orgId: row.org_id, item, rules, duties }, now.day);
  }
  await store.keepCases(tx, kept, now.day);
}
