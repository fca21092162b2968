// The Enterprise Service 110 in a real browser: an enterprise files three kinds at once on a phone, the desk takes a call by the keyboard alone, somebody complains
// without an account and finds his complaint by its code. Needs Chromium and the built pages.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../platform/db.ts';
import { openGround, ready, unsound, type Ground } from './ground.ts';

if (!ready) console.warn('the desk in a browser: skipped, there is no Chromium or no built page');

describe.skipIf(!ready)('the service desk in a browser', () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround();
    const { app, orgs } = ground.world;
    await app.run(app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: orgs.desk }] });
  }, 120_000);
  afterAll(() => ground.close());

  const filings = async (): Promise<readonly { readonly kind: string; readonly filing: string; readonly channel: string; readonly title: string }[]> => ground.world.app.database.rows(sql`
    select p.kind, s.number as filing, s.channel, p.title from service_filed f join service_filings s on s.id = f.filing_id join problems_problems p on p.id = f.problem_id order by s.seq, f.nth`);

  it('an enterprise files three kinds at once on a phone and reads number and promise', async () => {
    const { context, page, faults } = await ground.signedIn('zh-CN', 390, 'enterprise');
    await page.goto(`${ground.address}/service/new`, { waitUntil: 'networkidle' });
    await page.getByRole('button', { name: '提交 1 件' }).click();
    await page.locator('.filingfault').first().waitFor();
    await page.locator('#item1-title').fill('厂区外供电线路没有接通');
    await page.locator('#item1-capacity').fill('2000千伏安');
    await page.getByRole('button', { name: /再加一件/ }).click();
    await page.locator('#item2-title').fill('缺少三十名工人，招工困难');
    await page.getByRole('button', { name: /再加一件/ }).click();
    await page.locator('#item3-title').fill('去年的奖补政策没有兑现');
    await page.locator('#item3-name').waitFor();
    expect(await unsound(page)).toBeUndefined();
    await page.getByRole('button', { name: '提交 3 件' }).dblclick();
    await page.getByText('F2023-0001').waitFor();
    expect(await unsound(page)).toBeUndefined();
    expect(await filings()).toMatchObject(['utilities', 'labour', 'policy'].map((kind) => ({ kind, filing: 'F2023-0001', channel: 'mobile' })));
    expect(faults).toEqual([]);
    await context.close();
  }, 120_000);

  it('the desk takes a call by the keyboard alone, with the caller beside it', async () => {
    const { context, page, faults } = await ground.signedIn('en', 1440, 'desk');
    await page.goto(`${ground.address}/service/desk?call=1`, { waitUntil: 'networkidle' });
    const row = await ground.world.app.database.row<{ name: string }>(sql`select name from people_organisations where id = ${ground.world.orgs.enterprise}`);
    await page.locator('#caller').waitFor();
    // On a slow machine, without waiting for anything: no letter may be lost, and the name that is typed is taken, not the first of fewer letters.
    const slow = await context.newCDPSession(page);
    await slow.send('Emulation.setCPUThrottlingRate', { rate: 6 });
    await page.keyboard.type(row?.name ?? '');
    await page.keyboard.press('Enter');
    await page.getByText('3 open, 3 in all').waitFor();
    await page.locator('#item1-title:focus').waitFor();
    await page.keyboard.type('厂门口道路限行，货车进不来');
    await page.locator('#item1-where').waitFor();
    expect(await unsound(page)).toBeUndefined();
    await page.keyboard.press('Control+Enter');
    await page.getByText('F2023-0002').waitFor();
    expect((await filings()).at(-1)).toEqual({ kind: 'logistics', filing: 'F2023-0002', channel: 'phone', title: '厂门口道路限行，货车进不来' });
    expect(faults).toEqual([]);
    await context.close();
  }, 120_000);

  it('somebody complains without an account and finds it by its code', async () => {
    const { context, page, faults } = await ground.signedIn('zh-CN', 390, 'town');
    await page.goto(`${ground.address}/service/complain`, { waitUntil: 'networkidle' });
    await page.locator('#complaint').fill('某单位验收时多次推诿，要求重复提交材料。');
    expect(await unsound(page)).toBeUndefined();
    await page.getByRole('button', { name: '匿名提交' }).click();
    const code = await page.locator('.codebox').innerText();
    await page.getByRole('tab', { name: '凭码查询' }).click();
    await page.locator('#code').fill(code);
    await page.getByRole('button', { name: '查询', exact: true }).click();
    await page.getByText('F2023-0003').waitFor();
    expect(await unsound(page)).toBeUndefined();
    expect(await ground.world.app.database.row(sql`select by_id, enterprise_id, contact_phone from service_filings where code_hash is not null`)).toEqual({ by_id: null, enterprise_id: null, contact_phone: null });
    expect(faults).toEqual([]);
    await context.close();
  }, 120_000);
});
