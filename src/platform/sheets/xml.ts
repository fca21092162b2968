// The least XML that a workbook needs: tags, attributes, text, read piece by piece. It knows no DTD: a document that brings one
// is refused, so that there are no entities to expand and nothing outside to fetch.
import { StringDecoder } from 'node:string_decoder';
import { refuse } from '../../kernel/refuse.ts';

export interface XmlEvents {
  /** `attributes` is the raw inside of the tag: read it with `attribute`. */
  open(name: string, attributes: string, empty: boolean): void;
  close(name: string): void;
  /** Raw text, entities not yet resolved (see `unescaped`), or the inside of CDATA (`literal`). */
  text(raw: string, literal: boolean): void;
}

/** Longest token: a tag or a run of text. A cell holds 32,767 characters, each at most 10 when escaped. */
const MAX_TOKEN = 1_000_000;

export class XmlReader {
  private rest = '';
  private first = true;
  private readonly decoder = new StringDecoder('utf8');
  private readonly events: XmlEvents;

  constructor(events: XmlEvents) {
    this.events = events;
  }

  push(chunk: Buffer): void {
    let piece = this.decoder.write(chunk);
    if (this.first && piece !== '') {
      if ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff)) refuse('ledger.damaged_file', { reason: 'xml_encoding' });
      if (piece.charCodeAt(0) === 0xfeff) piece = piece.slice(1);
      this.first = false;
    }
    this.rest = this.scan(this.rest === '' ? piece : this.rest + piece);
    if (this.rest.length > MAX_TOKEN) refuse('ledger.damaged_file', { reason: 'xml_token_too_long' });
  }

  end(): void {
    if (this.rest.trim() !== '') refuse('ledger.damaged_file', { reason: 'xml_cut_off' });
  }

  /** Reports every complete token and gives back what is left over. */
  private scan(text: string): string {
    const { events } = this;
    let at = 0;
    for (;;) {
      const open = text.indexOf('<', at);
      if (open < 0) return text.slice(at);
      const next = text.charCodeAt(open + 1);
      if (next === 33 /* ! */) {
        const after = this.declaration(text, at, open);
        if (after < 0) return text.slice(at);
        at = after;
        continue;
      }
      let close = text.indexOf('>', open + 1);
      while (close >= 0 && quoteOpen(text, open, close)) close = text.indexOf('>', close + 1);
      if (close < 0) return text.slice(at);
      if (open > at) events.text(text.slice(at, open), false);
      if (next === 47 /* / */) {
        events.close(local(text.slice(open + 2, close)));
      } else if (next !== 63 /* ? */) {
        const empty = text.charCodeAt(close - 1) === 47;
        let end = open + 1;
        for (let code = next; end < close && code !== 32 && code !== 47 && code > 13; code = text.charCodeAt(end)) end += 1;
        const name = local(text.slice(open + 1, end));
        events.open(name, text.slice(end, empty ? close - 1 : close), empty);
        if (empty) events.close(name);
      }
      at = close + 1;
    }
  }

  /** Comments are passed over, CDATA is text, anything else that begins with an exclamation mark is a DTD. */
  private declaration(text: string, at: number, open: number): number {
    if (text.length - open < 9 && '<![CDATA['.startsWith(text.slice(open)) || text.length - open < 4) return -1;
    if (text.startsWith('<!--', open)) {
      const close = text.indexOf('-->', open + 4);
      if (close < 0) return -1;
      if (open > at) this.events.text(text.slice(at, open), false);
      return close + 3;
    }
    if (!text.startsWith('<![CDATA[', open)) refuse('ledger.xml_entities');
    const close = text.indexOf(']]>', open + 9);
    if (close < 0) return -1;
    if (open > at) this.events.text(text.slice(at, open), false);
    this.events.text(text.slice(open + 9, close), true);
    return close + 3;
  }
}

/** True when the > at `close` stands inside an attribute's value. */
function quoteOpen(text: string, open: number, close: number): boolean {
  const last = text.charCodeAt(close - 1) === 47 ? close - 2 : close - 1;
  // The usual tag ends with the closing quote of its last attribute: no need to count.
  if (text.charCodeAt(last) === 34 && text.charCodeAt(last - 1) !== 61) return false;
  let odd = false;
  for (let i = open; i < close; i += 1) if (text.charCodeAt(i) === 34) odd = !odd;
  return odd;
}

/** Name without its namespace prefix: some programs write <x:row>. */
function local(name: string): string {
  const colon = name.indexOf(':');
  const bare = colon < 0 ? name : name.slice(colon + 1);
  const last = bare.charCodeAt(bare.length - 1);
  return last <= 32 ? bare.trimEnd() : bare;
}

/** One attribute by its full name, resolved; undefined where it is absent. */
export function attribute(attributes: string, name: string): string | undefined {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1);
    if (before > 32) continue;
    let from = at + name.length;
    while (attributes.charCodeAt(from) <= 32) from += 1;
    if (attributes.charCodeAt(from) !== 61) continue;
    from += 1;
    while (attributes.charCodeAt(from) <= 32) from += 1;
    const quote = attributes[from];
    if (quote !== '"' && quote !== "'") continue;
    const to = attributes.indexOf(quote, from + 1);
    return to < 0 ? undefined : unescaped(attributes.slice(from + 1, to));
  }
  return undefined;
}

/** Resolves the five entities and numeric references. Any other entity means a DTD that we do not have. */
export function unescaped(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]\w*);/gi, (found, name: string) => {
    const known = NAMED[name];
    if (known !== undefined) return known;
    if (!name.startsWith('#')) refuse('ledger.xml_entities', { entity: name.slice(0, 20) });
    const code = name[1] === 'x' || name[1] === 'X' ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
  });
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads a small document that is held as a whole. */
export function readXml(text: string, open: (name: string, attributes: string) => void): void {
  const reader = new XmlReader({ open, close: () => undefined, text: () => undefined });
  reader.push(Buffer.from(text));
  reader.end();
}
