// What the pages of decisions and slips ask. Shapes rows and says what the reader may do; decides nothing.
import type { OutputOf } from '../../../kernel/contract.ts';
import { daysBetween } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may } from '../../../platform/actor.ts';
import { readHandler, type QueryHandler } from '../../../platform/feature.ts';
import { shaped } from '../meetings/reading.ts';
import { fulfilment } from '../meetings/reads.ts';
import { readPolicy } from '../meetings/policy.ts';
import { seriesOf } from '../meetings/shape.ts';
import { carriesOut, readerOf } from '../scope.ts';
import { countDecisions, listDecisions, readDecision } from './contract.ts';
import { fateOf, reproachNext, superviseNext, type Standing } from './rules.ts';
import * as reads from './reads.ts';
import * as store from './store.ts';

type Line = OutputOf<typeof listDecisions>['items'][number];

export function decisionLine(row: reads.DecisionLineRow, day: string): Line {
  const measured = row.kind === 'measure' && row.original_due !== null && row.issued_day !== null;
  const fate = measured && row.original_due !== null ? fateOf(row.original_due, row.done_day, day) : null;
  return {
    id: row.id, version: row.version, meetingId: row.meeting_id, meetingDay: row.meeting_day, number: row.number, ordinal: row.ordinal, kind: row.kind, slip: row.slip, title: row.title, projectId: row.project_id, projectName: row.project_name, problemId: row.problem_id, measure: row.measure, reason: row.reason,
    owner: row.owner_org_id === null ? null : { id: row.owner_org_id, name: row.owner_name ?? '' }, originalDue: row.original_due, dueDay: row.due_day, extensions: row.extensions, doneDay: row.done_day, fate, daysOver: fate === 'overdue' && row.original_due !== null ? daysBetween(row.original_due, day) : 0,
    unsigned: row.unsigned, signedDay: row.signed_day, supervised: row.supervised, checkpointDue: row.done_day === null ? row.checkpoint_due : null, escalateTo: row.escalate_to, asked: row.asked,
  };
}

const list = readHandler(listDecisions, {
  permission: 'dispatch.read',
  read: async ({ db, actor, input, now }) => {
    const limit = input.limit ?? 50;
    const reader = await readerOf(db, actor);
    const rows = await reads.decisions(db, actor, reader, input, input.after, limit + 1, now.day);
    const last = rows[limit - 1];
    return { items: rows.slice(0, limit).map((row) => decisionLine(row, now.day)), next: rows.length > limit && last !== undefined ? reads.cursorOf(last) : null };
  },
});

const counts = readHandler(countDecisions, {
  permission: 'dispatch.read',
  read: async ({ db, actor, input, now }) => {
    const reader = await readerOf(db, actor);
    const [found, row] = await Promise.all([reads.countsOf(db, actor, reader, now.day, input), fulfilment(db, { series: undefined, since: input.since, before: undefined, meetingId: input.meetingId }, now.day, reads.knownFor(actor, reader, input, now.day))]);
    return { sign: found.sign, report: found.report, overdue: found.overdue, supervise: found.supervise, extension: found.extension, escalated: found.escalated, fulfilment: shaped(row, input.since ?? null) };
  },
});

const one = readHandler(readDecision, {
  permission: 'dispatch.read',
  read: async ({ db, actor, input, now }) => {
    const reader = await readerOf(db, actor);
    const row = (await reads.oneDecision(db, actor, reader, input.id)) ?? refuse('platform.not_found', { id: input.id });
    const [slips, checkpoints, extensions, policy, carried] = await Promise.all([store.slipsOf(db, row.id), store.checkpointsOf(db, row.id), store.extensionsOf(db, row.id), readPolicy(db), store.coOrgs(db, row.id)]);
    const names = await reads.orgNames(db, [...carried, ...slips.flatMap((slip) => [...slip.copy_org_ids])]);
    const orgs = (ids: readonly string[]): { id: string; name: string }[] => ids.map((id) => ({ id, name: names.get(id) ?? '' }));
    const of = (kind: store.SlipRow['kind']): readonly store.SlipRow[] => slips.filter((slip) => slip.kind === kind);
    const standing: Standing = { dueDay: row.due_day ?? '', doneDay: row.done_day, issued: row.issued_day !== null, supervised: of('supervise').map((slip) => slip.issued_day), bulletins: of('bulletin').length, interviews: of('interview').length };
    const again = policy.slips.againDays;
    const office = reads.mayOffice(actor, reader);
    const own = carriesOut(actor, reader, row) && row.issued_day !== null && row.done_day === null;
    const used = extensions.filter((each) => each.granted !== false).length;
    const series = seriesOf(policy, row.series);
    return {
      decision: decisionLine(row, now.day), day: now.day, criterion: row.criterion, co: orgs(carried), decidedBy: row.decided_name, decidedDay: row.decided_day, meetingTitle: { zh: series?.zh ?? row.series, en: series?.en ?? row.series },
      slips: slips.map((slip) => ({
        id: slip.id, kind: slip.kind, ordinal: slip.ordinal, number: slip.number, issuedDay: slip.issued_day, issuedBy: slip.issued_name, dueDay: slip.due_day, overdueDays: slip.overdue_days, receiptDue: slip.receipt_due, receivedDay: slip.received_day, receivedBy: slip.received_name, copies: orgs(slip.copy_org_ids), record: slip.record,
        mayCopy: slip.received_day === null && carriesOut(actor, reader, row),
      })),
      checkpoints: checkpoints.map((each) => ({ id: each.id, day: each.day, reportedDay: each.reported_day, reportedBy: each.reported_name, text: each.text })),
      extensions: extensions.map((each) => ({ id: each.id, ordinal: each.ordinal, oldDue: each.old_due, wantedDay: each.wanted_day, reason: each.reason, askedDay: each.asked_day, askedBy: each.asked_name, granted: each.granted, decidedDay: each.decided_day, answer: each.answer })),
      extensionsLeft: Math.max(0, policy.slips.extensions - used),
      can: {
        sign: carriesOut(actor, reader, row) && slips.some((slip) => slip.received_day === null), report: own, ask: own && now.day <= (row.due_day ?? '') && used < policy.slips.extensions && !extensions.some((each) => each.granted === null), office, issue: office && row.kind === 'measure' && row.issued_day === null,
        supervise: office ? (superviseNext(standing, again, now.day) ?? null) : null, bulletin: office ? (reproachNext(standing, standing.bulletins, again, now.day) ?? null) : null, interview: office ? (reproachNext(standing, standing.interviews, again, now.day) ?? null) : null,
        answer: row.kind === 'escalate' && row.answered_day === null && reader.all && may(actor, 'dispatch.answer'),
      },
    };
  },
});

export const slipQueries: readonly QueryHandler[] = [list, counts, one];
