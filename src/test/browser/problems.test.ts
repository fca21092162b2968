// The pool of problems in a real browser, each role through its own pages and dialogs: the enterprise raises, the desk forwards, the department
// replies on a phone and submits with a file, two people meet on one problem. Needs Chromium and the built pages.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../platform/db.ts';
import type { Role } from '../world/world.ts';
import { openGround, ready, unsound, type Ground } from './ground.ts';

if (!ready) console.warn('problems in a browser: skipped, there is no Chromium or no built page');

interface Problem { readonly id: string; readonly number: string; readonly state: string; readonly version: number; readonly kind: string }

describe.skipIf(!ready)('problems in a browser', () => {
  let ground: Ground;
  const faults: string[] = [];
  beforeAll(async () => {
    ground = await openGround();
    const { app, orgs } = ground.world;
    await app.run(app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: orgs.desk }, { duty: 'development', organisationId: orgs.root }, { duty: 'city', organisationId: orgs.department }] });
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
    await context.close();
  }

  const latest = async (): Promise<Problem> => {
    const row = await ground.world.app.database.row<Problem>(sql`select id, number, state, version, kind from problems_problems order by seq desc limit 1`);
    if (row === undefined) throw new Error('there is no problem');
    return row;
  };

  it('the enterprise raises one in a minute on a phone: the kind follows from the words, number and promise are told', async () => {
    await as('enterprise', 'zh-CN', 390, async (page, open) => {
      await open('/problems/new');
      await page.getByRole('button', { name: '提出', exact: true }).click();
      await page.getByText('请填写').first().waitFor();
      await page.getByLabel('遇到什么难题').fill('厂区外供电线路没有接通，不能试车');
      await page.getByLabel('具体情况和请求').fill('请协调供电公司在月底前送电');
      await page.getByText('水电气暖').first().waitFor();
      await page.locator('input[type=file]').setInputFiles({ name: '现场.txt', mimeType: 'text/plain', buffer: Buffer.from('杆号12') });
      await page.getByText('现场.txt').waitFor();
      expect(await unsound(page)).toBeUndefined();
      // Pressed twice by an impatient hand: raised once.
      await page.getByRole('button', { name: '提出', exact: true }).dblclick();
      await page.getByText(/已提出，编号 2023-0001/).waitFor();
      await page.getByText(/承诺办结/).waitFor();
      await page.getByRole('link', { name: '看这件难题' }).or(page.getByRole('button', { name: '看这件难题' })).first().click();
      await page.locator('h1').filter({ hasText: '厂区外供电线路' }).waitFor();
    });
    expect(await latest()).toMatchObject({ number: '2023-0001', kind: 'utilities', state: 'received' });
  }, 120_000);

  it('the desk finds it on its first page, signs and forwards it to whom the kind suggests, in English', async () => {
    await as('desk', 'en', 1440, async (page, open) => {
      await open('/');
      await page.getByText('1 problem waits to be signed for').waitFor();
      await open('/problems?mine=1');
      expect(await unsound(page)).toBeUndefined();
      await page.getByText('厂区外供电线路没有接通').first().click();
      await page.getByRole('button', { name: 'Sign for it' }).click();
      await page.getByRole('button', { name: 'Forward', exact: true }).click();
      const dialog = page.getByRole('dialog').filter({ hasText: 'What is expected' });
      await dialog.getByText('发展改革和统计局').waitFor();
      await dialog.getByLabel('What is expected').fill('Please survey the line');
      expect(await unsound(page)).toBeUndefined();
      await dialog.getByRole('button', { name: 'Forward', exact: true }).click();
      await page.getByText(/Waits for the first reply of/).waitFor();
    });
    expect((await latest()).state).toBe('assigned');
  }, 120_000);

  it('the head of the department replies on a phone, and nothing typed is lost when somebody else was quicker', async () => {
    const { app, actors } = ground.world;
    const { id } = await latest();
    await as('department', 'zh-CN', 390, async (page, open) => {
      await open(`/problems/${id}`);
      await page.getByRole('button', { name: '首次答复' }).click();
      const dialog = page.getByRole('dialog').filter({ hasText: '答复内容' });
      await dialog.getByLabel('答复内容').fill('已联系供电公司，7月5日前完成勘查');
      expect(await unsound(page)).toBeUndefined();
      await app.run(actors.office, 'problems.reclassify', { id, severity: 'urgent', reason: '影响试车' }, { ifVersion: (await latest()).version });
      await dialog.getByRole('button', { name: '答复', exact: true }).click();
      await dialog.getByText('刚才有别人动过这件难题').waitFor();
      await dialog.getByText(/程度改为“紧急”/).waitFor();
      expect(await dialog.getByLabel('答复内容').inputValue()).toBe('已联系供电公司，7月5日前完成勘查');
      await dialog.getByRole('button', { name: '答复', exact: true }).click();
      await page.getByText('办理中').first().waitFor();
    });
    expect((await latest()).state).toBe('handling');
  }, 120_000);

  it('the department submits its solution with proof, which the enterprise reads', async () => {
    const { id } = await latest();
    await as('department', 'zh-CN', 1440, async (page, open) => {
      await open(`/problems/${id}`);
      await page.getByRole('button', { name: '提交办结' }).click();
      const dialog = page.getByRole('dialog').filter({ hasText: '办理结果' });
      await dialog.getByRole('button', { name: '提交', exact: true }).click();
      await dialog.getByText('请填写').waitFor();
      await dialog.getByLabel('办理结果').fill('线路已接通，今日送电');
      await dialog.locator('input[type=file]').setInputFiles({ name: '送电单.txt', mimeType: 'text/plain', buffer: Buffer.from('送电单') });
      await dialog.getByText('送电单.txt').waitFor();
      await dialog.getByRole('button', { name: '提交', exact: true }).click();
      await page.getByText(/等提出的企业、项目专员确认/).first().waitFor();
    });
    expect((await latest()).state).toBe('submitted');
    await as('enterprise', 'en', 390, async (page, open) => {
      await open(`/problems/${id}`);
      await page.getByText('线路已接通，今日送电').first().waitFor();
      const href = await page.getByRole('link', { name: '送电单.txt' }).getAttribute('href');
      const answer = await page.request.get(ground.address + (href ?? ''));
      expect([answer.status(), await answer.text()]).toEqual([200, '送电单']);
    });
  }, 120_000);

  it('is found by its number and by initials from anywhere, and a town that has nothing to do with it sees nothing', async () => {
    await as('office', 'zh-CN', 1440, async (page, open) => {
      await open('/');
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('gdxl');
      await page.getByRole('option').filter({ hasText: '2023-0001' }).click();
      await page.locator('h1').filter({ hasText: '厂区外供电线路' }).waitFor();
    });
    await as('town', 'zh-CN', 390, async (page, open) => {
      await open('/problems');
      await page.getByText('没有这样的难题').waitFor();
    });
    expect(faults).toEqual([]);
  }, 120_000);
});
