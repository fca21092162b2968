// Files made to harm, through the real import of a running server, while others go on working: each is refused in words of both
// languages in under ten seconds, and nobody else waits for it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { makeToken } from '../faults/machine.ts';
import { clearFolder, startServer, temporaryFolder, type ServerProcess } from '../faults/server.ts';
import * as hostile from './files.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const REFUSED_WITHIN_MS = 10_000;
/** Generous: the machine of the test is busy with the test itself. */
const OTHERS_WITHIN_MS = 2000;
const OTHERS_AT_LEAST = 5;

const dataDir = temporaryFolder('yugong-hostile-');
let server: ServerProcess;
let token: string;
const times: number[] = [];

beforeAll(async () => {
  server = await startServer(dataDir, { env: { YUGONG_LIMIT_REQUESTS_PER_MINUTE: '1000000' } });
  token = await makeToken(dataDir);
});
afterAll(async () => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0);
  process.stdout.write(`others during hostile imports: ${sorted.length} answers, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms\n`);
  await server.end('SIGKILL');
  clearFolder(dataDir);
});

type Answer = { status: number; body: Record<string, unknown> };

async function call(path: string, init: RequestInit = {}, language = 'zh-CN'): Promise<Answer> {
  const response = await fetch(`${server.address}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, 'accept-language': language, cookie: `yugong_lang=${language}`, ...init.headers }, signal: AbortSignal.timeout(30_000) });
  const body: unknown = await response.json();
  return { status: response.status, body: typeof body === 'object' && body !== null ? { ...body } : {} };
}

function upload(name: string, content: Buffer, language?: string): Promise<Answer> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(content)]), name);
  return call('/api/files', { method: 'POST', body: form }, language);
}

const command = (name: string, input: unknown): Promise<Answer> => call(`/api/commands/${name}`, { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() }, body: JSON.stringify(input) });

/** What a person is told: at the upload, or by the import that the upload led to. */
async function refusalOf(name: string, content: Buffer): Promise<{ at: 'upload' | 'import'; code: unknown; zh: unknown; en: unknown }> {
  const stored = await upload(name, content);
  if (stored.status !== 200) return { at: 'upload', code: stored.body['code'], zh: stored.body['title'], en: (await upload(name, content, 'en')).body['title'] };
  const id = newId();
  expect((await command('projects.start_import', { id, sha256: stored.body['id'], fileName: name })).status).toBe(200);
  for (;;) {
    const [zh, en] = [await readImport(id, 'zh-CN'), await readImport(id, 'en')];
    if (zh.state === 'failed') return { at: 'import', code: zh.code, zh: zh.title, en: en.title };
    if (zh.state !== 'reading') throw new Error(`the import is ${zh.state}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function readImport(id: string, language: string): Promise<{ state: string; code: unknown; title: unknown }> {
  const { body: { item } } = await call(`/api/queries/projects.import?id=${id}`, {}, language);
  const state = typeof item === 'object' && item !== null && 'state' in item ? String(item.state) : 'unknown';
  const error = typeof item === 'object' && item !== null && 'error' in item && typeof item.error === 'object' && item.error !== null ? { ...item.error } : {};
  return { state, code: 'code' in error ? error.code : undefined, title: 'title' in error ? error.title : undefined };
}

/** Asks for the list and for the server's health without pause until told to stop; gives the time of each answer that was a success. */
async function others(stopped: () => boolean): Promise<{ answered: number[]; failed: string[] }> {
  const answered: number[] = [];
  const failed: string[] = [];
  const loop = async (path: string): Promise<void> => {
    while (!stopped()) {
      const began = performance.now();
      const status = await call(path).then((answer) => answer.status, String);
      if (status === 200) answered.push(performance.now() - began);
      else failed.push(`${path} ${status}`);
    }
  };
  await Promise.all(['/api/queries/projects.list?limit=50', '/healthz', '/api/queries/projects.portfolio'].map(loop));
  return { answered, failed };
}

const cases: readonly [string, string, () => Buffer, string, RegExp, RegExp][] = [
  ['a zip bomb of a gigabyte', '台账.xlsx', () => hostile.zipBomb(), 'ledger.unpacks_too_large', /解压后超过 \d+ MB/, /Unpacked, the file is larger than \d+ MB/],
  ['a zip bomb below the total', '台账.xlsx', () => hostile.zipBomb(500), 'ledger.zip_bomb', /压缩比异常/, /packed \d+ times smaller/],
  ['a zip bomb whose directory lies', '台账.xlsx', () => hostile.lyingZipBomb(), 'ledger.damaged_file', /已损坏或不完整/, /damaged or incomplete/],
  ['an entity bomb', '台账.xlsx', () => hostile.entityBomb(), 'ledger.xml_entities', /XML 实体/, /XML entity/],
  ['an external entity', '台账.xlsx', () => hostile.externalEntity(), 'ledger.xml_entities', /XML 实体/, /XML entity/],
  ['50,000 merged cells', '台账.xlsx', () => hostile.manyMerges(), 'ledger.too_many_merges', /合并单元格超过 \d+ 处/, /more than \d+ merged ranges/],
  ['100,000 parts', '台账.xlsx', () => hostile.manyEntries(), 'platform.file_archive', /压缩包/, /archive/],
  ['a renamed program', '台账.xlsx', () => hostile.renamedProgram(), 'platform.file_type', /不是可以上传的文件/, /not a file that can be uploaded/],
  ['a password-protected workbook', '台账.xlsx', () => hostile.compoundFile('EncryptedPackage'), 'platform.file_encrypted', /有密码保护/, /protected by a password/],
];

test.each(cases)('%s is refused in both languages in under ten seconds, and nobody else waits', async (_, name, make, code, zh, en) => {
  const content = make();
  let done = false;
  const serving = others(() => done);
  const began = performance.now();
  const refusal = await refusalOf(name, content).finally(() => (done = true));
  const milliseconds = performance.now() - began;
  const { answered, failed } = await serving;
  times.push(...answered);
  expect(refusal).toMatchObject({ code, zh: expect.stringMatching(zh), en: expect.stringMatching(en) });
  expect(milliseconds).toBeLessThan(REFUSED_WITHIN_MS);
  expect(failed).toEqual([]);
  expect(answered.length).toBeGreaterThanOrEqual(OTHERS_AT_LEAST);
  expect(Math.max(...answered)).toBeLessThan(OTHERS_WITHIN_MS);
});

test('nothing of it was a fault', () => {
  expect(server.output().split('\n').filter((line) => line.includes('"level":"error"'))).toEqual([]);
});
