import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../kernel/ids.ts';
import { freshDatabase } from '../test/world/database.ts';
import type { Actor } from './actor.ts';
import { run } from './command.ts';
import { openDatabase, sql, type Database } from './db.ts';
import { registry, type Env } from './feature.ts';
import { openFiles, type Files } from './files.ts';
import { cleanName, uploadFile, uploads, type UploadApp } from './upload.ts';

let database: Database;
let files: Files;
let drop: () => Promise<void>;
const folder = mkdtempSync(path.join(tmpdir(), 'yugong-upload-'));
const actor: Actor = { userId: newId(), name: '专员01', orgId: newId(), roles: [], permissions: new Set(), scope: { keys: [], all: false }, locale: 'zh-CN', isSystem: false, sessionId: newId() };

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openDatabase({ connection: fresh.connection, schema: fresh.schema, poolSize: 3, statementTimeoutMs: 10_000, synchronousCommit: false });
  files = await openFiles(path.join(folder, 'files'));
});
afterAll(async () => {
  await database.close();
  await drop();
  rmSync(folder, { recursive: true, force: true });
});

function app(limits = { uploadBytes: 200_000, uploadDayBytes: 50_000_000 }): UploadApp {
  const now = () => ({ instant: new Date(), day: '2023-06-30' });
  const known = registry([uploads]);
  return {
    database, files, config: { limits }, now,
    run: (by, name, input, options) => {
      const command = known.commands.get(name);
      if (command === undefined) throw new Error(name);
      const env: Env = { files, requestId: newId(), address: '', agent: '', ...options?.env };
      return run(database, command, { actor: by, input, key: newId(), now: now(), env });
    },
  };
}

const send = (name: string, content: Buffer | Readable, by: Actor = actor, over = app()): Promise<unknown> => uploadFile(over, by, { name, content: content instanceof Readable ? content : Readable.from([content]) });
const code = (promise: Promise<unknown>): Promise<unknown> => promise.then(() => 'done', (error: unknown) => (typeof error === 'object' && error !== null && 'code' in error ? error.code : error));
const shaOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** An archive with stored (not packed) members. */
function zip(names: readonly string[], flags = 0): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const name of names) {
    const text = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.write('PK\u0003\u0004', 'latin1');
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    const body = Buffer.alloc(flags === 1 ? 12 : 0); // an encrypted member begins with twelve bytes of its own
    local.writeUInt32LE(body.length, 18);
    local.writeUInt16LE(text.length, 26);
    locals.push(local, text, body);
    const entry = Buffer.alloc(46);
    entry.write('PK\u0001\u0002', 'latin1');
    entry.writeUInt16LE(20, 6);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt32LE(body.length, 20);
    entry.writeUInt16LE(text.length, 28);
    entry.writeUInt32LE(offset, 42);
    central.push(entry, text);
    offset += 30 + text.length + body.length;
  }
  const end = Buffer.alloc(22);
  const size = central.reduce((sum, one) => sum + one.length, 0);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...central, end]);
}

const PDF = Buffer.from('%PDF-1.7\nhello\n%%EOF\n');

describe('uploading', () => {
  it('stores a file once by its content, records each person who brought it, and gives its type by content', async () => {
    expect(await send('合同.exe', PDF)).toMatchObject({ id: shaOf(PDF), name: '合同.exe', mediaType: 'application/pdf', bytes: PDF.length });
    const other = { ...actor, userId: newId() };
    await send('另一个名字.pdf', PDF, other);
    expect(await database.row(sql`select count(*)::int as n from platform_files where sha256 = ${shaOf(PDF)}`)).toEqual({ n: 1 });
    expect(await database.rows(sql`select name from platform_uploads where sha256 = ${shaOf(PDF)} order by name`)).toEqual([{ name: '另一个名字.pdf' }, { name: '合同.exe' }]);
    expect(await database.row(sql`select count(*)::int as n from platform_events where kind = 'platform.file_uploaded'`)).toEqual({ n: 2 });
    expect(existsSync(files.pathOf(shaOf(PDF)))).toBe(true);
  });

  it('takes workbooks and papers, and tells them from archives, macros, old Office and encrypted files', async () => {
    expect(await send('台账.zip', zip(['[Content_Types].xml', 'xl/workbook.xml']))).toMatchObject({ mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
    expect(await send('报告.docx', zip(['[Content_Types].xml', 'word/document.xml']))).toMatchObject({ mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' });
    expect(await code(send('a.xlsx', zip(['[Content_Types].xml', 'xl/workbook.xml', 'xl/vbaProject.bin'])))).toBe('platform.file_macros');
    expect(await code(send('a.xlsx', zip(['photo.jpg'])))).toBe('platform.file_archive');
    expect(await code(send('a.xlsx', zip(['[Content_Types].xml', 'xl/workbook.xml'], 1)))).toBe('platform.file_encrypted');
    expect(await code(send('a.xlsx', Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), Buffer.alloc(200)])))).toBe('platform.file_damaged');
    expect(await code(send('a.xlsx', zip(['../../etc/passwd'])))).toBe('platform.file_damaged');
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504)]);
    expect(await code(send('a.xls', ole))).toBe('platform.file_old_office');
    expect(await code(send('a.xlsx', Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')])))).toBe('platform.file_encrypted');
  });

  it('refuses programs, pages and pictures with script, whatever they are called, and leaves nothing of them', async () => {
    const hostile: Record<string, Buffer> = {
      '照片.jpg': Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300, 1)]), 'a.pdf': Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46]), Buffer.alloc(300)]),
      'a.csv': Buffer.from('<html><script>alert(1)</script>'), 'a.png': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      'b.csv': Buffer.from('\ufeff  <?xml version="1.0"?><a/>'), 'a.txt': Buffer.from('#!/bin/sh\nrm -rf /\n'),
      'a.xml': Buffer.from('<project><script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script></project>'), 'b.xml': Buffer.from('<html xmlns="http://schemas.microsoft.com/project"><script>alert(1)</script></html>'),
      'c.xml': Buffer.from('<!DOCTYPE Project [<!ENTITY a "b">]><Project xmlns="http://schemas.microsoft.com/project"/>'),
    };
    for (const [name, content] of Object.entries(hostile)) {
      expect([name, await code(send(name, content))]).toEqual([name, 'platform.file_type']);
      expect(existsSync(files.pathOf(shaOf(content)))).toBe(false);
    }
    const eicar = Buffer.from(['X5O!P%@AP[4\\', 'PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''));
    expect(await code(send('台账.csv', eicar))).toBe('platform.file_infected');
    expect(existsSync(files.pathOf(shaOf(eicar)))).toBe(false);
  });

  it('takes schedules: Microsoft Project by its root and namespace, Primavera as the text that it is', async () => {
    const root = '<Project xmlns="http://schemas.microsoft.com/project"><Tasks/></Project>';
    for (const [at, head] of ['', '\ufeff', '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n', '<?xml version="1.0"?>\n<!-- made up -->\n'].entries()) expect(await send(`${String(at)}.xml`, Buffer.from(head + root))).toMatchObject({ mediaType: 'application/xml' });
    expect(await send('wide.xml', Buffer.from(`\ufeff${root}`, 'utf16le'))).toMatchObject({ mediaType: 'application/xml' });
    expect(await send('a.xer', Buffer.from('ERMHDR\t19.12\t2023-09-01\n%E\n'))).toMatchObject({ mediaType: 'text/plain' });
  });

  it('takes ledgers as text in UTF-8, UTF-16 and GB18030', async () => {
    expect(await send('a.csv', Buffer.from('项目名称,总投资（亿元）\n苯加氢,8\n'))).toMatchObject({ mediaType: 'text/plain' });
    expect(await send('b.csv', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('项目,1\n', 'utf16le')]))).toMatchObject({ mediaType: 'text/plain' });
    expect(await send('c.csv', Buffer.from('cfeec4bfc3fbb3c62cd7dccdb6d7ca0a', 'hex'))).toMatchObject({ mediaType: 'text/plain' });
  });

  it('refuses nothing at the limit, and everything one byte past it, empty files, and more than a day’s share', async () => {
    const exact = Buffer.concat([PDF, Buffer.alloc(200_000 - PDF.length, 32)]);
    expect(await code(send('a.pdf', exact))).toBe('done');
    const more = Buffer.concat([exact, Buffer.from(' ')]);
    expect(await code(send('a.pdf', more))).toBe('platform.too_large');
    expect(existsSync(files.pathOf(shaOf(more)))).toBe(false);
    expect(await code(send('a.pdf', Buffer.alloc(0)))).toBe('platform.empty_file');
    const greedy = { ...actor, userId: newId() };
    const small = app({ uploadBytes: 200_000, uploadDayBytes: PDF.length });
    expect(await code(send('a.pdf', PDF, greedy, small))).toBe('done');
    expect(await code(send('b.pdf', Buffer.from('%PDF-1.7\nsecond'), greedy, small))).toBe('platform.upload_share');
  });

  it('leaves nothing of an upload that breaks off', async () => {
    const broken = new Readable({ read() { this.push(Buffer.from('%PDF-1.7 half')); this.destroy(new Error('connection lost')); } });
    await expect(send('a.pdf', broken)).rejects.toThrow('connection lost');
    expect(readdirSync(path.join(folder, 'files', 'incoming'))).toEqual([]);
  });

  it('is not disturbed by a command that opens the folder beside the server; what a crash left is swept away later', async () => {
    const half = path.join(folder, 'files', 'incoming', 'half');
    const slow = new Readable({ read() { /* fed by hand */ } });
    const coming = send('慢.pdf', slow);
    slow.push('%PDF-1.7\n');
    writeFileSync(half, 'half');
    await expect.poll(() => readdirSync(path.dirname(half)).length).toBe(2);
    await openFiles(path.join(folder, 'files'));
    expect(readdirSync(path.dirname(half))).toHaveLength(2);
    slow.push('慢\n');
    slow.push(null);
    expect(await coming).toMatchObject({ mediaType: 'application/pdf' });
    utimesSync(half, new Date(), new Date(Date.now() - 4_000_000));
    await openFiles(path.join(folder, 'files'));
    expect(readdirSync(path.dirname(half))).toEqual([]);
  });

  it('keeps a file that is known when the same bytes come again and are refused for another reason', async () => {
    await send('a.pdf', PDF);
    const scan = async (): Promise<string> => 'Test.Virus';
    expect(await code(uploadFile(app(), actor, { name: 'a.pdf', content: Readable.from([PDF]) }, {}, scan))).toBe('platform.file_infected');
    expect(existsSync(files.pathOf(shaOf(PDF)))).toBe(true);
  });

  it('cannot be claimed by an ordinary request that names a file it never sent', async () => {
    expect(await code(app().run(actor, 'platform.upload_file', { name: 'a.pdf' }))).toBe('platform.file_expected');
    expect(await code(app().run(actor, 'platform.upload_file', { name: 'a.pdf', arrived: { sha256: shaOf(PDF) } }))).toBe('platform.invalid');
  });

  it('cleans names of paths, directions and dots, and keeps the ending of a long one', () => {
    expect(cleanName('../../etc/passwd')).toBe('passwd');
    expect(cleanName('C:\\照片\\工地.jpg')).toBe('工地.jpg');
    expect(cleanName('报告\u202Efdp.exe')).toBe('报告fdp.exe');
    expect(cleanName('..\u0000\n')).toBe('file');
    expect(cleanName(`${'长'.repeat(300)}.pdf`)).toBe(`${'长'.repeat(196)}.pdf`);
    expect(cleanName('\ud800.pdf')).toBe('\ufffd.pdf');
  });
});
