// What is derived from a project's records and kept beside them, in the same transaction: the year's sums, lights, the reader keys
// under which it is found, and the zone's totals. Everything here can be recomputed from the records (`recount` in portfolio/store.ts proves it).
import { newId } from '../../kernel/ids.ts';
import type { Now } from '../../kernel/clock.ts';
import { columns } from '../../platform/columns.ts';
import { json, settled, sql, type Db, type Transaction } from '../../platform/db.ts';
import { chainKey } from '../people/rules.ts';
import { readGround, type Ground } from './data.ts';
import { missingReports } from './due.ts';
import { readFacts, type Facts } from './facts.ts';
import type { FieldName } from './register/fields.ts';
import { readersMoved } from './readers.ts';
import { access, contributions, differences, monthContributions, together, type Contribution, type Months } from './kept.ts';
import { lightsOf, type Light } from './warnings/rules.ts';

const BATCH = 500;

/** Recomputes all derived values of some projects. Cheap when nothing changed: one read. Call it last in a command's save. */
export async function keep(tx: Db, projectIds: readonly string[], now: Now, known?: Ground): Promise<void> {
  if (projectIds.length === 0) return;
  const unique = [...new Set(projectIds)];
  // The first facts are asked for together with the ground: they find the year by themselves.
  const first = unique.slice(0, BATCH);
  const [ground, facts] = await settled([known ?? readGround(tx, now), readFacts(tx, first, now)]);
  const moved = [await keepBatch(tx, facts, now, ground)];
  for (let i = BATCH; i < unique.length; i += BATCH) moved.push(await keepBatch(tx, await readFacts(tx, unique.slice(i, i + BATCH), now), now, ground));
  const ids = moved.flat();
  if (ids.length > 0) for (const follow of readersMoved.values()) await follow(tx, ids);
}

/** Fields of the register from which derived values follow, by the column that says so. Those that decide who finds a project are in REACH. */
const DERIVED_FROM: Readonly<Partial<Record<FieldName, keyof Facts>>> = {
  kind: 'kind', nature: 'nature', level: 'level', category: 'category', listYear: 'list_year', inStatistics: 'in_statistics', totalFen: 'total_fen',
  plannedStart: 'planned_start', actualStart: 'actual_start', plannedCompletion: 'planned_completion', actualCompletion: 'actual_completion',
};

/** Fields that decide who finds a project. */
export const REACH: readonly FieldName[] = ['townId', 'parkId', 'builderId', 'responsibleOrgId', 'chain'];

/** What derives from a project as it stands under its lock, before an edit. */
export interface Standing { readonly ground: Ground; readonly facts: readonly Facts[] }

/** Reads it together with the lock, unless nothing derives from the fields that are given. */
export async function standingFor(tx: Db, id: string, given: readonly string[], now: Now): Promise<Standing | undefined> {
  if (!given.some((name) => Object.hasOwn(DERIVED_FROM, name))) return undefined;
  const [ground, facts] = await settled([readGround(tx, now), readFacts(tx, [id], now)]);
  return { ground, facts };
}

/** Keeps what follows from an edit of fields that change no reader; everything leaves with the commit. */
export async function keepEdited(tx: Transaction, standing: Standing, after: Readonly<Record<string, unknown>>, now: Now): Promise<void> {
  const changed = Object.entries(DERIVED_FROM).flatMap(([name, column]) => (name in after ? [[column, after[name]]] : []));
  if (changed.length === 0) return;
  const over: unknown = Object.fromEntries(changed);
  const later: Pick<Db, 'run'> = { run: async (statement) => (tx.last(statement), 0) };
  await keepBatch(later, standing.facts.map((one) => ({ ...one, ...(over as Partial<Facts>) })), now, standing.ground);
}

/** Recomputes everything, some hundred projects to a transaction: after midnight, a change of rules, of the focus year. */
export async function keepAll(database: { transaction<R>(work: (tx: Db) => Promise<R>): Promise<R> }, now: Now): Promise<number> {
  let done = 0;
  for (let after = 0; ;) {
    const ids = await database.transaction(async (tx) => {
      const rows = await tx.rows<{ id: string; seq: number }>(sql`select id, seq from projects_projects where seq > ${after} order by seq limit ${BATCH} for update`);
      await keep(tx, rows.map((row) => row.id), now);
      return rows;
    });
    const last = ids.at(-1);
    if (last === undefined) return done;
    done += ids.length;
    after = last.seq;
  }
}

/** Gives the projects that were known before and whose readers have changed. */
async function keepBatch(tx: Pick<Db, 'run'>, facts: readonly Facts[], now: Now, ground: Ground): Promise<string[]> {
  const derived = derive(facts, now, ground);
  await settled([writeSums(tx, derived.sums), ...writeDerived(tx, derived, now)]);
  const fresh = new Set(facts.filter((one) => one.old === null).map((one) => one.id));
  return [...new Set([...derived.access.gone, ...derived.access.added].map((one) => String(one['project_id'])))].filter((id) => !fresh.has(id));
}

/** What follows from the facts and is not yet kept. Pure. */
export function derive(facts: readonly Facts[], now: Now, ground: Ground): Derived {
  const derived: Derived = { sums: [], lights: { on: [], changed: [], off: [] }, access: { values: [], added: [], gone: [] }, totals: [] };
  for (const one of facts) {
    const lights = lightsOf(lightFacts(one, ground, now), ground.rules.rules, now.day, ground.year, ground.workdays);
    const light = lights.reduce((top, each) => Math.max(top, each.level), 0);
    compareLights(one, lights, now, derived.lights);
    if (sumsChanged(one, light)) {
      derived.sums.push({ id: one.id, plan_fen: one.year_plan ?? 0, done_fen: one.year_done ?? 0, stat_fen: one.year_stat ?? 0, light, last_report_month: one.last_month, kept_months: one.amounts });
    }
    compareAccess(one, light, ground, derived.access, derived.totals);
  }
  return derived;
}

/** Writes all but the sums, which stand in the project's own row and must be written before. */
export function writeDerived(tx: Pick<Db, 'run'>, derived: Derived, now: Now): Promise<unknown>[] {
  return [...writeLights(tx, derived.lights, now), ...writeAccess(tx, derived.access), writeTotals(tx, derived.totals)];
}

export interface Sums { readonly id: string; readonly plan_fen: number; readonly done_fen: number; readonly stat_fen: number; readonly light: number; readonly last_report_month: string | null; readonly kept_months: Months }
export interface Derived { readonly sums: Sums[]; readonly lights: LightWrites; readonly access: AccessWrites; readonly totals: Contribution[] }

function lightFacts(one: Facts, ground: Ground, now: Now): Parameters<typeof lightsOf>[0] {
  const reporter = { stage: one.stage, sideState: one.side_state, since: one.actual_start ?? one.stage_day, months: one.months, openingMonth: one.opening };
  return {
    kind: one.kind, nature: one.nature, level: one.level, stage: one.stage, stageDay: one.stage_day, sideState: one.side_state, plannedStart: one.planned_start, actualStart: one.actual_start,
    plannedCompletion: one.planned_completion, actualCompletion: one.actual_completion, inStatistics: one.in_statistics,
    planFen: one.year_plan ?? 0, doneFen: one.year_done ?? 0, milestones: one.milestones ?? [], prediction: one.prediction, pending: one.pending ?? [],
    missing: one.parent_id === null ? missingReports(reporter, ground.year, now.day, ground.calendar) : null,
  };
}

function sumsChanged(one: Facts, light: number): boolean {
  return one.kept_plan !== (one.year_plan ?? 0) || one.kept_done !== (one.year_done ?? 0) || one.kept_stat !== (one.year_stat ?? 0)
    || one.kept_light !== light || one.kept_month !== one.last_month || !sameMonths(one.kept_months, one.amounts);
}

function sameMonths(a: Months, b: Months): boolean {
  const keys = Object.keys(b);
  return keys.length === Object.keys(a).length && keys.every((key) => a[key]?.[0] === b[key]?.[0] && a[key]?.[1] === b[key]?.[1]);
}

interface LightWrites { on: Record<string, unknown>[]; changed: Record<string, unknown>[]; off: string[] }

function compareLights(one: Facts, lights: readonly Light[], now: Now, writes: LightWrites): void {
  const old = new Map((one.lights ?? []).map((light) => [`${light.rule} ${light.subject}`, light]));
  for (const light of lights) {
    const before = old.get(`${light.rule} ${light.subject}`);
    old.delete(`${light.rule} ${light.subject}`);
    const since = light.since ?? before?.since ?? now.day;
    const levelSince = light.levelSince ?? (before?.level === light.level ? before.levelSince : now.day);
    if (before === undefined) {
      writes.on.push({ id: newId(now.instant.getTime()), project_id: one.id, rule: light.rule, subject: light.subject, object: light.object, level: light.level, since, level_since: levelSince, numbers: light.numbers });
    } else if (before.level !== light.level || before.since !== since || before.levelSince !== levelSince || !same(before.numbers, light.numbers)) {
      writes.changed.push({ id: before.id, level: light.level, since, level_since: levelSince, numbers: light.numbers });
    }
  }
  for (const gone of old.values()) writes.off.push(gone.id);
}

function same(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(b);
  return keys.length === Object.keys(a).length && keys.every((key) => a[key] === b[key]);
}

interface AccessWrites { values: Record<string, unknown>[]; added: Record<string, unknown>[]; gone: { project_id: string; key: string }[] }

function compareAccess(one: Facts, light: number, ground: Ground, writes: AccessWrites, totals: Contribution[]): void {
  const fresh = access({
    seq: one.seq, stage: one.stage, side_state: one.side_state, category: one.category, level: one.level, nature: one.nature, list_year: one.list_year, town_id: one.town_id, park_id: one.park_id,
    light, in_statistics: one.in_statistics, package: one.parent_id !== null, total_fen: one.total_fen ?? 0, plan_fen: one.year_plan ?? 0, done_fen: one.year_done ?? 0, stat_fen: one.year_stat ?? 0,
  });
  const keys = new Set([ground.rootId, ...(one.keys ?? []), ...(one.chain === null ? [] : [chainKey(one.chain)])]);
  const oldKeys = new Set(one.old_keys);
  const changed = one.old === null || !same({ ...one.old }, { ...fresh });
  if (changed && oldKeys.size > 0) writes.values.push({ project_id: one.id, ...fresh });
  for (const key of keys) if (!oldKeys.has(key)) writes.added.push({ key, project_id: one.id, rate_bp: fresh.rate_bp });
  for (const key of oldKeys) if (!keys.has(key)) writes.gone.push({ project_id: one.id, key });
  const months = one.amounts;
  if (!changed && sameMonths(one.kept_months, months) && oldKeys.size === keys.size && [...keys].every((key) => oldKeys.has(key))) return;
  const counts = [...keys].filter((key) => ground.totalled.has(key));
  const counted = [...oldKeys].filter((key) => ground.totalled.has(key));
  if (one.old !== null) totals.push(...contributions(one.old, counted, -1), ...monthContributions(one.old, one.kept_months, counted, -1));
  totals.push(...contributions(fresh, counts, 1), ...monthContributions(fresh, months, counts, 1));
}

async function writeSums(tx: Pick<Db, 'run'>, rows: readonly Sums[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    update projects_projects p set plan_fen = v.plan_fen, done_fen = v.done_fen, stat_fen = v.stat_fen, light = v.light, last_report_month = v.last_report_month, kept_months = v.kept_months
    from jsonb_to_recordset(${json(rows)}::jsonb) as v (id uuid, plan_fen bigint, done_fen bigint, stat_fen bigint, light smallint, last_report_month date, kept_months jsonb)
    where p.id = v.id`);
}

function writeLights(tx: Pick<Db, 'run'>, writes: LightWrites, now: Now): Promise<unknown>[] {
  const done: Promise<unknown>[] = [];
  if (writes.off.length > 0) done.push(tx.run(sql`update projects_lights set cleared = ${now.day} where id = any(${writes.off}::uuid[])`));
  if (writes.changed.length > 0) done.push(tx.run(sql`
    update projects_lights l set level = v.level, since = v.since, level_since = v.level_since, numbers = v.numbers
    from jsonb_to_recordset(${json(writes.changed)}::jsonb) as v (id uuid, level smallint, since date, level_since date, numbers jsonb) where l.id = v.id`));
  if (writes.on.length > 0) done.push(tx.run(sql`
    insert into projects_lights (id, project_id, rule, subject, object, level, since, level_since, numbers)
    select id, project_id, rule, subject, object, level, since, level_since, numbers
    from ${columns({ id: 'uuid', project_id: 'uuid', rule: 'text', subject: 'text', object: 'text', level: 'smallint', since: 'date', level_since: 'date', numbers: 'jsonb' }, writes.on)} as v`));
  return done;
}

const ACCESS_SHAPE = sql`key uuid, project_id uuid, seq int, stage text, side_state text, category text, level text, nature text, list_year int, town_id uuid, park_id uuid,
  light smallint, in_statistics boolean, package boolean, total_fen bigint, plan_fen bigint, done_fen bigint, stat_fen bigint, rate_bp int`;
const ACCESS_COLUMNS = sql`seq, stage, side_state, category, level, nature, list_year, town_id, park_id, light, in_statistics, package, total_fen, plan_fen, done_fen, stat_fen, rate_bp`;

function writeAccess(tx: Pick<Db, 'run'>, writes: AccessWrites): Promise<unknown>[] {
  const done: Promise<unknown>[] = [];
  if (writes.gone.length > 0) done.push(tx.run(sql`
    delete from projects_access a using jsonb_to_recordset(${json(writes.gone)}::jsonb) as v (project_id uuid, key uuid) where a.project_id = v.project_id and a.key = v.key`));
  if (writes.values.length > 0) done.push(tx.run(sql`
    update projects_access a set (${ACCESS_COLUMNS}) = (v.seq, v.stage, v.side_state, v.category, v.level, v.nature, v.list_year, v.town_id, v.park_id, v.light, v.in_statistics, v.package,
      v.total_fen, v.plan_fen, v.done_fen, v.stat_fen, v.rate_bp)
    from jsonb_to_recordset(${json(writes.values)}::jsonb) as v (${ACCESS_SHAPE}) where a.project_id = v.project_id`));
  // What a list filters and sorts by stands in the project's row, which is written before. In the order of the keys: an index page after the other.
  if (writes.added.length > 0) done.push(tx.run(sql`
    insert into projects_access (key, project_id, ${ACCESS_COLUMNS})
    select v.key, p.id, p.seq, p.stage, p.side_state, p.category, p.level, p.nature, p.list_year, p.town_id, p.park_id, p.light, p.in_statistics, p.parent_id is not null,
           coalesce(p.total_fen, 0), p.plan_fen, p.done_fen, p.stat_fen, v.rate_bp
    from ${columns({ key: 'uuid', project_id: 'uuid', rate_bp: 'int' }, writes.added)} as v join projects_projects p on p.id = v.project_id order by v.key, p.seq`));
  return done;
}

async function writeTotals(tx: Pick<Db, 'run'>, all: readonly Contribution[]): Promise<void> {
  const rows = together(differences(all));
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into projects_total_changes (key, dimensions, cell_values, projects, total_fen, plan_fen, done_fen, stat_fen)
    select key, dimensions, cell_values, projects, total_fen, plan_fen, done_fen, stat_fen
    from jsonb_to_recordset(${json(rows)}::jsonb) as v (key uuid, dimensions text[], cell_values text[], projects int, total_fen bigint, plan_fen bigint, done_fen bigint, stat_fen bigint)`);
}

export interface LightChange {
  readonly projectId: string;
  readonly projectName: string;
  readonly rule: string;
  readonly subject: string;
  readonly object: Light['object'];
  readonly before: number;
  readonly after: number;
}

/** What other rules would show today: every light that would go on, off or to another level. Writes nothing. */
export async function previewLights(tx: Db, rules: Ground['rules']['rules'], now: Now): Promise<{ changes: LightChange[]; counts: { level: number; before: number; after: number }[] }> {
  const ground = await readGround(tx, now);
  const changes: LightChange[] = [];
  const counts = [0, 1, 2, 3].map((level) => ({ level, before: 0, after: 0 }));
  const all = await tx.rows<{ id: string; name: string }>(sql`select id, name from projects_projects where parent_id is null and (side_state is null or side_state = 'paused') order by seq`);
  const names = new Map(all.map((row) => [row.id, row.name]));
  for (let i = 0; i < all.length; i += BATCH) {
    for (const one of await readFacts(tx, all.slice(i, i + BATCH).map((row) => row.id), now)) {
      const facts = lightFacts(one, ground, now);
      const before = lightsOf(facts, ground.rules.rules, now.day, ground.year, ground.workdays);
      const after = lightsOf(facts, rules, now.day, ground.year, ground.workdays);
      count(counts, before, 'before');
      count(counts, after, 'after');
      changes.push(...changedLights(before, after).map((each) => ({ projectId: one.id, projectName: names.get(one.id) ?? '', ...each })));
    }
  }
  return { changes, counts };
}

function count(counts: { level: number; before: number; after: number }[], lights: readonly Light[], when: 'before' | 'after'): void {
  const cell = counts[lights.reduce((top, each) => Math.max(top, each.level), 0)];
  if (cell !== undefined) cell[when] += 1;
}

function changedLights(before: readonly Light[], after: readonly Light[]): Omit<LightChange, 'projectId' | 'projectName'>[] {
  const old = new Map(before.map((light) => [`${light.rule} ${light.subject}`, light]));
  const result = after.flatMap((light) => {
    const was = old.get(`${light.rule} ${light.subject}`);
    old.delete(`${light.rule} ${light.subject}`);
    return was?.level === light.level ? [] : [{ rule: light.rule, subject: light.subject, object: light.object, before: was?.level ?? 0, after: Number(light.level) }];
  });
  return [...result, ...[...old.values()].map((light) => ({ rule: light.rule, subject: light.subject, object: light.object, before: Number(light.level), after: 0 }))];
}
