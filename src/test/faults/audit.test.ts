// The crash audit is shown each thing that it must find, one at a time.
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { makeWorld, type World } from '../world/world.ts';
import { audit } from './audit.ts';
import type { Sent } from './machine.ts';

let world: World;
let pool: pg.Pool;
const sent: Sent[] = [];

beforeAll(async () => {
  world = await makeWorld();
  pool = new pg.Pool({ ...world.owner, max: 1 });
  for (let n = 0; n < 4; n += 1) sent.push({ id: await world.project(), key: newId() });
});
afterAll(async () => {
  await pool.end();
  await world.close();
});

const found = (told = { acknowledged: sent, doubtful: sent.slice(0, 0) }): Promise<string[]> => audit(pool, world.app.config.schema, told);
const [first, second, third] = [() => sent[0]?.id ?? '', () => sent[1]?.id ?? '', () => sent[2]?.id ?? ''];

test('finds nothing where nothing is wrong, and what was in doubt may be there', async () => {
  expect(await found()).toEqual([]);
  expect(await found({ acknowledged: sent.slice(1), doubtful: sent.slice(0, 1) })).toEqual([]);
});

test('finds what was acknowledged and is not there, and what nobody sent', async () => {
  const missing = newId();
  expect(await found({ acknowledged: [...sent, { id: missing, key: '' }], doubtful: [] })).toEqual([`lost: ${missing} was acknowledged`]);
  expect(await found({ acknowledged: sent.slice(1), doubtful: [] })).toEqual([`from nowhere: ${first()}`]);
});

test('finds a change without its event, an event without its change, and a change that happened twice', async () => {
  await events('delete from EVENTS where subject_id = $1', first());
  expect(await found()).toEqual([`half done: ${first()} has no event`]);
  await events('update EVENTS set subject_id = gen_random_uuid() where subject_id = $1', second());
  expect((await found()).filter((line) => line.startsWith('half done'))).toHaveLength(3);
  await events(`
    insert into EVENTS (id, at, day, actor_id, actor_name, command, key, kind, subject_type, subject_id)
    select gen_random_uuid(), at, day, actor_id, actor_name, command, key, kind, subject_type, subject_id from EVENTS where subject_id = $1`, third());
  expect(await found()).toContain(`twice: ${third()} was created 2 times`);
});

/** As the owner of the tables, whom nothing holds back. */
const events = (text: string, id: string): Promise<unknown> => pool.query(text.replaceAll('EVENTS', `${world.app.config.schema}.platform_events`), [id]);
