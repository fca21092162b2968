// What every command of the faster ways acts on: the locked project with its dossier, the catalogue of the day, and the body that handles.
import { numberOfDay } from '../../../kernel/epoch.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import type { EventRecord } from '../../../platform/feature.ts';
import { touchProject, type LockedProject } from '../../projects/scope.ts';
import { forecast } from '../planning/forecast.ts';
import { bodyFor, departmentOf } from '../cases/rules.ts';
import { readCatalogue } from '../catalogue/store.ts';
import type { Item, Track } from '../catalogue/shape.ts';
import { lockAt, readDuties } from './desk.ts';
import { dossiersOf, type Dossier } from './dossier.ts';
import { checkPaper } from './papers.ts';
import { nameOf } from './policy.ts';
import { bodyOfPart } from './store.ts';

export interface Subject {
  readonly project: LockedProject;
  readonly track: Track;
  readonly dossier: Dossier;
  /** The body that handles the item or the part that the command is about. */
  readonly orgId: string | null;
}

/** `about`: the item of something new, the id of a part that is there, or nothing of the kind. Undefined: not found. */
export async function loadSubject(tx: Db, actor: Actor, id: string, about: { readonly item?: string; readonly partId?: string }, now: Now): Promise<Subject | undefined> {
  const { catalogue } = await readCatalogue(tx, now.day);
  const part = about.partId === undefined ? undefined : await bodyOfPart(tx, id, about.partId);
  if (about.partId !== undefined && part === undefined) return undefined;
  const item = catalogue.items.find((one) => one.code === about.item);
  const orgId = part?.org_id ?? (item === undefined ? null : (bodyFor(departmentOf(item), await readDuties(tx)) ?? null));
  const project = await lockAt(tx, actor, id, orgId);
  if (project === undefined) return undefined;
  const dossier = (await dossiersOf(tx, [id], catalogue)).get(id);
  return dossier === undefined ? undefined : { project, track: project.kind === 'government' ? 'government' : 'enterprise', dossier, orgId };
}

export function itemNamed({ dossier, track }: Pick<Subject, 'dossier' | 'track'>, code: string): Item {
  const item = dossier.catalogue.items.find((one) => one.code === code);
  if (item?.tracks[track] === undefined) return refuse('approvals.item_not_here', { item: nameOf(dossier, code) });
  return item;
}

/** A real day that has come. */
export function checkDay(day: string, today: string): string {
  if (numberOfDay(day) === undefined) refuse('platform.invalid', { errors: [{ path: 'day', rule: 'format', params: {} }] });
  if (day > today) refuse('approvals.day_in_future', { day, today, errors: [{ path: 'day', code: 'approvals.day_in_future', params: { day, today } }] });
  return day;
}

/** The end of every command's save: the project's next version, and its forecast by what is there now. */
export async function touched(tx: Db, id: string, now: Now): Promise<{ id: string; version: number }> {
  await forecast(tx, [id], now);
  return { id, version: await touchProject(tx, id, now.instant) };
}

interface Call<Input> { readonly tx: Db; readonly actor: Actor; readonly input: Input; readonly now: Now }

/** What versioned commands on a project have in common. */
export const versioned = { version: (subject: Subject): number => subject.project.version, newVersion: (output: { readonly version: number }): number => output.version };

/** The head of a command that begins something for an item: `papers` are the files that it lays to the project. */
export function onItem<Input extends { readonly id: string; readonly item: string }>(papers: (input: Input) => readonly (string | undefined)[] = () => []) {
  return { ...versioned, load: (call: Call<Input>): Promise<Subject | undefined> => loaded(call, { item: call.input.item }, papers(call.input)) };
}

/** The head of a command that goes on with a part that is there. */
export function onPart<Input extends { readonly id: string }>(partOf: (input: Input) => string, papers: (input: Input) => readonly (string | undefined)[] = () => []) {
  return { ...versioned, load: (call: Call<Input>): Promise<Subject | undefined> => loaded(call, { partId: partOf(call.input) }, papers(call.input)) };
}

async function loaded({ tx, actor, input, now }: Call<{ readonly id: string }>, about: { readonly item?: string; readonly partId?: string }, papers: readonly (string | undefined)[]): Promise<Subject | undefined> {
  const subject = await loadSubject(tx, actor, input.id, about, now);
  if (subject === undefined) return undefined;
  for (const sha of papers) await checkPaper(tx, actor, input.id, sha);
  return subject;
}

export function told(kind: string, subjectType: string, subjectId: string, projectId: string, after: Readonly<Record<string, unknown>>, reason?: string): EventRecord {
  return { kind: `approvals.${kind}`, subjectType, subjectId, projectId, after, ...(reason === undefined ? {} : { reason: reason.trim() }) };
}
