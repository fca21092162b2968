// Rates of problems over 100,000 of them: the page of the office and of a town, a past day, the list behind a number. Straight to the database, without HTTP.
import { readRates, readTotal } from '../../features/problems/rates/figures.ts';
import { readList } from '../../features/problems/pool/reads.ts';
import { fillProblems } from '../problemfill.ts';
import { openBench, type Ground } from '../ground.ts';
import { below, median, type Figure } from '../table.ts';
import { sql } from '../../platform/db.ts';
import { actorById } from '../../features/people/session.ts';
import { someone } from './reads.ts';

const LIMIT_MS = 300;
const PAST_LIMIT_MS = 3000;

export async function rates(ground: Ground, size: number, turns: number): Promise<Figure[]> {
  await ground.data(10_000);
  const connection = await ground.filled('bench_10000', `bench_rates_${size}`, (app) => fillProblems(app, size));
  const app = await openBench(connection, `${ground.folder}/zone`);
  try {
    const office = await someone(app, 'bench-office');
    const narrow = await actorById(app.database, (await app.database.row<{ id: string }>(sql`select u.id from people_users u join people_organisations o on o.id = u.org_id where o.kind = 'town' limit 1`))?.id ?? '');
    app.clock.stand('2023-06-30');
    const timed = async (what: string, limit: number, work: () => Promise<unknown>): Promise<Figure> => {
      const times: number[] = [];
      for (let turn = 0; turn <= turns; turn += 1) {
        const began = performance.now();
        await work();
        if (turn > 0) times.push(performance.now() - began);
      }
      return below({ part: 'rates', what, projects: size, own: median(times), unit: 'ms' }, limit);
    };
    return [
      await timed('rates of all, by department and month', LIMIT_MS, () => readRates(app.database, office, {}, app.now())),
      await timed('the total alone, of all', LIMIT_MS, () => readTotal(app.database, office, app.now())),
      ...(narrow === undefined ? [] : [await timed('the total alone, of one town', LIMIT_MS, () => readTotal(app.database, { ...narrow, permissions: office.permissions }, app.now()))]),
      await timed('rates of this year', LIMIT_MS, () => readRates(app.database, office, { since: '2023-01-01' }, app.now())),
      ...(narrow === undefined ? [] : [await timed('rates of one town', LIMIT_MS, () => readRates(app.database, { ...narrow, permissions: office.permissions }, {}, app.now()))]),
      await timed('rates as at a past day', PAST_LIMIT_MS, () => readRates(app.database, office, { at: '2023-03-31' }, app.now())),
      await timed('the problems between a rate and 100 %, first page', LIMIT_MS, () => readList(app.database, office, { figure: 'resolution', part: 'miss' }, app.now())),
    ];
  } finally {
    await app.close();
  }
}
