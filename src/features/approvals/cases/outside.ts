// What another system tells of a case: its state, its days, and on which day that was last verified. It never overwrites what is handled here,
// and an older word never a newer one.
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { settled } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { readCalendar } from '../calendar/store.ts';
import type { ClockRules } from '../clocks/terms.ts';
import { factsOf, readDuties, readHandbook } from './catalogue.ts';
import { reportStatus } from './contract.ts';
import { forecast } from '../planning/forecast.ts';
import { keptOf, type Kept } from './kept.ts';
import { bodyFor, checkItem, checkReport, checkStanding, departmentOf, eventsOfReport, sideOfStatus, type Report } from './rules.ts';
import { deskOf, lockProjectAt } from './scope.ts';
import * as store from './store.ts';

const report = handler(reportStatus, {
  permission: 'approvals.handle',
  load: async ({ tx, actor, input, now }) => {
    const project = await lockProjectAt(tx, actor, await deskOf(tx, actor), input.projectId);
    if (project === undefined) return undefined;
    const [earlier, handbook, facts, duties, calendar] = await settled([store.earlierRounds(tx, input.projectId, [input.item]), readHandbook(tx, now.day), factsOf(tx, input.projectId), readDuties(tx), readCalendar(tx)]);
    const found = input.round === undefined ? earlier[0] : earlier.find((one) => one.round === input.round);
    return { project, found, handbook, facts, duties, calendar };
  },
  decide: ({ subject, input, now }) => {
    const item = checkItem(subject.handbook.item(input.item), input.item, subject.project.kind);
    checkReport(input, now.day);
    checkStanding(subject.found, input);
    const orgId = bodyFor(departmentOf(item), subject.duties) ?? refuse('approvals.no_department', { item: item.code, department: departmentOf(item) });
    const { rules } = subject.handbook.limits(input.item, subject.facts);
    return { orgId, rules, kept: keptOfReport(input, rules, now, subject.calendar.law) };
  },
  save: async ({ tx, changes, subject, input, now }) => {
    const { found } = subject;
    const document = input.document ?? null;
    const one = {
      id: found?.id ?? input.id, projectId: input.projectId, item: input.item, round: found?.round ?? input.round ?? 1, orgId: changes.orgId, via: 'outside' as const, agentId: null, attorneySha: null, note: input.note ?? null,
      limits: changes.rules, source: input.source, system: input.system, verifiedDay: input.verifiedDay,
    };
    if (found === undefined) {
      await store.insertCase(tx, one, changes.kept, document, now, subject.calendar);
      await forecast(tx, [input.projectId], now);
      return { id: one.id, version: 1, round: one.round, created: true };
    }
    const version = await store.reportCase(tx, found.id, one, document, now.instant);
    await store.keepCases(tx, [{ id: found.id, kept: changes.kept }], now.day, subject.calendar);
    await forecast(tx, [input.projectId], now);
    return { id: found.id, version, round: found.round, created: false };
  },
  event: ({ subject, input, output }) => ({
    kind: 'approvals.case_reported', subjectType: 'case', subjectId: output.id, projectId: input.projectId, ...(subject.found === undefined ? {} : { before: { status: subject.found.status } }),
    after: Object.fromEntries(Object.entries({
      item: input.item, status: input.status, system: input.system, verifiedDay: input.verifiedDay, receivedDay: input.receivedDay, acceptedDay: input.acceptedDay, decidedDay: input.decidedDay, outcome: input.outcome, document: input.document,
    }).filter(([, value]) => value !== undefined)),
  }),
  newVersion: (output) => output.version,
});

/** What is kept of a report. Only its days are known: where it says that the clock stands still, nothing is counted down. */
export function keptOfReport(told: Report, rules: ClockRules, now: Now, calendar: WorkCalendar): Kept {
  const kept = keptOf(eventsOfReport(told), now.day, rules, calendar);
  const running = told.status === 'accepted' || told.status === 'decided' || told.status === 'delivered' || (told.status === 'received' && kept.accepted_day === null);
  const over = sideOfStatus(told.status) === null;
  const base: Kept = { ...kept, status: told.status, outcome: told.outcome ?? null, received_day: told.receivedDay ?? null, deemed: false, turns_day: null, accepted_day: told.acceptedDay ?? null, decided_day: told.decidedDay ?? null, delivered_day: told.deliveredDay ?? null, closed_day: over ? (told.deliveredDay ?? told.decidedDay ?? told.verifiedDay) : null };
  if (running && !over) return base;
  return {
    ...base, side: sideOfStatus(told.status), side_day: over ? null : told.verifiedDay, kept: null, owes: null, ...(over ? {} : { unit: null, used: null, statutory_limit: null, promised_limit: null }),
    numbers: over ? { ...kept.numbers, owed_day: null, days_left: null } : { used: null, statutory_left: null, statutory_over: null, statutory_due: null, promised_left: null, promised_over: null, promised_due: null, provisional: false, level: 'none', owed_day: null, days_left: null },
  };
}

export const outsideCommands: readonly CommandHandler[] = [report];
