// The life cycle as a setting: read it, see what a change would do to real projects, change it. The system's own rules never
// change by themselves, and a project keeps the stage that it has.
import { idFrom } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, readHandler, type CommandHandler, type QueryHandler } from '../../../platform/feature.ts';
import { saveSetting } from '../../../platform/settings.ts';
import { seesAll } from '../scope.ts';
import { changeLifecycle, getLifecycle, previewLifecycle } from './contract.ts';
import { gateOf, nextStages, type Facts } from './gates.ts';
import { SETTING, type Lifecycle, type StageCode } from './shape.ts';
import { faultsOf } from './sound.ts';
import { factsOf, lifecycleMeta, lockLifecycle, projectPage, readLifecycle } from './store.ts';

const SHOWN_CHANGES = 200; // more than anyone reads before deciding; the counts are of all
const PAGE = 1000;

const read = readHandler(getLifecycle, {
  permission: 'projects.read',
  read: async ({ db }) => {
    const [{ rules, version }, meta] = await Promise.all([readLifecycle(db), lifecycleMeta(db)]);
    return { rules, version, standard: version === 0, updatedAt: meta?.updated_at ?? null, updatedBy: meta?.name ?? null };
  },
});

const preview = handler(previewLifecycle, {
  permission: 'projects.rules',
  load: async ({ tx }) => readLifecycle(tx),
  allow: seesAll,
  decide: ({ input }) => ({ faults: faultsOf(input.rules) }),
  save: async ({ tx, changes, subject, input, now }) => {
    if (changes.faults.length > 0) return { faults: changes.faults, looked: 0, refused: 0, allowed: 0, changes: [] };
    return { faults: [], ...(await compare(tx, subject.rules, input.rules, now)) };
  },
  event: ({ output }) => ({
    kind: 'projects.lifecycle_previewed', subjectType: 'setting', subjectId: idFrom('setting', SETTING), after: { faults: output.faults.length, refused: output.refused, allowed: output.allowed },
  }),
});

const change = handler(changeLifecycle, {
  permission: 'projects.rules',
  load: async ({ tx }) => lockLifecycle(tx),
  version: (subject) => subject.version,
  allow: seesAll,
  decide: ({ input }) => {
    const faults = faultsOf(input.rules);
    if (faults.length > 0) {
      refuse('lifecycle.unsound', { count: faults.length, errors: faults.map((one) => ({ path: `rules.${one.path}`, rule: one.code, code: `lifecycle.fault_${one.code}`, params: { what: one.what } })) });
    }
    return input.rules;
  },
  save: async ({ tx, changes, actor, now }) => ({ version: await saveSetting(tx, SETTING, changes, actor.userId, now.instant) }),
  event: ({ subject, changes, input }) => ({
    kind: 'projects.lifecycle_changed', subjectType: 'setting', subjectId: idFrom('setting', SETTING), before: subject.rules, after: changes, reason: input.reason.trim(),
  }),
  newVersion: (output) => output.version,
});

type Change = { id: string; name: string; stage: StageCode; next: StageCode; before: 'open' | 'shut'; after: 'open' | 'shut'; conditions: string[] };

async function compare(db: Db, before: Lifecycle, after: Lifecycle, now: Now): Promise<{ looked: number; refused: number; allowed: number; changes: Change[] }> {
  const changes: Change[] = [];
  const sums = { looked: 0, refused: 0, allowed: 0 };
  for (let from = 0; ;) {
    const page = await projectPage(db, from, PAGE);
    const last = page.at(-1);
    if (last === undefined) return { ...sums, changes };
    from = last.seq;
    sums.looked += page.length;
    // Answers of other features are read under both, so that a condition that is new finds its answer too.
    const [old, fresh] = await Promise.all([factsOf(db, page.map((one) => one.id), before, now), factsOf(db, page.map((one) => one.id), after, now)]);
    for (const project of page) {
      for (const one of changesOf(old.get(project.id), fresh.get(project.id), before, after, now)) {
        sums[one.after === 'shut' ? 'refused' : 'allowed'] += 1;
        if (changes.length < SHOWN_CHANGES) changes.push({ id: project.id, name: project.name, ...one });
      }
    }
  }
}

function changesOf(old: Facts | undefined, fresh: Facts | undefined, before: Lifecycle, after: Lifecycle, now: Now): Omit<Change, 'id' | 'name'>[] {
  if (old === undefined || fresh === undefined) return [];
  const was = open(before, old, now);
  const is = open(after, fresh, now);
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((next) => {
    const a = was.get(next);
    const b = is.get(next);
    const [from, to] = [a?.length === 0, b?.length === 0];
    if (from === to) return [];
    return [{ stage: old.stage, next, before: from ? ('open' as const) : ('shut' as const), after: to ? ('open' as const) : ('shut' as const), conditions: (to ? a : b) ?? [] }];
  });
}

/** For each next stage the codes of the conditions that are missing today; what is declared at the move is not counted. */
function open(rules: Lifecycle, facts: Facts, now: Now): Map<StageCode, string[]> {
  return new Map(nextStages(rules, facts.kind, facts.stage).map((stage) => [
    stage.code, gateOf(rules, stage, facts, { day: now.day }).filter((one) => one.state === 'missing').map((one) => one.condition.code),
  ]));
}

export const settingCommands: readonly CommandHandler[] = [preview, change];
export const settingQueries: readonly QueryHandler[] = [read];
