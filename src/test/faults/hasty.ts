// A server with one guard off: it answers a command before its transaction commits. Only a test starts it, to see that the crash audit
// finds what such a server loses.
import { createApp } from '../../app.ts';
import { ensureZone } from '../../features/people/zone.ts';
import { httpOf } from '../../house.ts';
import { readConfig } from '../../platform/config.ts';
import { openDatabase, type Database } from '../../platform/db.ts';
import { openFiles } from '../../platform/files.ts';
import { makeLog } from '../../platform/log.ts';
import { localesDir, migrationsDir } from '../../platform/root.ts';
import { migrateStorage, openStorage } from '../../platform/storage.ts';
import { loadTexts } from '../../platform/texts.ts';
import path from 'node:path';

/** How long the commit lags behind the answer: a disk that is asked to force its writes takes some milliseconds, too. */
const LAG_MS = 30;

const config = readConfig(process.env);
const log = makeLog('info');
const storage = await openStorage(config, log);
await migrateStorage(storage, config, migrationsDir);
const { limits, schema, poolSize } = config;
const database = openDatabase({ connection: storage.connection, schema, poolSize, statementTimeoutMs: limits.statementTimeoutMs, poolWaitMs: limits.poolWaitMs });
const parts = { config, files: await openFiles(path.join(config.dataDir, 'files')), texts: loadTexts(localesDir), log };
await ensureZone(await createApp({ ...parts, database }), { demo: false });
const http = await httpOf(await createApp({ ...parts, database: hasty(database) }));
process.stdout.write(`${await http.listen({ port: 0, host: '127.0.0.1' })}\n`);

function hasty(honest: Database): Database {
  return {
    ...honest,
    transaction: (work) => new Promise((resolve, reject) => {
      honest.transaction(async (tx) => {
        const result = await work(tx);
        resolve(result);
        await new Promise((later) => setTimeout(later, LAG_MS));
        return result;
      }).catch(reject);
    }),
  };
}
