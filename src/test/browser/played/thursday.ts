// Thursday: the office issues the minutes, and with them every slip goes out once; minutes and slip are opened as documents. The department signs for its
// slip, and before the day is over it submits with proof what was asked for on Monday and on Tuesday.
import { expect } from 'vitest';
import { sql } from '../../../platform/db.ts';
import { fetched, keepPaper, wordsOf } from './papers.ts';
import { DESK, type Stage } from './stage.ts';
import { CALL, ON_SITE, type Asked } from './words.ts';

export async function officeIssuesMinutes(stage: Stage, meeting: string): Promise<void> {
  await stage.at('2023-07-06', '08:50');
  const office = await stage.seat('office', DESK);
  const { page } = office;
  await office.open(`/meetings/${meeting}`);
  await office.press('meetings:close.act');
  await office.press('meetings:close.act', {}, office.dialog());
  await page.waitForURL(/\/minutes$/);
  await office.press('minutes:again.act');
  await office.press('minutes:again.act', {}, office.dialog());
  await page.locator('.minutesblock').first().waitFor();
  await office.sound();
  await office.press('minutes:issue.act');
  await office.press('minutes:issue.act', {}, office.dialog());
  await office.see('SHA-256');
  const [counted] = await stage.rows<{ measures: number; slips: number; numbers: number }>(sql`
    select (select count(*)::int from dispatch_decisions d where d.meeting_id = ${meeting} and d.kind = 'measure') as measures, count(*)::int as slips, count(distinct s.number)::int as numbers
    from dispatch_slips s join dispatch_decisions d on d.id = s.decision_id where d.meeting_id = ${meeting}`);
  expect(counted?.measures).toBeGreaterThanOrEqual(3);
  expect(counted).toEqual({ measures: counted?.measures, slips: counted?.measures, numbers: counted?.measures });

  const issued = page.locator('aside, .side, section').filter({ hasText: 'SHA-256' }).last();
  const docx = await fetched(office, issued.getByRole('button', { name: stage.say('minutes:docx'), exact: true }));
  const pdf = await fetched(office, issued.getByRole('button', { name: stage.say('minutes:pdf'), exact: true }));
  expect(wordsOf(docx)).toContain(ON_SITE);
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  keepPaper(office.pictures, 'minutes.pdf', pdf);
}

export async function departmentSigns(stage: Stage, { id }: Asked): Promise<void> {
  await stage.at('2023-07-06', '09:30');
  const department = await stage.seat('department', DESK);
  const { page } = department;
  const [slip] = await stage.rows<{ number: string; decision: string }>(sql`select s.number, s.decision_id as decision from dispatch_slips s join dispatch_decisions d on d.id = s.decision_id where d.problem_id = ${id} and s.kind = 'assign' and d.decided_at > '2023-07-05'`);
  if (slip === undefined) throw new Error('no slip was issued');
  // Told once, and the notice leads to the slip.
  await department.open('/notices');
  const told = page.locator('.inbox li').filter({ hasText: slip.number });
  await told.first().waitFor();
  expect(await told.count()).toBe(1);
  await told.locator('a').click();
  await page.waitForURL(new RegExp(slip.decision));
  await department.see(slip.number);
  const card = page.locator('.slipcard').filter({ hasText: slip.number });
  keepPaper(department.pictures, 'slip.pdf', await fetched(department, card.getByRole('button', { name: stage.say('slips:pdf'), exact: true })));
  await department.press('slips:act.sign');
  await department.told('slips:done.signed');
  await department.sound();
  await department.picture('12-signed');
  expect(await stage.rows(sql`select received_day::text as day, count(*)::int as count from dispatch_slips where number = ${slip.number} group by 1`)).toEqual([{ day: '2023-07-06', count: 1 }]);
}

export async function departmentSubmits(stage: Stage, asked: readonly (Asked & { readonly done: string })[]): Promise<void> {
  await stage.at('2023-07-06', '17:10');
  const department = await stage.seat('department', DESK);
  for (const { id, done } of asked) {
    await department.open(`/problems/${id}`);
    await department.take('submitted', async (dialog) => {
      await department.fill('problem:act.label.submitted.text', done, dialog);
      await dialog.locator('input[type=file]').setInputFiles({ name: '送电单.txt', mimeType: 'text/plain', buffer: Buffer.from(done) });
      await dialog.getByText('送电单.txt').waitFor();
    });
    await department.page.locator('.sides').waitFor();
  }
  expect(await stage.rows(sql`select title from problems_problems where state = 'submitted' and title = any(${[CALL, ON_SITE]}) order by title`)).toEqual([{ title: ON_SITE }, { title: CALL }].toSorted((a, b) => (a.title < b.title ? -1 : 1)));
}
