// Every word that the server says to a person, from locales/<language>/<area>.json. Never falls silent: a missing key is shown
// as the key, and a test refuses missing keys.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type Locale = 'zh-CN' | 'en';
export const LOCALES = ['zh-CN', 'en'] as const;

export interface Texts {
  /** The text of `area:key` with `{{name}}` filled in; of several forms (`key_one`) the one that `count` wants. */
  say(locale: Locale, key: string, values?: Readonly<Record<string, unknown>>): string;
  has(locale: Locale, key: string): boolean;
  keys(locale: Locale): readonly string[];
}

export function loadTexts(folder: string): Texts {
  const tables = new Map<Locale, Map<string, string>>();
  for (const locale of LOCALES) {
    const table = new Map<string, string>();
    for (const file of readdirSync(path.join(folder, locale)).filter((name) => name.endsWith('.json'))) {
      const content: unknown = JSON.parse(readFileSync(path.join(folder, locale, file), 'utf8'));
      flatten(content, `${path.basename(file, '.json')}:`, table);
    }
    tables.set(locale, table);
  }
  return {
    say: (locale, key, values = {}) => {
      const { count } = values;
      const table = tables.get(locale);
      return fill((typeof count === 'number' ? table?.get(`${key}_${PLURALS[locale].select(count)}`) : undefined) ?? table?.get(key) ?? key, values);
    },
    has: (locale, key) => tables.get(locale)?.has(key) ?? false,
    keys: (locale) => [...(tables.get(locale)?.keys() ?? [])],
  };
}

const PLURALS = { 'zh-CN': new Intl.PluralRules('zh-CN'), en: new Intl.PluralRules('en') } as const;

function flatten(value: unknown, prefix: string, into: Map<string, string>): void {
  if (typeof value === 'string') {
    into.set(prefix.replace(/\.$/, ''), value);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) flatten(part, `${prefix}${key}.`, into);
}

function fill(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}

/** The reader's language: the cookie first, then what the browser asks for, then Chinese. */
export function localeOf(cookie: string | undefined, accept: string | undefined): Locale {
  if (cookie === 'en' || cookie === 'zh-CN') return cookie;
  const first = accept?.split(',')[0]?.trim().toLowerCase() ?? '';
  return first.startsWith('en') ? 'en' : 'zh-CN';
}
