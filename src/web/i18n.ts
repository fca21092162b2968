// The words: which language, and how a part gets them. An area (= file of locales) is one lazy chunk for each language, fetched with the
// page that says it. Never write a word into a component.
import { useSyncExternalStore } from 'react';

export type Lang = 'zh-CN' | 'en';
export const LANGS: readonly Lang[] = ['zh-CN', 'en'];

/** A translator: `t('save')` within its area, `t('people:role')` from another. */
export type T = (key: string, values?: Record<string, unknown>) => string;

const COOKIE = 'yugong_lang';
const YEAR_SECONDS = 31_536_000;
const ALWAYS = 'web'; // what the frame and the parts say
// What only the server says is not offered: every page begins with the names of all these files.
const files = import.meta.glob<unknown>(['../../locales/*/*.json', '!../../locales/*/{cli,documents,platform}.json'], { import: 'default' });
const tables: Readonly<Record<Lang, Map<string, unknown>>> = { 'zh-CN': new Map(), en: new Map() };
const wanted = new Set([ALWAYS]);
const listeners = new Set<() => void>();
const plurals: Readonly<Record<Lang, Intl.PluralRules>> = { 'zh-CN': new Intl.PluralRules('zh-CN'), en: new Intl.PluralRules('en') };
let lang: Lang = 'zh-CN';
let drawn = 0; // counts what words have come and gone: parts draw anew when it changes
let translators = new Map<string, T>();

/** The words of one area. Draws anew when the language changes. */
export function useT(area: string): T {
  useSyncExternalStore(subscribe, () => drawn);
  return translator(area);
}

/** The same outside of components. */
export function translator(area: string): T {
  const known = translators.get(area);
  if (known !== undefined) return known;
  // A page brings its words; a part that nobody foresaw asks for its own and is drawn again when they are there.
  if (!tables[lang].has(area)) void loadWords([area]).catch(() => undefined);
  const t: T = (key, values = {}) => say(area, key, values);
  translators.set(area, t);
  return t;
}

/** True if there are words for the key, e.g. before showing a refusal of a code that only the server explains. */
export function hasWords(key: string): boolean {
  return find(ALWAYS, key) !== undefined;
}

export function useLang(): Lang {
  return useSyncExternalStore(subscribe, currentLang);
}

export function currentLang(): Lang {
  return lang;
}

/** Loads what the frame says in the reader's language; must end before the first drawing. */
export async function startWords(): Promise<void> {
  lang = preferred();
  // The server says names and refusals in the language of the page, also where nobody has chosen one.
  remember(lang);
  document.documentElement.lang = lang;
  await loadWords([ALWAYS]);
}

/** Fetches the words of some areas in the reader's language. A page does so while its code is on its way. */
export async function loadWords(areas: readonly string[]): Promise<void> {
  for (const area of areas) wanted.add(area);
  await fetchWords(lang, areas);
}

/** Changes the language in place: nothing typed is lost. The server learns it from the cookie. */
export async function switchLang(to: Lang): Promise<void> {
  await fetchWords(to, [...wanted]);
  remember(to);
  lang = to;
  document.documentElement.lang = to;
  changed();
}

function remember(to: Lang): void {
  document.cookie = `${COOKIE}=${to}; path=/; max-age=${String(YEAR_SECONDS)}; samesite=lax`;
}

async function fetchWords(to: Lang, areas: readonly string[]): Promise<void> {
  const missing = areas.filter((area) => !tables[to].has(area) && files[fileOf(to, area)] !== undefined);
  if (missing.length === 0) return;
  await Promise.all(missing.map(async (area) => tables[to].set(area, await files[fileOf(to, area)]?.())));
  if (to === lang) changed();
}

function fileOf(to: Lang, area: string): string {
  return `../../locales/${to}/${area}.json`;
}

// A key that has no words is shown itself, so that it is seen; words that are still on their way are not.
function say(area: string, key: string, values: Record<string, unknown>): string {
  const { count } = values;
  const text = (typeof count === 'number' ? find(area, `${key}_${plurals[lang].select(count)}`) : undefined) ?? find(area, key);
  if (text !== undefined) return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_hole, name: string) => spoken(values[name]));
  const at = key.indexOf(':');
  return tables[lang].has(at < 0 ? area : key.slice(0, at)) ? key.slice(at + 1) : '';
}

function spoken(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

function find(area: string, key: string): string | undefined {
  const at = key.indexOf(':');
  return textAt(tables[lang].get(at < 0 ? area : key.slice(0, at)), key.slice(at + 1));
}

/** The text under `a.b.c` in the words of an area. Permissions hold a dot in their name, so a name may be more than one part. */
export function textAt(words: unknown, key: string): string | undefined {
  if (typeof words !== 'object' || words === null) return undefined;
  if (Object.hasOwn(words, key)) {
    const text: unknown = Reflect.get(words, key);
    return typeof text === 'string' ? text : undefined;
  }
  for (let dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
    const name = key.slice(0, dot);
    const found = Object.hasOwn(words, name) ? textAt(Reflect.get(words, name), key.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function changed(): void {
  drawn += 1;
  translators = new Map();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function preferred(): Lang {
  const chosen = /(?:^|;\s*)yugong_lang=([^;]+)/.exec(document.cookie)?.[1];
  if (chosen === 'zh-CN' || chosen === 'en') return chosen;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
