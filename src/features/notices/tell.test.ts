// Telling: once for each key, to whom it concerns, in the transaction that causes it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import { makeWorld, type World } from '../../test/world/world.ts';
import { tell, type Notice } from './tell.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const notice = (to: Notice['to'], more: Partial<Notice> = {}): Notice => ({
  kind: 'projects.report_reminder', key: `test:${newId()}`, subject: { type: 'project', id: newId() }, href: '/projects', values: { project: '项目', month: '2023-05' }, to, ...more,
});
const told = (...notices: Notice[]) => world.app.database.transaction((tx) => tell(tx, notices, world.app.now()));
const readers = async (key: string) => (await world.app.database.rows<{ login: string }>(sql`
  select u.login from notices_inbox i join notices_notices n on n.id = i.notice_id join people_users u on u.id = i.user_id where n.key = ${key} order by u.login`)).map((row) => row.login);

describe('a notice', () => {
  it('reaches the people it names, and those of an organisation who have one of the roles', async () => {
    const one = notice({ users: [world.actors.leader.userId], orgs: [{ id: world.orgs.root, roles: ['office', 'auditor'] }, { id: world.orgs.town }] });
    await told(one);
    expect(await readers(one.key)).toEqual(['test-auditor', 'test-leader', 'test-office', 'test-town']);
  });

  it('is there once however often it is told, also by two at the same moment, and names a person once', async () => {
    const many = Array.from({ length: 50 }, () => notice({ users: [world.actors.office.userId], orgs: [{ id: world.orgs.root, roles: ['office'] }] }));
    await Promise.all([told(...many), told(...many.toReversed()), told(...many)]);
    await told(...many);
    const rows = await world.app.database.rows(sql`select 1 as one from notices_inbox i join notices_notices n on n.id = i.notice_id where n.key = any(${many.map((one) => one.key)})`);
    expect(rows).toHaveLength(50);
  });

  it('is not there when its command fails', async () => {
    const one = notice({ users: [world.actors.office.userId] });
    await expect(world.app.database.transaction(async (tx) => {
      await tell(tx, [one], world.app.now());
      throw new Error('the command fails');
    })).rejects.toThrow('the command fails');
    expect(await readers(one.key)).toEqual([]);
  });

  it('does not reach whoever is no longer active', async () => {
    const id = newId();
    await world.app.run(world.app.system, 'people.create_user', { id, orgId: world.orgs.department, login: `gone-${id.slice(-6)}`, name: '离任', roleIds: [] });
    await world.app.run(world.app.system, 'people.disable_user', { id }, { ifVersion: 1 });
    const one = notice({ users: [id], orgs: [{ id: world.orgs.department }] });
    await told(one);
    expect(await readers(one.key)).toEqual(['test-department']);
  });
});
