// How the faster ways are said and coloured: states, days left, names in the reader's language. Pure.
import type { OutputOf } from '../../../../kernel/contract.ts';
import type { Tone } from '../../../../web/format.ts';
import type { T } from '../../../../web/i18n.ts';
import type { readFaster } from '../contract.ts';

export type Faster = OutputOf<typeof readFaster>;
export type Simulation = Faster['simulations'][number];
export type Tolerance = Faster['tolerances'][number];
export type Promised = Faster['promises'][number];

export const TOLERANCE_TONE = { clear: 'ok', owing: 'warn', returned: 'bad' } as const;

interface Words { readonly zh: string; readonly en: string }

export function pick(words: Words, lang: string): string {
  return lang === 'en' ? words.en : words.zh;
}

export function simulationState(one: Simulation, t: T): { tone: Tone; word: string } {
  const status = one.expired ? 'expired' : one.status;
  const tone = ({ applied: 'off', opined: 'warn', converting: 'warn', reviewing: 'warn', formal: 'ok', failed: 'bad', void: 'bad', expired: 'off' } as const)[status];
  return { tone, word: t(`faster.status.${status}`) };
}

export function sayLeft(days: number, t: T): string {
  return days === 0 ? t('faster.dueToday') : days > 0 ? t('faster.left', { count: days }) : t('faster.over', { count: -days });
}

export function leftTone(days: number): Tone {
  return days < 0 ? 'bad' : days <= 7 ? 'late' : days <= 30 ? 'warn' : 'off';
}

/** What can be done with a simulation next, by who examines. */
export function actsOn(one: Simulation): readonly ('opinion' | 'review' | 'issue' | 'void')[] {
  if (one.expired) return [];
  const next = ({ applied: ['opinion'], opined: [], converting: ['issue'], reviewing: ['review'], formal: [], failed: [], void: [] } as const)[one.status];
  return one.status === 'failed' || one.status === 'void' ? [] : [...next, 'void'];
}

/** What may be done with a document before it ends. */
export function sayRule({ extensionsLeft, extensionMonths, then }: { readonly extensionsLeft: number; readonly extensionMonths: number; readonly then: 'void' | 'recheck' | null }, t: T): string {
  if (extensionsLeft > 0) return t('faster.expiring.extend', { count: extensionsLeft, months: extensionMonths });
  return then === null ? '' : t(`faster.expiring.${then}`);
}
