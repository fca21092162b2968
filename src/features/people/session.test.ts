import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { newId } from '../../kernel/ids.ts';
import { nowAt } from '../../kernel/clock.ts';
import { sql } from '../../platform/db.ts';
import { makeWorld, type World } from '../../test/world/world.ts';
import { ABSOLUTE_MS, IDLE_MS, makeAuthenticator } from './session.ts';

const PASSWORD = 'kd8-3Fwq-zz1p';
const OTHER = 'tree lamp 77 boat';
let world: World;
let http: FastifyInstance;
beforeAll(async () => {
  world = await makeWorld();
  http = await world.http();
});
afterAll(() => world.close());

interface Caller { readonly cookie?: string; readonly bearer?: string; readonly language?: string; readonly address?: string }
const headersOf = (caller: Caller): Record<string, string> => ({
  origin: 'http://localhost', host: 'localhost', 'accept-language': caller.language ?? 'zh-CN', 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36',
  ...(caller.cookie === undefined ? {} : { cookie: `yugong_session=${caller.cookie}` }), ...(caller.bearer === undefined ? {} : { authorization: `Bearer ${caller.bearer}` }),
});
const post = async (name: string, input: Record<string, unknown>, caller: Caller = {}, ifVersion?: number) =>
  http.inject({
    method: 'POST', url: `/api/commands/${name}`, payload: input, remoteAddress: caller.address ?? '10.0.0.1',
    headers: { ...headersOf(caller), 'idempotency-key': newId(), ...(ifVersion === undefined ? {} : { 'if-match': `"${String(ifVersion)}"` }) },
  });
const get = async (name: string, caller: Caller = {}) => http.inject({ method: 'GET', url: `/api/queries/${name}`, headers: headersOf(caller), remoteAddress: '10.0.0.1' });
type Answer = Awaited<ReturnType<typeof post>>;
const cookieOf = (answer: Answer): string => answer.cookies.find((cookie) => cookie.name === 'yugong_session')?.value ?? '';
const signIn = async (login: string, password: string, address = '10.0.0.1') => post('people.sign_in', { login, password }, { address });

/** A person with a password of his own, who need not change it any more. */
async function person(login: string, role = 'office'): Promise<{ id: string; login: string }> {
  const id = newId();
  const roleId = await world.app.database.row<{ id: string }>(sql`select id from people_roles where code = ${role}`);
  await world.app.run(world.app.system, 'people.create_user', { id, orgId: world.orgs.root, login, name: login, roleIds: [roleId?.id], password: PASSWORD });
  await world.app.database.run(sql`update people_users set must_change = false where id = ${id}`);
  return { id, login };
}

describe('signing in', () => {
  it('answers alike for a wrong password, a name that does not exist, a disabled person and one without a password', async () => {
    await person('known');
    const gone = await person('gone');
    await world.app.run(world.actors.admin, 'people.disable_user', { id: gone.id }, { ifVersion: 1 });
    await world.app.run(world.app.system, 'people.create_user', { orgId: world.orgs.root, login: 'nopass', name: '无', roleIds: [], demo: true });
    const answers = [await signIn('known', 'wrong wrong wrong'), await signIn('nobody-here', 'wrong wrong wrong'), await signIn('gone', PASSWORD), await signIn('nopass', 'wrong wrong wrong')];
    for (const answer of answers) {
      expect(answer.statusCode).toBe(401);
      expect(answer.body).toBe(answers[0]?.body);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  it('takes as long for a name that does not exist', async () => {
    await person('timed');
    const taken: Record<'timed' | 'nobody-there', number[]> = { timed: [], 'nobody-there': [] };
    for (let i = 0; i < 22; i += 1) {
      const login = i % 2 === 0 ? 'timed' : 'nobody-there';
      await world.app.database.run(sql`delete from people_attempts`);
      const began = performance.now();
      await signIn(login, `wrong wrong ${String(i)}`);
      taken[login].push(performance.now() - began);
    }
    const median = (times: number[]): number => times.sort((a, b) => a - b)[5] ?? 0;
    const [known, unknown] = [median(taken.timed), median(taken['nobody-there'])];
    // Two cores that others use too: a missing hash would show as a factor of five or more.
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });

  it('makes a cookie that no script reads, and keeps the token out of the body', async () => {
    await person('cookie');
    const answer = await signIn('COOKIE', PASSWORD);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).not.toHaveProperty('token');
    expect(answer.cookies[0]).toMatchObject({ name: 'yugong_session', httpOnly: true, sameSite: 'Strict', path: '/' });
    const session = await get('people.session', { cookie: cookieOf(answer) });
    expect(session.json()).toMatchObject({ user: { login: 'cookie', roleNames: ['项目办'], seesAll: true }, mustChangePassword: false, zone: { demo: false, today: '2023-06-30', focusYear: 2023 } });
  });

  it('never takes over a token that the browser brought along', async () => {
    await person('fixed');
    const answer = await post('people.sign_in', { login: 'fixed', password: PASSWORD }, { cookie: 'x'.repeat(43) });
    expect(cookieOf(answer)).not.toBe('x'.repeat(43));
    expect((await get('people.session', { cookie: 'x'.repeat(43) })).statusCode).toBe(401);
  });

  it('makes one wait after the third failure and locks after the eighth, for known and unknown names alike', async () => {
    await person('locked');
    for (const login of ['locked', 'locked-nobody']) {
      for (let failures = 1; failures <= 8; failures += 1) {
        expect((await signIn(login, `wrong wrong ${String(failures)}`)).json().code).toBe('people.sign_in_failed');
        if (failures < 3) continue;
        const blocked = await signIn(login, PASSWORD);
        const seconds = failures === 8 ? 900 : 2 ** (failures - 3);
        expect(blocked.statusCode).toBe(429);
        expect(blocked.json()).toMatchObject({ code: 'people.locked', retryAfterSeconds: seconds });
        expect(blocked.headers['retry-after']).toBe(String(seconds));
        await world.app.database.run(sql`update people_attempts set blocked_until = null where failures < 8`);
      }
    }
    expect(await world.app.ask(world.actors.admin, 'people.users', { q: 'locked' })).toMatchObject({ items: [{ login: 'locked', lockedUntil: expect.any(String) }] });
    await world.app.database.run(sql`delete from people_attempts`);
    expect((await signIn('locked', PASSWORD)).statusCode).toBe(200);
  });

  it('judges a hundred guesses at once like guesses in a row', async () => {
    await person('crowd');
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => signIn('crowd', i === 30 ? PASSWORD : `wrong wrong ${String(i)}`)));
    const failed = answers.filter((answer) => answer.statusCode === 401).length;
    expect(failed).toBeLessThanOrEqual(3);
    expect(answers.filter((answer) => answer.statusCode === 429).length).toBeGreaterThanOrEqual(36);
    await world.app.database.run(sql`delete from people_attempts`);
  });

  it('stops a source that tries one password on many names', async () => {
    const codes = new Map<string, number>();
    for (let i = 0; i < 33; i += 1) {
      const { code } = (await signIn(`spray-${String(i)}`, 'wrong wrong wrong', '10.9.9.9')).json();
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect(codes.get('people.locked')).toBeGreaterThan(0);
    expect((await signIn('spray-x', 'wrong wrong wrong', '10.9.9.10')).json().code).toBe('people.sign_in_failed');
    await world.app.database.run(sql`delete from people_attempts`);
  });

  it('with one press exists in the demonstration zone alone, for its people alone', async () => {
    const id = newId();
    await world.app.run(world.app.system, 'people.create_user', { id, orgId: world.orgs.root, login: 'demo-one', name: '演示', roleIds: [], demo: true });
    const real = await person('not-demo');
    expect((await post('people.demo_sign_in', { userId: id })).json().code).toBe('people.demo_only');
    expect((await get('people.demo_sign_ins')).json()).toEqual({ items: [] });
    await world.app.database.run(sql`update platform_settings set value = '{"demo": true}' where name = 'zone'`);
    const second = newId();
    await world.app.run(world.app.system, 'people.create_user', { id: second, orgId: world.orgs.root, login: 'demo-two', name: '演示二', roleIds: [], demo: true });
    const cards = async (): Promise<string[]> => (await get('people.demo_sign_ins')).json().items.map((one: { userId: string }) => one.userId);
    expect(await cards()).toEqual([id]);
    await world.app.database.run(sql`update platform_settings set value = ${JSON.stringify({ demo: true, cards: [second, id] })}::jsonb where name = 'zone'`);
    expect(await cards()).toEqual([second, id]);
    expect((await post('people.demo_sign_in', { userId: real.id })).statusCode).toBe(404);
    const answer = await post('people.demo_sign_in', { userId: id });
    expect(answer.statusCode).toBe(200);
    expect((await get('people.session', { cookie: cookieOf(answer) })).json()).toMatchObject({ user: { login: 'demo-one' } });
    await world.app.database.run(sql`update platform_settings set value = '{"demo": false}' where name = 'zone'`);
  });
});

describe('a session', () => {
  it('ends when one signs out, for the token too', async () => {
    await person('leaver');
    const cookie = cookieOf(await signIn('leaver', PASSWORD));
    expect((await get('people.session', { cookie })).statusCode).toBe(200);
    expect((await post('people.sign_out', {}, { cookie })).statusCode).toBe(200);
    expect((await get('people.session', { cookie })).statusCode).toBe(401);
    expect((await post('people.sign_out', {}, { cookie })).statusCode).toBe(200);
  });

  it('changes its token with the password, and ends all others', async () => {
    await person('changer');
    const first = cookieOf(await signIn('changer', PASSWORD));
    const second = cookieOf(await signIn('changer', PASSWORD));
    const answer = await post('people.change_password', { current: PASSWORD, next: OTHER }, { cookie: second });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).not.toHaveProperty('token');
    const third = cookieOf(answer);
    expect(new Set([first, second, third]).size).toBe(3);
    expect((await get('people.session', { cookie: first })).statusCode).toBe(401);
    expect((await get('people.session', { cookie: second })).statusCode).toBe(401);
    expect((await get('people.session', { cookie: third })).statusCode).toBe(200);
    expect((await signIn('changer', PASSWORD)).statusCode).toBe(401);
    expect((await signIn('changer', OTHER)).statusCode).toBe(200);
  });

  it('refuses a weak new password, the old one and a wrong current one', async () => {
    await person('weak-one');
    const cookie = cookieOf(await signIn('weak-one', PASSWORD));
    const change = async (current: string, next: string) => (await post('people.change_password', { current, next }, { cookie })).json();
    expect(await change(PASSWORD, 'password2023')).toMatchObject({ code: 'platform.invalid', errors: [{ path: 'next', message: expect.stringContaining('太常见') }] });
    expect(await change(PASSWORD, 'short')).toMatchObject({ errors: [{ path: 'next', message: '密码至少 10 个字符' }] });
    expect(await change(PASSWORD, PASSWORD)).toMatchObject({ errors: [{ path: 'next', code: 'people.password_same' }] });
    for (let i = 0; i < 3; i += 1) expect(await change('wrong wrong wrong', OTHER)).toMatchObject({ code: 'people.password_wrong', status: 422 });
    expect(await change(PASSWORD, OTHER)).toMatchObject({ code: 'people.locked' });
    await world.app.database.run(sql`delete from people_attempts`);
  });

  it('with a first password opens nothing but the way to a new one', async () => {
    const created = await world.app.run(world.actors.admin, 'people.create_user', { orgId: world.orgs.root, login: 'fresh', name: '新人', roleIds: [(await world.app.database.row<{ id: string }>(sql`select id from people_roles where code = 'office'`))?.id] });
    const first = JSON.parse(JSON.stringify(created.output)).password as string;
    const answer = await signIn('fresh', first);
    expect(answer.json()).toMatchObject({ mustChangePassword: true });
    const cookie = cookieOf(answer);
    expect((await get('people.session', { cookie })).json()).toMatchObject({ mustChangePassword: true, permissions: [] });
    expect((await get('people.users', { cookie })).json()).toMatchObject({ code: 'people.password_change_required', status: 403 });
    expect((await get('people.pick_users', { cookie })).json()).toMatchObject({ code: 'people.password_change_required' });
    const changed = await post('people.change_password', { current: first, next: OTHER }, { cookie });
    expect((await get('people.users', { cookie: cookieOf(changed) })).statusCode).toBe(200);
  });

  it('ends at once when the person is disabled or gets a new password', async () => {
    const one = await person('disabled-one');
    const cookie = cookieOf(await signIn('disabled-one', PASSWORD));
    expect((await get('people.session', { cookie })).statusCode).toBe(200);
    await world.app.run(world.actors.admin, 'people.disable_user', { id: one.id }, { ifVersion: 1 });
    expect((await get('people.session', { cookie })).statusCode).toBe(401);
    const two = await person('reset-one');
    const other = cookieOf(await signIn('reset-one', PASSWORD));
    expect((await get('people.session', { cookie: other })).statusCode).toBe(200);
    await world.app.run(world.actors.admin, 'people.reset_password', { id: two.id });
    expect((await get('people.session', { cookie: other })).statusCode).toBe(401);
    expect((await signIn('reset-one', PASSWORD)).statusCode).toBe(401);
  });

  it('has the permissions of a role from the moment the role changes', async () => {
    const one = await person('role-one', 'leader');
    const cookie = cookieOf(await signIn('role-one', PASSWORD));
    expect((await get('people.users', { cookie })).statusCode).toBe(403);
    const office = await world.app.database.row<{ id: string; version: number }>(sql`select id, version from people_roles where code = 'office'`);
    await world.app.run(world.actors.admin, 'people.edit_user', { id: one.id, roleIds: [office?.id] }, { ifVersion: 1 });
    expect((await get('people.users', { cookie })).statusCode).toBe(200);
    const role = await world.app.run(world.actors.admin, 'people.create_role', { code: 'reader', nameZh: '读者', nameEn: 'Reader', permissions: ['people.read'], scope: 'all' });
    const id = JSON.parse(JSON.stringify(role.output)).id as string;
    await world.app.run(world.actors.admin, 'people.edit_user', { id: one.id, roleIds: [id] }, { ifVersion: 2 });
    expect((await get('people.users', { cookie })).statusCode).toBe(200);
    await world.app.run(world.actors.admin, 'people.edit_role', { id, permissions: [] }, { ifVersion: 1 });
    expect((await get('people.users', { cookie })).statusCode).toBe(403);
  });

  it('is seen in the list of its owner, who alone can end it', async () => {
    await person('lister');
    await person('stranger');
    const here = cookieOf(await signIn('lister', PASSWORD));
    const there = cookieOf(await signIn('lister', PASSWORD));
    const stranger = cookieOf(await signIn('stranger', PASSWORD));
    const { items } = (await get('people.sessions', { cookie: here })).json();
    expect(items).toHaveLength(2);
    expect(items.filter((item: { current: boolean }) => item.current)).toHaveLength(1);
    expect(items[0]).toMatchObject({ device: 'Chrome · Windows', address: '10.0.0.1' });
    const other = items.find((item: { current: boolean }) => !item.current).id as string;
    expect((await post('people.end_session', { id: other }, { cookie: stranger })).statusCode).toBe(404);
    expect((await post('people.end_session', { id: other }, { cookie: here })).statusCode).toBe(200);
    expect((await get('people.session', { cookie: there })).statusCode).toBe(401);
  });

  it('is one of ten at most: the one unused for longest ends', async () => {
    await person('many');
    const first = cookieOf(await signIn('many', PASSWORD));
    for (let i = 0; i < 10; i += 1) await signIn('many', PASSWORD);
    expect((await get('people.session', { cookie: first })).statusCode).toBe(401);
  });

  it('ends after twelve hours without a request and after seven days in any case', async () => {
    await person('clock');
    const cookie = cookieOf(await signIn('clock', PASSWORD));
    let at = Date.now();
    const authenticate = makeAuthenticator(world.app.database, () => nowAt(new Date(at)));
    const signedIn = async (): Promise<boolean> => (await authenticate({ cookieToken: cookie, address: '', agent: '' })) !== undefined;
    const began = at;
    expect(await signedIn()).toBe(true);
    at += IDLE_MS - 60_000;
    expect(await signedIn()).toBe(true);
    at += IDLE_MS - 60_000;
    expect(await signedIn()).toBe(true);
    at += IDLE_MS + 1000;
    expect(await signedIn()).toBe(false);
    const again = cookieOf(await signIn('clock', PASSWORD));
    at = Date.now();
    const other = async (): Promise<boolean> => (await authenticate({ cookieToken: again, address: '', agent: '' })) !== undefined;
    while (at < began + ABSOLUTE_MS - IDLE_MS / 2) {
      expect(await other()).toBe(true);
      at += IDLE_MS / 2;
    }
    at = began + ABSOLUTE_MS + 60_000;
    expect(await other()).toBe(false);
  });

  it('ended by another process is unknown here within a second', async () => {
    await person('elsewhere');
    const cookie = cookieOf(await signIn('elsewhere', PASSWORD));
    expect((await get('people.session', { cookie })).statusCode).toBe(200);
    await world.app.database.run(sql`update people_sessions set ended_at = now() where user_id = (select id from people_users where login = 'elsewhere')`);
    await new Promise((resolve) => setTimeout(resolve, 1050));
    expect((await get('people.session', { cookie })).statusCode).toBe(401);
  });
});

describe('a token for machines', () => {
  it('acts as its person until it is ended, and can neither make another nor change a password', async () => {
    const one = await person('machine', 'admin');
    const answer = await world.app.run(world.actors.admin, 'people.create_token', { name: '统计接口', userId: one.id, days: 30 });
    const { token, id } = JSON.parse(JSON.stringify(answer.output)) as { token: string; id: string };
    expect(token).toMatch(/^ygt_[\w-]{43}$/);
    expect((await get('people.users', { bearer: token })).statusCode).toBe(200);
    expect((await post('people.create_token', { name: 'x', userId: one.id, days: 1 }, { bearer: token })).json().code).toBe('people.session_needed');
    expect((await post('people.change_password', { current: PASSWORD, next: OTHER }, { bearer: token })).json().code).toBe('people.session_needed');
    const list = await world.app.ask(world.actors.admin, 'people.tokens', {});
    expect(list).toMatchObject({ items: [{ name: '统计接口', live: true }] });
    expect(JSON.stringify(list)).not.toContain(token);
    await world.app.run(world.actors.admin, 'people.end_token', { id });
    expect((await get('people.users', { bearer: token })).statusCode).toBe(401);
    expect((await get('people.users', { bearer: `ygt_${'a'.repeat(43)}` })).statusCode).toBe(401);
  });

  it('ends with the person', async () => {
    const one = await person('machine-two');
    const answer = await world.app.run(world.actors.admin, 'people.create_token', { name: '短期', userId: one.id, days: 1 });
    const { token } = JSON.parse(JSON.stringify(answer.output)) as { token: string };
    expect((await get('people.session', { bearer: token })).statusCode).toBe(200);
    await world.app.run(world.actors.admin, 'people.disable_user', { id: one.id }, { ifVersion: 1 });
    expect((await get('people.session', { bearer: token })).statusCode).toBe(401);
  });
});

describe('secrets', () => {
  it('are in no event, no kept reply, no log, and in no column but as hashes', async () => {
    const typed = ['wq7-typed-Secret', 'nx4-typed-Secret', 'vb2-typed-Secret'] as const;
    const one = newId();
    await post('people.sign_in', { login: 'nobody', password: typed[0] });
    const admin = await person('secret-admin', 'admin');
    const cookie = cookieOf(await signIn('secret-admin', PASSWORD));
    const created = await post('people.create_user', { id: one, orgId: world.orgs.root, login: 'secret-user', name: '密', roleIds: [], password: typed[1] }, { cookie });
    expect(created.statusCode).toBe(200);
    const reset = await post('people.reset_password', { id: one }, { cookie });
    const token = await post('people.create_token', { name: '密', userId: admin.id, days: 1 }, { cookie });
    await post('people.change_password', { current: PASSWORD, next: typed[2] }, { cookie });
    await post('people.sign_in', { login: 'secret-admin', password: `${typed[2]}`, extra: typed[0] });
    const secrets = [...typed, cookie, reset.json().password, token.json().token, PASSWORD] as string[];
    expect(secrets.every((secret) => typeof secret === 'string' && secret.length > 8)).toBe(true);
    const dump = JSON.stringify([
      await world.app.database.rows(sql`select * from platform_events`), await world.app.database.rows(sql`select * from platform_keys`),
      await world.app.database.rows(sql`select * from people_users`), await world.app.database.rows(sql`select * from people_attempts`),
      await world.app.database.rows(sql`select id, user_id, encode(token_hash, 'escape') as h, address, agent from people_sessions`), await world.app.database.rows(sql`select id, name, encode(token_hash, 'escape') as h from people_tokens`),
      world.logged,
    ]);
    for (const secret of secrets) expect(dump).not.toContain(secret);
    // Nor as a quick digest of the input, against which a stolen copy of the database could be tried.
    const { inputHash } = await import('../../platform/command.ts');
    expect(dump).not.toContain(inputHash('people.sign_in', { login: 'nobody', password: typed[0] }));
  });
});
