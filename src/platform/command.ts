// The one write path. Every change of the program, wherever it comes from, goes through run(): parse, permission, idempotency
// key, begin, load in scope, allow, compare version, decide, save, event, store the reply, commit. Nothing else may write.
import { createHash } from 'node:crypto';
import type { Now } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { refuse } from '../kernel/refuse.ts';
import { may, type Actor } from './actor.ts';
import { columns, type ColumnType } from './columns.ts';
import { codeOf, constraintOf, json, sql, type Database, type Db, type Sql, type Transaction } from './db.ts';
import type { CommandHandler, Env, EventRecord, Late } from './feature.ts';

export interface Call {
  readonly actor: Actor;
  readonly input: unknown;
  /** The caller's key: the same key with the same input acts once, however often it is sent. */
  readonly key: string;
  /** The version that the caller saw; compulsory on versioned commands unless the system acts. */
  readonly ifVersion?: number;
  readonly now: Now;
  readonly env: Env;
}

export interface Reply {
  readonly output: unknown;
  readonly version: number | null;
  /** True when the key had been used before: nothing was done now. */
  readonly repeated: boolean;
}

/**
 * Runs one command to its end, in one transaction.
 * @throws Refusal for everything that the caller can understand; any other error is a bug.
 */
export async function run(database: Database, command: CommandHandler, call: Call): Promise<Reply> {
  const input = command.check(call.input);
  const hash = inputHash(command.contract.name, kept(input, command.parts.secrets));
  // Before anything is worked out, stored or locked for him. What he was answered while he was permitted he is answered again.
  if (!holds(command, call.actor)) return (await repliedBefore(database, call, command.contract.name, hash)) ?? refuse('platform.not_allowed', { command: command.contract.name });
  const prepared = await command.parts.prepare?.({ db: database, actor: call.actor, input, now: call.now, env: call.env });
  const done: Done = await database.transaction((tx) => act(tx, command, call, input, hash, prepared)).catch(async (error: unknown) => {
    // Of two calls with one key at once the second stumbles over what the first has just done: it gets the first one's reply.
    return (await repliedBefore(database, call, command.contract.name, hash)) ?? refuseConstraint(error, command);
  });
  const output = done.late === undefined ? done.output : done.late(done.output);
  if (!done.repeated) command.parts.committed?.({ output, subject: done.subject });
  const refused = command.parts.refused?.(output);
  if (refused !== undefined) refuse(refused.code, refused.details);
  return { output, version: done.version, repeated: done.repeated };
}

/** `late`: puts into the output what was known only with the commit. */
type Done = Reply & { readonly subject?: unknown; readonly late?: (output: unknown) => unknown };

async function act(tx: Transaction, command: CommandHandler, call: Call, input: unknown, hash: string, prepared: unknown): Promise<Done> {
  const { actor, now, env } = call;
  const { parts, contract } = command;
  // Both are sent at once and done one after the other: what a call with a used key loads is not looked at.
  const [before, loaded] = await Promise.allSettled([repliedBefore(tx, call, contract.name, hash), (async () => parts.load({ tx, actor, input, now, prepared }))()]);
  if (before.status === 'rejected') throw before.reason;
  if (before.value !== undefined) return before.value;
  if (loaded.status === 'rejected') throw loaded.reason;
  const subject = loaded.value;
  if (subject === undefined) refuse('platform.not_found', {});
  if (!actor.isSystem && parts.allow?.(actor, subject, input) === false) refuse('platform.not_allowed', { command: contract.name });
  await compareVersion(tx, command, call, subject, input);
  const changes = parts.decide({ subject, input, actor, now });
  const output = await parts.save({ tx, changes, subject, input, actor, now, env });
  const told = parts.event({ changes, subject, input, output, actor });
  const version = parts.newVersion?.(output) ?? null;
  const events: readonly EventRecord[] = Array.isArray(told) ? told : [told];
  const late = parts.late?.({ subject, output });
  finish(tx, call, { name: contract.name, hash, events, reply: kept(output, parts.forget), version, late });
  return { output, version, repeated: false, subject, ...(late === undefined ? {} : { late: lateWord(tx, late) }) };
}

// Asked behind everything else that leaves with the commit.
function lateWord(tx: Transaction, { token, value }: Late): (output: unknown) => unknown {
  let word = '';
  tx.last<{ word: string }>(sql`select (${value})::text as word`, (row) => {
    word = row?.word ?? '';
  });
  return (output) => JSON.parse(json(output).replaceAll(token, word)) as unknown;
}

function jsonb(value: unknown, late: Late | undefined): Sql {
  const text = value === undefined || value === null ? null : json(value);
  return late === undefined ? sql`${text}::jsonb` : sql`replace(${text}, ${late.token}, (${late.value})::text)::jsonb`;
}

function holds(command: CommandHandler, actor: Actor): boolean {
  return command.permission === 'public' || command.permission === 'signed-in' || may(actor, command.permission);
}

async function compareVersion(tx: Db, command: CommandHandler, call: Call, subject: unknown, input: unknown): Promise<void> {
  if (command.parts.version === undefined) return;
  const current = command.parts.version(subject);
  if (call.ifVersion === undefined) {
    if (call.actor.isSystem) return;
    refuse('platform.version_required', { current });
  }
  if (call.ifVersion === current) return;
  const details = await command.parts.staleDetails?.({ tx, subject, input, sent: call.ifVersion });
  refuse('platform.stale_version', { sent: call.ifVersion, current, ...details });
}

// What was answered under this key. The key itself is written last, with the event: of two calls at once one breaks on its unique index,
// whole, and finds here what the other has answered.
async function repliedBefore(db: Db, call: Call, name: string, hash: string): Promise<Reply | undefined> {
  const earlier = await db.row<{ command: string; input_hash: string; reply: unknown; version: number | null }>(sql`
    select command, input_hash, reply, version from platform_keys where actor_id = ${call.actor.userId} and key = ${call.key}`);
  if (earlier === undefined) return undefined;
  if (earlier.command !== name || earlier.input_hash !== hash) refuse('platform.key_reused', {});
  return { output: earlier.reply, version: earlier.version, repeated: true };
}

// Events and the reply under its key leave together with the commit.
interface Finish { readonly name: string; readonly hash: string; readonly events: readonly EventRecord[]; readonly reply: unknown; readonly version: number | null; readonly late: Late | undefined }

function finish(tx: Transaction, call: Call, { name, hash, events, reply, version, late }: Finish): void {
  const { actor, key, now } = call;
  const [only, another] = events;
  if (another !== undefined && late !== undefined) throw new Error(`${name}: what is late can stand in one event only`);
  if (only !== undefined && another === undefined) {
    tx.last(sql`
      insert into platform_events (id, at, day, actor_id, actor_name, command, key, kind, subject_type, subject_id, project_id, before, after, reason, version)
      values (${newId(now.instant.getTime())}, ${now.instant}, ${now.day}, ${actor.userId}, ${actor.name}, ${name}, ${key},
              ${only.kind}, ${only.subjectType}, ${only.subjectId}, ${only.projectId ?? null}, ${jsonb(only.before, late)}, ${jsonb(only.after, late)}, ${only.reason ?? null}, ${version})`);
  } else if (events.length > 0) tx.last(manyEvents(call, name, events, version));
  tx.last(sql`
    insert into platform_keys (actor_id, key, command, input_hash, reply, version, at)
    values (${actor.userId}, ${key}, ${name}, ${hash}, ${jsonb(reply, late)}, ${version}, ${now.instant})`);
}

const EVENT: Readonly<Record<string, ColumnType>> = {
  id: 'uuid', kind: 'text', subject_type: 'text', subject_id: 'uuid', project_id: 'uuid', before: 'jsonb', after: 'jsonb', reason: 'text',
};

function manyEvents({ actor, key, now }: Call, name: string, events: readonly EventRecord[], version: number | null): Sql {
  const rows = events.map((event) => ({
    id: newId(now.instant.getTime()), kind: event.kind, subject_type: event.subjectType, subject_id: event.subjectId,
    project_id: event.projectId, before: event.before, after: event.after, reason: event.reason,
  }));
  return sql`
    insert into platform_events (id, at, day, actor_id, actor_name, command, key, kind, subject_type, subject_id, project_id, before, after, reason, version)
    select id, ${now.instant}, ${now.day}, ${actor.userId}, ${actor.name}, ${name}, ${key}, kind, subject_type, subject_id, project_id, before, after, reason, ${version}::int
    from ${columns(EVENT, rows)} as e order by nth`;
}

function kept(output: unknown, forget: readonly string[] | undefined): unknown {
  if (forget === undefined || typeof output !== 'object' || output === null) return output;
  return Object.fromEntries(Object.entries(output).filter(([name]) => !forget.includes(name)));
}

/** A digest of what was asked, so that a key cannot be used for something else. */
export function inputHash(name: string, input: unknown): string {
  return createHash('sha256').update(name).update('\u0000').update(JSON.stringify(sorted(input))).digest('base64url');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sorted(part)]));
}

// The rules refuse first and in words; a constraint that still fires was a race, or a rule that is missing. Either way the
// database kept its word, and the reader learns which rule it was.
function refuseConstraint(error: unknown, command: CommandHandler): never {
  const code = codeOf(error);
  if (code === '23505') refuse('platform.conflict', { constraint: constraintOf(error), command: command.contract.name });
  if (code === '23503') refuse('platform.not_found', { constraint: constraintOf(error) });
  if (code === '23514' || code === '23P01' || code === '23502') refuse('platform.rule_of_database', { constraint: constraintOf(error) });
  // 30 February has the form of a day and is none.
  if (code === '22008' || code === '22007') refuse('platform.invalid', { errors: [{ path: '', rule: 'format', params: {} }] });
  if (code === '22003') refuse('platform.invalid', { errors: [{ path: '', rule: 'range', params: {} }] });
  throw error;
}
