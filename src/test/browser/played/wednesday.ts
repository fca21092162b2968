// Wednesday: nobody wants what was raised on site, so the office rules. The agenda proposes itself, with that among it; the office adds two matters, sends the
// agenda, and in the afternoon the meeting decides one matter after the other, two of them while there is no network.
import { expect } from 'vitest';
import { sql } from '../../../platform/db.ts';
import { ON_SITE, type Asked } from './words.ts';
import { DESK, type Seat, type Stage } from './stage.ts';

export async function deskTriesAnother(stage: Stage, { number }: Asked): Promise<void> {
  await stage.at('2023-07-05', '08:40');
  const desk = await stage.seat('desk', DESK);
  const row = desk.page.locator('.queuerow').filter({ hasText: number });
  await desk.open('/service/desk?tab=accepted');
  await desk.press('intake:handOut', {}, row);
  await desk.choose(desk.dialog().locator('#hand-org'), stage.zone.departments.other);
  await desk.press('intake:handOut', {}, desk.dialog());
  await desk.told('intake:handedOut', { number });
}

export async function otherHandsBack(stage: Stage, { id }: Asked): Promise<void> {
  await stage.at('2023-07-05', '09:10');
  const other = await stage.seat('other', DESK);
  await other.open(`/problems/${id}`);
  await other.take('returned', (dialog) => other.fill('problem:act.field.reason', '路径已经批过，迁改施工由城管局会同供电公司组织', dialog));
}

export async function officeRules(stage: Stage, { id }: Asked): Promise<void> {
  await stage.at('2023-07-05', '09:30');
  const office = await stage.seat('office', DESK);
  await office.open('/problems?state=ruling');
  await office.page.getByRole('link').filter({ hasText: ON_SITE }).or(office.page.getByText(ON_SITE)).first().click();
  await office.page.locator('h1', { hasText: ON_SITE }).waitFor();
  // Who had it when, and that it went to and fro twice, stands on the record: the ruling needs no telephone.
  await office.sees('problem:picture.title');
  await office.picture('07-pingpong');
  await office.take('ruled', async (dialog) => {
    await office.choose(dialog.getByLabel(stage.say('problem:act.field.toOrgId')).first(), stage.zone.departments.department);
    await office.fill('problem:act.field.reason', '迁改施工归城管局牵头，资源规划局配合定线', dialog);
  });
  expect(await stage.rows(sql`select p.state, p.tier, p.handbacks, p.owner_org_id = u.org_id as ruled from problems_problems p, people_users u where p.id = ${id} and u.id = ${stage.zone.people.department}`)).toEqual([{ state: 'assigned', tier: 3, handbacks: 2, ruled: true }]);
}

const ADDED = ['园区西门道路本月通车', '三季度集中开工准备'];

export async function agendaIsSent(stage: Stage): Promise<string> {
  await stage.at('2023-07-05', '10:00');
  const office = await stage.seat('office', DESK);
  const { page } = office;
  const id = await todaysMeeting(office);
  await office.open(`/meetings/${id}`);
  const formed = office.page.getByRole('button', { name: stage.say('meetings:agenda.form'), exact: true }).or(office.page.getByRole('button', { name: stage.say('meetings:agenda.again'), exact: true }));
  await formed.click();
  const line = page.locator('.agendaline').filter({ hasText: ON_SITE });
  await line.waitFor();
  // What the cap cut can be pulled in.
  const pull = line.getByRole('button', { name: stage.say('meetings:agenda.pull') });
  if (await pull.count() > 0) await pull.click();
  for (const title of ADDED) await addItem(office, title);
  await page.locator('ol.agenda .agendaline').filter({ hasText: ON_SITE }).waitFor();
  await office.sound();
  await office.picture('08-agenda');
  await office.press('meetings:send.act');
  await office.press('meetings:send.act', {}, office.dialog());
  await office.told('meetings:agenda.sent');
  return id;
}

/** The one that is planned for today; where none is, the office plans it. */
async function todaysMeeting(office: Seat): Promise<string> {
  const { stage, page } = office;
  const planned = (): Promise<{ id: string }[]> => stage.rows<{ id: string }>(sql`select id from dispatch_meetings where day = '2023-07-05' and state = 'planned'`);
  const [known] = await planned();
  if (known !== undefined) return known.id;
  await office.open('/meetings');
  await office.press('meetings:list.plan');
  await office.choose(office.dialog().getByLabel(stage.say('meetings:plan.invited')), stage.zone.departments.department);
  await page.keyboard.press('Escape');
  await office.press('meetings:plan.send', {}, office.dialog());
  await page.waitForURL(/\/meetings\/[0-9a-f-]{36}/);
  const [made] = await planned();
  if (made === undefined) throw new Error('no meeting was planned');
  return made.id;
}

async function addItem(office: Seat, title: string): Promise<void> {
  await office.press('meetings:agenda.add');
  await office.fill('meetings:item.title', title, office.dialog());
  await office.choose(office.dialog().getByLabel(office.stage.say('meetings:item.owner')), office.stage.zone.departments.other);
  await office.press('meetings:item.addAct', {}, office.dialog());
  await office.page.locator('ol.agenda .agendaline').filter({ hasText: title }).waitFor();
}

/** From this item on, for two of them, there is no network. */
const AWAY = 2;

export async function meetingDecides(stage: Stage, meeting: string): Promise<void> {
  await stage.at('2023-07-05', '15:00');
  const office = await stage.seat('office', DESK);
  const { page, context } = office;
  await office.open(`/meetings/${meeting}`);
  await office.press('meetings:open.act');
  await office.press('meetings:open.act', {}, office.dialog());
  await page.locator('.wallitem h1').waitFor();
  await everybodyIsThere(office);
  const items = Number((await page.locator('.wallcount').innerText()).split('/')[1]);
  for (let nth = 1; nth <= items; nth += 1) {
    await page.locator('.wallcount', { hasText: new RegExp(`^${String(nth)} / `) }).waitFor();
    if (nth === AWAY) await context.setOffline(true);
    await write(office);
    if (nth === AWAY + 1) {
      await page.locator('.wallnet', { hasText: stage.say('meetings:run.waiting', { count: 1 }) }).waitFor();
      await office.picture('09-wall');
    }
    await page.keyboard.press('Control+Enter');
    if (nth === AWAY + 1) {
      await page.locator('.wallnet', { hasText: stage.say('meetings:run.waiting', { count: 2 }) }).waitFor();
      await context.setOffline(false);
    }
  }
  await page.locator('.wallnet', { hasText: stage.say('meetings:run.saved') }).waitFor();
  const [counted] = await stage.rows<{ decisions: number; items: number }>(sql`
    select count(d.id)::int as decisions, count(distinct i.id)::int as items from dispatch_items i join dispatch_meetings m on m.id = i.meeting_id left join dispatch_decisions d on d.item_id = i.id where m.day = '2023-07-05' and i.place = 'listed'`);
  expect(counted).toEqual({ decisions: items, items });
}

async function everybodyIsThere(office: Seat): Promise<void> {
  const { page, stage } = office;
  await office.press('meetings:attendance.title');
  const invited = office.dialog().getByRole('button', { name: stage.say('meetings:presence.invited'), exact: true });
  await invited.first().waitFor();
  for (let left = await invited.count(); left > 0; left -= 1) {
    await invited.first().click();
    await page.getByRole('button', { name: stage.say('meetings:presence.present'), exact: true }).filter({ visible: true }).last().click();
    await expect.poll(() => invited.count()).toBe(left - 1);
  }
  await page.keyboard.press('Escape');
}

async function write(office: Seat): Promise<void> {
  const { page, stage } = office;
  const title = await page.locator('.wallitem h1').innerText();
  const measure = page.getByRole('textbox', { name: stage.say('meetings:decide.measureIs') });
  await measure.fill(title === ON_SITE ? '城管局牵头，会同供电公司三日内完成迁改，资源规划局当日定线' : '由牵头单位拿出时间表，三个工作日内办结，结果报项目办');
  await page.locator('.walldays button').first().click();
  // Whom the agenda does not name the meeting names.
  const lead = page.getByLabel(stage.say('meetings:decide.lead'));
  if (await lead.locator('.placeholder').count() > 0) await office.choose(lead, stage.zone.departments.other);
  await measure.focus();
}
