import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../../platform/db.ts';
import { makeWorld, ROLES, type World } from '../../../test/world/world.ts';
import { nameKey } from '../../people/signin/feature.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

interface Item { readonly kind: string; readonly values: Readonly<Record<string, unknown>> }
const items = async (actor = world.actors.admin): Promise<readonly Item[]> => {
  const answer = await world.app.ask(actor, 'projects.today', {});
  return typeof answer === 'object' && answer !== null && 'items' in answer && Array.isArray(answer.items) ? answer.items : [];
};
const lockOut = async (login: string): Promise<void> => {
  const until = new Date(world.app.now().instant.getTime() + 600_000);
  await world.app.database.run(sql`insert into people_attempts (key, failures, blocked_until, last_at) values (${nameKey(login)}, 8, ${until}, ${world.app.now().instant})`);
};

describe('the first page', () => {
  it('is there for every role', async () => {
    for (const role of ROLES) expect(await items(world.actors[role]), role).toBeInstanceOf(Array);
  });

  it('shows whoever manages people who is locked out, and nobody who does not exist', async () => {
    await lockOut('TEST-leader');
    await lockOut('nobody-here');
    expect((await items()).filter((one) => one.kind === 'locked_user').map((one) => one.values['login'])).toEqual(['test-leader']);
    expect((await items(world.actors.office)).filter((one) => one.kind === 'locked_user')).toEqual([]);
  });

  it('shows an administrator of one town only the people of his town', async () => {
    const town = { ...world.actors.town, permissions: new Set(['people.manage']) };
    await lockOut('test-town');
    expect((await items(town)).map((one) => one.values['login'])).toEqual(['test-town']);
  });
});
