// A notice as it is shown or sent, and its sentence in a language. Pure.
import { sentenceOf } from '../fields.ts';

export type Facts = Readonly<Record<string, string | number | { readonly zh: string; readonly en: string }>>;

export interface Told {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly topic: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly projectId: string | null;
  readonly href: string;
  readonly facts: Facts;
  readonly urgent: boolean;
  readonly day: string;
  readonly at: string;
}

export type Language = 'zh-CN' | 'en';

/** The values in one language; a day, a month and a moment as people write them there. */
export function valuesIn(facts: Facts, language: Language): Record<string, string | number> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeof value === 'object' ? (language === 'en' ? value.en : value.zh) : typeof value === 'string' ? dated(value, language) : value]));
}

const DATED = /^(\d{4}-\d{2})(-\d{2})?( \d{2}:\d{2})?$/;

function dated(text: string, language: Language): string {
  const [, month, day, time = ''] = DATED.exec(text) ?? [];
  const at = new Date(`${month ?? ''}${day ?? '-01'}T00:00:00Z`);
  if (month === undefined || Number.isNaN(at.getTime()) || (day === undefined && time !== '')) return text;
  const written = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', { year: 'numeric', month: language === 'en' ? 'short' : 'long', ...(day === undefined ? {} : { day: 'numeric' }), timeZone: 'UTC' }).format(at);
  return `${written}${time}`;
}

export type Say = (language: Language, key: string, values?: Readonly<Record<string, unknown>>) => string;

export function sentence(say: Say, notice: Pick<Told, 'kind' | 'facts'>, language: Language): string {
  return say(language, sentenceOf(notice.kind), valuesIn(notice.facts, language));
}
