import { expect, it } from 'vitest';
import { hrefOf, placesOf } from './say.ts';

it('shares a place among equals, and gives none to a rate of nothing', () => {
  expect(placesOf([9000, 10_000, 9000, null, 8000])).toEqual([2, 1, 2, null, 4]);
});

it('leads to the problems of a number with everything by which they were counted', () => {
  expect(hrefOf('resolution', 'miss', { at: '2023-06-30', by: 'ended', since: '2023-01-01' }, { group: 'kind', value: 'land' })).toBe('/problems?figure=resolution&part=miss&figureAt=2023-06-30&by=ended&since=2023-01-01&group=kind&value=land');
  expect(hrefOf('raw', 'base', { by: 'raised' })).toBe('/problems?figure=raw&part=base');
});
