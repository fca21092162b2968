// Who may do what stands in docs/permissions.md and is what the program really does. Both ways of going wrong are seen to be found.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../platform/actor.ts';
import type { CommandHandler } from '../../platform/feature.ts';
import { root } from '../../platform/root.ts';
import { makeWorld, type World } from '../world/world.ts';
import { reachableProject } from './checks.ts';
import { commandLine, lineText, tableOf } from './matrix.ts';

const PAGE = path.join(root, 'docs', 'permissions.md');
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

it('is what docs/permissions.md says, for every role, command, query and download', async () => {
  await expect(await tableOf(world, await reachableProject(world))).toMatchFileSnapshot(PAGE);
}, 900_000);

const handlerOf = (name: string): CommandHandler => {
  const found = world.app.registry.commands.get(name);
  if (found === undefined) throw new Error(`${name} is gone`);
  return found;
};
const page = (): string => readFileSync(PAGE, 'utf8');

it('differs from the page when a role gains or loses a permission', async () => {
  const line = async (name: string, leader: Actor): Promise<string> => lineText(await commandLine({ ...world, actors: { ...world.actors, leader } }, handlerOf(name)));
  const { leader } = world.actors;
  expect(page()).toContain(await line('projects.edit', leader));
  expect(page()).not.toContain(await line('projects.edit', { ...leader, permissions: new Set([...leader.permissions, 'projects.edit']) }));
  expect(page()).not.toContain(await line('projects.follow', { ...leader, permissions: new Set() }));
});

it('differs from the page when a command does not check its permission, or asks for another', async () => {
  const edit = handlerOf('projects.edit');
  expect(page()).not.toContain(lineText(await commandLine(world, { ...edit, permission: 'projects.read' })));
  // What the command says of itself is not what run() asks it: the answers of the calls count.
  const reads = { ...edit, permission: 'projects.edit' };
  let read = 0;
  Object.defineProperty(reads, 'permission', { get: () => (read++ === 0 ? 'projects.edit' : 'signed-in') });
  expect(page()).not.toContain(lineText(await commandLine(world, reads)));
});
