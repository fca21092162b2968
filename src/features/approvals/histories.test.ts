// Ten thousand random lives of cases against a small model that walks day by day and knows nothing of stretches, tables or numbers.
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { chinaDay } from '../../kernel/clock.ts';
import { addDays, daysBetween } from '../../kernel/days.ts';
import { dayOfNumber, numberOfDay } from '../../kernel/epoch.ts';
import { calendarWith, type WorkCalendar } from '../../kernel/workdays.ts';
import { diceOf, historyOf, type History } from '../../test/world/histories.ts';
import { caseOf, resumeCase } from './clock.ts';
import type { CaseEvent } from './events.ts';
import { ledgerOf, type Clock, type Ledger } from './ledger.ts';
import type { ClockRules, Limit, LimitVersion } from './terms.ts';
import { keepCase, refreshAll, standingOf } from './refresh.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const COUNT = 10_000;
const calendar = calendarWith();
const dice = diceOf(SEED);
const histories = Array.from({ length: COUNT }, () => historyOf(dice, calendar));
const at = (day: string): number => numberOfDay(day) ?? NaN;

interface ModelDay { day: string; side: string; counts: boolean }

/** Walks through the days and asks at the beginning of each who has the case. */
function modelOf({ events, now, rules }: History, worked: (day: string) => boolean): { days: ModelDay[]; start: string | null; open: boolean; running: boolean; version: LimitVersion | undefined; extension: number; last: string } {
  const days: ModelDay[] = [];
  let [mode, answerFrom, start, extension, window, last, wait] = ['none', '', null as string | null, 0, 0, now, 0];
  const first = events[0]?.day ?? now;
  const rest = [...events];
  for (let day = first; day <= now; day = addDays(day, 1)) {
    if (mode === 'received' && wait >= 5) {
      [mode, start] = ['accepted', answerFrom];
      for (const one of days) if (one.day > answerFrom) one.counts = true;
    }
    if (mode === 'rectifying' && window >= (versionFor(rules, start ?? '')?.rectification?.days ?? 0)) mode = 'accepted';
    if (day > first && !ENDED.includes(mode)) days.push({ day, side: SIDES[mode] ?? 'department', counts: mode === 'accepted' });
    if (worked(day) && day > first) {
      wait += 1;
      window += 1;
    }
    while (rest[0]?.day === day) {
      const event = rest.shift();
      if (event === undefined) break;
      if (event.kind === 'extended') extension = event.days ?? 0;
      if (event.kind === 'accepted' && start === null) start = day;
      if (event.kind === 'received' || event.kind === 'correction_supplied') [answerFrom, wait] = [day, 0];
      if (event.kind === 'rectification_begun') window = 0;
      if (event.kind !== 'extended' && !(event.kind === 'rectification_ended' && mode === 'accepted')) mode = AFTER[event.kind] ?? mode;
      if (['decided', 'withdrawn', 'returned', 'not_accepted'].includes(mode)) last = day < last ? day : last;
    }
  }
  const open = !['decided', ...ENDED].includes(mode);
  return { days, start, open, running: mode === 'accepted', version: start === null ? undefined : versionFor(rules, start), extension, last: open ? now : last };
}

const ENDED = ['delivered', 'withdrawn', 'returned', 'not_accepted', 'recalled', 'revoked'];
const SIDES: Readonly<Record<string, string>> = { correction: 'applicant', rectifying: 'applicant', special: 'special', suspended: 'suspension' };
const AFTER: Readonly<Record<string, string>> = {
  received: 'received', correction_asked: 'correction', correction_supplied: 'received', accepted: 'accepted', special_begun: 'special', special_ended: 'accepted', suspended: 'suspended',
  resumed: 'accepted', rectification_begun: 'rectifying', rectification_ended: 'accepted', decided: 'decided', delivered: 'delivered', withdrawn: 'withdrawn', returned: 'returned', not_accepted: 'not_accepted', recalled: 'recalled', revoked: 'revoked',
};

function versionFor(rules: ClockRules, day: string): LimitVersion | undefined {
  return [...rules.versions].filter((version) => version.from <= day).sort((a, b) => (a.from < b.from ? 1 : -1))[0];
}

/** Used days, and the deadline: the day before the first day of a running clock that finds the limit used up. The clock is let run on after `last`. */
function modelClock(days: readonly ModelDay[], limit: Limit, most: number, last: string, worked: (day: string) => boolean): { used: number; deadline: string } {
  const inUnit = (day: string): boolean => limit.unit === 'calendar' || worked(day);
  let [used, deadline] = [0, null as string | null];
  for (const { day, counts } of days) {
    if (!counts) continue;
    if (deadline === null && used >= most) deadline = addDays(day, -1);
    if (inUnit(day)) used += 1;
  }
  for (let [day, ahead] = [addDays(last, 1), used]; deadline === null; day = addDays(day, 1)) {
    if (ahead >= most) deadline = addDays(day, -1);
    if (inUnit(day)) ahead += 1;
  }
  return { used, deadline };
}

describe(`ten thousand random lives (seed ${SEED})`, () => {
  test('are varied: every kind of event, every state, silence, extensions, overdue', () => {
    const kinds = new Set(histories.flatMap((one) => one.events.map((event) => event.kind)));
    const ledgers = histories.map((one) => ledgerOf(one.events, one.now, one.rules, calendar));
    expect(kinds.size).toBe(18);
    expect(new Set(ledgers.map((one) => one.status)).size).toBe(13);
    for (const seen of [(one: Ledger) => one.deemed, (one: Ledger) => one.statutory?.overdue, (one: Ledger) => (one.statutory?.extension ?? 0) > 0, (one: Ledger) => one.statutory?.moving && one.accepted !== null, (one: Ledger) => one.statutory?.deadline.provisional]) {
      expect(ledgers.filter(seen).length).toBeGreaterThan(20);
    }
  });

  test('every day is on one side, the parts add up to the elapsed days, and nothing is negative', () => {
    for (const { events, now, rules } of histories) {
      const ledger = ledgerOf(events, now, rules, calendar);
      const end = ENDED.includes(ledger.status) ? (events.find((event) => ENDED.includes(event.kind))?.day ?? now) : now;
      const first = events[0]?.day ?? now;
      expect(ledger.elapsed).toEqual({ calendar: daysBetween(first, end), working: calendar.between(first, end) });
      const parts = Object.values(ledger.parts);
      expect(parts.reduce((sum, one) => sum + one.calendar, 0)).toBe(ledger.elapsed.calendar);
      expect(parts.reduce((sum, one) => sum + one.working, 0)).toBe(ledger.elapsed.working);
      expect(parts.every((one) => one.calendar >= 0 && one.working >= 0 && one.working <= one.calendar)).toBe(true);
      ledger.segments.forEach((segment, i) => expect(segment.from).toBe(i === 0 ? addDays(first, 1) : ledger.segments[i - 1]?.to));
      for (const clock of [ledger.statutory, ledger.promised]) if (clock !== null) soundClock(clock, ledger);
    }
  });

  test('agree with the model on sides, days used and deadlines', () => {
    for (const history of histories) {
      const { events, now, rules } = history;
      const ledger = ledgerOf(events, now, rules, calendar);
      const model = modelOf(history, (day) => calendar.isWorkday(day));
      const days = ledger.segments.flatMap((segment) => Array.from({ length: segment.calendar }, (_, i) => ({ day: addDays(segment.from, i), side: segment.side, counts: segment.counts })));
      expect(days).toEqual(model.days);
      expect(ledger.accepted).toBe(model.start);
      if (model.version === undefined) continue;
      const { statutory, promised = statutory } = model.version;
      const more = model.version.promised === undefined || model.version.promiseExtends === true ? model.extension : 0;
      for (const [clock, limit, most] of [[ledger.statutory, statutory, statutory.days + model.extension], [ledger.promised, promised, promised.days + more]] as const) {
        const { used, deadline } = modelClock(model.days, limit, most, model.last, (day) => calendar.isWorkday(day));
        expect({ used: (clock?.used ?? 0) + (clock?.over ?? 0), deadline: clock?.deadline.day }).toEqual({ used, deadline });
      }
    }
  });

  test('are the same replayed in pieces and as a whole, checked and unchecked', () => {
    for (const { events, rules } of histories) {
      const whole = caseOf(events, rules, calendar);
      const cut = 1 + dice(events.length);
      expect(caseOf(events.slice(cut), rules, calendar, caseOf(events.slice(0, cut), rules, calendar))).toEqual(whole);
      expect(resumeCase(events, rules, calendar)).toEqual(whole);
    }
  });

  test('kept numbers give on every later day what the ledger gives', () => {
    const compared = new Set<string>();
    for (const { events, now, rules } of histories.slice(0, 3000)) {
      const last = events.at(-1)?.day ?? now;
      const kept = keepCase(events, at(last), rules, calendar);
      if (kept === null) continue;
      for (let day = last; day <= addDays(now, 20) && at(day) < (kept.until ?? Infinity); day = addDays(day, 3)) {
        const ledger = ledgerOf(events, day, rules, calendar);
        const standing = standingOf(kept, at(day), calendar);
        for (const which of ['statutory', 'promised'] as const) {
          if (standing[which] === undefined) continue;
          compared.add(which);
          const { left, over, overdue } = standing[which];
          expect({ left, over, overdue }).toEqual({ left: ledger[which]?.left, over: ledger[which]?.over, overdue: ledger[which]?.overdue });
        }
        for (const which of ['answer', 'delivery'] as const) {
          const shown = ledger.status === 'delivered' ? null : ledger[which];
          expect(standing[which] === undefined).toBe(shown === null);
          if (standing[which] === undefined || shown === null) continue;
          compared.add(which);
          expect(standing[which].left).toBe(Math.max(0, calendar.between(day, shown.day)));
          expect(standing[which].overdue).toBe(day > shown.day);
        }
      }
    }
    expect(compared.size).toBe(4);
  });

  test('a refresh of all folds those whose numbers hold no longer, and gives what the ledgers give', () => {
    const some = histories.slice(0, 1000);
    const folded: number[] = [];
    const kept = some.map(({ events, rules }) => keepCase(events, at(events.at(-1)?.day ?? ''), rules, calendar));
    const cases = kept.filter((one) => one !== null);
    const places = kept.flatMap((one, place) => (one === null ? [] : [place]));
    const day = Math.max(...some.map((one) => at(one.now)));
    const standings = refreshAll(cases, day, calendar, (place) => {
      folded.push(place);
      const { events, rules } = some[places[place] ?? 0] ?? { events: [], rules: { versions: [] } };
      return keepCase(events, day, rules, calendar);
    });
    expect(folded).toEqual(cases.flatMap((one, place) => (one.until === null ? [] : [place])));
    standings.forEach((standing, i) => {
      const { events, rules } = some[places[i] ?? 0] ?? { events: [], rules: { versions: [] } };
      const { statutory } = ledgerOf(events, dayOfNumber(day), rules, calendar);
      if (standing?.statutory !== undefined) expect([standing.statutory.left, standing.statutory.over, standing.statutory.overdue]).toEqual([statutory?.left, statutory?.over, statutory?.overdue]);
    });
    expect(folded.length).toBeGreaterThan(10);
  });
});

function soundClock(clock: Clock, ledger: Ledger): void {
  expect(clock.used + clock.left).toBe(clock.limit);
  expect(Math.min(clock.used, clock.left, clock.over)).toBeGreaterThanOrEqual(0);
  expect(clock.over === 0 || clock.left === 0).toBe(true);
  if (clock.over > 0) expect(clock.overdue).toBe(true);
  // The days left lead from today to the deadline, whether the clock runs or would run from today.
  const open = !['decided', ...ENDED].includes(ledger.status);
  if (open && !clock.overdue && clock.unit === 'working') expect(calendar.between(ledger.day, clock.deadline.day)).toBe(clock.left);
  if (open && !clock.overdue && clock.unit === 'calendar') expect(daysBetween(ledger.day, clock.deadline.day)).toBe(clock.left);
}

describe('a calendar that changes', () => {
  // 2026 as if its notice had not come yet, and with a day more off than it has.
  const other: WorkCalendar = calendarWith({ notices: [{ year: 2026, off: '01-01/01-02 02-16/02-24 04-06', work: '' }], days: [{ day: '2020-02-10', work: false }] });

  test('moves deadlines, and recomputes what was lawful when it happened without a refusal and without losing a day', () => {
    let moved = 0;
    for (const { events, now, rules } of histories) {
      const [before, after] = [ledgerOf(events, now, rules, calendar), ledgerOf(events, now, rules, other)];
      expect(after.elapsed.calendar).toBe(before.elapsed.calendar);
      expect(Object.values(after.parts).reduce((sum, one) => sum + one.calendar, 0)).toBe(after.elapsed.calendar);
      if (after.statutory !== null) soundUnder(after.statutory);
      if (after.statutory?.deadline.day !== before.statutory?.deadline.day) moved += 1;
    }
    expect(moved).toBeGreaterThan(50);
  });

  function soundUnder(clock: Clock): void {
    expect(clock.used + clock.left).toBe(clock.limit);
  }
});

describe('the time zone of the machine', () => {
  afterEach(() => { vi.unstubAllEnvs(); });

  test('changes nothing, with days taken from instants just before and after midnight in China', () => {
    const anew = calendarWith();
    const digests = ['Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati', 'UTC'].map((zone) => {
      vi.stubEnv('TZ', zone);
      const hash = createHash('sha256');
      for (const { events, now, rules } of histories.slice(0, 1500)) {
        const byInstant = events.map((event, i): CaseEvent => ({ ...event, day: chinaDay(new Date(Date.parse(`${event.day}T${i % 2 === 0 ? '00:00:01' : '23:59:59'}+08:00`))) }));
        hash.update(JSON.stringify([ledgerOf(byInstant, now, rules, anew), keepCase(byInstant, at(now), rules, anew)]));
      }
      // That the zone was really another one is seen by the local hour.
      return { digest: hash.digest('hex'), hour: new Date(0).getHours() };
    });
    expect(new Set(digests.map((one) => one.digest)).size).toBe(1);
    expect(new Set(digests.map((one) => one.hour)).size).toBeGreaterThan(2);
  });
});
