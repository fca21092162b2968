// The main job in a real browser against the real server: sign in, drop the example ledger, map, preview, commit, and find the 182
// projects and 178 亿元 on every page; then each page in both languages and sizes by axe, empty, full and with an error. Needs Chromium
// and the built pages.
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../platform/db.ts';
import { root } from '../../platform/root.ts';
import { openGround, ready, unsound, type Ground } from './ground.ts';

const PAGES = ['/', '/projects', '/portfolio', '/warnings', '/warnings/rules', '/milestones', '/milestones/templates', '/reports', '/reports/calendar', '/import', '/approvals', '/effect-due', '/lifecycle/rules', '/projects/new', '/admin/organisations', '/admin/users', '/admin/roles', '/account/sessions'];
const TABS = ['overview', 'plan', 'reports', 'lifecycle', 'team', 'packages', 'history'];
const NOBODY = '01857a4b-3fb0-7fff-bfff-ffffffffffff';
const SIZES = [['zh-CN', 1440], ['en', 1440], ['zh-CN', 390], ['en', 390]] as const;
const EXTREMES: readonly string[] = ['zh-CN 1440', 'en 390']; // the widest and the narrowest: a record has many tabs

describe.skipIf(!ready)('the main job in a browser', () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround();
  }, 120_000);
  afterAll(() => ground.close());

  /** Opens each address and says which of them are not sound. */
  async function look(lang: string, width: number, addresses: readonly string[], broken?: string): Promise<Record<string, unknown>> {
    const { context, page, faults } = await ground.signedIn(lang, width);
    if (broken !== undefined) await page.route(`**/api/queries/${broken}*`, (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"code":"platform.failed","title":"","status":500,"id":"0"}' }));
    const found: Record<string, unknown> = {};
    for (const at of addresses) {
      await page.goto(ground.address + at, { waitUntil: 'networkidle' });
      await page.locator('main h1, main .blank, main .problem').first().waitFor({ timeout: 30_000 });
      await page.waitForTimeout(300);
      const wrong = await unsound(page);
      if (wrong !== undefined) found[at] = wrong;
    }
    expect(faults).toEqual([]);
    await context.close();
    return found;
  }

  it('signs in with a password, and a first password leads to its change', async () => {
    const page = await ground.browser.newPage();
    await page.goto(`${ground.address}/sign-in`);
    await page.locator('input').nth(0).fill('test-leader');
    await page.locator('input[type=password]').fill('correct horse battery');
    await page.locator('form button[type=submit]').click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'), { timeout: 30_000 });
    await page.close();
  }, 60_000);

  it.each(['/', '/problems'])('leads whoever has no session from %s to the sign-in page, in the language of his browser', async (at) => {
    const context = await ground.browser.newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(ground.address + at);
    await page.getByRole('button', { name: 'Sign in' }).first().waitFor({ timeout: 30_000 });
    expect(new URL(page.url()).searchParams.get('back')).toBe(at);
    expect((await context.cookies()).find((one) => one.name === 'yugong_lang')?.value).toBe('en');
    await context.close();
  }, 60_000);

  it.each([['zh-CN', 390], ['en', 1440]] as const)('is sound while the zone is still empty, in %s at %i', async (lang, width) => {
    expect(await look(lang, width, PAGES)).toEqual({});
  }, 300_000);

  it('imports the example ledger and shows 182 projects and 178 亿元', async () => {
    const { page, faults, context } = await ground.signedIn('zh-CN', 1440);
    await page.goto(`${ground.address}/import`);
    await page.locator('input[type=file]').first().setInputFiles(path.join(root, 'examples', 'ledger-jiyuan-2023h1.xlsx'));
    await page.getByText('第一步：确认每一列是什么').waitFor({ timeout: 60_000 });
    await page.getByText('新建示范区里还没有的镇、园区、单位和项目专员').click();
    await page.getByRole('button', { name: '看每一行会怎样' }).click();
    await page.getByText('第二步：看每一行会怎样，再写入').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: /写入 182 行/ }).click();
    await page.getByText('导入完成').first().waitFor({ timeout: 120_000 });
    await page.goto(`${ground.address}/portfolio`);
    await page.getByText('178.00').first().waitFor({ timeout: 30_000 });
    await page.goto(`${ground.address}/projects`);
    await page.getByText('合计 182 个').waitFor({ timeout: 30_000 });
    expect(faults).toEqual([]);
    await context.close();
  }, 300_000);

  it.each(SIZES)('is sound on every page in %s at %i', async (lang, width) => {
    const one = await ground.world.app.database.row<{ id: string }>(sql`select id from projects_projects order by total_fen desc limit 1`);
    const record = [...TABS.map((tab) => `/projects/${one?.id ?? ''}?tab=${tab}`), `/projects/${one?.id ?? ''}/edit`];
    expect(await look(lang, width, [...PAGES, ...(EXTREMES.includes(`${lang} ${String(width)}`) ? record : [])])).toEqual({});
  }, 400_000);

  it.each([['zh-CN', 390], ['en', 1440]] as const)('is sound where something is wrong, in %s at %i', async (lang, width) => {
    expect(await look(lang, width, [`/projects/${NOBODY}`, '/nowhere', '/admin/tokens'])).toEqual({});
    expect(await look(lang, width, ['/portfolio'], 'projects.portfolio')).toEqual({});
  }, 120_000);
});
