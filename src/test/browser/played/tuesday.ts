// Tuesday: the commissioner is on site where there is no network. He writes three reports on his phone, one of them with a photo and a problem, and closes the
// page in between; when the network is back, each arrives once. He passes the problem on, and the department that gets it says that it is not its own.
import { expect } from 'vitest';
import { drawPhoto } from '../../../demo/photo.ts';
import { sql } from '../../../platform/db.ts';
import { ON_SITE, type Asked } from './words.ts';
import { DESK, PHONE, type Seat, type Stage } from './stage.ts';

const DONE = ['场地平整完成，桩机和塔吊运到门口', '用地协议第三稿已送企业，等盖章', '审图意见已逐条答复，报审图公司复审'];
const NEXT = ['线路迁走当天塔吊进场', '周五前签订协议', '周五前拿到审图合格书'];
const PHOTO = drawPhoto({ form: 'plant', share: 0.05, producing: false, day: '2023-07-04', word: 'week' });

export async function reportsWithoutNetwork(stage: Stage): Promise<Asked> {
  await stage.at('2023-07-04', '10:00');
  const phone = await stage.seat('commissioner', PHONE);
  const before = await countOf(stage);
  await phone.open('/week');
  await phone.page.evaluate(async () => { await navigator.serviceWorker.ready; });
  await phone.setClock(new Date('2023-07-04T10:00:00+08:00'));
  // Once more under the worker, so that the last answers are kept.
  await phone.page.reload();
  await phone.page.locator('.weeklist').waitFor();

  stage.wire.cut();
  await phone.context.setOffline(true);
  await report(phone, 0, { shot: true, problem: ON_SITE });
  await report(phone, 1, {});
  // The phone is put away; whatever was written is there when it is taken out again.
  await phone.page.close();
  phone.page = await phone.context.newPage();
  await phone.open('/week');
  await phone.sees('week:box.offline', { count: 2 });
  await report(phone, 2, {});
  await phone.sees('week:box.offline', { count: 3 });
  await phone.sound();
  await phone.picture('05-offline');
  expect(await countOf(stage)).toEqual(before);

  stage.wire.up = true;
  await phone.context.setOffline(false);
  await phone.sees('week:box.arrived');
  await phone.page.locator('.weekwaits').waitFor({ state: 'detached' });
  await phone.picture('06-arrived');
  expect(await countOf(stage)).toEqual({ lines: before.lines + 3, photos: before.photos + 1, problems: before.problems + 1 });
  expect(await stage.rows(sql`select done, version from dispatch_lines where done = any(${DONE}) order by done`)).toEqual(DONE.toSorted().map((done) => ({ done, version: 1 })));
  const [raised] = await stage.rows<Asked>(sql`select id, number from problems_problems where title = ${ON_SITE}`);
  if (raised === undefined) throw new Error('what stood in the way was not raised');
  return raised;
}

async function report(phone: Seat, nth: number, { shot = false, problem }: { readonly shot?: boolean; readonly problem?: string }): Promise<void> {
  const { page, stage } = phone;
  const name = stage.zone.projects[nth]?.name ?? '';
  await page.locator('.weeklist button', { hasText: name }).click();
  await phone.press('week:one.checkIn');
  await phone.sees('week:one.place', { metres: 12 });
  if (shot) await page.locator('input[type=file]').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: PHOTO });
  await phone.fill('week:one.done', DONE[nth] ?? '');
  await phone.fill('week:one.next', NEXT[nth] ?? '');
  if (problem !== undefined) {
    await phone.fill('week:one.problem', problem);
    await phone.picture('04-onsite');
  }
  await phone.press('week:one.send');
  await page.locator('h1', { hasNotText: name }).waitFor();
  const back = page.locator('.weekback');
  if (await back.count() > 0) await back.click();
  await page.locator('.weeklist').waitFor();
}

async function countOf(stage: Stage): Promise<{ readonly lines: number; readonly photos: number; readonly problems: number }> {
  const [row] = await stage.rows<{ lines: number; photos: number; problems: number }>(sql`
    select (select count(*)::int from platform_events where kind = 'dispatch.week_reported') as lines, (select count(*)::int from dispatch_photos) as photos, (select count(*)::int from problems_problems) as problems`);
  return row ?? { lines: 0, photos: 0, problems: 0 };
}

/** Whoever raised it has it; what he cannot settle himself he puts to the level above, and to the next meeting. */
export async function commissionerAsksAbove(stage: Stage, { id }: Asked): Promise<void> {
  await stage.at('2023-07-04', '14:30');
  const commissioner = await stage.seat('commissioner', DESK);
  await commissioner.open(`/problems/${id}`);
  await commissioner.take('escalated', async (dialog) => {
    await commissioner.fill('problem:act.field.reason', '供电线路产权单位不归项目协调，请主管部门牵头迁改', dialog);
    await dialog.getByText(stage.say('problem:act.forMeeting'), { exact: true }).click();
  });
}

export async function officeForwards(stage: Stage, { id }: Asked): Promise<void> {
  await stage.at('2023-07-04', '14:50');
  const office = await stage.seat('office', DESK);
  await office.open(`/problems/${id}`);
  await office.take('forwarded', async (dialog) => {
    await office.choose(dialog.getByLabel(stage.say('problem:act.field.toOrgId')).first(), stage.zone.departments.department);
    await office.fill('problem:act.label.forwarded.note', '请协调供电公司迁改', dialog);
  });
}

export async function departmentHandsBack(stage: Stage, { id }: Asked): Promise<void> {
  await stage.at('2023-07-04', '15:40');
  const department = await stage.seat('department', DESK);
  await department.open(`/problems/${id}`);
  await department.take('returned', (dialog) => department.fill('problem:act.field.reason', '线路迁改要先定路径，属规划职责，本单位不能单独办理', dialog));
}
