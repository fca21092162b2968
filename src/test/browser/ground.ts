// The ground of the browser tests: the real server on a port of its own, Chromium, and somebody who is signed in.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { root } from '../../platform/root.ts';
import { startImports } from '../../features/projects/imports/runner.ts';
import { importHost } from '../../jobs.ts';
import { makeWorld, type Role, type World } from '../world/world.ts';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
/** How Chromium is started wherever a test needs it. */
export const CHROMIUM = { executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] };
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Chromium and the built pages are at hand. */
export const ready = existsSync(executablePath) && existsSync(path.join(root, 'dist', 'web', 'index.html'));

export interface Ground {
  readonly world: World;
  readonly browser: Browser;
  readonly address: string;
  /** As the office unless another role is named. */
  readonly signedIn: (lang: string, width: number, role?: Role) => Promise<{ context: BrowserContext; page: Page; faults: string[] }>;
  readonly close: () => Promise<void>;
}

export async function openGround(options: Parameters<typeof makeWorld>[0] = {}): Promise<Ground> {
  const world = await makeWorld(options);
  const http = await world.http();
  await http.listen({ port: 0, host: '127.0.0.1' });
  const bound = http.server.address();
  const address = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? String(bound.port) : ''}`;
  const stopImports = startImports(importHost(world.app));
  const browser = await chromium.launch(CHROMIUM);
  return {
    world, browser, address,
    signedIn: (lang, width, role = 'office') => signedIn({ world, browser, address }, lang, width, role),
    close: async () => {
      await browser.close();
      await stopImports();
      await world.close();
    },
  };
}

// A session by its cookie: the sign-in itself is tried by a test of its own.
async function signedIn({ world, browser, address }: Pick<Ground, 'world' | 'browser' | 'address'>, lang: string, width: number, role: Role): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
  const reset = await world.app.run(world.app.system, 'people.reset_password', { id: world.actors[role].userId });
  const password = typeof reset.output === 'object' && reset.output !== null && 'password' in reset.output ? String(reset.output.password) : '';
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, isMobile: width < 500, hasTouch: width < 500 });
  await context.addCookies([{ name: 'yugong_lang', value: lang, url: address }]);
  const post = async (name: string, data: unknown): Promise<void> => {
    const answer = await context.request.post(`${address}/api/commands/${name}`, { headers: { origin: address, 'idempotency-key': crypto.randomUUID() }, data });
    expect(answer.status(), await answer.text()).toBe(200);
  };
  await post('people.sign_in', { login: `test-${role}`, password });
  await post('people.change_password', { current: password, next: `long enough horse ${lang}${String(width)}` });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  return { context, page, faults };
}

/** What is wrong with the page that is shown: serious findings of axe, and what sticks out to the right. */
export async function unsound(page: Page): Promise<{ serious: string[]; wide: number } | undefined> {
  await page.evaluate(axe);
  const serious = await page.evaluate(async () => {
    const run: unknown = await Reflect.get(window, 'axe').run(document, { resultTypes: ['violations'] });
    const read = JSON.parse(JSON.stringify(run)) as { violations: { impact: string; id: string; nodes: { target: string[] }[] }[] };
    return read.violations.filter((one) => one.impact === 'serious' || one.impact === 'critical').map((one) => `${one.id} ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')}`);
  });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return serious.length > 0 || wide > 0 ? { serious, wide } : undefined;
}
