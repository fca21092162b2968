// Mends text that a crawler or a converter damaged: traditional characters strewn over simplified text, pinyin in brackets,
// doubled punctuation. Only where damage is seen, always saying what was done: an honest name, however odd, is left alone.
import { Converter } from 'opencc-js/t2cn';
import { hasHan, narrowWords } from '../../../kernel/text.ts';

/** What was changed; texts under ledger:change.*. */
export type Change = 'pinyin' | 'punctuation' | 'traditional' | 'width' | 'space' | 'line_break';

export interface Cleaned {
  readonly text: string;
  readonly changes: readonly Change[];
}

/** For names: outer spaces, and line breaks that were set by hand to make a cell narrower, go too. */
export function cleanName(text: string): Cleaned {
  const joined = /[\r\n]/.test(text) ? stripped(text, (code) => code === 0x0a || code === 0x0d).replace(/[\r\n]+[ \t]*/g, (found, at: number, whole: string) => (wide(whole[at - 1]) || wide(whole[at + found.length]) || whole[at - 1] === ' ' ? '' : ' ')) : text;
  const cleaned = cleanText(joined);
  return joined === text || joined === '' ? cleaned : { text: cleaned.text, changes: ['line_break', ...cleaned.changes] };
}

export function cleanText(text: string): Cleaned {
  if (text.length < 2 || plain(text)) return { text, changes: [] };
  const changes: Change[] = [];
  const step = (change: Change, next: string) => {
    if (next === kept) return;
    kept = next;
    changes.push(change);
  };
  let kept = text;
  const crawled = has(PINYIN, text) || (hasHan(text) && has(DOUBLED, text));
  if (crawled || mixed(text)) {
    step('pinyin', kept.replace(PINYIN, '$1'));
    step('punctuation', kept.replace(DOUBLED, (_, before: string, run: string) => before + (run[run.length - 1] ?? '')));
    step('traditional', crawled ? tables().convert(kept) : simplified(kept));
    step('width', narrowWords(kept));
  }
  const bare = stripped(kept, outer);
  if (bare.replace(/[\s\u0085\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g, '') !== '') step('space', bare);
  return { text: kept, changes };
}

/** A Chinese character and its reading, with the tone marked: 濟(jì). Without a tone it may be a name: 项目(pvc). */
const PINYIN = /(\p{Script=Han})[(（](?=[a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ])[a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]{1,7}[)）]/gu;
/** A comma too many before a mark, after a Chinese character or what may end a Chinese clause. */
const DOUBLED = /([\p{Script=Han}\d%）)”》」个亿万元])[,，]+([,，。、；：！？;])/gu;

function has(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}

/** Nearly every cell: neither spaces outside nor anything that a cleaning could touch. */
function plain(text: string): boolean {
  const { oddAt } = tables();
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 0x4dff && code < 0xa000) {
      if (oddAt[code - 0x4e00] === 1) return false;
    } else if (code === 0x2c || code === 0xff0c || code === 0x28 || code === 0xff08) return false;
  }
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  return !outer(first) && !outer(last);
}

/** Without what stands outside; a loop, because a pattern would look at long runs of blanks again and again. */
function stripped(text: string, isOutside: (code: number) => boolean): string {
  let from = 0;
  let to = text.length;
  while (from < to && isOutside(text.charCodeAt(from))) from += 1;
  while (to > from && isOutside(text.charCodeAt(to - 1))) to -= 1;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}

function outer(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d || code === 0xa0 || code === 0x3000 || code === 0x200b || code === 0x2060 || code === 0xfeff;
}

/** Traditional characters among characters that exist only in simplified writing. */
function mixed(text: string): boolean {
  let traditional = false;
  let simple = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (tables().odd.has(code)) traditional = true;
    else if (tables().simple.has(code)) simple = true;
  }
  return traditional && simple;
}

/** Without other damage only characters that the simplified standard (GB 2312) does not have are changed: 乾坤 and 瞭望 stay. */
function simplified(text: string): string {
  const converted = tables().convert(text);
  if (converted.length !== text.length) return text;
  let result = '';
  for (let i = 0; i < text.length; i += 1) result += (tables().odd.has(text.charCodeAt(i)) ? converted[i] : text[i]) ?? '';
  return result;
}

interface Tables {
  readonly convert: (text: string) => string;
  /** Characters with a simplified form that are outside GB 2312. */
  readonly odd: ReadonlySet<number>;
  /** The same by position from U+4E00, for the look at every cell. */
  readonly oddAt: Uint8Array;
  /** Characters of GB 2312 that stand for a traditional one and are outside Big5. */
  readonly simple: ReadonlySet<number>;
}

let made: Tables | undefined;

function tables(): Tables {
  made ??= makeTables();
  return made;
}

function makeTables(): Tables {
  const convert = Converter({ from: 't', to: 'cn' });
  const chars = Array.from({ length: 0x9fff - 0x4e00 + 1 }, (_, i) => String.fromCharCode(0x4e00 + i));
  const forms = convert(chars.join('\n')).split('\n');
  const gb2312 = charset('gb18030', 0xb0, 0xf7, [[0xa1, 0xfe]]);
  const big5 = charset('big5', 0xa4, 0xf9, [[0x40, 0x7e], [0xa1, 0xfe]]);
  const odd = new Set<number>();
  const simple = new Set<number>();
  chars.forEach((char, i) => {
    const form = forms[i] ?? char;
    if (form === char || gb2312.has(char)) return;
    odd.add(char.charCodeAt(0));
    if (gb2312.has(form) && !big5.has(form)) simple.add(form.charCodeAt(0));
  });
  const oddAt = new Uint8Array(chars.length + 0x200);
  for (const code of odd) oddAt[code - 0x4e00] = 1;
  return { convert, odd, oddAt, simple };
}

function charset(encoding: string, from: number, to: number, seconds: readonly (readonly [number, number])[]): Set<string> {
  const bytes: number[] = [];
  for (let first = from; first <= to; first += 1) {
    for (const [low, high] of seconds) for (let second = low; second <= high; second += 1) bytes.push(first, second);
  }
  return new Set(new TextDecoder(encoding).decode(Uint8Array.from(bytes)));
}

function wide(char: string | undefined): boolean {
  return char !== undefined && /[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’·—…]/.test(char);
}
