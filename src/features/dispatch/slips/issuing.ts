// Issues slips within the transaction of whoever decides it: the assignment slips of a meeting, each decision's exactly once, with its problem moved, its
// checkpoints set and its notice told; and what follows when a deadline passes. All of it exists or none.
import { addDays, daysBetween } from '../../../kernel/days.ts';
import { newId } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { workdays } from '../../projects/data.ts';
import { tell, type Notice } from '../../notices/tell.ts';
import { carry } from '../meetings/matters.ts';
import { seriesOf, type Policy } from '../meetings/shape.ts';
import numbers from './data/numbers.json' with { type: 'json' };
import { checkpointDays, slipNumber } from './rules.ts';
import * as store from './store.ts';

export interface Issued { readonly slipId: string; readonly decisionId: string; readonly number: string; readonly projectId: string | null; readonly title: string }

interface Meeting { readonly id: string; readonly number: number | null; readonly year: number; readonly year_number: number | null; readonly series: string }

/** Every decision of the meeting that has a measure and no slip; or one alone, when it is urgent. */
export async function issueAssignments(tx: Db, meeting: Meeting, policy: Policy, { only }: { readonly only?: string }, actor: Actor, now: Now): Promise<readonly Issued[]> {
  const { rows, last } = await store.lockUnissued(tx, meeting.id, only);
  if (rows.length === 0) return [];
  const receiptDue = (await workdays.of(tx)).add(now.day, policy.slips.receiptDays).day;
  const numbered = rows.map((row, i) => ({ row, ordinal: last + i + 1 }));
  const slips = numbered.map(({ row, ordinal }) => slipOf({ ...row, ordinal }, 'assign', 1, { policy, receiptDue, now, yearNumber: meeting.year_number }));
  const problems = await carry(tx, actor, rows, now);
  await store.markIssued(tx, numbered.map(({ row, ordinal }) => ({ id: row.id, ordinal, problemId: problems.get(row.id) ?? null })), now.day);
  await store.insertSlips(tx, slips, actor, now);
  await store.insertCheckpoints(tx, rows.flatMap((row) => checkpointDays(now.day, row.due_day ?? now.day, policy.slips.checkpointDays).map((day) => ({ id: newId(), decision_id: row.id, day }))));
  await tell(tx, numbered.map(({ row }, i) => noticeOf(row, slips[i], 'slip_issued', receiptDue)), now);
  return numbered.map(({ row }, i) => ({ slipId: slips[i]?.id ?? '', decisionId: row.id, number: slips[i]?.number ?? '', projectId: row.project_id, title: row.title }));
}

/** 督办单, 通报, 约谈 of one decision. */
export async function issueFollowing(tx: Db, row: store.Carried, kind: 'supervise' | 'bulletin' | 'interview', times: number, more: { readonly policy: Policy; readonly copyOrgIds: readonly string[]; readonly record?: string }, actor: Actor, now: Now): Promise<Issued> {
  const receiptDue = (await workdays.of(tx)).add(now.day, more.policy.slips.receiptDays).day;
  const slip = { ...slipOf(row, kind, times, { policy: more.policy, receiptDue, now, yearNumber: null }), copy_org_ids: more.copyOrgIds, record: more.record ?? null };
  await store.insertSlips(tx, [slip], actor, now);
  const notice = noticeOf(row, slip, kind === 'supervise' ? 'slip_supervised' : kind === 'bulletin' ? 'slip_bulletin' : 'slip_interview', receiptDue);
  await tell(tx, [{ ...notice, urgent: kind !== 'supervise' || times > 1, to: { orgs: [...(notice.to.orgs ?? []), ...more.copyOrgIds.map((id) => ({ id }))] } }], now);
  return { slipId: slip.id, decisionId: row.id, number: slip.number, projectId: row.project_id, title: row.title };
}

function slipOf(row: store.Carried, kind: store.SlipRow['kind'], times: number, more: { readonly policy: Policy; readonly receiptDue: string; readonly now: Now; readonly yearNumber: number | null }): store.NewSlip {
  const number = slipNumber(numbers[kind], { year: row.meeting_year, meeting: row.meeting_number, ordinal: row.ordinal ?? 1, times });
  const due = kind === 'supervise' ? addDays(more.now.day, more.policy.slips.againDays) : (row.due_day ?? more.now.day);
  return {
    id: newId(), decision_id: row.id, kind, ordinal: times, number, owner_org_id: row.owner_org_id ?? '', due_day: due, overdue_days: kind === 'assign' ? 0 : Math.max(0, daysBetween(row.original_due ?? more.now.day, more.now.day)), copy_org_ids: [], record: null, receipt_due: more.receiptDue,
    content: {
      series: seriesOf(more.policy, row.series)?.zh ?? row.series, meeting: row.meeting_number, project: row.project_name, matter: row.title, status: row.status_line, ask: row.ask, measure: row.measure, criterion: row.criterion, owner: row.owner_name, co: row.co_names, due, originalDue: row.original_due,
      issued: more.now.day,
    },
  };
}

function noticeOf(row: store.Carried, slip: store.NewSlip | undefined, what: string, receiptDue: string): Notice {
  return {
    kind: `dispatch.${what}`, key: `dispatch.${what}:${row.id}:${slip?.ordinal ?? 1}`, subject: { type: 'decision', id: row.id }, href: `/decisions/${row.id}`, ...(row.project_id === null ? {} : { projectId: row.project_id }),
    values: { number: slip?.number ?? '', matter: row.title, due: slip?.due_day ?? '', receipt: receiptDue, days: slip?.overdue_days ?? 0 },
    to: { orgs: row.owner_org_id === null ? [] : [{ id: row.owner_org_id }], users: row.commissioner_id === null ? [] : [row.commissioner_id] },
  };
}
