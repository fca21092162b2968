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

export interface Issued { readonly slipId: string; readonly number: string }

/** Every decision of the meeting that has a measure and no slip; or one alone, when it is urgent. */
export async function issueAssignments(tx: Db, meetingId: string, policy: Policy, { only }: { readonly only?: string }, actor: Actor, now: Now): Promise<readonly Issued[]> {
  const { rows, last } = await store.lockUnissued(tx, meetingId, only);
  if (rows.length === 0) return [];
  const receiptDue = (await workdays.of(tx)).add(now.day, policy.slips.receiptDays).day;
  const numbered = rows.map((row, i) => ({ row, ordinal: last + i + 1 }));
  const slips = numbered.map(({ row, ordinal }) => slipOf({ ...row, ordinal }, 'assign', 1, { policy, receiptDue, now }));
  const problems = await carry(tx, actor, rows, now);
  await store.markIssued(tx, numbered.map(({ row, ordinal }) => ({ id: row.id, ordinal, problemId: problems.get(row.id) ?? null })), now.day);
  await store.insertSlips(tx, slips, actor, now);
  await store.insertCheckpoints(tx, rows.flatMap((row) => checkpointDays(now.day, row.due_day ?? now.day, policy.slips.checkpointDays).map((day) => ({ id: newId(), decision_id: row.id, day }))));
  await tell(tx, numbered.map(({ row }, i) => noticeOf(row, slips[i], 'slip_issued', receiptDue)), now);
  return slips.map(({ id, number }) => ({ slipId: id, number }));
}

export type Following = 'supervise' | 'bulletin' | 'interview';
const TOLD: Readonly<Record<Following, string>> = { supervise: 'slip_supervised', bulletin: 'slip_bulletin', interview: 'slip_interview' };

/** 督办单, 通报, 约谈 of some decisions, the same for all and for each the same time. */
export async function issueFollowing(tx: Db, rows: readonly store.Carried[], kind: Following, times: number, more: { readonly policy: Policy; readonly copyOrgIds: readonly string[]; readonly record?: string }, actor: Actor, now: Now): Promise<readonly Issued[]> {
  if (rows.length === 0) return [];
  const receiptDue = (await workdays.of(tx)).add(now.day, more.policy.slips.receiptDays).day;
  const slips = rows.map((row) => ({ ...slipOf(row, kind, times, { policy: more.policy, receiptDue, now }), copy_org_ids: more.copyOrgIds, record: more.record ?? null }));
  await store.insertSlips(tx, slips, actor, now);
  await tell(tx, rows.map((row, i) => {
    const notice = noticeOf(row, slips[i], TOLD[kind], receiptDue);
    return { ...notice, urgent: kind !== 'supervise' || times > 1, to: { ...notice.to, orgs: [...(notice.to.orgs ?? []), ...more.copyOrgIds.map((id) => ({ id }))] } };
  }), now);
  return slips.map(({ id, number }) => ({ slipId: id, number }));
}

function slipOf(row: store.Carried, kind: store.SlipRow['kind'], times: number, more: { readonly policy: Policy; readonly receiptDue: string; readonly now: Now }): store.NewSlip {
  const number = slipNumber(numbers[kind], { year: row.meeting_year, mark: seriesOf(more.policy, row.series)?.mark ?? '', meeting: row.meeting_number, ordinal: row.ordinal ?? 1, times });
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
