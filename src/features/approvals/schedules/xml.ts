// A small reader of XML for files that strangers send: elements and their text, nothing else. Never resolves anything: a DOCTYPE is
// refused, the five named entities and numbers are all that an ampersand may begin, and depth, count and length are bounded.
import { refuse } from '../../../kernel/refuse.ts';
import { MOST_DEPTH, MOST_ELEMENTS, MOST_TEXT } from './limits.ts';

export interface Listener {
  /** An element begins; its name without a prefix. Attributes are read over. */
  open(name: string, depth: number): void;
  /** It ends; `text` is what stood directly in it, blanks at both ends taken off. */
  close(name: string, depth: number, text: string): void;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const NAME = /[\p{L}_][\p{L}\p{N}_.:-]*/uy;
/** 1 for ASCII letters, digits and _ . : - */
const PLAIN = Uint8Array.from({ length: 128 }, (_, code) => (/[\w.:-]/.test(String.fromCharCode(code)) ? 1 : 0));
const ATTRIBUTE = /\s+[\p{L}_][\p{L}\p{N}_.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*')/uy;
const END = /\s*(\/?)>/y;

/**
 * Reads a whole document and tells a listener. The root has depth 1. Refuses `schedules.bad_xml` with the line where the text is no XML or
 * is cut off, `schedules.doctype`, and `schedules.xml_bounds` with what is too much.
 */
export function readXml(text: string, listener: Listener): void {
  const names: string[] = [];
  const texts: string[] = [];
  let elements = 0;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let ended = false;
  for (;;) {
    const next = text.indexOf('<', at);
    if (next < 0) break;
    if (next > at) words(text, at, next, texts, names.length === 0);
    at = next + 1;
    const mark = text.charCodeAt(at);
    if (mark === 0x2f) {
      const name = nameAt(text, at + 1);
      const end = shut(text, at + 1 + name.length);
      if (names.pop() !== name) bad(text, at);
      listener.close(local(name), names.length + 1, (texts.pop() ?? '').trim());
      if (names.length === 0) ended = true;
      at = end;
    } else if (mark === 0x21 || mark === 0x3f) at = aside(text, at, texts);
    else {
      if (ended) bad(text, at);
      const name = nameAt(text, at);
      if ((elements += 1) > MOST_ELEMENTS) refuse('schedules.xml_bounds', { what: 'elements', limit: MOST_ELEMENTS });
      if (names.length >= MOST_DEPTH) refuse('schedules.xml_bounds', { what: 'depth', limit: MOST_DEPTH });
      const { end, empty } = head(text, at + name.length);
      listener.open(local(name), names.length + 1);
      if (empty) {
        listener.close(local(name), names.length + 1, '');
        if (names.length === 0) ended = true;
      } else {
        names.push(name);
        texts.push('');
      }
      at = end;
    }
  }
  if (!ended) bad(text, text.length);
  if (text.slice(at).trim() !== '') bad(text, at);
}

function words(text: string, from: number, to: number, texts: string[], outside: boolean): void {
  const piece = text.slice(from, to);
  if (outside) {
    if (piece.trim() !== '') bad(text, from);
    return;
  }
  append(texts, piece.includes('&') ? resolved(piece, text, from) : piece);
}

function append(texts: string[], piece: string): void {
  const place = texts.length - 1;
  const held = texts[place] ?? '';
  if (held.length + piece.length > MOST_TEXT) refuse('schedules.xml_bounds', { what: 'text', limit: MOST_TEXT });
  texts[place] = held + piece;
}

/** Only entities that mean one character: nothing can grow. */
function resolved(piece: string, text: string, from: number): string {
  return piece.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));|&/g, (_whole, named?: string, decimal?: string, hex?: string) => {
    if (named !== undefined) return ENTITIES[named] ?? '';
    const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : 0;
    if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) bad(text, from);
    return String.fromCodePoint(code);
  });
}

/** Comments, instructions and CDATA; the place after them. */
function aside(text: string, at: number, texts: string[]): number {
  if (text.startsWith('!--', at)) return after(text, '-->', at + 3);
  if (text.startsWith('?', at)) return after(text, '?>', at + 1);
  if (text.startsWith('![CDATA[', at)) {
    const end = after(text, ']]>', at + 8);
    if (texts.length === 0) bad(text, at);
    append(texts, text.slice(at + 8, end - 3));
    return end;
  }
  return /^!DOCTYPE/i.test(text.slice(at, at + 8)) ? refuse('schedules.doctype') : bad(text, at);
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? bad(text, text.length) : found + mark.length;
}

function nameAt(text: string, at: number): string {
  // Almost every name is of plain letters.
  let end = at;
  while (PLAIN[text.charCodeAt(end)] === 1) end += 1;
  if (end > at && text.charCodeAt(end) < 128 && text.charCodeAt(at) > 64) return text.slice(at, end);
  NAME.lastIndex = at;
  return NAME.exec(text)?.[0] ?? bad(text, at);
}

function head(text: string, from: number): { end: number; empty: boolean } {
  let at = from;
  // Almost every element has no attribute.
  while (text.charCodeAt(at) !== 0x3e) {
    ATTRIBUTE.lastIndex = at;
    if (!ATTRIBUTE.test(text)) break;
    at = ATTRIBUTE.lastIndex;
  }
  END.lastIndex = at;
  const found = END.exec(text);
  return found === null ? bad(text, at) : { end: END.lastIndex, empty: found[1] === '/' };
}

function shut(text: string, at: number): number {
  if (text.charCodeAt(at) === 0x3e) return at + 1;
  END.lastIndex = at;
  const found = END.exec(text);
  return found === null || found[1] === '/' ? bad(text, at) : END.lastIndex;
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function bad(text: string, at: number): never {
  let line = 1;
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line += 1;
  return refuse(at >= text.length ? 'schedules.cut_off' : 'schedules.bad_xml', { line });
}
