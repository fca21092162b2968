// The score of an offer for a need: of a hundred points, each with its reason, and more of what is needed is never worth less.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { score, type Scored } from './score.ts';

const anyScored: fc.Arbitrary<Scored> = fc.record({
  industry: fc.constantFrom(null, 'C', 'C32', 'C26', 'B09'), amount_fen: fc.option(fc.integer({ min: 1, max: 1000 })), people: fc.option(fc.integer({ min: 1, max: 1000 })), place_id: fc.constantFrom(null, 'a', 'b'),
  opened_day: fc.constantFrom('2023-01-01', '2023-03-01', '2023-06-30'), until_day: fc.constantFrom(null, '2023-07-01', '2023-12-31'), title: fc.constantFrom('采购电解铅', '供应电解铅和铅合金', '招聘普工'), text: fc.constantFrom('每月五百吨', '包食宿'),
});

it('is the sum of its reasons, of a hundred at most', () => {
  fc.assert(fc.property(anyScored, anyScored, (need, offer) => {
    const { points, reasons } = score(need, offer);
    expect(points).toBe(reasons.reduce((sum, one) => sum + one.points, 0));
    expect(points).toBeLessThanOrEqual(100);
    expect(reasons.every((one) => one.points > 0)).toBe(true);
  }));
});

it('never falls when more is offered', () => {
  fc.assert(fc.property(anyScored, anyScored, fc.integer({ min: 0, max: 1000 }), (need, offer, more) => {
    if (offer.amount_fen !== null) expect(score(need, { ...offer, amount_fen: offer.amount_fen + more }).points).toBeGreaterThanOrEqual(score(need, offer).points);
  }));
});

it('gives nothing for what shares nothing', () => {
  const need = { industry: 'C32', amount_fen: 100, people: null, place_id: 'a', opened_day: '2023-01-01', until_day: '2023-12-31', title: '采购电解铅', text: '每月五百吨' };
  expect(score(need, { industry: 'A01', amount_fen: null, people: 5, place_id: 'b', opened_day: '2023-06-30', until_day: '2023-07-01', title: '招聘普工', text: '包食宿' })).toEqual({ points: 0, reasons: [] });
});

it('puts what is asked for by name before what only lies nearer', () => {
  const base = { industry: 'C32', amount_fen: 100, people: null, opened_day: '2023-03-01', until_day: null };
  const need = { ...base, place_id: 'a', title: '采购电解铅和铅合金', text: '极板用，每月五百吨' };
  const lead = { ...base, place_id: 'b', title: '供应电解铅、铅合金', text: '长期供应' };
  const zinc = { ...base, place_id: 'a', title: '供应热镀用锌合金锭', text: '每月可供三千吨' };
  expect(score(need, lead).points).toBeGreaterThan(score(need, zinc).points);
});
