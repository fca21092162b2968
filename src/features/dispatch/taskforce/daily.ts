// Hand-overs that both confirmed for a later day take effect when it comes, each by its command: a job that is cut off runs again.
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';

interface Host {
  readonly database: Db;
  readonly system: Actor;
  readonly log: { warn(message: string, fields?: Readonly<Record<string, unknown>>): void };
  now(): Now;
  run(actor: Actor, name: string, input: unknown): Promise<unknown>;
}

export async function completeHandovers(app: Host): Promise<number> {
  const due = await app.database.rows<{ id: string }>(sql`select id from dispatch_handovers where state = 'agreed' and day <= ${app.now().day} order by day, id limit 500`);
  for (const { id } of due) {
    // One that cannot be carried out (the successor has left) waits for the office, and holds up no other.
    await app.run(app.system, 'dispatch.complete_handover', { id }).catch((error: unknown) => app.log.warn('a hand-over could not be carried out', { id, error }));
  }
  return due.length;
}
