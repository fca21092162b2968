// What projects are told of their approvals, for the warnings: the predicted start of works with what decides it, and the cases in hand with
// the days by which they are due or on which they came to a stop. Reads what is kept and decides nothing.
import { readSetting } from '../../../platform/settings.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { DEPARTMENT_MAP } from '../../people/duties/feature.ts';
import { readMap, type DutyMap } from '../../people/duties/rules.ts';
import type { Foreseen } from '../../projects/foreseen.ts';
import { bodyFor, departmentOf } from '../cases/rules.ts';
import type { Catalogue, Item } from '../catalogue/shape.ts';
import type { Kept, Subject } from './rules.ts';

type Predictions = NonNullable<Foreseen['predictions']>;
type PendingRows = NonNullable<Foreseen['pending']>;

interface Forecast { readonly subject: Subject & { readonly id: string }; readonly kept: Kept }

/** The predictions of projects whose works have not begun; without a forecast day there is none. */
export async function predictionsOf(db: Db, catalogue: Catalogue, forecasts: readonly Forecast[]): Promise<Predictions> {
  const dated = forecasts.flatMap(({ subject, kept }) => (kept.beginDay === null || (subject.register.actualStart ?? null) !== null ? [] : [{ id: subject.id, agreedDay: subject.agreed?.beginDay ?? null, day: kept.beginDay, deciding: kept.deciding }]));
  if (dated.length === 0) return [];
  const items = new Map(catalogue.items.map((one) => [one.code, one]));
  const inHand = await casesInHand(db, dated.flatMap((one) => (one.deciding === null ? [] : [{ id: one.id, item: one.deciding }])));
  const bodies = await bodiesOf(db, dated.flatMap((one) => items.get(one.deciding ?? '') ?? []));
  return dated.map(({ id, agreedDay, day, deciding }) => {
    const item = items.get(deciding ?? '');
    if (item === undefined) return { projectId: id, day, agreedDay, numbers: { whose: deciding === null ? 'none' : 'unnamed' } };
    const at = inHand.get(`${id} ${item.code}`);
    const body = at ?? bodies(item);
    const whose = at?.side ?? (body === undefined ? 'unnamed' : 'nobody');
    return { projectId: id, day, agreedDay, numbers: { ...named(item.code, item), whose, ...(body === undefined ? {} : { department: body.name, departmentEn: body.name_en }) } };
  });
}

// A clock that stands still has no deadline; one that was over before it stopped keeps its own. What is decided must be delivered (art. 44). A special
// procedure stands still only once it lasts longer than was announced.
const PROMISED = sql`case when c.decided_day is null and c.promised_limit is not null and (c.status = 'accepted' or c.level in ('promise_over', 'over')) then c.promised_due end`;
const STATUTORY = sql`case when c.owes = 'delivery' then c.owed_day when c.decided_day is null and (c.status = 'accepted' or c.level = 'over') then c.statutory_due end`;
const STOPPED = sql`case c.status when 'correction' then c.side_day when 'suspended' then c.side_day when 'special' then c.owed_day end`;

/** A condition on `approvals_cases c`: it ought to be told and is not; so are those of a zone that is older than the warnings of approvals. */
export const UNTOLD: Sql = sql`(c.closed_day is null and num_nonnulls(${PROMISED}, ${STATUTORY}, ${STOPPED}) > 0 and not exists (select 1 from projects_pending told where told.subject = c.id))`;

interface PendingRow {
  readonly id: string; readonly project_id: string; readonly item: string; readonly state: string; readonly promised: string | null; readonly statutory: string | null; readonly stopped: string | null;
  readonly name: string; readonly name_en: string;
}

/** The cases in hand of some projects that have such a day. */
export async function pendingOf(db: Db, catalogue: Catalogue, projectIds: readonly string[]): Promise<PendingRows> {
  const rows = await db.rows<PendingRow>(sql`
    select * from (
      select c.id, c.project_id, c.item, c.status as state, ${PROMISED} as promised, ${STATUTORY} as statutory, ${STOPPED} as stopped, ${BODY}
      from approvals_cases c join people_organisations o on o.id = c.org_id where c.project_id = any(${[...projectIds]}::uuid[]) and c.closed_day is null) as waiting
    where num_nonnulls(promised, statutory, stopped) > 0 order by id`);
  const names = new Map(catalogue.items.map((one) => [one.code, one]));
  return rows.map((row) => ({
    subject: row.id, projectId: row.project_id, promisedDay: row.promised, statutoryDay: row.statutory, stoppedDay: row.stopped,
    numbers: { ...named(row.item, names.get(row.item)), department: row.name, departmentEn: row.name_en, state: row.state },
  }));
}

const BODY = sql`coalesce(o.short_name, o.name) as name, coalesce(o.name_en, o.short_name, o.name) as name_en`;

interface Body { readonly name: string; readonly name_en: string }

/** Of each project and item the latest case, where it is in hand: whose it is now, and who handles it. */
async function casesInHand(db: Db, wanted: readonly { readonly id: string; readonly item: string }[]): Promise<ReadonlyMap<string, Body & { readonly side: string }>> {
  if (wanted.length === 0) return new Map();
  const rows = await db.rows<Body & { project_id: string; item: string; side: string | null }>(sql`
    select distinct on (c.project_id, c.item) c.project_id, c.item, c.side, ${BODY}
    from approvals_cases c join people_organisations o on o.id = c.org_id
    where c.project_id = any(${wanted.map((one) => one.id)}::uuid[]) and c.item = any(${[...new Set(wanted.map((one) => one.item))]}::text[]) order by c.project_id, c.item, c.round desc`);
  return new Map(rows.flatMap(({ project_id, item, side, ...body }) => (side === null ? [] : [[`${project_id} ${item}`, { ...body, side }] as const])));
}

/** Who would be applied to for an item. */
async function bodiesOf(db: Db, items: readonly Item[]): Promise<(item: Item) => Body | undefined> {
  if (items.length === 0) return () => undefined;
  const duties: DutyMap = readMap((await readSetting(db, DEPARTMENT_MAP))?.value);
  const ids = new Set(items.flatMap((item) => bodyFor(departmentOf(item), duties) ?? []));
  const rows = ids.size === 0 ? [] : await db.rows<Body & { id: string }>(sql`select o.id, ${BODY} from people_organisations o where o.id = any(${[...ids]}::uuid[])`);
  const bodies = new Map(rows.map(({ id, ...body }) => [id, body]));
  return (item) => bodies.get(bodyFor(departmentOf(item), duties) ?? '');
}

function named(code: string, item: Pick<Item, 'name'> | undefined): { item: string; itemZh: string; itemEn: string } {
  return { item: code, itemZh: item?.name.zh ?? code, itemEn: item?.name.en ?? code };
}
