// Commands of minutes: draft out of the records, edit, issue with all slips in one transaction, correct. The files are made before the transaction begins and
// belong to the version of the draft that they were made of.
import { Readable } from 'node:stream';
import { newId } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { handler, type CommandHandler, type Env } from '../../../platform/feature.ts';
import type { Db } from '../../../platform/db.ts';
import { tell } from '../../notices/tell.ts';
import { seesAll } from '../../projects/scope.ts';
import { invitedOrgs } from '../meetings/attended.ts';
import { lockWithPolicy, type Locked } from '../meetings/locked.ts';
import { escalate, followProblems } from '../meetings/matters.ts';
import { readPolicy } from '../meetings/policy.ts';
import { checkStep } from '../meetings/rules.ts';
import { seriesOf, type Policy } from '../meetings/shape.ts';
import * as meetings from '../meetings/store.ts';
import { issueAssignments } from '../slips/issuing.ts';
import { correctMinutes, draftMinutes, issueMinutes, writeMinutes } from './contract.ts';
import { draftBlocks, issuerOf } from './drafting.ts';
import { minutesPaper } from './papers.ts';
import { rendered, typeOf, type Format } from './rendering.ts';
import * as store from './store.ts';

const FILE_BYTES = 50_000_000;

interface Subject extends Locked { readonly versions: readonly store.MinutesRow[] }

async function load(tx: Db, id: string): Promise<Subject | undefined> {
  const locked = await lockWithPolicy(tx, id);
  return locked === undefined ? undefined : { ...locked, versions: await store.versionsOf(tx, id) };
}

function draftIn(versions: readonly store.MinutesRow[]): store.MinutesRow | undefined {
  return versions.find((one) => one.state === 'draft');
}

async function touch(tx: Db, id: string, now: Now): Promise<{ id: string; version: number }> {
  return { id, version: await meetings.changeMeetingRow(tx, id, {}, false, now.instant) };
}

const draft = handler(draftMinutes, {
  permission: 'dispatch.meet',
  load: async ({ tx, input }) => {
    await followProblems(tx);
    const subject = await load(tx, input.id);
    return subject === undefined ? undefined : { ...subject, blocks: subject.meeting.number === null ? [] : await draftBlocks(tx, subject.meeting, subject.policy) };
  },
  version: (subject) => subject.meeting.version,
  allow: seesAll,
  decide: ({ subject: { meeting, versions, blocks } }) => {
    checkStep(meeting.state, 'draft');
    const standing = draftIn(versions);
    if (standing === undefined && versions.length > 0) refuse('minutes.issued_already');
    return { id: standing?.id ?? newId(), number: standing?.number ?? 1, blocks, reason: standing?.reason ?? null };
  },
  save: async ({ tx, changes, input, now }) => {
    await store.saveDraft(tx, input.id, changes);
    return touch(tx, input.id, now);
  },
  event: ({ subject, changes }) => ({ kind: 'dispatch.minutes_drafted', subjectType: 'meeting', subjectId: subject.meeting.id, after: { number: changes.number, blocks: changes.blocks.length } }),
  newVersion: (output) => output.version,
});

const write = handler(writeMinutes, {
  permission: 'dispatch.meet',
  load: async ({ tx, input }) => load(tx, input.id),
  version: (subject) => subject.meeting.version,
  allow: seesAll,
  decide: ({ subject: { meeting, versions }, input }) => {
    checkStep(meeting.state, 'draft');
    const standing = draftIn(versions);
    if (standing === undefined && versions.length > 0) refuse('minutes.issued_already');
    return { id: standing?.id ?? newId(), number: standing?.number ?? 1, blocks: input.blocks, reason: standing?.reason ?? null };
  },
  save: async ({ tx, changes, input, now }) => {
    await store.saveDraft(tx, input.id, changes);
    return touch(tx, input.id, now);
  },
  event: ({ subject, changes }) => ({ kind: 'dispatch.minutes_written', subjectType: 'meeting', subjectId: subject.meeting.id, after: { number: changes.number, blocks: changes.blocks.length } }),
  newVersion: (output) => output.version,
});

interface Made { readonly version: number; readonly docx: store.StoredPaper; readonly pdf: store.StoredPaper }

/** The files of the draft as it stands, stored by their content: what becomes of the command leaves at most files that nobody names. */
async function make(db: Db, id: string, now: Now, env: Env): Promise<Made | undefined> {
  const meeting = await db.row<{ version: number; number: number | null; year_number: number | null; series: string }>(meetings.headOf(id));
  const standing = draftIn(await store.versionsOf(db, id));
  if (meeting?.number === null || meeting === undefined || standing === undefined) return undefined;
  const [policy, issuer] = await Promise.all([readPolicy(db), issuerOf(db, now)]);
  const document = minutesPaper(standing.blocks, { number: meeting.number, yearNumber: meeting.year_number ?? 1, series: seriesOf(policy, meeting.series)?.zh ?? meeting.series }, issuer);
  const stored = async (format: Format): Promise<store.StoredPaper> => {
    const { sha256, bytes } = await env.files.put(Readable.from([await rendered(document, format)]), FILE_BYTES);
    return { sha256, bytes, mediaType: typeOf(format) };
  };
  return { version: meeting.version, docx: await stored('docx'), pdf: await stored('pdf') };
}

const issue = handler(issueMinutes, {
  permission: 'dispatch.meet',
  prepare: async ({ db, actor, input, now, env }) => (seesAll(actor) ? make(db, input.id, now, env) : undefined),
  load: async ({ tx, input, prepared }) => {
    const subject = await load(tx, input.id);
    return subject === undefined ? undefined : { ...subject, made: prepared };
  },
  version: (subject) => subject.meeting.version,
  allow: seesAll,
  decide: ({ subject: { meeting, versions, made } }) => {
    checkStep(meeting.state, 'issue');
    const standing = draftIn(versions) ?? refuse(versions.length > 0 ? 'minutes.issued_already' : 'minutes.no_draft');
    if (made?.version !== meeting.version) refuse('minutes.changed_meanwhile');
    return { standing, made };
  },
  save: async ({ tx, changes: { standing, made }, subject: { meeting, policy }, actor, now }) => {
    await store.issueDraft(tx, standing.id, made, actor, now);
    const slips = await issueAssignments(tx, meeting.id, policy, {}, actor, now);
    const version = await meetings.changeMeetingRow(tx, meeting.id, { state: 'minutes_issued', issued_day: meeting.issued_day ?? now.day }, false, now.instant);
    // A correction issues nothing anew.
    const escalated = standing.number === 1 ? await store.escalations(tx, meeting.id) : [];
    await escalate(tx, actor, escalated, meeting.number ?? 0, now);
    await tellIssued(tx, meeting, policy, { number: standing.number, escalated }, now);
    return { id: meeting.id, version, number: standing.number, slips: slips.map((one) => one.number), docx: made.docx.sha256, pdf: made.pdf.sha256 };
  },
  event: ({ subject, output }) => ({ kind: 'dispatch.minutes_issued', subjectType: 'meeting', subjectId: subject.meeting.id, before: { state: subject.meeting.state }, after: { state: 'minutes_issued', number: output.number, slips: output.slips, docx: output.docx, pdf: output.pdf } }),
  newVersion: (output) => output.version,
});

/** The invited units, and the leaders to whom something was escalated. */
async function tellIssued(tx: Db, meeting: meetings.MeetingRow, policy: Policy, { number, escalated: all }: { readonly number: number; readonly escalated: readonly store.EscalationRow[] }, now: Now): Promise<void> {
  const orgs = await invitedOrgs(tx, meeting.id);
  const escalated = all.filter((one) => one.escalate_to !== 'meeting' && one.answered_day === null);
  const leaders = escalated.some((one) => one.escalate_user_id === null) ? await store.leaders(tx) : [];
  const series = seriesOf(policy, meeting.series);
  await tell(tx, [
    ...(orgs.length === 0 ? [] : [{ kind: 'dispatch.minutes_issued', key: `dispatch.minutes_issued:${meeting.id}:${number}`, subject: { type: 'meeting', id: meeting.id }, href: `/meetings/${meeting.id}`, values: { meeting: { zh: series?.zh ?? '', en: series?.en ?? '' }, number: meeting.number ?? 0 }, to: { orgs: orgs.map((id) => ({ id })) } }]),
    ...escalated.map((one) => ({ kind: 'dispatch.escalated', key: `dispatch.escalated:${one.id}`, subject: { type: 'decision', id: one.id }, ...(one.project_id === null ? {} : { projectId: one.project_id }), href: `/decisions/${one.id}`, values: { matter: one.title, number: meeting.number ?? 0 }, to: { users: one.escalate_user_id === null ? leaders : [one.escalate_user_id] } })),
  ], now);
}

const correct = handler(correctMinutes, {
  permission: 'dispatch.meet',
  load: async ({ tx, input }) => load(tx, input.id),
  version: (subject) => subject.meeting.version,
  allow: seesAll,
  decide: ({ subject: { meeting, versions }, input }) => {
    checkStep(meeting.state, 'correct');
    if (draftIn(versions) !== undefined) refuse('minutes.draft_there');
    const last = versions[0] ?? refuse('minutes.no_draft');
    return { id: newId(), number: last.number + 1, blocks: last.blocks, reason: input.reason.trim() };
  },
  save: async ({ tx, changes, input, now }) => {
    await store.saveDraft(tx, input.id, changes);
    return touch(tx, input.id, now);
  },
  event: ({ subject, changes }) => ({ kind: 'dispatch.minutes_corrected', subjectType: 'meeting', subjectId: subject.meeting.id, after: { number: changes.number }, reason: changes.reason }),
  newVersion: (output) => output.version,
});

export const minutesCommands: readonly CommandHandler[] = [draft, write, issue, correct];
