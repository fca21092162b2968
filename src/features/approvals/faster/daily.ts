// What ends by time alone: opinions that expire, and tolerated cases whose material did not come. Time decides it and every reader sees it at once;
// the command only tells the histories of the projects, and the job of the day calls it while there is anything to tell.
import type { Now } from '../../../kernel/clock.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { seesAll } from '../../projects/scope.ts';
import { tellLapses } from './contract.ts';
import { told } from './subject.ts';

const BATCH = 500;

interface Lapsed { readonly id: string; readonly project_id: string; readonly item: string; readonly day: string; readonly number: string | null; readonly materials: string[] | null }

const tell = handler(tellLapses, {
  permission: 'approvals.examine',
  load: async ({ tx, now }) => ({ simulations: await lapsedSimulations(tx, now.day), tolerances: await lapsedTolerances(tx, now.day) }),
  allow: seesAll,
  decide: ({ subject }) => subject,
  save: async ({ tx, changes: { simulations, tolerances } }) => {
    await tx.run(sql`update approvals_simulations set lapsed_day = greatest(expires, due) + 1 where id = any(${simulations.map((one) => one.id)}::uuid[])`);
    await tx.run(sql`
      update approvals_tolerances t set returned_day = (select min(m.due) + 1 from approvals_tolerance_materials m where m.tolerance_id = t.id and m.supplied_day is null)
      where id = any(${tolerances.map((one) => one.id)}::uuid[])`);
    return { simulations: simulations.length, tolerances: tolerances.length };
  },
  event: ({ changes: { simulations, tolerances } }) => [
    ...simulations.map((one) => told('simulation_lapsed', 'simulation', one.id, one.project_id, { item: one.item, number: one.number, day: one.day })),
    ...tolerances.map((one) => told('tolerance_returned', 'tolerance', one.id, one.project_id, { item: one.item, day: one.day, missing: one.materials })),
  ],
});

async function lapsedSimulations(tx: Db, day: string): Promise<Lapsed[]> {
  return tx.rows<Lapsed>(sql`
    select s.id, s.project_id, s.item, (greatest(s.expires, s.due) + 1) as day, s.number, null as materials from approvals_simulations s
    where s.status in ('opined', 'converting') and s.lapsed_day is null and s.expires < ${day} and (s.due is null or s.due < ${day}) order by s.expires, s.id limit ${BATCH} for update`);
}

async function lapsedTolerances(tx: Db, day: string): Promise<Lapsed[]> {
  return tx.rows<Lapsed>(sql`
    select t.id, t.project_id, t.item, (late.due + 1) as day, null as number, late.materials from approvals_tolerances t
    join lateral (select min(m.due) as due, array_agg(m.material order by m.material) as materials from approvals_tolerance_materials m where m.tolerance_id = t.id and m.supplied_day is null and m.due < ${day}) late on late.due is not null
    where t.returned_day is null order by t.id limit ${BATCH} for update of t`);
}

interface Host {
  readonly database: Db;
  readonly system: import('../../../platform/actor.ts').Actor;
  now(): Now;
  run(actor: import('../../../platform/actor.ts').Actor, name: string, input: unknown): Promise<{ readonly output: unknown }>;
}

/** The job: tells all that lapsed before today, some hundreds at a time. Gives how many. */
export async function tellAllLapses(app: Host): Promise<number> {
  for (let done = 0; ;) {
    const { day } = app.now();
    const waiting = await app.database.row(sql`
      select 1 as one where exists (select 1 from approvals_simulations s where s.status in ('opined', 'converting') and s.lapsed_day is null and s.expires < ${day} and (s.due is null or s.due < ${day}))
        or exists (select 1 from approvals_tolerances t join approvals_tolerance_materials m on m.tolerance_id = t.id where t.returned_day is null and m.supplied_day is null and m.due < ${day})`);
    if (waiting === undefined) return done;
    await app.run(app.system, 'approvals.tell_lapses', {});
    done += 1;
  }
}

export const dailyCommands: readonly CommandHandler[] = [tell];
