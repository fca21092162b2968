import { describe, expect, it } from 'vitest';
import { NATIONAL } from '../standard.ts';
import { badNumbers, changeOf, faultAt, placeOf } from './draft.ts';

const item = NATIONAL.items.find((one) => one.code === 'P11') ?? expect.unreachable();
const over = { ...item, silentConsent: true, promised: [{ days: 5, unit: 'working' as const, basis: { source: 'practice', read: 'verify' as const } }] };

describe('an item that is being changed', () => {
  it('sends only what differs from the start', () => {
    expect(changeOf(item, item, { below: null, says: [] })).toEqual({ patch: {}, reset: [] });
    expect(changeOf(item, { ...item, deferrable: !item.deferrable }, { below: null, says: [] })).toEqual({ patch: { deferrable: !item.deferrable }, reset: [] });
  });

  it('gives back what is again as below, if the layer had said it; otherwise it says it', () => {
    expect(changeOf(over, { ...over, promised: item.promised }, { below: item, says: ['promised', 'silentConsent'] })).toEqual({ patch: {}, reset: ['promised'] });
    expect(changeOf(over, { ...over, promised: item.promised }, { below: item, says: [] })).toEqual({ patch: { promised: item.promised }, reset: [] });
  });

  it('names the numbers that are none before anything is asked', () => {
    const limit = (days: number | null, more: object = {}) => ({ days, unit: 'working', ...more });
    expect(badNumbers({ promised: [limit(5), limit(2.5), limit(Number.NaN), limit(null)] })).toEqual([1, 2, 3].map((at) => ({ path: `promised.${String(at)}.days`, field: 'days' })));
    expect(badNumbers({ statutory: [limit(20, { extensionDays: Number.NaN, steps: [limit(1.5)], when: { fact: 'landMu', gt: 2.5 } })] })).toEqual([{ path: 'statutory.0.extensionDays', field: 'extension' }, { path: 'statutory.0.steps.0.days', field: 'days' }]);
    expect(badNumbers({ tracks: { enterprise: { need: { fact: 'landMu', gt: Number.NaN } } }, outside: [limit(null)] })).toEqual([{ path: 'tracks.enterprise.need.gt', field: null }]);
    expect(badNumbers(item)).toEqual([]);
  });

  it('shows a fault at its place, whoever found it', () => {
    const faults = [{ path: placeOf('items.P11.statutory.0.basis', 'P11'), message: 'a' }, { path: placeOf('draft.patch.name.zh', 'P11'), message: 'b' }, { path: placeOf('tracks.enterprise', 'P11'), message: 'c' }];
    expect([faultAt(faults, 'statutory.0'), faultAt(faults, 'statutory.0', true), faultAt(faults, 'name.zh'), faultAt(faults, '')]).toEqual([undefined, 'a', 'b', 'c']);
  });
});
