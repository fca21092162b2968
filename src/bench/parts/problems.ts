// The pool of problems with its database: raising one beside a bare handler that does the same inserts, the queue of one desk at 1,000 and at 100,000, and
// the turn of the clocks when nearly all of them run out at once, by one worker and by two.
import type { Request } from 'autocannon';
import { turnAll } from '../../features/problems/clocks/turning.ts';
import { raiseProblems, type Raising } from '../../features/problems/raise.ts';
import { digestOf } from '../../features/people/session.ts';
import { idFrom, newId } from '../../kernel/ids.ts';
import type { App } from '../../app.ts';
import { columns } from '../../platform/columns.ts';
import { sql, type Db } from '../../platform/db.ts';
import { startChild } from '../child.ts';
import { OFFICE_TOKEN, projectId } from '../fill.ts';
import { openBench, type Ground } from '../ground.ts';
import { compare, type Aim, type Pace } from '../load.ts';
import { atLeast, atMost, below, type Figure } from '../table.ts';

const PROJECTS = 10_000;
const DEPARTMENTS = 10;
const BATCH = 2000;
const DESK_TOKEN = 'bench-problems-desk-0123456789';
const departmentId = (n: number): string => idFrom('bench', 'problems', String(n));

export async function problems(ground: Ground, sizes: readonly number[], pace: Pace, say: (line: string) => void): Promise<Figure[]> {
  await ground.data(PROJECTS);
  const figures: Figure[] = [];
  const rates: number[] = [];
  for (const size of sizes) {
    const connection = await ground.filled(`bench_${PROJECTS}`, `bench_problems_${size}`, (app) => fillOpen(app, size));
    const house = await startChild({ kind: 'house', connection, folder: `${ground.folder}/zone` });
    const aim: Aim = { url: house.url, headers: { cookie: `yugong_session=${DESK_TOKEN}` }, requests: [{ path: '/api/queries/problems.list?mine=true' }] };
    rates.push(...(await compare([aim], pace).finally(() => house.stop())));
  }
  const [few = 0, many = 0, most] = [rates[0], rates.at(-1), Math.max(...sizes)];
  figures.push(atMost({ part: 'problems', what: `queue of a desk: time at ${most} / at ${Math.min(...sizes)}`, projects: most, own: 16_000 / many, other: 16_000 / few, unit: 'ms' }, 1.5));
  figures.push(await raising(ground, pace));
  for (const workers of [1, 2]) figures.push(await turning(ground, most, workers, say));
  return figures;
}

async function turning(ground: Ground, size: number, workers: number, say: (line: string) => void): Promise<Figure> {
  const connection = await ground.copy(`bench_problems_${size}`, `bench_turn_${workers}`);
  const apps = await Promise.all(Array.from({ length: workers }, () => openBench(connection, `${ground.folder}/zone`)));
  try {
    for (const app of apps) app.clock.stand('2023-08-15', '10:00');
    const began = performance.now();
    const turned = (await Promise.all(apps.map((app) => turnAll(app)))).reduce((sum, one) => sum + one, 0);
    const seconds = (performance.now() - began) / 1000;
    const [app] = apps;
    const doubled = await app?.database.rows(sql`select problem_id from problems_steps where kind in ('overdue', 'escalated') group by problem_id, round, kind, tier, details having count(*) > 1`);
    say(`${turned} of ${size} turned by ${workers} in ${seconds.toFixed(1)} s, doubled ${doubled?.length ?? 0}`);
    return below({ part: 'problems', what: `turn of the clocks, ${workers === 1 ? 'one worker' : 'two workers at once'}`, projects: size, own: seconds, unit: 's' }, 5);
  } finally {
    for (const app of apps) await app.close();
  }
}

/** Raising by HTTP beside the bare handler: its number, row, step, project, keys, event and reply key, prepared, in one transaction. */
async function raising(ground: Ground, pace: Pace): Promise<Figure> {
  const connection = await ground.copy(`bench_${PROJECTS}`, 'bench_raising');
  const app = await openBench(connection, `${ground.folder}/zone`);
  await makeDepartments(app).finally(() => app.close());
  const house = await startChild({ kind: 'house', connection, folder: `${ground.folder}/zone` });
  const bare = await startChild({ kind: 'bare', connection, statements: {} });
  let turn = 0;
  const raise = (request: Request): Request => {
    turn += 1;
    return { ...request, body: JSON.stringify({ title: `厂区外供电线路未接通 ${turn}`, kind: 'utilities', projectIds: [projectId(1 + (turn % PROJECTS))] }), headers: { ...request.headers, 'idempotency-key': newId() } };
  };
  const headers = { 'content-type': 'application/json' };
  try {
    const [other = 0, own = 0] = await compare([
      { url: bare.url, headers, requests: [{ method: 'POST', path: '/raise', setupRequest: raise }] },
      { url: house.url, headers: { ...headers, cookie: `yugong_session=${OFFICE_TOKEN}`, origin: house.url }, requests: [{ method: 'POST', path: '/api/commands/problems.raise', setupRequest: raise }] },
    ], pace);
    return atLeast({ part: 'problems', what: 'raise a problem, beside a bare handler with the same inserts', projects: PROJECTS, own, other, unit: '/s' }, 0.6);
  } finally {
    await house.stop();
    await bare.stop();
  }
}

/** Open problems on the desks of ten departments, raised on one day: the limit of their first reply is over for all of them at once. */
async function fillOpen(app: App, size: number): Promise<void> {
  const { database } = app;
  await makeDepartments(app);
  app.clock.stand('2023-08-09', '10:00');
  for (let from = 0; from < size; from += BATCH) {
    const count = Math.min(BATCH, size - from);
    await database.transaction((tx) => raiseProblems(tx, app.system, Array.from({ length: count }, (_, i) => drawn(from + i)), app.now()));
  }
  for (const table of ['problems_problems', 'problems_access', 'problems_steps', 'problems_projects', 'problems_turns']) await database.run(sql`vacuum analyze ${sql.id(table)}`);
}

function drawn(n: number): Raising {
  const to = { orgId: departmentId(n % DEPARTMENTS), userId: null, tier: 2 as const };
  return { title: `厂区外供电线路未接通 ${n}`, kind: n % 3 === 0 ? 'utilities' : 'land', severity: n % 9 === 0 ? 'complex' : 'ordinary', source: 'service', projectIds: [projectId(1 + (n % PROJECTS))], to };
}

async function makeDepartments({ database }: App): Promise<void> {
  const all = Array.from({ length: DEPARTMENTS }, (_, n) => ({ id: departmentId(n), name: `演示承办单位${String(n + 1).padStart(2, '0')}`, sort: n }));
  await database.run(sql`
    insert into people_organisations (id, parent_id, path, kind, name, sort)
    select v.id, r.id, r.path || v.id, 'department', v.name, v.sort from ${columns({ id: 'uuid', name: 'text', sort: 'int' }, all)} as v cross join people_organisations r where r.parent_id is null`);
  for (const { id } of all) await makeUser(database, id);
  await database.run(sql`
    insert into people_sessions (id, user_id, token_hash, created_at, last_seen_at, expires_at)
    values (${newId()}, ${idFrom('bench', 'problems', 'user', departmentId(0))}, ${digestOf(DESK_TOKEN)}, now(), now(), now() + interval '70 days')`);
}

/** Somebody who is told. */
async function makeUser(db: Db, orgId: string): Promise<void> {
  const id = idFrom('bench', 'problems', 'user', orgId);
  await db.run(sql`insert into people_users (id, org_id, login, name, must_change) values (${id}, ${orgId}, ${`p${id.slice(-10)}`}, '承办人', false)`);
  await db.run(sql`insert into people_user_roles (user_id, role_id) select ${id}, id from people_roles where code = 'department'`);
}
