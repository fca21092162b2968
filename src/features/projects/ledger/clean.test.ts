import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanName, cleanText } from './clean.ts';

const DATA = process.env['YUGONG_SHARED_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data');

describe('damaged web copies', () => {
  test.each([
    ['濟(jì)源,,', '济源,'],
    ['據(jù)報(bào)道,,項(xiàng)目正抓緊施工,。力爭國慶前試運(yùn)營', '据报道,项目正抓紧施工。力争国庆前试运营'],
    ['示范區(qū)累計實施省、市重點項目182個,,已完成投資178億元,；', '示范区累计实施省、市重点项目182个,已完成投资178亿元；'],
    ['濟源纳米材料产业园三期', '济源纳米材料产业园三期'],
    ['氢能综合利用示范园,，、２期', '氢能综合利用示范园、2期'],
  ])('%s becomes %s', (text, expected) => {
    const cleaned = cleanText(text);
    expect(cleaned.text).toBe(expected);
    expect(cleaned.changes.length).toBeGreaterThan(0);
  });

  test('it says what it did', () => {
    expect(cleanText('濟(jì)源纳米,,２期 ').changes).toEqual(['pinyin', 'punctuation', 'traditional', 'width', 'space']);
    expect(cleanName('人民医院新院区\n（演示）')).toEqual({ text: '人民医院新院区（演示）', changes: ['line_break'] });
    expect(cleanName('Stage one\nof two').text).toBe('Stage one of two');
  });

  test.each([
    '臺灣青年創業園', '社會科學院語學研究所', '喆源镕鑫（OLED）', '聚酯(pvc)项目', '五龙口镇１号地块', '乾坤大厦', '《著作权》服务中心', '瞭望塔', 'ABC,,DEF', 'a, b', '年产3,500吨', '项目(一期)',
    '田中さんにあげて下さい', '豐泰', 'Ω≈ç√∫˜µ≤≥÷',
  ])('an honest name stays: %s', (text) => {
    expect(cleanName(text)).toEqual({ text, changes: [] });
  });

  test('every naughty string survives as a name but for spaces around it', ({ skip }) => {
    const path = join(DATA, 'robustness/blns.json');
    if (!existsSync(path)) skip('blns is not here');
    const strings: unknown = JSON.parse(readFileSync(path, 'utf8'));
    for (const text of Array.isArray(strings) ? strings : []) {
      if (typeof text !== 'string') continue;
      const cleaned = cleanName(text);
      expect(cleaned.text === text || (cleaned.text === text.replace(/^[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+$/g, '') && cleaned.changes.includes('space')), JSON.stringify(text)).toBe(true);
    }
  });

  test('the article of the seed reads as simplified Chinese afterwards', ({ skip }) => {
    const path = join(DATA, 'seed/article.txt');
    if (!existsSync(path)) skip('the article is not here');
    const cleaned = readFileSync(path, 'utf8').split('\n').map((line) => cleanText(line).text).join('\n');
    expect(cleaned).toContain('示范区累计实施省、市重点项目182个,已完成投资178亿元;地区生产总值同比增长5.9%,居全省第2位;');
    expect(cleaned).toContain('项目占地170亩,计划投资2.5亿元,规划建设33栋建筑,预计10月份完成厂房主体建设');
    expect(cleaned).not.toMatch(/[(（][a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*[)）]/);
    expect(cleaned).not.toMatch(/\p{Script=Han}[,，][,，。、；：]/u);
  });
});
