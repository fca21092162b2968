// How kept rows are told to whoever reads them. Pure; decides nothing.
import type { LOSSES} from './contract.ts';
import { REASONS, type ShownTask } from './contract.ts';
import { DAY } from './minutes.ts';
import type { Loss } from './model.ts';
import type { ShownRow } from './store.ts';

export function shownTask(row: ShownRow, dayMinutes: number): ShownTask {
  return {
    place: row.place, task: row.task, code: row.wbs, name: row.name, level: row.level, summary: row.summary, milestone: row.milestone, percent: row.percent,
    start: row.start, finish: row.finish, lateFinish: row.late_finish, fileStart: row.file_start, fileFinish: row.file_finish, baselineStart: row.base_start, baselineFinish: row.base_finish,
    actualStart: row.actual_start, actualFinish: row.actual_finish,
    // Hundredths of a working day, rounded down: what is called float is there.
    floatDays: row.float_minutes === null ? null : Math.floor((row.float_minutes * 100) / (row.elapsed ? DAY : dayMinutes)) / 100, critical: row.critical,
    differs: row.reasons === null ? null : { startDays: row.start_days ?? 0, finishDays: row.finish_days ?? 0, reasons: REASONS.filter((one) => row.reasons?.includes(one)) },
  };
}

export function shownLosses(losses: readonly Loss[]): { kind: (typeof LOSSES)[number]; task: string | null; text: string }[] {
  return losses.map(({ kind, task, text }) => ({ kind, task, text }));
}
