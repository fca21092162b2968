// A plan as tables for a terminal: the modes side by side, then the items of the parallel plan with limit, days, float and reason. Says only
// what the answer holds.
import type { Effective } from '../features/approvals/catalogue/effective.ts';
import { MODES } from '../features/approvals/planning/modes.ts';
import type { Plan, Point } from '../features/approvals/planning/plan.ts';
import type { PlannedItem } from '../features/approvals/planning/planned.ts';
import { sayReason, type Say } from '../features/approvals/planning/words.ts';
import type { Locale } from '../platform/texts.ts';
import { columns } from './columns.ts';
import type { Answer } from './plan.ts';

export function planTable(answer: Answer, { catalogue }: Effective, say: Say, locale: Locale): string[] {
  const lang = locale === 'en' ? 'en' : 'zh';
  const count = (verdict: string): number => answer.applied.filter((one) => one.verdict === verdict).length;
  const head = [say('plan.title', { name: answer.name, day: answer.start, needed: count('needed'), open: count('clarify') }), say('plan.catalogue', { label: answer.catalogue })];
  const ask = answer.ask.length === 0 ? [] : [say('plan.ask', { facts: answer.ask.slice(0, 8).map((one) => `${say(`fact.${one.fact}.label`)}(${one.items.length})`).join(say('list')) })];
  const planned = answer.plans?.plans.parallel;
  const whys = new Map(answer.applied.map((one) => [one.item.code, one]));
  const names = new Map(catalogue.items.map((one) => [one.code, one.name[lang]]));
  const needed = answer.applied.filter((one) => one.verdict !== 'not_needed');
  const rows = planned === undefined
    ? needed.map((one) => [one.item.code, one.item.name[lang], say(`verdict.${one.verdict}`), sayReason(say, one.reason)])
    : planned.items.map((one) => {
      const applied = whys.get(one.code);
      return [one.code, names.get(one.code) ?? '', limitIn(one, say), one.startDay, one.day, one.finished ? '' : String(one.floatDays), one.driving ? '*' : '', say(`verdict.${one.verdict}`), applied === undefined ? '' : sayReason(say, applied.reason)];
    });
  const heading = planned === undefined ? ['', 'items', '', 'why'] : ['', 'items', 'days', 'from_day', 'to_day', 'float', 'critical', '', 'why'];
  return [...head, ...ask, ...(answer.plans === null ? [] : ['', ...modesTable(answer, say)]), '', ...columns([heading.map((key) => (key === '' ? '' : say(`plan.${key}`))), ...rows]), ...(planned === undefined ? [] : ['', ...remarks(answer, planned, say)])];
}

function modesTable({ plans }: Answer, say: Say): string[] {
  if (plans === null) return [];
  const dated = ({ day, workingDays }: Point): string => (day === null ? say('plan.undated') : `${day} (${workingDays ?? ''})`);
  const rows = MODES.map((mode) => {
    const plan = plans.plans[mode];
    const saved = mode === 'serial' ? '' : mode === 'parallel' ? '' : String(plans.savings[mode].beginDays);
    return [say(`mode.${mode}`), String(plan.accepted.clockDays), dated(plan.permit), dated(plan.begin), dated(plan.accepted), saved];
  });
  return columns([['modes', 'clock', 'permit', 'begin', 'accepted', 'saves'].map((key) => say(`plan.${key}`)), ...rows]);
}

function limitIn(one: PlannedItem, say: Say): string {
  const outside = one.outside.map((span) => say('plan.outside', { days: span.days, unit: say(`unit.${span.unit}`) })).join(' ');
  const clock = one.within !== null ? say('plan.within', { code: one.within }) : one.from === 'none' && outside !== '' ? '' : one.from === 'none' ? say('from.none') : `${one.days} ${say(`unit.${one.unit}`)}`;
  return [clock, outside].filter((text) => text !== '').join(' ');
}

function remarks({ plans, forecast }: Answer, parallel: Plan, say: Say): string[] {
  const expiring = plans?.plans.optimised.items.flatMap((one) => (one.simulated?.expires === true ? [say('plan.expires', { code: one.code, day: one.simulated.lateDay })] : [])) ?? [];
  return [
    say('plan.path', { path: parallel.criticalPath.join(' → ') }),
    ...(parallel.unlimited.length > 0 ? [say('plan.unlimited', { codes: parallel.unlimited.join(say('list')) })] : []),
    ...expiring, ...(parallel.provisional ? [say('plan.provisional')] : []),
    ...(forecast === null ? [] : forecast.begin.map((one) => say('plan.quantile', { percent: one.percent, day: one.day, days: one.workingDays, seed: forecast.seed, samples: forecast.samples }))),
  ];
}
