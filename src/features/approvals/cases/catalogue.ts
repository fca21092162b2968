// The catalogue as the handling of cases reads it: items on a day, the limits of an item, which body handles it, what a project needs.
// The one place of this capability that knows where the catalogue is kept.
import type { Db } from '../../../platform/db.ts';
import { sql } from '../../../platform/db.ts';
import { readSetting } from '../../../platform/settings.ts';
import { DEPARTMENT_MAP } from '../../people/duties/feature.ts';
import { readMap, type DutyMap } from '../../people/duties/rules.ts';
import type { Catalogue, Facts, Item } from '../contract.ts';
import { effective } from '../effective.ts';
import { prefilled } from '../facts.ts';
import { NATIONAL, OVERLAYS } from '../standard.ts';
import { limitsOfItem, type ItemLimits } from './limits.ts';

/** Overlays that hold in a zone that has not chosen its own. */
const LAID = OVERLAYS.filter((one) => one.code === 'henan');

export interface Handbook {
  readonly catalogue: Catalogue;
  item(code: string): Item | undefined;
  limits(code: string, facts: Facts): ItemLimits;
}

export async function readHandbook(_db: Db, day: string): Promise<Handbook> {
  const { catalogue } = effective(NATIONAL, LAID, day);
  const items = new Map(catalogue.items.map((one) => [one.code, one]));
  return { catalogue, item: (code) => items.get(code), limits: (code, facts) => limitsOfItem(NATIONAL, LAID, code, facts) };
}

/** What is known of a project for its approvals. */
export async function factsOf(db: Db, projectId: string): Promise<Facts> {
  const row = await db.row<{ kind: string; landMu: number | null; totalFen: number | null; parkId: string | null; plannedStart: string | null; plannedCompletion: string | null }>(sql`
    select kind, land_mu::float8 as "landMu", total_fen as "totalFen", park_id as "parkId", planned_start as "plannedStart", planned_completion as "plannedCompletion" from projects_projects where id = ${projectId}`);
  return row === undefined ? {} : prefilled({ ...row, kind: row.kind === 'purchase' ? 'enterprise' : row.kind });
}

export async function readDuties(db: Db): Promise<DutyMap> {
  return readMap((await readSetting(db, DEPARTMENT_MAP))?.value);
}
