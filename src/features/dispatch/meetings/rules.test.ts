// What is pure about meetings: recurrence, the forming of an agenda, calendars for other programs, rates.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarWith } from '../../../kernel/workdays.ts';
import { checker } from '../../../platform/validate.ts';
import { checkpointDays, fateOf, ratesOf, reproachNext, slipNumber, superviseNext } from '../slips/rules.ts';
import { minutesName } from '../minutes/words.ts';
import { form, type Proposal } from './forming.ts';
import { calendarOf, folded } from './ics.ts';
import { occurrences } from './recurrence.ts';
import { MeetingPolicy, policyFaults, PRESET, type Policy } from './shape.ts';

it('the rules that come with the program fit their schema and do not contradict themselves', () => {
  expect(checker(MeetingPolicy)(PRESET)).toBe(PRESET);
  expect(policyFaults(PRESET)).toEqual([]);
  expect(policyFaults({ ...PRESET, kinds: [...PRESET.kinds, ...PRESET.kinds.slice(0, 1)] }).map((one) => one.rule)).toEqual(['twice']);
});

describe('rules that the office changes', () => {
  const faults = (change: Partial<Policy>) => policyFaults({ ...PRESET, ...change }, PRESET).map((one) => [one.path, one.rule]);
  const retire = (code: string) => PRESET.kinds.map((one) => (one.code === code ? { ...one, retired: true } : one));
  const second = { code: 'towns', zh: '乡镇调度会', en: 'Town meeting', first: 1 };
  it('retire what stands and take nothing away', () => {
    expect(faults({ kinds: retire('supper') })).toEqual([]);
    expect(faults({ kinds: PRESET.kinds.slice(1) })).toEqual([['kinds', 'vanished'], ['recurrence.0.kind', 'unknown_kind']]);
    expect(faults({ kinds: PRESET.kinds.map((one) => ({ ...one, retired: true })) })).toContainEqual(['kinds', 'none_left']);
  });
  it('let nothing recur under a retired kind, and no kind count in a retired series', () => {
    const on = PRESET.recurrence.map((one) => ({ ...one, on: true }));
    expect(faults({ kinds: retire('dispatch'), recurrence: on })).toEqual([['recurrence.0.kind', 'retired_kind']]);
    expect(faults({ series: [...PRESET.series.map((one) => ({ ...one, retired: true })), { ...second, mark: '镇' }] }).map(([, rule]) => rule)).toEqual(PRESET.kinds.map(() => 'retired_series'));
  });
  it('give no two series slips of one number', () => {
    expect(faults({ series: [...PRESET.series, second] })).toEqual([['series.1.mark', 'same_mark']]);
    expect(faults({ series: [...PRESET.series, { ...second, mark: '镇' }] })).toEqual([]);
    const numbers = ['', '镇'].map((mark) => slipNumber('交办〔{year}〕{mark}第{number}号', { year: 2023, mark, meeting: 45, ordinal: 3, times: 1 }));
    expect(numbers).toEqual(['交办〔2023〕第45-03号', '交办〔2023〕镇第45-03号']);
    expect(slipNumber('交办〔{year}〕{mark}第{number}号', { year: 2023, mark: '{number}', meeting: 45, ordinal: 3, times: 1 })).toBe('交办〔2023〕{number}第45-03号');
  });
  it('are not held up by two series without a mark that stood so before there were marks', () => {
    const third = { ...second, code: 'parks', mark: '园' };
    const former: Policy = { ...PRESET, series: [...PRESET.series, second, third] };
    const changed = (change: Partial<Policy>) => policyFaults({ ...former, ...change }, former).map((one) => [one.path, one.rule]);
    expect(changed({ agenda: { ...PRESET.agenda, cap: 7 } })).toEqual([]);
    expect(changed({ series: [...PRESET.series, { ...second, mark: '镇' }, third] })).toEqual([]);
    expect(changed({ series: [...PRESET.series, second, { ...second, code: 'parks' }] })).toEqual([['series.2.mark', 'same_mark']]);
    expect(changed({ series: [...PRESET.series, { ...second, mark: '园' }, third] })).toEqual([['series.2.mark', 'same_mark']]);
  });
  it('name minutes by their series, also one that is not called a meeting', () => {
    expect([minutesName('重点项目调度会'), minutesName('专班调度')]).toEqual(['重点项目调度会议纪要', '专班调度会议纪要']);
  });
});

describe('what recurs', () => {
  const rule: Policy['recurrence'][number] = { code: 'weekly', kind: 'dispatch', weekday: 3, everyWeeks: 1, from: '2023-01-04', moved: 'later', aheadDays: 14, on: true };
  const on = (change: Partial<typeof rule>, today: string) => occurrences([{ ...rule, ...change }], today, calendarWith()).map((one) => one.day);
  it('falls on its weekday and is moved off days that are not worked', () => {
    // 2023-06-22 to 24 was the Dragon Boat Festival, 25 a Sunday that was worked.
    expect(on({ weekday: 4, aheadDays: 7 }, '2023-06-20')).toEqual(['2023-06-25']);
    expect(on({ weekday: 4, aheadDays: 7, moved: 'earlier' }, '2023-06-20')).toEqual(['2023-06-21']);
    expect(on({ weekday: 4, aheadDays: 7, moved: 'left_out' }, '2023-06-20')).toEqual([]);
  });
  it('keeps its rhythm whenever it is asked', () => {
    expect(on({ everyWeeks: 2, aheadDays: 30 }, '2023-01-05')).toEqual(['2023-01-18', '2023-02-01']);
  });
});

describe('an agenda', () => {
  const one = (rule: Proposal['rule'], source: string, more: Partial<Proposal> = {}): Proposal => ({ rule, source, projectId: null, problemId: null, decisionId: null, title: source, statusLine: '', ask: '', facts: [{ code: rule, values: {} }], ownerOrgId: null, below: false, ...more });
  const nothing = { sources: new Set<string>(), projects: new Set<string>(), listed: 0 };
  it('names a thing once, under the first rule that finds it, with the facts of all', () => {
    const formed = form([one('red_light', 'project:1'), one('slipping', 'project:1')], PRESET.agenda, nothing);
    expect(formed.map((each) => [each.rule, each.facts.map((fact) => fact.code)])).toEqual([['slipping', ['slipping', 'red_light']]]);
  });
  it('says what concerns a project as a whole with the matter of it that stands already', () => {
    const formed = form([one('red_light', 'project:1', { projectId: '1' }), one('unfinished', 'problem:7', { projectId: '1' })], PRESET.agenda, nothing);
    expect(formed.map((each) => [each.source, each.facts.length])).toEqual([['problem:7', 2]]);
  });
  it('sends back what others find below, unless another rule brings it', () => {
    expect(form([one('proposed', 'problem:1', { below: true })], PRESET.agenda, nothing).map((each) => each.place)).toEqual(['sent_back']);
    expect(form([one('proposed', 'problem:1', { below: true }), one('escalated', 'problem:1')], PRESET.agenda, nothing).map((each) => each.place)).toEqual(['listed']);
  });
  it('loses nothing and lists no more than its cap', () => {
    const rules = fc.constantFrom(...PRESET.agenda.rules.map((rule) => rule.code));
    fc.assert(fc.property(fc.array(fc.tuple(rules, fc.integer({ min: 0, max: 30 }), fc.boolean())), fc.integer({ min: 0, max: 14 }), (found, listed) => {
      const proposals = found.map(([rule, thing, below]) => one(rule, `problem:${thing}`, { below }));
      const formed = form(proposals, PRESET.agenda, { sources: new Set(['problem:0']), projects: new Set(), listed });
      expect(new Set(formed.map((each) => each.source))).toEqual(new Set(proposals.map((each) => each.source).filter((source) => source !== 'problem:0')));
      expect(formed.filter((each) => each.place === 'listed').length).toBeLessThanOrEqual(Math.max(0, PRESET.agenda.cap - listed));
    }));
  });
});

describe('iCalendar', () => {
  const meeting = { id: '018f0000-0000-7000-8000-000000000001', sequence: 2, cancelled: false, day: '2023-06-30', time: '07:00', minutes: 60, title: '重点项目调度会，第45次;早餐', place: '机关食堂', description: '第一行\n第二行', url: '', changed: '2023-06-29T02:03:04.000Z' };
  it('folds lines at 75 octets without tearing a character', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('会', 'a', '🏗', ' '), maxLength: 300 }), (text) => {
      const lines = folded(text).split('\r\n');
      expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
      expect(lines.map((line, i) => (i === 0 ? line : line.slice(1))).join('')).toBe(text);
    }));
  });
  it('tells times in UTC, escapes, and says what was cancelled', () => {
    const text = calendarOf('会议', [meeting, { ...meeting, cancelled: true, sequence: 3 }]);
    expect(text).toContain('DTSTART:20230629T230000Z\r\nDTEND:20230630T000000Z');
    expect(text.replaceAll('\r\n ', '')).toContain('SUMMARY:重点项目调度会，第45次\\;早餐');
    expect(text.replaceAll('\r\n ', '')).toContain('DESCRIPTION:第一行\\n第二行');
    expect(text).toContain('STATUS:CANCELLED');
    expect(text.split(`UID:${meeting.id}@yugong`)).toHaveLength(3);
  });
});

describe('rates', () => {
  it('count what is overdue and open in the denominator and what is not due in neither', () => {
    expect(ratesOf({ onTime: 3, late: 1, overdue: 1, lateWithin: 1, overdueWithin: 1 })).toEqual({ rateBp: 6000, extendedRateBp: 10_000 });
    expect(ratesOf({ onTime: 0, late: 0, overdue: 0, lateWithin: 0, overdueWithin: 0 })).toEqual({ rateBp: null, extendedRateBp: null });
  });
  it('an extension never makes what is late punctual', () => {
    expect(fateOf('2023-07-01', '2023-07-02', '2023-07-10')).toBe('late');
    expect([fateOf('2023-07-01', null, '2023-07-01'), fateOf('2023-07-01', null, '2023-07-02')]).toEqual(['open', 'overdue']);
  });
});

describe('supervision', () => {
  const standing = { dueDay: '2023-07-01', doneDay: null, issued: true, supervised: [], bulletins: 0, interviews: 0 };
  it('comes once when the deadline is over, and again when what it gave is over', () => {
    expect([superviseNext(standing, 7, '2023-07-01'), superviseNext(standing, 7, '2023-07-02')]).toEqual([undefined, 1]);
    const once = { ...standing, supervised: ['2023-07-02'] };
    expect([superviseNext(once, 7, '2023-07-09'), superviseNext(once, 7, '2023-07-10')]).toEqual([undefined, 2]);
    expect([reproachNext(once, 0, 7, '2023-07-09'), reproachNext(once, 0, 7, '2023-07-10'), reproachNext(once, 1, 7, '2023-07-10')]).toEqual([undefined, 1, undefined]);
  });
  it('sets reports before the deadline, never on it or after', () => {
    expect(checkpointDays('2023-06-30', '2023-07-21', 7)).toEqual(['2023-07-07', '2023-07-14']);
    expect(checkpointDays('2023-06-30', '2023-07-02', 7)).toEqual([]);
  });
});
