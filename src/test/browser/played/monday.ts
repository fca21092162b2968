// Monday: the leader notes where the zone stands. An enterprise calls 110; the desk files it while it is on the line, signs for it and hands it out; the
// department sees it on its first page and tells the enterprise who does what by when.
import { expect } from 'vitest';
import { sql } from '../../../platform/db.ts';
import { DESK, PHONE, type Stage } from './stage.ts';
import { figuresOf, type Figures } from './counted.ts';
import { CALL, type Asked } from './words.ts';

export async function leaderLooks(stage: Stage): Promise<Figures> {
  await stage.at('2023-07-03', '08:40');
  const leader = await stage.seat('leader', DESK);
  await leader.open('/problems/rates');
  return figuresOf(leader);
}

export async function deskTakesCall(stage: Stage): Promise<Asked> {
  await stage.at('2023-07-03', '09:20');
  const { zone } = stage;
  const desk = await stage.seat('desk', DESK);
  const { page } = desk;
  await desk.open('/service/desk');
  await desk.press('intake:take');
  await page.locator('#caller').fill(zone.enterprise);
  await page.locator('.callers button', { hasText: zone.enterprise }).waitFor();
  await page.keyboard.press('Enter');
  // What the caller had before stands beside the form while he still speaks.
  await page.getByRole('complementary', { name: stage.say('intake:history') }).getByText(zone.enterprise).waitFor();
  await page.locator('#item1-title').fill(CALL);
  await page.locator('#item1-kind').filter({ hasText: await kindName(stage, 'utilities') }).waitFor();
  await page.locator('#item1-capacity').fill('630千伏安');
  await page.locator('#filing-name').fill('王经理');
  await page.locator('#filing-phone').fill('0391-5550123');
  await desk.sound();
  await desk.picture('01-call');
  await desk.press('service:file.send', { count: 1 });
  await page.locator('.filednumber').waitFor();
  const [filed] = await stage.rows<Asked>(sql`select id, number from problems_problems order by seq desc limit 1`);
  if (filed === undefined) throw new Error('nothing was filed');
  await desk.see(filed.number);
  return filed;
}

async function kindName(stage: Stage, code: string): Promise<string> {
  const { default: kinds } = await import('../../../features/problems/pool/data/kinds.json', { with: { type: 'json' } });
  const kind = kinds.find((one) => one.code === code);
  return (stage.lang === 'en' ? kind?.en : kind?.zh) ?? code;
}

export async function deskHandsOut(stage: Stage, { number }: Asked): Promise<void> {
  await stage.at('2023-07-03', '09:35');
  const desk = await stage.seat('desk', DESK);
  const row = desk.page.locator('.queuerow').filter({ hasText: number });
  await desk.open('/service/desk?tab=received');
  await desk.press('intake:sign', {}, row);
  await desk.open('/service/desk?tab=accepted');
  await desk.press('intake:handOut', {}, row);
  // The department follows from the kind; nobody has to know who is responsible.
  await desk.dialog().locator('#hand-org').filter({ hasText: stage.zone.departments.department }).waitFor();
  await desk.dialog().locator('#hand-note').fill('请于本周内接通，企业周五开工打桩');
  await desk.picture('02-handout');
  await desk.press('intake:handOut', {}, desk.dialog());
  await desk.told('intake:handedOut', { number });
}

/** The office knows which project the call is about; from then on its commissioner knows of the call. */
export async function officeNamesProject(stage: Stage, { id }: Asked): Promise<void> {
  await stage.at('2023-07-03', '09:50');
  const office = await stage.seat('office', DESK);
  const project = stage.zone.projects[0]?.name ?? '';
  await office.open(`/problems/${id}`);
  await office.take('projected', (dialog) => office.choose(dialog.getByLabel(stage.say('problem:act.field.projectId')).first(), project));
  await office.see(project);
}

export async function departmentReplies(stage: Stage, { id }: Asked): Promise<void> {
  await stage.at('2023-07-03', '10:10');
  const department = await stage.seat('department', PHONE);
  await department.open('/');
  await department.page.locator(`a[href*="/problems"]`).filter({ visible: true }).first().waitFor();
  await department.open(`/problems/${id}`);
  await department.take('replied', async (dialog) => {
    await department.fill('problem:act.label.replied.text', '已联系供电公司，7月6日架线送电，费用由园区承担', dialog);
    await department.sound();
    await department.picture('03-reply');
  });
  expect(await stage.rows(sql`select state, kind, source, channel from problems_problems where id = ${id}`)).toEqual([{ state: 'handling', kind: 'utilities', source: 'service', channel: 'phone' }]);
}
