// Samples of the working-day calendar, in the form of samples.ts. Each call follows the edition that the one before it has made.
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import type { Ground, MakeSample, Sample } from './samples.ts';

export const CALENDAR: Readonly<Record<string, MakeSample>> = {
  'approvals.enter_notice': (ground) => onEdition(ground, { ...NOTICE, document: `国办发明电〔2026〕${newId().slice(-6)}号` }),
  'approvals.withdraw_notice': async (ground) => {
    await system(ground, 'approvals.enter_notice', { ...NOTICE, document: `国办发明电〔2026〕${newId().slice(-6)}号` });
    return onEdition(ground, { year: NOTICE.year, reason: '误录' });
  },
  'approvals.enter_local_days': (ground) => onEdition(ground, { id: newId(), ...freeDay(), name: '暴雪停办', work: false, counts: 'plans', document: '示办〔2023〕5号' }),
  'approvals.withdraw_local_days': async (ground) => {
    const id = newId();
    await system(ground, 'approvals.enter_local_days', { id, ...freeDay(), name: '暴雪停办', work: false, counts: 'plans', document: '示办〔2023〕5号' });
    return onEdition(ground, { id, reason: '雪停了' });
  },
};

/** Invented: what such a notice looks like. */
const NOTICE = { year: 2027, off: '01-01/01-03 02-05/02-11 04-03/04-05 05-01/05-05 06-09 09-15 10-01/10-07', work: '01-30 02-13 04-25 05-08 09-26 10-09' };

// Of two samples in one zone each has a day of its own.
let used = 0;
function freeDay(): { readonly from: string; readonly to: string } {
  used += 1;
  const day = new Date(Date.UTC(2030, 0, 7 + used)).toISOString().slice(0, 10);
  return { from: day, to: day };
}

async function onEdition({ world }: Ground, input: Readonly<Record<string, unknown>>): Promise<Sample> {
  const row = await world.app.database.row<{ number: number }>(sql`select number from approvals_calendars order by number desc limit 1`);
  return { input, version: row?.number ?? 0 };
}

async function system({ world }: Ground, name: string, input: unknown): Promise<void> {
  await world.app.run(world.app.system, name, input);
}
