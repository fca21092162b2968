// A foreign register of 445 real projects, mapped by hand in the browser: fields, unit and order of dates are said by a person and kept
// as a profile; what contradicts itself is warned about and written as it stands. Skipped where the shared data are not at hand.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../platform/db.ts';
import { root } from '../../platform/root.ts';
import { openGround, ready, unsound, type Ground } from './ground.ts';

const FILE = path.join(root, '..', 'shared', 'data', 'registers', 'melbourne-water', 'Capital_Delivery_Project_deidentified.csv');
const PROFILE = '墨尔本供水';
const GATES = ['BNI', 'PBC', 'BCA', 'Tender Closed', 'Stage1', 'Stage2', 'Stage3'];

describe.skipIf(!ready || !existsSync(FILE))('the register of Melbourne Water in a browser (skipped without Chromium, built pages or the shared data)', () => {
  let ground: Ground;
  let page: Page;
  let faults: string[];
  beforeAll(async () => {
    ground = await openGround({ day: '2020-12-31' });
    ({ page, faults } = await ground.signedIn('zh-CN', 1440));
  }, 120_000);
  afterAll(() => ground.close());

  const drop = async (): Promise<void> => {
    await page.goto(`${ground.address}/import`);
    await page.locator('input[type=file]').first().setInputFiles(FILE);
    await page.getByText('第一步：确认每一列是什么').waitFor({ timeout: 60_000 });
  };
  const line = (heading: string): Locator => page.locator('.maptable tbody tr').filter({ has: page.locator('th', { hasText: new RegExp(`^${heading}$`) }) });
  const choose = async (button: Locator, option: string): Promise<void> => {
    await button.click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  const becomes = (heading: string, field: string): Promise<void> => choose(line(heading).getByRole('button', { name: /^对应字段/ }), field);

  it('asks for the order of ambiguous dates and for the unit, and takes the answers', async () => {
    await drop();
    const asked = page.locator('.questions');
    await asked.getByText('“BNI”有').waitFor();
    await asked.getByText('“PBC”有').waitFor();
    expect(await unsound(page)).toBeUndefined();

    await becomes('ID', '项目代码');
    await becomes('FFC', '总投资');
    await becomes('Delivery Program', '类别');
    for (const heading of [...GATES, 'Owner Group', 'EPT', 'Approval body', 'Owner Team']) await becomes(heading, '作为附加信息保留');
    for (const heading of GATES) await choose(line(heading).getByRole('button', { name: /^保存为/ }), '日期');

    const ask = (what: string): Locator => asked.getByRole('listitem').filter({ hasText: `“${what}”` });
    await ask('FFC').getByRole('button', { name: '元', exact: true }).click();
    await ask('BNI').getByRole('button', { name: '先日后月' }).click();
    await ask('PBC').getByRole('button', { name: '先日后月' }).click();
    expect(await asked.count()).toBe(0);

    await page.getByPlaceholder('方案名称').fill(PROFILE);
    await page.getByRole('button', { name: '存为导入方案' }).click();
    await page.getByText(`已存为导入方案“${PROFILE}”`).waitFor();
  }, 180_000);

  it('warns of times that contradict each other before anything is written', async () => {
    await page.getByRole('button', { name: '看每一行会怎样' }).click();
    await page.getByText('第二步：看每一行会怎样，再写入').waitFor({ timeout: 60_000 });
    const kinds = page.locator('.kinds');
    const kind = (what: string): Locator => kinds.getByRole('button').filter({ hasText: what });
    await kind('“Tender Closed”晚于“BCA”').getByText('11 行').waitFor();
    await kind('“Stage1”晚于“Stage2”').getByText('1 行').waitFor();
    expect(await unsound(page)).toBeUndefined();

    await kind('“Tender Closed”晚于“BCA”').click();
    await expect.poll(() => page.locator('.rowtable tbody tr').count()).toBe(11);
    await kind('“Stage1”晚于“Stage2”').click();
    await expect.poll(() => page.locator('.rowtable tbody tr').count()).toBe(1);
    const row = await page.locator('.rowtable tbody tr').innerText();
    expect(row).toContain('Q05658');
    expect(row).toContain('“Stage1”（2018-06-08 17:00）晚于“Stage2”（2018-06-08 08:00）');
    const written = await ground.world.app.database.row<{ count: number }>(sql`select count(*)::int as count from projects_projects`);
    expect(written?.count).toBe(0);
  }, 120_000);

  it('writes 445 projects, whose total the list shows to the cent, and repairs nothing', async () => {
    await page.getByRole('button', { name: /写入 445 行/ }).click();
    await page.getByText('导入完成').first().waitFor({ timeout: 120_000 });
    await page.goto(`${ground.address}/projects`);
    await page.getByText('合计 445 个').waitFor({ timeout: 30_000 });
    await page.locator('tfoot').getByTitle('5,113,659,152.50元').waitFor();
    const kept = await ground.world.app.database.row<{ custom: Record<string, string> }>(sql`select custom from projects_projects where code = 'Q05658'`);
    expect(kept?.custom).toMatchObject({ Stage1: '2018-06-08 17:00', Stage2: '2018-06-08 08:00' });
    expect(faults).toEqual([]);
  }, 180_000);

  it('knows the file again by its profile: nothing is asked, nothing changes', async () => {
    await drop();
    await choose(page.getByRole('button', { name: /^导入方案/ }), PROFILE);
    await expect.poll(() => page.locator('.questions').count()).toBe(0);
    await page.getByRole('button', { name: '看每一行会怎样' }).click();
    await page.getByText('第二步：看每一行会怎样，再写入').waitFor({ timeout: 60_000 });
    await page.getByRole('tab', { name: /未变\s*445/ }).waitFor({ timeout: 30_000 });
    expect(faults).toEqual([]);
  }, 120_000);
});
