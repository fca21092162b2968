// How a case is said in lists and on its own page: its name, its colour, the days that are left or over.
import type { OutputOf } from '../../../../kernel/contract.ts';
import type { Tone } from '../../../../web/format.ts';
import type { Lang, T } from '../../../../web/i18n.ts';
import type { myCases, projectCases, readCase } from '../contract.ts';

export type CaseLine = OutputOf<typeof myCases>['items'][number];
export type One = OutputOf<typeof readCase>;
export type ProjectCases = OutputOf<typeof projectCases>;
export type ItemLine = ProjectCases['items'][number];
export type Side = NonNullable<CaseLine['side']>;

export function pick(words: { readonly zh: string; readonly en: string }, lang: Lang): string {
  return lang === 'en' ? words.en : words.zh;
}

const TONES: Readonly<Record<CaseLine['level'], Tone>> = { none: 'off', calm: 'ok', soon: 'warn', urgent: 'warn', promise_over: 'late', over: 'bad' };

/** Colour and word of a case: how its clock stands, or what became of it. */
export function stateOf(line: CaseLine, t: T): { readonly tone: Tone; readonly word: string } {
  if (line.closedDay !== null || line.status === 'decided') {
    if (line.outcome === 'approved' || line.outcome === 'approved_deferred') {
      if (line.status === 'recalled' || line.status === 'revoked') return { tone: 'bad', word: t(`status.${line.status}`) };
      return { tone: line.level === 'over' ? 'bad' : line.level === 'promise_over' ? 'late' : 'ok', word: t(`outcome.${line.outcome}`) };
    }
    return { tone: 'off', word: line.outcome === null ? t(`status.${line.status}`) : t(`outcome.${line.outcome}`) };
  }
  if (line.side !== 'department' && line.side !== null && line.level !== 'over' && line.level !== 'promise_over') return { tone: 'off', word: t(`status.${line.status}`) };
  return { tone: TONES[line.level], word: t(`level.${line.level}`) };
}

/** A limit of the decision, as far as it still says anything: once the case is decided, only by how much it was late. What is owed then is the delivery. */
export function standingLimit<Limit extends { readonly over: number }>(limit: Limit | null, { decidedDay }: Pick<CaseLine, 'decidedDay'>): Limit | null {
  return decidedDay !== null && limit?.over === 0 ? null : limit;
}

/** Left, today, over; in the unit that counts. Nothing where nothing is owed. */
export function leftSay({ daysLeft, owes, unit }: Pick<CaseLine, 'daysLeft' | 'owes' | 'unit'>, t: T): string {
  if (daysLeft === null) return '';
  const calendar = owes === 'decision' && unit === 'calendar' ? 'calendar' : 'working';
  if (daysLeft === 0) return t('left.today');
  return t(`left.${daysLeft < 0 ? 'over' : 'more'}.${calendar}`, { count: Math.abs(daysLeft) });
}

export function leftTone(line: CaseLine): Tone {
  return line.daysLeft === null ? 'off' : line.daysLeft < 0 ? (line.level === 'promise_over' ? 'late' : 'bad') : line.level === 'urgent' || line.level === 'soon' ? 'warn' : 'off';
}

export function isFree(item: ItemLine): boolean {
  return item.case === null || item.mayApply;
}
