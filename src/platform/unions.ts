// Of a value that fits no branch of a union the faults of every branch are found; a person means one of them. Keeps the faults of the branch
// that fits best: the one that is of the right kind, misses the fewest fields and has the fewest faults. Never drops a fault outside a union.
export interface SchemaFault {
  readonly schemaPath: string;
  readonly instancePath: string;
  readonly keyword: string;
}

export function bestBranches<Fault extends SchemaFault>(faults: readonly Fault[]): Fault[] {
  // That none of the branches fits says nothing more than their faults do.
  const told = faults.filter((fault) => fault.keyword !== 'anyOf' || !faults.some((other) => other.schemaPath.startsWith(`${fault.schemaPath}/anyOf/`) && other.instancePath.startsWith(fault.instancePath)));
  const found = told.map((fault) => ({ fault, unions: unionsIn(fault) }));
  return narrowed(found, 0);
}

/** A union on the way to a fault: where in the schema and in the value it stands, and in which branch the fault lies. */
interface Union {
  readonly at: string;
  readonly branch: number;
  /** Steps from the union's value to that of the fault. */
  readonly below: number;
}

interface Found<Fault> {
  readonly fault: Fault;
  readonly unions: readonly Union[];
}

function narrowed<Fault extends SchemaFault>(found: readonly Found<Fault>[], level: number): Fault[] {
  const groups = new Map<string, Found<Fault>[]>();
  for (const one of found) {
    const at = one.unions[level]?.at ?? '';
    groups.set(at, [...(groups.get(at) ?? []), one]);
  }
  return [...groups].flatMap(([at, members]) => (at === '' ? members.map((one) => one.fault) : narrowed(bestOf(members, level), level + 1)));
}

function bestOf<Fault extends SchemaFault>(members: readonly Found<Fault>[], level: number): readonly Found<Fault>[] {
  const branches = new Map<number, Found<Fault>[]>();
  for (const one of members) {
    const branch = one.unions[level]?.branch ?? 0;
    branches.set(branch, [...(branches.get(branch) ?? []), one]);
  }
  return [...branches.values()].toSorted((a, b) => misfit(a, level) - misfit(b, level))[0] ?? [];
}

const STRANGE = 10_000;
const MISSHAPEN = 100;

/** Another type or another kind is strange; fields too few or too many are misshapen; the rest are faults of values. */
function misfit<Fault extends SchemaFault>(branch: readonly Found<Fault>[], level: number): number {
  return branch.reduce((sum, { fault: { keyword }, unions }) => {
    const below = unions[level]?.below ?? 0;
    const strange = (below === 0 && keyword === 'type') || (below <= 1 && (keyword === 'const' || keyword === 'enum'));
    const misshapen = below === 0 && (keyword === 'required' || keyword === 'additionalProperties');
    return sum + (strange ? STRANGE : misshapen ? MISSHAPEN : 1);
  }, 0);
}

/** Words of a schema after which a name or a number follows that is no word of it. `descends`: they lead into the value. */
const NAMED: Readonly<Record<string, { readonly descends: boolean }>> = {
  properties: { descends: true }, patternProperties: { descends: true }, prefixItems: { descends: true }, allOf: { descends: false }, $defs: { descends: false },
};
const INTO = new Set(['items', 'additionalProperties']);

function unionsIn({ schemaPath, instancePath }: SchemaFault): Union[] {
  const words = schemaPath.split('/');
  const places = instancePath.split('/').slice(1);
  const unions: Omit<Union, 'below'>[] = [];
  const depths: number[] = [];
  let depth = 0;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    if (word === 'anyOf' && i + 1 < words.length) {
      unions.push({ at: `${words.slice(0, i).join('/')} ${places.slice(0, depth).join('/')}`, branch: Number(words[i + 1]) });
      depths.push(depth);
      i += 1;
    } else if (NAMED[word] !== undefined) {
      depth += NAMED[word].descends ? 1 : 0;
      i += 1;
    } else if (INTO.has(word)) depth += 1;
  }
  return unions.map((one, i) => ({ ...one, below: places.length - (depths[i] ?? 0) }));
}
