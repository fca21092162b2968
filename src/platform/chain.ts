// The chain of the event log. Events are appended without a hash, so that commands do not wait for each other; a single sealer links
// them afterwards, in the order of their numbers. Must never seal past a number that a running transaction may still bring.
import { createHash } from 'node:crypto';
import { sql, type Database, type Db } from './db.ts';

/** Events that one call of the sealer links: some tens of milliseconds of one connection. */
export const SEAL_BATCH = 2000;

export interface Head {
  readonly seq: number;
  /** Hexadecimal. */
  readonly hash: string;
}

export interface ChainState {
  readonly head: (Head & { readonly at: string }) | null;
  /** Events that wait for the sealer. */
  readonly pending: number;
}

export type Fault = 'changed' | 'event_missing' | 'not_sealed' | 'other_head';

export interface Verdict extends ChainState {
  readonly sealed: number;
  /** The first link that does not hold. */
  readonly broken: { readonly seq: number; readonly why: Fault } | null;
}

// Everything that an event says, in one text that PostgreSQL writes the same way in every version and session.
const CONTENT = sql`sha256(convert_to(jsonb_build_array(e.seq, e.id, extract(epoch from e.at), e.day, e.actor_id, e.actor_name, e.command, e.key, e.kind,
  e.subject_type, e.subject_id, e.project_id, e.before, e.after, e.reason, e.version)::text, 'UTF8'))`;

const START = Buffer.alloc(32);

/** One link: the hash of the link before and of the event's content. */
function linkOf(before: Buffer, content: Buffer): Buffer {
  return createHash('sha256').update(before).update(content).digest();
}

/** Gives the sealer of a zone: each call links at most SEAL_BATCH events and says how many. Only one of several that run works. */
export function makeSealer(database: Database): () => Promise<number> {
  let waiting: { upTo: number; writers: ReadonlySet<string> } | undefined;
  return () => database.transaction(async (tx) => {
    const lock = await tx.row<{ got: boolean }>(sql`select pg_try_advisory_xact_lock(hashtextextended('seal:' || current_schema(), 0)) as got`);
    if (lock?.got !== true) return 0;
    // Numbers are given before the commit. One that is missing may still come from a transaction that writes events; when all that
    // wrote at the time have ended, it was rolled back and never comes.
    const settledTo = waiting !== undefined && !(await writersOf(tx)).some((one) => waiting?.writers.has(one)) ? waiting.upTo : 0;
    if (settledTo > 0) waiting = undefined;
    const last = await tx.row<{ seq: number; hash: Buffer }>(sql`select seq, hash from platform_seals order by seq desc limit 1`);
    const events = await tx.rows<{ seq: number; content: Buffer }>(sql`select e.seq, ${CONTENT} as content from platform_events e where e.seq > ${last?.seq ?? 0} order by e.seq limit ${SEAL_BATCH}`);
    const links: { seq: number; hash: Buffer }[] = [];
    let { seq, hash } = last ?? { seq: 0, hash: START };
    for (const event of events) {
      if (event.seq !== seq + 1 && event.seq > settledTo) break;
      ({ seq } = event);
      hash = linkOf(hash, event.content);
      links.push({ seq, hash });
    }
    if (links.length < events.length) waiting ??= { upTo: events.at(-1)?.seq ?? 0, writers: new Set(await writersOf(tx)) };
    if (links.length > 0) await tx.run(sql`insert into platform_seals (seq, hash) select * from unnest(${links.map((one) => one.seq)}::bigint[], ${links.map((one) => one.hash)}::bytea[])`);
    return links.length;
  });
}

/** The transactions that hold the event log for writing. */
async function writersOf(db: Db): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select virtualtransaction as id from pg_locks
    where locktype = 'relation' and relation = 'platform_events'::regclass and mode = 'RowExclusiveLock' and database = (select oid from pg_database where datname = current_database())`);
  return rows.map((row) => row.id);
}

export async function readChain(db: Db): Promise<ChainState> {
  const head = await db.row<{ seq: number; hash: Buffer; at: string }>(sql`select seq, hash, at from platform_seals order by seq desc limit 1`);
  const rest = await db.row<{ pending: number }>(sql`select count(*)::int as pending from platform_events where seq > ${head?.seq ?? 0}`);
  return { head: head === undefined ? null : { seq: head.seq, hash: head.hash.toString('hex'), at: head.at }, pending: rest?.pending ?? 0 };
}

const VERIFY_STEP = 5000;

/**
 * Computes the chain again from the events and compares each link, up to the head as it is now. A head that was written down elsewhere
 * (a log, a printed page) also proves that the end was not cut off and the whole not written anew.
 */
export async function verifyChain(db: Db, known?: Head): Promise<Verdict> {
  const state = await readChain(db);
  const until = state.head?.seq ?? 0;
  let sealed = 0;
  let hash: Buffer = START;
  let foundKnown = known === undefined;
  for (let from = 0; from < until; from += VERIFY_STEP) {
    const rows = await db.rows<{ seq: number; content: Buffer | null; hash: Buffer | null }>(sql`
      select coalesce(e.seq, s.seq) as seq, case when e.seq is not null then ${CONTENT} end as content, s.hash
      from (select * from platform_events where seq > ${from} and seq <= ${Math.min(from + VERIFY_STEP, until)}) e
      full join (select seq, hash from platform_seals where seq > ${from} and seq <= ${Math.min(from + VERIFY_STEP, until)}) s on s.seq = e.seq
      order by 1`);
    for (const row of rows) {
      const why = faultOf(row, hash);
      if (why !== undefined) return { ...state, sealed, broken: { seq: row.seq, why } };
      hash = row.hash ?? hash;
      sealed += 1;
      foundKnown ||= row.seq === known?.seq && hash.toString('hex') === known.hash;
    }
  }
  return { ...state, sealed, broken: foundKnown ? null : { seq: known?.seq ?? 0, why: 'other_head' } };
}

function faultOf(row: { content: Buffer | null; hash: Buffer | null }, before: Buffer): Fault | undefined {
  if (row.content === null) return 'event_missing';
  if (row.hash === null) return 'not_sealed';
  return linkOf(before, row.content).equals(row.hash) ? undefined : 'changed';
}
