// Commands of a meeting in session: open (which gives it its numbers), attendance, the item in hand, the decision while people talk, close.
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { seesAll } from '../../projects/scope.ts';
import { issueAssignments } from '../slips/issuing.ts';
import { closeMeeting, decideItem, markAttendance, openMeeting, turnTo } from './contract.ts';
import { lockWithPolicy } from './locked.ts';
import { readPolicy } from './policy.ts';
import { checkDecision, checkSeen, checkStep } from './rules.ts';
import { seriesOf } from './shape.ts';
import * as store from './store.ts';

const open = handler(openMeeting, {
  permission: 'dispatch.meet',
  load: ({ tx, input }) => lockWithPolicy(tx, input.id),
  version: (subject) => subject.meeting.version,
  allow: seesAll,
  decide: ({ subject: { meeting, policy }, now }) => {
    checkStep(meeting.state, 'open');
    if (meeting.day > now.day) refuse('meetings.too_early', { day: meeting.day });
    return { first: seriesOf(policy, meeting.series)?.first ?? 1 };
  },
  save: async ({ tx, changes, subject: { meeting }, now }) => {
    const { number, yearNumber } = await store.takeNumbers(tx, meeting.series, meeting.year, changes.first);
    const version = await store.changeMeetingRow(tx, meeting.id, { state: 'in_session', frozen: true, number, year_number: yearNumber, opened_at: now.instant }, false, now.instant);
    return { id: meeting.id, version, number, yearNumber };
  },
  event: ({ subject, output }) => ({ kind: 'dispatch.meeting_opened', subjectType: 'meeting', subjectId: output.id, before: { state: subject.meeting.state }, after: { state: 'in_session', number: output.number, yearNumber: output.yearNumber } }),
  newVersion: (output) => output.version,
});

const attend = handler(markAttendance, {
  permission: 'dispatch.meet',
  load: async ({ tx, input }) => {
    const meeting = await store.shareMeeting(tx, input.id);
    return meeting === undefined ? undefined : { meeting, known: await store.attendeeOf(tx, input.id, input.attendeeId, input.orgId) };
  },
  allow: seesAll,
  decide: ({ subject: { meeting, known }, input }) => {
    checkStep(meeting.state, 'attend');
    const orgId = known?.org_id ?? input.orgId ?? null;
    const name = input.name?.trim() ?? known?.name ?? null;
    if (orgId === null && name === null) refuse('meetings.name_missing');
    return { id: known?.id ?? input.attendeeId, orgId, name, presence: input.presence, arrived: input.arrived ?? null, reason: input.reason?.trim() ?? null };
  },
  save: async ({ tx, changes, input }) => {
    await store.markAttendee(tx, input.id, changes);
    return { id: input.id, attendeeId: changes.id };
  },
  event: ({ changes, input }) => ({ kind: 'dispatch.attendance_marked', subjectType: 'meeting', subjectId: input.id, after: { attendeeId: changes.id, presence: changes.presence, arrived: changes.arrived } }),
});

const turn = handler(turnTo, {
  permission: 'dispatch.meet',
  load: async ({ tx, input }) => {
    const meeting = await store.lockMeeting(tx, input.id);
    return meeting === undefined || (await store.lockItem(tx, input.id, input.itemId)) === undefined ? undefined : meeting;
  },
  allow: seesAll,
  decide: ({ subject, input }) => {
    checkStep(subject.state, 'close');
    return input.left;
  },
  save: async ({ tx, changes, input }) => {
    await store.turnItem(tx, input.id, input.itemId, changes);
    return { id: input.id, itemId: input.itemId };
  },
  event: ({ changes, input }) => ({ kind: 'dispatch.item_turned_to', subjectType: 'meeting', subjectId: input.id, after: { itemId: input.itemId, ...(changes === undefined ? {} : { seconds: changes.seconds }) } }),
});

const decide = handler(decideItem, {
  permission: 'dispatch.meet',
  load: async ({ tx, input }) => {
    const meeting = await store.shareMeeting(tx, input.id);
    const item = meeting === undefined ? undefined : await store.lockItem(tx, input.id, input.itemId);
    if (meeting === undefined || item === undefined) return undefined;
    const orgs = [...(input.ownerOrgId === undefined ? [] : [input.ownerOrgId]), ...(input.coOrgIds ?? [])];
    return { meeting, item, current: await store.decisionOfItem(tx, item.id), policy: await readPolicy(tx), unknown: await store.unknownUnits(tx, orgs) };
  },
  allow: seesAll,
  decide: ({ subject: { meeting, item, current, unknown }, input }): store.DecisionValues => {
    checkStep(meeting.state, 'decide');
    if (item.place !== 'listed') refuse('meetings.item_not_listed');
    if (current?.issued_day !== null && current !== undefined) refuse('meetings.slip_issued');
    checkSeen(input.seen, current);
    checkDecision(input, meeting.day);
    // A unit that is none would stop the minutes of all others on the day they are issued.
    if (unknown > 0) refuse('meetings.unknown_unit');
    const measure = input.kind === 'measure';
    return {
      kind: input.kind, measure: measure ? (input.measure?.trim() ?? null) : null, owner_org_id: measure ? (input.ownerOrgId ?? null) : null, co_org_ids: measure ? (input.coOrgIds ?? []) : [], criterion: measure ? (input.criterion?.trim() ?? null) : null,
      due_day: measure ? (input.dueDay ?? null) : null, urgent: measure && input.urgent === true, escalate_to: input.kind === 'escalate' ? (input.escalateTo ?? null) : null, escalate_user_id: input.kind === 'escalate' ? (input.escalateUserId ?? null) : null, reason: input.reason?.trim() ?? null,
    };
  },
  save: async ({ tx, changes, subject: { meeting, item, policy }, input, actor, now }) => {
    const place = { id: newId(now.instant.getTime()), meetingId: input.id, itemId: item.id, projectId: item.project_id, problemId: item.problem_id };
    const { id: decisionId, version } = await store.writeDecision(tx, place, changes, actor, now);
    // What is urgent does not wait for the minutes.
    const [slip] = changes.urgent ? await issueAssignments(tx, meeting.id, policy, { only: decisionId }, actor, now) : [];
    return { id: input.id, itemId: item.id, decisionId, version, slip: slip?.number ?? null };
  },
  event: ({ subject, changes, output, input }) => ({
    kind: 'dispatch.item_decided', subjectType: 'meeting', subjectId: input.id, ...(subject.item.project_id === null ? {} : { projectId: subject.item.project_id }),
    ...(subject.current === undefined ? {} : { before: { kind: subject.current.kind, measure: subject.current.measure, dueDay: subject.current.due_day } }),
    after: { itemId: output.itemId, title: subject.item.title, number: subject.meeting.number, decision: changes.kind, measure: changes.measure, dueDay: changes.due_day, slip: output.slip }, ...(changes.reason === null ? {} : { reason: changes.reason }),
  }),
});

const close = handler(closeMeeting, {
  permission: 'dispatch.meet',
  load: ({ tx, input }) => lockWithPolicy(tx, input.id),
  version: (subject) => subject.meeting.version,
  allow: seesAll,
  decide: ({ subject }) => {
    checkStep(subject.meeting.state, 'close');
    return { state: 'held' as const };
  },
  save: async ({ tx, changes, subject, now }) => ({ id: subject.meeting.id, version: await store.changeMeetingRow(tx, subject.meeting.id, { ...changes, closed_at: now.instant }, false, now.instant) }),
  event: ({ subject }) => ({ kind: 'dispatch.meeting_closed', subjectType: 'meeting', subjectId: subject.meeting.id, before: { state: 'in_session' }, after: { state: 'held' } }),
  newVersion: (output) => output.version,
});

export const sessionCommands: readonly CommandHandler[] = [open, attend, turn, decide, close];
