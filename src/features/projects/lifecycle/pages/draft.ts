// Changed rules while they are being written: conditions as a list of parts that all or any must hold, and what is still wrong, each
// fault at the place where it is mended. Pure; the server checks the same again before anything is saved.
import { FIELDS, type Condition, type Lifecycle, type Test } from '../shape.ts';
import { faultsOf } from '../sound.ts';

export type SimpleTest = Exclude<Test, { readonly type: 'all' | 'any' }>;
export type GroupTest = Extract<Test, { readonly type: 'all' }>;
export type Part = SimpleTest | GroupTest;
export const TYPES = ['evidence', 'photo', 'field', 'results', 'external', 'statement'] as const;

export interface Parts {
  readonly mode: 'all' | 'any';
  readonly of: readonly Part[];
}

export interface DraftFault {
  readonly path: string;
  readonly code: string;
  readonly what: string;
}

/** A test as its parts: one alone is a list of one. */
export function partsOf(test: Test): Parts {
  if (test.type === 'all' || test.type === 'any') return { mode: test.type, of: test.of };
  return { mode: 'all', of: [test] };
}

/** The test that the parts make. A single part stands alone; a group among parts that all must hold is no group. */
export function testOf({ mode, of }: Parts): Test {
  const [only] = of;
  if (of.length === 1 && only !== undefined) return only;
  if (mode === 'any') return { type: 'any', of: [...of] };
  return { type: 'all', of: of.flatMap(simpleOf) };
}

export function simpleOf(part: Part): readonly SimpleTest[] {
  return part.type === 'all' ? part.of : [part];
}

/** A part of a kind with nothing filled in that could be wrong unseen. */
export function freshTest(type: SimpleTest['type']): SimpleTest {
  switch (type) {
    case 'evidence': return { type, kinds: [], needs: ['file'] };
    case 'photo': return { type, kinds: [], count: 1 };
    case 'field': return { type, field: FIELDS[0] };
    case 'statement': return { type };
    case 'results': return { type, percent: 80, withinAgreed: true };
    case 'external': return { type, feature: '', question: '', silent: 'missing' };
    default: return never(type);
  }
}

/** A condition under a code that the stage does not have yet; its words are still to be filled in. */
export function freshCondition(conditions: readonly Condition[]): Condition {
  return { code: freeCode('condition', conditions), name: { zh: '', en: '' }, test: freshTest('evidence'), waivedBy: 'projects.waive' };
}

/** `kind_3`: the first that none of them bears. */
export function freeCode(start: string, all: readonly { readonly code: string }[]): string {
  const taken = new Set(all.map((one) => one.code));
  let n = 1;
  while (taken.has(`${start}_${String(n)}`)) n += 1;
  return `${start}_${String(n)}`;
}

/** Where a kind of evidence is asked for: such a kind cannot be taken away. */
export function kindsInUse(rules: Lifecycle): ReadonlySet<string> {
  const tests = rules.stages.flatMap((stage) => stage.conditions).flatMap((condition) => partsOf(condition.test).of.flatMap(simpleOf));
  return new Set([...tests.flatMap((test) => (test.type === 'evidence' || test.type === 'photo' ? test.kinds : [])), ...rules.sideStates.flatMap((side) => side.evidence)]);
}

/** All that is wrong, by place: what is not filled in, and what makes no sense. */
export function draftFaults(rules: Lifecycle): DraftFault[] {
  return [
    ...rules.stages.flatMap((stage, s) => [...wordsAt(`stages.${String(s)}.name`, stage.name), ...stage.conditions.flatMap((one, c) => conditionFaults(`stages.${String(s)}.conditions.${String(c)}`, one))]),
    ...(['evidenceKinds', 'works', 'sideStates'] as const).flatMap((list) => rules[list].flatMap((one, n) => wordsAt(`${list}.${String(n)}.name`, one.name))),
    ...rules.sideStates.flatMap((side, n) => (side.from.length === 0 ? [at(`sideStates.${String(n)}.from`, 'choose')] : [])),
    ...wholeAt('effectMonths', rules.effectMonths, 1, 60),
    ...faultsOf(rules),
  ];
}

function conditionFaults(path: string, { name, hint, test }: Condition): DraftFault[] {
  const { of } = partsOf(test);
  return [
    ...wordsAt(`${path}.name`, name),
    ...(hint === undefined ? [] : wordsAt(`${path}.hint`, hint)),
    ...of.flatMap((part, n) => (part.type === 'all' ? part.of.flatMap((one, m) => partFaults(`${path}.test.${String(n)}.${String(m)}`, one)) : partFaults(`${path}.test.${String(n)}`, part))),
    ...(of.length > 1 && of.flatMap(simpleOf).some((one) => one.type === 'statement') ? [at(`${path}.test`, 'statementAlone')] : []),
  ];
}

function partFaults(path: string, test: SimpleTest): DraftFault[] {
  switch (test.type) {
    case 'evidence': return [...(test.kinds.length === 0 ? [at(`${path}.kinds`, 'choose')] : []), ...wholeAt(`${path}.count`, test.count ?? 1, 1, 20)];
    case 'photo': return [...(test.kinds.length === 0 ? [at(`${path}.kinds`, 'choose')] : []), ...wholeAt(`${path}.count`, test.count, 1, 20)];
    case 'results': return wholeAt(`${path}.percent`, test.percent, 1, 200);
    case 'external': return [...(/^[a-z][a-z0-9_]{1,39}$/.test(test.feature) ? [] : [at(`${path}.feature`, 'code')]), ...(test.question.trim() === '' ? [at(`${path}.question`, 'empty')] : [])];
    case 'field': case 'statement': return [];
    default: return never(test);
  }
}

function wordsAt(path: string, words: { readonly zh: string; readonly en: string }): DraftFault[] {
  return (['zh', 'en'] as const).flatMap((lang) => (words[lang].trim() === '' ? [at(`${path}.${lang}`, 'empty')] : []));
}

function wholeAt(path: string, value: number, least: number, most: number): DraftFault[] {
  return Number.isInteger(value) && value >= least && value <= most ? [] : [{ path, code: 'whole', what: `${String(least)}–${String(most)}` }];
}

function at(path: string, code: string): DraftFault {
  return { path, code, what: '' };
}

function never(value: never): never {
  throw new Error(`unknown: ${JSON.stringify(value)}`);
}
