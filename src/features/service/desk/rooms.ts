// 入驻部门: rooms, who sits in them and how long; templates of answers.
import { addDays, addMonths, lastDay } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { settled } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { tell } from '../../notices/tell.ts';
import * as contract from './contract.ts';
import * as store from './store.ts';

const DESK = 'service.desk';
/** 驻点三个月轮换. */
const MONTHS = 3;

/** The last day of whoever begins on a day: the day before the same one, three months later. */
export function rotatesOn(fromDay: string): string {
  const month = addMonths(fromDay.slice(0, 7), MONTHS);
  const same = `${month}-${fromDay.slice(8)}`;
  return same > lastDay(month) ? lastDay(month) : addDays(same, -1);
}

export const roomCommands: readonly CommandHandler[] = [
  handler(contract.keepRoom, {
    permission: DESK,
    load: async ({ tx, input }) => ({ found: await store.lockRoom(tx, input.id), named: await store.roomNamed(tx, input.name.trim(), input.id) }),
    version: ({ found }) => found?.version ?? 0,
    decide: ({ subject, input }) => {
      if (subject.found !== undefined && subject.found.ended_day !== null) refuse('service.room_over', {});
      if (subject.named) refuse('service.room_named', { errors: [{ path: 'name', rule: 'unique', params: {}, code: 'service.room_named' }] });
      return { id: input.id, name: input.name.trim(), place: input.place?.trim() ?? null };
    },
    save: async ({ tx, changes, now }) => ({ id: changes.id, version: await store.saveRoom(tx, changes, now) }),
    event: ({ changes }) => ({ kind: 'service.room_kept', subjectType: 'room', subjectId: changes.id, after: { name: changes.name } }),
    newVersion: ({ version }) => version,
  }),
  handler(contract.endRoom, {
    permission: DESK,
    load: async ({ tx, input, now }) => {
      const room = await store.lockRoom(tx, input.id);
      return room === undefined ? undefined : { room, leaving: await store.lockLeaving(tx, room.id, now.day) };
    },
    version: ({ room }) => room.version,
    decide: ({ subject }) => (subject.room.ended_day === null ? subject.leaving : refuse('service.room_over', {})),
    save: async ({ tx, subject: { room }, changes, actor, now }) => {
      const version = await store.endRoom(tx, room.id, now.day);
      const users = [...new Set(changes.map((one) => one.user_id))].filter((userId) => userId !== actor.userId);
      if (users.length > 0) await tell(tx, [{ kind: 'service.room_ended', key: `service.room_ended:${room.id}`, subject: { type: 'room', id: room.id }, href: '/service/duty', values: { room: room.name, day: now.day }, to: { users } }], now);
      return { id: room.id, version };
    },
    // Who was to come has no row any more: here it is said who that was.
    event: ({ subject: { room }, changes }) => ({
      kind: 'service.room_ended', subjectType: 'room', subjectId: room.id, before: { name: room.name, residents: changes.map((one) => ({ name: one.name, userId: one.user_id, from: one.from_day, until: one.until_day })) },
    }),
    newVersion: ({ version }) => version,
  }),
  handler(contract.placeResident, {
    permission: DESK,
    load: async ({ tx, input }) => {
      const until = input.untilDay ?? rotatesOn(input.fromDay);
      // The person under a lock: of two who place him at once the second sees what the first has done.
      const [room, user] = await settled([store.lockRoom(tx, input.roomId), store.lockOfficer(tx, input.userId)]);
      const taken = await store.sitsElsewhere(tx, input.userId, input.fromDay, until);
      return room === undefined ? undefined : { room, user, taken, until };
    },
    decide: ({ subject, input }) => {
      if (subject.room.ended_day !== null) refuse('service.room_over', {});
      if (subject.until < input.fromDay) refuse('service.days_backwards', { errors: [{ path: 'untilDay', rule: 'minimum', params: {} }] });
      if (subject.taken) refuse('service.sits_elsewhere', {});
      const user = subject.user ?? refuse('service.no_officer', { errors: [{ path: 'userId', rule: 'enum', params: {} }] });
      return { id: input.id, roomId: input.roomId, userId: user.id, name: user.name, orgId: user.orgId, from: input.fromDay, until: subject.until };
    },
    save: async ({ tx, changes, now }) => {
      await store.insertResident(tx, changes, now);
      return { id: changes.id, version: 1 };
    },
    event: ({ changes, subject }) => ({ kind: 'service.resident_placed', subjectType: 'room', subjectId: changes.roomId, after: { room: subject.room.name, name: changes.name, from: changes.from, until: changes.until } }),
  }),
  handler(contract.endResident, {
    permission: DESK,
    load: ({ tx, input }) => store.lockResident(tx, input.id),
    version: ({ version }) => version,
    decide: ({ subject, input }) => {
      if (input.untilDay < subject.from_day) refuse('service.days_backwards', { errors: [{ path: 'untilDay', rule: 'minimum', params: {} }] });
      // Who stays longer is placed again, where it is seen whether he sits elsewhere by then.
      if (input.untilDay > subject.until_day) refuse('service.days_longer', { errors: [{ path: 'untilDay', rule: 'maximum', params: {} }] });
    },
    save: async ({ tx, input }) => ({ id: input.id, version: await store.endResident(tx, input.id, input.untilDay) }),
    event: ({ subject, input }) => ({ kind: 'service.resident_ended', subjectType: 'resident', subjectId: subject.id, before: { name: subject.name, until: subject.until_day }, after: { until: input.untilDay } }),
    newVersion: ({ version }) => version,
  }),
  handler(contract.keepPhrase, {
    permission: DESK,
    load: async ({ tx, input }) => ({ found: await store.lockPhrase(tx, input.id) }),
    version: ({ found }) => found?.version ?? 0,
    decide: ({ input }) => ({ id: input.id, title: input.title.trim(), text: input.text.trim(), kind: input.kind ?? null, retired: input.retired === true }),
    save: async ({ tx, changes, now }) => ({ id: changes.id, version: await store.savePhrase(tx, changes, now) }),
    event: ({ changes }) => ({ kind: 'service.phrase_kept', subjectType: 'phrase', subjectId: changes.id, after: { title: changes.title, retired: changes.retired } }),
    newVersion: ({ version }) => version,
  }),
];
