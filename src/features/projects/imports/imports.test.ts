// Importing whole files through the real commands: the example ledger, a real foreign register, hostile files, doubtful rows, a part
// of the rows, a commit that was cut off, and our own export.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { root } from '../../../platform/root.ts';
import { uploadFile } from '../../../platform/upload.ts';
import { importHost } from '../../../jobs.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import type { ImportMapping } from './mapping.ts';
import { foundTables, mappingOf, workOnce } from './runner.ts';
import { readImport, readRows, type ImportRow } from './store.ts';

const LEDGER = path.join(root, 'examples', 'ledger-jiyuan-2023h1.xlsx');
const MELBOURNE = path.join(root, '..', 'shared', 'data', 'registers', 'melbourne-water', 'Capital_Delivery_Project_deidentified.csv');

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

async function start(bytes: Buffer, fileName: string, of: World = world): Promise<string> {
  const stored = await uploadFile(of.app, of.actors.office, { name: fileName, content: Readable.from(bytes) }, {}).catch(() => undefined);
  const id = newId();
  const sha = typeof stored === 'object' && stored !== null && 'id' in stored ? String(stored.id) : '';
  await of.app.run(of.actors.office, 'projects.start_import', { id, sha256: sha, fileName });
  return id;
}

async function paste(text: string, of: World = world): Promise<string> {
  const id = newId();
  await of.app.run(of.actors.office, 'projects.start_import', { id, text, fileName: '粘贴的表格' });
  return id;
}

async function until(id: string, states: readonly string[], of: World = world): Promise<ImportRow> {
  const host = importHost(of.app);
  for (let i = 0; i < 200; i += 1) {
    await workOnce(host, new AbortController().signal, id);
    const one = await readImport(of.app.database, id, undefined);
    if (one !== undefined && states.includes(one.state)) return one;
    if (one?.state === 'failed') throw new Error(`${one.error?.code ?? ''} ${one.error?.title ?? ''}`);
  }
  throw new Error('the import does not move');
}

async function preview(id: string, change: (mapping: ImportMapping, found: ImportRow) => ImportMapping = (mapping) => mapping, of: World = world): Promise<ImportRow> {
  const read = await until(id, ['mapping'], of);
  await of.app.run(of.actors.office, 'projects.preview_import', { id, mapping: change(mappingOf(read), read) });
  return until(id, ['preview'], of);
}

async function commit(id: string, input: Readonly<Record<string, unknown>> = {}, of: World = world): Promise<ImportRow> {
  await of.app.run(of.actors.office, 'projects.commit_import', { id, ...input });
  return until(id, ['done'], of);
}

describe('the example ledger', () => {
  let own: World;
  beforeAll(async () => {
    own = await makeWorld();
  });
  afterAll(() => own.close());

  it('imports 182 projects and 178 亿元, and a second time changes nothing', async () => {
    const first = await preview(await start(readFileSync(LEDGER), 'ledger.xlsx', own), (mapping) => ({ ...mapping, createMissing: true }), own);
    expect(first.counts).toMatchObject({ rows: 182, new: 182 });
    const done = await commit(first.id, {}, own);
    expect(done.counts).toMatchObject({ committed: 182 });
    const sum = await own.app.database.row<{ projects: number; fen: number }>(sql`select count(*)::int as projects, sum(done_fen)::bigint as fen from projects_projects`);
    expect(sum).toEqual({ projects: 182, fen: 1_780_000_000_000 });

    const events = await own.app.database.row<{ count: number }>(sql`select count(*)::int as count from platform_events`);
    const second = await preview(await start(readFileSync(LEDGER), 'ledger.xlsx', own), undefined, own);
    expect(second.counts).toMatchObject({ rows: 182, unchanged: 182 });
    await commit(second.id, {}, own);
    const after = await own.app.database.row<{ count: number }>(sql`select count(*)::int as count from platform_events where command = 'projects.apply_import_rows' and kind like 'projects.%ed' and seq > ${events?.count ?? 0}`);
    expect(after?.count).toBe(0);
  });

  it('keeps totals that a slow recount confirms', async () => {
    expect(await own.app.ask(own.app.system, 'projects.recount', {})).toMatchObject({ differences: [] });
  });

  it('exports a list that imports unchanged', async () => {
    const made = await own.app.download(own.actors.office, 'projects.export', { format: 'xlsx' });
    const parts: Buffer[] = [];
    for await (const part of made.content) parts.push(Buffer.from(part));
    const again = await preview(await start(Buffer.concat(parts), 'export.xlsx', own), undefined, own);
    expect(again.counts).toMatchObject({ rows: 182, unchanged: 182 });
  });
});

describe.skipIf(!existsSync(MELBOURNE))('the register of Melbourne Water (skipped where the shared data are not at hand)', () => {
  let own: World;
  beforeAll(async () => {
    own = await makeWorld({ day: '2020-12-31' });
  });
  afterAll(() => own.close());

  it('imports 445 projects with a mapping made by a person; ambiguous dates are asked about', async () => {
    const id = await start(readFileSync(MELBOURNE), 'melbourne.csv', own);
    const read = await until(id, ['mapping'], own);
    const [table] = foundTables(read.tables);
    expect(table?.questions.filter((question) => question.code === 'ledger.date_order').length).toBeGreaterThan(0);
    const fields: Readonly<Record<string, object>> = {
      ID: { field: 'code' }, FFC: { field: 'totalFen', unit: 'yuan' }, 'Delivery Program': { field: 'category' }, BNI: { field: 'custom', custom: 'date', order: 'dmy' }, PBC: { field: 'custom', custom: 'date', order: 'dmy' },
      BCA: { field: 'custom', custom: 'date' }, 'Tender Closed': { field: 'custom', custom: 'date', order: 'dmy' },
    };
    const mapped = await preview(id, (mapping) => ({
      ...mapping, month: null,
      tables: mapping.tables.map((one) => ({ ...one, use: true, year: null, columns: one.columns.map((column) => ({ ...column, field: 'custom', ...fields[table?.columns.find((each) => each.index === column.index)?.heading ?? ''] })) })),
    }), own);
    expect(mapped.counts).toMatchObject({ rows: 445, new: 445 });
    const warned = await readRows(own.app.database, id, { warned: true, limit: 500 });
    expect(warned.filter((row) => (row.problems ?? []).some((problem) => problem.code === 'ledger.times_inverted')).length).toBeGreaterThanOrEqual(11);
    const kinds = await own.app.ask(own.actors.office, 'projects.import_problems', { id });
    expect(kinds).toMatchObject({ items: expect.arrayContaining([
      expect.objectContaining({ message: '“Tender Closed”晚于“BCA”', rows: 11 }), expect.objectContaining({ message: '“Stage1”晚于“Stage2”', rows: 1 }),
    ]) });
    expect(await own.app.ask(own.actors.office, 'projects.import_rows', { id, problem: 'ledger.times_inverted|Stage1|Stage2' })).toMatchObject({ items: [{ code: 'Q05658' }] });
    await commit(id, {}, own);
    const sum = await own.app.database.row<{ projects: number; fen: number }>(sql`select count(*)::int as projects, sum(total_fen)::bigint as fen from projects_projects`);
    expect(sum).toEqual({ projects: 445, fen: 511_365_915_250 });
  });
});

describe('rows', () => {
  it('writes only the rows that were chosen', async () => {
    const shown = await preview(await paste('项目名称\t总投资（万元）\n选中项目\t100\n落选项目\t200'));
    const done = await commit(shown.id, { rows: [0] });
    expect(done.counts).toMatchObject({ committed: 1, skipped: 1 });
    const names = await world.app.database.rows<{ name: string }>(sql`select name from projects_projects where name in ('选中项目', '落选项目')`);
    expect(names).toEqual([{ name: '选中项目' }]);
  });

  it('asks about a name that another town builds, and takes the answer', async () => {
    const id = await world.project({ name: '污水处理厂扩建', townId: world.orgs.town, builderName: '甲公司', totalFen: 1_000_000 });
    const shown = await preview(await paste('项目名称\t建设单位\t所在镇\t总投资（万元）\n污水处理厂扩建\t乙公司\t克井镇\t300'));
    expect(shown.counts).toMatchObject({ doubtful: 1 });
    await commit(shown.id, { choices: [{ n: 0, projectId: id }] });
    const row = await world.app.database.row<{ total_fen: number; version: number }>(sql`select total_fen, version from projects_projects where id = ${id}`);
    expect(row?.total_fen).toBe(300_000_000);
    expect(row?.version).toBe(2);
  });

  it('refuses a project that is none of the row’s candidates, and writes nothing', async () => {
    await world.project({ name: '热电联产改造', townId: world.orgs.town, builderName: '甲公司' });
    const other = await world.project({ name: '完全无关的项目' });
    const shown = await preview(await paste('项目名称\t建设单位\t所在镇\t备注\n热电联产改造\t乙公司\t克井镇\t不该写到别处'));
    await expect(world.app.run(world.actors.office, 'projects.commit_import', { id: shown.id, choices: [{ n: 0, projectId: other }] })).rejects.toMatchObject({ code: 'ledger.no_candidate', details: { row: expect.any(Number) } });
    expect(await world.app.database.row(sql`select remarks from projects_projects where id = ${other}`)).toEqual({ remarks: null });
  });

  it('asks about a name that is nearly the same', async () => {
    await world.project({ name: '纳米碳酸钙生产线建设项目' });
    const shown = await preview(await paste('项目名称\t总投资（万元）\n纳米碳酸钙生产线建设\t300'));
    const [row] = await readRows(world.app.database, shown.id, { limit: 1 });
    expect(row?.fate).toBe('doubtful');
  });

  it('refuses the second of two rows that are one project', async () => {
    const shown = await preview(await paste('项目名称\t总投资（万元）\n同名项目甲\t300\n同名项目甲\t300'));
    expect(shown.counts).toMatchObject({ new: 1, refused: 1 });
  });

  it('refuses in words to write two rows to one project, and writes nothing', async () => {
    const id = await world.project({ name: '两行争一个', builderName: '甲公司', remarks: '原样' });
    const shown = await preview(await paste('项目名称\t建设单位\t备注\n两行争一个\t乙公司\t一\n两行争一个\t丙公司\t二\n两行争一个\t甲公司\t三'));
    expect(shown.counts).toMatchObject({ doubtful: 2, changed: 1 });
    const run = (input: object) => world.app.run(world.actors.office, 'projects.commit_import', { id: shown.id, ...input });
    for (const input of [{ choices: [{ n: 0, projectId: id }, { n: 1, projectId: id }] }, { choices: [{ n: 1, projectId: id }] }, { rows: [0, 1], choices: [{ n: 0, projectId: id }, { n: 1, projectId: id }] }]) {
      await expect(run(input)).rejects.toMatchObject({ code: 'ledger.chosen_twice', details: { name: '两行争一个', firstRow: expect.any(Number), secondRow: expect.any(Number) } });
    }
    expect(await readImport(world.app.database, shown.id, undefined)).toMatchObject({ state: 'preview', counts: { doubtful: 2 } });
    await commit(shown.id, { rows: [1], choices: [{ n: 1, projectId: id }] });
    expect(await world.app.database.row(sql`select remarks from projects_projects where id = ${id}`)).toEqual({ remarks: '二' });
  });

  it('hands the parts of a project over with it', async () => {
    const { app, actors } = world;
    const userId = newId();
    await app.database.run(sql`insert into people_users (id, org_id, login, name) values (${userId}, ${world.orgs.root}, 'next-one', '接任专员')`);
    await app.database.run(sql`insert into people_user_roles (user_id, role_id) select ${userId}, id from people_roles where code = 'commissioner'`);
    const id = await world.project({ name: '带标段的项目' });
    await app.run(app.system, 'projects.assign_commissioner', { id, assignmentId: newId(), userId: actors.commissioner.userId });
    const part = newId();
    await app.run(app.system, 'projects.add_package', { id, packageId: part, name: '一标段' });
    const finds = async (key: string) => (await app.database.rows<{ project_id: string }>(sql`select project_id from projects_access where key = ${key} and project_id = any(${[id, part]}::uuid[])`)).length;
    expect([await finds(actors.commissioner.userId), await finds(userId)]).toEqual([2, 0]);
    await commit((await preview(await paste('项目名称\t项目专员\n带标段的项目\t接任专员'))).id);
    expect([await finds(actors.commissioner.userId), await finds(userId)]).toEqual([0, 2]);
    // Where it stood in the file is told as data; the page makes the words.
    expect(await app.database.row(sql`select reason, after from platform_events where project_id = ${id} order by seq desc limit 1`))
      .toEqual({ reason: null, after: { commissionerId: userId, importedFrom: { file: '粘贴的表格', sheet: expect.any(String), row: 2 } } });
  });

  it('never overwrites monthly reports with the amount of a ledger', async () => {
    const id = await world.project({ name: '已有月报的项目', totalFen: 1_000_000_000 });
    await world.app.run(world.app.system, 'projects.report', { id, month: '2023-06', dispatchFen: 5_000_000 });
    const shown = await preview(await paste('项目名称\t年初累计完成投资（万元）\n已有月报的项目\t9'), (mapping) => ({ ...mapping, month: '2023-06' }));
    expect(shown.counts).toMatchObject({ unchanged: 1 });
    const [row] = await readRows(world.app.database, shown.id, { limit: 1 });
    expect((row?.problems ?? []).map((problem) => problem.code)).toContain('ledger.reports_differ');
  });

  it('does not write what has become true since the preview', async () => {
    const id = await world.project({ name: '并发修改的项目', remarks: '甲' });
    const shown = await preview(await paste('项目名称\t备注\n并发修改的项目\t乙'));
    expect(shown.counts).toMatchObject({ changed: 1 });
    await world.app.run(world.app.system, 'projects.edit', { id, remarks: '乙' });
    const done = await commit(shown.id);
    expect(done.counts).toMatchObject({ unchanged: 1 });
  });
});

describe('a commit that was cut off', () => {
  it('goes on with what is not yet written and writes nothing twice', async () => {
    const names = Array.from({ length: 1200 }, (_, i) => `切断试验第${String(i)}号项目`);
    const shown = await preview(await paste(`项目名称\t总投资（万元）\n${names.map((name, i) => `${name}\t${String(i + 1)}`).join('\n')}`));
    await world.app.run(world.actors.office, 'projects.commit_import', { id: shown.id });
    // The first batch is written, then the process dies: the claim lapses and another process takes up the import.
    await world.app.run(world.actors.office, 'projects.apply_import_rows', { importId: shown.id, from: 0, to: 499 });
    const done = await until(shown.id, ['done']);
    expect(done.counts).toMatchObject({ committed: 1200 });
    const row = await world.app.database.row<{ count: number; names: number }>(sql`select count(*)::int as count, count(distinct name)::int as names from projects_projects where name like '切断试验第%'`);
    expect(row).toEqual({ count: 1200, names: 1200 });
  });

  it('stays cancelled when it was cancelled', async () => {
    const id = await paste('项目名称\t总投资（万元）\n取消试验\t1');
    await world.app.run(world.actors.office, 'projects.cancel_import', { id });
    await workOnce(importHost(world.app), new AbortController().signal, id);
    expect((await readImport(world.app.database, id, undefined))?.state).toBe('cancelled');
  });
});

it('does not show an import to another person', async () => {
  const id = await paste('项目名称\t总投资（万元）\n别人的导入\t1');
  await expect(world.app.ask(world.actors.leader, 'projects.import', { id })).rejects.toMatchObject({ code: 'platform.not_allowed' });
  expect(await readImport(world.app.database, id, world.actors.leader.userId)).toBeUndefined();
});
