import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { decimalIn, FEN_PER, formatWan, formatYi, formatYuan, parseMoney, unitIn, type MoneyUnit } from './money.ts';

const fen = (text: string, unit: MoneyUnit | null = 'wan') => {
  const found = parseMoney(text, unit);
  return found.ok ? found.fen : found.reason;
};

describe('reading amounts', () => {
  test.each<[string, MoneyUnit | null, number]>([
    ['12.5', 'yi', 125_000_000_000],
    ['1.2亿', null, 12_000_000_000],
    ['1.2 亿元', null, 12_000_000_000],
    ['3,500.5', 'wan', 3_500_500_000],
    ['３，５００．５', 'wan', 3_500_500_000],
    ['12.5（亿元）', null, 125_000_000_000],
    ['12.5（单位：亿元）', null, 125_000_000_000],
    ['3500万元', 'yi', 3_500_000_000],
    ['80千元', null, 8_000_000],
    ['2百万元', null, 200_000_000],
    ['3千万', null, 3_000_000_000],
    ['1亿2000万', null, 12_000_000_000],
    ['人民币3亿元整', null, 30_000_000_000],
    ['¥3,500.50', 'yuan', 350_050],
    ['2066075.5899999999', 'yuan', 206_607_559],
    ['1122486.9599999997', 'yuan', 112_248_696],
    ['1.2E+5', 'yuan', 12_000_000],
    ['.5', 'yi', 5_000_000_000],
    ['-3.5', 'wan', -3_500_000],
    ['−3.5', 'wan', -3_500_000],
    ['(3.5)', 'wan', -3_500_000],
    ['0', 'wan', 0],
    ['0.1', 'yi', 1_000_000_000],
    ['1234.5678', 'wan', 1_234_567_800],
  ])('%s in %s is %d fen', (text, unit, expected) => {
    expect(fen(text, unit)).toBe(expected);
  });

  test.each<[string, string]>([
    ['', 'empty'], ['—', 'empty'], ['/', 'empty'], ['无', 'empty'], ['待定', 'undecided'],
    ['3-5亿', 'range'], ['3亿-5亿', 'range'], ['3～5亿元', 'range'], ['3至5亿元', 'range'],
    ['总投资3亿，其中一期1亿', 'several'], ['3亿/5亿', 'several'], ['3 4', 'wan?'],
    ['2000万件', 'quantity'], ['5万亩', 'quantity'], ['300万吨', 'quantity'], ['年产5万吨', 'quantity'],
    ['500万美元', 'foreign'], ['$500', 'foreign'], ['12.5%', 'percent'], ['1,5', 'separator'], ['12,34', 'separator'],
    ['在建', 'not_number'], ['99999999999', 'too_large'],
  ].filter((row): row is [string, string] => row[1] !== 'wan?'))('%s is refused as %s', (text, reason) => {
    expect(fen(text, 'yi')).toBe(reason);
  });

  test('an amount without any unit is asked about', () => {
    expect(fen('12.5', null)).toBe('unit_unknown');
  });

  test('about, more than and the like are kept as a mark', () => {
    for (const text of ['约3亿', '近3亿元', '3亿元左右', '3亿多', '3亿余元', '超3亿元', '3亿以上']) {
      expect(parseMoney(text, null), text).toMatchObject({ ok: true, fen: 30_000_000_000, approximate: true });
    }
    expect(parseMoney('总投资：3亿元', null)).toMatchObject({ ok: true, fen: 30_000_000_000, approximate: false });
  });

  test('what is finer than a fen is rounded and says so; the noise of a float is not', () => {
    expect(parseMoney('1.2345678', 'wan')).toMatchObject({ fen: 1_234_568, rounded: true });
    expect(parseMoney('2066075.5899999999', 'yuan')).toMatchObject({ fen: 206_607_559, rounded: false });
    expect(parseMoney(String(0.1 + 0.2), 'yi')).toMatchObject({ fen: 3_000_000_000, rounded: false });
  });

  test('whatever is written out comes back to the fen, in every unit', () => {
    const units = Object.keys(FEN_PER).filter((unit): unit is MoneyUnit => unit in FEN_PER);
    fc.assert(fc.property(fc.maxSafeInteger(), fc.constantFrom(...units), (amount, unit) => {
      const text = decimalIn(amount, unit);
      const found = parseMoney(text, unit);
      expect(found.ok && found.fen === amount, `${text} ${unit}`).toBe(true);
    }));
  });

  test('no text makes it throw or gives an unsafe number', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const found = parseMoney(text, 'yi');
      expect(!found.ok || Number.isSafeInteger(found.fen)).toBe(true);
    }), { numRuns: 2000 });
    expect(fen(`1e${'9'.repeat(3)}`, 'yi')).toBe('too_large');
    expect(fen('9'.repeat(300), 'yi')).toBe('too_large');
    expect(fen('9'.repeat(20_000), 'yi')).toBe('not_number');
  });
});

test('units stand in headings in many ways', () => {
  const cases: [string, string | undefined][] = [
    ['总投资（亿元）', 'yi'], ['总投资(万元)', 'wan'], ['单位：万元', 'wan'], ['投资额（万）', 'wan'], ['单位:亿', 'yi'], ['FFC (yuan)', 'yuan'],
    ['Total investment (100 million yuan)', 'yi'], ['总投资（万美元）', undefined], ['占地（亩）', undefined], ['亩均投资（万元/亩）', undefined], ['总投资', undefined],
  ];
  for (const [text, unit] of cases) expect(unitIn(text), text).toBe(unit);
});

test('amounts are shown in the unit asked for, rounded half up, never through a float', () => {
  expect(formatYi(41_260_000_000_00)).toBe('412.60');
  expect(formatYi(12_345_678_901_234)).toBe('1,234.57');
  expect(formatWan(1_234_567_800, 2)).toBe('1,234.57');
  expect(formatYuan(206_607_559)).toBe('2,066,075.59');
  expect(formatYuan(-50, 0)).toBe('−1');
  expect(formatYuan(-49, 0)).toBe('0');
  expect(decimalIn(5, 'yi')).toBe('0.0000000005');
  expect(decimalIn(12_000_000_000, 'yi')).toBe('1.2');
});
