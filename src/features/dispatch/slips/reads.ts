// SQL of the lists of decisions and slips: queues, counts, what waits for whom. Always within what the reader may know.
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { knownDecision, type Reader } from '../scope.ts';

export interface DecisionLineRow {
  readonly id: string; readonly version: number; readonly meeting_id: string; readonly meeting_day: string; readonly number: number | null; readonly ordinal: number | null; readonly kind: 'measure' | 'escalate' | 'none'; readonly slip: string | null; readonly title: string; readonly project_id: string | null; readonly project_name: string | null;
  readonly problem_id: string | null; readonly measure: string | null; readonly reason: string | null; readonly owner_org_id: string | null; readonly owner_name: string | null; readonly original_due: string | null; readonly due_day: string | null; readonly extensions: number; readonly done_day: string | null; readonly issued_day: string | null;
  readonly unsigned: number; readonly signed_day: string | null; readonly supervised: number; readonly checkpoint_due: string | null; readonly escalate_to: 'leader' | 'main' | 'meeting' | null; readonly asked: boolean; readonly decided_day: string; readonly decided_name: string; readonly criterion: string | null; readonly series: string;
  readonly answered_day: string | null; readonly commissioner_id: string | null; readonly place: string;
}
/** Of open ones the deadline; all others behind them, the newest first: one order, one index each. */
const LINE = sql`
  d.id, d.version, d.meeting_id, m.day as meeting_day, m.number, d.ordinal, d.kind, i.title, d.project_id, p.name as project_name, d.problem_id, d.measure, d.reason, d.owner_org_id, coalesce(o.short_name, o.name) as owner_name, d.original_due, d.due_day, d.extensions, d.done_day, d.issued_day, d.escalate_to, d.decided_day, d.decided_name, d.criterion,
  m.series, d.answered_day, p.commissioner_id, s.slip, coalesce(s.unsigned, 0) as unsigned, s.signed_day, coalesce(s.supervised, 0) as supervised, (select min(c.day) from dispatch_checkpoints c where c.decision_id = d.id and c.reported_day is null) as checkpoint_due,
  exists (select 1 from dispatch_extensions e where e.decision_id = d.id and e.granted is null) as asked`;
const FROM = sql`
  dispatch_decisions d join dispatch_meetings m on m.id = d.meeting_id join dispatch_items i on i.id = d.item_id left join projects_projects p on p.id = d.project_id left join people_organisations o on o.id = d.owner_org_id
  left join lateral (select min(x.number) filter (where x.kind = 'assign') as slip, (count(*) filter (where x.received_at is null))::int as unsigned, min(x.received_day) filter (where x.kind = 'assign') as signed_day, (count(*) filter (where x.kind = 'supervise'))::int as supervised from dispatch_slips x where x.decision_id = d.id) s on true`;

export interface DecisionFilter {
  readonly meetingId?: string | undefined; readonly orgId?: readonly string[] | undefined; readonly fate?: readonly string[] | undefined; readonly kind?: readonly string[] | undefined; readonly due?: 'sign' | 'report' | 'overdue' | 'supervise' | 'extension' | 'escalated' | undefined; readonly since?: number | undefined;
  readonly projectId?: string | undefined;
}

const OPEN = sql`d.kind = 'measure' and d.issued_day is not null and d.done_day is null`;

/** What a queue holds; the reader's own where he carries things out, all of them for the office. */
function waiting(due: NonNullable<DecisionFilter['due']>, actor: Actor, reader: Reader, day: string): Sql {
  const own = reader.all ? sql`true` : sql`(d.owner_org_id = any(${[...reader.orgs]}::uuid[]) or exists (select 1 from projects_projects c where c.id = d.project_id and c.commissioner_id = ${actor.userId}))`;
  switch (due) {
    case 'sign': return sql`d.issued_day is not null and ${own} and exists (select 1 from dispatch_slips x where x.decision_id = d.id and x.received_at is null)`;
    case 'report': return sql`${OPEN} and ${own} and exists (select 1 from dispatch_checkpoints c where c.decision_id = d.id and c.reported_day is null and c.day <= ${day})`;
    case 'overdue': return sql`${OPEN} and ${own} and d.due_day < ${day}`;
    case 'supervise': return sql`${OPEN} and ${own} and d.due_day < ${day} and not exists (select 1 from dispatch_slips x where x.decision_id = d.id and x.kind = 'supervise')`;
    case 'extension': return sql`${OPEN} and ${own} and exists (select 1 from dispatch_extensions e where e.decision_id = d.id and e.granted is null)`;
    case 'escalated': return sql`d.kind = 'escalate' and d.answered_day is null and d.escalate_to in ('leader', 'main')`;
    default: return never(due);
  }
}

function never(value: never): never {
  throw new Error(`unknown: ${String(value)}`);
}

const FATE: Readonly<Record<string, (day: string) => Sql>> = {
  on_time: () => sql`d.kind = 'measure' and d.done_day <= d.original_due`, late: () => sql`d.kind = 'measure' and d.done_day > d.original_due`,
  open: (day) => sql`${OPEN} and d.original_due >= ${day}`, overdue: (day) => sql`${OPEN} and d.original_due < ${day}`,
};

function conditions(actor: Actor, reader: Reader, filter: DecisionFilter, day: string): Sql[] {
  const fates = (filter.fate ?? []).flatMap((one) => FATE[one]?.(day) ?? []);
  return [
    knownDecision(actor, reader),
    ...(filter.meetingId === undefined ? [] : [sql`d.meeting_id = ${filter.meetingId}`]), ...(filter.projectId === undefined ? [] : [sql`d.project_id = ${filter.projectId}`]), ...(filter.since === undefined ? [] : [sql`m.number >= ${filter.since}`]),
    ...(filter.orgId === undefined || filter.orgId.length === 0 ? [] : [sql`d.owner_org_id = any(${[...filter.orgId]}::uuid[])`]), ...(filter.kind === undefined || filter.kind.length === 0 ? [] : [sql`d.kind = any(${[...filter.kind]}::text[])`]),
    ...(filter.due === undefined ? [] : [waiting(filter.due, actor, reader, day)]), ...(fates.length === 0 ? [] : [sql`(${sql.join(fates.map((one) => sql`(${one})`), ' or ')})`]),
  ];
}

/** What is open by its deadline, then the rest, the newest first. Cursor: `part~day~id` of the last one. */
export async function decisions(db: Db, actor: Actor, reader: Reader, filter: DecisionFilter, after: string | undefined, limit: number, day: string): Promise<DecisionLineRow[]> {
  const [part, afterDay, afterId] = after?.split('~') ?? [];
  const all = sql.all(conditions(actor, reader, filter, day));
  const open = sql`select ${LINE}, '0' as place from ${FROM} where ${OPEN} and ${all} ${part === '0' ? sql`and (d.due_day, d.id) > (${afterDay ?? ''}::date, ${afterId ?? ''}::uuid)` : sql.empty} order by d.due_day, d.id limit ${limit}`;
  const rest = sql`select ${LINE}, '1' as place from ${FROM} where not (${OPEN}) and ${all} ${part === '1' ? sql`and (d.decided_day, d.id) < (${afterDay ?? ''}::date, ${afterId ?? ''}::uuid)` : sql.empty} order by d.decided_day desc, d.id desc limit ${limit}`;
  return db.rows<DecisionLineRow>(part === '1' ? rest : sql`(${open}) union all (${rest}) limit ${limit}`);
}

export function cursorOf(row: DecisionLineRow): string {
  return `${row.place}~${row.place === '0' ? (row.due_day ?? '') : row.decided_day}~${row.id}`;
}

export async function oneDecision(db: Db, actor: Actor, reader: Reader, id: string): Promise<DecisionLineRow | undefined> {
  return db.row<DecisionLineRow>(sql`select ${LINE}, '0' as place from ${FROM} where d.id = ${id} and ${knownDecision(actor, reader)}`);
}

export interface Counts { readonly open: number; readonly sign: number; readonly report: number; readonly overdue: number; readonly supervise: number; readonly extension: number; readonly escalated: number }

/** Each by itself: what waits is few and has its own index, what is done is many. */
export async function countsOf(db: Db, actor: Actor, reader: Reader, day: string, filter: DecisionFilter = {}): Promise<Counts> {
  const { due: _due, ...rest } = filter;
  const where = sql.all(conditions(actor, reader, rest, day));
  const count = (name: string, what: Sql): Sql => sql`(select count(*)::int from dispatch_decisions d join dispatch_meetings m on m.id = d.meeting_id where ${what} and ${where}) as ${sql.id(name)}`;
  const row = await db.row<Counts>(sql`select ${sql.join([count('open', OPEN), ...(['sign', 'report', 'overdue', 'supervise', 'extension', 'escalated'] as const).map((what) => count(what, waiting(what, actor, reader, day)))])}`);
  const none: Counts = { open: 0, sign: 0, report: 0, overdue: 0, supervise: 0, extension: 0, escalated: 0 };
  return row === undefined ? none : { ...row, ...(mayOffice(actor, reader) ? {} : { supervise: 0 }) };
}

export function mayOffice(actor: Actor, reader: Reader): boolean {
  return reader.all && may(actor, 'dispatch.meet');
}

/** A condition for the counts of fulfilment: what the reader may know. */
export function knownFor(actor: Actor, reader: Reader, filter: DecisionFilter, day: string): Sql {
  const { due: _due, fate: _fate, kind: _kind, ...rest } = filter;
  return sql.all(conditions(actor, reader, rest, day));
}

export async function orgNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.rows<{ id: string; name: string }>(sql`select id, coalesce(short_name, name) as name from people_organisations where id = any(${[...ids]}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row.name]));
}
