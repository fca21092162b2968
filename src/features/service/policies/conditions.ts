// Whom a policy suits: groups that must all hold, of each group at least one test, over traits that may not be known. Evaluated with three values
// (Kleene): a trait that is not known never decides by itself, and is named while it could still turn the answer. Pure; match.ts says the same in SQL.
import { refuse } from '../../../kernel/refuse.ts';
import { isValue, traitOf, type Trait, type TraitValue } from './traits.ts';

export const OPS = ['yes', 'no', 'in', 'not_in', 'gte', 'gt', 'lte', 'lt'] as const;
export type Op = (typeof OPS)[number];

export interface Test {
  readonly trait: string;
  readonly op: Op;
  /** Of `in` and `not_in`. */
  readonly values?: readonly string[] | undefined;
  /** Of the comparisons. */
  readonly value?: number | undefined;
}
export interface Group { readonly any: readonly Test[] }
export type Conditions = readonly Group[];
export type Traits = Readonly<Record<string, TraitValue | undefined>>;
/** null: not known. */
export type Truth = boolean | null;

export interface Verdict {
  readonly truth: Truth;
  /** Traits that are not known and could still turn it. */
  readonly unknown: readonly string[];
  /** The groups that do not hold. */
  readonly failed: readonly number[];
}

export function judge(conditions: Conditions, traits: Traits): Verdict {
  const groups = conditions.map((group) => anyOf(group.any.map((test) => truthOf(test, traits[test.trait]))));
  const failed = groups.flatMap((truth, i) => (truth === false ? [i] : []));
  if (failed.length > 0) return { truth: false, unknown: [], failed };
  const open = conditions.filter((_, i) => groups[i] === null);
  const unknown = [...new Set(open.flatMap((group) => group.any.filter((test) => truthOf(test, traits[test.trait]) === null).map((test) => test.trait)))];
  return { truth: open.length === 0 ? true : null, unknown, failed };
}

function anyOf(truths: readonly Truth[]): Truth {
  return truths.includes(true) ? true : truths.includes(null) ? null : false;
}

export function truthOf(test: Test, have: TraitValue | undefined): Truth {
  const trait = traitOf(test.trait);
  if (have === undefined || trait === undefined || !isValue(trait, have)) return null;
  switch (test.op) {
    case 'yes': return have === true;
    case 'no': return have === false;
    case 'in': return within(trait, have, test.values ?? []);
    case 'not_in': return !within(trait, have, test.values ?? []);
    default: return compared(test.op, Number(have), test.value ?? 0);
  }
}

/** A section of the classification holds all its divisions. */
function within(trait: Trait, have: TraitValue, values: readonly string[]): boolean {
  return typeof have === 'string' && (values.includes(have) || (trait.kind === 'industry' && values.includes(have.slice(0, 1))));
}

function compared(op: 'gte' | 'gt' | 'lte' | 'lt', have: number, value: number): boolean {
  return op === 'gte' ? have >= value : op === 'gt' ? have > value : op === 'lte' ? have <= value : have < value;
}

/** The ways of asking that make sense for a trait. */
export function opsOf(trait: Trait): readonly Op[] {
  if (trait.kind === 'flag') return ['yes', 'no'];
  return ['choice', 'industry', 'place'].includes(trait.kind) ? ['in', 'not_in'] : ['gte', 'gt', 'lte', 'lt'];
}

/** A copy whose lists are its own, as forms and answers hold it. */
export function copyOf(test: Test): { trait: string; op: Op; values?: string[]; value?: number } {
  return { trait: test.trait, op: test.op, ...(test.values === undefined ? {} : { values: [...test.values] }), ...(test.value === undefined ? {} : { value: test.value }) };
}

/** Refuses what asks for nothing, or in a way that its trait does not answer. */
export function checkConditions(conditions: Conditions): void {
  conditions.forEach((group, i) => {
    if (group.any.length === 0) fault(`conditions.${String(i)}`, 'knowledge.condition_empty');
    group.any.forEach((test, j) => {
      const path = `conditions.${String(i)}.any.${String(j)}`;
      const trait = traitOf(test.trait) ?? fault(path, 'knowledge.trait_unknown', { trait: test.trait });
      if (!opsOf(trait).includes(test.op)) fault(path, 'knowledge.condition_op', { trait: test.trait });
      const lists = test.op === 'in' || test.op === 'not_in';
      if (lists && ((test.values ?? []).length === 0 || (test.values ?? []).some((one) => !isValue(trait, one)))) fault(path, 'knowledge.condition_values', { trait: test.trait });
      if (!lists && trait.kind !== 'flag' && !isValue(trait, test.value)) fault(path, 'knowledge.condition_values', { trait: test.trait });
    });
  });
}

function fault(path: string, code: string, params: Readonly<Record<string, string>> = {}): never {
  return refuse(code, { ...params, errors: [{ path, code, params }] });
}
