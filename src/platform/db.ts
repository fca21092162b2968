// The database as the rest of the program sees it: composable SQL, rows, one transaction function. No SQL text is ever built
// from strings elsewhere, and no text that came from outside is ever part of a statement: it travels as a parameter.
import { createHash } from 'node:crypto';
import pg from 'pg';
import { refuse } from '../kernel/refuse.ts';
import { sendBundle, type Outcome, type Outgoing } from './bundle.ts';

export type Parameter = string | number | boolean | null | Date | Uint8Array | readonly unknown[] | Readonly<Record<string, unknown>>;

/** A statement or a part of one. */
export class Sql {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
  /** Planned anew for the values of each call, never prepared: for statements whose best plan depends on what is asked. */
  readonly fresh: boolean;

  constructor(strings: readonly string[], values: readonly unknown[], fresh = false) {
    this.strings = strings;
    this.values = values;
    this.fresh = fresh;
  }
}

/** Makes SQL: `${value}` becomes a parameter, `${sql`…`}` is put in as it is. */
export function sql(strings: TemplateStringsArray, ...values: readonly (Parameter | Sql | undefined)[]): Sql {
  return new Sql(strings, values);
}

const NAME = /^[a-z_][a-z0-9_]*$/;

/** A column or table whose name is chosen by the program (never by a reader: look it up in an allow list first). */
sql.id = (name: string): Sql => {
  if (!NAME.test(name)) throw new Error(`not an SQL name: ${name}`);
  return new Sql([`"${name}"`], []);
};

/** The statement, to be planned for its values at each call (a search for a rare word and for a common one are two plans). */
sql.fresh = (statement: Sql): Sql => new Sql(statement.strings, statement.values, true);

/** Parts with a separator between them; an empty list gives an empty part. */
sql.join = (parts: readonly Sql[], separator = ', '): Sql => {
  if (parts.length === 0) return sql.empty;
  return new Sql(['', ...parts.slice(1).map(() => separator), ''], parts);
};

sql.empty = new Sql([''], []);

/** Parts of a WHERE clause, all of which must hold. */
sql.all = (parts: readonly Sql[]): Sql => (parts.length === 0 ? new Sql(['true'], []) : sql.join(parts, ' and '));

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The text with $1, $2 … and its parameters. */
export function compile(statement: Sql): Statement {
  const values: unknown[] = [];
  let text = '';
  const walk = (part: Sql): void => {
    for (let i = 0; i < part.strings.length; i += 1) {
      text += part.strings[i] ?? '';
      if (i >= part.values.length) continue;
      const value = part.values[i];
      if (value instanceof Sql) walk(value);
      else {
        values.push(value === undefined ? null : toParameter(value));
        text += `$${values.length}`;
      }
    }
  };
  walk(statement);
  return { text, values };
}

// pg turns arrays into PostgreSQL arrays and plain objects into JSON; bytes go as Buffer.
function toParameter(value: unknown): unknown {
  return value instanceof Uint8Array && !Buffer.isBuffer(value) ? Buffer.from(value) : value;
}

/** Marks a value as json: needed for arrays, which would otherwise become PostgreSQL arrays. */
export function json(value: unknown): string {
  return JSON.stringify(value ?? null);
}

/** What reads and writes: the pool itself, or a transaction. `Row` is the shape that the statement itself selects. */
export interface Db {
  rows<Row>(statement: Sql): Promise<Row[]>;
  row<Row>(statement: Sql): Promise<Row | undefined>;
  run(statement: Sql): Promise<number>;
}

export interface Transaction extends Db {
  /** Sends a statement together with the commit, when all else is done: nothing may wait for its result. `given` gets its first row when all is committed. */
  last<Row>(statement: Sql, given?: (row: Row | undefined) => void): void;
}

/** Waits for all, whichever fails, then gives the results or the first error: nothing of a command is still under way when it ends. */
export async function settled<const Parts extends readonly unknown[]>(parts: Parts): Promise<{ -readonly [Index in keyof Parts]: Awaited<Parts[Index]> }> {
  await Promise.allSettled(parts);
  return Promise.all(parts);
}

export interface Database extends Db {
  readonly schema: string;
  /** Runs `work` in one transaction; repeats it whole when PostgreSQL reports a serialization failure or a deadlock. */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  /** For streams (COPY) and LISTEN: the connection must be released. */
  connect(): Promise<pg.PoolClient>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly connection: pg.PoolConfig;
  readonly schema: string;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  /** Longest wait for a free connection; then the caller is told that the server is busy. */
  readonly poolWaitMs?: number;
  /** False only where losing the last moments is harmless: loading the demonstration zone, throw-away tests. */
  readonly synchronousCommit?: boolean;
}

/** Opens a pool whose connections see the zone's schema first and nothing of another zone. */
export function openDatabase(options: DatabaseOptions): Database {
  if (!NAME.test(options.schema)) throw new Error(`not a schema name: ${options.schema}`);
  const settings = [
    `-c search_path=${options.schema},public`,
    `-c statement_timeout=${options.statementTimeoutMs}`,
    `-c idle_in_transaction_session_timeout=60000`,
    `-c timezone=UTC`,
    `-c jit=off`,
    ...(options.connection.options === undefined ? [] : [options.connection.options]),
    ...(options.synchronousCommit === false ? ['-c synchronous_commit=off'] : []),
  ].join(' ');
  const pool = new pg.Pool({ ...options.connection, max: options.poolSize, connectionTimeoutMillis: options.poolWaitMs ?? 5000, options: settings, types: { getTypeParser } });
  pool.on('error', () => undefined); // an idle connection that dies is replaced at the next use
  // One that dies in a transaction tells its statements; unheard, its own error would end the program.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const one = async <Row>(statement: Sql): Promise<Result<Row>> => {
    const client = await pool.connect();
    let broken = false;
    try {
      const [outcome] = await sendBundle(client, [outgoing(statement)], parserOf);
      broken = outcome !== undefined && 'error' in outcome && codeOf(outcome.error) === '';
      return resultOf<Row>(outcome);
    } finally {
      client.release(broken);
    }
  };
  return {
    schema: options.schema,
    rows: async <Row>(statement: Sql) => (await one<Row>(statement)).rows,
    row: async <Row>(statement: Sql) => (await one<Row>(statement)).rows[0],
    run: async (statement) => (await one(statement)).rowCount,
    transaction: (work) => transaction(pool, work),
    connect: () => pool.connect(),
    close: () => pool.end(),
  };
}

interface Result<Row> { readonly rows: Row[]; readonly rowCount: number }

// The edge: a statement selects what its caller's `Row` says.
function resultOf<Row>(outcome: Outcome | undefined): Result<Row> {
  if (outcome === undefined) throw new Error('a statement without an answer');
  if ('error' in outcome) throw outcome.error;
  return outcome.answer as Result<Row>;
}

function outgoing(statement: Sql): Outgoing {
  const { text, values } = compile(statement);
  return { text, values, name: statement.fresh ? undefined : nameOf(text) };
}

// A text that comes back often is prepared under a name: PostgreSQL then parses it once for each connection. The table is
// bounded so that texts built from many filters cannot fill the server's memory.
const PREPARED_LIMIT = 400;
const prepared = new Map<string, { seen: number; name: string | undefined }>();
let named = 0;

function nameOf(text: string): string | undefined {
  const known = prepared.get(text);
  if (known === undefined) {
    if (prepared.size < 4000) prepared.set(text, { seen: 1, name: undefined });
    return undefined;
  }
  known.seen += 1;
  if (known.name === undefined && known.seen > 2 && named < PREPARED_LIMIT) {
    named += 1;
    known.name = `s${createHash('sha1').update(text).digest('hex').slice(0, 16)}`;
  }
  return known.name;
}

const RETRY_LIMIT = 5;
const RETRIED = new Set(['40001', '40P01']);

async function transaction<Result>(pool: pg.Pool, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    const client = await pool.connect();
    let broken = false;
    const line = new Line(client);
    try {
      const begun = line.send(BEGIN);
      begun.catch(() => undefined);
      const lasts: Last[] = [];
      const result = await work(transactionOf(line, lasts));
      // A last statement that fails makes the commit behind it a rollback.
      const sent = lasts.map((send) => send());
      await settled([begun, ...sent, line.send(COMMIT)]);
      for (const give of await Promise.all(sent)) give();
      return result;
    } catch (error) {
      await line.send(ROLLBACK).catch(() => {
        broken = true;
      });
      if (attempt < RETRY_LIMIT && RETRIED.has(codeOf(error))) continue;
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

const [BEGIN, COMMIT, ROLLBACK] = [sql`begin`, sql`commit`, sql`rollback`];

/** Sends a last statement; what comes back gives its row to whoever waits for it. */
type Last = () => Promise<() => void>;

function transactionOf(line: Line, lasts: Last[]): Transaction {
  return {
    rows: async <Row>(statement: Sql) => (await line.send<Row>(statement)).rows,
    row: async <Row>(statement: Sql) => (await line.send<Row>(statement)).rows[0],
    run: async (statement) => (await line.send(statement)).rowCount,
    last: <Row>(statement: Sql, given?: (row: Row | undefined) => void) => void lasts.push(async () => {
      const { rows } = await line.send<Row>(statement);
      return () => given?.(rows[0]);
    }),
  };
}

/** One connection's way out: statements that are sent in the same turn leave in one bundle, because each packet wakes a process. */
class Line {
  private waiting: { statement: Sql; resolve: (outcome: Outcome) => void }[] = [];

  constructor(private readonly client: pg.PoolClient) {}

  async send<Row>(statement: Sql): Promise<Result<Row>> {
    return resultOf<Row>(await new Promise<Outcome>((resolve) => {
      if (this.waiting.push({ statement, resolve }) === 1) process.nextTick(() => void this.leave());
    }));
  }

  private async leave(): Promise<void> {
    const leaving = this.waiting;
    this.waiting = [];
    const outcomes = await sendBundle(this.client, leaving.map((one) => outgoing(one.statement)), parserOf).catch((error: unknown) => leaving.map(() => ({ error })));
    for (const [i, one] of leaving.entries()) one.resolve(outcomes[i] ?? { error: new Error('a statement without an answer') });
  }
}

/** The SQLSTATE of a database error, or an empty text. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** The constraint that a database error names, or an empty text. */
export function constraintOf(error: unknown): string {
  return error instanceof Error && 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : '';
}

/** Sends rows in one go through jsonb_to_recordset-friendly JSON; refuses more than the limit that a statement may carry. */
export function jsonRows(rows: readonly Readonly<Record<string, unknown>>[]): string {
  if (rows.length > 50_000) refuse('platform.too_large', { rows: rows.length });
  return JSON.stringify(rows);
}

type Parser = (text: string) => unknown;
const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;
const NUMERIC = 1700;
const INT8_ARRAY = 1016;
const DATE_ARRAY = 1182;

const parsers: Readonly<Record<number, Parser>> = {
  [INT8]: safeInteger,
  [DATE]: (text) => text,
  [TIMESTAMPTZ]: instant,
  [NUMERIC]: (text) => text,
  [DATE_ARRAY]: (text) => (text === '{}' ? [] : text.slice(1, -1).split(',')),
  [INT8_ARRAY]: (text) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(safeInteger)),
};

// How a bundle reads a value of this type.
function parserOf(oid: number): Parser {
  return parsers[oid] ?? pg.types.getTypeParser(oid, 'text');
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): Parser {
  const own = format === 'binary' ? undefined : parsers[oid];
  return own ?? pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text');
}

// The session's zone is UTC: 2026-11-26 12:14:27.716123+00. Anything else (years before Christ, infinity) takes the long way.
function instant(text: string): string {
  if (!text.endsWith('+00') || text.length < 22 || text[10] !== ' ') return new Date(text).toISOString();
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0').slice(0, 3)}Z`;
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`integer out of the safe range: ${text}`);
  return value;
}
