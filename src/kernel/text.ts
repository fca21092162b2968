// Text as people type it: full-width forms, invisible characters, folding for comparison. Pure, no dictionaries.
// Never used to change what is stored without saying so: the callers report each change.

/** Full-width letters, digits and ASCII punctuation, and the ideographic space, to their half-width forms. */
export function narrow(text: string): string {
  return WIDE.test(text) ? text.replace(WIDE_ALL, (char) => (char === '\u3000' ? ' ' : String.fromCharCode(char.charCodeAt(0) - 0xfee0))) : text;
}

const WIDE = /[\uff01-\uff5e\u3000]/;
const WIDE_ALL = /[\uff01-\uff5e\u3000]/g;

/** Full-width letters and digits only; Chinese punctuation stays as it is. */
export function narrowWords(text: string): string {
  return text.replace(/[０-９Ａ-Ｚａ-ｚ]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
}

/** Characters that take room in a string but none on paper. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g;

const BLANK = /[\s\u00a0\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/;

/** White space and invisible characters off both ends. */
export function trimmed(text: string): string {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  // Almost every cell begins and ends with an ordinary character: look before using an expression.
  if (first > 0x20 && last > 0x20 && first !== 0xa0 && first !== 0xad && first < 0xd800 && last < 0xd800 && last !== 0xa0 && last !== 0xad
    && (first < 0x2000 || first > 0x206f) && (last < 0x2000 || last > 0x206f) && first !== 0x3000 && last !== 0x3000) return text;
  let from = 0;
  let to = text.length;
  while (from < to && BLANK.test(text.charAt(from))) from += 1;
  while (to > from && BLANK.test(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

/** For comparing headings and names: half width, no space, no invisible characters, lower case, brackets of one kind. */
export function folded(text: string): string {
  return narrow(text).replace(INVISIBLE, '').replace(/[\s\u00a0]+/g, '').replace(/[【〔［]/g, '(').replace(/[】〕］]/g, ')').toLowerCase();
}

/** True when the text holds a Chinese character. */
export function hasHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** Replaces halves of surrogate pairs that stand alone (they cannot be stored as UTF-8) and NUL. */
export function wellFormed(text: string): string {
  // eslint-disable-next-line no-control-regex -- NUL cannot be stored in PostgreSQL text
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\u0000/g, '\ufffd');
}
