// Sending: to a real mail server and real receivers that take, refuse, hang, die and come back. Nothing is lost, nothing floods.
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { hook, mailHouse, type Hook, type MailHouse } from '../../../test/world/outside.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { tell, type Notice } from '../tell.ts';
import { deliver, MAIL, RECEIVERS, type House } from './deliver.ts';

let world: World;
let mail: MailHouse;
let robot: Hook;
let clock: Date;
let house: House;

beforeAll(async () => {
  mail = await mailHouse();
  robot = await hook();
  world = await makeWorld({ environment: { YUGONG_SMTP_URL: mail.url, YUGONG_SMTP_PLAIN: 'true', YUGONG_MAIL_FROM: 'office@example.gov.cn', YUGONG_PUBLIC_URL: 'https://zone.example.gov.cn', YUGONG_ALLOWED_HOSTS: robot.url } });
});
afterAll(async () => {
  await world.close();
  await Promise.all([mail.down(), robot.close()]);
});
beforeEach(async () => {
  await world.app.database.run(sql`delete from notices_deliveries`);
  await world.app.database.run(sql`delete from notices_messages`);
  await world.app.database.run(sql`delete from notices_outages`);
  await world.app.database.run(sql`delete from notices_preferences`);
  await world.app.database.run(sql`delete from notices_receivers`);
  mail.letters.length = 0;
  robot.calls.length = 0;
  mail.behave = () => 'take';
  robot.answer = () => ({ status: 200, body: '{"errcode":0,"errmsg":"ok"}' });
  clock = new Date('2023-06-30T10:00:00+08:00');
  house = { ...world.app, random: () => 0, now: () => ({ instant: clock, day: '2023-06-30' }) };
});

const later = (minutes: number): void => void (clock = new Date(clock.getTime() + minutes * 60_000));
const wants = (userId: string, email: string, more: { digest?: boolean; quiet?: boolean } = {}) => world.app.database.run(sql`
  insert into notices_preferences (user_id, email, confirmed_at, topics, digest_minute, quiet_from, quiet_to, language)
  values (${userId}, ${email}, now(), ${JSON.stringify(more.digest === true ? { projects: 'digest' } : {})}::jsonb, 480, ${more.quiet === true ? 1320 : null}, ${more.quiet === true ? 420 : null}, 'zh-CN')`);
const receiver = async (kind: string, org: string | null = world.orgs.department, secret = 'a secret of the receiver'): Promise<string> => {
  const id = newId();
  const { vault } = world.app.outward;
  await world.app.database.run(sql`
    insert into notices_receivers (id, name, kind, org_id, host, sealed_url, sealed_secret, topics, language)
    values (${id}, '机器人', ${kind}, ${org}, '127.0.0.1', ${vault.seal(`${robot.url}/send?key=KEY`)}, ${kind === 'wecom' ? null : vault.seal(secret)}, '{projects}', 'zh-CN')`);
  return id;
};
let made = 0;
const notice = (to: Notice['to'], more: Partial<Notice> = {}): Notice => {
  made += 1;
  return { kind: 'projects.report_reminder', key: `deliver:${newId()}`, subject: { type: 'project', id: newId() }, href: '/projects/1', values: { project: `项目${String(made)}`, month: '2023-05' }, to, ...more };
};
const told = (...notices: Notice[]) => world.app.database.transaction((tx) => tell(tx, notices, house.now()));
const me = () => ({ users: [world.actors.office.userId] });
const states = async () => (await world.app.database.rows<{ state: string }>(sql`select state from notices_deliveries order by state`)).map((row) => row.state);

describe('mail', () => {
  it('says the sentence and the link in the language of the person, under an id that is the key', async () => {
    await wants(world.actors.office.userId, 'office@example.cn');
    const one = notice(me());
    await told(one);
    await deliver(house, MAIL);
    expect(mail.letters).toHaveLength(1);
    const [letter] = mail.letters;
    expect([letter?.to, letter?.subject]).toEqual(['office@example.cn', `请补报2023年5月月报：${String(one.values['project'])}`]);
    expect(letter?.text).toContain('https://zone.example.gov.cn/projects/1');
    expect(letter?.messageId).toMatch(/^<[0-9a-f]{40}@example\.gov\.cn>$/);
    expect(await deliver(house, MAIL)).toBe(0);
    expect(await states()).toEqual(['sent']);
  });

  it('waits for the digest hour and is then one mail', async () => {
    await wants(world.actors.office.userId, 'digest@example.cn', { digest: true });
    await told(...Array.from({ length: 40 }, () => notice(me())));
    await deliver(house, MAIL);
    expect(mail.letters).toEqual([]);
    later(22 * 60);
    await deliver(house, MAIL);
    expect(mail.letters.map((one) => one.subject.startsWith('40条消息'))).toEqual([true]);
  });

  it('waits for the end of the quiet hours unless it is urgent, and then takes along what was told of the same before', async () => {
    await wants(world.actors.office.userId, 'quiet@example.cn', { quiet: true });
    clock = new Date('2023-06-30T23:00:00+08:00');
    const subject = { type: 'project', id: newId() };
    await told(notice(me(), { subject }), notice(me()));
    later(1);
    await told(notice(me(), { subject, urgent: true }));
    await deliver(house, MAIL);
    expect(mail.letters.map((one) => one.subject.slice(0, 4))).toEqual(['2条消息']);
    clock = new Date('2023-07-01T07:00:00+08:00');
    await deliver(house, MAIL);
    expect(mail.letters).toHaveLength(2);
  });

  it('to an address that is refused for good is parked with the words of the server; others go on, and the person is told', async () => {
    await wants(world.actors.office.userId, 'nobody@example.cn');
    await wants(world.actors.leader.userId, 'leader@example.cn');
    mail.behave = (to) => (to.startsWith('nobody') ? 'refuse' : 'take');
    await told(notice({ users: [world.actors.office.userId, world.actors.leader.userId] }));
    await deliver(house, MAIL);
    expect(mail.letters.map((one) => one.to)).toEqual(['leader@example.cn']);
    expect(await states()).toEqual(['parked', 'sent']);
    expect(await world.app.database.row(sql`select refused from notices_preferences where user_id = ${world.actors.office.userId}`)).toEqual({ refused: expect.stringContaining('no such user') });
    expect(await world.app.database.row(sql`select n.facts -> 'reason' ->> 'zh' as reason from notices_inbox i join notices_notices n on n.id = i.notice_id where i.user_id = ${world.actors.office.userId} and n.kind = 'notices.address_refused'`))
      .toEqual({ reason: expect.stringContaining('邮件服务器不接受收件地址') });
  });

  it('to a full mailbox is tried again later and later, and then goes', async () => {
    await wants(world.actors.office.userId, 'full@example.cn');
    mail.behave = () => 'later';
    await told(notice(me()));
    await deliver(house, MAIL);
    expect(await deliver(house, MAIL)).toBe(0);
    later(1);
    expect(await deliver(house, MAIL)).toBe(1);
    later(1);
    expect(await deliver(house, MAIL)).toBe(0);
    mail.behave = () => 'take';
    later(1);
    await deliver(house, MAIL);
    expect([mail.letters.length, await states()]).toEqual([1, ['sent']]);
  });

  it('is sent again when the server dies while it takes it', async () => {
    await wants(world.actors.office.userId, 'dies@example.cn');
    mail.behave = () => 'die';
    await told(notice(me()));
    await deliver(house, MAIL);
    expect(await states()).toEqual(['waiting']);
    mail.behave = () => 'take';
    later(2);
    await deliver(house, MAIL);
    expect([mail.letters.length, await states()]).toEqual([1, ['sent']]);
  });

  it('waits through a day without a server, loses nothing, and comes as one digest for each person', async () => {
    const people = [world.actors.office.userId, world.actors.leader.userId];
    await wants(world.actors.office.userId, 'a@example.cn');
    await wants(world.actors.leader.userId, 'b@example.cn');
    await mail.down();
    let tries = 0;
    for (let minute = 0; minute < 24 * 60; minute += 10) {
      if (minute % 30 === 0) await told(notice({ users: people }));
      tries += await deliver(house, MAIL);
      later(10);
    }
    await mail.up();
    later(10);
    for (let turn = 0; turn < 5; turn += 1) await deliver(house, MAIL);
    expect(tries).toBeLessThan(24 * 6 + 10);
    expect([...new Set(await states())]).toEqual(['sent']);
    // The one that was on its way, and all the others together.
    expect(mail.letters.map((one) => one.to).sort()).toEqual(['a@example.cn', 'a@example.cn', 'b@example.cn', 'b@example.cn']);
    expect(mail.letters.map((one) => one.subject.split('：')[0])).toEqual(expect.arrayContaining(['47条消息']));
    expect(await world.app.database.rows(sql`select 1 as one from notices_notices where kind = 'notices.mail_away'`)).toHaveLength(1);
  });

  it('is sent once by two processes at the same time', async () => {
    await wants(world.actors.office.userId, 'once@example.cn');
    await told(notice(me()));
    await Promise.all(Array.from({ length: 6 }, () => deliver(house, MAIL)));
    expect(mail.letters).toHaveLength(1);
  });
});

describe('a receiver', () => {
  it('of an organisation gets what the organisation is told, once, signed, under the key', async () => {
    await receiver('webhook');
    const one = notice({ orgs: [{ id: world.orgs.department }], users: [world.actors.office.userId] });
    await told(one, notice(me()));
    await deliver(house, RECEIVERS);
    expect(robot.calls).toHaveLength(1);
    const [call] = robot.calls;
    expect([call?.path, call?.headers['idempotency-key']]).toEqual(['/send?key=KEY', one.key]);
    expect(call?.headers['yugong-signature']).toBe(`v1=${createHmac('sha256', 'a secret of the receiver').update(`${String(call?.headers['yugong-timestamp'])}.${call?.body ?? ''}`).digest('hex')}`);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({ id: one.key, notices: [{ key: one.key, kind: one.kind, url: 'https://zone.example.gov.cn/projects/1', text: { 'zh-CN': expect.stringContaining('请补报') } }] });
  });

  it('is reached under a key that no header could hold as it stands', async () => {
    await receiver('webhook');
    await told(notice({ orgs: [{ id: world.orgs.department }] }, { key: `催办:${newId()}` }));
    await deliver(house, RECEIVERS);
    expect([robot.calls[0]?.headers['idempotency-key']?.toString().startsWith('%E5%82%AC'), await states()]).toEqual([true, ['sent']]);
  });

  it('of WeCom and DingTalk is spoken to as these robots are', async () => {
    await receiver('wecom');
    await receiver('dingtalk');
    await told(notice({ orgs: [{ id: world.orgs.department }] }, { values: { project: '<@all>[点我](https://evil.example)', month: '2023-05' } }));
    await deliver(house, RECEIVERS);
    const bodies = robot.calls.map((call) => JSON.parse(call.body) as Record<string, unknown>);
    expect(bodies).toEqual(expect.arrayContaining([{ msgtype: 'markdown', markdown: { content: expect.stringContaining('请补报2023年5月月报') } }, { msgtype: 'markdown', markdown: { title: expect.any(String), text: expect.any(String) } }]));
    expect(robot.calls.some((call) => call.body.includes('](https://evil') || call.body.includes('<@all>'))).toBe(false);
    const signed = new URL(robot.calls.find((call) => call.path.includes('sign='))?.path ?? '', robot.url);
    const at = signed.searchParams.get('timestamp') ?? '';
    expect(signed.searchParams.get('sign')).toBe(createHmac('sha256', 'a secret of the receiver').update(`${at}\na secret of the receiver`).digest('base64'));
  });

  it('that is gone is parked at once with the reason, the administrators are told, and what it did not get waits for it', async () => {
    const id = await receiver('webhook');
    robot.answer = () => ({ status: 410 });
    await told(notice({ orgs: [{ id: world.orgs.department }] }));
    await deliver(house, RECEIVERS);
    await told(notice({ orgs: [{ id: world.orgs.department }] }));
    expect(await deliver(house, RECEIVERS)).toBe(0);
    expect(await states()).toEqual(['parked', 'waiting']);
    expect(await world.app.database.row(sql`select state, reason from notices_receivers where id = ${id}`)).toEqual({ state: 'parked', reason: 'gone: 410' });
    expect(await world.app.database.rows(sql`select 1 as one from notices_inbox i join notices_notices n on n.id = i.notice_id where n.kind = 'notices.receiver_parked' and n.subject_id = ${id} and i.user_id = ${world.actors.admin.userId}`)).toHaveLength(1);
  });

  it('that fails for days is parked, and repeats carry the same id', async () => {
    await receiver('webhook');
    robot.answer = () => ({ status: 500 });
    await told(notice({ orgs: [{ id: world.orgs.department }] }));
    for (let hour = 0; hour < 24 * 6; hour += 1) {
      await deliver(house, RECEIVERS);
      later(60);
    }
    expect([robot.calls.length, await states()]).toEqual([20, ['parked']]);
    expect(new Set(robot.calls.map((call) => call.headers['idempotency-key'])).size).toBe(1);
  });

  it('of a robot gets many as one message with a number, and no more than fit', async () => {
    await receiver('wecom');
    await told(...Array.from({ length: 300 }, () => notice({ orgs: [{ id: world.orgs.department }] }, { values: { project: '很长的项目名称'.repeat(20), month: '2023-05' } })));
    await deliver(house, RECEIVERS);
    expect(robot.calls).toHaveLength(1);
    const said = (JSON.parse(robot.calls[0]?.body ?? '') as { markdown: { content: string } }).markdown.content;
    expect([Buffer.byteLength(said) <= 4096, said.includes('300条消息'), /另有29\d条/.test(said)]).toEqual([true, true, true]);
  });

  it('is not followed to another address', async () => {
    await receiver('webhook');
    robot.answer = (call) => (call.path === '/other' ? { status: 200 } : { status: 302, headers: { location: `${robot.url}/other` } });
    await told(notice({ orgs: [{ id: world.orgs.department }] }));
    await deliver(house, RECEIVERS);
    expect([robot.calls.map((call) => call.path), await states()]).toEqual([['/send?key=KEY'], ['parked']]);
  });
});
