// What must hold for every project and every answer: parallel is never later than serial, a prerequisite never makes anything earlier, a
// measure never makes anything later, and an answer that is taken back never takes an item away.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarWith } from '../../../kernel/workdays.ts';
import { applicability } from './applicability.ts';
import type { Catalogue, Facts, FactValue } from '../catalogue/shape.ts';
import { effective } from '../catalogue/effective.ts';
import { FACTS, type FactDefinition } from './facts.ts';
import { MEASURES, type Measure } from './graph.ts';
import { circleIn } from '../catalogue/circle.ts';
import { planOf, type Plan, type PlanInput } from './plan.ts';
import { NATIONAL, OVERLAYS } from '../catalogue/standard.ts';

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
// Without shrinking: a project of 38 answers would be made smaller for minutes; the seed brings it back.
const runs = { seed, numRuns: 120, endOnFailure: true };
const calendar = calendarWith();
const catalogue = effective(NATIONAL, OVERLAYS, '2023-03-01').catalogue;

const answer = (one: FactDefinition): fc.Arbitrary<FactValue> => {
  if (one.type === 'flag') return fc.constantFrom(true, false, null);
  if (one.type === 'choice') return fc.constantFrom(...one.choices, null);
  if (one.type === 'list') return fc.oneof(fc.subarray([...one.choices]), fc.constant(null));
  return fc.constantFrom(0, 1, 60, 1500, 60_000, null);
};
const facts = (track: fc.Arbitrary<FactValue>): fc.Arbitrary<Facts> => fc.record(Object.fromEntries(FACTS.map((one) => [one.name, one.name === 'track' ? track : answer(one)])));
const onTrack = facts(fc.constantFrom('enterprise', 'government'));
const start = fc.integer({ min: 0, max: 900 }).map((n) => new Date(Date.UTC(2023, 0, 1 + n)).toISOString().slice(0, 10));
const limits = fc.constantFrom('statutory' as const, 'promised' as const);

const plan = (more: Omit<PlanInput, 'catalogue' | 'calendar'> & { catalogue?: Catalogue }): Plan => planOf({ catalogue, calendar, ...more });
/** Working and calendar days of each item and the clock totals: no figure of `after` may be later. */
function notLater(after: Plan, before: Plan): void {
  const days = new Map(before.items.map((one) => [one.code, one.day]));
  for (const one of after.items) expect([one.code, one.day <= (days.get(one.code) ?? '')]).toEqual([one.code, true]);
  expect(after.permit.clockDays).toBeLessThanOrEqual(before.permit.clockDays);
  expect(after.accepted.clockDays).toBeLessThanOrEqual(before.accepted.clockDays);
}

describe(`for any project (seed ${seed})`, () => {
  it('parallel is never later than serial, item by item', () => {
    fc.assert(fc.property(onTrack, start, limits, (given, day, kind) => {
      notLater(plan({ facts: given, start: day, limits: kind }), plan({ facts: given, start: day, limits: kind, order: 'serial' }));
    }), runs);
  });

  it('no measure, and no measure on top of others, makes an item later', () => {
    fc.assert(fc.property(onTrack, start, limits, fc.subarray([...MEASURES]), fc.constantFrom(...MEASURES), (given, day, kind, some: Measure[], one) => {
      const without = some.filter((other) => other !== one);
      notLater(plan({ facts: given, start: day, limits: kind, measures: [...without, one] }), plan({ facts: given, start: day, limits: kind, measures: without }));
    }), { ...runs, numRuns: 250 });
  });

  it('another prerequisite makes no item earlier', () => {
    const codes = NATIONAL.items.map((one) => one.code);
    fc.assert(fc.property(onTrack, fc.constantFrom(...codes), fc.constantFrom(...codes), (given, waiting, awaited) => {
      const more: Catalogue = { ...catalogue, items: catalogue.items.map((one) => (one.code === waiting ? { ...one, tracks: Object.fromEntries(Object.entries(one.tracks).map(([track, use]) => [track, { ...use, after: [...use.after, { item: awaited }] }])) } : one)) };
      const before = new Map(more.items.map((one) => [one.code, [...(one.tracks.enterprise?.after ?? []), ...(one.tracks.government?.after ?? [])].flatMap((after) => ('item' in after ? [after.item] : after.either))]));
      for (const one of more.milestones) before.set(one.code, [...one.after.enterprise, ...one.after.government].flatMap((after) => ('item' in after ? [after.item] : after.either)));
      fc.pre(circleIn(before) === undefined);
      notLater(plan({ facts: given, start: '2023-03-01' }), plan({ catalogue: more, facts: given, start: '2023-03-01' }));
    }), runs);
  });

  it('an answer that is taken back leaves every item that was needed, at least to be clarified', () => {
    fc.assert(fc.property(facts(fc.constantFrom('enterprise', 'government', null)), fc.subarray(FACTS.map((one) => one.name), { minLength: 1 }), (given, forgotten) => {
      const after = new Map(applicability(catalogue, { ...given, ...Object.fromEntries(forgotten.map((name) => [name, null])) }).map((one) => [one.item.code, one.verdict]));
      for (const one of applicability(catalogue, given)) if (one.verdict !== 'not_needed') expect([one.item.code, after.get(one.item.code)]).not.toEqual([one.item.code, 'not_needed']);
      for (const one of applicability(catalogue, given)) if (one.verdict === 'clarify') expect([one.item.code, after.get(one.item.code)]).toEqual([one.item.code, 'clarify']);
    }), runs);
  });

  it('no item is planned before what it must wait for, simulated or not, and none is finished after its latest day', () => {
    fc.assert(fc.property(onTrack, fc.subarray([...MEASURES]), (given, measures: Measure[]) => {
      const found = plan({ facts: given, start: '2023-03-01', measures });
      const at = new Map(found.items.map((one) => [one.code, one]));
      for (const one of found.items) {
        expect(one.day <= one.lateDay).toBe(true);
        expect(one.floatDays).toBeGreaterThanOrEqual(0);
        const use = catalogue.items.find((other) => other.code === one.code)?.tracks[found.track];
        for (const after of use?.after ?? []) if ('item' in after && at.has(after.item)) expect([after.item, one.code, (at.get(after.item)?.day ?? '') <= one.day]).toEqual([after.item, one.code, true]);
      }
    }), runs);
  });
});
