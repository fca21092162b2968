// SQL of the faster ways: reading what is held of projects, and writing what was decided. Steps are only ever appended; the project is locked by
// whoever calls.
import { newId } from '../../../kernel/ids.ts';
import type { Actor } from '../../../platform/actor.ts';
import { columns } from '../../../platform/columns.ts';
import { json, sql, type Db, type Sql } from '../../../platform/db.ts';
import type { Signer } from '../clocks/promise.ts';
import type { Simulation, SimulationPolicy, SimulationStep } from '../clocks/simulated.ts';
import type { Tolerance } from '../clocks/tolerance.ts';

export interface SimulationRow {
  readonly id: string; readonly project_id: string; readonly item: string; readonly round: number; readonly org_id: string | null; readonly org_name: string | null; readonly signed_by: string; readonly planning: string; readonly lapsed_day: string | null;
  readonly valid_months: number; readonly convert_days: number; readonly risk_sha: string | null;
  readonly steps: readonly { readonly step: SimulationStep; readonly by: string }[];
}

/** Oldest round first. */
export async function simulationsOf(db: Db, projectIds: readonly string[]): Promise<SimulationRow[]> {
  const rows = await db.rows<Omit<SimulationRow, 'steps'>>(sql`
    select s.id, s.project_id, s.item, s.round, s.org_id, coalesce(o.short_name, o.name) as org_name, s.signed_by, s.planning, s.lapsed_day, s.valid_months, s.convert_days, s.risk_sha
    from approvals_simulations s left join people_organisations o on o.id = s.org_id where s.project_id = any(${[...projectIds]}::uuid[]) order by s.item, s.round`);
  if (rows.length === 0) return [];
  const steps = await db.rows<{ simulation_id: string; kind: string; day: string; body: object; actor_name: string }>(sql`
    select simulation_id, kind, day, body, actor_name from approvals_simulation_steps where simulation_id = any(${rows.map((row) => row.id)}::uuid[]) order by simulation_id, seq`);
  return rows.map((row) => ({ ...row, steps: steps.filter((one) => one.simulation_id === row.id).map((one) => ({ step: stepIn(one), by: one.actor_name })) }));
}

// An edge: the steps were written by writeStep from this very type, and are never changed.
function stepIn({ kind, day, body }: { readonly kind: string; readonly day: string; readonly body: object }): SimulationStep {
  return { ...body, kind, day } as SimulationStep;
}

export async function insertSimulation(tx: Db, one: { readonly id: string; readonly projectId: string; readonly item: string; readonly round: number; readonly orgId: string | null; readonly signedBy: string; readonly planning: string; readonly riskSha: string; readonly policy: SimulationPolicy }, at: Date): Promise<void> {
  await tx.run(sql`
    insert into approvals_simulations (id, project_id, item, round, org_id, signed_by, planning, risk_sha, valid_months, convert_days, status, created_at)
    values (${one.id}, ${one.projectId}, ${one.item}, ${one.round}, ${one.orgId}, ${one.signedBy}, ${one.planning}, ${one.riskSha}, ${one.policy.validMonths}, ${one.policy.convertDays}, 'applied', ${at})`);
}

/** Appends a step and keeps beside it where the simulation stands after it. */
export async function writeStep(tx: Db, id: string, step: SimulationStep, after: Simulation, by: Actor, at: Date): Promise<void> {
  const { kind, day, ...body } = step;
  await tx.run(sql`
    insert into approvals_simulation_steps (simulation_id, seq, kind, day, body, actor_id, actor_name, at)
    select ${id}, coalesce(max(seq), 0) + 1, ${kind}, ${day}, ${json(body)}::jsonb, ${by.userId}, ${by.name}, ${at} from approvals_simulation_steps where simulation_id = ${id}`);
  await tx.run(sql`update approvals_simulations set status = ${after.status}, number = ${after.number}, expires = ${after.expires}, due = ${after.due} where id = ${id}`);
}

/** A material that is owed, with how it came or was put off. */
export interface MaterialRow {
  readonly material: string; readonly due: string; readonly suppliedDay: string | null; readonly suppliedBy: string | null; readonly fileSha: string | null;
  readonly firstDue: string | null; readonly extensions: number; readonly extendedReason: string | null;
}

export interface ToleranceRow {
  readonly id: string; readonly project_id: string; readonly item: string; readonly org_id: string | null; readonly case_id: string | null; readonly accepted_name: string; readonly returned_day: string | null;
  readonly tolerance: Tolerance; readonly materials: readonly MaterialRow[];
}

/** Oldest first. */
export async function tolerancesOf(db: Db, projectIds: readonly string[]): Promise<ToleranceRow[]> {
  return tolerancesWhere(db, sql`t.project_id = any(${[...projectIds]}::uuid[])`);
}

/** Those of one case: by their case, or for its item where they were accepted before it was opened. */
export async function tolerancesOfCase(db: Db, one: { readonly id: string; readonly project_id: string; readonly item: string; readonly received_day: string | null }): Promise<ToleranceRow[]> {
  return tolerancesWhere(db, sql`t.project_id = ${one.project_id} and (t.case_id = ${one.id} or t.case_id is null and t.item = ${one.item} and t.day >= ${one.received_day}::date)`);
}

async function tolerancesWhere(db: Db, where: Sql): Promise<ToleranceRow[]> {
  const rows = await db.rows<Omit<ToleranceRow, 'tolerance'> & { day: string }>(sql`
    select t.id, t.project_id, t.item, t.org_id, t.case_id, t.accepted_name, t.returned_day, t.day,
      (select jsonb_agg(jsonb_build_object('material', m.material, 'due', m.due, 'suppliedDay', m.supplied_day, 'suppliedBy', m.supplied_name, 'fileSha', m.file_sha, 'firstDue', m.first_due, 'extensions', m.extensions,
        'extendedReason', m.extended_reason) order by m.due, m.material) from approvals_tolerance_materials m where m.tolerance_id = t.id) as materials
    from approvals_tolerances t where ${where} order by t.item, t.day, t.id`);
  return rows.map(({ day, ...row }) => ({ ...row, tolerance: { day, debts: row.materials.map(({ material, due, suppliedDay }) => ({ material, due, suppliedDay })) } }));
}

export async function insertTolerance(tx: Db, one: { readonly id: string; readonly projectId: string; readonly item: string; readonly orgId: string | null; readonly caseId: string | null; readonly tolerance: Tolerance }, by: Actor, at: Date): Promise<void> {
  await tx.run(sql`
    insert into approvals_tolerances (id, project_id, item, org_id, case_id, day, accepted_by, accepted_name, at)
    values (${one.id}, ${one.projectId}, ${one.item}, ${one.orgId}, ${one.caseId}, ${one.tolerance.day}, ${by.userId}, ${by.name}, ${at})`);
  await tx.run(sql`
    insert into approvals_tolerance_materials (tolerance_id, material, due)
    select ${one.id}, v.material, v.due from ${columns({ material: 'text', due: 'date' }, one.tolerance.debts.map(({ material, due }) => ({ material, due })))} as v`);
}

export async function supplied(tx: Db, id: string, one: { readonly material: string; readonly day: string; readonly fileSha: string | null }, by: Actor): Promise<void> {
  await tx.run(sql`update approvals_tolerance_materials set supplied_day = ${one.day}, supplied_name = ${by.name}, file_sha = ${one.fileSha} where tolerance_id = ${id} and material = ${one.material}`);
}

export async function putOff(tx: Db, id: string, one: { readonly material: string; readonly due: string; readonly reason: string | null }, by: Actor): Promise<void> {
  await tx.run(sql`
    update approvals_tolerance_materials set first_due = coalesce(first_due, due), due = ${one.due}, extensions = extensions + 1, extended_reason = ${one.reason}, extended_name = ${by.name}
    where tolerance_id = ${id} and material = ${one.material}`);
}

export async function returned(tx: Db, id: string, day: string, caseId: string | null): Promise<void> {
  await tx.run(sql`update approvals_tolerances set returned_day = ${day}, case_id = coalesce(case_id, ${caseId}) where id = ${id}`);
}

/** The application for an item that is in hand here: what is accepted with debts, and what is sent back when they are not paid. */
export async function caseInHand(tx: Db, projectId: string, item: string): Promise<string | null> {
  const row = await tx.row<{ id: string }>(sql`select id from approvals_cases where project_id = ${projectId} and item = ${item} and source = 'own' and decided_day is null and closed_day is null order by round desc limit 1`);
  return row?.id ?? null;
}

export interface PromiseRow {
  readonly id: string; readonly project_id: string; readonly item: string; readonly org_id: string | null; readonly conditions: string; readonly signed_by: string; readonly signers: Signer[]; readonly design_unit: string | null; readonly letter_sha: string | null;
  readonly day: string; readonly number: string; readonly check_due: string; readonly checked_day: string | null; readonly checked_name: string | null; readonly kept: boolean | null; readonly finding: string | null; readonly evidence_sha: string | null;
  readonly revocation: string | null;
}

/** Oldest first. */
export async function promisesOf(db: Db, projectIds: readonly string[]): Promise<PromiseRow[]> {
  return db.rows<PromiseRow>(sql`
    select id, project_id, item, org_id, conditions, signed_by, signers, design_unit, letter_sha, day, number, check_due, checked_day, checked_name, kept, finding, evidence_sha, revocation
    from approvals_promises where project_id = any(${[...projectIds]}::uuid[]) order by item, day, id`);
}

export interface NewPromise {
  readonly id: string; readonly projectId: string; readonly item: string; readonly orgId: string | null; readonly builderId: string | null; readonly conditions: string; readonly signedBy: string; readonly signers: readonly Signer[];
  readonly designUnit: string | null; readonly letterSha: string; readonly day: string; readonly number: string; readonly checkDue: string;
}

export async function insertPromise(tx: Db, one: NewPromise, by: Actor, at: Date): Promise<void> {
  await tx.run(sql`
    insert into approvals_promises (id, project_id, item, org_id, builder_id, conditions, signed_by, signers, design_unit, letter_sha, day, number, check_due, granted_by, granted_name, at)
    values (${one.id}, ${one.projectId}, ${one.item}, ${one.orgId}, ${one.builderId}, ${one.conditions}, ${one.signedBy}, ${[...one.signers]}::text[], ${one.designUnit}, ${one.letterSha}, ${one.day}, ${one.number}, ${one.checkDue},
            ${by.userId}, ${by.name}, ${at})`);
}

export interface Checked { readonly day: string; readonly kept: boolean; readonly finding: string; readonly evidenceSha: string | null; readonly revocation: string | null }

export async function checked(tx: Db, id: string, check: Checked, by: Actor): Promise<void> {
  await tx.run(sql`
    update approvals_promises set checked_day = ${check.day}, kept = ${check.kept}, finding = ${check.finding}, evidence_sha = ${check.evidenceSha}, revocation = ${check.revocation}, checked_name = ${by.name} where id = ${id}`);
}

/** The credit record of the firm that builds a project: its promises that were found false, in whichever project. */
export async function brokenBy(db: Db, projectId: string): Promise<{ count: number; lastDay: string | null }> {
  const row = await db.row<{ count: number; lastDay: string | null }>(sql`
    select count(*)::int as count, max(o.checked_day) as "lastDay" from approvals_promises o join projects_projects p on p.builder_id = o.builder_id where p.id = ${projectId} and o.kept = false`);
  return row ?? { count: 0, lastDay: null };
}

export interface ResultRow {
  readonly id: string; readonly project_id: string; readonly item: string; readonly number: string; readonly day: string; readonly until: string | null; readonly extensions: number;
  readonly source: 'contract' | 'simulation' | 'case' | 'promise'; readonly origin_id: string | null; readonly extended_day: string | null; readonly extension_document: string | null;
}

/** What holds; what became void is left out. */
export async function resultsOf(db: Db, projectIds: readonly string[]): Promise<ResultRow[]> {
  return db.rows<ResultRow>(sql`
    select id, project_id, item, number, day, until, extensions, source, origin_id, extended_day, extension_document from approvals_results where project_id = any(${[...projectIds]}::uuid[]) and not void order by item, day, id`);
}

/** A document is made, or gets another last day. */
export async function writeResult(tx: Db, one: Omit<ResultRow, 'id' | 'project_id'> & { readonly projectId: string }, at: Date): Promise<void> {
  await tx.run(sql`
    insert into approvals_results (id, project_id, item, number, day, until, extensions, source, origin_id, extended_day, extension_document, created_at)
    values (${newId(at.getTime())}, ${one.projectId}, ${one.item}, ${one.number}, ${one.day}, ${one.until}, ${one.extensions}, ${one.source}, ${one.origin_id}, ${one.extended_day}, ${one.extension_document}, ${at})
    on conflict (project_id, item, number) do update set until = excluded.until, extensions = excluded.extensions, extended_day = excluded.extended_day, extension_document = excluded.extension_document`);
}

export async function voidResults(tx: Db, originId: string): Promise<void> {
  await tx.run(sql`update approvals_results set void = true where origin_id = ${originId}`);
}

export async function insertGuidance(tx: Db, one: { readonly id: string; readonly projectId: string; readonly item: string; readonly day: string; readonly missing: readonly string[]; readonly comments: string | null }, by: Actor, at: Date): Promise<void> {
  await tx.run(sql`
    insert into approvals_guidance (id, project_id, item, day, missing, comments, given_by, given_name, org_id, at)
    values (${one.id}, ${one.projectId}, ${one.item}, ${one.day}, ${[...one.missing]}::text[], ${one.comments}, ${by.userId}, ${by.name}, ${by.orgId}, ${at})`);
}

/** The body that handles a part of a project; undefined: there is no such part. */
export async function bodyOfPart(tx: Db, projectId: string, partId: string): Promise<{ item: string; org_id: string | null } | undefined> {
  return tx.row(sql`
    select item, org_id from approvals_simulations where project_id = ${projectId} and id = ${partId}
    union all select item, org_id from approvals_tolerances where project_id = ${projectId} and id = ${partId}
    union all select item, org_id from approvals_promises where project_id = ${projectId} and id = ${partId}`);
}
