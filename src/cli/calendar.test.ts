import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { root } from '../platform/root.ts';
import * as plan from './plan.ts';
import * as schedule from './schedule.ts';
import * as workdays from './workdays.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'yugong-calendar-'));
  writeFileSync(path.join(folder, 'zone.json'), '{"notices":[{"year":2027,"off":"01-01/01-03","work":""}],"days":[{"day":"2027-01-04","work":false}]}');
  writeFileSync(path.join(folder, 'zone.csv'), 'year,day,to,kind\n2027,2027-01-01,2027-01-03,off\n,2027-01-04,,off\n');
  writeFileSync(path.join(folder, 'bad.csv'), 'day,kind\n2027-13-01,off\n');
  writeFileSync(path.join(folder, 'rows.csv'), 'start,working_days\n2026-12-31,1\n');
  writeFileSync(path.join(folder, 'facts.json'), '{"facts":{"track":"enterprise"}}');
  writeFileSync(path.join(folder, 'net.json'), '{"calendar":"cn-workdays","start":"2026-12-31","activities":[{"id":"A","duration":2}]}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(command: { run(args: readonly string[]): Promise<number> }, ...args: readonly string[]): Promise<{ out: string; said: string; code: number }> {
  let [out, said] = ['', ''];
  // Never full: what is false is waited for.
  const heard = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true)),
  ];
  try {
    return { code: await command.run(args), out, said };
  } finally {
    for (const spy of heard) spy.mockRestore();
  }
}
const at = (name: string): string => path.join(folder, name);

describe('--calendar', () => {
  test('lays a file over the national calendar for a single deadline, whether JSON or CSV; without it nothing changes', async () => {
    expect(JSON.parse((await run(workdays, '2026-12-31', '1', '--json')).out)).toMatchObject({ deadline: '2027-01-01', provisional: true });
    for (const name of ['zone.json', 'zone.csv']) expect(JSON.parse((await run(workdays, '2026-12-31', '1', '--json', '--calendar', at(name))).out)).toMatchObject({ deadline: '2027-01-05', provisional: false });
  });

  test('holds for tables, networks and plans too', async () => {
    // A table waits for its reader: it runs in a process of its own.
    const batch = spawnSync(process.execPath, ['--import', 'tsx', path.join(root, 'src', 'main.ts'), 'workdays', '--batch', at('rows.csv'), '--calendar', at('zone.csv')], { cwd: root, encoding: 'utf8' });
    expect(batch.stdout).toContain('2026-12-31,1,2027-01-05,false');
    const finish = async (...more: readonly string[]): Promise<string> => /"finish":"([^"]*)"/.exec((await run(schedule, at('net.json'), '--json', ...more)).out)?.[1] ?? '';
    expect(await finish('--calendar', at('zone.json'))).not.toBe(await finish());
    const days = async (...more: readonly string[]): Promise<string> => (await run(plan, at('facts.json'), '--start', '2026-12-31', '--json', ...more)).out;
    expect(await days('--calendar', at('zone.json'))).not.toBe(await days());
  });

  test('that cannot be read is said, and nothing is counted', async () => {
    for (const name of ['bad.csv', 'none.json']) {
      expect(await run(workdays, '2026-12-31', '1', '--calendar', at(name))).toMatchObject({ code: 1, out: '' });
      expect(await run(workdays, '--batch', at('rows.csv'), '--calendar', at(name))).toMatchObject({ code: 1, out: '' });
      expect(await run(schedule, at('net.json'), '--calendar', at(name))).toMatchObject({ code: 1, out: '' });
      expect(await run(plan, at('facts.json'), '--calendar', at(name))).toMatchObject({ code: 1, out: '' });
    }
    expect((await run(workdays, '2026-12-31', '1', '--calendar', at('bad.csv'), '--lang', 'en')).said).toContain('cannot be read at 2: 2027-13-01,off');
  });
});
