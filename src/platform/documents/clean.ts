// Text of people made fit for a page: what no page and no XML can hold is taken out, nothing else is changed. Must never let a character
// pass that turns the direction of what stands around it.
import { wellFormed } from '../../kernel/text.ts';

/** Controls, marks of direction, byte order marks, what is no character; a tab is a blank. Line breaks stay. */
// eslint-disable-next-line no-control-regex -- these are what must go
const UNFIT = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]|[\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{e0000}-\u{e007f}\u{f0000}-\u{10ffff}]/gu;

export function clean(text: string): string {
  return wellFormed(text).replace(/\r\n?|[\u2028\u2029\u000b\u000c\u0085]/g, '\n').replace(/\t/g, ' ').replace(UNFIT, '');
}

/** Its lines, empty ones left out. */
export function linesOf(text: string): string[] {
  return clean(text).split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

/** On one line. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s*\n\s*/g, ' ').trim();
}
