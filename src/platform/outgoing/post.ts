// Sends one document to a receiver in the web and reads its short answer. Follows nobody elsewhere, waits ten seconds, reads 64 kB.
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { OutgoingError, reach, readUrl, type Policy } from './reach.ts';

export const ANSWER_BYTES = 64 * 1024;
export const ANSWER_MS = 10_000;

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Seconds that the receiver asks to wait, if it does. */
  readonly retryAfter: number | undefined;
}

/** @throws OutgoingError for whatever is no answer. */
export async function post(text: string, headers: Readonly<Record<string, string>>, body: string, policy: Policy, waitMs: number = ANSWER_MS): Promise<Answer> {
  const target = await reach(readUrl(text, policy), policy);
  return new Promise((done, fail) => {
    const { url, address } = target;
    const secure = url.protocol === 'https:';
    const name = url.hostname.replace(/^\[|\]$/g, '');
    const request = (secure ? https : http).request({
      // The address that was looked at, under the name that its certificate must have.
      host: address, port: url.port === '' ? (secure ? 443 : 80) : Number(url.port), path: `${url.pathname}${url.search}`, method: 'POST', agent: false,
      ...(secure ? { servername: isIP(name) === 0 ? name : '' } : {}),
      headers: { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)), connection: 'close' },
    });
    const timer = setTimeout(() => request.destroy(new OutgoingError('timeout')), waitMs);
    const end = (result: () => void): void => {
      clearTimeout(timer);
      result();
    };
    request.on('error', (error) => end(() => fail(sayError(error))));
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      response.on('data', (part: Buffer) => {
        size += part.length;
        if (size > ANSWER_BYTES) request.destroy(new OutgoingError('answer_too_long'));
        else parts.push(part);
      });
      response.on('error', (error) => end(() => fail(sayError(error))));
      response.on('end', () => end(() => done({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8'), retryAfter: secondsIn(response.headers['retry-after']) })));
    });
    request.end(body);
  });
}

function secondsIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function sayError(error: Error): OutgoingError {
  if (error instanceof OutgoingError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/CERT|SSL|TLS|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY/.test(code)) return new OutgoingError('tls', code);
  return new OutgoingError(code === 'ECONNREFUSED' ? 'connection_refused' : 'connection', code);
}
