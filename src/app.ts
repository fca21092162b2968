// The program without its edges: database, registry, files, texts, clock, and the two ways in (run a command, ask a query).
// HTTP, command line, jobs, the demonstration zone and tests all hold one of these.
import { nowAt, type Now } from './kernel/clock.ts';
import { newId } from './kernel/ids.ts';
import type { Actor } from './platform/actor.ts';
import { run, type Reply } from './platform/command.ts';
import type { Database } from './platform/db.ts';
import type { DownloadHandler, Env, Registry } from './platform/feature.ts';
import type { Files } from './platform/files.ts';
import type { Log } from './platform/log.ts';
import { outwardOf, type Outward } from './platform/outgoing/outward.ts';
import { ask, checkDays } from './platform/query.ts';
import { readSetting } from './platform/settings.ts';
import type { Texts } from './platform/texts.ts';
import type { Config } from './platform/config.ts';
import { refuse } from './kernel/refuse.ts';
import { systemActor } from './features/people/session.ts';
import { registry } from './platform/feature.ts';
import { features } from './features.ts';

export interface App {
  readonly config: Config;
  readonly database: Database;
  readonly registry: Registry;
  readonly files: Files;
  readonly texts: Texts;
  readonly log: Log;
  readonly outward: Outward;
  readonly system: Actor;
  readonly clock: Clock;
  now(): Now;
  /** Runs a command by name. Without a key each call is its own. */
  run(actor: Actor, name: string, input: unknown, options?: RunOptions): Promise<Reply>;
  ask(actor: Actor, name: string, input: unknown, env?: Partial<Env>): Promise<unknown>;
  download(actor: Actor, name: string, query: Readonly<Record<string, unknown>>, env?: Partial<Env>): ReturnType<DownloadHandler['parts']['make']>;
  close(): Promise<void>;
}

export interface RunOptions {
  readonly key?: string | undefined;
  readonly ifVersion?: number | undefined;
  readonly env?: Partial<Env>;
}

export interface Clock {
  /** Stands the zone's calendar on a day (undefined: follows the machine's clock), and on a time of day `HH:MM` where the past is played. */
  stand(day: string | undefined, time?: string): void;
  /** Reads from the zone's settings whether it stands on a day. */
  refresh(): Promise<void>;
}

export interface AppParts {
  readonly config: Config;
  readonly database: Database;
  readonly files: Files;
  readonly texts: Texts;
  readonly log: Log;
}

export async function createApp(parts: AppParts): Promise<App> {
  const { config, database, files, texts, log } = parts;
  const known = registry(features);
  const outward = outwardOf(config);
  let fixedDay: string | undefined;
  let fixedMinute: number | undefined;
  const clock: Clock = {
    stand: (day, time) => {
      fixedDay = day;
      fixedMinute = time === undefined ? undefined : minuteOf(time);
    },
    refresh: async () => {
      const setting = await readSetting(database, 'zone');
      fixedDay = dayIn(setting?.value);
    },
  };
  await clock.refresh();
  const now = (): Now => nowAt(new Date(), fixedDay, fixedMinute);
  const envOf = (env: Partial<Env> = {}): Env => ({ files, outward, requestId: newId(), address: '', agent: '', ...env });
  return {
    config, database, registry: known, files, texts, log, outward, clock, now,
    system: systemActor,
    run: async (actor, name, input, options = {}) => {
      const command = known.commands.get(name) ?? refuse('platform.not_found', { name });
      return run(database, command, {
        actor, input, now: now(), env: envOf(options.env), key: options.key ?? newId(),
        ...(options.ifVersion === undefined ? {} : { ifVersion: options.ifVersion }),
      });
    },
    ask: async (actor, name, input, env) => {
      const query = known.queries.get(name) ?? refuse('platform.not_found', { name });
      return ask(database, query, { actor, input, now: now(), env: envOf(env) });
    },
    download: async (actor, name, query, env) => {
      const found = known.downloads.get(name) ?? refuse('platform.not_found', { name });
      if (!actor.isSystem && found.permission !== 'signed-in' && found.permission !== 'public' && !actor.permissions.has(found.permission)) refuse('platform.not_allowed', { download: name });
      const input = found.check(found.parse(query));
      checkDays(input);
      return found.parts.make({ actor, input, db: database, now: now(), env: envOf(env) });
    },
    close: () => database.close(),
  };
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function dayIn(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'day' in value && typeof value.day === 'string' ? value.day : undefined;
}
