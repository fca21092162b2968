// Decisions on policies: what one must hold, where its window stands on a day, how a delivery goes on, what an enterprise may say of itself. Pure.
import { addDays, daysBetween } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { checkConditions, type Conditions } from './conditions.ts';
import type { DELIVERY_STATES, GIVES, LEVELS, WINDOWS } from './contract.ts';

export interface Content {
  readonly name: string; readonly number: string; readonly issuer: string; readonly level: (typeof LEVELS)[number]; readonly validFrom: string; readonly validUntil: string | null; readonly applyFrom: string | null; readonly applyUntil: string | null;
  readonly gives: (typeof GIVES)[number]; readonly amountFen: number | null; readonly benefit: string; readonly how: string; readonly departmentId: string | null; readonly conditions: Conditions | null;
}

export function checkContent(content: Content): Content {
  const { validFrom, validUntil, applyFrom, applyUntil, conditions } = content;
  if (validUntil !== null && validUntil < validFrom) placed('knowledge.ends_before', 'validUntil');
  if (applyFrom !== null && applyUntil !== null && applyUntil < applyFrom) placed('knowledge.ends_before', 'applyUntil');
  if (applyUntil !== null && validUntil !== null && applyUntil > validUntil) placed('knowledge.window_outside', 'applyUntil');
  if (conditions !== null) checkConditions(conditions);
  return { ...content, name: content.name.trim(), number: content.number.trim(), issuer: content.issuer.trim() };
}

function placed(code: string, path: string): never {
  return refuse(code, { errors: [{ path, code, params: {} }] });
}

/** So many days before its end a window is about to end. */
export const ENDING_DAYS = 30;

interface Dated { readonly valid_from: string; readonly valid_until: string | null; readonly apply_from: string | null; readonly apply_until: string | null }

export function windowOf(one: Dated, day: string): { readonly window: (typeof WINDOWS)[number]; readonly daysLeft: number | null } {
  const { apply_until: until, apply_from: from } = one;
  if (one.valid_until !== null && one.valid_until < day) return { window: 'ended', daysLeft: null };
  if (until !== null && until < day) return { window: 'over', daysLeft: null };
  if ((from ?? one.valid_from) > day || one.valid_from > day) return { window: 'ahead', daysLeft: null };
  if (until === null) return { window: from === null ? 'always' : 'open', daysLeft: null };
  return { window: until <= addDays(day, ENDING_DAYS) ? 'ending' : 'open', daysLeft: daysBetween(day, until) };
}

type DeliveryState = (typeof DELIVERY_STATES)[number];
export interface Delivery { readonly told_day: string; readonly applied_day: string | null; readonly received_day: string | null; readonly declined_day: string | null }

export function deliveryState(one: Pick<Delivery, 'applied_day' | 'received_day' | 'declined_day'>): DeliveryState {
  return one.received_day !== null ? 'received' : one.declined_day !== null ? 'declined' : one.applied_day !== null ? 'applied' : 'told';
}

/** Told, applied, received: in this order and with days that do not go back; declined ends it at any of them. */
export function checkStep(one: Delivery, step: 'applied' | 'received' | 'declined', day: string, today: string): void {
  const state = deliveryState(one);
  if (state === 'received' || state === 'declined') refuse('knowledge.delivery_over', { state });
  if (step === 'received' && state !== 'applied') refuse('knowledge.not_applied', {});
  if (step === 'applied' && state !== 'told') refuse('knowledge.applied_already', {});
  if (day > today) placed('knowledge.day_ahead', 'day');
  if (day < (one.applied_day ?? one.told_day)) placed('knowledge.day_before', 'day');
}
