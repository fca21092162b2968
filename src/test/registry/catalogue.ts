// Samples of what is edited beside the items of the catalogue, in the form of samples.ts, upon an overlay that nobody else changes.
import { newId } from '../../kernel/ids.ts';
import type { Ground, MakeSample } from './samples.ts';

const BASIS = { source: 'own', read: 'verify' } as const;

export const CATALOGUE: Readonly<Record<string, MakeSample>> = {
  'approvals.save_frame': async (ground) => ({ input: { layer: await overlay(ground), patch: { promiseDays: 3 }, fromDay: '2023-07-01', note: '承诺三日' }, version: 1 }),
  'approvals.confirm_basis': async (ground) => ({ input: { layer: await overlay(ground), code: 'P12', place: 'promised.0', fromDay: '2023-07-01', source: 'own', article: '5', read: 'law', quote: '自受理之日起四个工作日' }, version: 1 }),
};

async function overlay({ world }: Ground): Promise<string> {
  const layer = `y${newId().slice(-10)}`;
  const body = {
    code: layer, version: '1', name: { zh: '试行', en: 'Trial' }, from: '2023-07-01', until: null, sources: [{ key: 'own', name: { zh: '本地文件', en: 'Own document' } }],
    items: { P12: { promised: [{ days: 4, unit: 'working', basis: BASIS }] } },
  };
  await world.app.run(world.app.system, 'approvals.save_catalogue_version', { layer, fromDay: '2023-07-01', note: '试行', body });
  return layer;
}
