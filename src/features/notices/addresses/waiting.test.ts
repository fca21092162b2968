// What cannot leave yet is not lost: the letter that asks while nobody knows where this site is found, and mail on its way when its reader changes to another address.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { mailHouse, type MailHouse } from '../../../test/world/outside.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { deliver, MAIL, type House } from '../delivery/deliver.ts';
import { tell } from '../tell.ts';

let world: World;
let mail: MailHouse;
/** Without a site, and with one. */
let house: House;
let found: House;
beforeAll(async () => {
  mail = await mailHouse();
  world = await makeWorld({ environment: { YUGONG_SMTP_URL: mail.url, YUGONG_SMTP_PLAIN: 'true', YUGONG_MAIL_FROM: 'office@example.gov.cn' } });
  house = { ...world.app, random: () => 0 };
  found = { ...house, outward: { ...world.app.outward, publicUrl: 'https://zone.example.gov.cn' } };
});
afterAll(async () => {
  await world.close();
  await mail.down();
});
beforeEach(() => {
  mail.letters.length = 0;
  mail.behave = () => 'take';
});

const own = async (name: 'office' | 'leader') => (await world.app.ask(world.actors[name], 'notices.preferences', {})) as { confirmed: boolean; site: boolean; version: number };
const prefer = async (name: 'office' | 'leader', email: string) => world.app.run(world.actors[name], 'notices.set_preferences', { email, topics: [], digestMinute: 480, quietFrom: null, quietTo: null, language: 'en' }, { ifVersion: (await own(name)).version });
const noSite = async () => ((await world.app.ask(world.actors.admin, 'notices.outbox_counts', {})) as { noSite: number }).noSite;
const follow = () => world.app.run(world.actors.auditor, 'notices.confirm_address', { token: mail.letters.flatMap((one) => /\/mail#([A-Za-z0-9_-]{43})/.exec(one.text)?.[1] ?? [])[0] ?? '' });

it('the letter that asks waits for a site, both who waits for it and the administrator are told why, and it leaves once there is one', async () => {
  await prefer('office', 'office@example.cn');
  expect(await deliver(house, MAIL)).toBe(0);
  expect([mail.letters, (await own('office')).site, await noSite()]).toEqual([[], false, 1]);
  // One that was gathered while there still was a site, and taken after it.
  await expect(deliver({ ...found, step: async (name) => (name === 'gathered' ? Promise.reject(new Error('killed')) : Promise.resolve()) }, MAIL)).rejects.toThrow('killed');
  expect([await deliver(house, MAIL), mail.letters, await noSite()]).toEqual([1, [], 1]);
  await deliver(found, MAIL);
  await follow();
  expect([(await own('office')).confirmed, await noSite()]).toEqual([true, 0]);
});

it('mail on its way waits for the new address of its reader, and leaves once that is confirmed', async () => {
  const { userId } = world.actors.leader;
  await world.app.database.run(sql`insert into notices_preferences (user_id, email, confirmed_at, quiet_from, quiet_to, language) values (${userId}, 'old@example.cn', now(), null, null, 'en')`);
  await world.app.database.transaction((tx) => tell(tx, [{ kind: 'projects.report_reminder', key: newId(), subject: { type: 'project', id: newId() }, href: '/', values: { project: 'Works', month: '2023-05' }, to: { users: [userId] } }], house.now()));
  mail.behave = () => 'later';
  await deliver(found, MAIL);
  await prefer('leader', 'new@example.cn');
  mail.behave = () => 'take';
  const later: House = { ...found, now: () => ({ ...world.app.now(), instant: new Date(world.app.now().instant.getTime() + 600_000) }) };
  await deliver(later, MAIL);
  expect(mail.letters.map((one) => [one.to, one.subject.includes('Works')])).toEqual([['new@example.cn', false]]);
  await follow();
  await deliver(later, MAIL);
  expect(mail.letters.map((one) => [one.to, one.subject.includes('Works')])).toEqual([['new@example.cn', false], ['new@example.cn', true]]);
});
