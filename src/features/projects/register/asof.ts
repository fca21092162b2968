// The past of a project: its events page by page, and the record as it was on a day, made by taking back what happened since.
// Reads the event log only through the project; whoever cannot reach the project finds nothing.
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { isId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { InputOf, OutputOf } from '../../../kernel/contract.ts';
import { knows } from '../scope.ts';
import { FIELD_NAMES } from './fields.ts';
import { codeNames } from './names.ts';
import type { projectAsOf, projectHistory } from './contract.ts';
import { takeBack } from './rules.ts';
import { namesOf, readRecord } from './store.ts';

const PAGE = 50;
/** Events that an as-of view takes back: ten years of a busy project. Beyond it the answer would not be the truth, so it is refused. */
const AS_OF_LIMIT = 20_000;

type Event = OutputOf<typeof projectHistory>['items'][number];

export async function readHistory(db: Db, actor: Actor, input: InputOf<typeof projectHistory>, day: string): Promise<OutputOf<typeof projectHistory>> {
  if (!(await knows(db, actor, input.id))) refuse('platform.not_found', {});
  const limit = input.limit ?? PAGE;
  const after = input.after === undefined ? undefined : Number(input.after);
  if (after !== undefined && !Number.isSafeInteger(after)) refuse('platform.invalid', { errors: [{ path: 'after', rule: 'cursor', params: {} }] });
  const rows = await db.rows<Event & { seq: number }>(sql`
    select seq, id, at, day, actor_id as "actorId", actor_name as "actorName", kind, subject_type as "subjectType", subject_id as "subjectId", before, after, reason, version
    from platform_events where project_id = ${input.id} ${after === undefined ? sql.empty : sql`and seq < ${after}`}
      ${input.kind === undefined ? sql.empty : sql`and kind = any(${[...input.kind]}::text[])`}
    order by seq desc limit ${limit + 1}`);
  const items = rows.slice(0, limit).map(({ seq: _seq, ...event }) => event);
  const last = rows[limit - 1];
  const told = items.flatMap((event) => [event.before, event.after]);
  return {
    items, names: { ...(await namesOf(db, mentioned(told))), ...(await codeNames(db, told, actor.locale, day)) },
    next: rows.length > limit && last !== undefined ? String(last.seq) : null,
  };
}

export async function readAsOf(db: Db, actor: Actor, input: InputOf<typeof projectAsOf>): Promise<OutputOf<typeof projectAsOf>> {
  const record = await readRecord(db, actor, input.id);
  if (record === undefined) refuse('platform.not_found', {});
  // What happened to reports, milestones and evidence has names of its own (progress, kind, place): only events of the record itself.
  const [events, first] = await Promise.all([
    db.rows<{ kind: string; before: unknown; after: unknown }>(sql`
      select kind, before, after from platform_events where project_id = ${input.id} and subject_id = ${input.id} and day > ${input.day}::date order by seq desc limit ${AS_OF_LIMIT + 1}`),
    db.row<{ day: string }>(sql`select day from platform_events where project_id = ${input.id} order by seq limit 1`),
  ]);
  if (events.length > AS_OF_LIMIT) refuse('projects.as_of_too_far', { events: AS_OF_LIMIT });
  const existed = first === undefined ? record.createdAt.slice(0, 10) <= input.day : first.day <= input.day;
  if (!existed) return { id: input.id, day: input.day, existed, changesSince: events.length, fields: null, names: {}, changed: [] };
  const now = {
    ...fieldsOf(record), stage: record.stage, stageDay: record.stageDay, sideState: record.sideState, sideReason: record.sideReason, commissionerId: record.commissionerId, parentId: record.parentId,
    years: (record.years ?? []).filter((year) => year.planFen !== null || year.target !== null).map(({ year, planFen, target }) => ({ year, planFen, target })),
    externalCodes: record.externalCodes ?? [],
  };
  const { past, changed } = takeBack(now, events);
  return { id: input.id, day: input.day, existed, changesSince: events.length, fields: past.sideState === null ? { ...past, sideReason: null } : past, names: await namesOf(db, mentioned([past])), changed };
}

type Fields = Omit<NonNullable<OutputOf<typeof projectAsOf>['fields']>, 'stage' | 'stageDay' | 'sideState' | 'sideReason' | 'commissionerId' | 'parentId' | 'years' | 'externalCodes'>;

/** The register's own fields of a record, for answers that must hold nothing else. */
export function fieldsOf(record: object): Fields {
  const fields: Record<string, unknown> = {};
  for (const name of FIELD_NAMES) fields[name] = Reflect.get(record, name) ?? null;
  // The edge: the statement selects exactly FIELD_NAMES, in the types of their columns.
  return fields as unknown as Fields;
}

// Every id that the values mention, whatever field holds it.
function mentioned(values: readonly unknown[]): string[] {
  const ids = new Set<string>();
  for (const value of values) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, part] of Object.entries(value)) if (/Id$/.test(name) && typeof part === 'string' && isId(part)) ids.add(part);
  }
  return [...ids];
}
