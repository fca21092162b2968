import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { rated, walk, type Rules, type StepRow, type Walked } from '../../../test/world/problems.ts';
import { moment } from '../../../kernel/clock.ts';
import { addDays } from '../../../kernel/days.ts';
import { Refusal } from '../../../kernel/refuse.ts';
import { workdays } from '../../projects/data.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import { turnAll } from '../clocks/turning.ts';
import { unansweredSteps } from '../closing/answering.ts';
import type { getProblem, listProblems } from '../pool/contract.ts';
import { decideProblems } from '../decide.ts';
import { lockProblems, readGround, writeMoves } from '../store.ts';
import type { getRates, getRatesTotal, Line, publicFigures } from './contract.ts';
import { CONDITIONS, inForce, type Versioned } from './definitions.ts';

type Rates = OutputOf<typeof getRates>;

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
let world: World;
let rules: Rules;
beforeAll(async () => {
  world = await makeWorld({ day: '2023-03-01' });
  await world.app.run(world.app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: world.orgs.desk }, { duty: 'development', organisationId: world.orgs.root }, { duty: 'city', organisationId: world.orgs.department }] });
  rules = { calendar: await workdays.of(world.app.database), solveDays: (severity) => (severity === 'complex' ? { count: 30, calendar: true } : { count: severity === 'urgent' ? 3 : 7, calendar: false }), confirmDays: 5 };
});
afterAll(() => world.close());

const rates = async (actor: Actor, input = {}) => (await world.app.ask(actor, 'problems.rates', input)) as Rates;
const list = async (input = {}) => (await world.app.ask(world.actors.office, 'problems.list', { limit: 200, ...input })) as OutputOf<typeof listProblems>;
const figure = (line: Line, code: string) => line.figures.find((one) => one.code === code);
const get = async (id: string) => (await world.app.ask(world.app.system, 'problems.get', { id })) as OutputOf<typeof getProblem>;
const run = async (actor: Actor, name: string, id: string, input = {}) => world.app.run(actor, `problems.${name}`, { id, ...input }, { ifVersion: (await get(id)).version });

/** What may happen to a problem in each state: often what leads on. */
const MOVES = {
  received: ['sign', 'forward', 'forward', 'forward', 'decline', 'withdraw', 'reclassify'], accepted: ['forward', 'forward', 'forward', 'reclassify'], ruling: ['rule'],
  assigned: ['reply', 'reply', 'submit', 'submit', 'hand_back', 'pause', 'resume', 'reclassify'], handling: ['submit', 'submit', 'submit', 'pause', 'resume', 'withdraw'],
  submitted: ['confirm', 'confirm', 'confirm', 'callback', 'time_over'], solved: ['callback', 'reopen', 'reopen'], closed: ['callback', 'reopen'], withdrawn: ['sign'], declined: ['sign'], merged: ['sign'],
} as const;
interface Move { readonly turn: boolean; readonly pick: number; readonly problem: number; readonly days: number; readonly verdict: 'satisfied' | 'basically' | 'dissatisfied'; readonly severity: 'ordinary' | 'urgent' | 'complex' }

async function raise(): Promise<string> {
  return ((await world.app.run(world.actors.enterprise, 'problems.raise', { title: '厂区停电', kind: 'utilities' })).output as { id: string }).id;
}

const FOR_GOOD: ReadonlySet<string> = new Set(['withdrawn', 'declined', 'merged']);

/** Takes of what may happen in its state the first, from a random one on, that is not refused. Gives whether anything has happened; nothing where it ended for good. */
async function make(one: Move, id: string): Promise<boolean | undefined> {
  const { state, ownerOrgId } = await get(id);
  const moves = MOVES[state];
  for (let turn = 0; turn < moves.length; turn += 1) {
    const move = moves[(one.pick + turn) % moves.length];
    try {
      if (move !== undefined) await take(move, one, id, ownerOrgId);
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return FOR_GOOD.has(state) ? undefined : false;
}

async function take(move: (typeof MOVES)[keyof typeof MOVES][number], { verdict, severity }: Move, id: string, ownerOrgId: string): Promise<void> {
  const { actors, orgs, app } = world;
  const owner = ownerOrgId === orgs.root ? actors.office : actors.department;
  switch (move) {
    case 'rule': return void (await run(actors.office, 'rule', id, { toOrgId: orgs.department, reason: '由其承办' }));
    case 'sign': return void (await run(actors.desk, 'sign', id));
    case 'forward': return void (await run(actors.desk, 'forward', id, { toOrgId: orgs.department }));
    case 'hand_back': return void (await run(actors.department, 'hand_back', id, { reason: '不属本部门职责' }));
    case 'reply': return void (await run(owner, 'reply', id, { text: '已联系' }));
    case 'pause': return void (await run(owner, 'pause', id, { kind: 'enterprise', reason: '待补资料' }));
    case 'resume': return void (await run(owner, 'resume', id));
    case 'submit': return void (await run(owner, 'submit', id, { text: '已办' }));
    case 'confirm': return void (await run(actors.enterprise, 'confirm', id, { verdict }));
    case 'callback': return void (await run(actors.desk, 'record_callback', id, { day: app.now().day, verdict }));
    case 'reopen': return void (await run(actors.enterprise, 'reopen', id, { reason: '又停电' }));
    case 'withdraw': return void (await run(actors.enterprise, 'withdraw', id, { reason: '已自行解决' }));
    case 'decline': return void (await run(actors.desk, 'decline', id, { reason: '司法事项' }));
    case 'reclassify': return void (await run(actors.desk, 'reclassify', id, { severity, reason: '改' }));
    case 'time_over': return timeOver(id);
  }
}

async function timeOver(id: string): Promise<void> {
  const now = world.app.now();
  await world.app.database.transaction(async (tx) => {
    const problems = (await lockProblems(tx, [id])).filter((one) => one.life.state === 'submitted');
    const steps = await unansweredSteps(tx, problems.map((problem) => ({ problem, at: Math.max(problem.lastAt, moment(now).getTime()) })), now);
    await writeMoves(tx, problems.map((before) => ({ before, steps: steps.get(before.id) ?? [] })), await readGround(tx), world.app.system, now);
  });
}

async function walkedAt(at: number, among?: ReadonlySet<string>): Promise<Walked[]> {
  const rows = await world.app.database.rows<Omit<StepRow, 'at'> & { at: string }>(sql`
    select problem_id as problem, seq, kind, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, state, owner_org_id as owner, tier, round, details from problems_steps`);
  const by = new Map<string, StepRow[]>();
  for (const row of rows) if (among?.has(row.problem) ?? true) by.set(row.problem, [...(by.get(row.problem) ?? []), { ...row, at: Date.parse(row.at) }]);
  return [...by.values()].flatMap((steps) => walk(steps, at, rules) ?? []);
}

function agree(line: Line, walked: readonly Walked[], at: number): void {
  const slow = rated(walked, at, rules.calendar);
  for (const code of ['resolution', 'raw', 'satisfaction', 'on_time', 'first_time'] as const) expect({ code, ...figure(line, code) }, code).toMatchObject(slow[code]);
  const beside = (code: string) => figure(line, 'satisfaction')?.beside.find((one) => one.code === code);
  expect(beside('response')).toMatchObject(slow.response);
  expect(beside('basically')).toMatchObject(slow.basically);
  expect(figure(line, 'tiers')?.beside.map((one) => one.hit)).toEqual(slow.tiers);
  expect(slow.tiers.reduce((sum, one) => sum + one, 0)).toBe(figure(line, 'tiers')?.base);
  expect(figure(line, 'first_reply')).toMatchObject({ p50: slow.p50, p90: slow.p90, p50Plain: slow.p50Plain, p90Plain: slow.p90Plain });
}

/** The total that pages show beside something else is the very line of the rates. */
async function alone(actor: Actor, now: Rates): Promise<void> {
  const { definitions, total } = (await world.app.ask(actor, 'problems.rates_total', {})) as OutputOf<typeof getRatesTotal>;
  const shares = now.definitions.filter((one) => one.form === 'share');
  expect(definitions).toEqual(shares);
  expect(total).toEqual({ ...now.total, figures: now.total.figures.filter((one) => shares.some(({ code }) => code === one.code)) });
}

describe('the rates', () => {
  it(`agree with a slow walk over the steps alone, for random histories, now and on every earlier day, in total and for each owner (SEED=${seed})`, async () => {
    const move: fc.Arbitrary<Move> = fc.record({
      turn: fc.nat(9).map((one) => one === 0), pick: fc.nat(1000), problem: fc.nat(5), days: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 4),
      verdict: fc.constantFrom('satisfied', 'basically', 'dissatisfied', 'dissatisfied'), severity: fc.constantFrom('ordinary', 'urgent', 'complex'),
    });
    let [tried, taken] = [0, 0];
    await fc.assert(fc.asyncProperty(fc.array(move, { minLength: 40, maxLength: 60 }), async (moves) => {
      const ids: string[] = [];
      const days: string[] = [];
      for (let index = 0; index < 6; index += 1) ids.push(await raise());
      for (const one of moves) {
        days.push(world.app.now().day);
        world.app.clock.stand(addDays(world.app.now().day, one.days));
        if (one.turn) await turnAll(world.app);
        const made = await make(one, ids[one.problem] ?? '');
        if (made !== undefined) tried += 1;
        if (made === true) taken += 1;
      }
      const now = await rates(world.actors.office);
      const at = Date.parse(now.at);
      agree(now.total, await walkedAt(at), at);
      await alone(world.actors.office, now);
      for (const day of new Set([days[5], days[15]])) {
        const past = await rates(world.actors.office, { at: day });
        const then = Date.parse(past.at);
        if (past.past) agree(past.total, await walkedAt(then), then);
      }
      for (const group of now.groups) agree(group, (await walkedAt(at)).filter((one) => one.owner === group.value), at);
    }), { seed, numRuns: 4, endOnFailure: true });
    // What has not ended for good nearly always takes a step; what was solved long ago takes none. Histories in which little happens would prove little.
    expect(taken).toBeGreaterThan(tried / 4);
  }, 240_000);

  it('open the very problems that they count, part by part, group by group', async () => {
    const now = await rates(world.actors.office, { group: 'month' });
    for (const one of now.total.figures) {
      for (const [part, count] of [['base', one.base], ['hit', one.hit], ['miss', one.base - one.hit], ...one.beside.map((each) => [`beside.${each.code}`, each.hit] as const), ...one.apart.map((each) => [`apart.${each.code}`, each.hit] as const)] as const) {
        expect((await list({ figure: one.code, part })).items.length, `${one.code} ${part}`).toBe(count);
      }
    }
    for (const month of now.groups) {
      const counted = figure(month, 'resolution');
      expect((await list({ figure: 'resolution', part: 'base', group: 'month', value: month.value })).items.length).toBe(counted?.base);
    }
    const past = await rates(world.actors.office, { at: '2023-03-20', by: 'ended', until: '2023-03-20' });
    expect((await list({ figure: 'resolution', part: 'base', figureAt: '2023-03-20', by: 'ended', until: '2023-03-20' })).items.length).toBe(figure(past.total, 'resolution')?.base);
  });

  it('fall at the very moment at which a problem runs out, before any job has run', async () => {
    const id = await raise();
    await run(world.actors.desk, 'forward', id, { toOrgId: world.orgs.department });
    const due = (await get(id)).solveDueAt ?? '';
    world.app.clock.stand(due.slice(0, 10));
    const before = figure((await rates(world.actors.office)).total, 'resolution');
    world.app.clock.stand(addDays(new Date(Date.parse(due) + 8 * 3_600_000).toISOString().slice(0, 10), 1));
    const after = figure((await rates(world.actors.office)).total, 'resolution');
    expect((await get(id)).overdues).toBe(0);
    expect(after?.hit).toBe(before?.hit);
    expect(after?.base).toBeGreaterThan(before?.base ?? 0);
    expect(after?.bp ?? 0).toBeLessThanOrEqual(before?.bp ?? 0);
    expect((await list({ figure: 'resolution', part: 'beside.overdue' })).items.map((one) => one.id)).toContain(id);
  });

  it('go on counting as overdue what a meeting gives another day when it was over, now and as of that day, and as late when it is done by then', async () => {
    const { app, actors, orgs } = world;
    const id = await raise();
    await run(actors.desk, 'forward', id, { toOrgId: orgs.department });
    const isOverdue = async (input = {}) => (await list({ figure: 'resolution', part: 'beside.overdue', ...input })).items.some((one) => one.id === id);
    app.clock.stand(addDays(app.now().day, 20));
    const { day } = app.now();
    const decide = (dueDay: string) => app.database.transaction((tx) => decideProblems(tx, actors.office, [{ problemId: id, ownerOrgId: orgs.department, tier: 3, measure: '限期办结', dueDay }], app.now()));
    await decide(addDays(day, 10));
    expect((await get(id)).solveDueAt?.slice(0, 10)).toBe(addDays(day, 10));
    expect(await isOverdue()).toBe(true);
    app.clock.stand(addDays(day, 5));
    await decide(addDays(day, 30));
    expect([await isOverdue(), await isOverdue({ figureAt: day })]).toEqual([true, true]);
    const late = figure((await rates(actors.office)).total, 'on_time');
    await run(actors.department, 'submit', id, { text: '已办' });
    await run(actors.enterprise, 'confirm', id, { verdict: 'satisfied' });
    expect(figure((await rates(actors.office)).total, 'on_time')).toMatchObject({ hit: late?.hit, base: late?.base });
    const at = Date.parse((await rates(actors.office)).at);
    agree((await rates(actors.office)).total, await walkedAt(at), at);
  });

  it('count only what the reader may know, and are not for enterprises', async () => {
    const all = await rates(world.actors.office);
    expect((await rates(world.actors.town)).total.all).toBe(0);
    expect((await rates(world.actors.department)).total.all).toBeLessThanOrEqual(all.total.all);
    for (const actor of [world.actors.town, world.actors.department, world.actors.office]) await alone(actor, await rates(actor));
    await expect(world.app.ask(world.actors.enterprise, 'problems.rates_total', {})).rejects.toMatchObject({ code: 'platform.not_allowed' });
    await expect(rates(world.actors.enterprise)).rejects.toMatchObject({ code: 'platform.not_allowed' });
  });

  it('are public without a name, and only where the zone shows them', async () => {
    const shown = async () => (await world.app.ask(world.actors.enterprise, 'problems.public_figures', {})) as OutputOf<typeof publicFigures>;
    expect(await shown()).toMatchObject({ shown: false, total: null, kinds: [] });
    await world.app.run(world.actors.office, 'problems.set_closing', { reopenDays: 30, callbackDays: 10, publicFigures: true }, { ifVersion: 0 });
    const now = await shown();
    expect(now).toMatchObject({ shown: true });
    expect(JSON.stringify(now)).not.toContain('发展改革');
  });
});

describe('definitions', () => {
  it('hold from their day on; what was published stays as it was', async () => {
    const { app, actors } = world;
    const today = app.now().day;
    const before = await rates(actors.office);
    const body = before.definitions.find((one) => one.code === 'resolution');
    if (body === undefined) throw new Error('no definition');
    const { code, version: _version, fromDay: _from, ...rest } = body;
    const wider = { ...rest, base: ['accepted' as const] };
    await expect(app.run(actors.office, 'problems.keep_definition', { code, body: wider, fromDay: addDays(today, -1), reason: '试' }, { ifVersion: 1 })).rejects.toMatchObject({ code: 'problems.definition_day' });
    await app.run(actors.office, 'problems.keep_definition', { code, body: wider, fromDay: addDays(today, 1), reason: '年度口径调整' }, { ifVersion: 1 });
    expect(figure((await rates(actors.office)).total, 'resolution')?.base).toBe(figure(before.total, 'resolution')?.base);
    app.clock.stand(addDays(today, 1));
    const after = await rates(actors.office);
    expect(after.definitions.find((one) => one.code === 'resolution')?.version).toBe(2);
    expect(figure(after.total, 'resolution')?.base).toBeGreaterThan(figure(before.total, 'resolution')?.base ?? 0);
    expect((await rates(actors.office, { at: today })).definitions.find((one) => one.code === 'resolution')?.version).toBe(1);
  });

  it('are made of known conditions, and the newest that has begun holds', () => {
    expect(new Set(CONDITIONS).size).toBe(CONDITIONS.length);
    const body = { zh: '一', en: 'One', sayZh: '一', sayEn: 'one', form: 'share' as const, base: [], hit: [], beside: [], apart: [] };
    const all: Versioned[] = [{ code: 'raw', version: 1, fromDay: null, body }, { code: 'raw', version: 2, fromDay: '2023-05-01', body }, { code: 'raw', version: 3, fromDay: '2023-04-01', body }];
    expect(inForce(all, '2023-03-31').map((one) => one.version)).toEqual([1]);
    expect(inForce(all, '2023-04-15').map((one) => one.version)).toEqual([3]);
    expect(inForce(all, '2023-06-01').map((one) => one.version)).toEqual([3]);
  });
});
