// The formal hand-over of a project: proposed with what is open, confirmed by both or decided by the office, carried out by the same steps as the
// assignment of a commissioner (projects/register/team.ts). A key project is at no moment without somebody answerable.
import type { Now } from '../../../kernel/clock.ts';
import { idFrom } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, type CommandHandler, type EventRecord } from '../../../platform/feature.ts';
import { decideSuccession, readSuccession, saveSuccession, tellSuccession, type Succession } from '../../projects/register/team.ts';
import { lockProject, seesAll, type LockedProject } from '../../projects/scope.ts';
import * as contract from './contract.ts';
import { openOf } from './open.ts';
import { assertDecidable, decideConfirmation, decideProposal, effectiveDay, isDue } from './rules.ts';
import * as store from './store.ts';
import { tellHandover, type Told } from './telling.ts';

const propose = handler(contract.proposeHandover, {
  permission: 'dispatch.report_week',
  load: async ({ tx, actor, input, now }) => {
    const project = await lockProject(tx, actor, input.projectId);
    if (project === undefined) return undefined;
    return { ...project, ...(await readSuccession(tx, project.id, input.userId)), running: await store.isRunning(tx, project.id), open: await openOf(tx, project.id, now.day) };
  },
  // The office, or who looks after it himself.
  allow: (actor, subject) => may(actor, 'dispatch.assign') || subject.commissioner_id === actor.userId,
  decide: ({ subject, input, now }) => {
    decideProposal(subject.active?.user_id ?? null, input.userId, input.day, now.day, subject.running);
    return { fromId: subject.active?.user_id ?? null };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    const own = changes.fromId === actor.userId;
    await store.insertHandover(tx, { id: input.id, projectId: subject.id, fromId: changes.fromId, toId: subject.user.id, day: input.day, open: subject.open, remarks: input.remarks?.trim() ?? null, handedAt: own ? now.instant : null }, actor, now);
    await tellHandover(tx, {
      id: input.id, projectId: subject.id, project: subject.name, day: input.day, fromId: changes.fromId, fromName: subject.active?.name ?? null, toId: subject.user.id, toName: subject.user.name, proposedBy: actor.userId,
    }, 'proposed', actor, now);
    return { id: input.id, state: 'proposed', open: subject.open.length };
  },
  event: ({ subject, input, output }) => ({
    kind: 'dispatch.handover_proposed', subjectType: 'handover', subjectId: input.id, projectId: subject.id, after: { from: subject.active?.name ?? null, to: subject.user.name, day: input.day, open: output.open }, ...(input.remarks === undefined ? {} : { reason: input.remarks.trim() }),
  }),
});

interface Loaded { readonly project: LockedProject; readonly handover: store.LockedHandover; readonly succession: Succession }

const confirm = handler(contract.confirmHandover, {
  permission: 'dispatch.report_week',
  load: ({ tx, actor, input }) => load(tx, actor, input.id),
  decide: ({ subject, input, actor, now }) => {
    const confirmed = decideConfirmation(subject.handover, actor.userId, input.assent, input.reason);
    return { ...confirmed, carried: confirmed.state === 'agreed' && isDue(subject.handover, now.day) ? carriedOut(subject, now) : undefined };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    const done = changes.carried?.fromDay ?? null;
    const state = done === null ? changes.state : 'done';
    await store.settle(tx, subject.handover.id, state, { handed: changes.handed ? now.instant : null, accepted: changes.accepted ? now.instant : null, reason: changes.state === 'refused' ? (input.reason?.trim() ?? null) : null, doneDay: done });
    if (changes.carried !== undefined) await carry(tx, subject, changes.carried, now);
    // The first of two who agrees is not told of: the other has been asked already.
    if (state !== 'proposed') await tellHandover(tx, toldOf(subject), state, actor, now);
    return { id: subject.handover.id, state };
  },
  event: ({ subject, changes, input, output }) => [
    { kind: changes.state === 'refused' ? 'dispatch.handover_refused' : 'dispatch.handover_confirmed', subjectType: 'handover', subjectId: subject.handover.id, projectId: subject.project.id, after: { ...names(subject), state: output.state }, ...(input.reason === undefined ? {} : { reason: input.reason.trim() }) },
    ...succeeded(subject, changes.carried),
  ],
});

const decide = handler(contract.decideHandover, {
  permission: 'dispatch.assign',
  load: ({ tx, actor, input }) => load(tx, actor, input.id),
  decide: ({ subject, input, now }) => {
    assertDecidable(subject.handover);
    return { carried: input.outcome === 'carry_out' ? carriedOut(subject, now, now.day) : undefined };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    const state = changes.carried === undefined ? 'withdrawn' : 'done';
    await store.settle(tx, subject.handover.id, state, { reason: input.reason.trim(), decidedName: actor.name, doneDay: changes.carried?.fromDay ?? null });
    if (changes.carried !== undefined) await carry(tx, subject, changes.carried, now);
    await tellHandover(tx, toldOf(subject), state, actor, now);
    return { id: subject.handover.id, state };
  },
  event: ({ subject, changes, input, output }) => [
    { kind: 'dispatch.handover_decided', subjectType: 'handover', subjectId: subject.handover.id, projectId: subject.project.id, after: { ...names(subject), state: output.state }, reason: input.reason.trim() },
    ...succeeded(subject, changes.carried),
  ],
});

const complete = handler(contract.completeHandover, {
  permission: 'dispatch.assign',
  load: ({ tx, actor, input }) => load(tx, actor, input.id),
  allow: seesAll,
  decide: ({ subject, now }) => {
    if (subject.handover.state !== 'agreed') refuse('taskforce.handover_settled', {});
    if (!isDue(subject.handover, now.day)) refuse('taskforce.handover_early', { day: subject.handover.day });
    return { carried: carriedOut(subject, now) };
  },
  save: async ({ tx, changes, subject, actor, now }) => {
    await store.settle(tx, subject.handover.id, 'done', { doneDay: changes.carried.fromDay });
    await carry(tx, subject, changes.carried, now);
    await tellHandover(tx, toldOf(subject), 'done', actor, now);
    return { id: subject.handover.id, state: 'done' };
  },
  event: ({ subject, changes }) => [
    { kind: 'dispatch.handover_completed', subjectType: 'handover', subjectId: subject.handover.id, projectId: subject.project.id, after: { ...names(subject), state: 'done' } }, ...succeeded(subject, changes.carried),
  ],
});

export const handingCommands: readonly CommandHandler[] = [propose, confirm, decide, complete];

/** Seen by both of whom it speaks, though the successor does not reach the project yet, and by whoever may know the project. */
async function load(tx: Db, actor: Actor, id: string): Promise<Loaded | undefined> {
  const projectId = await store.projectOf(tx, id);
  if (projectId === undefined) return undefined;
  const concerned = await isConcerned(tx, actor, id);
  const project = await lockProject(tx, concerned ? { ...actor, isSystem: true } : actor, projectId);
  const handover = project === undefined ? undefined : await store.lockHandover(tx, id);
  if (project === undefined || handover === undefined) return undefined;
  return { project, handover, succession: await readSuccession(tx, projectId, handover.to_id) };
}

async function isConcerned(tx: Db, actor: Actor, id: string): Promise<boolean> {
  const handover = await store.lockedNames(tx, id);
  return handover !== undefined && (handover.from_id === actor.userId || handover.to_id === actor.userId);
}

interface Carried { readonly endsId: string | undefined; readonly fromDay: string }

function carriedOut({ handover, succession }: Loaded, now: Now, on = effectiveDay(handover, now.day)): Carried {
  // Somebody else was assigned meanwhile: what was agreed is about another.
  if ((succession.active?.user_id ?? null) !== handover.from_id) refuse('taskforce.commissioner_changed', {});
  return decideSuccession(succession, on, now);
}

async function carry(tx: Db, { handover, project }: Loaded, carried: Carried, now: Now): Promise<void> {
  await saveSuccession(tx, project.id, { ...carried, assignmentId: idFrom('handover', handover.id), userId: handover.to_id, note: handover.remarks?.slice(0, 500) ?? null }, now);
}

function succeeded({ project, succession, handover }: Loaded, carried: Carried | undefined): EventRecord[] {
  return carried === undefined ? [] : [tellSuccession(project.id, succession, carried.fromDay, handover.remarks ?? undefined)];
}

function toldOf({ handover, project }: Loaded): Told {
  return { id: handover.id, projectId: project.id, project: project.name, day: handover.day, fromId: handover.from_id, fromName: handover.from_name, toId: handover.to_id, toName: handover.to_name, proposedBy: handover.proposed_by };
}

const names = ({ handover }: Loaded) => ({ from: handover.from_name, to: handover.to_name, day: handover.day });
