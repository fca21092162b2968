// The calendar of an XER file: one text of nested brackets, (0||name(values)(children)), with the days of the week from Sunday and the
// exceptions by their number. Gives null where it is none; never reads deeper than it must.
import { MOST_EXCEPTIONS } from './limits.ts';
import { hoursOf, type CalendarException, type Hours } from './model.ts';
import { dayOfNumber } from '../../../kernel/epoch.ts';

interface Node {
  readonly name: string;
  /** The values between | in pairs: s|08:00|f|12:00 or d|45000. */
  readonly values: ReadonlyMap<string, string>;
  readonly children: readonly Node[];
}

const DEEPEST = 16;

/** Hours by weekday, Monday first, and exceptions; null where the text is no calendar. */
export function calendarData(text: string): { week: readonly Hours[]; exceptions: readonly CalendarException[] } | null {
  // The program writes line ends as DEL characters.
  const node = nodeAt(text.replace(/[\u007f\s]+/g, ''), 0, 0)?.node;
  if (node === undefined) return null;
  const week: Hours[] = Array.from({ length: 7 }, () => []);
  for (const day of childOf(node, 'DaysOfWeek')?.children ?? []) {
    const number = Number(day.name);
    if (number >= 1 && number <= 7) week[(number + 5) % 7] = hoursIn(day);
  }
  const exceptions = (childOf(node, 'Exceptions')?.children ?? []).slice(0, MOST_EXCEPTIONS).flatMap((one) => {
    const serial = Number(one.values.get('d'));
    if (!Number.isInteger(serial) || serial < 1 || serial > 2_958_465) return [];
    const day = dayOfNumber(serial - SERIAL_OF_1970);
    return [{ from: day, to: day, hours: hoursIn(one) }];
  });
  return { week, exceptions };
}

/** Days count from 1899-12-30, as spreadsheets count them. */
const SERIAL_OF_1970 = 25_569;

function childOf(node: Node, name: string): Node | undefined {
  return node.children.find((one) => one.name === name);
}

function hoursIn(node: Node): Hours {
  return hoursOf(node.children.map((one) => [clock(one.values.get('s')), clock(one.values.get('f')) || 1440] as const));
}

/** 08:00, or 8:00 AM as some machines write it. */
function clock(text: string | undefined): number {
  const found = /^(\d{1,2}):(\d\d)(AM|PM)?/i.exec(text ?? '');
  if (found === null) return 0;
  const hour = Number(found[1]);
  return (found[3] === undefined ? hour : (hour % 12) + (found[3].toUpperCase() === 'PM' ? 12 : 0)) * 60 + Number(found[2]);
}

/** Reads (n||name(values)(children)) at a place. */
function nodeAt(text: string, from: number, depth: number): { node: Node; end: number } | null {
  const head = /\(\d+\|\|([^()]*)\(([^()]*)\)\(/y;
  head.lastIndex = from;
  const found = head.exec(text);
  if (found === null || depth > DEEPEST) return null;
  const children: Node[] = [];
  let at = head.lastIndex;
  while (text.charAt(at) === '(') {
    const child = nodeAt(text, at, depth + 1);
    if (child === null) return null;
    children.push(child.node);
    at = child.end;
  }
  if (text.slice(at, at + 2) !== '))') return null;
  const parts = (found[2] ?? '').split('|');
  const values = new Map(parts.flatMap((key, place) => (place % 2 === 0 ? [[key, parts[place + 1] ?? ''] as const] : [])));
  return { node: { name: found[1] ?? '', values, children }, end: at + 2 };
}
