// What Yugong is compared with: node:http and pg and nothing else. It runs the very statements that Yugong sends, prepared, from a pool
// of the same size, and stringifies the rows: no sign-in, no checks, no events. Also the bare INSERT and the bare COPY of a workbook.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { readWorkbook } from '../platform/sheets/read.ts';
import type { Workbook } from '../kernel/sheet.ts';
import type { Connection, Statement } from './child.ts';
import { POOL, SCHEMA } from './ground.ts';

const INSERT = 'insert into bench_changes (id, project_id, body, at) values ($1, $2, $3, now())';

export async function serveBare(connection: Connection, statements: Readonly<Record<string, Statement>>): Promise<number> {
  pg.types.setTypeParser(20, Number);
  pg.types.setTypeParser(1082, (text) => text);
  const pool = new pg.Pool({ ...connection, max: POOL, options: `-c search_path=${SCHEMA},public -c timezone=UTC -c jit=off` });
  await pool.query('create table if not exists bench_changes (id uuid primary key, project_id uuid not null, body jsonb not null, at timestamptz not null)');
  const server = createServer((request, response) => {
    answer(request).then(
      (body) => response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const url = new URL(request.url ?? '/', 'http://bare');
    const name = url.pathname.slice(1);
    if (name === 'insert') {
      const body = await textOf(request);
      const parsed: unknown = JSON.parse(body);
      const id = randomUUID();
      await pool.query({ name, text: INSERT, values: [id, url.searchParams.get('id'), JSON.stringify(parsed)] });
      return { id };
    }
    if (name === 'raise') return raiseBare(pool, JSON.parse(await textOf(request)));
    if (name === 'copy') return { milliseconds: await copyWorkbook(pool, url.searchParams.get('file') ?? '') };
    const statement = statements[name];
    if (statement === undefined) throw new Error(`no ${name}`);
    const values = statement.variants[Number(url.searchParams.get('v') ?? 0) % statement.variants.length] ?? [];
    const { rows } = await pool.query<Record<string, unknown>>({ name, text: statement.text, values: [...values] });
    return rows;
  };
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    resolve(typeof address === 'object' && address !== null ? address.port : 0);
  }));
}

const RAISE: readonly string[] = [
  `insert into problems_numbers (year, last) values (2023, 1) on conflict (year) do update set last = problems_numbers.last + 1 returning last`,
  `insert into problems_problems (id, number, title, source, kind, severity, project_id, raised_name, state, step, owner_org_id, held_at, policy, policy_version, raised_at, round_at, due_at, solve_due_at, turn_at, pinyin, grams, created_at, updated_at)
   select $1, $2, $3, 'service', 'utilities', 'ordinary', $4, '某人', 'received', 'sign', id, now(), 'jiaozuo_13710', 1, now(), now(), now(), now(), now(), 'x', $5, now(), now() from people_organisations where parent_id is null`,
  'insert into problems_projects (problem_id, project_id) values ($1, $2)',
  `insert into problems_steps (problem_id, seq, id, kind, at, state, owner_org_id, tier, round, by_name, details, recorded_at) select $1, 1, $2, 'raised', now(), 'received', id, 1, 1, '某人', '{}', now() from people_organisations where parent_id is null`,
  `insert into problems_access (key, problem_id, seq, open, due_at, state, kind, severity, source, tier, owner_org_id, owned, raised_at)
   select distinct on (k.key) k.key, p.id, p.seq, true, p.due_at, p.state, p.kind, p.severity, p.source, p.tier, p.owner_org_id, false, p.raised_at from problems_problems p
   cross join lateral (select a.key from projects_access a where a.project_id = $2 union select p.owner_org_id) k where p.id = $1`,
  `insert into platform_events (id, at, day, actor_id, actor_name, command, key, kind, subject_type, subject_id, project_id, after) values ($1, now(), '2023-08-15', $1, '某人', 'problems.raise', $2, 'problems.raised', 'problem', $3, $4, $5)`,
  `insert into platform_keys (actor_id, key, command, input_hash, reply, at) values ($1, $2, 'problems.raise', 'x', $3, now())`,
];

/** What is written for a problem, with nothing asked, checked or computed. */
async function raiseBare(pool: pg.Pool, { title, projectIds: [project = ''] }: { readonly title: string; readonly projectIds: readonly string[] }): Promise<unknown> {
  const client = await pool.connect();
  const [id, other] = [randomUUID(), randomUUID()];
  const send = async (n: number, values: readonly unknown[]) => client.query<{ last: number }>({ name: `raise${n}`, text: RAISE[n] ?? '', values: [...values] });
  try {
    await client.query('begin');
    const { rows } = await send(0, []);
    const number = `2023-${String(rows[0]?.last ?? 0).padStart(4, '0')}`;
    const grams = Array.from({ length: 30 }, (_, i) => i * 97);
    await Promise.all([
      send(1, [id, number, title, project, grams]), send(2, [id, project]), send(3, [id, other]), send(4, [id, project]), send(5, [other, other, id, project, JSON.stringify({ number, title })]), send(6, [id, other, JSON.stringify({ id, number })]),
    ]);
    await client.query('commit');
    return { id, number };
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** The same reader and COPY of every cell as text: what no importer can be faster than. */
async function copyWorkbook(pool: pg.Pool, file: string): Promise<number> {
  const began = performance.now();
  const workbook = await readWorkbook({ name: 'bench.xlsx', path: file }, { limits: { maxRows: 200_000, maxMilliseconds: 300_000, maxTotalBytes: 2e9, maxBytes: 2e8 } });
  const client = await pool.connect();
  try {
    await client.query('create table if not exists bench_rows (n int, cells text[])');
    await client.query('begin');
    await pipeline(Readable.from(linesOf(workbook)), client.query(copyFrom('copy bench_rows (n, cells) from stdin')));
    await client.query('commit');
  } finally {
    client.release();
  }
  return performance.now() - began;
}

function* linesOf(workbook: Workbook): Generator<string> {
  let held = '';
  for (const sheet of workbook.sheets) {
    for (let i = 0; i < sheet.rowCount; i += 1) {
      held += `${i}\t{${sheet.at(i).cells.map((cell) => `"${cell.text.replaceAll(/["\\\n\t]/g, ' ')}"`).join(',')}}\n`;
      if (held.length < 65_536) continue;
      yield held;
      held = '';
    }
  }
  yield held;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) if (Buffer.isBuffer(part)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
