// Commands on a decision that was issued: the owner signs, reports and asks for more time; the office answers, supervises, tells in a bulletin, records an
// interview; a leader answers what was escalated to him.
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, type CommandHandler, type EventRecord } from '../../../platform/feature.ts';
import { tell, type Notice } from '../../notices/tell.ts';
import { noteAnswer } from '../../problems/decide.ts';
import { seesAll } from '../../projects/scope.ts';
import { followProblems } from '../meetings/matters.ts';
import { readPolicy } from '../meetings/policy.ts';
import type { Policy } from '../meetings/shape.ts';
import { carriesOut, knownDecision, readerOf, type Reader } from '../scope.ts';
import { answerEscalation, answerExtension, askExtension, issueBulletin, issueSlip, recordInterview, reportCheckpoint, signSlip, supervise } from './contract.ts';
import { issueAssignments, issueFollowing, type Following } from './issuing.ts';
import { checkExtension, reproachNext, superviseNext, type Standing } from './rules.ts';
import * as store from './store.ts';

export interface Subject { readonly one: store.Carried; readonly slips: readonly store.SlipRow[]; readonly policy: Policy; readonly reader: Reader }

export async function loadDecision(tx: Db, actor: Actor, id: string): Promise<Subject | undefined> {
  await followProblems(tx, id);
  const reader = await readerOf(tx, actor);
  const one = await store.lockDecision(tx, id, knownDecision(actor, reader));
  if (one === undefined) return undefined;
  const [slips, policy] = await Promise.all([store.slipsOf(tx, id), readPolicy(tx)]);
  return { one, slips, policy, reader };
}

export function standingOf({ one, slips }: Pick<Subject, 'one' | 'slips'>): Standing {
  const of = (kind: store.SlipRow['kind']): readonly store.SlipRow[] => slips.filter((slip) => slip.kind === kind);
  return { dueDay: one.due_day ?? '', doneDay: one.done_day, issued: one.issued_day !== null, supervised: of('supervise').map((slip) => slip.issued_day), bulletins: of('bulletin').length, interviews: of('interview').length };
}

const OWN = (actor: Actor, { reader, one }: Subject): boolean => carriesOut(actor, reader, one);

function told(what: string, one: store.Carried, after: Readonly<Record<string, unknown>>, reason?: string): EventRecord {
  return { kind: `dispatch.${what}`, subjectType: 'decision', subjectId: one.id, ...(one.project_id === null ? {} : { projectId: one.project_id }), after: { title: one.title, number: one.meeting_number, ...after }, ...(reason === undefined ? {} : { reason }) };
}

const sign = handler(signSlip, {
  permission: 'dispatch.receive',
  load: async ({ tx, actor, input }) => loadDecision(tx, actor, input.id),
  allow: OWN,
  decide: ({ subject, input }) => {
    const slip = subject.slips.find((one) => one.id === input.slipId) ?? refuse('platform.not_found');
    if (slip.received_day !== null) refuse('slips.signed_already', { name: slip.received_name ?? '', day: slip.received_day });
    return slip;
  },
  save: async ({ tx, changes, input, actor, now }) => {
    await store.signSlip(tx, changes.id, actor, now);
    return { id: input.id, slipId: changes.id, day: now.day };
  },
  event: ({ subject, changes }) => told('slip_signed', subject.one, { slip: changes.number }),
});

const report = handler(reportCheckpoint, {
  permission: 'dispatch.receive',
  load: async ({ tx, actor, input }) => {
    const subject = await loadDecision(tx, actor, input.id);
    return subject === undefined ? undefined : { ...subject, checkpoints: await store.checkpointsOf(tx, input.id) };
  },
  allow: OWN,
  decide: ({ subject, input, now }) => {
    if (subject.one.issued_day === null) refuse('slips.not_issued');
    const known = subject.checkpoints.find((one) => one.id === input.checkpointId);
    if (known !== undefined && known.text !== null) refuse('slips.reported_already', { day: known.reported_day ?? '' });
    const day = known?.day ?? input.day ?? now.day;
    if (known === undefined && subject.checkpoints.some((one) => one.day === day && one.text !== null)) refuse('slips.reported_already', { day });
    return { id: input.checkpointId, day, text: input.text.trim() };
  },
  save: async ({ tx, changes, input, actor, now }) => {
    await store.writeReport(tx, input.id, changes, actor, now);
    return { id: input.id, checkpointId: changes.id };
  },
  event: ({ subject, changes }) => told('checkpoint_reported', subject.one, { day: changes.day, text: changes.text }),
});

const ask = handler(askExtension, {
  permission: 'dispatch.receive',
  load: async ({ tx, actor, input }) => {
    const subject = await loadDecision(tx, actor, input.id);
    return subject === undefined ? undefined : { ...subject, extensions: await store.extensionsOf(tx, input.id) };
  },
  allow: OWN,
  decide: ({ subject: { one, policy, extensions }, input, now }) => {
    if (one.issued_day === null || one.due_day === null) refuse('slips.not_issued');
    checkExtension({ dueDay: one.due_day, doneDay: one.done_day, asked: extensions.filter((each) => each.granted !== false).length, open: extensions.some((each) => each.granted === null) }, input.wantedDay, policy.slips.extensions, now.day);
    return { id: input.extensionId, ordinal: extensions.length + 1, old_due: one.due_day, wanted_day: input.wantedDay, reason: input.reason.trim() };
  },
  save: async ({ tx, changes, input, actor, now }) => {
    await store.insertExtension(tx, input.id, changes, actor, now);
    return { id: input.id, extensionId: changes.id };
  },
  event: ({ subject, changes }) => told('extension_asked', subject.one, { oldDue: changes.old_due, wantedDay: changes.wanted_day }, changes.reason),
});

const answer = handler(answerExtension, {
  permission: 'dispatch.meet',
  load: async ({ tx, actor, input }) => {
    const subject = await loadDecision(tx, actor, input.id);
    return subject === undefined ? undefined : { ...subject, extensions: await store.extensionsOf(tx, input.id) };
  },
  allow: seesAll,
  decide: ({ subject: { extensions }, input }) => {
    const one = extensions.find((each) => each.id === input.extensionId) ?? refuse('platform.not_found');
    if (one.granted !== null) refuse('slips.extension_answered');
    if (!input.granted && (input.answer?.trim() ?? '') === '') refuse('slips.answer_missing');
    return { id: one.id, granted: input.granted, answer: input.answer?.trim() ?? null, dueDay: input.granted ? one.wanted_day : one.old_due };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    await store.answerExtension(tx, input.id, changes, actor, now);
    await tell(tx, [noticeTo(subject.one, changes.granted ? 'extension_granted' : 'extension_refused', changes.id, { due: changes.dueDay })], now);
    return { id: input.id, dueDay: changes.dueDay };
  },
  event: ({ subject, changes }) => told(changes.granted ? 'extension_granted' : 'extension_refused', subject.one, { dueDay: changes.dueDay, originalDue: subject.one.original_due }, changes.answer ?? undefined),
});

const issue = handler(issueSlip, {
  permission: 'dispatch.meet',
  load: async ({ tx, actor, input }) => {
    const subject = await loadDecision(tx, actor, input.id);
    return subject?.one.kind === 'measure' ? subject : undefined;
  },
  allow: seesAll,
  decide: ({ subject }) => {
    if (subject.one.issued_day !== null) refuse('slips.issued_already', { number: subject.slips[0]?.number ?? '' });
    return subject;
  },
  save: async ({ tx, changes: { one, policy }, input, actor, now }) => {
    const [slip] = await issueAssignments(tx, one.meeting_id, policy, { only: one.id }, actor, now);
    if (slip === undefined) refuse('platform.not_found');
    return { id: input.id, slipId: slip.slipId, number: slip.number };
  },
  event: ({ changes, output }) => told('slip_issued', changes.one, { slip: output.number }),
});

/** One click too many, or a second office, asks for a time that has been: it is told so, and nothing is issued twice. */
function checkTimes(kind: Following, subject: Subject, times: number, now: Now): void {
  const standing = standingOf(subject);
  const again = subject.policy.slips.againDays;
  const next = kind === 'supervise' ? superviseNext(standing, again, now.day) : reproachNext(standing, kind === 'bulletin' ? standing.bulletins : standing.interviews, again, now.day);
  const done = kind === 'supervise' ? standing.supervised.length : kind === 'bulletin' ? standing.bulletins : standing.interviews;
  if (times <= done) refuse('slips.issued_already', { number: subject.slips.find((one) => one.kind === kind && one.ordinal === times)?.number ?? '' });
  if (next !== times) refuse(kind === 'supervise' ? 'slips.not_overdue' : 'slips.not_overdue_again');
}

async function follow(kind: Following, tx: Db, { one, policy }: Subject, input: { readonly id: string; readonly times: number; readonly copyOrgIds?: readonly string[] | undefined; readonly record?: string }, actor: Actor, now: Now) {
  const copyOrgIds = kind === 'interview' ? [] : (input.copyOrgIds ?? policy.slips.copyOrgIds);
  const [slip] = await issueFollowing(tx, [one], kind, input.times, { policy, copyOrgIds, ...(input.record === undefined ? {} : { record: input.record.trim() }) }, actor, now);
  return { id: input.id, slipId: slip?.slipId ?? '', number: slip?.number ?? '' };
}

const superviseOne = handler(supervise, {
  permission: 'dispatch.meet', load: async ({ tx, actor, input }) => loadDecision(tx, actor, input.id), allow: seesAll,
  decide: ({ subject, input, now }) => { checkTimes('supervise', subject, input.times, now); return subject; },
  save: ({ tx, changes, input, actor, now }) => follow('supervise', tx, changes, input, actor, now),
  event: ({ changes, output, input }) => told('slip_supervised', changes.one, { slip: output.number, times: input.times }),
});

const bulletin = handler(issueBulletin, {
  permission: 'dispatch.meet', load: async ({ tx, actor, input }) => loadDecision(tx, actor, input.id), allow: seesAll,
  decide: ({ subject, input, now }) => { checkTimes('bulletin', subject, input.times, now); return subject; },
  save: ({ tx, changes, input, actor, now }) => follow('bulletin', tx, changes, input, actor, now),
  event: ({ changes, output, input }) => told('slip_bulletin', changes.one, { slip: output.number, times: input.times }),
});

const interview = handler(recordInterview, {
  permission: 'dispatch.meet', load: async ({ tx, actor, input }) => loadDecision(tx, actor, input.id), allow: seesAll,
  decide: ({ subject, input, now }) => { checkTimes('interview', subject, input.times, now); return subject; },
  save: ({ tx, changes, input, actor, now }) => follow('interview', tx, changes, input, actor, now),
  event: ({ changes, output, input }) => told('slip_interview', changes.one, { slip: output.number, times: input.times }),
});

const answerOne = handler(answerEscalation, {
  permission: 'dispatch.answer',
  load: async ({ tx, actor, input }) => {
    const subject = await loadDecision(tx, actor, input.id);
    return subject?.one.kind === 'escalate' ? subject : undefined;
  },
  // Leaders answer, and the office writes down what they said.
  allow: seesAll,
  decide: ({ subject, input }) => {
    if (subject.one.answered_day !== null) refuse('slips.answered_already', { day: subject.one.answered_day });
    return input.answer.trim();
  },
  save: async ({ tx, changes, subject: { one }, input, actor, now }) => {
    await store.answerEscalated(tx, input.id, now);
    if (one.problem_id !== null) await noteAnswer(tx, actor, { problemId: one.problem_id, text: changes, decision: one.id, meeting: one.meeting_number }, now);
    return { id: input.id };
  },
  event: ({ subject, changes }) => told('escalation_answered', subject.one, { to: subject.one.escalate_to }, changes),
});

export function noticeTo(one: Pick<store.Carried, 'id' | 'project_id' | 'title' | 'owner_org_id' | 'commissioner_id'>, what: string, key: string, values: Notice['values']): Notice {
  return {
    kind: `dispatch.${what}`, key: `dispatch.${what}:${key}`, subject: { type: 'decision', id: one.id }, href: `/decisions/${one.id}`, ...(one.project_id === null ? {} : { projectId: one.project_id }), values: { matter: one.title, ...values },
    to: { orgs: one.owner_org_id === null ? [] : [{ id: one.owner_org_id }], users: one.commissioner_id === null ? [] : [one.commissioner_id] },
  };
}

export const handlingCommands: readonly CommandHandler[] = [sign, report, ask, answer, issue, superviseOne, bulletin, interview, answerOne];
