// How the state of a request is coloured; the word beside it says the same.
import type { Tone } from '../../../../web/format.ts';

export function stateTone(state: string): Tone {
  if (state === 'solved') return 'ok';
  if (state === 'submitted' || state === 'ruling') return 'warn';
  return 'off';
}
