// Passwords, secrets and the addresses of robots stand in no log, no event, no answer and in no table but sealed; and the commands around them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import { hook, mailHouse, type Hook, type MailHouse } from '../../test/world/outside.ts';
import { makeWorld, type World } from '../../test/world/world.ts';
import { deliver, MAIL, RECEIVERS } from './delivery/deliver.ts';
import { tell } from './tell.ts';

let world: World;
let mail: MailHouse;
let robot: Hook;
const PASSWORD = 'Passwort-Äpfel-4711';
const SECRET = 'SEC-unterschrift-0815';
const KEY = 'robot-key-2718281828';

beforeAll(async () => {
  mail = await mailHouse();
  robot = await hook();
  world = await makeWorld({ environment: { YUGONG_SMTP_PLAIN: 'true', YUGONG_ALLOWED_HOSTS: `${robot.url},127.0.0.1:${String(mail.port)}` } });
});
afterAll(async () => {
  await world.close();
  await Promise.all([mail.down(), robot.close()]);
});

/** As if the link of the letter had been followed. */
const confirmed = (userId: string) => world.app.database.run(sql`update notices_preferences set confirmed_at = now() where user_id = ${userId}`);
const run = (name: string, input: unknown, ifVersion?: number) => world.app.run(world.actors.admin, name, input, ifVersion === undefined ? {} : { ifVersion });
const server = (more: Record<string, unknown> = {}) => ({ host: '127.0.0.1', port: mail.port, tls: 'none', user: 'office', password: PASSWORD, from: 'office@example.gov.cn', publicUrl: '', ...more });
const receiver = (more: Record<string, unknown> = {}) => ({ kind: 'webhook', name: '接收端', orgId: null, topics: ['projects'], language: 'zh-CN', url: `${robot.url}/send?key=${KEY}`, secret: SECRET, ...more });

it('no secret is ever seen again, whatever succeeds or fails', async () => {
  const answers: unknown[] = [];
  await run('notices.set_mail', server(), 0);
  answers.push(await run('notices.test_mail', { to: 'a@example.cn' }));
  const ids = [newId(), newId()];
  for (const [i, id] of ids.entries()) answers.push(await run('notices.create_receiver', receiver({ id, kind: i === 0 ? 'webhook' : 'dingtalk' })));
  answers.push(await run('notices.test_receiver', { id: ids[0] }), await run('notices.edit_receiver', { id: ids[0], name: '改名', orgId: null, topics: ['projects'], language: 'zh-CN', secret: `${SECRET}2` }, 1));
  robot.answer = () => ({ status: 410, body: `no such robot ${KEY}` });
  await world.app.run(world.actors.office, 'notices.set_preferences', { email: 'office@example.cn', topics: [], digestMinute: 480, quietFrom: null, quietTo: null, language: 'zh-CN' }, { ifVersion: 0 });
  await confirmed(world.actors.office.userId);
  await world.app.database.transaction((tx) => tell(tx, [{ kind: 'projects.report_reminder', key: newId(), subject: { type: 'project', id: newId() }, href: '/', values: { project: '项目', month: '2023-05' }, to: { users: [world.actors.office.userId] } }], world.app.now()));
  const house = { ...world.app, random: () => 0 };
  await deliver(house, MAIL);
  await deliver(house, RECEIVERS);
  for (const name of ['notices.mail', 'notices.receivers', 'notices.outbox', 'notices.outbox_counts']) answers.push(await world.app.ask(world.actors.admin, name, {}));
  await run('notices.set_mail', server({ password: 'wrong' }), 1).then(() => run('notices.test_mail', { to: 'a@example.cn' })).then((one) => answers.push(one));
  const tables = await world.app.database.rows<{ name: string }>(sql`select table_name as name from information_schema.tables where table_schema = current_schema() and (table_name like 'notices_%' or table_name in ('platform_events', 'platform_keys', 'platform_settings'))`);
  const rows = await Promise.all(tables.map(async ({ name }) => JSON.stringify(await world.app.database.rows(sql`select to_jsonb(t) as row from ${sql.id(name)} t`))));
  const seen = [JSON.stringify(answers), ...world.logged, ...rows].join('\n');
  expect(tables.length).toBeGreaterThan(8);
  expect(seen).toContain('notices.mail_set');
  for (const secret of [PASSWORD, SECRET, KEY, Buffer.from(PASSWORD).toString('base64')]) expect(seen.split(secret)).toHaveLength(1);
  expect(JSON.stringify(answers.at(-1))).toContain('mail_sign_in');
});

describe('the mail server of the browser', () => {
  it('is refused without encryption where the operator has not allowed it, and inside where it is not named', async () => {
    const strict = await makeWorld();
    try {
      await expect(strict.app.run(strict.actors.admin, 'notices.set_mail', server(), { ifVersion: 0 })).rejects.toThrow('notices.tls_needed');
      await strict.app.run(strict.actors.admin, 'notices.set_mail', server({ tls: 'starttls' }), { ifVersion: 0 });
      expect((await strict.app.run(strict.actors.admin, 'notices.test_mail', { to: 'a@example.cn' })).output).toEqual({ sent: false, error: 'private_address' });
      await expect(strict.app.run(strict.actors.office, 'notices.test_mail', { to: 'a@example.cn' })).rejects.toThrow('platform.not_allowed');
      for (const [url, code] of [['https://10.0.0.1/', 'private_address'], ['http://example.com/', 'https_only'], ['https://a:b@example.com/', 'password_in_url'], ['https//x', 'bad_url']] as const) {
        await expect(strict.app.run(strict.actors.admin, 'notices.create_receiver', receiver({ url }))).rejects.toThrow(`notices.${code}`);
      }
    } finally {
      await strict.close();
    }
  });

  it('does not get a password that was given for another', async () => {
    const { version } = (await run('notices.set_mail', server(), 2)).output as { version: number };
    await run('notices.set_mail', { ...server({ host: 'mail.example.com' }), password: undefined }, version);
    expect(await world.app.ask(world.actors.admin, 'notices.mail', {})).toMatchObject({ host: 'mail.example.com', hasPassword: false });
  });
});

it('a receiver that was parked is revived with what it missed, and gives up what is not wanted any more', async () => {
  const id = newId();
  await world.app.database.run(sql`update notices_receivers set state = 'removed', since = now()`);
  const made = (await run('notices.create_receiver', { ...receiver({ id, orgId: world.orgs.department }), secret: undefined })).output as { secret: string };
  expect(made.secret.length).toBeGreaterThan(20);
  const tellOne = () => world.app.database.transaction((tx) => tell(tx, [{ kind: 'projects.report_reminder', key: newId(), subject: { type: 'project', id: newId() }, href: '/', values: { project: '项目', month: '2023-05' }, to: { orgs: [{ id: world.orgs.department }] } }], world.app.now()));
  const house = { ...world.app, random: () => 0 };
  robot.answer = () => ({ status: 404 });
  await tellOne();
  await deliver(house, RECEIVERS);
  await tellOne();
  robot.answer = () => ({ status: 200 });
  robot.calls.length = 0;
  await run('notices.revive_receiver', { id, resend: true }, 2);
  await deliver(house, RECEIVERS);
  const got = robot.calls.flatMap((call) => (JSON.parse(call.body) as { notices: unknown[] }).notices);
  expect(got).toHaveLength(2);
});

it('an address that was refused gets what it missed once it is entered anew', async () => {
  await world.app.run(world.actors.leader, 'notices.set_preferences', { email: 'typo@example.cn', topics: [], digestMinute: 480, quietFrom: null, quietTo: null, language: 'en' }, { ifVersion: 0 });
  await confirmed(world.actors.leader.userId);
  const { version } = await world.app.ask(world.actors.admin, 'notices.mail', {}) as { version: number };
  await run('notices.set_mail', server({ password: 'right' }), version);
  mail.behave = (to) => (to.startsWith('typo') ? 'refuse' : 'take');
  mail.letters.length = 0;
  await world.app.database.transaction((tx) => tell(tx, [{ kind: 'projects.report_reminder', key: newId(), subject: { type: 'project', id: newId() }, href: '/', values: { project: 'Works', month: '2023-05' }, to: { users: [world.actors.leader.userId] } }], world.app.now()));
  const house = { ...world.app, random: () => 0 };
  await deliver(house, MAIL);
  const own = await world.app.ask(world.actors.leader, 'notices.preferences', {}) as { version: number; refused: string };
  expect(own.refused).toContain('no such user');
  await world.app.run(world.actors.leader, 'notices.set_preferences', { email: 'right@example.cn', topics: [], digestMinute: 480, quietFrom: null, quietTo: null, language: 'en' }, { ifVersion: own.version });
  await confirmed(world.actors.leader.userId);
  await deliver(house, MAIL);
  expect(mail.letters.map((one) => [one.to, one.subject])).toContainEqual(['right@example.cn', 'Please file the report of May 2023: Works']);
});
