// Contractors' schedules 施工进度: a file becomes a version of the project's schedule, computed again, with what differs and why. Whoever may
// know the project may read; importing has a permission of its own. A version is never changed; withdrawn ones stay in the list.
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { downloadHandler, feature, handler, readHandler, type Env, type EventRecord } from '../../../platform/feature.ts';
import { cleanName } from '../../../platform/upload.ts';
import * as contract from './contract.ts';
import { exportIcalendar, exportMspdi } from './exports.ts';
import { readFile, type Kept } from './reading.ts';
import * as rules from './rules.ts';
import { shownLosses, shownTask } from './shown.ts';
import * as store from './store.ts';

const IMPORT = 'approvals.import_schedule';
/** Declared by planning: who answers for agreed plans answers for the baseline too. */
const PLAN = 'approvals.plan';
const PAGE = 300;

export const schedules = feature('approvals.schedules', {
  permissions: [IMPORT],
  queries: [
    readHandler(contract.getSchedule, {
      permission: 'projects.read',
      read: async ({ db, actor, input, now }) => {
        const project = (await store.readProject(db, actor, input.id)) ?? refuse('platform.not_found', {});
        const versions = await store.versionsOf(db, project.id);
        const about = { ...project, day: now.day, can: { import: may(actor, IMPORT), plan: may(actor, PLAN) } };
        const version = input.schedule === undefined ? versions.find((one) => one.current) : (versions.find((one) => one.id === input.schedule) ?? refuse('platform.not_found', {}));
        const base = input.against === undefined ? versions.find((one) => one.baseline) : (versions.find((one) => one.id === input.against) ?? refuse('platform.not_found', {}));
        if (version === undefined) return { ...about, schedule: null, baseline: null, depth: 0, found: 0, first: null, last: null, items: [], next: null, losses: [] };
        const against = rules.againstOf(version, base);
        const limit = input.limit ?? PAGE;
        const [details, counts, rows, matched] = await Promise.all([
          store.readDetails(db, version.id), store.countRows(db, version.id, against, input), store.readRows(db, version.id, against, input, limit + 1),
          against === null ? null : store.countMatched(db, version.id, against),
        ]);
        const last = rows.length > limit ? rows[limit - 1] : undefined;
        return {
          ...about, schedule: version, ...counts, losses: shownLosses(details.losses), items: rows.slice(0, limit).map((row) => shownTask(row, details.dayMinutes)), next: last === undefined ? null : String(last.place),
          baseline: base !== undefined ? { of: 'version' as const, number: base.number, finish: base.finish, chosen: input.against !== undefined, matched, by: against?.by ?? null }
            : details.fileBaseline === null ? null : { of: 'file' as const, number: null, finish: details.fileBaseline, chosen: false, matched: null, by: null },
        };
      },
    }),
    readHandler(contract.scheduleVersions, {
      permission: 'projects.read',
      read: async ({ db, actor, input }) => {
        const project = (await store.readProject(db, actor, input.id)) ?? refuse('platform.not_found', {});
        return { ...project, items: await store.versionsOf(db, project.id) };
      },
    }),
  ],
  commands: [
    handler(contract.importSchedule, {
      permission: IMPORT,
      // The file is read and computed before anything is locked; under the lock it is only stored.
      prepare: ({ db, actor, input, env }) => prepared(db, actor, input, env),
      load: async ({ tx, actor, input, prepared: kept }) => {
        const subject = await store.lockSubject(tx, actor, input.id);
        return subject === undefined ? undefined : { ...subject, kept };
      },
      decide: ({ subject, input }) => {
        const known = rules.knownVersion(subject.versions, input.sha256);
        if (known !== undefined) return { known, number: known.number };
        // It was known when the file was to be read, and was withdrawn meanwhile.
        if (subject.kept === undefined) refuse('platform.conflict', { command: contract.importSchedule.name });
        return { kept: subject.kept, number: rules.nextNumber(subject.versions) };
      },
      save: async ({ tx, changes: { known, kept, number }, input, actor, now }) => {
        if (known !== undefined) return { id: known.id, number, known: true, current: known.current, tasks: known.tasks, differing: known.differing, losses: known.losses };
        if (kept === undefined) throw new Error('decided without a file');
        const { summary, rows } = kept;
        await store.writeVersion(tx, { id: input.scheduleId, projectId: input.id, number, sha256: input.sha256, fileName: cleanName(input.fileName), summary, by: actor.userId, at: now.instant }, rows);
        return { id: input.scheduleId, number, known: false, current: true, tasks: summary.taskCount, differing: summary.differingCount, losses: summary.lossCount };
      },
      event: ({ changes: { known, kept, number }, input }) => (known !== undefined || kept === undefined ? [] : about(input.scheduleId, input.id, 'approvals.schedule_imported', {
        after: { scheduleVersion: number, fileName: cleanName(input.fileName), sha256: input.sha256, format: kept.summary.format, tasks: kept.summary.taskCount, differing: kept.summary.differingCount, finish: kept.summary.finish },
      })),
    }),
    handler(contract.setScheduleBaseline, {
      permission: PLAN,
      load: ({ tx, actor, input }) => store.lockByVersion(tx, actor, input.id),
      decide: ({ subject }) => rules.decideBaseline(subject.versions, subject.version),
      save: async ({ tx, subject, changes }) => {
        await store.writeBaseline(tx, subject.projectId, subject.version.id);
        return { id: subject.version.id, number: subject.version.number, before: changes.before };
      },
      event: ({ subject, changes, input }) => about(subject.version.id, subject.projectId, 'approvals.schedule_baseline_set', { before: { scheduleBaseline: changes.before }, after: { scheduleBaseline: subject.version.number }, reason: input.reason }),
    }),
    handler(contract.withdrawSchedule, {
      permission: IMPORT,
      load: ({ tx, actor, input }) => store.lockByVersion(tx, actor, input.id),
      allow: (actor, { version }) => may(actor, PLAN) || version.importedById === actor.userId,
      decide: ({ subject }) => rules.decideWithdrawal(subject.versions, subject.version),
      save: async ({ tx, subject, changes, input, actor, now }) => {
        await store.writeWithdrawal(tx, subject.version.id, actor.userId, now.instant, input.reason);
        return { id: subject.version.id, number: subject.version.number, current: changes.current };
      },
      event: ({ subject, changes, input }) => about(subject.version.id, subject.projectId, 'approvals.schedule_withdrawn', { before: { scheduleVersion: subject.version.number }, after: { scheduleVersion: changes.current }, reason: input.reason }),
    }),
  ],
  downloads: [
    downloadHandler(contract.exportMspdi, { permission: 'projects.read', make: exportMspdi }),
    downloadHandler(contract.exportIcalendar, { permission: 'projects.read', make: exportIcalendar }),
  ],
});

/** Undefined where there is nothing to read: the project is not the actor's, or has this very file already. */
async function prepared(db: Db, actor: Actor, { id, sha256 }: { readonly id: string; readonly sha256: string }, env: Env): Promise<Kept | undefined> {
  const project = await store.readProject(db, actor, id);
  if (project === undefined || rules.knownVersion(await store.versionsOf(db, id), sha256) !== undefined) return undefined;
  if (!(await store.mayUse(db, actor, id, sha256))) return refuse('schedules.no_upload');
  return readFile(env.files.pathOf(sha256));
}

function about(scheduleId: string, projectId: string, kind: string, rest: Pick<EventRecord, 'before' | 'after' | 'reason'>): EventRecord {
  return { kind, subjectType: 'approvals_schedule', subjectId: scheduleId, projectId, ...rest };
}
