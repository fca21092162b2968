// The mail server as the administrator sets it, where the operator has not. Its password goes in sealed and never comes out.
import { idFrom } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { handler, readHandler, type CommandHandler, type QueryHandler } from '../../../platform/feature.ts';
import type { Outward } from '../../../platform/outgoing/outward.ts';
import { lockSetting, readSetting, saveSetting } from '../../../platform/settings.ts';
import * as contract from '../delivery/contract.ts';
import { endOutage, hurry, outageOf } from '../delivery/store.ts';
import { MAIL_SETTING, readExits, settingIn, type MailSetting } from './mailserver.ts';
import { errorText } from './result.ts';
import { testMail } from './trial.ts';

const SUBJECT = idFrom('setting', MAIL_SETTING);

export const mailQueries: readonly QueryHandler[] = [
  readHandler(contract.getMail, {
    permission: 'notices.manage',
    read: async ({ db, env }) => {
      const outward = env.outward ?? refuse('notices.nothing_leaves', {});
      const [setting, exits, outage] = await Promise.all([readSetting(db, MAIL_SETTING), readExits(db, outward), outageOf(db, 'mail')]);
      const { server } = exits;
      return {
        byOperator: exits.byOperator, host: server?.host ?? '', port: server?.port ?? 465, tls: server?.tls ?? 'tls', user: server?.user ?? '', from: server?.from ?? '', hasPassword: server?.password !== undefined,
        publicUrl: exits.site ?? '', publicByOperator: outward.publicUrl !== undefined, plainAllowed: outward.smtpPlain, version: setting?.version ?? 0,
        outage: outage === undefined ? null : { since: outage.since, until: outage.until, error: outage.error },
      };
    },
  }),
];

export const mailCommands: readonly CommandHandler[] = [
  handler(contract.setMail, {
    permission: 'notices.manage',
    secrets: ['password'],
    // What is sealed is sealed before the transaction; the operator's word is asked here, where the environment is known.
    prepare: async ({ input, env }) => {
      const outward = env.outward ?? refuse('notices.nothing_leaves', {});
      return Promise.resolve({ outward, sealed: input.password === undefined || input.password === '' ? undefined : outward.vault.seal(input.password) });
    },
    load: async ({ tx, prepared }) => {
      const setting = await lockSetting(tx, MAIL_SETTING);
      return { version: setting.version, before: settingIn(setting.value), prepared };
    },
    allow: (actor) => actor.scope.all,
    version: (subject) => subject.version,
    decide: ({ subject: { before, prepared }, input }): MailSetting => {
      faults(input, prepared.outward);
      const kept = input.password === undefined && input.user !== '' && before?.host === input.host ? before.sealedPassword : undefined;
      const password = prepared.sealed ?? kept;
      const publicUrl = input.publicUrl.replace(/\/+$/, '');
      return {
        host: input.host, port: input.port, tls: input.tls, from: input.from.trim(), ...(input.user.trim() === '' ? {} : { user: input.user.trim() }), ...(password === undefined ? {} : { sealedPassword: password }),
        ...(publicUrl === '' ? {} : { publicUrl }),
      };
    },
    save: async ({ tx, changes, actor, now }) => {
      // What was down may be mended by this: it is tried at once.
      await endOutage(tx, 'mail');
      await hurry(tx, 'mail', undefined, now.instant);
      return { version: await saveSetting(tx, MAIL_SETTING, changes, actor.userId, now.instant) };
    },
    newVersion: (output) => output.version,
    event: ({ subject, changes, input }) => ({ kind: 'notices.mail_set', subjectType: 'setting', subjectId: SUBJECT, ...(subject.before === undefined ? {} : { before: shown(subject.before) }), after: { ...shown(changes), newCredentials: input.password !== undefined } }),
  }),
  handler(contract.testMailServer, {
    permission: 'notices.manage',
    prepare: async ({ db, actor, input, env }) => (env.outward === undefined || !(actor.scope.all || actor.isSystem) ? undefined : testMail(db, env.outward, input.to, actor.locale)),
    load: async ({ prepared }) => Promise.resolve(prepared),
    allow: (actor) => actor.scope.all,
    decide: ({ subject }) => subject,
    save: async ({ changes }) => Promise.resolve({ sent: changes.sent, error: changes.sent ? null : errorText(changes) }),
    event: ({ output }) => ({ kind: 'notices.mail_tested', subjectType: 'setting', subjectId: SUBJECT, after: output }),
  }),
];

interface Wanted { readonly host: string; readonly tls: MailSetting['tls']; readonly from: string }

// A password that was sealed for one host is not handed to another: whoever changes the host enters it again.
function faults(input: Wanted, outward: Outward): void {
  if (outward.smtpUrl !== undefined) refuse('notices.mail_by_operator', {});
  if (input.tls === 'none' && !outward.smtpPlain) refuse('notices.tls_needed', { errors: [{ path: 'tls', code: 'notices.tls_needed' }] });
  if (input.host !== '' && !/^[^\s@<>"]+@[^\s@<>"]+$/.test(input.from.trim())) refuse('notices.sender_needed', { errors: [{ path: 'from', code: 'notices.sender_needed' }] });
}

function shown({ host, port, tls, user, from, publicUrl }: MailSetting): Record<string, unknown> {
  return { host, port, tls, from, ...(user === undefined ? {} : { user }), ...(publicUrl === undefined ? {} : { publicUrl }) };
}
