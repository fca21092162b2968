// The portfolio and the first page on the server.
import type { Now } from '../../../kernel/clock.ts';
import { addDays } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { feature, readHandler } from '../../../platform/feature.ts';
import { readGround } from '../data.ts';
import { lastDueMonth } from '../due.ts';
import { seesAll } from '../scope.ts';
import { rateBp, timeProgressBp } from '../warnings/rules.ts';
import { countWaiting, readPortfolio, readToday, recountPortfolio } from './contract.ts';
import { lockedUsers } from './locked.ts';
import { needs } from './needs.ts';
import { arrange, PRESSING, SOURCES, type Found, type Source } from './today.ts';
import * as store from './store.ts';

type Cell = OutputOf<typeof readPortfolio>['all'];
const MOST = 100; // beside a word of the navigation 99+ says enough
const EACH = 60; // of each kind: nobody works through more in a day, and the page says when there is more

export const portfolio = feature('projects.portfolio', {
  permissions: ['projects.read', 'projects.recount'],
  queries: [
    readHandler(readPortfolio, {
      permission: 'projects.read',
      read: async ({ actor, db, now }) => {
        const ground = await readGround(db, now);
        const rows = await totals(db, actor, ground.rootId);
        const timeBp = timeProgressBp(now.day, ground.year);
        const cells = await label(db, rows, timeBp, actor.locale);
        const dimensions: Record<string, Cell[]> = {};
        for (const [row, cell] of cells) if (row.dimension !== 'all' && row.dimension !== 'month' && (cell.projects !== 0)) (dimensions[row.dimension] ??= []).push(cell);
        const all = cells.find(([row]) => row.dimension === 'all')?.[1] ?? cellOf({ dimension: 'all', value: '', projects: 0, total_fen: 0, plan_fen: 0, done_fen: 0, stat_fen: 0 }, null, timeBp);
        const months = rows.filter((row) => row.dimension === 'month' && row.projects !== 0).sort((a, b) => (a.value < b.value ? -1 : 1));
        return {
          day: now.day, year: ground.year, timeBp, all, dimensions, lastDueMonth: lastDueMonth(now.day, ground.calendar),
          months: months.map((row) => ({ month: row.value, dispatchFen: row.done_fen, statFen: row.stat_fen, projects: row.projects })),
        };
      },
    }),
    readHandler(recountPortfolio, {
      permission: 'projects.recount',
      read: async ({ db, actor, now }) => {
        if (!seesAll(actor)) refuse('platform.not_allowed', { query: recountPortfolio.name });
        const ground = await readGround(db, now);
        const differences = await store.recount(db, ground.year, ground.rootId);
        const kept = await store.totalsOf(db, ground.rootId);
        return { checked: kept.length, differences };
      },
    }),
    readHandler(countWaiting, {
      permission: 'signed-in',
      read: async ({ actor, db, now }) => {
        // Who sees the whole zone owes no report himself: he reminds.
        const [found, red, owed, imports, cases, problems] = await Promise.all([
          foundFor(actor, db, now, PRESSING),
          may(actor, 'projects.read') ? store.countRed(db, actor, MOST) : 0,
          may(actor, 'projects.report') && !actor.scope.all && !actor.isSystem ? store.countOwed(db, actor, MOST) : 0,
          may(actor, 'projects.import') ? store.countImports(db, actor, MOST) : 0,
          needs.get('cases')?.count(db, actor, MOST, now) ?? 0,
          needs.get('problems')?.count(db, actor, MOST, now) ?? 0,
        ]);
        return { most: MOST, now: Math.min(MOST, arrange(found, now.day).counts.now), red, owed, imports, cases, problems };
      },
    }),
    readHandler(readToday, {
      permission: 'signed-in',
      read: async ({ actor, db, now }) => {
        const rows = await foundFor(actor, db, now, Object.keys(SOURCES) as Source[]);
        return { day: now.day, ...arrange(rows, now.day), cut: rows.length >= EACH * 2 };
      },
    }),
  ],
});

/** What the first page shows and what the number beside it counts. */
async function foundFor(actor: Actor, db: Db, now: Now, sources: readonly Source[]): Promise<Found[]> {
  const wanted = sources.filter((source) => concerns(actor, source));
  return (await Promise.all([...wanted.map((source) => readSource(source, db, actor, now.day, now.instant)), ...[...needs.values()].map((one) => one.list(db, actor, now, EACH))])).flat();
}

async function totals(db: Db, actor: Actor, rootId: string): Promise<store.Total[]> {
  if (actor.isSystem || actor.scope.all) return store.totalsOf(db, rootId);
  const [only, another] = actor.scope.keys;
  if (only !== undefined && another === undefined && (await store.isTotalled(db, only))) return store.totalsOf(db, only);
  return store.totalsFor(db, actor);
}

async function label(db: Db, rows: readonly store.Total[], timeBp: number, locale: Actor['locale']): Promise<[store.Total, Cell][]> {
  const ids = rows.filter((row) => (row.dimension === 'town' || row.dimension === 'park') && row.value !== '').map((row) => row.value);
  const names = new Map((ids.length === 0 ? [] : await store.organisationNames(db, ids)).map((one) => [one.id, one]));
  const place = (row: store.Total): number => names.get(row.value)?.sort ?? 10_000;
  return [...rows]
    .sort((a, b) => (a.dimension < b.dimension ? -1 : a.dimension > b.dimension ? 1 : place(a) - place(b) || (a.value < b.value ? -1 : 1)))
    .map((row) => {
      const name = names.get(row.value);
      return [row, cellOf(row, name === undefined ? null : locale === 'en' ? (name.name_en ?? name.name) : name.name, timeBp)];
    });
}

function cellOf(row: store.Total, name: string | null, timeBp: number): Cell {
  const rate = rateBp(row.done_fen, row.plan_fen);
  return {
    value: row.value, label: name, projects: row.projects, totalFen: row.total_fen, planFen: row.plan_fen, doneFen: row.done_fen, statFen: row.stat_fen,
    rateBp: rate, pointsBp: rate === null ? null : rate - timeBp,
  };
}

function concerns(actor: Actor, source: Source): boolean {
  const needed = SOURCES[source];
  return actor.isSystem || needed.some((permission) => may(actor, permission));
}

function readSource(source: Source, db: Db, actor: Actor, day: string, at: Date): Promise<store.TodayRow[]> {
  switch (source) {
    case 'lights': return store.litProjects(db, actor, actor.scope.all ? 3 : 1, EACH);
    case 'milestones': return store.dueMilestones(db, actor, day, addDays(day, 7), EACH);
    case 'reports': return store.missingReportLights(db, actor, EACH);
    case 'reminders': return store.reminders(db, actor, EACH);
    case 'commissioners': return store.withoutCommissioner(db, actor, EACH);
    case 'evidence': return store.unverifiedEvidence(db, actor, EACH);
    case 'effects': return store.effectDue(db, actor, day, EACH);
    case 'imports': return store.openImports(db, actor, 10);
    case 'exceptions': return store.exceptions(db, actor, addDays(day, -90), 20);
    case 'users': return lockedUsers(db, actor, at, 20);
    default: return never(source);
  }
}

function never(value: never): never {
  throw new Error(`unknown: ${String(value)}`);
}
