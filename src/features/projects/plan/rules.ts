// Decisions about milestones: what may change, when the frozen plan forbids it, and how late a milestone is. Pure; days come in.
// A frozen plan is only changed by re-baselining, which names who and why; nothing here may bend that.
import { addDays, daysBetween } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { MILESTONE_LIMIT, type MILESTONE_STATES, type Template } from './contract.ts';

export type MilestoneState = (typeof MILESTONE_STATES)[number];

/** A milestone as it is stored, with its day in the newest baseline. */
export interface Stored {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly sort: number;
  readonly plannedFrom: string | null;
  readonly plannedDay: string;
  readonly forecastDay: string | null;
  readonly actualDay: string | null;
  readonly weight: number;
  readonly note: string | null;
  readonly baselineFrom: string | null;
  readonly baselineDay: string | null;
}

export type Values = Omit<Stored, 'baselineFrom' | 'baselineDay'>;

export interface Wanted {
  readonly id: string;
  readonly name: string;
  readonly kind?: string;
  readonly sort?: number;
  readonly plannedFrom?: string | null;
  readonly plannedDay: string;
  readonly weight?: number;
  readonly note?: string | null;
}

const SOON_DAYS = 30;

/** How a milestone stands on a day (the day of the zone). */
export function standing(one: Pick<Stored, 'plannedDay' | 'forecastDay' | 'actualDay' | 'baselineDay'>, today: string): {
  state: MilestoneState; expectedDay: string; slipPlanDays: number; slipBaselineDays: number | null; overdueDays: number;
} {
  const expectedDay = one.actualDay ?? later(one.forecastDay ?? one.plannedDay, today);
  const slipPlanDays = daysBetween(one.plannedDay, expectedDay);
  return {
    state: stateOf(one, today), expectedDay, slipPlanDays,
    slipBaselineDays: one.baselineDay === null ? null : daysBetween(one.baselineDay, expectedDay),
    overdueDays: one.actualDay === null ? Math.max(0, daysBetween(one.plannedDay, today)) : 0,
  };
}

function stateOf(one: Pick<Stored, 'plannedDay' | 'forecastDay' | 'actualDay'>, today: string): MilestoneState {
  if (one.actualDay !== null) return 'done';
  if (one.plannedDay < today) return 'overdue';
  if (one.forecastDay !== null && one.forecastDay > one.plannedDay) return 'slipping';
  return one.plannedDay <= addDays(today, SOON_DAYS) ? 'soon' : 'open';
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** Weights of all milestones, of those that were due by a day, and of those that are done. */
export function weightsOf(all: readonly Pick<Stored, 'weight' | 'plannedDay' | 'actualDay'>[], today: string): { all: number; due: number; done: number } {
  const sum = (some: readonly { weight: number }[]): number => some.reduce((total, one) => total + one.weight, 0);
  return { all: sum(all), due: sum(all.filter((one) => one.plannedDay <= today)), done: sum(all.filter((one) => one.actualDay !== null)) };
}

/** New and changed milestones of a batch. A name stands once; a span does not end before it begins; what is frozen stays. */
export function decideSet(stored: readonly Stored[], wanted: readonly Wanted[]): { added: Values[]; changed: { before: Stored; after: Values }[] } {
  const byId = new Map(stored.map((one) => [one.id, one]));
  const seen = new Set<string>();
  const added: Values[] = [];
  const changed: { before: Stored; after: Values }[] = [];
  wanted.forEach((one, at) => {
    if (seen.has(one.id)) refuse('plan.doubled', { name: one.name, errors: [{ path: `milestones.${at}.id`, code: 'plan.doubled', params: { name: one.name } }] });
    seen.add(one.id);
    const before = byId.get(one.id);
    const after = valuesOf(one, before, before?.sort ?? nextSort(stored) + at);
    checkSpan(after, `milestones.${at}.plannedFrom`);
    if (before === undefined) added.push(after);
    else if (!same(before, after)) {
      checkFrozen(before, after);
      changed.push({ before, after });
    }
  });
  if (stored.length + added.length > MILESTONE_LIMIT) refuse('plan.too_many', { limit: MILESTONE_LIMIT });
  return { added, changed };
}

function valuesOf(one: Wanted, before: Stored | undefined, sort: number): Values {
  const name = one.name.trim();
  if (name === '') refuse('plan.name_missing', {});
  return {
    id: one.id, name, kind: one.kind ?? before?.kind ?? 'other', sort: one.sort ?? sort,
    plannedFrom: one.plannedFrom === undefined ? (before?.plannedFrom ?? null) : one.plannedFrom, plannedDay: one.plannedDay,
    forecastDay: before?.forecastDay ?? null, actualDay: before?.actualDay ?? null,
    weight: one.weight ?? before?.weight ?? 1, note: one.note === undefined ? (before?.note ?? null) : one.note,
  };
}

function nextSort(stored: readonly Stored[]): number {
  return stored.reduce((top, one) => Math.max(top, one.sort), -1) + 1;
}

function same(a: Values, b: Values): boolean {
  return a.name === b.name && a.kind === b.kind && a.sort === b.sort && a.plannedFrom === b.plannedFrom && a.plannedDay === b.plannedDay && a.weight === b.weight && a.note === b.note;
}

function checkSpan(one: { plannedFrom: string | null; plannedDay: string }, path: string): void {
  if (one.plannedFrom !== null && one.plannedFrom > one.plannedDay) refuse('plan.span', { errors: [{ path, code: 'plan.span' }] });
}

// The current plan of a frozen milestone moves only together with a new baseline.
function checkFrozen(before: Stored, after: Values): void {
  const moved = before.plannedDay !== after.plannedDay || before.plannedFrom !== after.plannedFrom;
  if (moved && before.baselineDay !== null) refuse('plan.frozen', { name: before.name, errors: [{ path: 'plannedDay', code: 'plan.frozen', params: { name: before.name } }] });
}

export type Edit = Partial<Pick<Values, 'name' | 'kind' | 'plannedFrom' | 'plannedDay' | 'weight' | 'note'>>;

export function decideEdit(before: Stored, edit: Edit): Values {
  const { baselineFrom: _from, baselineDay: _day, ...values } = before;
  const after: Values = { ...values, ...edit, name: (edit.name ?? before.name).trim() };
  if (after.name === '') refuse('plan.name_missing', {});
  if (before.actualDay !== null && after.plannedDay !== before.plannedDay) refuse('plan.done', { name: before.name });
  checkSpan(after, 'plannedFrom');
  checkFrozen(before, after);
  if (same(before, after)) refuse('plan.unchanged', {});
  return after;
}

export function decideForecast(before: Stored, forecastDay: string | null, today: string): string | null {
  if (before.actualDay !== null) refuse('plan.done', { name: before.name });
  if (forecastDay !== null && forecastDay < today) refuse('plan.forecast_past', { errors: [{ path: 'forecastDay', code: 'plan.forecast_past' }] });
  if (forecastDay === before.forecastDay) refuse('plan.unchanged', {});
  return forecastDay;
}

/** What has happened has a day that is not in the future. */
export function decideComplete(before: Stored, actualDay: string, today: string): string {
  if (before.actualDay !== null) refuse('plan.done', { name: before.name });
  if (actualDay > today) refuse('plan.actual_future', { today, errors: [{ path: 'actualDay', code: 'plan.actual_future', params: { today } }] });
  return actualDay;
}

export function decideReopen(before: Stored): void {
  if (before.actualDay === null) refuse('plan.not_done', { name: before.name });
}

/** Taking a promised milestone away needs a reason; one that is done stays as a fact. */
export function decideRemove(before: Stored, reason: string | undefined): void {
  if (before.actualDay !== null) refuse('plan.done', { name: before.name });
  if (before.baselineDay !== null && (reason ?? '').trim().length < 2) refuse('plan.reason_needed', { errors: [{ path: 'reason', code: 'plan.reason_needed' }] });
}

export function decideFreeze(stored: readonly Stored[], baselines: number): void {
  if (baselines > 0) refuse('plan.baseline_exists', {});
  if (stored.length === 0) refuse('plan.empty', {});
}

/** The plan with the changed days; a done milestone keeps its plan, and something must change. */
export function decideRebaseline(stored: readonly Stored[], baselines: number, changes: readonly { milestoneId: string; plannedFrom?: string | null; plannedDay: string }[]): { before: Stored; after: Values }[] {
  if (baselines === 0) refuse('plan.no_baseline', {});
  const byId = new Map(stored.map((one) => [one.id, one]));
  const moved = changes.flatMap((change, at) => {
    const before = byId.get(change.milestoneId) ?? refuse('plan.unknown', { errors: [{ path: `changes.${at}.milestoneId`, code: 'plan.unknown' }] });
    const { baselineFrom: _from, baselineDay: _day, ...values } = before;
    const after: Values = { ...values, plannedDay: change.plannedDay, plannedFrom: change.plannedFrom === undefined ? keptFrom(before, change.plannedDay) : change.plannedFrom };
    if (after.plannedDay === before.plannedDay && after.plannedFrom === before.plannedFrom) return [];
    if (before.actualDay !== null) refuse('plan.done', { name: before.name });
    checkSpan(after, `changes.${at}.plannedFrom`);
    return [{ before, after }];
  });
  const fresh = stored.some((one) => one.baselineDay === null);
  if (moved.length === 0 && !fresh) refuse('plan.unchanged', {});
  return moved;
}

// A span that is moved keeps its length.
function keptFrom(before: Stored, plannedDay: string): string | null {
  return before.plannedFrom === null ? null : addDays(plannedDay, -daysBetween(before.plannedFrom, before.plannedDay));
}

export interface PlannedDays {
  readonly start: string | null;
  readonly completion: string | null;
  readonly production: string | null;
  readonly effect: string | null;
}

export interface Proposal {
  readonly kind: Template['kind'];
  readonly name: string;
  readonly plannedFrom?: string;
  readonly plannedDay: string;
  readonly weight: number;
}

/** Milestones of a template with the days of a project, in the order of their days; what its plan does not allow to place is named. */
export function propose(template: readonly Template[], days: PlannedDays): { items: Proposal[]; missing: string[] } {
  const missing = new Set<string>();
  const items = template.flatMap((line): Proposal[] => {
    const at = placeOf(line, days);
    if (at === null) {
      missing.add(line.sharePercent === undefined ? line.anchor : days.start === null ? 'start' : 'completion');
      return [];
    }
    return [{ kind: line.kind, name: line.name, plannedDay: at, weight: line.weight, ...(line.spanDays === undefined ? {} : { plannedFrom: addDays(at, -line.spanDays) }) }];
  });
  return { items: items.sort((a, b) => (a.plannedDay < b.plannedDay ? -1 : a.plannedDay > b.plannedDay ? 1 : 0)), missing: [...missing] };
}

function placeOf(line: Template, days: PlannedDays): string | null {
  if (line.sharePercent !== undefined) {
    if (days.start === null || days.completion === null || days.completion < days.start) return null;
    return addDays(days.start, Math.round((daysBetween(days.start, days.completion) * line.sharePercent) / 100));
  }
  const anchor = days[line.anchor];
  return anchor === null ? null : addDays(anchor, line.offsetDays);
}
