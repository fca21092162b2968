// How the demonstration zone acts: every change is an ordinary command of a person who may make it, at a moment of the past that
// is handed to it, with a key that is always the same. It holds no way of its own to write.
import { Readable } from 'node:stream';
import type { App } from '../app.ts';
import { idFrom } from '../kernel/ids.ts';
import type { Now } from '../kernel/clock.ts';
import { Refusal } from '../kernel/refuse.ts';
import type { Actor } from '../platform/actor.ts';
import { run } from '../platform/command.ts';
import type { Env } from '../platform/feature.ts';
import { uploadFile } from '../platform/upload.ts';

export interface Deed {
  readonly who: Actor;
  readonly at: Now;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The record whose version the command asks for. */
  readonly versionOf?: string;
  /** Left out, it follows from the deed. */
  readonly key?: string;
}

export interface Acting {
  readonly app: App;
  act(deed: Deed): Promise<unknown>;
  /** Stores a file as this person's upload and gives its digest. */
  upload(who: Actor, at: Now, name: string, content: Buffer): Promise<string>;
  /** A file that many projects share, stored once for each person who lays it down. */
  common(who: Actor, name: string, make: () => Buffer): Promise<string>;
  readonly done: () => number;
}

/** `commonAt`: the moment at which files that many projects share were stored. */
export function makeActing(app: App, commonAt: Now): Acting {
  const versions = new Map<string, number>();
  let count = 0;

  const act = async (deed: Deed): Promise<unknown> => {
    const known = deed.versionOf === undefined ? undefined : (versions.get(deed.versionOf) ?? 1);
    try {
      return await once(deed, known);
    } catch (error) {
      const current = error instanceof Refusal && error.code === 'platform.stale_version' ? error.details['current'] : undefined;
      if (deed.versionOf === undefined || typeof current !== 'number') throw explained(error, deed);
      versions.set(deed.versionOf, current);
      return once(deed, current).catch((second: unknown) => {
        throw explained(second, deed);
      });
    }
  };

  const once = async (deed: Deed, ifVersion: number | undefined, env: Partial<Env> = {}): Promise<unknown> => {
    const command = app.registry.commands.get(deed.name);
    if (command === undefined) throw new Error(`there is no command ${deed.name}`);
    const reply = await run(app.database, command, {
      actor: deed.who, input: deed.input, now: deed.at, key: deed.key ?? keyOf(deed),
      env: { files: app.files, requestId: 'demo', address: '', agent: '', ...env },
      ...(ifVersion === undefined ? {} : { ifVersion }),
    });
    count += 1;
    if (deed.versionOf !== undefined && reply.version !== null) versions.set(deed.versionOf, reply.version);
    return reply.output;
  };

  const upload = async (who: Actor, at: Now, name: string, content: Buffer): Promise<string> => {
    const output = await uploadFile(
      {
        database: app.database, files: app.files, config: app.config, now: () => at,
        run: async (actor, command, input, options = {}) => ({ output: await once({ who: actor, at, name: command, input: { name, ...record(input) } }, undefined, options.env), version: null, repeated: false }),
      },
      who, { name, content: Readable.from([content]) },
    );
    const id = record(output)['id'];
    if (typeof id !== 'string') throw new Error(`${name} was not stored`);
    return id;
  };

  const shared = new Map<string, Promise<string>>();
  const common = (who: Actor, name: string, make: () => Buffer): Promise<string> => {
    const word = `${who.userId} ${name}`;
    // At one moment for all: whoever asks first must not decide when it was.
    const known = shared.get(word) ?? upload(who, commonAt, name, make());
    shared.set(word, known);
    return known;
  };

  return { app, act, upload, common, done: () => count };
}

function keyOf(deed: Deed): string {
  return idFrom('demo', deed.name, deed.at.instant.toISOString(), JSON.stringify(deed.input));
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function explained(error: unknown, deed: Deed): Error {
  const what = error instanceof Refusal ? `${error.code} ${JSON.stringify(error.details)}` : error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new Error(`the demonstration zone could not ${deed.name} on ${deed.at.day} as ${deed.who.name} with ${JSON.stringify(deed.input)}: ${what}`);
}

/** A moment of a day of the zone, so many seconds after nine in the morning in China. */
export function moment(day: string, seconds: number): Now {
  return { instant: new Date(Date.parse(`${day}T01:00:00Z`) + seconds * 1000), day };
}

/** Runs work in lanes: what belongs together stays in its order, at most so many lanes at once. */
export async function inLanes<T>(lanes: readonly T[], width: number, work: (one: T) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(width, lanes.length) }, async () => {
    for (let own = next++; own < lanes.length; own = next++) {
      const one = lanes[own];
      if (one !== undefined) await work(one);
    }
  }));
}
