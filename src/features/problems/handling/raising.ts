// 提出难题: the command by which somebody raises a problem, and which organisations may own one. Other features raise by raise.ts in their own transaction.
import { moment } from '../../../kernel/clock.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { settled, sql, type Db } from '../../../platform/db.ts';
import { handler } from '../../../platform/feature.ts';
import { reachable as projectReachable } from '../../projects/scope.ts';
import { officeIn, readGround, type Ground } from '../ground.ts';
import type { Owner } from '../life/life.ts';
import type { Source, Tier } from '../life/steps.ts';
import * as contract from '../pool/contract.ts';
import { addFiles, ownFiles } from '../pool/files.ts';
import { readKinds } from '../pool/reads.ts';
import { checkKind } from '../pool/rules.ts';
import { numberOf } from '../numbers.ts';
import { raiseProblems } from '../raise.ts';

/** An organisation that may own problems, with the tier on which it settles them. @throws Refusal `problems.owner_unknown`. */
export async function ownerTier(db: Db, orgId: string, userId?: string, known?: Ground): Promise<{ readonly owner: Owner; readonly tier: Tier }> {
  const row = await db.row<{ kind: string; root: boolean; member: boolean }>(sql`
    select o.kind, o.parent_id is null as root, ${userId ?? null}::uuid is null or exists (select 1 from people_users u where u.id = ${userId ?? null} and u.org_id = o.id and u.active) as member
    from people_organisations o where o.id = ${orgId} and o.active and o.kind <> 'enterprise'`);
  if (row === undefined || !row.member) refuse('problems.owner_unknown', { errors: [{ path: row === undefined ? 'toOrgId' : 'toUserId', rule: 'enum', params: {} }] });
  const office = officeIn(known ?? (await readGround(db)));
  return { owner: { orgId, userId: userId ?? null }, tier: orgId === office || row.root ? 3 : 2 };
}

/** Organisations that work on it beside the owner: active, none of them an enterprise. @throws Refusal `problems.owner_unknown`. */
export async function knownCoOwners(db: Db, orgIds: readonly string[]): Promise<void> {
  if (orgIds.length === 0) return;
  const row = await db.row<{ known: number }>(sql`select count(*)::int as known from people_organisations o where o.id = any(${[...orgIds]}::uuid[]) and o.active and o.kind <> 'enterprise'`);
  if (row?.known !== orgIds.length) refuse('problems.owner_unknown', { errors: [{ path: 'coOrgIds', rule: 'enum', params: {} }] });
}

export const raise = handler(contract.raise, {
  permission: 'problems.raise',
  load: async ({ tx, actor, input }) => {
    const enterprise = input.enterpriseId ?? (actor.roles.includes('enterprise') ? actor.orgId : undefined);
    const [ground, kinds, files, known, to, named] = await settled([
      readGround(tx), readKinds(tx), ownFiles(tx, actor, input.files), knownProjects(tx, actor, input.projectIds ?? [], enterprise), input.toOrgId === undefined ? undefined : ownerTier(tx, input.toOrgId),
      enterprise === undefined || isEnterprise(tx, actor, enterprise),
    ]);
    if (!known || !named) refuse('platform.not_found', {});
    return { ground, kinds, files, to, enterprise };
  },
  decide: ({ subject, input, actor }) => {
    checkKind(subject.kinds, input.kind);
    const desk = actor.isSystem || actor.permissions.has('problems.desk');
    if (subject.to !== undefined && !desk) refuse('problems.only_desk_forwards', {});
    if (input.keep === true && !actor.permissions.has('problems.handle')) refuse('problems.only_handlers_keep', {});
    if ((input.projectIds?.length ?? 0) === 0 && subject.enterprise === undefined) refuse('problems.of_nothing', { errors: [{ path: 'projectIds', rule: 'required', params: {} }] });
    const source = input.source ?? sourceOf(actor);
    if (!mayComeFrom(source, actor)) refuse('problems.source_not_yours', { errors: [{ path: 'source', rule: 'enum', params: {} }] });
    return source;
  },
  save: async ({ tx, changes: source, subject, input, actor, now }) => {
    const { toOrgId: _to, files: _files, enterpriseId: _enterprise, ...what } = input;
    const { enterprise, to } = subject;
    const [raised] = await raiseProblems(tx, actor, [{
      ...defined(what), title: input.title.trim(), kind: input.kind, source, ...(enterprise === undefined ? {} : { enterpriseId: enterprise }), ...(to === undefined ? {} : { to: { ...to.owner, tier: to.tier } }),
    }], now, subject.ground, numberedLate(subject) ? { run: async (statement) => (tx.last(statement), 0) } : undefined);
    if (raised === undefined) throw new Error('nothing was raised');
    await addFiles(tx, subject.files, { problemId: raised.id, purpose: 'attachment', round: 1, at: moment(now) }, actor);
    return { id: raised.id, number: numberedLate(subject) ? newId() : raised.number, version: 1, dueAt: raised.dueAt?.toISOString() ?? null, solveDueAt: raised.solveDueAt?.toISOString() ?? null };
  },
  late: ({ subject, output }) => (numberedLate(subject) ? { token: output.number, value: numberOf(output.id) } : undefined),
  event: ({ input, output, changes }) => ({
    kind: 'problems.raised', subjectType: 'problem', subjectId: output.id, ...(input.projectIds?.[0] === undefined ? {} : { projectId: input.projectIds[0] }),
    after: { number: output.number, title: input.title.trim(), kind: input.kind, source: changes },
  }),
});

/** Nothing refers to it in the same transaction and nobody is told of it: its number may be given with the commit. */
function numberedLate({ files, to }: { readonly files: ReadonlyMap<string, unknown>; readonly to: unknown }): boolean {
  return files.size === 0 && to === undefined;
}

function sourceOf({ roles }: Actor): Source {
  if (roles.includes('leader')) return 'instruction';
  return roles.includes('commissioner') ? 'commissioner' : 'service';
}

/** Figures are told by source: nobody calls his own problem a leader's instruction. The desk and the office write down what others told them; rules alone raise by rule. */
function mayComeFrom(source: Source, actor: Actor): boolean {
  if (actor.isSystem || source === sourceOf(actor)) return true;
  if (source === 'visit') return !actor.roles.includes('enterprise');
  return source !== 'automatic' && (actor.permissions.has('problems.desk') || actor.permissions.has('problems.rule'));
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;
}

/**
 * All of these may be named: what the actor may know; and whoever keeps the desk names the projects of the enterprise for which he raises (he hears of no others, and opens
 * none). A project is an enterprise's by the reader key that its builder gives it.
 */
export async function knownProjects(db: Db, actor: Actor, ids: readonly string[], enterpriseId?: string): Promise<boolean> {
  if (ids.length === 0) return true;
  const ofCaller = enterpriseId === undefined || !may(actor, 'problems.desk') ? sql.empty : sql`or exists (select 1 from projects_access own where own.project_id = p.id and own.key = ${enterpriseId})`;
  const row = await db.row<{ known: number }>(sql`select count(*)::int as known from projects_projects p where p.id = any(${[...ids]}::uuid[]) and (${projectReachable(actor, sql`p.id`)} ${ofCaller})`);
  return row?.known === ids.length;
}

/** An enterprise may name itself alone; officers any. */
export async function isEnterprise(db: Db, actor: Actor, id: string): Promise<boolean> {
  const own = actor.roles.includes('enterprise') && !actor.permissions.has('problems.handle');
  return (await db.row(sql`select 1 as one from people_organisations o where o.id = ${id} and o.kind = 'enterprise' and o.active and (not ${own} or o.path && ${[...actor.scope.keys]}::uuid[])`)) !== undefined;
}
