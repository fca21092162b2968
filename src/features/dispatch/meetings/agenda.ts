// Commands on an agenda: let it propose itself, add a special topic, edit, order, freeze and send. What proposes is in proposing.ts; a frozen agenda is
// changed in session alone.
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { seesAll } from '../../projects/scope.ts';
import { addItem, editItem, formAgenda, orderItems, sendAgenda } from './contract.ts';
import { form } from './forming.ts';
import { lockWithPolicy, type Locked } from './locked.ts';
import { canBeHeard, followProblems } from './matters.ts';
import { tellInvited } from './planning.ts';
import { propose } from './proposing.ts';
import { checkAgendaOpen, checkStep } from './rules.ts';
import * as store from './store.ts';

interface Open extends Locked { readonly items: readonly store.ItemRow[] }

async function loadOpen(tx: Db, id: string): Promise<Open | undefined> {
  const locked = await lockWithPolicy(tx, id);
  return locked === undefined ? undefined : { ...locked, items: await store.itemsOf(tx, id) };
}

const formed = handler(formAgenda, {
  permission: 'dispatch.meet',
  load: async ({ tx, input, now }) => {
    const locked = await lockWithPolicy(tx, input.id);
    if (locked === undefined) return undefined;
    await followProblems(tx);
    await store.dropUntouched(tx, input.id);
    return { ...locked, items: await store.itemsOf(tx, input.id), proposals: await propose(tx, locked.policy.agenda, locked.meeting, now) };
  },
  allow: seesAll,
  decide: ({ subject: { meeting, items, policy, proposals } }) => {
    checkStep(meeting.state, 'send_agenda');
    checkAgendaOpen(meeting.frozen, meeting.state);
    const last = Math.max(0, ...items.map((one) => one.sort));
    return form(proposals, policy.agenda, { sources: new Set(items.map((one) => one.source)), projects: new Set(items.flatMap((one) => one.project_id ?? [])), listed: items.filter((one) => one.place === 'listed').length }).map((one, i): store.NewItem => ({
      id: newId(), rule: one.rule, source: one.source, sort: last + i + 1, place: one.place, project_id: one.projectId, problem_id: one.problemId, decision_id: one.decisionId, title: one.title, status_line: one.statusLine, ask: one.ask,
      facts: one.facts, owner_org_id: one.ownerOrgId, minutes: policy.agenda.itemMinutes, edited: false,
    }));
  },
  save: async ({ tx, changes, subject, input }) => {
    await store.insertItems(tx, input.id, changes);
    const all = [...subject.items, ...changes];
    const count = (place: string): number => all.filter((one) => one.place === place).length;
    return { id: input.id, added: changes.length, listed: count('listed'), cut: count('cut'), sentBack: count('sent_back') };
  },
  event: ({ output }) => ({ kind: 'dispatch.agenda_formed', subjectType: 'meeting', subjectId: output.id, after: { added: output.added, listed: output.listed, cut: output.cut, sentBack: output.sentBack } }),
});

const add = handler(addItem, {
  permission: 'dispatch.meet',
  load: async ({ tx, input }) => {
    const open = await loadOpen(tx, input.id);
    return open === undefined || (input.problemId !== undefined && !(await canBeHeard(tx, input.problemId))) ? undefined : open;
  },
  allow: seesAll,
  decide: ({ subject: { meeting, items, policy }, input }): store.NewItem => {
    checkAgendaOpen(meeting.frozen, meeting.state);
    const source = input.problemId !== undefined ? `problem:${input.problemId}` : `special:${input.itemId}`;
    if (items.some((one) => one.source === source)) refuse('meetings.item_there');
    return {
      id: input.itemId, rule: 'special', source, sort: Math.max(0, ...items.map((one) => one.sort)) + 1, place: 'listed', project_id: input.projectId ?? null, problem_id: input.problemId ?? null, decision_id: null, title: input.title.trim(),
      status_line: input.statusLine?.trim() ?? '', ask: input.ask?.trim() ?? '', facts: [], owner_org_id: input.ownerOrgId ?? null, minutes: input.minutes ?? policy.agenda.itemMinutes, edited: true,
    };
  },
  save: async ({ tx, changes, input }) => {
    await store.insertItems(tx, input.id, [changes]);
    return { id: input.id, itemId: changes.id };
  },
  event: ({ changes, input }) => ({ kind: 'dispatch.item_added', subjectType: 'meeting', subjectId: input.id, ...(changes.project_id === null ? {} : { projectId: changes.project_id }), after: { itemId: changes.id, title: changes.title } }),
});

const edit = handler(editItem, {
  permission: 'dispatch.meet',
  load: async ({ tx, input }) => {
    const open = await loadOpen(tx, input.id);
    const item = open?.items.find((one) => one.id === input.itemId);
    return open === undefined || item === undefined ? undefined : { ...open, item, decided: (await store.decisionOfItem(tx, item.id)) !== undefined };
  },
  allow: seesAll,
  decide: ({ subject: { meeting, items, item, decided }, input }) => {
    checkAgendaOpen(meeting.frozen, meeting.state);
    const place = input.place ?? item.place;
    // What leaves the agenda is said why; what is decided stays.
    if (place !== item.place && place !== 'listed' && (input.reason?.trim() ?? '') === '') refuse('meetings.reason_missing');
    if (place !== 'listed' && decided) refuse('meetings.item_decided');
    const pulled = place === 'listed' && item.place !== 'listed';
    return {
      title: input.title?.trim() ?? item.title, status_line: input.statusLine?.trim() ?? item.status_line, ask: input.ask?.trim() ?? item.ask, owner_org_id: input.ownerOrgId === undefined ? item.owner_org_id : input.ownerOrgId, minutes: input.minutes ?? item.minutes, place,
      place_reason: input.reason?.trim() ?? null, sort: pulled ? Math.max(0, ...items.filter((one) => one.place === 'listed').map((one) => one.sort)) + 1 : item.sort,
    };
  },
  save: async ({ tx, changes, input }) => {
    await store.writeItem(tx, input.itemId, changes);
    return { id: input.id, itemId: input.itemId };
  },
  event: ({ subject, changes, input }) => ({
    kind: 'dispatch.item_edited', subjectType: 'meeting', subjectId: input.id, ...(subject.item.project_id === null ? {} : { projectId: subject.item.project_id }), before: { title: subject.item.title, place: subject.item.place }, after: { itemId: input.itemId, title: changes.title, place: changes.place },
    ...(changes.place_reason === null ? {} : { reason: changes.place_reason }),
  }),
});

const order = handler(orderItems, {
  permission: 'dispatch.meet',
  load: async ({ tx, input }) => loadOpen(tx, input.id),
  allow: seesAll,
  decide: ({ subject: { meeting, items }, input }) => {
    checkAgendaOpen(meeting.frozen, meeting.state);
    const listed = items.filter((one) => one.place === 'listed');
    if (input.group === true) return grouped(listed);
    const ids = input.itemIds ?? [];
    if (ids.length !== listed.length || ids.some((id) => !listed.some((one) => one.id === id))) refuse('meetings.items_changed');
    return ids;
  },
  save: async ({ tx, changes, input }) => {
    await store.sortItems(tx, input.id, changes);
    return { id: input.id, items: changes.length };
  },
  event: ({ changes, input }) => ({ kind: 'dispatch.items_ordered', subjectType: 'meeting', subjectId: input.id, after: { items: changes.length, grouped: input.group ?? false } }),
});

/** Units in the order in which they first come; within a unit as before. What comes back from earlier meetings stays in front. */
function grouped(items: readonly store.ItemRow[]): readonly string[] {
  const place = new Map<string, number>();
  const key = (one: store.ItemRow): string => (one.decision_id === null ? (one.owner_org_id ?? '~') : '');
  for (const one of items) if (!place.has(key(one))) place.set(key(one), key(one) === '' ? -1 : place.size);
  return [...items].sort((a, b) => (place.get(key(a)) ?? 0) - (place.get(key(b)) ?? 0) || a.sort - b.sort).map((one) => one.id);
}

const send = handler(sendAgenda, {
  permission: 'dispatch.meet',
  load: async ({ tx, input }) => loadOpen(tx, input.id),
  version: (subject) => subject.meeting.version,
  allow: seesAll,
  decide: ({ subject: { meeting, items } }) => {
    checkStep(meeting.state, 'send_agenda');
    if (meeting.frozen) refuse('meetings.agenda_frozen');
    if (!items.some((one) => one.place === 'listed')) refuse('meetings.agenda_empty');
    return { state: 'agenda_sent' as const, frozen: true };
  },
  save: async ({ tx, changes, subject, now }) => {
    const version = await store.changeMeetingRow(tx, subject.meeting.id, changes, true, now.instant);
    // Whoever leads a matter must be there when it is decided.
    const leads = new Set(subject.items.flatMap((one) => (one.place === 'listed' ? (one.owner_org_id ?? []) : [])));
    await store.inviteOrgs(tx, [...leads].map((orgId) => ({ id: newId(), meetingId: subject.meeting.id, orgId })));
    await tellInvited(tx, { ...subject.meeting, sequence: subject.meeting.sequence + 1 }, subject.policy, 'agenda_sent', now);
    return { id: subject.meeting.id, version };
  },
  event: ({ subject }) => ({ kind: 'dispatch.agenda_sent', subjectType: 'meeting', subjectId: subject.meeting.id, before: { state: subject.meeting.state }, after: { state: 'agenda_sent', items: subject.items.filter((one) => one.place === 'listed').length } }),
  newVersion: (output) => output.version,
});

export const agendaCommands: readonly CommandHandler[] = [formed, add, edit, order, send];
