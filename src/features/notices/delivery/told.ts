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

/** The values in one language. */
export function valuesIn(facts: Facts, language: Language): Record<string, string | number> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeof value === 'object' ? (language === 'en' ? value.en : value.zh) : value]));
}

export type Say = (language: Language, key: string, values?: Readonly<Record<string, unknown>>) => string;

export function sentence(say: Say, notice: Pick<Told, 'kind' | 'facts'>, language: Language): string {
  return say(language, sentenceOf(notice.kind), valuesIn(notice.facts, language));
}
