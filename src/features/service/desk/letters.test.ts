// A caller with an address is asked by mail whether it is solved: by a link that needs no account, made when the letter leaves. The desk's own link goes on holding.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { anonymous } from '../../people/session.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import { outcome } from '../../../test/registry/checks.ts';
import { mailHouse, type MailHouse } from '../../../test/world/outside.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { deliver, MAIL, type House } from '../../notices/delivery/deliver.ts';

let world: World;
let mail: MailHouse;
let house: House;
beforeAll(async () => {
  mail = await mailHouse();
  world = await makeWorld({ environment: { YUGONG_SMTP_URL: mail.url, YUGONG_SMTP_PLAIN: 'true', YUGONG_MAIL_FROM: 'office@example.gov.cn', YUGONG_PUBLIC_URL: 'https://zone.example.gov.cn' } });
  world.app.clock.stand('2023-06-30', '09:00');
  await world.app.run(world.app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: world.orgs.desk }] });
  house = { ...world.app, random: () => 0 };
});
afterAll(async () => {
  await world.close();
  await mail.down();
});

const run = async (actor: Actor, name: string, input: unknown, version?: number) => (await world.app.run(actor, name, input, version === undefined ? {} : { ifVersion: version })).output;
const moved = async (actor: Actor, name: string, id: string, input = {}) => run(actor, `problems.${name}`, { id, ...input }, ((await world.app.ask(world.app.system, 'problems.get', { id })) as { version: number }).version);
const link = (text: string, path: string): string => new RegExp(`${path}#([A-Za-z0-9_-]{43})`).exec(text)?.[1] ?? '';
const page = async (token: string) => ((await world.app.ask(anonymous('zh-CN'), 'problems.answer_page', { token })) as { link: string }).link;

it('by a link without an account, for the caller and for the people of the enterprise; each of the links holds until one is used', async () => {
  const { desk, enterprise, department, commissioner } = world.actors;
  const filed = (await run(desk, 'service.file', { id: newId(), enterpriseId: world.orgs.enterprise, contactName: '王经理', contactEmail: 'wang@example.cn', items: [{ kind: 'utilities', title: '停电' }] })) as { problems: { id: string; number: string }[] };
  const { id = '', number = '' } = filed.problems[0] ?? {};
  for (const actor of [enterprise, commissioner]) await world.app.database.run(sql`insert into notices_preferences (user_id, email, confirmed_at, quiet_from, quiet_to, language) values (${actor.userId}, ${`${actor.userId}@example.cn`}, now(), null, null, 'zh-CN')`);
  await moved(desk, 'forward', id, { toOrgId: world.orgs.department });
  await moved(department, 'submit', id, { text: '已接通' });
  await deliver(house, MAIL);
  const to = (address: string) => mail.letters.filter((one) => one.to === address);
  // The caller is asked for his address first.
  expect(to('wang@example.cn').map((one) => link(one.text, '/mail') !== '')).toEqual([true]);
  await run(anonymous('zh-CN'), 'notices.confirm_address', { token: link(to('wang@example.cn')[0]?.text ?? '', '/mail') });
  await deliver(house, MAIL);
  const caller = link(to('wang@example.cn')[1]?.text ?? '', '/answer');
  const firm = link(to(`${enterprise.userId}@example.cn`).find((one) => one.text.includes(number))?.text ?? '', '/answer');
  const made = ((await run(desk, 'problems.make_answer_link', { id })) as { token: string }).token;
  expect(await Promise.all([caller, firm, made].map(page))).toEqual(['open', 'open', 'open']);
  // Whoever is not the enterprise goes by his account.
  expect(mail.letters.filter((one) => one.to === `${commissioner.userId}@example.cn`).some((one) => one.text.includes('/answer#'))).toBe(false);
  const tables = await world.app.database.rows<{ name: string }>(sql`select table_name as name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE'`);
  const kept = await Promise.all(tables.map(async ({ name }) => JSON.stringify(await world.app.database.rows(sql`select to_jsonb(t) as row from ${sql.id(name)} t limit 5000`))));
  for (const secret of [caller, firm, made]) expect(kept.join('') + world.logged.join('')).not.toContain(secret);
  await run(anonymous('zh-CN'), 'problems.answer_by_link', { token: caller, verdict: 'satisfied' });
  expect(await world.app.ask(world.app.system, 'problems.get', { id })).toMatchObject({ state: 'solved' });
  expect(await Promise.all([caller, firm, made].map(page))).toEqual(['answered', 'answered', 'answered']);
  expect(await outcome(run(anonymous('zh-CN'), 'problems.answer_by_link', { token: firm, verdict: 'dissatisfied' }))).toBe('problems.answer_given');
});

it('never to whoever did the work: an address that he or one of his organisation gave with what was filed is not written to', async () => {
  const { desk, department, office } = world.actors;
  const filedBy = async (actor: Actor, name: string): Promise<string> => {
    const filed = (await run(actor, 'service.file', { id: newId(), enterpriseId: world.orgs.enterprise, contactEmail: `${name}@example.cn`, items: [{ kind: 'utilities', title: '停水' }] })) as { problems: { id: string }[] };
    await world.app.database.run(sql`update notices_addresses set confirmed_at = now() where email = ${`${name}@example.cn`}`);
    return filed.problems[0]?.id ?? '';
  };
  const [own, others] = [await filedBy({ ...department, permissions: new Set([...department.permissions, 'service.file']) }, 'department'), await filedBy(office, 'office')];
  for (const id of [own, others]) {
    await moved(desk, 'forward', id, { toOrgId: world.orgs.department });
    await moved(department, 'submit', id, { text: '已通水' });
  }
  const asked = async (id: string) => (await world.app.database.rows<{ email: string }>(sql`select a.email from notices_deliveries d join notices_notices n on n.id = d.notice_id join notices_addresses a on a.id = d.recipient_id where n.kind = 'problems.to_confirm' and n.subject_id = ${id}`)).map((one) => one.email);
  expect([await asked(own), await asked(others)]).toEqual([[], ['office@example.cn']]);
  // Nor does a letter that was written nevertheless carry the secret: whoever gave the address takes part in the work before it leaves.
  await world.app.database.run(sql`update problems_contacts set by_id = ${department.userId} where problem_id = ${others}`);
  mail.letters.length = 0;
  await deliver(house, MAIL);
  expect(mail.letters.filter((one) => one.to === 'office@example.cn' && !one.text.includes('/mail#')).map((one) => one.text.includes('/answer#'))).toEqual([false]);
});

it('goes to so many strangers a day and no more because of one account; the desk, which writes down who calls, has room for a day of calls', async () => {
  const { desk, enterprise } = world.actors;
  const file = (actor: Actor, contactEmail?: string) => outcome(run(actor, 'service.file', { id: newId(), enterpriseId: world.orgs.enterprise, ...(contactEmail === undefined ? {} : { contactEmail }), items: [{ kind: 'utilities', title: '停电' }] }));
  for (let nth = 0; nth < 6; nth += 1) expect(await file(enterprise, `stranger${String(nth)}@example.cn`)).toBe('ok');
  expect(await file(enterprise, 'stranger6@example.cn')).toBe('notices.too_many_guests');
  // Nobody gets a letter by these.
  expect([await file(enterprise, 'Stranger0@example.cn'), await file(enterprise)]).toEqual(['ok', 'ok']);
  for (let nth = 6; nth < 14; nth += 1) expect(await file(desk, `stranger${String(nth)}@example.cn`)).toBe('ok');
  await world.app.database.run(sql`insert into notices_addresses (id, email, language, asked_by, asked_at, created_at) select gen_random_uuid(), n || '@example.cn', 'en', ${desk.userId}, ${world.app.now().instant}, ${world.app.now().instant} from generate_series(1, 200) n`);
  expect(await file(desk, 'one.more@example.cn')).toBe('notices.too_many_guests');
});
