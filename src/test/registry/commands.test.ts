// Every command of the registry: one event, unknown fields refused, stale versions refused, the same key once, scope. Who may run it
// at all is asked in matrix.test.ts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandHandler } from '../../platform/feature.ts';
import { features } from '../../features.ts';
import { makeWorld, ROLES, type Role, type World } from '../world/world.ts';
import { checkEvent, checkIdempotent, checkPermissionFirst, checkScope, checkStale, checkUnknownField, type Bench } from './checks.ts';
import { ABOUT_PROJECT, SAMPLES } from './samples.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const handlers = features.flatMap((feature) => feature.commands);
const bench = (handler: CommandHandler): Bench => ({ world, handler, database: world.app.database });

/** The role that may: the office for projects, the administrator for people. */
const permitted = (handler: CommandHandler): Role => ROLES.find((role) => world.actors[role].scope.all && (['public', 'signed-in'].includes(handler.permission) || world.actors[role].permissions.has(handler.permission))) ?? 'admin';

it('has a sample for every command', () => {
  const names = handlers.map((handler) => handler.contract.name);
  expect(names.filter((name) => SAMPLES[name] === undefined)).toEqual([]);
  expect(Object.keys(SAMPLES).filter((name) => !names.includes(name))).toEqual([]);
});

describe.each(handlers.map((handler) => [handler.contract.name, handler] as const))('%s', (name, handler) => {
  it('appends one event with its author', async () => {
    expect(await checkEvent(bench(handler), world.actors[permitted(handler)])).toEqual([]);
  });

  it('refuses unknown fields', async () => {
    expect(await checkUnknownField(bench(handler), world.actors[permitted(handler)])).toEqual([]);
  });

  it.runIf(handler.contract.versioned)('refuses a stale version and asks for one', async () => {
    expect(await checkStale(bench(handler), world.actors[permitted(handler)])).toEqual([]);
  });

  it('acts once under one key, also when it is sent four times at once', async () => {
    expect(await checkIdempotent(bench(handler), world.actors[permitted(handler)])).toEqual([]);
  });

  it.runIf(!['public', 'signed-in'].includes(handler.permission))('asks for the permission before anything else', async () => {
    expect(await checkPermissionFirst(bench(handler), world.actors[permitted(handler)])).toEqual([]);
  });

  it.runIf(ABOUT_PROJECT.includes(name))('does not find a project outside the scope', async () => {
    const found: Record<string, string[]> = {};
    for (const role of ['commissioner', 'department', 'town', 'chain_chief', 'enterprise'] as const) {
      const violations = await checkScope(bench(handler), world.actors[role]);
      if (violations.length > 0) found[role] = violations;
    }
    expect(found).toEqual({});
  });
});
