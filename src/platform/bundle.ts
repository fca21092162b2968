// Statements that leave for PostgreSQL in one packet and come back in one: the extended protocol with a single Sync behind all of them, and
// without asking again what a prepared statement's columns are. After one that fails PostgreSQL skips the rest, which then fail with it.
import type pg from 'pg';

export interface Outgoing {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Prepared under this name on each connection; undefined: parsed for this once. */
  readonly name: string | undefined;
}

export interface Answer {
  readonly rows: Record<string, unknown>[];
  readonly rowCount: number;
}

export type Outcome = { readonly answer: Answer } | { readonly error: unknown };

type Parser = (text: string) => unknown;
interface Field { readonly name: string; readonly parse: Parser }
interface Described { readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[] }

/** A statement that a connection has prepared, with its columns once the first answer has named them. */
interface Known { readonly wire: string; fields: readonly Field[] | undefined }
interface Prepared { readonly known: Map<string, Known>; made: number }
const preparedOn = new WeakMap<object, Prepared>();

/** Sends the statements and gives the outcome of each, in their order. Never rejects. */
export function sendBundle(client: pg.ClientBase, statements: readonly Outgoing[], parserOf: (oid: number) => Parser): Promise<Outcome[]> {
  return new Promise((resolve) => void client.query(new Bundle(client, statements, parserOf, resolve)));
}

/** What the driver calls, message by message, while the bundle is at the head of its queue. */
class Bundle implements pg.Submittable {
  private readonly outcomes: Outcome[] = [];
  private readonly prepared: Prepared;
  private readonly values: (string | Buffer | null)[][];
  /** Each statement's own entry, and which of them are parsed for the first time by this bundle. */
  private readonly own: (Known | undefined)[] = [];
  private readonly parsed: (string | undefined)[] = [];
  private fields: readonly Field[] | undefined;
  private rows: Record<string, unknown>[] = [];
  private fault: unknown;

  constructor(client: pg.ClientBase, private readonly statements: readonly Outgoing[], private readonly parserOf: (oid: number) => Parser, private readonly done: (outcomes: Outcome[]) => void) {
    this.prepared = preparedOn.get(client) ?? { known: new Map(), made: 0 };
    preparedOn.set(client, this.prepared);
    // Before anything is sent: a value that cannot be written must not leave half a packet behind.
    this.values = statements.map((statement) => statement.values.map(toWire));
  }

  submit(connection: pg.Connection): void {
    connection.stream.cork();
    for (const [index, { text, name }] of this.statements.entries()) {
      const known = name === undefined ? undefined : this.prepared.known.get(name) ?? this.remember(name, index);
      this.own.push(known);
      if (known === undefined || this.parsed[index] === name) connection.parse({ name: known?.wire ?? '', text, types: [] }, true);
      connection.bind({ ...(known === undefined ? {} : { statement: known.wire }), values: this.values[index] ?? [] }, true);
      if (known?.fields === undefined) connection.describe({ type: 'P', name: '' }, true);
      connection.execute({}, true);
    }
    connection.sync();
    connection.stream.uncork();
  }

  // Every parse has a name of its own on the wire: whether one that failed was parsed or not is not known, and must not matter.
  private remember(name: string, index: number): Known {
    this.prepared.made += 1;
    const known = { wire: `${name}_${this.prepared.made}`, fields: undefined };
    this.prepared.known.set(name, known);
    this.parsed[index] = name;
    return known;
  }

  handleRowDescription(message: Described): void {
    const fields = message.fields.map((field) => ({ name: field.name, parse: this.parserOf(field.dataTypeID) }));
    this.fields = fields;
    const known = this.own[this.outcomes.length];
    if (known !== undefined) known.fields = fields;
  }

  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void {
    const fields = this.fields ?? this.own[this.outcomes.length]?.fields ?? [];
    const row: Record<string, unknown> = {};
    try {
      for (let i = 0; i < fields.length; i += 1) {
        const field = fields[i];
        const text = message.fields[i];
        if (field !== undefined) row[field.name] = text === null || text === undefined ? null : field.parse(text);
      }
    } catch (error) {
      this.fault ??= error;
    }
    this.rows.push(row);
  }

  handleCommandComplete(message: { readonly text: string }): void {
    const known = this.own[this.outcomes.length];
    if (known !== undefined) known.fields ??= [];
    const rowCount = Number(/(\d+)$/.exec(message.text)?.[1] ?? 0);
    this.outcomes.push(this.fault === undefined ? { answer: { rows: this.rows, rowCount } } : { error: this.fault });
    this.fields = undefined;
    this.rows = [];
    this.fault = undefined;
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' });
  }

  handleError(error: unknown): void {
    for (const name of this.parsed.slice(this.outcomes.length)) if (name !== undefined) this.prepared.known.delete(name);
    while (this.outcomes.length < this.statements.length) this.outcomes.push({ error });
    this.done(this.outcomes);
  }

  handleReadyForQuery(): void {
    this.done(this.outcomes);
  }
}

/** A parameter as the text that PostgreSQL reads; bytes stay bytes. */
function toWire(value: unknown): string | Buffer | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Buffer.isBuffer(value)) return value;
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? arrayText(value) : JSON.stringify(value);
}

// Digits, ids and days need no quotes; the word NULL and everything else does.
const PLAIN = /^[0-9][0-9a-f.:TZ-]*$/;

/** A list as PostgreSQL writes an array. */
export function arrayText(list: readonly unknown[]): string {
  let text = '{';
  for (const item of list) {
    if (text.length > 1) text += ',';
    text += itemText(item);
  }
  return `${text}}`;
}

function itemText(item: unknown): string {
  if (Array.isArray(item)) return arrayText(item);
  const wire = toWire(item);
  if (wire === null) return 'NULL';
  if (typeof wire !== 'string') return `"\\\\x${wire.toString('hex')}"`;
  if (PLAIN.test(wire)) return wire;
  return `"${wire.includes('\\') ? wire.replaceAll('\\', '\\\\').replaceAll('"', '\\"') : wire.replaceAll('"', '\\"')}"`;
}
