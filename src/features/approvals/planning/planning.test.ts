// The planning of a project over the real database: what is answered, chosen, agreed and kept, for whom, and how a whole zone is kept.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendarWith } from '../../../kernel/workdays.ts';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { checker } from '../../../platform/validate.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import * as contract from './contract.ts';
import { forecastAll } from './forecast.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ day: '2023-06-30' });
});
afterAll(() => world.close());

const asQuestions = checker(contract.questionnaire.output);
const asPlan = checker(contract.projectPlan.output);
const asDraft = checker(contract.previewFacts.output);
const asPush = checker(contract.pushPreview.output);
const asForecasts = checker(contract.listForecasts.output);

const ask = (name: string, input: object, actor = world.actors.office): Promise<unknown> => world.app.ask(actor, `approvals.${name}`, { ...input });
const plan = async (id: string) => asPlan(await ask('project_plan', { id }));
const questions = async (id: string) => asQuestions(await ask('questionnaire', { id }));
async function act(name: string, id: string, input: object, actor = world.actors.office): Promise<void> {
  await world.app.run(actor, `approvals.${name}`, { id, ...input }, { ifVersion: (await plan(id)).version });
}
const kept = (id: string) => world.app.database.row<{ permit_day: string | null; begin_day: string | null; slip_days: number | null; deciding: string | null; critical: string[]; computed_on: string; version: number }>(sql`
  select permit_day, begin_day, slip_days, deciding, critical, computed_on, version from approvals_plans where project_id = ${id}`);

const on = (day: string) => ({ instant: world.app.now().instant, day });

describe('the questionnaire', () => {
  it('is prefilled from the register, says a verdict and a reason for every item, and what an answer would settle', async () => {
    const id = await world.project({ kind: 'enterprise', landMu: 80, totalFen: 5_000 });
    const found = await questions(id);
    expect(found.items).toHaveLength(58);
    expect(found.counts.needed + found.counts.clarify + found.counts.notNeeded).toBe(58);
    const all = found.groups.flatMap((one) => one.questions);
    expect(all.find((one) => one.name === 'landMu')).toMatchObject({ value: 80, source: 'register' });
    expect(all.find((one) => one.name === 'relics')).toMatchObject({ value: null, source: 'unknown', settles: ['P18'] });
    expect(found.items.find((one) => one.code === 'P18')).toMatchObject({ verdict: 'clarify', why: { key: 'rule', by: [{ truth: null, have: null, test: { fact: 'relics', eq: true } }] } });
    expect(found.items.find((one) => one.code === 'L05')).toMatchObject({ verdict: 'not_needed', why: { key: 'not_on_track' } });
  });

  it('shows before an answer is given what it would bring and take, and by how many days', async () => {
    const id = await world.project({ kind: 'enterprise' });
    await act('answer_facts', id, { answers: { relics: false, farmlandMu: 0, verifiedCatalogue: false } });
    const draft = asDraft(await ask('preview_facts', { id, draft: JSON.stringify({ relics: true, minerals: false }) }));
    expect(draft.appears.map((one) => one.code)).toEqual(['P18']);
    expect(draft.disappears.map((one) => one.code)).toEqual(['P15']);
    expect(draft.appears[0]?.why.by[0]?.have).toBe(true);
    expect(draft.disappears[0]?.inHand).toBe(false);
    // What is applied for does not end because an answer says that it is not needed.
    await world.app.run(world.app.system, 'people.edit_department_map', { items: [{ duty: 'approval', organisationId: world.orgs.department }] });
    await world.app.run(world.app.system, 'approvals.open_case', { id: newId(), projectId: id, item: 'P15' });
    const again = asDraft(await ask('preview_facts', { id, draft: JSON.stringify({ relics: true, minerals: false }) }));
    expect([again.disappears.map((one) => [one.code, one.inHand]), again.appears.map((one) => one.inHand)]).toEqual([[['P15', true]], [false]]);
    const wrong = asDraft(await ask('preview_facts', { id, draft: '{"relics":"yes"}' }));
    expect(wrong).toMatchObject({ appears: [], faults: [{ fact: 'relics', code: 'wrong_type' }] });
    await expect(ask('preview_facts', { id, draft: '{' })).rejects.toThrow('platform.invalid');
    expect((await questions(id)).items.find((one) => one.code === 'P18')?.verdict).toBe('not_needed');
  });

  it('keeps every set of answers, takes "not known" for an answer, and tells it in the history of the project without touching its record', async () => {
    const id = await world.project({ kind: 'enterprise', landMu: 80 });
    await act('answer_facts', id, { answers: { relics: true, landMu: null } });
    await act('answer_facts', id, { answers: { relics: false }, clear: ['landMu'] });
    const all = (await questions(id)).groups.flatMap((one) => one.questions);
    expect(all.find((one) => one.name === 'landMu')).toMatchObject({ value: 80, source: 'register' });
    const rows = await world.app.database.rows<{ version: number; facts: object; unsure: string[] }>(sql`select version, facts, unsure from approvals_facts where project_id = ${id} order by version`);
    expect(rows).toEqual([{ version: 1, facts: { relics: true }, unsure: ['landMu'] }, { version: 2, facts: { relics: false }, unsure: [] }]);
    const [last] = await world.app.database.rows<{ kind: string; before: unknown; after: unknown; subject_id: string }>(sql`select kind, before, after, subject_id from platform_events where project_id = ${id} order by seq desc limit 1`);
    expect(last).toMatchObject({ kind: 'approvals.facts_answered', before: { relics: true, landMu: null }, after: { relics: false } });
    expect(last?.subject_id).not.toBe(id);
    expect(await world.app.database.row(sql`select version from projects_projects where id = ${id}`)).toEqual({ version: 1 });
  });

  it('may be answered by the firm of the project and read by whoever may know it, and by nobody else', async () => {
    const own = await world.project({ kind: 'enterprise', builderId: world.orgs.enterprise });
    const other = await world.project({ kind: 'enterprise' });
    await act('answer_facts', own, { answers: { relics: false } }, world.actors.enterprise);
    await expect(act('answer_facts', other, { answers: { relics: false } }, world.actors.enterprise)).rejects.toThrow('platform.not_found');
    await expect(act('choose_plan', own, { order: 'serial' }, world.actors.enterprise)).rejects.toThrow('platform.not_allowed');
    await expect(ask('questionnaire', { id: other }, world.actors.enterprise)).rejects.toThrow('platform.not_found');
  });
});

describe('the plan of a project', () => {
  const FACTS = { verifiedCatalogue: false, relics: false, minerals: false, farmlandMu: 0, landWay: 'granted' };

  it('cannot be made while the track is not known, and says so', async () => {
    const id = await world.project({ kind: 'purchase' });
    expect(await plan(id)).toMatchObject({ track: null, plan: null, ways: [] });
    await expect(act('freeze_baseline', id, {})).rejects.toThrow('approvals.no_track');
  });

  it('compares all ways, names what decides and what it costs when that stands still', async () => {
    const id = await world.project({ kind: 'enterprise' });
    await act('answer_facts', id, { answers: FACTS });
    const found = await plan(id);
    expect(found.ways.map((one) => one.mode)).toEqual(['serial', 'parallel', 'simulation', 'tolerance', 'promise', 'regional', 'optimised']);
    expect(found.plan?.begin.day).toBe(found.ways[1]?.beginDay);
    expect(found.ways.find((one) => one.mode === 'optimised')?.savesDays).toBeGreaterThan(0);
    expect(found.stopped).toMatchObject({ item: found.plan?.deciding, days: 5, beginDays: 5 });
    expect(found.plan?.items.find((one) => one.code === 'D01')).toMatchObject({ after: ['L06'], agreedDay: null, driving: true, floatDays: 0 });
    expect(found.plan?.startAfter).toContain('K08');
  });

  it('is kept as a forecast that is the same as the plan shown, and changes with the way', async () => {
    const id = await world.project({ kind: 'enterprise' });
    await act('answer_facts', id, { answers: FACTS });
    const before = await kept(id);
    expect(before).toMatchObject({ begin_day: (await plan(id)).plan?.begin.day, slip_days: null, computed_on: '2023-06-30', version: 1 });
    await act('choose_plan', id, { startDay: '2023-07-31', measures: ['simulation', 'promise'], limits: 'statutory' });
    const shown = await plan(id);
    expect(shown.chosen).toMatchObject({ startDay: '2023-07-31', measures: ['simulation', 'promise'], limits: 'statutory', order: 'parallel' });
    expect(await kept(id)).toMatchObject({ begin_day: shown.plan?.begin.day, critical: shown.plan?.critical, deciding: shown.plan?.deciding });
    await expect(world.app.run(world.actors.office, 'approvals.choose_plan', { id, order: 'serial' }, { ifVersion: 1 })).rejects.toThrow('platform.stale_version');
  });

  it('is agreed, slips, is previewed with a stop, and pushed with a reason to exactly those days', async () => {
    const id = await world.project({ kind: 'enterprise' });
    await act('answer_facts', id, { answers: FACTS });
    await act('freeze_baseline', id, { note: '联席会议商定' });
    const agreed = await plan(id);
    expect(agreed.agreed).toMatchObject([{ number: 1, kind: 'frozen', beginDay: agreed.plan?.begin.day }]);
    const preview = asPush(await ask('push_preview', { id, item: 'D01', days: 10 }));
    expect(preview).toMatchObject({ beginDays: 10, slipDays: 10, agreedBeginDay: agreed.plan?.begin.day });
    expect(preview.moved.map((one) => one.code)).toEqual(expect.arrayContaining(['D01', 'D02', 'D07', 'K08']));
    expect(preview.moved.every((one) => one.day > one.agreedDay && one.workingDays > 0)).toBe(true);
    // Nothing is changed by looking.
    expect((await plan(id)).plan?.begin.day).toBe(agreed.plan?.begin.day);
    await expect(act('push_plan', id, { item: 'D01', days: 11, beginDay: preview.beginDay, reason: '专家评审' })).rejects.toThrow('approvals.push_changed');
    await act('push_plan', id, { item: 'D01', days: 10, beginDay: preview.beginDay, reason: '专家评审延期' });
    const after = await plan(id);
    expect(after).toMatchObject({ slipDays: 0, chosen: { stops: { D01: 10 } }, agreed: [{ number: 2, kind: 'pushed', note: '专家评审延期', beginDay: preview.beginDay }, { number: 1 }] });
    expect(after.plan?.begin.day).toBe(preview.beginDay);
    expect(await kept(id)).toMatchObject({ begin_day: preview.beginDay, slip_days: 0 });
    // The review takes place in time after all: the forecast comes back, the agreed plan stays.
    await act('choose_plan', id, { stops: {} });
    expect(await kept(id)).toMatchObject({ begin_day: agreed.plan?.begin.day, slip_days: -10 });
  });
});

describe('the forecasts', () => {
  it('are kept for the whole zone when the day turns: what was agreed slips by the working days that went by', async () => {
    const id = await world.project({ kind: 'enterprise' });
    await act('answer_facts', id, { answers: { verifiedCatalogue: false } });
    await act('freeze_baseline', id, {});
    const done = await forecastAll(world.app.database, on('2023-07-14'));
    expect(done).toBeGreaterThan(0);
    const row = await kept(id);
    expect(row).toMatchObject({ computed_on: '2023-07-14' });
    expect(row?.slip_days).toBeGreaterThanOrEqual(calendarWith().between('2023-06-30', '2023-07-14') - 2);
    expect(await forecastAll(world.app.database, on('2023-07-14'))).toBe(0);
    await forecastAll(world.app.database, on('2023-06-30'));
    expect((await kept(id))?.slip_days).toBe(0);
  });

  it('follow what the register says, at the next turn of the job', async () => {
    const id = await world.project({ kind: 'purchase' });
    await act('answer_facts', id, { answers: { relics: false } });
    expect((await kept(id))?.begin_day).toBeNull();
    await forecastAll(world.app.database, world.app.now());
    const edited = world.app.now();
    await world.app.run(world.actors.office, 'projects.edit', { id, kind: 'enterprise' }, { ifVersion: 1 });
    expect(await forecastAll(world.app.database, { ...world.app.now(), instant: new Date(edited.instant.getTime() + 60_000) })).toBe(1);
    expect((await kept(id))?.begin_day).toBe((await plan(id)).plan?.begin.day);
  });

  it('are listed page by page within the scope, each project once, the worst slip first', async () => {
    const made = await Promise.all([1, 2, 3, 4, 5].map(() => world.project({ kind: 'enterprise', townId: world.orgs.otherTown, plannedStart: '2023-07-01' })));
    for (const [i, id] of made.entries()) {
      await act('answer_facts', id, { answers: { relics: i % 2 === 0 } });
      if (i < 3) await act('freeze_baseline', id, {});
    }
    // Nobody changes these by hand: what another day would have kept.
    for (const [i, id] of made.entries()) await world.app.database.run(sql`update approvals_plans set slip_days = ${i < 3 ? i * 7 : null} where project_id = ${id}`);
    for (const sort of ['slip', 'permit'] as const) {
      const seen: string[] = [];
      let after: string | undefined;
      for (let pages = 0; pages < 20; pages += 1) {
        const page = asForecasts(await ask('forecasts', { sort, townId: [world.orgs.otherTown], limit: 2, ...(after === undefined ? {} : { after }) }));
        seen.push(...page.items.map((one) => one.id));
        expect(page.total).toBe(5);
        if (page.next === null) break;
        after = page.next;
      }
      expect(seen).toHaveLength(5);
      expect(new Set(seen)).toEqual(new Set(made));
      if (sort === 'slip') expect(seen.slice(0, 3)).toEqual([made[2], made[1], made[0]]);
    }
    const [worst] = asForecasts(await ask('forecasts', { townId: [world.orgs.otherTown] })).items;
    expect(worst).toMatchObject({ slipDays: 14, plannedStart: '2023-07-01' });
    expect(worst?.lateDays).toBeGreaterThan(0);
    expect(asForecasts(await ask('forecasts', {}, world.actors.enterprise)).items.some((one) => made.includes(one.id))).toBe(false);
    await expect(ask('forecasts', { after: 'x' })).rejects.toThrow('platform.invalid');
  });

  it('leave out what was started', async () => {
    const id = await world.project({ kind: 'enterprise', townId: world.orgs.town, actualStart: '2023-05-04' });
    await act('answer_facts', id, { answers: { relics: false } });
    expect((await kept(id))?.begin_day).toBe('2023-05-04');
    const found = asForecasts(await ask('forecasts', { limit: 200 }));
    expect(found.items.some((one) => one.id === id)).toBe(false);
  });
});
