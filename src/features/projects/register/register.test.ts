import { existsSync, readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import path from 'node:path';
import { root } from '../../../platform/root.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutputOf } from '../../../kernel/contract.ts';
import { newId } from '../../../kernel/ids.ts';
import { Refusal } from '../../../kernel/refuse.ts';
import { trimmed } from '../../../kernel/text.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import { readWorkbook } from '../../../platform/sheets/read.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import type { getProject, listProjects, projectAsOf, projectHistory, searchProjects, sumProjects } from './contract.ts';

let world: World;
beforeAll(async () => { world = await makeWorld(); });
afterAll(async () => { await world.close(); });

// The edge of the test: answers have the shape of their contract (src/test/registry checks that of every query).
const ask = async <Output>(name: string, input: object, actor: Actor = world.actors.office): Promise<Output> => (await world.app.ask(actor, name, input)) as Output;
type List = OutputOf<typeof listProjects>;
type Row = OutputOf<typeof getProject>;
const list = (input: object = {}, actor?: Actor): Promise<List> => ask<List>('projects.list', input, actor);
const record = (id: string, actor?: Actor): Promise<Row> => ask<Row>('projects.record', { id }, actor);
const sums = (input: object = {}, actor?: Actor) => ask<OutputOf<typeof sumProjects>>('projects.sums', input, actor);
const find = async (q: string, actor?: Actor): Promise<string[]> => (await ask<OutputOf<typeof searchProjects>>('projects.search', { q, limit: 50 }, actor)).items.map((item) => item.id);
const run = (name: string, input: object, ifVersion?: number, actor: Actor = world.actors.office) => world.app.run(actor, name, input, ifVersion === undefined ? {} : { ifVersion });
const refusal = async (promise: Promise<unknown>): Promise<Refusal> => promise.then(() => { throw new Error('was not refused'); }, (error: unknown) => {
  if (error instanceof Refusal) return error;
  throw error;
});

async function all(input: object, actor?: Actor): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page: List = await list({ limit: 7, ...input, ...(after === undefined ? {} : { after }) }, actor);
    ids.push(...page.items.map((item) => item.id));
    after = page.next;
  }
  return ids;
}

describe('the list', () => {
  const made: string[] = [];
  beforeAll(async () => {
    for (let i = 0; i < 23; i += 1) {
      made.push(await world.project({
        name: `分页${String(i).padStart(2, '0')}`, totalFen: (i % 5) * 10_000_000_000, planFen: i % 3 === 0 ? undefined : 1_000_000_000, category: i % 2 === 0 ? '工业' : '民生',
        townId: i < 15 ? world.orgs.town : world.orgs.otherTown, level: i % 4 === 0 ? 'provincial' : 'municipal',
      }));
    }
  });

  it.each(['seq', 'total', 'plan', 'done', 'rate', 'light', 'updated', 'name'])('sorted by %s is complete and without doubles, up and down', async (sort) => {
    for (const down of [true, false]) {
      const ids = await all({ q: '分页', sort, down });
      expect(ids.length).toBe(23);
      expect(new Set(ids)).toEqual(new Set(made));
    }
  });

  it('by completion rate puts projects without a plan last both ways', async () => {
    for (const down of [true, false]) {
      const { items } = await list({ q: '分页', sort: 'rate', down, limit: 50 });
      const firstWithout = items.findIndex((item) => item.rateBp === null);
      expect(items.slice(firstWithout).every((item) => item.rateBp === null)).toBe(true);
    }
  });

  it('filters, and its sums are those of what it shows', async () => {
    for (const filter of [{}, { category: ['工业'] }, { category: ['工业'], level: ['provincial'] }, { townId: [world.orgs.otherTown] }, { q: '分页1' }, { stage: ['planned'] }, { stage: ['building'] }]) {
      const { items } = await list({ ...filter, limit: 200 });
      const sum = await sums(filter);
      expect(sum.projects).toBe(items.length);
      expect(sum.totalFen).toBe(items.reduce((total, item) => total + (item.totalFen ?? 0), 0));
      expect(sum.planFen).toBe(items.reduce((total, item) => total + item.planFen, 0));
    }
  });

  it('shows the rate in points against time progress', async () => {
    const { items, timeProgressBp } = await list({ q: '分页01' });
    expect(timeProgressBp).toBe(5000);
    expect(items[0]).toMatchObject({ planFen: 1_000_000_000, doneFen: 0, rateBp: 0, pointsBp: -5000 });
  });

  it('stays complete and without doubles while others are created', async () => {
    const first = await list({ q: '分页', sort: 'updated', limit: 10 });
    await world.project({ name: '分页后来' });
    const rest = await all({ q: '分页', sort: 'updated', ...(first.next === null ? {} : { after: first.next }) });
    const second = await list({ q: '分页', sort: 'updated', limit: 200, after: first.next ?? '' });
    expect(rest.length).toBeGreaterThan(0);
    const ids = [...first.items.map((item) => item.id), ...second.items.map((item) => item.id)];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of made) expect(ids).toContain(id);
  });

  it('gives each of many creators his own number', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => world.project({ name: '同时' })));
    const rows = await world.app.database.rows<{ seq: number }>(sql`select seq from projects_projects where id = any(${ids}::uuid[])`);
    expect(new Set(rows.map((row) => row.seq)).size).toBe(12);
  });

  it('refuses a cursor that is not its own', async () => {
    expect((await refusal(list({ after: 'bm9uc2Vuc2U' }))).code).toBe('platform.invalid');
    const { next } = await list({ limit: 1, sort: 'total' });
    expect((await refusal(list({ limit: 1, sort: 'seq', after: next ?? '' }))).code).toBe('platform.invalid');
  });

  it('counts what can be filtered by', async () => {
    const facets = await ask<{ categories: { value: string; projects: number }[]; towns: { name: string; projects: number }[] }>('projects.facets', {});
    expect(facets.categories).toContainEqual({ value: '工业', name: null, projects: 12 });
    expect(facets.towns.map((town) => town.name)).toContain('克井镇');
    const own = await ask<{ towns: { name: string }[] }>('projects.facets', {}, world.actors.town);
    expect(own.towns.map((town) => town.name)).toEqual(['五龙口镇']);
  });
});

describe('scope', () => {
  let mine: string;
  let theirs: string;
  beforeAll(async () => {
    mine = await world.project({ name: '范围内项目', chain: 'nano', builderId: world.orgs.enterprise, responsibleOrgId: world.orgs.department });
    theirs = await world.project({ name: '范围外项目', townId: world.orgs.otherTown });
    await run('projects.assign_commissioner', { id: mine, assignmentId: newId(), userId: world.actors.commissioner.userId }, 1);
  });

  it.each(['commissioner', 'department', 'town', 'chain_chief', 'enterprise'] as const)('%s sees his own projects and finds no other', async (role) => {
    const actor = world.actors[role];
    expect(await all({ q: '范围' }, actor)).toEqual([mine]);
    expect(await find('范围', actor)).toEqual([mine]);
    expect((await sums({ q: '范围' }, actor)).projects).toBe(1);
    expect((await record(mine, actor)).id).toBe(mine);
    expect((await refusal(record(theirs, actor))).code).toBe('platform.not_found');
  });

  it.each(['admin', 'office', 'leader', 'auditor'] as const)('%s sees the whole zone', async (role) => {
    expect(new Set(await all({ q: '范围' }, world.actors[role]))).toEqual(new Set([mine, theirs]));
  });

  it('of several keys shows a project once', async () => {
    const several: Actor = { ...world.actors.town, scope: { keys: [world.orgs.town, world.actors.commissioner.userId, world.orgs.otherTown], all: false } };
    const ids = await all({ q: '范围' }, several);
    expect(new Set(ids)).toEqual(new Set([mine, theirs]));
    expect(ids.length).toBe(2);
    expect((await sums({ q: '范围' }, several)).projects).toBe(2);
  });

  it('an id of another scope is not found by any change', async () => {
    expect((await refusal(run('projects.follow', { id: theirs }, undefined, world.actors.town))).code).toBe('platform.not_found');
    const canEdit: Actor = { ...world.actors.town, permissions: new Set(['projects.edit', 'projects.read']) };
    expect((await refusal(run('projects.edit', { id: theirs, name: '改名' }, 1, canEdit))).code).toBe('platform.not_found');
    const { version } = await record(mine);
    expect((await refusal(run('projects.edit', { id: mine, townId: world.orgs.otherTown, builderId: null, responsibleOrgId: null, chain: null }, version, canEdit))).code).toBe('projects.outside_scope');
  });
});

describe('search', () => {
  let nano: string;
  beforeAll(async () => {
    nano = await world.project({ name: '济源纳米材料产业园三期', code: '2305-419001-04-01-123456' });
    await world.project({ name: '玉川济源大道改造' });
  });
  it.each(['济源纳米', '纳米', 'jynm', 'JYNMCL', 'nmcl', '2305-419001-04-01-123456', '2305-4190', '123456', '济源 纳米'])('finds a project by %s', async (q) => {
    expect((await find(q))[0]).toBe(nano);
  });
  it('puts names that begin with the text first', async () => {
    const late = await world.project({ name: '大道改造续建' });
    expect((await find('大道'))[0]).toBe(late);
  });
  it('finds nothing for a text that no name holds', async () => {
    expect(await find('乌有之乡')).toEqual([]);
  });
});

describe('changes', () => {
  it('a conflict says what the others changed, who and when', async () => {
    const id = await world.project({ name: '冲突' });
    await run('projects.edit', { id, name: '冲突一', totalFen: 500_000_000 }, 1);
    await run('projects.edit', { id, name: '冲突二' }, 2, world.app.system);
    const refused = await refusal(run('projects.edit', { id, name: '冲突三' }, 1));
    expect(refused.code).toBe('platform.stale_version');
    expect(refused.details).toMatchObject({ sent: 1, current: 3, record: { version: 3, name: '冲突二', totalFen: 500_000_000 } });
    expect(refused.details['changes']).toEqual(expect.arrayContaining([
      expect.objectContaining({ field: 'name', value: '冲突二', actorName: world.app.system.name }),
      expect.objectContaining({ field: 'totalFen', value: 500_000_000, actorName: world.actors.office.name }),
    ]));
    expect((await record(id)).name).toBe('冲突二');
  });

  it('history tells before and after of the fields that changed', async () => {
    const id = await world.project({ name: '沿革' });
    await run('projects.edit', { id, remarks: '备注', reason: '补录' }, 1);
    const { items } = await ask<OutputOf<typeof projectHistory>>('projects.history', { id });
    expect(items[0]).toMatchObject({ kind: 'projects.edited', before: { remarks: null }, after: { remarks: '备注' }, reason: '补录', actorName: world.actors.office.name, version: 2 });
    expect(items.at(-1)?.kind).toBe('projects.created');
  });

  it('refuses a code that is taken, a body that is no town, and an empty edit', async () => {
    const id = await world.project({ name: '甲', code: '2306-419001-04-01-000001' });
    const other = await world.project({ name: '乙' });
    expect((await refusal(run('projects.edit', { id: other, code: '2306-419001-04-01-000001' }, 1))).code).toBe('projects.code_taken');
    expect((await refusal(run('projects.edit', { id: other, townId: world.orgs.department }, 1))).code).toBe('projects.unknown_organisation');
    expect((await refusal(run('projects.edit', { id, name: '甲' }, 1))).code).toBe('projects.nothing_changed');
    expect((await refusal(run('projects.edit', { id, colour: 'red' }, 1))).code).toBe('platform.invalid');
    expect((await refusal(run('projects.edit', { id, totalFen: -1 }, 1))).code).toBe('platform.invalid');
  });

  it('the plan of a year moves the sums of the zone', async () => {
    const id = await world.project({ name: '计划', totalFen: 10_000_000_000 });
    const before = await sums();
    await run('projects.edit_year', { id, year: 2023, planFen: 700_000_000, target: '主体完工' }, 1);
    expect((await sums()).planFen - before.planFen).toBe(700_000_000);
    expect((await record(id)).years).toEqual([{ year: 2023, planFen: 700_000_000, target: '主体完工', doneFen: null, statFen: null }]);
    expect((await refusal(run('projects.edit_year', { id, year: 2023, planFen: 700_000_000 }, 2))).code).toBe('projects.nothing_changed');
  });

  it('external codes are set as a whole', async () => {
    const id = await world.project({});
    await run('projects.set_codes', { id, externalCodes: [{ system: '四库', code: 'B2' }, { system: '四库', code: 'B1' }, { system: '四库', code: 'B1' }] }, 1);
    expect((await record(id)).externalCodes).toEqual([{ system: '四库', code: 'B1' }, { system: '四库', code: 'B2' }]);
  });
});

describe('the commissioner', () => {
  it('is handed over, so that exactly one is active and the former stays in the list', async () => {
    const id = await world.project({});
    const [one, two] = [world.actors.commissioner.userId, world.actors.office.userId];
    await run('projects.assign_commissioner', { id, assignmentId: newId(), userId: one }, 1);
    await run('projects.assign_commissioner', { id, assignmentId: newId(), userId: two, note: '轮岗' }, 2);
    const { assignments, commissionerId } = await record(id);
    expect(commissionerId).toBe(two);
    expect(assignments.map((each) => [each.userId, each.duty, each.toDay, each.note])).toEqual([[two, 'commissioner', null, '轮岗'], [one, 'commissioner', '2023-06-30', null]]);
    expect(await all({ ids: [id] }, world.actors.commissioner)).toEqual([]);
  });
  it('cannot simply be taken away, and never are there two', async () => {
    const id = await world.project({});
    const assignmentId = newId();
    await run('projects.assign_commissioner', { id, assignmentId, userId: world.actors.commissioner.userId }, 1);
    expect((await refusal(run('projects.end_assignment', { id, assignmentId }, 2))).code).toBe('projects.commissioner_needed');
    const both = await Promise.allSettled([1, 2].map(() => run('projects.assign_commissioner', { id, assignmentId: newId(), userId: world.actors.office.userId }, 2)));
    expect(both.filter((each) => each.status === 'fulfilled').length).toBe(1);
  });
  it('works with a team that comes and goes', async () => {
    const id = await world.project({});
    const assignmentId = newId();
    await run('projects.assign_member', { id, assignmentId, userId: world.actors.commissioner.userId, duty: 'member' }, 1);
    expect(await all({ ids: [id] }, world.actors.commissioner)).toEqual([id]);
    expect((await refusal(run('projects.assign_member', { id, assignmentId: newId(), userId: world.actors.commissioner.userId, duty: 'member' }, 2))).code).toBe('projects.already_assigned');
    await run('projects.end_assignment', { id, assignmentId }, 2);
    expect(await all({ ids: [id] }, world.actors.commissioner)).toEqual([]);
  });
});

describe('packages', () => {
  it('are shown with their project, summed against it, and never counted twice', async () => {
    const id = await world.project({ name: '打包工程', totalFen: 10_000_000_000 });
    const before = await sums();
    const packageId = newId();
    await run('projects.add_package', { id, packageId, name: '打包工程一标段', totalFen: 4_000_000_000 }, 1);
    const after = await sums();
    expect([after.projects, after.totalFen]).toEqual([before.projects, before.totalFen]);
    expect((await record(id)).packages).toMatchObject([{ id: packageId, totalFen: 4_000_000_000 }]);
    expect(await all({ q: '打包工程' })).toEqual([id]);
    expect(await all({ q: '打包工程', packages: true })).toEqual([id, packageId]);
    expect((await record(packageId)).parent).toEqual({ id, name: '打包工程' });
    expect((await refusal(run('projects.add_package', { id: packageId, packageId: newId(), name: '再分' }, 1))).code).toBe('projects.parent_is_package');
    await run('projects.set_parent', { id: packageId, parentId: null }, 1);
    expect((await sums()).projects).toBe(before.projects + 1);
  });
});

describe('the record as of a day', () => {
  it('is rebuilt from events after several edits, hand-overs and plans', async () => {
    world.app.clock.stand('2023-01-10');
    const id = await world.project({ name: '原名', totalFen: 100_000_000 });
    world.app.clock.stand('2023-03-01');
    await run('projects.edit', { id, name: '二名', totalFen: 200_000_000 }, 1);
    await run('projects.edit_year', { id, year: 2023, planFen: 50_000_000 }, 2);
    world.app.clock.stand('2023-05-01');
    await run('projects.edit', { id, name: '三名', remarks: '改' }, 3);
    await run('projects.assign_commissioner', { id, assignmentId: newId(), userId: world.actors.commissioner.userId }, 4);
    world.app.clock.stand('2023-06-30');
    const asOf = (day: string) => ask<OutputOf<typeof projectAsOf>>('projects.as_of', { id, day });
    expect((await asOf('2023-01-09')).existed).toBe(false);
    expect((await asOf('2023-01-10')).fields).toMatchObject({ name: '原名', totalFen: 100_000_000, years: [], commissionerId: null });
    const march = await asOf('2023-03-01');
    expect(march.fields).toMatchObject({ name: '二名', totalFen: 200_000_000, remarks: null, years: [{ year: 2023, planFen: 50_000_000, target: null }], commissionerId: null });
    expect(march.changed).toEqual(expect.arrayContaining(['name', 'remarks', 'commissionerId']));
    expect((await asOf('2023-06-30')).fields).toMatchObject({ name: '三名', commissionerId: world.actors.commissioner.userId });
  });
});

describe('views and follows', () => {
  it('belong to their person; a shared one is seen by all', async () => {
    const [own, shared] = [newId(), newId()];
    await run('projects.save_view', { id: own, page: 'projects', name: '工业落后', query: 'category=工业&behind=true' }, undefined, world.actors.town);
    await run('projects.save_view', { id: shared, page: 'projects', name: '二季度应开', query: 'stage=preliminary', shared: true });
    const views = (actor: Actor) => ask<{ items: { id: string; own: boolean }[] }>('projects.views', { page: 'projects' }, actor);
    expect((await views(world.actors.town)).items.map((view) => [view.id, view.own])).toEqual([[own, true], [shared, false]]);
    expect((await views(world.actors.leader)).items.map((view) => view.id)).toEqual([shared]);
    expect((await refusal(run('projects.delete_view', { id: own }))).code).toBe('platform.not_found');
    await run('projects.delete_view', { id: own }, undefined, world.actors.town);
  });
  it('a followed project is in the list of followed ones', async () => {
    const id = await world.project({ name: '关注' });
    await run('projects.follow', { id });
    await run('projects.follow', { id });
    expect(await all({ followed: true })).toEqual([id]);
    expect((await record(id)).followed).toBe(true);
    await run('projects.unfollow', { id });
    expect(await all({ followed: true })).toEqual([]);
  });
});

async function bytesOf(content: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

const OWN_NAUGHTY = ['=1+1', '+86', '-5', '@SUM(A1)', "'=1", '=HYPERLINK("http://x","y")', '=cmd|\' /C calc\'!A0', '𠮷野家二期', '甲\t乙', '甲\n乙', '"引号"', "O'Brien", '<script>alert(1)</script>', '%_\\', '2023-10-01', '1e10', '007', '１２３', '👩‍👩‍👧', 'a,b;c', '{{name}}', 'null', 'undefined', 'NaN'];
const BLNS = path.join(root, '..', 'shared', 'data', 'robustness', 'blns.json');

describe('naughty names', () => {
  const made = new Map<string, string>();
  const naughty = [...OWN_NAUGHTY, ...(existsSync(BLNS) ? strings(readFileSync(BLNS, 'utf8')) : [])];
  if (!existsSync(BLNS)) console.warn('the list of naughty strings is not here: only our own are tried');

  it('survive creation, page and search', async () => {
    for (const name of new Set(naughty)) {
      const wanted = trimmed(name);
      const create = run('projects.create', { id: newId(), name, tags: ['naughty'] });
      if (name === '' || wanted === '' || name.includes('\u0000') || !name.isWellFormed() || [...name].length > 500) {
        expect(['platform.invalid', 'projects.name_empty']).toContain((await refusal(create)).code);
        continue;
      }
      const { output } = await create;
      made.set((output as { id: string }).id, wanted);
    }
    for (const [id, wanted] of made) {
      expect((await record(id)).name).toBe(wanted);
      const found = (await list({ q: wanted, limit: 200 })).items;
      expect(found.map((item) => item.id), JSON.stringify(wanted)).toContain(id);
      expect(found.find((item) => item.id === id)?.name).toBe(wanted);
    }
    expect(made.size).toBeGreaterThan(20);
  }, 240_000);

  it('leave as text in a workbook and in csv, and come back as they were', async () => {
    for (const format of ['xlsx', 'csv']) {
      const file = await world.app.download(world.actors.office, 'projects.export', { format, column: ['seq', 'name'] });
      const names = await namesIn(await bytesOf(file.content), format);
      for (const wanted of made.values()) expect(names, format).toContain(wanted);
    }
  }, 120_000);
});

async function namesIn(bytes: Buffer, format: string): Promise<string[]> {
  const [sheet] = (await readWorkbook({ name: `x.${format}`, bytes })).sheets;
  return Array.from({ length: sheet?.rowCount ?? 0 }, (_, i) => sheet?.at(i).cells.find((cell) => cell.column === 1)?.text ?? '');
}

function strings(text: string): string[] {
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed.filter((one) => typeof one === 'string') : [];
}
