// A small ground for the tests of the life cycle: a fresh database, its commands alone, some people, projects by SQL in any stage (which
// no command can make). The whole world of a zone is world.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { newId } from '../../kernel/ids.ts';
import type { Now } from '../../kernel/clock.ts';
import type { Actor } from '../../platform/actor.ts';
import { run, type Reply } from '../../platform/command.ts';
import { openDatabase, sql, type Database } from '../../platform/db.ts';
import { feature, registry, type Env } from '../../platform/feature.ts';
import { openFiles, type Files } from '../../platform/files.ts';
import { ask } from '../../platform/query.ts';
import { uploadFile, uploads } from '../../platform/upload.ts';
import { freshDatabase } from './database.ts';
import { keep } from '../../features/projects/keep.ts';
import { lifecycle } from '../../features/projects/lifecycle/feature.ts';

export const TODAY = '2023-06-30';
const NOON = new Date('2023-06-30T04:00:00Z');
const OFFICE = ['projects.read', 'projects.move', 'projects.move_back', 'projects.waive', 'projects.evidence', 'projects.verify_evidence', 'projects.results', 'projects.rules'];

export interface Ground {
  readonly database: Database;
  readonly files: Files;
  readonly office: Actor;
  /** May move and lay evidence, but neither waive nor send back. */
  readonly officer: Actor;
  /** Sees only what lies in the town. */
  readonly town: Actor;
  readonly reader: Actor;
  project(fields?: { kind?: string; stage?: string; day?: string | null; town?: boolean; extra?: Readonly<Record<string, unknown>> }): Promise<string>;
  /** Runs a command at the version that the project has now. */
  run(actor: Actor, name: string, input: Readonly<Record<string, unknown>>, version?: number): Promise<Reply>;
  ask(actor: Actor, name: string, input: unknown): Promise<Record<string, unknown>>;
  upload(actor: Actor, name: string, content: Buffer): Promise<Record<string, unknown>>;
  /** Lays a paper with all that gates ask for. */
  paper(actor: Actor, id: string, kind: string, parts?: Readonly<Record<string, unknown>>): Promise<string>;
  row(id: string): Promise<Record<string, unknown>>;
  now(): Now;
  close(): Promise<void>;
}

export async function makeGround(): Promise<Ground> {
  const fresh = await freshDatabase();
  const database = openDatabase({ connection: fresh.connection, schema: fresh.schema, poolSize: 4, statementTimeoutMs: 15_000, synchronousCommit: false });
  const folder = mkdtempSync(path.join(tmpdir(), 'yugong-lifecycle-'));
  const files = await openFiles(path.join(folder, 'files'));
  const known = registry([uploads, lifecycle, feature('test', { permissions: ['projects.read', 'projects.rules'] })]);
  const now = (): Now => ({ instant: NOON, day: TODAY });
  const root = newId();
  const townId = newId();
  await database.run(sql`insert into people_organisations (id, parent_id, path, kind, name) values (${root}, null, ${[root]}::uuid[], 'zone', '示范区'), (${townId}, ${root}, ${[root, townId]}::uuid[], 'town', '五龙口镇')`);
  const person = async (name: string, permissions: readonly string[], key: string): Promise<Actor> => {
    const userId = newId();
    await database.run(sql`insert into people_users (id, org_id, login, name) values (${userId}, ${key}, ${`${name}-${userId.slice(-6)}`}, ${name})`);
    return { userId, name, orgId: key, roles: [], permissions: new Set(permissions), scope: { keys: [key], all: key === root }, locale: 'zh-CN', isSystem: false, sessionId: newId() };
  };
  const office = await person('项目办01', OFFICE, root);
  const env = (parts: Partial<Env> = {}): Env => ({ files, requestId: newId(), address: '', agent: '', ...parts });
  let seq = 0;
  const limits = { uploadBytes: 2 * 1024 * 1024, uploadDayBytes: 64 * 1024 * 1024 };
  const command = async (actor: Actor, name: string, input: unknown, options: { version?: number | undefined; env?: Partial<Env> | undefined } = {}): Promise<Reply> => {
    const found = known.commands.get(name);
    if (found === undefined) throw new Error(`no command ${name}`);
    return run(database, found, { actor, input, key: newId(), now: now(), env: env(options.env), ...(options.version === undefined ? {} : { ifVersion: options.version }) });
  };
  const ground: Ground = {
    database, files, office, now,
    officer: await person('专员01', ['projects.read', 'projects.move', 'projects.evidence', 'projects.results'], root),
    town: await person('镇干部01', ['projects.read', 'projects.move', 'projects.evidence', 'projects.results'], townId),
    reader: await person('领导01', ['projects.read'], root),
    project: async ({ kind = 'enterprise', stage = 'planned', day = null, town = true, extra = {} } = {}) => {
      const id = newId();
      seq += 1;
      await database.run(sql`
        insert into projects_projects (id, seq, name, kind, stage, stage_day, town_id, created_at, updated_at)
        values (${id}, ${seq}, ${`项目${seq}`}, ${kind}, ${stage}, ${day}, ${town ? townId : null}, now(), now())`);
      for (const [column, value] of Object.entries(extra)) await database.run(sql`update projects_projects set ${sql.id(column)} = ${typeof value === 'number' || typeof value === 'string' ? value : null} where id = ${id}`);
      await database.transaction((tx) => keep(tx, [id], now()));
      return id;
    },
    run: async (actor, name, input, version) => {
      const id = typeof input['id'] === 'string' ? input['id'] : '';
      const current = await database.row<{ version: number }>(sql`select version from projects_projects where id = ${id === '' ? null : id}::uuid`);
      return command(actor, name, input, { version: version ?? current?.version });
    },
    ask: async (actor, name, input) => {
      const found = known.queries.get(name);
      if (found === undefined) throw new Error(`no query ${name}`);
      const answer = await ask(database, found, { actor, input, now: now(), env: env() });
      return typeof answer === 'object' && answer !== null ? { ...answer } : {};
    },
    upload: async (actor, name, content) => {
      const app = { database, files, config: { limits }, now, run: (by: Actor, what: string, input: unknown, options?: { env?: Partial<Env> }) => command(by, what, input, { env: options?.env }) };
      const answer = await uploadFile(app, actor, { name, content: Readable.from([content]) });
      return typeof answer === 'object' && answer !== null ? { ...answer } : {};
    },
    paper: async (actor, id, kind, parts = {}) => {
      const evidenceId = newId();
      const image = kind.startsWith('photo_');
      const file = await ground.upload(actor, image ? '现场.jpg' : '文件.pdf', image ? jpegOf(evidenceId) : pdfOf(evidenceId));
      await ground.run(actor, 'projects.add_evidence', {
        id, evidenceId, kind, fileSha: file['id'],
        ...(image ? { takenAt: '2023-06-20T01:00:00Z', place: '三期 5# 厂房北侧' } : { number: '济发改〔2023〕17号', day: '2023-06-01', amountFen: 25_000_000_000, parties: '示范区管委会、某某公司' }), ...parts,
      });
      return evidenceId;
    },
    row: async (id) => ({ ...(await database.row<Record<string, unknown>>(sql`select * from projects_projects where id = ${id}`)) }),
    close: async () => {
      await database.close();
      await fresh.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return ground;
}

/** Bytes that are a JPEG by their head, different for each word. */
export function jpegOf(word: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0x03, 0x00, 0x04, 0x00, 1, 1, 0x11, 0, 0xff, 0xda, 0, 2]), Buffer.from(word)]);
}

export function pdfOf(word: string): Buffer {
  return Buffer.from(`%PDF-1.7\n% ${word}\n%%EOF\n`);
}

/** The code with which something is refused, or `done`. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  return promise.then(() => 'done', (error: unknown) => (typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : Promise.reject(error instanceof Error ? error : new Error(String(error)))));
}
