import { expect, it } from 'vitest';
import { makeLog } from './log.ts';

function logged(facts: Readonly<Record<string, unknown>>): string {
  const lines: string[] = [];
  makeLog('info', (line) => lines.push(line)).info('something', facts);
  return lines.join('');
}

it('masks secrets by name, at the top, nested and in lists', () => {
  const text = logged({ password: 'geheim1', call: { headers: { Authorization: 'Bearer geheim2', host: 'here' }, tries: [{ apiToken: 'geheim3' }] } });
  expect(text).not.toMatch(/geheim/);
  expect(text).toContain('"host":"here"');
});

it('writes one line of JSON for errors, circles, days and what JSON cannot say', () => {
  const circle: Record<string, unknown> = { name: 'round' };
  circle['self'] = circle;
  const text = logged({ error: new Error('broken\nin two'), circle, at: new Date('2023-06-30T00:00:00Z'), many: 10n ** 20n, none: undefined });
  expect(text.trimEnd().split('\n')).toHaveLength(1);
  expect(JSON.parse(text)).toMatchObject({ error: { name: 'Error', message: 'broken\nin two' }, circle: { name: 'round' }, at: '2023-06-30T00:00:00.000Z', many: '100000000000000000000' });
});
