// Reads of closing: what a link shows to whoever holds it, and who is asked of a problem. Names of officers and files' contents are never on a link's page.
import { chinaDay, moment, type Now } from '../../../kernel/clock.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { settled, sql, type Db } from '../../../platform/db.ts';
import { standingOf } from '../handling/moving.ts';
import { iso } from '../instants.ts';
import { reachable } from '../pool/access.ts';
import { mayTake, type Standing } from '../pool/rules.ts';
import type { Locked } from '../store.ts';
import { readSettings, reopenUntil } from './callbacks.ts';
import type { answerPage, listAnswers } from './contract.ts';
import { mailedLink, shownSince } from './letters.ts';
import { digestOf, hasHandled } from './store.ts';

/** For which side somebody answers: the commissioner for himself, the people of the enterprise for it. Nobody else, whoever filed it. */
export async function sideOf(db: Db, actor: Actor, problem: Pick<Locked, 'enterpriseId' | 'raisedOrgId' | 'anonymous'>, standing: Standing): Promise<'commissioner' | 'enterprise' | null> {
  if (standing.commissioner) return 'commissioner';
  if (problem.anonymous) return null;
  const row = await db.row(sql`
    select 1 as one from people_organisations o join people_organisations mine on mine.id = ${actor.orgId} and o.id = any(mine.path) where o.id in (${problem.enterpriseId}::uuid, ${problem.raisedOrgId}::uuid) and o.kind = 'enterprise'`);
  return row === undefined ? null : 'enterprise';
}

type Page = OutputOf<typeof answerPage>;

export async function readAnswerPage(db: Db, token: string, now: Now): Promise<Page> {
  const zone = (await db.row<{ name: string }>(sql`select name from people_organisations where parent_id is null`))?.name ?? '';
  const mailed = await mailedLink(db, token, now);
  const row = await db.row<Omit<Page, 'link' | 'zone'> & { open: boolean; answered: boolean; lately: boolean }>(sql`
    select p.number, p.title, p.ask, coalesce(o.short_name, o.name) as "ownerName", ${iso(sql`a.due_at`)} as "dueAt", a.verdict, ${iso(sql`a.answered_at`)} as "answeredAt", s.text as done, ${iso(sql`s.at`)} as "submittedAt",
      coalesce((select jsonb_agg(f.name order by f.at, f.name) from problems_files f where f.problem_id = p.id and f.purpose = 'proof' and f.round = a.round), '[]') as files,
      p.state = 'submitted' and p.round = a.round and a.verdict is null and a.due_at >= ${moment(now)} as open, coalesce(a.verdict, 'no_answer') <> 'no_answer' as answered, coalesce(a.answered_at > ${shownSince(now)}, false) as lately
    from problems_answers a join problems_problems p on p.id = a.problem_id
      left join lateral (select s.text, s.at, s.owner_org_id from problems_steps s where s.problem_id = p.id and s.kind = 'submitted' and s.round = a.round order by s.seq desc limit 1) s on true
      left join people_organisations o on o.id = s.owner_org_id
    where ${mailed === undefined ? sql`a.token_hash = ${digestOf(token)}` : sql`a.problem_id = ${mailed.problemId} and a.round = ${mailed.round} and a.side = 'enterprise'`}`);
  const nothing = { number: null, title: null, ask: null, done: null, ownerName: null, submittedAt: null, dueAt: null, verdict: null, answeredAt: null, files: [] };
  if (row === undefined) return { link: 'unknown', ...nothing, zone };
  const { open, answered, lately, ...shown } = row;
  // A link stays in a mailbox for years: what it was about is shown while it is asked, and for some days to whoever answered.
  if (!open && !(answered && lately)) return { link: answered ? 'answered' : 'over', ...nothing, zone };
  return { link: open ? 'open' : 'answered', ...shown, zone };
}

type Answers = OutputOf<typeof listAnswers>;

export async function readAnswers(db: Db, actor: Actor, id: string, now: Now): Promise<Answers | undefined> {
  const row = await db.row<Found>(sql`
    select p.version, p.round, p.state, p.anonymous, p.enterprise_id as "enterpriseId", p.raised_by as "raisedBy", p.raised_org_id as "raisedOrgId", p.owner_org_id as "ownerOrgId", p.owner_user_id as "ownerUserId", p.ended_at as "endedAt",
      coalesce((select jsonb_agg(jsonb_build_object('round', a.round, 'side', a.side, 'askedAt', ${iso(sql`a.asked_at`)}, 'dueAt', ${iso(sql`a.due_at`)}, 'verdict', a.verdict, 'via', a.via, 'remark', a.remark, 'answeredAt', ${iso(sql`a.answered_at`)},
        'byName', a.by_name, 'linked', a.token_hash is not null) order by a.round desc, a.side) from problems_answers a where a.problem_id = p.id), '[]') as items
    from problems_problems p where p.id = ${id} and ${reachable(actor, sql`p.id`)}`);
  if (row === undefined) return undefined;
  const standing = await standingOf(db, actor, { id, life: { owner: { orgId: row.ownerOrgId, userId: row.ownerUserId } }, raisedBy: row.raisedBy, raisedOrgId: row.raisedOrgId, enterpriseId: row.enterpriseId, anonymous: row.anonymous });
  const [side, own, settings] = await settled([sideOf(db, actor, row, standing), hasHandled(db, id, actor.userId), readSettings(db)]);
  const at = moment(now).toISOString();
  const waits = (one: 'commissioner' | 'enterprise'): boolean => row.state === 'submitted' && row.items.some((item) => item.round === row.round && item.side === one && item.verdict === null && item.dueAt >= at);
  const called = row.items.find((item) => item.round === row.round && item.side === 'callback')?.verdict ?? 'no_answer';
  const desk = may(actor, 'problems.desk') && !own;
  const until = row.endedAt === null || !['solved', 'closed'].includes(row.state) ? null : reopenUntil(chinaDay(new Date(row.endedAt)), settings.reopenDays);
  return {
    items: row.items, version: row.version, side: side !== null && !own && may(actor, 'problems.confirm') && waits(side) ? side : null, own, mayLink: desk && waits('enterprise'),
    mayCall: desk && ['submitted', 'solved', 'closed'].includes(row.state) && called === 'no_answer',
    mayReopen: until !== null && now.day <= until && mayTake('reopened', standing) && may(actor, 'problems.raise'), reopenUntil: until,
  };
}

interface Found {
  readonly version: number; readonly round: number; readonly state: string; readonly anonymous: boolean; readonly enterpriseId: string | null; readonly raisedBy: string | null; readonly raisedOrgId: string | null;
  readonly ownerOrgId: string; readonly ownerUserId: string | null; readonly endedAt: string | null; readonly items: Answers['items'];
}
