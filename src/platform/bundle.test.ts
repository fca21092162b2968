// What leaves in one packet comes back in order, an error takes only what stands behind it, and every value arrives as it was sent.
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../test/world/database.ts';
import { arrayText, sendBundle, type Outcome, type Outgoing } from './bundle.ts';
import { columns, type ColumnType } from './columns.ts';
import { codeOf, openDatabase, sql, type Database } from './db.ts';

let fresh: FreshDatabase;
let client: pg.Client;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ connection: fresh.connection, schema: fresh.schema, poolSize: 2, statementTimeoutMs: 15_000, synchronousCommit: false });
});
beforeEach(async () => {
  client = new pg.Client(fresh.owner);
  await client.connect();
  return () => client.end();
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const parserOf = (oid: number): ((text: string) => unknown) => pg.types.getTypeParser(oid, 'text');
const say = (text: string, values: readonly unknown[] = [], name?: string): Outgoing => ({ text, values, name });
const send = (...statements: readonly Outgoing[]): Promise<Outcome[]> => sendBundle(client, statements, parserOf);

/** The rows of each answer, or the SQLSTATE of its error. */
const told = (outcomes: readonly Outcome[]): unknown[] => outcomes.map((one) => ('error' in one ? codeOf(one.error) : one.answer.rows));

describe('several statements in one turn', () => {
  it('are answered in their order, each with its own rows and count', async () => {
    const outcomes = await send(
      say('create temporary table things (n int)'), say('insert into things select generate_series(1, 5)'), say('select n from things where n > $1 order by n', [3]),
      say('select 1 as one where false'), say(''), say('update things set n = n + 10 where n < 3'), say('select count(*)::int as many, max(n) as top from things'),
    );
    expect(told(outcomes)).toEqual([[], [], [{ n: 4 }, { n: 5 }], [], [], [], [{ many: 5, top: 12 }]]);
    expect(outcomes.map((one) => ('answer' in one ? one.answer.rowCount : -1))).toEqual([0, 5, 2, 0, 0, 2, 1]);
  });

  it('can be the same named statement twice, also while it is parsed for the first time', async () => {
    const twice = say('select $1::text as said', ['a'], 'same');
    expect(told(await send(twice, { ...twice, values: ['b'] }, say('select 1 as one'), { ...twice, values: ['c'] }))).toEqual([[{ said: 'a' }], [{ said: 'b' }], [{ one: 1 }], [{ said: 'c' }]]);
    expect(told(await send({ ...twice, values: ['d'] }, { ...twice, values: [null] }))).toEqual([[{ said: 'd' }], [{ said: null }]]);
  });

  it('of several bundles that are sent at once are told apart', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => send(say('select $1::int as n', [i], 'number'), say('select $1::int * 2 as n', [i]))));
    expect(all.map(told)).toEqual(all.map((_, i) => [[{ n: i }], [{ n: i * 2 }]]));
  });
});

describe('an error', () => {
  it('in the middle fails what stands behind it, and what stood before keeps its answer', async () => {
    expect(told(await send(say('select 1 as n'), say('select 1 / 0 as n'), say('select 3 as n')))).toEqual([[{ n: 1 }], '22012', '22012']);
    expect(told(await send(say('select 4 as n')))).toEqual([[{ n: 4 }]]);
  });

  it('of parsing leaves a name that can be used again', async () => {
    const missing = say('select n from not_yet_there where n = $1', [1], 'later');
    expect(told(await send(say('select 1 as n'), missing, say('select 2 as n', [], 'behind')))).toEqual([[{ n: 1 }], '42P01', '42P01']);
    expect(told(await send(missing))).toEqual(['42P01']);
    await send(say('create temporary table not_yet_there as select 1 as n'));
    expect(told(await send(missing, say('select 2 as n', [], 'behind'), missing))).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 1 }]]);
  });

  it('of running leaves a prepared statement as it was, with its columns', async () => {
    const divide = (by: number): Outgoing => say('select 10 / $1::int as n', [by], 'divide');
    expect(told(await send(divide(0), divide(1)))).toEqual(['22012', '22012']);
    expect(told(await send(divide(2), divide(0)))).toEqual([[{ n: 5 }], '22012']);
    expect(told(await send(divide(5)))).toEqual([[{ n: 2 }]]);
  });

  it('in a transaction is undone by a rollback that is sent behind', async () => {
    expect(told(await send(say('begin'), say('create temporary table gone (n int)'), say('select 1 / 0'), say('commit')))).toEqual([[], [], '22012', '22012']);
    expect(told(await send(say('rollback'), say("select to_regclass('pg_temp.gone') as found")))).toEqual([[], [{ found: null }]]);
  });

  it('of a value that cannot be read is told for its own statement alone', async () => {
    const strict = (oid: number) => (text: string): unknown => (oid === 23 && text === '2' ? fail() : text);
    const fail = (): never => { throw new Error('not this one'); };
    const outcomes = await sendBundle(client, [say('select 1 as n'), say('select n from generate_series(1, 3) as n'), say('select 3 as n')], strict);
    expect(outcomes.map((one) => ('error' in one ? String(one.error) : one.answer.rows))).toEqual([[{ n: '1' }], 'Error: not this one', [{ n: '3' }]]);
  });

  it('of a value that cannot be written sends nothing at all', async () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    await expect(send(say('create temporary table half (n int)'), say('select $1::jsonb', [circle]))).rejects.toThrow();
    expect(told(await send(say("select to_regclass('pg_temp.half') as found")))).toEqual([[{ found: null }]]);
  });
});

const HOSTILE = ['', ' ', 'NULL', 'null', '"', '""', '\\', '\\\\', '\\"', "'", "''; drop table x; --", '{', '}', '{}', '{a,b}', ',', 'a,b', '(1,2)', '\n\r\t', '2023-06-30', '-1', '1e5', '0x1f', '济源', '愚公移山，你好', '𠮷👷‍♀️', '\u2028', '\\x41', '$1', 'é', 'e\u0301'];

describe('a value', () => {
  it.each(HOSTILE.map((text) => [text]))('%j arrives as text, in a list and in a document', async (text) => {
    const lists = [[text], [text, null, text], [null], []];
    expect(told(await send(
      say('select $1::text as it', [text]), ...lists.map((list) => say('select $1::text[] as it', [list])), say('select $1::jsonb as it', [{ [text]: [text] }]), say('select $1::jsonb as it', [JSON.stringify([text])]),
    ))).toEqual([[{ it: text }], ...lists.map((it) => [{ it }]), [{ it: { [text]: [text] } }], [{ it: [text] }]]);
  });

  it('of every other kind arrives as what it is', async () => {
    const bytes = Buffer.from([0, 1, 34, 39, 92, 255]);
    const at = new Date('2023-06-30T01:02:03.456Z');
    expect(told(await send(
      say('select $1::bytea as it', [bytes]), say('select $1::bytea[] as it', [[bytes, null, Buffer.alloc(0)]]), say('select $1::timestamptz as it', [at]), say('select $1::timestamptz[] as it', [[at, null]]),
      say('select $1::int[] as it', [[[1, 2], [3, 4]]]), say('select $1::text[] as it', [[['a"', 'NULL'], ['', '\\']]]), say('select $1::boolean as it', [false]), say('select $1::boolean[] as it', [[true, false, null]]),
      say('select $1::float8 as it', [-0.5]), say('select $1::float8[] as it', [[1e21, -1e-7, 0]]), say('select $1::text as it', [undefined]), say('select $1::jsonb as it', [{ n: null, deep: [{ a: 1 }] }]),
    ))).toEqual([
      [{ it: bytes }], [{ it: [bytes, null, Buffer.alloc(0)] }], [{ it: at }], [{ it: [at, null] }], [{ it: [[1, 2], [3, 4]] }], [{ it: [['a"', 'NULL'], ['', '\\']] }], [{ it: false }], [{ it: [true, false, null] }],
      [{ it: -0.5 }], [{ it: [1e21, -1e-7, 0] }], [{ it: null }], [{ it: { n: null, deep: [{ a: 1 }] } }],
    ]);
  });

  it('NULL the word and null the absence are told apart in a list', () => {
    expect(arrayText(['NULL', null, 'null', undefined])).toBe('{"NULL",NULL,"null",NULL}');
  });
});

const ID = '018f0000-0000-7000-8000-00000000000a';
const SAMPLES: Readonly<Record<ColumnType, readonly unknown[]>> = {
  uuid: [ID, 'ffffffff-ffff-4fff-bfff-ffffffffffff'], text: HOSTILE, int: [0, -1, 2_147_483_647, -2_147_483_648], smallint: [0, 32_767, -32_768],
  bigint: [0, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER], numeric: ['0.10', '-12345678901234567890.5'], float8: [0.1, -1e-7, 1e21, 5e-324], boolean: [true, false],
  date: ['2023-06-30', '0001-01-01', '9999-12-31'], timestamptz: ['2023-06-30T01:02:03.456Z', '1970-01-01T00:00:00.000Z'],
  jsonb: [...HOSTILE, [], {}, [null, 1, 'a', { b: HOSTILE }], { [HOSTILE.join('')]: { deep: [[HOSTILE]] } }, 0, false], 'text[]': [[], HOSTILE, ['NULL'], [null, '', null]], 'bigint[]': [[], [0, -1, Number.MAX_SAFE_INTEGER]],
};

describe('rows as columns', () => {
  it.each(Object.entries(SAMPLES).map(([type, values]) => [type, values] as const))('bring every value of %s back in its place, and null where there is none', async (type, values) => {
    const kind = types().find((one) => one === type) ?? 'text';
    const rows = [...values.map((it, n) => ({ n, it })), { n: values.length, it: null }, { n: values.length + 1 }];
    const back = await database.rows<{ n: number; it: unknown; nth: number }>(sql`select n, it, nth from ${columns({ n: 'int', it: kind }, rows)} as v order by nth`);
    expect(back).toEqual([...values, null, null].map((it, n) => ({ n, it, nth: n + 1 })));
  });

  it('of all types at once stay together', async () => {
    const shape = Object.fromEntries(types().map((type, i) => [`c${String(i)}`, type]));
    const rows = [0, 1].map((at) => Object.fromEntries(types().map((type, i) => [`c${String(i)}`, SAMPLES[type][at]])));
    const names = sql.join(Object.keys(shape).map((name) => sql.id(name)));
    expect(await database.rows(sql`select ${names} from ${columns(shape, rows)} as v order by nth`)).toEqual(rows);
    expect(await database.rows(sql`select ${names} from ${columns(shape, [])} as v`)).toEqual([]);
  });

  it('refuse what does not fit its column', async () => {
    await expect(database.rows(sql`select it from ${columns({ it: 'smallint' }, [{ it: 32_768 }])} as v`)).rejects.toMatchObject({ code: '22003' });
    await expect(database.rows(sql`select it from ${columns({ it: 'uuid' }, [{ it: "x'" }])} as v`)).rejects.toMatchObject({ code: '22P02' });
    await expect(database.rows(sql`select it from ${columns({ it: 'text' }, [{ it: 'a\u0000b' }])} as v`)).rejects.toMatchObject({ code: '22021' });
    expect(await database.rows(sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });
});

function types(): ColumnType[] {
  return ['uuid', 'text', 'int', 'smallint', 'bigint', 'numeric', 'float8', 'boolean', 'date', 'timestamptz', 'jsonb', 'text[]', 'bigint[]'];
}
