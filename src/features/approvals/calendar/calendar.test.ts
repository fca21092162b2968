import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { dayOfNumber, numberOf } from '../../../kernel/epoch.ts';
import { calendarWith } from '../../../kernel/workdays.ts';
import { json, sql } from '../../../platform/db.ts';
import { answerFacts } from '../../../test/world/approvals.ts';
import { contentOf } from '../../../test/registry/inputs.ts';
import { diceOf, historyOf } from '../../../test/world/histories.ts';
import { refusal } from '../../../test/world/lifecycle.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { keepAll } from '../../projects/keep.ts';
import { keepOpenCases } from '../cases/daily.ts';
import { keptOf } from '../cases/kept.ts';
import { keepCases } from '../cases/store.ts';
import { ledgerOf } from '../clocks/ledger.ts';
import { forecastAll } from '../planning/forecast.ts';
import { recountAll } from './recounting.ts';
import { leftToCount, readCalendar } from './store.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
/** Invented. */
const NOTICE = { year: 2027, off: '01-01/01-05 02-05/02-11 04-03/04-05 05-01/05-05 06-09 09-15 10-01/10-07', work: '01-30 02-13 04-25 05-08 09-26 10-09' };
const DOCUMENT = '国办发明电〔2026〕99号';
const TODAY = '2026-12-24';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ day: TODAY });
  const duties = ['development', 'planning', 'housing', 'water'].map((duty) => ({ duty, organisationId: world.orgs.department }));
  await world.app.run(world.app.system, 'people.edit_department_map', { items: duties });
});
afterAll(() => world.close());
beforeEach(() => world.app.clock.stand(TODAY));

const db = (): World['app']['database'] => world.app.database;
const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});
const ask = async (name: string, input: unknown = {}): Promise<Record<string, unknown>> => record(await world.app.ask(world.actors.office, name, input));
const row = async (id: string): Promise<Record<string, unknown>> => record(await db().row(sql`select * from approvals_cases where id = ${id}`));
const edition = async (): Promise<number> => (await readCalendar(db())).edition;

async function change(name: string, input: unknown): Promise<void> {
  await world.app.run(world.actors.office, name, input, { ifVersion: await edition() });
}
const enter = (part: Partial<typeof NOTICE> = {}): Promise<void> => change('approvals.enter_notice', { ...NOTICE, ...part, document: `${DOCUMENT}-${newId().slice(-5)}` });
const takeBack = (year = 2027): Promise<void> => change('approvals.withdraw_notice', { year, reason: '误录' });
const recount = (): Promise<number> => recountAll(db(), world.app.now());

async function open(item = 'L06'): Promise<string> {
  const id = newId();
  await world.app.run(world.actors.enterprise, 'approvals.open_case', { id, projectId: await world.project({ builderId: world.orgs.enterprise }), item });
  await happens(id, 'accepted', { document: '受理〔2026〕1号' });
  return id;
}

async function happens(id: string, kind: string, parts: Readonly<Record<string, unknown>> = {}, actor = world.actors.department): Promise<void> {
  await world.app.run(actor, 'approvals.record_case_event', { id, kind, ...parts }, { ifVersion: Number((await row(id))['version']) });
}

describe('a year that is announced', () => {
  it('makes deadlines certain: cases are counted anew, and provisional again when it is taken back', async () => {
    const id = await open();
    const before = await row(id);
    expect(before).toMatchObject({ provisional: true, calendar: 0, statutory_due: calendarWith().add(TODAY, 20).day });
    await enter();
    expect(await ask('approvals.calendar_run')).toMatchObject({ running: true, cases: 1 });
    // How many cases the zone has is not everybody's to know.
    expect(record(await world.app.ask(world.actors.enterprise, 'approvals.calendar_run', {}))).toMatchObject({ running: true, cases: null, plans: null });
    expect(await recount()).toBeGreaterThan(0);
    expect(await ask('approvals.calendar_run')).toMatchObject({ running: false, cases: 0, plans: 0 });
    const law = calendarWith({ notices: [NOTICE] });
    expect(await row(id)).toMatchObject({ provisional: false, calendar: 1, statutory_due: law.add(TODAY, 20).day });
    expect(law.add(TODAY, 20).day).not.toBe(before['statutory_due']);
    expect(record(record(await ask('approvals.case', { id }))['ledger'])['statutory']).toMatchObject({ deadline: { day: law.add(TODAY, 20).day, provisional: false } });
    await takeBack();
    await recount();
    const after = await row(id);
    expect({ ...after, calendar: 0 }).toEqual(before);
    expect(await recount()).toBe(0);
  });

  it('replaces the calendar of plans and forecasts', async () => {
    const project = await world.project();
    await answerFacts(db(), project);
    await world.app.run(world.app.system, 'approvals.choose_plan', { id: project, startDay: '2026-12-25' });
    const kept = async (): Promise<Record<string, unknown>> => record(await db().row(sql`select permit_day, begin_day, provisional, calendar from approvals_plans where project_id = ${project}`));
    const before = await kept();
    expect(before['provisional']).toBe(true);
    await enter();
    expect(Number((await ask('approvals.calendar_run'))['plans'])).toBeGreaterThan(0);
    await recount();
    const after = await kept();
    expect(after['calendar']).toBe(await edition());
    expect(String(after['permit_day']) > String(before['permit_day'])).toBe(true);
    await takeBack();
    await recount();
    expect({ ...(await kept()), calendar: before['calendar'] }).toEqual(before);
    // The job of the day finds the same without the one of the calendar.
    await enter();
    await forecastAll(db(), world.app.now());
    expect((await leftToCount(db(), await edition())).plans).toBe(0);
    expect({ ...(await kept()), calendar: 0 }).toEqual({ ...after, calendar: 0 });
    await takeBack();
    await recount();
  });

  it('is told in advance: which days, which deadlines, which plans, and what is wrong', async () => {
    const id = await open();
    const due = String((await row(id))['statutory_due']);
    const effect = await ask('approvals.calendar_effect', { draft: JSON.stringify({ kind: 'notice', ...NOTICE }) });
    expect(effect).toMatchObject({ faults: [], cases: { all: true } });
    const [lines] = [record(effect['cases'])['lines']];
    const line = (Array.isArray(lines) ? lines : []).map(record).find((one) => one['id'] === id);
    await enter();
    await recount();
    expect(line).toMatchObject({ which: 'statutory', before: due, after: String((await row(id))['statutory_due']) });
    const back = await ask('approvals.calendar_effect', { draft: JSON.stringify({ kind: 'no_notice', year: 2027 }) });
    expect(record(back['cases'])['moved']).toBe(record(effect['cases'])['moved']);
    await takeBack();
    await recount();
    const wrong = await ask('approvals.calendar_effect', { draft: JSON.stringify({ kind: 'notice', ...NOTICE, work: '03-01' }) });
    expect(wrong['faults']).toEqual([{ code: 'makeup_weekday', params: { day: '2027-03-01' } }]);
    expect(await refusal(world.app.run(world.actors.office, 'approvals.enter_notice', { ...NOTICE, work: '03-01', document: DOCUMENT }, { ifVersion: await edition() }))).toBe('calendar.faults');
  });

  it('is told in advance which plans become certain, and for want of which year others do not', async () => {
    const [soon, far] = [await world.project(), await world.project()];
    for (const id of [soon, far]) await answerFacts(db(), id);
    await world.app.run(world.app.system, 'approvals.choose_plan', { id: soon, startDay: '2026-12-25' });
    await world.app.run(world.app.system, 'approvals.choose_plan', { id: far, startDay: '2028-06-01' });
    const plans = record((await ask('approvals.calendar_effect', { draft: JSON.stringify({ kind: 'notice', ...NOTICE }) }))['plans']);
    const certain = (Array.isArray(plans['certain']) ? plans['certain'] : []).map(record).map((one) => one['id']);
    expect([certain.includes(soon), certain.includes(far), certain.length]).toEqual([true, false, plans['settled']]);
    expect(plans['missing']).toEqual(expect.arrayContaining([2028]));
    expect(plans['missing']).not.toContain(2027);
    expect(plans['still']).toBeGreaterThan(0);
  });

  it('measures anew how long a case stands still, for the warnings of its project', async () => {
    const id = await open();
    await happens(id, 'suspended', { reason: '等另案结论', document: '中止〔2026〕1号' });
    world.app.clock.stand('2027-01-12');
    const lights = () => db().rows<{ rule: string; level: number }>(sql`select rule, level from projects_lights where subject = ${id} and cleared is null`);
    await keepAll(db(), world.app.now());
    // Thirteen working days from Monday to Friday; ten by the notice, which is not more than ten.
    expect(await lights()).toEqual([{ rule: 'approval-standstill', level: 1 }]);
    await enter();
    await recount();
    expect(await lights()).toEqual([]);
    await takeBack();
    await recount();
    expect(await lights()).toHaveLength(1);
  });

  it('leaves a closed case its deadline, and says by which edition it stands', async () => {
    const id = await open();
    await happens(id, 'withdrawn', {}, world.actors.enterprise);
    const closed = await row(id);
    const ledger = record(record(await ask('approvals.case', { id }))['ledger'])['statutory'];
    await enter();
    await recount();
    expect(await row(id)).toEqual(closed);
    const shown = await ask('approvals.case', { id });
    expect(record(shown['ledger'])['statutory']).toEqual(ledger);
    expect(shown['calendar']).toEqual({ edition: closed['calendar'], newest: await edition() });
    await takeBack();
    await recount();
  });
});

describe('local days', () => {
  const snow = { name: '暴雪停办', from: '2026-12-28', to: '2026-12-29', work: false, document: '示办〔2026〕50号' };

  it('move plans alone, or every clock where a rule says so', async () => {
    const id = await open();
    const before = await row(id);
    const [plans, all] = [newId(), newId()];
    await change('approvals.enter_local_days', { id: plans, ...snow, counts: 'plans' });
    await recount();
    expect(await row(id)).toMatchObject({ statutory_due: before['statutory_due'], calendar: await edition() });
    expect(await ask('approvals.workdays', { day: '2026-12-25', days: 1 })).toMatchObject({ law: { day: '2026-12-28' }, plans: { day: '2026-12-30' } });
    await change('approvals.withdraw_local_days', { id: plans, reason: '雪停了' });
    expect(await refusal(world.app.run(world.actors.office, 'approvals.enter_local_days', { id: all, ...snow, counts: 'all' }, { ifVersion: await edition() }))).toBe('calendar.basis_needed');
    await change('approvals.enter_local_days', { id: all, ...snow, counts: 'all', basis: '突发事件应对法第四十九条' });
    await recount();
    expect((await row(id))['statutory_due']).toBe(calendarWith().add(String(before['statutory_due']), 2).day);
    expect(await ask('approvals.calendar', { year: 2026 })).toMatchObject({ local: [{ id: all, counts: 'all', document: snow.document }] });
    await change('approvals.withdraw_local_days', { id: all, reason: '雪停了' });
    await recount();
    expect({ ...(await row(id)), calendar: 0 }).toEqual({ ...before, calendar: 0 });
  });

  it('are given out: the year as iCalendar, the calendar as a file that the command line reads', async () => {
    const id = newId();
    await change('approvals.enter_local_days', { id, ...snow, counts: 'plans' });
    const ics = await contentOf(world.app.download(world.actors.enterprise, 'approvals.calendar_file', { year: 2026 }));
    expect(ics).toContain('DTSTART;VALUE=DATE:20261228\r\nDTEND;VALUE=DATE:20261230\r\nSUMMARY:放假：暴雪停办');
    const file = async (which: string): Promise<unknown> => JSON.parse(await contentOf(world.app.download(world.actors.enterprise, 'approvals.calendar_file', { format: 'json', which })));
    expect(await file('law')).toMatchObject({ days: [] });
    expect(await file('plans')).toMatchObject({ days: [{ day: '2026-12-28', work: false }, { day: '2026-12-29', work: false }] });
    await change('approvals.withdraw_local_days', { id, reason: '雪停了' });
    await recount();
  });
});

describe('a change of the calendar through the store', () => {
  it(`loses nothing of any history: what is kept is what the events say by the new calendar, and taking it back gives what was (seed ${SEED})`, async () => {
    const dice = diceOf(SEED);
    const project = await world.project({ builderId: world.orgs.enterprise });
    const lives = Array.from({ length: 400 }, () => historyOf(dice, calendarWith())).filter((one) => keptOf(one.events, TODAY, one.rules, calendarWith()).closed_day === null && one.events.every((event) => event.day <= TODAY));
    expect(lives.length).toBeGreaterThan(60);
    const ids: string[] = [];
    for (const [round, { events, rules }] of lives.entries()) {
      const id = newId();
      ids.push(id);
      await db().run(sql`
        insert into approvals_cases (id, project_id, item, round, org_id, via, limits, source, status, kept_day, created_at, updated_at)
        values (${id}, ${project}, ${'P12'}, ${round + 1}, ${world.orgs.department}, 'self', ${json(rules)}::jsonb, 'own', 'received', ${TODAY}, now(), now())`);
      for (const event of events) {
        await db().run(sql`
          insert into approvals_case_events (case_id, seq, id, kind, day, by_side, actor_id, actor_name, reason, document, procedure, days, outcome, at)
          values (${id}, ${event.seq}, ${newId()}, ${event.kind}, ${event.day}, ${event.by}, ${world.actors.office.userId}, '-', ${event.reason ?? null}, ${event.document ?? null}, ${event.procedure ?? null}, ${event.days ?? null}, ${event.outcome ?? null}, now())`);
      }
    }
    const calendar = await readCalendar(db());
    await db().transaction((tx) => keepCases(tx, lives.map(({ events, rules }, i) => ({ id: ids[i] ?? '', kept: keptOf(events, TODAY, rules, calendar.law) })), TODAY, calendar));
    const kept = async (): Promise<Record<string, unknown>[]> => (await db().rows<Record<string, unknown>>(sql`select * from approvals_cases where id = any(${ids}::uuid[]) order by round`)).map(({ calendar: _calendar, version: _version, limits: _limits, ...rest }) => rest);
    const told = async (): Promise<unknown> => db().rows(sql`select * from approvals_case_events where case_id = any(${ids}::uuid[]) order by case_id, seq`);
    const [before, tale] = [await kept(), await told()];

    // A year that is known is corrected too: the past moves, and nothing that happened becomes unlawful by it.
    await enter();
    await change('approvals.enter_notice', { year: 2026, off: '01-01/01-03 02-15/02-24 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07', work: '01-04 02-14 02-28 05-09 09-20 10-10', document: DOCUMENT });
    await recount();
    const { law } = await readCalendar(db());
    const after = await kept();
    let moved = 0;
    for (const [i, { events, rules }] of lives.entries()) {
      const { numbers, kept: clocks, ...rest } = keptOf(events, TODAY, rules, law);
      expect(after[i], `life ${String(i)} of seed ${String(SEED)}`).toMatchObject({ ...rest, ...numbers });
      expect(after[i]?.['kept']).toEqual(clocks);
      const ledger = ledgerOf(events, TODAY, rules, law);
      expect(Object.values(ledger.parts).reduce((sum, one) => sum + one.calendar, 0)).toBe(ledger.elapsed.calendar);
      if (JSON.stringify(after[i]) !== JSON.stringify(before[i])) moved += 1;
    }
    expect(moved).toBeGreaterThan(5);
    expect(await told()).toEqual(tale);
    await takeBack(2026);
    await takeBack();
    // The turn of the day finds what the job has not counted yet.
    await keepOpenCases(db(), world.app.now());
    expect((await leftToCount(db(), await edition())).cases).toBe(0);
    expect(await kept()).toEqual(before);
    expect(await told()).toEqual(tale);
    await recount();
  }, 120_000);
});

describe('at once', () => {
  it('two changes of one edition: one is made, the other is told that it is stale', async () => {
    const at = await edition();
    const results = await Promise.allSettled([1, 2, 3].map((n) => world.app.run(world.actors.office, 'approvals.enter_notice', { ...NOTICE, document: `${DOCUMENT}-${String(n)}` }, { ifVersion: at })));
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await edition()).toBe(at + 1);
    await takeBack();
    await recount();
  });

  it('cases that are opened while the calendar changes are all counted by the newest one in the end', async () => {
    const opening = Array.from({ length: 6 }, () => open());
    const changing = (async () => {
      for (let n = 0; n < 3; n += 1) {
        await enter();
        await takeBack();
      }
      await enter();
    })();
    const [ids] = await Promise.all([Promise.all(opening), changing, recount(), recount()]);
    await recount();
    const { law, edition: newest } = await readCalendar(db());
    for (const id of ids) expect(await row(id)).toMatchObject({ calendar: newest, provisional: false, statutory_due: law.add(TODAY, 20).day });
    await takeBack();
    await recount();
  });

  it('a transaction counts by one calendar from its beginning to its end, and the next one by the new', async () => {
    await db().transaction(async (tx) => {
      const first = await readCalendar(tx);
      await enter();
      expect(await readCalendar(tx)).toBe(first);
      expect((await readCalendar(db())).edition).toBe(first.edition + 1);
    });
    expect((await db().transaction((tx) => readCalendar(tx))).law.add('2026-12-31', 1)).toEqual({ day: '2027-01-06', provisional: false });
    await takeBack();
    await recount();
  });
});

describe('the page', () => {
  it('tells of every day of a year whether it is worked, as the calendar does', async () => {
    await enter();
    const year = await ask('approvals.calendar', { year: 2027 });
    const days = new Map((Array.isArray(year['days']) ? year['days'] : []).map(record).map((one) => [String(one['day']), one]));
    const { law } = await readCalendar(db());
    for (let day = numberOf(2027, 1, 1); day <= numberOf(2027, 12, 31); day += 1) {
      const named = days.get(dayOfNumber(day));
      expect(named === undefined ? calendarWith().numbers.isWorkday(day) : named['work']).toBe(law.numbers.isWorkday(day));
    }
    expect(year).toMatchObject({ provisional: false, known: { first: 2007, last: 2027 }, notice: { entered: { by: '测试office', day: TODAY }, shipped: false }, can: { keep: true } });
    expect(record(await world.app.ask(world.actors.enterprise, 'approvals.calendar', { year: 2027 }))['can']).toEqual({ keep: false });
    expect(await refusal(world.app.ask(world.actors.leader, 'approvals.calendar_effect', { draft: '{}' }))).toBe('platform.not_allowed');
    const { items, next } = await ask('approvals.calendar_editions', { limit: 2 });
    expect(items).toMatchObject([{ number: await edition(), kind: 'notice_entered', subject: '2027' }, { kind: 'notice_withdrawn', reason: '误录' }]);
    expect(record(await ask('approvals.calendar_editions', { limit: 2, after: next }))['items']).toHaveLength(2);
    await takeBack();
  });
});
