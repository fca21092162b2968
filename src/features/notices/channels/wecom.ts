// The group robot of WeCom: a markdown message to the robot's address, answered with 200 and a code of its own.
import type { Answer } from '../../../platform/outgoing/post.ts';
import { failed, type Result } from './result.ts';
import { faultOf, headerOf, type Sealed } from './webhook.ts';

/** Longest content in bytes of UTF-8 that the robot takes. */
export const WECOM_BYTES = 4096;

export function wecomMessage(id: string, markdown: string): Sealed {
  return { headers: { 'content-type': 'application/json; charset=utf-8', 'idempotency-key': headerOf(id) }, body: JSON.stringify({ msgtype: 'markdown', markdown: { content: markdown } }) };
}

export function wecomResult(answer: Answer): Result {
  return faultOf(answer) ?? robotResult(answer, { busy: [45009, -1], gone: [93000, 93004, 40001] });
}

/** Both robots answer `{"errcode": 0, "errmsg": "ok"}`; what errmsg says is theirs and is not kept: it may repeat the address. */
export function robotResult(answer: Answer, codes: { readonly busy: readonly number[]; readonly gone: readonly number[] }): Result {
  const code = codeIn(answer.body);
  if (code === 0) return { sent: true };
  if (code === undefined) return failed('no_robot', '', 'recipient');
  if (codes.busy.includes(code)) return failed('busy', String(code), 'recipient', false, 60_000);
  if (codes.gone.includes(code)) return failed('gone', String(code), 'recipient', true);
  return failed('robot', String(code), 'recipient');
}

function codeIn(body: string): number | undefined {
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === 'object' && answer !== null && 'errcode' in answer && typeof answer.errcode === 'number' ? answer.errcode : undefined;
  } catch {
    return undefined;
  }
}
