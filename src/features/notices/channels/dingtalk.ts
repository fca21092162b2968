// The group robot of DingTalk: a markdown message, its address signed with the time where the robot has a secret (加签).
import { createHmac } from 'node:crypto';
import type { Answer } from '../../../platform/outgoing/post.ts';
import type { Result } from './result.ts';
import { faultOf, headerOf, type Sealed } from './webhook.ts';
import { robotResult } from './wecom.ts';

export const DINGTALK_BYTES = 18_000;

export function dingtalkMessage(id: string, title: string, markdown: string): Sealed {
  return { headers: { 'content-type': 'application/json; charset=utf-8', 'idempotency-key': headerOf(id) }, body: JSON.stringify({ msgtype: 'markdown', markdown: { title, text: markdown } }) };
}

/** The robot's address with `timestamp` (milliseconds) and `sign`: HMAC-SHA256 over the time, a line break and the secret, in Base64. */
export function signedUrl(address: string, secret: string | undefined, at: Date): string {
  if (secret === undefined) return address;
  const url = new URL(address);
  const timestamp = String(at.getTime());
  url.searchParams.set('timestamp', timestamp);
  url.searchParams.set('sign', createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'));
  return url.href;
}

export function dingtalkResult(answer: Answer): Result {
  return faultOf(answer) ?? robotResult(answer, { busy: [130101, 660026, -1], gone: [300005, 400101, 400102] });
}
