// Which mail server is used: the operator's, or else the administrator's, whose password is sealed. And where this site is found.
import Type, { type Static } from 'typebox';
import type { Db } from '../../../platform/db.ts';
import type { Outward } from '../../../platform/outgoing/outward.ts';
import { readSetting } from '../../../platform/settings.ts';
import { checker } from '../../../platform/validate.ts';
import type { MailServer } from './smtp.ts';

export const MAIL_SETTING = 'notices.mail';

/** As it is stored. The password is there sealed, or not at all. */
export const MailSetting = Type.Object({
  host: Type.String(), port: Type.Integer(), tls: Type.Union([Type.Literal('tls'), Type.Literal('starttls'), Type.Literal('none')]), user: Type.Optional(Type.String()), sealedPassword: Type.Optional(Type.String()),
  from: Type.String(), publicUrl: Type.Optional(Type.String()),
}, { additionalProperties: false });
export type MailSetting = Static<typeof MailSetting>;

const check = checker(MailSetting);

export function settingIn(value: unknown): MailSetting | undefined {
  return value === undefined || value === null ? undefined : check(value);
}

export interface Exits { readonly server: MailServer | undefined; readonly site: string | undefined; readonly byOperator: boolean }

export async function readExits(db: Db, outward: Outward): Promise<Exits> {
  const setting = settingIn((await readSetting(db, MAIL_SETTING))?.value);
  return { site: outward.publicUrl ?? setting?.publicUrl, byOperator: outward.smtpUrl !== undefined, server: outward.smtpUrl === undefined ? ofSetting(setting, outward) : ofUrl(outward.smtpUrl, outward) };
}

function ofSetting(setting: MailSetting | undefined, outward: Outward): MailServer | undefined {
  if (setting === undefined || setting.host === '') return undefined;
  const password = setting.sealedPassword === undefined ? undefined : outward.vault.open(setting.sealedPassword);
  return { host: setting.host, port: setting.port, tls: setting.tls, user: setting.user, password, from: setting.from, trusted: false };
}

/** `smtps://` is TLS from the first byte; `smtp://` is STARTTLS, or nothing where the operator allows it. */
function ofUrl(text: string, outward: Outward): MailServer {
  const url = new URL(text);
  const secure = url.protocol === 'smtps:';
  const user = url.username === '' ? undefined : decodeURIComponent(url.username);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? (secure ? 465 : 587) : Number(url.port), tls: secure ? 'tls' : outward.smtpPlain ? 'none' : 'starttls', user,
    password: url.password === '' ? undefined : decodeURIComponent(url.password), from: outward.mailFrom ?? user ?? '', trusted: true,
  };
}
