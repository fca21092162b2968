// Friday: commissioner and enterprise say whether it is solved. The enterprise answers by a link, without an account: no. So it is done again one level
// higher, confirmed again, and then it is a yes. The leader sees what that did to the rates and opens the number; the public counter shows it as well.
import { expect } from 'vitest';
import { sql } from '../../../platform/db.ts';
import { figuresOf, type Figures } from './counted.ts';
import { DESK, PHONE, type Stage } from './stage.ts';
import { CALL, ON_SITE, type Asked } from './words.ts';

type Said = 'satisfied' | 'dissatisfied';

export async function commissionerConfirms(stage: Stage, { id }: Asked, time: string): Promise<void> {
  await stage.at('2023-07-07', time);
  const commissioner = await stage.seat('commissioner', PHONE);
  await commissioner.open(`/problems/${id}`);
  await commissioner.press('closing:confirm.act');
  await commissioner.dialog().locator('.verdicts label').filter({ hasText: stage.say('closing:verdictSay.satisfied') }).click();
  await commissioner.press('closing:answer.send', {}, commissioner.dialog());
  await commissioner.page.locator('.sides').getByText(stage.say('closing:via.page')).last().waitFor();
}

/** What nobody else can confirm is asked by telephone, by somebody who did not handle it. */
export async function deskCallsBack(stage: Stage, { id }: Asked): Promise<void> {
  await stage.at('2023-07-07', '09:20');
  const desk = await stage.seat('desk', DESK);
  await desk.open(`/problems/${id}`);
  await desk.press('closing:call.act');
  await desk.dialog().getByText(stage.say('closing:verdict.satisfied'), { exact: true }).click();
  await desk.fill('closing:answer.remark', '线路已迁，塔吊当天进场', desk.dialog());
  await desk.press('closing:call.save', {}, desk.dialog());
  await desk.page.locator('.sides').getByText(stage.say('closing:via.callback')).waitFor();
  expect(await stage.rows(sql`select state from problems_problems where id = ${id}`)).toEqual([{ state: 'solved' }]);
}

export async function enterpriseAnswers(stage: Stage, { id }: Asked, said: Said, time: string): Promise<void> {
  await stage.at('2023-07-07', time);
  const desk = await stage.seat('desk', DESK);
  await desk.open(`/problems/${id}`);
  await desk.press('closing:link.make');
  const link = await desk.dialog().locator('input').inputValue();
  await desk.press('web:close', {}, desk.dialog());

  // Somebody without an account, on his own phone.
  const firm = await stage.seat('nobody', PHONE);
  await firm.open(link.slice(new URL(link).origin.length));
  await firm.see(CALL);
  await firm.page.locator('.verdicts label').filter({ hasText: stage.say(`closing:verdictSay.${said}`) }).click();
  await firm.page.locator('#remark').fill(said === 'satisfied' ? '备用回路也接通了，今天桩机已经开工' : '昨天16时送电，夜里停了两次，桩机没法开');
  await firm.sound();
  if (said === 'dissatisfied') await firm.picture('13-dissatisfied');
  await firm.press('closing:answer.send');
  await firm.sees('closing:answer.answered');
  // The link is used up: opened again it says what was answered, and takes nothing.
  await firm.page.goto('about:blank');
  await firm.open(link.slice(new URL(link).origin.length));
  await firm.sees('closing:answer.answered');
  expect(await firm.page.locator('.verdicts').count()).toBe(0);
}

export async function officeDoesItAgain(stage: Stage, { id }: Asked): Promise<void> {
  expect(await stage.rows(sql`select state, round, tier, redone from problems_problems where id = ${id}`)).toEqual([{ state: 'assigned', round: 2, tier: 3, redone: 1 }]);
  await stage.at('2023-07-07', '11:00');
  const office = await stage.seat('office', DESK);
  await office.open(`/problems/${id}`);
  await office.page.locator('.sides').getByText('昨天16时送电，夜里停了两次，桩机没法开').waitFor();
  await office.picture('14-again', office.page.getByRole('heading', { name: stage.say('problem:picture.title') }));
  await office.take('submitted', (dialog) => office.fill('problem:act.label.submitted.text', '项目办会同供电公司现场办公，备用回路已接通，连续运行两小时未跳闸', dialog));
}

export async function leaderSees(stage: Stage, before: Figures): Promise<Figures> {
  await stage.at('2023-07-07', '17:30');
  const leader = await stage.seat('leader', DESK);
  await leader.open('/problems/rates');
  const after = await figuresOf(leader);
  expect([after.hit - before.hit, after.satisfied - before.satisfied, after.answered - before.answered]).toEqual([2, 2, 2]);
  await leader.sound();
  await leader.picture('15-rates');
  // The number opens the very problems that it counts.
  await leader.open('/problems/rates?period=month');
  await leader.page.locator('.ratetile').first().locator('.rateraw a').first().click();
  await leader.page.waitForURL(/figure=resolution/);
  for (const title of [CALL, ON_SITE]) await leader.see(title);
  return after;
}

export async function counterShows(stage: Stage): Promise<void> {
  const [row] = await stage.rows<{ came: number; ended: number }>(sql`select count(*)::int as came, (count(*) filter (where state in ('solved', 'closed')))::int as ended from problems_problems where source = 'service' and raised_at >= '2023-07-01T00:00:00+08:00'`);
  const anybody = await stage.seat('nobody', PHONE);
  await anybody.open('/service/public');
  const value = (key: string) => anybody.page.locator('.publicfigures .figure').filter({ has: anybody.page.getByText(stage.say(key), { exact: true }) }).locator('.fignum b').textContent();
  // The number itself: as part of some text a small one stands anywhere.
  expect([await value('service:public.came'), await value('service:public.ended')]).toEqual([String(row?.came), String(row?.ended)]);
  await anybody.sound();
  await anybody.picture('16-counter');
}
