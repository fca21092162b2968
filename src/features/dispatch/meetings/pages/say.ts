// How a meeting, an item and a fact are said on the screen.
import type { OutputOf } from '../../../../kernel/contract.ts';
import type { Format, Tone } from '../../../../web/format.ts';
import type { Lang, T } from '../../../../web/i18n.ts';
import type { listMeetings, readMeeting } from '../contract.ts';

export type MeetingLine = OutputOf<typeof listMeetings>['items'][number];
export type One = OutputOf<typeof readMeeting>;
export type Item = One['items'][number];
export type Decided = NonNullable<Item['decision']>;

export function pick(words: { readonly zh: string; readonly en: string }, lang: Lang): string {
  return lang === 'en' ? words.en : words.zh;
}

export const STATE_TONES: Readonly<Record<MeetingLine['state'], Tone>> = { planned: 'off', agenda_sent: 'ok', in_session: 'warn', held: 'late', minutes_issued: 'ok', cancelled: 'off' };

/** 第45次（年度第12次）, or what it will be. */
export function numberSay(one: Pick<MeetingLine, 'number' | 'yearNumber'>, t: T, expected?: number | null): string {
  if (one.number !== null) return t('number', { number: one.number, yearNumber: one.yearNumber ?? 0 });
  return expected === undefined || expected === null ? '' : t('expected', { number: expected });
}

export function titleSay(one: MeetingLine, t: T, lang: Lang, expected?: number | null): string {
  const number = numberSay(one, t, expected);
  return [number, one.topic ?? pick(one.series, lang)].filter((part) => part !== '').join(lang === 'en' ? ', ' : '');
}

/** Days in a fact are written as days. */
export function factSay(fact: Item['facts'][number], t: T, format: Format): string {
  const values = Object.fromEntries(Object.entries(fact.values).map(([name, value]) => [name, typeof value === 'string' && DAY.test(value) ? format.day(value) : value]));
  const object = values['object'];
  return t(`fact.${fact.code}`, { ...values, ...(typeof values['days'] === 'number' ? { count: values['days'] } : {}), ...(typeof object === 'string' ? { object: t(`object.${object}`) } : {}), ...(typeof values['level'] === 'number' ? { level: t(`level.${values['level']}`) } : {}) });
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function decidedSay(one: Decided, t: T): string {
  if (one.kind === 'measure') return one.measure ?? '';
  return `${t(one.kind === 'none' ? 'decide.none' : `escalate.${one.escalateTo ?? 'leader'}`)}${one.reason === null ? '' : t('colon') + one.reason}`;
}

export function clockSay(seconds: number): string {
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}
