// Every query and download of the registry: unknown fields refused, an answer for everybody who may, nothing of a project outside the
// scope. Who may ask is asked in matrix.test.ts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { features } from '../../features.ts';
import type { Actor } from '../../platform/actor.ts';
import { makeWorld, ROLES, type World } from '../world/world.ts';
import { outcome, reachableProject } from './checks.ts';
import { CANARY, contentOf, inputOf } from './inputs.ts';

let world: World;
let own = '';
let foreign = '';

beforeAll(async () => {
  world = await makeWorld();
  own = await reachableProject(world);
  foreign = await world.project({ name: CANARY, townId: world.orgs.otherTown, totalFen: 1_000_000 });
});
afterAll(() => world.close());

type Call = (actor: Actor, input: Record<string, unknown>) => Promise<unknown>;
const queries = features.flatMap((feature) => feature.queries).map((query) => ({ ...query, call: (actor: Actor, input: Record<string, unknown>) => world.app.ask(actor, query.contract.name, input) }));
const downloads = features.flatMap((feature) => feature.downloads).map((download) => ({ ...download, call: (actor: Actor, input: Record<string, unknown>) => contentOf(world.app.download(actor, download.contract.name, input)) }));

describe.each([...queries, ...downloads].map((one) => [one.contract.name, one] as const))('%s', (_name, { contract, permission, call }) => {
  const asked: Call = call;
  const may = (actor: Actor): boolean => ['public', 'signed-in'].includes(permission) || actor.permissions.has(permission);

  it('refuses unknown fields', async () => {
    expect(await outcome(asked(world.app.system, { ...inputOf(world, contract, own), unknownField: '1' }))).toBe('platform.invalid');
  });

  it('answers everybody who may ask, and tells nothing of a project outside the scope', async () => {
    for (const role of ROLES) {
      const actor = world.actors[role];
      if (!may(actor)) continue;
      const answer = asked(actor, inputOf(world, contract, foreign));
      expect(['ok', 'platform.not_found'], role).toContain(await outcome(answer));
      if (!actor.scope.all) expect(await answer.catch(() => ''), role).not.toSatisfy((told: unknown) => JSON.stringify(told).includes(CANARY));
    }
  });
});

it('would be heard of: whoever sees the whole zone is told of that project', async () => {
  for (const name of ['projects.list', 'projects.search', 'projects.record', 'projects.export']) {
    const one = [...queries, ...downloads].find((each) => each.contract.name === name);
    expect(JSON.stringify(await one?.call(world.actors.office, inputOf(world, one.contract, foreign))), name).toContain(CANARY);
  }
});
