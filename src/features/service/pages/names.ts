// What is data and has its names with it: kinds of problems, industries, actions, traits; as options and as words in the reader's language.
import type { Lang } from '../../../web/i18n.ts';
import type { Option } from '../../../web/inputs/select.tsx';
import actions from '../data/actions.json' with { type: 'json' };
import industries from '../data/industries.json' with { type: 'json' };
import kinds from '../data/kinds.json' with { type: 'json' };

interface Coded { readonly code: string; readonly zh: string; readonly en: string }

export const pick = (words: { readonly zh: string; readonly en: string }, lang: Lang): string => (lang === 'en' ? words.en : words.zh);

const nameIn = (list: readonly Coded[], code: string, lang: Lang): string => {
  const found = list.find((one) => one.code === code);
  return found === undefined ? code : pick(found, lang);
};
const optionsOf = (list: readonly Coded[], lang: Lang): readonly Option[] => list.map((one) => ({ value: one.code, label: pick(one, lang) }));

export const kindName = (code: string, lang: Lang): string => nameIn(kinds, code, lang);
export const kindOptions = (lang: Lang): readonly Option[] => optionsOf(kinds, lang);
export const industryName = (code: string, lang: Lang): string => nameIn(industries, code, lang);
export const industryOptions = (lang: Lang): readonly Option[] => industries.map((one) => ({ value: one.code, label: pick(one, lang), hint: one.code }));
export const actionName = (code: string, lang: Lang): string => nameIn(actions, code, lang);
export const ACTIONS: readonly Coded[] = actions;
