// The configuration: one schema, read from a file and from the environment (which wins), checked before anything starts. Must never
// print a value that may hold a secret.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';

const megabyte = 1024 * 1024;

const whole = (minimum: number, maximum: number, initial: number) => Type.Integer({ minimum, maximum, default: initial });

/** What an operator may have reason to change, and why it stands at that number. Other bounds stand beside the code that keeps them. */
export const limitsSchema = Type.Object(
  {
    /** A command's JSON: the longest text field takes 20,000 characters; a pasted table goes through files. */
    bodyBytes: whole(1024, 64 * megabyte, megabyte),
    /** A ledger of 100,000 rows is 7 to 20 MB as .xlsx, a photo from a phone up to 12 MB. */
    uploadBytes: whole(1024, 1024 * megabyte, 50 * megabyte),
    /** What one person may upload in a day: forty site photos a day are half of it. */
    uploadDayBytes: whole(1024, 1024 * 1024 * megabyte, 1024 * megabyte),
    /** Ten times the largest ledger that was seen; more is a database to be joined, not a ledger. */
    importRows: whole(1, 1_000_000, 100_000),
    /** The widest ledger seen has 60 columns. Excel itself allows 16,384. */
    importColumns: whole(1, 16_384, 500),
    /** Sheets of one workbook that are looked at. */
    importSheets: whole(1, 1000, 100),
    /** Headings of real ledgers merge some hundred cells; a file with tens of thousands is made to exhaust the reader. */
    importMergedCells: whole(0, 1_000_000, 10_000),
    /** Real workbooks inflate 5 to 30 times; archives made to harm, a thousand times. */
    inflationRatio: whole(2, 10_000, 100),
    /** Inflated bytes of a workbook, whatever its ratio: 100,000 rows of 40 columns are about 300 MB of XML. */
    inflatedBytes: whole(1024, 8192 * megabyte, 600 * megabyte),
    /** Entries of an archive: a workbook has some dozens, one with photos some hundreds. */
    archiveEntries: whole(1, 1_000_000, 5000),
    /** Preview of 100,000 rows takes under a minute; a reader that runs longer is stuck. */
    importSeconds: whole(1, 3600, 120),
    /** Heap of the worker that reads a file; the whole process stays under 600 MB. */
    importHeapMb: whole(64, 8192, 400),
    /** The slowest page's statement takes some tens of milliseconds at 100,000 projects. */
    statementTimeoutMs: whole(100, 600_000, 15_000),
    /** Longest wait for a free connection before the reader is told that the server is busy. */
    poolWaitMs: whole(100, 60_000, 5000),
    /** A request that takes longer is cut: slow clients must not hold sockets (slowloris). */
    requestSeconds: whole(1, 600, 60),
    /** Requests of one address in a minute; a page makes about five. */
    requestsPerMinute: whole(10, 1_000_000, 1200),
    /** A reply kept for a repeated key: a browser that was asleep over a weekend still gets it. */
    idempotencyHours: whole(1, 8760, 72),
    /** Time that running requests get when the server is told to stop. */
    stopSeconds: whole(1, 300, 10),
  },
  { additionalProperties: false, default: {} },
);

export type Limits = Static<typeof limitsSchema>;

const schema = Type.Object(
  {
    port: whole(0, 65_535, 8080),
    host: Type.String({ minLength: 1, maxLength: 255, default: '0.0.0.0' }),
    dataDir: Type.String({ minLength: 1, maxLength: 3000, default: 'data' }),
    databaseUrl: Type.Optional(Type.String({ pattern: '^postgres(ql)?://', maxLength: 4000 })),
    zone: Type.String({ pattern: '^[a-z][a-z0-9_]{0,30}$', default: 'demo' }),
    demo: Type.Union([Type.Literal('auto'), Type.Literal('on'), Type.Literal('off')], { default: 'auto' }),
    logLevel: Type.Union([Type.Literal('debug'), Type.Literal('info'), Type.Literal('warn'), Type.Literal('error')], { default: 'info' }),
    /** Served over https: cookies then carry Secure and the __Host- prefix. */
    secure: Type.Boolean({ default: false }),
    /**
     * How many proxies of our own stand in front (true = 1): so many entries at the end of X-Forwarded-For were written by them, and what
     * stands before is what the caller claims. Never more than there are: anybody could then pose as any address.
     */
    trustProxy: whole(0, 10, 0),
    /** Connections to PostgreSQL. Two cores answer fastest with about this many; more only wait inside the server. */
    poolSize: whole(2, 200, 10),
    /** The mail server with its password. Set here it cannot be changed in the browser. */
    smtpUrl: Type.Optional(Type.String({ pattern: '^smtps?://[^\\s/?#]+/?$', maxLength: 2000 })),
    mailFrom: Type.Optional(Type.String({ pattern: '^[^\\s@<>]+@[^\\s@<>]+$', maxLength: 254 })),
    /** Mail may go without TLS: only where the server stands in the same trusted network. */
    smtpPlain: Type.Boolean({ default: false }),
    /** Hosts that may be called though their addresses are private: `hook.internal, 10.1.2.3:8443, http://10.1.2.4:8080`. */
    allowedHosts: Type.Optional(Type.String({ maxLength: 4000 })),
    publicUrl: Type.Optional(Type.String({ pattern: '^https?://[^\\s/?#]+/?$', maxLength: 300 })),
    /** Seals passwords and secrets in the database; left out a key is made in the data folder. */
    secretKey: Type.Optional(Type.String({ minLength: 32, maxLength: 1000 })),
    limits: limitsSchema,
  },
  { additionalProperties: false },
);

/** Variable of the environment for each key. Limits are set in the file, or as YUGONG_LIMIT_IMPORT_ROWS and the like. */
export const variables = {
  PORT: 'port',
  HOST: 'host',
  YUGONG_DATA: 'dataDir',
  DATABASE_URL: 'databaseUrl',
  YUGONG_ZONE: 'zone',
  YUGONG_DEMO: 'demo',
  LOG_LEVEL: 'logLevel',
  YUGONG_POOL: 'poolSize',
  YUGONG_SECURE: 'secure',
  YUGONG_TRUST_PROXY: 'trustProxy',
  YUGONG_SMTP_URL: 'smtpUrl',
  YUGONG_MAIL_FROM: 'mailFrom',
  YUGONG_SMTP_PLAIN: 'smtpPlain',
  YUGONG_ALLOWED_HOSTS: 'allowedHosts',
  YUGONG_PUBLIC_URL: 'publicUrl',
  YUGONG_SECRET_KEY: 'secretKey',
} as const;

export type Config = Static<typeof schema> & {
  /** The zone's schema in the database. */
  schema: string;
};

/** A configuration that cannot be used; the message names what to change and holds no value that may be secret. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

export type Environment = Readonly<Record<string, string | undefined>>;

export function readConfig(environment: Environment, base = process.cwd()): Config {
  const dataDir = path.resolve(base, set(environment['YUGONG_DATA']) ?? 'data');
  const file = set(environment['YUGONG_CONFIG']);
  const fromFile = readConfigFile(file === undefined ? path.join(dataDir, 'yugong.config.json') : path.resolve(base, file), file !== undefined);
  const { values, origins } = merge(fromFile, environment);
  const filled = Value.Convert(schema, Value.Default(schema, values));
  if (!Value.Check(schema, filled)) throw new ConfigError(explain(filled, origins));
  return { ...filled, dataDir: path.resolve(base, filled.dataDir), schema: `zone_${filled.zone}` };
}

/** The defaults of all limits, for tests and tools. */
export function defaultLimits(): Limits {
  return Value.Parse(limitsSchema, Value.Default(limitsSchema, {}));
}

function set(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

function readConfigFile(file: string, asked: boolean): { file: string; values: Record<string, unknown> } {
  if (!existsSync(file)) {
    if (asked) throw new ConfigError(`YUGONG_CONFIG names ${file}, which does not exist.`);
    return { file, values: {} };
  }
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { file, values: { ...parsed } };
  } catch (error) {
    throw new ConfigError(`${file} is not JSON: ${error instanceof SyntaxError ? 'syntax error' : String(error)}`);
  }
  throw new ConfigError(`${file} must hold one JSON object.`);
}

type Merged = { values: Record<string, unknown>; origins: Map<string, string> };

function merge(fromFile: { file: string; values: Record<string, unknown> }, environment: Environment): Merged {
  const values: Record<string, unknown> = { ...fromFile.values };
  const origins = new Map(Object.keys(values).map((key) => [key, `"${key}" in ${fromFile.file}`]));
  const given = values['limits'];
  const limits: Record<string, unknown> = typeof given === 'object' && given !== null && !Array.isArray(given) ? { ...given } : {};
  for (const key of Object.keys(limits)) origins.set(`limits/${key}`, `"limits.${key}" in ${fromFile.file}`);
  for (const [variable, key] of Object.entries(variables)) {
    const value = set(environment[variable]);
    if (value === undefined) continue;
    values[key] = value;
    origins.set(key, variable);
  }
  for (const key of Object.keys(limitsSchema.properties)) {
    const variable = limitVariable(key);
    const value = set(environment[variable]);
    if (value === undefined) continue;
    limits[key] = value;
    origins.set(`limits/${key}`, variable);
  }
  if (given === undefined || (typeof given === 'object' && given !== null)) values['limits'] = limits;
  return { values, origins };
}

/** `importRows` is `YUGONG_LIMIT_IMPORT_ROWS`. */
export function limitVariable(key: string): string {
  return `YUGONG_LIMIT_${key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function explain(values: unknown, origins: ReadonlyMap<string, string>): string {
  const lines = new Set<string>();
  for (const error of Value.Errors(schema, values)) {
    const key = error.instancePath.slice(1);
    // Never the value: it may be a password in a URL that was put into the wrong variable.
    if (error.keyword === 'additionalProperties') continue;
    const unknown = error.keyword === 'boolean';
    lines.add(`${origins.get(key) ?? origins.get(key.split('/')[0] ?? '') ?? (key || 'configuration')}: ${unknown ? 'is not a known setting' : wish(key, error.message)}`);
  }
  return `The configuration cannot be used:\n${[...lines].map((line) => `  ${line}`).join('\n')}`;
}

const wishes: Readonly<Record<string, string>> = {
  databaseUrl: 'must be a URL such as postgresql://user:password@host:5432/database',
  zone: 'must begin with a letter and hold only a–z, 0–9 and _ (at most 31)',
  demo: 'must be auto, on or off',
  logLevel: 'must be debug, info, warn or error',
  secure: 'must be true or false',
  trustProxy: 'must be false, true (one proxy) or how many proxies stand in front, at most 10',
  smtpUrl: 'must be a URL such as smtps://user:password@host:465 or smtp://host:587',
  mailFrom: 'must be an e-mail address',
  smtpPlain: 'must be true or false',
  allowedHosts: 'must be names of hosts with commas between them',
  publicUrl: 'must be the address of the site such as https://projects.example.gov.cn',
  secretKey: 'must have at least 32 characters',
  port: 'must be a whole number from 0 to 65535',
};

function wish(key: string, message: string): string {
  return wishes[key] ?? message;
}
