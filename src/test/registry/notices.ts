// Samples of notices, in the form of samples.ts. Nothing is sent: no mail server is set up, and the receiver's name does not resolve.
import { createHash, randomBytes } from 'node:crypto';
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import { tell } from '../../features/notices/tell.ts';
import type { Ground, MakeSample, Sample } from './samples.ts';

export const NOTICES: Readonly<Record<string, MakeSample>> = {
  'notices.mark_read': async (ground) => ({ input: { ids: [await told(ground)] } }),
  'notices.mark_all_read': async (ground) => {
    await told(ground);
    return { input: {} };
  },
  'notices.set_preferences': async ({ world, actor }) => ({
    input: { email: 'somebody@example.gov.cn', topics: [{ topic: 'projects', mode: 'digest' }], digestMinute: 480, quietFrom: 1320, quietTo: 420, language: 'zh-CN' },
    version: (await world.app.database.row<{ version: number }>(sql`select version from notices_preferences where user_id = ${actor.userId}`))?.version ?? 0,
  }),
  'notices.test_own_mail': async ({ world, actor }) => {
    await world.app.database.run(sql`insert into notices_preferences (user_id, email, confirmed_at, language) values (${actor.userId}, 'somebody@example.gov.cn', now(), 'zh-CN') on conflict (user_id) do update set email = excluded.email, confirmed_at = excluded.confirmed_at, tested_at = null`);
    return { input: {} };
  },
  'notices.ask_address': async (ground) => {
    const id = await address(ground, ground.actor.userId);
    await ground.world.app.database.run(sql`insert into notices_preferences (user_id, email, address_id, language) values (${ground.actor.userId}, 'somebody@example.gov.cn', ${id}, 'zh-CN') on conflict (user_id) do update set email = excluded.email, confirmed_at = null, address_id = excluded.address_id`);
    return { input: {} };
  },
  'notices.confirm_address': async (ground) => {
    const token = randomBytes(32).toString('base64url');
    await ground.world.app.database.run(sql`insert into notices_links (digest, address_id, made_at) values (${createHash('sha256').update(token).digest('hex')}, ${await address(ground, null)}, ${ground.world.app.now().instant})`);
    return { input: { token } };
  },
  'notices.set_mail': async ({ world }) => ({
    input: { host: '127.0.0.1', port: 465, tls: 'tls', user: 'office', password: 'geheim-geheim', from: 'office@example.gov.cn', publicUrl: 'https://zone.example.gov.cn' },
    version: (await world.app.database.row<{ version: number }>(sql`select version from platform_settings where name = 'notices.mail'`))?.version ?? 0,
  }),
  'notices.test_mail': async () => Promise.resolve({ input: { to: 'somebody@example.gov.cn' } }),
  'notices.create_receiver': async (ground) => Promise.resolve({ input: { kind: 'webhook', ...values(ground), url: 'https://hook.invalid/in' } }),
  'notices.edit_receiver': (ground) => onReceiver(ground, values(ground)),
  'notices.remove_receiver': (ground) => onReceiver(ground, {}),
  'notices.test_receiver': async (ground) => ({ input: { id: await receiver(ground) } }),
  'notices.revive_receiver': async (ground) => {
    const id = await receiver(ground);
    await ground.world.app.database.run(sql`update notices_receivers set state = 'parked', reason = 'gone: 410', since = now() where id = ${id}`);
    return { input: { id, resend: true }, version: 1 };
  },
  'notices.resend': async ({ world, actor }) => {
    const id = newId();
    await world.app.database.run(sql`
      insert into notices_messages (id, channel, recipient_id, notices, state, due_at, created_at, ended_at) values (${id}, 'mail', ${actor.userId}, 1, 'parked', now(), now(), now())`);
    return { input: { id } };
  },
};

function values({ world }: Ground): Record<string, unknown> {
  return { name: '发改局机器人', orgId: world.orgs.department, topics: ['projects', 'problems'], language: 'zh-CN' };
}

/** Asked a day ago. */
async function address({ world }: Ground, userId: string | null): Promise<string> {
  const id = newId();
  await world.app.database.run(sql`insert into notices_addresses (id, email, language, user_id, asked_at, created_at) values (${id}, 'somebody@example.gov.cn', 'zh-CN', ${userId}, '2023-01-01', '2023-01-01')`);
  return id;
}

async function onReceiver(ground: Ground, input: Readonly<Record<string, unknown>>): Promise<Sample> {
  return { input: { id: await receiver(ground), ...input }, version: 1 };
}

async function receiver(ground: Ground): Promise<string> {
  const id = newId();
  await ground.world.app.run(ground.world.app.system, 'notices.create_receiver', { id, kind: 'webhook', ...values(ground), url: 'https://hook.invalid/in' });
  return id;
}

async function told({ world, actor, project }: Ground): Promise<string> {
  const key = `sample:${newId()}`;
  await world.app.database.transaction((tx) => tell(tx, [{ kind: 'projects.report_reminder', key, subject: { type: 'project', id: project }, href: '/', values: { project: '项目', month: '2023-05' }, to: { users: [actor.userId] } }], world.app.now()));
  return (await world.app.database.row<{ id: string }>(sql`select id from notices_notices where key = ${key}`))?.id ?? '';
}
