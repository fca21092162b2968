// Milestones 节点: the plan of a project, forecast and actual days, baselines that stay frozen, and the Gantt over many projects.
// Each change is versioned by the project; lights of milestones are kept in the same transaction.
import { idFrom } from '../../../kernel/ids.ts';
import { daysBetween } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Now } from '../../../kernel/clock.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { settled, type Db } from '../../../platform/db.ts';
import { feature, handler, readHandler, type EventRecord } from '../../../platform/feature.ts';
import { changesSince } from '../../../platform/history.ts';
import { lockSetting, readSetting, saveSetting } from '../../../platform/settings.ts';
import { checker } from '../../../platform/validate.ts';
import { keep } from '../keep.ts';
import { seesAll, touchProject } from '../scope.ts';
import * as contract from './contract.ts';
import standardTemplates from './data/templates.json' with { type: 'json' };
import * as rules from './rules.ts';
import * as store from './store.ts';

export const TEMPLATES = 'projects.milestone_templates';
const DUE_LIMIT = 100;
const GANTT_PAGE = 200;

const checkTemplates = checker(contract.Templates);

export const plan = feature('projects.plan', {
  permissions: ['projects.plan', 'projects.baseline'],
  queries: [
    readHandler(contract.listMilestones, {
      permission: 'projects.read',
      read: async ({ db, actor, input, now }) => {
        const found = (await store.readPlan(db, actor, input.id)) ?? refuse('platform.not_found', {});
        return {
          id: input.id, version: found.version, day: now.day, baselines: [...found.baselines],
          items: found.milestones.map((one) => ({ ...one, ...rules.standing(one, now.day), slipFirstDays: one.firstDay === null ? null : daysBetween(one.firstDay, rules.standing(one, now.day).expectedDay) })),
          weights: rules.weightsOf(found.milestones, now.day),
          can: { plan: may(actor, 'projects.plan'), baseline: may(actor, 'projects.baseline') },
        };
      },
    }),
    readHandler(contract.proposeMilestones, {
      permission: 'projects.read',
      read: async ({ db, actor, input }) => {
        const found = (await store.readPlan(db, actor, input.id)) ?? refuse('platform.not_found', {});
        const { templates } = await readTemplates(db);
        return { kind: found.kind, ...rules.propose(templates[found.kind], found.days) };
      },
    }),
    readHandler(contract.ganttProjects, {
      permission: 'projects.read',
      read: async ({ db, actor, input, now }) => {
        if (input.after !== undefined && !/^\d{1,9}$/.test(input.after)) badCursor();
        const limit = input.limit ?? GANTT_PAGE;
        const rows = await store.gantt(db, actor, input, limit + 1, now);
        const last = rows.length > limit ? rows[limit - 1] : undefined;
        return { items: rows.slice(0, limit).map(({ seq: _seq, ...row }) => row), next: last === undefined ? null : String(last.seq), day: now.day };
      },
    }),
    readHandler(contract.dueMilestones, {
      permission: 'projects.read',
      read: async ({ db, actor, input, now }) => {
        if (input.after !== undefined && !/^\d{4}-\d{2}-\d{2}~[0-9a-f-]{36}$/.test(input.after)) badCursor();
        const limit = input.limit ?? DUE_LIMIT;
        const [rows, counts] = await Promise.all([store.due(db, actor, input, limit + 1), store.dueCounts(db, actor, input, now.day)]);
        const last = rows.length > limit ? rows[limit - 1] : undefined;
        return {
          items: rows.slice(0, limit).map((row) => {
            const { overdueDays, slipPlanDays } = rules.standing({ ...row, actualDay: null }, now.day);
            return { ...row, overdueDays, slipDays: slipPlanDays };
          }),
          ...counts, next: last === undefined ? null : `${last.plannedDay}~${last.id}`, day: now.day,
        };
      },
    }),
    readHandler(contract.getTemplates, { permission: 'projects.read', read: async ({ db }) => readTemplates(db) }),
  ],
  commands: [
    handler(contract.setMilestones, {
      ...versioned('projects.plan'),
      decide: ({ subject, input }) => {
        const decided = rules.decideSet(subject.milestones, input.milestones);
        return decided.added.length + decided.changed.length === 0 ? refuse('plan.unchanged', {}) : decided;
      },
      save: async ({ tx, changes, subject, now }) => {
        await store.writeMilestones(tx, subject.id, changes.added);
        await store.updateMilestones(tx, subject.id, changes.changed.map((one) => one.after));
        return changed(tx, subject.id, now);
      },
      event: ({ subject, changes }) => about(subject.id, 'projects.milestones_set', changes.changed.map((one) => told(one.before)), [...changes.added, ...changes.changed.map((one) => one.after)].map(told)),
    }),
    handler(contract.addMilestone, {
      ...versioned('projects.plan'),
      decide: ({ subject, input: { id: _project, milestoneId, ...rest } }) => {
        if (subject.milestones.some((one) => one.id === milestoneId)) refuse('plan.doubled', { name: rest.name });
        return rules.decideSet(subject.milestones, [{ id: milestoneId, ...rest }]).added;
      },
      save: async ({ tx, changes, subject, now }) => {
        await store.writeMilestones(tx, subject.id, changes);
        return changed(tx, subject.id, now);
      },
      event: ({ subject, changes }) => about(subject.id, 'projects.milestone_added', undefined, changes.map(told)),
    }),
    handler(contract.editMilestone, {
      ...versioned('projects.plan'),
      decide: ({ subject, input: { id: _project, milestoneId, ...edit } }) => {
        const before = find(subject, milestoneId);
        return { before, after: rules.decideEdit(before, edit) };
      },
      save: async ({ tx, changes, subject, now }) => {
        const [, output] = await settled([store.updateMilestones(tx, subject.id, [changes.after]), changed(tx, subject.id, now)]);
        return output;
      },
      event: ({ subject, changes }) => about(subject.id, 'projects.milestone_edited', [told(changes.before)], [told(changes.after)]),
    }),
    handler(contract.forecastMilestone, {
      ...versioned('projects.plan'),
      decide: ({ subject, input, now }) => {
        const before = find(subject, input.milestoneId);
        return { before, after: { ...before, forecastDay: rules.decideForecast(before, input.forecastDay, now.day) } };
      },
      save: async ({ tx, changes, subject, now }) => {
        const [, output] = await settled([store.updateMilestones(tx, subject.id, [changes.after]), changed(tx, subject.id, now)]);
        return output;
      },
      event: ({ subject, changes, input }) => about(subject.id, 'projects.milestone_forecast', [told(changes.before)], [told(changes.after)], input.reason),
    }),
    handler(contract.completeMilestone, {
      ...versioned('projects.plan'),
      decide: ({ subject, input, now }) => {
        const before = find(subject, input.milestoneId);
        const note = input.note?.trim();
        return { before, after: { ...before, actualDay: rules.decideComplete(before, input.actualDay, now.day), ...(note === undefined || note === '' ? {} : { note }) } };
      },
      save: async ({ tx, changes, subject, input, now }) => {
        const papers = [...new Set(input.evidenceIds ?? [])];
        const [, proved, output] = await settled([
          store.updateMilestones(tx, subject.id, [changes.after]), papers.length === 0 ? 0 : store.proveMilestone(tx, subject.id, input.milestoneId, papers), changed(tx, subject.id, now),
        ]);
        if (proved !== papers.length) refuse('plan.evidence_unknown', {});
        return output;
      },
      event: ({ subject, changes, input }) => about(subject.id, 'projects.milestone_completed', [told(changes.before)], [{ ...told(changes.after), ...(input.evidenceIds === undefined ? {} : { evidenceIds: input.evidenceIds }) }]),
    }),
    handler(contract.reopenMilestone, {
      ...versioned('projects.plan'),
      decide: ({ subject, input }) => {
        const before = find(subject, input.milestoneId);
        rules.decideReopen(before);
        return { before, after: { ...before, actualDay: null } };
      },
      save: async ({ tx, changes, subject, now }) => {
        const [, output] = await settled([store.updateMilestones(tx, subject.id, [changes.after]), changed(tx, subject.id, now)]);
        return output;
      },
      event: ({ subject, changes, input }) => about(subject.id, 'projects.milestone_reopened', [told(changes.before)], [told(changes.after)], input.reason),
    }),
    handler(contract.removeMilestone, {
      ...versioned('projects.plan'),
      decide: ({ subject, input }) => {
        const before = find(subject, input.milestoneId);
        rules.decideRemove(before, input.reason);
        return before;
      },
      save: async ({ tx, changes, subject, now }) => {
        await store.removeMilestone(tx, changes.id, now.instant);
        return changed(tx, subject.id, now);
      },
      event: ({ subject, changes, input }) => about(subject.id, 'projects.milestone_removed', [told(changes)], undefined, input.reason),
    }),
    handler(contract.freezeBaseline, {
      ...versioned('projects.baseline'),
      decide: ({ subject, input }) => {
        rules.decideFreeze(subject.milestones, subject.baselines);
        return { number: 1, name: input.name?.trim() ?? '' };
      },
      save: async ({ tx, changes, subject, input, actor, now }) => {
        await store.freeze(tx, { id: input.baselineId, projectId: subject.id, number: changes.number, name: changes.name, reason: input.reason, by: actor.userId, at: now.instant, day: now.day });
        return { ...(await changed(tx, subject.id, now)), baselineId: input.baselineId, number: changes.number };
      },
      event: ({ subject, changes, input }) => ({
        ...about(subject.id, 'projects.baseline_frozen', undefined, subject.milestones.map(told), input.reason), after: { baseline: changes.number, name: changes.name, milestones: subject.milestones.map(told) },
      }),
    }),
    handler(contract.rebaseline, {
      ...versioned('projects.baseline'),
      decide: ({ subject, input }) => ({ moved: rules.decideRebaseline(subject.milestones, subject.baselines, input.changes), number: subject.baselines + 1, name: input.name?.trim() ?? '' }),
      save: async ({ tx, changes, subject, input, actor, now }) => {
        await store.updateMilestones(tx, subject.id, changes.moved.map((one) => one.after));
        await store.freeze(tx, { id: input.baselineId, projectId: subject.id, number: changes.number, name: changes.name, reason: input.reason, by: actor.userId, at: now.instant, day: now.day });
        return { ...(await changed(tx, subject.id, now)), baselineId: input.baselineId, number: changes.number };
      },
      event: ({ subject, changes, input }) => ({
        ...about(subject.id, 'projects.rebaselined', undefined, undefined, input.reason),
        before: { baseline: changes.number - 1, milestones: changes.moved.map((one) => told(one.before)) }, after: { baseline: changes.number, name: changes.name, milestones: changes.moved.map((one) => told(one.after)) },
      }),
    }),
    handler(contract.changeTemplates, {
      permission: 'projects.rules',
      load: async ({ tx }) => lockSetting(tx, TEMPLATES),
      version: (subject) => subject.version,
      allow: seesAll,
      decide: ({ input }) => input.templates,
      save: async ({ tx, changes, actor, now }) => ({ version: await saveSetting(tx, TEMPLATES, changes, actor.userId, now.instant) }),
      newVersion: (output) => output.version,
      event: ({ subject, changes, input }) => ({ kind: 'projects.milestone_templates_changed', subjectType: 'setting', subjectId: idFrom('setting', TEMPLATES), before: subject.value ?? standardTemplates, after: changes, reason: input.reason }),
    }),
  ],
});

/** What the commands on one project's plan have in common. */
function versioned(permission: string) {
  return {
    permission,
    load: ({ tx, actor, input }: { tx: Db; actor: Actor; input: { readonly id: string } }) => store.lockPlan(tx, actor, input.id),
    version: (subject: store.Plan) => subject.version,
    newVersion: (output: { readonly version: number }) => output.version,
    staleDetails: async ({ tx, subject, sent }: { tx: Db; subject: store.Plan; sent: number }) => ({ changes: await changesSince(tx, subject.id, sent) }),
  };
}

async function changed(tx: Db, id: string, now: Now): Promise<{ id: string; version: number }> {
  const version = await touchProject(tx, id, now.instant);
  await keep(tx, [id], now);
  return { id, version };
}

function find(subject: store.Plan, id: string): rules.Stored {
  return subject.milestones.find((one) => one.id === id) ?? refuse('plan.unknown', {});
}

/** A milestone as history tells it: without what is empty and without its place in the list. */
function told(one: rules.Values): Record<string, unknown> {
  const { id, name, kind, plannedFrom, plannedDay, forecastDay, actualDay, weight, note } = one;
  return Object.fromEntries(Object.entries({ id, name, kind, plannedFrom, plannedDay, forecastDay, actualDay, weight, note }).filter(([, value]) => value !== null));
}

function about(id: string, kind: string, before: readonly unknown[] | undefined, after: readonly unknown[] | undefined, reason?: string): EventRecord {
  const list = (some: readonly unknown[] | undefined): { milestones: readonly unknown[] } | undefined => (some === undefined || some.length === 0 ? undefined : { milestones: some });
  const [was, is] = [list(before), list(after)];
  return { kind, subjectType: 'project', subjectId: id, projectId: id, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }), ...(reason === undefined ? {} : { reason }) };
}

async function readTemplates(db: Db): Promise<{ templates: contract.Templates; version: number }> {
  const setting = await readSetting(db, TEMPLATES);
  return { templates: checkTemplates(setting?.value ?? standardTemplates), version: setting?.version ?? 0 };
}

function badCursor(): never {
  return refuse('platform.invalid', { errors: [{ path: 'after', rule: 'cursor', params: {} }] });
}
