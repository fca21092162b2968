// Every query and download of the registry: unknown fields refused, the permission asked for, nothing of a project outside the scope.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { features } from '../../features.ts';
import { newId } from '../../kernel/ids.ts';
import { ask } from '../../platform/query.ts';
import { makeWorld, ROLES, type World } from '../world/world.ts';
import { outcome, reachableProject } from './checks.ts';

let world: World;
let own = '';
let foreign = '';
const CANARY = '金丝雀项目';

beforeAll(async () => {
  world = await makeWorld();
  own = await reachableProject(world);
  foreign = await world.project({ name: CANARY, townId: world.orgs.otherTown, totalFen: 1_000_000 });
});
afterAll(() => world.close());

const queries = features.flatMap((feature) => feature.queries);

/** The least input that a query takes, about one project. */
function inputOf(name: string, required: readonly string[], project: string): Record<string, unknown> {
  const words: Readonly<Record<string, unknown>> = { id: name === 'people.user' ? world.actors.leader.userId : project, q: CANARY, day: '2023-06-30', month: '2023-05', page: 'projects' };
  return Object.fromEntries(required.map((field) => [field, words[field]]));
}

const requiredOf = (schema: unknown): readonly string[] => (typeof schema === 'object' && schema !== null && 'required' in schema && Array.isArray(schema.required) ? schema.required.map(String) : []);
const env = () => ({ files: world.app.files, requestId: newId(), address: '', agent: '' });

describe.each(queries.map((query) => [query.contract.name, query] as const))('%s', (name, query) => {
  const required = requiredOf(query.contract.input);

  it('refuses unknown fields', async () => {
    const input = { ...inputOf(name, required, own), unknownField: '1' };
    expect(await outcome(ask(world.app.database, query, { actor: world.app.system, input, now: world.app.now(), env: env() }))).toBe('platform.invalid');
  });

  it('asks for its permission', async () => {
    const without = ROLES.map((role) => world.actors[role]).filter((actor) => !['public', 'signed-in'].includes(query.permission) && !actor.permissions.has(query.permission));
    for (const actor of without) {
      expect(await outcome(ask(world.app.database, query, { actor, input: inputOf(name, required, own), now: world.app.now(), env: env() }))).toBe('platform.not_allowed');
    }
  });

  it('tells nothing of a project outside the scope', async () => {
    for (const role of ['commissioner', 'department', 'town', 'chain_chief', 'enterprise'] as const) {
      const actor = world.actors[role];
      if (!['public', 'signed-in'].includes(query.permission) && !actor.permissions.has(query.permission)) continue;
      const input = inputOf(name, required, foreign);
      const answer = ask(world.app.database, query, { actor, input, now: world.app.now(), env: env() });
      const code = await outcome(answer);
      expect(['ok', 'platform.not_found']).toContain(code);
      if (code === 'ok') expect(JSON.stringify(await answer)).not.toContain(CANARY);
    }
  });
});
