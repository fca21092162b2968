import { describe, expect, it } from 'vitest';
import { calendarWith } from '../../../kernel/workdays.ts';
import { NATIONAL } from '../catalogue/standard.ts';
import { answered, decideAnswers, decideChoice, decideFreeze, decidePush, factsOf, firstChoice, keptOf, NO_ANSWERS, planInput, pushed, type Agreed, type Ground, type Subject } from './rules.ts';

const DAY = '2023-06-30';
const ground: Ground = { catalogue: NATIONAL, label: 'national', calendar: calendarWith(), edition: 0, day: DAY };
const FACTS = { landWay: 'granted', verifiedCatalogue: false, relics: false, minerals: false, twoHigh: 'none', farmlandMu: 0, newLandMu: 0, forestMu: 0, hazardousChemicals: false };
const make = (more: Partial<Subject> = {}): Subject => ({ register: { kind: 'enterprise', landMu: 80, totalFen: 1 }, answers: { version: 1, facts: FACTS, unsure: [] }, choice: null, progress: {}, agreed: null, ...more });
const agreedAs = (subject: Subject, number = 1): Agreed => {
  const { plan } = decideFreeze(ground, subject);
  return { number, permitDay: plan.permit.day, beginDay: plan.begin.day, days: Object.fromEntries(plan.items.map((one) => [one.code, one.day])) };
};

describe('answers', () => {
  it('stand over what the register knows, and "not known" takes the register out', () => {
    const { register } = make();
    expect(factsOf(register, NO_ANSWERS)).toMatchObject({ track: 'enterprise', landMu: 80 });
    expect(factsOf(register, answered(NO_ANSWERS, { landMu: 90 })).landMu).toBe(90);
    expect(factsOf(register, answered(NO_ANSWERS, { landMu: null }))).not.toHaveProperty('landMu');
    const back = answered(answered(NO_ANSWERS, { landMu: null, relics: true }), {}, ['landMu']);
    expect(factsOf(register, back)).toMatchObject({ landMu: 80, relics: true });
  });

  it('are refused at the fact: of the wrong kind, unknown, or more land in part than in whole', () => {
    const faults = (given: Parameters<typeof decideAnswers>[1]): unknown => {
      try {
        return decideAnswers(make(), given);
      } catch (error) {
        return error instanceof Error && 'details' in error ? error.details : error;
      }
    };
    const fault = (fact: string, code: string) => ({ errors: [{ path: `answers.${fact}`, rule: code, code: `approvals.fact_${code}`, params: { fact } }] });
    expect(faults({ relics: 'yes' })).toEqual(fault('relics', 'wrong_type'));
    expect(faults({ colour: 'red' })).toEqual(fault('colour', 'unknown_fact'));
    expect(faults({ forestMu: 81 })).toEqual(fault('forestMu', 'more_than_land'));
    expect(faults({ landWay: 'allocated' })).toEqual(fault('landWay', 'track_and_land'));
  });

  it('must say something new', () => {
    expect(() => decideAnswers(make(), { relics: false })).toThrow('approvals.unchanged');
    expect(decideAnswers(make(), { relics: null })).toMatchObject({ version: 2, unsure: ['relics'] });
  });
});

describe('the way', () => {
  it('changes what is said and leaves the rest; nothing said is refused, and bundles that there are not', () => {
    const before = firstChoice(DAY);
    expect(decideChoice(before, { measures: ['simulation'] }, NATIONAL, DAY)).toEqual({ ...before, measures: ['simulation'] });
    expect(() => decideChoice(before, { limits: 'promised' }, NATIONAL, DAY)).toThrow('approvals.unchanged');
    expect(() => decideChoice(before, { combined: ['X99'] }, NATIONAL, DAY)).toThrow('approvals.no_bundle');
  });

  it('counts from its start day, but never from a day that is past', () => {
    expect(planInput(ground, make({ choice: { ...firstChoice(DAY), startDay: '2023-08-01' } })).start).toBe('2023-08-01');
    expect(planInput(ground, make({ choice: { ...firstChoice(DAY), startDay: '2023-03-01' } })).start).toBe(DAY);
  });

  it('does not let a finished item stand still', () => {
    const choice = { ...firstChoice(DAY), stops: { D01: 10, P02: 5 } };
    expect(planInput(ground, make({ choice, progress: { P02: { finished: '2023-06-01' } } })).stops).toEqual({ D01: 10 });
  });
});

describe('what is kept', () => {
  it('names the first unfinished critical item that takes time, and its department', () => {
    const kept = keptOf(ground, make());
    // Planning conditions stand before the listing on the path, and have no limit of their own.
    expect([kept.critical[0], kept.deciding]).toEqual(['L01', 'L03']);
    expect(kept.department).toBe(NATIONAL.items.find((one) => one.code === kept.deciding)?.departments.lead);
    const done = Object.fromEntries(kept.critical.slice(0, 3).map((code) => [code, { finished: DAY }]));
    const after = keptOf(ground, make({ progress: done }));
    expect(after.deciding).not.toBe(kept.deciding);
    expect((after.beginDay ?? '') <= (kept.beginDay ?? '')).toBe(true);
  });

  it('names what has no limit while its case is open, for then it is what everything waits for', () => {
    expect(keptOf(ground, make({ progress: { L01: { received: '2023-06-20' } } })).deciding).toBe('L01');
    expect(keptOf(ground, make({ progress: { L01: { accepted: '2023-06-20' } } }))).toMatchObject({ deciding: 'L01', department: NATIONAL.items.find((one) => one.code === 'L01')?.departments.lead });
    expect(keptOf(ground, make({ progress: { L01: { finished: '2023-06-20' } } })).deciding).toBe('L03');
    // What is not on the path holds nothing up, however long it lies there.
    const kept = keptOf(ground, make({ progress: { P10: { received: '2023-06-20' } } }));
    expect([kept.critical.includes('P10'), kept.deciding]).toEqual([false, 'L03']);
    // Applied for is not accepted: its clock has not begun.
    expect(keptOf(ground, make({ progress: { L06: { received: '2023-06-01' } } })).beginDay).toBe(keptOf(ground, make()).beginDay);
  });

  it('is nothing without a track, and the actual day of what was started', () => {
    expect(keptOf(ground, make({ register: { kind: 'purchase' } }))).toMatchObject({ beginDay: null, critical: [] });
    expect(keptOf(ground, make({ register: { kind: 'enterprise', actualStart: '2023-05-04' } }))).toMatchObject({ beginDay: '2023-05-04', deciding: null });
  });

  it('slips by working days against the agreed plan, a day for each working day on which nothing happens', () => {
    const subject = make();
    const agreed = agreedAs(subject);
    expect(keptOf(ground, { ...subject, agreed }).slipDays).toBe(0);
    expect(keptOf({ ...ground, day: '2023-07-07' }, { ...subject, agreed }).slipDays).toBeGreaterThan(0);
  });
});

describe('an agreed plan', () => {
  const subject = make();
  const agreed = agreedAs(subject);
  const held: Subject = { ...subject, agreed };
  const later = (): string => pushed(ground, held, 'D01', 10).after.begin.day ?? '';

  it('is frozen again where the start is no later, and otherwise only pushed', () => {
    expect(decideFreeze(ground, held).number).toBe(2);
    expect(() => decideFreeze({ ...ground, day: '2023-08-30' }, held)).toThrow('approvals.later_than_agreed');
  });

  it('is pushed to the days that were previewed, and the stop stays in the forecast', () => {
    const found = decidePush(ground, held, { item: 'D01', days: 10, beginDay: later() });
    expect(found).toMatchObject({ number: 2, choice: { stops: { D01: 10 } } });
    expect(ground.calendar.between(agreed.beginDay ?? '', found.after.begin.day ?? '')).toBe(10);
    expect(() => decidePush(ground, held, { item: 'D01', days: 9, beginDay: later() })).toThrow('approvals.push_changed');
    expect(() => decidePush(ground, held, { beginDay: agreed.beginDay ?? '' })).toThrow('approvals.not_later');
    expect(() => decidePush(ground, subject, { item: 'D01', days: 10, beginDay: later() })).toThrow('approvals.nothing_agreed');
    expect(() => pushed(ground, held, 'P04', 10)).toThrow('approvals.not_planned');
  });
});
