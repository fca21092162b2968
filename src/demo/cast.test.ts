// The people and bodies of the demonstration: complete, without personal names, and enough to reach every project.
import { expect, test } from 'vitest';
import { bodiesOf, peopleOf } from './cast.ts';
import { demoProjects } from './model.ts';

const projects = demoProjects();
const bodies = bodiesOf(projects);
const people = peopleOf(projects);

test('has the sixteen towns and subdistricts, three parks, and every responsible unit as a body', () => {
  const names = new Set(bodies.map((body) => body.name));
  expect(bodies.filter((body) => body.kind === 'town')).toHaveLength(16);
  expect(bodies.filter((body) => body.kind === 'park')).toHaveLength(3);
  expect(names.size).toBe(bodies.length);
  expect(projects.filter((one) => !names.has(one.unit)).map((one) => one.unit)).toEqual([]);
  expect(projects.filter((one) => !names.has(one.town))).toEqual([]);
});

test('has sixty commissioners, each with projects, and somebody in each of the ten roles', () => {
  expect(new Set(projects.map((one) => one.commissioner)).size).toBe(60);
  expect(people.filter((one) => one.role === 'commissioner')).toHaveLength(60);
  expect(new Set(people.map((one) => one.role)).size).toBe(10);
  expect(new Set(people.map((one) => one.login)).size).toBe(people.length);
  expect(new Set(people.map((one) => one.name)).size).toBe(people.length);
  for (const one of people) expect(one.phone ?? '0391-0000000').toMatch(/^0391-0{5}\d\d$/);
});

test('gives every chain chief projects to look after', () => {
  for (const chief of people.filter((one) => one.role === 'chain_chief')) expect(projects.some((one) => chief.chains.includes(one.chain))).toBe(true);
});
