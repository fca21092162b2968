// Approvals with their database: lists of cases and forecasts at 1,000 and at 100,000 cases beside the bare handler with the same statements, the
// turn of the day for 100,000 open cases, and all forecasts made anew by the job of a server that answers others meanwhile.
import autocannon from 'autocannon';
import pg from 'pg';
import { readCatalogue } from '../../features/approvals/catalogue/store.ts';
import { keepOpenCases } from '../../features/approvals/cases/daily.ts';
import * as reads from '../../features/approvals/cases/reads.ts';
import { deskOf } from '../../features/approvals/cases/scope.ts';
import { expiring } from '../../features/approvals/faster/lists.ts';
import { forecasts, readSubject } from '../../features/approvals/planning/store.ts';
import { addDays } from '../../kernel/days.ts';
import type { App } from '../../app.ts';
import { DESK_LOGIN, DESK_TOKEN, fillCases, fillPlans, projectsWith } from '../casefill.ts';
import { startChild, type Connection, type Statement } from '../child.ts';
import { OFFICE_TOKEN, projectId } from '../fill.ts';
import { openBench, SCHEMA, type Ground } from '../ground.ts';
import { compare, type Aim, type Pace } from '../load.ts';
import { atLeast, atMost, below, median, type Figure } from '../table.ts';
import { caught, someone, together } from './reads.ts';

const PLANS = 'bench_plans';
const PAGE = 61; // what the program asks for to know whether there is more
const SOME = 50;
const LIMIT_MS = 300_000;

export async function cases(ground: Ground, sizes: readonly number[], pace: Pace, say: (line: string) => void): Promise<Figure[]> {
  await ground.data(10_000);
  await ground.filled('bench_10000', PLANS, fillPlans);
  const figures: Figure[] = [];
  const rates = new Map<string, number>();
  for (const size of sizes) {
    const connection = await ground.filled(PLANS, `bench_cases_${size}`, (app) => fillCases(app, size));
    figures.push(...(await ofSize(ground, connection, size, pace, rates)));
  }
  const most = Math.max(...sizes);
  figures.push(await turnOfDay(ground, most, say), ...(await allForecasts(ground)));
  return figures;
}

interface Look { readonly what: string; readonly token: string; readonly paths: readonly string[]; readonly statement: Statement }

async function ofSize(ground: Ground, connection: Connection, size: number, pace: Pace, rates: Map<string, number>): Promise<Figure[]> {
  const app = await openBench(connection, `${ground.folder}/zone`);
  const looks = await looksOf(app, size).finally(() => app.close());
  const house = await startChild({ kind: 'house', connection, folder: `${ground.folder}/zone` });
  const bare = await startChild({ kind: 'bare', connection, statements: Object.fromEntries(looks.map((one, i) => [`look${i}`, one.statement])) });
  const figures: Figure[] = [];
  try {
    for (const [i, { what, token, paths, statement }] of looks.entries()) {
      const rival: Aim = { url: bare.url, requests: statement.variants.map((_, v) => ({ path: `/look${i}?v=${v}` })) };
      const [other = 0, own = 0] = await compare([rival, { url: house.url, headers: { cookie: `yugong_session=${token}` }, requests: paths.map((path) => ({ path: `/api/queries/${path}` })) }], pace);
      figures.push(atLeast({ part: 'cases', what, projects: size, own, other, unit: '/s' }, 0.5));
      const few = rates.get(what);
      if (few !== undefined) figures.push(atMost({ part: 'cases', what: `${what}: time at ${size} cases / at the least`, projects: size, own: 16_000 / own, other: 16_000 / few, unit: 'ms' }, 1.5));
      else rates.set(what, own);
    }
    return figures;
  } finally {
    await house.stop();
    await bare.stop();
  }
}

async function looksOf(app: App, size: number): Promise<Look[]> {
  const [office, clerk, { day }] = [await someone(app, 'bench-office'), await someone(app, DESK_LOGIN), app.now()];
  const [desk, all, { catalogue }] = [await deskOf(app.database, clerk), await deskOf(app.database, office), await readCatalogue(app.database, day)];
  const some = Array.from({ length: SOME }, (_, i) => projectId(1 + ((i * 7919) % projectsWith(size))));
  const look = (what: string, token: string, paths: readonly string[], statement: Statement): Look => ({ what, token, paths, statement });
  return [
    look('queue of one desk', DESK_TOKEN, ['approvals.my_cases'], await caught((db) => reads.queue(db, clerk, desk, {}, PAGE))),
    look('queue of the office, what the start waits for first', OFFICE_TOKEN, ['approvals.my_cases?sort=path'], await caught((db) => reads.queue(db, office, all, { sort: 'path' }, PAGE))),
    look('counts of one desk', DESK_TOKEN, ['approvals.case_counts'], await caught((db) => reads.counts(db, clerk, desk, {}))),
    look('pace of all departments, a year', OFFICE_TOKEN, ['approvals.department_pace'], await caught((db) => reads.pace(db, office, all, { from: addDays(day, -365), to: day }))),
    look('what expires', OFFICE_TOKEN, ['approvals.expiring'], await caught((db) => expiring(db, office, catalogue, { day, within: 90, over: false, kind: undefined, item: undefined }, undefined, PAGE))),
    look('cases of a project', OFFICE_TOKEN, some.map((id) => `approvals.project_cases?id=${id}`), together(await Promise.all(some.map((id) => caught((db) => reads.casesOfProject(db, id)))))),
    look('plan of a project', OFFICE_TOKEN, some.map((id) => `approvals.project_plan?id=${id}`), together(await Promise.all(some.map((id) => caught((db) => readSubject(db, office, id)))))),
    look('forecasts', OFFICE_TOKEN, ['approvals.forecasts'], await caught((db) => forecasts(db, office, {}, PAGE))),
  ];
}

/** From one working day to the next, with reading and writing; the second one, when pages have their room. */
async function turnOfDay(ground: Ground, size: number, say: (line: string) => void): Promise<Figure> {
  const app = await openBench(await ground.copy(`bench_cases_${size}`, 'bench_turn'), `${ground.folder}/zone`);
  const times: number[] = [];
  try {
    // The day of the data is a Friday.
    for (const days of [3, 4, 5, 6]) {
      const [began, own] = [performance.now(), process.cpuUsage()];
      const count = await keepOpenCases(app.database, { ...app.now(), day: addDays(app.now().day, days) });
      times.push((performance.now() - began) / 1000);
      const { user, system } = process.cpuUsage(own);
      say(`day ${days}: ${count} open cases in ${(times.at(-1) ?? 0).toFixed(1)} s, of which ${((user + system) / 1e6).toFixed(1)} s of this process`);
    }
  } finally {
    await app.close();
  }
  return below({ part: 'cases', what: `turn of the day for ${size} open cases, with the database`, projects: size, own: median(times.slice(1)), unit: 's' }, 5);
}

async function allForecasts(ground: Ground): Promise<Figure[]> {
  const connection = await ground.copy(PLANS, 'bench_forecasts');
  const client = new pg.Client({ ...connection });
  await client.connect();
  const left = async (): Promise<number> => Number((await client.query<{ n: string }>(`select count(*) as n from ${SCHEMA}.approvals_plans where computed_on is null`)).rows[0]?.n);
  await client.query(`update ${SCHEMA}.approvals_plans set computed_on = null`);
  await client.query(`vacuum analyze ${SCHEMA}.approvals_plans`);
  const all = await left();
  const house = await startChild({ kind: 'house', connection, folder: `${ground.folder}/zone` });
  const waits: number[] = [];
  try {
    const end = performance.now() + LIMIT_MS;
    // The job comes by itself within a minute.
    while ((await left()) === all && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 100));
    const began = performance.now();
    let finished = 0;
    const watch = (async () => {
      while ((await left()) > 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 200));
      finished = performance.now();
    })();
    while (finished === 0) {
      const others = await autocannon({ url: house.url, connections: 4, duration: 5, overallRate: 40, headers: { cookie: `yugong_session=${OFFICE_TOKEN}` }, requests: [{ path: '/api/queries/projects.list' }], timeout: 20 });
      waits.push(others.latency.p99);
    }
    await watch;
    return [
      below({ part: 'cases', what: 'all forecasts anew by the job of a server', projects: all, own: (finished - began) / 1000, unit: 's' }, 60),
      below({ part: 'cases', what: 'p99 of other lists meanwhile (median of stretches of 5 s)', projects: all, own: median(waits), unit: 'ms' }, 200),
      { part: 'cases', what: 'p99 of other lists in the worst stretch of 5 s', projects: all, own: Math.max(...waits), other: null, unit: 'ms', ratio: null, target: '', pass: null },
    ];
  } finally {
    await house.stop();
    await client.end();
  }
}
