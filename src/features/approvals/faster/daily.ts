// What ends by time alone: opinions that expire, and tolerated cases whose material did not come. Time decides it and every reader sees it at once;
// the job of the day tells the histories of the projects, and sends the cases back, by ordinary commands while there is anything to do.
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { seesAll } from '../../projects/scope.ts';
import { tellLapses } from './contract.ts';
import { told } from './subject.ts';

const BATCH = 500;

interface Lapsed { readonly id: string; readonly project_id: string; readonly item: string; readonly day: string; readonly number: string | null }

const tell = handler(tellLapses, {
  permission: 'approvals.examine',
  load: async ({ tx, now }) => lapsedSimulations(tx, now.day),
  allow: seesAll,
  decide: ({ subject }) => subject,
  save: async ({ tx, changes }) => {
    await tx.run(sql`update approvals_simulations set lapsed_day = greatest(expires, due) + 1 where id = any(${changes.map((one) => one.id)}::uuid[])`);
    return { simulations: changes.length };
  },
  event: ({ changes }) => changes.map((one) => told('simulation_lapsed', 'simulation', one.id, one.project_id, { item: one.item, number: one.number, day: one.day })),
});

async function lapsedSimulations(tx: Db, day: string): Promise<Lapsed[]> {
  return tx.rows<Lapsed>(sql`
    select s.id, s.project_id, s.item, (greatest(s.expires, s.due) + 1) as day, s.number from approvals_simulations s
    where s.status in ('opined', 'converting') and s.lapsed_day is null and s.expires < ${day} and (s.due is null or s.due < ${day}) order by s.expires, s.id limit ${BATCH} for update`);
}

interface Host {
  readonly database: Db;
  readonly system: Actor;
  now(): Now;
  run(actor: Actor, name: string, input: unknown, options?: { readonly key?: string }): Promise<{ readonly output: unknown }>;
}

/** The job: tells and sends back all that ended before today. Gives how many steps that took. */
export async function tellAllLapses(app: Host): Promise<number> {
  return (await tellOpinions(app)) + (await returnAll(app));
}

async function tellOpinions(app: Host): Promise<number> {
  for (let done = 0; ; done += 1) {
    const { day } = app.now();
    const waiting = await app.database.row(sql`select 1 as one from approvals_simulations s where s.status in ('opined', 'converting') and s.lapsed_day is null and s.expires < ${day} and (s.due is null or s.due < ${day}) limit 1`);
    if (waiting === undefined) return done;
    await app.run(app.system, 'approvals.tell_lapses', {});
  }
}

/** Each in a transaction of its own under its project's lock. The key makes two jobs at once send back once. One that fails keeps no other from being sent back. */
async function returnAll(app: Host): Promise<number> {
  const failed: unknown[] = [];
  let after = '00000000-0000-0000-0000-000000000000';
  for (let done = 0; ;) {
    const rows = await app.database.rows<{ id: string; project_id: string }>(sql`
      select t.id, t.project_id from approvals_tolerances t where t.returned_day is null and t.id > ${after}
        and exists (select 1 from approvals_tolerance_materials m where m.tolerance_id = t.id and m.supplied_day is null and m.due < ${app.now().day}) order by t.id limit ${BATCH}`);
    for (const row of rows) {
      await app.run(app.system, 'approvals.return_overdue', { id: row.project_id, toleranceId: row.id }, { key: `return_overdue:${row.id}` }).then(() => { done += 1; }, (error: unknown) => failed.push(error));
    }
    const last = rows.at(-1);
    if (last === undefined && failed.length > 0) throw failed[0];
    if (last === undefined) return done;
    after = last.id;
  }
}

export const dailyCommands: readonly CommandHandler[] = [tell];
