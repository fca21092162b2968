// A file with a network, whatever its format, solved: what the command line prints. Tells the format by the content, never by the name.
import { refuse } from '../../../kernel/refuse.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { datedOf, type Dated } from './dated.ts';
import { givenIn } from './given.ts';
import { MOST_BYTES } from './limits.ts';

export type Answer = Dated;

/** Solves what the bytes of a file hold. Refuses what it cannot read (`schedules.*`) and networks with faults (`network.*`). */
export function scheduleOf(bytes: Uint8Array, working: WorkCalendar): Answer {
  if (bytes.length > MOST_BYTES) refuse('schedules.too_large', { limitMb: MOST_BYTES / 1024 / 1024 });
  return datedOf(givenIn(new TextDecoder('utf-8').decode(bytes)), working);
}
