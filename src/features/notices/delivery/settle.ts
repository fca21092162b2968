// Marks what became of a message, in one transaction, and tells who must know: a person whose address is refused, the administrators of a dead
// receiver or a mail server that stays away.
import type { Now } from '../../../kernel/clock.ts';
import type { Db } from '../../../platform/db.ts';
import { errorText, type Result } from '../channels/result.ts';
import { tell, type Notice } from '../tell.ts';
import { ATTEMPTS_LIMIT, outageMs, pauseMs, waitMs } from './rules.ts';
import type { Outcome } from './send.ts';
import * as store from './store.ts';
import type { Say } from './told.ts';

interface Settling {
  readonly one: store.Taken;
  readonly by: string;
  readonly result: Outcome;
  readonly now: Now;
  readonly random: number;
  readonly say: Say;
}

/** A mail server that is away so long is told to the administrators. */
const AWAY_MS = 3_600_000;

export async function settle(tx: Db, parts: Settling): Promise<void> {
  const { one, by, result, now } = parts;
  if (result === 'skipped') {
    await store.endMessage(tx, one.id, by, 'skipped', null, now.instant);
  } else if (result === 'waits') {
    await store.putBack(tx, one.id, by, now.instant);
  } else if (result.sent) {
    await store.endMessage(tx, one.id, by, 'sent', null, now.instant);
    await (one.channel === 'mail' ? store.endOutage(tx, 'mail') : store.noteReceiver(tx, one.recipientId, 0, pauseMs(one.channel) === 0 ? null : new Date(now.instant.getTime() + pauseMs(one.channel))));
  } else if (result.blame === 'channel') await away(tx, parts, result);
  else if (result.forGood || one.attempts + 1 >= ATTEMPTS_LIMIT) await giveUp(tx, parts, result);
  else {
    const wait = Math.max(result.waitMs ?? 0, waitMs(one.attempts + 1, parts.random));
    await store.postponeMessage(tx, one.id, by, errorText(result), true, new Date(now.instant.getTime() + wait));
    if (one.channel !== 'mail') await store.noteReceiver(tx, one.recipientId, one.attempts + 1, null);
  }
}

type Failure = Exclude<Result, { readonly sent: true }>;

/** Nothing is sent through this channel for a while. Only the attempt that found it down counts: a day's absence of the server parks no mail. */
async function away(tx: Db, { one, by, now, random, say }: Settling, result: Failure): Promise<void> {
  const known = await store.outageOf(tx, one.channel);
  const failures = (known?.failures ?? 0) + 1;
  const until = new Date(now.instant.getTime() + outageMs(failures, random));
  await store.postponeMessage(tx, one.id, by, errorText(result), known === undefined, until);
  await store.saveOutage(tx, one.channel, failures, until, errorText(result), now.instant);
  if (known === undefined || now.instant.getTime() - Date.parse(known.since) < AWAY_MS) return;
  await tellOffice(tx, now, { kind: 'notices.mail_away', key: `notices.mail_away:${String(Date.parse(known.since))}`, subject: { type: 'channel', id: one.channel }, values: { reason: both(say, result) } });
}

async function giveUp(tx: Db, { one, by, now, say }: Settling, result: Failure): Promise<void> {
  if (!(await store.endMessage(tx, one.id, by, 'parked', errorText(result), now.instant))) return;
  // One message that is not accepted says nothing of the next; a receiver that is gone, or was silent for days, is left alone.
  if (result.blame === 'message') return;
  if (one.channel !== 'mail') {
    const receiver = await store.receiverOf(tx, one.recipientId);
    if (receiver === undefined || !(await store.parkReceiver(tx, one.recipientId, errorText(result), now.instant))) return;
    await tellOffice(tx, now, { kind: 'notices.receiver_parked', key: `notices.receiver_parked:${one.recipientId}:${String(now.instant.getTime())}`, subject: { type: 'receiver', id: one.recipientId }, values: { name: receiver.name, reason: both(say, result) } });
  } else if (result.forGood) {
    const owner = await store.refuseAddress(tx, one.recipientId, errorText(result));
    if (owner === undefined) return;
    await tell(tx, [{
      kind: 'notices.address_refused', key: `notices.address_refused:${one.recipientId}:${String(now.instant.getTime())}`, subject: { type: 'user', id: owner }, href: '/account/notices',
      values: { reason: both(say, result) }, to: { users: [owner] },
    }], now);
  }
}

async function tellOffice(tx: Db, now: Now, notice: Pick<Notice, 'kind' | 'key' | 'subject' | 'values'>): Promise<void> {
  const root = await store.rootOf(tx);
  if (root !== undefined) await tell(tx, [{ ...notice, href: '/admin/notices', to: { orgs: [{ id: root.id, roles: ['admin'] }] } }], now);
}

function both(say: Say, result: Failure): { readonly zh: string; readonly en: string } {
  return { zh: sayError(say, 'zh-CN', errorText(result)), en: sayError(say, 'en', errorText(result)) };
}

/** A kept error in words: what it is, and what the other side said. */
export function sayError(say: Say, language: 'zh-CN' | 'en', kept: string): string {
  const [code, detail] = partsOf(kept);
  return `${say(language, `mailing:error.${code}`)}${detail === '' ? '' : ` (${detail})`}`;
}

export function partsOf(kept: string): readonly [code: string, detail: string] {
  const at = kept.indexOf(': ');
  return at === -1 ? [kept, ''] : [kept.slice(0, at), kept.slice(at + 2)];
}
