// A meeting in session in a real browser: the network goes for a while, decisions go on, and all of them arrive once and in order; two clerks at once.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { sql } from '../../platform/db.ts';
import { addItem, open, plan } from '../world/meetings.ts';
import { openGround, ready, type Ground } from './ground.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe.skipIf(!ready)('a meeting in session', () => {
  let ground: Ground;
  beforeAll(async () => { ground = await openGround({ day: '2023-06-30' }); });
  afterAll(() => ground.close());

  const prepared = async (items: number): Promise<{ id: string; itemIds: string[] }> => {
    const { app, actors, orgs } = ground.world;
    const id = await plan(app, actors.office);
    const itemIds: string[] = [];
    for (let i = 0; i < items; i += 1) itemIds.push(await addItem(app, actors.office, id, { title: `议题${i + 1}`, ownerOrgId: orgs.department }));
    await open(app, actors.office, id);
    return { id, itemIds };
  };
  const write = async (page: Page, measure: string): Promise<void> => {
    await page.getByLabel('办理措施').fill(measure);
    await page.getByRole('button', { name: /^3个工作日/ }).click();
    await page.getByLabel('办理措施').press('Control+Enter');
  };
  const decided = (id: string) => ground.world.app.database.rows<{ title: string; measure: string; version: number }>(sql`select i.title, d.measure, d.version from dispatch_decisions d join dispatch_items i on i.id = d.item_id where d.meeting_id = ${id} order by i.sort`);

  it('goes on without a network and loses nothing', async () => {
    const { id } = await prepared(3);
    const { page, context, faults } = await ground.signedIn('zh-CN', 1440);
    await page.goto(`${ground.address}/meetings/${id}/run`);
    await page.getByRole('heading', { name: '议题1' }).waitFor();
    await context.setOffline(true);
    await write(page, '第一项措施');
    await page.getByRole('heading', { name: '议题2' }).waitFor();
    await write(page, '第二项措施');
    await page.getByRole('heading', { name: '议题3' }).waitFor();
    await expect.poll(() => page.locator('.wallnet').innerText(), { timeout: 30_000 }).toMatch(/2 项议定已保留/);
    expect(await decided(id)).toEqual([]);
    await context.setOffline(false);
    await expect.poll(() => decided(id), { timeout: 30_000 }).toEqual([{ title: '议题1', measure: '第一项措施', version: 1 }, { title: '议题2', measure: '第二项措施', version: 1 }]);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('keeps what waits when its page is closed, and sends it when it is opened again', async () => {
    const { id } = await prepared(2);
    const { page, context } = await ground.signedIn('zh-CN', 1440);
    await page.goto(`${ground.address}/meetings/${id}/run`);
    await page.getByRole('heading', { name: '议题1' }).waitFor();
    await context.setOffline(true);
    await write(page, '关页之前写的');
    await page.close({ runBeforeUnload: false });
    await context.setOffline(false);
    expect(await decided(id)).toEqual([]);
    const again = await context.newPage();
    await again.goto(`${ground.address}/meetings/${id}/run`);
    await expect.poll(() => decided(id), { timeout: 30_000 }).toEqual([{ title: '议题1', measure: '关页之前写的', version: 1 }]);
    await context.close();
  });

  it('shows two clerks what they wrote on one item side by side', async () => {
    const { id, itemIds } = await prepared(1);
    const { page, context } = await ground.signedIn('zh-CN', 1440);
    await page.goto(`${ground.address}/meetings/${id}/run`);
    await page.getByRole('heading', { name: '议题1' }).waitFor();
    await context.setOffline(true);
    await page.getByLabel('办理措施').fill('我的措施');
    await page.getByRole('button', { name: /^3个工作日/ }).click();
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await ground.world.app.run(ground.world.actors.office, 'dispatch.decide_item', { id, itemId: itemIds[0], seen: 0, kind: 'measure', measure: '对方的措施', ownerOrgId: ground.world.orgs.town, dueDay: '2023-07-10' });
    await context.setOffline(false);
    await page.getByRole('alert').getByText('对方的措施').waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: '改用我的' }).click();
    await expect.poll(() => decided(id), { timeout: 30_000 }).toEqual([{ title: '议题1', measure: '我的措施', version: 2 }]);
    await context.close();
  });

  it('keeps what a clerk has begun while he turns the pages, and lets him overwrite nothing that came in meanwhile unseen', async () => {
    const { id, itemIds } = await prepared(2);
    const { page, context } = await ground.signedIn('zh-CN', 1440);
    await page.goto(`${ground.address}/meetings/${id}/run`);
    await page.getByRole('heading', { name: '议题1' }).waitFor();
    await page.getByLabel('办理措施').fill('我的措施');
    await page.getByRole('button', { name: /^3个工作日/ }).click();
    await ground.world.app.run(ground.world.actors.office, 'dispatch.decide_item', { id, itemId: itemIds[0], seen: 0, kind: 'measure', measure: '对方的措施', ownerOrgId: ground.world.orgs.town, dueDay: '2023-07-10' });
    await page.getByText('刚写了这项议定，保存时请对照').waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: '下一项 →' }).click();
    await page.getByRole('heading', { name: '议题2' }).waitFor();
    await page.getByRole('button', { name: '← 上一项' }).click();
    await page.getByRole('heading', { name: '议题1' }).waitFor();
    expect(await page.getByLabel('办理措施').inputValue()).toBe('我的措施');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByRole('alert').getByText('对方的措施').waitFor({ timeout: 30_000 });
    expect(await decided(id)).toMatchObject([{ title: '议题1', measure: '对方的措施', version: 1 }]);
    await context.close();
  });
});
