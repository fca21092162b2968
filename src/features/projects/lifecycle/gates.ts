// Gates: for a stage, each condition as a pure predicate over the facts of a project. Says what meets a condition and what a piece
// of evidence lacks. Never reads a clock or a database: the day of the move and all facts are handed in.
import { addMonths, lastDay } from '../../../kernel/days.ts';
import type { Authority, Condition, Field, KindCode, Lifecycle, Need, SideCode, Stage, StageCode, Test, Words } from './shape.ts';

/** What a project can show on the day of a move. Days YYYY-MM-DD, months YYYY-MM, money in fen. */
export interface Facts {
  readonly kind: KindCode;
  readonly stage: StageCode;
  readonly stageDay: string | null;
  /** The day of the last thing that happened to the stage or side state: nothing may be dated before it. */
  readonly lastDay: string | null;
  readonly side: SideCode | null;
  readonly fields: ReadonlySet<Field>;
  readonly evidence: readonly EvidenceFact[];
  readonly results: readonly ResultFact[];
  readonly promised: Promised;
  /** The day by which the promised results are due: agreed, or by default some months after production; null: not yet known. */
  readonly agreedDay: string | null;
  /** Answers of other features, by `feature:question`. */
  readonly external: ReadonlyMap<string, ExternalAnswer>;
}

/** What another feature answers: on which day it is fulfilled, and what is lacking where it is not. */
export interface ExternalAnswer {
  on(day: string): { readonly met: boolean; readonly lacking: readonly ExternalLack[] };
}

export interface ExternalLack {
  readonly name: Words;
  /** Keys of the words that say why, and by which law. */
  readonly why: string;
  readonly law: string | null;
}

export interface EvidenceFact {
  readonly id: string;
  readonly kind: string;
  readonly hasFile: boolean;
  readonly number: string | null;
  readonly day: string | null;
  readonly amountFen: number | null;
  readonly parties: string | null;
  /** Day (in China) on which the photo was taken. */
  readonly takenDay: string | null;
  readonly hasPlace: boolean;
  readonly verified: boolean;
}

export interface ResultFact {
  readonly fromMonth: string;
  readonly toMonth: string;
  readonly outputFen: number | null;
  readonly revenueFen: number | null;
  readonly taxFen: number | null;
  readonly jobs: number | null;
}

export interface Promised {
  readonly outputFen: number | null;
  readonly revenueFen: number | null;
  readonly taxFen: number | null;
  readonly jobs: number | null;
}

/** The move that is asked for. Without `works` nothing is declared. */
export interface Asked {
  readonly day: string;
  readonly works?: string | undefined;
}

/** Why a piece of evidence of the right kind does not do: what it lacks, or that its day is after the move. */
export type Lack = Need | 'later' | 'verified' | 'taken' | 'count';

export interface Finding {
  readonly met: boolean;
  /** Evidence that it rests on. */
  readonly by: readonly string[];
  /** Evidence of the right kind that does not do, and what it lacks. */
  readonly near: readonly { readonly id: string; readonly lacks: readonly Lack[] }[];
  /** What another feature says is lacking. */
  readonly lacking?: readonly ExternalLack[];
}

export interface ConditionState {
  readonly condition: Condition;
  readonly finding: Finding;
  /** declare: it is answered at the move itself by whoever moves the project. */
  readonly state: 'met' | 'missing' | 'declare';
}

const NOT_MET: Finding = { met: false, by: [], near: [] };
const MET: Finding = { met: true, by: [], near: [] };

/** The conditions of a stage for this project, each with its state on the day. */
export function gateOf(rules: Lifecycle, stage: Stage, facts: Facts, asked: Asked): ConditionState[] {
  return stage.conditions.filter((one) => (one.kinds?.includes(facts.kind) ?? true) && !isSilent(one.test, facts)).map((condition) => {
    const finding = find(rules, condition.test, facts, asked);
    const open = !finding.met && condition.test.type === 'statement' && asked.works === undefined;
    return { condition, finding, state: finding.met ? 'met' : open ? 'declare' : 'missing' };
  });
}

/** Nobody answers for this project, and silence counts as met: then it is no condition of the project, and is not shown as one that was met. */
function isSilent(test: Test, facts: Facts): boolean {
  return test.type === 'external' && test.silent === 'met' && !facts.external.has(`${test.feature}:${test.question}`);
}

/** Evaluates one test. */
export function find(rules: Lifecycle, test: Test, facts: Facts, asked: Asked): Finding {
  switch (test.type) {
    case 'evidence': return papers(test, facts, asked);
    case 'photo': return photos(test, facts, asked);
    case 'field': return facts.fields.has(test.field) ? MET : NOT_MET;
    case 'statement': return rules.works.some((one) => one.permanent && one.code === asked.works) ? MET : NOT_MET;
    case 'results': return reached(test, facts) ? MET : NOT_MET;
    case 'external': {
      const answer = facts.external.get(`${test.feature}:${test.question}`)?.on(asked.day);
      return answer === undefined ? (test.silent === 'met' ? MET : NOT_MET) : answer.met ? MET : { ...NOT_MET, lacking: answer.lacking };
    }
    case 'all': {
      const parts = test.of.map((one) => find(rules, one, facts, asked));
      return { met: parts.every((one) => one.met), by: unique(parts), near: parts.flatMap((one) => one.near), ...lackingOf(parts) };
    }
    case 'any': {
      const parts = test.of.map((one) => find(rules, one, facts, asked));
      const met = parts.filter((one) => one.met);
      return { met: met.length > 0, by: unique(met), near: met.length > 0 ? [] : parts.flatMap((one) => one.near), ...(met.length > 0 ? {} : lackingOf(parts)) };
    }
    default: return never(test);
  }
}

function lackingOf(parts: readonly Finding[]): { lacking?: readonly ExternalLack[] } {
  const lacking = parts.flatMap((one) => one.lacking ?? []);
  return lacking.length === 0 ? {} : { lacking };
}

function papers(test: Extract<Test, { type: 'evidence' }>, facts: Facts, asked: Asked): Finding {
  return counted(facts.evidence.filter((one) => test.kinds.includes(one.kind)), test.count ?? 1, (one) => [
    ...test.needs.filter((need) => lacks(one, need)),
    ...(test.needs.includes('day') && one.day !== null && one.day > asked.day ? ['later' as const] : []),
    ...(test.verified === true && !one.verified ? ['verified' as const] : []),
  ]);
}

function photos(test: Extract<Test, { type: 'photo' }>, facts: Facts, asked: Asked): Finding {
  return counted(facts.evidence.filter((one) => test.kinds.includes(one.kind)), test.count, (one) => [
    ...(one.hasFile ? [] : ['file' as const]),
    ...(one.takenDay === null ? ['taken' as const] : one.takenDay > asked.day ? ['later' as const] : []),
    ...(one.hasPlace ? [] : ['place' as const]),
    ...(test.verified === true && !one.verified ? ['verified' as const] : []),
  ]);
}

function counted(found: readonly EvidenceFact[], count: number, lacking: (one: EvidenceFact) => readonly Lack[]): Finding {
  const judged = found.map((one) => ({ id: one.id, lacks: lacking(one) }));
  const good = judged.filter((one) => one.lacks.length === 0).map((one) => one.id);
  if (good.length >= count) return { met: true, by: good, near: [] };
  return { met: false, by: [], near: judged.map((one) => (one.lacks.length === 0 ? { id: one.id, lacks: ['count' as const] } : one)) };
}

function lacks(one: EvidenceFact, need: Need): boolean {
  switch (need) {
    case 'file': return !one.hasFile;
    case 'number': return one.number === null;
    case 'day': return one.day === null;
    case 'amount': return one.amountFen === null || one.amountFen <= 0;
    case 'parties': return one.parties === null;
    case 'place': return !one.hasPlace;
    default: return never(need);
  }
}

export interface Rate {
  readonly promisedFen: number;
  /** Most of any twelve consecutive months. */
  readonly actualFen: number;
  /** Actual of promised in basis points, rounded down: 7,999 is not yet 80 %. */
  readonly bp: number;
}
export type Measure = 'output' | 'revenue' | 'tax';
const MEASURES = { output: 'outputFen', revenue: 'revenueFen', tax: 'taxFen' } as const;

/**
 * What was reached of each promise: the best sum over twelve consecutive months (promises are for a year), only of months up to
 * `until` where given. Undefined where nothing was promised or entered.
 */
export function ratesOf(promised: Promised, results: readonly ResultFact[], until?: string): Partial<Record<Measure, Rate>> {
  const counting = results.filter((one) => until === undefined || one.toMonth <= until);
  const rates: Partial<Record<Measure, Rate>> = {};
  for (const measure of ['output', 'revenue', 'tax'] as const) {
    const field = MEASURES[measure];
    const goal = promised[field];
    const entered = counting.filter((one) => one[field] !== null);
    if (goal === null || goal <= 0 || entered.length === 0) continue;
    const actualFen = Math.max(...trailing(counting, measure).map((one) => one.sumFen));
    rates[measure] = { promisedFen: goal, actualFen, bp: Number((BigInt(actualFen) * 10_000n) / BigInt(goal)) };
  }
  return rates;
}

/** For each entered span that knows the measure: the sum of the twelve months that end with it. Oldest first. */
export function trailing(results: readonly ResultFact[], measure: Measure): { toMonth: string; sumFen: number }[] {
  const field = MEASURES[measure];
  const entered = results.filter((one) => one[field] !== null).toSorted((a, b) => (a.toMonth < b.toMonth ? -1 : 1));
  return entered.map((last) => {
    const first = addMonths(last.toMonth, -11);
    return { toMonth: last.toMonth, sumFen: entered.filter((one) => one.toMonth <= last.toMonth && one.fromMonth >= first).reduce((sum, one) => sum + (one[field] ?? 0), 0) };
  });
}

function reached(test: Extract<Test, { type: 'results' }>, facts: Facts): boolean {
  const until = test.withinAgreed && facts.agreedDay !== null ? facts.agreedDay.slice(0, 7) : undefined;
  return Object.values(ratesOf(facts.promised, facts.results, until)).some((one) => one.bp >= test.percent * 100);
}

/** The day by which results are due: the agreed one, or the last day of the month some months after production. */
export function effectDay(agreed: string | null, producedOn: string | null, months: number): string | null {
  if (agreed !== null) return agreed;
  return producedOn === null ? null : lastDay(addMonths(producedOn.slice(0, 7), months));
}

/** The stages to which a project may go next: all that can be skipped, up to and with the first that cannot. */
export function nextStages(rules: Lifecycle, kind: KindCode, stage: StageCode): Stage[] {
  const at = rules.stages.findIndex((one) => one.code === stage);
  const ahead = rules.stages.slice(at + 1).filter((one) => one.use[kind] !== 'none');
  const first = ahead.findIndex((one) => one.use[kind] === 'must');
  return first === -1 ? ahead : ahead.slice(0, first + 1);
}

/** Where a stage stands in the life cycle, whatever the kind of project. */
export function placeOf(rules: Lifecycle, stage: StageCode): number {
  return rules.stages.findIndex((one) => one.code === stage);
}

/** Who waives is asked for by the condition itself; null: nobody may. */
export function waivedBy(condition: Condition): Authority | null {
  return condition.waivedBy;
}

function unique(parts: readonly Finding[]): string[] {
  return [...new Set(parts.flatMap((one) => one.by))];
}

function never(value: never): never {
  throw new Error(`unknown: ${JSON.stringify(value)}`);
}
