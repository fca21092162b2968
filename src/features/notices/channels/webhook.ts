// Any receiver that takes signed HTTPS posts. The signature is HMAC-SHA256 over the time, a full stop and the body (docs/notices.md tells how to check it).
import { createHmac } from 'node:crypto';
import type { Answer } from '../../../platform/outgoing/post.ts';
import type { Told } from '../delivery/told.ts';
import { failed, type Result } from './result.ts';

export interface Sealed { readonly headers: Readonly<Record<string, string>>; readonly body: string }

/** The document with its signature. `id` is the same whenever this message is sent again; each notice has a key that is the same for ever. */
export function webhookMessage(parts: { readonly id: string; readonly notices: readonly (Told & { readonly text: Readonly<Record<string, string>>; readonly url: string })[]; readonly secret: string; readonly at: Date }): Sealed {
  const body = JSON.stringify({
    id: parts.id,
    notices: parts.notices.map((one) => ({
      key: one.key, kind: one.kind, topic: one.topic, urgent: one.urgent, day: one.day, at: one.at, subject: { type: one.subjectType, id: one.subjectId },
      ...(one.projectId === null ? {} : { projectId: one.projectId }), url: one.url, text: one.text,
    })),
  });
  const timestamp = String(Math.floor(parts.at.getTime() / 1000));
  return {
    body,
    headers: { 'content-type': 'application/json; charset=utf-8', 'idempotency-key': headerOf(parts.id), 'yugong-timestamp': timestamp, 'yugong-signature': `v1=${signature(parts.secret, timestamp, body)}` },
  };
}

/** An id as a header may hold it: letters beyond ASCII are written in percent. */
export function headerOf(id: string): string {
  return /^[\x21-\x7e]+$/.test(id) ? id : encodeURIComponent(id);
}

export function signature(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}

/** What an answer of HTTP means to any receiver; undefined: it was taken. */
export function faultOf(answer: Answer): Result | undefined {
  const { status } = answer;
  if (status >= 200 && status < 300) return undefined;
  const detail = String(status);
  if (status >= 300 && status < 400) return failed('redirected', detail, 'recipient', true);
  if (status === 404 || status === 410) return failed('gone', detail, 'recipient', true);
  if (status === 429 || status === 503) return failed('busy', detail, 'recipient', false, answer.retryAfter === undefined ? undefined : Math.min(3600, answer.retryAfter) * 1000);
  if (status === 400 || status === 413 || status === 422) return failed('not_accepted', detail, 'message', true);
  return failed('answered', detail, 'recipient');
}

export function webhookResult(answer: Answer): Result {
  return faultOf(answer) ?? { sent: true };
}
