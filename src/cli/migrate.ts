// `migrate`: brings the zone's schema to this version. Refused while a server of another version could be using it: the folder's lock
// is taken, so stop the server first.
import type { Config } from '../platform/config.ts';
import { makeLog } from '../platform/log.ts';
import { migrationsDir } from '../platform/root.ts';
import { migrateStorage, openStorage } from '../platform/storage.ts';

export async function run(_args: readonly string[], config: Config): Promise<number> {
  const storage = await openStorage(config, makeLog('warn'));
  try {
    const applied = await migrateStorage(storage, config, migrationsDir);
    process.stdout.write(applied.length === 0 ? 'nothing to do\n' : `${applied.join('\n')}\n`);
    return 0;
  } finally {
    await storage.close();
  }
}
