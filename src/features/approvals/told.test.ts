// The history of a project tells every event of the approvals as a sentence, in both languages, without codes.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatFor } from '../../web/format.ts';
import { localesDir, root } from '../../platform/root.ts';
import { loadTexts, LOCALES, type Locale } from '../../platform/texts.ts';
import { tell } from '../projects/register/pages/tell.ts';
import { EVENTS, OUTCOMES, STATUSES, WITHHELD } from './cases/contract.ts';
import { PROCEDURES } from './clocks/events.ts';

const texts = loadTexts(localesDir);
const DIR = path.join(root, 'src/features/approvals');
const ID = '0190a000-0000-7000-8000-000000000001';

// Changes of the catalogue and of the calendar are the zone's and stand in no project's history.
const sources = readdirSync(DIR, { recursive: true }).map(String).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !/pages|catalogue|calendar/.test(name)).map((name) => readFileSync(path.join(DIR, name), 'utf8')).join('\n');
const kinds = [...new Set([
  ...[...sources.matchAll(/'approvals\.(\w+_(?:opened|accepted|answered|reported|chosen|frozen|pushed|imported|set|withdrawn|shown|hidden|withheld))'/g)].map((match) => match[1] ?? '').filter((kind) => !/^not_/.test(kind)),
  ...[...sources.matchAll(/told\('(\w+)'/g)].map((match) => match[1] ?? ''), ...EVENTS.map((kind) => `case_${kind}`),
  'promise_kept', 'promise_broken', 'simulation_converting', 'simulation_reviewing', 'simulation_formal',
])];

/** All that any of these events carries. */
const AFTER = {
  item: 'Y02', round: 2, day: '2024-03-01', via: 'agent', orgId: ID, leadOrgId: ID, stage: 'S4', document: '受理〔2024〕1号', number: '地字〔2024〕2号', status: 'special', outcome: 'approved_deferred', procedure: 'expert_review', days: 5, view: 'objection',
  late: true, system: '工程审批系统', verifiedDay: '2024-03-02', withheld: 'state_secret', missing: ['地形图'], owed: [{ item: 'P02', due: '2024-04-01' }], materials: ['地形图'], signedBy: '王强', checkDue: '2024-04-02', kept: true, finding: '属实', until: '2025-03-01',
  extensions: 1, planning: '规条12', expires: '2024-05-01', force: 'none', settled: 'P02', issued: ['P02'], reviewing: ['Y02'], lapsed: ['P02'], changed: ['areaSquareMetres'], passed: false, due: '2024-03-04', areaSquareMetres: 4000, startDay: '2024-03-01', order: 'parallel',
  measures: ['simulation', 'regional'], limits: 'promised', combined: ['X01'], stops: { L03: 10 }, baseline: 2, beginDay: '2024-09-01', permitDay: '2024-08-01', stopDays: 10, scheduleVersion: 2, sha256: 'ab12', format: 'mspdi', scheduleBaseline: 2, jointId: ID,
};

function sentence(kind: string, locale: Locale, after: unknown = AFTER, before: unknown = { status: 'accepted', beginDay: '2024-08-15' }): string {
  const t = (key: string, values: Readonly<Record<string, unknown>> = {}) => texts.say(locale, key, values);
  const names = { [ID]: locale === 'en' ? 'Housing Bureau' : '住建局', Y02: locale === 'en' ? 'Fire acceptance' : '消防验收', P02: locale === 'en' ? 'Filing' : '备案' };
  return tell({ kind: `approvals.${kind}`, day: '2024-03-05', before, after }, { t, format: formatFor(locale), names, has: (key) => texts.has(locale, key) });
}

const codesIn = (text: string, locale: Locale): string[] => [
  ...[...text.matchAll(/\b[A-Z][0-9]{2}\b|\w*[a-z]_[a-z]\w*|\b[a-z]+[A-Z]\w*|\{\{|\w+:\w+\.|\[object|\d{4}-\d{2}-\d{2}/g)].map((match) => match[0]), ...(locale === 'zh-CN' ? [...text.matchAll(/[a-z]{3,}/g)].map((match) => match[0]) : []),
];

describe('the history of a project', () => {
  it.each(LOCALES)('has words in %s for every event that approvals writes', (locale) => {
    expect(kinds.length).toBeGreaterThan(40);
    expect(kinds.filter((kind) => !texts.has(locale, `history:approvals_${kind}`))).toEqual([]);
  });

  it.each(LOCALES)('tells each as a sentence without codes in %s', (locale) => {
    expect(kinds.map((kind) => [kind, codesIn(sentence(kind, locale), locale)]).filter(([, found]) => (found?.length ?? 0) > 0)).toEqual([]);
  });

  it.each(LOCALES)('has a word for every outcome, state, procedure and secret in %s', (locale) => {
    const said = (field: string, values: readonly string[]) => values.flatMap((value) => codesIn(sentence('case_reported', locale, { [field]: value }), locale));
    expect([...said('outcome', OUTCOMES), ...said('status', STATUSES), ...said('procedure', PROCEDURES), ...said('withheld', WITHHELD), ...said('via', ['self', 'agent', 'window'])]).toEqual([]);
  });

  it('says what is in it, and leaves out what says nothing', () => {
    expect(sentence('case_decided', 'zh-CN', { item: 'Y02', status: 'decided', day: '2024-03-05', document: '联验1号', outcome: 'approved' }, { status: 'accepted' })).toBe('事项办结：消防验收，办结（通过），文号 联验1号');
    expect(sentence('case_reported', 'zh-CN', { item: 'Y02', status: 'decided', system: '省平台' }, { status: 'accepted' })).toContain('现为已办结（原为已受理）');
    expect(sentence('facts_answered', 'en', { relics: true }, {})).toContain('question');
    expect(sentence('lines_shown', 'en', null, null)).toBe('Made the progress public');
    expect(codesIn('现为 special', 'zh-CN')).toEqual(['special']);
  });
});
