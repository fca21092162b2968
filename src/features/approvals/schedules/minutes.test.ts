import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishOf } from '../../../kernel/calendartime.ts';
import { numberOfDay } from '../../../kernel/epoch.ts';
import { minuteCalendar, minuteOf, timeOf } from './minutes.ts';
import { hoursOf, STANDARD_WEEK, type ScheduleCalendar } from './model.ts';

const MONDAY = numberOfDay('2023-09-25') ?? 0;
const office: ScheduleCalendar = { id: '1', name: '', week: STANDARD_WEEK, exceptions: [{ from: '2023-09-29', to: '2023-10-06', hours: [] }, { from: '2023-10-07', to: '2023-10-07', hours: [[540, 720]] }] };
const at = (time: string): number => minuteOf(time, MONDAY) ?? Number.NaN;
const after = (start: string, minutes: number): string => timeOf(finishOf(minuteCalendar(office, MONDAY), at(start), minutes), MONDAY);

describe('working time in minutes', () => {
  it('ends the morning at noon and goes on after the break, over the weekend, holidays and the worked Saturday', () => {
    expect([after('2023-09-25T08:00', 240), after('2023-09-25T08:00', 241), after('2023-09-25T12:30', 1), after('2023-09-28T08:00', 480), after('2023-09-28T08:00', 481), after('2023-09-28T08:00', 661)]).toEqual([
      '2023-09-25T12:00', '2023-09-25T13:01', '2023-09-25T13:01', '2023-09-28T17:00', '2023-10-07T09:01', '2023-10-09T08:01',
    ]);
    const calendar = minuteCalendar(office, MONDAY);
    expect([239, 240, 479, 480].map((ordinal) => timeOf(calendar.moment(ordinal), MONDAY))).toEqual(['2023-09-25T11:59', '2023-09-25T13:00', '2023-09-25T16:59', '2023-09-26T08:00']);
  });

  it('counts each worked minute once, whatever the hours', () => {
    const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 0, max: 1440 })), { maxLength: 4 }).map(hoursOf);
    fc.assert(fc.property(fc.array(spans, { minLength: 7, maxLength: 7 }).filter((week) => week.some((day) => day.length > 0)), fc.integer({ min: 0, max: 20_000 }), (week, minute) => {
      const calendar = minuteCalendar({ id: '1', name: '', week, exceptions: [] }, MONDAY);
      const day = Math.floor(minute / 1440);
      const worked = (week[day % 7] ?? []).some(([from, to]) => minute - day * 1440 >= from && minute - day * 1440 < to);
      const ordinal = calendar.ordinal(minute);
      expect(calendar.ordinal(minute + 1) - ordinal).toBe(worked ? 1 : 0);
      expect(calendar.ordinal(calendar.moment(ordinal))).toBe(ordinal);
      if (worked) expect(calendar.moment(ordinal)).toBe(minute);
      else expect(calendar.moment(ordinal)).toBeGreaterThan(minute);
    }), { numRuns: 500 });
  });

  it('refuses a calendar that never works, and a schedule of more than a hundred years', () => {
    expect(() => minuteCalendar({ ...office, week: [] }, MONDAY).moment(1000)).toThrow(expect.objectContaining({ code: 'network.idle_calendar' }));
    expect(() => minuteCalendar(office, MONDAY).moment(480 * 40_000)).toThrow(expect.objectContaining({ code: 'schedules.too_long' }));
  });
});
