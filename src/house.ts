// The program with its edges: opens database, files and texts, puts the application behind HTTP, starts the jobs. What `serve`
// runs and what the tests of whole requests run is this one function.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { createApp, type App } from './app.ts';
import { anonymous, makeAuthenticator } from './features/people/session.ts';
import { mayReadAttorney } from './features/approvals/cases/attorney.ts';
import { mayReadPaper } from './features/approvals/faster/papers.ts';
import { mayReadOriginal } from './features/approvals/schedules/original.ts';
import { mayRead } from './features/projects/lifecycle/papers.ts';
import { startJobs, turnDay } from './jobs.ts';
import type { Config } from './platform/config.ts';
import { openDatabase, sql } from './platform/db.ts';
import { openFiles } from './platform/files.ts';
import { makeHttp } from './platform/http.ts';
import type { Log } from './platform/log.ts';
import { root } from './platform/root.ts';
import { makeRunning, type Running } from './platform/running.ts';
import { loadTexts } from './platform/texts.ts';
import { mayReadProblemFile } from './features/problems/pool/files.ts';
import { openFileFor, uploadFile } from './platform/upload.ts';

export interface House {
  readonly app: App;
  readonly http: FastifyInstance;
  close(): Promise<void>;
}

export interface HouseParts {
  readonly config: Config;
  readonly connection: pg.PoolConfig;
  readonly log: Log;
  /** False where losing the last moments is harmless: tests, and the load of the demonstration zone. */
  readonly synchronousCommit?: boolean;
}

/** The application alone: for the command line, the demonstration zone and tests. */
export async function openApp(parts: HouseParts): Promise<App> {
  const { config, connection, log } = parts;
  const database = openDatabase({
    connection, schema: config.schema, poolSize: config.poolSize, statementTimeoutMs: config.limits.statementTimeoutMs, poolWaitMs: config.limits.poolWaitMs,
    ...(parts.synchronousCommit === undefined ? {} : { synchronousCommit: parts.synchronousCommit }),
  });
  const files = await openFiles(path.join(config.dataDir, 'files'));
  return createApp({ config, database, files, texts: loadTexts(path.join(root, 'locales')), log });
}

export async function openHouse(parts: HouseParts): Promise<House> {
  const app = await openApp(parts);
  await turnDay(app);
  const running = makeRunning();
  const http = await httpOf(app, running);
  const stopJobs = startJobs(app);
  return {
    app,
    http,
    close: async () => {
      await stopServing(http, running, parts.config.limits.stopSeconds * 1000);
      // What still holds a connection then is cut off by the end of PostgreSQL, or of this process: it is rolled back.
      await within(LAST_MS, (async () => {
        await stopJobs();
        await app.close();
      })());
    },
  };
}

/** For the jobs to let go and the pool to end, after the requests had their time. */
const LAST_MS = 3000;

/** Closes the port at once, lets what is in hand end in its time, then cuts. */
async function stopServing(http: FastifyInstance, running: Running, milliseconds: number): Promise<void> {
  running.stop();
  const closed = http.close();
  // A kept connection that was busy when the port closed falls idle with its answer.
  const idle = setInterval(() => http.server.closeIdleConnections(), 50);
  await within(milliseconds, Promise.all([closed, running.idle()]));
  clearInterval(idle);
  http.server.closeAllConnections();
  await closed;
}

/** Waits for the work, but no longer than the time. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)))]);
  clearTimeout(timer);
}

/** HTTP over an application. */
export function httpOf(app: App, running: Running = makeRunning()): Promise<FastifyInstance> {
  const { config, database } = app;
  return makeHttp({
    registry: app.registry, texts: app.texts, log: app.log,
    authenticate: makeAuthenticator(database, () => app.now()),
    anonymous,
    run: (actor, name, input, options) => app.run(actor, name, input, options),
    ask: (actor, name, input, env) => app.ask(actor, name, input, env),
    download: (actor, name, query, env) => app.download(actor, name, query, env),
    upload: (actor, file, env) => uploadFile(app, actor, file, env),
    openFile: (actor, sha256) => openFileFor(app, actor, sha256, async (db, reader, sha) => (await mayRead(db, reader, sha)) ?? (await mayReadAttorney(db, reader, sha)) ?? (await mayReadPaper(db, reader, sha)) ?? (await mayReadProblemFile(db, reader, sha)) ?? mayReadOriginal(db, reader, sha)),
    ready: () => database.row(sql`select 1 as one`).then(() => true, () => false),
    limits: { bodyBytes: config.limits.bodyBytes, uploadBytes: config.limits.uploadBytes, requestSeconds: config.limits.requestSeconds },
    rate: { burst: config.limits.requestsPerMinute, perSecond: config.limits.requestsPerMinute / 60 },
    secure: config.secure, trustProxy: config.trustProxy,
    webFolder: path.join(root, 'dist', 'web'),
    version: versionOfProgram(),
    running,
  });
}

function versionOfProgram(): string {
  const content: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return typeof content === 'object' && content !== null && 'version' in content && typeof content.version === 'string' ? content.version : '0';
}
