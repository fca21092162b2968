// A change of rules computes every project anew while others go on reporting: what is kept must be what the records say.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { run } from '../../../platform/command.ts';
import { compile, sql, type Database, type Transaction } from '../../../platform/db.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ day: '2023-06-20' });
});
afterAll(() => world.close());

const CALENDAR = { dueDay: 5, lockDay: 10, stages: [] };

it.each([
  ['projects.change_warning_rules', { rules: [], reason: '全部停用' }],
  ['projects.change_report_calendar', { calendar: CALENDAR, reason: '无须填报' }],
])('%s does not write over what is reported meanwhile', async (name, input) => {
  const id = await world.project({ townId: world.orgs.town, totalFen: 1_000_000, planFen: 500_000 });
  await world.app.database.run(sql`update projects_projects set stage = 'building', stage_day = '2023-01-10' where id = ${id}`);
  await world.app.run(world.app.system, 'projects.edit', { id, remarks: '亮灯' });
  const command = world.app.registry.commands.get(name);
  if (command === undefined) throw new Error(`${name} is gone`);
  let reported: Promise<unknown> = Promise.resolve();
  const database = between(world.app.database, async () => {
    reported = world.app.run(world.app.system, 'projects.report', { id, month: '2023-06', dispatchFen: 123_456 });
    // Either it goes through now, or it waits for the change of rules to end.
    await Promise.race([reported, pause(500)]);
  });
  await run(database, command, { actor: world.app.system, input, key: newId(), now: world.app.now(), env: { files: world.app.files, requestId: newId(), address: '', agent: '' } });
  await reported;
  expect(await world.app.ask(world.app.system, 'projects.recount', {})).toMatchObject({ differences: [] });
  expect(await world.app.database.row(sql`select distinct done_fen as done, light from projects_access where project_id = ${id}`)).toEqual({ done: 123_456, light: 0 });
});

/** A database in which something happens once the facts of all projects have been read and before anything is written. */
function between(database: Database, happens: () => Promise<void>): Database {
  let done = false;
  const wrap = (tx: Transaction): Transaction => ({
    ...tx,
    rows: async <Row>(statement: Parameters<Transaction['rows']>[0]) => {
      const rows = await tx.rows<Row>(statement);
      if (done || !compile(statement).text.includes('kept_months')) return rows;
      done = true;
      await happens();
      return rows;
    },
  });
  return { ...database, transaction: (work) => database.transaction((tx) => work(wrap(tx))) };
}
