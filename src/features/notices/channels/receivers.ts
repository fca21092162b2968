// Receivers: made, changed, tried, revived and removed by an administrator. Its address is looked at before it is kept, and again whenever it is called.
import { randomBytes } from 'node:crypto';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import { handler, readHandler, type CommandHandler, type Env, type QueryHandler } from '../../../platform/feature.ts';
import { OutgoingError, reach, readUrl, type Policy } from '../../../platform/outgoing/reach.ts';
import * as contract from '../delivery/contract.ts';
import { hurry } from '../delivery/store.ts';
import { errorText } from './result.ts';
import * as store from './store.ts';
import { testReceiver } from './trial.ts';

const WAITING_MOST = 10_000;
const WAKE_MS = 30 * 86_400_000;
const whole = (actor: Actor): boolean => actor.scope.all;

export const receiverQueries: readonly QueryHandler[] = [
  readHandler(contract.listReceivers, {
    permission: 'notices.manage',
    read: async ({ db }) => ({
      most: WAITING_MOST,
      items: (await store.listReceivers(db, WAITING_MOST)).map(({ sealedUrl: _url, sealedSecret, ...row }) => ({ ...row, hasSecret: sealedSecret !== null })),
    }),
  }),
];

interface Sealed { readonly host: string; readonly sealedUrl: string; readonly sealedSecret: string | null; readonly secret: string | undefined }

/** Looked at and sealed before the transaction: a name may have to be resolved. Undefined parts stay what they are. */
async function sealedFrom(env: Env, url: string | undefined, secret: string | undefined): Promise<{ readonly host: string; readonly sealedUrl: string } | undefined> {
  const outward = env.outward ?? refuse('notices.nothing_leaves', {});
  if (secret !== undefined && secret.trim() !== secret) refuse('notices.secret_blank', { errors: [{ path: 'secret', code: 'notices.secret_blank' }] });
  return url === undefined ? undefined : { host: await hostOf(url.trim(), outward.policy), sealedUrl: outward.vault.seal(url.trim()) };
}

/** Longest that a name is waited for: one that does not resolve now may do so later, and is looked at again then. */
const RESOLVE_MS = 2000;

async function hostOf(text: string, policy: Policy): Promise<string> {
  try {
    const url = readUrl(text, policy);
    await Promise.race([reach(url, policy), new Promise((done) => setTimeout(done, RESOLVE_MS).unref())]).catch((error: unknown) => {
      if (!(error instanceof OutgoingError) || error.code !== 'unknown_host') throw error;
    });
    return url.host;
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    return refuseUrl(error.code);
  }
}

function refuseUrl(code: string): never {
  const at = (name: string) => ({ errors: [{ path: 'url', code: name }] });
  switch (code) {
    case 'private_address': return refuse('notices.private_address', at('notices.private_address'));
    case 'https_only': return refuse('notices.https_only', at('notices.https_only'));
    case 'password_in_url': return refuse('notices.password_in_url', at('notices.password_in_url'));
    default: return refuse('notices.bad_url', at('notices.bad_url'));
  }
}

export const receiverCommands: readonly CommandHandler[] = [
  handler(contract.createReceiver, {
    permission: 'notices.manage',
    forget: ['secret'],
    secrets: ['url', 'secret'],
    prepare: async ({ input, env }): Promise<Sealed> => {
      const sealed = (await sealedFrom(env, input.url, input.secret)) ?? refuse('notices.bad_url', {});
      const secret = input.secret ?? (input.kind === 'webhook' ? randomBytes(24).toString('base64url') : undefined);
      return { ...sealed, sealedSecret: secret === undefined ? null : (env.outward?.vault.seal(secret) ?? null), secret: input.secret === undefined ? secret : undefined };
    },
    load: async ({ tx, input, prepared }) => ({ sealed: prepared, known: input.orgId === null || (await store.isOrganisation(tx, input.orgId)) }),
    allow: whole,
    decide: ({ subject, input, now }) => {
      if (!subject.known) refuse('notices.unknown_organisation', { errors: [{ path: 'orgId', code: 'notices.unknown_organisation' }] });
      const { sealed } = subject;
      return { id: input.id ?? newId(now.instant.getTime()), kind: input.kind, values: { name: input.name.trim(), orgId: input.orgId, topics: input.topics, language: input.language, host: sealed.host, sealedUrl: sealed.sealedUrl, sealedSecret: sealed.sealedSecret } };
    },
    save: async ({ tx, changes, subject }) => {
      await store.insertReceiver(tx, changes.id, changes.kind, changes.values);
      const { secret } = subject.sealed;
      return { id: changes.id, version: 1, ...(secret === undefined ? {} : { secret }) };
    },
    newVersion: (output) => output.version,
    event: ({ changes }) => ({ kind: 'notices.receiver_created', subjectType: 'receiver', subjectId: changes.id, after: { kind: changes.kind, ...shown(changes.values) } }),
  }),
  handler(contract.editReceiver, {
    permission: 'notices.manage',
    secrets: ['url', 'secret'],
    prepare: async ({ input, env }) => ({ url: await sealedFrom(env, input.url, input.secret), secret: input.secret === undefined ? undefined : env.outward?.vault.seal(input.secret) }),
    load: async ({ tx, input, prepared }) => {
      const row = await store.lockReceiver(tx, input.id);
      return row === undefined ? undefined : { row, sealed: prepared, known: input.orgId === null || (await store.isOrganisation(tx, input.orgId)) };
    },
    allow: whole,
    version: (subject) => subject.row.version,
    decide: ({ subject: { row, sealed, known }, input }) => {
      if (!known) refuse('notices.unknown_organisation', { errors: [{ path: 'orgId', code: 'notices.unknown_organisation' }] });
      return {
        name: input.name.trim(), orgId: input.orgId, topics: input.topics, language: input.language, host: sealed.url?.host ?? row.host, sealedUrl: sealed.url?.sealedUrl ?? row.sealedUrl, sealedSecret: sealed.secret ?? row.sealedSecret,
      };
    },
    save: async ({ tx, changes, subject, input, now }) => {
      await hurry(tx, subject.row.kind, input.id, now.instant);
      return { id: input.id, version: await store.updateReceiver(tx, input.id, changes) };
    },
    newVersion: (output) => output.version,
    event: ({ subject, changes, input }) => ({
      kind: 'notices.receiver_edited', subjectType: 'receiver', subjectId: input.id, before: shown(subject.row), after: { ...shown(changes), addressChanged: subject.sealed.url !== undefined, signatureChanged: subject.sealed.secret !== undefined },
    }),
  }),
  handler(contract.removeReceiver, {
    permission: 'notices.manage',
    load: ({ tx, input }) => store.lockReceiver(tx, input.id),
    allow: whole,
    version: (subject) => subject.version,
    decide: ({ subject }) => subject,
    save: async ({ tx, changes, now }) => ({ id: changes.id, version: await store.removeReceiver(tx, changes.id, now.instant) }),
    newVersion: (output) => output.version,
    event: ({ changes }) => ({ kind: 'notices.receiver_removed', subjectType: 'receiver', subjectId: changes.id, before: shown(changes) }),
  }),
  handler(contract.testReceiver, {
    permission: 'notices.manage',
    prepare: async ({ db, actor, input, env, now }) => {
      const row = whole(actor) || actor.isSystem ? await store.readReceiver(db, input.id) : undefined;
      return row === undefined || env.outward === undefined ? undefined : { id: row.id, result: await testReceiver(db, env.outward, row, now) };
    },
    load: async ({ prepared }) => Promise.resolve(prepared),
    allow: whole,
    decide: ({ subject }) => subject,
    save: async ({ changes: { result } }) => Promise.resolve({ sent: result.sent, error: result.sent ? null : errorText(result) }),
    event: ({ changes, output }) => ({ kind: 'notices.receiver_tested', subjectType: 'receiver', subjectId: changes.id, after: output }),
  }),
  handler(contract.reviveReceiver, {
    permission: 'notices.manage',
    load: ({ tx, input }) => store.lockReceiver(tx, input.id),
    allow: whole,
    version: (subject) => subject.version,
    decide: ({ subject }) => (subject.state === 'parked' ? subject : refuse('notices.not_parked', {})),
    save: async ({ tx, changes, input, now }) => {
      await (input.resend ? store.wakeParked(tx, changes.id, new Date(now.instant.getTime() - WAKE_MS)) : store.dropWaiting(tx, changes.id));
      return { id: changes.id, version: await store.reviveReceiver(tx, changes.id) };
    },
    newVersion: (output) => output.version,
    event: ({ changes, input }) => ({ kind: 'notices.receiver_revived', subjectType: 'receiver', subjectId: changes.id, before: { reason: changes.reason, since: changes.since }, after: { resend: input.resend } }),
  }),
];

/** What an event says of a receiver: never its address, which may hold the robot's key. */
function shown(one: Pick<store.ReceiverValues, 'name' | 'orgId' | 'topics' | 'language' | 'host'>): Record<string, unknown> {
  return { name: one.name, orgId: one.orgId, topics: one.topics, language: one.language, host: one.host };
}
