// Commands that move a project: forward through a gate, back, aside (暂停, 调出, 终止) and in again.
import type { CommandContract, InputOf, OutputOf } from '../../../kernel/contract.ts';
import type { Now } from '../../../kernel/clock.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { settled, type Db } from '../../../platform/db.ts';
import { handler, type CommandHandler, type EventRecord } from '../../../platform/feature.ts';
import { keep } from '../keep.ts';
import { touchProject } from '../scope.ts';
import { moveProject, moveProjectBack, pauseProject, removeProject, resumeProject, terminateProject } from './contract.ts';
import { actualDayOf, authorityOf, decideBack, decideMove, decideResume, decideSide, type ActualColumn, type MoveDecided } from './rules.ts';
import type { SideCode } from './shape.ts';
import { enterStage, leaveStages, setSide, writeEffect, writeMove, type KeptDays } from './store.ts';
import { deciding, loadSubject, type Subject } from './subject.ts';

type Moved = OutputOf<typeof moveProject>;

/** Writes a move that was decided: the passage, the stage, its actual day, the verdict where the stage is 达效. */
export async function saveMove(tx: Db, subject: Subject, decided: MoveDecided, said: { works: string | null; note: string | null; reason: string | null }, actor: Actor, now: Now): Promise<number> {
  const { project, facts } = subject;
  // One packet, in this order.
  const [, , , version] = await settled([
    writeMove(tx, {
      projectId: project.id, from: facts.stage, to: decided.to, side: null, day: decided.day, backward: false, reason: said.reason, works: said.works, note: said.note, waived: decided.waived, evidence: decided.evidence,
    }, actor, now.instant),
    enterStage(tx, project.id, decided.to, decided.day, actualDayOf(decided.to)),
    decided.to === 'effective' ? writeEffect(tx, project.id, { effective: true, day: decided.day, reason: said.reason, agreedDay: facts.agreedDay, newDay: null }, actor, now.instant) : undefined,
    touchProject(tx, project.id, now.instant),
  ]);
  await keep(tx, [project.id], now);
  return version;
}

export function movedEvent(subject: Subject, decided: MoveDecided): EventRecord {
  const { facts, days } = subject;
  const column = actualDayOf(decided.to);
  return {
    kind: 'projects.moved', subjectType: 'project', subjectId: subject.project.id, projectId: subject.project.id,
    before: { stage: facts.stage, stageDay: facts.stageDay, ...(column === undefined ? {} : dayAndGrain(column, days[column], days[`${column}_grain`])) },
    after: {
      stage: decided.to, stageDay: decided.day, ...(column === undefined ? {} : dayAndGrain(column, decided.day, 'day')),
      ...(decided.waived.length > 0 ? { waived: decided.waived } : {}), ...(decided.skipped.length > 0 ? { skipped: decided.skipped } : {}),
    },
  };
}

/** A day and its grain under the names that the register uses, so that history can be taken back. */
function dayAndGrain(column: ActualColumn | 'planned_effect', day: string | null, grain: string | null): Record<string, string | null> {
  const name = column.replace(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase());
  return { [name]: day, [`${name}Grain`]: grain };
}

export function effectDays(days: KeptDays, newDay: string): { before: Record<string, string | null>; after: Record<string, string | null> } {
  return { before: dayAndGrain('planned_effect', days.planned_effect, days.planned_effect_grain), after: dayAndGrain('planned_effect', newDay, 'day') };
}

const move = handler(moveProject, {
  permission: 'projects.move',
  load: ({ tx, actor, input, now }) => loadSubject(tx, actor, input.id, now),
  version: (subject) => subject.project.version,
  decide: ({ subject, input, actor, now }) => decideMove({ to: input.to, day: input.day, works: input.statement?.works, waive: input.waive ?? [] }, deciding(subject, actor, now)),
  save: async ({ tx, changes, subject, input, actor, now }): Promise<Moved> => {
    const said = { works: input.statement?.works ?? null, note: input.statement?.note ?? null, reason: null };
    const version = await saveMove(tx, subject, changes, said, actor, now);
    return { id: input.id, version, stage: changes.to, stageDay: changes.day, sideState: null, waived: changes.waived.map((one) => one.condition) };
  },
  event: ({ subject, changes }) => movedEvent(subject, changes),
  newVersion: (output) => output.version,
});

const moveBack = handler(moveProjectBack, {
  permission: 'projects.move_back',
  load: ({ tx, actor, input, now }) => loadSubject(tx, actor, input.id, now),
  version: (subject) => subject.project.version,
  decide: ({ subject, input, actor, now }) => decideBack(input, deciding(subject, actor, now)),
  save: async ({ tx, changes, subject, input, actor, now }): Promise<Moved> => {
    await writeMove(tx, {
      projectId: input.id, from: subject.facts.stage, to: changes.to, side: null, day: now.day, backward: true, reason: input.reason.trim(), works: null, note: null, waived: [], evidence: [],
    }, actor, now.instant);
    const stageDay = await leaveStages(tx, input.id, changes.to, changes.cleared);
    const version = await touchProject(tx, input.id, now.instant);
    await keep(tx, [input.id], now);
    return { id: input.id, version, stage: changes.to, stageDay, sideState: null, waived: [] };
  },
  event: ({ subject, changes, output, input }) => ({
    kind: 'projects.moved_back', subjectType: 'project', subjectId: input.id, projectId: input.id,
    before: { stage: subject.facts.stage, stageDay: subject.facts.stageDay, ...Object.fromEntries(changes.cleared.flatMap((column) => Object.entries(dayAndGrain(column, subject.days[column], subject.days[`${column}_grain`])))) },
    after: { stage: changes.to, stageDay: output.stageDay, ...Object.fromEntries(changes.cleared.flatMap((column) => Object.entries(dayAndGrain(column, null, null)))) }, reason: input.reason.trim(),
  }),
  newVersion: (output) => output.version,
});

type AsideContract = typeof pauseProject | typeof removeProject | typeof terminateProject;

// Which permission is needed is data: the static one is the least of them, the rules' own is asked for in `allow`.
function aside(contract: AsideContract, side: SideCode, kind: string): CommandHandler {
  return handler<CommandContract<AsideContract['input'], AsideContract['output']>, Subject, { side: SideCode }>(contract, {
    permission: 'projects.move',
    load: ({ tx, actor, input, now }) => loadSubject(tx, actor, input.id, now),
    version: (subject) => subject.project.version,
    allow: (actor, subject) => allowed(actor, authorityOf(subject.rules, side, false)),
    decide: ({ subject, input, actor, now }) => decideSide({ side, day: input.day, reason: input.reason, evidenceId: input.evidenceId }, deciding(subject, actor, now)),
    save: ({ tx, subject, input, actor, now }) => saveSide(tx, subject, side, input, actor, now),
    event: ({ subject, input }) => ({
      kind, subjectType: 'project', subjectId: input.id, projectId: input.id, before: { sideState: subject.facts.side, sideReason: subject.days.side_reason },
      after: { sideState: side, sideReason: input.reason.trim(), day: input.day }, reason: input.reason.trim(),
    }),
    newVersion: (output) => output.version,
  });
}

const resume = handler(resumeProject, {
  permission: 'projects.move',
  load: ({ tx, actor, input, now }) => loadSubject(tx, actor, input.id, now),
  version: (subject) => subject.project.version,
  // A final state, or none, has no authority: the rules then say why it cannot be lifted.
  allow: (actor, subject) => {
    const authority = authorityOf(subject.rules, subject.facts.side, true);
    return authority === null || allowed(actor, authority);
  },
  decide: ({ subject, input, actor, now }) => decideResume(input, deciding(subject, actor, now)),
  save: ({ tx, subject, input, actor, now }) => saveSide(tx, subject, null, input, actor, now),
  event: ({ subject, changes, input }) => ({
    kind: 'projects.resumed', subjectType: 'project', subjectId: input.id, projectId: input.id,
    before: { sideState: changes.from, sideReason: subject.days.side_reason }, after: { sideState: null, sideReason: null, day: input.day }, reason: input.reason.trim(),
  }),
  newVersion: (output) => output.version,
});

async function saveSide(tx: Db, subject: Subject, side: SideCode | null, input: InputOf<typeof pauseProject>, actor: Actor, now: Now): Promise<Moved> {
  const { stage, stageDay } = subject.facts;
  const reason = input.reason.trim();
  await writeMove(tx, {
    projectId: input.id, from: stage, to: stage, side, day: input.day, backward: false, reason, works: null, note: null, waived: [], evidence: input.evidenceId === undefined ? [] : [input.evidenceId],
  }, actor, now.instant);
  await setSide(tx, input.id, side, side === null ? null : reason);
  const version = await touchProject(tx, input.id, now.instant);
  await keep(tx, [input.id], now);
  return { id: input.id, version, stage, stageDay, sideState: side, waived: [] };
}

function allowed(actor: Actor, authority: string | null): boolean {
  return authority !== null && may(actor, authority);
}

export const moveCommands: readonly CommandHandler[] = [
  move, moveBack, aside(pauseProject, 'paused', 'projects.paused'), aside(removeProject, 'removed', 'projects.removed'), aside(terminateProject, 'terminated', 'projects.terminated'), resume,
];
