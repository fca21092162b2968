// What is read of measures: where each stands, and the sums of an action and of a quarter, worked out from the reports by the rules.
import { may, type Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import type { MEASURE_STATES } from './contract.ts';
import { problemCounts } from './problems.ts';
import { speaksFor, standingOf, type Standing } from '../standing.ts';
import { isDone, isOver, lateDays, owedOf, progressBp, quartersOf, reached, stateOf, type QuarterDays } from './rules.ts';
import * as store from './store.ts';

export function lineOf(row: store.MeasureRow, day: string, actor: Actor, standing: Standing) {
  const quarters = quartersOf(row.year, row.due_days);
  const value = reached(row.reports);
  const owed = owedOf(row, row.reports, quarters, day);
  return {
    id: row.id, version: row.version, year: row.year, action: row.action_code, text: row.text, orgId: row.org_id, orgName: row.org_name, dueDay: row.due_day, indicator: row.indicator, unit: row.unit, target: row.target, value, progressBp: progressBp(row, value),
    owes: owed.map((one) => one.quarter), owedSince: owed[0]?.due ?? null, lateReports: row.reports.filter((one) => lateDays(one) > 0).length, waiting: row.reports.filter((one) => one.state === 'submitted').length, state: stateOf(row, row.reports, quarters, day),
    mayReport: may(actor, 'service.match') && (speaksFor(standing, row.org_id) || may(actor, 'service.keep_programme')) && row.withdrawn_day === null,
  };
}

interface Asked {
  readonly q?: string | undefined; readonly year?: number | undefined; readonly action?: readonly string[] | undefined; readonly orgId?: readonly string[] | undefined; readonly state?: (typeof MEASURE_STATES)[number] | 'reported_late' | undefined; readonly mine?: boolean | undefined;
}

/** A programme has some hundred measures; more than these are not one. */
const MOST_MEASURES = 5000;

/** A page of measures. States are worked out, so a filter by state reads the programme through. */
export async function listed(db: Db, actor: Actor, { year, mine, state, ...filter }: Asked, after: string | undefined, limit: number, day: string) {
  const standing = await standingOf(db, actor);
  const programme = await store.programmeOf(db, year, Number(day.slice(0, 4)));
  if (programme === undefined) return { items: [], next: null, total: 0 };
  const rows = await store.measures(db, { ...filter, programmeId: programme.id, ...(mine === true ? { orgs: standing.orgs } : {}) }, undefined, MOST_MEASURES);
  const lines = rows.map((row) => lineOf(row, day, actor, standing)).filter((one) => state === undefined || (state === 'reported_late' ? one.lateReports > 0 : one.state === state));
  const from = after === undefined ? 0 : lines.findIndex((one) => one.id === after) + 1;
  const items = lines.slice(from, from + limit);
  return { items, next: from + limit < lines.length ? (items.at(-1)?.id ?? null) : null, total: lines.length };
}

export async function overview(db: Db, actor: Actor, programme: store.ProgrammeRow, day: string) {
  const [actions, rows, projects, problems] = await Promise.all([store.actionsOf(db, programme.id), store.measures(db, { programmeId: programme.id }, undefined, MOST_MEASURES), store.projectCounts(db, actor), problemCounts(db, actor)]);
  const quarters = quartersOf(programme.year, programme.due_days);
  return {
    actions: actions.map((one) => ({ code: one.code, zh: one.name_zh, en: one.name_en, ...summed(rows.filter((row) => row.action_code === one.code), quarters, day), projects: projects.get(one.code) ?? 0, problems: problems.get(one.code) ?? 0 })),
    quarters: quarters.map((one) => ({ ...one, over: isOver(one, day), ...quarterOf(rows, one) })),
  };
}

function summed(rows: readonly store.MeasureRow[], quarters: readonly QuarterDays[], day: string) {
  const owed = rows.flatMap((row) => owedOf(row, row.reports, quarters, day));
  const reports = rows.flatMap((row) => row.reports);
  const shares = rows.map((row) => progressBp(row, reached(row.reports)));
  return {
    measures: rows.length, done: rows.filter((row) => isDone(row, row.reports)).length, progressBp: shares.length === 0 ? null : Math.round(shares.reduce((sum, one) => sum + one, 0) / shares.length),
    approved: reports.filter((one) => one.state === 'approved').length, waiting: reports.filter((one) => one.state === 'submitted').length, owed: owed.length, late: reports.filter((one) => lateDays(one) > 0).length, overdue: owed.filter((one) => one.due < day).length,
  };
}

/** What was expected of a quarter and what came: expected are the measures that were there at its end and not reached before. */
function quarterOf(rows: readonly store.MeasureRow[], { quarter, end }: QuarterDays) {
  const expected = rows.filter((row) => row.created_day <= end && (row.reports.some((one) => one.quarter === quarter) || !isDone(row, row.reports.filter((one) => one.quarter < quarter))));
  const came = expected.flatMap((row) => row.reports.filter((one) => one.quarter === quarter));
  const late = came.filter((one) => lateDays(one) > 0).length;
  return { expected: expected.length, onTime: came.length - late, late, missing: expected.length - came.length, approved: came.filter((one) => one.state === 'approved').length };
}
