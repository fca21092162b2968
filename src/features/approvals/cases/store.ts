// SQL of cases: locking with their events, writing, and what is kept beside them. Reads for lists and pages are in reads.ts.
import { columns, type ColumnType } from '../../../platform/columns.ts';
import type { Actor } from '../../../platform/actor.ts';
import { json, sql, type Db } from '../../../platform/db.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { ZoneCalendar } from '../calendar/store.ts';
import type { CaseEvent, Outcome, Status } from '../clocks/events.ts';
import type { ClockRules } from '../clocks/terms.ts';
import type { Kept } from './kept.ts';
import type { Earlier, Review } from './rules.ts';
import { known, type Desk } from './scope.ts';

export interface LockedCase {
  readonly id: string; readonly version: number; readonly project_id: string; readonly item: string; readonly round: number; readonly org_id: string; readonly lead_org_id: string | null;
  readonly source: 'own' | 'import' | 'api'; readonly status: Status; readonly outcome: Outcome | null; readonly accepted_day: string | null; readonly limits: ClockRules; readonly kind: string;
  /** The edition of the calendar by which it was counted last. */
  readonly calendar: number;
  readonly document: string | null;
  /** The joint acceptance with which it takes every step. */
  readonly part_of: string | null;
  readonly closed_day: string | null;
  readonly withheld: string | null;
}

/** A case that the actor may know, locked: its project first, as everybody does who changes a case. */
export async function lockCase(tx: Db, actor: Actor, desk: Desk, id: string): Promise<LockedCase | undefined> {
  await tx.run(sql`select p.id from projects_projects p where p.id = (select c.project_id from approvals_cases c where c.id = ${id} and ${known(actor, desk)}) for update`);
  return tx.row<LockedCase>(sql`
    select ${LOCKED} from approvals_cases c join projects_projects p on p.id = c.project_id where c.id = ${id} and ${known(actor, desk)} for update of c`);
}

const LOCKED = sql`c.id, c.version, c.project_id, c.item, c.round, c.org_id, c.lead_org_id, c.source, c.status, c.outcome, c.accepted_day, c.limits, c.calendar, c.document, c.part_of, c.closed_day, c.withheld, p.kind`;

/** The parts of a joint acceptance, locked. */
export async function lockParts(tx: Db, id: string): Promise<LockedCase[]> {
  return tx.rows<LockedCase>(sql`select ${LOCKED} from approvals_cases c join projects_projects p on p.id = c.project_id where c.part_of = ${id} order by c.id for update of c`);
}

export async function makeParts(tx: Db, ids: readonly string[], leadId: string): Promise<void> {
  await tx.run(sql`update approvals_cases set part_of = ${leadId} where id = any(${[...ids]}::uuid[])`);
}

/** The day on which a project was entered in the register; null for one out of a ledger, which was there before us. */
export async function knownSince(tx: Db, projectId: string): Promise<string | null> {
  const row = await tx.row<{ day: string }>(sql`select day from platform_events where subject_id = ${projectId} and kind = 'projects.created' and after -> 'importedFrom' is null order by seq limit 1`);
  return row?.day ?? null;
}

interface EventRow {
  readonly id: string; readonly seq: number; readonly kind: CaseEvent['kind']; readonly day: string; readonly by: CaseEvent['by']; readonly reason: string | null; readonly document: string | null;
  readonly procedure: CaseEvent['procedure'] | null; readonly days: number | null; readonly outcome: Outcome | null;
}

export interface TaleRow extends EventRow { readonly case_id: string; readonly actor_name: string; readonly at: string }

/** The events of some cases, each in their order. */
export async function eventsOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, readonly TaleRow[]>> {
  const rows = await db.rows<TaleRow>(sql`
    select case_id, id, seq, kind, day, by_side as by, reason, document, procedure, days, outcome, actor_name, at from approvals_case_events where case_id = any(${[...ids]}::uuid[]) order by case_id, seq`);
  const found = new Map<string, TaleRow[]>();
  for (const row of rows) found.set(row.case_id, [...(found.get(row.case_id) ?? []), row]);
  return found;
}

export function eventIn(row: EventRow): CaseEvent {
  const { id, seq, kind, day, by, reason, document, procedure, days, outcome } = row;
  return {
    id, seq, kind, day, by, ...(reason === null ? {} : { reason }), ...(document === null ? {} : { document }), ...(procedure === null || procedure === undefined ? {} : { procedure }),
    ...(days === null ? {} : { days }), ...(outcome === null ? {} : { outcome }),
  };
}

export async function appendEvents(tx: Db, caseId: string, events: readonly CaseEvent[], by: Actor, at: Date): Promise<void> {
  await tx.run(sql`
    insert into approvals_case_events (case_id, seq, id, kind, day, by_side, actor_id, actor_name, reason, document, procedure, days, outcome, at)
    select ${caseId}, seq, id, kind, day, by, ${by.userId}, ${by.name}, reason, document, procedure, days, outcome, ${at}
    from ${columns({ seq: 'int', id: 'uuid', kind: 'text', day: 'date', by: 'text', reason: 'text', document: 'text', procedure: 'text', days: 'int', outcome: 'text' }, events.map((one) => ({ ...one })))} as v`);
}

type EarlierRow = Earlier & { readonly id: string; readonly item: string; readonly source: string; readonly verified_day: string | null; readonly version: number };

/** Of each item the latest first; locked in the order in which the turn of the day locks. */
export async function earlierRounds(tx: Db, projectId: string, items: readonly string[]): Promise<EarlierRow[]> {
  const rows = await tx.rows<EarlierRow>(sql`
    select id, item, round, status, outcome, source, verified_day, version from approvals_cases where project_id = ${projectId} and item = any(${[...items]}::text[]) order by id for update`);
  return rows.toSorted((a, b) => (a.item === b.item ? b.round - a.round : a.item < b.item ? -1 : 1));
}

export interface NewCase {
  readonly id: string; readonly projectId: string; readonly item: string; readonly round: number; readonly orgId: string; readonly via: 'self' | 'agent' | 'window' | 'outside';
  readonly agentId: string | null; readonly attorneySha: string | null; readonly note: string | null; readonly limits: ClockRules;
  readonly source: 'own' | 'import' | 'api'; readonly system: string | null; readonly verifiedDay: string | null;
}

export async function insertCase(tx: Db, one: NewCase, kept: Kept, document: string | null, { day, instant: at }: Now, calendar: ZoneCalendar): Promise<void> {
  await tx.run(sql`
    insert into approvals_cases (id, project_id, item, round, org_id, via, agent_id, attorney_sha, note, limits, source, system, verified_day, document, status, kept_day, created_at, updated_at)
    values (${one.id}, ${one.projectId}, ${one.item}, ${one.round}, ${one.orgId}, ${one.via}, ${one.agentId}, ${one.attorneySha}, ${one.note}, ${json(one.limits)}::jsonb, ${one.source}, ${one.system}, ${one.verifiedDay},
            ${document}, 'received', ${day}, ${at}, ${at})`);
  await keepCases(tx, [{ id: one.id, kept }], day, calendar);
}

/** After an event: the next version, the limits as they hold from now on, the number of the decision. */
export async function touchCase(tx: Db, id: string, change: { readonly limits: ClockRules; readonly document: string | null; readonly at: Date }): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`
    update approvals_cases set version = version + 1, limits = ${json(change.limits)}::jsonb, document = ${change.document}, updated_at = ${change.at} where id = ${id} returning version`);
  return row?.version ?? 1;
}

export async function joinCases(tx: Db, ids: readonly string[], jointId: string, leadOrgId: string): Promise<void> {
  await tx.run(sql`update approvals_cases set joint_id = ${jointId}, lead_org_id = ${leadOrgId} where id = any(${[...ids]}::uuid[])`);
}

export async function reportCase(tx: Db, id: string, one: Pick<NewCase, 'source' | 'system' | 'verifiedDay' | 'note' | 'limits'>, document: string | null, at: Date): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`
    update approvals_cases set version = version + 1, source = ${one.source}, system = ${one.system}, verified_day = ${one.verifiedDay}, note = coalesce(${one.note}, note), limits = ${json(one.limits)}::jsonb,
      document = ${document}, updated_at = ${at} where id = ${id} returning version`);
  return row?.version ?? 1;
}

const KEPT: Readonly<Record<string, ColumnType>> = {
  id: 'uuid', status: 'text', outcome: 'text', received_day: 'date', accepted_day: 'date', deemed: 'boolean', decided_day: 'date', delivered_day: 'date', closed_day: 'date', kept: 'jsonb', turns_day: 'date',
  side: 'text', side_day: 'date', unit: 'text', statutory_limit: 'int', promised_limit: 'int', owes: 'text', used: 'int', statutory_left: 'int', statutory_over: 'int', statutory_due: 'date',
  promised_left: 'int', promised_over: 'int', promised_due: 'date', provisional: 'boolean', level: 'text', owed_day: 'date', days_left: 'int',
};
const SET = sql.join(Object.keys(KEPT).filter((name) => name !== 'id').map((name) => sql`${sql.id(name)} = v.${sql.id(name)}`));

/** Writes all that is kept of some cases for a day. */
export async function keepCases(tx: Db, rows: readonly { readonly id: string; readonly kept: Kept }[], day: string, { edition }: ZoneCalendar): Promise<void> {
  if (rows.length === 0) return;
  const flat = rows.map(({ id, kept: { numbers, ...rest } }) => ({ id, ...rest, ...numbers }));
  await tx.run(sql`update approvals_cases c set ${SET}, kept_day = ${day}, calendar = ${edition} from ${columns(KEPT, flat)} as v where c.id = v.id`);
}

export async function askReviews(tx: Db, caseId: string, orgIds: readonly string[], asked: string, due: string, silence: boolean): Promise<void> {
  if (orgIds.length === 0) return;
  await tx.run(sql`
    insert into approvals_case_reviews (case_id, org_id, asked_day, due_day, silence) select ${caseId}, unnest(${[...orgIds]}::uuid[]), ${asked}, ${due}, ${silence} on conflict do nothing`);
}

/** Whoever has not answered yet has until then. */
export async function moveReviews(tx: Db, caseId: string, due: string): Promise<void> {
  await tx.run(sql`update approvals_case_reviews set due_day = greatest(${due}::date, asked_day) where case_id = ${caseId} and view is null`);
}

/** Asks those who objected once more; what they said before is kept. */
export async function askAgain(tx: Db, caseId: string): Promise<void> {
  await tx.run(sql`
    update approvals_case_reviews set earlier = earlier || jsonb_build_array(jsonb_build_object('view', view, 'opinion', opinion, 'day', answered_day, 'name', answered_name)),
      view = null, opinion = null, answered_day = null, answered_by = null, answered_name = null
    where case_id = ${caseId} and view = 'objection'`);
}

export interface ReviewRow extends Review {
  readonly asked_day: string; readonly org_name: string; readonly opinion: string | null; readonly answered_name: string | null;
  readonly earlier: readonly { readonly view: 'consent' | 'objection'; readonly opinion: string | null; readonly day: string; readonly name: string }[];
}

export async function reviewsOf(db: Db, caseId: string): Promise<ReviewRow[]> {
  return db.rows<ReviewRow>(sql`
    select v.org_id, coalesce(o.short_name, o.name) as org_name, v.asked_day, v.due_day, v.silence, v.view, v.opinion, v.answered_day, v.answered_name, v.earlier
    from approvals_case_reviews v join people_organisations o on o.id = v.org_id where v.case_id = ${caseId} order by o.sort, o.name`);
}

export async function writeAnswer(tx: Db, caseId: string, orgId: string, answer: { readonly view: string; readonly opinion: string | null; readonly day: string }, by: Actor): Promise<void> {
  await tx.run(sql`
    update approvals_case_reviews set view = ${answer.view}, opinion = ${answer.opinion}, answered_day = ${answer.day}, answered_by = ${by.userId}, answered_name = ${by.name} where case_id = ${caseId} and org_id = ${orgId}`);
}
