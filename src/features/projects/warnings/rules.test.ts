// The warning rules say what domain practice says: Henan's months, Yinchuan's points, Wuhan's ratio.
import { describe, expect, it } from 'vitest';
import defaults from './data/rules.json' with { type: 'json' };
import { calendarWith } from '../../../kernel/workdays.ts';
import { checker } from '../../../platform/validate.ts';
import { addCalendarMonths, lightsOf, rateBp, ruleFaults, timeProgressBp, WarningRules, type LightFacts, type WarningRule } from './rules.ts';

const CALENDAR = calendarWith();
const { rules } = checker(WarningRules)(defaults);
const calm: LightFacts = {
  kind: 'enterprise', nature: 'new', level: 'municipal', stage: 'preliminary', stageDay: null, sideState: null, plannedStart: null, actualStart: null, plannedCompletion: null, actualCompletion: null,
  inStatistics: false, planFen: 0, doneFen: 0, milestones: [], missing: null, prediction: null, pending: [],
};
const only = (id: string): WarningRule[] => rules.filter((rule) => rule.id === id).map((rule) => ({ ...rule, on: true }));
const level = (facts: Partial<LightFacts>, id: string, day: string): number => lightsOf({ ...calm, ...facts }, only(id), day, 2023, CALENDAR)[0]?.level ?? 0;

describe('a delay in time', () => {
  it('lights a planned start that is missed after one month, one quarter and half a year, not a day before', () => {
    const facts = { plannedStart: '2023-01-31' };
    expect(level(facts, 'start-delay', '2023-02-28')).toBe(0);
    expect(level(facts, 'start-delay', '2023-03-01')).toBe(1);
    expect(level(facts, 'start-delay', '2023-04-30')).toBe(1);
    expect(level(facts, 'start-delay', '2023-05-01')).toBe(2);
    expect(level(facts, 'start-delay', '2023-07-31')).toBe(2);
    expect(level(facts, 'start-delay', '2023-08-01')).toBe(3);
  });

  it('tells since when each level has been on, and the numbers', () => {
    const [light] = lightsOf({ ...calm, plannedStart: '2022-12-31' }, only('start-delay'), '2023-06-30', 2023, CALENDAR);
    expect(light).toMatchObject({ level: 2, since: '2023-02-01', levelSince: '2023-04-01', numbers: { dueDay: '2022-12-31', lateDays: 181 } });
  });

  it('goes out when the project starts, and stays out while it is paused or off the list', () => {
    expect(level({ plannedStart: '2022-06-30', stage: 'started' }, 'start-delay', '2023-06-30')).toBe(0);
    expect(level({ plannedStart: '2022-06-30', sideState: 'paused' }, 'start-delay', '2023-06-30')).toBe(0);
    expect(level({ plannedStart: '2022-06-30', sideState: 'removed' }, 'start-delay', '2023-06-30')).toBe(0);
  });

  it('stays on when a day of start is typed in without passing the gate: levelled ground is no start', () => {
    expect(level({ plannedStart: '2022-06-30', actualStart: '2022-06-20' }, 'start-delay', '2023-06-30')).toBe(3);
    expect(level({ plannedCompletion: '2022-06-30', actualCompletion: '2022-06-20', stage: 'building' }, 'completion-delay', '2023-06-30')).toBe(3);
    expect(level({ plannedCompletion: '2022-06-30', actualCompletion: '2022-06-20', stage: 'building', kind: 'purchase' }, 'completion-delay', '2023-06-30')).toBe(0);
  });

  it('asks a started project into statistics from its start, or from the day of its stage where no start is known', () => {
    expect(level({ stage: 'preliminary', actualStart: '2023-03-15' }, 'statistics-entry', '2023-06-30')).toBe(0);
    expect(level({ stage: 'building', stageDay: '2023-03-15' }, 'statistics-entry', '2023-05-16')).toBe(3);
    expect(level({ stage: 'building', stageDay: '2023-06-15', actualStart: '2023-03-15' }, 'statistics-entry', '2023-05-16')).toBe(3);
    expect(level({ stage: 'building' }, 'statistics-entry', '2023-05-16')).toBe(0);
  });

  it('lights a started project that is not in statistics after one month and, red, after two', () => {
    const facts = { stage: 'building', actualStart: '2023-03-15' };
    expect(level(facts, 'statistics-entry', '2023-04-15')).toBe(0);
    expect(level(facts, 'statistics-entry', '2023-04-16')).toBe(1);
    expect(level(facts, 'statistics-entry', '2023-05-16')).toBe(3);
    expect(level({ ...facts, inStatistics: true }, 'statistics-entry', '2023-05-16')).toBe(0);
  });

  it('lights each milestone on its own and names it', () => {
    const milestones = [{ id: 'a', name: '主体封顶', plannedDay: '2023-06-20', forecastDay: null }, { id: 'b', name: '设备安装', plannedDay: '2023-03-01', forecastDay: '2023-08-01' }];
    const lights = lightsOf({ ...calm, milestones }, only('milestone-delay'), '2023-06-30', 2023, CALENDAR);
    expect(lights.map((light) => [light.subject, light.level, light.numbers['milestone']])).toEqual([['a', 1, '主体封顶'], ['b', 3, '设备安装']]);
  });
});

describe('investment against time progress', () => {
  it('counts points behind as Yinchuan does: 10 to 30 yellow, more than 30 red', () => {
    const behind = (rate: number): number => level({ planFen: 1000, doneFen: rate * 10 }, 'investment-points', '2023-06-30');
    expect([40.1, 40, 39.9, 20, 19.9].map(behind)).toEqual([0, 1, 1, 1, 3]);
  });

  it('never says behind of who is on schedule, whatever the threshold', () => {
    const rule = only('investment-points').map((one) => ({ ...one, levels: [{ level: 1, percent: 0 }] }));
    expect([49.9, 50, 50.1].map((rate) => lightsOf({ ...calm, planFen: 1000, doneFen: rate * 10 }, rule, '2023-06-30', 2023, CALENDAR).length)).toEqual([1, 0, 0]);
  });

  it('counts the ratio as Wuhan does: below 80 % of time progress yellow, below 60 % red', () => {
    const ratio = (rate: number): number => level({ planFen: 1000, doneFen: rate * 10 }, 'investment-ratio', '2023-06-30');
    expect([40, 39.9, 30, 29.9].map(ratio)).toEqual([0, 1, 1, 3]);
  });

  it('says nothing without a plan', () => {
    expect(level({ planFen: 0, doneFen: 0 }, 'investment-points', '2023-06-30')).toBe(0);
  });
});

describe('time progress', () => {
  it('counts months elapsed of twelve and allows half months', () => {
    expect(timeProgressBp('2023-06-30', 2023)).toBe(5000);
    expect(timeProgressBp('2023-08-15', 2023)).toBe(6250); // the published 62.5 % of mid-August
    expect(timeProgressBp('2023-08-31', 2023)).toBe(6667);
    expect(timeProgressBp('2023-11-30', 2023)).toBe(9167);
    expect([timeProgressBp('2022-12-31', 2023), timeProgressBp('2024-01-01', 2023), timeProgressBp('2024-02-29', 2024)]).toEqual([0, 10_000, 1667]);
  });

  it('gives the published completion rate of 362.32 against 561.86', () => {
    expect(rateBp(36_232, 56_186)).toBe(6449);
  });
});

describe('rules as data', () => {
  it('has sound presets', () => {
    expect(ruleFaults(rules)).toEqual([]);
  });

  it('finds doubled ids, a wrong kind of measure, a missing threshold and an order that contradicts itself', () => {
    const [start] = only('start-delay');
    const [points] = only('investment-points');
    if (start === undefined || points === undefined) throw new Error('presets are missing');
    expect(ruleFaults([start, start]).map((one) => one.fault)).toContain('doubled');
    expect(ruleFaults([{ ...start, kind: 'ratio' }]).map((one) => one.fault)).toContain('mixed_kind');
    expect(ruleFaults([{ ...start, levels: [{ level: 1 }] }]).map((one) => one.fault)).toContain('threshold_missing');
    expect(ruleFaults([{ ...points, levels: [{ level: 1, percent: 30 }, { level: 3, percent: 10 }] }]).map((one) => one.fault)).toContain('order');
  });

  it('applies a rule only to the projects it is for', () => {
    const rule = only('start-delay').map((one) => ({ ...one, natures: ['continuing'] }));
    expect(lightsOf({ ...calm, plannedStart: '2022-01-31' }, rule, '2023-06-30', 2023, CALENDAR)).toEqual([]);
  });
});

describe('what the approvals know', () => {
  const prediction = (day: string, agreedDay: string | null = null) => ({ day, agreedDay, numbers: { item: 'L06', whose: 'department' } });

  it('lights by the time from the planned start to the predicted one, whatever day it is', () => {
    const facts = { plannedStart: '2023-06-30' };
    for (const day of ['2023-01-05', '2023-12-01']) {
      expect(['2023-06-30', '2023-07-30', '2023-07-31', '2023-09-30', '2023-10-01', '2023-12-30', '2023-12-31'].map((at) => level({ ...facts, prediction: prediction(at) }, 'prediction-delay', day))).toEqual([0, 0, 1, 1, 2, 2, 3]);
    }
    expect(level({ plannedStart: '2023-12-31', prediction: prediction('2023-09-30') }, 'prediction-delay', '2023-06-30')).toBe(0);
  });

  it('tells the planned and the predicted day and what decides; since when is remembered', () => {
    const [light] = lightsOf({ ...calm, plannedStart: '2023-06-30', prediction: prediction('2023-09-01', '2023-07-01') }, only('prediction-delay'), '2023-05-01', 2023, CALENDAR);
    expect(light).toMatchObject({ object: 'prediction', subject: '', since: null, levelSince: null });
    expect(light?.numbers).toEqual({ item: 'L06', whose: 'department', dueDay: '2023-06-30', predictedDay: '2023-09-01', lateDays: 63, against: 'register' });
  });

  it('measures against the agreed day where the register plans none, and lights nothing where neither does', () => {
    const [light] = lightsOf({ ...calm, prediction: prediction('2023-09-01', '2023-07-01') }, only('prediction-delay'), '2023-05-01', 2023, CALENDAR);
    expect(light?.numbers).toMatchObject({ dueDay: '2023-07-01', against: 'agreed' });
    expect(level({ prediction: prediction('2033-09-01') }, 'prediction-delay', '2023-05-01')).toBe(0);
  });

  it('predicts nothing of what was started or is paused', () => {
    const facts = { plannedStart: '2022-06-30', prediction: prediction('2023-09-01') };
    expect(level(facts, 'prediction-delay', '2023-05-01')).toBe(3);
    expect([{ stage: 'started' }, { actualStart: '2023-02-01' }, { sideState: 'paused' }].map((more) => level({ ...facts, ...more }, 'prediction-delay', '2023-05-01'))).toEqual([0, 0, 0]);
  });

  it('lights an approval yellow past its promise and red past the law, one light for each', () => {
    const pending = [
      { subject: 'a', promisedDay: '2023-06-09', statutoryDay: '2023-06-20', stoppedDay: null, numbers: { item: 'L06', state: 'accepted' } },
      { subject: 'b', promisedDay: null, statutoryDay: '2023-07-03', stoppedDay: null, numbers: { item: 'P09', state: 'accepted' } },
    ];
    const on = (day: string) => lightsOf({ ...calm, pending }, only('approval-overdue'), day, 2023, CALENDAR);
    expect(['2023-06-09', '2023-06-10', '2023-06-20', '2023-06-21'].map((day) => on(day).map((one) => `${one.subject}${one.level}`).join())).toEqual(['', 'a1', 'a1', 'a3']);
    expect(on('2023-06-26')).toMatchObject([{ since: '2023-06-10', levelSince: '2023-06-21', numbers: { clock: 'statutory', dueDay: '2023-06-20', lateDays: 6, workdays: 3 } }]);
    expect(lightsOf({ ...calm, pending, sideState: 'paused' }, only('approval-overdue'), '2023-08-01', 2023, CALENDAR)).toEqual([]);
  });

  it('lights a clock that stands still by working days, over the Dragon Boat holidays too', () => {
    const pending = [{ subject: 'a', promisedDay: null, statutoryDay: null, stoppedDay: '2023-06-12', numbers: { item: 'L06', state: 'suspended' } }];
    // 22 and 23 June are off, Sunday the 25th is worked.
    expect(['2023-06-27', '2023-06-28'].map((day) => level({ pending }, 'approval-standstill', day))).toEqual([0, 1]);
    expect(level({ pending, stage: 'building' }, 'approval-standstill', '2023-07-25')).toBe(1);
    expect(level({ pending, stage: 'building' }, 'approval-standstill', '2023-07-26')).toBe(2);
  });

  it('is measured as it can be: an approval in working days past a clock, everything else not', () => {
    const [overdue] = only('approval-overdue');
    const [start] = only('start-delay');
    if (overdue === undefined || start === undefined) throw new Error('the presets are gone');
    const faults = (rule: WarningRule): string[] => ruleFaults([rule]).map((one) => one.fault);
    expect(ruleFaults(rules)).toEqual([]);
    expect(faults({ ...overdue, levels: [{ level: 1, months: 1 }] })).toEqual(['mixed_kind', 'threshold_missing']);
    expect(faults({ ...overdue, levels: [{ level: 1, workdays: 3 }] })).toEqual(['threshold_missing']);
    expect(faults({ ...overdue, levels: [{ level: 1, clock: 'promised', workdays: 5 }, { level: 2, clock: 'statutory', workdays: 0 }] })).toEqual([]);
    expect(faults({ ...overdue, levels: [{ level: 1, clock: 'promised', workdays: 5 }, { level: 2, clock: 'statutory', workdays: 0 }, { level: 3, clock: 'promised', workdays: 5 }] })).toEqual(['order']);
    expect(faults({ ...start, levels: [{ level: 1, months: 1, workdays: 3 }] })).toEqual(['mixed_kind']);
  });
});

it('adds calendar months without running over the end of a short month', () => {
  expect([addCalendarMonths('2023-01-31', 1), addCalendarMonths('2024-01-31', 1), addCalendarMonths('2022-11-30', 3)]).toEqual(['2023-02-28', '2024-02-29', '2023-02-28']);
});
