// Random lives of problems, played by the real commands on a real database under a clock that moves, against a model of some lines. What the model says
// must be so, and after every step: no state without owner and clock, no time lost or used twice, nothing counted twice, numbers without gaps.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import { Refusal } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { turnAll } from '../clocks/turning.ts';
import { keepAccess } from '../pool/access.ts';
import type { getProblem } from '../pool/contract.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const RUNS = Number(process.env['RUNS'] ?? 6);

let world: World;
let project: string;
beforeAll(async () => {
  world = await makeWorld({ day: '2023-12-18' });
  await world.app.run(world.app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: world.orgs.desk }, { duty: 'development', organisationId: world.orgs.root }] });
  project = await world.project({ builderId: world.orgs.enterprise });
  await world.app.run(world.app.system, 'projects.assign_commissioner', { id: project, assignmentId: newId(), userId: world.actors.commissioner.userId });
});
afterAll(() => world.close());

type Side = 'enterprise' | 'commissioner';

/** A problem as the model knows it. */
interface Modelled {
  readonly id: string;
  readonly sides: readonly Side[];
  state: string;
  paused: boolean;
  round: number;
  tier: number;
  handbacks: number;
  version: number;
  reopened: number;
  yes: Side[];
  used: number;
}
interface Model { readonly problems: Modelled[]; hour: number }

const OPEN = ['received', 'accepted', 'assigned', 'handling', 'submitted', 'ruling'];
/** In which states each thing can be done, written down a second time. */
const POSSIBLE: Readonly<Record<string, readonly string[]>> = {
  sign: ['received'], forward: ['received', 'accepted', 'assigned', 'handling'], reply: ['assigned'], pause: ['assigned', 'handling'], resume: ['assigned', 'handling'], submit: ['assigned', 'handling'],
  hand_back: ['assigned', 'handling'], rule: ['ruling'], withdraw: OPEN, decline: ['received', 'accepted'], escalate: OPEN, reclassify: ['received', 'accepted', 'assigned', 'handling', 'ruling'], reopen: ['solved', 'closed'],
};
/** Refusals that hang on the hour, which the model does not count. */
const BY_TIME = ['problems.hand_back_late', 'problems.reopen_late', 'problems.answer_over'];

/** What a step makes of a problem, in the model. */
const AFTER: Readonly<Record<string, (one: Modelled) => void>> = {
  sign: (one) => { one.state = 'accepted'; },
  forward: (one) => { one.state = one.state === 'handling' ? 'handling' : 'assigned'; one.paused = false; one.tier = Math.max(one.tier, 2); },
  reply: (one) => { one.state = 'handling'; },
  pause: (one) => { one.paused = true; },
  resume: (one) => { one.paused = false; },
  submit: (one) => { one.state = 'submitted'; one.paused = false; one.yes = []; },
  hand_back: (one) => { one.handbacks += 1; one.paused = false; one.state = one.handbacks >= 2 ? 'ruling' : 'accepted'; if (one.handbacks >= 2) one.tier = Math.max(one.tier, 3); },
  rule: (one) => { one.state = 'assigned'; one.tier = Math.max(one.tier, 2); },
  withdraw: (one) => { one.state = 'withdrawn'; one.paused = false; },
  decline: (one) => { one.state = 'declined'; },
  escalate: (one) => { one.tier += 1; },
  reclassify: () => undefined,
  reopen: (one) => { again(one); one.reopened += 1; },
};

function again(one: Modelled): void {
  Object.assign(one, { state: 'assigned', round: one.round + 1, paused: false, yes: [], used: 0 });
}

const get = async (id: string) => (await world.app.ask(world.app.system, 'problems.get', { id })) as OutputOf<typeof getProblem>;

/** Whoever works where the problem lies. */
function workerOf(orgId: string): Actor {
  const { actors, orgs } = world;
  return orgId === orgs.department ? actors.department : orgId === orgs.town ? actors.town : orgId === orgs.desk ? actors.desk : actors.office;
}

async function doer(name: string, one: Modelled): Promise<Actor> {
  const { actors } = world;
  if (name === 'rule') return actors.office;
  if (name === 'withdraw' || name === 'reopen') return actors.enterprise;
  if (['sign', 'forward', 'decline', 'reclassify'].includes(name)) return actors.desk;
  return workerOf((await get(one.id)).ownerOrgId);
}

const INPUT: Readonly<Record<string, (odd: boolean) => Readonly<Record<string, unknown>>>> = {
  forward: (odd) => ({ toOrgId: odd ? world.orgs.department : world.orgs.town }), reply: () => ({ text: '已联系' }), pause: (odd) => ({ kind: odd ? 'enterprise' : 'upper_level', reason: '等待' }), submit: () => ({ text: '已办结' }),
  hand_back: () => ({ reason: '不属本部门' }), rule: () => ({ toOrgId: world.orgs.department, reason: '由其承办' }), withdraw: () => ({ reason: '已自行解决' }), decline: () => ({ reason: '司法事项' }), escalate: () => ({ reason: '需协调' }),
  reclassify: (odd) => ({ severity: odd ? 'complex' : 'ordinary', reason: '改判' }), reopen: () => ({ reason: '又坏了' }),
};

/** ok, or why not. */
async function attempt(actor: Actor, name: string, input: Readonly<Record<string, unknown>>, version: number): Promise<string> {
  try {
    await world.app.run(actor, `problems.${name}`, input, { ifVersion: version });
    return 'ok';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

type Step = fc.AsyncCommand<Model, World>;

const raise = (withProject: boolean): Step => ({
  check: (model) => model.problems.length < 4,
  run: async (model) => {
    const reply = await world.app.run(world.actors.enterprise, 'problems.raise', { title: '停电', kind: 'utilities', ...(withProject ? { projectIds: [project] } : {}) });
    const { id } = { id: '', ...(typeof reply.output === 'object' ? reply.output : {}) };
    model.problems.push({ id, sides: withProject ? ['enterprise', 'commissioner'] : ['enterprise'], state: 'received', paused: false, round: 1, tier: 1, handbacks: 0, version: 1, reopened: 0, yes: [], used: 0 });
    await compare(model);
  },
  toString: () => `raise(${withProject})`,
});

const move = (name: string, which: number, odd: boolean): Step => ({
  check: (model) => model.problems.length > 0,
  run: async (model) => {
    const one = model.problems[which % model.problems.length];
    if (one === undefined) return;
    const possible = (POSSIBLE[name] ?? []).includes(one.state) && (name !== 'pause' || !one.paused) && (name !== 'resume' || one.paused) && (name !== 'escalate' || one.tier < 5);
    const said = await attempt(await doer(name, one), name, { id: one.id, ...INPUT[name]?.(odd) }, one.version);
    if (possible && BY_TIME.includes(said)) return;
    // Whoever does not hold it may not, which is a refusal too.
    expect(said === 'ok', `${name} in ${one.state}: ${said}`).toBe(possible);
    if (possible) {
      AFTER[name]?.(one);
      one.version += 1;
    }
    await compare(model);
  },
  toString: () => `${name}(${which}, ${odd})`,
});

const answer = (which: number, side: Side, verdict: 'satisfied' | 'basically' | 'dissatisfied'): Step => ({
  check: (model) => model.problems.length > 0,
  run: async (model) => {
    const one = model.problems[which % model.problems.length];
    if (one === undefined) return;
    const possible = one.state === 'submitted' && one.sides.includes(side) && !one.yes.includes(side);
    const said = await attempt(world.actors[side], 'confirm', { id: one.id, verdict }, one.version);
    if (possible && BY_TIME.includes(said)) return;
    expect(said === 'ok', `${side} says ${verdict} in ${one.state}: ${said}`).toBe(possible);
    if (!possible) return;
    one.version += 1;
    if (verdict === 'dissatisfied') {
      again(one);
      one.tier = Math.min(5, one.tier + 1);
    } else {
      one.yes.push(side);
      if (one.sides.every((each) => one.yes.includes(each))) one.state = 'solved';
    }
    await compare(model);
  },
  toString: () => `${side}(${which}, ${verdict})`,
});

const wait = (hours: number): Step => ({
  check: () => true,
  run: async (model) => {
    model.hour += hours;
    stand(model.hour);
    await turnAll(world.app);
    for (const one of model.problems) await turned(one);
    await compare(model);
  },
  toString: () => `wait(${hours})`,
});

/** What the clock alone may do: nothing but end a pause, close what nobody confirmed, climb. It counts as one change. */
async function turned(one: Modelled): Promise<void> {
  const now = await get(one.id);
  const grown = now.version - one.version;
  expect(grown === 0 || grown === 1).toBe(true);
  if (grown === 0) return;
  expect(OPEN).toContain(one.state);
  one.version += 1;
  expect(now.tier).toBeGreaterThanOrEqual(one.tier);
  one.tier = now.tier;
  if (one.paused && now.pausedAt === null) one.paused = false;
  if (one.state === 'submitted') one.state = one.yes.length > 0 ? 'solved' : 'closed';
}

function stand(hour: number): void {
  const at = new Date(Date.parse('2023-12-18T09:00:00Z') + hour * 3_600_000).toISOString();
  world.app.clock.stand(at.slice(0, 10), at.slice(11, 16));
}

/** All that must hold, whatever has happened. */
async function compare(model: Model): Promise<void> {
  for (const one of model.problems) {
    const { state, round, tier, version, reopened, handbacks, pausedAt, dueAt, step, ownerOrgId, usedMinutes, settledTier } = await get(one.id);
    expect({ state, round, tier, version, reopened, handbacks, paused: pausedAt !== null }).toEqual({ state: one.state, round: one.round, tier: one.tier, version: one.version, reopened: one.reopened, handbacks: one.handbacks, paused: one.paused });
    expect(ownerOrgId).not.toBe('');
    expect(step !== null).toBe(OPEN.includes(state));
    if (step !== null) expect(dueAt !== null || pausedAt !== null).toBe(true);
    expect(settledTier !== null).toBe(state === 'solved');
    // What is used within a round never falls but by another kind of limit, and stands while it waits.
    one.used = usedMinutes;
  }
  await pausesHold(model);
  await counted(model);
}

/** While it waits, what is used at two moments is the same. */
async function pausesHold(model: Model): Promise<void> {
  for (const one of model.problems.filter((each) => each.paused)) {
    stand(model.hour + 1);
    expect((await get(one.id)).usedMinutes).toBe(one.used);
    stand(model.hour);
  }
}

async function counted(model: Model): Promise<void> {
  const { database } = world.app;
  const ids = model.problems.map((one) => one.id);
  const tiers = await database.rows<{ tier: number; count: number }>(sql`select settled_tier as tier, count(*)::int as count from problems_problems where state = 'solved' and id = any(${ids}::uuid[]) group by settled_tier`);
  expect(tiers.reduce((sum, row) => sum + row.count, 0)).toBe(model.problems.filter((one) => one.state === 'solved').length);
  const gaps = await database.rows<{ number: string }>(sql`
    select number from (select number, row_number() over (partition by left(number, 4) order by seq) as nth from problems_problems) as n where right(number, -5)::int <> nth`);
  expect(gaps).toEqual([]);
  const homeless = await database.rows<{ id: string }>(sql`select id from problems_problems p where step is not null and (owner_org_id is null or (due_at is null and paused_at is null) or (step = 'confirm' or paused_at is not null) and not exists (select 1 from problems_turns t where t.problem_id = p.id))`);
  expect(homeless).toEqual([]);
  const places = await database.rows<{ id: string }>(sql`select problem_id as id from problems_steps where problem_id = any(${ids}::uuid[]) group by problem_id having max(seq) <> count(*) or bool_or(state is null)`);
  expect(places).toEqual([]);
  const backwards = await database.rows<{ id: string }>(sql`
    select problem_id as id from (select problem_id, at, lag(at) over (partition by problem_id order by seq) as earlier from problems_steps where problem_id = any(${ids}::uuid[])) as s where at < earlier`);
  expect(backwards).toEqual([]);
  await accessHolds(ids);
}

/** The reader keys are what a computation from nothing gives. */
async function accessHolds(ids: readonly string[]): Promise<void> {
  const { database } = world.app;
  const rows = sql`select key, problem_id, seq, open, due_at::text as due_at, state, kind, severity, source, tier, owner_org_id, owned, raised_at from problems_access where problem_id = any(${[...ids]}::uuid[]) order by problem_id, key`;
  const kept = await database.rows(rows);
  const fresh: unknown[] = [];
  await database.transaction(async (tx) => {
    await tx.run(sql`delete from problems_access where problem_id = any(${[...ids]}::uuid[])`);
    await keepAccess(tx, ids);
    fresh.push(...await tx.rows(rows));
    throw new Error('only asked');
  }).catch((error: unknown) => {
    if (!(error instanceof Error) || error.message !== 'only asked') throw error;
  });
  expect(kept).toEqual(fresh);
  expect(kept.length).toBeGreaterThan(0);
}

it(`every life agrees with the model (SEED=${seed})`, async () => {
  const which = fc.nat(3);
  const steps = [
    fc.boolean().map(raise),
    ...['sign', 'forward', 'reply', 'submit'].flatMap((name) => [0, 1].map(() => fc.tuple(which, fc.boolean()).map(([one, odd]) => move(name, one, odd)))),
    ...['pause', 'resume', 'hand_back', 'rule', 'withdraw', 'decline', 'escalate', 'reclassify', 'reopen'].map((name) => fc.tuple(which, fc.boolean()).map(([one, odd]) => move(name, one, odd))),
    ...['enterprise' as const, 'commissioner' as const].map((side) => fc.tuple(which, fc.constantFrom('satisfied' as const, 'basically' as const, 'dissatisfied' as const)).map(([one, verdict]) => answer(one, side, verdict))),
    fc.integer({ min: 1, max: 60 }).map(wait),
    fc.integer({ min: 100, max: 600 }).map(wait),
  ];
  let hour = 0;
  await fc.assert(fc.asyncProperty(fc.commands(steps, { maxCommands: 60, size: 'max' }), async (commands) => {
    const model: Model = { problems: [], hour };
    stand(hour);
    await fc.asyncModelRun(() => ({ model, real: world }), [...[raise(true), raise(false)], ...commands]);
    hour = model.hour;
  }), { seed, numRuns: RUNS, endOnFailure: true });
}, 600_000);
