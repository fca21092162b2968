// One cell into one typed value, or a refusal that names sheet, row, column, text, code and reason. What is doubtful is taken with
// a warning only where the meaning is plain (约3亿 is 3亿); where it is not, the cell is refused and its field left out.
import { letterOf, type SheetCell } from '../../../kernel/sheet.ts';
import { parseMoney, type MoneyUnit } from '../../../kernel/money.ts';
import { dayOfSerial, hourIn, parseWhen, type When } from '../../../kernel/when.ts';
import { folded, narrow } from '../../../kernel/text.ts';
import { cleanName, cleanText } from './clean.ts';
import type { Level, Light, Nature } from './fields.ts';
import type { CellNote, DateOrder } from './shape.ts';

/** Where a cell stands, and where what is said about it goes. */
export interface CellPlace {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  readonly heading: string;
  readonly date1904: boolean;
  readonly asShown: boolean;
  readonly year: number | null;
  readonly refuse: (note: CellNote) => void;
  readonly warn: (note: CellNote) => void;
}

export function noteAt(place: CellPlace, text: string, code: string, details: Readonly<Record<string, unknown>> = {}): CellNote {
  return { sheet: place.sheet, row: place.row, column: place.column, letter: letterOf(place.column), heading: place.heading, text: text.slice(0, 200), code, details };
}

export function textValue(cell: SheetCell, place: CellPlace, name = false): string | undefined {
  if (broken(cell, place)) return undefined;
  const { text, changes } = name ? cleanName(cell.text) : cleanText(cell.text);
  if (changes.length > 0 && !(changes.length === 1 && changes[0] === 'space' && !name)) place.warn(noteAt(place, cell.text, 'ledger.cleaned', { changes, to: text }));
  return text === '' ? undefined : text;
}

/** Words that say there is nothing: the field stays empty. */
export function saysNothing(text: string): boolean {
  return text.length <= 8 && /^\s*(?:[-—–─/\\]+|无|暂无|没有|n\/?a)\s*$/i.test(text);
}

export function moneyValue(cell: SheetCell, unit: MoneyUnit | null, place: CellPlace): number | undefined {
  if (broken(cell, place)) return undefined;
  if (cell.percent) return refused(place, cell, 'ledger.money_percent');
  if (cell.kind === 'date') return refused(place, cell, 'ledger.money_not_number');
  const amount = parseMoney(cell.text, unit);
  if (!amount.ok) {
    if (amount.reason === 'empty') return undefined;
    if (amount.reason === 'undecided') return warned(place, cell, 'ledger.undecided');
    return refused(place, cell, `ledger.money_${amount.reason}`);
  }
  if (amount.negative) place.warn(noteAt(place, cell.text, 'ledger.money_negative'));
  if (amount.approximate) place.warn(noteAt(place, cell.text, 'ledger.money_approximate'));
  if (amount.rounded) place.warn(noteAt(place, cell.text, 'ledger.money_rounded'));
  if (amount.explicit && unit !== null && amount.unit !== unit) place.warn(noteAt(place, cell.text, 'ledger.money_other_unit', { unit: amount.unit, column: unit }));
  return amount.fen;
}

/** 15 mu to the hectare; 666.67 m² to the mu. */
export function areaValue(cell: SheetCell, heading: string, place: CellPlace): number | undefined {
  if (broken(cell, place)) return undefined;
  const text = narrow(cell.text).replace(/[\s,]/g, '').replace(/^约/, '');
  if (text === '' || saysNothing(text)) return undefined;
  const found = /^(\d+(?:\.\d+)?)(亩|公顷|平方米|㎡|m2|平方公里|万平方米|hm2|ha)?$/i.exec(text);
  if (found?.[1] === undefined) return refused(place, cell, 'ledger.area_unreadable');
  const unit = found[2]?.toLowerCase() ?? /公顷|平方公里|万平方米|平方米|㎡|亩/.exec(heading)?.[0] ?? '亩';
  const factor = unit === '公顷' || unit === 'ha' || unit === 'hm2' ? 15 : unit === '平方公里' ? 1500 : unit === '万平方米' ? 15 : unit === '亩' ? 1 : 15 / 10_000;
  return Math.round(Number(found[1]) * factor * 10_000) / 10_000;
}

export function whenValue(cell: SheetCell, order: DateOrder | null, place: CellPlace): When | undefined {
  if (broken(cell, place)) return undefined;
  if (cell.kind === 'date') {
    // The reader has worked out the day already: it begins the text.
    const day = cell.text.slice(0, 10);
    const time = cell.text.length > 10 ? hourIn(cell.text) : undefined;
    return { kind: 'day', from: day, to: day, text: cell.text, ...(time === undefined ? {} : { time }) };
  }
  if (cell.kind === 'number' && cell.number !== null) return numberAsWhen(cell, cell.number, place);
  const read = parseWhen(cell.text, { order, year: place.year });
  if (read.ok) return place.asShown && LOST_ZERO.test(cell.text.trim()) ? lostZero(cell, place) : read.when;
  switch (read.reason) {
    case 'empty':
      return undefined;
    case 'undecided':
      return warned(place, cell, 'ledger.undecided');
    case 'status':
      // 未开工 under 实际开工 is an empty date, well said; 已开工 lacks its day.
      return /^(?:未|尚未)/.test(cell.text.trim()) ? undefined : warned(place, cell, 'ledger.when_status');
    case 'ambiguous':
      return refused(place, cell, 'ledger.when_ambiguous', { readings: read.readings.map((when) => when.from) });
    case 'needs_year':
    case 'impossible':
    case 'not_date':
      return refused(place, cell, `ledger.when_${read.reason}`);
    default:
      return read.reason satisfies never;
  }
}

const LOST_ZERO = /^(?:19|20)\d{2}\.1$/;

function lostZero(cell: SheetCell, place: CellPlace): undefined {
  return refused(place, cell, 'ledger.when_lost_zero', { year: cell.text.trim().slice(0, 4) });
}

/**
 * 2023, 202310 and 45200 without a date format. The number 2023.1 may be January or an October that lost its nought; as text it can only
 * be January, since a workbook's text keeps its noughts.
 */
function numberAsWhen(cell: SheetCell, value: number, place: CellPlace): When | undefined {
  if (LOST_ZERO.test(cell.text)) return lostZero(cell, place);
  const read = parseWhen(cell.text, { year: place.year });
  if (read.ok) return read.when;
  if (value >= 20_000 && value <= 80_000) {
    const when = dayFrom(value, cell, place);
    if (when !== undefined) place.warn(noteAt(place, cell.text, 'ledger.when_serial', { day: when.from }));
    return when;
  }
  return value === 0 ? undefined : refused(place, cell, 'ledger.when_not_date');
}

function dayFrom(serial: number, cell: SheetCell, place: CellPlace): When | undefined {
  const day = dayOfSerial(serial, place.date1904);
  return day === undefined ? refused(place, cell, 'ledger.when_impossible') : { kind: 'day', from: day, to: day, text: cell.text };
}

export function levelValue(cell: SheetCell, place: CellPlace): Level | undefined {
  const text = folded(cell.text);
  if (text === '' || saysNothing(text)) return undefined;
  const found = new Set<Level>();
  if (/省|provincial/.test(text)) found.add('provincial');
  if (/市|municipal/.test(text)) found.add('municipal');
  if (/县|county/.test(text)) found.add('county');
  if (/示范区|开发区|园区|^区|zone/.test(text)) found.add('zone');
  const [first] = found;
  if (first === undefined) return refused(place, cell, 'ledger.choice_unknown');
  // 省、市重点 is on both lists: it counts on the higher one.
  if (found.size > 1) place.warn(noteAt(place, cell.text, 'ledger.level_both', { level: first }));
  return first;
}

export function natureValue(cell: SheetCell, place: CellPlace): Nature | undefined {
  const text = folded(cell.text);
  if (text === '' || saysNothing(text)) return undefined;
  if (/竣工|完工|completing/.test(text)) return 'completing';
  if (/续建|在建|结转|continuing/.test(text)) return 'continuing';
  if (/前期|储备|预备|谋划|preliminary/.test(text)) return 'preliminary';
  if (/新开工|新建|拟开工|计划开工|^新|^new/.test(text)) return 'new';
  return refused(place, cell, 'ledger.choice_unknown');
}

export function lightValue(cell: SheetCell, place: CellPlace): Light | undefined {
  const text = folded(cell.text);
  if (text === '' || saysNothing(text)) return undefined;
  if (/红|red/.test(text)) return 'red';
  if (/橙|orange/.test(text)) return 'orange';
  if (/黄|yellow|amber/.test(text)) return 'yellow';
  if (/绿|green|正常/.test(text)) return 'green';
  return refused(place, cell, 'ledger.choice_unknown');
}

export function yesNoValue(cell: SheetCell, place: CellPlace): boolean | undefined {
  const text = folded(cell.text);
  if (text === '') return undefined;
  if (/^(?:否|未|不|无|没|×|✗|✘|x$|n$|no|false|0$|[-—/]+$)/.test(text)) return false;
  if (/^(?:是|已|有|√|✓|✔|y$|yes|true|1$|入统|纳统|入库)/.test(text)) return true;
  return refused(place, cell, 'ledger.yesno_unknown');
}

export function yearValue(cell: SheetCell, place: CellPlace): number | undefined {
  const found = /^(?:19|20)\d{2}(?=年?度?$)/.exec(narrow(cell.text).trim());
  if (found !== null) return Number(found[0]);
  return cell.text.trim() === '' || saysNothing(cell.text) ? undefined : refused(place, cell, 'ledger.year_unreadable');
}

/** GB/T 40058: YYMM-region-department-type-random and check; older: year-region-industry-type-serial. Only ever warned about. */
export function codeValue(cell: SheetCell, place: CellPlace): string | undefined {
  const text = textValue(cell, place);
  if (text === undefined || saysNothing(text)) return undefined;
  const code = narrow(text).replace(/\s+/g, '').replace(/[—–－]/g, '-').toUpperCase();
  if (cell.kind === 'number' && code.length > 15) place.warn(noteAt(place, cell.text, 'ledger.code_digits_lost'));
  const shape = /^(\d{4})-(\d{6})-(\d{2})-(\d{2})-(\d{6})$/.exec(code);
  if (shape === null) place.warn(noteAt(place, cell.text, 'ledger.code_shape'));
  else if (!/^(?:19|20)\d{2}$/.test(shape[1] ?? '') && !checkDigitAgrees(code)) place.warn(noteAt(place, cell.text, 'ledger.code_check'));
  return code;
}

/** ISO 7064 MOD 11,10 over the digits; agreed with by the one published sample, hence a warning at most. */
export function checkDigitAgrees(code: string): boolean {
  const digits = code.replace(/\D/g, '');
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (product + Number(digits[digits.length - 1] ?? 0)) % 10 === 1;
}

/** #REF! and the like hold nothing that could be meant. */
function broken(cell: SheetCell, place: CellPlace): boolean {
  if (cell.kind !== 'error') return false;
  refused(place, cell, 'ledger.cell_error');
  return true;
}

function refused(place: CellPlace, cell: SheetCell, code: string, details?: Readonly<Record<string, unknown>>): undefined {
  place.refuse(noteAt(place, cell.text, code, details));
  return undefined;
}

function warned(place: CellPlace, cell: SheetCell, code: string): undefined {
  place.warn(noteAt(place, cell.text, code));
  return undefined;
}
