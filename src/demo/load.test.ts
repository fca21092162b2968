// The demonstration zone as it comes out of its commands: 182 projects and 178亿元 by the ordinary queries.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { App } from '../app.ts';
import { openApp } from '../house.ts';
import { readConfig } from '../platform/config.ts';
import { actorById } from '../features/people/session.ts';
import { plainName } from '../features/projects/imports/fate.ts';
import { mappingOf, workOnce } from '../features/projects/imports/runner.ts';
import { readImport, readRows } from '../features/projects/imports/store.ts';
import { importHost } from '../jobs.ts';
import { daysBetween } from '../kernel/days.ts';
import { newId } from '../kernel/ids.ts';
import { sql } from '../platform/db.ts';
import { makeLog } from '../platform/log.ts';
import { root } from '../platform/root.ts';
import { freshDatabase, type FreshDatabase } from '../test/world/database.ts';
import { makeActing } from './acting.ts';
import { isLoaded, loadDemo } from './load.ts';
import { CARDS, peopleOf } from './cast.ts';
import { demoProjects } from './model.ts';
import { storyOf } from './story.ts';

let app: App;
let database: FreshDatabase;
const folder = mkdtempSync(path.join(tmpdir(), 'yugong-demo-'));

beforeAll(async () => {
  database = await freshDatabase();
  const config = readConfig({ YUGONG_DATA: folder, YUGONG_ZONE: database.schema.replace(/^zone_/, ''), YUGONG_POOL: '8' });
  app = await openApp({ config: { ...config, schema: database.schema }, connection: database.connection, log: makeLog('warn'), synchronousCommit: false });
  await loadDemo(app);
}, 400_000);

afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('has 182 projects and 178亿元 of the half year by the ordinary queries', async () => {
  const sums = await app.ask(app.system, 'projects.sums', {});
  expect(sums).toMatchObject({ projects: 182, doneFen: 1_780_000_000_000 });
  expect(await isLoaded(app)).toBe(true);
});

test('adds up in both series, by stage, and month by month', async () => {
  const rows = await app.database.rows<{ month: string; dispatch: number; reports: number }>(sql`select to_char(month, 'YYYY-MM') as month, sum(dispatch_fen)::bigint as dispatch, count(*)::int as reports from projects_reports group by 1 order by 1`);
  expect(rows.map((row) => row.month)).toEqual(['2023-01', '2023-02', '2023-03', '2023-04', '2023-05', '2023-06']);
  expect(rows.reduce((sum, row) => sum + row.dispatch, 0)).toBe(1_780_000_000_000);
  expect(rows.reduce((sum, row) => sum + row.reports, 0)).toBe(182 * 6 - 9);
  const stories = demoProjects().map(storyOf);
  const stages = await app.database.rows<{ name: string; stage: string }>(sql`select name, stage from projects_projects`);
  const told = new Map(stories.map((story) => [plainName(story.project.name), story.stage]));
  expect(stages.filter((row) => told.get(plainName(row.name)) !== row.stage)).toEqual([]);
});

test('shows lights of every colour, each with its rule', async () => {
  const lights = await app.database.rows<{ level: number; count: number }>(sql`select light as level, count(*)::int as count from projects_projects group by 1 order by 1`);
  expect(lights.map((row) => row.level)).toEqual([0, 1, 2, 3]);
  for (const row of lights) expect(row.count).toBeGreaterThan(4);
});

test('plans the approvals of every project that has not begun, most with an agreed plan', async () => {
  const rows = await app.database.rows<{ begin_day: string | null; slip_days: number | null }>(sql`
    select a.begin_day, a.slip_days from projects_projects p left join approvals_plans a on a.project_id = p.id where p.stage in ('planned', 'reserved', 'signed', 'performed', 'preliminary')`);
  expect(rows.length).toBeGreaterThan(15);
  // Of the one that has its permit works may begin on the zone's day itself.
  expect(rows.filter((row) => row.begin_day === null || row.begin_day < '2023-06-30')).toEqual([]);
  expect(rows.filter((row) => row.begin_day === '2023-06-30')).toHaveLength(1);
  expect(rows.filter((row) => row.slip_days !== null).length).toBeGreaterThan(10);
});

test('has approval cases in every state that a department meets', async () => {
  const rows = await app.database.rows<{ status: string; level: string; deemed: boolean; source: string; via: string; n: number }>(sql`select status, level, deemed, source, via, count(*)::int as n from approvals_cases group by 1, 2, 3, 4, 5`);
  const some = (test: (row: (typeof rows)[number]) => boolean): number => rows.filter(test).reduce((sum, row) => sum + row.n, 0);
  for (const status of ['received', 'correction', 'accepted', 'special', 'suspended', 'delivered']) expect([status, some((row) => row.status === status)]).not.toEqual([status, 0]);
  for (const level of ['calm', 'soon', 'over']) expect([level, some((row) => row.level === level)]).not.toEqual([level, 0]);
  expect(some((row) => row.deemed)).toBeGreaterThan(0);
  expect(some((row) => row.source === 'import')).toBeGreaterThan(0);
  expect(some((row) => row.via === 'agent')).toBeGreaterThan(0);
});

test('goes the faster ways, lets documents end, accepts a completion and shows a schedule on more than the two told projects', async () => {
  const guidance = Object(await app.ask(app.system, 'approvals.guidance', {}));
  expect(new Set(guidance.items.map((one: { projectId: string }) => one.projectId)).size).toBeGreaterThan(5);
  expect(guidance.items.filter((one: { outcome: string }) => one.outcome === 'not_passed').length).toBeGreaterThan(2);
  const ends = Object(await app.ask(app.system, 'approvals.expiring', {}));
  const kinds = ends.items.map((one: { kind: string }) => one.kind);
  for (const kind of ['document', 'simulation', 'promise', 'material']) expect(kinds).toContain(kind);
  expect(ends.counts).toMatchObject({ over: 0 });
  const tolerances = await app.database.rows<{ owing: boolean; late: boolean }>(sql`
    select bool_or(m.supplied_day is null) as owing, bool_or(coalesce(m.supplied_day > m.due, false)) as late from approvals_tolerances t join approvals_tolerance_materials m on m.tolerance_id = t.id where t.returned_day is null group by t.id`);
  expect(tolerances.filter((one) => !one.owing && !one.late).length).toBeGreaterThanOrEqual(2);
  const joint = await app.database.row<{ project_id: string; parts: number; answered: number }>(sql`
    select c.project_id, (select count(*)::int from approvals_cases p where p.part_of = c.id) as parts, (select count(*)::int from approvals_case_reviews r where r.case_id = c.id and r.view is not null) as answered
    from approvals_cases c where c.item = 'Y04' and c.status = 'accepted'`);
  expect(joint).toMatchObject({ parts: 3, answered: 1 });
  const plant = await app.database.row<{ id: string }>(sql`select id from projects_projects where name like '电子级双氧水%'`);
  expect(await app.ask(app.system, 'approvals.schedule', { id: plant?.id })).toMatchObject({ schedule: { tasks: 40, current: true }, baseline: { of: 'file' } });
});

interface Share { readonly hit: number; readonly base: number; readonly bp: number | null }
interface Told extends Share { readonly code: string; readonly beside: readonly (Share & { readonly code: string })[]; readonly apart: readonly { readonly code: string; readonly hit: number }[] }

async function figures(): Promise<ReadonlyMap<string, Told>> {
  const all: readonly Told[] = Object(await app.ask(app.system, 'problems.rates', {})).total.figures;
  return new Map(all.map((one) => [one.code, one]));
}

/** How many records a number of the page opens, page after page. */
async function opened(name: string, input: Readonly<Record<string, unknown>>): Promise<number> {
  let count = 0;
  for (let after: string | undefined; ;) {
    const page = Object(await app.ask(app.system, name, { ...input, limit: 200, ...(after === undefined ? {} : { after }) }));
    count += page.items.length;
    if (page.next === null) return count;
    after = page.next;
  }
}

test('has held exactly 72 meetings in one series and prepares the 73rd', async () => {
  expect(await app.ask(app.system, 'dispatch.meeting_figures', {})).toMatchObject({ day: '2023-06-30', held: 72, heldThisYear: 37, next: { day: '2023-07-05', state: 'planned' } });
  expect(await opened('dispatch.meetings', { held: true })).toBe(72);
  const held = await app.database.rows<{ number: number; year_number: number; day: string; kind: string; state: string }>(sql`select number, year_number, day, kind, state from dispatch_meetings where number is not null order by number`);
  expect(held.map((row) => row.number)).toEqual(Array.from({ length: 72 }, (_, at) => at + 1));
  expect(held.map((row) => row.year_number)).toEqual([...Array.from({ length: 35 }, (_, at) => at + 1), ...Array.from({ length: 37 }, (_, at) => at + 1)]);
  expect(held.map((row) => row.day)).toEqual(held.map((row) => row.day).toSorted());
  for (const kind of ['breakfast', 'supper', 'topic', 'site']) expect([kind, held.filter((row) => row.kind === kind).length]).not.toEqual([kind, 0]);
  expect(new Set(held.map((row) => row.state))).toEqual(new Set(['minutes_issued']));
  expect((await app.database.row<{ n: number }>(sql`select count(*)::int as n from dispatch_items i join dispatch_meetings m on m.id = i.meeting_id where m.state = 'planned'`))?.n).toBeGreaterThan(5);
});

test('has solved exactly 483 problems, on every tier, most of them at the first three', async () => {
  const told = await figures();
  expect(told.get('resolution')?.hit).toBe(483);
  expect(await opened('problems.list', { state: ['solved'] })).toBe(483);
  const tiers = [1, 2, 3, 4, 5].map((tier) => told.get('tiers')?.beside.find((one) => one.code === `tier_${String(tier)}`)?.hit ?? 0);
  expect(tiers.reduce((sum, count) => sum + count, 0)).toBe(483);
  expect(Math.min(...tiers)).toBeGreaterThan(5);
  expect((tiers[0] ?? 0) + (tiers[1] ?? 0) + (tiers[2] ?? 0)).toBeGreaterThan(483 * 0.88);
  const later = await app.database.row<{ n: number }>(sql`select count(*)::int as n from problems_problems where solved_at >= '2023-07-01T00:00:00+08:00' or raised_at >= '2023-07-01T00:00:00+08:00'`);
  expect(later?.n).toBe(0);
});

test('is honest: no rate is 100 %, and every number of the rates opens as many problems as it says', async () => {
  const told = await figures();
  expect(told.get('resolution')?.beside).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'overdue', hit: 9 }), expect.objectContaining({ code: 'closed', hit: 12 })]));
  for (const [code, figure] of told) {
    if (code !== 'tiers') expect([code, (figure.bp ?? 10_000) < 10_000]).toEqual([code, true]);
    const parts = [['hit', figure.hit], ['base', figure.base], ...figure.beside.map((one) => [`beside.${one.code}`, one.hit]), ...figure.apart.map((one) => [`apart.${one.code}`, one.hit])] as const;
    for (const [part, count] of parts) expect([code, part, await opened('problems.list', { figure: code, part })]).toEqual([code, part, count]);
  }
}, 120_000);

test('is what docs/story.md tells of its two projects', async () => {
  const text = (await readFile(path.join(root, 'docs', 'story.md'), 'utf8')).replaceAll(/\s+/g, ' ');
  const plan = async (name: string): Promise<{ readonly slipDays: number; readonly plannedStart: string; readonly plan: { readonly permit: { readonly day: string }; readonly begin: { readonly day: string } }; readonly ways: readonly { readonly mode: string; readonly beginDays: number; readonly savesDays: number }[]; readonly agreed: readonly { readonly permitDay: string }[] }> => {
    const id = (await app.database.row<{ id: string }>(sql`select id from projects_projects where name like ${`${name}%`}`))?.id;
    return Object(await app.ask(app.system, 'approvals.project_plan', { id }));
  };
  const [told, still] = [await plan('电池级硫酸锌与硫酸锰'), await plan('高压无缝气瓶')];
  const way = (mode: string): { readonly beginDays: number; readonly savesDays: number } | undefined => still.ways.find((one) => one.mode === mode);
  expect(text).toContain(`it takes ${String(way('parallel')?.beginDays)} working days in parallel`);
  expect(text).toContain(`Simulated approval saves ${String(way('simulation')?.savesDays)}, tolerance ${String(way('tolerance')?.savesDays)}, promise ${String(way('promise')?.savesDays)}, all measures together ${String(way('optimised')?.savesDays)}.`);
  expect(text).toContain(`${String(daysBetween(still.plannedStart, still.plan.begin.day))} days after its registered start, ${String(still.slipDays)} working days after the agreed one`);
  expect(text).toContain(`${String(daysBetween(told.agreed.at(-1)?.permitDay ?? '', told.plan.permit.day))} days after the agreed 14 April, and works may now begin ${String(told.slipDays)} working days later than agreed`);
});

test('has nothing to do when it is loaded again', async () => {
  const events = async (): Promise<number> => (await app.database.row<{ count: number }>(sql`select count(*)::int as count from platform_events`))?.count ?? 0;
  const before = await events();
  await loadDemo(app);
  expect(await events()).toBe(before);
}, 400_000);

test('finds the example ledger unchanged when it is imported again', async () => {
  const id = newId();
  const office = app.system;
  const sha256 = await makeActing(app, app.now()).upload(office, app.now(), 'again.xlsx', await readFile(path.join(root, 'examples', 'ledger-jiyuan-2023h1.xlsx')));
  await app.run(office, 'projects.start_import', { id, sha256, fileName: 'again.xlsx' });
  const never = new AbortController().signal;
  await workOnce(importHost(app), never, id);
  const found = await readImport(app.database, id, undefined);
  if (found === undefined) throw new Error('no import');
  await app.run(office, 'projects.preview_import', { id, mapping: mappingOf(found) });
  await workOnce(importHost(app), never, id);
  const rows = await readRows(app.database, id, { limit: 300 });
  expect(rows.filter((row) => row.fate !== 'unchanged').map((row) => [row.values.fields['name'], row.fate, JSON.stringify(row.changes), JSON.stringify(row.problems)])).toEqual([]);
  expect(rows).toHaveLength(182);
}, 200_000);

test('shows the same totals on the portfolio page, and a recount from the records agrees', async () => {
  expect(await app.ask(app.system, 'projects.portfolio', {})).toMatchObject({ day: '2023-06-30', year: 2023, all: { projects: 182, doneFen: 1_780_000_000_000 } });
  expect(await app.ask(app.system, 'projects.recount', {})).toMatchObject({ differences: [] });
});

test('has something for each who signs in: projects within reach, and for those who answer for them something to do', async () => {
  const busy = new Map<string, number>();
  for (const person of peopleOf(demoProjects())) {
    const actor = await actorById(app.database, person.id);
    if (actor === undefined) throw new Error(`${person.name} cannot sign in`);
    if (person.role === 'department' || person.role === 'desk' || person.role === 'admin') continue;
    expect([person.name, await app.ask(actor, 'projects.sums', {})]).toEqual([person.name, expect.objectContaining({ projects: expect.toSatisfy((count: number) => count > 0) })]);
    const today = await app.ask(actor, 'projects.today', {});
    busy.set(person.role, (busy.get(person.role) ?? 0) + (typeof today === 'object' && today !== null && 'items' in today && Array.isArray(today.items) ? today.items.length : 0));
  }
  for (const role of ['office', 'commissioner', 'town', 'leader']) expect([role, (busy.get(role) ?? 0) > 0]).toEqual([role, true]);
}, 120_000);

test('has a problem, a slip or a line on the first page of each who stands on the sign-in page', async () => {
  const cards = peopleOf(demoProjects()).filter((one) => CARDS.includes(one.id));
  expect(cards.length).toBe(CARDS.length);
  const none: string[] = [];
  for (const person of cards) {
    const actor = await actorById(app.database, person.id);
    if (actor === undefined) throw new Error(`${person.name} cannot sign in`);
    const today = Object(await app.ask(actor, 'projects.today', {}));
    const kinds: readonly string[] = today.items.map((one: { kind: string }) => one.kind);
    if (!kinds.some((kind) => ['problem', 'meeting', 'week'].includes(kind))) none.push(`${person.name}: ${[...new Set(kinds)].join(' ')}`);
  }
  expect(none).toEqual([]);
});

test('has no inbox that nobody could read', async () => {
  const unread = await app.database.rows<{ name: string; n: number }>(sql`select u.name, count(*)::int as n from notices_inbox i join people_users u on u.id = i.user_id where i.read_at is null group by u.name order by n desc`);
  expect(unread.length).toBeGreaterThan(20);
  expect(unread.filter((one) => one.n > 60)).toEqual([]);
});
