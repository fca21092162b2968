// Sixteen connections that ask as fast as they are answered, by turns of the rival and of Yugong, so that whatever else the machine
// does falls on both. The median of the turns counts.
import autocannon, { type Request } from 'autocannon';
import { median } from './table.ts';

export const CONNECTIONS = 16;
const LONGEST_S = 15;

export interface Aim { readonly url: string; readonly headers?: Record<string, string>; readonly requests: Request[] }

export interface Pace { readonly turns: number; readonly seconds: number }

/** Answers per second of each aim, in the order given. */
export async function compare(aims: readonly Aim[], pace: Pace): Promise<number[]> {
  for (const aim of aims) await shoot(aim, Math.max(1, pace.seconds));
  const rates = aims.map((): number[] => []);
  for (let turn = 0; turn < pace.turns; turn += 1) for (const [i, aim] of aims.entries()) rates[i]?.push(await shoot(aim, pace.seconds));
  return rates.map(median);
}

async function shoot(aim: Aim, seconds: number): Promise<number> {
  const result = await autocannon({ url: aim.url, connections: CONNECTIONS, duration: seconds, headers: aim.headers ?? {}, requests: aim.requests, timeout: 20 });
  // What takes longer than a turn when sixteen ask at once gets a longer one.
  if (result.non2xx === 0 && result.errors === 0 && result['2xx'] === 0 && seconds < LONGEST_S) return shoot(aim, LONGEST_S);
  if (result.non2xx > 0 || result['2xx'] === 0) throw new Error(`${aim.url}${aim.requests[0]?.path ?? ''}: ${result.non2xx} refusals, ${result.errors} errors, ${result['2xx']} answers`);
  return result['2xx'] / result.duration;
}
