// Warnings on the server: reading lights, previewing and changing the rules. Lights themselves are kept by keep.ts.
import { idFrom } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { feature, handler, readHandler } from '../../../platform/feature.ts';
import { lockSetting, readSetting, saveSetting } from '../../../platform/settings.ts';
import { readGround, WARNING_RULES } from '../data.ts';
import { keep, previewLights } from '../keep.ts';
import { lockAllProjects, seesAll } from '../scope.ts';
import { changeWarningRules, countLights, listLights, previewWarningRules, readWarningRules } from './contract.ts';
import { ruleFaults } from './rules.ts';
import { lightCounts, lights, projectsByLight } from './store.ts';

const SHOWN_CHANGES = 200;

export const warnings = feature('projects.warnings', {
  permissions: ['projects.rules'],
  queries: [
    readHandler(listLights, {
      permission: 'projects.read',
      read: async ({ actor, input, db }) => {
        const limit = input.limit ?? 50;
        const rows = await lights(db, actor, input, limit + 1);
        const items = rows.slice(0, limit);
        const last = items.at(-1);
        return { items, next: rows.length > limit && last !== undefined ? `${last.level}~${last.since}~${last.id}` : null };
      },
    }),
    readHandler(countLights, {
      permission: 'projects.read',
      read: async ({ actor, db }) => ({ items: await lightCounts(db, actor), projects: await projectsByLight(db, actor) }),
    }),
    readHandler(readWarningRules, {
      permission: 'projects.read',
      read: async ({ db, now }) => {
        const [ground, setting] = await Promise.all([readGround(db, now), readSetting(db, WARNING_RULES)]);
        return { rules: ground.rules.rules, version: setting?.version ?? 0 };
      },
    }),
  ],
  commands: [
    handler(previewWarningRules, {
      permission: 'projects.rules',
      load: async () => ({}),
      allow: seesAll,
      decide: ({ input }) => ({ faults: ruleFaults(input.rules) }),
      save: async ({ tx, input, changes, now }) => {
        if (changes.faults.length > 0) return { faults: changes.faults, projects: 0, more: 0, less: 0, changes: [], counts: [] };
        const preview = await previewLights(tx, input.rules, now);
        return {
          faults: [], projects: new Set(preview.changes.map((one) => one.projectId)).size, more: preview.changes.filter((one) => one.after > one.before).length,
          less: preview.changes.filter((one) => one.after < one.before).length, changes: preview.changes.slice(0, SHOWN_CHANGES), counts: preview.counts,
        };
      },
      event: ({ output }) => ({ kind: 'projects.warning_rules_previewed', subjectType: 'setting', subjectId: idFrom('setting', WARNING_RULES), after: { projects: output.projects, more: output.more, less: output.less } }),
    }),
    handler(changeWarningRules, {
      permission: 'projects.rules',
      load: async ({ tx, now }) => ({ setting: await lockSetting(tx, WARNING_RULES), ground: await readGround(tx, now) }),
      version: (subject) => subject.setting.version,
      allow: seesAll,
      decide: ({ input }) => {
        const faults = ruleFaults(input.rules);
        if (faults.length > 0) refuse('warnings.warning_rules_faulty', { errors: faults.map((one) => ({ path: `rules.${one.rule}`, rule: one.fault, params: {}, code: `warnings.rule_${one.fault}` })) });
        return { rules: input.rules };
      },
      save: async ({ tx, changes, actor, now }) => {
        const version = await saveSetting(tx, WARNING_RULES, changes, actor.userId, now.instant);
        const ids = await lockAllProjects(tx);
        await keep(tx, ids, now);
        return { version, projects: ids.length };
      },
      event: ({ subject, changes, input }) => ({
        kind: 'projects.warning_rules_changed', subjectType: 'setting', subjectId: idFrom('setting', WARNING_RULES), before: { rules: subject.ground.rules.rules }, after: changes, reason: input.reason,
      }),
      newVersion: (output) => output.version,
    }),
  ],
});
