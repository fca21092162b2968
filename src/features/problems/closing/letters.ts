// The link of confirmation by mail: in the letter to the enterprise's people who have confirmed an address, and to whoever called the desk and has no account. The secret is made
// when the letter leaves; of it the digest alone is kept, beside that of the link which the desk makes by hand.
import { moment, type Now } from '../../../kernel/clock.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { secretLinks } from '../../notices/delivery/links.ts';
import { writeLetters } from '../../notices/addresses/letters.ts';
import { newToken } from '../../people/session.ts';
import type { Locked } from '../store.ts';
import { digestOf, handled } from './store.ts';

const KIND = 'problems.to_confirm';
const DAY_MS = 86_400_000;
/** A link that left longer ago opens nothing. */
const HOLDS_MS = 14 * DAY_MS;
/** So long whoever answered sees again what he said, and to what. */
const SHOWN_MS = 3 * DAY_MS;

/** Called when the program is put together. */
export function bindAnswerLinks(): void {
  secretLinks.set(KIND, async (db, notice, recipientId, at) => {
    const { token } = newToken();
    // Only for the side of the enterprise, and while it is asked: whoever else is told goes to the record by his account.
    const made = await db.run(sql`
      insert into problems_links (digest, problem_id, round, made_at)
      select ${digestOf(token)}, p.id, p.round, ${at} from problems_problems p join problems_answers a on a.problem_id = p.id and a.round = p.round and a.side = 'enterprise' and a.verdict is null
      where p.id = ${notice.subjectId} and p.state = 'submitted' and ${notice.key}::text like ${KIND}::text || ':' || p.id || ':' || p.round || '%' and not p.anonymous and (
        exists (select 1 from problems_contacts c where c.problem_id = p.id and c.address_id = ${recipientId} and not ${givenByHandler(sql`c`)})
        or exists (select 1 from people_users u join people_organisations o on o.id = u.org_id where u.id = ${recipientId} and o.kind = 'enterprise' and o.id in (p.enterprise_id, p.raised_org_id) and not ${handled(sql`p.id`, sql`u`, sql`o`)}))`);
    return made === 1 ? `/answer#${token}` : undefined;
  });
}

/** Whose address is told when these problems are submitted, and who gave it; called by whoever takes them in, in its own transaction. */
export async function keepContact(tx: Db, problemIds: readonly string[], addressId: string, byId: string | undefined): Promise<void> {
  await tx.run(sql`insert into problems_contacts (problem_id, address_id, by_id) select id, ${addressId}, ${byId ?? null} from unnest(${[...problemIds]}::uuid[]) as v (id)`);
}

/** Of a contact `c`: whoever gave the address handled the problem, or belongs to those who did. He could have given his own. */
function givenByHandler(c: Sql): Sql {
  return sql`exists (select 1 from people_users u join people_organisations uo on uo.id = u.org_id where u.id = ${c}.by_id and ${handled(sql`${c}.problem_id`, sql`u`, sql`uo`)})`;
}

/** With the question to the enterprise: a letter to the address that was given with it, unless by one of those who did the work. */
export async function tellContact(tx: Db, problem: Locked, round: number, submittedBy: string, now: Now): Promise<void> {
  const contact = await tx.row<{ id: string }>(sql`select c.address_id as id from problems_contacts c where c.problem_id = ${problem.id} and c.by_id is distinct from ${submittedBy}::uuid and not ${givenByHandler(sql`c`)}`);
  if (contact === undefined) return;
  await writeLetters(tx, [{ kind: KIND, key: `${KIND}:${problem.id}:${round}:${contact.id}`, subject: { type: 'problem', id: problem.id }, href: '/', values: { number: problem.number, title: problem.title }, addressId: contact.id }], now);
}

/** The round for which a link that left by mail was made; an old one is none any more. */
export async function mailedLink(db: Db, token: string, now: Now): Promise<{ readonly problemId: string; readonly round: number } | undefined> {
  return db.row(sql`select problem_id as "problemId", round from problems_links where digest = ${digestOf(token)} and made_at > ${new Date(now.instant.getTime() - HOLDS_MS)}`);
}

/** Links that open nothing any more: too old, or of a round that is over, once its end is no longer shown either. */
export async function forgetLinks(db: Db, now: Now): Promise<void> {
  await db.run(sql`
    delete from problems_links l using problems_problems p where p.id = l.problem_id and (l.made_at <= ${new Date(now.instant.getTime() - HOLDS_MS)} or ((p.round <> l.round or p.state <> 'submitted') and not exists (
      select from problems_answers a where a.problem_id = l.problem_id and a.round = l.round and a.side = 'enterprise' and a.answered_at > ${shownSince(now)})))`);
}

/** What was answered before is not shown to whoever holds the link. */
export function shownSince(now: Now): Date {
  return new Date(moment(now).getTime() - SHOWN_MS);
}
