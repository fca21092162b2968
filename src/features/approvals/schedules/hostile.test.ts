// Files that are cut off, made to exhaust the reader, or no schedules at all: each is refused in words, quickly, and nothing is resolved.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { Refusal } from '../../../kernel/refuse.ts';
import { root } from '../../../platform/root.ts';
import { MOST_TASKS } from './limits.ts';
import { readSchedule } from './read.ts';
import { recompute } from './recompute.ts';
import { readXml } from './xml.ts';

const RUNS = Number(process.env['YUGONG_RUNS'] ?? 300);
const fixture = (name: string): Buffer => readFileSync(path.join(root, 'src/features/approvals/schedules/fixtures', name));
const codeOf = (bytes: Uint8Array | string): string => {
  try {
    recompute(readSchedule(typeof bytes === 'string' ? Buffer.from(bytes) : bytes));
    return 'read';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};
const told = (text: string): string[] => {
  const heard: string[] = [];
  readXml(text, { open: () => undefined, close: (name, depth, words) => void heard.push(`${String(depth)} ${name} ${words}`) });
  return heard;
};

const PROJECT = '<Project xmlns="http://schemas.microsoft.com/project"><StartDate>2023-01-02T08:00:00</StartDate>';

describe('a hostile file', () => {
  test.each(['workshop.xml', 'workshop.xer'])('%s cut off anywhere is refused, never read as a whole', (name) => {
    const whole = fixture(name);
    fc.assert(fc.property(fc.integer({ min: 0, max: whole.lastIndexOf(name.endsWith('.xer') ? '%E' : '>') - 1 }), (length) => {
      expect(['schedules.cut_off', 'schedules.bad_xml', 'schedules.not_xer', 'schedules.not_a_schedule', 'schedules.encoding']).toContain(codeOf(whole.subarray(0, length)));
    }));
  });

  test.each(['workshop.xml', 'workshop.xer'])('%s with bytes changed is read or refused, never an error', (name) => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 }), (changes) => {
      const bytes = Buffer.from(fixture(name));
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      expect(codeOf(bytes)).toMatch(/^read$|^schedules\.|^network\./);
    }), { numRuns: RUNS });
  });

  it('with a billion laughs is refused at its DOCTYPE', () => {
    const laughs = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]><Project>&lol2;</Project>';
    expect(codeOf(laughs)).toBe('schedules.doctype');
    expect(codeOf(laughs.replace(/<!DOCTYPE[^>]*>.*\]>/, ''))).toBe('schedules.bad_xml');
    expect(codeOf(laughs.replace('DOCTYPE', 'doctype'))).toBe('schedules.doctype');
  });

  it('with an entity that names a file resolves nothing', () => {
    expect(codeOf('<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]><Project>&x;</Project>')).toBe('schedules.doctype');
  });

  it('with more tasks than are read is refused, after no more than those', () => {
    const tasks = Array.from({ length: 1_000_000 }, (_, at) => `<Task><UID>${String(at)}</UID></Task>`);
    expect(codeOf(`${PROJECT}<Tasks>${tasks.join('')}</Tasks></Project>`)).toBe('schedules.too_many');
    const rows = `%R\t1\t1\n`.repeat(MOST_TASKS + 1);
    expect(codeOf(`ERMHDR\t1\n%T\tTASK\n%F\ttask_id\tproj_id\n${rows}%E\n`)).toBe('schedules.too_many');
  });

  it('with a task of a million elements, a work breakdown of a million nodes, or five thousand calendars of long holidays is refused', () => {
    expect(codeOf(`${PROJECT}<Tasks><Task><UID>1</UID>${'<a><b>1</b></a>'.repeat(500_000)}</Task></Tasks></Project>`)).toBe('schedules.xml_bounds');
    expect(codeOf(`ERMHDR\t1\n%T\tPROJWBS\n%F\twbs_id\tparent_wbs_id\n${'%R\t1\t1\n'.repeat(1_000_000)}%E\n`)).toBe('schedules.too_many');
    const off = '<Exceptions><Exception><TimePeriod><FromDate>2000-01-01T00:00:00</FromDate><ToDate>2500-12-31T00:00:00</ToDate></TimePeriod></Exception></Exceptions>';
    const many = Array.from({ length: 5000 }, (_, at) => `<Calendar><UID>${String(at)}</UID>${off}</Calendar>`).join('');
    expect(codeOf(`${PROJECT}<Calendars>${many}</Calendars></Project>`)).toBe('schedules.too_many_exceptions');
  });

  it('with elements in elements without end is refused', () => {
    expect(codeOf('<Project>'.repeat(1_000_000))).toBe('schedules.xml_bounds');
  });

  it('with a work breakdown that stands below itself is refused', () => {
    const text = fixture('workshop.xer').toString('latin1');
    expect(codeOf(text.replace('%R\t11\t100\t10\tP', '%R\t10\t100\t10\tP'))).toBe('schedules.bad_task');
    expect(codeOf(text.replace('%R\t11\t100\t10\tP', '%R\t\t100\t10\tP'))).toBe('schedules.bad_task');
    // Below itself alone it is not reached from the top: its tasks are kept.
    expect(readSchedule(Buffer.from(text.replace('%R\t11\t100\t10\tP', '%R\t11\t100\t11\tP'))).tasks.map((one) => one.id)).toContain('1');
  });

  it('with a calendar over ten thousand years, or one that never works, is refused', () => {
    const calendar = (days: string, rest: string): string => `${PROJECT}<CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID>${days}</Calendar></Calendars>${rest}</Project>`;
    const forever = '<Exceptions><Exception><TimePeriod><FromDate>0001-01-01T00:00:00</FromDate><ToDate>9999-12-31T00:00:00</ToDate></TimePeriod></Exception></Exceptions>';
    expect(codeOf(calendar(forever, ''))).toBe('schedules.too_many_exceptions');
  });

  test.each<[string, string | Uint8Array]>([
    ['schedules.binary', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1)], ['schedules.binary', Uint8Array.of(0x50, 0x4b, 0x03, 0x04)], ['schedules.not_a_schedule', ''], ['schedules.not_a_schedule', 'a,b\n1,2\n'],
    ['schedules.not_mspdi', '<html><body>x</body></html>'], ['schedules.no_start', '<Project></Project>'], ['schedules.not_xer', 'ERMHDR\t1\n%E\n'], ['schedules.encoding', '<?xml version="1.0" encoding="klingon"?><Project/>'],
    ['schedules.bad_task', `${PROJECT}<Tasks><Task><UID>1</UID></Task><Task><UID>1</UID></Task></Tasks></Project>`], ['schedules.bad_duration', `${PROJECT}<Tasks><Task><UID>1</UID><Duration>-8h</Duration></Task></Tasks></Project>`],
    ['schedules.bad_xml', `${PROJECT}</Project><Project/>`], ['schedules.bad_xml', `${PROJECT}</Projekt>`], ['schedules.bad_xml', `${PROJECT}&nbsp;</Project>`], ['schedules.bad_xml', `${PROJECT}&#0;</Project>`], ['schedules.bad_xml', '<Project a=1></Project>'], ['schedules.bad_xml', '<Project><1a></1a></Project>'], ['schedules.bad_xml', '<Project>< a></a></Project>'], ['schedules.bad_xml', '<Project></Project>x'], ['schedules.cut_off', '<Project><a>'],
  ])('is refused with %s', (code, content) => {
    expect(codeOf(content)).toBe(code);
  });
});

describe('the reader of XML', () => {
  it('knows prefixes, attributes, comments, CDATA, empty elements, and the entities that mean one character', () => {
    expect(told('\ufeff<?xml version="1.0"?><!-- < --><p:a xmlns:p="x>y" b=\'1\'><b/>1 &lt; 2 &#x4e2d;&#22269;<![CDATA[<&>]]><!-- no --></p:a >\n')).toEqual(['2 b ', '1 a 1 < 2 中国<&>']);
    expect(told('<任务><n任务/><_x-1.2/></任务>')).toEqual(['2 n任务 ', '2 _x-1.2 ', '1 任务 ']);
  });
});
