// Where other features say what of theirs needs whom, for the first page and the number beside it. Filled when the program is put together, never
// at run time; projects know none of them (docs/decisions/0020-needs.md).
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import type { Found } from './today.ts';

/** A line with the address where it is done. Its sentence is `portfolio:line.<kind>_<values.line>`. */
export type Need = Found & { readonly href: string };

export interface Needs {
  /** The most urgent first, of each kind up to `limit`. */
  readonly list: (db: Db, actor: Actor, now: Now, limit: number) => Promise<readonly Need[]>;
  /** How many of them wait, up to `most`: asked by every page, so by index. */
  readonly count: (db: Db, actor: Actor, most: number, now: Now) => Promise<number>;
}

/** By the name under which the number stands in `projects.today_waiting`. */
export const needs = new Map<'cases' | 'problems', Needs>();
