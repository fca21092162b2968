// Evaluates a rule over facts with three values: true, false and not known (Kleene's strong logic of indeterminacy, 1938). Says which
// tests decided. A fact that is not known never decides by itself: an unknown that could change the answer stays unknown.
import type { Facts, FactValue, Rule, RuleTest } from './shape.ts';
import { valueOf } from '../planning/facts.ts';

/** null: not known. */
export type Truth = boolean | null;

export interface Decision {
  readonly truth: Truth;
  /** The tests on which the truth rests; of an unknown truth those that are not known and could still turn it. */
  readonly by: readonly Deciding[];
}

export interface Deciding {
  /** Place in the rule: `any.0.all.1`; empty for the rule itself. */
  readonly path: string;
  readonly test: RuleTest;
  readonly have: FactValue;
  readonly truth: Truth;
}

/** The truth of a rule and the tests that decide it. */
export function decide(rule: Rule, facts: Facts, path = ''): Decision {
  if ('always' in rule) return { truth: rule.always, by: [] };
  if ('not' in rule) {
    const { truth, by } = decide(rule.not, facts, at(path, 'not'));
    return { truth: truth === null ? null : !truth, by };
  }
  if ('all' in rule) return combined(rule.all.map((one, i) => decide(one, facts, at(path, `all.${i}`))), false);
  if ('any' in rule) return combined(rule.any.map((one, i) => decide(one, facts, at(path, `any.${i}`))), true);
  const have = valueOf(facts, rule.fact);
  const truth = truthOf(rule, have);
  return { truth, by: [{ path, test: rule, have, truth }] };
}

// One part that has the strong value decides (a true of any, a false of all), whatever the others are; so it alone is named.
function combined(parts: readonly Decision[], strong: boolean): Decision {
  const deciding = parts.find((one) => one.truth === strong);
  if (deciding !== undefined) return deciding;
  const open = parts.filter((one) => one.truth === null);
  if (open.length > 0) return { truth: null, by: open.flatMap((one) => one.by) };
  return { truth: !strong, by: parts.flatMap((one) => one.by) };
}

/** The truth of one test; null while the fact is not known. A value of the wrong kind counts as not known. */
export function truthOf(test: RuleTest, have: FactValue): Truth {
  if ('known' in test) return have !== null;
  if (have === null) return null;
  if ('eq' in test) return typeof have === typeof test.eq ? have === test.eq : null;
  if ('has' in test) return typeof have === 'object' ? have.includes(test.has) : null;
  if (typeof have !== 'number') return null;
  if ('gte' in test) return have >= test.gte;
  return 'gt' in test ? have > test.gt : have < test.lt;
}

/** Every test of a rule, with its place. */
export function testsIn(rule: Rule, path = ''): { readonly path: string; readonly test: RuleTest }[] {
  if ('always' in rule) return [];
  if ('not' in rule) return testsIn(rule.not, at(path, 'not'));
  if ('all' in rule) return rule.all.flatMap((one, i) => testsIn(one, at(path, `all.${i}`)));
  if ('any' in rule) return rule.any.flatMap((one, i) => testsIn(one, at(path, `any.${i}`)));
  return [{ path, test: rule }];
}

function at(path: string, step: string): string {
  return path === '' ? step : `${path}.${step}`;
}
