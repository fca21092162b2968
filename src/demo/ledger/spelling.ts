// How people write a day, an amount or an area into a ledger: the same value in a dozen hands. Nothing here changes a value.
import type { Dice } from '../dice.ts';
import { lastDay } from '../../kernel/days.ts';

export type Written = string | number | Date;

/** A planned day: the last day of a month stands for the month. */
export function writePlanned(day: string, roll: Dice): Written {
  return day === lastDay(day.slice(0, 7)) ? writeMonth(day, roll) : writeDay(day, roll);
}

function writeMonth(day: string, roll: Dice): string {
  const year = day.slice(0, 4);
  const month = Number(day.slice(5, 7));
  const forms = [`${year}年${month}月`, `${year}年${month}月`, `${year}年${month}月`, `${year}.${month === 10 ? '10' : month}`, `${year}-${day.slice(5, 7)}`, `${year}年${month}月底`];
  // Without its year only where the sheet's own year is meant.
  if (year === '2023') forms.push(`${month}月底`, `${month}月`);
  if (year === '2023' && month === 12) forms.push('2023年底', '2023年底');
  // 2023.1 could be January or a tenth short of October: people avoid it.
  return roll.pick(forms.filter((form) => !/\.(?:1|10)$/.test(form)));
}

export function writeDay(day: string, roll: Dice): Written {
  const [year = '', month = '', date = ''] = day.split('-');
  const forms: readonly Written[] = [
    new Date(`${day}T00:00:00Z`), new Date(`${day}T00:00:00Z`), `${year}年${Number(month)}月${Number(date)}日`,
    `${year}.${Number(month)}.${Number(date)}`, `${year}/${Number(month)}/${Number(date)}`, day,
  ];
  return roll.pick(forms);
}

export function writeYears(from: string, to: string, roll: Dice): string {
  const [a, b] = [from.slice(0, 4), to.slice(0, 4)];
  return a === b ? roll.pick([a, `${a}年`]) : roll.pick([`${a}-${b}`, `${a}-${b}`, `${a}—${b}年`, `${a}～${b}`]);
}

/** 亿元 as the column says, or now and then with a unit of its own in the cell. */
export function writeYi(wan: number, own: boolean): Written {
  return own ? `${wan}万元` : wan / 10_000;
}

/** 万元 as the column says, or with a unit of its own, or as text with a thousands separator. */
export function writeWan(wan: number, how: 'plain' | 'own' | 'text'): Written {
  if (how === 'own') return `${wan / 10_000}亿元`;
  return how === 'text' ? wan.toLocaleString('en-US') : wan;
}

export function fullWidth(number: number): string {
  return String(number).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}
