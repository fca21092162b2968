// Commands on evidence: lay a paper or photo to a project, verify it (never one's own), take it away with a reason.
import { chinaDay } from '../../../kernel/clock.ts';
import { isDay } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { settled, type Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { lockProject, touchProject, type LockedProject } from '../scope.ts';
import { addEvidence, removeEvidence, verifyEvidence } from './contract.ts';
import { lockPaper, markRemoved, markVerified, ownsPart, usableFile, writePaper, type LockedPaper, type UsableFile } from './papers.ts';
import type { Lifecycle } from './shape.ts';
import { readLifecycle } from './store.ts';

/** What evidence may be. A ledger (csv) can be uploaded but proves nothing. */
const EVIDENCE_TYPES = new Set([
  'image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/gif', 'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
]);

interface Adding {
  readonly project: LockedProject;
  readonly rules: Lifecycle;
  readonly file: UsableFile | undefined;
  readonly owns: boolean;
}

const add = handler(addEvidence, {
  permission: 'projects.evidence',
  load: async ({ tx, actor, input }): Promise<Adding | undefined> => {
    const project = await lockProject(tx, actor, input.id);
    if (project === undefined) return undefined;
    const [{ rules }, file, owns] = await Promise.all([
      readLifecycle(tx),
      input.fileSha === undefined ? undefined : usableFile(tx, actor, input.id, input.fileSha),
      ownsPart(tx, input.id, input.reportId, input.milestoneId),
    ]);
    return { project, rules, file, owns };
  },
  version: (subject) => subject.project.version,
  decide: ({ subject, input, now }) => {
    const kind = subject.rules.evidenceKinds.find((one) => one.code === input.kind);
    if (kind === undefined) return refuse('lifecycle.evidence_kind_unknown', { kind: input.kind });
    // Also a file that only another project holds is unknown here.
    if (input.fileSha !== undefined && subject.file === undefined) refuse('lifecycle.file_unknown', {});
    if (!subject.owns) refuse('lifecycle.part_unknown', {});
    const { file } = subject;
    if (file !== undefined && !EVIDENCE_TYPES.has(file.media_type)) refuse('lifecycle.file_type', { name: file.name });
    if (kind.photo && (file === undefined || !file.media_type.startsWith('image/'))) refuse('lifecycle.photo_needed', {});
    if (input.day !== undefined && !isDay(input.day)) refuse('platform.invalid', { errors: [{ path: 'day', rule: 'format', params: {} }] });
    if ((input.lon === undefined) !== (input.lat === undefined)) refuse('platform.invalid', { errors: [{ path: 'lat', rule: 'required', params: {} }] });
    if (file === undefined && input.number === undefined && input.note === undefined) refuse('lifecycle.evidence_empty', {});
    const takenAt = instantOf(input.takenAt) ?? file?.taken_at ?? null;
    if (takenAt !== null && chinaDay(new Date(takenAt)) > now.day) refuse('lifecycle.taken_in_future', { day: chinaDay(new Date(takenAt)), today: now.day });
    const at = input.lon === undefined || input.lat === undefined ? { lon: file?.lon ?? null, lat: file?.lat ?? null } : { lon: input.lon, lat: input.lat };
    return {
      id: input.evidenceId, kind: input.kind, file, number: text(input.number), day: input.day ?? null, amountFen: input.amountFen ?? null, parties: text(input.parties), note: text(input.note),
      takenAt, ...at, place: text(input.place), reportId: input.reportId ?? null, milestoneId: input.milestoneId ?? null,
    };
  },
  save: async ({ tx, changes, input, actor, now }) => {
    const [, version] = await settled([writePaper(tx, input.id, changes, actor, now.instant), touchProject(tx, input.id, now.instant)]);
    return { id: input.id, evidenceId: input.evidenceId, version };
  },
  event: ({ changes, input }) => ({
    kind: 'projects.evidence_added', subjectType: 'evidence', subjectId: input.evidenceId, projectId: input.id,
    after: Object.fromEntries(Object.entries({
      kind: changes.kind, fileSha: changes.file?.sha256, fileName: changes.file?.name, number: changes.number, day: changes.day, amountFen: changes.amountFen, parties: changes.parties, note: changes.note,
      takenAt: changes.takenAt, lon: changes.lon, lat: changes.lat, place: changes.place, reportId: changes.reportId, milestoneId: changes.milestoneId,
    }).filter(([, value]) => value !== null && value !== undefined)),
  }),
  newVersion: (output) => output.version,
});

interface Paper {
  readonly project: LockedProject;
  readonly paper: LockedPaper;
}

/** What the commands on one piece of evidence have in common: the version is that of its project. */
const ofPaper = {
  load: async ({ tx, actor, input }: { tx: Db; actor: Actor; input: { readonly id: string; readonly evidenceId: string } }): Promise<Paper | undefined> => {
    const project = await lockProject(tx, actor, input.id);
    const paper = project === undefined ? undefined : await lockPaper(tx, input.id, input.evidenceId);
    return project === undefined || paper === undefined ? undefined : { project, paper };
  },
  version: (subject: Paper) => subject.project.version,
  newVersion: (output: { readonly version: number }) => output.version,
};

const verify = handler(verifyEvidence, {
  permission: 'projects.verify_evidence',
  ...ofPaper,
  decide: ({ subject: { paper }, actor }) => {
    if (paper.removed_at !== null) refuse('lifecycle.evidence_removed', {});
    if (paper.verified_at !== null) refuse('lifecycle.evidence_verified_already', {});
    // Four eyes: whoever laid a paper down does not verify it.
    if (paper.added_by === actor.userId && !actor.isSystem) refuse('lifecycle.verify_own', {});
    return { verified: true };
  },
  save: async ({ tx, input, actor, now }) => {
    await markVerified(tx, input.evidenceId, actor, now.instant);
    return { id: input.id, evidenceId: input.evidenceId, version: await touchProject(tx, input.id, now.instant) };
  },
  event: ({ subject, input }) => ({
    kind: 'projects.evidence_verified', subjectType: 'evidence', subjectId: input.evidenceId, projectId: input.id, before: { verified: false }, after: { kind: subject.paper.kind, verified: true },
  }),
});

const remove = handler(removeEvidence, {
  permission: 'projects.evidence',
  ...ofPaper,
  // One's own, or with the authority to verify; what is verified only with that authority.
  allow: (actor, { paper }) => may(actor, 'projects.verify_evidence') || (paper.added_by === actor.userId && paper.verified_at === null),
  decide: ({ subject: { paper }, input }) => {
    if (paper.removed_at !== null) refuse('lifecycle.evidence_removed', {});
    if (input.reason.trim().length < 2) refuse('lifecycle.reason_needed', {});
    return { reason: input.reason.trim() };
  },
  save: async ({ tx, changes, input, actor, now }) => {
    await markRemoved(tx, input.evidenceId, changes.reason, actor, now.instant);
    return { id: input.id, evidenceId: input.evidenceId, version: await touchProject(tx, input.id, now.instant) };
  },
  event: ({ subject, changes, input }) => ({
    kind: 'projects.evidence_removed', subjectType: 'evidence', subjectId: input.evidenceId, projectId: input.id, before: { kind: subject.paper.kind }, after: { removed: true }, reason: changes.reason,
  }),
});

function text(value: string | undefined): string | null {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

function instantOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  // Without a zone it would mean another moment on every machine.
  const written = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.exec(value);
  const at = written?.[1] !== undefined && isDay(written[1]) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) refuse('platform.invalid', { errors: [{ path: 'takenAt', rule: 'format', params: {} }] });
  return new Date(at).toISOString();
}

export const evidenceCommands: readonly CommandHandler[] = [add, verify, remove];
