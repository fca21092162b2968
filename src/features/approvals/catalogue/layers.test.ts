import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../kernel/days.ts';
import { daysOfChange, effectiveOn, inForce, laidOn, switched, type Layer, type Period } from './layers.ts';
import { catalogueFaults, drafted } from './rules.ts';
import { SHIPPED } from './shipped.ts';

const day = fc.integer({ min: 0, max: 400 }).map((offset) => addDays('2023-01-01', offset));
const switches = fc.array(fc.record({ day, laid: fc.boolean() }), { maxLength: 6 });
const after = (all: readonly { day: string; laid: boolean }[]): Period[] => all.reduce<Period[]>((periods, one) => switched(periods, one.day, one.laid), []);

describe('a switch', () => {
  it('holds from its day on and leaves every day before as it was, whatever was switched before', () => {
    fc.assert(fc.property(switches, day, fc.boolean(), day, (earlier, on, laid, asked) => {
      const before = after(earlier);
      expect(laidOn(switched(before, on, laid), asked)).toBe(asked < on ? laidOn(before, asked) : laid);
    }));
  });

  it('leaves periods in order that neither touch nor overlap', () => {
    fc.assert(fc.property(switches, (all) => {
      const periods = after(all);
      periods.slice(1).forEach((one, i) => {
        const until = periods[i]?.until ?? null;
        expect(until !== null && addDays(until, 1) < one.from).toBe(true);
      });
      expect(periods.every((one) => one.until === null || one.from <= one.until)).toBe(true);
    }));
  });
});

describe('layers', () => {
  const [base, henan] = SHIPPED;
  const one = (code: string): Layer => SHIPPED.find((layer) => layer.code === code) ?? expect.unreachable();

  it('come with the program sound, each laid alone and all together', () => {
    expect(SHIPPED.map((layer) => layer.kind)).toEqual(['base', 'overlay', 'overlay']);
    for (const { code } of SHIPPED) expect(catalogueFaults(SHIPPED, code, '2023-06-30')).toEqual([]);
    const all = SHIPPED.map((layer): Layer => (layer.kind === 'base' ? layer : { ...layer, periods: [{ from: '2019-01-01', until: null }] }));
    expect(effectiveOn(all, '2023-06-30').laid.map((laid) => laid.code)).toEqual(['henan', 'tangshan-2019']);
    expect(catalogueFaults(all, 'national', '2018-01-01')).toEqual([]);
  });

  it('have a base on every day, and an overlay only from its first', () => {
    expect(base === undefined ? undefined : inForce(base, '1999-01-01')?.number).toBe(1);
    expect(henan === undefined ? 0 : inForce(henan, '1999-01-01')).toBeUndefined();
  });

  it('name every later day on which something changes, also the one after the last of a rule', () => {
    const layer = one('henan');
    const ending: Layer = layer.kind === 'overlay' ? { ...layer, versions: layer.versions.map((version) => ({ ...version, body: { ...version.body, until: '2024-12-31' } })) } : layer;
    const layers = [...SHIPPED.filter((other) => other.code !== 'henan'), { ...ending, periods: [{ from: '2021-01-01', until: '2026-02-28' }] }];
    expect(daysOfChange(layers, '2023-06-30')).toEqual(['2023-06-30', '2025-01-01', '2026-03-01']);
    expect(effectiveOn(layers, '2024-12-31').label).toContain('henan');
    expect(effectiveOn(layers, '2025-01-01').label).not.toContain('henan');
  });

  it('are not changed by what is drafted upon them', () => {
    const before = JSON.stringify(SHIPPED);
    const made = drafted(SHIPPED, one('henan'), { kind: 'item', fromDay: '2023-07-01', code: 'P11', patch: { silentConsent: true } }, '2023-06-30');
    expect(effectiveOn(made.layers, '2023-07-01').originOf('P11', 'silentConsent')).toEqual({ code: 'henan', version: '2' });
    expect(effectiveOn(made.layers, '2023-06-30').label).toBe(effectiveOn(SHIPPED, '2023-06-30').label);
    expect(JSON.stringify(SHIPPED)).toBe(before);
  });
});
