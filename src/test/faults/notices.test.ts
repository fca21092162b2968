// A process that sends notices is killed between every two steps. After the next one has run each notice stands once in the inbox, was sent at
// least once, and whoever got it twice got it under the same id.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { tell } from '../../features/notices/tell.ts';
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import { root } from '../../platform/root.ts';
import { freshDatabase, type FreshDatabase } from '../world/database.ts';
import { hook, mailHouse, type Hook, type MailHouse } from '../world/outside.ts';
import { openApp } from '../../house.ts';
import type { App } from '../../app.ts';
import { ensureZone } from '../../features/people/zone.ts';
import { readConfig } from '../../platform/config.ts';
import { makeLog } from '../../platform/log.ts';
import { clearFolder, temporaryFolder } from './server.ts';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 60_000 });

let database: FreshDatabase;
let folder: string;
let app: App;
let mail: MailHouse;
let receiver: Hook;
let environment: Record<string, string>;
const user = newId();

beforeAll(async () => {
  [database, mail, receiver] = await Promise.all([freshDatabase(), mailHouse(), hook()]);
  folder = temporaryFolder('yugong-notices-');
  environment = {
    YUGONG_DATA: folder, YUGONG_ZONE: database.schema.replace(/^zone_/, ''), SCHEMA: database.schema, DATABASE_URL: database.url, YUGONG_POOL: '3', YUGONG_SMTP_URL: mail.url, YUGONG_SMTP_PLAIN: 'true',
    YUGONG_MAIL_FROM: 'office@example.gov.cn', YUGONG_ALLOWED_HOSTS: receiver.url,
  };
  app = await openApp({ config: { ...readConfig(environment), schema: database.schema }, connection: database.connection, log: makeLog('error') });
  await ensureZone(app, { demo: false });
  const rootOrg = await app.database.row<{ id: string }>(sql`select id from people_organisations where parent_id is null`);
  await app.run(app.system, 'people.create_user', { id: user, orgId: rootOrg?.id, login: 'reader', name: '读者', roleIds: [] });
  await app.database.run(sql`insert into notices_preferences (user_id, email, confirmed_at, language) values (${user}, 'reader@example.cn', now(), 'zh-CN')`);
  await app.run(app.system, 'notices.create_receiver', { kind: 'webhook', name: '接收端', orgId: null, topics: ['projects'], language: 'zh-CN', url: `${receiver.url}/in`, secret: 'a secret of the receiver' });
});
afterAll(async () => {
  await app.close();
  await Promise.all([mail.down(), receiver.close()]);
  await database.drop();
  clearFolder(folder);
});

/** Runs the sending process; gives the signal that ended it. */
function run(dieAt: string | undefined, laterMinutes: number): Promise<string> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, 'src', 'test', 'faults', 'deliverer.ts')], {
    cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { PATH, ...environment, LATER_MINUTES: String(laterMinutes), ...(dieAt === undefined ? {} : { DIE_AT: dieAt }) },
  });
  return new Promise((done) => child.on('exit', (code, signal) => done(signal ?? `code ${String(code)}`)));
}

it.each(['gathered', 'taken', 'sent', 'marked'])('killed when it has %s: nothing is lost, and what comes twice has the same id', async (step) => {
  mail.letters.length = 0;
  receiver.calls.length = 0;
  const key = `killed:${step}`;
  await app.database.transaction((tx) => tell(tx, [{ kind: 'projects.report_reminder', key, subject: { type: 'project', id: newId() }, href: '/', values: { project: '项目', month: '2023-05' }, to: { users: [user] } }], { instant: new Date(), day: '2023-06-30' }));
  // The mail is sent first: the first run dies over the mail, the second over the receiver, the third runs to its end.
  expect(await run(step, 0)).toBe('SIGKILL');
  expect(await run(step, 3)).toBe('SIGKILL');
  expect(await run(undefined, 6)).toBe('code 0');
  expect(new Set(mail.letters.map((one) => one.messageId)).size).toBe(1);
  expect(new Set(receiver.calls.map((one) => one.headers['idempotency-key']))).toEqual(new Set([key]));
  expect([mail.letters.length, receiver.calls.length].every((times) => times >= 1 && times <= 3)).toBe(true);
  if (step === 'sent') expect(mail.letters.length + receiver.calls.length).toBeGreaterThan(2);
  expect(await app.database.row(sql`
    select (select count(*)::int from notices_inbox i join notices_notices n on n.id = i.notice_id where n.key = ${key}) as shown,
           (select array_agg(d.channel || ' ' || d.state order by d.channel) from notices_deliveries d join notices_notices n on n.id = d.notice_id where n.key = ${key}) as deliveries`)).toEqual({ shown: 1, deliveries: ['mail sent', 'webhook sent'] });
});
