// What goes on by itself while the program runs: folding totals, the turn of the day, sending notices, sealing events, forgetting old keys. Each job only derives or
// tidies; what decides something (a clock runs out, a problem climbs) it does by the program's own commands. Each may be cut off and simply runs again.
import { randomInt } from 'node:crypto';
import type { App } from './app.ts';
import type { Now } from './kernel/clock.ts';
import { makeSealer, readChain, SEAL_BATCH } from './platform/chain.ts';
import { sql } from './platform/db.ts';
import { recountAll } from './features/approvals/calendar/recounting.ts';
import { keepOpenCases } from './features/approvals/cases/daily.ts';
import { fillGrams } from './features/people/organisations/filling.ts';
import { actorById, forgetOld } from './features/people/session.ts';
import { forgetAddressLinks } from './features/notices/addresses/feature.ts';
import { deliver, MAIL, RECEIVERS, skipOldDeliveries } from './features/notices/delivery/deliver.ts';
import { startImports, type Host } from './features/projects/imports/runner.ts';
import { foldTotals } from './features/projects/portfolio/store.ts';
import { keepAll } from './features/projects/keep.ts';
import { tellRedLights } from './features/projects/telling.ts';
import { followAllMeetings } from './features/dispatch/slips/daily.ts';
import { tellAllLapses } from './features/approvals/faster/daily.ts';
import { tellSuited } from './features/service/policies/telling.ts';
import { tellOwedReports } from './features/service/programme/daily.ts';
import { completeHandovers } from './features/dispatch/taskforce/daily.ts';
import { tellVisitsDue } from './features/dispatch/week/telling.ts';
import { forecastAll } from './features/approvals/planning/forecast.ts';
import { raiseAllByRule } from './features/problems/clocks/automatic.ts';
import { forgetLinks } from './features/problems/closing/letters.ts';
import { countByCalendar } from './features/problems/clocks/bycalendar.ts';
import { turnAll } from './features/problems/clocks/turning.ts';
import { saveSetting, readSetting } from './platform/settings.ts';

const FOLD_EVERY_MS = 2000;
const DAY_EVERY_MS = 60_000;
/** Limits of problems are as short as an hour. */
const CLOCKS_EVERY_MS = 15_000;
/** After a change of the calendar, soon enough for whoever looks at the page that tells how far it is. */
const CALENDAR_EVERY_MS = 3000;
const SUITED_EVERY_MS = 3000;
const SEAL_EVERY_MS = 2000;
const DELIVER_EVERY_MS = 2000;
/** Batches of one turn: an import of 100,000 rows is sealed within some turns, and others get the connection in between. */
const SEAL_BATCHES = 10;
const TIDY_EVERY_MS = 3_600_000;
const KEPT_FOR = 'projects.kept_for';

/** Starts the jobs; the returned function stops them and waits for the one that is running. */
export function startJobs(app: App): () => Promise<void> {
  const seal = makeSealer(app.database);
  const jobs = [
    every(FOLD_EVERY_MS, 'fold totals', app, () => app.database.transaction(foldTotals)),
    every(DAY_EVERY_MS, 'turn of the day', app, () => turnDay(app)),
    every(DAY_EVERY_MS, 'tell red lights', app, () => tellOfDay(app, LIGHTS)),
    every(DAY_EVERY_MS, 'tell visits due', app, () => tellOfDay(app, VISITS)),
    every(DAY_EVERY_MS, 'tell what lapsed', app, () => tellAllLapses(app)),
    every(DAY_EVERY_MS, 'hand-overs of the day', app, () => completeHandovers(app)),
    every(DAY_EVERY_MS, 'follow decisions of meetings', app, () => followAllMeetings(app)),
    every(DAY_EVERY_MS, 'tell of reports owed', app, () => tellOwedReports(app)),
    every(SUITED_EVERY_MS, 'tell whom policies suit', app, () => tellSuited(app.database, app.now())),
    every(DAY_EVERY_MS, 'forecast of approvals', app, () => forecastAll(app.database, app.now())),
    every(CLOCKS_EVERY_MS, 'turn the clocks of problems', app, () => turnAll(app)),
    every(DAY_EVERY_MS, 'raise problems by rule', app, () => raiseAllByRule(app)),
    every(CALENDAR_EVERY_MS, 'count by a new calendar', app, () => recountAll(app.database, app.now())),
    every(CALENDAR_EVERY_MS, 'count problems by a new calendar', app, () => countByCalendar(app)),
    every(TIDY_EVERY_MS, 'look for problems of a former calendar', app, () => countByCalendar(app, true)),
    every(CALENDAR_EVERY_MS, 'fill pairs of organisations', app, () => fillGrams(app.database)),
    every(DELIVER_EVERY_MS, 'send mail', app, () => deliver({ ...app, random }, MAIL)),
    every(DELIVER_EVERY_MS, 'send to receivers', app, () => deliver({ ...app, random }, RECEIVERS)),
    every(TIDY_EVERY_MS, 'give up what waited a month', app, () => skipOldDeliveries(app)),
    every(SEAL_EVERY_MS, 'seal events', app, () => sealAll(seal)),
    every(TIDY_EVERY_MS, 'tell the head of the event chain', app, () => tellHead(app)),
    every(TIDY_EVERY_MS, 'forget old keys', app, () => forgetKeys(app)),
  ];
  const stopImports = startImports(importHost(app));
  return async () => {
    await Promise.all([...jobs.map((stop) => stop()), stopImports()]);
  };
}

/** The application as the imports need it. */
export function importHost(app: App): Host {
  return { ...app, actorOf: (userId) => actorById(app.database, userId) };
}

/**
 * Lights and the year's sums depend on the day: when it turns, all are computed again, once for the whole zone. No command: it derives
 * what the records say on that day, and notes the day last, so that a turn that is cut off is done again.
 */
export async function turnDay(app: App): Promise<number> {
  await app.clock.refresh();
  const now = app.now();
  const kept = await readSetting(app.database, KEPT_FOR);
  if (kept?.value === now.day) return 0;
  const done = await keepAll(app.database, now);
  await keepOpenCases(app.database, now);
  const before = typeof kept?.value === 'string' ? kept.value : now.day;
  await app.database.transaction(async (tx) => {
    for (const { mark } of [LIGHTS, VISITS]) if ((await readSetting(tx, mark)) === undefined) await saveSetting(tx, mark, before, app.system.userId, now.instant);
    await saveSetting(tx, KEPT_FOR, now.day, app.system.userId, now.instant);
  });
  return done;
}

/** What people are told when the day has turned, from the day for which it was told last. */
interface Telling { readonly mark: string; readonly tell: (database: App['database'], from: string, now: Now) => Promise<number> }
export const LIGHTS: Telling = { mark: 'projects.lights_told', tell: tellRedLights };
export const VISITS: Telling = { mark: 'dispatch.visits_told', tell: tellVisitsDue };

/** Each has a mark of its own and comes after the turn: what cannot be told holds up nothing else, and is told when it can be. Gives how many that were. */
export async function tellOfDay(app: App, { mark, tell }: Telling): Promise<number> {
  const now = app.now();
  const [kept, told] = [await readSetting(app.database, KEPT_FOR), await readSetting(app.database, mark)];
  if (kept?.value !== now.day || told?.value === now.day) return 0;
  const done = await tell(app.database, typeof told?.value === 'string' ? told.value : now.day, now);
  await app.database.transaction((tx) => saveSetting(tx, mark, now.day, app.system.userId, now.instant));
  return done;
}

async function sealAll(seal: () => Promise<number>): Promise<void> {
  for (let batch = 0; batch < SEAL_BATCHES && (await seal()) === SEAL_BATCH; batch += 1);
}

/** The log is kept elsewhere than the database: a head that stands in it shows later that nothing before it was written anew. */
async function tellHead(app: App): Promise<void> {
  const { head, pending } = await readChain(app.database);
  if (head !== null) app.log.info('head of the event chain', { seq: head.seq, hash: head.hash, pending });
}

async function forgetKeys(app: App): Promise<void> {
  const hours = app.config.limits.idempotencyHours;
  await app.database.run(sql`delete from platform_keys where at < now() - make_interval(hours => ${hours})`);
  await forgetOld(app.database, app.now().instant);
  await forgetLinks(app.database, app.now());
  await forgetAddressLinks(app.database, app.now());
}

const random = (): number => randomInt(2 ** 32) / 2 ** 32;

function every(milliseconds: number, name: string, app: App, work: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;
  const timer = setInterval(() => {
    if (busy || stopped) return;
    busy = true;
    running = work()
      .catch((error: unknown) => stopped || app.log.warn('job failed', { job: name, error }))
      .finally(() => {
        busy = false;
      });
  }, milliseconds);
  let busy = false;
  timer.unref();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
  };
}
