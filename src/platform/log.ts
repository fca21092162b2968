// One JSON line a record on standard error. Never logs a body, a password, a token or a whole phone number: callers pass facts.

export type Level = 'debug' | 'info' | 'warn' | 'error';
const ORDER: Readonly<Record<Level, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

export interface Log {
  debug(message: string, facts?: Readonly<Record<string, unknown>>): void;
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

export function makeLog(level: Level, write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  const at = (own: Level) => (message: string, facts: Readonly<Record<string, unknown>> = {}): void => {
    if (ORDER[own] < ORDER[level]) return;
    write(`${JSON.stringify({ at: new Date().toISOString(), level: own, message, ...safe(facts) })}\n`);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

const SECRET = /pass|secret|token|cookie|authorization|password/i;

function safe(facts: Readonly<Record<string, unknown>>, depth = 0): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, SECRET.test(name) ? '…' : plain(value, depth)]));
}

const DEEPEST = 6; // facts are small; what goes deeper is a whole object, or a circle

// A secret is one however deep it stands.
function plain(value: unknown, depth: number): unknown {
  if (value instanceof Error) return { name: value.name, message: value.message, stack: value.stack };
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  if (depth >= DEEPEST) return '…';
  return Array.isArray(value) ? value.map((one) => plain(one, depth + 1)) : safe({ ...value }, depth + 1);
}
