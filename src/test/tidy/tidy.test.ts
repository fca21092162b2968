// Style and structure kept by tests, and each keeper seen to bite: import rules, lint rules, words in both languages, no words in
// components, every refusal explained.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../platform/root.ts';

const HERE = path.join(root, 'src', 'test', 'tidy');
const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('fixtures') && !name.includes('gallery') && !/\.test\.tsx?$/.test(name))
  .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(path.join(root, 'src', name), 'utf8') }));

/** Where Chinese may stand in the code, and why: it is read there, or it is no sentence. */
const CHINESE: readonly (readonly [RegExp, string])[] = [
  [/^features\/projects\/ledger\//, 'headings and values of ledgers, as offices write them'],
  [/^features\/projects\/imports\/(lookups|mapping|fate)\.ts$/, 'endings of names and months in titles that are taken apart'],
  [/^kernel\/(money|when)\.ts$/, 'amounts and times as people write them'],
  [/^kernel\/calendarfile\.ts$|^features\/approvals\/calendar\/(dayfile|noticetext)\.ts$/, 'the wording of notices on days off, and of files that tell them'],
  [/^web\/inputs\/(days\.ts|money\.tsx)$/, 'days and units that people type'],
  [/^platform\/sheets\/styles\.ts$/, 'number formats of workbooks'],
  [/^web\/(format|gantt\/scale)\.ts$|^features\/projects\/register\/export\.ts$/, 'how a number, a day and a unit are written in each language'],
  [/^platform\/(storage|postgres\/launch)\.ts$/, 'what a database is tried with'],
  [/^platform\/sheets\/looks\.ts$/, 'the name of a typeface'],
  [/^platform\/openapi\.ts$|^web\/frame\/lang\.tsx$/, 'what names itself: the program, each language'],
  [/^(demo|bench|test)\//, 'the demonstration zone, what is measured and what is tried: data of a Chinese zone'],
];

describe('the import rules', () => {
  const run = spawnSync(process.execPath, [path.join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs'), '--config', path.join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', '--ts-config', path.join(root, 'tsconfig.json'), 'src'], {
    cwd: path.join(HERE, 'fixtures'), encoding: 'utf8', maxBuffer: 32 * 1024 * 1024,
  });
  const broken = new Set([...run.stdout.matchAll(/"rule":\s*\{\s*"severity":\s*"error",\s*"name":\s*"([\w-]+)"/g)].map((match) => match[1]));

  it.each(['no-circles', 'kernel-alone', 'rules-pure', 'pages-in-the-browser', 'stores-are-private', 'platform-below-features', 'people-before-projects', 'tests-are-not-imported'])('%s refuses the fixture that breaks it', (rule) => {
    expect([...broken]).toContain(rule);
  });
});

it('the lint rules refuse the fixture that breaks them', () => {
  const text = readFileSync(path.join(HERE, 'fixtures', 'styled.ts.txt'), 'utf8');
  const run = spawnSync(process.execPath, [path.join(root, 'node_modules', 'eslint', 'bin', 'eslint.js'), '--stdin', '--stdin-filename', path.join(root, 'src', 'features', 'styled.ts'), '--format', 'json'], { cwd: root, input: text, encoding: 'utf8' });
  for (const rule of ['@typescript-eslint/no-explicit-any', '@typescript-eslint/no-non-null-assertion', 'no-restricted-syntax', 'no-console']) expect(run.stdout).toContain(rule);
});

describe('the words', () => {
  const tables = Object.fromEntries(['zh-CN', 'en'].map((lang) => [lang, words(lang)]));

  it('stand in both languages, none empty', () => {
    const [zh, en] = [tables['zh-CN'] ?? new Map(), tables['en'] ?? new Map()];
    // English counts one and other; Chinese does not.
    const plain = (table: Map<string, string>): Set<string> => new Set([...table.keys()].map((key) => key.replace(/_(one|other)$/, '')));
    const [inChinese, inEnglish] = [plain(zh), plain(en)];
    expect([...inChinese].filter((key) => !inEnglish.has(key))).toEqual([]);
    expect([...inEnglish].filter((key) => !inChinese.has(key))).toEqual([]);
  });

  it('stand once in their file: of two the later one would silently win', () => {
    expect(['zh-CN', 'en'].flatMap((lang) => readdirSync(path.join(root, 'locales', lang)).flatMap((file) => twice(readFileSync(path.join(root, 'locales', lang, file), 'utf8')).map((key) => `${lang}/${file}: ${key}`)))).toEqual([]);
    expect(twice('{"a": "1", "b": {"a": "2", "c": "3", "c": "4"}, "a": "5"}')).toEqual(['c', 'a']);
  });

  it('fill in the same values in both', () => {
    const holes = (text: string): string => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? '').sort().join();
    const [zh, en] = [tables['zh-CN'] ?? new Map<string, string>(), tables['en'] ?? new Map<string, string>()];
    const differ = [...zh].filter(([key, text]) => en.has(key) && new Set(holes(en.get(key) ?? '').split(',')).size < new Set(holes(text).split(',')).size && holes(text).split(',').some((hole) => hole !== '' && !holes(en.get(key) ?? '').includes(hole) && !['month', 'comma'].includes(hole)));
    expect(differ.map(([key]) => key)).toEqual([]);
  });

  it('explain every refusal that the program can give', () => {
    const zh = tables['zh-CN'] ?? new Map();
    const missing = sources.filter((file) => !file.name.startsWith('web/')).flatMap((file) => [...file.text.matchAll(/(?:refuse|new Refusal)\(\s*'([a-z_]+)\.([a-z_]+)'/g)].map((match) => `${match[1] ?? ''}:refusal.${match[2] ?? ''}`)).filter((key) => !zh.has(key));
    expect([...new Set(missing)]).toEqual([]);
  });

  it('stand in the locales and not in the code', () => {
    const found = sources.filter((file) => !CHINESE.some(([where]) => where.test(file.name))).flatMap((file) => chineseIn(file.text).map((line) => `${file.name}:${String(line)}`));
    expect(found).toEqual([]);
    // What is allowed and holds none any more must leave the list.
    expect(CHINESE.filter(([where]) => !sources.some((file) => where.test(file.name) && chineseIn(file.text).length > 0)).map(([where]) => String(where))).toEqual([]);
  });

  it('are seen in strings and not in comments', () => {
    expect(chineseIn(readFileSync(path.join(HERE, 'fixtures', 'wordy.ts.txt'), 'utf8'))).toEqual([3, 8]);
  });
});

it('no statement is built from text outside the database module', () => {
  const found = sources.filter((file) => /^(features|cli|demo)\//.test(file.name) && /\.query\(|new Sql\(\[`[^"]/.test(file.text) && !file.name.endsWith('.worker.ts')).map((file) => file.name);
  expect(found.filter((name) => !name.includes('/pages/'))).toEqual([]);
});

// Line breaks stay, so that the lines can be counted. An address is no comment.
function chineseIn(text: string): number[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/(?<![:'"`/])\/\/.*$/gm, '');
  return code.split('\n').flatMap((line, i) => (/[\u4e00-\u9fff]/.test(line) ? [i + 1] : []));
}

function words(lang: string): Map<string, string> {
  const folder = path.join(root, 'locales', lang);
  const found = new Map<string, string>();
  for (const file of readdirSync(folder)) flatten(JSON.parse(readFileSync(path.join(folder, file), 'utf8')), `${path.basename(file, '.json')}:`, found);
  return found;
}

function flatten(value: unknown, prefix: string, into: Map<string, string>): void {
  if (typeof value === 'string') into.set(prefix.replace(/\.$/, ''), value);
  else if (typeof value === 'object' && value !== null) for (const [key, part] of Object.entries(value)) flatten(part, `${prefix}${key}.`, into);
}

/** Keys that an object of a text in JSON has more than once; reading it keeps the last of them and says nothing. */
function twice(text: string): string[] {
  const open: Set<string>[] = [];
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?|[{}]/g)].flatMap(([token, name = '', colon]) => {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (colon !== undefined && open.at(-1)?.has(name) === true) return [name];
    else if (colon !== undefined) open.at(-1)?.add(name);
    return [];
  });
}
