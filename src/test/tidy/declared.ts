// What the table of pages and the tabs of the record load when they are opened, read out of the source: the file and the areas of words.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../platform/root.ts';

export interface Declared {
  /** `/projects/$id`; of a tab the name of its first area. */
  readonly at: string;
  /** The file, from the root of the repository. */
  readonly page: string;
  readonly words: readonly string[];
  /** Areas that the page around a tab has brought. */
  readonly given: readonly string[];
}

export const PAGES = 'src/web/pages.ts';
export const RECORD = 'src/features/projects/register/pages/record.tsx';
const ENTRY = /(?:page\('([^']+)', \{[^\n]*words: |path: '([^']+)'[^\n]*?(?=load:)|tabOf\()(?:\[([^\]]*)\], ?)?(?:load: )?async \(\) => \(await import\('([^']+)'\)\)/g;

export function declared(file: string, from = path.posix.dirname(file)): Declared[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const given = file === RECORD ? (declared(PAGES).find((one) => one.page === RECORD)?.words ?? []) : [];
  return [...text.matchAll(ENTRY)].map((match) => {
    const words = [...(match[3] ?? '').matchAll(/'(\w+)'/g)].map((word) => word[1] ?? '');
    return { at: match[1] ?? match[2] ?? words[0] ?? '', page: path.posix.normalize(path.posix.join(from, match[4] ?? '')), words, given };
  });
}
