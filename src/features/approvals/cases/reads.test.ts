// The lists of cases against what they mean: pace against counting one case after another, queues against sorting all of them.
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { columns } from '../../../platform/columns.ts';
import { sql } from '../../../platform/db.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { pace, queue } from './reads.ts';
import type { Desk } from './scope.ts';

const ALL: Desk = { all: true, orgs: [], window: true };
const ITEMS = ['K08', 'L06', 'P01'];
let world: World;
let projects: string[] = [];

beforeAll(async () => {
  world = await makeWorld({ day: '2023-06-30' });
  projects = [await world.project({}), await world.project({})];
});
afterAll(() => world.close());
beforeEach(() => world.app.database.run(sql`delete from approvals_cases`));

interface Drawn { readonly item: number; readonly place: number; readonly body: number; readonly decided: number | null; readonly used: number; readonly over: number; readonly broken: number; readonly limit: number | null; readonly owed: number | null; readonly outside: boolean }

const drawn: fc.Arbitrary<Drawn> = fc.record({
  item: fc.nat(ITEMS.length - 1), place: fc.nat(1), body: fc.nat(1), decided: fc.option(fc.integer({ min: 1, max: 30 }), { freq: 2 }), used: fc.nat(9), over: fc.nat(3), broken: fc.nat(2), limit: fc.option(fc.integer({ min: 3, max: 9 }), { freq: 2 }),
  owed: fc.option(fc.integer({ min: 1, max: 9 })), outside: fc.boolean(),
});

async function put(cases: readonly Drawn[]): Promise<void> {
  const bodies = [world.orgs.department, world.orgs.root];
  const rows = cases.map((one, n) => ({
    id: newId(), project_id: projects[one.place], item: ITEMS[one.item], round: n + 1, org_id: bodies[one.body], source: one.outside ? 'api' : 'own', verified: one.outside ? '2023-06-30' : null,
    decided: one.decided === null ? null : `2023-06-${String(one.decided).padStart(2, '0')}`, used: one.used, over: one.over, broken: one.broken, promised: one.limit, owed: one.decided !== null || one.owed === null ? null : `2023-07-0${one.owed}`,
    level: one.over > 0 ? 'over' : 'calm',
  }));
  await world.app.database.run(sql`delete from approvals_cases`);
  if (rows.length === 0) return;
  await world.app.database.run(sql`
    insert into approvals_cases (id, project_id, item, round, org_id, via, limits, source, verified_day, status, received_day, accepted_day, decided_day, closed_day, kept_day, unit, used, statutory_over, promised_over, statutory_limit, promised_limit, level, owed_day, created_at, updated_at)
    select id, project_id, item, round, org_id, 'self', '{"versions": []}', source, verified, case when decided is null then 'accepted' else 'delivered' end, '2023-05-01', '2023-05-02', decided, decided, '2023-06-30', 'working', used, over, broken, 20, promised,
      level, owed, now(), now()
    from ${columns({ id: 'uuid', project_id: 'uuid', item: 'text', round: 'int', org_id: 'uuid', source: 'text', verified: 'date', decided: 'date', used: 'int', over: 'int', broken: 'int', promised: 'int', owed: 'date', level: 'text' }, rows)} as v`);
}

/** The least value that so many of a hundred do not exceed. */
function placeOf(values: readonly (number | null)[], percent: number): number | null {
  const sorted = values.filter((one) => one !== null).toSorted((a, b) => a - b);
  return sorted.find((_, i) => (i + 1) * 100 >= percent * sorted.length) ?? null;
}

describe('the pace of departments', () => {
  it('is what one counts case by case', async () => {
    await fc.assert(fc.asyncProperty(fc.array(drawn, { minLength: 30, maxLength: 120, size: 'max' }), async (cases) => {
      await put(cases);
      const found = await pace(world.app.database, world.actors.office, ALL, { from: '2023-06-05', to: '2023-06-25' });
      const expected = [0, 1].flatMap((body) => ITEMS.map((item, at) => {
        const own = cases.filter((one) => one.body === body && one.item === at && !one.outside);
        const decided = own.filter((one) => one.decided !== null && one.decided >= 5 && one.decided <= 25);
        const open = own.filter((one) => one.decided === null);
        const took = decided.map((one) => one.used + one.over);
        return {
          orgId: body === 0 ? world.orgs.department : world.orgs.root, item, decided: decided.length, p50: placeOf(took, 50), p90: placeOf(took, 90), promised: placeOf(decided.map((one) => one.limit), 50),
          statutory: decided.length === 0 ? null : 20, kept: decided.filter((one) => one.broken === 0).length, late: decided.filter((one) => one.over > 0).length, open: open.length, openOver: open.filter((one) => one.over > 0).length,
        };
      })).filter((one) => one.decided + one.open > 0);
      const key = (one: { readonly orgId: string; readonly item: string }): string => one.orgId + one.item;
      expect(found.map(({ orgName: _name, unit: _unit, ...rest }) => rest).toSorted((a, b) => (key(a) < key(b) ? -1 : 1))).toEqual(expected.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)));
    }), { numRuns: 25 });
  });
});

describe('a queue', () => {
  it('gives each open case once, page by page, by the day that is owed, and on request what the start waits for first', async () => {
    for (const id of projects) {
      await world.app.database.run(sql`
        insert into approvals_plans (project_id, version, start_day, ordering, measures, limits, combined, stops, critical, updated_at)
        values (${id}, 1, '2023-06-30', 'parallel', '{}', 'promised', '{}', '{}', ${id === projects[0] ? ['K08'] : ['L06', 'P01']}::text[], now()) on conflict (project_id) do update set critical = excluded.critical`);
    }
    await fc.assert(fc.asyncProperty(fc.array(drawn, { maxLength: 25, size: 'max' }), fc.integer({ min: 1, max: 7 }), fc.constantFrom('left', 'path'), async (cases, limit, sort) => {
      await put(cases);
      const all = await queue(world.app.database, world.actors.office, ALL, {}, 1000);
      const place = (one: (typeof all.rows)[number]): string => `${sort === 'path' && !one.critical ? 1 : 0}~${one.owed_day ?? '9999-12-31'}~${one.id}`;
      const walked: string[] = [];
      for (let after: string | undefined; ;) {
        const { rows, cursorOf } = await queue(world.app.database, world.actors.office, ALL, { sort, after }, limit);
        walked.push(...rows.map(place));
        const last = rows.at(-1);
        if (last === undefined || rows.length < limit) break;
        after = cursorOf(last);
      }
      expect(all.rows).toHaveLength(cases.filter((one) => one.decided === null).length);
      expect(walked).toEqual(all.rows.map(place).toSorted());
    }), { numRuns: 25 });
  });
});

describe('a day that is none', () => {
  it('is told to be none where it stands, whatever asks the database for it', async () => {
    for (const [name, input, path] of [['approvals.my_cases', { decidedFrom: '2023-02-30' }, 'decidedFrom'], ['approvals.case_facets', { decidedTo: '2023-06-31' }, 'decidedTo'], ['approvals.department_pace', { from: '2023-02-30' }, 'from']] as const) {
      await expect(world.app.ask(world.app.system, name, input)).rejects.toMatchObject({ code: 'platform.invalid', details: { errors: [{ path, rule: 'format' }] } });
    }
  });
});
