// The published figures of domain 3.1 and 2.15 come out of the ordinary planner; real dates follow the official calendar; measures do what
// they are for and nothing else.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { calendarWith } from '../../../kernel/workdays.ts';
import { root } from '../../../platform/root.ts';
import { checker } from '../../../platform/validate.ts';
import type { Facts } from '../catalogue/shape.ts';
import { effective } from '../catalogue/effective.ts';
import { Given } from './given.ts';
import { costOfStop, plansOf } from './modes.ts';
import { planOf, type Plan, type PlanInput } from './plan.ts';
import { forecast } from './range.ts';
import { NATIONAL, OVERLAYS } from '../catalogue/standard.ts';

const START = '2023-03-01';
const calendar = calendarWith();
const { catalogue } = effective(NATIONAL, OVERLAYS.filter((one) => one.code === 'tangshan-2019'), START);
const given = checker(Given);
const example = (name: string): Facts => given(JSON.parse(readFileSync(path.join(root, 'examples', 'approvals', `${name}.json`), 'utf8'))).facts;
const filing = example('filing');
const verification = example('verification');
const government = example('government');
const chemical = example('chemical');
const plan = (facts: Facts, more: Partial<PlanInput> = {}): Plan => planOf({ catalogue, facts, start: START, calendar, ...more });
const item = (found: Plan, code: string) => found.items.find((one) => one.code === code) ?? expect.fail(`${code} is not planned`);
const stage = (found: Plan, codes: string[]): number => codes.reduce((sum, code) => sum + item(found, code).days, 0);

describe('the published flows of Tangshan 2019 (domain 3.1)', () => {
  it('take 56 days for a verified private building and 52 for a filed one, one after another: 18 or 14, 21, 8 and 9', () => {
    const serial = plan(verification, { order: 'serial' });
    expect(serial.accepted.clockDays).toBe(56);
    expect(plan(filing, { order: 'serial' }).accepted.clockDays).toBe(52);
    expect([['L04', 'P03', 'L06'], ['D01', 'D02', 'D07'], ['K01', 'K02', 'K08'], ['Y04']].map((codes) => stage(serial, codes))).toEqual([18, 21, 8, 9]);
    expect(stage(plan(filing, { order: 'serial' }), ['L04', 'P02', 'L06'])).toBe(14);
  });

  it('take 54 days for a government building: 16, 21, 8 and 9', () => {
    const serial = plan(government, { order: 'serial' });
    expect(serial.accepted.clockDays).toBe(54);
    expect([['P04', 'P05', 'P07', 'L06'], ['D01', 'D02', 'D03', 'D07'], ['K01', 'K02', 'K08'], ['Y04']].map((codes) => stage(serial, codes))).toEqual([16, 21, 8, 9]);
  });

  it('take 51 and 54 days on the legal network with the same durations, because filing and verification overlap the contract', () => {
    expect(plan(verification).accepted.clockDays).toBe(51);
    expect(plan(filing).accepted.clockDays).toBe(51);
    expect(plan(government).accepted.clockDays).toBe(54);
  });

  it('review a design scheme jointly in 15 days, 10 for government projects', () => {
    expect([item(plan(filing), 'D01').days, item(plan(government), 'D01').days]).toEqual([15, 10]);
  });

  it('accept works jointly in 9 days: 1 + 4 + 3 + 1 (TS-H5), with what is merged into it', () => {
    const alone = Object.fromEntries(catalogue.items.filter((one) => !['Y01', 'Y02', 'Y04'].includes(one.code)).map((one) => [one.code, 0]));
    expect(plan(filing, { durations: alone }).accepted.clockDays).toBe(9);
    expect(catalogue.items.find((one) => one.code === 'Y04')?.promised[0]?.steps?.map((one) => one.days)).toEqual([1, 4, 3, 1]);
    expect(item(plan(filing), 'Y02')).toMatchObject({ days: 0, within: 'Y04' });
  });

  it('do assessments together in 27 days: 1 + 15 + 5 + 5 + 1 (TS-A1, domain 2.15)', () => {
    const together = plan(chemical, { combined: ['X01'] });
    const members = ['P06', 'P12', 'P14', 'P18', 'P19'];
    const begin = Math.max(...['P01', 'P08', 'P10'].map((code) => calendar.between(START, item(together, code).day)));
    expect(begin).toBe(0);
    expect(members.map((code) => calendar.between(START, item(together, code).day))).toEqual(members.map(() => 27));
    expect(catalogue.bundles[0]?.steps.map((one) => one.days)).toEqual([1, 15, 5, 5, 1]);
  });
});

describe('dates', () => {
  it('count notice, listing and public notice, which the published figures leave out', () => {
    const found = plan(filing);
    // 20 and 10 calendar days from 1 March, then ten working days with the holiday of 5 April between.
    expect(item(found, 'L03')).toMatchObject({ offClock: true, days: 0, outside: [{ days: 30, unit: 'calendar' }], day: '2023-03-31' });
    expect(item(found, 'L04').day).toBe(calendar.add('2023-03-31', 10).day);
    expect(item(found, 'D02').outside).toEqual([{ days: 10, unit: 'calendar' }]);
    expect(found.permit.workingDays).toBeGreaterThan(found.permit.clockDays);
    expect(found.criticalPath).toEqual(['L01', 'L03', 'L04', 'L06', 'D01', 'D02', 'D07', 'K01', 'K02', 'K08']);
  });

  it('run by the calendar for a report book of 60 days, and by the longest limit while its class is not known', () => {
    const days = (facts: Facts): number[] => [item(plan(facts, { limits: 'statutory' }), 'P11')].map((one) => one.days);
    expect(days({ ...filing, eiaClass: 'book' })).toEqual([60]);
    expect(days({ ...filing, eiaClass: 'form' })).toEqual([30]);
    expect(days({ ...filing, eiaClass: null })).toEqual([60]);
    expect(item(plan({ ...filing, eiaClass: 'book' }, { limits: 'statutory' }), 'P11')).toMatchObject({ unit: 'calendar', day: '2023-04-30' });
  });

  it('leave out the day of what lies behind works of unknown length, and say so', () => {
    const found = plan({ ...filing, worksDays: null });
    expect(found.accepted).toMatchObject({ day: null, workingDays: null, clockDays: 51 });
    expect(found.begin.day).not.toBeNull();
    expect(plan(filing).accepted.day).not.toBeNull();
  });

  it('name the items for which no limit is known', () => {
    expect(plan(filing).unlimited).toContain('L01');
    expect(plan(filing, { durations: { L01: 5 } }).unlimited).not.toContain('L01');
  });

  it('hold works back until the environmental approval is there, however early the permit (EIA Law 25)', () => {
    const late = plan(filing, { durations: { P11: 200 } });
    expect(late.permit.day).toBe(plan(filing).permit.day);
    expect(late.begin.workingDays).toBe(200);
    expect(late.criticalPath.at(-1)).toBe('P11');
  });

  it('go on from what is finished and what is under way', () => {
    const running = plan(filing, { start: '2023-05-10', progress: { P01: { finished: '2023-03-02' }, P02: { finished: '2023-03-03' }, L01: { finished: '2023-03-06' }, L03: { finished: '2023-04-20' }, L04: { finished: '2023-05-08' }, L06: { accepted: '2023-05-08' } } });
    expect(item(running, 'L06').days).toBe(1);
    expect(item(running, 'L04')).toMatchObject({ finished: true, day: '2023-05-08' });
    expect(running.permit.clockDays).toBe(1 + 15 + 3 + 3 + 1 + 4 + 3);
  });
});

it('what does not apply is stepped over: on land already held the design review waits for the filing', () => {
  const held = plan({ ...filing, landWay: 'existing' }, { durations: { P02: 7 } });
  expect(held.items.map((one) => one.code)).not.toContain('L06');
  expect(item(held, 'D01').startDay > item(held, 'P02').day).toBe(true);
});

it('a circle of prerequisites is refused with its items', () => {
  const waits = catalogue.items.map((one) => (one.code === 'P01' ? { ...one, tracks: { enterprise: { need: { always: true }, needRead: 'law' as const, after: [{ item: 'K08' }] } } } : one));
  expect(() => plan(filing, { catalogue: { ...catalogue, items: waits } })).toThrow(expect.objectContaining({ code: 'network.cycle', details: expect.objectContaining({ path: expect.stringMatching(/^D01 → .*K08 → P01 → P02 → L06 → D01$/) }) }));
  expect(() => plan({})).toThrow('approvals.no_track');
  expect(() => plan(filing, { start: '2023-02-30' })).toThrow('approvals.start_day');
});

describe('measures', () => {
  const { plans, savings, parallel } = plansOf({ catalogue, facts: verification, start: START, calendar });

  it('save nothing that is not there: the published order against the legal network is 5 days', () => {
    expect(parallel.clockDays).toBe(5);
  });

  it('simulate before the land and turn formal a working day after the contract, without ever simulating the permit', () => {
    const simulated = plans.simulation;
    expect(savings.simulation.beginDays).toBeGreaterThan(0);
    expect(item(simulated, 'L06').simulated).not.toBeNull();
    expect(item(simulated, 'L06').day >= calendar.add(item(simulated, 'L04').day, 1).day).toBe(true);
    expect(item(simulated, 'K08').simulated).toBeNull();
    expect(item(simulated, 'P11').simulated).toBeNull();
    expect(item(simulated, 'K08').startDay >= item(simulated, 'L04').day).toBe(true);
  });

  it('turn results formal in the order of the law, and make nothing longer that takes no time', () => {
    const quick = plan(filing, { measures: ['simulation'], durations: { L06: 0, D02: 0 } });
    expect(item(quick, 'L06').day).toBe(item(quick, 'L04').day);
    expect([item(quick, 'D01').day, item(quick, 'D02').day]).toEqual([calendar.add(item(quick, 'L04').day, 1).day, calendar.add(item(quick, 'L04').day, 1).day]);
  });

  it('say when a simulated result would be void before it is turned, and by when it must be there at the latest', () => {
    const slow = plan(filing, { measures: ['simulation'], durations: { L03: 120 } });
    const review = item(slow, 'L06').simulated;
    expect(review?.expires).toBe(true);
    expect((review?.lateDay ?? '') > (review?.day ?? '')).toBe(true);
    expect(item(plans.simulation, 'L06').simulated?.expires).toBe(false);
  });

  it('promise to one day, but an environmental report only by a listed form', () => {
    expect(item(plans.promise, 'D01')).toMatchObject({ days: 1, byPromise: true });
    expect(item(plans.promise, 'P11').byPromise).toBe(false);
    expect(item(plan({ ...filing, eiaPromise: true }, { measures: ['promise'] }), 'P11').byPromise).toBe(true);
  });

  it('let a regional assessment stand for an item only where it was done and within the zone', () => {
    expect(item(plan(chemical, { measures: ['regional'] }), 'P14')).toMatchObject({ byRegional: true, days: 0 });
    expect(item(plan({ ...chemical, regionalDone: [] }, { measures: ['regional'] }), 'P14').byRegional).toBe(false);
    expect(item(plan({ ...chemical, insideZone: null }, { measures: ['regional'] }), 'P14').byRegional).toBe(false);
  });

  it('cost of a stopped clock: all of it on the critical path, nothing within the float', () => {
    const input = { catalogue, facts: filing, start: START, calendar };
    expect(costOfStop(input, 'D01', 5)).toMatchObject({ permitDays: 5, beginDays: 5 });
    expect(costOfStop(input, 'P02', 5)).toMatchObject({ permitDays: 0, beginDays: 0 });
  });
});

describe('the range of a forecast', () => {
  const input: PlanInput = { catalogue, facts: filing, start: START, calendar };
  const history = { D01: [10, 12, 15, 20, 40], L06: [3, 3, 8] };

  it('is the same for the same seed and its upper end is not before its middle', () => {
    const first = forecast(input, { history, seed: 7, samples: 300 });
    expect(forecast(input, { history, seed: 7, samples: 300 })).toEqual(first);
    expect(forecast(input, { history, seed: 8, samples: 300 }).seed).toBe(8);
    expect(first.drawn).toEqual(['L06', 'D01']);
    const [p50, p80] = first.begin;
    expect((p80?.workingDays ?? 0) > (p50?.workingDays ?? 0)).toBe(true);
  });

  it('is a single day where everything always took the same time', () => {
    const { permit } = forecast(input, { history: { D01: [15] }, seed: 1, samples: 20 });
    expect(permit.map((one) => one.day)).toEqual([plan(filing).permit.day, plan(filing).permit.day]);
  });
});

it('a day is provisional by its own year: the start of works in an announced one is certain, the acceptance two years later is not', () => {
  const found = plan(filing, { start: '2026-03-02', durations: {} });
  const years = [found.permit.day, found.begin.day, found.accepted.day].map((day) => day?.slice(0, 4));
  expect([years[0], years[1]]).toEqual(['2026', '2026']);
  expect(Number(years[2])).toBeGreaterThan(2026);
  expect([found.permit.provisional, found.begin.provisional, found.accepted.provisional, found.provisional]).toEqual([false, false, true, true]);
  const late = plan(filing, { start: '2026-12-21' });
  expect([late.permit.provisional, late.begin.provisional]).toEqual([true, true]);
});
