// The public holidays that the law itself gives (全国年节及纪念日放假办法), year by year: a yearly notice that makes one of them a working day has been
// misread or mistyped. Pure facts; the days of the lunar year are known here for the years of the table alone.
import { numberOf } from './epoch.ts';

export type HolidayName = 'new_year' | 'spring_festival' | 'qingming' | 'labour' | 'dragon_boat' | 'mid_autumn' | 'national';

export interface Holiday {
  readonly name: HolidayName;
  /** Days as numbers (epoch.ts). */
  readonly days: readonly number[];
}

/** First day of the lunar year, fifth of its fifth month, fifteenth of its eighth: MM-DD. */
const LUNAR: Readonly<Record<number, readonly [spring: string, dragon: string, moon: string]>> = {
  2024: ['02-10', '06-10', '09-17'], 2025: ['01-29', '05-31', '10-06'], 2026: ['02-17', '06-19', '09-25'], 2027: ['02-06', '06-09', '09-15'], 2028: ['01-26', '05-28', '10-03'],
  2029: ['02-13', '06-16', '09-22'], 2030: ['02-03', '06-05', '09-12'], 2031: ['01-23', '06-24', '10-01'], 2032: ['02-11', '06-12', '09-19'], 2033: ['01-31', '06-01', '09-08'],
  2034: ['02-19', '06-20', '09-27'], 2035: ['02-08', '06-10', '09-16'],
};

/** Since 2025 the eve of the lunar year and the second of May are holidays too; since 2008 there is Qingming. */
const WIDER = 2025;
const QINGMING = 2008;

/** Public holidays of a year; those of the lunar year only where they are known. */
export function statutoryIn(year: number): readonly Holiday[] {
  const from = (text: string, first: number, count: number): number[] => Array.from({ length: count }, (_, i) => numberOf(year, Number(text.slice(0, 2)), Number(text.slice(3))) + first + i);
  const lunar = LUNAR[year];
  return [
    { name: 'new_year', days: from('01-01', 0, 1) },
    ...(lunar === undefined ? [] : [{ name: 'spring_festival' as const, days: year >= WIDER ? from(lunar[0], -1, 4) : from(lunar[0], 0, 3) }]),
    ...(year < QINGMING ? [] : [{ name: 'qingming' as const, days: from(`04-0${qingming(year)}`, 0, 1) }]),
    { name: 'labour', days: from('05-01', 0, year >= WIDER ? 2 : 1) },
    ...(lunar === undefined ? [] : [{ name: 'dragon_boat' as const, days: from(lunar[1], 0, 1) }, { name: 'mid_autumn' as const, days: from(lunar[2], 0, 1) }]),
    { name: 'national', days: from('10-01', 0, 3) },
  ];
}

/** Whether the days of the lunar year are known. */
export function lunarKnown(year: number): boolean {
  return LUNAR[year] !== undefined;
}

/** The day of April on which the sun reaches 15°: right for the years 2000 to 2099. */
function qingming(year: number): number {
  const since = year % 100;
  return Math.floor(since * 0.2422 + 4.81) - Math.floor(since / 4);
}
