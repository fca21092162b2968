// What the operator has settled about the world outside: the key of what is sealed, who may be called, the mail server, the site's own address.
import type { Config } from '../config.ts';
import type { Policy } from './reach.ts';
import { makeVault, type Vault } from './vault.ts';

export interface Outward {
  readonly vault: Vault;
  readonly policy: Policy;
  /** `smtps://user:password@host:465`; the browser's settings do not count where there is one. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string | undefined;
  /** Mail may go without TLS. */
  readonly smtpPlain: boolean;
  /** Where people find this site: links in what leaves the house begin with it. */
  readonly publicUrl: string | undefined;
}

export function outwardOf(config: Config): Outward {
  return {
    vault: makeVault(config.dataDir, config.secretKey), policy: { allowed: (config.allowedHosts ?? '').split(/[\s,]+/).filter((one) => one !== '') },
    smtpUrl: config.smtpUrl, mailFrom: config.mailFrom, smtpPlain: config.smtpPlain, publicUrl: config.publicUrl?.replace(/\/+$/, ''),
  };
}
