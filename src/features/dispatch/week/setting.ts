// The rules of the week as a setting of the zone.
import { idFrom } from '../../../kernel/ids.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { lockSetting, saveSetting } from '../../../platform/settings.ts';
import { seesAll } from '../../projects/scope.ts';
import { readRules, WEEK_RULES } from '../duty.ts';
import { changeWeekRules } from './contract.ts';

const change = handler(changeWeekRules, {
  permission: 'dispatch.assign',
  load: async ({ tx }) => {
    const setting = await lockSetting(tx, WEEK_RULES);
    return { version: setting.version, rules: (await readRules(tx)).rules };
  },
  version: (subject) => subject.version,
  allow: seesAll,
  decide: ({ input }) => input.rules,
  save: async ({ tx, changes, actor, now }) => ({ version: await saveSetting(tx, WEEK_RULES, changes, actor.userId, now.instant) }),
  event: ({ subject, changes, input }) => ({ kind: 'dispatch.week_rules_changed', subjectType: 'setting', subjectId: idFrom('setting', WEEK_RULES), before: subject.rules, after: changes, reason: input.reason.trim() }),
  newVersion: (output) => output.version,
});

export const settingCommands: readonly CommandHandler[] = [change];
