// The 72 meetings of the series 重点项目调度会 that were held by the zone's day, and the 73rd that is being prepared: when, which kind, about what. Pure.
import { addDays } from '../../kernel/days.ts';
import { CALENDAR } from './stage.ts';

export interface Meeting {
  readonly number: number;
  readonly kind: 'dispatch' | 'breakfast' | 'supper' | 'topic' | 'site';
  readonly day: string;
  readonly topic?: string;
  /** The one project that it is about. */
  readonly project?: string;
}

export const HELD = 72;
export const NEXT_DAY = '2023-07-05';
const FIRST = '2022-07-06';
const WEEKS = 52;
const TOPIC = '济源纳米材料产业园三期';

/** Every Wednesday, on the next working day where it is a holiday; every third Monday over breakfast; one each in the evening, on site and on one project. */
export function heldMeetings(): readonly Meeting[] {
  const weekly = Array.from({ length: WEEKS }, (_, week): Omit<Meeting, 'number'> => ({ kind: 'dispatch', day: CALENDAR.next(addDays(FIRST, week * 7)) }));
  const breakfasts = Array.from({ length: 17 }, (_, nth): Omit<Meeting, 'number'> => ({ kind: 'breakfast', day: CALENDAR.next(addDays(FIRST, 19 + nth * 21)) }));
  const others: readonly Omit<Meeting, 'number'>[] = [
    { kind: 'supper', day: '2022-11-17', topic: '年底前项目用工与资金保障' }, { kind: 'topic', day: '2023-03-10', topic: `${TOPIC}专题会`, project: TOPIC }, { kind: 'site', day: '2023-05-19', topic: '高新电子产业园现场会', project: '高新电子产业园' },
  ];
  const sorted = [...weekly, ...breakfasts, ...others].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return sorted.map((one, at) => ({ ...one, number: at + 1 }));
}

/** Minutes of the day at which a meeting of the kind begins. */
export const BEGINS: Readonly<Record<Meeting['kind'], number>> = { dispatch: 900, breakfast: 420, supper: 1110, topic: 540, site: 540 };
