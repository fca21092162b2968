// The safety net is itself tested: with one guard switched off at a time, the check that rests on it must find it. (Permissions: matrix.test.ts.)
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compile, type Database, type Transaction } from '../../platform/db.ts';
import type { CommandHandler } from '../../platform/feature.ts';
import { makeWorld, type World } from '../world/world.ts';
import { checkEvent, checkIdempotent, checkScope, checkStale, checkUnknownField } from './checks.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const edit = (): CommandHandler => {
  const found = world.app.registry.commands.get('projects.edit');
  if (found === undefined) throw new Error('projects.edit is gone');
  return found;
};

/** A database in whose transactions statements with this text are not run. */
function deaf(database: Database, text: string, count: number): Database {
  const wrap = (tx: Transaction): Transaction => ({
    rows: tx.rows, row: tx.row, run: async (statement) => (compile(statement).text.includes(text) ? count : tx.run(statement)),
    last: (statement, given) => (compile(statement).text.includes(text) ? undefined : tx.last(statement, given)),
  });
  return { ...database, transaction: (work) => database.transaction((tx) => work(wrap(tx))) };
}

it('finds a command that loads beyond the scope', async () => {
  const real = edit();
  const blind: CommandHandler = { ...real, parts: { ...real.parts, load: (context) => real.parts.load({ ...context, actor: world.app.system }) } };
  expect(await checkScope({ world, handler: real, database: world.app.database }, world.actors.town)).toEqual([]);
  expect(await checkScope({ world, handler: blind, database: world.app.database }, world.actors.town)).not.toEqual([]);
});

it('finds a command that takes unknown fields', async () => {
  const lax: CommandHandler = { ...edit(), check: (value) => value };
  expect(await checkUnknownField({ world, handler: lax, database: world.app.database }, world.actors.office)).not.toEqual([]);
});

it('finds a command that does not compare versions', async () => {
  const { version: _version, ...parts } = edit().parts;
  expect(await checkStale({ world, handler: { ...edit(), parts }, database: world.app.database }, world.actors.office)).not.toEqual([]);
});

it('finds a database that forgets the keys', async () => {
  expect(await checkIdempotent({ world, handler: edit(), database: deaf(world.app.database, 'insert into platform_keys', 1) }, world.actors.office)).not.toEqual([]);
});

it('finds a change without an event', async () => {
  expect(await checkEvent({ world, handler: edit(), database: deaf(world.app.database, 'insert into platform_events', 1) }, world.actors.office)).not.toEqual([]);
});
