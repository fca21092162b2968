// Money as whole fen (分, a hundredth of a yuan) in a safe integer: reading what people write, showing it in 元, 万元, 亿元.
// Never computes with fractions of a float: decimals are taken apart as digits, so that 2066075.59 is 206607559 fen.
import { narrow } from './text.ts';

/** yuan 元, thousand 千元, wan 万元, million 百万元, tenmillion 千万元, yi 亿元 */
export type MoneyUnit = 'yuan' | 'thousand' | 'wan' | 'million' | 'tenmillion' | 'yi';

export const FEN_PER: Readonly<Record<MoneyUnit, number>> = {
  yuan: 100,
  thousand: 100_000,
  wan: 1_000_000,
  million: 100_000_000,
  tenmillion: 1_000_000_000,
  yi: 10_000_000_000,
};

export interface Amount {
  readonly ok: true;
  readonly fen: number;
  readonly unit: MoneyUnit;
  /** The unit stood in the text itself; false: it is the default. */
  readonly explicit: boolean;
  readonly negative: boolean;
  /** The text says about, more than, nearly. */
  readonly approximate: boolean;
  /** The text was finer than a fen (beyond the noise of a float) and was rounded half up. */
  readonly rounded: boolean;
}

/**
 * Why a text gives no amount. `empty`: nothing, a dash or 无; `range`: 3-5亿; `several`: two amounts in one text;
 * `quantity`: 2000万件, 5万亩; `separator`: 1,5 could be one and a half or fifteen; `unit_unknown`: no unit anywhere.
 */
export type NoAmountReason =
  | 'empty' | 'undecided' | 'not_number' | 'range' | 'several' | 'quantity' | 'foreign' | 'percent' | 'separator' | 'unit_unknown' | 'too_large';

export interface NoAmount {
  readonly ok: false;
  readonly reason: NoAmountReason;
}

const UNIT_WORDS: Readonly<Record<string, MoneyUnit>> = {
  元: 'yuan', 圆: 'yuan', 块: 'yuan', 千: 'thousand', 千元: 'thousand', 万: 'wan', 万元: 'wan', 百万: 'million', 百万元: 'million',
  千万: 'tenmillion', 千万元: 'tenmillion', 亿: 'yi', 亿元: 'yi',
};
/** Bare numeral words: alone they also count pieces, so what follows them decides. */
const UNIT = '(?:千万元?|百万元?|千元?|万元?|亿元?|元|圆|块)';
const NUMBER = String.raw`\d[\d,]*(?:\.\d+)?(?:e[+-]?\d{1,3})?|\.\d+`;
const RANGE = new RegExp(`^(?:${NUMBER})${UNIT}?(?:-|~|至|到|—|–|－)(?:${NUMBER})${UNIT}?$`, 'i');
const PARTS = new RegExp(String.raw`(${NUMBER})(${UNIT})?`, 'gi');
/** No amount is longer; a cell may be. */
const LONGEST = 400;
const NOTHING = /^(?:[-—–─/\\－]+|无|暂无|没有|n\/?a|nil|none|空)$/i;
const UNDECIDED = /^(?:待定|未定|待确定|待核|未报|待报|未填|不详|tbd|另行.*|面议)$/i;
const FOREIGN = /美元|美金|欧元|港元|港币|日元|英镑|澳元|加元|新台币|台币|卢布|韩元|usd|eur|hkd|jpy|gbp|aud|\$|€|£/i;
const ABOUT_BEFORE = /^(?:大约|约为|约|近|超过|超|逾|不低于|不少于|不超过|至少|预计|估算|暂估|共计|合计|总计|计划|投资|总投资)+:?/;
const ABOUT_AFTER = /(?:左右|以上|以下|以内|上下|[多余])(?=$|元)/g;
const MARK_ONLY = /^(?:预计|共计|合计|总计|计划|投资|总投资|:)+$/;

/** Reads an amount such as 1.2亿, 3,500.5, 12.5（亿元）. `defaultUnit` counts where the text says none; null: none is known. */
export function parseMoney(text: string, defaultUnit: MoneyUnit | null): Amount | NoAmount {
  if (PLAIN.test(text)) return defaultUnit === null ? no('unit_unknown') : plain(text, defaultUnit);
  if (text.length > LONGEST) return no(text.trim() === '' ? 'empty' : 'not_number');
  let rest = narrow(text).replace(/[\s\u200b\ufeff]/g, '').toLowerCase();
  if (rest === '' || NOTHING.test(rest)) return no('empty');
  if (UNDECIDED.test(rest)) return no('undecided');
  if (FOREIGN.test(rest)) return no('foreign');
  if (/[%‰]|百分/.test(rest)) return no('percent');
  rest = rest.replace(/人民币|rmb|cny|¥|￥|元整$/g, (found) => (found === '元整' ? '元' : ''));
  rest = rest.replace(/[(（[【](单位:)?((?:千万|百万|千|万|亿)?元)[)）\]】]/g, '$2');
  let negative = false;
  const bracketed = /^\(([^()]*)\)(\D*)$/.exec(rest);
  if (bracketed?.[1] !== undefined) {
    negative = true;
    rest = bracketed[1] + (bracketed[2] ?? '');
  }
  const before = ABOUT_BEFORE.exec(rest)?.[0] ?? '';
  rest = rest.slice(before.length);
  let approximate = before !== '' && !MARK_ONLY.test(before);
  if (/^[-−﹣▲△]/.test(rest)) {
    negative = true;
    rest = rest.slice(1);
  }
  if (RANGE.test(rest)) return no('range');
  const after = rest.replace(ABOUT_AFTER, '');
  if (after !== rest) {
    approximate = true;
    rest = after;
  }
  return assemble(rest, defaultUnit, negative, approximate);
}

/** 1亿2000万 is one amount in two parts: each part must have a smaller unit than the one before. */
function assemble(rest: string, defaultUnit: MoneyUnit | null, negative: boolean, approximate: boolean): Amount | NoAmount {
  const parts = [...rest.matchAll(PARTS)];
  const first = parts[0];
  if (first === undefined) return no('not_number');
  const leftover = rest.replace(PARTS, '\u0000');
  if (!/^\u0000+$/.test(leftover)) {
    if (parts.length > 1) return no('several');
    return no(first[2] !== undefined || /^\u0000(?:个|亩|吨|件|台|套|平|㎡|米|公里|人|户|栋|座|kw|mw|h|年|月|天)/i.test(leftover) ? 'quantity' : 'not_number');
  }
  let unit: MoneyUnit | null = null;
  let smallest = Infinity;
  let digits = 0n;
  let scale = 0;
  for (const part of parts) {
    const word = part[2];
    const own = word === undefined ? undefined : UNIT_WORDS[word];
    if (parts.length > 1 && own === undefined) return no('several');
    const use = own ?? defaultUnit;
    if (use === null) return no('unit_unknown');
    if (FEN_PER[use] >= smallest) return no('several');
    smallest = FEN_PER[use];
    unit ??= use;
    const decimal = decimalOf(part[1] ?? '');
    if (decimal === undefined) return no('separator');
    const wider = Math.max(scale, decimal.scale);
    if (wider > 400) return no('too_large');
    digits = digits * 10n ** BigInt(wider - scale) + decimal.digits * BigInt(FEN_PER[use]) * 10n ** BigInt(wider - decimal.scale);
    scale = wider;
  }
  if (unit === null) return no('unit_unknown');
  return rounded(digits, scale, unit, first[2] !== undefined, negative, approximate);
}

function decimalOf(text: string): { digits: bigint; scale: number } | undefined {
  if (text.includes(',') && !/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) return undefined;
  const [mantissa = '', exponent = '0'] = text.replace(/,/g, '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const shift = fraction.length - Number(exponent);
  const digits = BigInt((whole + fraction) || '0');
  return shift >= 0 ? { digits, scale: shift } : { digits: digits * 10n ** BigInt(Math.min(-shift, 400)), scale: 0 };
}

function rounded(digits: bigint, scale: number, unit: MoneyUnit, explicit: boolean, negative: boolean, approximate: boolean): Amount | NoAmount {
  const divisor = 10n ** BigInt(scale);
  const whole = digits / divisor;
  const rest = digits % divisor;
  const fen = Number(rest * 2n >= divisor ? whole + 1n : whole);
  if (!Number.isSafeInteger(fen)) return no('too_large');
  // A ten-thousandth of a fen is what a float leaves behind, not what a person meant.
  const distance = rest * 2n >= divisor ? divisor - rest : rest;
  return amount(negative ? 0 - fen : fen, unit, explicit, negative, approximate, distance * 10_000n > divisor);
}

/** The common case, digits with at most one point, without big integers where a safe integer holds all of it. */
const PLAIN = /^\d{1,12}(?:\.\d{1,20})?$/;

function plain(text: string, unit: MoneyUnit): Amount | NoAmount {
  const point = text.indexOf('.');
  const scale = point < 0 ? 0 : text.length - point - 1;
  const digits = Number(point < 0 ? text : text.slice(0, point) + text.slice(point + 1));
  const power = POWERS[scale];
  const fen = digits * FEN_PER[unit];
  if (power === undefined || !Number.isSafeInteger(digits) || !Number.isSafeInteger(fen) || fen % power !== 0) {
    return rounded(BigInt(text.replace('.', '')) * BigInt(FEN_PER[unit]), scale, unit, false, false, false);
  }
  return amount(fen / power, unit, false, false, false, false);
}

const POWERS = [1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12];

function amount(fen: number, unit: MoneyUnit, explicit: boolean, negative: boolean, approximate: boolean, wasRounded: boolean): Amount {
  return { ok: true, fen, unit, explicit, negative, approximate, rounded: wasRounded };
}

function no(reason: NoAmountReason): NoAmount {
  return { ok: false, reason };
}

/**
 * The unit that a heading or a note names: 总投资（亿元） → yi, 单位：万元 → wan, 投资额(万) → wan. Undefined where it names none,
 * or a foreign one, or one of land or pieces.
 */
export function unitIn(text: string): MoneyUnit | undefined {
  const words = narrow(text).replace(/\s/g, '');
  if (FOREIGN.test(words)) return undefined;
  const full = /(千万|百万|千|万|亿)?元(?![^)，,;；、/\s]*[\/每])/.exec(words);
  if (full !== null) return UNIT_WORDS[full[0]];
  const short = /[(:：](?:单位:)?(千万|百万|千|万|亿)[)]?$/.exec(words) ?? /[(](千万|百万|千|万|亿)[)]/.exec(words);
  if (short?.[1] !== undefined) return UNIT_WORDS[short[1]];
  if (/\b(?:yuan|cny|rmb)\b/i.test(text)) {
    if (/10,?000|10k/i.test(text)) return 'wan';
    if (/100\s*m(?:illion|n)?|hundred million/i.test(text)) return 'yi';
    return /million|\bm(?:n)?\b/i.test(text) ? 'million' : 'yuan';
  }
  return undefined;
}

/** 12345000000 fen → 1.23 (亿元). Rounds half away from zero; groups thousands; minus is the true minus sign. */
export function formatYi(fen: number, digits = 2): string {
  return formatIn(fen, 'yi', digits);
}

/** 12345000000 fen → 12,345.00 (万元). */
export function formatWan(fen: number, digits = 2): string {
  return formatIn(fen, 'wan', digits);
}

/** 12345 fen → 123.45 (元). */
export function formatYuan(fen: number, digits = 2): string {
  return formatIn(fen, 'yuan', digits);
}

export function formatIn(fen: number, unit: MoneyUnit, digits: number): string {
  const text = decimalIn(fen, unit, digits);
  const [whole = '', fraction] = text.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${text.startsWith('-') ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** For machines: plain decimal, no grouping, ASCII minus; without `digits` as many decimals as the amount needs. */
export function decimalIn(fen: number, unit: MoneyUnit, digits?: number): string {
  const divisor = FEN_PER[unit];
  const places = Math.round(Math.log10(divisor));
  const shown = Math.min(digits ?? places, places);
  const step = 10 ** (places - shown);
  const size = Math.abs(fen);
  const rest = size % step;
  const kept = (size - rest) / step + (rest * 2 >= step ? 1 : 0);
  const padded = String(kept).padStart(shown + 1, '0');
  const whole = padded.slice(0, padded.length - shown);
  let fraction = padded.slice(padded.length - shown);
  if (digits === undefined) fraction = fraction.replace(/0+$/, '');
  else fraction = fraction.padEnd(digits, '0');
  const sign = fen < 0 && kept > 0 ? '-' : '';
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}
