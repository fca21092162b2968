// The figures that the service shows of a part of the problems, by the very definitions of problems/rates: one truth, whoever shows it.
import type { Now } from '../../../kernel/clock.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { systemActor } from '../../people/session.ts';
import type { Line } from '../../problems/rates/contract.ts';
import { asAtOf, conditionAt, facts } from '../../problems/rates/conditions.ts';
import { readRates } from '../../problems/rates/figures.ts';
import type { Satisfaction } from './contract.ts';

const zone = { ...systemActor, isSystem: true };

/** `only`: a condition on `p problems_problems`; `since`: raised on that day or later. */
export async function linesOf(db: Db, only: Sql, now: Now, since?: string): Promise<{ readonly total: Line; readonly kinds: readonly Line[]; readonly open: number }> {
  const [rates, open] = await Promise.all([readRates(db, zone, { group: 'kind', ...(since === undefined ? {} : { since }) }, now, only), openOf(db, only, now, since)]);
  return { total: rates.total, kinds: rates.groups, open };
}

async function openOf(db: Db, only: Sql, now: Now, since: string | undefined): Promise<number> {
  const asAt = asAtOf(undefined, now);
  const raised = since === undefined ? sql`true` : sql`p.raised_at >= ${`${since}T00:00:00+08:00`}::timestamptz`;
  return (await db.row<{ count: number }>(sql`select count(*)::int as count from ${facts(asAt, sql`${only} and ${raised}`)} where ${conditionAt('open', asAt.at)}`))?.count ?? 0;
}

const figure = (line: Line, code: Line['figures'][number]['code']) => line.figures.find((one) => one.code === code);

export function shareOf(line: Line, code: 'resolution' | 'raw'): { readonly hit: number; readonly base: number; readonly bp: number | null } {
  const { hit, base, bp } = figure(line, code) ?? { hit: 0, base: 0, bp: null };
  return { hit, base, bp };
}

export function satisfactionOf(line: Line): Satisfaction {
  const found = figure(line, 'satisfaction');
  const beside = (code: string): number => found?.beside.find((one) => one.code === code)?.hit ?? 0;
  return { hit: found?.hit ?? 0, base: found?.base ?? 0, bp: found?.bp ?? null, basically: beside('basically'), dissatisfied: beside('dissatisfied'), noAnswer: found?.apart.find((one) => one.code === 'no_answer')?.hit ?? 0 };
}

/** Median of the first reply in minutes of day and night; those without a reply count as long as they have waited. */
export function replyOf(line: Line): { readonly replied: number; readonly minutes: number | null } {
  const found = figure(line, 'first_reply');
  return { replied: found?.hit ?? 0, minutes: found?.p50Plain ?? null };
}
