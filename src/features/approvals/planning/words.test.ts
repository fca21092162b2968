// Every question, choice and reason can be said in both languages, and is said as a person would.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { localesDir } from '../../../platform/root.ts';
import { loadTexts, LOCALES, type Locale } from '../../../platform/texts.ts';
import { applicability } from './applicability.ts';
import type { Facts } from '../catalogue/shape.ts';
import { FACT_GROUPS, FACTS } from './facts.ts';
import { MODES } from './modes.ts';
import { NATIONAL } from '../catalogue/standard.ts';
import { sayReason, sayValue, type Say } from './words.ts';

const texts = loadTexts(localesDir);
const sayIn = (locale: Locale): Say => (key, values) => texts.say(locale, `approvals:${key}`, values);
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

it('every question has a label, a help and words for its choices; every mode and group a name', () => {
  const keys = [
    ...FACTS.flatMap((one) => [`fact.${one.name}.label`, `fact.${one.name}.help`, ...one.choices.map((choice) => `fact.${one.name}.choice.${choice}`), ...(one.unit === null ? [] : [`unit.${one.unit}`])]),
    ...MODES.map((mode) => `mode.${mode}`), ...FACT_GROUPS.map((group) => `group.${group}`),
  ];
  for (const locale of LOCALES) expect(keys.filter((key) => !texts.has(locale, `approvals:${key}`))).toEqual([]);
});

it('gives the reason in a sentence', () => {
  const reason = (code: string, facts: Facts, locale: Locale = 'en') => sayReason(sayIn(locale), applicability(NATIONAL, facts).find((one) => one.item.code === code)?.reason ?? expect.fail(code));
  expect(reason('P09', { track: 'enterprise', energyTce: 2000 })).toBe('Energy use a year at least 1000 tce a year');
  expect(reason('P18', { track: 'enterprise', relics: false })).toBe('Touches cultural relics is no');
  expect(reason('L06', { track: 'enterprise' })).toBe('How the land is obtained is not answered');
  expect(reason('P04', { track: 'enterprise' }, 'zh-CN')).toBe('企业投资项目不涉及');
  expect(reason('P17', { track: 'enterprise', forestMu: 0 }, 'zh-CN')).toBe('不符合“其中林地大于0 亩”');
  expect([sayValue(sayIn('en'), 'totalFen', 25_000_000_000), sayValue(sayIn('zh-CN'), 'utilities', ['water', 'heat'])]).toEqual(['25,000 ten thousand yuan', '供水、供热']);
});

it(`leaves no key unsaid, whatever the facts (seed ${seed})`, () => {
  const given = fc.record(Object.fromEntries(FACTS.map((one) => [one.name, one.type === 'flag' ? fc.constantFrom(true, false, null) : one.type === 'choice' ? fc.constantFrom(...one.choices, null) : fc.constantFrom(null)])));
  fc.assert(fc.property(given, fc.constantFrom(...LOCALES), (facts, locale) => {
    for (const { reason } of applicability(NATIONAL, facts)) expect(sayReason(sayIn(locale), reason)).not.toMatch(/approvals:|\{\{|^$/);
  }), { seed, numRuns: 60, endOnFailure: true });
});
