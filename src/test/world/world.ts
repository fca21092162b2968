// A zone for tests: a fresh database, the application over it, the root, some organisations, and one actor for each role. Real
// commands and real SQL; only the clock stands still.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import type { App } from '../../app.ts';
import { httpOf, openApp } from '../../house.ts';
import { newId } from '../../kernel/ids.ts';
import type { Actor } from '../../platform/actor.ts';
import { readConfig } from '../../platform/config.ts';
import { makeLog } from '../../platform/log.ts';
import { actorById } from '../../features/people/session.ts';
import { ensureZone } from '../../features/people/zone.ts';
import { sql } from '../../platform/db.ts';
import { freshDatabase } from './database.ts';

export const ROLES = ['admin', 'office', 'leader', 'commissioner', 'department', 'desk', 'town', 'chain_chief', 'enterprise', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

export interface World {
  readonly app: App;
  readonly actors: Readonly<Record<Role, Actor>>;
  readonly orgs: { readonly root: string; readonly department: string; readonly desk: string; readonly town: string; readonly otherTown: string; readonly enterprise: string };
  /** Creates a project by the real command and gives its id. */
  project(fields?: Readonly<Record<string, unknown>>, actor?: Actor): Promise<string>;
  http(): Promise<FastifyInstance>;
  /** As the owner of the database, beside the application. */
  readonly owner: pg.PoolConfig;
  /** What the program wrote to its log. */
  readonly logged: string[];
  close(): Promise<void>;
}

/** Makes a world that stands on a day (2023-06-30 unless said otherwise). */
export async function makeWorld(options: { day?: string; environment?: Readonly<Record<string, string>> } = {}): Promise<World> {
  const database = await freshDatabase();
  const folder = mkdtempSync(path.join(tmpdir(), 'yugong-world-'));
  const logged: string[] = [];
  const zone = database.schema.replace(/^zone_/, '');
  const config = readConfig({ YUGONG_DATA: folder, YUGONG_ZONE: zone, YUGONG_POOL: '8', YUGONG_LIMIT_REQUESTS_PER_MINUTE: '1000000', ...options.environment });
  const app = await openApp({ config: { ...config, schema: database.schema }, connection: database.connection, log: makeLog('warn', (line) => logged.push(line)), synchronousCommit: false });
  app.clock.stand(options.day ?? '2023-06-30');
  await ensureZone(app, { demo: false });
  const orgs = await makeOrganisations(app);
  const actors = await makeActors(app, orgs);
  let http: FastifyInstance | undefined;
  return {
    app, actors, orgs, logged, owner: database.owner,
    project: async (fields = {}, actor = app.system) => {
      const id = newId();
      await app.run(actor, 'projects.create', { id, name: `项目${id.slice(-6)}`, level: 'municipal', listYear: 2023, townId: orgs.town, ...fields });
      return id;
    },
    http: async () => (http ??= await httpOf(app)),
    close: async () => {
      await http?.close();
      await app.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function makeOrganisations(app: App): Promise<World['orgs']> {
  const root = await app.database.row<{ id: string }>(sql`select id from people_organisations where parent_id is null`);
  if (root === undefined) throw new Error('the zone has no root');
  const make = async (kind: string, name: string): Promise<string> => {
    const id = newId();
    await app.run(app.system, 'people.create_organisation', { id, parentId: root.id, kind, name });
    return id;
  };
  return { root: root.id, department: await make('department', '发展改革和统计局'), desk: await make('department', '企业服务中心'), town: await make('town', '五龙口镇'), otherTown: await make('town', '克井镇'), enterprise: await make('enterprise', '演示企业有限公司') };
}

async function makeActors(app: App, orgs: World['orgs']): Promise<Record<Role, Actor>> {
  const roles = new Map((await app.database.rows<{ id: string; code: string }>(sql`select id, code from people_roles`)).map((row) => [row.code, row.id]));
  const home: Readonly<Partial<Record<Role, string>>> = { department: orgs.department, desk: orgs.desk, town: orgs.town, enterprise: orgs.enterprise };
  const made: Partial<Record<Role, Actor>> = {};
  for (const role of ROLES) {
    const id = newId();
    await app.run(app.system, 'people.create_user', {
      id, orgId: home[role] ?? orgs.root, login: `test-${role}`, name: `测试${role}`, roleIds: [roles.get(role) ?? ''], password: 'correct horse battery', chains: role === 'chain_chief' ? ['nano'] : [],
    });
    const actor = await actorById(app.database, id);
    if (actor === undefined) throw new Error(`no actor for ${role}`);
    made[role] = actor;
  }
  return complete(made);
}

function complete(made: Partial<Record<Role, Actor>>): Record<Role, Actor> {
  const of = (role: Role): Actor => made[role] ?? fail(role);
  return {
    admin: of('admin'), office: of('office'), leader: of('leader'), commissioner: of('commissioner'), department: of('department'), desk: of('desk'), town: of('town'),
    chain_chief: of('chain_chief'), enterprise: of('enterprise'), auditor: of('auditor'),
  };
}

function fail(role: string): never {
  throw new Error(`no actor for ${role}`);
}
