// Days of a plan as an iCalendar file (RFC 5545) that phones and office programs subscribe to: one all-day event a task. Asks no clock: the
// time of writing is handed in.
import { addDays } from '../../../kernel/days.ts';

export interface CalendarEvent {
  /** Unique in the world and the same in every export, so that a reader replaces and does not double. */
  readonly uid: string;
  readonly title: string;
  /** First and last day, both included, YYYY-MM-DD. */
  readonly start: string;
  readonly finish: string;
  readonly description?: string | undefined;
  readonly place?: string | undefined;
  readonly categories?: readonly string[] | undefined;
  /** Counts up when the event changes. */
  readonly sequence?: number | undefined;
}

export interface CalendarAbout {
  /** The product that writes, such as -//Yugong//Schedules//ZH. */
  readonly product: string;
  readonly name: string;
  /** UTC, YYYY-MM-DDTHH:MM:SS with anything behind it. */
  readonly writtenAt: string;
}

const LINE_OCTETS = 75;

/** The whole file, lines ended by CRLF and folded at 75 octets. */
export function icalendarOf(about: CalendarAbout, events: readonly CalendarEvent[]): string {
  const stamp = `${about.writtenAt.slice(0, 19).replace(/[-:]/g, '')}Z`;
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', `PRODID:${escaped(about.product)}`, 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', `X-WR-CALNAME:${escaped(about.name)}`,
    ...events.flatMap((one) => eventLines(one, stamp)), 'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventLines(one: CalendarEvent, stamp: string): string[] {
  return [
    'BEGIN:VEVENT', `UID:${escaped(one.uid)}`, `DTSTAMP:${stamp}`, `DTSTART;VALUE=DATE:${dateOut(one.start)}`,
    // The end is the day after the last one (RFC 5545, 3.6.1).
    `DTEND;VALUE=DATE:${dateOut(addDays(one.finish, 1))}`, `SUMMARY:${escaped(one.title)}`,
    ...(one.description === undefined ? [] : [`DESCRIPTION:${escaped(one.description)}`]), ...(one.place === undefined ? [] : [`LOCATION:${escaped(one.place)}`]),
    ...(one.categories === undefined || one.categories.length === 0 ? [] : [`CATEGORIES:${one.categories.map(escaped).join(',')}`]),
    ...(one.sequence === undefined ? [] : [`SEQUENCE:${String(one.sequence)}`]), 'TRANSP:TRANSPARENT', 'END:VEVENT',
  ];
}

function dateOut(day: string): string {
  return day.replaceAll('-', '');
}

/** Text of RFC 5545, 3.3.11; control characters have no place in it. */
function escaped(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n');
}

/** Breaks between characters, never within one, and counts the blank that begins each further line. */
function folded(line: string): string {
  let [text, octets] = ['', 0];
  for (const char of line) {
    const size = octetsOf(char.codePointAt(0) ?? 0);
    if (octets + size > LINE_OCTETS) {
      text += '\r\n ';
      octets = 1;
    }
    text += char;
    octets += size;
  }
  return text;
}

/** Bytes of a character in UTF-8. */
function octetsOf(code: number): number {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
