// What is counted before and after the week: the figures as the leader reads them off the page.
import { sql } from '../../../platform/db.ts';
import type { Seat, Stage } from './stage.ts';

export interface Figures { readonly hit: number; readonly base: number; readonly satisfied: number; readonly answered: number }

/** Numerator and denominator of resolution and satisfaction, off the tiles of the page of rates. */
export async function figuresOf(seat: Seat): Promise<Figures> {
  const nothing = seat.page.getByText(seat.stage.say('rates:empty'));
  await seat.page.locator('.ratetile').first().or(nothing).first().waitFor();
  if (await nothing.isVisible()) return { hit: 0, base: 0, satisfied: 0, answered: 0 };
  const [hit, base] = await pair(seat, 'rates:figure.resolution');
  const [satisfied, answered] = await pair(seat, 'rates:figure.satisfaction');
  return { hit, base, satisfied, answered };
}

/** What was told more than once to somebody: slips, receipts and meetings, since the week began. Visits that are due are told anew on each of their days. */
export function toldTwice(stage: Stage): Promise<{ readonly kind: string; readonly count: number }[]> {
  return stage.rows(sql`
    select n.kind, count(*)::int as count from notices_notices n join notices_inbox i on i.notice_id = n.id where n.kind like 'dispatch.%' and n.kind <> 'dispatch.visits_due' and n.day >= '2023-07-03' group by n.kind, n.subject_id, i.user_id having count(*) > 1`);
}

async function pair(seat: Seat, figure: string): Promise<readonly [number, number]> {
  const tile = seat.page.locator('.ratetile').filter({ has: seat.page.locator('h2', { hasText: seat.stage.say(figure) }) }).first();
  await tile.waitFor();
  const [hit = '', base = ''] = await tile.locator('.rateraw a').allInnerTexts();
  return [Number(hit.replaceAll(',', '')), Number(base.replaceAll(',', ''))];
}
