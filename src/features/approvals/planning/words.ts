// Puts reasons and faults of the approvals into sentences, with the words of the locales handed in. Decides nothing.
import { formatIn } from '../../../kernel/money.ts';
import type { Reason } from './applicability.ts';
import type { FactValue } from '../catalogue/shape.ts';
import { factNamed } from './facts.ts';
import type { Deciding } from '../catalogue/kleene.ts';

/** The text of `approvals:key` with its values. */
export type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** Why an item is needed, not needed or to be clarified. */
export function sayReason(say: Say, { key, track, by }: Reason): string {
  if (key === 'rule' || (key === 'track_unknown' && by.length > 0)) {
    const facts = [...new Set(by.map((one) => sayTest(say, one)))].join(say('comma'));
    return key === 'rule' ? facts : `${say('reason.track_unknown')}${say('comma')}${facts}`;
  }
  return say(`reason.${key}`, { track: track === null ? '' : say(`fact.track.choice.${track}`) });
}

function sayTest(say: Say, { test, truth }: Deciding): string {
  const fact = say(`fact.${test.fact}.label`);
  if (truth === null) return say('test.unknown', { fact });
  const kind = 'eq' in test ? 'eq' : 'gte' in test ? 'gte' : 'gt' in test ? 'gt' : 'lt' in test ? 'lt' : 'has' in test ? 'has' : 'known';
  const value = 'eq' in test ? test.eq : 'gte' in test ? test.gte : 'gt' in test ? test.gt : 'lt' in test ? test.lt : 'has' in test ? test.has : null;
  // A flag that is not true is false: that reads better than a test that does not hold.
  if (kind === 'eq' && typeof value === 'boolean') return say('test.eq', { fact, value: say(`value.${truth ? value : !value}`) });
  const said = say(`test.${kind}`, { fact, value: sayValue(say, test.fact, value) });
  return truth ? said : say('test.false', { test: said });
}

/** The value of a fact as a person reads it: the words of a choice, a number with its unit. */
export function sayValue(say: Say, name: string, value: FactValue): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return say(`value.${value}`);
  if (typeof value === 'object') return value.map((one) => sayValue(say, name, one)).join(say('list'));
  const definition = factNamed(name);
  if (typeof value === 'string') return definition?.choices.includes(value) === true ? say(`fact.${name}.choice.${value}`) : value;
  if (definition?.unit === 'fen') return `${formatIn(value, 'wan', 0)} ${say('unit.wan')}`;
  return definition?.unit === null || definition === undefined ? String(value) : `${value} ${say(`unit.${definition.unit}`)}`;
}
