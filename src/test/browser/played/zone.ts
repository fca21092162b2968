// Where the week is played: a small zone of its own, in which every count can be said in advance, or a copy of a loaded demonstration zone, for the pictures.
// Both give the same parts to people and projects; what happens afterwards happens through the pages alone.
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { expect } from 'vitest';
import type { App } from '../../../app.ts';
import { httpOf, openApp } from '../../../house.ts';
import { newId } from '../../../kernel/ids.ts';
import { readConfig } from '../../../platform/config.ts';
import { sql } from '../../../platform/db.ts';
import { makeLog } from '../../../platform/log.ts';
import { openStorage } from '../../../platform/storage.ts';
import type { Locale } from '../../../platform/texts.ts';
import { makeWorld, type World } from '../../world/world.ts';
import { CHROMIUM } from '../ground.ts';

export const PARTS = ['leader', 'office', 'desk', 'commissioner', 'department', 'other', 'enterprise'] as const;
export type Part = (typeof PARTS)[number];

export interface Zone {
  readonly app: App;
  readonly browser: Browser;
  readonly address: string;
  readonly people: Readonly<Record<Part, string>>;
  readonly enterprise: string;
  /** The department that has what is asked for, and one that has not, as the pages name them. */
  readonly departments: Readonly<Record<'department' | 'other', string>>;
  /** Of the commissioner; the first is the enterprise's. */
  readonly projects: readonly Named[];
  signIn(context: BrowserContext, address: string, userId: string): Promise<void>;
  close(): Promise<void>;
}

interface Named { readonly id: string; readonly name: string }

export async function ownZone(): Promise<Zone> {
  const world = await makeWorld({ day: '2023-07-03' });
  const { app, orgs, actors } = world;
  const department = await staffed(world, '城市管理局');
  const other = await staffed(world, '自然资源和规划局');
  await app.run(app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: orgs.desk }, { duty: 'development', organisationId: orgs.root }, { duty: 'city', organisationId: department.orgId }] });
  await showFigures(app);
  // He sits in a town: who sits where the offices sit would judge what his own house did.
  const commissioner = await person(world, orgs.town, 'commissioner', '专员01');
  const projects: Named[] = [];
  for (const name of ['电池级硫酸锌与硫酸锰', '铅酸电池回收', '绿色建材产业园']) {
    const id = await world.project({ name, responsibleOrgId: other.orgId, ...(projects.length === 0 ? { builderId: orgs.enterprise } : {}) });
    await app.database.run(sql`update projects_projects set stage = 'building' where id = ${id}`);
    await app.run(app.system, 'projects.assign_commissioner', { id, assignmentId: newId(), userId: commissioner });
    projects.push({ id, name });
  }
  const { browser, address } = await serve(app);
  return {
    app, browser, address, projects, enterprise: '演示企业有限公司', departments: { department: '城市管理局', other: '自然资源和规划局' },
    people: { leader: actors.leader.userId, office: actors.office.userId, desk: actors.desk.userId, commissioner, enterprise: actors.enterprise.userId, department: department.userId, other: other.userId },
    signIn: byPassword(app),
    close: async () => {
      await browser.close();
      await world.close();
    },
  };
}

async function staffed(world: World, name: string): Promise<{ readonly orgId: string; readonly userId: string }> {
  const orgId = newId();
  await world.app.run(world.app.system, 'people.create_organisation', { id: orgId, parentId: world.orgs.root, kind: 'department', name });
  return { orgId, userId: await person(world, orgId, 'department', `${name}经办`) };
}

async function person({ app }: World, orgId: string, code: string, name: string): Promise<string> {
  const userId = newId();
  const role = await one<{ id: string }>(app, code, sql`select id from people_roles where code = ${code}`);
  await app.run(app.system, 'people.create_user', { id: userId, orgId, login: `${code}-${userId.slice(-6)}`, name, roleIds: [role.id], password: 'correct horse battery' });
  return userId;
}

/** The public counter and the enterprise's figures are shown. */
async function showFigures(app: App): Promise<void> {
  const setting = await app.database.row<{ version: number }>(sql`select version from platform_settings where name = 'problems.closing'`);
  await app.run(app.system, 'problems.set_closing', { reopenDays: 30, callbackDays: 10, publicFigures: true }, { ifVersion: setting?.version ?? 0 });
}

/** By an administrator's new password the first time, which is changed at once; by the changed one where he sits down at a second screen. */
function byPassword(app: App): Zone['signIn'] {
  const passwords = new Map<string, string>();
  return async (context, address, userId) => {
    const { login } = await one<{ login: string }>(app, 'the person', sql`select login from people_users where id = ${userId}`);
    const known = passwords.get(userId);
    if (known !== undefined) return post(context, address, 'people.sign_in', { login, password: known });
    const reset = await app.run(app.system, 'people.reset_password', { id: userId });
    const current = typeof reset.output === 'object' && reset.output !== null && 'password' in reset.output ? String(reset.output.password) : '';
    const next = `a long horse ${newId()}`;
    await post(context, address, 'people.sign_in', { login, password: current });
    await post(context, address, 'people.change_password', { current, next });
    passwords.set(userId, next);
  };
}

/** The zone of a data folder, which is changed by what is played: hand in a copy. */
export async function demonstrationZone(folder: string, lang: Locale): Promise<Zone> {
  const log = makeLog('warn');
  const config = readConfig({ YUGONG_DATA: folder, YUGONG_LIMIT_REQUESTS_PER_MINUTE: '1000000' });
  const storage = await openStorage(config, log);
  const app = await openApp({ config, connection: storage.connection, log, synchronousCommit: false });
  const called = async (name: string): Promise<string> => (await one<{ id: string }>(app, name, sql`select id from people_users where name = ${name}`)).id;
  const people = { leader: await called('分包领导09'), office: await called('项目办03'), desk: await called('企服坐席01'), commissioner: await called('专员41'), department: await called('城管局经办'), other: await called('资源规划局经办'), enterprise: await called('企业经办01') };
  const bodyOf = async (userId: string): Promise<string> => {
    const row = await one<{ name: string; english: string | null }>(app, 'the body', sql`select o.name, o.name_en as english from people_users u join people_organisations o on o.id = u.org_id where u.id = ${userId}`);
    return lang === 'en' ? (row.english ?? row.name) : row.name;
  };
  const firm = await one<{ name: string; id: string }>(app, 'the firm', sql`select o.id, o.name from people_users u join people_organisations o on o.id = u.org_id where u.id = ${people.enterprise}`);
  const projects = await app.database.rows<Named>(sql`
    select p.id, p.name from projects_projects p join projects_assignments a on a.project_id = p.id and a.user_id = ${people.commissioner} and a.to_day is null order by (p.builder_id = ${firm.id}) desc nulls last, p.seq limit 3`);
  await showFigures(app);
  const { browser, address } = await serve(app);
  return {
    app, browser, address, people, projects, enterprise: firm.name, departments: { department: await bodyOf(people.department), other: await bodyOf(people.other) },
    signIn: (context, at, userId) => post(context, at, 'people.demo_sign_in', { userId }),
    close: async () => {
      await browser.close();
      await app.close();
      await storage.close();
    },
  };
}

async function serve(app: App): Promise<{ readonly browser: Browser; readonly address: string }> {
  const http = await httpOf(app);
  await http.listen({ port: 0, host: '127.0.0.1' });
  const bound = http.server.address();
  return { browser: await chromium.launch(CHROMIUM), address: `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? String(bound.port) : ''}` };
}

async function post(context: BrowserContext, address: string, name: string, data: unknown): Promise<void> {
  const answer = await context.request.post(`${address}/api/commands/${name}`, { headers: { origin: address, 'idempotency-key': newId() }, data });
  expect(answer.status(), await answer.text()).toBe(200);
}

async function one<Row extends object>(app: App, what: string, statement: ReturnType<typeof sql>): Promise<Row> {
  const row = await app.database.row<Row>(statement);
  if (row === undefined) throw new Error(`${what} is not there`);
  return row;
}
