import { describe, expect, it } from 'vitest';
import { faultsOf } from '../features/approvals/catalogue/check.ts';
import { effective } from '../features/approvals/catalogue/effective.ts';
import { NATIONAL } from '../features/approvals/catalogue/standard.ts';
import { Overlay } from '../features/approvals/catalogue/shape.ts';
import { checker } from '../platform/validate.ts';
import promises from './data/promises.json' with { type: 'json' };

describe('the promises of the demonstration', () => {
  it('make sense over the national catalogue, and none is longer than the law', () => {
    const overlay = checker(Overlay)(promises);
    expect(faultsOf(effective(NATIONAL, [overlay], '2023-06-30').catalogue)).toEqual([]);
  });
});
