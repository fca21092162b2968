// SQL of the lists of the faster ways: what expires, and the records of guidance, each within the reader's scope and page by page.
import { addDays } from '../../../kernel/days.ts';
import type { Actor } from '../../../platform/actor.ts';
import { columns } from '../../../platform/columns.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import type { Catalogue } from '../catalogue/shape.ts';
import { visible } from './desk.ts';
import { caseDocuments, FIRST_APPLICATION, type Ends } from './formal.ts';

export interface ExpiringRow {
  readonly id: string; readonly kind: 'document' | 'simulation' | 'promise' | 'material'; readonly project_id: string; readonly project_name: string; readonly project_version: number; readonly item: string; readonly number: string | null; readonly what: string[] | null;
  readonly until: string; readonly extensions: number;
}

/** Where a page ends. */
export interface Place {
  readonly day: string;
  readonly id: string;
}

export interface Asked {
  readonly day: string;
  readonly within: number;
  readonly over: boolean;
  readonly kind: string | undefined;
  readonly item: string | undefined;
}

/**
 * What ends, from everything that has an end. A document to begin with (a permit, an assessment) matters until works have begun, so that it is
 * left out from then on; so is everything of projects that were removed or ended.
 */
function ends(catalogue: Catalogue, range: Ends): Sql {
  const validity = columns({ item: 'text', months: 'int' }, catalogue.items.flatMap((one) => (one.validity === null ? [] : [{ item: one.code, months: one.validity.months }])));
  return sql`
    select r.id, 'document' as kind, r.project_id, r.item, r.number, null::text[] as what, r.until, r.extensions, null::uuid as org_id
    from approvals_results r where r.until is not null and not r.void
      and not exists (select 1 from approvals_cases c where c.id = r.origin_id and c.status in ('recalled', 'revoked'))
    union all select d.id, 'document', d.project_id, d.item, d.number, null, d.until, 0, d.org_id from (${caseDocuments(validity, range)}) d
    union all select o.id, 'document', o.project_id, o.item, o.number, null, (o.day + make_interval(months => v.months))::date, 0, o.org_id
      from approvals_promises o join ${validity} v on v.item = o.item where o.kept is distinct from false and not exists (select 1 from approvals_results r where r.origin_id = o.id)
    union all select s.id, 'simulation', s.project_id, s.item, s.number, null, greatest(s.expires, s.due), 0, s.org_id from approvals_simulations s where s.status in ('opined', 'converting') and s.lapsed_day is null
    union all select o.id, 'promise', o.project_id, o.item, o.number, null, o.check_due, 0, o.org_id from approvals_promises o where o.checked_day is null
    union all select t.id, 'material', t.project_id, t.item, null, array_agg(m.material order by m.due, m.material), min(m.due), 0, t.org_id
      from approvals_tolerances t join approvals_tolerance_materials m on m.tolerance_id = t.id where m.supplied_day is null and t.returned_day is null group by t.id`;
}

const BEFORE_START = sql`p.stage in ('planned', 'reserved', 'signed', 'performed', 'preliminary')`;

function source(actor: Actor, catalogue: Catalogue, { kind, item }: Pick<Asked, 'kind' | 'item'>, range: Ends): Sql {
  const begin = range.from === null ? sql.empty : sql`and x.until >= ${range.from}`;
  return sql`
    (${ends(catalogue, range)}) x join projects_projects p on p.id = x.project_id
    where (x.kind <> 'document' or ${BEFORE_START}) and (p.side_state is null or p.side_state = 'paused') and ${visible(actor, sql`p.id`, sql`x.org_id`)} ${begin} and x.until <= ${range.to}
      ${kind === undefined ? sql.empty : sql`and x.kind = ${kind}`} ${item === undefined ? sql.empty : sql`and x.item = ${item}`}`;
}

/** The first to end first; with `over` what has ended already. */
export async function expiring(db: Db, actor: Actor, catalogue: Catalogue, asked: Asked, after: Place | undefined, limit: number): Promise<ExpiringRow[]> {
  const range = asked.over ? { from: after?.day ?? null, to: addDays(asked.day, -1) } : { from: after?.day ?? asked.day, to: addDays(asked.day, asked.within) };
  const beyond = after === undefined ? sql.empty : sql`and (x.until, x.id) > (${after.day}::date, ${after.id}::uuid)`;
  return db.rows<ExpiringRow>(sql`
    select x.id, x.kind, x.project_id, p.name as project_name, p.version as project_version, x.item, x.number, x.what, x.until, x.extensions from ${source(actor, catalogue, asked, range)} ${beyond} order by x.until, x.id limit ${limit}`);
}

const FARTHEST = 90;

export interface Counts { readonly over: number; readonly within30: number; readonly within60: number; readonly within90: number }

export async function expiringCounts(db: Db, actor: Actor, catalogue: Catalogue, { day, ...asked }: Pick<Asked, 'day' | 'kind' | 'item'>): Promise<Counts> {
  const upTo = (days: number): Sql => sql`count(*) filter (where x.until between ${day} and ${addDays(day, days)})::int`;
  const row = await db.row<Counts>(sql`
    select count(*) filter (where x.until < ${day})::int as over, ${upTo(30)} as "within30", ${upTo(60)} as "within60", ${upTo(90)} as "within90" from ${source(actor, catalogue, asked, { from: null, to: addDays(day, FARTHEST) })}`);
  return row ?? { over: 0, within30: 0, within60: 0, within90: 0 };
}

export interface GuidanceRow {
  readonly id: string; readonly project_id: string; readonly project_name: string; readonly item: string; readonly day: string; readonly missing: string[]; readonly comments: string | null; readonly given_name: string;
  readonly case_id: string | null; readonly applied_day: string | null; readonly passed: boolean | null;
}

const GUIDANCE = sql`approvals_guidance g join projects_projects p on p.id = g.project_id left join ${FIRST_APPLICATION} on true`;

/** Of one project: to who may know it all, to another body its own. */
export async function guidanceOf(db: Db, actor: Actor, projectId: string): Promise<GuidanceRow[]> {
  return guidances(db, sql`g.project_id = ${projectId} and ${visible(actor, sql`p.id`, sql`g.org_id`)}`, 200);
}

export async function guidancePage(db: Db, actor: Actor, { outcome, item }: { readonly outcome?: 'passed' | 'decided' | 'open' | undefined; readonly item?: string | undefined }, after: Place | undefined, limit: number): Promise<GuidanceRow[]> {
  const wanted = outcome === undefined ? sql`true` : outcome === 'passed' ? sql`a.passed` : outcome === 'decided' ? sql`a.passed is not null` : sql`a.passed is null`;
  const beyond = after === undefined ? sql`true` : sql`(g.day, g.id) < (${after.day}::date, ${after.id}::uuid)`;
  return guidances(db, sql`${visible(actor, sql`p.id`, sql`g.org_id`)} and ${wanted} and ${beyond} and ${ofItem(item)}`, limit);
}

function ofItem(item: string | undefined): Sql {
  return item === undefined ? sql`true` : sql`g.item = ${item}`;
}

async function guidances(db: Db, where: Sql, limit: number): Promise<GuidanceRow[]> {
  return db.rows<GuidanceRow>(sql`
    select g.id, g.project_id, p.name as project_name, g.item, g.day, g.missing, g.comments, g.given_name, a.case_id, a.applied_day, a.passed from ${GUIDANCE} where ${where} order by g.day desc, g.id desc limit ${limit}`);
}

/** First-pass acceptance: of the guidances after which an application was accepted or sent back, those where it was accepted at once. */
export async function guidanceCounts(db: Db, actor: Actor, item: string | undefined): Promise<{ all: number; decided: number; passed: number }> {
  const row = await db.row<{ all: number; decided: number; passed: number }>(sql`
    select count(*)::int as all, count(a.passed)::int as decided, count(*) filter (where a.passed)::int as passed from ${GUIDANCE} where ${visible(actor, sql`p.id`, sql`g.org_id`)} and ${ofItem(item)}`);
  return row ?? { all: 0, decided: 0, passed: 0 };
}
