// The catalogue as the handling of cases reads it: items on a day, the limits of an item over time, which body handles it, what is known of a
// project. The one place of this capability that knows where all that is kept.
import type { Db } from '../../../platform/db.ts';
import { sql } from '../../../platform/db.ts';
import { readSetting } from '../../../platform/settings.ts';
import { DEPARTMENT_MAP } from '../../people/duties/feature.ts';
import { readMap, type DutyMap } from '../../people/duties/rules.ts';
import { daysOfChange, effectiveOn, type Layer } from '../catalogue/layers.ts';
import { readCatalogue, readLayers } from '../catalogue/store.ts';
import { LEGAL } from '../clocks/terms.ts';
import type { Catalogue, Facts, Item } from '../catalogue/shape.ts';
import { factsOf as factsOver } from '../planning/rules.ts';
import { trackOfKind } from './rules.ts';
import { limitsOfItem, type Dated, type ItemLimits } from './limits.ts';

export interface Handbook {
  readonly catalogue: Catalogue;
  item(code: string): Item | undefined;
  limits(code: string, facts: Facts): ItemLimits;
}

/** Items with their names as they hold on a day, and the limits of each on all days. */
export async function readHandbook(db: Db, day: string): Promise<Handbook> {
  const [{ catalogue }, layers] = await Promise.all([readCatalogue(db, day), readLayers(db)]);
  const items = new Map(catalogue.items.map((one) => [one.code, one]));
  let history: ReadonlyMap<string, readonly Dated[]> | undefined;
  return {
    catalogue, item: (code) => items.get(code),
    limits: (code, facts) => limitsOfItem((history ??= historyOf(layers)).get(code) ?? [], facts),
  };
}

/** Names only: for lists. */
export async function readNames(db: Db, day: string): Promise<Pick<Handbook, 'item'>> {
  const { catalogue } = await readCatalogue(db, day);
  const items = new Map(catalogue.items.map((one) => [one.code, one]));
  return { item: (code) => items.get(code) };
}

function historyOf(layers: readonly Layer[]): Map<string, Dated[]> {
  const found = new Map<string, Dated[]>();
  for (const from of daysOfChange(layers, LEGAL.single.from)) {
    const { items } = effectiveOn(layers, from).catalogue;
    for (const item of items) {
      const within = item.promised.find((one) => one.within !== undefined)?.within;
      const host = within === undefined ? undefined : items.find((one) => one.code === within);
      found.set(item.code, [...(found.get(item.code) ?? []), { from, item, ...(host === undefined ? {} : { host }) }]);
    }
  }
  return found;
}

/** What is known of a project for its approvals: what was answered over what the register knows. */
export async function factsOf(db: Db, projectId: string): Promise<Facts> {
  const row = await db.row<RegisterRow & { facts: Facts | null; unsure: string[] | null }>(sql`
    select p.kind, p.land_mu::float8 as "landMu", p.total_fen as "totalFen", p.park_id as "parkId", p.planned_start as "plannedStart", p.planned_completion as "plannedCompletion", f.facts, f.unsure
    from projects_projects p left join lateral (select * from approvals_facts o where o.project_id = p.id order by o.version desc limit 1) f on true where p.id = ${projectId}`);
  if (row === undefined) return {};
  const { facts, unsure, ...register } = row;
  return factsOver({ ...register, kind: trackOfKind(register.kind) }, { version: 0, facts: facts ?? {}, unsure: unsure ?? [] });
}

interface RegisterRow {
  readonly kind: string; readonly landMu: number | null; readonly totalFen: number | null; readonly parkId: string | null; readonly plannedStart: string | null; readonly plannedCompletion: string | null;
}

export async function readDuties(db: Db): Promise<DutyMap> {
  return readMap((await readSetting(db, DEPARTMENT_MAP))?.value);
}
