// Likely duplicates: problems of the same project or enterprise whose words are alike, open or ended within ninety days. The score is read by people: the
// share of pairs of neighbouring characters that both have. Reads only, within what the reader may know.
import { moment, type Now } from '../../../kernel/clock.ts';
import type { InputOf, OutputOf } from '../../../kernel/contract.ts';
import { folded } from '../../../kernel/text.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import type { similarProblems } from '../handling/contract.ts';
import { iso } from '../instants.ts';
import { reachable } from './access.ts';

const DAYS = 90;
/** Of a project with very many the latest are looked at. */
const LOOKED_AT = 300;
const SHOWN = 8;
/** Alike from this per cent on; with the same project or enterprise it says something. */
const ALIKE = 30;

type Found = OutputOf<typeof similarProblems>['items'][number];
type Asked = InputOf<typeof similarProblems>;

export async function readSimilar(db: Db, actor: Actor, asked: Asked, now: Now): Promise<readonly Found[]> {
  const subject = await subjectOf(db, actor, asked);
  if (subject.projectIds.length === 0 && subject.enterpriseId === null) return [];
  const at = moment(now);
  const rows = await db.rows<Omit<Found, 'alike'> & { ask: string }>(sql`
    select p.id, p.number, p.title, p.ask, p.state, coalesce(o.short_name, o.name) as "ownerName", j.name as "projectName", ${iso(sql`p.raised_at`)} as "raisedAt", p.step is not null as open,
      exists (select 1 from problems_projects s where s.problem_id = p.id and s.project_id = any(${[...subject.projectIds]}::uuid[])) as "sameProject", coalesce(p.enterprise_id = ${subject.enterpriseId}::uuid, false) as "sameEnterprise"
    from (
      select id from (select s.problem_id as id from problems_projects s where s.project_id = any(${[...subject.projectIds]}::uuid[]) union select e.id from problems_problems e where e.enterprise_id = ${subject.enterpriseId}::uuid) as c
    ) as near join problems_problems p on p.id = near.id join people_organisations o on o.id = p.owner_org_id left join projects_projects j on j.id = p.project_id
    where p.id is distinct from ${asked.id ?? null}::uuid and (p.step is not null or p.ended_at > ${at}::timestamptz - make_interval(days => ${DAYS})) and p.state not in ('merged', 'withdrawn', 'declined') and ${reachable(actor, sql`p.id`)}
    order by p.seq desc limit ${LOOKED_AT}`);
  return rows.map(({ ask, ...row }) => ({ ...row, alike: alike(subject, { title: row.title, ask }) })).filter((row) => row.alike >= ALIKE).sort((a, b) => b.alike - a.alike).slice(0, SHOWN);
}

interface Words { readonly title: string; readonly ask: string }

/** Per cent of pairs that both have: of the titles, or of all that is said where that is more. */
export function alike(a: Words, b: Words): number {
  return Math.max(shared(a.title, b.title), shared(`${a.title}${a.ask}`, `${b.title}${b.ask}`));
}

function shared(a: string, b: string): number {
  const [one, other] = [pairsOf(a), pairsOf(b)];
  if (one.size === 0 || other.size === 0) return 0;
  const both = [...one].filter((pair) => other.has(pair)).length;
  return Math.round((200 * both) / (one.size + other.size));
}

function pairsOf(text: string): ReadonlySet<string> {
  const letters = [...folded(text)].filter((one) => /[\p{L}\p{N}]/u.test(one));
  return new Set(letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`));
}

async function subjectOf(db: Db, actor: Actor, asked: Asked): Promise<Words & { readonly projectIds: readonly string[]; readonly enterpriseId: string | null }> {
  const known = asked.id === undefined ? undefined : await db.row<{ title: string; ask: string; enterprise: string | null; projects: string[] }>(sql`
    select p.title, p.ask, p.enterprise_id as enterprise, array(select s.project_id from problems_projects s where s.problem_id = p.id) as projects from problems_problems p where p.id = ${asked.id} and ${reachable(actor, sql`p.id`)}`);
  const own = actor.roles.includes('enterprise') ? actor.orgId : null;
  return { title: asked.title ?? known?.title ?? '', ask: asked.ask ?? known?.ask ?? '', projectIds: asked.projectIds ?? known?.projects ?? [], enterpriseId: asked.enterpriseId ?? known?.enterprise ?? own };
}
