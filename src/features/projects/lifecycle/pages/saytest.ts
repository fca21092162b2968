// What a condition of a gate asks for, said for the page of the rules. Apart from the other words, because a record on a phone does not need it.
import type { Lang, T } from '../../../../web/i18n.ts';
import type { Lifecycle, Test } from '../shape.ts';
import { pick } from './words.ts';

/** A test in the reader's words, for the page of the rules. */
export function sayTest(test: Test, rules: Lifecycle, t: T, lang: Lang): string {
  const kinds = (codes: readonly string[]): string => codes.length === 0 ? '…' : codes.map((code) => {
    const known = rules.evidenceKinds.find((one) => one.code === code);
    return known === undefined ? code : pick(known.name, lang);
  }).join(t('either'));
  switch (test.type) {
    case 'evidence': return [
      t('liferules:test.evidence', { kinds: kinds(test.kinds) }),
      ...(test.needs.length > 0 ? [t('liferules:test.needs', { needs: test.needs.map((need) => t(`liferules:need.${need}`)).join(t('comma')) })] : []),
      ...((test.count ?? 1) > 1 ? [t('liferules:test.count', { count: test.count ?? 1 })] : []),
      ...(test.verified === true ? [t('liferules:test.verified')] : []),
    ].join(t('clause'));
    case 'photo': return [t('liferules:test.photo', { kinds: kinds(test.kinds), count: test.count }), ...(test.verified === true ? [t('liferules:test.verified')] : [])].join(t('clause'));
    case 'field': return t('liferules:test.field', { field: t(`liferules:field.${test.field}`) });
    case 'statement': return t('liferules:test.statement');
    case 'results': return [t('liferules:test.results', { percent: test.percent }), ...(test.withinAgreed ? [t('liferules:test.withinAgreed')] : [])].join(t('clause'));
    case 'external': return t('liferules:test.external', { feature: test.feature, question: test.question });
    case 'any': return t('liferules:test.any', { parts: test.of.map((one) => sayTest(one, rules, t, lang)).join(t('semicolon')) });
    case 'all': return t('liferules:test.all', { parts: test.of.map((one) => sayTest(one, rules, t, lang)).join(t('semicolon')) });
    default: return never(test);
  }
}

function never(value: never): never {
  throw new Error(`unknown: ${JSON.stringify(value)}`);
}
