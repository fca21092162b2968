// The year that lists, sums, lights and reports show. On 1 January the office still finishes the reports of last year: it says how long that
// year is shown. Without its word it is the year of the calendar. Every derived value follows in the same transaction.
import { yearOf } from '../../../kernel/days.ts';
import { idFrom } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { handler, readHandler } from '../../../platform/feature.ts';
import { lockSetting, readSetting, saveSetting } from '../../../platform/settings.ts';
import { FOCUS_YEAR } from '../data.ts';
import { keep } from '../keep.ts';
import { lockAllProjects, seesAll } from '../scope.ts';
import * as contract from './contract.ts';

const BACK = 10; // reports of older years are read in the record of the project, not shown as the year of the zone

export const focusQuery = readHandler(contract.getFocusYear, {
  permission: 'projects.read',
  read: async ({ db, now }) => {
    const setting = await readSetting(db, FOCUS_YEAR);
    const set = setYear(setting?.value);
    return { year: set ?? yearOf(now.day), set, calendarYear: yearOf(now.day), version: setting?.version ?? 0 };
  },
});

export const focusCommand = handler(contract.changeFocusYear, {
  permission: 'projects.rules',
  load: async ({ tx }) => lockSetting(tx, FOCUS_YEAR),
  version: (subject) => subject.version,
  allow: seesAll,
  decide: ({ subject, input, now }) => {
    const current = yearOf(now.day);
    if (input.year !== null && (input.year > current + 1 || input.year < current - BACK)) refuse('reports.focus_year_far', { errors: [{ path: 'year', code: 'reports.focus_year_far', params: { from: current - BACK, to: current + 1 } }], from: current - BACK, to: current + 1 });
    if (input.year === setYear(subject.value)) refuse('reports.unchanged', {});
    return { year: input.year };
  },
  save: async ({ tx, changes, actor, now }) => {
    const version = await saveSetting(tx, FOCUS_YEAR, changes.year, actor.userId, now.instant);
    const ids = await lockAllProjects(tx);
    await keep(tx, ids, now);
    return { version, year: changes.year ?? yearOf(now.day), projects: ids.length };
  },
  newVersion: (output) => output.version,
  event: ({ subject, changes, input }) => ({ kind: 'projects.focus_year_changed', subjectType: 'setting', subjectId: idFrom('setting', FOCUS_YEAR), before: { year: setYear(subject.value) }, after: changes, reason: input.reason.trim() }),
});

function setYear(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
