// What is sent and what still waits, for the administrator: states, the oldest, and sending again what was parked.
import { refuse } from '../../../kernel/refuse.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { handler, readHandler, type CommandHandler, type QueryHandler } from '../../../platform/feature.ts';
import { ASKING } from '../addresses/letters.ts';
import { readExits } from '../channels/mailserver.ts';
import { MESSAGE_STATES, type Channel, type MessageState } from '../fields.ts';
import * as contract from './contract.ts';
import { outageOf } from './store.ts';

const PAGE = 50;
const COUNT_MOST = 10_000;

interface OutboxRow {
  readonly id: string; readonly channel: Channel; readonly to: string; readonly notices: number; readonly state: MessageState; readonly attempts: number; readonly dueAt: string; readonly error: string | null;
  readonly createdAt: string; readonly endedAt: string | null;
}

// A person's address is his own: the office sees his name.
async function list(db: Db, states: readonly MessageState[], after: { readonly at: string; readonly id: string } | undefined, limit: number): Promise<OutboxRow[]> {
  const before = after === undefined ? sql`true` : sql`(m.created_at, m.id) < (${after.at}::timestamptz, ${after.id}::uuid)`;
  return db.rows<OutboxRow>(sql`
    select x.id, x.channel, coalesce(u.name || ' · ' || coalesce(o.short_name, o.name), r.name, left(ad.email, 1) || '…@' || split_part(ad.email, '@', 2), '') as "to", x.notices, x.state, x.attempts, x.due_at as "dueAt", x.error, x.created_at as "createdAt", x.ended_at as "endedAt"
    from (select y.* from unnest(${[...states]}::text[]) as s (state) cross join lateral (
            select m.* from notices_messages m where m.state = s.state and ${before} order by m.created_at desc, m.id desc limit ${limit}) y order by y.created_at desc, y.id desc limit ${limit}) x
    left join notices_addresses ad on x.channel = 'mail' and ad.id = x.recipient_id left join people_users u on x.channel = 'mail' and u.id = coalesce(ad.user_id, x.recipient_id) left join people_organisations o on o.id = u.org_id left join notices_receivers r on r.id = x.recipient_id
    order by x.created_at desc, x.id desc`);
}

/** Letters that ask for an address, where their link could lead nowhere. */
async function countUnasked(db: Db): Promise<number> {
  const row = await db.row<{ count: number }>(sql`
    select count(*)::int as count from (
      select 1 from notices_addresses a join notices_deliveries d on d.channel = 'mail' and d.recipient_id = a.id and d.state = 'waiting' and d.message_id is null join notices_notices n on n.id = d.notice_id and n.kind = ${ASKING}
      where a.confirmed_at is null and a.refused is null limit ${COUNT_MOST}) each`);
  return row?.count ?? 0;
}

interface Counts { readonly waiting: number; readonly later: number; readonly underWay: number; readonly failed: number; readonly parked: number; readonly oldestDueAt: string | null }

async function count(db: Db, instant: Date): Promise<Counts> {
  const row = await db.row<Counts>(sql`
    select (select count(*)::int from (select 1 from notices_deliveries where state = 'waiting' and message_id is null and due_at <= ${instant} limit ${COUNT_MOST}) a) as waiting,
           (select count(*)::int from (select 1 from notices_deliveries where state = 'waiting' and message_id is null and due_at > ${instant} limit ${COUNT_MOST}) a) as later,
           (select count(*)::int from (select 1 from notices_messages where state = 'waiting' limit ${COUNT_MOST}) a) as "underWay",
           (select count(*)::int from (select 1 from notices_messages where state = 'failed' limit ${COUNT_MOST}) a) as failed,
           (select count(*)::int from (select 1 from notices_messages where state = 'parked' limit ${COUNT_MOST}) a) as parked,
           least((select min(due_at) from notices_deliveries where state = 'waiting' and message_id is null and due_at <= ${instant}),
                 (select min(created_at) from notices_messages where state in ('waiting', 'failed'))) as "oldestDueAt"`);
  return row ?? { waiting: 0, later: 0, underWay: 0, failed: 0, parked: 0, oldestDueAt: null };
}

export const outboxQueries: readonly QueryHandler[] = [
  readHandler(contract.listOutbox, {
    permission: 'notices.manage',
    read: async ({ db, input }) => {
      const limit = input.limit ?? PAGE;
      const [at, id] = input.after?.split('_') ?? [];
      const rows = await list(db, input.state ?? MESSAGE_STATES, at === undefined || id === undefined ? undefined : { at, id }, limit + 1);
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, next: last === undefined ? null : `${last.createdAt}_${last.id}` };
    },
  }),
  readHandler(contract.countOutbox, {
    permission: 'notices.manage',
    read: async ({ db, env, now }) => {
      const exits = env.outward === undefined ? undefined : await readExits(db, env.outward);
      const [counts, outage, noSite] = await Promise.all([count(db, now.instant), outageOf(db, 'mail'), exits?.server === undefined || exits.site !== undefined ? 0 : countUnasked(db)]);
      return { most: COUNT_MOST, ...counts, noSite, outage: outage === undefined ? null : { since: outage.since, until: outage.until, error: outage.error } };
    },
  }),
];

export const outboxCommands: readonly CommandHandler[] = [
  handler(contract.resendMessage, {
    permission: 'notices.manage',
    load: ({ tx, input }) => tx.row<{ id: string; state: MessageState; recipient_id: string; channel: Channel }>(sql`select id, state, recipient_id, channel from notices_messages where id = ${input.id} for update`),
    allow: (actor) => actor.scope.all,
    decide: ({ subject }) => (subject.state === 'parked' ? subject : refuse('notices.not_parked', {})),
    save: async ({ tx, changes }) => {
      await tx.run(sql`update notices_messages set state = 'skipped' where id = ${changes.id}`);
      // An address that was refused is tried once more: the administrator knows that it is mended.
      if (changes.channel === 'mail') {
        await tx.run(sql`update notices_preferences set refused = null, version = version + 1 where (user_id = ${changes.recipient_id} or address_id = ${changes.recipient_id}) and refused is not null`);
        await tx.run(sql`update notices_addresses set refused = null where id = ${changes.recipient_id}`);
      }
      return { id: changes.id, notices: await tx.run(sql`update notices_deliveries set state = 'waiting', message_id = null where message_id = ${changes.id} and state = 'parked'`) };
    },
    event: ({ changes, output }) => ({ kind: 'notices.resent', subjectType: 'message', subjectId: changes.id, after: { notices: output.notices, channel: changes.channel } }),
  }),
];
