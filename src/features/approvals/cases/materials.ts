// What an applicant attaches to an application: which materials the catalogue lists, and the files that were sent for them. Only appends; whoever
// may know the case may read them (attorney.ts).
import type { OutputOf } from '../../../kernel/contract.ts';
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import { columns } from '../../../platform/columns.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { usableFile } from '../../projects/lifecycle/papers.ts';
import type { Item } from '../catalogue/shape.ts';
import type { readCase } from './contract.ts';

export interface Attached {
  readonly name: string;
  readonly sha: string;
}

type Listed = OutputOf<typeof readCase>['listed'];

/** What the catalogue lists for an item; empty where no source names any. */
export function listedIn(item: Item | undefined): Listed {
  const words = (materials: Item['materials']['main']): Listed['main'] => materials.map(({ zh, en }) => ({ zh, en: en ?? zh }));
  return { main: words(item?.materials.main ?? []), secondary: words(item?.materials.secondary ?? []) };
}

/** Every file was sent by the actor, or is evidence of the project. */
export async function usable(db: Db, actor: Actor, projectId: string, materials: readonly Attached[] = []): Promise<boolean> {
  for (const sha of new Set(materials.map((one) => one.sha))) if ((await usableFile(db, actor, projectId, sha)) === undefined) return false;
  return true;
}

/** Refuses `approvals.file_unknown`, and `approvals.material_unnamed` where a name is only spaces. */
export function checkMaterials(materials: readonly Attached[] | undefined, filesUsable: boolean): readonly Attached[] {
  if (!filesUsable) refuse('approvals.file_unknown');
  const named = (materials ?? []).map(({ name, sha }) => ({ name: name.trim(), sha }));
  if (named.some((one) => one.name === '')) refuse('approvals.material_unnamed');
  return named;
}

/** Appends behind what is there. `day`: when they were handed in. */
export async function addMaterials(tx: Db, caseId: string, item: Item | undefined, materials: readonly Attached[], day: string, by: Actor, { instant: at }: Now): Promise<void> {
  if (materials.length === 0) return;
  const { main, secondary } = listedIn(item);
  const rows = materials.map(({ name, sha }, nth) => ({ place: nth + 1, name, sha, main: main.some((one) => one.zh === name) ? true : secondary.some((one) => one.zh === name) ? false : null }));
  await tx.run(sql`
    insert into approvals_case_materials (case_id, seq, name, main, sha, day, added_by, added_name, at)
    select ${caseId}, v.place + coalesce((select max(m.seq) from approvals_case_materials m where m.case_id = ${caseId}), 0), v.name, v.main, v.sha, ${day}, ${by.userId}, ${by.name}, ${at}
    from ${columns({ place: 'int', name: 'text', sha: 'text', main: 'boolean' }, rows)} as v`);
}

interface Row { readonly seq: number; readonly name: string; readonly main: boolean | null; readonly sha: string; readonly day: string; readonly added_name: string; readonly file_name: string | null; readonly bytes: number }

/** In the order in which they came; the names of listed ones in both languages. */
export async function materialsOf(db: Db, caseId: string, item: Item | undefined): Promise<OutputOf<typeof readCase>['materials']> {
  const rows = await db.rows<Row>(sql`
    select m.seq, m.name, m.main, m.sha, m.day, m.added_name, u.name as file_name, f.bytes
    from approvals_case_materials m join platform_files f on f.sha256 = m.sha left join platform_uploads u on u.sha256 = m.sha and u.user_id = m.added_by where m.case_id = ${caseId} order by m.seq`);
  const { main, secondary } = listedIn(item);
  const known = new Map([...main, ...secondary].map((one) => [one.zh, one]));
  return rows.map(({ seq, name, main: isMain, sha, day, added_name: by, file_name: fileName, bytes }) => ({ seq, name: known.get(name) ?? { zh: name, en: name }, main: isMain, sha, day, by, fileName, bytes }));
}
