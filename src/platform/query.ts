// The one read path: check the input, check the permission, read. Scope is part of what each query reads with.
import type { Now } from '../kernel/clock.ts';
import { numberOfDay } from '../kernel/epoch.ts';
import { refuse } from '../kernel/refuse.ts';
import { may, type Actor } from './actor.ts';
import { codeOf, type Db } from './db.ts';
import type { Env, QueryHandler } from './feature.ts';

export interface QueryCall {
  readonly actor: Actor;
  readonly input: unknown;
  readonly now: Now;
  readonly env: Env;
}

/** Answers one query. @throws Refusal `platform.invalid`, `platform.not_allowed`, or what the query itself refuses with. */
export async function ask(db: Db, query: QueryHandler, call: QueryCall): Promise<unknown> {
  const { actor, now, env } = call;
  if (query.permission !== 'public' && query.permission !== 'signed-in' && !may(actor, query.permission)) {
    refuse('platform.not_allowed', { query: query.contract.name });
  }
  const input = query.check(call.input);
  return query.parts.read({ actor, input, db, now, env }).catch((error: unknown) => refuseUnreadable(error, input));
}

/** Texts that are no number, no day, no id; numbers and days out of range. */
const UNREADABLE = new Set(['22P02', '22003', '22007', '22008']);
/** 30 February: its form is right, and no schema knows the calendar. */
const NO_DAY = '22008';

// A cursor is opaque to the contract. One that is none of ours, or a day that is none, is the caller's mistake and no fault of the program.
function refuseUnreadable(error: unknown, input: unknown): never {
  const hasCursor = typeof input === 'object' && input !== null && 'after' in input && input.after !== undefined;
  if (hasCursor && UNREADABLE.has(codeOf(error))) refuse('platform.invalid', { errors: [{ path: 'after', rule: 'format', params: {} }] });
  // PostgreSQL says so, or whoever makes an instant of it.
  if (codeOf(error) === NO_DAY || (error instanceof RangeError && dayless(input).length > 0)) refuseDays(dayless(input));
  throw error;
}

/** Before a file is begun: what has sent its first line can be refused no more. @throws Refusal `platform.invalid` for 30 February. */
export function checkDays(input: unknown): void {
  if (dayless(input).length > 0) refuseDays(dayless(input));
}

function refuseDays(paths: readonly string[]): never {
  refuse('platform.invalid', { errors: (paths.length === 0 ? [''] : paths).map((path) => ({ path, rule: 'format', params: {} })) });
}

/** Fields that have the form of a day and are none; words that are looked for may be anything. */
function dayless(input: unknown): string[] {
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).filter(([path, value]) => path !== 'q' && typeof value === 'string' && DAY.test(value) && numberOfDay(value) === undefined).map(([path]) => path);
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
