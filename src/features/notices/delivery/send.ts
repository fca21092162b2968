// Sends one message through its channel: reads what it holds and to whom, composes it, hands it over. Writes nothing but the digests of secrets that leave with it.
import { createHash } from 'node:crypto';
import type { Now } from '../../../kernel/clock.ts';
import type { Db } from '../../../platform/db.ts';
import type { Outward } from '../../../platform/outgoing/outward.ts';
import { post } from '../../../platform/outgoing/post.ts';
import { DINGTALK_BYTES, dingtalkMessage, dingtalkResult, signedUrl } from '../channels/dingtalk.ts';
import type { Exits } from '../channels/mailserver.ts';
import { failed, failureOf, type Result } from '../channels/result.ts';
import { sendMail } from '../channels/smtp.ts';
import { webhookMessage, webhookResult } from '../channels/webhook.ts';
import { WECOM_BYTES, wecomMessage, wecomResult } from '../channels/wecom.ts';
import { ASKING } from '../addresses/letters.ts';
import { secretLinks } from './links.ts';
import { composeMail, composeMarkdown, linkOf, type Letterhead } from './compose.ts';
import * as store from './store.ts';
import { sentence, type Language, type Say, type Told } from './told.ts';

export interface Sending {
  readonly database: Db;
  readonly outward: Outward;
  readonly texts: { readonly say: Say };
  readonly exits: Exits;
  now(): Now;
}

/** `skipped`: nobody is there to get it any more. `waits`: it cannot be sent now through nobody's fault, and is put back among what waits. */
export type Outcome = Result | 'skipped' | 'waits';

export async function sendOne(sending: Sending, one: store.Taken): Promise<Outcome> {
  const notices = await store.noticesOf(sending.database, one.id);
  if (notices.length === 0) return 'skipped';
  if (one.channel === 'mail') return mail(sending, one, notices);
  const receiver = await store.receiverOf(sending.database, one.recipientId);
  if (receiver?.state !== 'active') return 'skipped';
  return toReceiver(sending, receiver, idOf(one.id, notices), notices);
}

async function mail(sending: Sending, one: store.Taken, notices: readonly Told[]): Promise<Outcome> {
  const { server, site } = sending.exits;
  const person = await store.addresseeOf(sending.database, one.recipientId);
  if (server === undefined) return failed('no_mail_server', '', 'channel');
  if (person === undefined || person.email === null || person.refused !== null) return 'skipped';
  // While it was on its way he entered another address, which is not confirmed yet.
  if (person.person && !person.confirmed) return 'waits';
  // The letter that asks is nothing without its link, and there is no link without a site.
  const allowed = notices.filter((notice) => (notice.kind === ASKING ? site !== undefined : person.confirmed));
  if (allowed.length === 0) return !person.confirmed && notices.some((notice) => notice.kind === ASKING) ? 'waits' : 'skipped';
  const head = await letterhead(sending, person.language);
  const composed = composeMail({ ...head, account: person.account }, site === undefined ? allowed : await withSecrets(sending, allowed, one.recipientId));
  return sendMail(server, { to: person.email, ...composed, messageId: messageIdOf(idOf(one.id, notices), one.recipientId, server.from) }, sending.outward.policy);
}

async function withSecrets(sending: Sending, notices: readonly Told[], recipientId: string): Promise<readonly Told[]> {
  const at = sending.now().instant;
  return Promise.all(notices.map(async (notice) => ({ ...notice, href: (await secretLinks.get(notice.kind)?.(sending.database, notice, recipientId, at)) ?? notice.href })));
}

/** Sends to a receiver, also what only tries it out. */
export async function toReceiver(sending: Sending, receiver: store.Receiver, id: string, notices: readonly Told[]): Promise<Result> {
  const { vault, policy } = sending.outward;
  const url = vault.open(receiver.sealedUrl);
  const secret = receiver.sealedSecret === null ? undefined : vault.open(receiver.sealedSecret);
  if (url === undefined || (receiver.sealedSecret !== null && secret === undefined)) return failed('sealed_elsewhere', '', 'recipient');
  const at = sending.now().instant;
  const head = await letterhead(sending, receiver.language);
  try {
    switch (receiver.kind) {
      case 'wecom': {
        const { headers, body } = wecomMessage(id, composeMarkdown(head, notices, WECOM_BYTES).text);
        return wecomResult(await post(url, headers, body, policy));
      }
      case 'dingtalk': {
        const { title, text } = composeMarkdown(head, notices, DINGTALK_BYTES);
        const { headers, body } = dingtalkMessage(id, title, text);
        return dingtalkResult(await post(signedUrl(url, secret, at), headers, body, policy));
      }
      case 'webhook': {
        const shown = notices.map((notice) => ({ ...notice, url: linkOf(head.site ?? '', notice.href), text: { 'zh-CN': sentence(head.say, notice, 'zh-CN'), en: sentence(head.say, notice, 'en') } }));
        const { headers, body } = webhookMessage({ id, notices: shown, secret: secret ?? '', at });
        return webhookResult(await post(url, headers, body, policy));
      }
      default: return never(receiver.kind);
    }
  } catch (error) {
    return failureOf(error);
  }
}

export async function letterhead(sending: Pick<Sending, 'database' | 'exits' | 'texts'>, language: Language): Promise<Letterhead> {
  const root = await store.rootOf(sending.database);
  return { say: sending.texts.say, language, zone: (language === 'en' ? root?.nameEn : null) ?? root?.name ?? '', site: sending.exits.site };
}

/** A single notice goes under its own key, several under the message's id: the same however often it is sent. */
function idOf(messageId: string, notices: readonly Told[]): string {
  return notices.length === 1 ? (notices[0]?.key ?? messageId) : messageId;
}

export function messageIdOf(id: string, recipientId: string, from: string): string {
  return `${createHash('sha256').update(`${id} ${recipientId}`).digest('hex').slice(0, 40)}@${from.split('@').at(-1) ?? 'localhost'}`;
}

function never(value: never): never {
  throw new Error(`unknown: ${String(value)}`);
}
