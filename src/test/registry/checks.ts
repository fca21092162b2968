// What must hold of every command, each as a function that gives the violations it finds. The same functions are run on the real
// handlers, where they must find nothing, and on handlers with one guard switched off, where they must find something.
import { newId } from '../../kernel/ids.ts';
import { Refusal } from '../../kernel/refuse.ts';
import type { Actor } from '../../platform/actor.ts';
import { run, type Reply } from '../../platform/command.ts';
import { sql, type Database } from '../../platform/db.ts';
import type { CommandHandler } from '../../platform/feature.ts';
import type { World } from '../world/world.ts';
import { SAMPLES, type Ground, type MakeSample, type Sample } from './samples.ts';

export interface Bench {
  readonly world: World;
  readonly handler: CommandHandler;
  /** The database that run() sees: the real one, or one with a guard switched off. */
  readonly database: Database;
  /** Another sample than the command's ordinary one. */
  readonly make?: MakeSample;
}

/** A fresh project that every role of the world can reach, and the sample of the command on it. */
export async function prepare({ world, handler, make = SAMPLES[handler.contract.name] }: Bench, actor: Actor): Promise<{ sample: Sample; ground: Ground }> {
  const project = await reachableProject(world);
  const ground = { world, project, actor };
  if (make === undefined) throw new Error(`no sample for ${handler.contract.name}`);
  return { sample: await make(ground), ground };
}

export async function reachableProject(world: World): Promise<string> {
  const id = await world.project({ townId: world.orgs.town, responsibleOrgId: world.orgs.department, builderId: world.orgs.enterprise, chain: 'nano', totalFen: 1_000_000, content: '建设内容', place: '玉川大道' });
  await world.app.run(world.app.system, 'projects.assign_commissioner', { id, assignmentId: newId(), userId: world.actors.commissioner.userId });
  return id;
}

export async function send(bench: Bench, actor: Actor, sample: Sample, change: { key?: string; version?: number | undefined; input?: unknown } = {}): Promise<Reply> {
  const version = 'version' in change ? change.version : sample.version;
  return run(bench.database, bench.handler, {
    actor: sample.actor ?? actor, input: change.input ?? sample.input, key: change.key ?? newId(), now: bench.world.app.now(), ...(version === undefined ? {} : { ifVersion: version }),
    env: { files: bench.world.app.files, outward: bench.world.app.outward, requestId: newId(), address: '', agent: '', ...(sample.arrived === undefined ? {} : { arrived: sample.arrived }) },
  });
}

/** ok, or the code of the refusal. */
export async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

export async function checkEvent(bench: Bench, actor: Actor): Promise<string[]> {
  const { sample } = await prepare(bench, actor);
  const key = newId();
  const code = await outcome(send(bench, actor, sample, { key }));
  if (code !== 'ok') return [`the sample is refused: ${code}`];
  const events = await bench.world.app.database.rows<{ actor_id: string; command: string; day: string; subject_id: string }>(sql`select actor_id, command, day, subject_id from platform_events where key = ${key}`);
  // A command that changes two records (a project and its new part) tells it in the history of each.
  if (events.length === 0 || new Set(events.map((event) => event.subject_id)).size !== events.length) return [`${events.length} events for ${new Set(events.map((event) => event.subject_id)).size} subjects`];
  const wrong = events.filter((event) => event.actor_id !== actor.userId || event.command !== bench.handler.contract.name || event.day !== '2023-06-30');
  return wrong.map(() => 'the event names another actor, command or day');
}

export async function checkUnknownField(bench: Bench, actor: Actor): Promise<string[]> {
  const { sample } = await prepare(bench, actor);
  const results = await Promise.all(['isAdmin', 'constructor', 'version'].map(async (field) => [field, await outcome(send(bench, actor, sample, { input: { ...sample.input, [field]: true } }))] as const));
  return results.filter(([, code]) => code !== 'platform.invalid').map(([field, code]) => `the unknown field ${field} gave ${code}`);
}

export async function checkStale(bench: Bench, actor: Actor): Promise<string[]> {
  const { sample } = await prepare(bench, actor);
  if (sample.version === undefined) return [];
  const found: string[] = [];
  const missing = await outcome(send(bench, actor, sample, { version: undefined }));
  if (missing !== 'platform.version_required') found.push(`without a version: ${missing}`);
  const stale = await outcome(send(bench, actor, sample, { version: sample.version + 7 }));
  if (stale !== 'platform.stale_version') found.push(`with another version: ${stale}`);
  return found;
}

export async function checkIdempotent(bench: Bench, actor: Actor): Promise<string[]> {
  const { sample } = await prepare(bench, actor);
  const key = newId();
  const replies = await Promise.allSettled(Array.from({ length: 4 }, () => send(bench, actor, sample, { key })));
  const found: string[] = [];
  const acted = replies.filter((reply) => reply.status === 'fulfilled' && !reply.value.repeated).length;
  const refused = replies.flatMap((reply) => (reply.status === 'rejected' ? [String(reply.reason)] : []));
  if (acted !== 1) found.push(`acted ${acted} times`);
  if (refused.length > 0) found.push(`a repetition was refused: ${refused[0] ?? ''}`);
  const outputs = new Set(replies.flatMap((reply) => (reply.status === 'fulfilled' && bench.handler.parts.forget === undefined ? [JSON.stringify(sorted(reply.value.output))] : [])));
  if (outputs.size > 1) found.push('the replies differ');
  const events = await bench.world.app.database.rows<{ subject_id: string }>(sql`select subject_id from platform_events where key = ${key}`);
  if (events.length === 0 || new Set(events.map((event) => event.subject_id)).size !== events.length) found.push(`${events.length} events under one key`);
  return found;
}

/**
 * Whether the actor may, by a real call: anything but `platform.not_allowed` is yes. He is shown the whole zone, for what is asked is
 * whether he may, not what he can reach; a sample that he does not find even so would answer nothing.
 */
export async function mayCommand(bench: Bench, actor: Actor): Promise<boolean> {
  const wide = { ...actor, scope: { keys: [bench.world.orgs.root], all: true } };
  const { sample } = await prepare(bench, wide);
  const code = await outcome(send(bench, wide, sample));
  if (code === 'platform.not_found') throw new Error(`the sample of ${bench.handler.contract.name} is not found`);
  return code !== 'platform.not_allowed';
}

/** Who lacks the permission is told so before anything is prepared, loaded or locked for him. */
export async function checkPermissionFirst(bench: Bench, actor: Actor): Promise<string[]> {
  const { sample } = await prepare(bench, actor);
  const touched: string[] = [];
  const touch = (what: string) => async () => (touched.push(what), undefined);
  const { handler } = bench;
  const watched = { ...handler, parts: { ...handler.parts, prepare: touch('prepare'), load: touch('load') } };
  const bare: Sample = { ...sample, actor: { ...(sample.actor ?? actor), isSystem: false, permissions: new Set<string>() } };
  const code = await outcome(send({ ...bench, handler: watched }, actor, bare));
  return [...(code === 'platform.not_allowed' ? [] : [`without the permission: ${code}`]), ...touched.map((what) => `${what} ran without the permission`)];
}

/** A project of another town, department, enterprise, commissioner and chain is not found, even by who may do the thing as such. */
export async function checkScope(bench: Bench, one: Actor): Promise<string[]> {
  if (one.scope.all) return [];
  const actor = { ...one, permissions: new Set([...one.permissions, bench.handler.permission]) };
  const foreign = await bench.world.project({ townId: bench.world.orgs.otherTown, totalFen: 1_000_000, content: '建设内容', place: '别处' });
  const make = SAMPLES[bench.handler.contract.name];
  if (make === undefined) return ['no sample'];
  const sample = await make({ world: bench.world, project: foreign, actor });
  const code = await outcome(send(bench, actor, sample));
  return code === 'platform.not_found' ? [] : [`a foreign project gave ${code}`];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, sorted(part)]));
}
