// 竣工联合验收 as rules: which items are its parts, whose opinions it needs and by when, which steps the parts take with it, and what one result
// for all of them asks. Pure.
import { Refusal, refuse } from '../../../kernel/refuse.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import type { DutyMap } from '../../people/duties/rules.ts';
import type { Catalogue, Item, Track } from '../catalogue/shape.ts';
import { caseOf } from '../clocks/clock.ts';
import type { CaseEvent, EventKind } from '../clocks/events.ts';
import { dueAfter } from '../clocks/steps.ts';
import { versionIn, type ClockRules } from '../clocks/terms.ts';
import { bodyFor, departmentOf, isGranted, isOver, positionOf, reviewersOf, type Earlier, type Review } from './rules.ts';

/** The item of the catalogue that is the joint acceptance itself. */
export const COMPLETION = 'Y04';

/** What is accepted within it, as the catalogue in force says; where it says nothing, the acceptances that it waits for. */
export function partsOf(catalogue: Pick<Catalogue, 'items'>, track: Track): readonly Item[] {
  const here = catalogue.items.filter((one) => one.tracks[track] !== undefined && one.code !== COMPLETION);
  const within = here.filter((one) => one.promised.some((limit) => limit.within === COMPLETION));
  if (within.length > 0) return within;
  const before = new Set(catalogue.items.find((one) => one.code === COMPLETION)?.tracks[track]?.after.flatMap((one) => ('item' in one ? [one.item] : one.either)));
  return here.filter((one) => one.stage === 'S4' && before.has(one.code));
}

/** The parts that are taken in: those wanted that have no result yet. What is in hand on its own keeps its own clock and its own result. */
export function takenIn(parts: readonly Item[], wanted: readonly string[], earlier: readonly (Earlier & { readonly item: string; readonly source: string })[]): readonly Item[] {
  const strange = wanted.find((code) => !parts.some((one) => one.code === code));
  if (strange !== undefined) refuse('approvals.not_a_part', { item: strange });
  return parts.filter((one) => {
    if (!wanted.includes(one.code)) return false;
    const standing = earlier.find((round) => round.item === one.code && !isOver(round));
    if (standing === undefined || (standing.source === 'own' && standing.status === 'received')) return true;
    if (!isGranted(standing)) refuse('approvals.part_in_hand', { item: one.code });
    return false;
  });
}

/** Each body that handles a part, the leading one for its own parts too, and those that are only asked. Not who is asked for a part that is not there. */
export function askedOf(host: Item, lead: string, parts: readonly Item[], all: readonly Item[], duties: DutyMap): string[] {
  const bodies = parts.map((one) => bodyFor(departmentOf(one), duties)).filter((id) => id !== undefined);
  const gone = new Set(all.filter((one) => !parts.includes(one)).map(departmentOf).filter((one) => !parts.some((part) => departmentOf(part) === one)));
  const others = reviewersOf({ ...host, departments: { ...host.departments, with: host.departments.with.filter((one) => !gone.has(one)) } }, lead, duties);
  return [...new Set([...bodies, ...others])];
}

/** Opinions are due before the last step, which is the answer. */
export function opinionDue(events: readonly CaseEvent[], rules: ClockRules, day: string, calendar: WorkCalendar): string {
  const { days, unit } = daysOf(rules, day);
  return dueAfter(events, days.slice(0, -1).reduce((sum, one) => sum + one, 0), unit, day, rules, calendar);
}

/** The steps of the version in force; where none are published, all days but one, and the answer. */
export function daysOf(rules: ClockRules, day: string): { readonly days: readonly number[]; readonly unit: 'working' | 'calendar' } {
  const version = versionIn(rules, day) ?? rules.versions[0];
  const limit = version?.promised ?? version?.statutory ?? { days: 1, unit: 'working' as const };
  return { days: version?.steps?.map((one) => one.days) ?? [Math.max(1, limit.days - 1), 1], unit: limit.unit };
}

/** Recorded of each result by itself: one of them may fall later without the others. */
export const ALONE: ReadonlySet<EventKind> = new Set<EventKind>(['recalled', 'revoked']);

/** A part takes no step of its own while it is one. */
export function checkPart(partOf: string | null, kind: EventKind): void {
  if (partOf !== null && !ALONE.has(kind)) refuse('approvals.part_of_joint');
}

export interface Part {
  readonly id: string;
  readonly item: string;
  readonly events: readonly CaseEvent[];
  readonly rules: ClockRules;
  readonly closed: boolean;
}

/** The same event for each part that is still open. Where one cannot take it, nothing happens; only an extension leaves out whose time is over. */
export function carried(parts: readonly Part[], event: CaseEvent, newId: () => string, calendar: WorkCalendar): { readonly part: Part; readonly event: CaseEvent }[] {
  if (ALONE.has(event.kind)) return [];
  return parts.filter((one) => !one.closed).flatMap((part) => {
    const own = { ...event, id: newId(), seq: part.events.length + 1 };
    try {
      caseOf([...part.events, own], part.rules, calendar);
      return [{ part, event: own }];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return event.kind === 'extended' ? [] : refuse('approvals.part_refuses', { item: part.item, kind: event.kind });
    }
  });
}

/** One result for all: no objection can be outvoted. It is put right in a window and asked again, or the acceptance is refused. */
export function checkOneResult(reviews: readonly Review[], event: CaseEvent, today: string): void {
  if (event.kind !== 'decided' || event.outcome === 'refused') return;
  const count = reviews.filter((one) => positionOf(one, today) === 'objection').length;
  if (count > 0) refuse('approvals.part_objects', { count });
}
