// Samples of the service (answers, policies, programme, matchings), in the form of samples.ts: one valid call of every command.
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import type { Ground, MakeSample } from './samples.ts';

export const KNOWLEDGE: Readonly<Record<string, MakeSample>> = {
  'service.add_answer': async () => ({ input: { id: newId(), ...ANSWER } }),
  'service.edit_answer': async (ground) => ({ input: { id: await answer(ground), ...ANSWER, answer: '改过的答复', note: '更正' }, version: 1 }),
  'service.review_answer': async (ground) => ({ input: { id: await answer(ground), reviewDue: '2024-06-30' }, version: 1 }),
  'service.withdraw_answer': async (ground) => ({ input: { id: await answer(ground), reason: '政策已变' }, version: 1 }),
  'service.rate_answer': async (ground) => ({ input: { id: newId(), answerId: await answer(ground), useful: true } }),
  'service.settle_with_answer': async (ground) => ({ input: { id: newId(), answerId: await answer(ground), subjectId: newId() } }),

  'service.add_policy': async () => ({ input: { id: newId(), ...policyOf() } }),
  'service.edit_policy': async (ground) => ({ input: { id: await policy(ground), ...policyOf(), note: '放宽' }, version: 1 }),
  'service.withdraw_policy': async (ground) => ({ input: { id: await policy(ground), reason: '到期' }, version: 1 }),
  'service.tell_policy': async (ground) => ({ input: { id: await policy(ground), orgIds: [ground.world.orgs.enterprise] } }),
  'service.note_delivery': async (ground) => ({ input: { id: await delivery(ground), step: 'applied', day: '2023-06-30' }, version: 1 }),
  'service.read_policies': async () => ({ input: { fileName: '清单', text: LIST() } }),
  'service.import_policies': async () => ({ input: { fileName: '清单', text: LIST(), rows: [2] } }),
  'service.state_traits': async ({ world }) => ({ input: { id: world.orgs.enterprise, traits: [{ code: 'designated', value: true }] }, version: await traitVersion(world) }),
  'service.verify_traits': async (ground) => {
    await state(ground);
    return { input: { id: ground.world.orgs.enterprise, codes: ['designated'] }, version: await traitVersion(ground.world) };
  },

  'service.create_programme': async (ground) => ({ input: { id: newId(), year: await freeYear(ground), ...PROGRAMME } }),
  'service.edit_programme': async (ground) => ({ input: { id: await programme(ground), ...PROGRAMME, dueDays: 15 }, version: 1 }),
  'service.add_measure': async (ground) => ({ input: { id: newId(), programmeId: await programme(ground), action: 'policy', ...measureOf(ground) } }),
  'service.edit_measure': async (ground) => ({ input: { id: await measure(ground), ...measureOf(ground), target: 20, note: '加码' }, version: 1 }),
  'service.withdraw_measure': async (ground) => ({ input: { id: await measure(ground), reason: '并入其他举措' }, version: 1 }),
  'service.report_measure': async (ground) => ({ input: { id: newId(), measureId: await measure(ground), quarter: 2, value: 3, text: '完成三项' } }),
  'service.decide_report': async (ground) => {
    const id = newId();
    await system(ground, 'service.report_measure', { id, measureId: await measure(ground), quarter: 2, value: 3, text: '完成三项' });
    return { input: { id, approve: true }, version: 1 };
  },
  'service.tag_project': async ({ project }) => ({ input: { id: project, actions: ['investment'] } }),

  'service.add_counterpart': async () => ({ input: { id: newId(), name: `银行${newId().slice(-8)}`, kind: 'bank' } }),
  'service.add_listing': async ({ world }) => ({ input: { id: newId(), side: 'need', kind: 'sales', orgId: world.orgs.enterprise, ...LISTING } }),
  'service.edit_listing': async (ground) => ({ input: { id: await listing(ground, 'need'), ...LISTING, title: '需要铅锭' }, version: 1 }),
  'service.close_listing': async (ground) => ({ input: { id: await listing(ground, 'need'), reason: 'met' }, version: 1 }),
  'service.add_fair': async (ground) => ({ input: { id: newId(), ...fairOf(ground) } }),
  'service.edit_fair': async (ground) => ({ input: { id: await fair(ground), ...fairOf(ground), place: '会展中心' }, version: 1 }),
  'service.cancel_fair': async (ground) => ({ input: { id: await fair(ground), reason: '改期' }, version: 1 }),
  'service.add_deal': async (ground) => ({ input: { id: newId(), needId: await listing(ground, 'need'), offerId: await offer(ground), day: '2023-06-30', amountFen: 100_000 } }),
  'service.move_deal': async (ground) => {
    const id = newId();
    await system(ground, 'service.add_deal', { id, needId: await listing(ground, 'need'), offerId: await offer(ground), day: '2023-06-30', amountFen: 100_000 });
    return { input: { id, step: 'signed', day: '2023-06-30', document: '合同1' }, version: 1 };
  },
};

const ANSWER = { question: '电价优惠怎么申请', answer: '向供电公司提出申请。', kind: 'utilities', audience: 'public', departmentId: null, validFrom: '2023-01-01', validUntil: null, sources: [{ name: '通知', number: '1号' }], reviewDue: '2024-01-01' };
const policyOf = () => ({
  name: `奖补${newId().slice(-8)}`, number: '1号', issuer: '管委会', level: 'zone', validFrom: '2023-01-01', validUntil: '2023-12-31', applyFrom: '2023-06-01', applyUntil: '2023-07-31', gives: 'reward', amountFen: 100_000_000, benefit: '奖励一百万元', how: '网上申报',
  departmentId: null, conditions: [{ any: [{ trait: 'designated', op: 'yes' }] }],
});
const LIST = (): string => `政策名称\t文号\t发文单位\t级别\t生效日期\t支持方式\t支持内容\t申报办法\n政策${newId().slice(-8)}\t2号\t管委会\t示范区\t2023-01-01\t奖补\t奖励\t网上申报`;
const PROGRAMME = { nameZh: '八项行动', nameEn: 'Eight actions', dueDays: 10, actions: [{ code: 'policy', zh: '政策落实攻坚', en: 'Policies' }] };
const measureOf = ({ world }: Ground) => ({ text: '政策直达企业', orgId: world.orgs.department, dueDay: '2023-12-31', indicator: '兑现项数', unit: '项', target: 10 });
const LISTING = { title: '需要电解铅', text: '每月五百吨', industry: 'C32', amountFen: 5_000_000, people: null, placeId: null, untilDay: null, published: true, named: false };
const fairOf = ({ world }: Ground) => ({ kind: 'sales', name: '产销对接会', day: '2023-06-30', place: '科技馆', text: null, parties: [{ orgId: world.orgs.enterprise, offered: '铅锭' }] });

async function answer(ground: Ground): Promise<string> {
  const id = newId();
  await system(ground, 'service.add_answer', { id, ...ANSWER });
  return id;
}

async function policy(ground: Ground): Promise<string> {
  const id = newId();
  await system(ground, 'service.add_policy', { id, ...policyOf() });
  return id;
}

async function delivery(ground: Ground): Promise<string> {
  const id = await policy(ground);
  await system(ground, 'service.tell_policy', { id, orgIds: [ground.world.orgs.enterprise] });
  return (await ground.world.app.database.row<{ id: string }>(sql`select id from service_deliveries where policy_id = ${id}`))?.id ?? '';
}

async function state(ground: Ground): Promise<void> {
  const { world } = ground;
  await world.app.run(world.app.system, 'service.state_traits', { id: world.orgs.enterprise, traits: [{ code: 'designated', value: true }] });
}

async function traitVersion(world: Ground['world']): Promise<number> {
  return (await world.app.database.row<{ version: number }>(sql`select version from service_enterprises where org_id = ${world.orgs.enterprise}`))?.version ?? 0;
}

async function freeYear({ world }: Ground): Promise<number> {
  return (await world.app.database.row<{ year: number }>(sql`select g as year from generate_series(2000, 2100) g where not exists (select 1 from service_programmes where year = g) order by g desc limit 1`))?.year ?? 2000;
}

/** Of a year whose second quarter is over. */
async function programme(ground: Ground): Promise<string> {
  const { database } = ground.world.app;
  const id = newId();
  const year = (await database.row<{ year: number }>(sql`select g as year from generate_series(2000, 2023) g where not exists (select 1 from service_programmes where year = g) order by g limit 1`))?.year;
  // Checks make more samples than there are years: the oldest programme makes room.
  if (year === undefined) await database.run(sql`with p as (select id from service_programmes where year <= 2023), r as (delete from service_measure_reports where measure_id in (select m.id from service_measures m join p on p.id = m.programme_id)), m as (delete from service_measures where programme_id in (select id from p)) delete from service_programmes where id in (select id from p)`);
  await system(ground, 'service.create_programme', { id, year: year ?? 2023, ...PROGRAMME });
  return id;
}

async function measure(ground: Ground): Promise<string> {
  const id = newId();
  await system(ground, 'service.add_measure', { id, programmeId: await programme(ground), action: 'policy', ...measureOf(ground) });
  await ground.world.app.database.run(sql`update service_measures set created_day = '2000-01-01' where id = ${id}`);
  return id;
}

async function listing(ground: Ground, side: 'need' | 'offer'): Promise<string> {
  const id = newId();
  await system(ground, 'service.add_listing', { id, side, kind: 'sales', orgId: ground.world.orgs.enterprise, ...LISTING });
  return id;
}

async function fair(ground: Ground): Promise<string> {
  const id = newId();
  await system(ground, 'service.add_fair', { id, ...fairOf(ground) });
  return id;
}

async function offer(ground: Ground): Promise<string> {
  const [id, counterpartId] = [newId(), newId()];
  await system(ground, 'service.add_counterpart', { id: counterpartId, name: `买家${id.slice(-8)}`, kind: 'enterprise' });
  await system(ground, 'service.add_listing', { id, side: 'offer', kind: 'sales', counterpartId, ...LISTING });
  return id;
}

async function system(ground: Ground, name: string, input: unknown): Promise<unknown> {
  return (await ground.world.app.run(ground.world.app.system, name, input)).output;
}
