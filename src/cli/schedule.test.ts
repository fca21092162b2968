import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { root } from '../platform/root.ts';
import { columns } from './columns.ts';
import { run } from './schedule.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'yugong-schedule-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const small = { calendar: 'days', activities: [{ id: 'A', duration: 3 }, { id: 'B', duration: 4, after: [{ id: 'A', type: 'FS', lag: 0 }] }, { id: 'C', duration: 2, after: [{ id: 'A', type: 'SS', lag: 1 }] }] };
const circle = { activities: [{ id: 'A', duration: 1, after: ['B'] }, { id: 'B', duration: 1, after: ['A'] }] };

function fileOf(name: string, content: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

async function said(...args: readonly string[]): Promise<{ out: string; err: string; code: number }> {
  let [out, err] = ['', ''];
  const heard = [vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((out += String(text)))), vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((err += String(text))))];
  try {
    const code = await run(args);
    return { out, err, code };
  } finally {
    for (const spy of heard) spy.mockRestore();
  }
}

const answerOf = (line: string | undefined): Record<string, unknown> => Object.fromEntries(Object.entries(JSON.parse(line ?? '')));

describe('schedule FILE', () => {
  test('gives dates and floats in whole days from 0', async () => {
    const { out, code } = await said(fileOf('small.json', small), '--json');
    expect(code).toBe(0);
    expect(answerOf(out)).toEqual({
      duration: 7, unit: 'days', activities: [
        { id: 'A', earlyStart: 0, earlyFinish: 3, lateStart: 0, lateFinish: 3, float: 0, freeFloat: 0, critical: true, driving: true },
        { id: 'B', earlyStart: 3, earlyFinish: 7, lateStart: 3, lateFinish: 7, float: 0, freeFloat: 0, critical: true, driving: true },
        { id: 'C', earlyStart: 1, earlyFinish: 3, lateStart: 5, lateFinish: 7, float: 4, freeFloat: 4, critical: false, driving: false },
      ],
    });
  });

  test('adds days where a start is given, by working days where they count', async () => {
    const { out } = await said(fileOf('holiday.json', { ...small, calendar: 'cn-workdays', start: '2023-09-28' }), '--json');
    expect(answerOf(out)).toMatchObject({
      duration: 7, unit: 'workdays', start: '2023-09-28', finish: '2023-10-12', provisional: false,
      activities: [{ start: '2023-09-28', finish: '2023-10-08' }, { start: '2023-10-09', finish: '2023-10-12' }, { start: '2023-10-07', finish: '2023-10-08', latestStart: '2023-10-11', latestFinish: '2023-10-12' }],
    });
  });

  test('counts every day where calendars are mixed, and asks for the start', async () => {
    const mixed = { calendar: 'cn-workdays', activities: [{ id: 'notice', duration: 10, calendar: 'days' }, { id: 'permit', duration: 3, after: ['notice'] }, { id: 'opened', duration: 0, after: ['permit'] }] };
    const { out } = await said(fileOf('mixed.json', { ...mixed, start: '2023-09-20' }), '--json');
    // The notice ends on Friday the 29th, within the holiday; work goes on with Saturday 7 October.
    expect(answerOf(out)).toMatchObject({ duration: 20, unit: 'days', finish: '2023-10-09', activities: [{ finish: '2023-09-29', driving: true }, { earlyStart: 17, start: '2023-10-07', finish: '2023-10-09' }, { start: '2023-10-09', finish: '2023-10-09' }] });
    expect((await said(fileOf('mixed.json', mixed), '--json')).out).toContain('schedules.needs_start');
  });

  test('says of days in a year without a notice that they are provisional', async () => {
    expect(answerOf((await said(fileOf('late.json', { ...small, calendar: 'cn-workdays', start: '2026-12-30' }), '--json')).out)['provisional']).toBe(true);
  });

  test('names a cycle, on standard error in both languages', async () => {
    const { out, err, code } = await said(fileOf('circle.json', circle), '--json');
    expect(code).toBe(1);
    expect(answerOf(out)).toMatchObject({ refused: { code: 'network.cycle', details: { cycle: ['A', 'B'], path: 'A → B → A' } } });
    expect(err).toMatch(/in a circle: A → B → A[^]*循环等待：A → B → A/);
  });

  test('answers several files line by line, goes on after a bad one, and fails in the end', async () => {
    const files = [fileOf('1.json', small), fileOf('2.json', circle), path.join(folder, 'none.json'), fileOf('4.json', small)];
    const { out, code } = await said(...files, '--json');
    const lines = out.trimEnd().split('\n').map(answerOf);
    expect(lines.map((line) => line['file'])).toEqual(files);
    expect(lines.map((line) => line['duration'])).toEqual([7, undefined, undefined, 7]);
    expect(lines[2]).toMatchObject({ refused: { code: 'schedules.no_file' } });
    expect(code).toBe(1);
  });

  test.each<[string, unknown, string, object]>([
    ['no JSON', 'A,3', 'schedules.not_json', {}], ['no list', {}, 'schedules.malformed', { place: 'activities' }], ['a start that is no day', { ...small, start: '2023-02-30' }, 'schedules.malformed', { place: 'start' }],
    ['a duration as text', { activities: [{ id: 'A', duration: '3' }] }, 'schedules.malformed', { place: 'activities[0].duration' }],
    ['a link of no type', { activities: [{ id: 'A', duration: 3, after: [{ id: 'A', type: 'XY' }] }] }, 'schedules.malformed', { place: 'activities[0].after[0].type' }],
    ['a slip in a link', { activities: [{ id: 'A', duration: 3, after: [{ id: 'A', lags: 2 }] }] }, 'schedules.unknown_field', { field: 'activities[0].after[0].lags' }],
    ['a calendar that is not there', { ...small, calendar: 'moon' }, 'network.unknown_calendar', { calendar: 'moon' }],
    ['a predecessor that is not there', { activities: [{ id: 'A', duration: 3, after: ['Z'] }] }, 'network.unknown_activity', { id: 'A', after: 'Z' }],
    ['a negative duration', { activities: [{ id: 'A', duration: -3 }] }, 'network.bad_duration', { id: 'A' }],
  ])('refuses %s', async (_what, content, code, details) => {
    expect(answerOf((await said(fileOf('bad.json', content), '--json')).out)['refused']).toMatchObject({ code, details });
  });

  test('reads standard input, and shows a table to people', () => {
    const child = spawnSync(process.execPath, ['--import', 'tsx', path.join(root, 'src', 'main.ts'), 'schedule', '-', '--lang', 'en'], { cwd: root, encoding: 'utf8', input: JSON.stringify({ ...small, start: '2023-01-01' }) });
    expect(child.stdout.split('\n').slice(0, 4).map((line) => line.replace(/ +/g, ' '))).toEqual([
      '7 days, 2023-01-01 to 2023-01-07', 'activity early start early finish late start late finish float free float critical first day last day',
      'A 0 3 0 3 0 0 * 2023-01-01 2023-01-03', 'B 3 7 3 7 0 0 * 2023-01-04 2023-01-07',
    ]);
    expect(child.status).toBe(0);
  });

  test('sets Chinese words two places wide', () => {
    expect(columns([['工作', '天'], ['A', '3']])).toEqual(['工作  天', 'A      3']);
  });
});
