// Meetings as iCalendar (RFC 5545): folded lines, UIDs that never change, a SEQUENCE that rises, what was cancelled said as cancelled. Pure.

export interface CalendarMeeting {
  readonly id: string; readonly sequence: number; readonly cancelled: boolean;
  /** YYYY-MM-DD and HH:MM in China, whose time is UTC+8 throughout the year. */
  readonly day: string; readonly time: string; readonly minutes: number;
  readonly title: string; readonly place: string; readonly description: string; readonly url: string;
  readonly changed: string;
}

const CHINA_MS = 8 * 3_600_000;

/** `method`: PUBLISH for a calendar; REQUEST and CANCEL are for mail. */
export function calendarOf(name: string, meetings: readonly CalendarMeeting[]): string {
  return [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Yugong//Dispatch meetings//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', `X-WR-CALNAME:${escaped(name)}`, 'X-WR-TIMEZONE:Asia/Shanghai',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...meetings.flatMap(eventOf), 'END:VCALENDAR', '',
  ].map(folded).join('\r\n');
}

function eventOf(one: CalendarMeeting): string[] {
  const start = Date.parse(`${one.day}T${one.time}:00Z`) - CHINA_MS;
  return [
    'BEGIN:VEVENT', `UID:${one.id}@yugong`, `SEQUENCE:${one.sequence}`, `DTSTAMP:${utc(Date.parse(one.changed))}`, `LAST-MODIFIED:${utc(Date.parse(one.changed))}`,
    `DTSTART:${utc(start)}`, `DTEND:${utc(start + one.minutes * 60_000)}`, `SUMMARY:${escaped(one.title)}`, `LOCATION:${escaped(one.place)}`,
    ...(one.description === '' ? [] : [`DESCRIPTION:${escaped(one.description)}`]), ...(one.url === '' ? [] : [`URL:${one.url}`]), `STATUS:${one.cancelled ? 'CANCELLED' : 'CONFIRMED'}`, 'END:VEVENT',
  ];
}

function utc(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (mark) => `\\${mark}`).replaceAll(/\r?\n/g, '\\n');
}

/** Lines of at most 75 octets; a character is never torn apart. */
export function folded(line: string): string {
  let out = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      out += '\r\n ';
      octets = 1;
    }
    out += character;
    octets += size;
  }
  return out;
}
