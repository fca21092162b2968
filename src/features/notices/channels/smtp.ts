// Mail by SMTP. TLS always, unless the operator allows to do without; never writes a password anywhere, and says the server's real words.
import { createTransport } from 'nodemailer';
import { OutgoingError, reach, type Policy } from '../../../platform/outgoing/reach.ts';
import { failed, type Result } from './result.ts';

export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** From the first byte, by STARTTLS, or not at all. */
  readonly tls: 'tls' | 'starttls' | 'none';
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly from: string;
  /** Set by the operator, who may name what he likes; otherwise its address must be public. */
  readonly trusted: boolean;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Without angle brackets; the same whenever this message is sent again. */
  readonly messageId: string;
}

/** Longest that one mail may take, from the first packet to the last answer. */
export const MAIL_MS = 40_000;
const CONNECT_MS = 10_000;
const SILENT_MS = 20_000;

/** Sends one mail over a connection of its own. */
export async function sendMail(server: MailServer, mail: Mail, policy: Policy): Promise<Result> {
  try {
    const place = server.trusted ? { host: server.host } : { host: (await reach(new URL(`https://${server.host}:${String(server.port)}/`), policy)).address };
    const transport = createTransport({
      ...place, port: server.port, secure: server.tls === 'tls', requireTLS: server.tls === 'starttls', ignoreTLS: server.tls === 'none',
      tls: { servername: server.host }, connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, dnsTimeout: CONNECT_MS, socketTimeout: SILENT_MS, disableFileAccess: true, disableUrlAccess: true,
      ...(server.user === undefined ? {} : { auth: { user: server.user, pass: server.password ?? '' } }),
    });
    try {
      await within(MAIL_MS, transport.sendMail({
        from: server.from, to: { name: '', address: mail.to }, subject: mail.subject, text: mail.text, html: mail.html, messageId: `<${mail.messageId}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      }));
      return { sent: true };
    } finally {
      transport.close();
    }
  } catch (error) {
    return resultOf(error, server.password);
  }
}

async function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([work, new Promise<never>((_, fail) => (timer = setTimeout(() => fail(new OutgoingError('timeout')), milliseconds)))]);
  } finally {
    clearTimeout(timer);
  }
}

const CODES: Readonly<Record<string, string>> = {
  EAUTH: 'mail_sign_in', ENOAUTH: 'mail_sign_in', ETLS: 'tls', EDNS: 'unknown_host', ETIMEDOUT: 'timeout', ECONNECTION: 'connection', ESOCKET: 'connection', EPROTOCOL: 'mail_protocol',
};


function resultOf(error: unknown, password: string | undefined): Result {
  if (error instanceof OutgoingError) return failed(error.code, error.detail, 'channel');
  if (!(error instanceof Error)) throw error;
  const { code, responseCode, command } = { code: textIn(error, 'code'), responseCode: 'responseCode' in error ? Number(error.responseCode) : 0, command: textIn(error, 'command') };
  const said = spoken(textIn(error, 'response') === '' ? error.message : textIn(error, 'response'), password);
  const forGood = responseCode >= 500 && responseCode < 600;
  // The address is refused, the message is, or the server takes nothing from us at all (421, a refused sender, a wrong password).
  if (responseCode !== 421 && command === 'RCPT TO') return failed('mail_address', said, 'recipient', forGood);
  if (responseCode !== 421 && command === 'API' && code === 'EENVELOPE') return failed('mail_address', said, 'recipient', true);
  if (responseCode !== 421 && command === 'DATA') return failed('mail_message', said, 'message', forGood);
  return failed(CODES[code] ?? 'mail_server', said, 'channel');
}

function textIn(error: Error, name: 'code' | 'response' | 'command'): string {
  const value: unknown = Object.entries(error).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : '';
}

/** What the server said, on one line; a password that it repeats is taken out. */
function spoken(text: string, password: string | undefined): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  const secrets = password === undefined || password === '' ? [] : [password, Buffer.from(password).toString('base64'), encodeURIComponent(password)];
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), line);
}
