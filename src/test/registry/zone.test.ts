// What is the whole zone's (rules, calendars, totals) is for those who see the whole zone, whatever permission a role gives.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../platform/actor.ts';
import { makeWorld, type World } from '../world/world.ts';
import { outcome, reachableProject, send } from './checks.ts';
import { SAMPLES } from './samples.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const given = (actor: Actor, ...permissions: readonly string[]): Actor => ({ ...actor, permissions: new Set([...actor.permissions, ...permissions]) });

it.each(['projects.preview_lifecycle_change', 'projects.change_lifecycle', 'projects.preview_warning_rules', 'projects.change_warning_rules', 'projects.change_report_calendar', 'projects.change_focus_year', 'projects.change_milestone_templates', 'projects.start_import', 'people.create_role', 'approvals.preview_catalogue', 'approvals.save_item', 'approvals.save_frame', 'approvals.confirm_basis', 'approvals.set_layer', 'approvals.enter_notice', 'approvals.enter_local_days'])('%s', async (name) => {
  const handler = world.app.registry.commands.get(name);
  const make = SAMPLES[name];
  if (handler === undefined || make === undefined) throw new Error(`${name} is gone`);
  const bench = { world, handler, database: world.app.database };
  const town = given(world.actors.town, handler.permission);
  const office = given(world.actors.office, handler.permission);
  const project = await reachableProject(world);
  expect(await outcome(send(bench, town, await make({ world, project, actor: town })))).toBe('platform.not_allowed');
  expect(await outcome(send(bench, office, await make({ world, project, actor: office })))).toBe('ok');
});

it('projects.recount', async () => {
  expect(await outcome(world.app.ask(given(world.actors.town, 'projects.recount'), 'projects.recount', {}))).toBe('platform.not_allowed');
  expect(await outcome(world.app.ask(world.actors.auditor, 'projects.recount', {}))).toBe('ok');
});
