// SQL of the life cycle: the facts that gates are judged by, the passages, side states, results and verdicts. Writes only what the
// rules decided; the project itself is locked by whoever calls.
import { chinaDay, type Now } from '../../../kernel/clock.ts';
import { newId } from '../../../kernel/ids.ts';
import type { Actor } from '../../../platform/actor.ts';
import { json, sql, type Db } from '../../../platform/db.ts';
import { lockSetting, readSetting } from '../../../platform/settings.ts';
import { checker } from '../../../platform/validate.ts';
import { reachable } from '../scope.ts';
import { answers } from './answers.ts';
import { effectDay, type EvidenceFact, type ExternalAnswer, type Facts, type Promised, type ResultFact } from './gates.ts';
import type { ActualColumn } from './rules.ts';
import { Lifecycle, SETTING, STANDARD, type Field, type KindCode, type SideCode, type StageCode, type Test } from './shape.ts';

const check = checker(Lifecycle);

/** The rules as they hold now; version 0 is the standard that comes with the program. */
export async function readLifecycle(db: Db): Promise<{ rules: Lifecycle; version: number }> {
  const setting = await readSetting(db, SETTING);
  return setting === undefined ? { rules: STANDARD, version: 0 } : { rules: check(setting.value), version: setting.version };
}

export async function lockLifecycle(tx: Db): Promise<{ rules: Lifecycle; version: number }> {
  const setting = await lockSetting(tx, SETTING);
  return { rules: setting.version === 0 ? STANDARD : check(setting.value), version: setting.version };
}

export async function lifecycleMeta(db: Db): Promise<{ updated_at: string; name: string | null } | undefined> {
  return db.row(sql`select s.updated_at, u.name from platform_settings s left join people_users u on u.id = s.updated_by where s.name = ${SETTING}`);
}

interface ProjectRow {
  readonly id: string; readonly kind: KindCode; readonly stage: StageCode; readonly stage_day: string | null; readonly side_state: SideCode | null; readonly fields: Field[];
  readonly planned_effect: string | null; readonly actual_production: string | null;
  readonly promised_output_fen: number | null; readonly promised_revenue_fen: number | null; readonly promised_tax_fen: number | null; readonly promised_jobs: number | null;
  readonly last_day: string | null;
}

/** The facts of some projects, in few statements whatever their number. Scope is the caller's business. */
export async function factsOf(db: Db, ids: readonly string[], rules: Lifecycle, now: Now): Promise<Map<string, Facts>> {
  const list = sql`${[...ids]}::uuid[]`;
  const [projects, evidence, results, external] = await Promise.all([
    db.rows<ProjectRow>(sql`
      select p.id, p.kind, p.stage, p.stage_day, p.side_state, p.planned_effect, p.actual_production,
             p.promised_output_fen, p.promised_revenue_fen, p.promised_tax_fen, p.promised_jobs,
             (select case when m.backward then p.stage_day else greatest(m.day, p.stage_day) end from projects_moves m where m.project_id = p.id order by m.seq desc limit 1) as last_day,
             array_remove(array[
               case when p.code is not null then 'code' end, case when p.content is not null and p.content <> '' then 'content' end, case when p.total_fen > 0 then 'total' end,
               case when p.land_mu > 0 then 'land' end, case when coalesce(p.place, '') <> '' or p.town_id is not null then 'place' end,
               case when p.builder_id is not null or coalesce(p.builder_name, '') <> '' then 'builder' end, case when coalesce(p.leader, '') <> '' then 'leader' end,
               case when p.responsible_org_id is not null or coalesce(p.responsible_person, '') <> '' then 'responsible' end, case when p.commissioner_id is not null then 'commissioner' end,
               case when p.planned_start is not null then 'planned_start' end, case when p.planned_completion is not null then 'planned_completion' end,
               case when coalesce(p.promised_output_fen, p.promised_revenue_fen, p.promised_tax_fen, 0) > 0 then 'promised' end,
               case when p.accumulated_fen > 0 or exists (select 1 from projects_reports r where r.project_id = p.id and r.dispatch_fen > 0) then 'invested' end,
               case when p.in_statistics then 'in_statistics' end], null) as fields
      from projects_projects p where p.id = any(${list})`),
    db.rows<EvidenceRow>(sql`
      select e.project_id, e.id, e.kind, e.sha256 is not null as has_file, e.number, e.day, e.amount_fen, e.parties, e.taken_at,
             (e.lon is not null and e.lat is not null) or coalesce(e.place, '') <> '' as has_place, e.verified_at is not null as verified
      from projects_evidence e where e.project_id = any(${list}) and e.removed_at is null order by e.added_at, e.id`),
    db.rows<{ project_id: string; from_month: string; to_month: string; output_fen: number | null; revenue_fen: number | null; tax_fen: number | null; jobs: number | null }>(sql`
      select project_id, from_month, to_month, output_fen, revenue_fen, tax_fen, jobs from projects_results where project_id = any(${list}) order by from_month`),
    externalOf(db, ids, rules, now),
  ]);
  const papers = grouped(evidence, evidenceFact);
  const sums = grouped(results, (row): ResultFact => ({
    fromMonth: row.from_month.slice(0, 7), toMonth: row.to_month.slice(0, 7), outputFen: row.output_fen, revenueFen: row.revenue_fen, taxFen: row.tax_fen, jobs: row.jobs,
  }));
  return new Map(projects.map((row) => [row.id, {
    kind: row.kind, stage: row.stage, stageDay: row.stage_day, lastDay: row.last_day ?? row.stage_day, side: row.side_state, fields: new Set(row.fields),
    evidence: papers.get(row.id) ?? [], results: sums.get(row.id) ?? [],
    promised: { outputFen: row.promised_output_fen, revenueFen: row.promised_revenue_fen, taxFen: row.promised_tax_fen, jobs: row.promised_jobs } satisfies Promised,
    agreedDay: effectDay(row.planned_effect, row.actual_production, rules.effectMonths),
    external: external.get(row.id) ?? new Map(),
  }]));
}

interface EvidenceRow {
  readonly project_id: string; readonly id: string; readonly kind: string; readonly has_file: boolean; readonly number: string | null; readonly day: string | null;
  readonly amount_fen: number | null; readonly parties: string | null; readonly taken_at: string | null; readonly has_place: boolean; readonly verified: boolean;
}

function evidenceFact(row: EvidenceRow): EvidenceFact {
  return {
    id: row.id, kind: row.kind, hasFile: row.has_file, number: row.number, day: row.day, amountFen: row.amount_fen, parties: row.parties,
    takenDay: row.taken_at === null ? null : chinaDay(new Date(row.taken_at)), hasPlace: row.has_place, verified: row.verified,
  };
}

function grouped<Row extends { project_id: string }, Fact>(rows: readonly Row[], fact: (row: Row) => Fact): Map<string, Fact[]> {
  const groups = new Map<string, Fact[]>();
  for (const row of rows) {
    const group = groups.get(row.project_id);
    if (group === undefined) groups.set(row.project_id, [fact(row)]);
    else group.push(fact(row));
  }
  return groups;
}

async function externalOf(db: Db, ids: readonly string[], rules: Lifecycle, now: Now): Promise<Map<string, Map<string, ExternalAnswer>>> {
  const asked = new Map<string, Set<string>>();
  const walk = (test: Test): void => {
    if (test.type === 'all' || test.type === 'any') test.of.forEach(walk);
    else if (test.type === 'external') asked.set(test.feature, (asked.get(test.feature) ?? new Set()).add(test.question));
  };
  for (const stage of rules.stages) for (const condition of stage.conditions) walk(condition.test);
  const found = new Map<string, Map<string, ExternalAnswer>>();
  for (const [feature, questions] of asked) {
    for (const [id, say] of (await answers.get(feature)?.(db, ids, now)) ?? []) {
      const known = found.get(id) ?? new Map<string, ExternalAnswer>();
      for (const question of questions) {
        const answer = say(question);
        if (answer !== undefined) known.set(`${feature}:${question}`, answer);
      }
      found.set(id, known);
    }
  }
  return found;
}

export interface KeptDays {
  readonly side_reason: string | null;
  readonly actual_start: string | null; readonly actual_start_grain: string | null; readonly actual_completion: string | null; readonly actual_completion_grain: string | null;
  readonly actual_production: string | null; readonly actual_production_grain: string | null; readonly actual_effect: string | null; readonly actual_effect_grain: string | null;
  readonly planned_effect: string | null; readonly planned_effect_grain: string | null;
}

/** What a move may overwrite: the event keeps it, so that the record can be shown as it was. */
export async function daysOf(db: Db, id: string): Promise<KeptDays | undefined> {
  return db.row<KeptDays>(sql`
    select side_reason, actual_start, actual_start_grain, actual_completion, actual_completion_grain, actual_production, actual_production_grain, actual_effect, actual_effect_grain,
           planned_effect, planned_effect_grain
    from projects_projects where id = ${id}`);
}

export interface MoveWrite {
  readonly projectId: string;
  readonly from: StageCode;
  readonly to: StageCode;
  readonly side: SideCode | null;
  readonly day: string;
  readonly backward: boolean;
  readonly reason: string | null;
  readonly works: string | null;
  readonly note: string | null;
  readonly waived: readonly { readonly condition: string; readonly reason: string }[];
  readonly evidence: readonly string[];
}

export async function writeMove(tx: Db, move: MoveWrite, by: Actor, at: Date): Promise<void> {
  await tx.run(sql`
    insert into projects_moves (id, project_id, from_stage, to_stage, side_state, day, backward, reason, works, note, waived, waivers, evidence, moved_by, moved_at)
    values (${newId(at.getTime())}, ${move.projectId}, ${move.from}, ${move.to}, ${move.side}, ${move.day}, ${move.backward}, ${move.reason}, ${move.works}, ${move.note},
            ${move.waived.map((one) => one.condition)}, ${json(move.waived)}::jsonb, ${[...move.evidence]}::uuid[], ${by.userId}, ${at})`);
}

/** Enters a stage; the column of its actual day is one of a fixed four. */
export async function enterStage(tx: Db, id: string, stage: StageCode, day: string, column: ActualColumn | undefined): Promise<void> {
  const actual = column === undefined ? sql.empty : sql`, ${sql.id(column)} = ${day}, ${sql.id(`${column}_grain`)} = 'day'`;
  await tx.run(sql`update projects_projects set stage = ${stage}, stage_day = ${day}${actual} where id = ${id}`);
}

/** Goes back to a stage: its own day is that of the last entry, where one is recorded. */
export async function leaveStages(tx: Db, id: string, to: StageCode, cleared: readonly ActualColumn[]): Promise<string | null> {
  const columns = cleared.map((column) => sql`, ${sql.id(column)} = null, ${sql.id(`${column}_grain`)} = null`);
  const row = await tx.row<{ stage_day: string | null }>(sql`
    update projects_projects p set stage = ${to},
      stage_day = (select m.day from projects_moves m where m.project_id = p.id and m.to_stage = ${to} and m.from_stage <> m.to_stage and not m.backward order by m.seq desc limit 1)
      ${sql.join(columns, ' ')}
    where id = ${id} returning stage_day`);
  return row?.stage_day ?? null;
}

export async function setSide(tx: Db, id: string, side: SideCode | null, reason: string | null): Promise<void> {
  await tx.run(sql`update projects_projects set side_state = ${side}, side_reason = ${reason} where id = ${id}`);
}

export interface MoveRow {
  readonly id: string; readonly from_stage: StageCode; readonly to_stage: StageCode; readonly side_state: SideCode | null; readonly day: string; readonly backward: boolean; readonly reason: string | null;
  readonly works: string | null; readonly note: string | null; readonly waivers: { condition: string; reason: string }[]; readonly evidence: string[]; readonly moved_by_name: string | null; readonly moved_at: string;
}

export async function movesOf(db: Db, id: string): Promise<MoveRow[]> {
  return db.rows<MoveRow>(sql`
    select m.id, m.from_stage, m.to_stage, m.side_state, m.day, m.backward, m.reason, m.works, m.note, m.waivers, m.evidence, u.name as moved_by_name, m.moved_at
    from projects_moves m left join people_users u on u.id = m.moved_by where m.project_id = ${id} order by m.seq`);
}

export interface RecordRow {
  readonly id: string; readonly version: number; readonly name: string; readonly stage_day: string | null; readonly side_reason: string | null;
  readonly planned_start: string | null; readonly planned_completion: string | null; readonly planned_production: string | null; readonly planned_effect: string | null;
  readonly actual_start: string | null; readonly actual_completion: string | null; readonly actual_production: string | null; readonly actual_effect: string | null;
}

export async function recordOf(db: Db, actor: Actor, id: string): Promise<RecordRow | undefined> {
  return db.row<RecordRow>(sql`
    select p.id, p.version, p.name, p.stage_day, p.side_reason, p.planned_start, p.planned_completion, p.planned_production, p.planned_effect,
           p.actual_start, p.actual_completion, p.actual_production, p.actual_effect
    from projects_projects p where p.id = ${id} and ${reachable(actor, sql`p.id`)}`);
}

// --- results and verdicts ---

export async function writeResults(tx: Db, id: string, row: ResultFact & { note: string | null }, by: Actor, at: Date): Promise<void> {
  await tx.run(sql`
    insert into projects_results (id, project_id, from_month, to_month, output_fen, revenue_fen, tax_fen, jobs, note, entered_by, entered_at)
    values (${newId(at.getTime())}, ${id}, ${`${row.fromMonth}-01`}, ${`${row.toMonth}-01`}, ${row.outputFen}, ${row.revenueFen}, ${row.taxFen}, ${row.jobs}, ${row.note}, ${by.userId}, ${at})
    on conflict (project_id, from_month, to_month) do update set output_fen = excluded.output_fen, revenue_fen = excluded.revenue_fen, tax_fen = excluded.tax_fen,
      jobs = excluded.jobs, note = excluded.note, entered_by = excluded.entered_by, entered_at = excluded.entered_at`);
}

export interface ResultRow {
  readonly id: string; readonly from_month: string; readonly to_month: string; readonly output_fen: number | null; readonly revenue_fen: number | null; readonly tax_fen: number | null;
  readonly jobs: number | null; readonly note: string | null; readonly entered_by_name: string | null; readonly entered_at: string;
}

export async function resultsOf(db: Db, id: string): Promise<ResultRow[]> {
  return db.rows<ResultRow>(sql`
    select r.id, r.from_month, r.to_month, r.output_fen, r.revenue_fen, r.tax_fen, r.jobs, r.note, u.name as entered_by_name, r.entered_at
    from projects_results r left join people_users u on u.id = r.entered_by where r.project_id = ${id} order by r.from_month`);
}

export interface EffectRow {
  readonly id: string; readonly effective: boolean; readonly day: string; readonly reason: string | null; readonly agreed_day: string | null; readonly new_day: string | null;
  readonly decided_by_name: string | null; readonly decided_at: string;
}

export async function effectsOf(db: Db, id: string): Promise<EffectRow[]> {
  return db.rows<EffectRow>(sql`
    select e.id, e.effective, e.day, e.reason, e.agreed_day, e.new_day, u.name as decided_by_name, e.decided_at
    from projects_effects e left join people_users u on u.id = e.decided_by where e.project_id = ${id} order by e.seq`);
}

export async function writeEffect(
  tx: Db, id: string, verdict: { effective: boolean; day: string; reason: string | null; agreedDay: string | null; newDay: string | null }, by: Actor, at: Date,
): Promise<void> {
  await tx.run(sql`
    insert into projects_effects (id, project_id, effective, day, reason, agreed_day, new_day, decided_by, decided_at)
    values (${newId(at.getTime())}, ${id}, ${verdict.effective}, ${verdict.day}, ${verdict.reason}, ${verdict.agreedDay}, ${verdict.newDay}, ${by.userId}, ${at})`);
  if (verdict.newDay !== null) await tx.run(sql`update projects_projects set planned_effect = ${verdict.newDay}, planned_effect_grain = 'day' where id = ${id}`);
}

export interface DueRow {
  readonly id: string; readonly name: string; readonly town_name: string | null; readonly commissioner_name: string | null; readonly actual_production: string | null; readonly agreed_day: string; readonly agreed: boolean;
}

/** In production, not aside, of a kind that can become effective, and the day has passed. Oldest day first. */
export async function effectDue(db: Db, actor: Actor, rules: Lifecycle, day: string, after: string | undefined, limit: number): Promise<{ rows: DueRow[]; total: number }> {
  const kinds = rules.stages.find((one) => one.code === 'effective')?.use ?? { enterprise: 'none', government: 'none', purchase: 'none' };
  const counted = Object.entries(kinds).flatMap(([kind, use]) => (use === 'none' ? [] : [kind]));
  // The last day of the month some months after production, as effectDay() has it.
  const agreed = sql`coalesce(p.planned_effect, (date_trunc('month', p.actual_production) + make_interval(months => ${rules.effectMonths + 1}) - interval '1 day')::date)`;
  const due = sql`p.stage = 'producing' and p.side_state is null and p.kind = any(${counted}) and ${agreed} < ${day}::date and ${reachable(actor, sql`p.id`)}`;
  const [from, id] = after?.split('~') ?? [];
  const page = from === undefined || id === undefined ? sql`true` : sql`(${agreed}, p.id) > (${from}::date, ${id}::uuid)`;
  const [rows, count] = await Promise.all([
    db.rows<DueRow>(sql`
      select p.id, p.name, t.name as town_name, u.name as commissioner_name, p.actual_production, ${agreed} as agreed_day, p.planned_effect is not null as agreed
      from projects_projects p left join people_organisations t on t.id = p.town_id left join people_users u on u.id = p.commissioner_id
      where ${due} and ${page} order by ${agreed}, p.id limit ${limit}`),
    db.row<{ total: number }>(sql`select count(*)::int as total from projects_projects p where ${due}`),
  ]);
  return { rows, total: count?.total ?? 0 };
}

/** Projects that a change of rules could touch, page by page: still on the list, not yet effective. */
export async function projectPage(db: Db, after: number, limit: number): Promise<{ id: string; seq: number; name: string }[]> {
  return db.rows(sql`
    select id, seq, name from projects_projects where seq > ${after} and stage <> 'effective' and (side_state is null or side_state = 'paused') order by seq limit ${limit}`);
}

