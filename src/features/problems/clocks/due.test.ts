import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarWith } from '../../../kernel/workdays.ts';
import { take, type Life } from '../life/life.ts';
import { CLOCKS, SEVERITIES } from '../life/steps.ts';
import policies from './data/policies.json' with { type: 'json' };
import { midnight } from './basis.ts';
import { counterOf, type Counter } from './due.ts';
import { basesOf, lineFor, Policy, policyFaults, type LimitLine } from './policy.ts';
import { checker } from '../../../platform/validate.ts';

const at = (text: string): number => Date.parse(`${text}:00+08:00`);
const check = checker(Policy);
const calendar = calendarWith();
const presets = new Map(policies.map((one) => [one.code, check(one.body)]));
const policyOf = (code: string): Policy => presets.get(code) ?? check({});
const counters = new Map<string, Counter>([...presets].map(([code, body]) => [code, counterOf(body, calendar)]));
const counter = (code: string): Counter => counters.get(code) ?? counterOf(policyOf(code), calendar);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const HOUR = 3_600_000;

function raised(when: number): Life {
  return {
    state: 'received', tier: 1, round: 1, owner: { orgId: 'desk', userId: null }, heldAt: when, raisedAt: when, roundAt: when, signedAt: null, forwardedAt: null, repliedAt: null, submittedAt: null, endedAt: null, agreedDay: null, pauses: [],
    handbacks: 0, reopened: 0, redone: 0, overdues: 0, told: [], late: null, satisfaction: null, confirmedBy: null, settledTier: null, forMeeting: false,
  };
}
const forwarded = (when: number): Life => take(raised(when), { kind: 'forwarded', owner: { orgId: 'department', userId: null }, tier: 2 }, when);
const ORDINARY = { kind: 'utilities', severity: 'ordinary' as const };
const COMPLEX = { kind: 'utilities', severity: 'complex' as const };

describe('the presets say what their zones announced', () => {
  const line = (code: string, what: { kind: string; severity: 'ordinary' | 'urgent' | 'complex' }): LimitLine => lineFor(policyOf(code), what);
  const said = ({ count, unit }: { count: number; unit: string }): string => `${count} ${unit}`;

  it('焦作“13710”: forwarded in 1 day, reported in 3, ordinary in 7, complex in a month', () => {
    expect([said(line('jiaozuo_13710', ORDINARY).forward), said(line('jiaozuo_13710', ORDINARY).reply), said(line('jiaozuo_13710', ORDINARY).solve), said(line('jiaozuo_13710', COMPLEX).solve)]).toEqual(['1 workday', '3 workday', '7 workday', '30 day']);
    expect(said(line('jiaozuo_13710', ORDINARY).sign)).toBe('2 office_hour');
  });

  it('江门: a contact in 60 minutes, a plan in 24 hours, closed in 7 days, day and night', () => {
    expect([said(line('jiangmen', ORDINARY).sign), said(line('jiangmen', ORDINARY).reply), said(line('jiangmen', ORDINARY).solve)]).toEqual(['60 minute', '24 hour', '7 day']);
  });

  it('枣庄: begun in 1 working day, answered in 2, solved in 10, complex in 25', () => {
    expect([said(line('zaozhuang', ORDINARY).forward), said(line('zaozhuang', ORDINARY).reply), said(line('zaozhuang', ORDINARY).solve), said(line('zaozhuang', COMPLEX).solve)]).toEqual(['1 workday', '2 workday', '10 workday', '25 workday']);
  });

  it('青龙: taken in within 2 hours; 1 day for a consultation, 5 for help, 10 for a complaint or what is complex', () => {
    const consultation = { kind: 'consultation', severity: 'ordinary' as const };
    const complaint = { kind: 'conduct', severity: 'ordinary' as const };
    expect([said(line('qinglong', ORDINARY).sign), said(line('qinglong', consultation).solve), said(line('qinglong', ORDINARY).solve), said(line('qinglong', complaint).solve), said(line('qinglong', COMPLEX).solve)])
      .toEqual(['2 hour', '1 workday', '5 workday', '10 workday', '10 workday']);
  });

  it('hold together: hours in order, a last line for all, every step before the solution', () => {
    for (const [code, body] of presets) {
      expect(policyFaults(body), code).toEqual([]);
      const when = at('2023-06-30T10:00');
      for (const severity of SEVERITIES) {
        const [sign = 0, forward = 0, reply = 0, solve = 0] = (['sign', 'forward', 'reply', 'solve'] as const).map((step) => counter(code).dueOf(raised(when), { kind: 'land', severity }, step) ?? 0);
        expect(sign <= forward && forward <= solve && reply <= solve, `${code} ${severity}`).toBe(true);
      }
    }
  });
});

describe('a limit', () => {
  it('that is met at its very moment is met; the moment after it has run out', () => {
    const life = raised(at('2023-06-30T10:00'));
    const due = counter('jiangmen').dueOf(life, ORDINARY, 'sign') ?? 0;
    expect(due).toBe(at('2023-06-30T11:00'));
    expect(counter('jiangmen').turns(life, ORDINARY, due)).toEqual([]);
    expect(counter('jiangmen').turns(life, ORDINARY, due + 1)).toEqual([{ kind: 'overdue', step: 'sign', at: due + 1 }]);
    expect(counter('jiangmen').clocked(life, ORDINARY).turn).toBe(due + 1);
  });

  it('of an agreed day ends with that day, whatever the policy says and whatever was waited for', () => {
    const life = take(forwarded(at('2023-06-30T10:00')), { kind: 'decided', owner: { orgId: 'department', userId: null }, tier: 2, agreedDay: '2023-07-20', missed: false }, at('2023-07-03T10:00'));
    expect(counter('jiaozuo_13710').dueOf(life, ORDINARY, 'solve')).toBe(at('2023-07-21T00:00') - 1);
    expect(counter('jiaozuo_13710').used(life, ORDINARY, at('2023-07-21T00:00'))).toMatchObject({ used: 14 * 1440, limit: 14 * 1440 });
  });

  it('of forwarding begins anew when it is handed back', () => {
    const back = take(forwarded(at('2023-06-30T10:00')), { kind: 'returned', to: { orgId: 'desk', userId: null }, pingPong: 2 }, at('2023-07-03T17:00'));
    expect(counter('jiaozuo_13710').dueOf(back, ORDINARY, 'forward')).toBe(at('2023-07-05T00:00') - 1);
  });
});

const pausesOf = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 80 }), length: fc.integer({ min: 0, max: 120 }), kind: fc.constantFrom('enterprise' as const, 'upper_level' as const) }), { maxLength: 5 });
const startOf = fc.integer({ min: 0, max: 60 * 24 * 4 }).map((quarter) => midnight(19_500) + quarter * HOUR / 4);

/** A life with some pauses one after the other, the last one perhaps still lasting. */
function withPauses(when: number, pauses: readonly { wait: number; length: number; kind: 'enterprise' | 'upper_level' }[], lasting: boolean): { life: Life; end: number } {
  let life = forwarded(when);
  let now = when;
  for (const [index, { wait, length, kind }] of pauses.entries()) {
    now += wait * HOUR;
    life = take(life, { kind: 'paused', pause: kind, until: now + 1000 * HOUR }, now);
    if (lasting && index === pauses.length - 1) continue;
    now += length * HOUR;
    life = take(life, { kind: 'resumed' }, now);
  }
  return { life, end: now };
}

describe('a pause', () => {
  it(`never lengthens the time used: what is used is at most what has passed less what was waited for, and never falls (seed ${seed})`, () => {
    fc.assert(fc.property(fc.constantFrom(...presets.keys()), fc.constantFrom(...SEVERITIES), startOf, pausesOf, fc.boolean(), fc.integer({ min: 0, max: 400 }), (code, severity, when, pauses, lasting, later) => {
      const { life, end } = withPauses(when, pauses, lasting);
      const what = { kind: 'land', severity };
      const unit = lineFor(policyOf(code), what).solve.unit;
      const on = basesOf(policyOf(code), calendar)(unit);
      let before = 0;
      for (const now of [when, when + 12 * HOUR, end, end + later * HOUR].sort((a, b) => a - b)) {
        if (now < end) continue;
        const { used } = counter(code).used(life, what, now);
        const waited = life.pauses.reduce((sum, pause) => sum + Math.max(0, on.between(Math.max(pause.from, on.start(when)), Math.max(pause.to ?? now, on.start(when)))), 0);
        expect(used).toBeLessThanOrEqual(Math.max(0, on.between(on.start(when), Math.max(now, on.start(when))) - waited) + 1e-6);
        expect(used).toBeGreaterThanOrEqual(before);
        before = used;
      }
      if (lasting && pauses.length > 0) expect(counter(code).used(life, what, end + 50 * HOUR).used).toBeCloseTo(counter(code).used(life, what, end).used, 6);
    }), { seed, numRuns: 400 });
  });

  it(`moves the limit by exactly what counted of it: at the limit all of it is used, and nothing more (seed ${seed})`, () => {
    fc.assert(fc.property(fc.constantFrom(...presets.keys()), fc.constantFrom(...SEVERITIES), startOf, pausesOf, (code, severity, when, pauses) => {
      const { life } = withPauses(when, pauses, false);
      const what = { kind: 'land', severity };
      const due = counter(code).dueOf(life, what, 'solve');
      const free = counter(code).dueOf(forwarded(when), what, 'solve');
      expect(due).not.toBeNull();
      expect(due ?? 0).toBeGreaterThanOrEqual(free ?? 0);
      const { used, limit } = counter(code).used(life, what, due ?? 0);
      expect(used).toBeLessThanOrEqual(limit + 1e-6);
      expect(used).toBeGreaterThan(limit - 1e-3);
      expect(counter(code).used(life, what, (due ?? 0) + 40 * 24 * HOUR).used).toBeGreaterThan(limit);
    }), { seed, numRuns: 400 });
  });
});

describe('a change of kind, severity or policy', () => {
  it(`keeps the start and the pauses, so that changing back gives what was before (seed ${seed})`, () => {
    fc.assert(fc.property(startOf, pausesOf, fc.constantFrom(...SEVERITIES), fc.constantFrom(...presets.keys()), (when, pauses, severity, code) => {
      const { life, end } = withPauses(when, pauses, false);
      const changed = take(life, { kind: 'reclassified' }, end);
      expect(changed).toEqual(life);
      for (const step of CLOCKS) expect(counter(code).dueOf(changed, { kind: 'land', severity }, step)).toBe(counter(code).dueOf(life, { kind: 'land', severity }, step));
      // Of the same basis what is used is the same, whatever the limit.
      const [one, other] = [counter('zaozhuang').used(changed, ORDINARY, end), counter('jiaozuo_13710').used(changed, ORDINARY, end)];
      expect(one.used).toBeCloseTo(other.used, 6);
    }), { seed, numRuns: 200 });
  });
});

describe('the ladder', () => {
  it('climbs on the day that the solution was due, then to the leader in charge, then to the main leaders', () => {
    const life = forwarded(at('2023-06-30T10:00'));
    const tiers = (until: number) => counter('jiaozuo_13710').turns(life, ORDINARY, until).flatMap((turn) => (turn.kind === 'escalated' ? [turn.tier] : []));
    const due = counter('jiaozuo_13710').dueOf(life, ORDINARY, 'solve') ?? 0;
    expect(due).toBe(at('2023-07-12T00:00') - 1);
    expect(tiers(due)).toEqual([]);
    expect(tiers(due + 1)).toEqual([3]);
    expect(tiers(at('2023-07-15T00:00'))).toEqual([3, 4]);
    expect(tiers(at('2023-07-26T00:00'))).toEqual([3, 4, 5]);
  });

  it('that had run out before the wait began has run out all the same, and an agreed day passes whatever is waited for', () => {
    const life = forwarded(at('2023-06-30T10:00'));
    const due = counter('jiaozuo_13710').dueOf(life, ORDINARY, 'solve') ?? 0;
    const wait = (from: number, one = life) => take(one, { kind: 'paused', pause: 'enterprise', until: at('2023-12-31T00:00') }, from);
    expect(counter('jiaozuo_13710').clocked(wait(due + 1), ORDINARY).solveDue).toBe(due);
    expect(counter('jiaozuo_13710').clocked(wait(due), ORDINARY).solveDue).toBeNull();
    expect(counter('jiaozuo_13710').turns(wait(due + 1), ORDINARY, at('2023-12-01T00:00'))).toMatchObject([{ kind: 'overdue', step: 'reply' }, { kind: 'overdue', step: 'solve' }]);
    const agreed = { ...life, agreedDay: '2023-07-20' };
    expect(counter('jiaozuo_13710').clocked(wait(at('2023-07-03T10:00'), agreed), ORDINARY)).toMatchObject({ solveDue: at('2023-07-21T00:00') - 1, turn: at('2023-07-21T00:00') });
  });

  it('does not climb while it waits or is submitted', () => {
    const life = forwarded(at('2023-06-30T10:00'));
    const waiting = take(life, { kind: 'paused', pause: 'enterprise', until: at('2023-12-31T00:00') }, at('2023-07-03T10:00'));
    expect(counter('jiaozuo_13710').turns(waiting, ORDINARY, at('2023-12-01T00:00'))).toEqual([]);
    const submitted = take(life, { kind: 'submitted', late: false }, at('2023-07-05T10:00'));
    expect(counter('jiaozuo_13710').turns(submitted, ORDINARY, at('2023-12-01T00:00')).map((turn) => turn.kind)).toEqual(['unanswered']);
  });
});
