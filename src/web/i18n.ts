// The words: which language, and how a part gets them. A language is one lazy chunk; never write a word into a component.
import i18next, { type TOptions } from 'i18next';
import { useSyncExternalStore } from 'react';

export type Lang = 'zh-CN' | 'en';
export const LANGS: readonly Lang[] = ['zh-CN', 'en'];

/** A translator: `t('save')` within its area, `t('people:role')` from another. */
export type T = (key: string, values?: Record<string, unknown>) => string;

const COOKIE = 'yugong_lang';
const YEAR_SECONDS = 31_536_000;

/** The words of one area (= file of locales). Draws anew when the language changes. */
export function useT(area: string): T {
  useLang();
  return translator(area);
}

/** The same outside of components. */
export function translator(area: string): T {
  const known = translators.get(area);
  if (known !== undefined && known.lang === i18next.language) return known.t;
  const t: T = (key, values) => {
    const options: TOptions = { ...values, ns: area };
    return String(i18next.t(key, options));
  };
  translators.set(area, { lang: i18next.language, t });
  return t;
}

/** True if there are words for the key, e.g. before showing a refusal of a code that only the server explains. */
export function hasWords(key: string): boolean {
  return i18next.exists(key);
}

export function useLang(): Lang {
  return useSyncExternalStore(subscribe, currentLang);
}

export function currentLang(): Lang {
  return i18next.language === 'en' ? 'en' : 'zh-CN';
}

/** Loads the words of the reader's language; must end before the first drawing. */
export async function startWords(): Promise<void> {
  const lang = preferred();
  await i18next.init({
    lng: lang,
    fallbackLng: false,
    defaultNS: 'web',
    ns: ['web'],
    resources: { [lang]: await load(lang) },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = lang;
}

/** Changes the language in place: nothing typed is lost. The server learns it from the cookie. */
export async function switchLang(lang: Lang): Promise<void> {
  if (!i18next.hasResourceBundle(lang, 'web')) {
    for (const [area, words] of Object.entries(await load(lang))) i18next.addResourceBundle(lang, area, words);
  }
  document.cookie = `${COOKIE}=${lang}; path=/; max-age=${String(YEAR_SECONDS)}; samesite=lax`;
  await i18next.changeLanguage(lang);
  document.documentElement.lang = lang;
}

const translators = new Map<string, { lang: string; t: T }>();

function subscribe(changed: () => void): () => void {
  i18next.on('languageChanged', changed);
  return () => i18next.off('languageChanged', changed);
}

async function load(lang: Lang): Promise<Record<string, Record<string, unknown>>> {
  const { words } = lang === 'en' ? await import('./words/en.ts') : await import('./words/zh.ts');
  return words;
}

function preferred(): Lang {
  const chosen = /(?:^|;\s*)yugong_lang=([^;]+)/.exec(document.cookie)?.[1];
  if (chosen === 'zh-CN' || chosen === 'en') return chosen;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
