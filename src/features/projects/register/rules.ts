// What may be changed in the register, what is worth a warning, and how a record looked on a day. Pure: the day is passed in.
// Warnings never refuse: an office must be able to write down what it was told, and see that it cannot be right.
import { isDay } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { trimmed } from '../../../kernel/text.ts';
import { readCode } from './code.ts';
import { FIELD_NAMES, kindOf, WHENS, type FieldName } from './fields.ts';

export type Fields = Readonly<Partial<Record<FieldName, unknown>>>;

export interface Difference {
  readonly before: Record<string, unknown>;
  readonly after: Record<string, unknown>;
}

/** Only the fields that are given and really differ, with both values. */
export function difference(current: Fields, given: Fields): Difference {
  const result: Difference = { before: {}, after: {} };
  for (const name of FIELD_NAMES) {
    const value = given[name];
    if (value === undefined || same(value, current[name] ?? null)) continue;
    result.before[name] = current[name] ?? null;
    result.after[name] = value;
  }
  return result;
}

/** What a person gave, with white space off the ends, a day without a grain taken as a day, a grain without a day taken away. */
export function tidied(given: Fields): Fields {
  const result: Partial<Record<FieldName, unknown>> = {};
  for (const name of FIELD_NAMES) {
    const value = given[name];
    if (value === undefined) continue;
    result[name] = typeof value === 'string' ? emptied(trimmed(value), name) : Array.isArray(value) ? [...new Set(value.map((one: unknown) => trimmed(String(one))))].filter((one) => one !== '') : value;
    if (kindOf(name) === 'day' && typeof value === 'string' && !isDay(value)) refuse('platform.invalid', { errors: [{ path: name, rule: 'day', params: {} }] });
  }
  for (const when of WHENS) {
    const grain = `${when}Grain` as const;
    if (result[when] === null) result[grain] = null;
    else if (result[when] !== undefined && (result[grain] === undefined || result[grain] === null)) result[grain] = 'day';
  }
  return result;
}

function emptied(text: string, name: FieldName): string | null {
  if (text !== '') return text;
  if (name === 'name') refuse('projects.name_empty', { field: 'name' });
  return null;
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Nothing to change is a refusal: a version that says nothing would only disturb others. */
export function decideEdit(current: Fields, given: Fields): Difference {
  const changes = difference(current, tidied(given));
  if (Object.keys(changes.after).length === 0) refuse('projects.nothing_changed', {});
  return changes;
}

export interface Warning {
  readonly field: string;
  readonly code: string;
}

const ORDER = [
  ['plannedStart', 'plannedCompletion'], ['plannedCompletion', 'plannedProduction'], ['plannedProduction', 'plannedEffect'],
  ['actualStart', 'actualCompletion'], ['actualCompletion', 'actualProduction'], ['actualProduction', 'actualEffect'],
] as const;

/** What cannot be right, or looks like a slip: shown beside the field, never a refusal. */
export function warningsOf(fields: Fields, day: string, planFen: number | null): Warning[] {
  const warnings: Warning[] = [];
  const warn = (field: string, code: string): void => void warnings.push({ field, code });
  for (const [early, late] of ORDER) {
    const [first, second] = [textOf(fields[early]), textOf(fields[late])];
    if (first !== '' && second !== '' && first > second) warn(late, 'order');
  }
  for (const actual of WHENS.filter((when) => when.startsWith('actual'))) if (textOf(fields[actual]) > day) warn(actual, 'future');
  const code = textOf(fields.code);
  if (code !== '') {
    const reading = readCode(code);
    if (reading.shape === 'other') warn('code', 'code_shape');
    else if (reading.checkDigitFits === false) warn('code', 'code_check');
  }
  const total = numberOf(fields.totalFen);
  if (total !== undefined) {
    if ((numberOf(fields.accumulatedFen) ?? 0) > total) warn('accumulatedFen', 'above_total');
    if ((planFen ?? 0) > total) warn('planFen', 'above_total');
    if (total > 0 && total < 1_000_000) warn('totalFen', 'small'); // below one 万元: a slip in the unit
    if (total > 5_000_000_000_000) warn('totalFen', 'large'); // above 500 亿元
  }
  if (fields.inStatistics === true && textOf(fields.statisticsDay) === '') warn('statisticsDay', 'statistics_day');
  return warnings;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

export interface Assigned {
  readonly id: string;
  readonly user_id: string;
  readonly duty: string;
  readonly from_day: string;
}

/** A hand-over ends the active commissioner on the day on which the next one begins. */
export function decideHandOver(active: Assigned | undefined, userId: string, fromDay: string, today: string): { endsId: string | undefined } {
  if (active?.user_id === userId) refuse('projects.already_commissioner', {});
  if (fromDay > today) refuse('projects.assignment_future', { fromDay });
  if (active !== undefined && fromDay < active.from_day) refuse('projects.assignment_before', { fromDay, since: active.from_day });
  return { endsId: active?.id };
}

export interface PastEvent {
  readonly kind: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * The record as it was, by taking back events one after the other, the latest first. Every event holds what it changed under
 * the names of the contract; plans of years and the commissioner travel under names of their own.
 */
export function takeBack<Past extends Record<string, unknown>>(now: Past, events: readonly PastEvent[]): { past: Past; changed: string[] } {
  const past: Record<string, unknown> = { ...now };
  for (const event of events) {
    if (event.kind === 'projects.year_edited') {
      past['years'] = yearBack(past['years'], event.before, event.after);
      continue;
    }
    if (typeof event.before !== 'object' || event.before === null) continue;
    for (const [name, value] of Object.entries(event.before)) {
      const year = /^(planFen|target)\.(\d{4})$/.exec(name);
      if (year !== null) past['years'] = yearBack(past['years'], { year: Number(year[2]), [year[1] ?? '']: value }, undefined);
      else if (name in past) past[name] = value;
    }
  }
  const changed = Object.keys(now).filter((name) => !same(past[name], now[name]));
  return { past: { ...now, ...past }, changed };
}

function yearBack(years: unknown, before: unknown, after: unknown): unknown {
  const list: readonly unknown[] = Array.isArray(years) ? years : [];
  const year = yearOfRow(before) ?? yearOfRow(after);
  const others = list.filter((one) => yearOfRow(one) !== year);
  const own = list.find((one) => yearOfRow(one) === year);
  const gone = typeof before !== 'object' || before === null || ('absent' in before && before.absent === true);
  if (gone) return others;
  return [...others, { ...objectOf(own), ...objectOf(before) }].sort((a, b) => (yearOfRow(a) ?? 0) - (yearOfRow(b) ?? 0));
}

function yearOfRow(row: unknown): number | undefined {
  return typeof row === 'object' && row !== null && 'year' in row && typeof row.year === 'number' ? row.year : undefined;
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** A part of another project may not itself have parts, nor stand under its own parts. */
export function decideParent(project: { id: string; parentId: string | null; packages: number }, parent: { id: string; parentId: string | null } | null): { parentId: string | null } {
  if (parent === null) {
    if (project.parentId === null) refuse('projects.nothing_changed', {});
    return { parentId: null };
  }
  if (parent.id === project.id) refuse('projects.parent_itself', {});
  if (parent.parentId !== null) refuse('projects.parent_is_package', {});
  if (project.packages > 0) refuse('projects.parent_has_packages', { packages: project.packages });
  if (project.parentId === parent.id) refuse('projects.nothing_changed', {});
  return { parentId: parent.id };
}

export interface StepFacts {
  readonly stage: string;
  readonly sideState: string | null;
  readonly commissionerId: string | null;
  readonly isPackage: boolean;
  readonly owedMonth: { month: string; dueDay: string } | null;
  readonly milestone: { name: string; day: string; lateDays: number } | null;
}

export interface Step {
  readonly kind: 'report' | 'commissioner' | 'move' | 'milestone' | 'none';
  readonly subject: string | null;
  readonly dueDay: string | null;
}

/** The one thing to do next: someone answerable first, then what is owed, then what is late, then the next stage. */
export function nextStep(facts: StepFacts): Step {
  if (facts.sideState !== null) return { kind: 'none', subject: null, dueDay: null };
  if (facts.commissionerId === null && !facts.isPackage) return { kind: 'commissioner', subject: null, dueDay: null };
  if (facts.owedMonth !== null) return { kind: 'report', subject: facts.owedMonth.month, dueDay: facts.owedMonth.dueDay };
  if (facts.milestone !== null && facts.milestone.lateDays > 0) return { kind: 'milestone', subject: facts.milestone.name, dueDay: facts.milestone.day };
  if (facts.stage === 'effective') return { kind: 'none', subject: null, dueDay: null };
  return { kind: 'move', subject: facts.stage, dueDay: null };
}
