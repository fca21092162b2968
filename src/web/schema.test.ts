import { expect, it, vi } from 'vitest';

const files = import.meta.glob<Record<string, unknown>>('../features/**/contract.ts');

async function contracts(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const load of Object.values(files)) {
    for (const one of Object.values(await load())) {
      if (typeof one !== 'object' || one === null || !('name' in one) || !('input' in one) || !('output' in one)) continue;
      found.set(String(one.name), JSON.stringify([sorted(one.input), sorted(one.output)]));
    }
  }
  return found;
}

// Neither the order of keys nor that of required names means anything.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, name === 'required' && Array.isArray(one) ? one.toSorted() : sorted(one)]));
}

it('gives the browser the same schema of every contract as typebox gives the server', async () => {
  const real = await contracts();
  vi.resetModules();
  vi.doMock('typebox', async () => import('./schema.ts'));
  const light = await contracts();
  vi.doUnmock('typebox');
  expect(real.size).toBeGreaterThan(10);
  for (const [name, schema] of real) expect(light.get(name), name).toBe(schema);
}, 60_000);
