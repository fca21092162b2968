// Small words that the pages of the life cycle share: the reader's language of data, months as 2023.06.
import type { OutputOf } from '../../../../kernel/contract.ts';
import type { Lang } from '../../../../web/i18n.ts';
import type { getGates, listEvidence } from '../contract.ts';
import type { Words } from '../shape.ts';

export type Gates = OutputOf<typeof getGates>;
export type Gate = Gates['next'][number];
export type GateCondition = Gate['conditions'][number];
export type EvidenceItem = OutputOf<typeof listEvidence>['items'][number];

export function pick(words: Words, lang: Lang): string {
  return lang === 'en' ? words.en : words.zh;
}

/** 2023-06-30 as 2023.06: what stands under a step. */
export function dotted(day: string): string {
  return day.slice(0, 7).replace('-', '.');
}
