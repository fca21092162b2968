// Small words that the pages of the life cycle share: the reader's language of data, months as 2023.06, what a test asks for.
import type { OutputOf } from '../../../../kernel/contract.ts';
import type { Lang, T } from '../../../../web/i18n.ts';
import type { getGates, listEvidence } from '../contract.ts';
import type { Lifecycle, Test, Words } from '../shape.ts';

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

/** A test in the reader's words, for the page of the rules. */
export function sayTest(test: Test, rules: Lifecycle, t: T, lang: Lang): string {
  const kinds = (codes: readonly string[]): string => codes.length === 0 ? '…' : codes.map((code) => {
    const known = rules.evidenceKinds.find((one) => one.code === code);
    return known === undefined ? code : pick(known.name, lang);
  }).join(t('either'));
  switch (test.type) {
    case 'evidence': return [
      t('rules.test.evidence', { kinds: kinds(test.kinds) }),
      ...(test.needs.length > 0 ? [t('rules.test.needs', { needs: test.needs.map((need) => t(`rules.need.${need}`)).join(t('comma')) })] : []),
      ...((test.count ?? 1) > 1 ? [t('rules.test.count', { count: test.count ?? 1 })] : []),
      ...(test.verified === true ? [t('rules.test.verified')] : []),
    ].join(t('clause'));
    case 'photo': return [t('rules.test.photo', { kinds: kinds(test.kinds), count: test.count }), ...(test.verified === true ? [t('rules.test.verified')] : [])].join(t('clause'));
    case 'field': return t('rules.test.field', { field: t(`rules.field.${test.field}`) });
    case 'statement': return t('rules.test.statement');
    case 'results': return [t('rules.test.results', { percent: test.percent }), ...(test.withinAgreed ? [t('rules.test.withinAgreed')] : [])].join(t('clause'));
    case 'external': return t('rules.test.external', { feature: test.feature, question: test.question });
    case 'any': return t('rules.test.any', { parts: test.of.map((one) => sayTest(one, rules, t, lang)).join(t('semicolon')) });
    case 'all': return t('rules.test.all', { parts: test.of.map((one) => sayTest(one, rules, t, lang)).join(t('semicolon')) });
    default: return never(test);
  }
}

function never(value: never): never {
  throw new Error(`unknown: ${JSON.stringify(value)}`);
}
