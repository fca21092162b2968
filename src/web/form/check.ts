// Checks the values of a form against the schema of its contract and says what is wrong as a key with numbers, so that the reader
// gets words and not the schema's. Only a courtesy: the server checks the same schema and decides.

export interface Fault {
  /** Key within web:form.fault */
  readonly key: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** The faults by field. Optional fields may be undefined; unknown keywords of a schema are left to the server. */
export function faultsOf(schema: unknown, values: Readonly<Record<string, unknown>>): ReadonlyMap<string, Fault> {
  const faults = new Map<string, Fault>();
  const fields = record(record(schema)['properties']);
  const required = list(record(schema)['required']);
  for (const [name, field] of Object.entries(fields)) {
    const value = values[name];
    if (value === undefined || value === null || value === '') {
      if (required.includes(name) && !(value === null && allowsNull(field))) faults.set(name, { key: 'required' });
      continue;
    }
    const fault = faultOf(record(field), value);
    if (fault !== undefined) faults.set(name, fault);
  }
  return faults;
}

function faultOf(schema: Record<string, unknown>, value: unknown): Fault | undefined {
  const choices = [...list(schema['anyOf']), ...list(schema['oneOf'])].map(record);
  if (choices.length > 0) {
    if (choices.every((choice) => 'const' in choice)) return choices.some((choice) => choice['const'] === value) ? undefined : { key: 'choice' };
    const faults = choices.filter((choice) => choice['type'] !== 'null').map((choice) => faultOf(choice, value));
    return faults.includes(undefined) ? undefined : faults[0];
  }
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(value)) return { key: 'choice' };
  if (typeof value === 'number') return numberFault(schema, value);
  if (typeof value === 'string') return textFault(schema, value);
  if (Array.isArray(value)) {
    if (value.length < bound(schema, 'minItems', 0)) return { key: 'tooFew', values: { n: schema['minItems'] } };
    if (value.length > bound(schema, 'maxItems', Infinity)) return { key: 'tooMany', values: { n: schema['maxItems'] } };
  }
  return undefined;
}

function numberFault(schema: Record<string, unknown>, value: number): Fault | undefined {
  if (Number.isNaN(value)) return { key: 'number' };
  if (schema['type'] === 'integer' && !Number.isInteger(value)) return { key: 'integer' };
  if (value < bound(schema, 'minimum', -Infinity)) return schema['minimum'] === 0 ? { key: 'negative' } : { key: 'tooSmall', values: { n: schema['minimum'] } };
  if (value <= bound(schema, 'exclusiveMinimum', -Infinity)) return { key: 'notMore', values: { n: schema['exclusiveMinimum'] } };
  if (value > bound(schema, 'maximum', Infinity)) return { key: 'tooLarge', values: { n: schema['maximum'] } };
  return undefined;
}

function textFault(schema: Record<string, unknown>, value: string): Fault | undefined {
  const length = Array.from(value).length;
  const least = bound(schema, 'minLength', 0);
  if (length < least) return least === 1 ? { key: 'required' } : { key: 'tooShort', values: { n: least } };
  if (length > bound(schema, 'maxLength', Infinity)) return { key: 'tooLong', values: { n: schema['maxLength'], over: length - bound(schema, 'maxLength', 0) } };
  const pattern = schema['pattern'];
  if (schema['format'] === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(value)) return { key: 'day' };
  if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value)) {
    if (!pattern.includes('{4}-')) return { key: 'pattern' };
    return { key: /-.*-/.test(pattern) ? 'day' : 'month' };
  }
  return undefined;
}

function allowsNull(field: unknown): boolean {
  const schema = record(field);
  return schema['type'] === 'null' || list(schema['type']).includes('null') || list(schema['anyOf']).some((choice) => record(choice)['type'] === 'null');
}

function bound(schema: Record<string, unknown>, name: string, otherwise: number): number {
  const value = schema[name];
  return typeof value === 'number' ? value : otherwise;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
