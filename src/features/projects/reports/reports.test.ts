import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { checker } from '../../../platform/validate.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { owedMonths } from '../due.ts';
import { listPeriods, listReports, readPeriod, readPeriodTowns, remindReports, reportTrail } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ day: '2023-06-03' });
});
afterAll(() => world.close());

const asReports = checker(listReports.output);
const asPeriod = checker(readPeriod.output);
const asPeriods = checker(listPeriods.output);
const asTowns = checker(readPeriodTowns.output);
const asTrail = checker(reportTrail.output);
const asReminded = checker(remindReports.output);

async function building(fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const id = await world.project({ planFen: 24_000_000_00, totalFen: 100_000_000_00, actualStart: '2023-02-10', actualStartGrain: 'day', inStatistics: true, ...fields });
  // The stage is moved by the life cycle, whose gates are not the subject here.
  await world.app.database.run(sql`update projects_projects set stage = 'building', stage_day = '2023-03-01' where id = ${id}`);
  return id;
}

async function report(id: string, month: string, dispatchFen: number, more: object = {}, actor = world.actors.office): Promise<{ id: string; version: number }> {
  const { output } = await world.app.run(actor, 'projects.report', { id, month, dispatchFen, ...more });
  return checkReported(output);
}
function checkReported(output: unknown): { id: string; version: number } {
  if (typeof output !== 'object' || output === null || !('id' in output) || !('version' in output)) throw new Error('no report');
  return { id: String(output.id), version: Number(output.version) };
}
const kept = (id: string) => world.app.database.row<{ done: number; stat: number; month: string | null; progress: string | null; version: number }>(sql`
  select done_fen as done, stat_fen as stat, last_report_month as month, progress, version from projects_projects where id = ${id}`);

describe('a monthly report', () => {
  it('is in time until the due day, late after it, and after the lock only by whoever may correct; both series are kept apart', async () => {
    const id = await building();
    world.app.clock.stand('2023-05-05');
    await report(id, '2023-04', 300, { statFen: 100 });
    world.app.clock.stand('2023-06-06');
    await report(id, '2023-05', 500, { statFen: 200, progress: '厂房主体封顶' });
    world.app.clock.stand('2023-06-11');
    await expect(report(id, '2023-03', 500, {}, world.actors.town)).rejects.toThrow('reports.period_locked');
    const year = asReports(await world.app.ask(world.actors.office, 'projects.reports', { id }));
    expect(year.months.map((line) => line.report?.late ?? null).slice(3, 5)).toEqual([false, true]);
    expect(year).toMatchObject({ dispatchFen: 800, statFen: 300, year: 2023, timeBp: 4167 });
    expect(await kept(id)).toMatchObject({ done: 800, stat: 300, month: '2023-05-01', progress: '厂房主体封顶' });
    // Or it would be missing, and its amount out of the year, for ever.
    expect((await world.app.run(world.actors.office, 'projects.report', { id, month: '2023-03', dispatchFen: 50 })).output).toMatchObject({ late: true });
    expect(await kept(id)).toMatchObject({ done: 850, month: '2023-05-01', progress: '厂房主体封顶' });
  });

  it('happens once, however often it is sent, and two people cannot both make it', async () => {
    const id = await building();
    world.app.clock.stand('2023-06-03');
    const input = { id, month: '2023-05', dispatchFen: 700 };
    const key = newId();
    const replies = await Promise.all([1, 2, 3].map(() => world.app.run(world.actors.office, 'projects.report', input, { key })));
    expect(new Set(replies.map((reply) => checkReported(reply.output).id)).size).toBe(1);
    const others = await Promise.allSettled([world.app.run(world.actors.office, 'projects.report', input), world.app.run(world.actors.admin, 'projects.report', input)]);
    expect(others.map((one) => one.status)).toEqual(['rejected', 'rejected']);
    const rows = await world.app.database.rows(sql`select 1 from projects_reports where project_id = ${id}`);
    expect(rows).toHaveLength(1);
    expect((await kept(id))?.done).toBe(700);
    const events = await world.app.database.rows(sql`select kind from platform_events where project_id = ${id} and kind = 'projects.reported'`);
    expect(events).toHaveLength(1);
  });

  it('is not found for who may not know the project, and not allowed for who may not report', async () => {
    const id = await building({ townId: world.orgs.otherTown });
    await expect(report(id, '2023-05', 1, {}, world.actors.town)).rejects.toThrow('platform.not_found');
    await expect(report(id, '2023-05', 1, {}, world.actors.auditor)).rejects.toThrow('platform.not_allowed');
    await expect(world.app.ask(world.actors.town, 'projects.reports', { id })).rejects.toThrow('platform.not_found');
  });

  it('says that a project was entered in statistics, which is a change of the record', async () => {
    const id = await building({ inStatistics: false });
    const before = (await kept(id))?.version ?? 0;
    await expect(report(id, '2023-05', 900, { statFen: 400 })).rejects.toThrow('reports.not_in_statistics');
    await report(id, '2023-05', 900, { statFen: 400, inStatistics: true });
    const row = await world.app.database.row<{ entered: boolean; day: string }>(sql`select in_statistics as entered, statistics_day as day from projects_projects where id = ${id}`);
    expect(row).toEqual({ entered: true, day: '2023-06-03' });
    expect((await kept(id))?.version).toBe(before + 1);
  });

  it('takes photos of its own project only', async () => {
    const id = await building();
    const foreign = await building();
    const paper = async (projectId: string): Promise<string> => {
      const evidenceId = newId();
      await world.app.database.run(sql`insert into projects_evidence (id, project_id, kind, note, added_by, added_at) values (${evidenceId}, ${projectId}, 'photo_works', '照片', ${newId()}, now())`);
      return evidenceId;
    };
    const [own, other] = [await paper(id), await paper(foreign)];
    await expect(report(id, '2023-05', 1, { photos: [own, other] })).rejects.toThrow('reports.photo_unknown');
    await report(id, '2023-05', 1, { photos: [own] });
    const year = asReports(await world.app.ask(world.actors.office, 'projects.reports', { id }));
    expect(year.months[4]?.report?.photos.map((photo) => photo.id)).toEqual([own]);
  });
});

describe('a correction', () => {
  it('keeps both values, says why, counts revisions, and needs authority after the lock', async () => {
    const id = await building();
    world.app.clock.stand('2023-06-03');
    const first = await report(id, '2023-05', 1_000, { statFen: 600 });
    await world.app.run(world.actors.office, 'projects.correct_report', { id: first.id, dispatchFen: 800, reason: '与结算核对后更正' }, { ifVersion: first.version });
    await expect(world.app.run(world.actors.office, 'projects.correct_report', { id: first.id, dispatchFen: 1, reason: '旧版本' }, { ifVersion: first.version })).rejects.toThrow('platform.stale_version');
    world.app.clock.stand('2023-07-20');
    await expect(world.app.run(world.actors.town, 'projects.correct_report', { id: first.id, dispatchFen: 700, reason: '锁定后' }, { ifVersion: 2 })).rejects.toThrow('reports.period_locked');
    await world.app.run(world.actors.office, 'projects.correct_report', { id: first.id, dispatchFen: 700, reason: '审计后更正' }, { ifVersion: 2 });
    expect((await kept(id))).toMatchObject({ done: 700, stat: 600 });
    const trail = asTrail(await world.app.ask(world.actors.auditor, 'projects.report_trail', { id, month: '2023-05' }));
    expect(trail.items.map((one) => [one.kind, one.before?.['dispatchFen'] ?? null, one.after?.['dispatchFen'] ?? null, one.reason])).toEqual([
      ['projects.reported', null, 1_000, null], ['projects.report_corrected', 1_000, 800, '与结算核对后更正'], ['projects.report_corrected', 800, 700, '审计后更正'],
    ]);
    await expect(world.app.run(world.actors.office, 'projects.withdraw_report', { id: first.id, reason: '不要了' }, { ifVersion: 3 })).rejects.toThrow('reports.period_locked');
    world.app.clock.stand('2023-06-03');
  });

  it('can be a withdrawal before the lock: the amount leaves the sums and stays in the history', async () => {
    const id = await building();
    const made = await report(id, '2023-05', 900);
    await world.app.run(world.actors.office, 'projects.withdraw_report', { id: made.id, reason: '报错了项目' }, { ifVersion: 1 });
    expect((await kept(id))).toMatchObject({ done: 0, month: null });
    const trail = asTrail(await world.app.ask(world.actors.office, 'projects.report_trail', { id, month: '2023-05' }));
    expect(trail.items.map((one) => one.kind)).toEqual(['projects.reported', 'projects.report_withdrawn']);
    await report(id, '2023-05', 950);
    expect((await kept(id))?.done).toBe(950);
  });
});

describe('the opening of a ledger', () => {
  it('covers its months, is corrected by its own command, and is never counted twice', async () => {
    const id = await building();
    const { output } = await world.app.run(world.actors.office, 'projects.opening', { id, month: '2023-04', dispatchFen: 4_000, statFen: 3_000 });
    const opening = checkReported(output);
    await expect(report(id, '2023-04', 1)).rejects.toThrow('reports.covered');
    await expect(world.app.run(world.actors.office, 'projects.opening', { id, month: '2023-05', dispatchFen: 5_000 })).rejects.toThrow('reports.opening_exists');
    await report(id, '2023-05', 1_000);
    await expect(world.app.run(world.actors.office, 'projects.correct_opening', { id: opening.id, month: '2023-05', reason: '台账更新' }, { ifVersion: 1 })).rejects.toThrow('reports.opening_overlaps');
    await expect(world.app.run(world.actors.office, 'projects.correct_report', { id: opening.id, dispatchFen: 1, reason: '不是月报' }, { ifVersion: 1 })).rejects.toThrow('platform.not_found');
    await world.app.run(world.actors.office, 'projects.correct_opening', { id: opening.id, dispatchFen: 4_500, reason: '台账更新' }, { ifVersion: 1 });
    expect(await kept(id)).toMatchObject({ done: 5_500, stat: 3_000 });
    const year = asReports(await world.app.ask(world.actors.office, 'projects.reports', { id }));
    expect(year.months.slice(0, 6).map((line) => line.state)).toEqual(['covered', 'covered', 'covered', 'opening', 'reported', 'waiting']);
    expect(year.months[2]?.dispatchFen).toBeNull();
  });
});

describe('what is kept of the reports', () => {
  it('is, for every project and series, what a recount of the records gives', async () => {
    const wrong = await world.app.database.rows(sql`
      select p.name from projects_projects p left join lateral (
        select coalesce(sum(dispatch_fen), 0) as done, coalesce(sum(stat_fen), 0) as stat, max(month) as last from projects_reports r where r.project_id = p.id and extract(year from month) = 2023) r on true
      where p.done_fen <> r.done or p.stat_fen <> r.stat or p.last_report_month is distinct from r.last`);
    const some = await world.app.database.row<{ reports: number }>(sql`select count(*)::int as reports from projects_reports`);
    expect(some?.reports).toBeGreaterThan(5);
    expect(wrong).toEqual([]);
  });
});

describe('the board of a month', () => {
  it('lists exactly who owes it and has not reported, counts everyone once, and agrees with the sums of the records', async () => {
    world.app.clock.stand('2023-06-08');
    const ids = await Promise.all([building(), building({ actualStart: '2023-06-01' }), building(), world.project(), building()]);
    const [covered, , paused, , reported] = ids;
    await world.app.run(world.actors.office, 'projects.opening', { id: covered, month: '2023-05', dispatchFen: 123 });
    await world.app.database.run(sql`update projects_projects set side_state = 'paused' where id = ${paused ?? ''}`);
    await report(reported ?? '', '2023-05', 321, { statFen: 11 });
    const all = await page({ month: '2023-05' });
    const missing = await page({ month: '2023-05', state: 'missing' });
    const { counts, sums } = all;
    expect(counts.all).toBe(counts.reported + counts.covered + counts.free + counts.missing);
    expect(all.items).toHaveLength(counts.all);
    expect(counts.owed).toBeGreaterThanOrEqual(counts.missing);
    expect(missing.items).toHaveLength(counts.missing);
    const facts = await world.app.database.rows<{ id: string; stage: string; side: string | null; since: string | null; months: string[]; opening: string | null }>(sql`
      select p.id, p.stage, p.side_state as side, coalesce(p.actual_start, p.stage_day) as since, coalesce((select max(to_char(month, 'YYYY-MM')) from projects_reports r where r.project_id = p.id and r.kind = 'opening'), null) as opening,
             array(select to_char(month, 'YYYY-MM') from projects_reports r where r.project_id = p.id and r.kind = 'monthly') as months
      from projects_projects p where p.parent_id is null and (p.side_state is null or p.side_state = 'paused')`);
    const calendar = { dueDay: 5, lockDay: 10, stages: ['started', 'building', 'completed'] };
    const owing = facts.filter((one) => owedMonths({ stage: one.stage, sideState: one.side, since: one.since, months: one.months, openingMonth: one.opening }, 2023, '2023-05', calendar).includes('2023-05'));
    expect(new Set(missing.items.map((one) => one.id))).toEqual(new Set(owing.map((one) => one.id)));
    const sum = await world.app.database.row<{ month: number; year: number }>(sql`
      select sum(dispatch_fen) filter (where kind = 'monthly' and month = '2023-05-01')::bigint as month, sum(dispatch_fen)::bigint as year from projects_reports`);
    expect(sums).toMatchObject({ monthDispatchFen: sum?.month, yearDispatchFen: sum?.year, unknown: 0 });
    const towns = asTowns(await world.app.ask(world.actors.office, 'projects.period_towns', { month: '2023-05' }));
    expect(towns.items.reduce((total, one) => total + one.yearDispatchFen, 0)).toBe(sums.yearDispatchFen);
    expect(towns.items.reduce((total, one) => total + one.missing, 0)).toBe(counts.missing);
    const months = asPeriods(await world.app.ask(world.actors.office, 'projects.periods', {}));
    expect(months.items[4]).toMatchObject({ month: '2023-05', period: 'late', dueDay: '2023-06-05', dispatchFen: sums.monthDispatchFen, reported: counts.reported });
  });

  it('pages without losing or doubling anyone and shows each reader his own', async () => {
    const whole = await page({ month: '2023-05' });
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const part = await page({ month: '2023-05', limit: 3, ...(after === undefined ? {} : { after }) });
      seen.push(...part.items.map((one) => one.id));
      if (part.next === null) break;
      after = part.next;
    }
    expect(seen).toEqual(whole.items.map((one) => one.id));
    const town = asPeriod(await world.app.ask(world.actors.town, 'projects.period', { month: '2023-05' }));
    expect(town.counts.all).toBeGreaterThan(0);
    expect(town.counts.all).toBeLessThan(whole.counts.all);
  });

  it('reminds who is missing once a day, and not who has reported', async () => {
    const [missing] = (await page({ month: '2023-05', state: 'missing' })).items;
    const [reported] = (await page({ month: '2023-05', state: 'reported' })).items;
    if (missing === undefined || reported === undefined) throw new Error('nobody to test with');
    await world.app.database.run(sql`update projects_projects set commissioner_id = ${world.actors.commissioner.userId} where id = ${missing.id}`);
    const ids = [missing.id, reported.id];
    const remind = async () => asReminded((await world.app.run(world.actors.office, 'projects.remind', { month: '2023-05', projectIds: ids })).output);
    expect(await remind()).toEqual({ sent: 1, skipped: [{ projectId: reported.id, why: 'reported' }] });
    await expect(remind()).rejects.toThrow('reports.nobody_to_remind');
    world.app.clock.stand('2023-06-09');
    expect((await remind()).sent).toBe(1);
    expect((await page({ month: '2023-05', state: 'missing' })).items.find((one) => one.id === missing.id)).toMatchObject({ reminders: 2, remindedDay: '2023-06-09' });
    await expect(world.app.run(world.actors.commissioner, 'projects.remind', { month: '2023-05', projectIds: ids })).rejects.toThrow(/not_found|not_allowed/);
  });

  it('changes who is late when the calendar changes, and the lights with it', async () => {
    world.app.clock.stand('2023-06-03');
    const id = await building();
    await world.app.run(world.actors.admin, 'projects.change_report_calendar', { calendar: { dueDay: 1, lockDay: 2, stages: ['building'] }, reason: '试点提前报送' }, { ifVersion: 0 });
    await expect(report(id, '2023-05', 1, {}, world.actors.town)).rejects.toThrow('reports.period_locked');
    const lit = await world.app.database.rows(sql`select 1 from projects_lights where project_id = ${id} and object = 'report' and cleared is null`);
    expect(lit).toHaveLength(1);
    await expect(world.app.run(world.actors.admin, 'projects.change_report_calendar', { calendar: { dueDay: 8, lockDay: 5, stages: ['building'] }, reason: '写反了' }, { ifVersion: 1 })).rejects.toThrow('reports.calendar_faulty');
  });
});

async function page(input: object) {
  return asPeriod(await world.app.ask(world.actors.office, 'projects.period', input));
}
