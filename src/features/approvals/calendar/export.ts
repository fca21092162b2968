// A year of the calendar as events of an iCalendar: each run of days off and each make-up day, under a name that stays the same so that a later
// file replaces. Pure.
import { addDays } from '../../../kernel/days.ts';
import type { CalendarEvent } from '../schedules/icalendar.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import type { readYear } from './contract.ts';

type Year = Pick<OutputOf<typeof readYear>, 'year' | 'edition' | 'days' | 'local' | 'notice' | 'next'>;
type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

export function eventsOfYear({ year, edition, days, local, notice, next }: Year, say: Say): CalendarEvent[] {
  const runs: { from: string; to: string; work: boolean; by: string }[] = [];
  for (const { day, plans, local: id, notice: of } of days) {
    const by = id ?? String(of);
    const last = runs.at(-1);
    if (last !== undefined && addDays(last.to, 1) === day && last.work === plans && last.by === by) last.to = day;
    else runs.push({ from: day, to: day, work: plans, by });
  }
  return runs.map((run) => {
    const entry = local.find((one) => one.id === run.by);
    const document = entry?.document ?? [notice, next].find((one) => one !== null && String(one.year) === run.by)?.entered?.document ?? say('file.shipped', { year: run.by });
    const kind = say(run.work ? 'file.work' : 'file.off');
    return { uid: `calendar-${String(year)}-${run.from}@yugong`, title: entry === undefined ? kind : say('file.local', { kind, name: entry.name }), start: run.from, finish: run.to, description: document, sequence: edition };
  });
}
