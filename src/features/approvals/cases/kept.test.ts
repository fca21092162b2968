import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOfNumber, numberOfDay } from '../../../kernel/epoch.ts';
import { Refusal } from '../../../kernel/refuse.ts';
import { calendarWith } from '../../../kernel/workdays.ts';
import { caseOf } from '../clocks/clock.ts';
import { KINDS, type CaseEvent, type EventKind } from '../clocks/events.ts';
import { LEGAL, type ClockRules } from '../clocks/terms.ts';
import { keptOf, refreshed } from './kept.ts';

const calendar = calendarWith();
const RULES: ClockRules = { versions: [{ ...LEGAL.single, promised: { days: 7, unit: 'working' }, rectification: { windows: 2, days: 3 } }] };
const kinds = Object.keys(KINDS).filter((kind): kind is EventKind => kind in KINDS);

function event(kind: EventKind, day: string, seq: number): CaseEvent {
  return { id: `e${String(seq)}`, kind, day, seq, by: KINDS[kind].by[0] ?? 'department', reason: 'r', document: 'd', procedure: 'hearing', days: 10, outcome: 'approved' };
}

const after = (day: string, days: number): string => dayOfNumber((numberOfDay(day) ?? 0) + days);

/** A history that the law allows, made by trying: what is refused is left out. */
function history(steps: readonly (readonly [number, number])[]): CaseEvent[] {
  let events: CaseEvent[] = [event('received', '2024-01-08', 1)];
  let day = '2024-01-08';
  for (const [gap, which] of steps) {
    day = after(day, gap);
    const more = [...events, event(kinds[which % kinds.length] ?? 'received', day, events.length + 1)];
    try {
      caseOf(more, RULES, calendar);
      events = more;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return events;
}

describe('what is kept of a case', () => {
  test('owes an answer, then a decision, then the delivery', () => {
    const received = [event('received', '2024-03-01', 1)];
    expect(keptOf(received, '2024-03-04', RULES, calendar)).toMatchObject({ status: 'received', side: 'department', owes: 'answer', turns_day: '2024-03-09', numbers: { owed_day: '2024-03-08', days_left: 4, level: 'calm' } });
    const accepted = [...received, event('accepted', '2024-03-04', 2)];
    expect(keptOf(accepted, '2024-03-06', RULES, calendar)).toMatchObject({ owes: 'decision', statutory_limit: 20, promised_limit: 7, numbers: { used: 2, statutory_left: 18, promised_left: 5, promised_due: '2024-03-13', days_left: 5, level: 'soon' } });
    expect(keptOf([...accepted, event('decided', '2024-03-15', 3)], '2024-04-01', RULES, calendar)).toMatchObject({ owes: 'delivery', kept: null, numbers: { promised_over: 2, days_left: -1, level: 'over' } });
  });

  test('owes nothing while the applicant has it', () => {
    const events = [event('received', '2024-03-01', 1), event('correction_asked', '2024-03-04', 2)];
    expect(keptOf(events, '2024-04-01', RULES, calendar)).toMatchObject({ status: 'correction', side: 'applicant', side_day: '2024-03-04', owes: null, numbers: { days_left: null, level: 'none' } });
  });

  test('tells a broken promise from a broken law', () => {
    const events = [event('received', '2024-03-01', 1), event('accepted', '2024-03-01', 2)];
    expect(keptOf(events, '2024-03-12', RULES, calendar).numbers).toMatchObject({ level: 'urgent', days_left: 0 });
    expect(keptOf(events, '2024-03-13', RULES, calendar).numbers).toMatchObject({ level: 'promise_over', days_left: -1, statutory_over: 0 });
    expect(keptOf(events, '2024-04-01', RULES, calendar).numbers).toMatchObject({ level: 'over', statutory_over: 1 });
  });

  test('a refreshed case is the case counted anew, in whatever state, until it turns by itself', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.nat()), { maxLength: 14 }), fc.integer({ min: 0, max: 60 }), (steps, days) => {
      const events = history(steps);
      const last = events.at(-1)?.day ?? '';
      const today = after(last, days);
      const before = keptOf(events, last, RULES, calendar);
      if (before.closed_day !== null || (before.turns_day !== null && today >= before.turns_day)) return;
      const row = { ...before, owed_day: before.numbers.owed_day };
      expect(refreshed(row, today, calendar)).toEqual(keptOf(events, today, RULES, calendar).numbers);
    }), { numRuns: 2000 });
  });
});
