import { describe, expect, it } from 'vitest';
import { standingLimit } from './say.ts';

describe('the limits of a case in a list', () => {
  const limit = (left: number, over: number) => ({ limit: 8, left, over, due: '2023-06-30' });

  it('count until it is decided; then only the delivery does, and what was late stays late', () => {
    expect(standingLimit(limit(1, 0), { decidedDay: null })).toEqual(limit(1, 0));
    expect(standingLimit(limit(1, 0), { decidedDay: '2023-06-29' })).toBeNull();
    expect(standingLimit(limit(0, 2), { decidedDay: '2023-07-04' })).toEqual(limit(0, 2));
    expect(standingLimit(null, { decidedDay: null })).toBeNull();
  });
});
