// The state of a ledger as the typed input of a query: words of the address become what the schema says, nonsense is left out.
import type { Static, TSchema } from 'typebox';
import { faultsOf } from '../form/check.ts';

export interface Given {
  readonly input: Readonly<Record<string, string | number | readonly string[]>>;
  /** `total` or `-total` */
  readonly sort: string;
}

/** `useReadPages(listProjects, { ...inputFor(listProjects.input, ledger), limit: 60 })`. Gives `sort` and, where the schema has it, `down`. */
export function inputFor<S extends TSchema>(schema: S, ledger: Given): Static<S> {
  const fields = record(record(schema)['properties']);
  const input: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = converted(record(field), ledger.input[name]);
    if (value !== undefined) input[name] = value;
  }
  const sort = ledger.sort.replace(/^-/, '');
  if ('down' in fields) {
    if ('sort' in fields && sort !== '') Object.assign(input, { sort, ...(ledger.sort.startsWith('-') ? { down: true } : {}) });
  } else if ('sort' in fields && ledger.sort !== '') input['sort'] = ledger.sort;
  for (const name of faultsOf(schema, input).keys()) Reflect.deleteProperty(input, name);
  return input as Static<S>; // checked against the schema in the line above
}

function converted(schema: Record<string, unknown>, value: string | number | readonly string[] | undefined): unknown {
  if (value === undefined || value === '') return undefined;
  if (schema['type'] === 'array') {
    const list = (typeof value === 'object' ? value : [String(value)]).map((one) => converted(record(schema['items']), one)).filter((one) => one !== undefined);
    return list.length === 0 ? undefined : list;
  }
  const one = typeof value === 'object' ? value[0] : value;
  if (one === undefined) return undefined;
  if (schema['type'] === 'boolean') return one === '1' || one === 'true' ? true : one === '0' || one === 'false' ? false : undefined;
  if (schema['type'] === 'integer' || schema['type'] === 'number') return Number.isFinite(Number(one)) ? Number(one) : undefined;
  return String(one);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
