// 八项行动 on the server: the programme of a year, its measures and quarter reports, and what is tagged with an action.
import { refuse } from '../../../kernel/refuse.ts';
import { may } from '../../../platform/actor.ts';
import { downloadHandler, handler, readHandler, type CommandHandler, type DownloadHandler, type QueryHandler } from '../../../platform/feature.ts';
import { lockProject, knows } from '../../projects/scope.ts';
import actions from '../data/actions.json' with { type: 'json' };
import { fileOf } from '../listing.ts';
import { PAGE, paging, pastOf } from '../reading.ts';
import { speaksFor, standingOf } from '../standing.ts';
import * as contract from './contract.ts';
import { exported, measureColumns } from './export.ts';
import { lineOf, listed, overview } from './lines.ts';
import { checkActions, checkReport, isOver, lateDays, quartersOf } from './rules.ts';
import * as store from './store.ts';

const KEEP = 'service.keep_programme';
const READ = 'service.read';

export const programmeCommands: readonly CommandHandler[] = [
  handler(contract.createProgramme, {
    permission: KEEP,
    load: async ({ tx, input }) => ({ taken: await store.yearTaken(tx, input.year) }),
    decide: ({ subject, input }) => {
      if (subject.taken) refuse('programme.year_taken', { year: input.year });
      checkActions(input.actions, []);
    },
    save: async ({ tx, input, now }) => {
      await store.insertProgramme(tx, input.id, input.year, input, now.instant);
      return { id: input.id, version: 1 };
    },
    event: ({ input }) => ({ kind: 'service.programme_created', subjectType: 'programme', subjectId: input.id, after: { year: input.year, name: input.nameZh } }),
    newVersion: (output) => output.version,
  }),
  handler(contract.editProgramme, {
    permission: KEEP,
    load: async ({ tx, input }) => {
      const found = await store.lockProgramme(tx, input.id);
      return found === undefined ? undefined : { ...found, used: await store.usedActions(tx, input.id) };
    },
    version: (subject) => subject.version,
    decide: ({ subject, input }) => checkActions(input.actions, subject.used),
    save: async ({ tx, input }) => ({ id: input.id, version: await store.updateProgramme(tx, input.id, input) }),
    event: ({ subject, input }) => ({ kind: 'service.programme_edited', subjectType: 'programme', subjectId: input.id, before: { name: subject.name_zh, dueDays: subject.due_days }, after: { name: input.nameZh, dueDays: input.dueDays } }),
    newVersion: (output) => output.version,
  }),
  handler(contract.addMeasure, {
    permission: KEEP,
    load: async ({ tx, input }) => {
      const found = await store.lockProgramme(tx, input.programmeId);
      return found === undefined ? undefined : { ...found, actions: await store.actionsOf(tx, input.programmeId) };
    },
    decide: ({ subject, input }) => {
      if (!subject.actions.some((one) => one.code === input.action)) refuse('programme.action_unknown', { action: input.action });
    },
    save: async ({ tx, input, now }) => {
      await store.insertMeasure(tx, input, now.day);
      return { id: input.id, version: 1 };
    },
    event: ({ input }) => ({ kind: 'service.measure_added', subjectType: 'measure', subjectId: input.id, after: { text: input.text, action: input.action, target: input.target, dueDay: input.dueDay } }),
    newVersion: (output) => output.version,
  }),
  handler(contract.editMeasure, {
    permission: KEEP,
    load: async ({ tx, input }) => store.lockMeasure(tx, input.id),
    version: (subject) => subject.version,
    decide: ({ subject }) => {
      if (subject.withdrawn_day !== null) refuse('programme.withdrawn', {});
    },
    save: async ({ tx, input }) => ({ id: input.id, version: await store.updateMeasure(tx, input.id, input) }),
    event: ({ subject, input }) => ({ kind: 'service.measure_edited', subjectType: 'measure', subjectId: input.id, before: { text: subject.text, target: subject.target, dueDay: subject.due_day }, after: { text: input.text, target: input.target, dueDay: input.dueDay }, reason: input.note }),
    newVersion: (output) => output.version,
  }),
  handler(contract.withdrawMeasure, {
    permission: KEEP,
    load: async ({ tx, input }) => store.lockMeasure(tx, input.id),
    version: (subject) => subject.version,
    decide: ({ subject }) => {
      if (subject.withdrawn_day !== null) refuse('programme.withdrawn', {});
    },
    save: async ({ tx, input, now }) => ({ id: input.id, version: await store.withdrawMeasure(tx, input.id, now.day) }),
    event: ({ subject, input }) => ({ kind: 'service.measure_withdrawn', subjectType: 'measure', subjectId: input.id, before: { text: subject.text }, reason: input.reason }),
    newVersion: (output) => output.version,
  }),
  handler(contract.reportMeasure, {
    permission: 'service.match',
    load: async ({ tx, actor, input }) => {
      const found = await store.lockMeasure(tx, input.measureId);
      return found === undefined ? undefined : { ...found, own: speaksFor(await standingOf(tx, actor), found.org_id) };
    },
    allow: (actor, subject) => subject.own || may(actor, KEEP),
    decide: ({ subject, input, now }) => {
      const quarter = quartersOf(subject.year, subject.due_days).find((one) => one.quarter === input.quarter) ?? refuse('platform.not_found', {});
      const earlier = subject.reports.filter((one) => one.quarter < input.quarter && one.state === 'approved').at(-1)?.value ?? null;
      checkReport(subject, quarter, subject.reports.find((one) => one.quarter === input.quarter), earlier, input.value, now.day);
      const first = subject.reports.find((one) => one.quarter === input.quarter)?.first_day ?? now.day;
      return { due: quarter.due, late: lateDays({ first_day: first, due_day: quarter.due }) > 0 };
    },
    save: async ({ tx, input, changes, actor, now }) => {
      await store.writeReport(tx, { ...input, due: changes.due }, actor, now);
      const found = (await store.reportsOf(tx, input.measureId)).find((one) => one.quarter === input.quarter);
      return { id: found?.id ?? input.id, late: changes.late };
    },
    event: ({ input, changes }) => ({ kind: 'service.measure_reported', subjectType: 'measure', subjectId: input.measureId, after: { quarter: input.quarter, value: input.value, late: changes.late } }),
  }),
  handler(contract.decideReport, {
    permission: KEEP,
    load: async ({ tx, input }) => store.lockReport(tx, input.id),
    version: (subject) => subject.version,
    decide: ({ subject, input, actor }) => {
      if (subject.state !== 'submitted') refuse('programme.decided', {});
      // Nobody approves what he has reported himself.
      if (input.approve && !actor.isSystem && subject.by_id === actor.userId) refuse('programme.own_report', {});
      if (!input.approve && input.reason === undefined) refuse('programme.reason_needed', { errors: [{ path: 'reason', code: 'programme.reason_needed', params: {} }] });
    },
    save: async ({ tx, input, actor, now }) => ({ id: input.id, version: await store.decide(tx, input.id, input.approve, input.reason ?? null, actor, now.day) }),
    event: ({ subject, input }) => ({ kind: input.approve ? 'service.report_approved' : 'service.report_returned', subjectType: 'measure', subjectId: subject.measure_id, after: { quarter: subject.quarter, value: subject.value }, ...(input.reason === undefined ? {} : { reason: input.reason }) }),
    newVersion: (output) => output.version,
  }),
  handler(contract.tagProject, {
    permission: 'projects.edit',
    load: async ({ tx, actor, input }) => {
      const found = await lockProject(tx, actor, input.id);
      return found === undefined ? undefined : { id: found.id, before: await store.tags(tx, input.id) };
    },
    decide: ({ input }) => {
      const unknown = input.actions.find((code) => !actions.some((one) => one.code === code));
      if (unknown !== undefined) refuse('programme.action_unknown', { action: unknown });
    },
    save: async ({ tx, input, actor, now }) => {
      await store.tag(tx, input.id, input.actions, actor, now.day);
      return { id: input.id, actions: input.actions };
    },
    event: ({ subject, input }) => ({ kind: 'service.project_tagged', subjectType: 'project', subjectId: input.id, projectId: input.id, before: { actions: subject.before }, after: { actions: input.actions } }),
  }),
];

export const programmeQueries: readonly QueryHandler[] = [
  readHandler(contract.readProgramme, {
    permission: READ,
    read: async ({ db, actor, input, now }) => {
      const [years, programme] = await Promise.all([store.years(db), store.programmeOf(db, input.year, Number(now.day.slice(0, 4)))]);
      const common = { years, day: now.day, mayKeep: may(actor, KEEP) };
      if (programme === undefined) return { ...common, programme: null, actions: [], quarters: [] };
      const { id, version, year, name_zh: nameZh, name_en: nameEn, due_days: dueDays } = programme;
      return { ...common, programme: { id, version, year, nameZh, nameEn, dueDays }, ...(await overview(db, actor, programme, now.day)) };
    },
  }),
  readHandler(contract.listMeasures, { permission: READ, read: async ({ db, actor, input: { after, limit = PAGE, ...filter }, now }) => listed(db, actor, filter, after, limit, now.day) }),
  readHandler(contract.readMeasure, {
    permission: READ,
    read: async ({ db, actor, input, now }) => {
      const standing = await standingOf(db, actor);
      const row = (await store.measure(db, input.id)) ?? refuse('platform.not_found', {});
      const [reports, history] = await Promise.all([store.reportsOf(db, input.id), pastOf(db, input.id)]);
      return {
        measure: lineOf(row, now.day, actor, standing), actionZh: row.action_zh, actionEn: row.action_en, withdrawnDay: row.withdrawn_day, mayKeep: may(actor, KEEP), history,
        quarters: quartersOf(row.year, row.due_days).map((one) => ({ ...one, open: isOver(one, now.day) })),
        reports: reports.map((one) => ({
          id: one.id, version: one.version, quarter: one.quarter, value: one.value, text: one.text, dueDay: one.due_day, day: one.day, firstDay: one.first_day, lateDays: lateDays(one), by: one.by, state: one.state, decidedDay: one.decided_day, decidedBy: one.decided_by, reason: one.reason,
        })),
      };
    },
  }),
  readHandler(contract.projectActions, {
    permission: READ,
    read: async ({ db, actor, input }) => {
      if (!(await knows(db, actor, input.id))) refuse('platform.not_found', {});
      const tagged = await store.tags(db, input.id);
      return { actions: actions.map((one) => ({ ...one, tagged: tagged.includes(one.code) })), mayTag: may(actor, 'projects.edit') };
    },
  }),
  readHandler(contract.actionProjects, {
    permission: READ,
    read: async ({ db, actor, input: { action, after, limit = PAGE } }) => {
      const { rows, total } = await store.taggedProjects(db, actor, action, after, limit + 1);
      return { ...paging(rows, limit, (row) => row, (row) => `${row.action}~${row.id}`), total };
    },
  }),
];

export const programmeDownloads: readonly DownloadHandler[] = [
  downloadHandler(contract.exportMeasures, {
    permission: READ,
    make: async ({ db, actor, input: { format, ...filter }, now }) => fileOf({ ...exported(now.day), format, day: now.day, columns: measureColumns, read: (after) => listed(db, actor, filter, after, PAGE, now.day) }),
  }),
];
