import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { Refusal } from '../../kernel/refuse.ts';
import { sql } from '../../platform/db.ts';
import { features } from '../../features.ts';
import { DUTIES } from './duties/rules.ts';
import { makeWorld, type World } from '../../test/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'done';
}

interface Made { readonly id: string; readonly version: number; readonly password?: string }
const made = (output: unknown): Made => {
  if (typeof output !== 'object' || output === null || !('id' in output) || typeof output.id !== 'string') throw new Error('no id');
  const version = 'version' in output && typeof output.version === 'number' ? output.version : 0;
  return { id: output.id, version, ...('password' in output && typeof output.password === 'string' ? { password: output.password } : {}) };
};
const admin = () => world.actors.admin;
const run = async (name: string, input: Record<string, unknown>, ifVersion?: number): Promise<Made> => made((await world.app.run(admin(), name, input, ifVersion === undefined ? {} : { ifVersion })).output);
const roleOf = async (code: string): Promise<string> => (await world.app.database.row<{ id: string }>(sql`select id from people_roles where code = ${code}`))?.id ?? '';
const organisation = (parentId: string, name: string, kind = 'department') => run('people.create_organisation', { parentId, kind, name });
const pathOf = async (id: string) => (await world.app.database.row<{ path: string[] }>(sql`select path from people_organisations where id = ${id}`))?.path;

describe('the tree of organisations', () => {
  it('carries the whole subtree along when one is moved, and the keys of its projects', async () => {
    const a = await organisation(world.orgs.root, '甲局');
    const b = await organisation(a.id, '乙科');
    const c = await organisation(b.id, '丙组');
    const d = await organisation(world.orgs.root, '丁局');
    await run('people.edit_organisation', { id: b.id, parentId: d.id }, b.version);
    expect(await pathOf(c.id)).toEqual([world.orgs.root, d.id, b.id, c.id]);
    expect(await pathOf(b.id)).toEqual([world.orgs.root, d.id, b.id]);
    expect(await pathOf(a.id)).toEqual([world.orgs.root, a.id]);
  });

  it('moves what is seen: a department sees the projects of a town that has come below it, and no longer once it has gone', async () => {
    const town = await organisation(world.orgs.root, '下移镇', 'town');
    const project = await world.project({ townId: town.id });
    const sees = async (): Promise<boolean> => (await codeOf(world.app.ask(world.actors.department, 'projects.record', { id: project }))) === 'done';
    expect(await sees()).toBe(false);
    await run('people.edit_organisation', { id: town.id, parentId: world.orgs.department }, 1);
    expect(await sees()).toBe(true);
    await run('people.edit_organisation', { id: town.id, parentId: world.orgs.root }, 2);
    expect(await sees()).toBe(false);
  });

  it('refuses a circle, the move of the zone itself and a ninth level', async () => {
    const a = await organisation(world.orgs.root, '戊局');
    const b = await organisation(a.id, '己科');
    expect(await codeOf(run('people.edit_organisation', { id: a.id, parentId: b.id }, a.version))).toBe('people.circle');
    expect(await codeOf(run('people.edit_organisation', { id: a.id, parentId: a.id }, a.version))).toBe('people.circle');
    expect(await codeOf(run('people.edit_organisation', { id: world.orgs.root, parentId: a.id }, 1))).toBe('people.zone_fixed');
    let at = b.id;
    for (let level = 4; level <= 8; level += 1) at = (await organisation(at, `第${level}级`)).id;
    expect(await codeOf(organisation(at, '第九级'))).toBe('people.too_deep');
    const other = await organisation(world.orgs.root, '庚局');
    expect(await codeOf(run('people.edit_organisation', { id: a.id, parentId: other.id }, a.version))).toBe('people.too_deep');
  });

  it('two moves at once cannot close a circle', async () => {
    const a = await organisation(world.orgs.root, '辛局');
    const b = await organisation(world.orgs.root, '壬局');
    const results = await Promise.all([
      codeOf(run('people.edit_organisation', { id: a.id, parentId: b.id }, a.version)), codeOf(run('people.edit_organisation', { id: b.id, parentId: a.id }, b.version)),
    ]);
    expect(results.sort()).toEqual(['done', 'people.circle']);
  });

  it('does not close what still holds people, organisations or duties', async () => {
    const a = await organisation(world.orgs.root, '癸局');
    const b = await organisation(a.id, '癸科');
    expect(await codeOf(run('people.close_organisation', { id: a.id }, a.version))).toBe('people.has_children');
    const user = await run('people.create_user', { orgId: b.id, login: 'guike', name: '科员', roleIds: [] });
    expect(await codeOf(run('people.close_organisation', { id: b.id }, b.version))).toBe('people.has_users');
    await run('people.disable_user', { id: user.id }, user.version);
    await run('people.close_organisation', { id: b.id }, b.version);
    expect(await codeOf(run('people.enable_user', { id: user.id }, 2))).toBe('people.organisation_closed');
  });

  it('lists parents before children, page by page, and finds by pinyin initials', async () => {
    const first = await world.app.ask(admin(), 'people.organisations', { limit: 3 });
    expect(first).toMatchObject({ items: [{ kind: 'zone', depth: 0 }, { depth: 1 }, {}] });
    const all: string[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page = await world.app.ask(admin(), 'people.organisations', { limit: 3, ...(after === undefined ? {} : { after }) });
      if (typeof page !== 'object' || page === null || !('items' in page) || !Array.isArray(page.items) || !('next' in page)) throw new Error('no page');
      for (const item of page.items) {
        if (item.parentId !== null) expect(all).toContain(item.parentId);
        all.push(item.id);
      }
      after = typeof page.next === 'string' ? page.next : null;
    }
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBe((await world.app.database.row<{ n: number }>(sql`select count(*) as n from people_organisations where active`))?.n);
    expect(await world.app.ask(admin(), 'people.organisations', { q: 'wlkz' })).toMatchObject({ items: [{ name: '五龙口镇' }], total: 1 });
  });
});

describe('people', () => {
  it('get a first password that is shown once and kept nowhere', async () => {
    const key = newId();
    const input = { orgId: world.orgs.root, login: 'once', name: '一次', roleIds: [] };
    const first = made((await world.app.run(admin(), 'people.create_user', input, { key })).output);
    expect(first.password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    const again = await world.app.run(admin(), 'people.create_user', input, { key });
    expect(again).toMatchObject({ repeated: true, output: { id: first.id } });
    expect(made(again.output).password).toBeUndefined();
  });

  it('are found by name, initials and login, within an organisation, by role', async () => {
    await run('people.create_user', { orgId: world.orgs.town, login: 'zs01', name: '张三丰', roleIds: [await roleOf('town')] });
    for (const input of [{ q: '三丰' }, { q: 'zsf' }, { q: 'ZS01' }]) expect(await world.app.ask(admin(), 'people.users', input)).toMatchObject({ items: [{ login: 'zs01' }], total: 1 });
    expect(await world.app.ask(admin(), 'people.users', { orgId: world.orgs.otherTown, q: 'zs01' })).toMatchObject({ items: [] });
    expect(await world.app.ask(admin(), 'people.users', { role: ['office'], q: 'zs01' })).toMatchObject({ items: [] });
    expect(await world.app.ask(admin(), 'people.pick_users', { q: 'zsf', roleCodes: ['town'] })).toMatchObject({ items: [{ name: '张三丰', roleNames: ['镇/园区'] }] });
  });

  it('show their telephone number only to whoever manages people', async () => {
    const user = await run('people.create_user', { orgId: world.orgs.town, login: 'phone', name: '电话', roleIds: [], phone: '13812345678' });
    expect(await world.app.ask(admin(), 'people.user', { id: user.id })).toMatchObject({ phone: '13812345678' });
    expect(await world.app.ask(world.actors.office, 'people.user', { id: user.id })).toMatchObject({ phone: '138****5678' });
    const events = await world.app.database.rows<{ after: unknown }>(sql`select after from platform_events where subject_id = ${user.id}`);
    expect(JSON.stringify(events)).not.toContain('13812345678');
  });

  it('do not give roles to themselves nor disable themselves', async () => {
    const self = admin().userId;
    expect(await codeOf(run('people.edit_user', { id: self, roleIds: [await roleOf('office')] }, 1))).toBe('people.not_oneself');
    expect(await codeOf(run('people.disable_user', { id: self }, 1))).toBe('people.not_oneself');
    expect(await codeOf(run('people.reset_password', { id: self }))).toBe('people.not_oneself');
    const office = await roleOf('admin');
    expect(await codeOf(world.app.run(admin(), 'people.edit_role', { id: office, permissions: ['people.manage', 'people.read', 'projects.edit'] }, { ifVersion: 1 }))).toBe('people.own_role');
  });

  it('name the field when a login is taken or a password is weak', async () => {
    const input = { orgId: world.orgs.root, login: 'test-OFFICE', name: '重名', roleIds: [] };
    await expect(run('people.create_user', input)).rejects.toMatchObject({ code: 'platform.invalid', details: { errors: [{ path: 'login', code: 'people.login_taken' }] } });
    await expect(run('people.create_user', { ...input, login: 'weak', password: 'password2023' })).rejects.toMatchObject({ details: { errors: [{ path: 'password', code: 'people.password_common' }] } });
  });

  it('are not made into people of the demonstration by an administrator', async () => {
    expect(await codeOf(run('people.create_user', { orgId: world.orgs.root, login: 'demo1', name: '演示', roleIds: [], demo: true }))).toBe('platform.not_allowed');
  });

  it('an administrator of one town neither finds others nor makes anybody mightier than himself', async () => {
    const role = await run('people.create_role', { code: 'town_admin', nameZh: '镇管理员', nameEn: 'Town administrator', permissions: ['people.manage', 'people.read', 'projects.read'], scope: 'organisation' });
    const actor = { ...world.actors.town, permissions: new Set(['people.manage', 'people.read', 'projects.read']), roles: ['town_admin'] };
    const asTown = (name: string, input: Record<string, unknown>, ifVersion?: number) => codeOf(world.app.run(actor, name, input, ifVersion === undefined ? {} : { ifVersion }));
    expect(await asTown('people.create_user', { orgId: world.orgs.town, login: 'clerk', name: '办事员', roleIds: [role.id] })).toBe('done');
    expect(await asTown('people.create_user', { orgId: world.orgs.town, login: 'boss', name: '领导', roleIds: [await roleOf('leader')] })).toBe('people.role_too_wide');
    expect(await asTown('people.create_user', { orgId: world.orgs.otherTown, login: 'other', name: '别处', roleIds: [] })).toBe('platform.invalid');
    expect(await asTown('people.disable_user', { id: world.actors.office.userId }, 1)).toBe('platform.not_found');
    expect(await asTown('people.reset_password', { id: world.actors.town.userId })).toBe('people.not_oneself');
    expect(await asTown('people.edit_role', { id: role.id, permissions: [] }, 1)).toBe('platform.not_allowed');
    expect(await asTown('people.edit_organisation', { id: world.orgs.otherTown, name: '改名' }, 1)).toBe('platform.not_found');
  });

  it('of an enterprise choose among that enterprise alone', async () => {
    expect(await world.app.ask(world.actors.enterprise, 'people.pick_organisations', {})).toMatchObject({ items: [{ id: world.orgs.enterprise }] });
    const users = await world.app.ask(world.actors.enterprise, 'people.pick_users', {});
    expect(users).toMatchObject({ items: [{ id: world.actors.enterprise.userId }] });
    expect(await world.app.ask(world.actors.town, 'people.pick_organisations', { kinds: ['enterprise'] })).toMatchObject({ items: [{ id: world.orgs.enterprise }] });
  });
});

describe('the last administrator', () => {
  it('cannot be taken away by a role, a person or two at once', async () => {
    const other = await makeWorld();
    try {
      const { app, actors } = other;
      const id = await app.database.row<{ id: string }>(sql`select id from people_users where login = 'admin'`);
      await app.run(actors.admin, 'people.disable_user', { id: id?.id }, { ifVersion: 1 });
      const office = await app.database.row<{ id: string }>(sql`select id from people_roles where code = 'office'`);
      const adminRole = await app.database.row<{ id: string }>(sql`select id from people_roles where code = 'admin'`);
      const system = app.system;
      expect(await codeOf(app.run(system, 'people.disable_user', { id: actors.admin.userId }))).toBe('people.last_administrator');
      expect(await codeOf(app.run(system, 'people.edit_user', { id: actors.admin.userId, roleIds: [office?.id] }))).toBe('people.last_administrator');
      expect(await codeOf(app.run(system, 'people.edit_role', { id: adminRole?.id, permissions: ['people.read'] }))).toBe('people.last_administrator');
      expect(await codeOf(app.run(system, 'people.edit_role', { id: adminRole?.id, scope: 'organisation' }))).toBe('people.last_administrator');
      expect(await codeOf(app.run(system, 'people.edit_role', { id: adminRole?.id, active: false }))).toBe('people.role_builtin');
      await app.run(system, 'people.edit_user', { id: actors.office.userId, roleIds: [adminRole?.id] });
      const both = await Promise.all([actors.admin.userId, actors.office.userId].map((one) => codeOf(app.run(system, 'people.disable_user', { id: one }))));
      expect(both.sort()).toEqual(['done', 'people.last_administrator']);
    } finally {
      await other.close();
    }
  });
});

describe('roles', () => {
  it('have words in both languages for every permission that they may hold, and the presets hold no other', async () => {
    const known = new Set(features.flatMap((one) => one.permissions));
    for (const locale of ['zh-CN', 'en'] as const) {
      for (const permission of known) {
        const keys = [`people:permission.${permission}`, permission.replace('.', ':permission.')];
        expect(keys.some((key) => world.app.texts.has(locale, key)), `${locale} ${permission}`).toBe(true);
      }
      for (const duty of DUTIES) expect(world.app.texts.has(locale, `people:duty.${duty}`), `${locale} ${duty}`).toBe(true);
    }
    const rows = await world.app.database.rows<{ permissions: string[] }>(sql`select permissions from people_roles where builtin`);
    for (const permission of rows.flatMap((row) => row.permissions)) expect(known).toContain(permission);
  });

  it('take only permissions that some feature has', async () => {
    await expect(run('people.create_role', { code: 'odd', nameZh: '怪', nameEn: 'Odd', permissions: ['projects.fly'], scope: 'all' })).rejects.toMatchObject({ code: 'platform.invalid', details: { errors: [{ path: 'permissions' }] } });
  });
});

describe('the department map', () => {
  it('loses nothing when several bodies get their first duties at once', async () => {
    const other = await makeWorld();
    try {
      const duties = ['land', 'water', 'housing', 'transport', 'energy', 'relics'];
      await Promise.all(duties.map((duty) => other.app.run(other.app.system, 'people.create_organisation', { parentId: other.orgs.root, kind: 'department', name: `${duty}局`, duties: [duty] })));
      const map = await other.app.ask(other.actors.leader, 'people.department_map', {});
      expect(JSON.parse(JSON.stringify(map)).items.filter((item: { organisationId: string | null }) => item.organisationId !== null).map((item: { duty: string }) => item.duty).sort()).toEqual([...duties].sort());
    } finally {
      await other.close();
    }
  });

  it('gives one body several duties and keeps them beside it', async () => {
    const version = (await world.app.run(admin(), 'people.edit_department_map', { items: [{ duty: 'development', organisationId: world.orgs.department }, { duty: 'statistics', organisationId: world.orgs.department }] }, { ifVersion: 0 })).version;
    expect(await world.app.database.row(sql`select duties from people_organisations where id = ${world.orgs.department}`)).toEqual({ duties: ['development', 'statistics'] });
    expect(await codeOf(world.app.run(admin(), 'people.edit_department_map', { items: [{ duty: 'land', organisationId: world.orgs.department }] }, { ifVersion: 0 }))).toBe('platform.stale_version');
    expect(await codeOf(world.app.run(admin(), 'people.create_organisation', { parentId: world.orgs.root, kind: 'department', name: '另一个统计局', duties: ['statistics'] }))).toBe('people.duty_taken');
    await world.app.run(admin(), 'people.edit_department_map', { items: [{ duty: 'statistics', organisationId: null }] }, { ifVersion: version ?? 0 });
    expect(await world.app.database.row(sql`select duties from people_organisations where id = ${world.orgs.department}`)).toEqual({ duties: ['development'] });
    const row = await world.app.database.row<{ version: number }>(sql`select version from people_organisations where id = ${world.orgs.department}`);
    expect(await codeOf(run('people.close_organisation', { id: world.orgs.department }, row?.version ?? 0))).toBe('people.has_users');
  });
});
