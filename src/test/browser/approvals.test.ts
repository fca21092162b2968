// Approvals in a real browser, each role through its own pages and dialogs, on one project: facts, application, correction, a clock that stands
// still, decision, the way that is faster, a simulated permit that opens no gate, and what a leader sees of it. Needs Chromium and the built pages.
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import { printPaper } from '../../demo/paper.ts';
import { PLAIN_FACTS } from '../world/approvals.ts';
import type { Role } from '../world/world.ts';
import { openGround, ready, unsound, type Ground } from './ground.ts';

const TODAY = '2023-06-30';
const DUTIES = ['development', 'land', 'planning', 'environment', 'water', 'housing', 'approval'];
if (!ready) console.warn('approvals in a browser: skipped, there is no Chromium or no built page');

describe.skipIf(!ready)('approvals in a browser', () => {
  let ground: Ground;
  let id = '';
  const faults: string[] = [];
  beforeAll(async () => {
    ground = await openGround();
    id = await prepared(ground);
  }, 120_000);
  afterAll(() => ground.close());

  /** The pages of one role, which are sound before they are left. */
  async function as(role: Role, lang: string, width: number, work: (page: Page, open: (path: string) => Promise<void>) => Promise<void>): Promise<void> {
    const { context, page, faults: own } = await ground.signedIn(lang, width, role);
    await work(page, async (path) => {
      await page.goto(ground.address + path, { waitUntil: 'networkidle' });
      await page.locator('main h1').first().waitFor({ timeout: 30_000 });
    });
    expect(await unsound(page)).toBeUndefined();
    faults.push(...own);
    await left(context);
  }

  const caseOf = async (item: string): Promise<string> => (await ground.world.app.database.row<{ id: string }>(sql`select id from approvals_cases where project_id = ${id} and item = ${item} order by round desc limit 1`))?.id ?? '';
  const beginDay = async (): Promise<string> => (await ground.world.app.database.row<{ begin_day: string }>(sql`select begin_day from approvals_plans where project_id = ${id}`))?.begin_day ?? '';

  it('the commissioner answers a question and sees the approval that it brings before it is saved', async () => {
    await as('commissioner', 'zh-CN', 1440, async (page, open) => {
      await open(`/projects/${id}/approvals/facts`);
      const question = page.locator('.apquestion').filter({ hasText: '需编报水土保持方案' });
      await question.getByText('是', { exact: true }).click();
      const effect = page.locator('.apeffect');
      await effect.getByText('生产建设项目水土保持方案审批').waitFor();
      await effect.getByRole('button', { name: /保存1处/ }).click();
      await page.getByText('已保存，计划已重算').waitFor();
    });
  }, 120_000);

  it('the commissioner applies for the firm with its power of attorney as a file', async () => {
    await as('commissioner', 'zh-CN', 390, async (page, open) => {
      await open(`/projects/${id}/approvals/cases`);
      await page.locator('.caseitem').filter({ hasText: '环境影响评价审批' }).getByRole('button', { name: '申请' }).click();
      const dialog = page.getByRole('dialog');
      expect(await dialog.getByRole('button', { name: '提交申请' }).isDisabled()).toBe(true);
      await dialog.locator('input[type=file]').first().setInputFiles({ name: '授权委托书.pdf', mimeType: 'application/pdf', buffer: printPaper({ title: '授权委托书', lines: [['受托人', '项目专员']], foot: '' }) });
      await dialog.getByText('授权委托书.pdf').waitFor();
      await dialog.getByRole('button', { name: '提交申请' }).click();
      await page.locator('.caseitem').filter({ hasText: '环境影响评价审批' }).getByText('审批部门').waitFor();
    });
    expect(await ground.world.app.database.row(sql`select via, attorney_sha is not null as signed from approvals_cases where project_id = ${id} and item = 'P11'`)).toEqual({ via: 'agent', signed: true });
  }, 120_000);

  it('the firm applies by itself, in English', async () => {
    await as('enterprise', 'en', 1440, async (page, open) => {
      await open(`/projects/${id}/approvals/cases`);
      const line = page.locator('.caseitem').filter({ hasText: 'Soil and water conservation plan' });
      await line.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click();
      await line.getByText('Department').waitFor();
    });
  }, 120_000);

  it('a correction moves the clock to the applicant, and what is supplied moves it back', async () => {
    const path = `/approvals/cases/${await caseOf('P12')}`;
    await as('department', 'zh-CN', 1440, async (page, open) => {
      await open(path);
      await record(page, '一次性告知补正', { 文书文号: '补正〔2023〕1号', 事由: '缺弃土场地形图' });
      await page.getByText(/起在申请人/).waitFor();
    });
    await as('enterprise', 'en', 390, async (page, open) => {
      await open(path);
      await page.getByText(/With the applicant since/).waitFor();
      await record(page, 'Corrections are in', {});
      await page.getByText(/With the applicant since/).first().waitFor({ state: 'detached' });
      await page.getByText(/^With .* since/).first().waitFor();
    });
  }, 180_000);

  it('a special procedure stops the clock on the page, and the case is decided after it', async () => {
    const path = `/approvals/cases/${await caseOf('P12')}`;
    await as('department', 'zh-CN', 1440, async (page, open) => {
      await open(path);
      await record(page, '受理', { 文书文号: '受理〔2023〕1号' });
      await record(page, '特别程序开始', { 文书文号: '告知〔2023〕1号', 告知的所需时间: '10' }, { 程序: '专家评审' });
      await page.getByText(/起特别程序，时钟停/).waitFor();
      expect(await unsound(page)).toBeUndefined();
      await record(page, '特别程序结束', {});
      await record(page, '办结', { 文书文号: '准予〔2023〕1号' });
      await page.locator('.state').filter({ hasText: '办结（通过）' }).first().waitFor();
    });
  }, 180_000);

  it('another way makes the predicted day of the start another one', async () => {
    const before = await beginDay();
    await as('commissioner', 'zh-CN', 1440, async (page, open) => {
      await open(`/projects/${id}/approvals`);
      await page.getByRole('button', { name: '办理方式' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('模拟审批', { exact: true }).click();
      await dialog.getByRole('button', { name: '采用' }).click();
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(beginDay).not.toBe(before);
    });
    expect((await beginDay()) < before).toBe(true);
  }, 120_000);

  it('a simulated permit is marked, and the start stays shut and says why', async () => {
    await as('enterprise', 'en', 1440, async (page, open) => {
      await open(`/projects/${id}/approvals/faster`);
      await page.getByRole('button', { name: 'Apply for simulation' }).click();
      const dialog = page.getByRole('dialog');
      await choose(dialog, 'Approval', 'Construction permit');
      await fill(dialog, { 'Number of the planning conditions': '规条2023-12', 'Signed by': 'Legal representative' });
      await dialog.locator('input[type=file]').setInputFiles({ name: 'risk.pdf', mimeType: 'application/pdf', buffer: printPaper({ title: '自担风险承诺书', lines: [['承诺', '自担风险']], foot: '' }) });
      await dialog.getByText('risk.pdf').waitFor();
      await dialog.getByText('The applicant signed to bear the risk').click();
      await dialog.getByRole('button', { name: 'Apply for simulation' }).click();
      await dialog.waitFor({ state: 'detached' });
    });
    await as('department', 'zh-CN', 1440, async (page, open) => {
      await open(`/projects/${id}/approvals/faster`);
      await page.getByRole('button', { name: '出具意见' }).click();
      const dialog = page.getByRole('dialog');
      await fill(dialog, { 文号: '模拟〔2023〕施字第1号', 申请人: '演示企业有限公司', '用地面积（平方米）': '40000', 规划条件: '规条2023-12', 建设规模: '两座厂房' });
      for (const debt of await dialog.locator('label').filter({ hasText: /补齐/ }).all()) await dialog.locator(`[id="${(await debt.getAttribute('for')) ?? ''}"]`).fill('2023-08-15');
      await dialog.getByRole('button', { name: '出具意见' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('模拟，无法律效力').first().waitFor();
      const start = page.locator('.fastergates > li').filter({ hasText: '开工' }).first();
      await start.getByText(/缺 \d+ 项/).waitFor();
      await start.getByText('仅有模拟审批意见，无法律效力').waitFor();
    });
  }, 180_000);

  it('the leader sees that the project slips, and on whose clock it stands', async () => {
    const { app, actors } = ground.world;
    const held = newId();
    await app.run(actors.enterprise, 'approvals.open_case', { id: held, projectId: id, item: 'L01' });
    await app.run(actors.department, 'approvals.record_case_event', { id: held, kind: 'correction_asked', reason: '缺红线图', document: '补正〔2023〕2号' }, { ifVersion: 1 });
    await as('leader', 'en', 390, async (page, open) => {
      await open('/approvals');
      const row = page.locator('.apforecasts tbody tr').filter({ hasText: '演示气瓶项目' });
      await row.getByText(/late/).first().waitFor();
      await row.getByText(/waiting for the applicant since/).click();
      await page.getByText(/With the applicant since/).waitFor();
    });
    expect(faults).toEqual([]);
  }, 120_000);
});

/** A project of the firm with its commissioner and an agreed plan of February, and one body that handles everything. */
async function prepared({ world }: Ground): Promise<string> {
  const { app, actors, orgs } = world;
  const map = Object(await app.ask(app.system, 'people.department_map', {}));
  await app.run(app.system, 'people.edit_department_map', { items: DUTIES.map((duty) => ({ duty, organisationId: orgs.department })) }, map.version > 0 ? { ifVersion: map.version } : {});
  const id = await world.project({ name: '演示气瓶项目', builderId: orgs.enterprise, landMu: 60, plannedStart: '2023-05-31', plannedCompletion: '2024-05-31', kind: 'enterprise' });
  const version = async (): Promise<number> => (await app.database.row<{ version: number }>(sql`select version from projects_projects where id = ${id}`))?.version ?? 0;
  await app.run(actors.office, 'projects.assign_commissioner', { id, assignmentId: newId(), userId: actors.commissioner.userId }, { ifVersion: await version() });
  app.clock.stand('2023-02-10');
  const { track: _track, insideZone: _inside, inApprovedPlan: _plan, disturbsSoil: _soil, ...answers } = PLAIN_FACTS;
  const answered = Object((await app.run(actors.commissioner, 'approvals.answer_facts', { id, answers }, { ifVersion: 0 })).output);
  const chosen = Object((await app.run(actors.office, 'approvals.choose_plan', { id, startDay: '2023-02-13' }, { ifVersion: answered.version })).output);
  await app.run(actors.office, 'approvals.freeze_baseline', { id }, { ifVersion: chosen.version });
  app.clock.stand(TODAY);
  for (const item of ['P01', 'P02']) {
    const caseId = newId();
    await app.run(actors.enterprise, 'approvals.open_case', { id: caseId, projectId: id, item });
    for (const [nth, event] of [{ kind: 'accepted', document: `受理${item}` }, { kind: 'decided', document: `准予${item}`, outcome: 'approved' }].entries()) {
      await app.run(actors.department, 'approvals.record_case_event', { id: caseId, ...event }, { ifVersion: nth + 1 });
    }
  }
  return id;
}

/** Records one event of a case: by its button or out of the menu, in the dialog, and waits until it is done. */
async function record(page: Page, event: string, fields: Readonly<Record<string, string>>, choices: Readonly<Record<string, string>> = {}): Promise<void> {
  const button = page.locator('main').getByRole('button', { name: event, exact: true });
  await page.locator('main h1').waitFor();
  if ((await button.count()) === 0) await page.locator('main .btn.plain[aria-haspopup], main .btn.plain[aria-expanded]').first().click();
  await page.getByRole('button', { name: event, exact: true }).first().click();
  const dialog = page.getByRole('dialog', { name: event });
  for (const [label, option] of Object.entries(choices)) await choose(dialog, label, option);
  await fill(dialog, fields);
  await dialog.getByRole('button', { name: event, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  // The page reads the case again before it offers what may be done next.
  await page.waitForLoadState('networkidle');
}

async function fill(dialog: Locator, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    const known = dialog.locator('label').filter({ hasText: new RegExp(`^${label.replace(/[（）()]/g, '.')}`) }).first();
    await dialog.locator(`[id="${(await known.getAttribute('for')) ?? ''}"]`).fill(value);
  }
}

async function choose(dialog: Locator, label: string, option: string): Promise<void> {
  const known = dialog.locator('label').filter({ hasText: new RegExp(`^${label}`) }).first();
  await dialog.locator(`[id="${(await known.getAttribute('for')) ?? ''}"]`).click();
  await dialog.page().getByRole('option', { name: new RegExp(`^${option}`) }).first().click();
}

async function left(context: BrowserContext): Promise<void> {
  await context.close();
}
