import { describe, expect, it } from 'vitest';
import { pictureOf } from './stretches.ts';

const step = (seq: number, at: string, state: string, ownerName: string, round = 1) => ({ seq, kind: 'noted', at, state, ownerName, tier: 1, round, byName: '', byOrgName: null, bySystem: false, text: null, details: {} });
const shown = (more: Partial<Parameters<typeof pictureOf>[0]> = {}): Parameters<typeof pictureOf>[0] => ({
  steps: [step(1, '2023-08-01T01:00:00Z', 'received', '受理席'), step(2, '2023-08-01T02:00:00Z', 'assigned', '供电公司'), step(3, '2023-08-02T02:00:00Z', 'handling', '供电公司')],
  pauses: [], at: '2023-08-05T02:00:00Z', endedAt: null, raisedAt: '2023-08-01T01:00:00Z', dueAt: '2023-08-07T02:00:00Z', solveDueAt: '2023-08-07T02:00:00Z', step: 'solve', state: 'handling', ...more,
});

describe('who had the ball when', () => {
  it('covers the whole time once: no gap, no overlap, up to now', () => {
    const { stretches } = pictureOf(shown());
    expect(stretches.map((each) => [each.kind, each.owner])).toEqual([['received', '受理席'], ['assigned', '供电公司'], ['handling', '供电公司']]);
    stretches.slice(1).forEach((each, index) => expect(each.from).toBe(stretches[index]?.to));
    expect(stretches.at(-1)?.to).toBe(Date.parse('2023-08-05T02:00:00Z'));
  });

  it('cuts a pause out of what the owner had', () => {
    const pauses = [{ kind: 'enterprise' as const, reason: '', fromAt: '2023-08-03T00:00:00Z', toAt: '2023-08-04T00:00:00Z', untilAt: '2023-08-09T00:00:00Z' }];
    expect(pictureOf(shown({ pauses })).stretches.map((each) => each.kind)).toEqual(['received', 'assigned', 'handling', 'paused', 'handling']);
  });

  it('joins what stayed with the same owner in the same state', () => {
    const steps = [...shown().steps, step(4, '2023-08-03T02:00:00Z', 'handling', '供电公司'), step(5, '2023-08-04T02:00:00Z', 'handling', '住建局')];
    expect(pictureOf(shown({ steps })).stretches.map((each) => each.owner)).toEqual(['受理席', '供电公司', '供电公司', '住建局']);
  });

  it('reaches to the limit while it is open, and to its end when it has ended', () => {
    expect(pictureOf(shown()).to).toBe(Date.parse('2023-08-07T02:00:00Z'));
    const ended = pictureOf(shown({ step: null, state: 'solved', dueAt: null, endedAt: '2023-08-05T02:00:00Z', steps: [...shown().steps, step(4, '2023-08-05T02:00:00Z', 'solved', '供电公司')] }));
    expect(ended.to).toBe(Date.parse('2023-08-05T02:00:00Z'));
    expect(ended.stretches.map((each) => each.kind)).not.toContain('solved');
    expect(ended.marks.map((mark) => mark.kind)).toEqual([]);
  });

  it('does not fall over a moment that repeats', () => {
    const steps = [step(1, '2023-08-01T01:00:00Z', 'received', '受理席'), step(2, '2023-08-01T01:00:00Z', 'assigned', '供电公司')];
    expect(pictureOf(shown({ steps, at: '2023-08-01T01:00:00Z', solveDueAt: null, dueAt: null })).stretches).toEqual([]);
  });
});
