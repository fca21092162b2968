// Whom the steps of a problem are told to: its new owner, who must forward it again, the tier that it has climbed to, whoever asked when he is answered. Makes notices; writes nothing. Great
// numbers at once become one notice for each receiver: nobody reads four hundred.
import { sql, type Db } from '../../../platform/db.ts';
import type { Notice } from '../../notices/tell.ts';
import { deskIn, officeIn, type Ground } from '../ground.ts';
import type { Owner } from '../life/life.ts';
import type { Tier } from '../life/steps.ts';
import type { Locked } from '../store.ts';
import type { Taken } from '../writing.ts';

/** A step with the problem that took it. */
export interface Told {
  readonly problem: Pick<Locked, 'id' | 'number' | 'title' | 'projectId' | 'life' | 'version' | 'raisedBy' | 'enterpriseId' | 'anonymous'>;
  readonly step: Taken;
}

/** From so many on for one receiver in one turn, they are one notice. */
const MANY = 20;

type To = Notice['to'];

/** Notices of some steps, in their order. `batch`: the name of a turn of the clocks, in which great numbers are told as one; what is one notice in the end is not made for each first. */
export async function noticesOf(db: Db, told: readonly Told[], ground: Ground, batch?: string): Promise<Notice[]> {
  const climbed = told.filter(({ step }) => step.kind === 'escalated' && step.life.tier === 4);
  const leaders = climbed.length === 0 ? new Map<string, string[]>() : await leadersOf(db, climbed.map(({ problem }) => problem.id));
  const addressed = told.flatMap((one): Addressed[] => {
    const to = receiverOf(one, ground, leaders);
    return to === undefined ? [] : [{ told: one, to }];
  });
  if (batch === undefined) return addressed.map(noticeOf);
  const groups = new Map<string, Addressed[]>();
  for (const one of addressed) {
    const receiver = `${one.told.step.kind}:${JSON.stringify(one.to)}`;
    const group = groups.get(receiver);
    if (group === undefined) groups.set(receiver, [one]);
    else group.push(one);
  }
  return [...groups].flatMap(([receiver, group]) => (group.length < MANY ? group.map(noticeOf) : [together(group, receiver, batch)]));
}

interface Addressed { readonly told: Told; readonly to: To }

function noticeOf({ told: { problem, step }, to }: Addressed): Notice {
  return {
    kind: `problems.${step.kind}`, key: `problems.${step.kind}:${problem.id}:${keyOf(step, problem.version)}`, subject: { type: 'problem', id: problem.id }, ...(problem.projectId === null ? {} : { projectId: problem.projectId }),
    href: `/problems/${problem.id}`, values: { number: problem.number, title: problem.title }, urgent: isUrgent(step), to,
  };
}

function isUrgent({ kind, life }: Taken): boolean {
  return kind === 'overdue' && life.overdues > 1;
}

// What happens once in a round is told once, whichever worker comes first; what people do is told each time.
function keyOf({ kind, life }: Taken, version: number): string {
  if (kind === 'overdue') return String(life.overdues);
  if (kind === 'escalated') return `${life.round}:${life.tier}`;
  return String(version);
}

function together(group: readonly Addressed[], receiver: string, batch: string): Notice {
  const [first] = group;
  if (first === undefined) throw new Error('nothing to tell');
  const { told: { problem, step }, to } = first;
  const kind = `problems.${step.kind}_many`;
  return {
    kind, key: `${kind}:${batch}:${receiver.length}:${problem.id}`, subject: { type: 'problems', id: problem.id }, href: step.kind === 'escalated' ? '/problems' : '/problems?overdue=1', values: { count: group.length },
    urgent: group.some(({ told }) => isUrgent(told.step)), to,
  };
}

function receiverOf({ problem, step: { kind, life } }: Told, ground: Ground, leaders: ReadonlyMap<string, readonly string[]>): To | undefined {
  switch (kind) {
    case 'forwarded': case 'ruled': case 'returned': case 'decided': case 'overdue': case 'resumed': return ofOwner(life.owner, ground);
    case 'withdrawn': return ofOwner(problem.life.owner, ground);
    case 'escalated': return ofTier(life.tier, ground, leaders.get(problem.id) ?? []);
    case 'replied': case 'declined': return ofAsker(problem, life.owner);
    default: return undefined;
  }
}

/** The enterprise that has the problem, else whoever raised it; nobody where he answers himself, or did not say who he is. */
function ofAsker({ raisedBy, enterpriseId, anonymous }: Told['problem'], { userId }: Owner): To | undefined {
  if (anonymous) return undefined;
  if (enterpriseId !== null) return { orgs: [{ id: enterpriseId }] };
  return raisedBy === null || raisedBy === userId ? undefined : { users: [raisedBy] };
}

/** Of the zone's own organisation its office; of others whoever works there. */
export function ofOwner({ orgId, userId }: Owner, { rootId }: Pick<Ground, 'rootId'>): To {
  if (userId !== null) return { users: [userId] };
  return { orgs: [orgId === rootId ? { id: orgId, roles: ['office'] } : { id: orgId }] };
}

function ofTier(tier: Tier, ground: Ground, leaders: readonly string[]): To | undefined {
  const [desk, office] = [deskIn(ground), officeIn(ground)];
  if (tier === 2) return desk === undefined ? undefined : ofOwner({ orgId: desk, userId: null }, ground);
  if (tier === 3) return office === undefined ? undefined : ofOwner({ orgId: office, userId: null }, ground);
  if (tier === 4 && leaders.length > 0) return { users: leaders };
  return ground.rootId === '' ? undefined : { orgs: [{ id: ground.rootId, roles: ['leader'] }] };
}

/** Leaders in charge of the projects that some problems serve. */
async function leadersOf(db: Db, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.rows<{ id: string; users: string[] }>(sql`
    select s.problem_id as id, array_agg(distinct a.user_id) as users from problems_projects s join projects_assignments a on a.project_id = s.project_id and a.duty = 'leader' and a.to_day is null
    where s.problem_id = any(${[...ids]}::uuid[]) group by s.problem_id`);
  return new Map(rows.map((row) => [row.id, row.users]));
}
