// The list of projects, its sums and the values that it can be filtered by. One statement a page: it reads projects_access by the
// reader's key in the order of an index, so that a commissioner's page costs what an administrator's costs. Never unscoped.
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { yearOf } from '../../../kernel/days.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { InputOf, OutputOf } from '../../../kernel/contract.ts';
import { FOCUS_YEAR } from '../data.ts';
import { rateBp, timeProgressBp } from '../warnings/rules.ts';
import { LIST_LIMIT, type Filters, type listProjects, type ProjectRow, type Sort, type sumProjects } from './contract.ts';
import { askedOf } from '../../../kernel/grams.ts';

type ListInput = InputOf<typeof listProjects>;

/** A row as the statement gives it; what is derived by a rule is added in TypeScript. */
export type StoredRow = Omit<ProjectRow, 'rateBp' | 'pointsBp'>;

const DEFAULT_LIMIT = 50;

export async function readList(db: Db, actor: Actor, input: ListInput, now: Now): Promise<OutputOf<typeof listProjects>> {
  const limit = Math.min(input.limit ?? DEFAULT_LIMIT, LIST_LIMIT);
  const sort = input.sort ?? 'seq';
  const down = input.down ?? false;
  const { access, project } = await conditions(db, actor, input, now);
  const where = sql.all([...access, ...project]);
  const order = orderOf(sort, down);
  const after = input.after === undefined ? sql.empty : sql` and ${order.after(cursorOf(input.after, sort, down))}`;
  const page = pageOf(actor, COLUMNS, sql`${where}${after}`, order, limit + 1);
  // What a filter beyond the index finds may be half of all or nothing: such a page is planned for its values.
  const rows = await db.rows<StoredRow & Keyed & { focus: unknown }>(project.length === 0 ? page : sql.fresh(page));
  // An empty page has no row that could say it.
  const year = rows[0] === undefined ? await focusYear(db, now) : typeof rows[0].focus === 'number' ? rows[0].focus : yearOf(now.day);
  const timeBp = timeProgressBp(now.day, year);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((row) => rated(row, timeBp)),
    next: last === undefined ? null : cursorText(sort, down, last.sortValue, last.seq),
    timeProgressBp: timeBp, year,
  };
}

interface Keyed {
  readonly sortValue: string | number;
  readonly seq: number;
}

/** All rows of a list, page by page, with columns of the caller's choice over `p`: for files of any length. */
export async function* readAll<Row>(db: Db, actor: Actor, input: Filters & { sort?: Sort; down?: boolean }, columns: Sql, now: Now): AsyncGenerator<Row[]> {
  const { sort = 'seq', down = false, ...filters } = input;
  const { access, project } = await conditions(db, actor, filters, now);
  const where = sql.all([...access, ...project]);
  const order = orderOf(sort, down);
  for (let after = sql.empty; ;) {
    const rows = await db.rows<Row & Keyed>(pageOf(actor, sql`p.seq, ${columns}`, sql`${where}${after}`, order, LIST_LIMIT));
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < LIST_LIMIT) return;
    after = sql` and ${order.after({ value: last.sortValue, seq: last.seq })}`;
  }
}

// Spelt out: an object that is copied with … is ten times as slow to make and to write as JSON, and a page has fifty of them.
export function rated(row: StoredRow, timeBp: number): ProjectRow {
  const rate = rateBp(row.doneFen, row.planFen);
  return {
    id: row.id, seq: row.seq, version: row.version, name: row.name, code: row.code, kind: row.kind, level: row.level, listYear: row.listYear, batch: row.batch,
    category: row.category, nature: row.nature, industryCode: row.industryCode, chain: row.chain, townId: row.townId, townName: row.townName, parkId: row.parkId, parkName: row.parkName, place: row.place,
    builderName: row.builderName, stage: row.stage, stageDay: row.stageDay, sideState: row.sideState, light: row.light,
    totalFen: row.totalFen, accumulatedFen: row.accumulatedFen, planFen: row.planFen, doneFen: row.doneFen, statFen: row.statFen,
    rateBp: rate, pointsBp: rate === null ? null : rate - timeBp, inStatistics: row.inStatistics,
    plannedStart: row.plannedStart, actualStart: row.actualStart, plannedCompletion: row.plannedCompletion, actualCompletion: row.actualCompletion,
    commissionerId: row.commissionerId, commissionerName: row.commissionerName, leader: row.leader, responsibleOrgName: row.responsibleOrgName, responsiblePerson: row.responsiblePerson,
    lastReportMonth: row.lastReportMonth, parentId: row.parentId, updatedAt: row.updatedAt,
  };
}

const COLUMNS = sql`p.id, p.seq, p.version, p.name, p.code, p.kind, p.level, p.list_year as "listYear", p.batch, p.category, p.nature, p.industry_code as "industryCode", p.chain,
  p.town_id as "townId", (select name from people_organisations where id = p.town_id) as "townName",
  p.park_id as "parkId", (select name from people_organisations where id = p.park_id) as "parkName", p.place, p.builder_name as "builderName",
  p.stage, p.stage_day as "stageDay", p.side_state as "sideState", p.light, p.total_fen as "totalFen", p.accumulated_fen as "accumulatedFen",
  p.plan_fen as "planFen", p.done_fen as "doneFen", p.stat_fen as "statFen", p.in_statistics as "inStatistics",
  p.planned_start as "plannedStart", p.actual_start as "actualStart", p.planned_completion as "plannedCompletion", p.actual_completion as "actualCompletion",
  p.commissioner_id as "commissionerId", (select name from people_users where id = p.commissioner_id) as "commissionerName", p.leader,
  (select name from people_organisations where id = p.responsible_org_id) as "responsibleOrgName", p.responsible_person as "responsiblePerson",
  p.last_report_month as "lastReportMonth", p.parent_id as "parentId", p.updated_at as "updatedAt",
  (select value from platform_settings where name = ${FOCUS_YEAR}) as focus`;

interface Order {
  readonly by: Sql;
  /** What tells equal values apart: the number, of the table whose index is read. */
  readonly seq: Sql;
  readonly value: Sql;
  readonly backward: boolean;
  /** The table that the order is read from, where it is neither of the two that every page reads. */
  readonly join: Sql;
  after(cursor: { value: string | number; seq: number }): Sql;
}

// With one key the page is one range of one index. A reader with several keys gets the first rows of each key, once each.
function pageOf(actor: Actor, columns: Sql, where: Sql, order: Order, count: number): Sql {
  const way = order.backward ? sql`desc` : sql`asc`;
  const by = sql`${order.by} ${way}, ${order.seq} ${way}`;
  const key = singleKey(actor);
  if (key !== undefined) {
    return sql`select ${columns}, ${order.value} as "sortValue" from projects_access a join projects_projects p on p.id = a.project_id ${order.join}
      where a.key = ${key} and ${where} order by ${by} limit ${count}`;
  }
  return sql`select ${columns}, page."sortValue" from (
      select each.project_id, each.by, each.seq, each."sortValue" from unnest(${[...actor.scope.keys]}::uuid[]) as k (key) cross join lateral (
        select a.project_id, ${order.by} as by, a.seq, ${order.value} as "sortValue" from projects_access a join projects_projects p on p.id = a.project_id ${order.join}
        where a.key = k.key and ${where} order by ${by} limit ${count}) as each
      group by 1, 2, 3, 4 order by each.by ${way}, each.seq ${way} limit ${count}) as page
    join projects_projects p on p.id = page.project_id order by page.by ${way}, page.seq ${way}`;
}

/** The key of the whole zone or the only key; undefined where there are several. */
export function singleKey(actor: Actor): Sql | undefined {
  const [first, second] = actor.scope.keys;
  if (first !== undefined && second === undefined) return sql`${first}::uuid`;
  if (actor.isSystem || actor.scope.all) return sql`(select id from people_organisations where parent_id is null)`;
  return undefined;
}

function orderOf(sort: Sort, down: boolean): Order {
  switch (sort) {
    case 'seq': return ordered(sql`a.seq`, down, sql`bigint`);
    case 'total': return ordered(sql`(-a.total_fen)`, !down, sql`bigint`);
    case 'plan': return ordered(sql`(-a.plan_fen)`, !down, sql`bigint`);
    case 'done': return ordered(sql`(-a.done_fen)`, !down, sql`bigint`);
    case 'light': return ordered(sql`(-a.light)`, !down, sql`int`);
    // Projects without a plan stand last, whichever way.
    case 'rate': return down ? ordered(sql`(-coalesce(a.rate_bp, -1))`, false, sql`int`) : ordered(sql`coalesce(a.rate_bp, 2147483647)`, false, sql`int`);
    case 'updated': return { ...ordered(sql`r.at`, down, sql`timestamptz`, sql`r.seq`, sql`r.at::text`), join: sql`join projects_recent r on r.project_id = a.project_id` };
    case 'name': return ordered(sql`p.pinyin collate "C"`, down, sql`text`, sql`p.seq`);
    default: return never(sort);
  }
}

function ordered(by: Sql, backward: boolean, type: Sql, seq: Sql = sql`a.seq`, value: Sql = by): Order {
  const comparison = backward ? sql`<` : sql`>`;
  return { by, seq, value, backward, join: sql.empty, after: (cursor) => sql`(${by}, ${seq}) ${comparison} (${cursor.value}::${type}, ${cursor.seq}::int)` };
}

function cursorText(sort: Sort, down: boolean, value: string | number, seq: number): string {
  return Buffer.from(JSON.stringify([sort, down, value, seq])).toString('base64url');
}

function cursorOf(text: string, sort: Sort, down: boolean): { value: string | number; seq: number } {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && parts[0] === sort && parts[1] === down) {
      const value: unknown = parts[2];
      const seq: unknown = parts[3];
      const fits = sort === 'updated' || sort === 'name' ? typeof value === 'string' : Number.isSafeInteger(value);
      const isTime = sort !== 'updated' || !Number.isNaN(Date.parse(String(value)));
      if (fits && isTime && (typeof value === 'string' || typeof value === 'number') && Number.isSafeInteger(seq)) return { value, seq: Number(seq) };
    }
  } catch {
    // falls through: whatever it was, it is not one of our cursors
  }
  return refuse('platform.invalid', { errors: [{ path: 'after', rule: 'cursor', params: {} }] });
}

/** The conditions of the filters: those on `a` (projects_access), never none, and those on `p` (projects_projects). */
export async function conditions(db: Db, actor: Actor, input: Filters, now: Now): Promise<{ access: Sql[]; project: Sql[] }> {
  const parts = accessConditions(input);
  if (input.behind !== undefined) {
    const timeBp = timeProgressBp(now.day, await focusYear(db, now));
    parts.push(input.behind ? sql`a.rate_bp < ${timeBp}` : sql`a.rate_bp >= ${timeBp}`);
  }
  return { access: parts, project: projectConditions(input, actor) };
}

function accessConditions(input: Filters): Sql[] {
  const parts: Sql[] = [];
  if (input.packages !== true) parts.push(sql`not a.package`);
  parts.push(sideCondition(input.sideState));
  among(parts, sql`a.stage`, sql`text`, input.stage);
  among(parts, sql`a.level`, sql`text`, input.level);
  among(parts, sql`a.category`, sql`text`, input.category);
  among(parts, sql`a.nature`, sql`text`, input.nature);
  among(parts, sql`a.town_id`, sql`uuid`, input.townId);
  among(parts, sql`a.park_id`, sql`uuid`, input.parkId);
  among(parts, sql`a.light`, sql`smallint`, input.light);
  among(parts, sql`a.list_year`, sql`int`, input.listYear);
  if (input.inStatistics !== undefined) parts.push(input.inStatistics ? sql`a.in_statistics` : sql`not a.in_statistics`);
  return parts;
}

function sideCondition(sides: Filters['sideState']): Sql {
  if (sides === undefined || sides.length === 0) return sql`(a.side_state is null or a.side_state = 'paused')`;
  const named = sides.filter((side) => side !== 'active');
  if (named.length === 0) return sql`a.side_state is null`;
  return named.length === sides.length ? sql`a.side_state = any(${named}::text[])` : sql`(a.side_state is null or a.side_state = any(${named}::text[]))`;
}

function projectConditions(input: Filters, actor: Actor): Sql[] {
  const parts: Sql[] = [];
  among(parts, sql`p.commissioner_id`, sql`uuid`, input.commissionerId);
  among(parts, sql`p.responsible_org_id`, sql`uuid`, input.responsibleOrgId);
  among(parts, sql`p.builder_id`, sql`uuid`, input.builderId);
  among(parts, sql`p.chain`, sql`text`, input.chain);
  among(parts, sql`p.id`, sql`uuid`, input.ids);
  if (input.plannedStartFrom !== undefined) parts.push(sql`p.planned_start >= ${input.plannedStartFrom}::date`);
  if (input.plannedStartTo !== undefined) parts.push(sql`p.planned_start <= ${input.plannedStartTo}::date`);
  if (input.plannedCompletionFrom !== undefined) parts.push(sql`p.planned_completion >= ${input.plannedCompletionFrom}::date`);
  if (input.plannedCompletionTo !== undefined) parts.push(sql`p.planned_completion <= ${input.plannedCompletionTo}::date`);
  if (input.notReported !== undefined) parts.push(sql`(p.last_report_month is null or p.last_report_month < ${`${input.notReported}-01`}::date)`);
  if (input.followed !== undefined) {
    const follows = sql`exists (select 1 from projects_follows f where f.user_id = ${actor.userId} and f.project_id = p.id)`;
    parts.push(input.followed ? follows : sql`not ${follows}`);
  }
  if (input.q !== undefined && input.q.trim() !== '') parts.push(matching(input.q));
  return parts;
}

/** Names, initials and codes that hold a text. */
export function matching(text: string, fromStart = false): Sql {
  const asked = askedOf(text);
  if (asked.grams.length === 0) return sql`p.name = ${text.trim()}`;
  // A code is typed from its beginning: its digits alone are too common to look for.
  if (/^\d[\d-]*-[\d-]*$/.test(asked.text)) return sql`(p.code like ${`${asked.text}%`} or p.name like ${`${asked.text}%`})`;
  const held = sql`p.grams @> ${[...asked.grams, ...(fromStart && asked.start !== undefined ? [asked.start] : [])]}::bigint[]`;
  if (!asked.compare) return held;
  return sql`(${held} and (strpos(p.pinyin, ${asked.text}) > 0 or strpos(lower(p.code), ${asked.text}) > 0 or strpos(replace(lower(normalize(p.name, nfkc)), ' ', ''), ${asked.text}) > 0))`;
}

function among(parts: Sql[], column: Sql, type: Sql, values: readonly (string | number)[] | undefined): void {
  const [first, second] = values ?? [];
  if (first === undefined) return;
  parts.push(second === undefined ? sql`${column} = ${first}::${type}` : sql`${column} = any(${[...(values ?? [])]}::${type}[])`);
}

export async function focusYear(db: Db, now: Now): Promise<number> {
  const row = await db.row<{ value: unknown }>(sql`select value from platform_settings where name = ${FOCUS_YEAR}`);
  return typeof row?.value === 'number' ? row.value : yearOf(now.day);
}

interface Sum {
  readonly projects: number;
  readonly total: number;
  readonly plan: number;
  readonly done: number;
  readonly stat: number;
}

/** Sums of exactly what the list shows: from the kept totals where one dimension or none is asked for, else counted. */
export async function readSums(db: Db, actor: Actor, input: Filters, now: Now): Promise<OutputOf<typeof sumProjects>> {
  const year = await focusYear(db, now);
  const { projects, total, plan, done, stat } = (await keptSums(db, actor, input)) ?? (await countedSums(db, actor, input, now));
  const timeBp = timeProgressBp(now.day, year);
  const rate = rateBp(done, plan);
  return { projects, totalFen: total, planFen: plan, doneFen: done, statFen: stat, rateBp: rate, pointsBp: rate === null ? null : rate - timeBp, timeProgressBp: timeBp, year, day: now.day };
}

const KEPT: readonly { readonly filter: keyof Filters; readonly dimension: string }[] = [
  { filter: 'stage', dimension: 'stage' }, { filter: 'townId', dimension: 'town' }, { filter: 'parkId', dimension: 'park' }, { filter: 'category', dimension: 'category' },
  { filter: 'level', dimension: 'level' }, { filter: 'nature', dimension: 'nature' }, { filter: 'light', dimension: 'light' }, { filter: 'listYear', dimension: 'year' },
];

/** The dimension of the kept totals that the filter is about; undefined where it is about anything else, or more. */
export function keptDimension(input: Filters): { dimension: string; values: readonly string[] } | undefined {
  const set = Object.entries(input).filter(([name, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0) && !(name === 'q' && String(value).trim() === ''));
  const [only, another] = set;
  if (another !== undefined) return undefined;
  if (only === undefined) return { dimension: 'all', values: [''] };
  if (only[0] === 'inStatistics') return { dimension: 'statistics', values: [only[1] === true ? 'yes' : 'no'] };
  const found = KEPT.find((one) => one.filter === only[0]);
  return found === undefined || !Array.isArray(only[1]) ? undefined : { dimension: found.dimension, values: only[1].map(String) };
}

// Totals are kept for the zone and for organisations, not for people and chains.
async function keptSums(db: Db, actor: Actor, input: Filters): Promise<Sum | undefined> {
  const key = singleKey(actor);
  const kept = keptDimension(input);
  if (key === undefined || kept === undefined) return undefined;
  const row = await db.row<Sum & { totalled: boolean }>(sql`
    select coalesce(sum(projects), 0)::int as projects, coalesce(sum(total_fen), 0)::bigint as total, coalesce(sum(plan_fen), 0)::bigint as plan,
      coalesce(sum(done_fen), 0)::bigint as done, coalesce(sum(stat_fen), 0)::bigint as stat,
      exists (select 1 from people_organisations where id = ${key} and kind in ('zone', 'department', 'town', 'park')) as totalled
    from projects_cells where key = ${key} and dimension = ${kept.dimension} and value = any(${[...kept.values]}::text[])`);
  return row?.totalled === true ? row : undefined;
}

async function countedSums(db: Db, actor: Actor, input: Filters, now: Now): Promise<Sum> {
  const { access, project } = await conditions(db, actor, input, now);
  const key = singleKey(actor);
  const rows = key === undefined
    ? sql`(select distinct on (one.project_id) one.* from projects_access one where one.key = any(${[...actor.scope.keys]}::uuid[])) as a`
    : sql`projects_access a`;
  const joined = project.length === 0 ? sql.empty : sql`join projects_projects p on p.id = a.project_id`;
  const row = await db.row<Sum>(sql.fresh(sql`
    select count(*)::int as projects, coalesce(sum(a.total_fen), 0)::bigint as total, coalesce(sum(a.plan_fen), 0)::bigint as plan,
      coalesce(sum(a.done_fen), 0)::bigint as done, coalesce(sum(a.stat_fen), 0)::bigint as stat
    from ${rows} ${joined} where ${sql.all([...(key === undefined ? [] : [sql`a.key = ${key}`]), ...access, ...project])}`));
  return row ?? { projects: 0, total: 0, plan: 0, done: 0, stat: 0 };
}

export interface Cell {
  readonly dimension: string;
  readonly value: string;
  readonly projects: number;
}

/** How many projects there are for each value of each dimension, for the reader. */
export async function readCells(db: Db, actor: Actor): Promise<Cell[]> {
  if (actor.scope.all || actor.isSystem) {
    const root = sql`(select id from people_organisations where parent_id is null)`;
    return db.rows<Cell>(sql`
      select dimension, value, sum(projects)::int as projects from projects_cells where key = ${root} group by 1, 2 having sum(projects) > 0`);
  }
  return db.rows<Cell>(sql`
    with own as (select distinct on (one.project_id) one.* from projects_access one where one.key = any(${[...actor.scope.keys]}::uuid[]) and not one.package),
      listed as (select * from own where side_state is null or side_state = 'paused')
    select d.dimension, d.value, count(*)::int as projects from listed cross join lateral (values ('stage', stage), ('town', coalesce(town_id::text, '')), ('park', coalesce(park_id::text, '')),
      ('category', coalesce(category, '')), ('level', coalesce(level, '')), ('nature', coalesce(nature, '')), ('light', light::text), ('year', coalesce(list_year::text, ''))) as d (dimension, value) group by 1, 2
    union all select 'side', coalesce(side_state, 'active'), count(*)::int from own group by 2`);
}

function never(value: never): never {
  throw new Error(`unknown: ${String(value)}`);
}
