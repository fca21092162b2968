// `serve`: holds the data folder, brings the database to this version, answers requests, and stops cleanly when told to. Must never
// answer "ready" before everything behind it is.
import type { AddressInfo } from 'node:net';
import type { App } from '../app.ts';
import { isLoaded, loadDemo } from '../demo/load.ts';
import { ensureZone } from '../features/people/zone.ts';
import { openApp, openHouse } from '../house.ts';
import type { Config } from '../platform/config.ts';
import { makeLog, type Log } from '../platform/log.ts';
import { errorCode } from '../platform/processes.ts';
import { migrationsDir } from '../platform/root.ts';
import { inBoth } from '../platform/spoken.ts';
import { readSetting } from '../platform/settings.ts';
import { migrateStorage, openStorage, type Storage } from '../platform/storage.ts';

export async function run(_args: readonly string[], config: Config): Promise<number> {
  const log = makeLog(config.logLevel);
  const told = toldToStop(log);
  const storage = await openStorage(config, log);
  try {
    const applied = await migrateStorage(storage, config, migrationsDir);
    if (applied.length > 0) log.info('migrated', { applied });
    const house = await openServing(config, storage, log);
    try {
      announce(house.port, config, storage, house.notes);
      await told;
      return 0;
    } finally {
      await house.close();
    }
  } finally {
    await storage.close();
    log.info('stopped');
  }
}

/** The application behind its port, with the zone ready to be signed in to. */
async function openServing(config: Config, storage: Storage, log: Log): Promise<{ port: number; notes: readonly string[]; close(): Promise<void> }> {
  const notes = await prepareZone(config, storage, log);
  storage.settled();
  const house = await openHouse({ config, connection: storage.connection, log });
  try {
    await house.http.listen({ port: config.port, host: config.host });
  } catch (error) {
    await house.close();
    throw explainListen(error, config);
  }
  const address: AddressInfo | string | null = house.http.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : config.port,
    notes,
    close: () => house.close(),
  };
}

/** Makes the zone at the first start: the demonstration zone where one is wanted, else an empty one with its administrator. */
async function prepareZone(config: Config, storage: Storage, log: Log): Promise<string[]> {
  const app = await openApp({ config, connection: storage.connection, log, synchronousCommit: false });
  try {
    const demo = await wantsDemo(app, config, storage);
    if (!demo) {
      const { firstPasswordFile } = await ensureZone(app, { demo: false });
      return firstPasswordFile === undefined ? [] : [inBoth('cli:first_password', { file: firstPasswordFile }, '\n  ')];
    }
    if (!(await isLoaded(app))) {
      process.stdout.write(`\n  ${inBoth('cli:loading_demo')}\n`);
      const { projects, commands, milliseconds } = await loadDemo(app).catch((error: unknown) => {
        log.error('demonstration zone not loaded', { error });
        throw new Error(inBoth('cli:demo_broken', { dir: config.dataDir }, '\n'));
      });
      log.info('demonstration zone loaded', { projects, commands, milliseconds });
    }
    return [];
  } finally {
    await app.close();
  }
}

// auto: a folder that was empty becomes a demonstration; one whose load was cut off is finished.
async function wantsDemo(app: App, config: Config, storage: Storage): Promise<boolean> {
  if (config.demo === 'off') return false;
  const zone = (await readSetting(app.database, 'zone'))?.value;
  if (zone !== undefined) return typeof zone === 'object' && zone !== null && 'demo' in zone && zone.demo === true;
  return config.demo === 'on' || storage.fresh;
}

export function explainListen(error: unknown, config: Config): unknown {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new Error(inBoth('cli:port_in_use', { port: config.port }));
    case 'EACCES':
      return new Error(`Port ${config.port} may not be opened by this user. Set PORT to 1024 or more.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Error(`HOST=${config.host} is not an address of this machine.`);
    default:
      return error;
  }
}

function announce(port: number, config: Config, storage: Storage, notes: readonly string[]): void {
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host;
  process.stdout.write(`\n  ${inBoth('cli:name')}  http://${host.includes(':') ? `[${host}]` : host}:${port}\n  ${storage.description} · ${config.dataDir}\n${notes.map((note) => `  ${note}\n`).join('')}\n`);
}

/** Resolves at the first signal to stop. A second Ctrl-C ends at once: nothing acknowledged is lost, the next start cleans up. */
function toldToStop(log: Log): Promise<void> {
  return new Promise((resolve) => {
    let told = false;
    const tell = (why: string): void => {
      if (!told) log.info('stopping', { why });
      told = true;
      resolve();
    };
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        if (told && name === 'SIGINT') process.exit(130);
        tell(name);
      });
    }
    // `npm start` runs this through a shell that dies of npm's SIGTERM without passing it on: its death is the message.
    const parent = process.ppid;
    if (process.env['npm_lifecycle_event'] === undefined) return;
    setInterval(() => process.ppid !== parent && tell('npm ended'), 300).unref();
  });
}
