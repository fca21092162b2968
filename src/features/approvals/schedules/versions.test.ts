// Contractors' schedules over the real database and the real reader thread: what a file becomes, what is refused, what others may see, and
// what is written out again.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { Refusal } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql, Sql } from '../../../platform/db.ts';
import { root } from '../../../platform/root.ts';
import { openFileFor, uploadFile } from '../../../platform/upload.ts';
import { checker } from '../../../platform/validate.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import * as contract from './contract.ts';
import { mspdiOf } from './mspdiwrite.ts';
import { mayReadOriginal } from './original.ts';
import { readSchedule } from './read.ts';
import { readFile } from './reading.ts';
import { keptOf, scheduleFrom } from './rows.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ day: '2023-06-30' });
});
afterAll(() => world.close());

const fixture = (name: string): Buffer => readFileSync(path.join(root, 'src/features/approvals/schedules/fixtures', name));
const asSchedule = checker(contract.getSchedule.output);
const asVersions = checker(contract.scheduleVersions.output);
const asImported = checker(contract.importSchedule.output);
const Uploaded = (value: unknown): string => (typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : '');

const show = async (id: string, asked: object = {}, actor: Actor = world.actors.office) => asSchedule(await world.app.ask(actor, 'approvals.schedule', { id, ...asked }));
const versions = async (id: string) => asVersions(await world.app.ask(world.actors.office, 'approvals.schedule_versions', { id })).items;
const act = async (name: string, id: string, reason = '合同工期'): Promise<unknown> => (await world.app.run(world.actors.office, `approvals.${name}`, { id, reason })).output;

async function upload(content: Buffer | string, name = '进度.xml', actor: Actor = world.actors.office): Promise<string> {
  return Uploaded(await uploadFile(world.app, actor, { name, content: Readable.from([Buffer.from(content)]) }));
}
async function importFile(id: string, content: Buffer | string, name = '进度.xml', actor: Actor = world.actors.office) {
  const sha256 = await upload(content, name, actor);
  return asImported((await world.app.run(actor, 'approvals.import_schedule', { id, scheduleId: newId(), sha256, fileName: name })).output);
}
async function textOf(name: string, input: object, actor: Actor = world.actors.office): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of (await world.app.download(actor, name, { ...input })).content) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}
const codeOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'ok', (error: unknown) => (error instanceof Refusal ? error.code : String(error)));

const task = (uid: number, hours: number, rest = ''): string => `<Task><UID>${String(uid)}</UID><Name>任务${String(uid)}</Name><OutlineLevel>1</OutlineLevel><Duration>PT${String(hours)}H0M0S</Duration>${rest}</Task>`;
const after = (uid: number): string => `<PredecessorLink><PredecessorUID>${String(uid)}</PredecessorUID><Type>1</Type></PredecessorLink>`;
const project = (tasks: string, title = newId()): string => `<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project"><Title>${title}</Title><StartDate>2023-07-03T08:00:00</StartDate><StatusDate>2023-06-30T17:00:00</StatusDate><Tasks>${tasks}</Tasks></Project>`;

describe('an imported file', () => {
  it('becomes the current version, with our dates beside its own, float, what is critical, and the reason for each difference', async () => {
    const id = await world.project();
    const done = await importFile(id, fixture('workshop.xml'), '厂房.xml');
    expect(done).toMatchObject({ number: 1, known: false, current: true });
    const shown = await show(id);
    expect(shown.schedule).toMatchObject({ number: 1, format: 'mspdi', fileName: '厂房.xml', current: true, baseline: false, tasks: done.tasks, differing: done.differing });
    expect(shown.items.map((one) => one.place)).toEqual(shown.items.map((_, at) => at + 1));
    expect(shown.items.find((one) => one.task === '2')).toMatchObject({ fileStart: '2023-09-25T08:00', start: '2023-09-25T08:00', baselineStart: '2023-09-20T08:00', differs: null });
    expect(shown.items.some((one) => one.critical)).toBe(true);
    expect(shown.items.filter((one) => one.differs !== null)).toHaveLength(done.differing);
    for (const one of (await show(id, { only: 'differing' })).items) expect(one.differs?.reasons.length).toBeGreaterThan(0);
    expect(shown.baseline).toMatchObject({ of: 'file' });
  });

  it('of Primavera is kept with what was not read, and both give the dates that reading them alone gives', async () => {
    const id = await world.project();
    await importFile(id, fixture('workshop.xer'), '厂房.xer');
    const shown = await show(id);
    expect(shown.schedule?.format).toBe('xer');
    expect(shown.losses.map((one) => one.kind).sort()).toEqual(['other_project', 'unknown_link']);
    const { rows } = keptOf(readSchedule(fixture('workshop.xer')));
    expect(shown.items.map((one) => [one.task, one.start, one.finish, one.critical])).toEqual(rows.map((one) => [one.task, one.start, one.finish, one.critical]));
  });

  it('that the project has already changes nothing and says so; withdrawn, it may come again', async () => {
    const id = await world.project();
    const file = project(task(1, 16));
    const first = await importFile(id, file);
    const events = () => world.app.database.row<{ count: number }>(sql`select count(*)::int as count from platform_events where project_id = ${id}`);
    const before = await events();
    expect(await importFile(id, file)).toMatchObject({ id: first.id, number: 1, known: true, current: true });
    expect(await events()).toEqual(before);
    await importFile(id, project(task(1, 24)));
    expect(await importFile(id, file)).toMatchObject({ number: 1, known: true, current: false });
    await act('withdraw_schedule', first.id);
    expect(await importFile(id, file)).toMatchObject({ number: 3, known: false });
    expect((await versions(id)).map((one) => [one.number, one.current, one.withdrawn !== null])).toEqual([[3, true, false], [2, false, false], [1, false, true]]);
  });

  it('is one version, however many bring it at once', async () => {
    const id = await world.project();
    const file = project(task(1, 16));
    const done = await Promise.all(Array.from({ length: 5 }, () => importFile(id, file)));
    expect(new Set(done.map((one) => one.id)).size).toBe(1);
    expect(done.filter((one) => !one.known)).toHaveLength(1);
    expect(await versions(id)).toHaveLength(1);
  });

  it('tells the day of its data, and nothing where the day does not exist', async () => {
    const id = await world.project();
    await importFile(id, project(task(1, 8)));
    expect((await show(id)).schedule?.dataDay).toBe('2023-06-30');
    await importFile(id, project(task(1, 8, '<Start>2023-13-45T08:00:00</Start><Finish>2023-07-03T17:00:00</Finish>')).replace('2023-06-30T', '2023-02-31T'));
    expect(await show(id)).toMatchObject({ schedule: { dataDay: null }, items: [{ fileStart: null }] });
  });
});

describe('the schedules for demonstration', () => {
  it('are one programme in both formats, say that they are made up, and show what the page shows: a critical path, a baseline, differences of several kinds', () => {
    const [mspdi, xer] = ['schedule-demo.xml', 'schedule-demo.xer'].map((name) => keptOf(readSchedule(readFileSync(path.join(root, 'examples', name)))));
    expect([mspdi, xer].map((one) => [one?.summary.taskCount, one?.summary.linkCount, one?.summary.lossCount])).toEqual([[31, 45, 0], [31, 45, 0]]);
    expect(mspdi?.summary.name).toContain('演示');
    expect(xer?.summary.name).toContain('FICTIONAL');
    expect(mspdi?.rows.some((one) => one.critical) === true && mspdi.rows.every((one) => one.baseline_finish !== null)).toBe(true);
    expect(new Set(mspdi?.rows.flatMap((one) => one.reasons ?? []))).toEqual(new Set(['unexplained', 'manual', 'follows', 'lag']));
    expect(xer?.summary.differingCount).toBe(0);
  });

  it('and the one of a plant under construction: what was done stands, one task planned by hand moves what follows it, and it ends later than its baseline', () => {
    const plant = keptOf(readSchedule(readFileSync(path.join(root, 'examples', 'schedule-plant.xml'))));
    expect(plant.summary).toMatchObject({ taskCount: 40, lossCount: 0 });
    expect(plant.summary.name).toContain('演示');
    expect(plant.rows.filter((one) => one.critical).length).toBeGreaterThan(5);
    expect(new Set(plant.rows.flatMap((one) => one.reasons ?? []))).toEqual(new Set(['manual', 'follows']));
  });
});

describe('rows', () => {
  it('are read by pages, by depth, by name, and only those that were asked for', async () => {
    const id = await world.project();
    await importFile(id, project(Array.from({ length: 45 }, (_, at) => task(at + 1, at === 7 ? 80 : 8)).join('')));
    const seen: number[] = [];
    for (let after: string | null = '0'; after !== null;) {
      const page: Awaited<ReturnType<typeof show>> = await show(id, { limit: 20, after });
      seen.push(...page.items.map((one) => one.place));
      expect(page.found).toBe(45);
      after = page.next;
    }
    expect(seen).toEqual(Array.from({ length: 45 }, (_, at) => at + 1));
    expect((await show(id, { only: 'critical' })).items.map((one) => one.task)).toEqual(['8']);
    expect((await show(id, { q: '任务12' })).items.map((one) => one.task)).toEqual(['12']);
    expect((await show(id, { q: '%' })).items).toEqual([]);
    expect(await show(id, { level: 0 })).toMatchObject({ found: 0, depth: 1 });
  });
});

describe('a window', () => {
  it('is read anywhere in the list, with the first and last day of all rows', async () => {
    const id = await world.project();
    await importFile(id, project(Array.from({ length: 45 }, (_, at) => task(at + 1, at === 44 ? 80 : 8)).join('')));
    const whole = await show(id, { limit: 100 });
    for (const skip of [0, 7, 40, 44, 45]) expect((await show(id, { skip, limit: 5 })).items).toEqual(whole.items.slice(skip, skip + 5));
    expect([whole.found, whole.first, whole.last]).toEqual([45, '2023-07-03', '2023-07-14']);
    // Of what is asked for, not of the file as it stands.
    expect((await show(id, { q: '任务4', skip: 3, limit: 2 })).items.map((one) => one.task)).toEqual(['42', '43']);
  });
});

describe('two programs', () => {
  const CHINESE = { Survey: '勘察', Design: '前期', Drawings: '设计', Structure: '主体', Building: '施工', Roofed: '主体完成' } as const;
  const xer = (): string => Object.entries(CHINESE).reduce((text, [english, chinese]) => text.replace(new RegExp(`\\b${english}\\b`, 'g'), chinese), fixture('workshop.xer').toString('utf8'));

  it('number tasks each in its own way: between their files a task is found by its name and that of what it stands in', async () => {
    const id = await world.project();
    const first = await importFile(id, fixture('workshop.xml'), '厂房.xml');
    await act('set_schedule_baseline', first.id);
    await importFile(id, xer(), '厂房.xer');
    const shown = await show(id);
    expect(shown.baseline).toMatchObject({ of: 'version', number: 1, by: 'named', chosen: false });
    const found = shown.items.filter((one) => one.baselineFinish !== null).map((one) => one.name);
    expect(found).toEqual(expect.arrayContaining(['勘察', '设计', '主体', '主体完成']));
    expect(shown.baseline?.matched).toBe(shown.items.filter((one) => one.baselineFinish !== null && !one.summary).length);
    const survey = (await show(id, { schedule: first.id })).items.find((one) => one.name === '勘察');
    expect(shown.items.find((one) => one.name === '勘察')?.baselineFinish).toBe(survey?.finish);
  });

  it('and any version may be compared with any other, of either format', async () => {
    const id = await world.project();
    const first = await importFile(id, project(task(1, 8) + task(2, 8)));
    const second = await importFile(id, project(task(1, 16) + task(2, 8)));
    expect((await show(id)).baseline).toBeNull();
    const shown = await show(id, { against: first.id });
    expect(shown.baseline).toMatchObject({ of: 'version', number: 1, by: 'key', chosen: true, matched: 2 });
    expect(shown.items.map((one) => [one.finish, one.baselineFinish])).toEqual([['2023-07-04T17:00', '2023-07-03T17:00'], ['2023-07-03T17:00', '2023-07-03T17:00']]);
    expect((await show(id, { against: first.id, only: 'late' })).items.map((one) => one.task)).toEqual(['1']);
    expect((await show(id, { schedule: first.id, against: second.id, only: 'late' })).items).toEqual([]);
    await expect(show(await world.project(), { against: first.id })).rejects.toThrow('platform.not_found');
  });

  it('a name that two tasks bear in one place is nobody, and versions of before get the same names by the migration', async () => {
    const id = await world.project();
    const twin = (uid: number, name: string, level: number): string => task(uid, 8).replace(`任务${String(uid)}`, name).replace('<OutlineLevel>1', `<OutlineLevel>${String(level)}`);
    await importFile(id, project(twin(1, ' 一号  厂房 ', 1) + twin(2, '基础', 2) + twin(3, '基础', 2) + twin(4, '二号厂房', 1) + twin(5, '基础', 2) + twin(6, 'Roof ABC', 4)));
    const named = () => world.app.database.rows<{ named: string | null }>(sql`select t.named from approvals_schedule_tasks t join approvals_schedules s on s.id = t.schedule_id where s.project_id = ${id} order by t.place`);
    const kept = (await named()).map((one) => one.named?.split('\u001f') ?? null);
    expect(kept).toEqual([['一号 厂房', ''], null, null, ['二号厂房', ''], ['基础', '二号厂房'], ['roof abc', '基础']]);
    const before = await world.app.database.rows(sql`select schedule_id, place, named from approvals_schedule_tasks order by 1, 2`);
    const text = readFileSync(path.join(root, 'migrations', '0016_catalogue_gates.sql'), 'utf8');
    await world.app.database.run(sql`update approvals_schedule_tasks set named = null`);
    await world.app.database.run(new Sql([text.slice(text.indexOf('do $$'), text.indexOf('end $$;') + 7)], []));
    await world.app.database.run(new Sql([text.slice(text.indexOf('update approvals_schedule_tasks t set named = null'), text.indexOf('create index approvals_schedule_tasks_named')).trim().replace(/;$/, '')], []));
    expect(await world.app.database.rows(sql`select schedule_id, place, named from approvals_schedule_tasks order by 1, 2`)).toEqual(before);
  });
});

describe('the baseline', () => {
  it('is one version against which later ones are measured by what a task is, not by where it stands', async () => {
    const id = await world.project();
    const first = await importFile(id, project(task(1, 8) + task(2, 8, after(1))));
    expect(await act('set_schedule_baseline', first.id)).toEqual({ id: first.id, number: 1, before: null });
    const second = await importFile(id, project(task(3, 8) + task(2, 8, after(1)) + task(1, 24)));
    const shown = await show(id);
    expect(shown.baseline).toMatchObject({ of: 'version', number: 1, finish: '2023-07-04T17:00' });
    expect(shown.items.map((one) => [one.task, one.finish, one.baselineFinish])).toEqual([['3', '2023-07-03T17:00', null], ['2', '2023-07-06T17:00', '2023-07-04T17:00'], ['1', '2023-07-05T17:00', '2023-07-03T17:00']]);
    expect((await show(id, { only: 'late' })).items.map((one) => one.task)).toEqual(['2', '1']);
    expect(await codeOf(act('withdraw_schedule', first.id))).toBe('schedules.is_baseline');
    expect(await codeOf(act('set_schedule_baseline', first.id))).toBe('schedules.baseline_already');
    expect(await act('set_schedule_baseline', second.id)).toMatchObject({ before: 1 });
    expect(await act('withdraw_schedule', first.id)).toEqual({ id: first.id, number: 1, current: 2 });
    expect(await codeOf(act('set_schedule_baseline', first.id))).toBe('schedules.withdrawn');
  });

  it('of Primavera is found again by codes, though the numbers of tasks change with each export', async () => {
    const id = await world.project();
    const text = fixture('workshop.xer').toString('utf8');
    const first = await importFile(id, text, 'a.xer');
    await act('set_schedule_baseline', first.id);
    const renumbered = text.replace(/^%R\t(\d)\t100\t1(\d)\t7\t/gm, '%R\t90$1\t100\t1$2\t7\t').replace(/^%R\t(\d)\t([2-6])\t(\d|999)\t100\t10/gm, (_whole, row: string, to: string, from: string) => `%R\t${row}\t90${to}\t${from === '999' ? from : `90${from}`}\t100\t10`);
    await importFile(id, renumbered, 'b.xer');
    const shown = await show(id);
    expect(shown.items.some((one) => one.task === '901')).toBe(true);
    expect(shown.items.map((one) => one.baselineFinish)).toEqual(shown.items.map((one) => one.finish));
  });
});

describe('who may', () => {
  it('import: office, commissioner, administrator, and an enterprise for its own project; others read, and nobody beyond his scope', async () => {
    const id = await world.project({ builderId: world.orgs.enterprise });
    expect(await importFile(id, project(task(1, 8)), '进度.xml', world.actors.enterprise)).toMatchObject({ number: 1 });
    expect((await show(id, {}, world.actors.enterprise)).can).toEqual({ import: true, plan: false });
    expect((await show(id, {}, world.actors.leader)).can).toEqual({ import: false, plan: false });
    expect(await codeOf(importFile(id, project(task(1, 9)), '进度.xml', world.actors.town))).toBe('platform.not_allowed');
    const foreign = await world.project();
    expect(await codeOf(importFile(foreign, project(task(1, 8)), '进度.xml', world.actors.enterprise))).toBe('platform.not_found');
    const { id: schedule } = await importFile(foreign, project(task(1, 8)));
    expect(await codeOf(world.app.ask(world.actors.enterprise, 'approvals.schedule', { id, schedule }))).toBe('platform.not_found');
    expect(await codeOf(world.app.run(world.actors.enterprise, 'approvals.withdraw_schedule', { id: schedule, reason: '不是我的' }))).toBe('platform.not_found');
  });

  it('set the baseline: who plans, not who is measured; withdraw: one\'s own, or any for who plans', async () => {
    const id = await world.project({ builderId: world.orgs.enterprise });
    const own = await importFile(id, project(task(1, 8)), '进度.xml', world.actors.enterprise);
    const offices = await importFile(id, project(task(1, 16)));
    const asEnterprise = (name: string, schedule: string) => codeOf(world.app.run(world.actors.enterprise, `approvals.${name}`, { id: schedule, reason: '试一试' }));
    expect(await asEnterprise('set_schedule_baseline', own.id)).toBe('platform.not_allowed');
    expect(await asEnterprise('withdraw_schedule', offices.id)).toBe('platform.not_allowed');
    expect(await asEnterprise('withdraw_schedule', own.id)).toBe('ok');
  });

  it('use a file: who uploaded it; and read it as it came: whoever may know the project', async () => {
    const id = await world.project({ builderId: world.orgs.enterprise });
    const content = project(task(1, 8));
    const sha256 = await upload(content);
    const call = (actor: Actor) => world.app.run(actor, 'approvals.import_schedule', { id, scheduleId: newId(), sha256, fileName: '进度.xml' });
    expect(await codeOf(call(world.actors.enterprise))).toBe('schedules.no_upload');
    await call(world.actors.office);
    expect((await openFileFor(world.app, world.actors.enterprise, sha256, mayReadOriginal))?.name).toBe('进度.xml');
    const other = await world.project();
    const hidden = await upload(project(task(1, 8)));
    await world.app.run(world.actors.office, 'approvals.import_schedule', { id: other, scheduleId: newId(), sha256: hidden, fileName: '进度.xml' });
    expect(await openFileFor(world.app, world.actors.enterprise, hidden, mayReadOriginal)).toBeUndefined();
  });
});

describe('a hostile file', () => {
  it('is refused in words and leaves no version, whatever is wrong with it', async () => {
    const id = await world.project();
    const whole = fixture('workshop.xml').toString('utf8');
    const cases: readonly (readonly [string, string])[] = [
      [whole.slice(0, -40), 'schedules.cut_off'], [project(task(1, 8) + task(1, 8)), 'schedules.bad_task'], [project(task(1, 8, after(2)) + task(2, 8, after(1))), 'network.cycle'],
      [project(`<Task><UID>${'1'.repeat(300)}</UID><Duration>PT8H0M0S</Duration></Task>`), 'schedules.bad_task'], [project(task(1, 999_999_999)), 'schedules.too_long'],
      [project(task(1, 8)).replace('<Tasks>', '<Tasks><!DOCTYPE x [<!ENTITY a "b">]>'), 'schedules.doctype'], [fixture('workshop.xer').toString('utf8').slice(0, 700), 'schedules.cut_off'], ['项目,工期\n甲,3\n', 'schedules.not_a_schedule'],
    ];
    for (const [content, code] of cases) expect([code, await codeOf(importFile(id, content))]).toEqual([code, code]);
    expect(await versions(id)).toEqual([]);
    const texts = world.app.texts;
    for (const [, code] of cases) for (const locale of ['zh-CN', 'en'] as const) expect(texts.has(locale, code.replace('.', ':refusal.'))).toBe(true);
  });

  it('that takes too long or too much memory ends its reader and nothing else: the server answers meanwhile', async () => {
    const id = await world.project();
    const sha256 = await upload(project(Array.from({ length: 30_000 }, (_, at) => task(at + 1, 8, at % 1000 === 0 ? '' : after(at))).join('')));
    const file = world.app.files.pathOf(sha256);
    const asked: number[] = [];
    const began = performance.now();
    const beat = setInterval(() => asked.push(performance.now() - began), 20);
    expect(await codeOf(readFile(file, { seconds: 0.2, heapMb: 512 }))).toBe('schedules.took_too_long');
    expect(await codeOf(readFile(file, { seconds: 60, heapMb: 24 }))).toBe('schedules.too_much_memory');
    clearInterval(beat);
    expect(asked.length).toBeGreaterThan(3);
    expect((await readFile(file)).summary).toMatchObject({ taskCount: 30_000, linkCount: 29_970, criticalCount: 30_000 });
    expect((await show(id)).schedule).toBeNull();
  });

  it('waits for its turn, and is refused where too many wait', async () => {
    const file = world.app.files.pathOf(await upload(project(task(1, 8))));
    const codes = await Promise.all(Array.from({ length: 40 }, () => codeOf(readFile(file))));
    expect(codes.filter((one) => one === 'ok')).toHaveLength(22);
    expect(codes.filter((one) => one === 'schedules.busy')).toHaveLength(18);
    expect(await codeOf(readFile(file))).toBe('ok');
  });
});

describe('what is written out', () => {
  it('is MSPDI that is read as the same schedule, with our dates and the baseline of the project', async () => {
    const id = await world.project();
    for (const name of ['workshop.xml', 'workshop.xer']) await importFile(id, fixture(name), name);
    const [xer, mspdi] = await versions(id);
    for (const [version, name] of [[mspdi, 'workshop.xml'], [xer, 'workshop.xer']] as const) {
      const original = readSchedule(fixture(name));
      const asFile = readSchedule(Buffer.from(await textOf('approvals.export_mspdi', { id, schedule: version?.id, dates: 'file' })));
      expect(asFile.tasks.map((one) => [one.name, one.start, one.finish, one.durationMinutes])).toEqual(original.tasks.map((one) => [one.name, one.start, one.finish, one.durationMinutes]));
      expect(asFile.links).toHaveLength(original.links.length);
      const ours = readSchedule(Buffer.from(await textOf('approvals.export_mspdi', { id, schedule: version?.id })));
      const kept = keptOf(original);
      expect(ours.tasks.map((one) => [one.start, one.finish])).toEqual(kept.rows.map((one) => [one.start ?? one.file_start, one.finish ?? one.file_finish]));
    }
    const { summary, rows } = keptOf(readSchedule(fixture('workshop.xml')));
    expect([...mspdiOf(scheduleFrom(summary, rows))].join('')).toBe([...mspdiOf(readSchedule(fixture('workshop.xml')))].join(''));
  });

  it('is iCalendar of what is still to come: milestones and critical tasks, or all, each under the identity that it keeps', async () => {
    const id = await world.project({ name: '标准化厂房, 一期' });
    await importFile(id, project(task(1, 8, '<PercentComplete>100</PercentComplete>') + task(2, 8, after(1)) + task(3, 80, after(1)) + task(4, 0, after(3))));
    const key = eventsIn(await textOf('approvals.export_icalendar', { id }));
    expect(key.map((one) => [one['SUMMARY'], one['DTSTART;VALUE=DATE'], one['DTEND;VALUE=DATE']])).toEqual([['任务3', '20230704', '20230718'], ['任务4', '20230717', '20230718']]);
    const all = eventsIn(await textOf('approvals.export_icalendar', { id, tasks: 'all' }));
    expect(all.map((one) => one['SUMMARY'])).toEqual(['任务2', '任务3', '任务4']);
    await importFile(id, project(task(3, 88)));
    const next = eventsIn(await textOf('approvals.export_icalendar', { id }));
    expect(next[0]?.['UID']).toBe(key[0]?.['UID']);
    expect([key[0]?.['SEQUENCE'], next[0]?.['SEQUENCE']]).toEqual(['1', '2']);
    expect(await codeOf(textOf('approvals.export_icalendar', { id: await world.project() }))).toBe('platform.not_found');
  });

  it('is iCalendar of the days by which approvals fall due, of what is needed and not finished', async () => {
    const id = await world.project({ kind: 'enterprise', landMu: 80, totalFen: 500_000_000 });
    const events = eventsIn(await textOf('approvals.export_icalendar', { id, of: 'plan' }));
    const plan: unknown = await world.app.ask(world.actors.office, 'approvals.project_plan', { id });
    const needed = JSON.stringify(plan).match(/"verdict":"needed"/g)?.length ?? 0;
    expect(needed).toBeGreaterThan(5);
    expect(events).toHaveLength(needed);
    const days = events.map((one) => one['DTSTART;VALUE=DATE'] ?? '');
    expect(days).toEqual(days.toSorted());
    const english = { ...world.actors.office, locale: 'en' as const };
    expect(eventsIn(await textOf('approvals.export_icalendar', { id, of: 'plan' }, english))[0]?.['SUMMARY']).toMatch(/^Due: [A-Z]/);
  });
});

/** Read as RFC 5545 says it is to be read: unfolded, a property and its value at the first colon, text unescaped. */
function eventsIn(text: string): Readonly<Record<string, string>>[] {
  expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true);
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  const events: Record<string, string>[] = [];
  let open: Record<string, string> | undefined;
  for (const line of text.replace(/\r\n[ \t]/g, '').split('\r\n').slice(0, -1)) {
    const at = line.indexOf(':');
    expect(at).toBeGreaterThan(0);
    const [name, value] = [line.slice(0, at), line.slice(at + 1)];
    if (name === 'BEGIN' && value === 'VEVENT') open = {};
    else if (name === 'END' && value === 'VEVENT') events.push(open ?? {});
    else if (open !== undefined) open[name] = value.replace(/\\([\\;,nN])/g, (_whole, char: string) => (char.toLowerCase() === 'n' ? '\n' : char));
  }
  for (const one of events) expect(Object.keys(one)).toEqual(expect.arrayContaining(['UID', 'DTSTAMP', 'DTSTART;VALUE=DATE', 'SUMMARY']));
  return events;
}
