// `verify`: computes the chain of the event log again and names the first link that does not hold. Reads only; works beside a running
// server. Exit code 1 when the chain is broken.
import { parseArgs } from 'node:util';
import { openApp } from '../house.ts';
import { verifyChain, type Head, type Verdict } from '../platform/chain.ts';
import { ConfigError, type Config } from '../platform/config.ts';
import { makeLog } from '../platform/log.ts';
import { migrationsDir } from '../platform/root.ts';
import { migrateStorage, openStorage } from '../platform/storage.ts';
import type { Locale, Texts } from '../platform/texts.ts';

export async function run(args: readonly string[], config: Config): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { head: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' } } });
  const known = values.head === undefined ? undefined : headIn(values.head);
  const log = makeLog('error');
  const storage = await openStorage(config, log, { share: true });
  try {
    if (!storage.shared) await migrateStorage(storage, config, migrationsDir);
    const app = await openApp({ config, connection: storage.connection, log });
    try {
      const verdict = await verifyChain(app.database, known);
      process.stdout.write(`${values.json === true ? JSON.stringify(verdict) : say(verdict, app.texts, values.lang === 'en' ? 'en' : 'zh-CN')}\n`);
      return verdict.broken === null ? 0 : 1;
    } finally {
      await app.close();
    }
  } finally {
    await storage.close();
  }
}

function headIn(text: string): Head {
  const found = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim());
  if (found === null) throw new ConfigError('--head takes a number and a hash, as verify and the log print them: 1234:9f86d0…');
  return { seq: Number(found[1]), hash: found[2] ?? '' };
}

function say(verdict: Verdict, texts: Texts, locale: Locale): string {
  const { broken, head, sealed, pending } = verdict;
  if (broken !== null) return texts.say(locale, 'platform:chain.broken', { seq: broken.seq, why: texts.say(locale, `platform:chain.fault.${broken.why}`) });
  return head === null ? texts.say(locale, 'platform:chain.empty', { pending }) : texts.say(locale, 'platform:chain.sound', { sealed, pending, seq: head.seq, hash: head.hash });
}
