// Checks what came from outside against a contract's schema and says, field by field, what is wrong. Unknown fields are refused.
import { Compile } from 'typebox/compile';
import type { Static, TSchema } from 'typebox';
import { Settings } from 'typebox/system';
import { refuse } from '../kernel/refuse.ts';
import { bestBranches } from './unions.ts';

// Eight, as it comes, can all lie in the branches of a union that nobody meant.
Settings.Set({ maxErrors: 200 });

export interface FieldError {
  /** Dotted path to the field, empty for the whole input. */
  readonly path: string;
  /** Keyword of the rule that failed, for example `minLength`: the reader's text is chosen by it. */
  readonly rule: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export type Check<Schema extends TSchema> = (value: unknown) => Static<Schema>;

/** Compiles the check of a schema once; the check returns the value or refuses with `platform.invalid` and the fields. */
export function checker<Schema extends TSchema>(schema: Schema): Check<Schema> {
  const compiled = Compile(schema);
  return (value) => {
    if (compiled.Check(value)) {
      assertStorable(value);
      return value;
    }
    const errors: FieldError[] = [];
    for (const error of bestBranches([...compiled.Errors(value)])) {
      if (errors.length >= 50) break;
      errors.push({ path: dotted(error.instancePath), rule: error.keyword, params: { ...error.params } });
    }
    return refuse('platform.invalid', { errors });
  };
}

function dotted(pointer: string): string {
  return pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
}

const MAX_DEPTH = 12;

// PostgreSQL cannot store U+0000 in text, and a lone surrogate is not a character: both are refused with the field's name
// rather than as a database error.
function assertStorable(value: unknown, path = '', depth = 0): void {
  if (typeof value === 'string') {
    if (value.includes('\u0000')) refuse('platform.invalid', { errors: [{ path, rule: 'character', params: {} }] });
    if (!value.isWellFormed()) refuse('platform.invalid', { errors: [{ path, rule: 'character', params: {} }] });
    return;
  }
  if (value === null || typeof value !== 'object') return;
  if (depth > MAX_DEPTH) refuse('platform.invalid', { errors: [{ path, rule: 'depth', params: {} }] });
  for (const [key, part] of Object.entries(value)) assertStorable(part, path === '' ? key : `${path}.${key}`, depth + 1);
}

type Wanted = 'integer' | 'number' | 'boolean' | 'string';

/** Turns the texts of a query string into what the flat schema wants: numbers, booleans, lists. Wrong ones stay as they are. */
export function reader(schema: TSchema): (query: Readonly<Record<string, unknown>>) => Record<string, unknown> {
  const wants = new Map<string, { list: boolean; type: Wanted }>();
  for (const [name, field] of Object.entries(propertiesOf(schema))) {
    const list = typeIn(field) === 'array';
    const type = list ? typeIn(itemsOf(field)) : typeIn(field);
    wants.set(name, { list, type: type === 'integer' || type === 'number' || type === 'boolean' ? type : 'string' });
  }
  return (query) => {
    const result: Record<string, unknown> = {};
    for (const [name, raw] of Object.entries(query)) {
      const want = wants.get(name);
      if (want === undefined) {
        result[name] = raw;
        continue;
      }
      const values = (Array.isArray(raw) ? raw : [raw]).map((text: unknown) => convert(text, want.type));
      result[name] = want.list ? values : values[0];
    }
    return result;
  };
}

function convert(text: unknown, type: Wanted): unknown {
  if (typeof text !== 'string' || type === 'string') return text;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function propertiesOf(schema: TSchema): Readonly<Record<string, unknown>> {
  const found = read(schema, 'properties');
  return isRecord(found) ? found : {};
}

function itemsOf(field: unknown): unknown {
  return read(field, 'items');
}

function typeIn(field: unknown): unknown {
  const direct = read(field, 'type');
  if (direct !== undefined) return direct;
  const choices = read(field, 'anyOf');
  if (!Array.isArray(choices)) return undefined;
  return choices.map((choice) => typeIn(choice)).find((type) => type !== 'null');
}

function read(from: unknown, key: string): unknown {
  return isRecord(from) ? from[key] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
