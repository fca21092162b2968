// Contractors' schedules: what is read, what the engine makes of it, what is written again. The two fixtures are one plan in the words of
// two programs, with dates that follow from their rules.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { calendarWith } from '../../../kernel/workdays.ts';
import { root } from '../../../platform/root.ts';
import { scheduleOf } from './answer.ts';
import { differences, type Reason } from './differences.ts';
import { STANDARD_WEEK, type ContractSchedule, type Link, type Task } from './model.ts';
import { readMspdi } from './mspdi.ts';
import { mspdiOf } from './mspdiwrite.ts';
import { readSchedule } from './read.ts';
import { recompute } from './recompute.ts';

const fixture = (name: string): Buffer => readFileSync(path.join(root, 'src/features/approvals/schedules/fixtures', name));
const xml = fixture('workshop.xml').toString('utf8');
const datesIn = (schedule: ContractSchedule): Record<string, string> => Object.fromEntries([...recompute(schedule).tasks].map(([id, one]) => [id, `${one.start} ${one.finish}`]));

describe('a Microsoft Project file', () => {
  const schedule = readMspdi(xml);

  it('is read with its outline, links, lags, calendars, constraint and baseline', () => {
    expect([schedule.name, schedule.start, schedule.minutesPerDay, schedule.calendar, schedule.losses]).toEqual(['标准化厂房 & 管网', '2023-09-25T08:00', 480, '1', []]);
    expect(schedule.tasks.filter((one) => one.summary).map((one) => [one.id, one.level])).toEqual([['0', 0], ['1', 1], ['4', 1]]);
    expect(schedule.links.find((one) => one.to === '5')).toEqual({ from: '3', to: '5', type: 'SS', lag: 960, lagUnit: 'work' });
    expect(schedule.links.find((one) => one.lagUnit === 'percent')).toEqual({ from: '3', to: '10', type: 'FS', lag: 50, lagUnit: 'percent' });
    expect(schedule.tasks.find((one) => one.id === '8')?.constraint).toEqual({ type: 'SNET', at: '2023-11-01T08:00' });
    expect(schedule.tasks.find((one) => one.id === '2')).toMatchObject({ baselineStart: '2023-09-20T08:00', baselineFinish: '2023-09-22T17:00' });
    expect(schedule.calendars[1]).toEqual({ id: '2', name: '两班', week: [...STANDARD_WEEK.slice(0, 5), [[480, 1440]], []], exceptions: [{ from: '2023-09-29', to: '2023-10-06', hours: [] }] });
  });

  it('gets the dates that the program gave it: over holidays, at half percent lags, by the clock, under summaries', () => {
    expect(differences(schedule, recompute(schedule))).toEqual([]);
    expect(datesIn(schedule)).toMatchObject({ 1: '2023-09-25T08:00 2023-10-12T17:00', 5: '2023-10-10T08:00 2023-10-23T17:00', 7: '2023-09-27T17:00 2023-09-30T17:00', 10: '2023-10-14T20:00 2023-10-16T12:00' });
  });

  it('is answered in whole days from its first', () => {
    const answer = scheduleOf(fixture('workshop.xml'), calendarWith());
    expect([answer.duration, answer.start, answer.finish]).toEqual([38, '2023-09-25', '2023-11-01']);
    expect(answer.activities.find((one) => one.id === '5')).toMatchObject({ earlyStart: 15, earlyFinish: 29, float: 6, freeFloat: 0, critical: false, startTime: '2023-10-10T08:00' });
    expect(answer.activities.find((one) => one.id === '7')?.float).toBe(32);
    expect(answer.activities.filter((one) => one.critical).map((one) => one.id)).toEqual(['8']);
  });

  const drawings = '<UID>3</UID>';
  test.each<[string, (text: string) => string, Reason[], string]>([
    ['entered by hand', (text) => text.replace(drawings, `${drawings}<Manual>1</Manual>`), ['manual'], '3'],
    ['switched off', (text) => text.replace(drawings, `${drawings}<Active>0</Active>`), ['inactive'], '3'],
    ['begun', (text) => text.replace(drawings, `${drawings}<ActualStart>2023-10-09T08:00:00</ActualStart>`), ['actual'], '3'],
    ['held at its end', (text) => text.replace(drawings, `${drawings}<ConstraintType>5</ConstraintType><ConstraintDate>2023-09-26T08:00:00</ConstraintDate>`), ['constraint'], '3'],
    ['after a task of another file', (text) => text.replace('<PredecessorUID>2</PredecessorUID>', '<PredecessorUID>77</PredecessorUID>'), ['unknown_link'], '3'],
    ['nothing of that', (text) => text, ['unexplained'], '3'],
    ['only after another that differs', (text) => text, ['follows'], '5'],
  ])('has a difference explained: %s', (_what, change, reasons, task) => {
    // In the file the drawings begin a day early; ours do not.
    const moved = change(xml).replace('2023-09-28T08:00:00</Start>', '2023-09-27T08:00:00</Start>').replace('2023-10-10T08:00:00</Start>', '2023-10-09T08:00:00</Start>');
    const changed = readMspdi(moved);
    expect(differences(changed, recompute(changed)).find((one) => one.task === task)?.reasons).toEqual(reasons);
  });

  it('says on which day a difference lies, and that another hour of the same day is none', () => {
    const late = readMspdi(xml.replace('2023-10-12T17:00:00</Finish><Duration>PT40H', '2023-10-12T16:00:00</Finish><Duration>PT40H').replace('2023-09-25T08:00:00</Start><Finish>2023-09-27', '2023-09-21T08:00:00</Start><Finish>2023-09-27'));
    expect(differences(late, recompute(late)).map((one) => [one.task, one.startDays, one.finishDays, one.reasons])).toEqual([['2', 4, 0, ['unexplained']], ['3', 0, 0, ['clock', 'follows']]]);
  });

  it('tells what it cannot keep', () => {
    const holed = xml.replace('<Type>1</Type><DayWorking>', '<Type>2</Type><DayWorking>').replace('PT24H0M0S', 'PT24H0M20S').replace('<CalendarUID>2</CalendarUID>', '<CalendarUID>9</CalendarUID>');
    expect(readMspdi(holed).losses.map((one) => one.kind)).toEqual(['seconds', 'recurring_exception', 'unknown_calendar']);
  });

  it('with a circle is refused by name, also through summaries', () => {
    const circle = xml.replace('<UID>2</UID><ID>', '<UID>2</UID><PredecessorLink><PredecessorUID>5</PredecessorUID><Type>1</Type></PredecessorLink><ID>');
    expect(() => recompute(readMspdi(circle))).toThrow(expect.objectContaining({ code: 'network.cycle', details: expect.objectContaining({ path: expect.stringMatching(/^2 勘察 → 3 \S+ → 5 \S+ → 2 勘察$/) }) }));
    const inside = xml.replace('<UID>2</UID><ID>', '<UID>2</UID><PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type></PredecessorLink><ID>');
    expect(() => recompute(readMspdi(inside))).toThrow(expect.objectContaining({ code: 'network.cycle' }));
  });
});

describe('a Primavera file', () => {
  const bytes = fixture('workshop.xer');
  const schedule = readSchedule(bytes);

  it('is read with its breakdown, calendar, links and constraint, and tells what else the file holds', () => {
    expect(schedule.tasks.map((one) => [one.id, one.level, one.summary])).toEqual([['wbs:10', 1, true], ['wbs:11', 2, true], ['1', 3, false], ['2', 3, false], ['wbs:12', 2, true], ['3', 3, false], ['4', 3, false], ['5', 3, false], ['6', 3, false]]);
    expect(schedule.calendars[0]).toMatchObject({ week: STANDARD_WEEK });
    expect(schedule.calendars[0]?.exceptions.map((one) => one.from)).toEqual(['2023-09-29', '2023-09-30', '2023-10-01', '2023-10-02', '2023-10-03', '2023-10-04', '2023-10-05', '2023-10-06']);
    expect(schedule.losses).toEqual([{ kind: 'other_project', task: null, text: 'OTHER' }, { kind: 'unknown_link', task: '2', text: '999' }]);
    expect(schedule.tasks.find((one) => one.id === '2')?.durationMinutes).toBe(2400);
  });

  it('gets the dates that the program gave it; a milestone may stand at the end of a day or the beginning of the next', () => {
    expect(differences(schedule, recompute(schedule))).toEqual([]);
  });

  it('gets the dates of the same plan in the other format', () => {
    const [ours, theirs] = [datesIn(schedule), datesIn(readMspdi(xml))];
    expect([ours['1'], ours['2'], ours['3'], ours['5']]).toEqual([theirs['2'], theirs['3'], theirs['5'], theirs['8']]);
  });

  test.each([['GB18030', [0xb9, 0xa4, 0xb3, 0xcc], '工程'], ['UTF-8', [...Buffer.from('工程')], '工程'], ['Windows-1252', [0x53, 0xe9, 0x63, 0x68, 0x65], 'Séche']])('is read in %s', (_name, letters, name) => {
    const at = bytes.indexOf('Survey');
    const written = Buffer.concat([bytes.subarray(0, at), Buffer.from(letters), bytes.subarray(at + 6)]);
    expect(readSchedule(written).tasks.find((one) => one.id === '1')?.name).toBe(name);
  });
});

const time = fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 0, max: 23 })).map(([day, hour]) => `2023-03-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00`);
const name = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.toWellFormed().replace(/[\u0000-\u001f\ufffe\uffff]/g, '').trim());
const hours = fc.constantFrom([], [[480, 720], [780, 1020]], [[0, 1440]], [[1200, 1440]]).map((spans) => spans.map((span) => [span[0] ?? 0, span[1] ?? 0] as const));

const plan: fc.Arbitrary<ContractSchedule> = fc.integer({ min: 1, max: 8 }).chain((count) => fc.record({
  format: fc.constant('mspdi' as const), name, start: time, dataDay: fc.option(fc.constantFrom('2023-06-30', '2024-02-29')), minutesPerDay: fc.constantFrom(420, 480, 600), calendar: fc.constant('1'), lagCalendar: fc.constant('successor' as const), losses: fc.constant([]),
  calendars: fc.tuple(fc.array(hours, { minLength: 7, maxLength: 7 }), fc.array(fc.tuple(time, time, hours), { maxLength: 3 }), name).map(([week, exceptions, called]) => [{ id: '1', name: called, week, exceptions: exceptions.map(([a, b, open]) => ({ from: (a < b ? a : b).slice(0, 10), to: (a < b ? b : a).slice(0, 10), hours: open })) }]),
  tasks: fc.array(fc.record({
    wbs: name, name, level: fc.constant(1), summary: fc.constant(false), durationMinutes: fc.nat(5000), elapsed: fc.boolean(), calendar: fc.constantFrom(null, '1'), start: fc.option(time), finish: fc.option(time), percentComplete: fc.nat(100),
    constraint: fc.option(fc.record({ type: fc.constantFrom('ALAP' as const, 'MSO' as const, 'FNLT' as const), at: fc.option(time) })), actualStart: fc.option(time), actualFinish: fc.option(time), baselineStart: fc.option(time), baselineFinish: fc.option(time),
    unscheduled: fc.constantFrom(null, 'manual' as const, 'inactive' as const),
  }), { minLength: count, maxLength: count }).map((list) => list.map((one, at): Task => ({ ...one, id: String(at + 1), milestone: one.durationMinutes === 0 }))),
  links: fc.array(fc.record({ from: fc.integer({ min: 1, max: count }).map(String), to: fc.integer({ min: 1, max: count }).map(String), type: fc.constantFrom('FS' as const, 'SS' as const, 'FF' as const, 'SF' as const), lag: fc.integer({ min: -100, max: 500 }), lagUnit: fc.constantFrom('work' as const, 'elapsed' as const, 'percent' as const) }), { maxLength: 10 }),
}));

describe('a schedule that is written as Microsoft Project XML', () => {
  it('is read as the same schedule', () => {
    const inOrder = (links: readonly Link[]): Link[] => links.toSorted((a, b) => Number(a.to) - Number(b.to));
    fc.assert(fc.property(plan, (one) => {
      expect(readMspdi([...mspdiOf(one)].join(''))).toEqual({ ...one, links: inOrder(one.links) });
    }), { numRuns: 300 });
  });

  it('numbers ids that are no numbers, and gets the same dates', () => {
    const primavera = readSchedule(fixture('workshop.xer'));
    const again = readMspdi([...mspdiOf(primavera)].join(''));
    const [before, after] = [primavera, again].map((one) => [...recompute(one).tasks.values()].map((dates) => [dates.start, dates.finish, dates.floatMinutes]));
    expect(again.tasks.map((one) => one.id)).toEqual(primavera.tasks.map((_, at) => String(at + 1)));
    expect(after).toEqual(before);
  });
});
