// Needed, not needed or to be clarified, each with the rule and the facts that say so; what is not known decides nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appearing, applicability, apply, openFacts } from './applicability.ts';
import type { Facts, Item, Rule } from '../catalogue/shape.ts';
import { FACTS, factFaults, prefilled } from './facts.ts';
import { decide } from '../catalogue/kleene.ts';
import { NATIONAL } from '../catalogue/standard.ts';

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const itemOf = (code: string): Item => NATIONAL.items.find((one) => one.code === code) ?? expect.fail(code);
const verdict = (code: string, facts: Facts) => apply(itemOf(code), facts).verdict;

describe('a rule with three values', () => {
  const yes: Rule = { always: true };
  const no: Rule = { always: false };
  const open: Rule = { fact: 'relics', eq: true };
  const truth = (rule: Rule, facts: Facts = {}) => decide(rule, facts).truth;

  it('follows Kleene: false ends an all, true ends an any, an unknown stays one, and not turns what is known', () => {
    expect([truth({ all: [yes, open] }), truth({ all: [no, open] }), truth({ any: [yes, open] }), truth({ any: [no, open] }), truth({ not: open }), truth({ not: no })]).toEqual([null, false, true, null, null, true]);
  });

  it('names the tests that decided, and of an unknown those that could', () => {
    const rule: Rule = { any: [{ fact: 'energyTce', gte: 1000 }, { all: [{ fact: 'coalTce', gt: 0 }, { not: { fact: 'relics', eq: true } }] }] };
    expect(decide(rule, { energyTce: 2000 }).by.map((one) => one.path)).toEqual(['any.0']);
    expect(decide(rule, { energyTce: 10, coalTce: 5 }).by.map((one) => [one.path, one.truth])).toEqual([['any.1.all.1.not', null]]);
    expect(decide(rule, { energyTce: 10, coalTce: 0 })).toMatchObject({ truth: false, by: [{ path: 'any.0', have: 10 }, { path: 'any.1.all.0', have: 0 }] });
  });

  it('takes a value of the wrong kind for none, and knows whether there is an answer at all', () => {
    expect([truth({ fact: 'energyTce', gte: 5 }, { energyTce: 'many' }), truth({ fact: 'energyTce', lt: 5 }, { energyTce: 4 }), truth({ fact: 'energyTce', gt: 4 }, { energyTce: 4 })]).toEqual([null, true, false]);
    expect([truth({ fact: 'relics', known: true }), truth({ fact: 'relics', known: true }, { relics: false }), truth({ fact: 'utilities', has: 'heat' }, { utilities: ['heat'] })]).toEqual([false, true, true]);
  });

  it(`never turns from true to false or back when an unknown becomes known (seed ${seed})`, () => {
    const names = FACTS.filter((one) => one.type === 'flag').slice(0, 4).map((one) => one.name);
    const test = fc.constantFrom(...names).map((fact): Rule => ({ fact, eq: true }));
    const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
      rule: fc.oneof({ maxDepth: 4 }, test, fc.record({ all: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }), fc.record({ any: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }), fc.record({ not: tie('rule') })),
    }));
    fc.assert(fc.property(rule, fc.array(fc.constantFrom(true, false, null), { minLength: 4, maxLength: 4 }), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), (one, partly, rest) => {
      const known = Object.fromEntries(names.map((name, i) => [name, partly[i] ?? null]));
      const before = decide(one, known).truth;
      if (before !== null) expect(decide(one, Object.fromEntries(names.map((name, i) => [name, known[name] ?? rest[i] ?? false]))).truth).toBe(before);
    }), { seed, numRuns: 400, endOnFailure: true });
  });
});

describe('items', () => {
  it('are to be clarified where nothing is known, but for what every project needs', () => {
    const applied = applicability(NATIONAL, {});
    expect(applied.filter((one) => one.verdict === 'not_needed')).toEqual([]);
    expect(applied.filter((one) => one.verdict === 'needed').map((one) => one.item.code)).toEqual(['P01', 'P11', 'D01', 'D02', 'D07', 'K01', 'K02', 'K06', 'K07', 'K08', 'K10', 'Y01', 'Y02', 'Y04', 'Y05', 'Y06', 'Y12']);
    expect(openFacts(applied)[0]?.fact).toBe('track');
  });

  it('follow the track: filing or verification for an enterprise, proposal to preliminary design for the government', () => {
    const needed = (facts: Facts, codes: string[]) => codes.map((code) => verdict(code, facts));
    expect(needed({ track: 'enterprise', verifiedCatalogue: false }, ['P02', 'P03', 'P04', 'P07', 'D03'])).toEqual(['needed', 'not_needed', 'not_needed', 'not_needed', 'not_needed']);
    expect(needed({ track: 'enterprise', verifiedCatalogue: true }, ['P02', 'P03'])).toEqual(['not_needed', 'needed']);
    expect(needed({ track: 'government' }, ['P02', 'P03', 'P04', 'P07', 'D03'])).toEqual(['not_needed', 'not_needed', 'needed', 'needed', 'needed']);
  });

  it('meet the thresholds of the joint review: 50,000 tce in eight industries, 10,000 in the subsectors', () => {
    const review = (twoHigh: string, energyTce: number) => verdict('P08', { track: 'enterprise', twoHigh, energyTce });
    expect([review('eight_industries', 49_999), review('eight_industries', 50_000), review('subsector', 9_999), review('subsector', 10_000), review('none', 900_000)]).toEqual(['not_needed', 'needed', 'not_needed', 'needed', 'not_needed']);
  });

  it('give the rule and the facts that decided', () => {
    expect(apply(itemOf('P17'), { track: 'enterprise', forestMu: 3 }).reason).toEqual({ key: 'rule', track: 'enterprise', rule: 'items.P17.tracks.enterprise.need', by: [{ path: '', test: { fact: 'forestMu', gt: 0 }, have: 3, truth: true }] });
    expect(apply(itemOf('P04'), { track: 'enterprise' }).reason.key).toBe('not_on_track');
    expect(apply(itemOf('P01'), { track: 'enterprise' }).reason.key).toBe('always');
  });

  it('appear, disappear and turn when an answer changes', () => {
    const before: Facts = { track: 'enterprise', landWay: 'granted', farmlandMu: 0, forestMu: 0, relics: true };
    const { appears, disappears, turns } = appearing(NATIONAL, before, { ...before, forestMu: 12, relics: false, hazardousChemicals: null });
    expect(appears.map((one) => one.code)).toEqual(['P17', 'L02']);
    expect(disappears.map((one) => one.code)).toEqual(['P18']);
    expect(turns).toEqual([]);
    expect(appearing(NATIONAL, before, { ...before, relics: null }).turns.map((one) => [one.code, one.after])).toEqual([['P18', 'clarify']]);
  });
});

describe('answers', () => {
  it('come from the register as far as it knows, and what was answered stays', () => {
    const record = { kind: 'enterprise', landMu: 170, totalFen: 25_000_000_000, parkId: null, plannedStart: '2023-03-01', plannedCompletion: '2023-12-31' };
    expect(prefilled(record)).toEqual({ track: 'enterprise', landMu: 170, totalFen: 25_000_000_000, worksDays: 305 });
    expect(prefilled({ kind: 'purchase', parkId: 'x' }, { insideZone: false, landMu: null })).toEqual({ insideZone: false });
  });

  it('are refused by name where they are of the wrong kind or contradict each other', () => {
    expect(factFaults({ moon: 1, relics: 'yes', landWay: 'stolen', landMu: -1, utilities: ['cats'] }).map((one) => `${one.fact} ${one.code}`)).toEqual(['moon unknown_fact', 'relics wrong_type', 'landWay not_a_choice', 'landMu negative', 'utilities not_a_choice']);
    expect(factFaults({ track: 'enterprise', landWay: 'allocated', landMu: 10, forestMu: 11 }).map((one) => `${one.fact} ${one.code}`)).toEqual(['forestMu more_than_land', 'landWay track_and_land']);
    expect(factFaults({ track: 'government', landWay: 'allocated', relics: null })).toEqual([]);
    expect(factFaults({ worksDays: 36_500 })).toEqual([]);
    expect(factFaults({ worksDays: 99_999_999 })).toEqual([{ fact: 'worksDays', code: 'too_large' }]);
  });
});
