import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarFrom, calendarText, noticeOf, rowsOf } from '../../../kernel/calendarfile.ts';
import { dayOfNumber, numberOf, numberOfDay, weekdayOf } from '../../../kernel/epoch.ts';
import { NOTICES } from '../../../kernel/holidays.ts';
import { rangesOf } from '../../../kernel/notice.ts';
import { Refusal } from '../../../kernel/refuse.ts';
import { statutoryIn } from '../../../kernel/statutory.ts';
import { calendarWith } from '../../../kernel/workdays.ts';
import { root } from '../../../platform/root.ts';
import { rowsInFile } from './dayfile.ts';
import { readNotice } from './noticetext.ts';
import { noticeFaults, whyOf, withLocal, withNotice, withoutNotice } from './rules.ts';
import { NOTHING_ENTERED } from './shape.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const BY = { edition: 1, day: '2026-11-26', by: '管理员' };

// Invented, in the words that such notices use.
const TEXT = `关于2027年部分节假日安排的通知
国办发明电〔2026〕99号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历腊月二十九、周五）至11日（农历正月初六、周四）放假调休，共7天。1月30日（周六）、2月13日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：６月９日（周三）放假。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
鼓励安排职工在除夕（2月5日）休息。`;
const NOTICE = { year: 2027, off: '01-01/01-03 02-05/02-11 04-03/04-05 05-01/05-05 06-09 09-15 10-01/10-07', work: '01-30 02-13 04-25 05-08 09-26 10-09' };

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'none';
}

describe('the text of a notice', () => {
  test('gives its year, its number, the days off and the make-up days, and nothing of what it merely recommends', () => {
    const { year, document, rows, faults } = readNotice(TEXT);
    expect({ year, document, faults }).toEqual({ year: 2027, document: '国办发明电〔2026〕99号', faults: [] });
    expect(noticeOf(2027, rows)).toEqual(NOTICE);
  });

  test('reaches into the year before where it says so, and over the turn of the year', () => {
    const { rows, faults } = readNotice('2019年放假安排：2018年12月30日（星期日）至2019年1月1日（星期二）放假调休，共3天。2018年12月29日（星期六）上班。5月1日放假，5月2日、3日补休。');
    expect(faults).toEqual([]);
    expect(rows).toEqual([
      { from: '2018-12-30', to: '2019-01-01', work: false }, { from: '2018-12-29', to: '2018-12-29', work: true }, { from: '2019-05-01', to: '2019-05-01', work: false },
      { from: '2019-05-02', to: '2019-05-02', work: false }, { from: '2019-05-03', to: '2019-05-03', work: false },
    ]);
  });

  test('that has another weekday, a count that does not fit, a day that is none or no year is told, not guessed', () => {
    const codes = (text: string): string[] => readNotice(text).faults.map((one) => one.code);
    expect(codes('2027年放假：1月1日（周六）放假。')).toEqual(['weekday']);
    expect(codes('2027年放假：1月1日至3日放假，共4天。')).toEqual(['count']);
    expect(codes('2027年放假：2月30日放假。')).toEqual(['not_a_day', 'no_days']);
    expect(codes('1月1日放假。')).toEqual(['no_year']);
    expect(codes('2027年祝大家新年好。')).toEqual(['no_days']);
  });

  test('of any hostile kind is read in no time', () => {
    const began = Date.now();
    for (const text of ['1月1日、'.repeat(5000), '放假'.repeat(10_000), '2027年'.repeat(5000), '('.repeat(20_000)]) readNotice(text);
    expect(Date.now() - began).toBeLessThan(1000);
  });
});

describe('the checks of a notice', () => {
  test('let every notice of 2007 to 2026 pass', () => {
    expect(NOTICES.map((one) => [one.year, noticeFaults(one)])).toEqual(NOTICES.map((one) => [one.year, []]));
  });

  test('refuse a make-up day that is no weekend day, an end that is mistyped, a day of another year, more work than rest', () => {
    const codes = (part: Partial<typeof NOTICE>): string[] => [...new Set(noticeFaults({ ...NOTICE, ...part }).map((one) => one.code))];
    expect(codes({})).toEqual([]);
    expect(codes({ work: `${NOTICE.work} 03-01` })).toEqual(['makeup_weekday']);
    expect(codes({ off: NOTICE.off.replace('02-11', '02-12').replace('06-09', '06-09/06-25') })).toEqual(['long_range']);
    expect(codes({ off: `${NOTICE.off} 2028-03-01` })).toEqual(['far']);
    expect(codes({ off: '01-01 02-05/02-08 04-05 05-01/05-02 06-09 09-15 10-01/10-03', work: '01-30 02-13 04-25 05-08 09-26 10-09 01-23 01-16 01-09' })).toContain('more_work');
  });

  test('miss each public holiday that is left out', () => {
    const whole = noticeOf(2027, rowsOf(rangesOf(NOTICE)));
    for (const { name, days } of statutoryIn(2027)) {
      const without = rowsOf(new Map([...rangesOf(whole)].filter(([day]) => !days.includes(day))));
      const faults = noticeFaults(noticeOf(2027, without));
      // A holiday on a weekend is off anyhow.
      const onWeekdays = days.filter((day) => weekdayOf(day) < 5).map(dayOfNumber);
      expect(faults.flatMap((one) => (one.code === 'holiday_worked' && one.name === name ? [one.day] : [])).toSorted()).toEqual(onWeekdays.toSorted());
    }
    expect(noticeFaults({ ...NOTICE, off: NOTICE.off.replace('10-01/', '10-01 10-03/'), work: `${NOTICE.work} 10-02` }).map((one) => one.code)).toContain('holiday_worked');
  });

  test('agree with the published table of 2007 to 2026, where it lies beside the project: each year entered from it is the one that came with the program', ({ skip }) => {
    const folder = path.join(process.env['YUGONG_SHARED_DATA'] ?? path.join(root, '..', 'shared', 'data'), 'holidays-cn');
    if (!existsSync(folder)) skip('the published table is not here: ../shared/data/holidays-cn');
    for (const { year } of NOTICES) {
      // The table also names weekdays as worked that an earlier notice had off.
      const published = new Map([...publishedIn(path.join(folder, `${String(year)}.json`))].filter(([day, work]) => !work || weekdayOf(day) > 4));
      const notice = noticeOf(year, rowsOf(published));
      expect([year, noticeFaults(notice)]).toEqual([year, []]);
      const [entered, shipped] = [calendarWith({ notices: [notice] }), calendarWith()];
      for (let day = numberOf(year, 1, 1); day <= numberOf(year, 12, 31); day += 1) expect([day, entered.numbers.isWorkday(day)]).toEqual([day, shipped.numbers.isWorkday(day)]);
    }
  });

  function publishedIn(file: string): Map<number, boolean> {
    const found = new Map<number, boolean>();
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const days: unknown = typeof content === 'object' && content !== null && 'days' in content ? content.days : [];
    for (const one of Array.isArray(days) ? days : []) {
      const record: Readonly<Record<string, unknown>> = typeof one === 'object' && one !== null ? { ...one } : {};
      const day = numberOfDay(String(record['date']));
      if (day !== undefined) found.set(day, record['isOffDay'] !== true);
    }
    return found;
  }
});

describe('what is entered', () => {
  test('replaces the notice of its year, and taking it back brings the one that came with the program', () => {
    const with27 = withNotice(NOTHING_ENTERED, { ...NOTICE, document: '国办发明电〔2026〕99号' }, BY);
    expect(calendarWith({ notices: with27.notices }).add('2026-12-31', 10)).toEqual({ day: '2027-01-15', provisional: false });
    expect(withoutNotice(with27, 2027)).toEqual(NOTHING_ENTERED);
    expect(codeOf(() => withoutNotice(NOTHING_ENTERED, 2026))).toBe('calendar.no_notice');
    const [shipped] = NOTICES.slice(-1);
    expect(codeOf(() => withNotice(NOTHING_ENTERED, { year: 2026, off: '', work: '', ...shipped, document: '-' }, BY))).toBe('calendar.unchanged');
    expect(codeOf(() => withNotice(NOTHING_ENTERED, { ...NOTICE, off: '', document: '-' }, BY))).toBe('calendar.faults');
    expect(codeOf(() => withNotice(NOTHING_ENTERED, { ...NOTICE, off: '13-01', document: '-' }, BY))).toBe('workdays.bad_notice');
  });

  test('of local days names its basis where it moves the clocks of the law, and no day twice', () => {
    const local = { id: 'a', name: '暴雪停办', from: '2027-01-20', to: '2027-01-21', work: false, counts: 'all' as const, document: '示办〔2027〕2号' };
    expect(codeOf(() => withLocal(NOTHING_ENTERED, local, BY))).toBe('calendar.basis_needed');
    const body = withLocal(NOTHING_ENTERED, { ...local, basis: '突发事件应对法第四十九条' }, BY);
    expect(codeOf(() => withLocal(body, { ...local, id: 'b', counts: 'plans', from: '2027-01-21' }, BY))).toBe('calendar.local_taken');
    expect(codeOf(() => withLocal(body, { ...local, counts: 'plans', from: '2027-03-01', to: '2027-04-30' }, BY))).toBe('calendar.local_range');
    expect(whyOf(body, '2027-01-21')).toEqual({ kind: 'local', id: 'a' });
    expect(whyOf(body, '2018-12-29')).toEqual({ kind: 'notice', year: 2019 });
    expect(whyOf(body, '2027-02-05')).toEqual({ kind: 'plain' });
  });
});

describe('a calendar as a file', () => {
  const day = fc.integer({ min: numberOf(2027, 1, 1), max: numberOf(2027, 12, 31) });

  test('is read back as it was written, in JSON and as rows, whatever days it names', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.tuple(day, fc.boolean()), { selector: ([one]) => one, maxLength: 60 }), (named) => {
      const days = new Map(named);
      const notice = noticeOf(2027, rowsOf(days));
      expect(new Map([...rangesOf(notice)].toSorted())).toEqual(new Map([...days].toSorted()));
      expect(calendarFrom(calendarText({ notices: [notice], days: [] }))).toEqual({ notices: [notice], days: [] });
      const csv = ['year,day,to,kind', ...rowsOf(days).map((row) => `2027,${row.from},${row.to},${row.work ? 'work' : 'off'}`)].join('\n');
      const read = calendarFrom(csv).notices?.[0];
      expect(read === undefined ? new Map() : new Map([...rangesOf(read)].toSorted())).toEqual(new Map([...days].toSorted()));
    }), { seed: SEED });
  });

  test('may have Chinese headings, days as people write them, local days without a year; what is wrong is named by its line', () => {
    expect(calendarFrom('\ufeff日期，至，类型\n2027年1月4日，2027/1/5，放假\r\n20270109,,上班\n')).toEqual({ notices: [], days: [{ day: '2027-01-04', work: false }, { day: '2027-01-05', work: false }, { day: '2027-01-09', work: true }] });
    for (const bad of ['day,kind\n2027-02-30,off', 'day,kind\n2027-01-01,maybe', 'day,to,kind\n2027-01-05,2027-01-01,off', 'a,b\n1,2', '{"notices":1}', '{', '{"holidays":[]}', '{"days":[{"day":"2027-02-30","work":false}]}']) expect(codeOf(() => calendarFrom(bad))).toBe('workdays.bad_calendar');
  });

  test('in iCalendar gives days off and make-up days; an event that says neither is left out and told', () => {
    const event = (start: string, end: string, summary: string): string => `BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:${start}\r\nDTEND;VALUE=DATE:${end}\r\nSUMMARY:${summary}\r\nEND:VEVENT\r\n`;
    const { rows, unclear } = rowsInFile(`BEGIN:VCALENDAR\r\n${event('20270205', '20270212', '春节 放\r\n 假')}${event('20270130', '20270131', '春节 补班')}${event('20270301', '20270302', '植树')}END:VCALENDAR\r\n`);
    expect(rows).toEqual([{ from: '2027-02-05', to: '2027-02-11', work: false }, { from: '2027-01-30', to: '2027-01-30', work: true }]);
    expect(unclear).toEqual(['植树']);
  });
});
