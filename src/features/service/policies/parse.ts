// Conditions that travel as text, because a query's input is flat: taken apart, held against their schema and their sense.
import { refuse } from '../../../kernel/refuse.ts';
import { checker } from '../../../platform/validate.ts';
import { checkConditions, type Conditions } from './conditions.ts';
import { ConditionList } from './contract.ts';

const check = checker(ConditionList);

export function parsed(text: string): Conditions {
  const conditions = check(valueOf(text));
  checkConditions(conditions);
  return conditions;
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('platform.invalid', { errors: [{ path: 'conditions', rule: 'format', params: {} }] });
  }
}
