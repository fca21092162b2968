// A new edition of the working-day calendar moves the limits of what is open, once, and takes nothing of the time used.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { migrationsDir } from '../../../platform/root.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import type { getProblem } from '../pool/contract.ts';
import { countByCalendar } from './bycalendar.ts';
import { turnAll } from './turning.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ day: '2023-06-30' });
  await world.app.run(world.app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: world.orgs.desk }, { duty: 'development', organisationId: world.orgs.root }] });
});
afterAll(() => world.close());

const DAY_MS = 86_400_000;
const get = async (id: string) => (await world.app.ask(world.app.system, 'problems.get', { id })) as OutputOf<typeof getProblem>;
const raise = async (input = {}) => ((await world.app.run(world.actors.desk, 'problems.raise', { title: '停电', kind: 'utilities', enterpriseId: world.orgs.enterprise, toOrgId: world.orgs.department, ...input })).output as { id: string }).id;
const run = async (name: string, id: string, input = {}) => world.app.run(world.app.system, `problems.${name}`, { id, ...input });
const snow = async (day: string) => world.app.run(world.app.system, 'approvals.enter_local_days', { id: newId(), name: '特大暴雪停工', from: day, to: day, work: false, counts: 'all', document: `示办〔2023〕${newId().slice(-5)}号`, basis: '突发事件应对法第四十九条' });
const due = (one: OutputOf<typeof getProblem>): number => Date.parse(one.solveDueAt ?? '');
const events = async (kind: string) => (await world.app.database.rows<{ after: unknown }>(sql`select after from platform_events where kind = ${kind} order by seq`)).map((row) => row.after);

it('moves each limit by the day that is no working day any more, keeps what was used, and is a step and an event of each', async () => {
  world.app.clock.stand('2023-06-30', '09:00');
  const [ordinary, complex, waiting, over, answered] = [await raise(), await raise({ severity: 'complex' }), await raise(), await raise({ severity: 'urgent' }), await raise()];
  await run('reply', ordinary, { text: '已联系' });
  await run('pause', waiting, { kind: 'enterprise', reason: '等待企业补充资料' });
  world.app.clock.stand('2023-07-06', '09:00');
  await turnAll(world.app);
  await run('submit', answered, { text: '已送电' });
  const before = await Promise.all([ordinary, complex, waiting, over, answered].map(get));
  await snow('2023-07-10');
  expect(await countByCalendar(world.app)).toBe(5);
  const [a, b, c, d, e] = await Promise.all([ordinary, complex, waiting, over, answered].map(get));
  const [first] = before;
  // Seven working days move; thirty calendar days do not, nor does what stands, nor what had run out before.
  expect(due(a ?? fail())).toBe(due(first ?? fail()) + DAY_MS);
  expect(a).toMatchObject({ usedMinutes: first?.usedMinutes, limitMinutes: 7 * 1440, version: (first?.version ?? 0) + 1 });
  expect(a?.steps.at(-1)).toMatchObject({ kind: 'reclassified', details: { calendar: 1 } });
  for (const [was, is] of [[before[1], b], [before[2], c], [before[3], d]]) expect([is?.version, is?.solveDueAt, is?.overdues]).toEqual([was?.version, was?.solveDueAt, was?.overdues]);
  expect(Date.parse(e?.dueAt ?? '')).toBe(Date.parse(before[4]?.dueAt ?? '') + DAY_MS);
  expect(e?.steps.at(-1)).toMatchObject({ kind: 'noted', details: { calendar: 1 } });
  const asked = await world.app.database.row<{ due: string }>(sql`select due_at as due from problems_answers where problem_id = ${answered}`);
  expect(new Date(asked?.due ?? '').toISOString()).toBe(e?.dueAt);
  expect(await events('problems.calendar_counted')).toMatchObject([{ edition: 1, counted: 5, moved: 2 }]);
});

it('is done once: then nothing is looked at until the calendar changes again, and what is raised later is counted by it from the start', async () => {
  expect(await countByCalendar(world.app)).toBe(0);
  const id = await raise();
  expect(await countByCalendar(world.app)).toBe(0);
  const before = due(await get(id));
  await snow('2023-07-11');
  expect(await countByCalendar(world.app)).toBe(6);
  expect(due(await get(id))).toBe(before + DAY_MS);
});

it('finds what was raised by the former edition and committed when all had been counted', async () => {
  const id = await raise();
  const before = await get(id);
  await countByCalendar(world.app);
  await world.app.database.run(sql`update problems_problems set calendar = calendar - 1, solve_due_at = solve_due_at - interval '1 day' where id = ${id}`);
  expect(await countByCalendar(world.app)).toBe(0);
  expect(await countByCalendar(world.app, true)).toBe(1);
  expect(await countByCalendar(world.app, true)).toBe(0);
  expect((await get(id)).solveDueAt).toBe(before.solveDueAt);
});

it('tells again what had run out and runs once more, when it runs out by the new calendar', async () => {
  world.app.clock.stand('2023-07-12', '09:00');
  const id = await raise({ severity: 'urgent' });
  world.app.clock.stand('2023-07-18', '09:00');
  await turnAll(world.app);
  expect((await get(id)).overdue).toBe(true);
  // Three days that had been counted turn out to have been none.
  for (const day of ['2023-07-13', '2023-07-14', '2023-07-17']) await snow(day);
  await countByCalendar(world.app);
  const again = await get(id);
  expect([again.overdue, again.overdues]).toEqual([false, 2]);
  world.app.clock.stand('2023-07-28', '09:00');
  await turnAll(world.app);
  expect((await get(id)).overdues).toBe(4);
});

it('counts once what was waiting at the upgrade: what had run out before the pause, and the agreed day, without a step', async () => {
  const old = await makeWorld({ day: '2023-06-30' });
  const { app } = old;
  await app.run(app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: old.orgs.desk }, { duty: 'development', organisationId: old.orgs.root }] });
  const of = async (id: string) => (await app.ask(app.system, 'problems.get', { id })) as OutputOf<typeof getProblem>;
  const raised = async () => ((await app.run(old.actors.desk, 'problems.raise', { title: '停电', kind: 'utilities', enterpriseId: old.orgs.enterprise, toOrgId: old.orgs.department })).output as { id: string }).id;
  app.clock.stand('2023-06-30', '09:00');
  const [over, agreed] = [await raised(), await raised()];
  await app.database.run(sql`update problems_problems set agreed_day = '2023-07-21' where id = ${agreed}`);
  app.clock.stand('2023-07-20', '09:00');
  await turnAll(app);
  for (const id of [over, agreed]) await app.run(app.system, 'problems.pause', { id, kind: 'enterprise', reason: '等待企业补充资料' });
  const before = await Promise.all([over, agreed].map(of));
  // As the program that was released left them.
  await app.database.run(sql`update problems_problems set due_at = null, solve_due_at = null where paused_at is not null`);
  await app.database.run(sql`update problems_access a set due_at = 'infinity' from problems_problems p where p.id = a.problem_id and p.paused_at is not null`);
  await app.database.run(sql`update problems_turns t set turn_at = p.pause_until from problems_problems p where p.id = t.problem_id and p.paused_at is not null`);
  const migration = readFileSync(path.join(migrationsDir, '0029_problems_calendar.sql'), 'utf8').split('\n').filter((line) => /^(?:update|insert) /.test(line));
  expect(migration).toHaveLength(2);
  const schema = await app.database.row<{ name: string }>(sql`select current_schema() as name`);
  const pool = new pg.Pool({ ...old.owner, max: 1 });
  for (const line of migration) await pool.query(`set search_path to ${schema?.name ?? ''}; ${line}`);
  await pool.end();
  expect((await of(over)).solveDueAt).toBeNull();

  expect(await countByCalendar(app)).toBe(2);
  expect(await countByCalendar(app)).toBe(0);
  expect(await Promise.all([over, agreed].map(of))).toEqual(before);
  const sorted = await app.database.row<{ at: string }>(sql`select due_at::text as at from problems_access where problem_id = ${over} limit 1`);
  expect(sorted?.at).not.toBe('infinity');
  app.clock.stand('2023-07-22', '09:00');
  await turnAll(app);
  expect((await of(agreed)).steps.at(-1)).toMatchObject({ kind: 'overdue', details: { step: 'solve' } });
  expect(await app.database.row(sql`select value from platform_settings where name = 'problems.counted_by'`)).toEqual({ value: 0 });
  await old.close();
});

function fail(): never {
  throw new Error('not there');
}
