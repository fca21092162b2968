// The hard gates of building as the life cycle asks for them. They bind from the moment at which approvals keeps anything of a project (answers,
// a case, a simulation, a tolerance, a promise, a document); for a project of which it keeps nothing it does not answer, and the evidence of the
// life cycle stands alone as before. It is never answered by halves: one formal approval that is missing keeps the gate shut.
import { sql, type Db } from '../../../platform/db.ts';
import type { ExternalAnswer } from '../../projects/lifecycle/gates.ts';
import { answers, type Answer } from '../../projects/lifecycle/answers.ts';
import { readCatalogue } from '../catalogue/store.ts';
import { HARD_GATES } from '../clocks/gates.ts';
import { dossiersOf, type Dossier } from './dossier.ts';
import { nameOf } from './policy.ts';

/** Answers `approvals:start`, `approvals:completion_acceptance` and the other gates of clocks/gates.ts. */
export const answerGates: Answer = async (db, projectIds, now) => {
  const ids = await boundOf(db, projectIds);
  if (ids.length === 0) return new Map();
  // Which items there are and how long they hold is asked of the catalogue of today; each item is judged on the day of the move.
  const { catalogue } = await readCatalogue(db, now.day);
  const dossiers = await dossiersOf(db, ids, catalogue);
  return new Map([...dossiers].filter(([, dossier]) => dossier.bound).map(([id, dossier]) => [id, (question: string) => answerOf(dossier, question)]));
};

/** Called when the program is put together. */
export function bindGates(): void {
  answers.set('approvals', answerGates);
}

function answerOf(dossier: Dossier, question: string): ExternalAnswer | undefined {
  const gate = HARD_GATES.find((one) => one.code === question);
  if (gate === undefined) return undefined;
  return {
    on: (day) => {
      const { open, missing } = dossier.gate(gate.code, day);
      return { met: open, lacking: missing.map(({ items, why, law }) => ({ name: nameOf(dossier, items[0] ?? ''), why: `cases:missing.${why}`, law: `cases:law.${law}` })) };
    },
  };
}

async function boundOf(db: Db, ids: readonly string[]): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select id from unnest(${[...ids]}::uuid[]) as u (id) where exists (select 1 from approvals_facts f where f.project_id = u.id) or exists (select 1 from approvals_cases c where c.project_id = u.id)
      or exists (select 1 from approvals_simulations s where s.project_id = u.id) or exists (select 1 from approvals_tolerances t where t.project_id = u.id)
      or exists (select 1 from approvals_promises o where o.project_id = u.id) or exists (select 1 from approvals_results r where r.project_id = u.id)`);
  return rows.map((row) => row.id);
}
