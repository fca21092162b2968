import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import { initials } from '../../platform/pinyin.ts';
import { makeWorld, type World } from '../../test/world/world.ts';
import { gramsOf } from '../../kernel/grams.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ day: '2023-06-30' });
  await world.app.run(world.app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: world.orgs.desk }] });
});
afterAll(() => world.close());

const TITLE = '厂区外供电线路未接通';
const raise = (key: string = newId()) => world.app.run(world.actors.desk, 'problems.raise', { title: TITLE, kind: 'utilities', enterpriseId: world.orgs.enterprise }, { key });
const numberOf = (reply: { readonly output: unknown }): string => ({ number: '', ...(typeof reply.output === 'object' ? reply.output : {}) }).number;

it('gives numbers without gaps to all who raise at once, the same in answer, event and row', async () => {
  const replies = await Promise.all(Array.from({ length: 12 }, () => raise()));
  const numbers = replies.map(numberOf).sort();
  expect(numbers).toEqual(Array.from({ length: 12 }, (_, index) => `2023-${String(index + 1).padStart(4, '0')}`));
  const rows = await world.app.database.rows<{ number: string; told: string }>(sql`
    select p.number, e.after ->> 'number' as told from problems_problems p join platform_events e on e.subject_id = p.id and e.kind = 'problems.raised' order by p.number`);
  expect(rows).toEqual(numbers.map((number) => ({ number, told: number })));
});

it('answers a call that is sent again with the number that the first one got', async () => {
  const key = newId();
  const [first, again] = [await raise(key), await raise(key)];
  expect(again).toMatchObject({ repeated: true, output: first.output });
  expect(numberOf(first)).toMatch(/^2023-\d{4}$/);
});

it('stores what finds a problem by its number, as gramsOf would, also beyond four digits', async () => {
  await world.app.database.run(sql`update problems_numbers set last = 12344 where year = 2023`);
  const number = numberOf(await raise());
  expect(number).toBe('2023-12345');
  const row = await world.app.database.row<{ grams: number[] }>(sql`select grams from problems_problems where number = ${number}`);
  expect(new Set(row?.grams)).toEqual(new Set(gramsOf(TITLE, initials(TITLE), number)));
});
