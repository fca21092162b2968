// What the pages of meetings ask: lists, figures, one meeting with its agenda, what stands beside an item. Shapes rows; decides nothing.
import type { OutputOf } from '../../../kernel/contract.ts';
import { may as permitted, type Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { readHandler, type QueryHandler } from '../../../platform/feature.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { workdays } from '../../projects/data.ts';
import { reachable, seesAll } from '../../projects/scope.ts';
import { rateBp } from '../../projects/warnings/rules.ts';
import { readerOf, type Reader } from '../scope.ts';
import { countsOf } from '../slips/reads.ts';
import { ratesOf } from '../slips/rules.ts';
import { listMeetingProblems, listMeetings, meetingFigures, readBeside, readFulfilment, readMeeting } from './contract.ts';
import { meetingProblems, problemFigures, problemsBeside } from './matters.ts';
import { readPolicy } from './policy.ts';
import * as reads from './reads.ts';
import { may } from './rules.ts';
import { AGENDA_RULES, isRetired, kindOf, seriesOf, type Policy } from './shape.ts';
import { weekLine } from './week.ts';

type Line = OutputOf<typeof listMeetings>['items'][number];
type Item = OutputOf<typeof readMeeting>['items'][number];

export function meetingLine(row: reads.MeetingLineRow, policy: Policy): Line {
  const kind = kindOf(policy, row.kind);
  const series = seriesOf(policy, row.series);
  return {
    id: row.id, version: row.version, series: { zh: series?.zh ?? row.series, en: series?.en ?? row.series }, kind: { zh: kind?.zh ?? row.kind, en: kind?.en ?? row.kind }, kindCode: row.kind, state: row.state, day: row.day, time: row.time, minutes: row.minutes, place: row.place, chair: row.chair, topic: row.topic,
    number: row.number, yearNumber: row.year_number, items: row.items, measures: row.measures, done: row.done, overdue: row.overdue, cancelledReason: row.cancelled_reason,
  };
}

export function itemLine(row: reads.ItemLineRow): Item {
  const org = (id: string | null, name: string | null): { id: string; name: string } | null => (id === null ? null : { id, name: name ?? '' });
  return {
    id: row.id, rule: AGENDA_RULES.find((one) => one === row.rule) ?? 'special', sort: row.sort, place: row.place, placeReason: row.place_reason, projectId: row.project_id, projectName: row.project_name, problemId: row.problem_id,
    since: row.since_id === null || row.since_number === null ? null : { decisionId: row.since_id, number: row.since_number }, title: row.title, statusLine: row.status_line, ask: row.ask, facts: [...row.facts], owner: org(row.owner_org_id, row.owner_name), minutes: row.minutes, spentSeconds: row.spent_seconds,
    decision: row.decision_id === null || row.kind === null ? null : {
      id: row.decision_id, version: row.version ?? 0, kind: row.kind, ordinal: row.ordinal, measure: row.measure, owner: org(row.lead_id, row.lead_name), co: [...row.co], criterion: row.criterion, originalDue: row.original_due, dueDay: row.due_day, urgent: row.urgent ?? false, escalateTo: row.escalate_to, reason: row.reason,
      by: row.decided_name ?? '', doneDay: row.done_day, issued: row.issued_day !== null,
    },
  };
}

export async function fulfilmentOf(db: Db, series: string, number: number | null, since: number | undefined, day: string): Promise<FulfilmentShape> {
  const from = since ?? (await reads.sinceNumber(db, series, number ?? undefined));
  return shaped(await reads.fulfilment(db, { series, since: from, before: number ?? undefined }, day), from ?? null);
}

type FulfilmentShape = OutputOf<typeof readFulfilment>;

export function shaped(row: reads.FulfilmentRow, since: number | null): FulfilmentShape {
  return { since, all: row.all, onTime: row.onTime, late: row.late, overdue: row.overdue, notDue: row.notDue, extended: row.extended, ...ratesOf(row) };
}

async function knownOne(db: Db, actor: Actor, id: string, day: string): Promise<{ row: reads.MeetingLineRow; reader: Reader; policy: Policy }> {
  const reader = await readerOf(db, actor);
  const row = (await reads.oneMeeting(db, reader, id, day)) ?? refuse('platform.not_found', { id });
  return { row, reader, policy: await readPolicy(db) };
}

const list = readHandler(listMeetings, {
  permission: 'dispatch.read',
  read: async ({ db, actor, input, now }) => {
    const limit = input.limit ?? 50;
    const [reader, policy] = await Promise.all([readerOf(db, actor), readPolicy(db)]);
    const rows = await reads.meetings(db, reader, input, input.after, limit + 1, now.day);
    const last = rows[limit - 1];
    return { items: rows.slice(0, limit).map((row) => meetingLine(row, policy)), next: rows.length > limit && last !== undefined ? `${last.day}~${last.id}` : null };
  },
});

const figures = readHandler(meetingFigures, {
  permission: 'dispatch.read',
  read: async ({ db, actor, input, now }) => {
    const [reader, policy] = await Promise.all([readerOf(db, actor), readPolicy(db)]);
    const [held, next, problems, counts] = await Promise.all([
      reads.heldFigures(db, reader, input.year ?? Number(now.day.slice(0, 4))), reads.nextMeeting(db, reader, now.day), problemFigures(db, actor, reader), countsOf(db, actor, reader, now.day),
    ]);
    return {
      day: now.day, all: reader.all, held: held.held, heldThisYear: held.held_year, years: [...held.years], solved: problems.solved, problems: problems.all, open: counts.open, overdue: counts.overdue, unsigned: counts.sign,
      next: next === undefined ? null : meetingLine(next, policy), kinds: policy.kinds.map(({ code, zh, en }) => ({ code, zh, en })),
    };
  },
});

const fulfilment = readHandler(readFulfilment, {
  permission: 'dispatch.read',
  read: async ({ db, actor, input, now }) => {
    const policy = await readPolicy(db);
    if (input.meetingId === undefined) {
      if (!seesAll(actor)) return shaped(EMPTY, null);
      return fulfilmentOf(db, (policy.series.find((one) => !isRetired(one)) ?? policy.series[0])?.code ?? '', null, input.since, now.day);
    }
    const { row } = await knownOne(db, actor, input.meetingId, now.day);
    return fulfilmentOf(db, row.series, row.number, input.since, now.day);
  },
});

const EMPTY: reads.FulfilmentRow = { all: 0, onTime: 0, late: 0, overdue: 0, notDue: 0, extended: 0, lateWithin: 0, overdueWithin: 0 };

const one = readHandler(readMeeting, {
  permission: 'dispatch.read',
  read: async ({ db, actor, input, now }) => {
    const { row, reader, policy } = await knownOne(db, actor, input.id, now.day);
    const [items, attendees, opening, next, calendar, expected] = await Promise.all([
      reads.itemLines(db, row.id), reads.attendees(db, row.id), fulfilmentOf(db, row.series, row.number, undefined, now.day), reads.nextMeeting(db, reader, row.day > now.day ? row.day : now.day, row.series, row.id), workdays.of(db),
      row.number === null && row.state !== 'cancelled' ? reads.expectedNumber(db, row.series, seriesOf(policy, row.series)?.first ?? 1) : null,
    ]);
    const office = seesAll(actor) && permitted(actor, 'dispatch.meet');
    // What was cut, sent back or removed is the office's own affair.
    const shown = (office ? items : items.filter((item) => item.place === 'listed')).map(itemLine);
    return {
      meeting: meetingLine(row, policy), day: now.day, frozen: row.frozen, currentItem: row.current_item, expectedNumber: expected, items: reader.all || row.state === 'minutes_issued' ? shown : shown.map(undecided), fulfilment: opening,
      attendees: attendees.map((each) => ({ id: each.id, org: each.org_id === null ? null : { id: each.org_id, name: each.org_name ?? '' }, name: each.name, presence: each.presence, arrived: each.arrived, reason: each.reason })),
      can: {
        plan: office && may(row.state, 'change'), agenda: office && may(row.state, 'agenda') && (!row.frozen || row.state === 'in_session'), send: office && may(row.state, 'send_agenda') && !row.frozen, open: office && may(row.state, 'open'), decide: office && may(row.state, 'decide'),
        close: office && may(row.state, 'close'), draft: office && may(row.state, 'draft'),
      },
      picks: { three: calendar.add(row.day, 3).day, seven: calendar.add(row.day, 7).day, next: next?.day ?? null }, agenda: { cap: policy.agenda.cap }, minutesIssued: row.issued_day,
    };
  },
});

/** What a clerk has written is no decision for the units before it is issued: until then it can be put right. */
function undecided(item: Item): Item {
  return item.decision?.issued === false ? { ...item, decision: null } : item;
}

const beside = readHandler(readBeside, {
  permission: 'dispatch.read',
  read: async ({ db, actor, input, now }) => {
    const { reader } = await knownOne(db, actor, input.id, now.day);
    const item = (await reads.itemPlace(db, reader, input.id, input.itemId)) ?? refuse('platform.not_found', { id: input.itemId });
    const reaches = item.project_id !== null && (await db.row(sql`select 1 as one where ${reachable(actor, sql`${item.project_id}::uuid`)}`)) !== undefined;
    const projectId = reaches ? item.project_id : null;
    const [project, week, problems, earlier] = await Promise.all([
      projectId === null ? undefined : reads.besideProject(db, projectId), projectId === null ? null : weekLine(db, projectId), problemsBeside(db, actor, reader, { projectId, problemId: item.problem_id }), reads.earlierDecisions(db, actor, reader, { projectId, problemId: item.problem_id, meetingId: input.id }),
    ]);
    return {
      week, problems, earlier,
      project: project === undefined ? null : {
        id: project.id, name: project.name, stage: project.stage, light: project.light, townName: project.town_name, commissionerName: project.commissioner_name, leader: project.leader, totalFen: project.total_fen, planFen: project.plan_fen, doneFen: project.done_fen, rateBp: rateBp(project.done_fen, project.plan_fen),
        node: project.node_day === null ? null : { name: project.node_name ?? '', day: project.node_day, late: project.node_day < now.day }, lights: [...project.lights], beginDay: project.begin_day, slipDays: project.slip_days,
        lastReport: project.month === null ? null : { month: project.month, progress: project.progress, problems: project.problems },
      },
    };
  },
});

const problems = readHandler(listMeetingProblems, {
  permission: 'dispatch.read',
  read: async ({ db, actor, input }) => {
    const limit = input.limit ?? 60;
    const rows = await meetingProblems(db, actor, await readerOf(db, actor), input, limit + 1);
    const last = rows[limit - 1];
    return { items: rows.slice(0, limit).map(({ seq: _seq, ...row }) => ({ ...row, meetings: [...row.meetings] })), next: rows.length > limit && last !== undefined ? String(last.seq) : null };
  },
});

export const meetingQueries: readonly QueryHandler[] = [list, figures, fulfilment, one, beside, problems];
