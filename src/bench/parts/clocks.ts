// Clocks: the daily refresh of a hundred thousand open cases, the same from their events, and deadlines in working days; each beside a bare loop
// over the same days that knows no law: it adds and compares. No database is used.
import type { CaseEvent } from '../../features/approvals/events.ts';
import { keepCase, refreshAll, type KeptCase } from '../../features/approvals/refresh.ts';
import { LEGAL, type ClockRules } from '../../features/approvals/terms.ts';
import { dayOfNumber, numberOf } from '../../kernel/epoch.ts';
import { calendarWith } from '../../kernel/workdays.ts';
import { below, median, type Figure } from '../table.ts';

const CASES = 100_000;
const TURNS = 5;
const LIMIT_S = 5;
const RULES: ClockRules = { versions: [{ ...LEGAL.single, promised: { days: 7, unit: 'working' } }] };
const TODAY = numberOf(2026, 6, 1);

export async function clocks(): Promise<Figure[]> {
  const calendar = calendarWith();
  const events = Array.from({ length: CASES }, (_, i) => eventsOf(i));
  const kept = events.map((one): KeptCase => keepCase(one, TODAY - 1, RULES, calendar) ?? unopened());
  const bare = seconds(() => bareLoop(kept));
  let shown = 0;
  const refresh = seconds((turn) => {
    shown += refreshAll(kept, TODAY + turn, calendar, () => null).filter((one) => one?.statutory?.level === 'over').length;
  });
  const folded = seconds((turn) => {
    for (const one of events) shown += keepCase(one, TODAY + turn, RULES, calendar)?.clocks.statutory?.deadline ?? 0;
  });
  const counted = seconds((turn) => {
    for (let i = 0; i < CASES; i += 1) shown += calendar.numbers.add(TODAY - (i % 3000) - turn, i % 60);
  });
  if (shown === 0) throw new Error('nothing was computed');
  const figure = (what: string, own: number): Figure => ({ ...below({ part: 'clocks', what, projects: CASES, own, unit: 's' }, LIMIT_S), other: bare, ratio: own / bare });
  return [figure('daily refresh of 100,000 open cases', refresh), figure('the same, all folded from their events again', folded), figure('100,000 deadlines in working days', counted)];
}

/** Open cases as they lie on a desk: some just accepted, some in a special procedure, some extended, some overdue. */
function eventsOf(i: number): readonly CaseEvent[] {
  const arrived = TODAY - 3 - (i % 60);
  const event = (seq: number, kind: CaseEvent['kind'], after: number, more: Partial<CaseEvent> = {}): CaseEvent => ({
    id: `${i}-${seq}`, kind, day: dayOfNumber(Math.min(arrived + after, TODAY - 1)), seq, by: kind === 'received' ? 'applicant' : 'department', reason: 'r', document: 'd', ...more,
  });
  const begun = [event(1, 'received', 0), event(2, 'accepted', 1)];
  if (i % 3 === 0) return begun;
  begun.push(event(3, 'special_begun', 4, { procedure: 'expert_review', days: 10 }));
  return i % 3 === 1 ? begun : [...begun, event(4, 'special_ended', 9), event(5, 'extended', 9, { days: 10 })];
}

function unopened(): never {
  throw new Error('every case of the bench is open');
}

/** What no refresh can be faster than: one subtraction and one comparison a case, and an object for the answer. */
function bareLoop(kept: readonly KeptCase[]): number {
  const answers = kept.map(({ clocks: { statutory } }) => ({ left: (statutory?.deadline ?? 0) - TODAY, late: (statutory?.deadline ?? 0) < TODAY }));
  return answers.length;
}

function seconds(work: (turn: number) => unknown): number {
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const began = performance.now();
    work(turn);
    times.push((performance.now() - began) / 1000);
  }
  return median(times);
}
