// What the browser loads in the place of typebox (see vite.config.ts): makes the same JSON schemas in a hundredth of the size. The
// browser only reads schemas; it never checks with typebox. schema.test.ts proves that every contract comes out the same; a maker
// that is not here fails the build of the page loudly.

type Schema = Record<string, unknown>;
type Options = Readonly<Record<string, unknown>>;

// As typebox does, optional is a mark that JSON does not show.
const OPTIONAL = Symbol('optional');

function isOptional(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && OPTIONAL in schema;
}

function of(type: string) {
  return (options: Options = {}): Schema => ({ type, ...options });
}

function object(properties: Readonly<Record<string, Schema>>, options: Options = {}): Schema {
  const required = Object.keys(properties).filter((name) => !isOptional(properties[name]));
  return { type: 'object', ...(required.length === 0 ? {} : { required }), properties, ...options };
}

function marked(schema: Schema): Schema {
  const copy = { ...schema };
  Object.defineProperty(copy, OPTIONAL, { value: true, enumerable: false });
  return copy;
}

const maker = {
  String: of('string'),
  Integer: of('integer'),
  Number: of('number'),
  Boolean: of('boolean'),
  Null: of('null'),
  Unknown: (options: Options = {}): Schema => ({ ...options }),
  Unsafe: (schema: Schema): Schema => ({ ...schema }),
  Literal: (value: unknown, options: Options = {}): Schema => ({ type: typeof value, const: value, ...options }),
  Enum: (values: readonly unknown[], options: Options = {}): Schema => ({ enum: [...values], ...options }),
  Array: (items: Schema, options: Options = {}): Schema => ({ type: 'array', items, ...options }),
  Tuple: (items: readonly Schema[], options: Options = {}): Schema => ({ type: 'array', additionalItems: false, items: [...items], minItems: items.length, ...options }),
  Union: (anyOf: readonly Schema[], options: Options = {}): Schema => ({ anyOf: [...anyOf], ...options }),
  Record: (key: Schema, value: Schema, options: Options = {}): Schema => ({ type: 'object', patternProperties: { [patternOf(key)]: value }, ...options }),
  Ref: (name: string, options: Options = {}): Schema => ({ $ref: name, ...options }),
  Cyclic: (definitions: Readonly<Record<string, Schema>>, name: string, options: Options = {}): Schema => ({
    $defs: Object.fromEntries(Object.entries(definitions).map(([one, schema]) => [one, { $id: one, ...schema }])), $ref: name, ...options,
  }),
  Object: object,
  Optional: marked,
  Partial: (schema: Schema, options: Options = {}): Schema => {
    const properties = schema['properties'];
    if (typeof properties !== 'object' || properties === null) throw new Error('only objects can be partial');
    return object(Object.fromEntries(Object.entries(properties).map(([name, field]: [string, Schema]) => [name, marked(field)])), options);
  },
};

function patternOf(key: Schema): string {
  return typeof key['pattern'] === 'string' ? key['pattern'] : '^.*$';
}

// The tool wants a default here: contracts say `import Type from 'typebox'`.
export default new Proxy(maker, {
  get(target, name, receiver) {
    if (!(name in target) && typeof name === 'string' && /^[A-Z]/.test(name)) throw new Error(`src/web/schema.ts does not make ${name}`);
    return Reflect.get(target, name, receiver) as unknown;
  },
});
