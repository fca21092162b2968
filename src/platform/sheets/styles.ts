// Which number formats of a workbook show a date or a percentage: that alone tells 45200 from 2023-10-01.
import { attribute, unescaped, XmlReader } from './xml.ts';
import { DATE, PERCENT, PLAIN, type NumberStyle } from './grid.ts';

/** For each cell style of xl/styles.xml, in order, what its number format means. */
export function readStyles(xml: string): NumberStyle[] {
  const formats = new Map<number, NumberStyle>();
  const styles: NumberStyle[] = [];
  let inside = false;
  const reader = new XmlReader({
    open: (name, attributes, empty) => {
      if (name === 'cellXfs') inside = !empty;
      else if (name === 'numFmt') formats.set(Number(attribute(attributes, 'numFmtId')), styleOfFormat(unescaped(attribute(attributes, 'formatCode') ?? '')));
      else if (inside && name === 'xf') {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0);
        styles.push(formats.get(id) ?? BUILT_IN(id));
      }
    },
    close: (name) => { if (name === 'cellXfs') inside = false; },
    text: () => undefined,
  });
  reader.push(Buffer.from(xml));
  reader.end();
  return styles;
}

/** 14–17, 22: dates; 27–36 and 50–58: dates of the East Asian versions; 9, 10: percent. Times alone (18–21, 45–47) are no dates. */
const BUILT_IN = (id: number): NumberStyle => {
  if (id === 9 || id === 10) return PERCENT;
  return (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 54) || id === 57 || id === 58 ? DATE : PLAIN;
};

/** yyyy"年"m"月", [$-804]d/m/yyyy;@ and m月d日 are dates; [Red]0.00, "d"0 and h:mm are not. */
export function styleOfFormat(code: string): NumberStyle {
  const bare = code.replace(/"[^"]*"/g, (quoted) => (/[年月日]/.test(quoted) ? '月' : '')).replace(/\\./g, '').replace(/\[[^\]]*\]/g, '').replace(/_./g, '').replace(/\*./g, '');
  if (/^general$/i.test(bare.trim())) return PLAIN;
  if (bare.includes('%')) return PERCENT;
  return /[yd]/i.test(bare) || /m+月/i.test(bare) || /e+年?.*m/i.test(bare) ? DATE : PLAIN;
}
