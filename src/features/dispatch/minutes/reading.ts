// What the page of minutes asks, and the papers that can be fetched: minutes, agenda packs, slips, letters.
import { refuse } from '../../../kernel/refuse.ts';
import type { Now } from '../../../kernel/clock.ts';
import { may as permitted, type Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { downloadHandler, readHandler, type DownloadHandler, type QueryHandler } from '../../../platform/feature.ts';
import { seesAll } from '../../projects/scope.ts';
import { agendaPaper } from '../meetings/contract.ts';
import { readPolicy } from '../meetings/policy.ts';
import * as meetings from '../meetings/reads.ts';
import { may } from '../meetings/rules.ts';
import { kindOf, seriesOf } from '../meetings/shape.ts';
import { knownDecision, readerOf } from '../scope.ts';
import { slipPaper as slipContract } from '../slips/contract.ts';
import { orgNames } from '../slips/reads.ts';
import * as slips from '../slips/store.ts';
import { minutesPaperContract, readMinutes } from './contract.ts';
import { draftBlocks, earlierBlocks, issuerOf } from './drafting.ts';
import { letterPaper, minutesPaper, packPaper, slipPaper, type SlipContent } from './papers.ts';
import { fileOf, typeOf } from './rendering.ts';
import { saidFact } from './saying.ts';
import * as store from './store.ts';
import { fill, longDay, minutesTitle, weekdayOf, words } from './words.ts';

async function known(db: Db, actor: Actor, id: string, now: Now) {
  const reader = await readerOf(db, actor);
  const row = (await meetings.oneMeeting(db, reader, id, now.day)) ?? refuse('platform.not_found', { id });
  const office = seesAll(actor) && permitted(actor, 'dispatch.meet');
  return { row, reader, office, policy: await readPolicy(db) };
}

const read = readHandler(readMinutes, {
  permission: 'dispatch.read',
  read: async ({ db, actor, input, now }) => {
    const { row, office, policy } = await known(db, actor, input.id, now);
    const [versions, waiting] = await Promise.all([store.versionsOf(db, row.id), office ? store.waitingSlips(db, row.id) : 0]);
    const draft = office ? versions.find((one) => one.state === 'draft') : undefined;
    const issued = versions.filter((one) => one.state === 'issued');
    const shown = draft ?? issued[0];
    return {
      id: row.id, version: row.version, title: minutesTitle({ number: row.number ?? '', yearNumber: row.year_number ?? '', series: seriesOf(policy, row.series)?.zh ?? '' }), state: shown?.state ?? ('none' as const), reason: shown?.reason ?? null, waiting,
      blocks: shown === undefined ? (office && row.number !== null ? [...(await draftBlocks(db, row, policy))] : []) : [...shown.blocks],
      versions: issued.map((one) => ({ number: one.number, issuedDay: one.issued_day ?? '', issuedBy: one.issued_name ?? '', reason: one.reason, docx: one.docx_sha256 ?? '', pdf: one.pdf_sha256 ?? '' })),
      can: { draft: office && may(row.state, 'draft') && (draft !== undefined || issued.length === 0), correct: office && may(row.state, 'correct') && draft === undefined && issued.length > 0 },
    };
  },
});

const minutes = downloadHandler(minutesPaperContract, {
  permission: 'dispatch.read',
  make: async ({ db, actor, input, now, env }) => {
    const { row, office, policy } = await known(db, actor, input.id, now);
    const format = input.format ?? 'docx';
    const head = { number: row.number ?? 0, yearNumber: row.year_number ?? 0, series: seriesOf(policy, row.series)?.zh ?? '' };
    const name = minutesTitle(head);
    const versions = await store.versionsOf(db, row.id);
    const draft = office ? versions.find((one) => one.state === 'draft') : undefined;
    const wanted = input.number === undefined ? (draft ?? versions.find((one) => one.state === 'issued')) : versions.find((one) => one.state === 'issued' && one.number === input.number);
    if (wanted?.state === 'issued') return { fileName: `${name}${wanted.number > 1 ? `-${wanted.number}` : ''}.${format}`, mediaType: typeOf(format), content: env.files.read((format === 'pdf' ? wanted.pdf_sha256 : wanted.docx_sha256) ?? '') };
    if (!office || row.number === null || input.number !== undefined) refuse('platform.not_found', { id: input.id });
    return fileOf(minutesPaper(wanted?.blocks ?? (await draftBlocks(db, row, policy)), head, await issuerOf(db, now)), name, format);
  },
});

const pack = downloadHandler(agendaPaper, {
  permission: 'dispatch.read',
  make: async ({ db, actor, input, now }) => {
    const { row, policy } = await known(db, actor, input.id, now);
    const series = seriesOf(policy, row.series)?.zh ?? row.series;
    const ordinal = row.number === null ? fill(words.expected, { number: await meetings.expectedNumber(db, row.series, seriesOf(policy, row.series)?.first ?? 1) }) : fill(words.numbered, { number: row.number, yearNumber: row.year_number ?? 1 });
    const [items, attendees, earlier] = await Promise.all([meetings.itemLines(db, row.id), meetings.attendees(db, row.id), earlierBlocks(db, row, policy, row.day < now.day ? row.day : now.day)]);
    const facts = [
      { label: words.time, text: fill(words.dayWeek, { day: longDay(row.day), weekday: weekdayOf(row.day), time: row.time }) }, { label: words.place, text: row.place }, ...(row.chair === null ? [] : [{ label: words.chair, text: row.chair }]),
      { label: words.present, text: attendees.map((one) => one.org_name ?? one.name ?? '').join(words.comma) },
    ];
    const document = packPaper({
      ordinal, series: row.topic === null ? series : `${series}${kindOf(policy, row.kind)?.zh ?? ''}`, facts, earlier,
      items: items.filter((one) => one.place === 'listed').map((one) => ({ title: one.project_name === null || one.project_name === one.title ? one.title : `${one.project_name}${words.colon}${one.title}`, status: one.status_line, ask: one.ask, owner: one.owner_name, minutes: one.minutes, facts: one.facts.map(saidFact) })),
    }, await issuerOf(db, now));
    return fileOf(document, fill(words.packTitle, { ordinal, series }), input.format ?? 'docx');
  },
});

const slip = downloadHandler(slipContract, {
  permission: 'dispatch.read',
  make: async ({ db, actor, input, now }) => {
    const reader = await readerOf(db, actor);
    const found = (await slips.slipById(db, input.id, knownDecision(actor, reader))) ?? refuse('platform.not_found', { id: input.id });
    // What stood when it was issued is a stored record; its shape is that of issuing.ts.
    const content = found.content as SlipContent;
    if (input.letter === true && found.received_day !== null) refuse('slips.signed_already', { name: found.received_name ?? '', day: found.received_day });
    if (input.letter === true) return fileOf(letterPaper({ number: found.number, receiptDue: found.receipt_due, content }, await issuerOf(db, now)), `${words.letterTitle}-${found.number}`, input.format ?? 'docx');
    const [checkpoints, extensions, copies] = await Promise.all([slips.checkpointsOf(db, found.decision_id), slips.extensionsOf(db, found.decision_id), orgNames(db, found.copy_org_ids)]);
    const document = slipPaper({
      kind: found.kind, number: found.number, times: found.ordinal, overdueDays: found.overdue_days, content, signed: found.received_day === null ? null : { name: found.received_name ?? '', day: found.received_day },
      reports: checkpoints.flatMap((one) => (one.text === null ? [] : [{ day: one.reported_day ?? one.day, text: one.text }])), extensions: extensions.filter((one) => one.granted === true).map((one) => ({ old: one.old_due, wanted: one.wanted_day })), doneDay: found.done_day, copies: found.copy_org_ids.map((id) => copies.get(id) ?? ''), record: found.record,
    }, await issuerOf(db, now, found.issued_day));
    return fileOf(document, found.number, input.format ?? 'docx');
  },
});

export const minutesQueries: readonly QueryHandler[] = [read];
export const paperDownloads: readonly DownloadHandler[] = [minutes, pack, slip];
