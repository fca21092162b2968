// The counts beside the queue's filters: what each choice would show. Looked at are the first so many that run out, so that the cost stays the same
// however many there are; whoever has more is told so.
import { moment, type Now } from '../../../kernel/clock.ts';
import type { InputOf, OutputOf } from '../../../kernel/contract.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { OPEN_STATES, SEVERITIES, SOURCES, STATES, TIERS } from '../life/steps.ts';
import { figureCondition } from '../rates/filter.ts';
import { FACETS_MOST, type problemFacets } from './contract.ts';
import { held } from './access.ts';
import { conditions, readKinds } from './reads.ts';

type Input = InputOf<typeof problemFacets>;
type Facets = OutputOf<typeof problemFacets>;
/** Filters that are counted against each other in memory; the rest narrow what is counted. */
type Dimension = 'state' | 'kind' | 'severity' | 'source' | 'tier' | 'owner' | 'town' | 'project';
interface Row {
  readonly state: string; readonly kind: string; readonly severity: string; readonly source: string; readonly tier: string; readonly owner: string; readonly town: string; readonly project: string;
  readonly overdue: boolean; readonly paused: boolean; readonly urgent: boolean; readonly count: number;
}

const DIMENSIONS: readonly Dimension[] = ['state', 'kind', 'severity', 'source', 'tier', 'owner', 'town', 'project'];
/** Owners, towns and projects that are offered: the others are found by typing or by link. */
const OFFERED = 40;
const SOON_HOURS = 24;

export async function readFacets(db: Db, actor: Actor, input: Input, now: Now): Promise<Facets> {
  const rows = await counted(db, actor, input, now);
  const chosen: Readonly<Record<Dimension, readonly string[]>> = {
    state: input.state ?? [], kind: input.kind ?? [], severity: input.severity ?? [], source: input.source ?? [], tier: (input.tier ?? []).map(String), owner: listOf(input.owner), town: listOf(input.town), project: listOf(input.project),
  };
  const among = (wanted: Dimension | undefined): readonly Row[] => rows.filter((row) => DIMENSIONS.every((one) => one === wanted || chosen[one].length === 0 || chosen[one].includes(row[one])));
  const of = (wanted: Dimension, all: readonly (string | number)[]): { value: string; count: number }[] => {
    const found = sums(among(wanted), wanted);
    return [...new Set([...all.map(String), ...chosen[wanted]])].map((value) => ({ value, count: found.get(value) ?? 0 }));
  };
  const most = (wanted: Dimension): { value: string; count: number }[] => {
    const found = sums(among(wanted), wanted);
    const top = [...found].filter(([value]) => value !== '').sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, OFFERED).map(([value]) => value);
    return [...new Set([...top, ...chosen[wanted]])].map((value) => ({ value, count: found.get(value) ?? 0 }));
  };
  const [owners, towns, projects] = [most('owner'), most('town'), most('project')];
  const names = await namesOf(db, [...owners, ...towns].map((one) => one.value), projects.map((one) => one.value));
  const named = (list: readonly { value: string; count: number }[]) => list.flatMap((one) => (names.get(one.value) === undefined ? [] : [{ ...one, name: names.get(one.value) ?? '' }]));
  const shown = among(undefined);
  const sum = (take: (row: Row) => boolean): number => shown.reduce((all, row) => all + (take(row) ? row.count : 0), 0);
  return {
    all: sum(() => true), overdue: sum((row) => row.overdue), paused: sum((row) => row.paused), urgent: sum((row) => row.urgent), cut: rows.reduce((all, row) => all + row.count, 0) >= FACETS_MOST,
    states: of('state', input.open === true ? OPEN_STATES : STATES), kinds: of('kind', (await readKinds(db)).filter((kind) => kind.retired !== true).map((kind) => kind.code)), severities: of('severity', SEVERITIES), sources: of('source', SOURCES), tiers: of('tier', TIERS),
    owners: named(owners), towns: named(towns), projects: named(projects),
  };
}

function listOf(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}

function sums(rows: readonly Row[], dimension: Dimension): Map<string, number> {
  const found = new Map<string, number>();
  for (const row of rows) found.set(row[dimension], (found.get(row[dimension]) ?? 0) + row.count);
  return found;
}

async function counted(db: Db, actor: Actor, input: Input, now: Now): Promise<Row[]> {
  const at = moment(now);
  const { state: _state, kind: _kind, severity: _severity, source: _source, tier: _tier, owner: _owner, town: _town, project, ...rest } = input;
  // A project is few: its problems are looked for, not walked to. Owner and town choose the key under which all are read.
  const figure = await figureCondition(db, input, now);
  const where = sql.all([conditions(actor, { ...rest, ...(project === undefined ? {} : { project }) }, at), ...(figure === undefined ? [] : [figure])]);
  const mine: Sql = actor.isSystem ? sql`a.key = (select id from people_organisations where parent_id is null)` : held(actor, sql`a.key`);
  return db.rows<Row>(sql`
    with seen as (
      select distinct on (a.due_at, a.problem_id) a.problem_id, a.state, a.kind, a.severity, a.source, a.tier, a.owner_org_id, a.open from problems_access a join problems_problems p on p.id = a.problem_id
      where ${mine} and ${where} order by a.due_at, a.problem_id limit ${FACETS_MOST})
    select s.state, s.kind, s.severity, s.source, s.tier::text as tier, s.owner_org_id::text as owner, coalesce(j.town_id::text, '') as town, coalesce(p.project_id::text, '') as project,
      s.open and s.state <> 'submitted' and coalesce(least(p.due_at, p.solve_due_at) < ${at}, false) as overdue, p.paused_at is not null as paused,
      s.open and s.state <> 'submitted' and coalesce(least(p.due_at, p.solve_due_at) between ${at} and ${new Date(at.getTime() + SOON_HOURS * 3_600_000)}, false) as urgent, count(*)::int as count
    from seen s join problems_problems p on p.id = s.problem_id left join projects_projects j on j.id = p.project_id group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11`);
}

async function namesOf(db: Db, orgs: readonly string[], projects: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.rows<{ id: string; name: string }>(sql`
    select id, coalesce(short_name, name) as name from people_organisations where id = any(${[...orgs]}::uuid[]) union all select id, name from projects_projects where id = any(${[...projects]}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row.name]));
}
