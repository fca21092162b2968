// `serve`: holds the data folder, brings the database to this version, answers requests, and stops cleanly when told to. Must never
// answer "ready" before everything behind it is.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../platform/config.ts';
import { makeLog, type Log } from '../platform/log.ts';
import { errorCode } from '../platform/processes.ts';
import { migrationsDir } from '../platform/root.ts';
import { migrateStorage, openStorage, type Storage } from '../platform/storage.ts';

export async function run(_args: readonly string[], config: Config): Promise<number> {
  const log = makeLog(config.logLevel);
  const told = toldToStop(log);
  const storage = await openStorage(config, log);
  try {
    const applied = await migrateStorage(storage, config, migrationsDir);
    if (applied.length > 0) log.info('migrated', { applied });
    const house = await openHouse(config, storage, log);
    try {
      announce(house.port, config, storage);
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

/** What answers requests. The HTTP application takes this place: it needs `config`, `storage.connection`, `storage.fresh` and `log`. */
async function openHouse(config: Config, _storage: Storage, _log: Log): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const healthy = request.url === '/healthz';
    response.writeHead(healthy ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(healthy ? { status: 'ok' } : { status: 404 }));
  });
  const port = await listen(server, config);
  return {
    port,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), config.limits.stopSeconds * 1000).unref();
    }),
  };
}

function listen(server: Server, config: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explainListen(error, config)));
    server.listen(config.port, config.host, () => {
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : config.port);
    });
  });
}

export function explainListen(error: unknown, config: Config): unknown {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new Error(`Port ${config.port} is in use by another program. Set PORT to another one. 端口 ${config.port} 已被占用，请用 PORT 指定其他端口。`);
    case 'EACCES':
      return new Error(`Port ${config.port} may not be opened by this user. Set PORT to 1024 or more.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Error(`HOST=${config.host} is not an address of this machine.`);
    default:
      return error;
  }
}

function announce(port: number, config: Config, storage: Storage): void {
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host;
  process.stdout.write(`\n  愚公 Yugong  http://${host.includes(':') ? `[${host}]` : host}:${port}\n  ${storage.description} · ${config.dataDir}\n\n`);
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
