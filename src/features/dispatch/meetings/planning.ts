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
import { lockWithPolicy } from './locked.ts';
import { readPolicy } from './policy.ts';
import { occurrences } from './recurrence.ts';
import { checkStep } from './rules.ts';
import { isRetired, kindOf, seriesOf, type Policy } from './shape.ts';
import { invitedOrgs, lastInvitedOrgs } from './attended.ts';
import * as store from './store.ts';

/** A kind under which meetings are still planned; one that is changed keeps its own. */
function usableKind(policy: Policy, code: string, own?: string): Policy['kinds'][number] {
  const kind = kindOf(policy, code) ?? refuse('meetings.unknown_kind', { kind: code });
  if (isRetired(kind) && code !== own) refuse('meetings.retired_kind', { kind: kind.zh, en: kind.en });
  return kind;
}

function said(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

const plan = handler(planMeeting, {
  permission: 'dispatch.meet',
  load: async ({ tx }) => ({ policy: await readPolicy(tx) }),
  allow: seesAll,
  decide: ({ subject, input }) => {
    const kind = usableKind(subject.policy, input.kind);
    return {
      meeting: {
        id: input.id, series: kind.series, kind: kind.code, day: input.day, time: input.time ?? kind.time, minutes: input.minutes ?? kind.minutes, place: (input.place ?? kind.place).trim(), chair: said(input.chair), topic: said(input.topic),
        recurs: null, occurrence: null,
      },
      orgs: (input.orgIds ?? []).map((orgId) => ({ id: newId(), orgId })),
    };
  },
  save: async ({ tx, changes, actor, now }) => {
    await store.insertMeetings(tx, [changes.meeting], actor, now);
    await store.inviteOrgs(tx, changes.orgs.map((one) => ({ ...one, meetingId: changes.meeting.id })));
    return { id: changes.meeting.id };
  },
  event: ({ changes }) => ({ kind: 'dispatch.meeting_planned', subjectType: 'meeting', subjectId: changes.meeting.id, after: { ...changes.meeting, orgs: changes.orgs.length } }),
});

const change = handler(changeMeeting, {
  permission: 'dispatch.meet',
  load: ({ tx, input }) => lockWithPolicy(tx, input.id),
  version: (subject) => subject.meeting.version,
  allow: seesAll,
  decide: ({ subject, input }) => {
    checkStep(subject.meeting.state, 'change');
    const kind = input.kind === undefined ? undefined : usableKind(subject.policy, input.kind, subject.meeting.kind);
    const { day, time, minutes, place, chair, topic } = input;
    const set: store.MeetingChange = {
      ...(kind === undefined ? {} : { kind: kind.code, series: kind.series }), ...(day === undefined ? {} : { day }), ...(time === undefined ? {} : { time }), ...(minutes === undefined ? {} : { minutes }),
      ...(place === undefined ? {} : { place: place.trim() }), ...(chair === undefined ? {} : { chair: said(chair) }), ...(topic === undefined ? {} : { topic: said(topic) }),
    };
    return { set, orgs: input.orgIds?.map((orgId) => ({ id: newId(), orgId })) };
  },
  save: async ({ tx, changes, subject, now }) => {
    const version = await store.changeMeetingRow(tx, subject.meeting.id, changes.set, Object.keys(changes.set).length > 0 || changes.orgs !== undefined, now.instant);
    const before = changes.orgs === undefined ? [] : await invitedOrgs(tx, subject.meeting.id);
    if (changes.orgs !== undefined) await store.replaceInvited(tx, subject.meeting.id, changes.orgs);
    if (subject.meeting.state === 'agenda_sent') await tellChanged(tx, { ...subject.meeting, ...changes.set, sequence: subject.meeting.sequence + 1 }, subject.policy, before, now);
    return { id: subject.meeting.id, version };
  },
  event: ({ subject, changes }) => ({ kind: 'dispatch.meeting_changed', subjectType: 'meeting', subjectId: subject.meeting.id, before: { day: subject.meeting.day, time: subject.meeting.time, place: subject.meeting.place }, after: { ...changes.set, ...(changes.orgs === undefined ? {} : { orgs: changes.orgs.length }) } }),
  newVersion: (output) => output.version,
});

const cancel = handler(cancelMeeting, {
  permission: 'dispatch.meet',
  load: ({ tx, input }) => lockWithPolicy(tx, input.id),
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
  load: async ({ tx }) => ({ policy: await readPolicy(tx), calendar: await workdays.of(tx) }),
  allow: seesAll,
  decide: ({ subject: { policy, calendar }, now }) => occurrences(policy.recurrence, now.day, calendar).flatMap((one) => {
    const kind = kindOf(policy, one.kind);
    return kind === undefined || isRetired(kind) ? [] : [{ id: newId(), series: kind.series, kind: kind.code, day: one.day, time: kind.time, minutes: kind.minutes, place: kind.place, chair: null, topic: null, recurs: one.recurs, occurrence: one.occurrence }];
  }),
  save: async ({ tx, changes, actor, now }) => {
    const ids = await store.insertMeetings(tx, changes, actor, now);
    const planned = changes.filter(({ id }) => ids.includes(id));
    const orgs = await lastInvitedOrgs(tx, planned.map((one) => one.kind));
    await store.inviteOrgs(tx, planned.flatMap((one) => (orgs.get(one.kind) ?? []).map((orgId) => ({ id: newId(), meetingId: one.id, orgId }))));
    return { planned: ids.length };
  },
  // Nothing that was planned is quiet, and a turn in which nothing was due is told as such.
  event: ({ output, changes }) => ({ kind: 'dispatch.recurring_planned', subjectType: 'meeting', subjectId: changes[0]?.id ?? NOTHING, after: { planned: output.planned, days: changes.map((one) => one.day) } }),
});

const NOTHING = '00000000-0000-0000-0000-000000000000';

/** The invited units hear what has changed; who is invited no more must not come for nothing. */
async function tellChanged(tx: Db, meeting: store.MeetingRow, policy: Policy, before: readonly string[], now: Now): Promise<void> {
  const orgs = await invitedOrgs(tx, meeting.id);
  await tellUnits(tx, meeting, policy, 'meeting_changed', orgs, now);
  await tellUnits(tx, meeting, policy, 'meeting_uninvited', before.filter((id) => !orgs.includes(id)), now);
}

/** Everybody of the invited units. */
export async function tellInvited(tx: Db, meeting: store.MeetingRow, policy: Policy, what: 'agenda_sent' | 'meeting_cancelled', now: Now): Promise<void> {
  await tellUnits(tx, meeting, policy, what, await invitedOrgs(tx, meeting.id), now);
}

async function tellUnits(tx: Db, meeting: store.MeetingRow, policy: Policy, what: 'agenda_sent' | 'meeting_changed' | 'meeting_cancelled' | 'meeting_uninvited', orgs: readonly string[], now: Now): Promise<void> {
  if (orgs.length === 0) return;
  const name = meeting.topic === null ? { zh: seriesOf(policy, meeting.series)?.zh ?? meeting.series, en: seriesOf(policy, meeting.series)?.en ?? meeting.series } : { zh: meeting.topic, en: meeting.topic };
  await tell(tx, [{
    kind: `dispatch.${what}`, key: `dispatch.${what}:${meeting.id}:${meeting.sequence}`, subject: { type: 'meeting', id: meeting.id }, href: `/meetings/${meeting.id}`,
    values: { meeting: name, day: meeting.day, time: meeting.time, place: meeting.place }, to: { orgs: orgs.map((id) => ({ id })) },
  }], now);
}

export const planningCommands: readonly CommandHandler[] = [plan, change, cancel, recurring];
