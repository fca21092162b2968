// 办理率: figures that nobody can improve by not doing something. Whoever sees problems sees their rates within his scope; enterprises see the public figures alone.
import { idFrom } from '../../../kernel/ids.ts';
import { addDays, isDay } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { remembered } from '../../../platform/remembered.ts';
import { downloadHandler, feature, handler, readHandler } from '../../../platform/feature.ts';
import { moment, type Now } from '../../../kernel/clock.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import { systemActor } from '../../people/session.ts';
import { readSettings } from '../closing/callbacks.ts';
import { readKinds } from '../pool/reads.ts';
import * as contract from './contract.ts';
import { CODES, inForce } from './definitions.ts';
import { makeExport } from './export.ts';
import { readRates, readTotal } from './figures.ts';
import { insertDefinition, lockDefinitions, readDefinitions } from './store.ts';

const keepDefinition = handler(contract.keepDefinition, {
  permission: 'problems.keep_policies',
  load: async ({ tx, input }) => ({ version: await lockDefinitions(tx, input.code) }),
  version: ({ version }) => version,
  allow: (actor) => actor.scope.all,
  decide: ({ subject, input, now }) => {
    // What was published stays as it was published.
    if (!isDay(input.fromDay) || input.fromDay < now.day) refuse('problems.definition_day', { errors: [{ path: 'fromDay', rule: 'minimum', params: {} }] });
    return { code: input.code, version: subject.version + 1, body: input.body, fromDay: input.fromDay, reason: input.reason };
  },
  save: async ({ tx, changes, actor, now }) => {
    await insertDefinition(tx, changes, actor, now);
    return { code: changes.code, version: changes.version };
  },
  newVersion: ({ version }) => version,
  event: ({ changes }) => ({ kind: 'problems.definition_kept', subjectType: 'setting', subjectId: idFrom('problems', 'definition', changes.code), after: changes, reason: changes.reason }),
});

export const rates = feature('problems.rates', {
  permissions: ['problems.rates'],
  commands: [keepDefinition],
  queries: [
    readHandler(contract.getRates, { permission: 'problems.rates', read: ({ db, actor, input, now }) => readRates(db, actor, input, now) }),
    readHandler(contract.getRatesTotal, { permission: 'problems.rates', read: ({ db, actor, now }) => readTotal(db, actor, now) }),
    readHandler(contract.publicFigures, { permission: 'public', read: ({ db, now }) => readPublic(db, now) }),
    readHandler(contract.listDefinitions, {
      permission: 'problems.rates',
      read: async ({ db, now }) => {
        const all = await readDefinitions(db);
        const current = new Set(inForce(all, now.day));
        return { items: CODES.flatMap((code) => all.filter((one) => one.code === code).map((one) => ({ ...one.body, code, version: one.version, fromDay: one.fromDay, current: current.has(one), byName: one.byName, reason: one.reason, at: one.at }))) };
      },
    }),
  ],
  downloads: [downloadHandler(contract.exportRates, { permission: 'problems.rates', make: ({ db, actor, input, now }) => makeExport(db, actor, input, now) })],
});

type Public = OutputOf<typeof contract.publicFigures>;
/** Anybody may ask, as often as he likes: it is counted once a minute. */
const publicOf = remembered<Public>(60_000);

/** Of the whole zone, without any name; nothing where the zone does not show it. */
async function readPublic(db: Db, now: Now): Promise<Public> {
  const month = now.day.slice(0, 7);
  const hidden: Public = { shown: false, at: now.instant.toISOString(), month, definitions: [], total: null, thisMonth: null, kinds: [] };
  if (!(await readSettings(db)).publicFigures) return hidden;
  return publicOf(db, now.day, moment(now).getTime(), () => countPublic(db, month, now));
}

async function countPublic(db: Db, month: string, now: Now): Promise<Public> {
  const zone = { ...systemActor, isSystem: true };
  const [total, of, kinds, names] = [await readRates(db, zone, { group: 'source' }, now), await readRates(db, zone, { since: `${month}-01`, group: 'source' }, now), await db.rows<{ kind: string; count: number; ended: number }>(sql`
    select kind, count(*)::int as count, count(*) filter (where state in ('solved', 'closed'))::int as ended from problems_problems
    where raised_at >= ${`${month}-01T00:00:00+08:00`}::timestamptz and raised_at < ${`${addDays(now.day, 1)}T00:00:00+08:00`}::timestamptz group by kind order by count desc, kind`), await readKinds(db)];
  return {
    shown: true, at: total.at, month, definitions: total.definitions, total: total.total, thisMonth: of.total,
    kinds: kinds.map(({ kind, count, ended }) => {
      const words = names.find((one) => one.code === kind);
      return { code: kind, zh: words?.zh ?? kind, en: words?.en ?? kind, count, ended };
    }),
  };
}
