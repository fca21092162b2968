// Tells people something, in the transaction of the command that causes it: the notice, who finds it in his inbox, and what is still to be sent.
// Never sends anything itself, and never tells one key twice.
import { newId } from '../../kernel/ids.ts';
import type { Now } from '../../kernel/clock.ts';
import { columns, type ColumnType } from '../../platform/columns.ts';
import { settled, sql, type Db, type Sql } from '../../platform/db.ts';
import { duesOf, modeOf, type Wishes } from './delivery/rules.ts';
import { topicOf, TOPICS } from './fields.ts';

export interface Notice {
  /** `problems.overdue`, …: who tells it names it; its sentence is `notices:kind.<kind with _ for .>` in locales with the values. */
  readonly kind: string;
  /** The same key is the same notice, however often it is told and by whichever worker: `problems.overdue:<id>:<round>:<step>:<tier>`. At most 200 characters. */
  readonly key: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly projectId?: string;
  /** Path within the site where it is done, e.g. `/problems/<id>`. */
  readonly href: string;
  /** For the sentence; a value in two languages is { zh, en }. No secrets, no phone numbers: it may leave by e-mail. */
  readonly values: Readonly<Record<string, string | number | { readonly zh: string; readonly en: string }>>;
  /** Does not wait for quiet hours or the digest (a second overdue, a safety matter). */
  readonly urgent?: boolean;
  /** Single people; and everybody active of an organisation who has one of the roles (no roles: all its active people). The actor himself is left out by the caller if he should be. */
  readonly to: { readonly users?: readonly string[]; readonly orgs?: readonly { readonly id: string; readonly roles?: readonly string[] }[] };
}

/** Notices of one packet, and recipients that one statement names. */
const BATCH = 5000;
const TARGETS = 40_000;

/** Writes notices and what is to be delivered in the transaction of the command that causes them: both exist or neither. Set-based: 10,000 at once are one packet of statements. */
export async function tell(tx: Db, notices: readonly Notice[], now: Now): Promise<void> {
  const ms = now.instant.getTime();
  // Ids that rise as the list does, so that a reader gets them in this order.
  const ids = notices.map(() => newId(ms)).sort();
  const rows = notices.map((notice, index) => rowOf(notice, ids[index] ?? newId(ms)));
  for (const batch of batches(rows)) await tellBatch(tx, batch, now);
}

interface Row {
  readonly id: string; readonly key: string; readonly kind: string; readonly topic: string; readonly subject_type: string; readonly subject_id: string;
  readonly project_id: string | null; readonly href: string; readonly facts: Notice['values']; readonly urgent: boolean; readonly to: Notice['to'];
}

function rowOf(notice: Notice, id: string): Row {
  const topic = TOPICS.find((one) => one === topicOf(notice.kind));
  // A mistake of whoever tells it: nobody could find it.
  if (topic === undefined) throw new Error(`a notice of no known topic: ${notice.kind}`);
  return {
    id, key: notice.key, kind: notice.kind, topic, subject_type: notice.subject.type, subject_id: notice.subject.id, project_id: notice.projectId ?? null,
    href: notice.href, facts: notice.values, urgent: notice.urgent ?? false, to: notice.to,
  };
}

function batches(rows: readonly Row[]): Row[][] {
  const all: Row[][] = [];
  let size = Infinity;
  for (const row of rows) {
    const own = 1 + (row.to.users?.length ?? 0) + (row.to.orgs?.length ?? 0);
    const last = all.at(-1);
    if (last === undefined || last.length >= BATCH || size + own > TARGETS) {
      all.push([row]);
      size = own;
    } else {
      last.push(row);
      size += own;
    }
  }
  return all;
}

const NOTICE: Readonly<Record<string, ColumnType>> = {
  id: 'uuid', key: 'text', kind: 'text', topic: 'text', subject_type: 'text', subject_id: 'text', project_id: 'uuid', href: 'text', facts: 'jsonb', urgent: 'boolean',
};

async function tellBatch(tx: Db, rows: readonly Row[], now: Now): Promise<void> {
  const users = rows.flatMap((row) => (row.to.users ?? []).map((user_id) => ({ id: row.id, user_id })));
  const orgs = rows.flatMap((row) => (row.to.orgs ?? []).map((org) => ({ id: row.id, org_id: org.id, roles: org.roles ?? [] })));
  // In the order of the keys, so that two who tell the same at once wait for each other and do not deadlock. What was told before has another id:
  // nothing below finds a row with this one.
  const [, byName, byOrganisation] = await settled([
    tx.run(sql`
      insert into notices_notices (id, key, kind, topic, subject_type, subject_id, project_id, href, facts, urgent, day, at)
      select v.id, v.key, v.kind, v.topic, v.subject_type, v.subject_id, v.project_id, v.href, v.facts, v.urgent, ${now.day}, ${now.instant}
      from ${columns(NOTICE, rows.map((row) => ({ ...row })))} as v order by v.key on conflict (key) do nothing`),
    users.length === 0 ? [] : tx.rows<Told>(intoInbox(sql`
      select u.id, n.id, n.topic, n.day from ${columns({ id: 'uuid', user_id: 'uuid' }, users)} as v join notices_notices n on n.id = v.id join people_users u on u.id = v.user_id and u.active`)),
    orgs.length === 0 ? [] : tx.rows<Told>(intoInbox(sql`
      select u.id, n.id, n.topic, n.day from ${columns({ id: 'uuid', org_id: 'uuid', roles: 'text[]' }, orgs)} as v join notices_notices n on n.id = v.id join people_users u on u.org_id = v.org_id and u.active
      where cardinality(v.roles) = 0 or exists (select from people_user_roles ur join people_roles r on r.id = ur.role_id and r.active where ur.user_id = u.id and r.code = any(v.roles))`)),
    tx.run(toReceivers(rows, orgs, now)),
  ]);
  await byMail(tx, rows, [...byName, ...byOrganisation], now);
}

/** Somebody who found a notice in his inbox and has an address. */
interface Told { readonly userId: string }

/** Gives those who are also told by mail, each once however much he was told. */
function intoInbox(source: Sql): Sql {
  return sql`
    with told as (insert into notices_inbox (user_id, notice_id, topic, day) ${source} on conflict do nothing returning user_id)
    select p.user_id as "userId" from (select distinct user_id from told) as t join notices_preferences p on p.user_id = t.user_id and p.email is not null and p.refused is null`;
}

type Wished = Wishes & { readonly userId: string };

const MAIL: Readonly<Record<string, ColumnType>> = { user_id: 'uuid', topic: 'text', urgent: 'boolean', due_at: 'timestamptz', digest: 'boolean' };

/** Mail to whoever gave an address, when he wants it: what of this batch lies in his inbox. When a topic reaches him is the same for all of its notices. */
async function byMail(tx: Db, rows: readonly Row[], told: readonly Told[], now: Now): Promise<void> {
  if (told.length === 0) return;
  const wishes = await tx.rows<Wished>(sql`
    select user_id as "userId", topics, digest_minute as "digestMinute", quiet_from as "quietFrom", quiet_to as "quietTo" from notices_preferences
    where user_id = any(${[...new Set(told.map((one) => one.userId))]}::uuid[])`);
  const sorts = [...new Map(rows.map(({ topic, urgent }) => [`${topic}:${String(urgent)}`, { topic, urgent }])).values()];
  const mails = wishes.flatMap((wish) => {
    const dues = duesOf(wish, now.instant);
    return sorts.flatMap(({ topic, urgent }) => {
      const mode = modeOf(wish, topic);
      return mode === 'off' ? [] : [{ user_id: wish.userId, topic, urgent, due_at: urgent ? dues.urgent : dues[mode], digest: mode === 'digest' && !urgent }];
    });
  });
  for (let i = 0; i < mails.length; i += TARGETS) {
    await tx.run(sql`
      insert into notices_deliveries (notice_id, channel, recipient_id, due_at, digest) select i.notice_id, 'mail', m.user_id, m.due_at, m.digest
      from ${columns(MAIL, mails.slice(i, i + TARGETS))} as m join ${columns({ id: 'uuid', topic: 'text', urgent: 'boolean' }, rows.map(({ id, topic, urgent }) => ({ id, topic, urgent })))} as n on n.topic = m.topic and n.urgent = m.urgent
      join notices_inbox i on i.user_id = m.user_id and i.notice_id = n.id on conflict do nothing`);
  }
}

// One message for the organisation, whoever of it is told; a receiver of the whole zone gets all.
function toReceivers(rows: readonly Row[], orgs: readonly { readonly id: string; readonly org_id: string }[], now: Now) {
  return sql`
    insert into notices_deliveries (notice_id, channel, recipient_id, due_at, digest)
    select n.id, r.kind, r.id, ${now.instant}, false
    from notices_receivers r cross join lateral (
      select v.id from ${columns({ id: 'uuid', org_id: 'uuid' }, orgs)} as v where v.org_id = r.org_id
      union select v.id from unnest(${rows.map((row) => row.id)}::uuid[]) as v (id) where r.org_id is null) as t
    join notices_notices n on n.id = t.id
    where r.state <> 'removed' and n.topic = any(r.topics) on conflict do nothing`;
}
