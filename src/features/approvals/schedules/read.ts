// A contractor's schedule from the bytes of a file, told apart by content: Microsoft Project XML or Primavera XER. The binary formats of
// both programs are named and refused.
import { daysBetween } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { textOf } from './decode.ts';
import { MOST_BYTES, MOST_DAYS } from './limits.ts';
import type { ContractSchedule } from './model.ts';
import { readMspdi } from './mspdi.ts';
import { readXer } from './xer.ts';

export type Kind = 'mspdi' | 'xer' | 'mpp' | 'zip' | 'other';

/** Reads a schedule. Refuses `schedules.too_large`, `schedules.binary` (.mpp and archives), `schedules.not_a_schedule` and what the readers refuse. */
export function readSchedule(bytes: Uint8Array): ContractSchedule {
  if (bytes.length > MOST_BYTES) refuse('schedules.too_large', { limitMb: MOST_BYTES / 1024 / 1024 });
  const kind = kindOf(bytes);
  if (kind === 'mspdi') return bounded(readMspdi(textOf(bytes)));
  if (kind === 'xer') return bounded(readXer(textOf(bytes)));
  return refuse(kind === 'other' ? 'schedules.not_a_schedule' : 'schedules.binary');
}

/** Each calendar is laid out day by day: many with long holidays must not fill the memory. */
function bounded(schedule: ContractSchedule): ContractSchedule {
  const days = schedule.calendars.reduce((sum, one) => sum + one.exceptions.reduce((own, each) => own + Math.max(0, daysBetween(each.from, each.to) + 1), 0), 0);
  return days > MOST_DAYS ? refuse('schedules.too_many_exceptions', { limit: MOST_DAYS }) : schedule;
}

export function kindOf(bytes: Uint8Array): Kind {
  if ([0xd0, 0xcf, 0x11, 0xe0].every((byte, at) => bytes[at] === byte)) return 'mpp';
  if ([0x50, 0x4b, 0x03, 0x04].every((byte, at) => bytes[at] === byte)) return 'zip';
  // Zero bytes between the letters of UTF-16 fall out.
  const head = String.fromCharCode(...bytes.subarray(0, 400)).replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '').replaceAll('\0', '').trimStart();
  if (head.startsWith('ERMHDR')) return 'xer';
  return head.startsWith('<') ? 'mspdi' : 'other';
}
