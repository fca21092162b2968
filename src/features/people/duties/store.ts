// SQL of the department map: the setting is the truth, the duties beside each organisation are its copy, written together.
import { json, sql, type Db } from '../../../platform/db.ts';

export async function saveDuties(tx: Db, rows: readonly { readonly id: string; readonly duties: readonly string[] }[]): Promise<void> {
  await tx.run(sql`
    update people_organisations o set duties = array(select jsonb_array_elements_text(row.duties)), version = o.version + 1
    from jsonb_to_recordset(${json(rows)}::jsonb) as row(id uuid, duties jsonb) where o.id = row.id`);
}

/** Locks the organisations that shall get a duty, and tells which of them are open. */
export async function openOrganisations(tx: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ id: string }>(sql`select id from people_organisations where id = any(${[...ids]}::uuid[]) and active order by id for update`);
  return new Set(rows.map((row) => row.id));
}

export async function namesOf(db: Db, ids: readonly string[], english: boolean): Promise<ReadonlyMap<string, string>> {
  const rows = await db.rows<{ id: string; name: string }>(sql`
    select id, ${english ? sql`coalesce(name_en, name)` : sql`name`} as name from people_organisations where id = any(${[...ids]}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row.name]));
}
