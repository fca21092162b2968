// The commissioner's week on a phone in a real browser: airplane mode, three reports with a photo, the tab closed and opened again without network, back on:
// all arrive once. And killed in the middle of sending: once. The network is cut at the socket too, so that the service worker is without it as well.
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import { openGround, ready, unsound, type Ground } from './ground.ts';
import { Wire } from './wire.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

describe.skipIf(!ready)('the week on a phone', () => {
  let ground: Ground;
  let wire: Wire;
  const projects: string[] = [];

  beforeAll(async () => {
    ground = await openGround();
    wire = new Wire(Number(new URL(ground.address).port));
    await wire.listen();
    for (const name of ['纳米材料一期', '铅酸电池回收', '绿色建材']) {
      const id = await ground.world.project({ name });
      await ground.world.app.database.run(sql`update projects_projects set stage = 'building' where id = ${id}`);
      await ground.world.app.run(ground.world.app.system, 'projects.assign_commissioner', { id, assignmentId: newId(), userId: ground.world.actors.commissioner.userId });
      projects.push(id);
    }
  }, 120_000);
  afterAll(async () => {
    wire.close();
    await ground.close();
  });

  async function phone(): Promise<{ context: BrowserContext; page: Page }> {
    const { context, page } = await ground.signedIn('zh-CN', 390, 'commissioner');
    const cookies = await context.cookies();
    await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: wire.address })));
    await page.goto(`${wire.address}/week`);
    await page.getByText('还有 3 个项目没写周报').or(page.getByText('本周周报都写好了')).first().waitFor({ timeout: 30_000 });
    await page.evaluate(async () => { await navigator.serviceWorker.ready; });
    // Once more under the worker, so that the last answers are kept.
    await page.reload();
    await page.locator('.weeklist').waitFor({ timeout: 30_000 });
    return { context, page };
  }

  async function airplane(context: BrowserContext, on: boolean): Promise<void> {
    if (on) wire.cut();
    else wire.up = true;
    await context.setOffline(on);
  }

  async function report(page: Page, name: string, done: string, shot = false): Promise<void> {
    await page.locator('.weeklist button', { hasText: name }).click();
    if (shot) await page.locator('input[type=file]').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: PNG });
    else await page.getByRole('button', { name: '我在现场，打卡' }).click();
    await page.getByLabel('做了什么').fill(done);
    await page.getByRole('button', { name: '保存并发送' }).click();
    await page.locator('h1', { hasNotText: name }).waitFor();
    const back = page.locator('.weekback');
    if (await back.count() > 0) await back.click();
    await page.locator('.weeklist').waitFor();
  }

  const lines = (): Promise<{ done: string; version: number }[]> => ground.world.app.database.rows(sql`select done, version from dispatch_lines order by done`);

  it('keeps three reports in airplane mode over a closed tab, and all arrive once', async () => {
    const { context, page } = await phone();
    await airplane(context, true);
    await report(page, '纳米材料一期', '甲', true);
    await report(page, '铅酸电池回收', '乙');
    await page.close();

    const again = await context.newPage();
    await again.goto(`${wire.address}/week`);
    await again.getByText('没有网络。下面是').waitFor({ timeout: 30_000 });
    await again.getByText('没有网络，2 条待发送').waitFor({ timeout: 30_000 });
    await report(again, '绿色建材', '丙');
    await again.getByText('没有网络，3 条待发送').waitFor({ timeout: 30_000 });
    expect(await lines()).toEqual([]);
    expect(await unsound(again)).toBeUndefined();

    await airplane(context, false);
    await again.getByText('已全部送达').waitFor({ timeout: 30_000 });
    await again.getByText('本周周报都写好了').waitFor({ timeout: 30_000 });
    expect(await lines()).toEqual([{ done: '丙', version: 1 }, { done: '乙', version: 1 }, { done: '甲', version: 1 }]);
    expect(await ground.world.app.database.row(sql`select (select count(*)::int from dispatch_visits) as visits, (select count(*)::int from dispatch_photos) as photos`)).toEqual({ visits: 3, photos: 1 });
    await context.close();
  }, 180_000);

  it('arrives once when the tab is killed while it is sent and its answer is lost', async () => {
    const { context, page } = await phone();
    wire.loseAnswerTo = 'dispatch.report_week';
    await report(page, '纳米材料一期', '丁');
    await expect.poll(async () => (await lines()).find((one) => one.done === '丁')?.version, { timeout: 30_000 }).toBe(2);
    await page.close({ runBeforeUnload: false });
    wire.loseAnswerTo = undefined;
    const again = await context.newPage();
    await again.goto(`${wire.address}/week`);
    await again.getByText('已全部送达').waitFor({ timeout: 60_000 });
    expect((await lines()).filter((one) => one.done === '丁')).toEqual([{ done: '丁', version: 2 }]);
    expect((await ground.world.app.database.row<{ count: number }>(sql`select count(*)::int as count from platform_events where kind = 'dispatch.week_reported'`))?.count).toBe(4);
    await context.close();
  }, 180_000);

  it('shows and sends nothing of one person while another is signed in on this phone, and sends it when he is back', async () => {
    const { context, page } = await phone();
    const his = await context.cookies(wire.address);
    const { context: elsewhere } = await ground.signedIn('zh-CN', 390, 'office');
    const hers = await elsewhere.cookies();
    await elsewhere.close();
    const become = (cookies: typeof his): Promise<void> => context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: wire.address })));

    await airplane(context, true);
    await report(page, '铅酸电池回收', '戊');
    await page.close();
    await become(hers);
    await airplane(context, false);
    const office = await context.newPage();
    await office.goto(`${wire.address}/week`);
    await office.getByText('没有您负责的项目').waitFor({ timeout: 30_000 });
    await office.waitForTimeout(3000);
    expect(await office.locator('.weekbox').count()).toBe(0);
    expect((await lines()).some((one) => one.done === '戊')).toBe(false);
    await office.close();

    await become(his);
    const back = await context.newPage();
    await back.goto(`${wire.address}/week`);
    await expect.poll(async () => (await lines()).some((one) => one.done === '戊'), { timeout: 30_000 }).toBe(true);
    await context.close();
  }, 180_000);

  it('is sent by the worker alone when the browser says that the network is back and no tab is open', async () => {
    const { context, page } = await phone();
    await airplane(context, true);
    await report(page, '绿色建材', '己');
    expect(await page.evaluate(async () => { const sync: unknown = Reflect.get(await navigator.serviceWorker.ready, 'sync'); return typeof sync === 'object' && sync !== null && 'getTags' in sync && typeof sync.getTags === 'function' ? await Promise.resolve(sync.getTags()) : []; })).toEqual(['yugong-outbox']);
    const blank = await context.newPage();
    await page.close();
    await airplane(context, false);
    await dispatchSync(await context.newCDPSession(blank), wire.address);
    await expect.poll(async () => (await lines()).some((one) => one.done === '己'), { timeout: 30_000 }).toBe(true);
    await context.close();
  }, 180_000);
});

/** When it does so by itself is the browser's own affair: with the phone's network, or minutes later. */
async function dispatchSync(session: CDPSession, address: string): Promise<void> {
  const known = new Promise<string>((resolve) => session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    const own = registrations.find(({ scopeURL }) => scopeURL.startsWith(address));
    if (own !== undefined) resolve(own.registrationId);
  }));
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.dispatchSyncEvent', { origin: `${address}/`, registrationId: await known, tag: 'yugong-outbox', lastChance: false });
}
