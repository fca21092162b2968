// Fills a data set with approvals: answers and plans of every project, then open and finished cases with their events, kept by the program's own
// code. The cases lie on a handful of desks, so that one desk has thousands of them. Always the same for the same size.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readHandbook, type Handbook } from '../features/approvals/cases/catalogue.ts';
import { keptOf } from '../features/approvals/cases/kept.ts';
import { readCalendar } from '../features/approvals/calendar/store.ts';
import { keepCases } from '../features/approvals/cases/store.ts';
import type { Facts } from '../features/approvals/catalogue/shape.ts';
import type { CaseEvent } from '../features/approvals/clocks/events.ts';
import { forecastAll } from '../features/approvals/planning/forecast.ts';
import { Given } from '../features/approvals/planning/given.ts';
import { digestOf } from '../features/people/session.ts';
import { keepAll } from '../features/projects/keep.ts';
import { foldTotals } from '../features/projects/portfolio/store.ts';
import { dayOfNumber, numberOfDay } from '../kernel/epoch.ts';
import { idFrom } from '../kernel/ids.ts';
import { calendarWith } from '../kernel/workdays.ts';
import { columns } from '../platform/columns.ts';
import { json, sql, type Db } from '../platform/db.ts';
import { root } from '../platform/root.ts';
import { checker } from '../platform/validate.ts';
import type { App } from '../app.ts';
import { projectId } from './fill.ts';

export const DESK_TOKEN = 'bench-desk-0123456789';
export const DESK_LOGIN = 'bench-desk';
const DESKS = 10;
const PROJECTS = 10_000;
/** Open cases of a project, and as many finished ones. */
const EACH = 10;
const BATCH = 2000;
const deskId = (n: number): string => idFrom('bench', 'desk', String(n));
export const caseId = (n: number): string => idFrom('bench', 'case', String(n));

/** Answers, a chosen way, an agreed plan and a forecast of every project, none of which has begun; and the desks. */
export async function fillPlans(app: App): Promise<void> {
  const { database } = app;
  await makeDesks(database);
  await database.run(sql`update projects_projects set stage = 'preliminary', actual_start = null`);
  await keepAll(database, app.now());
  while ((await database.transaction(foldTotals)) > 0);
  for (const [n, facts] of kindsOfFacts().entries()) {
    await database.run(sql`
      insert into approvals_facts (project_id, version, facts, unsure, answered_by, answered_at)
      select id, 1, ${json(facts)}::jsonb, '{}', id, now() from projects_projects where seq % 4 = ${n}`);
  }
  await database.run(sql`
    insert into approvals_plans (project_id, version, start_day, ordering, measures, limits, combined, stops, updated_at)
    select id, 1, ${app.now().day}::date - seq % 60, 'parallel', '{}', 'promised', '{}', '{}', now() from projects_projects`);
  await database.run(sql`
    insert into approvals_baselines (project_id, number, kind, permit_day, begin_day, plan, frozen_by, frozen_at)
    select id, 1, 'frozen', ${app.now().day}::date + 40 + seq % 90, ${app.now().day}::date + 60 + seq % 90, '{"days": {}}', id, now() from projects_projects`);
  await settle(database, ['projects_projects', 'projects_access', 'projects_totals', 'projects_total_changes', 'approvals_facts', 'approvals_plans', 'approvals_baselines']);
  await forecastAll(database, app.now());
  await settle(database, ['approvals_plans']);
}

/** The projects that have cases: the first of the register. */
export function projectsWith(cases: number): number {
  return Math.min(PROJECTS, Math.ceil(cases / EACH));
}

/** So many open and as many finished cases. */
export async function fillCases(app: App, cases: number): Promise<void> {
  const { database } = app;
  const today = app.now().day;
  const handbook = await readHandbook(database, today);
  for (let from = 0; from < 2 * cases; from += BATCH) {
    await database.transaction((tx) => insertCases(tx, Array.from({ length: Math.min(BATCH, 2 * cases - from) }, (_, i) => drawnCase(from + i, cases, today, handbook)), today));
  }
  await settle(database, ['approvals_cases', 'approvals_case_events']);
}

async function settle(db: Db, tables: readonly string[]): Promise<void> {
  for (const table of tables) await db.run(sql`vacuum analyze ${sql.id(table)}`);
}

async function makeDesks(db: Db): Promise<void> {
  const desks = Array.from({ length: DESKS }, (_, n) => ({ id: deskId(n), name: `演示部门${String(n + 1).padStart(2, '0')}`, sort: n }));
  await db.run(sql`
    insert into people_organisations (id, parent_id, path, kind, name, sort)
    select v.id, r.id, r.path || v.id, 'department', v.name, v.sort from ${columns({ id: 'uuid', name: 'text', sort: 'int' }, desks)} as v cross join people_organisations r where r.parent_id is null`);
  const id = idFrom('bench', 'user', DESK_LOGIN);
  await db.run(sql`insert into people_users (id, org_id, login, name, must_change) values (${id}, ${deskId(0)}, ${DESK_LOGIN}, ${DESK_LOGIN}, false)`);
  await db.run(sql`insert into people_user_roles (user_id, role_id) select ${id}, id from people_roles where code = 'department'`);
  await db.run(sql`
    insert into people_sessions (id, user_id, token_hash, created_at, last_seen_at, expires_at)
    values (${idFrom('bench', 'session', DESK_LOGIN)}, ${id}, ${digestOf(DESK_TOKEN)}, now(), now(), now() + interval '70 days')`);
}

function kindsOfFacts(): Facts[] {
  return ['filing', 'verification', 'government', 'chemical'].map((name) => {
    const content: unknown = JSON.parse(readFileSync(path.join(root, 'examples', 'approvals', `${name}.json`), 'utf8'));
    return checker(Given)(content).facts;
  });
}

interface DrawnCase { readonly id: string; readonly projectId: string; readonly item: string; readonly orgId: string; readonly limits: ReturnType<Handbook['limits']>['rules']; readonly events: readonly CaseEvent[]; readonly decided: boolean }

function drawnCase(n: number, cases: number, today: string, handbook: Handbook): DrawnCase {
  const decided = n >= cases;
  const [nth, place] = [n % cases, (n % EACH) + (decided ? EACH : 0)];
  const project = 1 + (Math.trunc(nth / EACH) % PROJECTS);
  const { items } = handbook.catalogue;
  const item = items[(project * 7 + place) % items.length]?.code ?? '';
  const last = numberOfDay(today) ?? 0;
  return { id: caseId(n), projectId: projectId(project), item, orgId: deskId((nth * 7 + project) % DESKS), limits: handbook.limits(item, {}).rules, events: decided ? finished(n, last) : open(n, last), decided };
}

/** Cases as they lie on a desk: just arrived, waiting for corrections, being examined, in a special procedure, extended, late. */
function open(n: number, today: number): CaseEvent[] {
  const kind = n % 10;
  const arrived = today - (kind < 2 ? n % 4 : 5 + ((n * 13) % 50));
  const made = eventsFrom(n, arrived, today);
  const received = made('received', 0);
  if (kind < 2) return [received];
  if (kind === 2) return [received, made('correction_asked', 2)];
  const accepted = [received, made('accepted', 1)];
  if (kind < 7) return accepted;
  const begun = [...accepted, made('special_begun', 3, { procedure: 'expert_review', days: 10 })];
  if (kind < 9) return begun;
  return [...begun, made('special_ended', 5), made('extended', 5, { days: 10 })];
}

function finished(n: number, today: number): CaseEvent[] {
  const arrived = today - 30 - ((n * 11) % 330);
  const made = eventsFrom(n, arrived, today);
  const [took, after] = [2 + ((n * 17) % 23), 1 + (n % 3)];
  return [made('received', 0), made('accepted', 1), made('decided', 1 + took, { outcome: n % 20 === 0 ? 'refused' : 'approved' }), made('delivered', 1 + took + after)];
}

function eventsFrom(n: number, arrived: number, today: number): (kind: CaseEvent['kind'], after: number, more?: Partial<CaseEvent>) => CaseEvent {
  let seq = 0;
  return (kind, after, more = {}) => {
    seq += 1;
    return { id: idFrom('bench', 'event', `${n}-${seq}`), kind, day: dayOfNumber(Math.min(arrived + after, today)), seq, by: kind === 'received' ? 'applicant' : 'department', reason: '材料', document: `文 ${n}`, ...more };
  };
}

async function insertCases(tx: Db, cases: readonly DrawnCase[], today: string): Promise<void> {
  const calendar = calendarWith();
  await tx.run(sql`
    insert into approvals_cases (id, project_id, item, round, org_id, via, limits, document, status, kept_day, created_at, updated_at)
    select id, project_id, item, 1, org_id, 'self', limits, document, 'received', ${today}::date, now(), now()
    from ${columns({ id: 'uuid', project_id: 'uuid', item: 'text', org_id: 'uuid', limits: 'jsonb', document: 'text' }, cases.map((one) => ({ id: one.id, project_id: one.projectId, item: one.item, org_id: one.orgId, limits: one.limits, document: one.decided ? `许 ${one.id.slice(0, 8)}` : null })))} as v`);
  await keepCases(tx, cases.map((one) => ({ id: one.id, kept: keptOf(one.events, today, one.limits, calendar) })), today, await readCalendar(tx));
  const events = cases.flatMap((one) => one.events.map((event) => ({ ...event, case_id: one.id })));
  await tx.run(sql`
    insert into approvals_case_events (case_id, seq, id, kind, day, by_side, actor_id, actor_name, reason, document, procedure, days, outcome, at)
    select case_id, seq, id, kind, day, by, case_id, '窗口', reason, document, procedure, days, outcome, now()
    from ${columns({ case_id: 'uuid', seq: 'int', id: 'uuid', kind: 'text', day: 'date', by: 'text', reason: 'text', document: 'text', procedure: 'text', days: 'int', outcome: 'text' }, events)} as v`);
}
