// An import of a ledger through HTTP as the browser makes it, beside a bare loop of the same reader and COPY; the memory of every
// process meanwhile, and how long others wait for their lists.
import autocannon from 'autocannon';
import { createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { openAsBlob } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { newId } from '../../kernel/ids.ts';
import { writeXlsx, type OutRow } from '../../platform/sheets/write.ts';
import { startChild, type Child } from '../child.ts';
import { OFFICE_TOKEN, TOWNS } from '../fill.ts';
import type { Ground } from '../ground.ts';
import { atMost, below, median, type Figure } from '../table.ts';

const TURNS = 3;
const LIMIT_MS = 420_000;

export async function imports(ground: Ground, large: boolean, say: (line: string) => void): Promise<Figure[]> {
  await ground.data(182);
  const figures: Figure[] = [];
  const own: number[] = [];
  const other: number[] = [];
  // Each turn meets a register that does not know its projects.
  for (let turn = 1; turn <= TURNS; turn += 1) {
    await onCopy(ground, `bench_import_${turn}`, async (bare, house) => {
      const file = await workbook(ground.folder, 10_000, turn);
      const answer: unknown = await (await fetch(`${bare.url}/copy?file=${encodeURIComponent(file)}`)).json();
      other.push(isRecord(answer) ? Number(answer['milliseconds']) : 0);
      const steps = await importFile(house, file, 10_000);
      own.push(steps.preview + steps.commit);
      say(`10,000 rows: bare ${Math.round(other.at(-1) ?? 0)} ms; read and proposed ${Math.round(steps.read)} ms, preview ${Math.round(steps.preview)} ms, commit ${Math.round(steps.commit)} ms`);
    });
  }
  figures.push(atMost({ part: 'import', what: 'preview and commit of 10,000 rows / bare reader and COPY', projects: 182, own: median(own), other: median(other), unit: 'ms' }, 5));
  if (large) await onCopy(ground, 'bench_import_large', async (_bare, house) => void figures.push(...(await largeImport(ground, house, say))));
  return figures;
}

async function onCopy(ground: Ground, name: string, work: (bare: Child, house: Child) => Promise<void>): Promise<void> {
  const connection = await ground.copy(182, name);
  const bare = await startChild({ kind: 'bare', connection, statements: {} });
  const house = await startChild({ kind: 'house', connection, folder: `${ground.folder}/zone` });
  try {
    await work(bare, house);
  } finally {
    await house.stop();
    await bare.stop();
  }
}

async function largeImport(ground: Ground, house: Child, say: (line: string) => void): Promise<Figure[]> {
  const figures: Figure[] = [];
  const file = await workbook(ground.folder, 100_000, 9);
  const peak = watchMemory([house.pid, ground.postmaster]);
  const work = importFile(house, file, 100_000).then((steps) => say(`100,000 rows: read ${Math.round(steps.read)} ms, preview ${Math.round(steps.preview)} ms, commit ${Math.round(steps.commit)} ms`));
  let over = false;
  const ended = work.finally(() => (over = true));
  const waits: number[] = [];
  while (!over) {
    const others = await autocannon({ url: house.url, connections: 4, duration: 5, overallRate: 40, headers: { cookie: `yugong_session=${OFFICE_TOKEN}` }, requests: [{ path: '/api/queries/projects.list?stage=building' }], timeout: 20 });
    waits.push(others.latency.p99);
  }
  await ended;
  const { server, database } = peak.stop();
  figures.push(below({ part: 'import', what: 'memory of the server at 100,000 rows', projects: 100_000, own: server, unit: 'MB' }, 600));
  figures.push(below({ part: 'import', what: 'memory of the largest PostgreSQL process at 100,000 rows', projects: 100_000, own: database, unit: 'MB' }, 600));
  figures.push(below({ part: 'import', what: 'p99 of other lists meanwhile (median of stretches of 5 s)', projects: 100_000, own: median(waits), unit: 'ms' }, 200));
  figures.push({ part: 'import', what: 'p99 of other lists in the worst stretch of 5 s', projects: 100_000, own: Math.max(...waits), other: null, unit: 'ms', ratio: null, target: '', pass: null });
  return figures;
}

const HEADINGS = ['序号', '项目名称', '项目级别', '产业类别', '建设性质', '建设单位', '所在镇', '建设内容及规模', '总投资（万元）', '2023年计划投资（万元）', '2023年1-6月完成投资（万元）', '计划开工时间', '计划竣工时间', '责任单位', '联系人', '备注'];

/** A ledger as an office keeps it; each turn has its own projects. */
async function workbook(folder: string, rows: number, turn: number): Promise<string> {
  const place = path.join(folder, 'ledgers');
  mkdirSync(place, { recursive: true });
  const file = path.join(place, `ledger-${rows}-${turn}.xlsx`);
  if (existsSync(file)) return file;
  const out = createWriteStream(file);
  await writeXlsx(out, [{ name: '台账', rows: rowsOf(rows, turn) }]);
  out.end();
  await finished(out);
  return file;
}

function* rowsOf(rows: number, turn: number): Generator<OutRow> {
  yield { cells: HEADINGS };
  for (let i = 1; i <= rows; i += 1) {
    const total = 1000 + ((i * 7919) % 99_000);
    yield {
      cells: [i, `地块${turn}-${i}号标准化厂房与管网工程`, i % 3 === 0 ? '省重点' : '市重点', ['工业', '农业', '服务业', '基础设施'][i % 4] ?? '', ['新开工', '续建', '竣工', '前期'][i % 4] ?? '', `演示企业${i % 500}有限公司`, `演示镇${String(1 + (i % TOWNS)).padStart(2, '0')}`,
        '建设厂房、设备、管网及配套工程', total, Math.round(total / 4), Math.round(total / 9), `202${2 + (i % 2)}年${1 + (i % 12)}月`, `202${4 + (i % 3)}年${1 + (i % 12)}月`, `演示镇${String(1 + (i % TOWNS)).padStart(2, '0')}`, `联系人${i % 300}`, '按计划推进'],
    };
  }
}

async function importFile(house: Child, file: string, rows: number): Promise<{ read: number; preview: number; commit: number }> {
  const headers = { cookie: `yugong_session=${OFFICE_TOKEN}`, origin: house.url };
  const form = new FormData();
  form.set('file', await openAsBlob(file), path.basename(file));
  const stored = await json(await fetch(`${house.url}/api/files`, { method: 'POST', headers, body: form }));
  const id = newId();
  const run = async (name: string, input: unknown): Promise<void> => {
    await json(await fetch(`${house.url}/api/commands/${name}`, { method: 'POST', headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': newId() }, body: JSON.stringify(input) }));
  };
  const until = async (wanted: string): Promise<void> => {
    const end = performance.now() + LIMIT_MS;
    for (;;) {
      const listed = await json(await fetch(`${house.url}/api/queries/projects.imports?limit=3`, { headers }));
      const items: unknown[] = Array.isArray(listed['items']) ? listed['items'] : [];
      const one = items.filter(isRecord).find((item) => item['id'] === id);
      if (one?.['state'] === wanted) {
        if (wanted === 'preview' && !(isRecord(one['counts']) && Number(one['counts']['new']) === rows)) throw new Error(`the preview of ${rows} rows shows ${JSON.stringify(one['counts'])}`);
        return;
      }
      if (one?.['state'] === 'failed' || performance.now() > end) throw new Error(`the import is ${String(one?.['state'])}: ${JSON.stringify(one?.['error'])}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const began = performance.now();
  await run('projects.start_import', { id, sha256: stored['id'], fileName: path.basename(file) });
  await until('mapping');
  const read = performance.now();
  const { mapping } = await json(await fetch(`${house.url}/api/queries/projects.import?id=${id}`, { headers }));
  const previewing = performance.now();
  await run('projects.preview_import', { id, mapping: { ...(isRecord(mapping) ? mapping : {}), month: '2023-06', createMissing: false } });
  await until('preview');
  const previewed = performance.now();
  await run('projects.commit_import', { id });
  await until('done');
  return { read: read - began, preview: previewed - previewing, commit: performance.now() - previewed };
}

async function json(response: Response): Promise<Record<string, unknown>> {
  const body: unknown = await response.json();
  if (!response.ok || !isRecord(body)) throw new Error(`${response.url}: ${response.status} ${JSON.stringify(body)}`);
  return body;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Looks four times a second at the resident memory of the server, and of the postmaster's children. */
function watchMemory([server, postmaster]: readonly [number, number]): { stop(): { server: number; database: number } } {
  let own = 0;
  let database = 0;
  const timer = setInterval(() => {
    own = Math.max(own, residentMb(server));
    for (const pid of childrenOf(postmaster)) database = Math.max(database, residentMb(pid));
  }, 250);
  return { stop: () => {
    clearInterval(timer);
    return { server: own, database };
  } };
}

export function residentMb(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0; // it has just ended
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      return Number(/PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) === parent;
    } catch {
      return false;
    }
  });
}
