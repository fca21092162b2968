// Addresses: nothing but the letter that asks is sent to one that is not confirmed, the secret of its link stands nowhere, and what waited leaves once it is confirmed.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { outcome } from '../../../test/registry/checks.ts';
import { mailHouse, type MailHouse } from '../../../test/world/outside.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { deliver, MAIL, type House } from '../delivery/deliver.ts';
import { tell } from '../tell.ts';
import { guestAddress, writeLetters } from './letters.ts';

let world: World;
let mail: MailHouse;
let house: House;
/** How far the house is ahead. */
let ahead = 0;
beforeAll(async () => {
  mail = await mailHouse();
  world = await makeWorld({ environment: { YUGONG_SMTP_URL: mail.url, YUGONG_SMTP_PLAIN: 'true', YUGONG_MAIL_FROM: 'office@example.gov.cn', YUGONG_PUBLIC_URL: 'https://zone.example.gov.cn' } });
});
afterAll(async () => {
  await world.close();
  await mail.down();
});
beforeEach(() => {
  mail.letters.length = 0;
  mail.behave = () => 'take';
  house = { ...world.app, random: () => 0, now: () => ({ ...world.app.now(), instant: new Date(world.app.now().instant.getTime() + ahead) }) };
});

const later = (minutes: number): void => void (ahead += minutes * 60_000);
const prefer = async (email: string | null, version: number): Promise<number> => ((await world.app.run(world.actors.office, 'notices.set_preferences', { email, topics: [], digestMinute: 480, quietFrom: null, quietTo: null, language: 'en' }, { ifVersion: version })).output as { version: number }).version;
const own = async () => (await world.app.ask(world.actors.office, 'notices.preferences', {})) as { confirmed: boolean; version: number; refused: string | null };
const remind = (userId: string) => world.app.database.transaction((tx) => tell(tx, [{ kind: 'projects.report_reminder', key: newId(), subject: { type: 'project', id: newId() }, href: '/', values: { project: 'Works', month: '2023-05' }, to: { users: [userId] } }], house.now()));
const tokens = (): string[] => mail.letters.flatMap((one) => /\/mail#([A-Za-z0-9_-]{43})/.exec(one.text)?.[1] ?? []);
const follow = (token: string) => outcome(world.app.run(world.actors.auditor, 'notices.confirm_address', { token }));

describe('an address that somebody gives', () => {
  it('gets the letter that asks and nothing else until its link is followed, and then what waited', async () => {
    await prefer('office@example.cn', 0);
    await remind(world.actors.office.userId);
    await deliver(house, MAIL);
    expect(mail.letters.map((one) => one.to)).toEqual(['office@example.cn']);
    expect(mail.letters[0]?.subject).toContain('Please confirm that this address is yours');
    expect(await outcome(world.app.run(world.actors.office, 'notices.test_own_mail', {}))).toBe('notices.address_unconfirmed');
    const [token = ''] = tokens();
    const http = await world.http();
    const reply = await http.inject({ method: 'POST', url: '/api/commands/notices.confirm_address', headers: { origin: 'http://localhost', host: 'localhost', 'idempotency-key': newId() }, payload: { token } });
    expect([reply.statusCode, reply.json()]).toEqual([200, { confirmed: true }]);
    expect(await own()).toMatchObject({ confirmed: true });
    await deliver(house, MAIL);
    expect(mail.letters.map((one) => one.subject).slice(1)).toEqual(['Please file the report of May 2023: Works']);
    // Nowhere but in the letter.
    const tables = await world.app.database.rows<{ name: string }>(sql`select table_name as name from information_schema.tables where table_schema = current_schema() and (table_name like 'notices_%' or table_name like 'platform_%')`);
    const kept = await Promise.all(tables.map(async ({ name }) => JSON.stringify(await world.app.database.rows(sql`select to_jsonb(t) as row from ${sql.id(name)} t`))));
    expect(kept.join('') + world.logged.join('')).not.toContain(token);
    expect(tables.length).toBeGreaterThan(10);
  });

  it('is asked for anew when it changes, and the former one gets nothing more', async () => {
    const { version } = await own();
    await prefer('new@example.cn', version);
    await remind(world.actors.office.userId);
    await deliver(house, MAIL);
    expect(mail.letters.map((one) => one.to)).toEqual(['new@example.cn']);
    expect(await outcome(world.app.run(world.actors.office, 'notices.ask_address', {}))).toBe('notices.tested_just_now');
    expect(await follow(tokens()[0] ?? '')).toBe('ok');
    expect(await follow('x'.repeat(43))).toBe('notices.link_unknown');
    // An other setting does not ask again.
    expect(await prefer('new@example.cn', (await own()).version)).toBeGreaterThan(0);
    expect(await own()).toMatchObject({ confirmed: true });
  });

  it('holds whichever letter arrives when the mail server died over the first', async () => {
    await prefer('twice@example.cn', (await own()).version);
    mail.behave = () => 'die';
    await deliver(house, MAIL);
    mail.behave = () => 'take';
    later(30);
    await deliver(house, MAIL);
    expect(tokens()).toHaveLength(1);
    const links = await world.app.database.rows(sql`select l.digest from notices_links l join notices_addresses a on a.id = l.address_id where a.email = 'twice@example.cn'`);
    expect(links).toHaveLength(2);
    expect(await follow(tokens()[0] ?? '')).toBe('ok');
  });

  it('is told as refused to its owner, and asks for no more than some a day', async () => {
    mail.behave = () => 'refuse';
    await prefer('typo@example.cn', (await own()).version);
    await deliver(house, MAIL);
    expect((await own()).refused).toContain('mail_address');
    for (const name of ['a', 'b']) await prefer(`${name}@example.cn`, (await own()).version);
    expect(await outcome(prefer('c@example.cn', (await own()).version))).toBe('notices.too_many_addresses');
    expect(await prefer(null, (await own()).version)).toBeGreaterThan(0);
    // Who is not wanted any more is not asked either.
    mail.behave = () => 'take';
    await deliver(house, MAIL);
    expect(mail.letters).toEqual([]);
  });
});

it('somebody without an account gets a letter once his address is confirmed, and is asked once a day', async () => {
  const write = (id: string, key: string) => world.app.database.transaction((tx) => writeLetters(tx, [{ kind: 'problems.to_confirm', key, subject: { type: 'problem', id: newId() }, href: '/', values: { number: '2023-0001', title: '电' }, addressId: id }], house.now()));
  const guest = () => world.app.database.transaction((tx) => guestAddress(tx, ' Caller@Example.cn ', { language: 'zh-CN', userId: undefined, most: 0 }, house.now()));
  const id = await guest();
  expect(await guest()).toBe(id);
  await write(id, 'first');
  await deliver(house, MAIL);
  expect(mail.letters.map((one) => one.to.toLowerCase())).toEqual(['caller@example.cn']);
  expect(mail.letters[0]?.text).not.toContain('/account/notices');
  expect(await follow(tokens()[0] ?? '')).toBe('ok');
  later(1);
  await deliver(house, MAIL);
  expect(mail.letters.map((one) => one.subject.includes('2023-0001'))).toEqual([false, true]);
});

it('somebody has six letters sent to his address in a day at most, also when it stays the same', async () => {
  const again = () => outcome(world.app.run(world.actors.leader, 'notices.ask_address', {}));
  await world.app.run(world.actors.leader, 'notices.set_preferences', { email: 'leader@example.cn', topics: [], digestMinute: 480, quietFrom: null, quietTo: null, language: 'en' }, { ifVersion: 0 });
  const results: string[] = [];
  for (let nth = 0; nth < 7; nth += 1) {
    await world.app.database.run(sql`update notices_addresses set asked_at = asked_at - interval '61 seconds' where email = 'leader@example.cn'`);
    results.push(await again());
  }
  expect(results).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'notices.too_many_addresses', 'notices.too_many_addresses']);
});

it('that was refused before addresses were confirmed is asked for by its owner, or by saving it again', async () => {
  const { department, commissioner } = world.actors;
  await deliver(house, MAIL);
  for (const [actor, email] of [[department, 'dept@example.cn'], [commissioner, 'comm@example.cn']] as const) {
    // Sent again by the administrator: no word of the refusal is left.
    await world.app.database.run(sql`insert into notices_preferences (user_id, email, quiet_from, quiet_to, language) values (${actor.userId}, ${email}, null, null, 'en')`);
  }
  expect(await outcome(world.app.run(department, 'notices.ask_address', {}))).toBe('ok');
  expect(await outcome(world.app.run(department, 'notices.ask_address', {}))).toBe('notices.tested_just_now');
  await world.app.run(commissioner, 'notices.set_preferences', { email: 'comm@example.cn', topics: [], digestMinute: 480, quietFrom: null, quietTo: null, language: 'en' }, { ifVersion: 1 });
  mail.letters.length = 0;
  await deliver(house, MAIL);
  expect(await Promise.all(tokens().map(follow))).toEqual(['ok', 'ok']);
  for (const actor of [department, commissioner]) expect(await world.app.ask(actor, 'notices.preferences', {})).toMatchObject({ confirmed: true });
});
