// Results after production and the verdict on 达效: promised against actual, until somebody decides with his name.
import { refuse } from '../../../kernel/refuse.ts';
import { daysBetween } from '../../../kernel/days.ts';
import { handler, readHandler, type CommandHandler, type QueryHandler } from '../../../platform/feature.ts';
import { keep } from '../keep.ts';
import { touchProject } from '../scope.ts';
import { decideEffect, enterResults, getResults, listEffectDue } from './contract.ts';
import { ratesOf, type Rate } from './gates.ts';
import { effectDays, movedEvent, saveMove } from './moves.ts';
import { decideMove, decideNotEffective, decideResults, type MoveDecided } from './rules.ts';
import type { Lifecycle, Test } from './shape.ts';
import { effectDue, effectsOf, factsOf, readLifecycle, recordOf, resultsOf, writeEffect, writeResults } from './store.ts';
import { deciding, loadSubject } from './subject.ts';

const enter = handler(enterResults, {
  permission: 'projects.results',
  load: async ({ tx, actor, input, now }) => {
    const subject = await loadSubject(tx, actor, input.id, now);
    const record = subject === undefined ? undefined : await recordOf(tx, actor, input.id);
    return subject === undefined || record === undefined ? undefined : { ...subject, producedOn: record.actual_production };
  },
  version: (subject) => subject.project.version,
  decide: ({ subject, input, actor, now }) => {
    const asked = {
      fromMonth: input.fromMonth, toMonth: input.toMonth, outputFen: input.outputFen ?? null, revenueFen: input.revenueFen ?? null, taxFen: input.taxFen ?? null, jobs: input.jobs ?? null,
      note: input.note === undefined || input.note.trim() === '' ? null : input.note.trim(),
    };
    return { asked, ...decideResults(asked, deciding(subject, actor, now), subject.producedOn) };
  },
  save: async ({ tx, changes, input, actor, now }) => {
    await writeResults(tx, input.id, changes.asked, actor, now.instant);
    return { id: input.id, version: await touchProject(tx, input.id, now.instant), replaced: changes.replaces };
  },
  event: ({ subject, changes, input }) => {
    const before = subject.facts.results.find((one) => one.fromMonth === input.fromMonth && one.toMonth === input.toMonth);
    return { kind: 'projects.results_entered', subjectType: 'project', subjectId: input.id, projectId: input.id, ...(before === undefined ? {} : { before }), after: changes.asked };
  },
  newVersion: (output) => output.version,
});

const verdict = handler(decideEffect, {
  permission: 'projects.move',
  load: ({ tx, actor, input, now }) => loadSubject(tx, actor, input.id, now),
  version: (subject) => subject.project.version,
  decide: ({ subject, input, actor, now }): { move: MoveDecided } | { newDay: string; reason: string } => {
    const at = deciding(subject, actor, now);
    if (input.effective) return { move: decideMove({ to: 'effective', day: input.day, waive: input.waive ?? [] }, at) };
    if (input.newDay === undefined) return refuse('lifecycle.effect_new_day', {});
    const reason = input.reason?.trim() ?? '';
    return { reason, ...decideNotEffective({ day: input.day, reason, newDay: input.newDay }, at) };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    if ('move' in changes) {
      const version = await saveMove(tx, subject, changes.move, { works: null, note: null, reason: input.reason?.trim() ?? null }, actor, now);
      return { id: input.id, version, stage: changes.move.to, agreedDay: subject.facts.agreedDay };
    }
    await writeEffect(tx, input.id, { effective: false, day: input.day, reason: changes.reason, agreedDay: subject.facts.agreedDay, newDay: changes.newDay }, actor, now.instant);
    const version = await touchProject(tx, input.id, now.instant);
    await keep(tx, [input.id], now);
    return { id: input.id, version, stage: subject.facts.stage, agreedDay: changes.newDay };
  },
  event: ({ subject, changes, input }) => {
    if ('move' in changes) return { ...movedEvent(subject, changes.move), kind: 'projects.effect_decided' };
    const days = effectDays(subject.days, changes.newDay);
    return {
      kind: 'projects.effect_decided', subjectType: 'project', subjectId: input.id, projectId: input.id,
      before: days.before, after: { ...days.after, effective: false }, reason: changes.reason,
    };
  },
  newVersion: (output) => output.version,
});

const results = readHandler(getResults, {
  permission: 'projects.read',
  read: async ({ actor, input, db, now }) => {
    const record = (await recordOf(db, actor, input.id)) ?? refuse('platform.not_found', {});
    const { rules } = await readLifecycle(db);
    const [all, items, decisions] = await Promise.all([factsOf(db, [input.id], rules, now), resultsOf(db, input.id), effectsOf(db, input.id)]);
    const facts = all.get(input.id) ?? refuse('platform.not_found', {});
    const rates = ratesOf(facts.promised, facts.results);
    const latest = items.filter((one) => one.jobs !== null).at(-1)?.jobs ?? null;
    return {
      version: record.version, stage: facts.stage, producedOn: record.actual_production, agreedDay: facts.agreedDay, agreed: record.planned_effect !== null,
      due: facts.stage === 'producing' && facts.agreedDay !== null && facts.agreedDay < now.day,
      percent: percentOf(rules),
      promised: { ...facts.promised },
      rates: { output: lineOf(rates.output), revenue: lineOf(rates.revenue), tax: lineOf(rates.tax) },
      jobs: latest === null ? null : { actual: latest, bp: facts.promised.jobs === null || facts.promised.jobs === 0 ? null : Math.floor((latest * 10_000) / facts.promised.jobs) },
      items: items.map((one) => ({
        id: one.id, fromMonth: one.from_month.slice(0, 7), toMonth: one.to_month.slice(0, 7), outputFen: one.output_fen, revenueFen: one.revenue_fen, taxFen: one.tax_fen, jobs: one.jobs,
        note: one.note, enteredBy: one.entered_by_name ?? '', enteredAt: one.entered_at,
      })),
      decisions: decisions.map((one) => ({
        id: one.id, effective: one.effective, day: one.day, reason: one.reason, agreedDay: one.agreed_day, newDay: one.new_day, decidedBy: one.decided_by_name ?? '', decidedAt: one.decided_at,
      })),
    };
  },
});

const due = readHandler(listEffectDue, {
  permission: 'projects.read',
  read: async ({ actor, input, db, now }) => {
    if (input.after !== undefined && !/^\d{4}-\d{2}-\d{2}~[0-9a-f-]{36}$/.test(input.after)) refuse('platform.invalid', { errors: [{ path: 'after', rule: 'format', params: {} }] });
    const { rules } = await readLifecycle(db);
    const limit = input.limit ?? 50;
    const { rows, total } = await effectDue(db, actor, rules, now.day, input.after, limit + 1);
    const items = rows.slice(0, limit).map((row) => ({
      id: row.id, name: row.name, townName: row.town_name, commissionerName: row.commissioner_name, producedOn: row.actual_production, agreedDay: row.agreed_day, agreed: row.agreed,
      daysLate: daysBetween(row.agreed_day, now.day),
    }));
    const last = items.at(-1);
    return { items, total, next: rows.length > limit && last !== undefined ? `${last.agreedDay}~${last.id}` : null };
  },
});

function lineOf(rate: Rate | undefined): Rate | null {
  return rate ?? null;
}

/** What part of the promise counts as 达效, for the line in the chart; null where no gate asks for results. */
function percentOf(rules: Lifecycle): number | null {
  const tests = rules.stages.filter((one) => one.code === 'effective').flatMap((one) => one.conditions.flatMap((condition) => parts(condition.test)));
  const found = tests.find((one) => one.type === 'results');
  return found?.type === 'results' ? found.percent : null;
}

function parts(test: Test): readonly Test[] {
  return test.type === 'all' || test.type === 'any' ? test.of : [test];
}

export const resultCommands: readonly CommandHandler[] = [enter, verdict];
export const resultQueries: readonly QueryHandler[] = [results, due];
