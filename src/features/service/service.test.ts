// The service from end to end on a real database: who sees what, what counts, what is refused.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import type { Actor } from '../../platform/actor.ts';
import { sql } from '../../platform/db.ts';
import { outcome } from '../../test/registry/checks.ts';
import { makeWorld, type World } from '../../test/world/world.ts';
import { tellSuited } from './policies/telling.ts';
import { tellOwedReports } from './programme/daily.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const run = async (actor: Actor, name: string, input: unknown, version?: number): Promise<Record<string, unknown>> => record((await world.app.run(actor, name, input, version === undefined ? {} : { ifVersion: version })).output);
const ask = async (actor: Actor, name: string, input: unknown): Promise<Record<string, unknown>> => record(await world.app.ask(actor, name, input));
const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});
const items = (value: Record<string, unknown>): Record<string, unknown>[] => (Array.isArray(value['items']) ? value['items'].map(record) : []);
const at = (value: Record<string, unknown>, name: string): Record<string, unknown> => record(value[name]);

const ANSWER = { question: '工业用电怎么减免基本电费', answer: '暂停用电的企业可以向供电公司申请减免基本电费。', kind: 'utilities', audience: 'public', departmentId: null, validFrom: '2023-01-01', validUntil: null, sources: [], reviewDue: '2023-07-15' };

describe('answers', () => {
  const [open, closed] = [newId(), newId()];
  beforeAll(async () => {
    await run(world.actors.office, 'service.add_answer', { id: open, ...ANSWER });
    await run(world.actors.office, 'service.add_answer', { id: closed, ...ANSWER, question: '企业欠缴电费怎么处理', answer: '先与供电公司核对，再决定是否停电。', audience: 'officers' });
  });

  it('are suggested by the words that somebody types, the likest first, and only to those whom they are for', async () => {
    expect(items(await ask(world.actors.office, 'service.suggest_answers', { q: '我们厂想减免基本电费，找谁申请' })).map((one) => one['id'])[0]).toBe(open);
    expect(items(await ask(world.actors.office, 'service.suggest_answers', { q: '欠缴电费会停电吗' }))[0]?.['id']).toBe(closed);
    expect(items(await ask(world.actors.enterprise, 'service.suggest_answers', { q: '欠缴电费会停电吗' })).map((one) => one['id'])).not.toContain(closed);
    expect(items(await ask(world.actors.enterprise, 'service.suggest_answers', { q: '人才公寓' }))).toEqual([]);
    expect(await outcome(ask(world.actors.enterprise, 'service.answer', { id: closed }))).toBe('platform.not_found');
  });

  it('are found by the initials of pinyin', async () => {
    expect(items(await ask(world.actors.enterprise, 'service.answers', { q: 'gyyd' })).map((one) => one['id'])).toEqual([open]);
  });

  it('count each vote once a day for a person, from the records', async () => {
    await run(world.actors.enterprise, 'service.rate_answer', { id: newId(), answerId: open, useful: true });
    expect(await outcome(run(world.actors.enterprise, 'service.rate_answer', { id: newId(), answerId: open, useful: false }))).toBe('knowledge.voted');
    await run(world.actors.town, 'service.settle_with_answer', { id: newId(), answerId: open });
    // The desk settles one question after another with it; an enterprise its own, once a day.
    await run(world.actors.town, 'service.settle_with_answer', { id: newId(), answerId: open });
    await run(world.actors.enterprise, 'service.settle_with_answer', { id: newId(), answerId: open });
    expect(await outcome(run(world.actors.enterprise, 'service.settle_with_answer', { id: newId(), answerId: open }))).toBe('knowledge.settled_today');
    expect(at(await ask(world.actors.office, 'service.answer', { id: open }), 'answer')).toMatchObject({ useful: 1, notUseful: 0, settled: 3, state: 'good' });
  });

  it('say that their review is overdue when its day has passed, and hold again when somebody has looked', async () => {
    world.app.clock.stand('2023-07-16');
    expect(items(await ask(world.actors.enterprise, 'service.answers', { state: 'review' })).map((one) => one['id'])).toEqual([open]);
    await run(world.actors.department, 'service.review_answer', { id: open, reviewDue: '2024-07-16' }, 1);
    expect(at(await ask(world.actors.office, 'service.answer', { id: open }), 'answer')).toMatchObject({ state: 'good', reviewedDay: '2023-07-16' });
    world.app.clock.stand('2023-06-30');
  });

  it('are neither suggested nor voted on once withdrawn', async () => {
    await run(world.actors.office, 'service.withdraw_answer', { id: open, reason: '另有规定' }, 2);
    expect(items(await ask(world.actors.office, 'service.suggest_answers', { q: '减免基本电费' })).map((one) => one['id'])).not.toContain(open);
    expect(await outcome(run(world.actors.office, 'service.rate_answer', { id: newId(), answerId: open, useful: true }))).toBe('knowledge.withdrawn');
  });
});

describe('policies', () => {
  const id = newId();
  const content = {
    name: '技术改造奖补', number: '济管〔2023〕9号', issuer: '管委会', level: 'zone', validFrom: '2023-01-01', validUntil: null, applyFrom: '2023-06-01', applyUntil: '2023-07-20', gives: 'reward', amountFen: 500_000_000, benefit: '按设备投资给予奖补', how: '网上申报',
    departmentId: null, conditions: [{ any: [{ trait: 'designated', op: 'yes' }] }, { any: [{ trait: 'industry', op: 'in', values: ['C'] }] }],
  };
  beforeAll(async () => {
    await run(world.actors.office, 'service.add_policy', { id, ...content });
  });

  it('tell an enterprise what is not known of it, and may suit it once it has said so', async () => {
    const enterprise = world.orgs.enterprise;
    expect(items(await ask(world.actors.enterprise, 'service.policies', {}))[0]).toMatchObject({ fits: 'unknown', missing: ['designated', 'industry'], yes: 0 });
    await run(world.actors.enterprise, 'service.state_traits', { id: enterprise, traits: [{ code: 'designated', value: true }] }, 0);
    expect(items(await ask(world.actors.enterprise, 'service.policies', { fits: 'unknown' }))[0]).toMatchObject({ fits: 'unknown', missing: ['industry'] });
    await run(world.actors.enterprise, 'service.state_traits', { id: enterprise, traits: [{ code: 'industry', value: 'C32' }] }, 1);
    expect(items(await ask(world.actors.enterprise, 'service.policies', { fits: 'yes' }))[0]).toMatchObject({ id, fits: 'yes', window: 'ending', daysLeft: 20 });
    expect(items(await ask(world.actors.office, 'service.policy_enterprises', { id }))).toMatchObject([{ id: enterprise, fits: 'yes', verified: false, delivery: null }]);
    expect(items(await ask(world.actors.enterprise, 'projects.today', {})).find((one) => one['kind'] === 'knowledge')).toMatchObject({ href: `/service/policies/${id}`, dueDay: '2023-07-20' });
  });

  it('lose whom they suited when their conditions change, and say so before', async () => {
    const conditions = [{ any: [{ trait: 'designated', op: 'no' }] }];
    expect(await ask(world.actors.office, 'service.policy_preview', { conditions: JSON.stringify(conditions), policyId: id })).toMatchObject({ known: 1, yes: 0, unknown: 0, gained: 0, lost: 1 });
    await run(world.actors.office, 'service.edit_policy', { id, ...content, conditions }, 1);
    expect(items(await ask(world.actors.enterprise, 'service.policies', {}))[0]).toMatchObject({ fits: 'no' });
    await run(world.actors.office, 'service.edit_policy', { id, ...content }, 2);
  });

  it('are told once, applied for by the enterprise, received by the word of an officer', async () => {
    expect(await run(world.actors.town, 'service.tell_policy', { id, orgIds: [world.orgs.enterprise] })).toMatchObject({ told: 1, before: 0 });
    expect(await run(world.actors.town, 'service.tell_policy', { id, orgIds: [world.orgs.enterprise] })).toMatchObject({ told: 0, before: 1 });
    const delivery = String(items(await ask(world.actors.enterprise, 'service.deliveries', {}))[0]?.['id']);
    expect(await outcome(run(world.actors.office, 'service.note_delivery', { id: delivery, step: 'received', day: '2023-06-30' }, 1))).toBe('knowledge.not_applied');
    await run(world.actors.enterprise, 'service.note_delivery', { id: delivery, step: 'applied', day: '2023-06-30' }, 1);
    expect(await outcome(run(world.actors.enterprise, 'service.note_delivery', { id: delivery, step: 'received', day: '2023-06-30' }, 2))).toBe('platform.not_allowed');
    await run(world.actors.office, 'service.note_delivery', { id: delivery, step: 'received', day: '2023-06-30', amountFen: 200_000_000 }, 2);
    expect(await ask(world.actors.office, 'service.policy', { id })).toMatchObject({ receivedFen: 200_000_000, policy: { told: 1, applied: 1, received: 1 } });
  });

  it('come out of a list row by row, and a faulty row says what is wrong', async () => {
    const text = ['政策名称\t文号\t发文单位\t级别\t生效日期\t申报截止\t支持方式\t最高金额（万元）\t支持内容\t申报办法', `${content.name}\t${content.number}\t管委会\t示范区\t2023-01-01\t2023-07-20\t奖补\t500\t按设备投资给予奖补\t网上申报`,
      '新政策\t2号\t工信厅\t省级\t2023-03-01\t\t补贴\t300\t补贴\t线下', '坏政策\t3号\t工信厅\t县级\t某天\t\t补贴\t\t补贴\t线下', '新政策\t2号\t工信厅\t省级\t2023-03-01\t\t补贴\t300\t补贴\t线下'].join('\n');
    const read = await run(world.actors.office, 'service.read_policies', { fileName: '清单', text });
    expect(read['counts']).toEqual({ new: 1, changed: 1, same: 0, repeated: 1, faulty: 1 });
    expect(read['rows']).toMatchObject([{ fate: 'changed', changes: ['applyFrom'] }, { fate: 'new' }, { fate: 'faulty', faults: [{ field: 'level', code: 'unknown' }, { field: 'validFrom', code: 'unreadable' }] }, { fate: 'repeated' }]);
    expect(await run(world.actors.office, 'service.import_policies', { fileName: '清单', text, rows: [3, 4, 5] })).toEqual({ added: 1, changed: 0 });
    expect(items(await ask(world.actors.office, 'service.policies', { state: 'unstated' })).map((one) => one['name'])).toEqual(['新政策']);
  });

  it('of a list with days that contradict each other are faulty, and do not break the list', async () => {
    const text = ['政策名称\t文号\t发文单位\t级别\t生效日期\t申报截止\t失效日期\t支持方式\t支持内容\t申报办法', '先失效\t5号\t工信厅\t省级\t2023-03-01\t\t2023-01-01\t补贴\t补贴\t线下办', '短\t6号\t工信厅\t省级\t2023-03-01\t\t\t补贴\t补贴\t线下办', '好政策\t7号\t工信厅\t省级\t2023-03-01\t\t\t补贴\t补贴\t线下办'].join('\n');
    const read = await run(world.actors.office, 'service.read_policies', { fileName: '清单', text });
    expect(read['rows']).toMatchObject([{ fate: 'faulty', faults: [{ field: 'validUntil', code: 'before' }] }, { fate: 'faulty', faults: [{ field: 'name', code: 'too_short' }] }, { fate: 'new' }]);
    expect(await run(world.actors.office, 'service.import_policies', { fileName: '清单', text, rows: [2, 3, 4] })).toEqual({ added: 1, changed: 0 });
    // Once more with a change: a version with the name of the list, and whom it suits stays.
    expect(await run(world.actors.office, 'service.import_policies', { fileName: '清单二', text: text.replace('补贴\t线下办', '奖金\t线下办').replace('好政策\t7号\t工信厅', '好政策\t7号\t发改委'), rows: [4] })).toEqual({ added: 0, changed: 1 });
    const [found] = items(await ask(world.actors.office, 'service.policies', { state: 'unstated', q: '好政策' }));
    expect(await ask(world.actors.office, 'service.policy', { id: String(found?.['id']) })).toMatchObject({ policy: { issuer: '发改委', version: 2 }, versions: [{ number: 2, note: '清单二' }, { number: 1, note: null }] });
  });

  it('tell an enterprise by notice that they begin to suit it, once for each, and when an officer tells it of one', async () => {
    const told = async () => (await world.app.database.rows<{ kind: string; policy: string }>(sql`
      select n.kind, n.facts ->> 'policy' as policy from notices_notices n join notices_inbox i on i.notice_id = n.id where i.user_id = ${world.actors.enterprise.userId} and n.kind like 'service.polic%' order by n.id`)).map((one) => `${one.kind} ${one.policy}`);
    // The command itself tells nobody: the job does, once for each.
    const tellNow = () => tellSuited(world.app.database, world.app.now());
    // It suited at the second trait, was lost and won again by the conditions, and was told of by the town.
    expect(await told()).toEqual(['service.policy_suits 技术改造奖补', 'service.policy_told 技术改造奖补']);
    const over = newId();
    await run(world.actors.office, 'service.add_policy', { id: over, ...content, name: '已截止的政策', number: '1', applyUntil: '2023-06-29' });
    await run(world.actors.office, 'service.add_policy', { id: newId(), ...content, name: '新出的政策', number: '2' });
    expect((await told()).slice(2)).toEqual([]);
    // The two new ones; and the first, which was lost and won again by its conditions.
    expect([await tellNow(), await tellNow()]).toEqual([3, 0]);
    expect((await told()).slice(2)).toEqual(['service.policy_suits 新出的政策']);
    await run(world.actors.enterprise, 'service.state_traits', { id: world.orgs.enterprise, traits: [{ code: 'industry', value: null }] }, 2);
    await run(world.actors.enterprise, 'service.state_traits', { id: world.orgs.enterprise, traits: [{ code: 'industry', value: 'C32' }] }, 3);
    expect((await told()).slice(3)).toEqual(['service.policies_suit 技术改造奖补']);
    // One that suits it no more when the job comes is not told of.
    const brief = newId();
    await run(world.actors.office, 'service.add_policy', { id: brief, ...content, name: '很快改了的政策', number: '3' });
    await run(world.actors.office, 'service.edit_policy', { id: brief, ...content, name: '很快改了的政策', number: '3', conditions: [{ any: [{ trait: 'designated', op: 'no' }] }] }, 1);
    expect([await tellNow(), (await told()).length]).toEqual([1, 4]);
  });
});

describe('the programme', () => {
  const [programme, measure] = [newId(), newId()];
  it('counts a report once it is approved, and tells who was late', async () => {
    world.app.clock.stand('2023-02-01');
    await run(world.actors.office, 'service.create_programme', { id: programme, year: 2023, nameZh: '八项行动', nameEn: 'Eight actions', dueDays: 10, actions: [{ code: 'policy', zh: '政策落实攻坚', en: 'Policies' }] });
    await run(world.actors.office, 'service.add_measure', { id: measure, programmeId: programme, action: 'policy', text: '政策直达企业', orgId: world.orgs.department, dueDay: '2023-12-31', indicator: '兑现项数', unit: '项', target: 10 });
    expect(await outcome(run(world.actors.department, 'service.report_measure', { id: newId(), measureId: measure, quarter: 1, value: 4, text: '兑现四项' }))).toBe('programme.quarter_not_over');
    world.app.clock.stand('2023-04-12');
    expect(items(await ask(world.actors.department, 'service.measures', { mine: true }))[0]).toMatchObject({ state: 'late', owes: [1], mayReport: true });
    expect(await outcome(run(world.actors.town, 'service.report_measure', { id: newId(), measureId: measure, quarter: 1, value: 4, text: '兑现四项' }))).toBe('platform.not_allowed');
    const report = newId();
    expect(await run(world.actors.department, 'service.report_measure', { id: report, measureId: measure, quarter: 1, value: 4, text: '兑现四项' })).toMatchObject({ late: true });
    const before = await ask(world.actors.leader, 'service.programme', { year: 2023 });
    expect(before['actions']).toMatchObject([{ progressBp: 0, waiting: 1, late: 1, owed: 0 }]);
    await run(world.actors.office, 'service.decide_report', { id: report, approve: true }, 1);
    const after = await ask(world.actors.leader, 'service.programme', { year: 2023 });
    expect(after['actions']).toMatchObject([{ progressBp: 4000, waiting: 0, approved: 1 }]);
    expect(after['quarters']).toMatchObject([{ expected: 1, late: 1, onTime: 0, missing: 0 }, { over: false }, {}, {}]);
    world.app.clock.stand('2023-06-30');
  });

  it('tells the owner of a measure what it owes: when the quarter is over, before it is due, when it is late; each once, also of the last year', async () => {
    const told = async () => (await world.app.database.rows<{ kind: string; quarter: string; year: string }>(sql`
      select n.kind, n.facts ->> 'quarter' as quarter, n.facts ->> 'year' as year from notices_notices n join notices_inbox i on i.notice_id = n.id where i.user_id = ${world.actors.department.userId} and n.kind like 'service.reports%' order by n.id`)).map((one) => `${one.kind.slice(16)} ${one.year} Q${one.quarter}`);
    for (const day of ['2023-06-29', '2023-06-30', '2023-07-04', '2023-07-07', '2023-07-11', '2023-07-12']) {
      world.app.clock.stand(day);
      await tellOwedReports(world.app);
      await tellOwedReports(world.app);
    }
    expect(await told()).toEqual(['over 2023 Q2', 'soon 2023 Q2', 'late 2023 Q2']);
    world.app.clock.stand('2024-01-04');
    await run(world.actors.office, 'service.create_programme', { id: newId(), year: 2024, nameZh: '八项行动', nameEn: 'Eight actions', dueDays: 10, actions: [{ code: 'policy', zh: '政策', en: 'Policy' }] });
    await tellOwedReports(world.app);
    expect((await told()).slice(3)).toEqual(expect.arrayContaining(['late 2023 Q2', 'late 2023 Q3', 'over 2023 Q4'].slice(1)));
    expect(items(await ask(world.actors.department, 'projects.today', {})).find((one) => one['kind'] === 'knowledge' && record(one['values'])['line'] === 'owed')).toMatchObject({ values: { count: 3 }, href: '/service/programme?tab=measures&mine=1&year=2023&state=late' });
    world.app.clock.stand('2023-06-30');
  });

  it('opens the projects that are tagged with an action, and only those within reach', async () => {
    const [near, far] = [await world.project({}), await world.project({ townId: world.orgs.otherTown })];
    await run(world.actors.town, 'service.tag_project', { id: near, actions: ['policy'] });
    expect(await outcome(run(world.actors.town, 'service.tag_project', { id: far, actions: ['policy'] }))).toBe('platform.not_found');
    await run(world.actors.office, 'service.tag_project', { id: far, actions: ['policy'] });
    expect((await ask(world.actors.office, 'service.programme', {}))['actions']).toMatchObject([{ projects: 2 }]);
    expect((await ask(world.actors.town, 'service.programme', {}))['actions']).toMatchObject([{ projects: 1 }]);
    expect(items(await ask(world.actors.town, 'service.action_projects', { action: 'policy' })).map((one) => one['id'])).toEqual([near]);
  });
});

describe('the matchings', () => {
  const [need, offer, hidden, buyer, deal] = [newId(), newId(), newId(), newId(), newId()];
  const listing = { title: '需要电解铅', text: '每月需要电解铅五百吨，做蓄电池极板', industry: 'C32', amountFen: 800_000_000, people: null, placeId: null, untilDay: null, published: false, named: false };

  it('show an enterprise its own and what is public, without names that are not', async () => {
    await run(world.actors.enterprise, 'service.add_listing', { id: need, side: 'need', kind: 'sales', orgId: world.orgs.enterprise, ...listing });
    await run(world.actors.office, 'service.add_counterpart', { id: buyer, name: '区外冶炼厂', kind: 'enterprise' });
    await run(world.actors.office, 'service.add_listing', { id: offer, side: 'offer', kind: 'sales', counterpartId: buyer, ...listing, title: '供应电解铅', text: '长期供应电解铅，每月一千吨', published: true });
    await run(world.actors.office, 'service.add_listing', { id: hidden, side: 'offer', kind: 'sales', counterpartId: buyer, ...listing, title: '供应再生铅' });
    const seen = items(await ask(world.actors.enterprise, 'service.listings', {}));
    expect(seen.map((one) => one['id']).toSorted()).toEqual([need, offer].toSorted());
    expect(seen.find((one) => one['id'] === offer)).toMatchObject({ partyName: null });
    expect(await outcome(ask(world.actors.enterprise, 'service.listing', { id: hidden }))).toBe('platform.not_found');
    expect(await outcome(run(world.actors.enterprise, 'service.add_listing', { id: newId(), side: 'need', kind: 'sales', orgId: world.orgs.department, ...listing }))).toBe('platform.not_allowed');
  });

  it('suggest what suits with the reasons of its points', async () => {
    const found = items(await ask(world.actors.enterprise, 'service.suggest_matches', { id: need }));
    expect(found).toMatchObject([{ listing: { id: offer, partyName: null } }]);
    const reasons = found[0]?.['reasons'];
    const points = Array.isArray(reasons) ? reasons.map((one) => Number(record(one)['points'])).reduce((sum, one) => sum + one, 0) : 0;
    expect(found[0]?.['points']).toBe(Math.min(100, points));
    expect(items(await ask(world.actors.office, 'service.suggest_matches', { id: need }))).toHaveLength(2);
  });

  it('agree to names by a deal, and count it in its state only', async () => {
    await run(world.actors.office, 'service.add_deal', { id: deal, needId: need, offerId: offer, day: '2023-06-30', amountFen: 700_000_000 });
    expect(at(await ask(world.actors.enterprise, 'service.listing', { id: offer }), 'listing')).toMatchObject({ partyName: '区外冶炼厂' });
    expect(await outcome(run(world.actors.office, 'service.move_deal', { id: deal, step: 'fulfilled', day: '2023-06-30' }, 1))).toBe('matching.deal_order');
    await run(world.actors.office, 'service.move_deal', { id: deal, step: 'signed', day: '2023-06-30', document: '合同1' }, 1);
    await run(world.actors.office, 'service.move_deal', { id: deal, step: 'fulfilled', day: '2023-06-30', amountFen: 650_000_000 }, 2);
    const fair = newId();
    await run(world.actors.office, 'service.add_fair', { id: fair, kind: 'sales', name: '产销对接会', day: '2023-06-30', place: '科技馆', text: null, parties: [{ counterpartId: buyer }] });
    expect(await ask(world.actors.enterprise, 'service.fair', { id: fair })).toMatchObject({ fair: { parties: 1 }, parties: [] });
    expect(await ask(world.actors.office, 'service.fair', { id: fair })).toMatchObject({ parties: [{ name: '区外冶炼厂' }] });
    const figures = (await ask(world.actors.office, 'service.matching_figures', {}))['kinds'];
    expect(figures).toMatchObject([{ kind: 'sales', intentions: 0, signed: 1, signedFen: 700_000_000, fulfilled: 1, fulfilledFen: 650_000_000 }, {}, {}, {}]);
    expect(items(await ask(world.actors.office, 'service.deals', { state: 'fulfilled' }))).toHaveLength(1);
  });
});
