// A zone's service for measuring: a desk, so many enterprises with what is known of them and what they filed, policies that look at each, a programme whose
// actions the problems bear. Enterprises, traits and filings by SQL; policies and programme by their commands, whose matching is one statement over all.
import type { App } from '../app.ts';
import { fillProblems } from './problemfill.ts';
import { gramsOf } from '../kernel/grams.ts';
import { idFrom, newId } from '../kernel/ids.ts';
import { columns } from '../platform/columns.ts';
import { sql } from '../platform/db.ts';
import actions from '../features/service/data/actions.json' with { type: 'json' };

export const DESK_USER = idFrom('bench', 'service', 'desk user');
export const FIRM_USER = idFrom('bench', 'service', 'firm user');
export const firmId = (n: number): string => idFrom('bench', 'firm', String(n));
export const policyId = (n: number): string => idFrom('bench', 'policy', String(n));
const POLICIES = 40;
const BATCH = 20_000;

export async function fillService(app: App, count: number): Promise<void> {
  const { database } = app;
  const root = (await database.row<{ id: string }>(sql`select id from people_organisations where parent_id is null`))?.id ?? '';
  const desk = idFrom('bench', 'service', 'desk');
  await database.run(sql`insert into people_organisations (id, parent_id, path, kind, name) values (${desk}, ${root}, array[${root}::uuid, ${desk}::uuid], 'department', '企业服务中心')`);
  await app.run(app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: desk }, { duty: 'development', organisationId: root }] });
  for (let from = 1; from <= count; from += BATCH) await makeFirms(app, root, from, Math.min(count, from + BATCH - 1));
  await makePerson(app, DESK_USER, desk, 'desk');
  await makePerson(app, FIRM_USER, firmId(1), 'enterprise');
  await app.run(app.system, 'service.create_programme', { id: newId(), year: 2023, nameZh: '八项行动', nameEn: 'Eight actions', dueDays: 10, actions });
  await fillProblems(app, count);
  await makeFilings(app);
  for (let n = 0; n < POLICIES; n += 1) await app.run(app.system, 'service.add_policy', policyOf(n));
  await app.run(app.system, 'problems.set_closing', { reopenDays: 30, callbackDays: 10, publicFigures: true });
  for (const table of ['people_organisations', 'problems_problems', 'problems_access', 'problems_steps', 'service_enterprises', 'service_matches', 'service_filings', 'service_filed']) await database.run(sql`vacuum analyze ${sql.id(table)}`);
}

async function makeFirms({ database }: App, root: string, from: number, to: number): Promise<void> {
  const rows = Array.from({ length: to - from + 1 }, (_, i) => {
    const digits = String(from + i).padStart(6, '0');
    const [name, pinyin] = [`演示企业${digits}有限公司`, `ysqy${digits}yxgs`];
    return { id: firmId(from + i), n: from + i, name, pinyin, grams: gramsOf(name, pinyin, null) };
  });
  await database.run(sql`
    insert into people_organisations (id, parent_id, path, kind, name, pinyin, grams)
    select id, ${root}, array[${root}::uuid, id], 'enterprise', name, pinyin, grams from ${columns({ id: 'uuid', name: 'text', pinyin: 'text', grams: 'bigint[]' }, rows)} as v`);
  await database.run(sql`
    insert into service_enterprises (org_id, traits, updated_at)
    select id, jsonb_build_object('designated', n % 3 = 0, 'revenue', n * 1000000::bigint, 'employees', 10 + n % 2000) || case when n % 2 = 0 then jsonb_build_object('high_tech', n % 4 = 0) else '{}' end, now()
    from ${columns({ id: 'uuid', n: 'int' }, rows)} as v`);
}

async function makePerson({ database }: App, id: string, orgId: string, role: string): Promise<void> {
  await database.run(sql`insert into people_users (id, org_id, login, name, must_change) values (${id}, ${orgId}, ${`s${id.slice(-10)}`}, '坐席', false)`);
  await database.run(sql`insert into people_user_roles (user_id, role_id) select ${id}, id from people_roles where code = ${role}`);
}

/** Each second problem was filed by telephone. */
async function makeFilings({ database }: App): Promise<void> {
  await database.run(sql`
    insert into service_filings (id, number, channel, enterprise_id, by_id, contact_name, contact_phone, phone_digits, filed_at, created_at)
    select p.id, 'F2023-' || lpad(p.seq::text, 7, '0'), 'phone', p.enterprise_id, ${DESK_USER}, '来电人', digits, digits, p.raised_at, p.raised_at
    from problems_problems p cross join lateral (select '139' || lpad((p.seq % 99999989)::text, 8, '0') as digits) as d where p.seq % 2 = 0 order by p.seq`);
  await database.run(sql`insert into service_filed (filing_id, problem_id, nth) select id, id, 1 from service_filings`);
}

/** A third of all, a half with what is not known of every second, a handful. */
function policyOf(n: number): Readonly<Record<string, unknown>> {
  const conditions = n % 3 === 0 ? [{ any: [{ trait: 'designated', op: 'yes' }] }] : n % 3 === 1 ? [{ any: [{ trait: 'high_tech', op: 'yes' }] }, { any: [{ trait: 'employees', op: 'gte', value: 1000 }] }] : [{ any: [{ trait: 'revenue', op: 'lte', value: 20_000_000 }] }];
  return {
    id: policyId(n), name: `奖补政策${String(n + 1).padStart(2, '0')}`, number: `${String(n + 1)}号`, issuer: '管委会', level: 'zone', validFrom: '2023-01-01', validUntil: '2023-12-31', applyFrom: '2023-06-01', applyUntil: '2023-07-31', gives: 'reward',
    amountFen: 100_000_000, benefit: '奖励一百万元', how: '网上申报', departmentId: null, conditions,
  };
}
