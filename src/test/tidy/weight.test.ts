// What a first visit costs: the gzip bytes of every script that a page needs before it is whole, words included, counted from the
// manifest of the built pages. A phone on a building site waits for each of them.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { root } from '../../platform/root.ts';
import { declared, PAGES, RECORD, type Declared } from './declared.ts';

const DIST = path.join(root, 'dist', 'web');
const MANIFEST = path.join(DIST, '.vite', 'manifest.json');
const KILO = 1000;
const FIRST = 400 * KILO;
const PHONE = 150 * KILO;
/** What a commissioner opens on a phone. The tabs of a record count with the record. */
const ON_A_PHONE = new Set(['/', '/projects', '/projects/$id', '/projects/$id/lifecycle', '/reports/new', '/week', '/warnings', '/effect-due', '/problems', '/problems/new', '/problems/$id', '/sign-in', '/password', '/account/sessions']);

interface Chunk { readonly file: string; readonly imports?: readonly string[] }

test.skipIf(!existsSync(MANIFEST))('the first page stays under 400 kB of script, and the pages of a phone under 150 kB (counted where the pages are built)', () => {
  const manifest = readManifest();
  const record = declared(PAGES).find((one) => one.page === RECORD);
  const pages: readonly (Declared & { readonly around?: string | undefined })[] = [
    ...declared(PAGES), ...declared(RECORD).map((tab) => ({ ...tab, at: `/projects/$id?tab=${tab.at}`, words: [...tab.words, ...tab.given], around: record?.page })),
  ];
  const sizes = pages.flatMap((one) => ['zh-CN', 'en'].map((lang) => {
    const within = one.around === undefined ? [] : [one.around];
    const bytes = weigh(manifest, [one.page, ...within].map((file) => keyOf(file)), [...new Set(['web', ...one.words])].map((area) => keyOf(`locales/${lang}/${area}.json`)));
    return { at: one.at, lang, bytes, most: ON_A_PHONE.has(one.at.split('?')[0] ?? '') ? PHONE : FIRST };
  }));
  expect(sizes.length).toBeGreaterThan(50);
  expect(sizes.filter((one) => one.bytes > one.most).map((one) => `${one.at} ${one.lang}: ${String(one.bytes)}`)).toEqual([]);
  // The count sees something: no page can be lighter than what draws it.
  expect(Math.min(...sizes.map((one) => one.bytes))).toBeGreaterThan(60 * KILO);
});

function weigh(manifest: ReadonlyMap<string, Chunk>, keys: readonly string[], words: readonly string[]): number {
  const files = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest.get(key);
    if (chunk === undefined) throw new Error(`${key} is not in the manifest: build the pages anew`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(visit);
  };
  // The page of the browser names the scripts that everything begins with.
  for (const match of readFileSync(path.join(DIST, 'index.html'), 'utf8').matchAll(/src="\/(assets\/[^"]+\.js)"/g)) files.add(match[1] ?? '');
  [...keys, ...words].forEach(visit);
  return [...files].reduce((sum, file) => sum + sizeOf(file), 0);
}

const known = new Map<string, number>();
function sizeOf(file: string): number {
  const size = known.get(file) ?? gzipSync(readFileSync(path.join(DIST, file))).length;
  known.set(file, size);
  return size;
}

/** The manifest names files from src/web. */
function keyOf(file: string): string {
  return path.posix.relative('src/web', file);
}

function readManifest(): ReadonlyMap<string, Chunk> {
  const content: unknown = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  if (typeof content !== 'object' || content === null) throw new Error('no manifest');
  return new Map(Object.entries(content).flatMap(([key, one]: [string, unknown]) => {
    if (typeof one !== 'object' || one === null || !('file' in one)) return [];
    const imports = 'imports' in one && Array.isArray(one.imports) ? one.imports.map(String) : [];
    return [[key, { file: String(one.file), imports }] as const];
  }));
}
