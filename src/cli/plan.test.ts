// The command line of the planner: a table for people, a line of JSON for machines, faults named, no database opened.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { NATIONAL } from '../features/approvals/catalogue/standard.ts';
import { root } from '../platform/root.ts';
import { run } from './plan.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'yugong-plan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const example = (name: string): string => path.join(root, 'examples', 'approvals', `${name}.json`);
const file = (name: string, content: unknown): string => {
  const place = path.join(folder, name);
  writeFileSync(place, typeof content === 'string' ? content : JSON.stringify(content));
  return place;
};

async function plan(...args: string[]): Promise<{ out: string; said: string; code: number }> {
  let [out, said] = ['', ''];
  const heard = [vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((out += String(text)))), vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((said += String(text))))];
  try {
    const code = await run(args);
    return { out, said, code };
  } finally {
    for (const one of heard) one.mockRestore();
  }
}

const lines = (out: string): unknown[] => out.trim().split('\n').map((line): unknown => JSON.parse(line));
/** A place in an answer: `plans.serial.accepted`; a list of items is looked into by code. */
function at(answer: unknown, place: string): unknown {
  return place.split('.').reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return value.find((one: unknown, i) => String(i) === step || (typeof one === 'object' && one !== null && 'code' in one && one.code === step));
    return typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === step)?.[1] : undefined;
  }, answer);
}

describe('plan', () => {
  it('gives items with reasons and the plan in every mode, one line a file', async () => {
    const { out, code } = await plan(example('verification'), example('government'), '--start', '2023-03-01', '--overlay', 'tangshan-2019', '--json', '--lang', 'en');
    const [enterprise, government] = lines(out);
    expect([code, lines(out).length, at(enterprise, 'catalogue')]).toEqual([0, 2, 'national@2026.1+tangshan-2019@2019.1']);
    expect([at(enterprise, 'plans.serial.accepted.clockDays'), at(enterprise, 'plans.parallel.accepted.clockDays'), at(government, 'plans.serial.accepted.clockDays')]).toEqual([56, 51, 54]);
    expect(at(enterprise, 'items.P03')).toMatchObject({ verdict: 'needed', why: 'In the Verified Catalogue is yes', reason: { rule: 'items.P03.tracks.enterprise.need' } });
    expect(Object.keys(Object(at(enterprise, 'savings')))).toEqual(['simulation', 'tolerance', 'promise', 'regional', 'optimised']);
  });

  it('says it in a table, in the language that is asked for', async () => {
    const { out } = await plan(example('filing'), '--start', '2023-03-01', '--overlay', 'tangshan-2019');
    expect(out).toMatch(/按公布流程逐项办理 +52 /);
    expect((await plan(example('filing'), '--start', '2023-03-01', '--lang', 'en')).out).toContain('Critical path: L01 → L03');
  });

  it('lists what is to be clarified first where the track is not known, and plans nothing', async () => {
    const { out, code } = await plan(file('open.json', { facts: {} }), '--json', '--start', '2023-03-01');
    const [answer] = lines(out);
    expect([code, at(answer, 'plans'), at(answer, 'ask.0.fact'), Object(at(answer, 'items')).length]).toEqual([0, null, 'track', 58]);
  });

  it('takes answers from the register, what is done, and real durations with their seed', async () => {
    const given = { name: 'x', register: { kind: 'enterprise', landMu: 80 }, facts: { landWay: 'granted' }, progress: { P01: { finished: '2023-02-20' } }, history: { D01: [10, 20, 30] } };
    const [answer] = lines((await plan(file('running.json', given), '--json', '--start', '2023-03-01', '--seed', '42')).out);
    expect(at(answer, 'plans.parallel.items.P01')).toMatchObject({ finished: true, day: '2023-02-20' });
    expect([at(answer, 'forecast.seed'), at(answer, 'forecast.begin.1.percent')]).toEqual([42, 80]);
  });

  it('goes on after a file that is wrong and ends with 1', async () => {
    const { out, code } = await plan(file('bad.json', '{'), file('facts.json', { facts: { landWay: 'stolen' } }), file('odd.json', { facts: {}, moon: 1 }), path.join(folder, 'none.json'), example('filing'), '--json', '--start', '2023-03-01');
    expect([code, lines(out).map((one) => at(one, 'refused.code') ?? 'planned')]).toEqual([1, ['approvals.bad_json', 'approvals.facts', 'platform.invalid', 'approvals.no_file', 'planned']]);
  });

  it('refuses a day that is none, an overlay that there is not, a catalogue with a circle, and a wrong call', async () => {
    const waits = { ...NATIONAL, items: NATIONAL.items.map((one) => (one.code === 'P01' ? { ...one, tracks: { ...one.tracks, enterprise: { need: { always: true }, needRead: 'law', after: [{ item: 'K08' }] } } } : one)) };
    const refused = async (...args: string[]) => lines((await plan(example('filing'), '--json', ...args)).out)[0];
    expect(at(await refused('--start', '2023-02-30'), 'refused.code')).toBe('approvals.start_day');
    expect(at(await refused('--overlay', 'moon'), 'refused.details')).toEqual({ overlay: 'moon', known: 'henan, tangshan-2019' });
    expect(at(await refused('--catalogue', file('circle.json', waits)), 'refused.details.list.0')).toMatchObject({ code: 'cycle' });
    expect([(await plan()).code, (await plan(example('filing'), '--limits', 'mine')).code]).toEqual([2, 2]);
  });

  it('lays a published list over the catalogue and tells what it could not match', async () => {
    const { out, said } = await plan(example('filing'), '--json', '--start', '2023-03-01', '--list', file('list.csv', '事项名称,部门,承诺时限\n取水许可,甲,2\n企业投资项目备案,乙,4\n火星通行证,丙,9\n'), '--lang', 'en');
    expect(said).toContain('2 matched, 0 doubtful, 1 unmatched');
    expect(at(lines(out)[0], 'plans.parallel.items.P02.days')).toBe(4);
  });

  it('is a command of the program', () => {
    const done = spawnSync(process.execPath, ['--import', 'tsx', path.join(root, 'src', 'main.ts'), 'plan', '--help'], { cwd: root, encoding: 'utf8' });
    expect([done.status, done.stdout.startsWith('npm run -s yugong -- plan')]).toEqual([0, true]);
  });
});
