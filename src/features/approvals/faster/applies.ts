// What is known of projects for their approvals, and which items apply: the one place of this capability that knows where answers are kept.
import { sql, type Db } from '../../../platform/db.ts';
import { apply } from '../planning/applicability.ts';
import type { Catalogue, Facts } from '../catalogue/shape.ts';
import { prefilled } from '../planning/facts.ts';

export interface Applying {
  readonly facts: Facts;
  /** Somebody answered questions about the project. */
  readonly answered: boolean;
  /** undefined: nobody has said. */
  applies(item: string): boolean | undefined;
}

interface Row {
  readonly id: string; readonly kind: string; readonly landMu: number | null; readonly totalFen: number | null; readonly parkId: string | null; readonly plannedStart: string | null; readonly plannedCompletion: string | null;
  readonly given: Facts | null;
}

export async function applyingOf(db: Db, ids: readonly string[], catalogue: Catalogue): Promise<ReadonlyMap<string, Applying>> {
  const rows = await db.rows<Row>(sql`
    select p.id, p.kind, p.land_mu::float8 as "landMu", p.total_fen as "totalFen", p.park_id as "parkId", p.planned_start as "plannedStart", p.planned_completion as "plannedCompletion",
      (select f.facts from approvals_facts f where f.project_id = p.id order by f.version desc limit 1) as given
    from projects_projects p where p.id = any(${[...ids]}::uuid[])`);
  const items = new Map(catalogue.items.map((one) => [one.code, one]));
  return new Map(rows.map(({ id, given, ...record }) => {
    const facts = prefilled({ ...record, kind: record.kind === 'purchase' ? 'enterprise' : record.kind }, given ?? {});
    return [id, {
      facts, answered: given !== null,
      applies: (code) => {
        const item = items.get(code);
        const verdict = item === undefined ? 'clarify' : apply(item, facts).verdict;
        return verdict === 'clarify' ? undefined : verdict === 'needed';
      },
    }];
  }));
}
