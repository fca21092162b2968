// The way out: whom this server calls by order of an administrator. The name is resolved here, each of its addresses looked at, and the very
// address that was looked at is connected to, so that a name that changes in between leads nowhere else.
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPublicAddress } from './addresses.ts';

export interface Policy {
  /** `host` or `host:port`: may be private; with `http://` before it also called without TLS. Set by the operator alone. */
  readonly allowed: readonly string[];
  /** Resolves a name; of tests. */
  readonly resolve?: (host: string) => Promise<readonly { readonly address: string }[]>;
}

/** Why somebody cannot be called or did not take what was sent. `detail` is what the other side said, without secrets. */
export class OutgoingError extends Error {
  override name = 'OutgoingError';
  readonly code: string;
  readonly detail: string;

  constructor(code: string, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

export interface Target {
  readonly url: URL;
  readonly address: string;
}

/** Reads an address of the web that may be called: https, without a password in it, unless the operator allows the host otherwise. */
export function readUrl(text: string, policy: Policy): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '') throw new OutgoingError('bad_url');
  if (url.username !== '' || url.password !== '') throw new OutgoingError('password_in_url');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isAllowed(url, policy, 'http://'))) throw new OutgoingError('https_only');
  const host = bare(url.hostname);
  // What is a number in any writing (decimal, hexadecimal, with zeroes) the reader of addresses has made into four plain ones.
  if (isIP(host) !== 0 && !isPublicAddress(host) && !isAllowed(url, policy)) throw new OutgoingError('private_address');
  return url;
}

/** Resolves the host and gives the address to connect to. One private address among many refuses all. */
export async function reach(url: URL, policy: Policy): Promise<Target> {
  const host = bare(url.hostname);
  const found = isIP(host) === 0 ? await resolve(host, policy) : [{ address: host }];
  const [first] = found;
  if (first === undefined) throw new OutgoingError('unknown_host');
  if (!isAllowed(url, policy) && found.some((one) => !isPublicAddress(one.address))) throw new OutgoingError('private_address');
  return { url, address: first.address };
}

async function resolve(host: string, policy: Policy): Promise<readonly { readonly address: string }[]> {
  try {
    return await (policy.resolve?.(host) ?? lookup(host, { all: true, verbatim: true }));
  } catch {
    throw new OutgoingError('unknown_host');
  }
}

function isAllowed(url: URL, policy: Policy, prefix = ''): boolean {
  const port = url.port === '' ? { 'http:': '80', 'https:': '443' }[url.protocol] ?? '' : url.port;
  const names = [url.hostname, bare(url.hostname)].flatMap((host) => [host, `${host}:${port}`]).map((name) => name.toLowerCase());
  return policy.allowed.some((entry) => {
    const plain = entry.toLowerCase().replace(/^https?:\/\//, '').replace(/\/$/, '');
    return entry.toLowerCase().startsWith(prefix) && names.includes(plain);
  });
}

/** Without the brackets of a version 6 address. */
function bare(host: string): string {
  return host.startsWith('[') ? host.slice(1, -1) : host;
}
