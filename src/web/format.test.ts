import { describe, expect, it } from 'vitest';
import { formatFor } from './format.ts';

const zh = formatFor('zh-CN');
const en = formatFor('en');

describe('what readers see', () => {
  it('says money with its unit in both languages', () => {
    expect(zh.money(80_000_000_000, 'yi').text).toBe('8.00亿元');
    expect(zh.money(123_450_000_00, 'wan').text).toBe('12,345万元');
    expect(zh.money(-1_510_000, 'wan').text).toBe('−1.51万元');
    expect(zh.money(0).text).toBe('0万元');
    expect(en.money(80_000_000_000, 'yi').text).toBe('800.0 m yuan');
    expect(en.money(1_780_000_000_000).text).toBe('17.80 bn yuan');
    expect(zh.money(undefined).text).toBe('—');
  });

  it('gives points a sign and a true minus, and zero none', () => {
    expect(zh.points(3.24)).toBe('+3.2');
    expect(zh.points(-14.9)).toBe('−14.9');
    expect(zh.points(-0.04)).toBe('0.0');
    expect(zh.points(0.04)).toBe('0.0');
  });

  it('writes days and months as people do', () => {
    expect(zh.day('2023-08-15')).toBe('2023年8月15日');
    expect(en.day('2023-08-15')).toBe('15 Aug 2023');
    expect(zh.shortDay('2023-08-05', '2023-06-30')).toBe('8月5日');
    expect(zh.shortDay('2024-08-05', '2023-06-30')).toBe('2024年8月5日');
    expect(en.month('2023-06')).toBe('Jun 2023');
    expect(zh.weekday('2023-06-29')).toBe('星期四');
  });

  it('shows an instant in the hour of the zone, across midnight', () => {
    expect(zh.instant('2023-06-28T16:20:00.000Z', '2023-06-30')).toBe('6月29日 00:20');
  });
});
