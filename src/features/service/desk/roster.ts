// 值班: who has duty when and as what. The desk plans and swaps any; whoever has a duty offers his own, and it is somebody else's only once that one has said yes.
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import { settled, type Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { tell, type Notice } from '../../notices/tell.ts';
import * as contract from './contract.ts';
import * as store from './store.ts';

const DESK = 'service.desk';

export const rosterCommands: readonly CommandHandler[] = [
  handler(contract.planDuty, {
    permission: DESK,
    load: async ({ tx, input }) => ({ known: await store.officers(tx, input.items.map((one) => one.userId)) }),
    decide: ({ subject, input, now }) => {
      const at = (path: string) => ({ errors: [{ path, rule: 'enum', params: {} }] });
      const missing = input.items.findIndex((one) => !subject.known.has(one.userId));
      if (missing >= 0) refuse('service.no_officer', at(`items/${missing}/userId`));
      // Who had duty is what it was.
      const past = input.items.findIndex((one) => one.day < now.day);
      if (past >= 0) refuse('service.duty_past', at(`items/${past}/day`));
      return input.items;
    },
    save: async ({ tx, changes, input, actor, now }) => {
      const planned = await store.insertDuties(tx, changes, now);
      await tell(tx, plannedNotices(planned, input.items[0]?.id ?? '', actor), now);
      return { planned: planned.length };
    },
    event: ({ input, output }) => ({ kind: 'service.duty_planned', subjectType: 'duty', subjectId: input.items[0]?.id ?? '', after: { planned: output.planned, from: input.items[0]?.day, to: input.items.at(-1)?.day } }),
  }),
  handler(contract.swapDuty, {
    permission: DESK,
    load: ({ tx, input }) => loadFor(tx, input.id, input.userId),
    version: ({ duty }) => duty.version,
    decide: ({ subject, now }) => checkTaker(subject, now),
    save: async ({ tx, subject: { duty }, changes, input, now }) => {
      const version = await store.giveDuty(tx, duty.id, changes.id, input.reason.trim());
      await tell(tx, [noticeOf('service.duty', duty, version, [changes.id])], now);
      return { id: duty.id, version };
    },
    event: ({ subject: { duty }, changes, input }) => ({ kind: 'service.duty_swapped', subjectType: 'duty', subjectId: duty.id, before: { name: duty.name, day: duty.day }, after: { name: changes.name }, reason: input.reason }),
    newVersion: ({ version }) => version,
  }),
  handler(contract.offerDuty, {
    permission: 'signed-in',
    // Another's duty is not found: nobody who is not at the desk learns who has it.
    load: async ({ tx, actor, input }) => {
      const found = await loadFor(tx, input.id, input.userId);
      return found?.duty.user_id === actor.userId ? found : undefined;
    },
    version: ({ duty }) => duty.version,
    decide: ({ subject, now }) => checkTaker(subject, now),
    save: async ({ tx, subject: { duty }, changes, input, now }) => {
      const version = await store.offerDuty(tx, duty.id, changes.id, input.reason.trim());
      await tell(tx, [noticeOf('service.duty_offered', duty, version, [changes.id])], now);
      return { id: duty.id, version };
    },
    event: ({ subject: { duty }, changes, input }) => ({ kind: 'service.duty_offered', subjectType: 'duty', subjectId: duty.id, before: { name: duty.name, day: duty.day }, after: { name: changes.name }, reason: input.reason }),
    newVersion: ({ version }) => version,
  }),
  handler(contract.answerDuty, {
    permission: 'signed-in',
    load: async ({ tx, actor, input }) => {
      const duty = await store.lockDuty(tx, input.id);
      if (duty === undefined || (duty.user_id !== actor.userId && duty.offered_to !== actor.userId)) return undefined;
      return duty.offered_to === null ? { duty, user: undefined, taken: false } : loadFor(tx, input.id, duty.offered_to);
    },
    version: ({ duty }) => duty.version,
    // Nobody says yes for another.
    allow: (actor, { duty }, { accept }) => !accept || duty.offered_to === actor.userId,
    decide: ({ subject, input, now }) => {
      if (subject.duty.offered_to === null) refuse('service.duty_not_offered', {});
      return input.accept ? checkTaker(subject, now) : undefined;
    },
    save: async ({ tx, subject: { duty }, changes, actor, now }) => {
      const version = changes === undefined ? await store.endOffer(tx, duty.id) : await store.giveDuty(tx, duty.id, changes.id, duty.offered_reason ?? '');
      const other = duty.user_id === actor.userId ? duty.offered_to : duty.user_id;
      await tell(tx, [{ ...noticeOf(changes === undefined ? 'service.duty_declined' : 'service.duty_taken', duty, version, other === null ? [] : [other]), values: { day: duty.day, name: actor.name } }], now);
      return { id: duty.id, version };
    },
    event: ({ subject: { duty }, changes }) => ({ kind: changes === undefined ? 'service.duty_declined' : 'service.duty_swapped', subjectType: 'duty', subjectId: duty.id, before: { name: duty.name, day: duty.day }, ...(changes === undefined ? {} : { after: { name: changes.name }, reason: duty.offered_reason ?? '' }) }),
    newVersion: ({ version }) => version,
  }),
];

interface Taker { readonly id: string; readonly name: string; readonly orgId: string }
interface Loaded { readonly duty: store.LockedDuty; readonly user: Taker | undefined; readonly taken: boolean }

/** The duty under its lock, and whether somebody may take it. */
async function loadFor(tx: Db, id: string, userId: string): Promise<Loaded | undefined> {
  const [duty, user] = await settled([store.lockDuty(tx, id), store.officer(tx, userId)]);
  return duty === undefined ? undefined : { duty, user, taken: await store.hasDuty(tx, duty, userId) };
}

function checkTaker({ duty, user, taken }: Loaded, now: Now): Taker {
  if (duty.day < now.day) refuse('service.duty_over', {});
  if (taken) refuse('service.duty_twice', {});
  return user ?? refuse('service.no_officer', { errors: [{ path: 'userId', rule: 'enum', params: {} }] });
}

function noticeOf(kind: string, duty: store.LockedDuty, version: number, users: readonly string[]): Notice {
  return { kind, key: `${kind}:${duty.id}:${version}`, subject: { type: 'duty', id: duty.id }, href: '/service/duty', values: { day: duty.day, name: duty.name }, to: { users } };
}

/** One notice for each person who was put on the roster by somebody else. */
function plannedNotices(planned: readonly store.PlannedDuty[], first: string, actor: Actor): Notice[] {
  return [...new Set(planned.map((one) => one.userId))].filter((userId) => userId !== actor.userId).map((userId) => {
    const days = planned.filter((one) => one.userId === userId).map((one) => one.day).sort();
    return { kind: 'service.duty_planned', key: `service.duty_planned:${first}:${userId}`, subject: { type: 'duty', id: first }, href: '/service/duty', values: { day: days[0] ?? '', count: days.length }, to: { users: [userId] } };
  });
}
