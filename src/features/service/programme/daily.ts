// Owners of measures are told of the quarter reports they owe: when a quarter is over, some days before they are due, and when they are late. By a job; what was told stays told.
import { addDays } from '../../../kernel/days.ts';
import type { Now } from '../../../kernel/clock.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { lockSetting, saveSetting } from '../../../platform/settings.ts';
import { tell, type Notice } from '../../notices/tell.ts';
import { owedOf, quartersOf, type QuarterDays } from './rules.ts';
import { measures, programmesDue } from './store.ts';

const SOON_DAYS = 5;
const MOST = 5000;
const ROLES = ['department', 'town', 'office', 'chain_chief'] as const;
type Step = 'over' | 'soon' | 'late';

/** How far a report that is owed has come. */
export function stepOf({ due }: Pick<QuarterDays, 'due'>, day: string): Step {
  if (day > due) return 'late';
  return day > addDays(due, -SOON_DAYS) ? 'soon' : 'over';
}

interface House {
  readonly database: { transaction<Result>(work: (tx: Db) => Promise<Result>): Promise<Result> };
  readonly system: { readonly userId: string };
  now(): Now;
}

/** The day for which it was done last. */
const TOLD_FOR = 'service.reports_told';

/** One notice for each body, quarter and step; told again it is the same. Once a day; gives how many were due. */
export async function tellOwedReports(house: House): Promise<number> {
  const now = house.now();
  return house.database.transaction(async (tx) => {
    // One of several servers is enough; the keys of the notices hold it together whatever happens.
    if ((await lockSetting(tx, TOLD_FOR)).value === now.day) return 0;
    const notices = (await Promise.all((await programmesDue(tx, Number(now.day.slice(0, 4)))).map((programme) => owedIn(tx, programme, now.day)))).flat();
    const told = new Set((await tx.rows<{ key: string }>(sql`select key from notices_notices where key = any(${notices.map((one) => one.key)})`)).map((row) => row.key));
    await tell(tx, notices.filter((one) => !told.has(one.key)), now);
    await saveSetting(tx, TOLD_FOR, now.day, house.system.userId, now.instant);
    return notices.length;
  });
}

async function owedIn(tx: Db, programme: { readonly id: string; readonly year: number; readonly due_days: number }, day: string): Promise<Notice[]> {
  const quarters = quartersOf(programme.year, programme.due_days);
  const owed = (await measures(tx, { programmeId: programme.id }, undefined, MOST)).flatMap((row) => owedOf(row, row.reports, quarters, day).map((quarter) => ({ orgId: row.org_id, quarter })));
  const bodies = [...new Set(owed.map((one) => one.orgId))];
  return bodies.flatMap((orgId) => quarters.flatMap((quarter): Notice[] => {
    const count = owed.filter((one) => one.orgId === orgId && one.quarter.quarter === quarter.quarter).length;
    const step = stepOf(quarter, day);
    return count === 0 ? [] : [{
      kind: `service.reports_${step}`, key: `service.reports:${orgId}:${String(programme.year)}:${String(quarter.quarter)}:${step}`, subject: { type: 'programme', id: programme.id },
      href: `/service/programme?tab=measures&mine=1&year=${String(programme.year)}&state=${step === 'late' ? 'late' : 'owed'}`, values: { count, year: programme.year, quarter: quarter.quarter, due: quarter.due }, to: { orgs: [{ id: orgId, roles: [...ROLES] }] },
    }];
  }));
}
