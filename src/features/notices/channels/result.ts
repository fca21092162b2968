// What became of a message that was handed to the world outside, and whose fault it is. No sending here.
import { OutgoingError } from '../../../platform/outgoing/reach.ts';

export type Result =
  | { readonly sent: true }
  | {
    readonly sent: false;
    /** A word of `mailing:error`, and what the other side said to it. */
    readonly code: string;
    readonly detail: string;
    /** The way out as a whole, this recipient, or this one message. */
    readonly blame: 'channel' | 'recipient' | 'message';
    /** Trying again cannot help. */
    readonly forGood: boolean;
    /** The other side asks to wait so long. */
    readonly waitMs?: number;
  };

type Failure = Exclude<Result, { readonly sent: true }>;

export function failed(code: string, detail: string, blame: Failure['blame'], forGood = false, waitMs?: number): Failure {
  return { sent: false, code, detail: detail.slice(0, 300), blame, forGood, ...(waitMs === undefined ? {} : { waitMs }) };
}

/** Faults of an address that no waiting mends: whoever entered it must change it, or the operator allow it. */
const FOR_GOOD = new Set(['bad_url', 'password_in_url', 'https_only', 'private_address']);

/** What is thrown while a receiver is called; anything that is no such error is a bug and thrown on. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof OutgoingError)) throw error;
  return failed(error.code, error.detail, 'recipient', FOR_GOOD.has(error.code));
}

/** How it is kept and shown: the code, and what the other side said. Never longer than a line of a table. */
export function errorText({ code, detail }: Pick<Failure, 'code' | 'detail'>): string {
  return detail === '' ? code : `${code}: ${detail}`;
}
