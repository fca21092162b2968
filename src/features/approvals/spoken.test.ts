// Every refusal that the handling of cases and the clocks can give is a sentence: in both languages, with names in the place of codes.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Refusal, refuse } from '../../kernel/refuse.ts';
import { problemOf } from '../../platform/problem.ts';
import { localesDir, root } from '../../platform/root.ts';
import { loadTexts, LOCALES, type Locale } from '../../platform/texts.ts';
import { NATIONAL } from './catalogue/standard.ts';
import { KINDS } from './clocks/events.ts';
import { STATUSES } from './cases/contract.ts';
import { speaking, withWords } from './spoken.ts';

const texts = loadTexts(localesDir);
const FOLDERS = ['clocks', 'cases', 'faster'];
const nameOf = (code: string) => NATIONAL.items.find((one) => one.code === code)?.name;

/** Details as the rules give them, by name. */
const SAMPLE: Readonly<Record<string, unknown>> = {
  item: 'Y02', items: 'P02 L06', kind: 'rectification_begun', status: 'not_accepted', by: 'department', need: 'document', procedure: 'expert_review', part: 'areaSquareMetres', stage: 'S4',
  day: '2024-03-01', today: '2024-03-05', last: '2024-03-09', days: 12, most: 10, windows: 2, round: 2, count: 3, department: 'housing', material: '地形图', number: '地字第〔2024〕1号', unit: '住建局', id: '0190', gate: 'start',
};
/** Where a name means something else there. */
const OTHERWISE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { 'cases.not_signed': { by: 'legal_representative' }, 'cases.circular_order': { items: 'L06 D01' }, 'cases.not_owed': { material: 'P02' } };

const codes = [...new Set(FOLDERS.flatMap((folder) => {
  const dir = path.join(root, 'src/features/approvals', folder);
  return readdirSync(dir).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).flatMap((name) => [...readFileSync(path.join(dir, name), 'utf8').matchAll(/refuse\('((?:cases|approvals)\.\w+)'/g)].map((match) => match[1] ?? ''));
}))].sort();

function sentence(code: string, locale: Locale, details = { ...SAMPLE, ...OTHERWISE[code] }): string {
  return problemOf(new Refusal(code, withWords(details, nameOf)), locale, texts).title;
}

/** What a reader takes for a code: an item, a word with an underscore or a hump, a place that was not filled, a key; in Chinese any small Latin word. */
function codesIn(text: string, locale: Locale): string[] {
  const found = [...text.matchAll(/\b[A-Z][0-9]{2}\b|\w*[a-z]_[a-z]\w*|\b[a-z]+[A-Z]\w*|\{\{|\b\w+:\w+\.\w+|\[object/g)].map((match) => match[0]);
  return locale === 'zh-CN' ? [...found, ...[...text.matchAll(/[a-z]{3,}/g)].map((match) => match[0])] : found;
}

describe('a refusal', () => {
  it('is looked for in every file of cases and clocks', () => {
    expect(codes.length).toBeGreaterThan(70);
    expect(codes).toEqual(expect.arrayContaining(['cases.not_from_state', 'approvals.case_open', 'approvals.part_of_joint']));
  });

  it.each(LOCALES)('reads as a sentence without codes in %s', (locale) => {
    expect(codes.map((code) => [code, sentence(code, locale), codesIn(sentence(code, locale), locale)]).filter(([, text, found]) => (found?.length ?? 0) > 0 || text === '')).toEqual([]);
  });

  it.each(LOCALES)('has a word for every state, event, side and need in %s', (locale) => {
    const bad = (details: Readonly<Record<string, unknown>>, code: string) => codesIn(sentence(code, locale, { ...SAMPLE, ...details }), locale).map((found) => `${code} ${found}`);
    const kinds = [...Object.keys(KINDS), 'applied', 'opined', 'settled', 'renewed', 'voided', 'contracted', 'reviewed', 'issued', 'use', 'told', 'promised', 'granted', 'checked'];
    const statuses = [...STATUSES, 'none', 'applied', 'opined', 'converting', 'reviewing', 'formal', 'failed', 'void', 'told', 'promised', 'granted', 'verified', 'broken'];
    expect([
      ...kinds.flatMap((kind) => bad({ kind }, 'cases.not_from_state')), ...statuses.flatMap((status) => bad({ status }, 'cases.not_from_state')), ...['department', 'applicant'].flatMap((by) => bad({ by }, 'cases.wrong_side')),
      ...['legal_representative', 'design_unit'].flatMap((by) => bad({ by }, 'cases.not_signed')), ...['reason', 'document', 'procedure', 'days', 'outcome', 'number'].flatMap((need) => bad({ need }, 'cases.event_lacks')),
      ...['acceptedDay', 'decidedDay', 'outcome'].flatMap((need) => bad({ need }, 'approvals.report_lacks')), ...['applicant', 'areaSquareMetres', 'planning', 'scale'].flatMap((part) => bad({ part }, 'cases.review_lacks')),
    ]).toEqual([]);
  });

  it('is found to have codes when they are in it', () => {
    expect(problemOf(new Refusal('cases.not_from_state', { kind: 'rectification_begun', status: 'decided' }), 'en', texts).title).toContain('rectification_begun');
    expect(codesIn('当前状态“decided”不能办理“整改”', 'zh-CN')).toEqual(['decided']);
    expect(codesIn('Y02 is open', 'en')).toEqual(['Y02']);
  });

  it('takes the names of the zone\'s own catalogue where the command has read it, and leaves the codes to machines', () => {
    const parts = { permission: 'public', load: () => Promise.resolve(undefined), decide: () => refuse('approvals.case_open', { item: 'Y02', round: 1 }), save: () => Promise.reject(new Error('-')), event: () => [] };
    // An edge: the least of a handler that is looked at here.
    const feature = speaking({ name: 'x', permissions: [], queries: [], downloads: [], commands: [{ parts }] } as unknown as Parameters<typeof speaking>[0]);
    const subject = { handbook: { catalogue: { milestones: [], items: [{ code: 'Y02', name: { zh: '本地消防验收', en: 'Local fire acceptance' } }] } } };
    const decide = feature.commands[0]?.parts.decide;
    const caught = ((): unknown => { try { return decide?.({ subject, input: {} } as never); } catch (error) { return error; } })();
    const problem = caught instanceof Refusal ? problemOf(caught, 'zh-CN', texts) : undefined;
    expect(problem).toMatchObject({ code: 'approvals.case_open', item: 'Y02' });
    expect(problem?.title).toContain('本地消防验收');
    expect(problem).not.toHaveProperty('said');
  });
});
