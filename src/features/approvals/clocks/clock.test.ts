import { describe, expect, test } from 'vitest';
import { Refusal } from '../../../kernel/refuse.ts';
import { calendarWith } from '../../../kernel/workdays.ts';
import { caseOf } from './clock.ts';
import { KINDS, type Actor, type CaseEvent, type EventKind } from './events.ts';
import { ledgerOf, type Ledger } from './ledger.ts';
import { LEGAL, withVersion, type ClockRules, type LimitVersion } from './terms.ts';

const calendar = calendarWith();
const SINGLE: ClockRules = { versions: [{ ...LEGAL.single, promised: { days: 7, unit: 'working' } }] };
const JOINT: ClockRules = { versions: [{ ...LEGAL.joint, promised: { days: 9, unit: 'working' }, rectification: { windows: 2, days: 3 } }] };
const EIA: ClockRules = { versions: [{ from: '2003-09-01', statutory: { days: 60, unit: 'calendar' }, extension: 0 }] };

/** Events as `day kind` lines; what each kind must carry is filled in, unless `more` says otherwise. */
function life(lines: readonly string[], more: Readonly<Record<string, Partial<CaseEvent>>> = {}): CaseEvent[] {
  return lines.map((line, i) => {
    const [day = '', word = ''] = line.split(' ');
    const kind = kindIn(word);
    const [by = 'department'] = KINDS[kind].by;
    return { id: `e${i + 1}`, kind, day, seq: i + 1, by, reason: 'r', document: 'd', ...(kind === 'special_begun' ? { procedure: 'hearing' as const, days: 10 } : {}), ...(kind === 'extended' ? { days: 10 } : {}), ...(kind === 'decided' ? { outcome: 'approved' as const } : {}), ...more[word] };
  });
}

function kindIn(word: string): EventKind {
  const found = Object.keys(KINDS).find((kind): kind is EventKind => kind === word);
  if (found === undefined) throw new Error(`no kind ${word}`);
  return found;
}

function ledger(lines: readonly string[], now: string, rules = SINGLE, more: Readonly<Record<string, Partial<CaseEvent>>> = {}, by = calendar): Ledger {
  const events = life(lines, more);
  caseOf(events, rules, calendar);
  return ledgerOf(events, now, rules, by);
}

function refusal(lines: readonly string[], rules = SINGLE, more: Readonly<Record<string, Partial<CaseEvent>>> = {}): string {
  try {
    caseOf(life(lines, more), rules, calendar);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'done';
}

describe('the clock of a case', () => {
  test('runs from the day after acceptance, with both deadlines', () => {
    const { statutory, promised } = ledger(['2024-01-31 received', '2024-02-01 accepted'], '2024-02-05');
    expect(statutory).toEqual({ unit: 'working', limit: 20, extension: 0, used: 3, left: 17, over: 0, deadline: { day: '2024-03-05', provisional: false }, moving: false, overdue: false });
    expect([promised?.limit, promised?.used, promised?.left, promised?.deadline.day]).toEqual([7, 3, 4, '2024-02-09']);
  });

  test('counts environmental assessment in calendar days', () => {
    const { statutory } = ledger(['2024-01-31 received', '2024-02-01 accepted'], '2024-02-11', EIA);
    expect([statutory?.used, statutory?.left, statutory?.deadline]).toEqual([10, 50, { day: '2024-04-01', provisional: false }]);
  });

  test('stands still during a special procedure, and the deadline moves meanwhile', () => {
    const lines = ['2024-03-01 received', '2024-03-01 accepted', '2024-03-05 special_begun'];
    const standing = ledger(lines, '2024-03-11');
    expect([standing.statutory?.used, standing.statutory?.left, standing.statutory?.moving, standing.statutory?.deadline.day]).toEqual([2, 18, true, '2024-04-07']);
    expect(ledger(lines, '2024-03-12').statutory?.deadline.day).toBe('2024-04-08');
    const after = ledger([...lines, '2024-03-12 special_ended'], '2024-03-20');
    expect([after.statutory?.used, after.statutory?.left, after.statutory?.moving, after.statutory?.deadline.day]).toEqual([8, 12, false, '2024-04-08']);
    expect(after.segments.map((one) => [one.from, one.to, one.side, one.counts, one.events])).toEqual([
      ['2024-03-02', '2024-03-06', 'department', true, ['e2', 'e3']], ['2024-03-06', '2024-03-13', 'special', false, ['e3', 'e4']], ['2024-03-13', '2024-03-21', 'department', true, ['e4']],
    ]);
    expect(after.parts).toEqual({ department: { calendar: 12, working: 8 }, special: { calendar: 7, working: 5 }, applicant: { calendar: 0, working: 0 }, suspension: { calendar: 0, working: 0 } });
  });

  test('says that a special procedure lasts longer than was announced', () => {
    const lines = ['2024-03-01 received', '2024-03-01 accepted', '2024-03-04 special_begun'];
    expect(ledger(lines, '2024-03-18').special).toEqual({ day: '2024-03-18', provisional: false, procedure: 'hearing', overdue: false });
    expect(ledger(lines, '2024-03-19').special?.overdue).toBe(true);
  });

  test('gets the days that the head adds; a promise stays a promise', () => {
    const { statutory, promised } = ledger(['2024-03-01 received', '2024-03-01 accepted', '2024-03-20 extended'], '2024-03-20');
    expect(refusal(['2024-03-01 received', '2024-03-01 accepted', '2024-03-29 extended'])).toBe('done');
    expect([statutory?.limit, statutory?.deadline.day, promised?.limit, promised?.deadline.day, promised?.overdue]).toEqual([30, '2024-04-15', 7, '2024-03-12', true]);
  });

  test('is provisional when its deadline lies in a year that is not announced, and its notice moves the deadline but no day used', () => {
    const lines = ['2026-12-10 received', '2026-12-10 accepted'];
    const before = ledger(lines, '2027-01-05');
    expect([before.statutory?.used, before.statutory?.deadline]).toEqual([18, { day: '2027-01-07', provisional: true }]);
    const announced = calendarWith({ notices: [{ year: 2027, off: '01-01/01-03 01-06/01-12', work: '' }] });
    const after = ledger(lines, '2027-01-05', SINGLE, {}, announced);
    expect([after.statutory?.used, after.statutory?.left, after.statutory?.deadline]).toEqual([17, 3, { day: '2027-01-15', provisional: false }]);
    expect(after.elapsed.calendar).toBe(before.elapsed.calendar);
  });

  test('keeps the limit that was in force at acceptance', () => {
    const rules: ClockRules = { versions: [{ from: '2024-04-01', statutory: { days: 10, unit: 'working' }, extension: 5 }, { from: '2004-07-01', statutory: { days: 20, unit: 'working' }, extension: 10 }] };
    expect(ledger(['2024-03-29 received', '2024-03-29 accepted'], '2024-05-20', rules).statutory?.limit).toBe(20);
    expect(ledger(['2024-03-29 received', '2024-04-01 accepted'], '2024-05-20', rules).statutory?.limit).toBe(10);
    expect(refusal(['2004-06-01 received', '2004-06-02 accepted'], rules)).toBe('cases.no_limit');
  });

  test('is over when the last day is over, also where the next is a Saturday', () => {
    const lines = ['2024-02-29 received', '2024-02-29 accepted'];
    expect(ledger(lines, '2024-03-28').statutory).toMatchObject({ used: 20, left: 0, over: 0, overdue: false, deadline: { day: '2024-03-28' } });
    const friday = ['2024-03-01 received', '2024-03-01 accepted'];
    expect(ledger(friday, '2024-03-29').statutory).toMatchObject({ left: 0, overdue: false });
    expect(ledger(friday, '2024-03-30').statutory).toMatchObject({ left: 0, over: 0, overdue: true, deadline: { day: '2024-03-29' } });
    expect(ledger(friday, '2024-04-01').statutory).toMatchObject({ used: 20, left: 0, over: 1, overdue: true, deadline: { day: '2024-03-29' } });
  });

  test('stops with the decision; delivery has ten working days of its own', () => {
    const decided = ['2024-03-01 received', '2024-03-01 accepted', '2024-03-08 decided'];
    expect(ledger(decided, '2024-06-01').statutory).toMatchObject({ used: 5, left: 15, overdue: false, deadline: { day: '2024-03-29' } });
    expect(ledger(decided, '2024-06-01').delivery).toEqual({ day: '2024-03-22', provisional: false, overdue: true });
    expect(ledger([...decided, '2024-03-22 delivered'], '2024-06-01').delivery?.overdue).toBe(false);
    expect(ledger([...decided, '2024-03-22 delivered'], '2024-06-01').elapsed.calendar).toBe(21);
  });

  test('lets a suspension count for nobody', () => {
    const after = ledger(['2024-03-01 received', '2024-03-01 accepted', '2024-03-04 suspended', '2024-05-06 resumed'], '2024-05-07');
    expect([after.parts.suspension.calendar, after.statutory?.used, after.parts.department.calendar]).toEqual([63, 2, 4]);
  });
});

describe('versions of a limit', () => {
  const version = (from: string, days = 10): LimitVersion => ({ ...LEGAL.single, from, promised: { days, unit: 'working' } });

  test('are added at the end and from today on, so that no clock that runs is changed', () => {
    expect(withVersion(SINGLE, version('2024-05-01'), '2024-05-01').versions.map((one) => one.from)).toEqual(['2004-07-01', '2024-05-01']);
    expect(() => withVersion(SINGLE, version('2024-04-30'), '2024-05-01')).toThrow('cases.version_past');
    expect(() => withVersion({ versions: [version('2025-01-01')] }, version('2025-01-01'), '2024-05-01')).toThrow('cases.version_past');
    expect(() => withVersion(SINGLE, version('2024-05-01', 21), '2024-05-01')).toThrow('cases.promise_longer');
  });

  test('are not wanting for silence: the first there is, or that of the law', () => {
    expect(ledger(['2024-02-05 received'], '2024-03-01', { versions: [version('2024-06-01')] }).promised?.limit).toBe(10);
    expect(ledger(['2024-02-05 received'], '2024-03-01', { versions: [] }).statutory?.limit).toBe(20);
  });
});

describe('acceptance', () => {
  test('by silence: after five working days without a word the case is accepted as from its arrival', () => {
    const waiting = ledger(['2024-02-05 received'], '2024-02-18');
    expect([waiting.status, waiting.accepted, waiting.answer, waiting.statutory?.used]).toEqual(['received', null, { day: '2024-02-18', provisional: false }, 0]);
    const silent = ledger(['2024-02-05 received'], '2024-02-19');
    expect([silent.status, silent.accepted, silent.deemed, silent.statutory?.used, silent.answer]).toEqual(['accepted', '2024-02-05', true, 6, null]);
    expect(silent.segments.map((one) => [one.reason, one.counts])).toEqual([['deciding', true]]);
  });

  test('said late changes nothing; asked or refused late is refused', () => {
    expect(ledger(['2024-02-05 received', '2024-02-20 accepted'], '2024-02-20').accepted).toBe('2024-02-05');
    expect(refusal(['2024-02-05 received', '2024-02-18 correction_asked'])).toBe('done');
    expect(refusal(['2024-02-05 received', '2024-02-19 correction_asked'])).toBe('cases.deemed_accepted');
    expect(refusal(['2024-02-05 received', '2024-02-19 not_accepted'])).toBe('cases.deemed_accepted');
  });

  test('after corrections: the applicant has the case meanwhile, and silence counts from their arrival', () => {
    const lines = ['2024-03-01 received', '2024-03-04 correction_asked', '2024-03-15 correction_supplied'];
    expect(ledger(lines, '2024-03-15').parts).toMatchObject({ department: { calendar: 3 }, applicant: { calendar: 11, working: 9 } });
    const silent = ledger(lines, '2024-03-25');
    expect([silent.accepted, silent.statutory?.used]).toEqual(['2024-03-15', 6]);
  });

  test('corrections are asked for once', () => {
    expect(refusal(['2024-03-01 received', '2024-03-04 correction_asked', '2024-03-15 correction_supplied', '2024-03-15 correction_asked'])).toBe('cases.correction_once');
  });
});

describe('joint acceptance', () => {
  const lines = ['2024-03-01 received', '2024-03-01 accepted', '2024-03-04 rectification_begun'];

  test('leaves a window of three working days out, and takes the case back when the window is over', () => {
    expect(ledger(lines, '2024-03-07', JOINT).statutory).toMatchObject({ used: 1, moving: true });
    const after = ledger(lines, '2024-03-11', JOINT);
    expect([after.status, after.statutory?.used, after.parts.applicant.working]).toEqual(['accepted', 3, 3]);
    expect(ledger([...lines, '2024-03-12 rectification_ended'], '2024-03-12', JOINT).parts.applicant.working).toBe(3);
    expect(ledger([...lines, '2024-03-05 rectification_ended'], '2024-03-12', JOINT).parts.applicant.working).toBe(1);
  });

  test('has two windows and no more; other items have none', () => {
    const twice = [...lines, '2024-03-05 rectification_ended', '2024-03-06 rectification_begun', '2024-03-07 rectification_ended'];
    expect(refusal(twice, JOINT)).toBe('done');
    expect(refusal([...twice, '2024-03-08 rectification_begun'], JOINT)).toBe('cases.rectification_spent');
    expect(refusal(lines, SINGLE)).toBe('cases.rectification_not_here');
  });
});

describe('what is refused', () => {
  const open = ['2024-03-01 received', '2024-03-01 accepted'];
  test.each<[string, readonly string[], string, Readonly<Record<string, Partial<CaseEvent>>>?]>([
    ['an event before the last one', [...open, '2024-02-29 decided'], 'cases.event_order'],
    ['a decision during a hearing', [...open, '2024-03-04 special_begun', '2024-03-05 decided'], 'cases.not_from_state'],
    ['a second decision', [...open, '2024-03-04 decided', '2024-03-05 decided'], 'cases.not_from_state'],
    ['a decision without acceptance', ['2024-03-01 received', '2024-03-01 decided'], 'cases.not_from_state'],
    ['a withdrawal after the decision', [...open, '2024-03-04 decided', '2024-03-05 withdrawn'], 'cases.not_from_state'],
    ['a special procedure without a written notice', [...open, '2024-03-04 special_begun'], 'cases.event_lacks', { special_begun: { document: ' ' } }],
    ['a refusal without a reason', [...open, '2024-03-04 decided'], 'cases.event_lacks', { decided: { outcome: 'refused', reason: '' } }],
    ['an extension of eleven days', [...open, '2024-03-04 extended'], 'cases.extension_too_long', { extended: { days: 11 } }],
    ['an extension of half a day', [...open, '2024-03-04 extended'], 'cases.bad_days', { extended: { days: 0.5 } }],
    ['a second extension', [...open, '2024-03-04 extended', '2024-03-05 extended'], 'cases.extension_once'],
    ['an extension after the time is over', [...open, '2024-03-30 extended'], 'cases.extension_late'],
    ['an acceptance by the applicant', ['2024-03-01 received', '2024-03-01 accepted'], 'cases.wrong_side', { accepted: { by: 'applicant' satisfies Actor } }],
    ['the same event twice', [...open, '2024-03-04 decided'], 'cases.event_twice', { decided: { id: 'e1' } }],
    ['a day that is none', ['2024-02-30 received'], 'cases.event_day'],
    ['taking back what was refused', [...open, '2024-03-04 decided', '2024-03-05 revoked'], 'cases.not_granted', { decided: { outcome: 'refused' } }],
  ])('%s', (_what, lines, code, more) => {
    expect(refusal(lines, SINGLE, more)).toBe(code);
  });
});
