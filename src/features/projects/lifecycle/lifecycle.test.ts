import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { newId } from '../../../kernel/ids.ts';
import { Refusal } from '../../../kernel/refuse.ts';
import { sql } from '../../../platform/db.ts';
import { STANDARD, type Lifecycle } from './shape.ts';
import { mayRead } from './papers.ts';
import { jpegOf, makeGround, pdfOf, refusal, TODAY, type Ground } from '../../../test/world/lifecycle.ts';

let ground: Ground;
beforeAll(async () => { ground = await makeGround(); });
afterAll(async () => { await ground.close(); });

const move = (id: string, to: string, parts: Readonly<Record<string, unknown>> = {}, actor = ground.office): Promise<unknown> => ground.run(actor, 'projects.move', { id, to, day: TODAY, ...parts });

async function missingOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'lifecycle.gate_missing' && Array.isArray(error.details['missing'])) return error.details['missing'].map((one: { condition: string }) => one.condition);
    throw error;
  }
  return [];
}

describe('moving forward', () => {
  it('is refused with every missing condition in words, and passes with them', async () => {
    const id = await ground.project({ extra: { code: `2306-419001-04-01-${newId().slice(-6)}`, planned_start: '2023-05-31', responsible_person: '责任人' } });
    expect(await missingOf(move(id, 'signed'))).toEqual(['contract']);
    const refused: unknown = await move(id, 'signed').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refusal);
    if (refused instanceof Refusal) expect(refused.details).toMatchObject({ stageName: '签约', count: 1, conditions: '正式投资合同（有金额、签约各方）' });
    await ground.paper(ground.office, id, 'contract');
    await move(id, 'signed');
    expect(await missingOf(move(id, 'performed'))).toEqual(['licence']);
    await ground.paper(ground.office, id, 'licence');
    await move(id, 'performed');
    await move(id, 'preliminary');
    expect(await missingOf(move(id, 'started'))).toEqual(['permit', 'works_photo', 'permanent_works']);
    await ground.paper(ground.office, id, 'construction_permit');
    await ground.paper(ground.office, id, 'photo_works');
    expect(await missingOf(move(id, 'started'))).toEqual(['permanent_works']);
    await move(id, 'started', { statement: { works: 'first_pile' } });
    expect(await ground.row(id)).toMatchObject({ stage: 'started', stage_day: TODAY, actual_start: TODAY, actual_start_grain: 'day' });
    expect(await missingOf(move(id, 'building'))).toEqual(['invested']);
    await ground.database.run(sql`insert into projects_reports (id, project_id, month, dispatch_fen, submitted_by, submitted_at, submitted_day) values (${newId()}, ${id}, '2023-06-01', 5, ${newId()}, now(), '2023-06-30')`);
    await move(id, 'building');
    await ground.paper(ground.office, id, 'acceptance');
    await move(id, 'completed');
    for (const kind of ['invoice', 'electricity', 'photo_production']) await ground.paper(ground.office, id, kind);
    await move(id, 'producing');
    expect(await ground.row(id)).toMatchObject({ stage: 'producing', actual_completion: TODAY, actual_production: TODAY, actual_effect: null });
    expect(await missingOf(move(id, 'effective'))).toEqual(['results', 'register']);
    expect(await ground.database.row(sql`select count(*)::int as n from projects_moves where project_id = ${id}`)).toEqual({ n: 7 });
    expect(await ground.database.row(sql`select count(*)::int as n from platform_events where project_id = ${id} and kind = 'projects.moved'`)).toEqual({ n: 7 });
  });

  it('a photo of levelled ground does not start a project', async () => {
    const id = await ground.project({ stage: 'preliminary' });
    await ground.paper(ground.office, id, 'photo_levelling');
    await ground.paper(ground.office, id, 'construction_permit');
    expect(await missingOf(move(id, 'started', { statement: { works: 'levelling' } }))).toEqual(['works_photo', 'permanent_works']);
    expect(await refusal(move(id, 'started', { statement: { works: 'swimming' } }))).toBe('lifecycle.works_unknown');
  });

  it('judges a photo by the day in China on which it was taken', async () => {
    const id = await ground.project({ stage: 'preliminary' });
    await ground.paper(ground.office, id, 'construction_permit');
    await ground.paper(ground.office, id, 'photo_works', { takenAt: '2023-06-20T16:30:00Z' }); // half past midnight on the 21st in China
    expect(await missingOf(move(id, 'started', { day: '2023-06-20', statement: { works: 'first_pile' } }))).toEqual(['works_photo']);
    expect(await refusal(move(id, 'started', { day: '2023-06-21', statement: { works: 'first_pile' } }))).toBe('done');
  });

  it('keeps the order, with the skips of each kind', async () => {
    const enterprise = await ground.project();
    expect(await refusal(move(enterprise, 'performed'))).toBe('lifecycle.stage_skipped');
    expect(await refusal(move(enterprise, 'planned'))).toBe('lifecycle.not_forward');
    const government = await ground.project({ kind: 'government', extra: { planned_start: '2023-09-30', responsible_person: '责任人' } });
    expect(await refusal(move(government, 'signed'))).toBe('lifecycle.stage_not_of_kind');
    expect(await refusal(move(government, 'preliminary'))).toBe('done');
    const purchase = await ground.project({ kind: 'purchase', stage: 'preliminary' });
    await ground.paper(ground.office, purchase, 'delivery');
    expect(await missingOf(move(purchase, 'started'))).toEqual(['paid']);
    await ground.paper(ground.office, purchase, 'payment');
    await move(purchase, 'started');
    expect(await refusal(move(purchase, 'completed'))).toBe('lifecycle.stage_not_of_kind');
  });

  it('takes no day of the future, none before the last move, and none that never was', async () => {
    const id = await ground.project({ stage: 'planned', day: '2023-03-01', extra: { content: '建设内容', total_fen: 100 } });
    expect(await refusal(move(id, 'reserved', { day: '2023-07-01' }))).toBe('lifecycle.day_in_future');
    expect(await refusal(move(id, 'reserved', { day: '2023-02-28' }))).toBe('lifecycle.day_before_last');
    expect(await refusal(move(id, 'reserved', { day: '2023-02-30' }))).toBe('platform.invalid');
    expect(await refusal(move(id, 'reserved', { day: '2023-03-01' }))).toBe('done');
  });

  it('records a waiver with its reason; nobody waives a hard condition, and only with the permission', async () => {
    const id = await ground.project({ stage: 'signed' });
    const waive = [{ condition: 'licence', reason: '母公司先行办理' }, { condition: 'initiation', reason: '备案系统升级，三日内补' }];
    expect(await refusal(move(id, 'performed', { waive }, ground.officer))).toBe('lifecycle.waiver_not_allowed');
    expect(await refusal(move(id, 'performed', { waive: [{ condition: 'nonsense', reason: '理由充分' }] }))).toBe('lifecycle.waiver_unknown');
    expect(await missingOf(move(id, 'performed', { waive: waive.slice(0, 1) }))).toEqual(['initiation']);
    await move(id, 'performed', { waive });
    expect(await ground.database.row(sql`select waived, waivers from projects_moves where project_id = ${id}`)).toEqual({ waived: ['licence', 'initiation'], waivers: waive });
    const event = await ground.database.row<{ after: { waived: unknown } }>(sql`select after from platform_events where project_id = ${id} and kind = 'projects.moved'`);
    expect(event?.after.waived).toEqual(waive);
    const gates = await ground.ask(ground.office, 'projects.gates', { id });
    expect(gates['passages']).toMatchObject([{ waived: [{ condition: 'licence', text: '项目公司营业执照', reason: '母公司先行办理' }, { condition: 'initiation' }] }]);
    const start = await ground.project({ stage: 'preliminary' });
    expect(await refusal(move(start, 'started', { waive: [{ condition: 'permit', reason: '先开工后补证' }] }))).toBe('lifecycle.not_waivable');
  });

  it('does not record a waiver of what is met', async () => {
    const id = await ground.project({ stage: 'signed', extra: { code: `2306-419001-04-02-${newId().slice(-6)}` } });
    await ground.paper(ground.office, id, 'licence');
    await move(id, 'performed', { waive: [{ condition: 'licence', reason: '本不需要' }] });
    expect(await ground.database.row(sql`select waived from projects_moves where project_id = ${id}`)).toEqual({ waived: [] });
  });

  it('needs the permission, the version and the scope', async () => {
    const id = await ground.project({ extra: { content: '内容', total_fen: 1 } });
    const outside = await ground.project({ town: false });
    expect(await refusal(move(id, 'reserved', {}, ground.reader))).toBe('platform.not_allowed');
    expect(await refusal(move(outside, 'reserved', {}, ground.town))).toBe('platform.not_found');
    expect(await refusal(ground.ask(ground.town, 'projects.gates', { id: outside }))).toBe('platform.not_found');
    expect(await refusal(ground.ask(ground.town, 'projects.evidence', { id: outside }))).toBe('platform.not_found');
    expect(await refusal(ground.ask(ground.town, 'projects.results', { id: outside }))).toBe('platform.not_found');
    expect(await refusal(ground.run(ground.office, 'projects.move', { id, to: 'reserved', day: TODAY }, 99))).toBe('platform.stale_version');
    expect(await refusal(move(id, 'reserved', {}, ground.town))).toBe('done');
  });
});

describe('going back', () => {
  it('needs the authority and a reason, clears the actual days of the stages left, and keeps the passage', async () => {
    const id = await ground.project({ stage: 'preliminary' });
    await ground.paper(ground.office, id, 'construction_permit');
    await ground.paper(ground.office, id, 'photo_works');
    await move(id, 'started', { day: '2023-06-25', statement: { works: 'first_pile' } });
    expect(await refusal(ground.run(ground.officer, 'projects.move_back', { id, to: 'preliminary', reason: '核查未开工' }))).toBe('platform.not_allowed');
    expect(await refusal(ground.run(ground.office, 'projects.move_back', { id, to: 'preliminary', reason: '  ' }))).toBe('lifecycle.reason_needed');
    expect(await refusal(ground.run(ground.office, 'projects.move_back', { id, to: 'building', reason: '核查未开工' }))).toBe('lifecycle.not_back');
    await ground.run(ground.office, 'projects.move_back', { id, to: 'preliminary', reason: '现场核查未进入永久工程' });
    expect(await ground.row(id)).toMatchObject({ stage: 'preliminary', actual_start: null, actual_start_grain: null });
    const back = await ground.database.row<{ before: unknown; after: unknown }>(sql`select before, after from platform_events where project_id = ${id} and kind = 'projects.moved_back'`);
    expect(back).toMatchObject({ before: { stage: 'started', actualStart: '2023-06-25', actualStartGrain: 'day' }, after: { stage: 'preliminary', actualStart: null } });
    const gates = await ground.ask(ground.office, 'projects.gates', { id });
    expect(gates).toMatchObject({ stage: 'preliminary', passages: [{ backward: true, reason: '现场核查未进入永久工程' }, { to: 'started', works: '首根桩施工' }] });
    expect(await refusal(move(id, 'started', { day: '2023-06-24', statement: { works: 'first_pile' } }))).toBe('done');
  });

  it('leads to no stage that the kind does not have', async () => {
    const id = await ground.project({ kind: 'government', stage: 'preliminary' });
    expect(await refusal(ground.run(ground.office, 'projects.move_back', { id, to: 'signed', reason: '登记有误' }))).toBe('lifecycle.stage_not_of_kind');
    expect(await refusal(ground.run(ground.office, 'projects.move_back', { id, to: 'planned', reason: '登记有误' }))).toBe('done');
  });
});

describe('side states', () => {
  const aside = (name: string, id: string, parts: Readonly<Record<string, unknown>> = {}, actor = ground.office): Promise<unknown> => ground.run(actor, `projects.${name}`, { id, day: TODAY, reason: '资金链断裂', ...parts });

  it('pause stops every move until it is lifted', async () => {
    const id = await ground.project({ stage: 'building' });
    await aside('pause', id, {}, ground.officer);
    expect(await ground.row(id)).toMatchObject({ side_state: 'paused', side_reason: '资金链断裂', stage: 'building' });
    await ground.paper(ground.office, id, 'acceptance');
    expect(await refusal(move(id, 'completed'))).toBe('lifecycle.side_state');
    expect(await refusal(ground.run(ground.office, 'projects.move_back', { id, to: 'started', reason: '登记有误' }))).toBe('lifecycle.side_state');
    expect(await refusal(aside('pause', id))).toBe('lifecycle.side_state');
    await aside('resume', id, {}, ground.officer);
    expect(await ground.row(id)).toMatchObject({ side_state: null, side_reason: null });
    expect(await refusal(move(id, 'completed'))).toBe('done');
    expect(await refusal(aside('resume', id))).toBe('lifecycle.not_aside');
  });

  it('a planned project cannot be paused, an effective one not removed', async () => {
    expect(await refusal(aside('pause', await ground.project({ stage: 'planned' })))).toBe('lifecycle.side_not_from');
    expect(await refusal(aside('remove', await ground.project({ stage: 'effective' })))).toBe('lifecycle.side_not_from');
  });

  it('removal and its lifting need the authority; the project leaves the totals and comes back', async () => {
    const id = await ground.project({ stage: 'started', extra: { total_fen: 777 } });
    const total = async (): Promise<unknown> => (await ground.database.row<{ n: number }>(sql`select coalesce(sum(projects), 0)::int as n from projects_cells where dimension = 'all' and key = ${ground.office.orgId}`))?.n;
    const before = await total();
    expect(await refusal(aside('remove', id, {}, ground.officer))).toBe('platform.not_allowed');
    await aside('remove', id);
    expect(await total()).toBe(Number(before) - 1);
    expect(await refusal(aside('resume', id, {}, ground.officer))).toBe('platform.not_allowed');
    await aside('resume', id);
    expect(await total()).toBe(before);
  });

  it('termination is final, also from a pause', async () => {
    const id = await ground.project({ stage: 'building' });
    await aside('pause', id);
    await aside('terminate', id);
    expect(await refusal(aside('resume', id))).toBe('lifecycle.side_final');
    expect(await refusal(aside('pause', id))).toBe('lifecycle.side_state');
  });
});

describe('evidence', () => {
  it('of another project cannot be used, nor a file that somebody else uploaded', async () => {
    const mine = await ground.project();
    const other = await ground.project({ town: false });
    const there = await ground.paper(ground.office, other, 'contract');
    const sha = (await ground.database.row<{ sha256: string }>(sql`select sha256 from projects_evidence where id = ${there}`))?.sha256 ?? '';
    const add = (actor = ground.town, parts: Readonly<Record<string, unknown>> = {}): Promise<unknown> => ground.run(actor, 'projects.add_evidence', { id: mine, evidenceId: newId(), kind: 'contract', fileSha: sha, ...parts });
    expect(await refusal(add())).toBe('lifecycle.file_unknown');
    expect(await refusal(ground.run(ground.office, 'projects.pause', { id: await ground.project({ stage: 'building' }), day: TODAY, reason: '资金链断裂', evidenceId: there }))).toBe('lifecycle.evidence_unknown');
    expect(await refusal(ground.run(ground.office, 'projects.verify_evidence', { id: mine, evidenceId: there }))).toBe('platform.not_found');
    expect(await missingOf(move(mine, 'signed'))).toEqual(['contract']);
    expect(await refusal(add(ground.office))).toBe('done'); // the office uploaded it itself
    expect(await refusal(ground.run(ground.office, 'projects.add_evidence', { id: mine, evidenceId: there, kind: 'contract', fileSha: sha }))).toBe('platform.conflict');
    const report = newId();
    expect(await refusal(add(ground.office, { reportId: report }))).toBe('lifecycle.part_unknown');
  });

  it('is verified by somebody else, taken away with a reason, and then supports no gate', async () => {
    const id = await ground.project();
    const paper = await ground.paper(ground.officer, id, 'contract');
    expect(await refusal(ground.run(ground.officer, 'projects.verify_evidence', { id, evidenceId: paper }))).toBe('platform.not_allowed');
    await ground.run(ground.office, 'projects.verify_evidence', { id, evidenceId: paper });
    expect(await refusal(ground.run(ground.office, 'projects.verify_evidence', { id, evidenceId: paper }))).toBe('lifecycle.evidence_verified_already');
    const own = await ground.paper(ground.office, id, 'licence');
    expect(await refusal(ground.run(ground.office, 'projects.verify_evidence', { id, evidenceId: own }))).toBe('lifecycle.verify_own');
    expect(await refusal(ground.run(ground.officer, 'projects.remove_evidence', { id, evidenceId: paper, reason: '传错了' }))).toBe('platform.not_allowed');
    await ground.run(ground.office, 'projects.remove_evidence', { id, evidenceId: paper, reason: '传错了' });
    expect(await missingOf(move(id, 'signed'))).toEqual(['contract']);
    const list = await ground.ask(ground.office, 'projects.evidence', { id });
    expect(list['items']).toHaveLength(1);
    const all = await ground.ask(ground.office, 'projects.evidence', { id, removed: true });
    expect(all['items']).toMatchObject([{ kind: 'licence' }, { kind: 'contract', removedReason: '传错了', removedBy: '项目办01', verifiedBy: '项目办01' }]);
  });

  it('photos must be photos, of a time that has come, and a place is a pair', async () => {
    const id = await ground.project();
    const pdf = await ground.upload(ground.office, 'a.pdf', pdfOf('a'));
    const jpeg = await ground.upload(ground.office, 'a.jpg', jpegOf('a'));
    const text = await ground.upload(ground.office, 'a.csv', Buffer.from('项目名称,总投资\n甲,1\n'));
    const add = (parts: Readonly<Record<string, unknown>>): Promise<unknown> => ground.run(ground.office, 'projects.add_evidence', { id, evidenceId: newId(), kind: 'photo_site', ...parts });
    expect(await refusal(add({ fileSha: pdf['id'] }))).toBe('lifecycle.photo_needed');
    expect(await refusal(add({ fileSha: text['id'], kind: 'contract' }))).toBe('lifecycle.file_type');
    expect(await refusal(add({ fileSha: jpeg['id'], takenAt: '2023-06-30T16:30:00Z' }))).toBe('lifecycle.taken_in_future');
    expect(await refusal(add({ fileSha: jpeg['id'], takenAt: '2023-06-31T10:00:00Z' }))).toBe('platform.invalid');
    expect(await refusal(add({ fileSha: jpeg['id'], lon: 112.6 }))).toBe('platform.invalid');
    expect(await refusal(add({ fileSha: jpeg['id'], kind: 'photo_of_cat' }))).toBe('lifecycle.evidence_kind_unknown');
    expect(await refusal(ground.run(ground.office, 'projects.add_evidence', { id, evidenceId: newId(), kind: 'other' }))).toBe('lifecycle.evidence_empty');
    expect(await refusal(add({ fileSha: jpeg['id'], takenAt: '2023-06-30T10:00:00+08:00', lon: 112.6867, lat: 35.16 }))).toBe('done');
  });

  it('opens for those who uploaded it or reach its project, and for nobody else', async () => {
    const id = await ground.project({ town: false });
    const paper = await ground.paper(ground.office, id, 'contract');
    const sha = (await ground.database.row<{ sha256: string }>(sql`select sha256 from projects_evidence where id = ${paper}`))?.sha256 ?? '';
    expect(await mayRead(ground.database, ground.reader, sha)).toEqual({ name: '文件.pdf', mediaType: 'application/pdf' });
    expect(await mayRead(ground.database, ground.town, sha)).toBeUndefined();
    const own = await ground.upload(ground.town, '镇里的.pdf', pdfOf('town'));
    expect(await mayRead(ground.database, ground.town, String(own['id']))).toMatchObject({ name: '镇里的.pdf' });
    expect(await mayRead(ground.database, ground.office, String(own['id']))).toBeUndefined();
    expect(await mayRead(ground.database, ground.office, 'f'.repeat(64))).toBeUndefined();
  });
});

describe('results until 达效 is decided', () => {
  const producing = (extra: Readonly<Record<string, unknown>> = {}): Promise<string> =>
    ground.project({ stage: 'producing', day: '2022-03-15', extra: { actual_production: '2022-03-15', promised_output_fen: 1000, promised_jobs: 50, ...extra } });
  const enter = (id: string, fromMonth: string, toMonth: string, parts: Readonly<Record<string, unknown>> = { outputFen: 400 }): Promise<unknown> => ground.run(ground.officer, 'projects.enter_results', { id, fromMonth, toMonth, ...parts });

  it('are of months that have come, do not overlap, and are corrected by entering the same months again', async () => {
    const id = await producing();
    expect(await refusal(enter(id, '2023-06', '2023-07'))).toBe('lifecycle.results_future');
    expect(await refusal(enter(id, '2022-01', '2022-02'))).toBe('lifecycle.results_before_production');
    expect(await refusal(enter(id, '2023-02', '2023-01'))).toBe('lifecycle.results_span');
    expect(await refusal(enter(id, '2023-01', '2023-02', {}))).toBe('lifecycle.results_empty');
    expect(await refusal(enter(await ground.project({ stage: 'completed' }), '2023-01', '2023-02'))).toBe('lifecycle.results_too_early');
    await enter(id, '2023-01', '2023-03', { outputFen: 400, jobs: 40 });
    expect(await refusal(enter(id, '2023-03', '2023-06'))).toBe('lifecycle.results_overlap');
    await enter(id, '2023-01', '2023-03', { outputFen: 500, jobs: 45 });
    expect(await ground.ask(ground.reader, 'projects.results', { id })).toMatchObject({ promised: { outputFen: 1000 }, rates: { output: { actualFen: 500, bp: 5000 } }, jobs: { actual: 45, bp: 9000 }, due: true, agreedDay: '2023-03-31', agreed: false, percent: 80 });
  });

  it('nothing passes silently: overdue projects are listed until decided, and a new day must lie ahead', async () => {
    const id = await producing({ planned_effect: '2023-05-31' });
    const later = await producing({ planned_effect: '2023-12-31' });
    const government = await ground.project({ kind: 'government', stage: 'producing', extra: { actual_production: '2020-01-01' } });
    const listed = async (): Promise<unknown[]> => {
      const due = await ground.ask(ground.reader, 'projects.effect_due', { limit: 200 });
      return Array.isArray(due['items']) ? due['items'].map((one: { id: string }) => one.id) : [];
    };
    expect(await listed()).toContain(id);
    expect(await listed()).not.toContain(later);
    expect(await listed()).not.toContain(government);
    const decide = (parts: Readonly<Record<string, unknown>>): Promise<unknown> => ground.run(ground.office, 'projects.decide_effect', { id, day: TODAY, ...parts });
    expect(await refusal(decide({ effective: false, reason: '市场波动' }))).toBe('lifecycle.effect_new_day');
    expect(await refusal(decide({ effective: false, reason: '市场波动', newDay: '2023-06-30' }))).toBe('lifecycle.effect_date');
    expect(await refusal(decide({ effective: false, newDay: '2023-12-31' }))).toBe('lifecycle.reason_needed');
    await decide({ effective: false, reason: '市场波动，增订出口合同', newDay: '2023-12-31' });
    expect(await listed()).not.toContain(id);
    expect(await ground.row(id)).toMatchObject({ stage: 'producing', planned_effect: '2023-12-31' });
    expect(await missingOf(decide({ effective: true }))).toEqual(['results', 'register']);
    await enter(id, '2022-07', '2023-06', { outputFen: 810 });
    await ground.paper(ground.office, id, 'register');
    await decide({ effective: true, reason: '产值达到承诺的 81%' });
    expect(await ground.row(id)).toMatchObject({ stage: 'effective', actual_effect: TODAY });
    const results = await ground.ask(ground.reader, 'projects.results', { id });
    expect(results['decisions']).toMatchObject([{ effective: false, newDay: '2023-12-31', agreedDay: '2023-05-31' }, { effective: true, newDay: null }]);
  });

  it('lists the overdue page by page, each once', async () => {
    for (let i = 0; i < 5; i += 1) await producing({ planned_effect: `2023-0${String(1 + (i % 2))}-28` });
    const all = await ground.ask(ground.office, 'projects.effect_due', { limit: 200 });
    const seen: unknown[] = [];
    let after: string | undefined;
    for (let page = 0; page < 50; page += 1) {
      const part = await ground.ask(ground.office, 'projects.effect_due', { limit: 2, ...(after === undefined ? {} : { after }) });
      if (Array.isArray(part['items'])) seen.push(...part['items'].map((one: { id: string }) => one.id));
      if (typeof part['next'] !== 'string') break;
      after = part['next'];
    }
    expect(seen).toEqual(Array.isArray(all['items']) ? all['items'].map((one: { id: string }) => one.id) : []);
    expect(all['total']).toBe(seen.length);
    expect(await refusal(ground.ask(ground.office, 'projects.effect_due', { after: 'nonsense' }))).toBe('platform.invalid');
  });
});

describe('where a project stands', () => {
  it('shows each condition met or missing with its evidence, in the reader’s language', async () => {
    const id = await ground.project({ stage: 'preliminary', extra: { planned_start: '2023-06-30' } });
    await ground.paper(ground.office, id, 'construction_permit');
    await ground.paper(ground.office, id, 'photo_works', { place: undefined });
    const gates = await ground.ask({ ...ground.office, locale: 'en' }, 'projects.gates', { id });
    expect(gates).toMatchObject({ stage: 'preliminary', can: { move: true, back: true, sides: ['paused', 'removed', 'terminated'] }, next: [{ stage: 'started', missing: 1 }] });
    const next: unknown = gates['next'];
    const conditions: unknown = Array.isArray(next) ? (next[0] as { conditions: unknown }).conditions : [];
    expect(conditions).toMatchObject([
      { code: 'permit', state: 'met', text: 'Construction permit or commencement report', evidence: [{ label: '济发改〔2023〕17号', kindName: 'Construction permit' }], mayWaive: false },
      { code: 'works_photo', state: 'missing', near: [{ lacks: ['place'] }], mayWaive: true },
      { code: 'permanent_works', state: 'declare' },
    ]);
  });

  it('shows a stage that was left out as left out, and one from a ledger as passed', async () => {
    const skipped = await ground.project();
    await ground.paper(ground.office, skipped, 'contract');
    await move(skipped, 'signed');
    const states = async (id: string): Promise<unknown> => {
      const stages: unknown = (await ground.ask(ground.office, 'projects.gates', { id }))['stages'];
      return Array.isArray(stages) ? Object.fromEntries(stages.map((one: { code: string; state: string }) => [one.code, one.state])) : {};
    };
    expect(await states(skipped)).toMatchObject({ planned: 'passed', reserved: 'skipped', signed: 'here', performed: 'ahead' });
    expect(await states(await ground.project({ kind: 'government', stage: 'building' }))).toMatchObject({ reserved: 'passed', signed: 'skipped', preliminary: 'passed', building: 'here', effective: 'skipped' });
  });
});

describe('the rules', () => {
  const change = (edit: (copy: Lifecycle) => void): Lifecycle => {
    const copy = structuredClone(STANDARD);
    edit(copy);
    return copy;
  };

  it('are previewed on real projects, changed under their version, and refused when unsound', async () => {
    const id = await ground.project({ stage: 'planned' });
    await ground.paper(ground.office, id, 'contract');
    const harder = change((copy) => { const one = copy.stages[2]?.conditions[0]; if (one?.test.type === 'evidence') one.test.verified = true; });
    expect(await refusal(ground.run(ground.reader, 'projects.preview_lifecycle_change', { rules: harder }))).toBe('platform.not_allowed');
    const preview = await ground.run(ground.office, 'projects.preview_lifecycle_change', { rules: harder });
    expect(preview.output).toMatchObject({ faults: [], allowed: 0 });
    expect(preview.output).toHaveProperty('changes', expect.arrayContaining([expect.objectContaining({ id, next: 'signed', before: 'open', after: 'shut', conditions: ['contract'] })]));
    const broken = change((copy) => { copy.stages.reverse(); });
    expect((await ground.run(ground.office, 'projects.preview_lifecycle_change', { rules: broken })).output).toMatchObject({ looked: 0, refused: 0 });
    expect(await refusal(ground.run(ground.office, 'projects.change_lifecycle', { rules: broken, reason: '试一试' }, 0))).toBe('lifecycle.unsound');
    expect(await refusal(ground.run(ground.office, 'projects.change_lifecycle', { rules: harder, reason: '合同须核实' }, 1))).toBe('platform.stale_version');
    expect(await refusal(ground.run(ground.officer, 'projects.change_lifecycle', { rules: harder, reason: '合同须核实' }, 0))).toBe('platform.not_allowed');
    expect((await ground.run(ground.office, 'projects.change_lifecycle', { rules: harder, reason: '合同须核实' }, 0)).version).toBe(1);
    expect(await missingOf(move(id, 'signed'))).toEqual(['contract']);
    expect(await ground.ask(ground.reader, 'projects.lifecycle', {})).toMatchObject({ version: 1, standard: false, updatedBy: '项目办01' });
    expect((await ground.run(ground.office, 'projects.change_lifecycle', { rules: STANDARD, reason: '恢复标准' }, 1)).version).toBe(2);
    expect(await refusal(move(id, 'signed'))).toBe('done');
  });

  it('has words in both languages for everything that it refuses with', () => {
    const sources = ['rules.ts', 'evidence.ts', 'results.ts', 'setting.ts', 'moves.ts'].map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('\n');
    const sound = readFileSync(new URL('sound.ts', import.meta.url), 'utf8');
    const thrown = [...sources.matchAll(/refuse\('lifecycle\.([a-z_]+)'/g)].map((found) => found[1] ?? '');
    const faults = [...(/export type FaultCode =([^;]+);/.exec(sound)?.[1] ?? '').matchAll(/'([a-z_]+)'/g)].map((found) => `fault_${found[1] ?? ''}`);
    expect([thrown.length > 25, faults.length > 12]).toEqual([true, true]);
    for (const lang of ['zh-CN', 'en']) {
      const words: unknown = JSON.parse(readFileSync(new URL(`../../../../locales/${lang}/lifecycle.json`, import.meta.url), 'utf8'));
      const refusals = typeof words === 'object' && words !== null && 'refusal' in words && typeof words.refusal === 'object' && words.refusal !== null ? Object.keys(words.refusal) : [];
      expect([...thrown, ...faults].filter((one) => !refusals.includes(one))).toEqual([]);
    }
  });
});
