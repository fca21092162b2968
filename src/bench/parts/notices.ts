// Notices in bulk: telling 100,000 of them to one organisation, what a reader with all of them unread waits for, and making a message out of what gathered.
import { newId } from '../../kernel/ids.ts';
import { openApp } from '../../house.ts';
import type { App } from '../../app.ts';
import { deliver, RECEIVERS } from '../../features/notices/delivery/deliver.ts';
import { tell, type Notice } from '../../features/notices/tell.ts';
import { actorById } from '../../features/people/session.ts';
import { readConfig } from '../../platform/config.ts';
import { sql } from '../../platform/db.ts';
import { makeLog } from '../../platform/log.ts';
import { SCHEMA, ZONE, type Ground } from '../ground.ts';
import { atMost, below, median, type Figure } from '../table.ts';

const PEOPLE = 3;
const BATCH = 10_000;
const ASKED = 50;

export async function notices(ground: Ground, many: number, say: (line: string) => void): Promise<Figure[]> {
  await ground.data(182);
  const connection = await ground.copy(182, 'bench_notices');
  const config = readConfig({ YUGONG_DATA: `${ground.folder}/zone`, YUGONG_ZONE: ZONE, YUGONG_POOL: '4' });
  const app = await openApp({ config: { ...config, schema: SCHEMA }, connection, log: makeLog('error') });
  try {
    const { org, users } = await people(app);
    const few = await unread(app, users[0] ?? '', org, 100);
    const began = performance.now();
    for (let done = 0; done < many; done += BATCH) await app.database.transaction((tx) => tell(tx, list(org, BATCH), app.now()));
    const told = (performance.now() - began) / 1000;
    say(`${many} notices to ${PEOPLE} people with mail and a robot told in ${told.toFixed(1)} s`);
    await app.database.run(sql`analyze notices_inbox`);
    const all = await unread(app, users[0] ?? '', org, 0);
    const gathering = performance.now();
    await deliver({ ...app, random: () => 0 }, RECEIVERS);
    return [
      below({ part: 'notices', what: `told to one organisation of ${PEOPLE} with mail and a robot, ${many} of them`, projects: 182, own: told, unit: 's' }, 30),
      atMost({ part: 'notices', what: `unread number and first page with ${many} unread / with 100`, projects: 182, own: all, other: few, unit: 'ms' }, 1.5),
      below({ part: 'notices', what: `a message out of ${many} that wait, gathered, taken, tried and marked`, projects: 182, own: performance.now() - gathering, unit: 'ms' }, 1000),
    ];
  } finally {
    await app.close();
  }
}

async function people(app: App): Promise<{ org: string; users: string[] }> {
  const org = newId();
  const root = await app.database.row<{ id: string }>(sql`select id from people_organisations where parent_id is null`);
  await app.run(app.system, 'people.create_organisation', { id: org, parentId: root?.id, kind: 'department', name: `消息局${org.slice(-6)}` });
  const users = Array.from({ length: PEOPLE }, () => newId());
  for (const id of users) {
    await app.run(app.system, 'people.create_user', { id, orgId: org, login: `n${id.slice(-12)}`, name: '读者', roleIds: [] });
    await app.database.run(sql`insert into notices_preferences (user_id, email, confirmed_at, language) values (${id}, ${`${id}@example.invalid`}, now(), 'zh-CN')`);
  }
  // Inside and not allowed: refused before anything is sent.
  const { vault } = app.outward;
  await app.database.run(sql`
    insert into notices_receivers (id, name, kind, org_id, host, sealed_url, topics, language) values (${newId()}, '机器人', 'wecom', ${org}, '10.0.0.1', ${vault.seal('https://10.0.0.1/')}, '{projects}', 'zh-CN')`);
  return { org, users };
}

function list(org: string, count: number): Notice[] {
  return Array.from({ length: count }, () => {
    const id = newId();
    return { kind: 'projects.report_reminder', key: `bench:${id}`, subject: { type: 'project', id }, href: `/projects/${id}`, values: { project: '项目', month: '2023-05' }, to: { orgs: [{ id: org }] } };
  });
}

/** Milliseconds for what the frame and the page ask, after so many more were told. */
async function unread(app: App, userId: string, org: string, more: number): Promise<number> {
  if (more > 0) await app.database.transaction((tx) => tell(tx, list(org, more), app.now()));
  const actor = await actorById(app.database, userId);
  if (actor === undefined) throw new Error('no reader');
  const times: number[] = [];
  for (let i = 0; i < ASKED; i += 1) {
    const began = performance.now();
    await app.ask(actor, 'notices.unread', {});
    await app.ask(actor, 'notices.inbox', { limit: 50 });
    times.push(performance.now() - began);
  }
  return median(times);
}
