// What a record and the filter values look like to a reader: stored rows with what the rules derive from them.
import { refuse } from '../../../kernel/refuse.ts';
import { daysBetween, yearOf } from '../../../kernel/days.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { rateBp, timeProgressBp } from '../warnings/rules.ts';
import type { ProjectRecord, projectFacets } from './contract.ts';
import { LEVELS, NATURES, SIDE_STATES, STAGES } from './fields.ts';
import { fieldsOf } from './asof.ts';
import { readCells, type Cell } from './list.ts';
import { nextStep, warningsOf } from './rules.ts';
import { readRecord, type Full } from './store.ts';

export async function record(db: Db, actor: Actor, id: string, now: Now): Promise<ProjectRecord> {
  const row = await readRecord(db, actor, id);
  if (row === undefined) refuse('platform.not_found', {});
  const year = typeof row.focus === 'number' ? row.focus : yearOf(now.day);
  const timeBp = timeProgressBp(now.day, year);
  const rate = rateBp(row.done, row.plan);
  const fields = fieldsOf(row);
  const milestone = row.milestone === null ? null : { ...row.milestone, lateDays: daysBetween(row.milestone.day, now.day) };
  return {
    id: row.id, version: row.version, seq: row.seq, ...fields,
    stage: row.stage, stageDay: row.stageDay, sideState: row.sideState, sideReason: row.sideReason, light: row.light,
    commissionerId: row.commissionerId, commissionerName: row.commissionerName, townName: row.townName, parkName: row.parkName, responsibleOrgName: row.responsibleOrgName, builderOrgName: row.builderOrgName,
    year, planFen: row.plan, doneFen: row.done, statFen: row.stat, rateBp: rate, pointsBp: rate === null ? null : rate - timeBp, timeProgressBp: timeBp,
    lastReportMonth: row.lastReportMonth, parent: row.parent, years: row.years ?? [], externalCodes: row.externalCodes ?? [], assignments: row.assignments ?? [], lights: row.lights ?? [], packages: row.packages ?? [],
    nextMilestone: milestone,
    // Who cannot sign in looks after nothing: the project is to be handed over.
    nextStep: nextStep({ stage: row.stage, sideState: row.sideState, commissionerId: row.commissionerActive === true ? row.commissionerId : null, isPackage: row.parentId !== null, owedMonth: owed(row), milestone }),
    followed: row.followed, warnings: warningsOf(fields, now.day, row.plan), createdAt: row.createdAt, updatedAt: row.updatedAt,
  };
}

// The warning for a missing report names the month and the day on which it was due.
function owed(row: Full): { month: string; dueDay: string } | null {
  const light = row.lights?.find((one) => one.object === 'report');
  const month = light?.numbers['month'];
  const dueDay = light?.numbers['dueDay'];
  return typeof month === 'string' && typeof dueDay === 'string' ? { month, dueDay } : null;
}

type Facets = OutputOf<typeof projectFacets>;
type Facet = Facets['stages'][number];

export async function facets(db: Db, actor: Actor): Promise<Facets> {
  const [cells, places, commissioners] = await Promise.all([
    readCells(db, actor),
    db.rows<{ id: string; name: string }>(sql`select id, name from people_organisations where kind in ('town', 'park') order by sort, name`),
    db.rows<Facet>(sql`
      select u.id as value, u.name, count(*)::int as projects from projects_projects p join people_users u on u.id = p.commissioner_id
      where p.parent_id is null and (p.side_state is null or p.side_state = 'paused')
        and ${actor.scope.all || actor.isSystem ? sql`true` : sql`exists (select 1 from projects_access reach where reach.project_id = p.id and reach.key = any(${[...actor.scope.keys]}::uuid[]))`}
      group by 1, 2 order by 2`),
  ]);
  const names = new Map(places.map((place) => [place.id, place.name]));
  const rank = new Map(places.map((place, index) => [place.id, index]));
  const placed = (dimension: string): Facet[] => of(cells, dimension).map((one) => ({ ...one, name: names.get(one.value) ?? null })).sort((a, b) => (rank.get(a.value) ?? 0) - (rank.get(b.value) ?? 0));
  return {
    stages: inOrder(of(cells, 'stage'), STAGES), sideStates: inOrder(of(cells, 'side'), ['active', ...SIDE_STATES]), levels: inOrder(of(cells, 'level'), LEVELS),
    categories: of(cells, 'category').sort((a, b) => b.projects - a.projects), natures: inOrder(of(cells, 'nature'), NATURES), towns: placed('town'), parks: placed('park'),
    lights: inOrder(of(cells, 'light'), ['3', '2', '1', '0']), years: of(cells, 'year').sort((a, b) => Number(b.value) - Number(a.value)), commissioners,
  };
}

function of(cells: readonly Cell[], dimension: string): Facet[] {
  return cells.filter((cell) => cell.dimension === dimension && cell.value !== '').map((cell) => ({ value: cell.value, name: null, projects: cell.projects }));
}

function inOrder(list: Facet[], order: readonly string[]): Facet[] {
  return list.sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
}
