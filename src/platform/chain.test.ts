import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../kernel/ids.ts';
import { freshDatabase, type FreshDatabase } from '../test/world/database.ts';
import { makeSealer, readChain, SEAL_BATCH, verifyChain } from './chain.ts';
import { codeOf, openDatabase, sql, type Database, type Db } from './db.ts';

let fresh: FreshDatabase;
let database: Database;
let owner: pg.Client;

async function open(): Promise<void> {
  fresh = await freshDatabase();
  database = openDatabase({ connection: fresh.connection, schema: fresh.schema, poolSize: 6, statementTimeoutMs: 15_000, synchronousCommit: false });
  owner = new pg.Client(fresh.owner);
  await owner.connect();
  await owner.query(`set search_path to ${fresh.schema}, public`);
}

async function close(): Promise<void> {
  await owner.end();
  await database.close();
  await fresh.drop();
}

async function tell(db: Db, word = '事件', count = 1): Promise<void> {
  await db.run(sql`
    insert into platform_events (id, at, day, actor_id, actor_name, command, key, kind, subject_type, subject_id, before, after)
    select gen_random_uuid(), now(), '2023-06-30', ${newId()}, '项目办01', 'test.tell', 'k', ${word}, 'test', gen_random_uuid(), '{"a": 1.10}', '{"名称": "\\u6d4e源", "n": null}'
    from generate_series(1, ${count})`);
}

const seals = (): Promise<{ seq: number }[]> => database.rows(sql`select seq from platform_seals order by seq`);
const sealed = async (): Promise<number[]> => (await seals()).map(({ seq }) => seq);

/** A transaction that has told its event and waits for its end. */
async function holding(end: 'commit' | 'rollback'): Promise<() => Promise<void>> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let told = (): void => undefined;
  const ready = new Promise<void>((resolve) => (told = resolve));
  const done = database.transaction(async (tx) => {
    await tell(tx, '晚到');
    told();
    await released;
    if (end === 'rollback') throw new Error('rolled back');
  }).catch(() => undefined);
  await ready;
  return async () => {
    release();
    await done;
  };
}

describe('the sealer', () => {
  beforeEach(open);
  afterEach(close);

  it('links the events in the order of their numbers, batch by batch, and only new ones', async () => {
    const seal = makeSealer(database);
    expect(await seal()).toBe(0);
    await tell(database, '甲', SEAL_BATCH + 3);
    expect([await seal(), await seal(), await seal()]).toEqual([SEAL_BATCH, 3, 0]);
    await tell(database);
    expect(await readChain(database)).toMatchObject({ head: { seq: SEAL_BATCH + 3 }, pending: 1 });
    expect(await seal()).toBe(1);
    expect(await verifyChain(database)).toMatchObject({ broken: null, pending: 0, sealed: SEAL_BATCH + 4, head: { seq: SEAL_BATCH + 4 } });
  });

  it('waits for a number that a running transaction may still bring', async () => {
    const seal = makeSealer(database);
    await tell(database);
    const release = await holding('commit');
    await tell(database, '先提交', 2);
    expect([await seal(), await seal(), await seal()]).toEqual([1, 0, 0]);
    await release();
    // Whoever began to write meanwhile is not waited for.
    const later = await holding('rollback');
    expect(await seal()).toBe(3);
    expect(await sealed()).toEqual([1, 2, 3, 4]);
    await later();
    expect(await verifyChain(database)).toMatchObject({ broken: null });
  });

  it('goes past a number that was rolled back and never comes', async () => {
    const seal = makeSealer(database);
    const release = await holding('rollback');
    await tell(database, '乙', 2);
    expect(await seal()).toBe(0);
    await release();
    expect(await seal()).toBe(2);
    expect(await sealed()).toEqual([2, 3]);
    expect(await verifyChain(database)).toMatchObject({ broken: null, sealed: 2 });
  });

  it('works once where several run at the same moment, while others write', async () => {
    const sealers = [1, 2, 3].map(() => makeSealer(database));
    for (let round = 0; round < 15; round += 1) await Promise.all([...sealers.map((seal) => seal()), tell(database), database.transaction((tx) => tell(tx)), holding('rollback').then((release) => release())]);
    for (let turn = 0; turn < 3; turn += 1) for (const seal of sealers) await seal();
    expect(await verifyChain(database)).toMatchObject({ broken: null, pending: 0, sealed: 30 });
  });
});

describe('verifying', () => {
  afterEach(close);
  beforeEach(async () => {
    await open();
    await tell(database, '真', 10);
    expect(await makeSealer(database)()).toBe(10);
  });

  it.each([
    ['a reason', "update platform_events set reason = '补写' where seq = 4"], ['the person', "update platform_events set actor_name = '别人' where seq = 4"], ['the time', "update platform_events set at = at - interval '1 second' where seq = 4"],
    ['what it became', `update platform_events set after = '{"名称": "改"}' where seq = 4`], ['nothing but a number’s writing', `update platform_events set before = '{"a": 1.1}' where seq = 4`], ['the link', `update platform_seals set hash = sha256('x') where seq = 4`],
  ])('finds that the owner changed %s, and names the first link that breaks', async (_, statement) => {
    await owner.query(statement);
    expect((await verifyChain(database)).broken).toEqual({ seq: 4, why: 'changed' });
  });

  it('finds an event that was taken out, with its link or without, and one that was put in', async () => {
    await owner.query('delete from platform_seals where seq = 4; delete from platform_events where seq = 4');
    expect((await verifyChain(database)).broken).toEqual({ seq: 5, why: 'changed' });
    await owner.query("insert into platform_events overriding system value select (jsonb_populate_record(e, jsonb_build_object('seq', 4, 'id', gen_random_uuid()))).* from platform_events e where seq = 5");
    expect((await verifyChain(database)).broken).toEqual({ seq: 4, why: 'not_sealed' });
    await owner.query('alter table platform_seals drop constraint platform_seals_seq_fkey; delete from platform_events where seq = 2');
    expect((await verifyChain(database)).broken).toEqual({ seq: 2, why: 'event_missing' });
  });

  it('finds by a head that was written down that the end was cut off or the whole written anew', async () => {
    const { head } = await readChain(database);
    if (head === null) throw new Error('no head');
    expect((await verifyChain(database, head)).broken).toBeNull();
    await owner.query('delete from platform_seals where seq > 8; delete from platform_events where seq > 8');
    expect((await verifyChain(database)).broken).toBeNull();
    expect((await verifyChain(database, head)).broken).toEqual({ seq: 10, why: 'other_head' });
    await owner.query("delete from platform_seals; update platform_events set reason = 'anew' where seq = 3");
    await makeSealer(database)();
    expect((await verifyChain(database)).broken).toBeNull();
    expect((await verifyChain(database, { seq: 3, hash: head.hash })).broken).toEqual({ seq: 3, why: 'other_head' });
  });
});

describe('the application’s role', () => {
  afterAll(close);
  beforeAll(async () => {
    await open();
    await tell(database, '甲', 2);
    await makeSealer(database)();
  });

  it.each([
    'update platform_events set reason = null', 'delete from platform_events', 'truncate platform_events cascade', 'select from platform_events for update', 'update platform_seals set at = now()', 'delete from platform_seals',
    'alter table platform_events disable trigger all', 'alter table platform_events drop column reason', 'drop table platform_seals', 'create table mine (x int)', 'create table public.mine (x int)', "update schema_migrations set checksum = ''",
    'create schema other', "set session_replication_role = 'replica'",
  ])('is refused by the database: %s', async (statement) => {
    const client = await database.connect();
    try {
      const code = await client.query(statement).then(() => 'done', codeOf);
      expect(code).toBe('42501');
    } finally {
      client.release();
    }
  });
});
