// National project codes of the demonstration (GB/T 40058-2021: YYMM-region-department-type-serial and check digit). Only for
// inventing codes: reading them is the register's.
import { checkDigit } from '../features/projects/register/code.ts';
import type { Dice } from './dice.ts';

const REGION = '419001';

/** A well-formed code; `wrong` gives one whose check digit does not agree, as a slip of the hand would. */
export function nationalCode(day: string, department: '04' | '07', type: '01' | '02' | '03', roll: Dice, wrong: boolean): string {
  const time = day.slice(2, 4) + day.slice(5, 7);
  const serial = String(roll.whole(10_000, 99_999));
  const right = checkDigit(`${time}${REGION}${department}${type}${serial}`);
  return `${time}-${REGION}-${department}-${type}-${serial}${wrong ? (right + 3) % 10 : right}`;
}

/** Before the standard: year, region, industry, type, six digits. */
export function oldCode(year: number, industry: string, roll: Dice): string {
  return `${year}-${REGION}-${industry}-03-${String(roll.whole(1, 99_999)).padStart(6, '0')}`;
}
