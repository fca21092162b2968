// Words are fetched by area with the page that says them: each page names the areas of all that it imports, and none that nobody says.
// A page without its words would be drawn twice; one with too many makes a phone wait.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../platform/root.ts';
import { declared, PAGES, RECORD, type Declared } from './declared.ts';

// As scripts/words.mjs leaves them in.
const SAID_BY_PAGES: readonly string[] = /SAID_BY_PAGES = \[([^\]]*)\]/.exec(readFileSync(path.join(root, 'scripts', 'words.mjs'), 'utf8'))?.[1]?.match(/\w+/g) ?? [];

const areas = readdirSync(path.join(root, 'locales', 'en')).map((name) => path.basename(name, '.json'));

it('every page and every tab names the words that it says', () => {
  expect(declared(PAGES).length).toBeGreaterThan(25);
  expect([...declared(PAGES), ...declared(RECORD)].flatMap(wrongs)).toEqual([]);
});

it('sees a page that forgets an area and one that names too many', () => {
  expect(declared('src/test/tidy/fixtures/areas.ts.txt', 'src/web').flatMap(wrongs)).toEqual(['src/features/projects/lifecycle/pages/due.tsx lacks lifecycle', 'src/features/projects/lifecycle/pages/due.tsx does not say plan']);
});

it('pages say refusals only of the areas whose refusals the browser has', () => {
  const said = listFiles('src/features', /\/pages\/[^/]+\.tsx$/).flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    if (!/[`'](?:\w+:)?refusal\./.test(text)) return [];
    return [...text.matchAll(/useT\('(\w+)'\)|[`'](\w+):refusal\./g)].map((match) => match[1] ?? match[2] ?? '').filter((area) => !SAID_BY_PAGES.includes(area) && new RegExp(`useT\\('${area}'\\)[^]*?refusal|${area}:refusal`).test(text)).map((area) => `${file} ${area}`);
  });
  expect(said).toEqual([]);
});

function listFiles(folder: string, kind: RegExp): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => path.posix.join(folder, name.split(path.sep).join('/'))).filter((name) => kind.test(name));
}

function wrongs({ page, words, given }: Declared): string[] {
  const said = new Set<string>();
  walk(page, said, new Set());
  return [...[...said].filter((area) => !words.includes(area) && !given.includes(area)).map((area) => `${page} lacks ${area}`), ...words.filter((area) => !said.has(area)).map((area) => `${page} does not say ${area}`)];
}

function walk(file: string, said: Set<string>, seen: Set<string>): void {
  if (seen.has(file) || !existsSync(path.join(root, file))) return;
  seen.add(file);
  const text = readFileSync(path.join(root, file), 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gm, '');
  for (const match of text.matchAll(/(?:useT|translator)\('(\w+)'\)|[`'](\w+):[\w$.{]/g)) {
    const area = match[1] ?? match[2] ?? '';
    if (area !== 'web' && areas.includes(area)) said.add(area);
  }
  for (const match of text.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'/gm)) walk(path.posix.normalize(path.posix.join(path.posix.dirname(file), match[1] ?? '')), said, seen);
}
