import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import Type from 'typebox';
import Value from 'typebox/value';
import { root } from './root.ts';
import { ConfigError, defaultLimits, limitsSchema, limitVariable, readConfig, variables } from './config.ts';

const bounds = Type.Object({ minimum: Type.Number(), maximum: Type.Number() });
let base: string;

beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'yugong-config-'));
});

afterEach(() => rmSync(base, { recursive: true }));

function refusal(environment: Record<string, string>): string {
  try {
    readConfig(environment, base);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
}

test('nothing set gives a configuration that can be used', () => {
  expect(readConfig({}, base)).toMatchObject({ port: 8080, dataDir: path.join(base, 'data'), zone: 'demo', schema: 'zone_demo', demo: 'auto', logLevel: 'info', secure: false });
});

test('an empty variable is as good as none', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ', YUGONG_ZONE: '' }, base)).toMatchObject({ port: 8080, zone: 'demo' });
});

test('the environment wins over the file, the file over what is built in', () => {
  const file = path.join(base, 'other.json');
  writeFileSync(file, JSON.stringify({ port: 1000, zone: 'jiyuan', limits: { importSheets: 20, importRows: 30 } }));
  const config = readConfig({ YUGONG_CONFIG: file, PORT: '2000', YUGONG_LIMIT_IMPORT_SHEETS: '40' }, base);
  expect(config).toMatchObject({ port: 2000, zone: 'jiyuan', schema: 'zone_jiyuan' });
  expect(config.limits).toMatchObject({ importSheets: 40, importRows: 30, importColumns: 500 });
});

test('the file in the data folder is found without being named', () => {
  writeFileSync(path.join(base, 'yugong.config.json'), '{"port": 1234}');
  expect(readConfig({ YUGONG_DATA: base }, '/').port).toBe(1234);
});

test.each([
  ['PORT', 'abc'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['YUGONG_ZONE', 'Jiyuan'],
  ['YUGONG_ZONE', '1a'],
  ['YUGONG_ZONE', 'a; drop schema x'],
  ['YUGONG_ZONE', 'a'.repeat(32)],
  ['YUGONG_DEMO', 'perhaps'],
  ['LOG_LEVEL', 'loud'],
  ['DATABASE_URL', 'mysql://u:geheim@h/d'],
  ['YUGONG_POOL', '1'],
  ['YUGONG_SECURE', 'maybe'],
  ['YUGONG_TRUST_PROXY', '11'],
  ['YUGONG_TRUST_PROXY', '-1'],
  ['YUGONG_TRUST_PROXY', 'all'],
  ['YUGONG_TRUST_PROXY', '10.0.0.0/8'],
  ['YUGONG_LIMIT_IMPORT_ROWS', '0'],
])('%s=%s is refused by name and without its value', (variable, value) => {
  const message = refusal({ [variable]: value });
  expect(message).toContain(`${variable}: `);
  expect(message).not.toContain(value.length > 4 ? value : 'geheim');
});

test.each([['false', 0], ['true', 1], ['0', 0], ['1', 1], ['3', 3]])('YUGONG_TRUST_PROXY=%s trusts %i proxies, and so does the file', (value, hops) => {
  expect(readConfig({ YUGONG_TRUST_PROXY: value }, base).trustProxy).toBe(hops);
  writeFileSync(path.join(base, 'yugong.config.json'), `{"trustProxy": ${value}}`);
  expect(readConfig({ YUGONG_DATA: base }, '/').trustProxy).toBe(hops);
});

test('all mistakes are told at once', () => {
  const message = refusal({ PORT: 'x', YUGONG_ZONE: '?', YUGONG_DEMO: '1' });
  expect(message.split('\n')).toHaveLength(4);
});

test('a setting that does not exist is refused: it is a misspelled one', () => {
  writeFileSync(path.join(base, 'c.json'), '{"prot": 8080, "limits": {"importrows": 10}}');
  const message = refusal({ YUGONG_CONFIG: path.join(base, 'c.json') });
  expect(message).toContain('"prot"');
  expect(message).toContain('"limits.importrows"');
  expect(message).toContain('is not a known setting');
});

test('a file that is missing, broken or no object is refused by name', () => {
  const file = path.join(base, 'c.json');
  expect(refusal({ YUGONG_CONFIG: file })).toMatch(/c\.json, which does not exist/);
  writeFileSync(file, '{"databaseUrl": "postgres://u:geheim@h/d",}');
  expect(refusal({ YUGONG_CONFIG: file })).toMatch(/c\.json is not JSON: syntax error$/);
  writeFileSync(file, '[1]');
  expect(refusal({ YUGONG_CONFIG: file })).toMatch(/must hold one JSON object/);
});

test('every limit accepts its lowest and highest value and refuses one beyond', () => {
  for (const [key, schema] of Object.entries(limitsSchema.properties)) {
    const variable = limitVariable(key);
    const { minimum, maximum } = Value.Parse(bounds, schema);
    expect(refusal({ [variable]: String(minimum) }), key).toBe('accepted');
    expect(refusal({ [variable]: String(maximum) }), key).toBe('accepted');
    expect(refusal({ [variable]: String(minimum - 1) }), key).toContain(variable);
    expect(refusal({ [variable]: String(maximum + 1) }), key).toContain(variable);
  }
});

test('the limits that tests and tools use are the ones that the program starts with', () => {
  expect(defaultLimits()).toEqual(readConfig({}, base).limits);
});

test('docs/operating.md names every variable with the default that the program has', () => {
  const rows = readFileSync(path.join(root, 'docs/operating.md'), 'utf8').split('\n').filter((line) => line.startsWith('| `'));
  const config: Record<string, unknown> = readConfig({}, base);
  const expected = [
    ...Object.entries(variables).map(([variable, key]) => [variable, key === 'dataDir' ? 'data' : config[key]] as const),
    ...Object.entries(config['limits'] ?? {}).map(([key, value]) => [limitVariable(key), value] as const),
  ];
  for (const [variable, value] of expected) {
    const row = rows.find((line) => line.startsWith(`| \`${variable}\` |`));
    expect(row, `${variable} has no row`).toBeDefined();
    if (value !== undefined) expect(row?.replaceAll('`', ''), variable).toContain(`| ${String(value)} |`);
  }
});

test('every limit is kept somewhere: none stands in the table for show', () => {
  const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== path.join('platform', 'config.ts'))
    .map((file) => readFileSync(path.join(root, 'src', file), 'utf8'))
    .join('\n');
  expect(Object.keys(limitsSchema.properties).filter((key) => !sources.includes(`limits.${key}`))).toEqual([]);
});
