import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import type { Actor } from '../../../platform/actor.ts';
import { anonymous } from '../../people/session.ts';
import { SIDES, VERDICTS } from '../life/steps.ts';
import type { getProblem } from '../pool/contract.ts';
import { lockProblems, readGround, writeMoves } from '../store.ts';
import { unansweredSteps } from './answering.ts';
import type { answerPage, callbackFigures, listAnswers, listCallbacks } from './contract.ts';
import { forgetLinks } from './letters.ts';
import { outcome, revised, unanswered, type Asked } from './rules.ts';
import { digestOf } from './store.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.app.run(world.app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: world.orgs.desk }, { duty: 'development', organisationId: world.orgs.root }, { duty: 'city', organisationId: world.orgs.department }] });
});
afterAll(() => world.close());

const get = async (id: string) => (await world.app.ask(world.app.system, 'problems.get', { id })) as OutputOf<typeof getProblem>;
const answers = async (actor: Actor, id: string) => (await world.app.ask(actor, 'problems.answers', { id })) as OutputOf<typeof listAnswers>;
const page = async (token: string) => (await world.app.ask(anonymous('zh-CN'), 'problems.answer_page', { token })) as OutputOf<typeof answerPage>;
const run = async (actor: Actor, name: string, id: string, input = {}) => world.app.run(actor, `problems.${name}`, { id, ...input }, { ifVersion: (await get(id)).version });

/** Raised by the enterprise, handled by the department until it waits for its confirmation. */
async function submitted(more: { project?: boolean; complaint?: boolean } = {}): Promise<string> {
  const { actors, orgs, app } = world;
  const project = more.project === true ? await world.project({ builderId: orgs.enterprise }) : undefined;
  if (project !== undefined) await app.run(app.system, 'projects.assign_commissioner', { id: project, assignmentId: newId(), userId: actors.commissioner.userId });
  const { id } = (await app.run(actors.enterprise, 'problems.raise', { title: '厂区停电', kind: 'utilities', ...(project === undefined ? {} : { projectIds: [project] }), ...(more.complaint === true ? { complaint: true } : {}) })).output as { id: string };
  await run(actors.desk, 'forward', id, { toOrgId: orgs.department });
  await redo(id);
  return id;
}

async function redo(id: string): Promise<void> {
  await run(world.actors.department, 'reply', id, { text: '已联系' });
  await run(world.actors.department, 'submit', id, { text: '已送电' });
}

async function link(id: string): Promise<string> {
  const { output } = await world.app.run(world.actors.desk, 'problems.make_answer_link', { id });
  return (output as { token: string }).token;
}

/** What the job of the clocks does when the time to confirm is over. */
async function timeOver(id: string): Promise<void> {
  const now = world.app.now();
  await world.app.database.transaction(async (tx) => {
    const problems = await lockProblems(tx, [id]);
    const steps = await unansweredSteps(tx, problems.map((problem) => ({ problem, at: problem.lastAt + 1 })), now);
    await writeMoves(tx, problems.map((before) => ({ before, steps: steps.get(before.id) ?? [] })), await readGround(tx), world.app.system, now);
  });
}

describe('what is submitted', () => {
  it('is put to the enterprise and the commissioner, and is solved when both say yes; basically stays basically', async () => {
    const id = await submitted({ project: true });
    expect((await answers(world.actors.enterprise, id)).items.map((one) => [one.side, one.verdict])).toEqual([['commissioner', null], ['enterprise', null]]);
    expect((await answers(world.actors.enterprise, id)).side).toBe('enterprise');
    await run(world.actors.enterprise, 'confirm', id, { verdict: 'basically' });
    expect(await get(id)).toMatchObject({ state: 'submitted' });
    await run(world.actors.commissioner, 'confirm', id, { verdict: 'satisfied' });
    expect(await get(id)).toMatchObject({ state: 'solved', satisfaction: 'basically', confirmedBy: 'enterprise', settledTier: 2 });
  });

  it('is done again one level higher when somebody is dissatisfied, and heard by the meeting the second time', async () => {
    const id = await submitted();
    await run(world.actors.enterprise, 'confirm', id, { verdict: 'dissatisfied', remark: '还是没电' });
    expect(await get(id)).toMatchObject({ state: 'assigned', round: 2, tier: 3, ownerOrgId: world.orgs.root, redone: 1, forMeeting: false, satisfaction: null });
    await run(world.actors.office, 'submit', id, { text: '已协调' });
    await run(world.actors.enterprise, 'confirm', id, { verdict: 'dissatisfied' });
    expect(await get(id)).toMatchObject({ state: 'assigned', round: 3, tier: 4, redone: 2, forMeeting: true });
  });

  it('is never rated by those who handled it', async () => {
    const id = await submitted();
    await expect(run(world.actors.department, 'record_callback', id, { day: '2023-06-30', verdict: 'satisfied' })).rejects.toMatchObject({ code: 'platform.not_allowed' });
    const inside = { ...world.actors.department, permissions: new Set([...world.actors.department.permissions, 'problems.desk', 'problems.confirm']) };
    await expect(run(inside, 'record_callback', id, { day: '2023-06-30', verdict: 'satisfied' })).rejects.toMatchObject({ code: 'problems.own_work' });
    await expect(world.app.run(inside, 'problems.make_answer_link', { id })).rejects.toMatchObject({ code: 'problems.own_work' });
    await expect(run(inside, 'confirm', id, { verdict: 'satisfied' })).rejects.toMatchObject({ code: 'platform.not_allowed' });
  });

  it('is not put to a commissioner who handled it himself', async () => {
    const { actors, app } = world;
    const project = await world.project({});
    await app.run(app.system, 'projects.assign_commissioner', { id: project, assignmentId: newId(), userId: actors.commissioner.userId });
    const { id } = (await app.run(actors.commissioner, 'problems.raise', { title: '道路未通', kind: 'logistics', projectIds: [project], keep: true })).output as { id: string };
    await run(actors.commissioner, 'submit', id, { text: '已通' });
    expect((await answers(actors.office, id)).items.map((one) => one.side)).toEqual(['callback']);
    await expect(run(actors.commissioner, 'confirm', id, { verdict: 'satisfied' })).rejects.toMatchObject({ code: 'problems.own_work' });
    await run(actors.office, 'record_callback', id, { day: '2023-06-30', verdict: 'satisfied' });
    expect(await get(id)).toMatchObject({ state: 'solved', confirmedBy: 'callback', satisfaction: 'satisfied' });
  });

  it('is no answer, never satisfied, when nobody said anything in time', async () => {
    const id = await submitted();
    await timeOver(id);
    expect(await get(id)).toMatchObject({ state: 'closed', satisfaction: 'no_answer', solvedAt: null });
    await expect(run(world.actors.enterprise, 'confirm', id, { verdict: 'satisfied' })).rejects.toMatchObject({ code: 'problems.answer_over' });
    await run(world.actors.desk, 'record_callback', id, { day: '2023-06-30', verdict: 'basically' });
    expect(await get(id)).toMatchObject({ state: 'solved', satisfaction: 'basically', confirmedBy: 'callback' });
  });

  it('is solved with a silent enterprise when the commissioner confirmed', async () => {
    const id = await submitted({ project: true });
    await run(world.actors.commissioner, 'confirm', id, { verdict: 'satisfied' });
    await timeOver(id);
    expect(await get(id)).toMatchObject({ state: 'solved', satisfaction: 'no_answer', confirmedBy: 'commissioner' });
  });
});

describe('a link that needs no account', () => {
  it('shows what was done, takes one answer, and is over after it', async () => {
    const id = await submitted();
    const token = await link(id);
    expect(await page(token)).toMatchObject({ link: 'open', title: '厂区停电', done: '已送电' });
    await world.app.run(anonymous('zh-CN'), 'problems.answer_by_link', { token, verdict: 'satisfied', remark: '很快' });
    expect(await get(id)).toMatchObject({ state: 'solved', satisfaction: 'satisfied', confirmedBy: 'enterprise' });
    expect(await page(token)).toMatchObject({ link: 'answered', verdict: 'satisfied' });
    await expect(world.app.run(anonymous('zh-CN'), 'problems.answer_by_link', { token, verdict: 'dissatisfied' })).rejects.toMatchObject({ code: 'problems.answer_given' });
  });

  it('ends when a new one is made and when the round ends', async () => {
    const id = await submitted();
    const first = await link(id);
    const second = await link(id);
    expect((await page(first)).link).toBe('unknown');
    await run(world.actors.enterprise, 'confirm', id, { verdict: 'dissatisfied' });
    expect((await page(second)).link).toBe('answered');
    await run(world.actors.office, 'submit', id, { text: '再办' });
    const third = await link(id);
    await timeOver(id);
    expect((await page(third)).link).toBe('over');
    await expect(world.app.run(anonymous('zh-CN'), 'problems.answer_by_link', { token: third, verdict: 'satisfied' })).rejects.toMatchObject({ code: 'problems.answer_over' });
  });

  it('shows nothing of the matter once it has ended; whoever answered sees it for three days', async () => {
    const bare = { number: null, title: null, ask: null, done: null, ownerName: null, submittedAt: null, dueAt: null, verdict: null, answeredAt: null, files: [] };
    const silent = await submitted();
    const over = await link(silent);
    await timeOver(silent);
    expect(await page(over)).toMatchObject({ link: 'over', ...bare });
    const id = await submitted();
    const token = await link(id);
    await world.app.run(anonymous('zh-CN'), 'problems.answer_by_link', { token, verdict: 'satisfied' });
    world.app.clock.stand('2023-07-02');
    expect(await page(token)).toMatchObject({ link: 'answered', title: '厂区停电', verdict: 'satisfied' });
    world.app.clock.stand('2023-07-05');
    expect(await page(token)).toMatchObject({ link: 'answered', ...bare });
    world.app.clock.stand('2023-06-30');
  });

  it('is forgotten when it went by mail and is two weeks old, or its round is over and shown no more', async () => {
    const [open, answered, again] = [await submitted(), await submitted(), await submitted()];
    const now = world.app.now();
    const at = (days: number) => new Date(now.instant.getTime() - days * 86_400_000);
    const mailed = async (problem: string, days: number, token: string) => world.app.database.run(sql`insert into problems_links (digest, problem_id, round, made_at) values (${digestOf(token)}, ${problem}, 1, ${at(days)})`);
    await mailed(open, 1, 'open-and-made-yesterday');
    await mailed(open, 15, 'open-and-too-old-for-a-link');
    await mailed(answered, 1, 'answered-a-moment-ago-by-page');
    await mailed(again, 1, 'done-again-and-asked-anew-now');
    expect([(await page('open-and-made-yesterday')).link, (await page('open-and-too-old-for-a-link')).link]).toEqual(['open', 'unknown']);
    await run(world.actors.enterprise, 'confirm', answered, { verdict: 'satisfied' });
    await run(world.actors.enterprise, 'confirm', again, { verdict: 'dissatisfied' });
    await world.app.database.run(sql`update problems_answers set answered_at = answered_at - interval '4 days', asked_at = asked_at - interval '4 days' where problem_id = ${again}`);
    await forgetLinks(world.app.database, now);
    const kept = await world.app.database.rows<{ id: string }>(sql`select problem_id as id from problems_links where problem_id = any(${[open, answered, again]}::uuid[])`);
    expect(kept.map((one) => one.id).sort()).toEqual([open, answered].sort());
  });

  it('keeps its secret out of events, replies under keys, answers and the log', async () => {
    const id = await submitted();
    const token = await link(id);
    await world.app.run(anonymous('zh-CN'), 'problems.answer_by_link', { token, verdict: 'satisfied' });
    const row = await world.app.database.row<{ found: number }>(sql`
      select (select count(*) from platform_events e where e::text like ${`%${token}%`})::int + (select count(*) from platform_keys k where k::text like ${`%${token}%`})::int
        + (select count(*) from problems_answers a where a::text like ${`%${token}%`})::int + (select count(*) from notices_notices n where n::text like ${`%${token}%`})::int as found`);
    expect(row?.found).toBe(0);
    expect(world.logged.join('\n')).not.toContain(token);
  });

  it('is not guessed: an address that tries too many is told to wait', async () => {
    const guess = async (index: number) => world.app.ask(anonymous('zh-CN'), 'problems.answer_page', { token: `nobody-made-this-link-${index}` }, { address: '203.0.113.7' });
    for (let index = 0; index < 20; index += 1) expect(await guess(index)).toMatchObject({ link: 'unknown' });
    await expect(guess(20)).rejects.toMatchObject({ code: 'platform.too_many_requests' });
    expect((await page('nobody-made-this-link-either')).link).toBe('unknown');
  });
});

describe('what had ended', () => {
  it('is opened again by its asker within its days, with the reason, and counts as unsolved', async () => {
    const id = await submitted();
    await run(world.actors.enterprise, 'confirm', id, { verdict: 'satisfied' });
    await run(world.actors.enterprise, 'reopen', id, { reason: '又停电了' });
    expect(await get(id)).toMatchObject({ state: 'assigned', round: 2, reopened: 1, solvedAt: null, satisfaction: null });
    const late = await submitted();
    await run(world.actors.enterprise, 'confirm', late, { verdict: 'satisfied' });
    world.app.clock.stand('2023-08-15');
    await expect(run(world.actors.enterprise, 'reopen', late, { reason: '又停电了' })).rejects.toMatchObject({ code: 'problems.reopen_late' });
    world.app.clock.stand('2023-06-30');
  });

  it('is done again when a call-back finds it is not solved', async () => {
    const id = await submitted();
    await run(world.actors.enterprise, 'confirm', id, { verdict: 'satisfied' });
    await run(world.actors.desk, 'record_callback', id, { day: '2023-06-30', verdict: 'dissatisfied', number: '13800000000' });
    expect(await get(id)).toMatchObject({ state: 'assigned', round: 2, tier: 3, redone: 1 });
    const told = await world.app.database.row<{ found: number }>(sql`select count(*)::int as found from platform_events e where e::text like '%13800000000%'`);
    expect(told?.found).toBe(0);
  });
});

describe('call-backs of a month', () => {
  it('draw at least the sample, every complaint and every silence, the same whoever draws, never for a handler', async () => {
    await submitted({ complaint: true }).then((id) => run(world.actors.enterprise, 'confirm', id, { verdict: 'satisfied' }));
    await submitted().then(timeOver);
    await world.app.run(world.actors.office, 'problems.draw_callbacks', { month: '2023-06' });
    const figures = (await world.app.ask(world.actors.office, 'problems.callback_figures', { month: '2023-06' })) as OutputOf<typeof callbackFigures>;
    expect(figures).toMatchObject({ undrawn: 0, drawn: expect.any(Number) });
    expect(figures.drawn).toBeGreaterThanOrEqual(figures.wanted);
    expect(figures.complaints).toBeGreaterThanOrEqual(1);
    expect(figures.noAnswer).toBeGreaterThanOrEqual(1);
    const list = (await world.app.ask(world.actors.desk, 'problems.callbacks', { month: '2023-06', open: true })) as OutputOf<typeof listCallbacks>;
    expect(list.items.length).toBeGreaterThan(0);
    expect(list.items.every((one) => one.assignedId === world.actors.desk.userId)).toBe(true);
    const again = await world.app.run(world.actors.office, 'problems.draw_callbacks', { month: '2023-06' });
    expect(again.output).toMatchObject({ drawn: 0 });
  });

  it('may be tried again while there is time; afterwards only what nobody has called is late', async () => {
    const drawn = async (open: boolean) => ((await world.app.ask(world.actors.desk, 'problems.callbacks', { month: '2023-06', open })) as OutputOf<typeof listCallbacks>).items;
    const late = async () => ((await world.app.ask(world.actors.office, 'problems.callback_figures', { month: '2023-06' })) as OutputOf<typeof callbackFigures>).late;
    const waiting = await drawn(true);
    const [tried] = waiting;
    if (tried === undefined) throw new Error('nothing was drawn');
    await run(world.actors.desk, 'record_callback', tried.id, { day: '2023-06-30', verdict: 'no_answer' });
    expect([(await drawn(true)).length, await late()]).toEqual([waiting.length, 0]);
    world.app.clock.stand('2023-08-15');
    expect((await drawn(true)).map((one) => one.id)).not.toContain(tried.id);
    expect((await drawn(false)).map((one) => [one.id, one.late])).toContainEqual([tried.id, false]);
    expect(await late()).toBe(waiting.length - 1);
    world.app.clock.stand('2023-06-30');
  });
});

describe('the outcome of answers', () => {
  const asked = fc.uniqueArray(fc.record({ side: fc.constantFrom(...SIDES), dueAt: fc.constant(0), verdict: fc.option(fc.constantFrom(...VERDICTS)) }), { minLength: 1, maxLength: 3, selector: (one: Asked) => one.side });

  it('is solved only with a yes of somebody, never while somebody asked is silent, and never with a no', () => {
    fc.assert(fc.property(asked, (all) => {
      const found = outcome(all);
      if (all.some((one) => one.verdict === 'dissatisfied')) expect(found.kind).toBe('redone');
      if (found.kind === 'solved') expect(all.some((one) => one.side === found.by && (one.verdict === 'satisfied' || one.verdict === 'basically'))).toBe(true);
      if (all.every((one) => one.verdict === null || one.verdict === 'no_answer')) expect(found.kind).toBe('wait');
      if (found.kind === 'solved' && all.some((one) => one.verdict === 'basically')) expect(found.satisfaction).toBe('basically');
    }));
  });

  it('is never satisfied by silence', () => {
    fc.assert(fc.property(asked, (all) => {
      const found = unanswered(all);
      const spoke = all.some((one) => (one.side === 'enterprise' || one.side === 'callback') && (one.verdict === 'satisfied' || one.verdict === 'basically'));
      if (found.kind === 'solved' && all.some((one) => one.side === 'enterprise') && !spoke) expect(found.satisfaction).toBe('no_answer');
    }));
    expect(unanswered([{ side: 'enterprise', dueAt: 0, verdict: null }])).toEqual({ kind: 'closed' });
    expect(revised('no_answer', 'satisfied')).toBe('satisfied');
    expect(revised('basically', 'satisfied')).toBe('basically');
  });
});
