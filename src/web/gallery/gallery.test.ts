// Looks at every part in a real browser: nothing serious by axe, nothing wider than its window, and what a keyboard and a bad day do.
// Needs Chromium (CHROMIUM_PATH or /usr/bin/chromium); left out with a word where there is none.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const desk = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

describe.skipIf(!existsSync(executablePath))('the parts in a browser', () => {
  let browser: Browser;
  let server: ViteDevServer;
  let address = '';

  beforeAll(async () => {
    server = await createServer({ configFile: 'vite.config.ts', server: { port: 0, host: '127.0.0.1', proxy: {}, hmr: false }, logLevel: 'error' });
    await server.listen();
    address = server.resolvedUrls?.local[0] ?? '';
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  async function open(path: string, options: BrowserContextOptions = desk, lang = 'zh-CN'): Promise<Page> {
    const context = await browser.newContext(options);
    await context.addCookies([{ name: 'yugong_lang', value: lang, url: address }]);
    const page = await context.newPage();
    await page.route('**/api/**', async (route) => route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{"code":"platform.not_found","title":"no"}' }));
    await page.goto(address + path);
    await page.waitForSelector('main h1', { timeout: 30_000 });
    return page;
  }

  it.each([['desk', 'zh-CN'], ['desk', 'en'], ['phone', 'zh-CN'], ['phone', 'en']])('is sound on a %s in %s', async (size, lang) => {
    const page = await open('gallery?show=ledger', size === 'phone' ? phone : desk, lang);
    await page.evaluate(axe);
    for (const show of ['ledger', 'record', 'form', 'today', 'parts', 'gantt']) {
      await page.evaluate((to) => {
        window.history.pushState({}, '', `/gallery?show=${to}`);
        window.dispatchEvent(new PopStateEvent('popstate'));
      }, show);
      await page.waitForTimeout(500);
      const found = await page.evaluate(async () => {
        const run: unknown = await Reflect.get(window, 'axe').run(document, { resultTypes: ['violations'] });
        return JSON.parse(JSON.stringify(run)) as { violations: { impact: string; id: string; nodes: { target: string[] }[] }[] };
      });
      const serious = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
      expect(serious, show).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${show} is too wide`).toBeLessThanOrEqual(0);
    }
    await page.context().close();
  }, 120_000);

  it('keeps what was typed through a closed page, and lets a person settle a conflict field by field', async () => {
    const page = await open('gallery?show=form&as=conflict');
    const name = page.locator('.field input').first();
    await name.fill('金马苯加氢二期');
    await page.waitForTimeout(700);
    await page.reload();
    await page.waitForSelector('.notice');
    expect(await name.inputValue()).toBe('金马苯加氢二期');
    await page.click('.formfoot .btn.main');
    await page.waitForSelector('dialog .conflict');
    expect(await page.locator('dialog .conflict').count()).toBe(1);
    expect(await page.locator('dialog').innerText()).toContain('金马苯加氢（一期）');
    expect(await page.locator('.conflictquiet').innerText()).toContain('8.20亿元');
    await page.context().close();
  }, 60_000);

  it('says beside the field what is wrong, in words, and where the server refuses', async () => {
    const page = await open('gallery?show=form&as=refused');
    const name = page.locator('.field input').first();
    await name.fill('金');
    await page.click('.formfoot .btn.main');
    expect(await page.locator('.fault').allInnerTexts()).toEqual(['至少 2 个字']);
    await name.fill('金马');
    await page.click('.formfoot .btn.main');
    await page.waitForFunction(() => document.querySelector('.fault')?.textContent?.includes('锁定') === true);
    await page.context().close();
  }, 60_000);

  it('moves through a ledger of 182 rows by keyboard with only some of them in the page, and keeps filters in the address', async () => {
    const page = await open('gallery?show=ledger');
    expect(await page.locator('tbody tr').count()).toBeLessThan(60);
    await page.focus('.ledgerbox');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('tr.at').count()).toBe(1);
    await page.click('.clausebtn >> nth=2');
    await page.click('[role=option] >> nth=3');
    await page.waitForFunction(() => window.location.search.includes('light=3'));
    await page.keyboard.press('Escape');
    await page.reload();
    await page.waitForSelector('.clausebtn.set');
    expect(await page.locator('.clausebtn.set').innerText()).toBe('严重');
    await page.context().close();
  }, 60_000);

  it('finds with Ctrl+K from everywhere and changes the language in place', async () => {
    const page = await open('gallery?show=today');
    await page.keyboard.press('Control+k');
    await page.waitForSelector('dialog.palette');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog.palette', { state: 'detached' });
    await page.click('.lang [lang=en]');
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    expect(await page.locator('.brand').innerText()).toContain('Yugong');
    await page.context().close();
  }, 60_000);

  it('walks the worklist with j, acts with x and takes it back', async () => {
    const page = await open('gallery?show=today');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await page.locator('.workline.on').getAttribute('data-id')).toBe('2');
    await page.keyboard.press('x');
    await page.waitForSelector('.workline.done');
    await page.click('.toast button >> nth=0');
    await page.waitForSelector('.workline.done', { state: 'detached' });
    await page.context().close();
  }, 60_000);
});
