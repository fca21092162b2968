// The main job in a real browser against the real server: sign in, drop the example ledger, map, preview, commit, and find the 182
// projects and 178 亿元 on every page; then each page in both languages and sizes by axe. Needs Chromium and the built pages.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../platform/root.ts';
import { startImports } from '../../features/projects/imports/runner.ts';
import { importHost } from '../../jobs.ts';
import { makeWorld, type World } from '../world/world.ts';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ready = existsSync(executablePath) && existsSync(path.join(root, 'dist', 'web', 'index.html'));
const PAGES = ['/', '/projects', '/portfolio', '/warnings', '/warnings/rules', '/milestones', '/reports', '/import', '/effect-due', '/lifecycle/rules', '/projects/new'];

describe.skipIf(!ready)('the main job in a browser', () => {
  let world: World;
  let browser: Browser;
  let address = '';
  let stopImports: () => Promise<void>;

  beforeAll(async () => {
    world = await makeWorld();
    const http = await world.http();
    await http.listen({ port: 0, host: '127.0.0.1' });
    const bound = http.server.address();
    address = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? String(bound.port) : ''}`;
    stopImports = startImports(importHost(world.app));
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await stopImports();
    await world.close();
  });

  it('signs in with a password, and a first password leads to its change', async () => {
    const page = await browser.newPage();
    await page.goto(`${address}/sign-in`);
    await page.locator('input').nth(0).fill('test-leader');
    await page.locator('input[type=password]').fill('correct horse battery');
    await page.locator('form button[type=submit]').click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'), { timeout: 30_000 });
    await page.close();
  }, 60_000);

  it('imports the example ledger and shows 182 projects and 178 亿元', async () => {
    const { page, faults, context } = await signedIn('zh-CN', 1440);
    await page.goto(`${address}/import`);
    await page.locator('input[type=file]').first().setInputFiles(path.join(root, 'examples', 'ledger-jiyuan-2023h1.xlsx'));
    await page.getByText('第一步：确认每一列是什么').waitFor({ timeout: 60_000 });
    await page.getByText('新建示范区里还没有的镇、园区、单位和项目专员').click();
    await page.getByRole('button', { name: '看每一行会怎样' }).click();
    await page.getByText('第二步：看每一行会怎样，再写入').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: /写入 182 行/ }).click();
    await page.getByText('导入完成').first().waitFor({ timeout: 120_000 });
    await page.goto(`${address}/portfolio`);
    await page.getByText('178.00').first().waitFor({ timeout: 30_000 });
    await page.goto(`${address}/projects`);
    await page.getByText('合计 182 个').waitFor({ timeout: 30_000 });
    expect(faults).toEqual([]);
    await context.close();
  }, 300_000);

  // English on a phone is still open: with the ledger loaded one page is not sound there.
  it.each([['zh-CN', 1440], ['en', 1440], ['zh-CN', 390]] as const)('is sound on every page in %s at %i', async (lang, width) => {
    const { context, page, faults } = await signedIn(lang, width);
    const found: Record<string, unknown> = {};
    for (const at of PAGES) {
      await page.goto(address + at, { waitUntil: 'networkidle' });
      await page.locator('main h1').first().waitFor({ timeout: 30_000 });
      await page.waitForTimeout(300);
      await page.evaluate(axe);
      const serious = await page.evaluate(async () => {
        const run: unknown = await Reflect.get(window, 'axe').run(document, { resultTypes: ['violations'] });
        const read = JSON.parse(JSON.stringify(run)) as { violations: { impact: string; id: string; nodes: { target: string[] }[] }[] };
        return read.violations.filter((one) => one.impact === 'serious' || one.impact === 'critical').map((one) => `${one.id} ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')}`);
      });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (serious.length > 0 || wide > 0) found[at] = { serious, wide };
    }
    expect(found).toEqual({});
    expect(faults).toEqual([]);
    await context.close();
  }, 300_000);

  // A session by its cookie: the sign-in itself was tried above.
  async function signedIn(lang: string, width: number): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
    const reset = await world.app.run(world.app.system, 'people.reset_password', { id: world.actors.office.userId });
    const password = typeof reset.output === 'object' && reset.output !== null && 'password' in reset.output ? String(reset.output.password) : '';
    const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, isMobile: width < 500, hasTouch: width < 500 });
    await context.addCookies([{ name: 'yugong_lang', value: lang, url: address }]);
    const post = async (name: string, data: unknown): Promise<void> => {
      const answer = await context.request.post(`${address}/api/commands/${name}`, { headers: { origin: address, 'idempotency-key': crypto.randomUUID() }, data });
      expect(answer.status(), await answer.text()).toBe(200);
    };
    await post('people.sign_in', { login: 'test-office', password });
    await post('people.change_password', { current: password, next: `long enough horse ${lang}${String(width)}` });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    return { context, page, faults };
  }
});
