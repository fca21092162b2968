import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIELDS } from './fields.ts';

const ROOT = join(import.meta.dirname, '../../../..');

function texts(language: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const parsed: unknown = JSON.parse(readFileSync(join(ROOT, 'locales', language, 'ledger.json'), 'utf8'));
  const groups: Record<string, Readonly<Record<string, unknown>>> = {};
  if (typeof parsed === 'object' && parsed !== null) for (const [name, group] of Object.entries(parsed)) if (typeof group === 'object' && group !== null) groups[name] = { ...group };
  return groups;
}

/** Every code that the engine can give, read out of its source; those that are put together are listed. */
function codes(): string[] {
  const folders = [import.meta.dirname, join(ROOT, 'src/platform/sheets')];
  const sources = folders.flatMap((folder) => readdirSync(folder).filter((name) => ENGINE.includes(name) || folder.endsWith('sheets')).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => readFileSync(join(folder, name), 'utf8')));
  const found = sources.flatMap((source) => [...source.matchAll(/'ledger\.([a-z_]+)'/g)].map((match) => match[1] ?? ''));
  const money = ['not_number', 'range', 'several', 'quantity', 'foreign', 'percent', 'separator', 'unit_unknown', 'too_large'].map((reason) => `money_${reason}`);
  return [...new Set([...found, ...money, 'when_needs_year', 'when_impossible', 'when_not_date'])];
}
const ENGINE = ['apply.ts', 'columns.ts', 'values.ts', 'read.ts', 'rows.ts', 'headings.ts'];

describe.each(['zh-CN', 'en'])('words of the engine in %s', (language) => {
  const known = texts(language);
  test('every code has a text', () => {
    const said = { ...known['refusal'], ...known['warning'], ...known['question'] };
    expect(codes().length).toBeGreaterThan(50);
    expect(codes().filter((code) => typeof said[code] !== 'string')).toEqual([]);
  });
  test('every field and choice has a name', () => {
    expect(FIELDS.map((field) => field.name).filter((name) => typeof known['field']?.[name] !== 'string')).toEqual([]);
    expect(FIELDS.map((field) => field.group).filter((group) => typeof known['group']?.[group] !== 'string')).toEqual([]);
  });
});

test('both languages have the same words with the same gaps', () => {
  const [chinese, english] = [texts('zh-CN'), texts('en')];
  const gaps = (text: unknown) => [...String(text).matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
  for (const [group, words] of Object.entries(chinese)) {
    for (const [key, text] of Object.entries(words)) if (typeof text === 'string') expect([group, key, gaps(english[group]?.[key])]).toEqual([group, key, gaps(text)]);
  }
});
