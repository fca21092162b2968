// SQL of answers: locking, versions, uses, and the search by pairs of characters.
import type { Actor } from '../../../platform/actor.ts';
import { json, sql, type Db, type Sql } from '../../../platform/db.ts';
import { initials } from '../../../platform/pinyin.ts';
import type { Now } from '../../../kernel/clock.ts';
import { anyOf, counted, placeOf } from '../reading.ts';
import type { Standing } from '../standing.ts';
import { askedPairs, pairsOf } from '../words.ts';
import type { AnswerState, Content } from './rules.ts';

export interface AnswerRow {
  readonly id: string; readonly version: number; readonly question: string; readonly kind: string; readonly audience: 'public' | 'officers'; readonly department_id: string | null; readonly department_name: string | null;
  readonly valid_from: string; readonly valid_until: string | null; readonly reviewed_day: string; readonly reviewed_name: string; readonly review_due: string; readonly withdrawn_day: string | null;
  readonly useful: number; readonly not_useful: number; readonly settled: number;
}

const uses = (use: string): Sql => sql`(select count(*)::int from service_answer_uses u where u.answer_id = a.id and u.use = ${use})`;
const LINE = sql`a.id, a.version, a.question, a.kind, a.audience, a.department_id, coalesce(o.short_name, o.name) as department_name, a.valid_from, a.valid_until, a.reviewed_day, a.reviewed_name, a.review_due, a.withdrawn_day,
  ${uses('useful')} as useful, ${uses('not_useful')} as not_useful, ${uses('settled')} as settled`;
const FROM = sql`service_answers a left join people_organisations o on o.id = a.department_id`;

const forReader = (standing: Standing): Sql => (standing.officer ? sql`true` : sql`a.audience = 'public'`);

export async function lockAnswer(tx: Db, standing: Standing, id: string): Promise<(AnswerRow & { grams: number[] }) | undefined> {
  return tx.row(sql`select a.id, a.version, a.question, a.kind, a.audience, a.department_id, a.valid_from, a.valid_until, a.reviewed_day, a.reviewed_name, a.review_due, a.withdrawn_day, a.grams from service_answers a where a.id = ${id} and ${forReader(standing)} for update`);
}

export async function insertAnswer(tx: Db, id: string, content: Content, by: Actor, { day, instant }: Now): Promise<void> {
  const grams = gramsOf(content);
  await tx.run(sql`
    insert into service_answers (id, question, answer, kind, department_id, audience, valid_from, valid_until, sources, reviewed_day, reviewed_by, reviewed_name, review_due, grams, created_at, updated_at)
    values (${id}, ${content.question}, ${content.answer}, ${content.kind}, ${content.departmentId}, ${content.audience}, ${content.validFrom}, ${content.validUntil}, ${json(content.sources)}::jsonb, ${day}, ${by.userId}, ${by.name},
      ${content.reviewDue}, ${grams}::bigint[], ${instant}, ${instant})`);
  await countGrams(tx, [], grams);
  await writeVersion(tx, id, 1, content, null, by, { day, instant });
}

export async function updateAnswer(tx: Db, id: string, before: readonly number[], content: Content, note: string | null, by: Actor, now: Now): Promise<number> {
  const grams = gramsOf(content);
  const row = await tx.row<{ version: number }>(sql`
    update service_answers set version = version + 1, question = ${content.question}, answer = ${content.answer}, kind = ${content.kind}, department_id = ${content.departmentId}, audience = ${content.audience},
      valid_from = ${content.validFrom}, valid_until = ${content.validUntil}, sources = ${json(content.sources)}::jsonb, reviewed_day = ${now.day}, reviewed_by = ${by.userId}, reviewed_name = ${by.name}, review_due = ${content.reviewDue},
      grams = ${grams}::bigint[], updated_at = ${now.instant} where id = ${id} returning version`);
  await countGrams(tx, before, grams);
  await writeVersion(tx, id, row?.version ?? 1, content, note, by, now);
  return row?.version ?? 1;
}

export async function reviewed(tx: Db, id: string, due: string, by: Actor, now: Now): Promise<number> {
  return (await tx.row<{ version: number }>(sql`
    update service_answers set version = version + 1, reviewed_day = ${now.day}, reviewed_by = ${by.userId}, reviewed_name = ${by.name}, review_due = ${due}, updated_at = ${now.instant} where id = ${id} returning version`))?.version ?? 1;
}

export async function withdraw(tx: Db, id: string, grams: readonly number[], now: Now): Promise<number> {
  await countGrams(tx, grams, []);
  return (await tx.row<{ version: number }>(sql`update service_answers set version = version + 1, withdrawn_day = ${now.day}, updated_at = ${now.instant} where id = ${id} returning version`))?.version ?? 1;
}

function gramsOf({ question, answer }: Pick<Content, 'question' | 'answer'>): number[] {
  return pairsOf(question, answer, initials(question));
}

async function writeVersion(tx: Db, id: string, number: number, content: Content, note: string | null, by: Actor, { day, instant }: Now): Promise<void> {
  await tx.run(sql`insert into service_answer_versions (answer_id, number, body, note, by_id, by_name, at, day) values (${id}, ${number}, ${json(content)}::jsonb, ${note}, ${by.userId}, ${by.name}, ${instant}, ${day})`);
}

/** In the order of the pairs, so that two who write at once do not wait for each other in a circle. */
async function countGrams(tx: Db, before: readonly number[], after: readonly number[]): Promise<void> {
  const [was, is] = [new Set(before), new Set(after)];
  const added = after.filter((one) => !was.has(one));
  const gone = before.filter((one) => !is.has(one));
  await tx.run(sql`
    insert into service_grams (gram, answers) select g, n from (select unnest(${added}::bigint[]) as g, 1 as n union all select unnest(${gone}::bigint[]), -1) as c order by g
    on conflict (gram) do update set answers = service_grams.answers + excluded.answers`);
}

export async function addUse(tx: Db, use: { readonly id: string; readonly answerId: string; readonly use: 'useful' | 'not_useful' | 'settled'; readonly subjectId: string | null; readonly comment: string | null }, by: Actor, { day, instant }: Now): Promise<void> {
  await tx.run(sql`
    insert into service_answer_uses (id, answer_id, use, subject_id, comment, day, actor_id, actor_name, at)
    values (${use.id}, ${use.answerId}, ${use.use}, ${use.subjectId}, ${use.comment}, ${day}, ${by.userId}, ${by.name}, ${instant})`);
}

export async function votedOn(db: Db, answerId: string, actor: Actor, day: string): Promise<boolean> {
  return (await db.row(sql`select 1 as one from service_answer_uses where answer_id = ${answerId} and actor_id = ${actor.userId} and day = ${day} and use <> 'settled'`)) !== undefined;
}

export async function settledBy(db: Db, answerId: string, actor: Actor, day: string): Promise<boolean> {
  return (await db.row(sql`select 1 as one from service_answer_uses where answer_id = ${answerId} and use = 'settled' and actor_id = ${actor.userId} and day = ${day}`)) !== undefined;
}

export interface Filter { readonly q?: string | undefined; readonly kind?: readonly string[] | undefined; readonly departmentId?: readonly string[] | undefined; readonly audience?: string | undefined; readonly state?: AnswerState | undefined }

export async function list(db: Db, standing: Standing, filter: Filter, after: string | undefined, limit: number, day: string): Promise<{ rows: AnswerRow[]; total: number }> {
  const conditions = conditionsOf(standing, filter, day);
  const place = placeOf(after);
  const rows = await db.rows<AnswerRow>(sql.fresh(sql`
    select ${LINE} from ${FROM} where ${sql.all([...conditions, ...(place === undefined ? [] : [sql`(a.review_due, a.id) > (${place.at}::date, ${place.id}::uuid)`])])} order by a.review_due, a.id limit ${limit}`));
  return { rows, total: await counted(db, sql`from service_answers a where ${sql.all(conditions)}`) };
}

function conditionsOf(standing: Standing, { q, kind, departmentId, audience, state }: Filter, day: string): Sql[] {
  const asked = askedPairs(q ?? '');
  const ended = sql`(a.valid_from > ${day} or a.valid_until < ${day})`;
  return [
    sql`a.withdrawn_day is null`, forReader(standing), ...anyOf(sql`a.kind`, kind), ...anyOf(sql`a.department_id`, departmentId, 'uuid'), ...(audience === undefined ? [] : [sql`a.audience = ${audience}`]),
    ...(asked.length === 0 ? [] : [sql`a.grams @> ${asked}::bigint[]`]),
    ...(state === 'ended' ? [ended] : state === 'review' ? [sql`a.review_due < ${day} and ${ended} is not true`] : state === 'good' ? [sql`a.review_due >= ${day} and ${ended} is not true`] : []),
  ];
}

export async function one(db: Db, standing: Standing, id: string): Promise<(AnswerRow & { answer: string; sources: { name: string; number: string }[] }) | undefined> {
  return db.row(sql`select ${LINE}, a.answer, a.sources from ${FROM} where a.id = ${id} and ${forReader(standing)} ${standing.officer ? sql.empty : sql`and a.withdrawn_day is null`}`);
}

export async function versionsOf(db: Db, id: string): Promise<{ number: number; day: string; by: string; note: string | null; question: string; answer: string }[]> {
  return db.rows(sql`select number, day, by_name as by, note, body ->> 'question' as question, body ->> 'answer' as answer from service_answer_versions where answer_id = ${id} order by number desc limit 50`);
}

export async function commentsOf(db: Db, id: string): Promise<{ id: string; day: string; by: string; useful: boolean; comment: string }[]> {
  return db.rows(sql`select id, day, actor_name as by, use = 'useful' as useful, comment from service_answer_uses where answer_id = ${id} and comment is not null order by at desc, id limit 50`);
}

export interface LikelyRow { readonly id: string; readonly question: string; readonly opening: string; readonly kind: string; readonly valid_from: string; readonly valid_until: string | null; readonly review_due: string; readonly grams: number[] }

/** By how few answers hold it, the rarest pairs of what is asked; so many of these are followed, and so many answers are looked at. */
const RAREST = 8;
const LOOKED_AT = 200;

export async function likely(db: Db, standing: Standing, asked: readonly number[], day: string): Promise<LikelyRow[]> {
  return db.rows<LikelyRow>(sql.fresh(sql`
    select a.id, a.question, left(a.answer, 160) as opening, a.kind, a.valid_from, a.valid_until, a.review_due, a.grams from service_answers a
    where a.grams && (select coalesce(array_agg(gram), '{}') from (select gram from service_grams where gram = any(${[...asked]}::bigint[]) and answers > 0 order by answers, gram limit ${RAREST}) as rare)
      and a.withdrawn_day is null and a.valid_from <= ${day} and coalesce(a.valid_until >= ${day}, true) and ${forReader(standing)} limit ${LOOKED_AT}`));
}
