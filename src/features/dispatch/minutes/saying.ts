// How a fact of an agenda is said on paper. Pure; on the screen the locales say it.
import templates from './data/facts.json' with { type: 'json' };
import { fill, longDay } from './words.ts';

const known: Readonly<Record<string, string>> = templates;

export function saidFact(fact: { readonly code: string; readonly values: Readonly<Record<string, string | number>> }): string {
  const values = Object.fromEntries(Object.entries(fact.values).map(([name, value]) => [name, typeof value === 'string' && DAY.test(value) ? longDay(value) : value]));
  return fill(known[fact.code] ?? fact.code, values);
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
