// Monthly reports 月报: report, correct with a reason, withdraw, the opening of a ledger, the board of a month, reminders, the calendar.
// A month locks on its day; what was said before always stays in the history. Sums and lights are kept in the same transaction.
import { idFrom, newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { lastDay, monthsFrom, yearOf } from '../../../kernel/days.ts';
import type { Now } from '../../../kernel/clock.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { settled, type Db } from '../../../platform/db.ts';
import { feature, handler, readHandler, type EventRecord } from '../../../platform/feature.ts';
import { changesSince } from '../../../platform/history.ts';
import { lockSetting, readSetting, saveSetting } from '../../../platform/settings.ts';
import { readGround, REPORT_CALENDAR } from '../data.ts';
import { dueDayOf, lockDayOf, type ReportCalendar } from '../due.ts';
import { tell } from '../../notices/tell.ts';
import { keep } from '../keep.ts';
import { knows, lockAllProjects, seesAll, touchProject } from '../scope.ts';
import { reminderOf } from '../telling.ts';
import * as contract from './contract.ts';
import { focusCommand, focusQuery } from './focus.ts';
import * as periods from './periods.ts';
import * as rules from './rules.ts';
import { rateBp, timeProgressBp } from '../warnings/rules.ts';
import * as store from './store.ts';

const PAGE = 200;

export const reports = feature('projects.reports', {
  permissions: ['projects.report', 'projects.correct_report', 'projects.remind'],
  queries: [
    readHandler(contract.listReports, { permission: 'projects.read', read: ({ db, actor, input, now }) => readYear(db, actor, input, now) }),
    readHandler(contract.reportTrail, {
      permission: 'projects.read',
      read: async ({ db, actor, input }) => ((await knows(db, actor, input.id)) ? { items: await store.trail(db, input.id, input.month) } : refuse('platform.not_found', {})),
    }),
    readHandler(contract.readPeriod, {
      permission: 'projects.read',
      read: async ({ db, actor, input, now }) => {
        if (input.after !== undefined && !/^\d{1,9}$/.test(input.after)) refuse('platform.invalid', { errors: [{ path: 'after', rule: 'cursor', params: {} }] });
        const { calendar } = await readGround(db, now);
        const limit = input.limit ?? PAGE;
        const [sums, rows] = await Promise.all([periods.tally(db, actor, input, calendar), periods.rows(db, actor, input, calendar, limit + 1)]);
        const last = rows.length > limit ? rows[limit - 1] : undefined;
        const { all, owed, reported, late, corrected, covered, free, missing, reminded, ...money } = sums;
        return {
          month: input.month, period: rules.periodState(input.month, calendar, now.day), openDay: rules.openDayOf(input.month, calendar), dueDay: dueDayOf(input.month, calendar), lockDay: lockDayOf(input.month, calendar), day: now.day,
          counts: { all, owed, reported, late, corrected, covered, free, missing, reminded },
          sums: { ...money, yearGapFen: money.yearStatFen === null ? null : money.yearDispatchFen - money.yearStatFen, ...ratesOf(money, input.month) },
          items: rows.slice(0, limit).map(({ seq: _seq, ...row }) => row),
          next: last === undefined ? null : String(last.seq), can: { remind: may(actor, 'projects.remind') },
        };
      },
    }),
    readHandler(contract.readPeriodTowns, {
      permission: 'projects.read',
      read: async ({ db, actor, input, now }) => {
        const { calendar } = await readGround(db, now);
        const found = await periods.towns(db, actor, input, calendar);
        return {
          timeBp: timeProgressBp(lastDay(input.month), yearOf(input.month)),
          items: found.map(({ townId, townName, all, owed, reported, missing, late, planFen, yearDispatchFen, yearStatFen, monthDispatchFen, monthStatFen }) => {
            const rates = ratesOf({ planFen, yearDispatchFen, yearStatFen }, input.month);
            return { townId, townName, all, owed, reported, missing, late, planFen, yearDispatchFen, yearStatFen, monthDispatchFen, monthStatFen, rateBp: rates.rateBp, pointsBp: rates.pointsBp };
          }),
        };
      },
    }),
    readHandler(contract.listPeriods, {
      permission: 'projects.read',
      read: async ({ db, actor, input, now }) => {
        const { calendar, year: focus } = await readGround(db, now);
        const year = input.year ?? focus;
        const sums = new Map((await periods.periodSums(db, actor, year)).map((one) => [one.month, one]));
        const none = { reported: 0, late: 0, corrected: 0, dispatchFen: 0, statFen: null, openings: 0, openingFen: 0 };
        return {
          year, day: now.day,
          items: monthsFrom(`${year}-01`, `${year}-12`).map((month) => ({
            ...none, ...sums.get(month), month, period: rules.periodState(month, calendar, now.day), openDay: rules.openDayOf(month, calendar), dueDay: dueDayOf(month, calendar), lockDay: lockDayOf(month, calendar),
          })),
        };
      },
    }),
    readHandler(contract.myReminders, {
      permission: 'projects.read',
      read: async ({ db, actor, now }) => {
        const { calendar } = await readGround(db, now);
        return { items: (await periods.openReminders(db, actor)).map((one) => ({ ...one, dueDay: dueDayOf(one.month, calendar) })) };
      },
    }),
    focusQuery,
    readHandler(contract.getCalendar, {
      permission: 'projects.read',
      read: async ({ db, now }) => {
        const [{ calendar }, setting] = await Promise.all([readGround(db, now), readSetting(db, REPORT_CALENDAR)]);
        return { calendar, version: setting?.version ?? 0 };
      },
    }),
  ],
  commands: [
    focusCommand,
    handler(contract.reportMonth, {
      permission: 'projects.report',
      load: async ({ tx, actor, input, now }) => withCalendar(tx, now, await store.lockYear(tx, actor, input.id, yearOf(input.month))),
      decide: ({ subject, input, actor, now }) => rules.decideReport(subject.facts, subject.filed, input.month, input, subject.calendar, now.day, may(actor, 'projects.correct_report')),
      save: async ({ tx, changes, subject, input, actor, now }) => {
        const reportId = input.reportId ?? newId(now.instant.getTime());
        const entering = input.inStatistics === undefined || input.inStatistics === subject.facts.inStatistics ? undefined : input.inStatistics;
        // One packet, in this order.
        await settled([
          store.insertReport(tx, { id: reportId, projectId: input.id, month: input.month, kind: 'monthly', values: changes.values, late: changes.late, by: actor.userId, at: now.instant, day: now.day }), lay(tx, input.id, reportId, input.photos),
          entering === undefined ? undefined : store.enterStatistics(tx, input.id, entering, now.day), entering === undefined ? undefined : touchProject(tx, input.id, now.instant), settle(tx, input.id, now),
        ]);
        return { id: reportId, projectId: input.id, month: input.month, version: 1, revision: 1, late: changes.late, doubts: changes.doubts };
      },
      newVersion: (output) => output.version,
      event: ({ subject, input, changes, output }) => about(output.id, input.id, 'projects.reported', undefined, {
        month: input.month, ...spoken(changes.values), ...(changes.late ? { late: true } : {}), ...(input.photos === undefined || input.photos.length === 0 ? {} : { photos: input.photos }),
        ...(input.inStatistics === undefined || input.inStatistics === subject.facts.inStatistics ? {} : { inStatistics: input.inStatistics }),
      }),
    }),
    handler(contract.correctReport, {
      permission: 'projects.report',
      load: async ({ tx, actor, input, now }) => monthly(await withCalendar(tx, now, await store.lockReport(tx, actor, input.id))),
      version: (subject) => subject.version,
      staleDetails: ({ tx, subject, sent }) => stale(tx, subject.id, sent),
      decide: ({ subject, input, actor, now }) => {
        const { id: _id, reason, ...change } = input;
        if (reason.trim().length < 2) refuse('reports.reason_needed', { errors: [{ path: 'reason', code: 'reports.reason_needed' }] });
        return rules.decideCorrection(subject.values, subject.filed, subject.facts, change, rules.periodState(subject.month, subject.calendar, now.day), may(actor, 'projects.correct_report'), subject.month, lockDayOf(subject.month, subject.calendar));
      },
      save: async ({ tx, changes, subject, input, now }) => {
        const { version, revision } = await store.updateReport(tx, subject.id, subject.month, changes.values, input.reason.trim());
        await lay(tx, subject.project.id, subject.id, input.photos);
        await settle(tx, subject.project.id, now);
        return { id: subject.id, projectId: subject.project.id, month: subject.month, version, revision, late: subject.late, doubts: changes.doubts };
      },
      newVersion: (output) => output.version,
      event: ({ subject, input, changes, output }) => about(subject.id, subject.project.id, 'projects.report_corrected',
        { month: subject.month, ...spoken(subject.values), revision: subject.revision },
        { month: subject.month, ...spoken(changes.values), revision: output.revision, ...(input.photos === undefined ? {} : { photos: input.photos }) }, input.reason),
    }),
    handler(contract.withdrawReport, {
      permission: 'projects.report',
      load: async ({ tx, actor, input, now }) => withCalendar(tx, now, await store.lockReport(tx, actor, input.id)),
      version: (subject) => subject.version,
      staleDetails: ({ tx, subject, sent }) => stale(tx, subject.id, sent),
      decide: ({ subject, now }) => rules.decideWithdraw(subject.kind, rules.periodState(subject.month, subject.calendar, now.day), subject.month, lockDayOf(subject.month, subject.calendar)),
      save: async ({ tx, subject, now }) => {
        await store.deleteReport(tx, subject.id);
        await settle(tx, subject.project.id, now);
        return { id: subject.id, projectId: subject.project.id, month: subject.month };
      },
      event: ({ subject, input }) => about(subject.id, subject.project.id, 'projects.report_withdrawn', { month: subject.month, kind: subject.kind, ...spoken(subject.values), revision: subject.revision }, undefined, input.reason),
    }),
    handler(contract.openYear, {
      permission: 'projects.report',
      load: async ({ tx, actor, input, now }) => withCalendar(tx, now, await store.lockYear(tx, actor, input.id, yearOf(input.month))),
      decide: ({ subject, input, now }) => rules.decideOpening(subject.filed, input.month, input, now.day),
      save: async ({ tx, changes, input, actor, now }) => {
        const reportId = input.reportId ?? newId(now.instant.getTime());
        await store.insertReport(tx, { id: reportId, projectId: input.id, month: input.month, kind: 'opening', values: changes, late: false, by: actor.userId, at: now.instant, day: now.day });
        await settle(tx, input.id, now);
        return { id: reportId, projectId: input.id, month: input.month, version: 1, revision: 1, late: false, doubts: [] };
      },
      newVersion: (output) => output.version,
      event: ({ input, changes, output }) => about(output.id, input.id, 'projects.opened', undefined, { month: input.month, ...spoken(changes) }),
    }),
    handler(contract.correctOpening, {
      permission: 'projects.report',
      load: async ({ tx, actor, input }) => {
        const found = await store.lockReport(tx, actor, input.id);
        return found?.kind === 'opening' ? found : undefined;
      },
      version: (subject) => subject.version,
      staleDetails: ({ tx, subject, sent }) => stale(tx, subject.id, sent),
      decide: ({ subject, input, now }) => {
        const { id: _id, reason: _reason, ...change } = input;
        return rules.decideOpeningChange({ month: subject.month, ...subject.values }, subject.filed, change, now.day);
      },
      save: async ({ tx, changes, subject, input, now }) => {
        const { version, revision } = await store.updateReport(tx, subject.id, changes.month, changes.values, input.reason.trim());
        await settle(tx, subject.project.id, now);
        return { id: subject.id, projectId: subject.project.id, month: changes.month, version, revision, late: false, doubts: [] };
      },
      newVersion: (output) => output.version,
      event: ({ subject, input, changes, output }) => about(subject.id, subject.project.id, 'projects.opening_corrected',
        { month: subject.month, ...spoken(subject.values), revision: subject.revision }, { month: changes.month, ...spoken(changes.values), revision: output.revision }, input.reason),
    }),
    handler(contract.remindReports, {
      permission: 'projects.remind',
      load: async ({ tx, actor, input, now }) => {
        const { calendar } = await readGround(tx, now);
        const wanted = [...new Set(input.projectIds)];
        const found = await periods.remindable(tx, actor, input.month, wanted, calendar, now.day);
        return found.length === wanted.length ? { calendar, found } : undefined;
      },
      decide: ({ subject, input, now }) => {
        if (rules.periodState(input.month, subject.calendar, now.day) === 'future') refuse('reports.month_future', { month: input.month, openDay: rules.openDayOf(input.month, subject.calendar) });
        const sent = subject.found.filter((one) => whyNot(one) === undefined);
        const skipped = subject.found.flatMap((one) => {
          const why = whyNot(one);
          return why === undefined ? [] : [{ projectId: one.id, why }];
        });
        if (sent.length === 0) refuse('reports.nobody_to_remind', { count: skipped.length });
        return { sent, skipped };
      },
      save: async ({ tx, changes, input, actor, now }) => {
        await periods.writeReminders(tx, input.month, changes.sent.map((one) => ({ id: newId(now.instant.getTime()), projectId: one.id, userId: one.commissionerId, orgId: one.responsibleOrgId })), actor.userId, now.instant, now.day);
        await tell(tx, changes.sent.map((one) => reminderOf(one, input.month, now.day, actor.userId)), now);
        return { sent: changes.sent.length, skipped: changes.skipped };
      },
      event: ({ changes, input }) => changes.sent.map((one) => ({
        kind: 'projects.reminded', subjectType: 'project', subjectId: one.id, projectId: one.id, after: { month: input.month, toUserId: one.commissionerId, toOrgId: one.responsibleOrgId },
      })),
    }),
    handler(contract.changeCalendar, {
      permission: 'projects.rules',
      load: async ({ tx, now }) => {
        const [setting, { calendar }] = await Promise.all([lockSetting(tx, REPORT_CALENDAR), readGround(tx, now)]);
        return { version: setting.version, calendar };
      },
      version: (subject) => subject.version,
      allow: seesAll,
      decide: ({ input }) => {
        const faults = rules.calendarFaults(input.calendar);
        return faults.length === 0 ? input.calendar : refuse('reports.calendar_faulty', { count: faults.length, errors: faults });
      },
      save: async ({ tx, changes, actor, now }) => {
        const version = await saveSetting(tx, REPORT_CALENDAR, changes, actor.userId, now.instant);
        // Who is missing a report, and since when, follows from the calendar: the lights move with it.
        await keep(tx, await lockAllProjects(tx), now);
        return { version };
      },
      newVersion: (output) => output.version,
      event: ({ subject, changes, input }) => ({ kind: 'projects.report_calendar_changed', subjectType: 'setting', subjectId: idFrom('setting', REPORT_CALENDAR), before: subject.calendar, after: changes, reason: input.reason }),
    }),
  ],
});

function whyNot(one: periods.Remindable): 'reported' | 'today' | 'nobody' | 'free' | undefined {
  if (one.state === 'reported' || one.state === 'covered') return 'reported';
  if (one.state === 'free') return 'free';
  if (one.commissionerId === null && one.responsibleOrgId === null) return 'nobody';
  return one.today ? 'today' : undefined;
}

async function withCalendar<Subject extends object>(tx: Db, now: Now, subject: Subject | undefined): Promise<(Subject & { calendar: ReportCalendar }) | undefined> {
  return subject === undefined ? undefined : { ...subject, calendar: (await readGround(tx, now)).calendar };
}

function monthly<Subject extends { readonly kind: string }>(subject: Subject | undefined): Subject | undefined {
  return subject?.kind === 'monthly' ? subject : undefined;
}

async function stale(tx: Db, id: string, sent: number): Promise<Readonly<Record<string, unknown>>> {
  return { changes: await changesSince(tx, id, sent) };
}

async function lay(tx: Db, projectId: string, reportId: string, photos: readonly string[] | undefined): Promise<void> {
  if (photos === undefined) return;
  const own = [...new Set(photos)];
  if ((await store.setPhotos(tx, projectId, reportId, own)) !== own.length) refuse('reports.photo_unknown', { errors: [{ path: 'photos', code: 'reports.photo_unknown' }] });
}

async function settle(tx: Db, projectId: string, now: Now): Promise<void> {
  await store.keepLatestWords(tx, projectId);
  await keep(tx, [projectId], now);
}

function spoken(values: rules.Values): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== null || name === 'statFen'));
}

function about(id: string, projectId: string, kind: string, before: unknown, after: unknown, reason?: string): EventRecord {
  return { kind, subjectType: 'report', subjectId: id, projectId, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }), ...(reason === undefined ? {} : { reason: reason.trim() }) };
}

function ratesOf(money: { readonly planFen: number; readonly yearDispatchFen: number; readonly yearStatFen: number | null }, month: string): { rateBp: number | null; statRateBp: number | null; timeBp: number; pointsBp: number | null } {
  const time = timeProgressBp(lastDay(month), yearOf(month));
  const rate = rateBp(money.yearDispatchFen, money.planFen);
  return { rateBp: rate, statRateBp: money.yearStatFen === null ? null : rateBp(money.yearStatFen, money.planFen), timeBp: time, pointsBp: rules.pointsBp(rate, time) };
}

async function readYear(db: Db, actor: Actor, input: { readonly id: string; readonly year?: number }, now: Now) {
  const { calendar, year: focus } = await readGround(db, now);
  const year = input.year ?? focus;
  const project = (await store.readProject(db, actor, input.id, year)) ?? refuse('platform.not_found', {});
  const filed = await store.readYear(db, input.id, year);
  const lines = rules.yearLines(project, filed, year, calendar, now.day);
  const dispatchFen = filed.reduce((sum, one) => sum + one.dispatchFen, 0);
  const entered = filed.filter((one) => one.statFen !== null);
  const statFen = entered.length === 0 ? null : entered.reduce((sum, one) => sum + (one.statFen ?? 0), 0);
  const time = timeProgressBp(now.day, year);
  const rate = project.planFen === null ? null : rateBp(dispatchFen, project.planFen);
  const byMonth = new Map(filed.map((one) => [one.month, one]));
  return {
    id: input.id, name: project.name, year, years: [...new Set([...(project.years ?? []), year])].sort((a, b) => a - b), day: now.day, inStatistics: project.inStatistics, version: project.version,
    planFen: project.planFen, target: project.target, totalFen: project.totalFen, accumulatedFen: project.accumulatedFen, dispatchFen, statFen,
    rateBp: rate, statRateBp: project.planFen === null || statFen === null ? null : rateBp(statFen, project.planFen), timeBp: time, pointsBp: rules.pointsBp(rate, time),
    months: lines.map((line) => ({ ...line, report: byMonth.get(line.month) ?? null })),
    next: rules.nextMonth(lines), can: { report: may(actor, 'projects.report'), correctLocked: may(actor, 'projects.correct_report') },
  };
}
