// What people open in their spreadsheet program, opened by one: the marked copy of an import and the exported list. LibreOffice reads
// them and writes text; left out with a word where it is not installed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mappingOf, workOnce } from '../../features/projects/imports/runner.ts';
import { readImport } from '../../features/projects/imports/store.ts';
import { importHost } from '../../jobs.ts';
import { newId } from '../../kernel/ids.ts';
import { writeXlsx } from '../../platform/sheets/write.ts';
import { uploadFile } from '../../platform/upload.ts';
import { makeWorld, type World } from '../world/world.ts';

const office = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find((one) => existsSync(one));

describe.skipIf(office === undefined)('in LibreOffice (skipped where /usr/bin/soffice is missing)', () => {
  let world: World;
  let folder = '';
  let id = '';
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'yugong-office-'));
    world = await makeWorld();
    id = await imported();
  }, 120_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await world.close();
  });

  it('the marked copy keeps the sheet and says in cell, comment and last column what is wrong', async () => {
    const made = await world.app.download(world.actors.office, 'projects.import_report', { id });
    const bytes = await buffer(made.content);
    const csv = opened('marked.xlsx', bytes, 'csv:Text - txt - csv (StarCalc):44,34,76', 'csv').split('\n');
    expect(csv[0]).toMatch(/^重点项目台账,/);
    expect(csv[1]).toBe('项目名称,建设单位,总投资（亿元）,计划开工时间,导入意见');
    expect(csv[2]).toBe('甲项目,甲公司,2.5,2023-10-05,');
    expect(csv[3]).toMatch(/^=乙项目,乙公司,3-5亿,2023\.1,.*范围.*2023年10月/);
    const flat = opened('marked.xlsx', bytes, 'fods', 'fods');
    const notes = [...flat.matchAll(/<office:annotation [\s\S]*?<\/office:annotation>/g)].map((match) => match[0].replace(/<[^>]+>/g, ''));
    expect(notes).toHaveLength(2);
    expect(notes.join()).toContain('末尾的零');
    // The title still spans the columns that it did.
    expect(flat).toMatch(/table:number-columns-spanned="4"/);
  }, 120_000);

  it('the exported list holds what the list shows, and text that looks like a formula stays text', async () => {
    const done = await world.app.run(world.actors.office, 'projects.commit_import', { id });
    expect(done).toBeDefined();
    await until('done');
    const made = await world.app.download(world.actors.office, 'projects.export', { format: 'xlsx' });
    const csv = opened('list.xlsx', await buffer(made.content), 'csv:Text - txt - csv (StarCalc):44,34,76', 'csv');
    expect(csv).toContain('甲项目');
    expect(csv).toContain('甲公司');
    expect(csv).not.toContain('Err:');
  }, 120_000);

  /** What LibreOffice makes of a workbook. */
  function opened(name: string, bytes: Buffer, to: string, extension: string): string {
    writeFileSync(path.join(folder, name), bytes);
    execFileSync(office ?? '', ['--headless', `-env:UserInstallation=file://${folder}/profile`, '--convert-to', to, '--outdir', folder, path.join(folder, name)], { stdio: 'ignore', timeout: 100_000 });
    return readFileSync(path.join(folder, name.replace(/xlsx$/, extension)), 'utf8').replace(/^\ufeff/, '').replaceAll('\r', '').trim();
  }

  async function imported(): Promise<string> {
    const out = new PassThrough();
    const bytes = buffer(out);
    await writeXlsx(out, [{
      name: '台账', merges: [{ top: 1, left: 0, bottom: 1, right: 3 }],
      rows: [{ cells: ['重点项目台账'] }, { cells: ['项目名称', '建设单位', '总投资（亿元）', '计划开工时间'] }, { cells: ['甲项目', '甲公司', 2.5, { day: '2023-10-05' }] }, { cells: ['=乙项目', '乙公司', '3-5亿', 2023.1] }],
    }]);
    out.end();
    const stored = await uploadFile(world.app, world.actors.office, { name: 'ledger.xlsx', content: Readable.from(await bytes) }, {});
    const sha256 = typeof stored === 'object' && stored !== null && 'id' in stored ? String(stored.id) : '';
    const made = newId();
    await world.app.run(world.actors.office, 'projects.start_import', { id: made, sha256, fileName: 'ledger.xlsx' });
    id = made;
    await until('mapping');
    const read = await readImport(world.app.database, made, undefined);
    if (read === undefined) throw new Error('no import');
    await world.app.run(world.actors.office, 'projects.preview_import', { id: made, mapping: { ...mappingOf(read), createMissing: true } });
    await until('preview');
    return made;
  }

  async function until(state: string): Promise<void> {
    const host = importHost(world.app);
    for (let i = 0; i < 200; i += 1) {
      await workOnce(host, new AbortController().signal, id);
      const one = await readImport(world.app.database, id, undefined);
      if (one?.state === state) return;
      if (one?.state === 'failed') throw new Error(one.error?.title ?? 'failed');
    }
    throw new Error(`the import does not come to ${state}`);
  }
});
