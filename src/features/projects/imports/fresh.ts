// New projects of a batch as statements to be sent: their own columns, and what derives from them, computed before anything is stored instead
// of read back afterwards. Pure but for the ids that it makes.
import { newId } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import { columns, type ColumnType } from '../../../platform/columns.ts';
import { settled, sql, type Sql } from '../../../platform/db.ts';
import type { Ground } from '../data.ts';
import type { Facts } from '../facts.ts';
import { derive, writeDerived, type Derived } from '../keep.ts';
import { columnOf, FIELD_NAMES, isField, kindOf, type FieldName } from '../register/fields.ts';
import { gramsOf } from '../../../kernel/grams.ts';
import type { Lookups, Wanted } from './fate.ts';
import type { StagedRow } from './row.ts';

export interface Fresh { readonly id: string; readonly n: number; readonly row: StagedRow; readonly wanted: Wanted; readonly fields: Readonly<Record<string, unknown>> }

export function freshOf(n: number, row: StagedRow, wanted: Wanted, now: Now): Fresh {
  return { id: newId(now.instant.getTime()), n, row, wanted, fields: wanted.fields };
}

/** The columns of projects_projects that an import can fill, each with its type. */
const PROJECT_SHAPE: Readonly<Record<string, ColumnType>> = {
  id: 'uuid', version: 'int', pinyin: 'text', grams: 'bigint[]', stage: 'text', stage_day: 'date', commissioner_id: 'uuid',
  plan_fen: 'bigint', done_fen: 'bigint', stat_fen: 'bigint', light: 'smallint', last_report_month: 'date', kept_months: 'jsonb', created_at: 'timestamptz', updated_at: 'timestamptz',
  ...Object.fromEntries(FIELD_NAMES.map((name) => [columnOf(name), typeOf(name)])),
};

function typeOf(name: FieldName): ColumnType {
  if (name === 'tags') return 'text[]';
  if (name === 'custom') return 'jsonb';
  if (name === 'promisedJobs') return 'int';
  if (name === 'landMu') return 'numeric';
  switch (kindOf(name)) {
    case 'money': return 'bigint';
    case 'number': return 'float8';
    case 'organisation': return 'uuid';
    case 'flag': return 'boolean';
    case 'year': return 'int';
    case 'day': return 'date';
    default: return 'text';
  }
}

/** The statements that write new projects, in their order; the first still lacks the number from which they are counted. */
export interface Made { readonly insert: (first: number) => Sql; readonly rest: readonly Sql[] }

/** Works the statements out, down to the text of their parameters. */
export function made(fresh: readonly Fresh[], lookups: Lookups, ground: Ground, now: Now): Made | undefined {
  if (fresh.length === 0) return undefined;
  const { rows, derived } = rowsOf(fresh, lookups, ground, now);
  const used = new Set(rows.flatMap((row) => Object.keys(row)));
  const shape = Object.fromEntries(Object.entries(PROJECT_SHAPE).filter(([name]) => used.has(name)));
  const names = sql.join(Object.keys(shape).map((name) => sql.id(name)));
  const source = columns(shape, rows);
  const rest: Sql[] = [];
  void settled(writeDerived({ run: async (statement) => rest.push(statement) }, derived, now));
  return {
    rest,
    insert: (first) => sql`
      with made as (insert into projects_projects (seq, ${names}) select ${first}::int + nth - 1, ${names} from ${source} as v returning id, updated_at, seq)
      insert into projects_recent (project_id, at, seq) select id, updated_at, seq from made`,
  };
}

function rowsOf(fresh: readonly Fresh[], lookups: Lookups, ground: Ground, now: Now): { rows: Record<string, unknown>[]; derived: Derived } {
  const derived = derive(fresh.map((one) => factsOf(one, lookups, ground)), now, ground);
  const sums = new Map(derived.sums.map((one) => [one.id, one]));
  const rows = fresh.map((one): Record<string, unknown> => {
    const { id: _id, ...kept } = sums.get(one.id) ?? { id: one.id, plan_fen: 0, done_fen: 0, stat_fen: 0, light: 0, last_report_month: null, kept_months: {} };
    const name = String(one.fields['name'] ?? '');
    return {
      kind: 'enterprise', in_statistics: false, tags: [], custom: {}, ...columnsIn(one.fields), id: one.id, version: 1, pinyin: one.row.pinyin,
      grams: gramsOf(name, one.row.pinyin, typeof one.fields['code'] === 'string' ? one.fields['code'] : null), ...stageOf(one.fields), commissioner_id: one.wanted.commissionerId,
      created_at: now.instant, updated_at: now.instant, ...kept,
    };
  });
  return { rows, derived };
}

export function columnsIn(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => isField(name)).map(([name, value]) => [columnOf(name), value]));
}

/**
 * Where a project stands by what the ledger says of it: the actual days, else the nature. Evidence is asked for at the next gate. A
 * day that the ledger does not give stays open: true days of long ago may still be entered.
 */
export function stageOf(fields: Readonly<Record<string, unknown>>): { stage: string; stage_day: string | null } {
  const when = (name: string): string | undefined => (typeof fields[name] === 'string' ? fields[name] : undefined);
  const reached = ([['actualEffect', 'effective'], ['actualProduction', 'producing'], ['actualCompletion', 'completed'], ['actualStart', 'building']] as const).find(([name]) => when(name) !== undefined);
  if (reached !== undefined) return { stage: reached[1], stage_day: when(reached[0]) ?? null };
  return { stage: fields['nature'] === 'continuing' || fields['nature'] === 'completing' ? 'building' : fields['nature'] === 'new' || fields['nature'] === 'preliminary' ? 'preliminary' : 'planned', stage_day: null };
}

// What keep.ts would read back of a project that has just been written, and has nothing kept yet. Nothing derives from its number.
function factsOf(one: Fresh, lookups: Lookups, ground: Ground): Facts {
  const { fields, wanted } = one;
  const text = (name: string): string | null => (typeof fields[name] === 'string' ? fields[name] : null);
  const number = (name: string): number | null => (typeof fields[name] === 'number' ? fields[name] : null);
  const opening = wanted.opening !== null && wanted.opening.month.startsWith(String(ground.year)) ? wanted.opening : null;
  const month = opening === null ? null : `${opening.month}-01`;
  const { stage, stage_day } = stageOf(fields);
  return {
    id: one.id, seq: 0, kind: text('kind') ?? 'enterprise', nature: text('nature'), level: text('level'), stage, stage_day, side_state: null, category: text('category'),
    list_year: number('listYear'), town_id: text('townId'), park_id: text('parkId'), parent_id: null, chain: text('chain'), in_statistics: fields['inStatistics'] === true, total_fen: number('totalFen'),
    planned_start: text('plannedStart'), actual_start: text('actualStart'), planned_completion: text('plannedCompletion'), actual_completion: text('actualCompletion'),
    kept_plan: 0, kept_done: 0, kept_stat: 0, kept_light: 0, kept_month: null, kept_months: {},
    year_plan: wanted.plans[String(ground.year)] ?? null, year_done: opening?.dispatchFen ?? null, year_stat: opening?.statFen ?? null,
    months: opening === null ? [] : [opening.month], amounts: opening === null ? {} : { [opening.month]: [opening.dispatchFen, opening.statFen ?? 0] }, opening: month, last_month: month,
    milestones: null, prediction: null, pending: null, lights: null, old_keys: [], old: null,
    keys: [...[text('townId'), text('parkId'), text('responsibleOrgId'), text('builderId')].flatMap((id) => (id === null ? [] : lookups.pathOf(id))), ...(wanted.commissionerId === null ? [] : [wanted.commissionerId])],
  };
}
