// The database role under which the application works: it reads and writes rows, and may neither change the tables nor what stands in
// the event log. Migrations run as the owner, who may.
import pg from 'pg';
import { codeOf } from './db.ts';

/** Rows of these are written once: no update, no delete, no truncate. */
const APPENDED = ['platform_events', 'platform_seals'] as const;
/** The application only reads these. */
const READ = ['schema_migrations'] as const;

const DENIED = '42501';
const EXISTS = new Set(['42710', '23505']); // another process was quicker

/** Makes the application's role beside the owner who is connected, and lets the owner become it. Undefined: the owner may not. */
export async function ensureRole(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ role: string; found: boolean; all: boolean }>(
    `select current_user || '_app' as role, exists (select from pg_roles where rolname = current_user || '_app') as found, rolsuper as all from pg_roles where rolname = current_user`,
  );
  const [answer] = rows;
  if (answer === undefined) return undefined;
  const name = pg.escapeIdentifier(answer.role);
  try {
    if (!answer.found) await client.query(`create role ${name}`).catch((error: unknown) => EXISTS.has(codeOf(error)) || Promise.reject(error));
    if (!answer.all && !(await becomes(client, name))) await client.query(`grant ${name} to current_user`);
    return (await becomes(client, name)) ? answer.role : undefined;
  } catch (error) {
    if (codeOf(error) === DENIED) return undefined;
    throw error;
  }
}

async function becomes(client: pg.Client, name: string): Promise<boolean> {
  try {
    await client.query(`set role ${name}`);
    await client.query('reset role');
    return true;
  } catch {
    return false;
  }
}

/** What the application may do in a zone's schema, said anew after each migration; all of it or nothing. */
export async function grantTo(client: pg.ClientBase, schema: string, role: string): Promise<void> {
  const [zone, name] = [pg.escapeIdentifier(schema), pg.escapeIdentifier(role)];
  const { rows } = await client.query<{ table: string }>('select tablename as table from pg_tables where schemaname = $1', [schema]);
  const there = (wanted: readonly string[]): string[] => wanted.filter((table) => rows.some((row) => row.table === table)).map((table) => `${zone}.${pg.escapeIdentifier(table)}`);
  await client.query('begin');
  try {
    await client.query(`grant usage on schema ${zone} to ${name}`);
    await client.query(`grant select, insert, update, delete on all tables in schema ${zone} to ${name}`);
    await client.query(`grant usage, select on all sequences in schema ${zone} to ${name}`);
    for (const table of there(APPENDED)) await client.query(`revoke update, delete on ${table} from ${name}`);
    for (const table of there(READ)) await client.query(`revoke insert, update, delete on ${table} from ${name}`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
