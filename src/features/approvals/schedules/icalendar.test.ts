import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { icalendarOf } from './icalendar.ts';

const about = { product: '-//Yugong//Schedules//ZH', name: '进度', writtenAt: '2023-06-30T08:09:10.123Z' };
const unfolded = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n');

describe('a plan as iCalendar', () => {
  it('is written in the form of RFC 5545: whole days, an end that is no longer part of it, the same identity each time', () => {
    const text = icalendarOf(about, [{ uid: '7@yugong', title: '主体, 一期; "A"\\B', start: '2023-02-28', finish: '2023-02-28', description: '一\r\n二', categories: ['关键', 'a,b'], sequence: 3 }]);
    expect(unfolded(text)).toEqual([
      'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Yugong//Schedules//ZH', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', 'X-WR-CALNAME:进度', 'BEGIN:VEVENT', 'UID:7@yugong', 'DTSTAMP:20230630T080910Z', 'DTSTART;VALUE=DATE:20230228',
      'DTEND;VALUE=DATE:20230301', 'SUMMARY:主体\\, 一期\\; "A"\\\\B', 'DESCRIPTION:一\\n二', 'CATEGORIES:关键,a\\,b', 'SEQUENCE:3', 'TRANSP:TRANSPARENT', 'END:VEVENT', 'END:VCALENDAR', '',
    ]);
  });

  it('has no line over 75 octets, none broken within a character, and no text that could begin a line of its own', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (title) => {
      const text = icalendarOf(about, [{ uid: '1', title, start: '2023-01-01', finish: '2023-01-02' }]);
      expect(text.endsWith('\r\n')).toBe(true);
      for (const line of text.split('\r\n')) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(line.isWellFormed()).toBe(true);
        expect(line).not.toMatch(/[\r\n]/);
      }
      expect(unfolded(text)).toHaveLength(16);
    }));
  });
});
