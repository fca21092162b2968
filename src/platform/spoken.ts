// Words for who reads a terminal or a file and has told no language: each sentence in English, then in Chinese.
import { localesDir } from './root.ts';
import { loadTexts, type Texts } from './texts.ts';

let texts: Texts | undefined;

export function inBoth(key: string, values: Readonly<Record<string, unknown>> = {}, between = ' '): string {
  texts ??= loadTexts(localesDir);
  return [texts.say('en', key, values), texts.say('zh-CN', key, values)].join(between);
}
