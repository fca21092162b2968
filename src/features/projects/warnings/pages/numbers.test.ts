import { describe, expect, it } from 'vitest';
import type { Format } from '../../../../web/format.ts';
import type { T } from '../../../../web/i18n.ts';
import { saysLight } from './numbers.tsx';

// Enough of the two to see which words are asked for.
const format = { lang: 'en', count: String, day: (day: string) => day, month: (month: string) => month } as unknown as Format;
const t = ((key: string, values: Readonly<Record<string, unknown>> = {}) => `${key} ${JSON.stringify(values)}`) as T;

describe('the sentence of a light', () => {
  const numbers = { dueDay: '2023-04-28', predictedDay: '2023-06-30', lateDays: 63, against: 'register' };

  it('names the item that a late start waits for, and says that none does where all is decided', () => {
    expect(saysLight('prediction', { ...numbers, whose: 'nobody', itemEn: 'Land grant' }, t, format)).toContain('lights:whose.nobody');
    expect(saysLight('prediction', { ...numbers, whose: 'unnamed' }, t, format)).toContain('lights:whose.none');
  });

  it('hands on the number that decides between singular and plural', () => {
    expect(saysLight('start', { dueDay: '2023-06-29', lateDays: 1 }, t, format)).toContain('"count":1');
    expect(saysLight('report', { month: '2023-04', count: 1, lateDays: 56 }, t, format)).toContain('"count":1');
  });
});
