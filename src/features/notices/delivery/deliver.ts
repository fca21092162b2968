// Sends what is due: gathers it into messages, takes some, sends them, marks them. Each step is a transaction of its own; whoever is killed between
// two of them leaves a message that is sent again with the same id, never one that is lost.
import { newId } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Database, Db } from '../../../platform/db.ts';
import type { Log } from '../../../platform/log.ts';
import type { Outward } from '../../../platform/outgoing/outward.ts';
import { readExits, type Exits } from '../channels/mailserver.ts';
import type { Channel } from '../fields.ts';
import { GATHER, nextMessage } from './rules.ts';
import { sendOne, type Sending } from './send.ts';
import { settle } from './settle.ts';
import * as store from './store.ts';
import type { Say } from './told.ts';

export interface House {
  readonly database: Database;
  readonly outward: Outward;
  readonly texts: { readonly say: Say };
  readonly log: Pick<Log, 'warn'>;
  now(): Now;
  /** In [0, 1): spreads what is tried again. */
  random(): number;
  /** Tests are told what was done, and may stop here. */
  step?(name: 'gathered' | 'taken' | 'sent' | 'marked'): Promise<void>;
}

export const MAIL: readonly Channel[] = ['mail'];
export const RECEIVERS: readonly Channel[] = ['wecom', 'dingtalk', 'webhook'];

/** Messages at the same time, and of one turn: with a turn every two seconds at most ten mails a second leave, whatever has gathered. */
const TOGETHER = 5;
const TURN_MOST = 20;
/** Longer than five messages can take at once, each with its own limit. */
const TAKEN_MS = 120_000;
const KEEP_WAITING_MS = 30 * 86_400_000;

/** One turn of the job. Gives how many messages were sent or tried. */
export async function deliver(house: House, channels: readonly Channel[]): Promise<number> {
  const by = newId();
  for (let done = 0; ;) {
    const now = house.now();
    const outage = channels.includes('mail') ? await store.outageOf(house.database, 'mail') : undefined;
    if (outage !== undefined && Date.parse(outage.until) > now.instant.getTime()) return done;
    const exits = await readExits(house.database, house.outward);
    if (channels.includes('mail') && exits.server === undefined) return done;
    await gather(house, exits, channels, now);
    // A way that was down is tried with a single message.
    const limit = Math.min(outage === undefined ? TOGETHER : 1, TURN_MOST - done);
    const taken = limit <= 0 ? [] : await house.database.transaction((tx) => store.takeMessages(tx, channels, limit, by, now.instant, new Date(now.instant.getTime() + TAKEN_MS)));
    if (taken.length === 0) return done;
    await house.step?.('taken');
    await Promise.all(taken.map((one) => sendAndMark(house, exits, one, by)));
    done += taken.length;
  }
}

async function gather(house: House, exits: Exits, channels: readonly Channel[], now: Now): Promise<void> {
  const made = await house.database.transaction(async (tx) => {
    if (!(await store.gathersAlone(tx))) return 0;
    return gatherIn(tx, channels, now, exits.site !== undefined);
  });
  if (made > 0) await house.step?.('gathered');
}

async function gatherIn(tx: Db, channels: readonly Channel[], now: Now, site: boolean): Promise<number> {
  const ready = await store.readyRecipients(tx, channels, now.instant, site);
  if (ready.length === 0) return 0;
  const due = await store.dueOf(tx, ready.map((one) => ({ ...one, most: GATHER[one.channel].most })), now.instant);
  const byRecipient = new Map<string, store.Due[]>();
  for (const one of due) byRecipient.set(`${one.channel} ${one.recipientId}`, [...(byRecipient.get(`${one.channel} ${one.recipientId}`) ?? []), one]);
  const made = ready.flatMap(({ channel, recipientId }) => {
    const held = nextMessage(channel, byRecipient.get(`${channel} ${recipientId}`) ?? []);
    return held.length === 0 ? [] : [{ id: newId(now.instant.getTime()), channel, recipientId, noticeIds: held.map((one) => one.noticeId) }];
  });
  if (made.length > 0) await store.insertMessages(tx, made, now.instant);
  return made.length;
}

async function sendAndMark(house: House, exits: Exits, one: store.Taken, by: string): Promise<void> {
  const sending: Sending = { ...house, exits };
  const result = await sendOne(sending, one);
  await house.step?.('sent');
  await house.database.transaction((tx) => settle(tx, { one, by, result, now: house.now(), random: house.random(), say: house.texts.say }));
  await house.step?.('marked');
}

/** Gives up what has waited a month: for a receiver that stays parked, an address that stays refused, a server that nobody set up. */
export async function skipOldDeliveries(house: Pick<House, 'database' | 'now'>): Promise<void> {
  const before = new Date(house.now().instant.getTime() - KEEP_WAITING_MS);
  while ((await store.skipOld(house.database, before, 5000)) === 5000);
}
