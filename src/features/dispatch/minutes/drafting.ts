// Gathers from the records what a draft of minutes and a pack say. Reads only; the texts are made in blocks.ts and papers.ts.
import type { Now } from '../../../kernel/clock.ts';
import type { Db } from '../../../platform/db.ts';
import { TIER_OF } from '../meetings/matters.ts';
import { fulfilmentOf, itemLine } from '../meetings/reading.ts';
import * as reads from '../meetings/reads.ts';
import { kindOf, seriesOf, type Policy } from '../meetings/shape.ts';
import { draftOf, type DraftGround, type MinutesBlock } from './blocks.ts';
import type { Issuer } from './papers.ts';
import * as store from './store.ts';
import { words } from './words.ts';

interface Meeting { readonly id: string; readonly series: string; readonly kind: string; readonly day: string; readonly time: string; readonly place: string; readonly chair: string | null; readonly topic: string | null; readonly number: number | null; readonly year_number: number | null }

export async function draftBlocks(db: Db, meeting: Meeting, policy: Policy): Promise<readonly MinutesBlock[]> {
  return draftOf(await groundOf(db, meeting, policy, meeting.day));
}

async function groundOf(db: Db, meeting: Meeting, policy: Policy, day: string): Promise<DraftGround> {
  const number = meeting.number ?? 1;
  const [rows, attendees, fulfilment, earlier] = await Promise.all([reads.itemLines(db, meeting.id), reads.attendees(db, meeting.id), fulfilmentOf(db, meeting.series, meeting.number, undefined, day), store.overdueOf(db, meeting.series, number, day)]);
  // What was not dealt with is not in the minutes.
  const items = rows.filter((row) => row.place === 'listed' && row.decision_id !== null).map(itemLine);
  const problems: Problems = new Map((await reads.itemProblems(db, items.flatMap((one) => one.problemId ?? []))).map((one) => [one.id, one]));
  const names = await store.fullNames(db, [...items.flatMap((one) => [one.decision?.owner?.id ?? [], ...(one.decision?.co.map((org) => org.id) ?? [])].flat()), ...attendees.flatMap((one) => one.org_id ?? [])]);
  const full = (org: { readonly id: string; readonly name: string } | null | undefined): string | null => (org === null || org === undefined ? null : (names.get(org.id) ?? org.name));
  return {
    day: meeting.day, time: meeting.time, place: meeting.place, chair: meeting.chair, topic: meeting.topic, number, yearNumber: meeting.year_number ?? 1, series: seriesOf(policy, meeting.series)?.zh ?? meeting.series, kind: kindOf(policy, meeting.kind)?.zh ?? meeting.kind, receiptDays: policy.slips.receiptDays,
    attendees: attendees.map((one) => ({ name: [one.org_id === null ? '' : (names.get(one.org_id) ?? ''), one.name ?? ''].filter((text) => text !== '').join(' '), presence: one.presence, arrived: one.arrived, reason: one.reason })), fulfilment, earlier,
    items: items.map((one) => ({
      title: one.projectName === null || one.projectName === one.title ? one.title : `${one.projectName}${words.colon}${one.title}`, status: one.statusLine, ask: one.ask, kind: one.decision?.kind ?? null, measure: one.decision?.measure ?? null, lead: full(one.decision?.owner), co: (one.decision?.co ?? []).map((org) => full(org) ?? org.name), dueDay: one.decision?.dueDay ?? null,
      criterion: one.decision?.criterion ?? null, escalateTo: one.decision?.escalateTo ?? null, reason: one.decision?.reason ?? null, problem: problemOf(one, problems),
    })),
  };
}

type Problems = ReadonlyMap<string, reads.ItemProblem>;

function problemOf(one: ReturnType<typeof itemLine>, problems: Problems): DraftGround['items'][number]['problem'] {
  const found = problems.get(one.problemId ?? '');
  const to = one.decision?.escalateTo ?? null;
  if (found === undefined || to === null || !found.open) return null;
  return { number: found.number, climbs: (TIER_OF[to] ?? 0) > found.tier };
}

export async function issuerOf(db: Db, now: Now, day = now.day): Promise<Issuer> {
  return { office: `${await store.zoneName(db)}${words.office}`, made: now.instant, day };
}

/** The opening of a pack: how what earlier meetings gave stands. */
export async function earlierBlocks(db: Db, meeting: Meeting, policy: Policy, day: string): Promise<readonly MinutesBlock[]> {
  const blocks = draftOf(await groundOf(db, { ...meeting, number: meeting.number ?? (await reads.expectedNumber(db, meeting.series, 1)) }, policy, day));
  const from = blocks.findIndex((one) => one.kind === 'heading' && one.text === words.earlier);
  const to = blocks.findIndex((one) => one.kind === 'heading' && one.text === words.decisions);
  return blocks.slice(from, to);
}
