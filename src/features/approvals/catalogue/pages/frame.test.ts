import { describe, expect, it } from 'vitest';
import { NATIONAL } from '../standard.ts';
import type { Bundle, Frame } from '../shape.ts';
import { frameChange } from './frame.ts';

const { flows, milestones, simulation, promiseDays } = NATIONAL;
const bundle: Bundle = { code: 'X01', name: { zh: '多评合一', en: 'Together' }, members: ['P12', 'P13'], steps: [{ name: { zh: '办理', en: 'Do' }, days: 15 }], outside: [], basis: { source: 'practice', read: 'verify' } };
const below: Frame = { flows, milestones, bundles: [bundle], simulation, promiseDays };
const own: Bundle = { ...bundle, code: 'X02' };
const renamed = milestones.map((one) => (one.code === 'TRIAL' ? { ...one, name: { zh: '试运行', en: 'Trial run' } } : one));

describe('a layer that is being changed', () => {
  it('of the base sends the parts that differ, each whole', () => {
    expect(frameChange(below, { ...below, promiseDays: 3, bundles: [bundle, own] }, { below: null, says: [] })).toEqual({ patch: { promiseDays: 3, bundles: [bundle, own] }, reset: [] });
    expect(frameChange(below, below, { below: null, says: [] })).toEqual({ patch: {}, reset: [] });
  });

  it('of an overlay sends only the bundles and milestones that are not as below it', () => {
    expect(frameChange(below, { ...below, bundles: [bundle, own], milestones: renamed }, { below, says: [] })).toEqual({ patch: { bundles: [own], milestones: renamed.filter((one) => one.code === 'TRIAL') }, reset: [] });
  });

  it('of an overlay gives back what is wholly as below it again, if it had said it', () => {
    const start: Frame = { ...below, bundles: [bundle, own], promiseDays: 3, milestones: renamed };
    expect(frameChange(start, below, { below, says: ['bundles', 'promiseDays', 'milestones'] })).toEqual({ patch: {}, reset: ['milestones', 'bundles', 'promiseDays'] });
    expect(frameChange(start, { ...start, promiseDays: below.promiseDays }, { below, says: ['promiseDays'] })).toEqual({ patch: {}, reset: ['promiseDays'] });
  });
});
