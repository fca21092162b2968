// The commissioner's week: lines that arrive late and twice, check-ins, visits, the diary, coverage, hand-overs and task forces, by the real commands.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import { checker } from '../../../platform/validate.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { outcome } from '../../../test/registry/checks.ts';
import { readToday, countWaiting } from '../../projects/portfolio/contract.ts';
import { listAssignments, readDuties, readHandover, readWorkload } from '../taskforce/contract.ts';
import { completeHandovers } from '../taskforce/daily.ts';
import { listVisits, readDiary, readEarlier, readVisit, readWeek } from './contract.ts';
import { lastLines } from './lines.ts';
import { lineDueOf, metresBetween, mondayOf, standsOver, visitDueOf, whenOf } from './rules.ts';
import standard from './data/rules.json' with { type: 'json' };

let world: World;
let project = '';
const RULES = { ...standard, keyLevels: ['provincial', 'municipal'] as ('provincial' | 'municipal')[], pipeline: ['planned', 'reserved'] as ('planned' | 'reserved')[] };

beforeAll(async () => {
  world = await makeWorld();
  project = await building('示范项目');
});
afterAll(() => world.close());

async function building(name: string, commissioner: Actor | null = world.actors.commissioner): Promise<string> {
  const id = await world.project({ name });
  await world.app.database.run(sql`update projects_projects set stage = 'building' where id = ${id}`);
  await world.app.database.run(sql`update projects_access set stage = 'building' where project_id = ${id}`);
  if (commissioner !== null) await world.app.run(world.app.system, 'projects.assign_commissioner', { id, assignmentId: newId(), userId: commissioner.userId, fromDay: '2023-06-01' });
  return id;
}

const at = (time: string, day = '2023-06-30'): string => new Date(`${day}T${time}:00+08:00`).toISOString();
const run = (actor: Actor, name: string, input: unknown, key = newId()) => world.app.run(actor, name, input, { key });
const report = (done: string, parts: Readonly<Record<string, unknown>> = {}) => run(world.actors.commissioner, 'dispatch.report_week', { id: newId(), projectId: project, done, ...parts });
const week = async () => checker(readWeek.output)(await world.app.ask(world.actors.commissioner, 'dispatch.week', {}));

describe('when something happened', () => {
  it('is what the phone says of how long ago it was, whatever its clock shows', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 6 * 86_400 }), fc.integer({ min: -10 * 365, max: 10 * 365 }), (agoSeconds, offDays) => {
      const sent = new Date(Date.UTC(2023, 5, 30, 4) + offDays * 86_400_000);
      const done = new Date(sent.getTime() - agoSeconds * 1000);
      const when = whenOf({ doneAt: done.toISOString(), sentAt: sent.toISOString() }, { instant: new Date('2023-06-30T04:00:00Z'), day: '2023-06-30' });
      expect(when.happenedAt.getTime()).toBe(Date.parse('2023-06-30T04:00:00Z') - agoSeconds * 1000);
      expect(when.doneAt).toEqual(done);
      expect(when.week).toBe(mondayOf(when.day));
    }));
  });

  it('stands in the zone that stands still, and never in its future', () => {
    const now = { instant: new Date('2026-11-26T08:00:00Z'), day: '2023-06-30' };
    expect(whenOf({ doneAt: '2026-11-26T06:00:00.000Z', sentAt: '2026-11-26T08:00:00.000Z' }, now)).toMatchObject({ day: '2023-06-30', week: '2023-06-26' });
    expect(whenOf({ doneAt: '2099-01-01T00:00:00.000Z' }, now).day).toBe('2023-06-30');
    expect(lineDueOf('2023-06-26', RULES)).toBe('2023-06-30');
    expect([visitDueOf('2023-06-20', '2023-01-01', RULES), visitDueOf(null, '2023-06-01', RULES), visitDueOf(null, null, RULES)]).toEqual(['2023-06-27', '2023-06-08', null]);
    expect(metresBetween({ lon: 112.6, lat: 35.07 }, { lon: 112.6, lat: 35.08 })).toBeGreaterThan(1000);
    expect([standsOver(undefined, new Date()), standsOver({ id: '', version: 1, happened_at: '2023-06-30T00:00:00Z' }, new Date('2023-06-29T00:00:00Z'))]).toEqual(['first', 'older']);
  });
});

describe('the weekly line', () => {
  it('is kept once for a week: the later word stands, the earlier is kept, whichever arrives first', async () => {
    await report('上午的话', { doneAt: at('09:00'), sentAt: at('23:59'), next: '浇筑' });
    const late = { doneAt: at('08:00'), sentAt: at('23:59') };
    expect((await report('更早的话', late)).output).toMatchObject({ current: false, week: '2023-06-26' });
    expect((await report('下午的话', { doneAt: at('15:00'), sentAt: at('23:59'), problem: '缺便道' })).output).toMatchObject({ current: true });
    const [line] = await lastLines(world.app.database, [project]);
    expect(line).toMatchObject({ done: '下午的话', problem: '缺便道', userName: '测试commissioner' });
    const earlier = checker(readEarlier.output)(await world.app.ask(world.actors.office, 'dispatch.earlier', { id: line?.id ?? '' }));
    expect(earlier.items.map((one) => one.words['done'])).toEqual(['上午的话', '更早的话']);
    expect((await week()).items.find((one) => one.id === project)).toMatchObject({ reported: true, last: { done: '下午的话' } });
  });

  it('acts once for a request that is repeated with another time of sending, and says that it has it when the key was forgotten', async () => {
    const input = { id: newId(), projectId: project, done: '同一句', doneAt: at('16:00'), by: world.actors.commissioner.userId };
    const key = newId();
    await run(world.actors.commissioner, 'dispatch.report_week', { ...input, sentAt: at('16:01') }, key);
    expect((await run(world.actors.commissioner, 'dispatch.report_week', { ...input, sentAt: at('18:00') }, key)).repeated).toBe(true);
    expect(await outcome(run(world.actors.commissioner, 'dispatch.report_week', { ...input, sentAt: at('19:00') }))).toBe('week.already_sent');
  });

  it('is not taken from the outbox of another person, nor for a project that he does not know', async () => {
    expect(await outcome(report('别人的', { by: world.actors.office.userId }))).toBe('week.other_person');
    const foreign = await world.project({ townId: world.orgs.otherTown });
    expect(await outcome(run(world.actors.commissioner, 'dispatch.report_week', { id: newId(), projectId: foreign, done: '甲' }))).toBe('platform.not_found');
    expect(await outcome(report(' '))).toBe('week.nothing_said');
  });

  it('raises its problem in the pool in the same transaction, and the same words once', async () => {
    const rows = () => world.app.database.rows<{ title: string; source: string; project_id: string; owner_user_id: string }>(sql`select title, source, project_id, owner_user_id from problems_problems where title = '缺一台塔吊'`);
    await report('甲', { problem: '缺一台塔吊' });
    await report('乙', { problem: '缺一台塔吊' });
    expect(await rows()).toEqual([{ title: '缺一台塔吊', source: 'commissioner', project_id: project, owner_user_id: world.actors.commissioner.userId }]);
  });
});

describe('visits', () => {
  it('are fulfilled by a check-in on site, and counted as visited', async () => {
    const planned = newId();
    await run(world.actors.commissioner, 'dispatch.plan_visit', { id: planned, kind: 'visit', projectId: project, day: '2023-06-30' });
    expect((await report('到场', { checkIn: { id: newId(), lon: 112.6, lat: 35.07, accuracyM: 12 } })).output).toMatchObject({ visitId: planned });
    expect(checker(readVisit.output)(await world.app.ask(world.actors.office, 'dispatch.visit', { id: planned })).visit).toMatchObject({ state: 'done', kind: 'check_in' });
    expect((await week()).items.find((one) => one.id === project)).toMatchObject({ lastVisitDay: '2023-06-30', visitDue: '2023-07-07' });
    expect(await outcome(run(world.actors.commissioner, 'dispatch.plan_visit', { id: newId(), kind: 'visit', projectId: project, day: '2023-06-01' }))).toBe('week.plan_past');
    expect(await outcome(run(world.actors.commissioner, 'dispatch.plan_visit', { id: newId(), kind: 'visit', projectId: project, day: '2023-07-01', userId: world.actors.office.userId }))).toBe('platform.not_allowed');
  });

  it('show an enterprise those to itself and nobody else\'s', async () => {
    const own = newId();
    await run(world.actors.office, 'dispatch.record_visit', { id: own, kind: 'roundtable', orgId: world.orgs.enterprise, said: '用工', problems: ['缺熟练焊工'] });
    const seen = checker(listVisits.output)(await world.app.ask(world.actors.enterprise, 'dispatch.visits', {}));
    expect(seen.items.map((one) => one.id)).toEqual([own]);
    expect(await outcome(world.app.ask(world.actors.enterprise, 'dispatch.diary', {}))).toBe('platform.not_allowed');
    expect(await world.app.database.row(sql`select source, enterprise_id from problems_problems where title = '缺熟练焊工'`)).toEqual({ source: 'visit', enterprise_id: world.orgs.enterprise });
  });

  it('refuse a photo that somebody else sent', async () => {
    expect(await outcome(report('照片', { checkIn: { id: newId(), photos: [{ sha: 'a'.repeat(64), name: 'x.jpg' }] } }))).toBe('week.unknown_photo');
  });
});

it('the diary puts lines, visits, notes and the record together by day, page by page', async () => {
  await run(world.actors.commissioner, 'dispatch.add_note', { id: newId(), text: '协调供电', projectId: project });
  const all: string[] = [];
  for (let after: string | undefined; ;) {
    const page = checker(readDiary.output)(await world.app.ask(world.actors.commissioner, 'dispatch.diary', { mine: true, limit: 1, ...(after === undefined ? {} : { after }) }));
    all.push(...page.items.map((one) => `${one.kind}:${one.id}`));
    if (page.next === null) break;
    after = page.next;
  }
  expect(new Set(all).size).toBe(all.length);
  expect(new Set(all.map((one) => one.split(':')[0]))).toEqual(new Set(['line', 'visit', 'note']));
});

describe('duties', () => {
  const duties = async () => checker(readDuties.output)(await world.app.ask(world.actors.office, 'dispatch.duties', {}));
  const lacking = async (lack: string) => checker(listAssignments.output)(await world.app.ask(world.actors.office, 'dispatch.assignments', { lack })).items.map((one) => one.id);

  it('count what their numbers open, and a task force covers its project', async () => {
    const bare = await building('无人项目', null);
    const before = await duties();
    for (const [lack, has] of [['commissioner', before.commissioner], ['team', before.team], ['visit', before.visited], ['line', before.lines]] as const) expect(before.all - has, lack).toBe((await lacking(lack)).length);
    expect(await lacking('commissioner')).toEqual([bare]);
    const today = checker(readToday.output)(await world.app.ask(world.actors.office, 'projects.today', {}));
    expect(today.items.find((one) => one.kind === 'week')).toMatchObject({ values: { line: 'team', count: before.all - before.team }, href: '/ledgers/assignment?lack=team' });
    await run(world.actors.office, 'dispatch.form_taskforce', { id: newId(), name: '专班', leaderName: '分管领导', projectIds: [bare], members: [{ id: newId(), name: '李四', duty: '用地' }] });
    expect((await duties()).team).toBe(before.team + 1);
    expect(await outcome(run(world.actors.office, 'dispatch.form_taskforce', { id: newId(), name: '专班', projectIds: [bare] }))).toBe('taskforce.leader_missing');
    const load = checker(readWorkload.output)(await world.app.ask(world.actors.office, 'dispatch.workload', {}));
    expect(load.items.find((one) => one.userId === world.actors.commissioner.userId)).toMatchObject({ projects: 1, tooMany: false });
  });
});

describe('a hand-over', () => {
  const commissionerOf = async (id: string) => (await world.app.database.row<{ commissioner_id: string }>(sql`select commissioner_id from projects_projects where id = ${id}`))?.commissioner_id;
  async function successor(): Promise<Actor> {
    return { ...world.actors.leader, permissions: new Set([...world.actors.leader.permissions, 'dispatch.report_week']) };
  }

  it('takes effect when both have confirmed, not before, and the history of the project says so', async () => {
    const one = await building('移交项目');
    const [next, id] = [await successor(), newId()];
    await run(world.actors.office, 'dispatch.propose_handover', { id, projectId: one, userId: next.userId, day: '2023-06-30', remarks: '岗位调整' });
    expect(checker(countWaiting.output)(await world.app.ask(world.actors.commissioner, 'projects.today_waiting', {})).week).toBeGreaterThan(0);
    expect((await run(next, 'dispatch.confirm_handover', { id, assent: true })).output).toEqual({ id, state: 'proposed' });
    expect(await commissionerOf(one)).toBe(world.actors.commissioner.userId);
    expect(await outcome(run(world.actors.office, 'dispatch.confirm_handover', { id, assent: true }))).toBe('taskforce.not_concerned');
    expect((await run(world.actors.commissioner, 'dispatch.confirm_handover', { id, assent: true })).output).toEqual({ id, state: 'done' });
    expect(await commissionerOf(one)).toBe(next.userId);
    const kinds = (await world.app.database.rows<{ kind: string }>(sql`select kind from platform_events where project_id = ${one} order by seq desc limit 2`)).map((row) => row.kind);
    expect(kinds.sort()).toEqual(['dispatch.handover_confirmed', 'projects.commissioner_assigned']);
  });

  it('agreed for a later day waits for it', async () => {
    const one = await building('择日移交');
    const [next, id] = [await successor(), newId()];
    await run(world.actors.commissioner, 'dispatch.propose_handover', { id, projectId: one, userId: next.userId, day: '2023-07-03' });
    await run(next, 'dispatch.confirm_handover', { id, assent: true });
    expect(checker(readHandover.output)(await world.app.ask(world.actors.office, 'dispatch.handover', { id })).handover).toMatchObject({ state: 'agreed', handed: true, accepted: true });
    await completeHandovers(world.app);
    expect(await commissionerOf(one)).toBe(world.actors.commissioner.userId);
    world.app.clock.stand('2023-07-03');
    await completeHandovers(world.app);
    world.app.clock.stand('2023-06-30');
    expect(await commissionerOf(one)).toBe(next.userId);
  });

  it('that is refused or about another commissioner changes nothing', async () => {
    const one = await building('拒收项目');
    const [next, id, other] = [await successor(), newId(), newId()];
    await run(world.actors.office, 'dispatch.propose_handover', { id, projectId: one, userId: next.userId, day: '2023-06-30' });
    expect(await outcome(run(world.actors.office, 'dispatch.propose_handover', { id: newId(), projectId: one, userId: next.userId, day: '2023-06-30' }))).toBe('taskforce.handover_running');
    expect(await outcome(run(next, 'dispatch.confirm_handover', { id, assent: false }))).toBe('taskforce.reason_missing');
    expect((await run(next, 'dispatch.confirm_handover', { id, assent: false, reason: '手上项目太多' })).output).toMatchObject({ state: 'refused' });
    await run(world.actors.office, 'dispatch.propose_handover', { id: other, projectId: one, userId: next.userId, day: '2023-06-30' });
    await world.app.run(world.app.system, 'projects.assign_commissioner', { id: one, assignmentId: newId(), userId: world.actors.office.userId });
    expect(await outcome(run(world.actors.office, 'dispatch.decide_handover', { id: other, outcome: 'carry_out', reason: '调离' }))).toBe('taskforce.commissioner_changed');
    expect(await commissionerOf(one)).toBe(world.actors.office.userId);
  });
});
