// Commands that plan a meeting: enter, change, cancel, and what recurs. Decides nothing itself; who is invited is told when the agenda is sent.
import { newId } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { workdays } from '../../projects/data.ts';
import { tell } from '../../notices/tell.ts';
import { seesAll } from '../../projects/scope.ts';
import { cancelMeeting, changeMeeting, planMeeting, planRecurring } from './contract.ts';
import { readPolicy } from './policy.ts';
import { occurrences } from './recurrence.ts';
import { checkStep } from './rules.ts';
import { kindOf, seriesOf, type Policy } from './shape.ts';
import { attendedOrgs } from './attended.ts';
import * as store from './store.ts';

function knownKind(policy: Policy, code: string): Policy['kinds'][number] {
  return kindOf(policy, code) ?? refuse('meetings.unknown_kind', { kind: code });
}

const plan = handler(planMeeting, {
  permission: 'dispatch.meet',
  load: async ({ tx }) => ({ policy: await readPolicy(tx) }),
  allow: seesAll,
  decide: ({ subject, input }) => {
    const kind = knownKind(subject.policy, input.kind);
    return {
      meeting: {
        id: input.id, series: kind.series, kind: kind.code, day: input.day, time: input.time ?? kind.time, minutes: input.minutes ?? kind.minutes, place: (input.place ?? kind.place).trim(), chair: input.chair?.trim() ?? null, topic: input.topic?.trim() ?? null,
        recurs: null, occurrence: null,
      },
      orgs: (input.orgIds ?? []).map((orgId) => ({ id: newId(), orgId })),
    };
  },
  save: async ({ tx, changes, actor, now }) => {
    await store.insertMeetings(tx, [changes.meeting], actor, now);
    await store.inviteOrgs(tx, changes.meeting.id, changes.orgs);
    return { id: changes.meeting.id };
  },
  event: ({ changes }) => ({ kind: 'dispatch.meeting_planned', subjectType: 'meeting', subjectId: changes.meeting.id, after: { ...changes.meeting, orgs: changes.orgs.length } }),
});

const change = handler(changeMeeting, {
  permission: 'dispatch.meet',
  load: async ({ tx, input }) => {
    const meeting = await store.lockMeeting(tx, input.id);
    return meeting === undefined ? undefined : { meeting, policy: await readPolicy(tx) };
  },
  version: (subject) => subject.meeting.version,
  allow: seesAll,
  decide: ({ subject, input }) => {
    checkStep(subject.meeting.state, 'change');
    const kind = input.kind === undefined ? undefined : knownKind(subject.policy, input.kind);
    const { day, time, minutes, place, chair, topic } = input;
    const set: store.MeetingChange = {
      ...(kind === undefined ? {} : { kind: kind.code, series: kind.series }), ...(day === undefined ? {} : { day }), ...(time === undefined ? {} : { time }), ...(minutes === undefined ? {} : { minutes }),
      ...(place === undefined ? {} : { place: place.trim() }), ...(chair === undefined ? {} : { chair: chair.trim() }), ...(topic === undefined ? {} : { topic: topic.trim() }),
    };
    return { set, orgs: input.orgIds?.map((orgId) => ({ id: newId(), orgId })) };
  },
  save: async ({ tx, changes, subject, now }) => {
    const version = await store.changeMeetingRow(tx, subject.meeting.id, changes.set, Object.keys(changes.set).length > 0, now.instant);
    if (changes.orgs !== undefined) await store.inviteOrgs(tx, subject.meeting.id, changes.orgs);
    if (subject.meeting.state === 'agenda_sent') await tellInvited(tx, { ...subject.meeting, ...changes.set, sequence: subject.meeting.sequence + 1 }, subject.policy, 'meeting_changed', now);
    return { id: subject.meeting.id, version };
  },
  event: ({ subject, changes }) => ({ kind: 'dispatch.meeting_changed', subjectType: 'meeting', subjectId: subject.meeting.id, before: { day: subject.meeting.day, time: subject.meeting.time, place: subject.meeting.place }, after: { ...changes.set, ...(changes.orgs === undefined ? {} : { orgs: changes.orgs.length }) } }),
  newVersion: (output) => output.version,
});

const cancel = handler(cancelMeeting, {
  permission: 'dispatch.meet',
  load: async ({ tx, input }) => {
    const meeting = await store.lockMeeting(tx, input.id);
    return meeting === undefined ? undefined : { meeting, policy: await readPolicy(tx) };
  },
  version: (subject) => subject.meeting.version,
  allow: seesAll,
  decide: ({ subject, input }) => {
    checkStep(subject.meeting.state, 'cancel');
    return { state: 'cancelled' as const, cancelled_reason: input.reason.trim() };
  },
  save: async ({ tx, changes, subject, now }) => {
    const version = await store.changeMeetingRow(tx, subject.meeting.id, changes, true, now.instant);
    if (subject.meeting.state === 'agenda_sent') await tellInvited(tx, { ...subject.meeting, sequence: subject.meeting.sequence + 1 }, subject.policy, 'meeting_cancelled', now);
    return { id: subject.meeting.id, version };
  },
  event: ({ subject, input }) => ({ kind: 'dispatch.meeting_cancelled', subjectType: 'meeting', subjectId: subject.meeting.id, before: { state: subject.meeting.state }, after: { state: 'cancelled' }, reason: input.reason.trim() }),
  newVersion: (output) => output.version,
});

/** What recurs, as far ahead as its rule says; the invited units are those of the last meeting of the kind. */
const recurring = handler(planRecurring, {
  permission: 'dispatch.meet',
  load: async ({ tx }) => ({ policy: await readPolicy(tx), calendar: (await workdays.of(tx)) }),
  allow: seesAll,
  decide: ({ subject: { policy, calendar }, now }) => occurrences(policy.recurrence, now.day, calendar).flatMap((one) => {
    const kind = kindOf(policy, one.kind);
    return kind === undefined ? [] : [{ id: newId(), series: kind.series, kind: kind.code, day: one.day, time: kind.time, minutes: kind.minutes, place: kind.place, chair: null, topic: null, recurs: one.recurs, occurrence: one.occurrence }];
  }),
  save: async ({ tx, changes, actor, now }) => {
    const ids = await store.insertMeetings(tx, changes, actor, now);
    for (const one of changes.filter(({ id }) => ids.includes(id))) await store.inviteOrgs(tx, one.id, (await attendedOrgs(tx, one.kind)).map((orgId) => ({ id: newId(), orgId })));
    return { planned: ids.length };
  },
  // Nothing that was planned is quiet, and a turn in which nothing was due is told as such.
  event: ({ output, changes }) => ({ kind: 'dispatch.recurring_planned', subjectType: 'meeting', subjectId: changes[0]?.id ?? NOTHING, after: { planned: output.planned, days: changes.map((one) => one.day) } }),
});

const NOTHING = '00000000-0000-0000-0000-000000000000';

/** Everybody of the invited units who reads meetings. */
export async function tellInvited(tx: Db, meeting: store.MeetingRow, policy: Policy, what: 'agenda_sent' | 'meeting_changed' | 'meeting_cancelled', now: Now): Promise<void> {
  const orgs = await attendedOrgs(tx, undefined, meeting.id);
  if (orgs.length === 0) return;
  const name = meeting.topic === null ? { zh: seriesOf(policy, meeting.series)?.zh ?? meeting.series, en: seriesOf(policy, meeting.series)?.en ?? meeting.series } : { zh: meeting.topic, en: meeting.topic };
  await tell(tx, [{
    kind: `dispatch.${what}`, key: `dispatch.${what}:${meeting.id}:${meeting.sequence}`, subject: { type: 'meeting', id: meeting.id }, href: `/meetings/${meeting.id}`,
    values: { meeting: name, day: meeting.day, time: meeting.time, place: meeting.place }, to: { orgs: orgs.map((id) => ({ id })) },
  }], now);
}

export const planningCommands: readonly CommandHandler[] = [plan, change, cancel, recurring];
