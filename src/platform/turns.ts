// For jobs that think for long in the process that also answers people: between two pieces of thinking others come first, for about as long as the
// process was busy before. Knows nothing of what is thought.
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

/** Longest rest between two pieces: a job must come to its end on a machine that is never idle too. */
const REST_MS = 10;

let before = performance.eventLoopUtilization();

/** Lets others have the process. Await it every few milliseconds of thinking. */
export async function turn(): Promise<void> {
  const { active } = performance.eventLoopUtilization(before);
  await wait(Math.min(REST_MS, Math.ceil(active)));
  before = performance.eventLoopUtilization();
}
