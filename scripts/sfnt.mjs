// Files of typefaces as tables: a .woff unpacked, pieces of one TrueType typeface put together. Knows only what those need; whatever does
// shaping (ligatures, kerning) is left behind, for Chinese is set character by character.
import { inflateSync } from 'node:zlib';

/** A .woff holds each table packed by zlib. */
export function unpackedWoff(woff) {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a .woff');
  const tables = new Map();
  for (let at = 44, n = woff.readUInt16BE(12); n > 0; n -= 1, at += 20) {
    const [offset, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(at + field));
    const bytes = woff.subarray(offset, offset + packed);
    tables.set(woff.toString('latin1', at, at + 4), packed < length ? inflateSync(bytes) : bytes);
  }
  return written(tables, woff.readUInt32BE(4));
}

/** One typeface out of pieces of it: of a character in two pieces the first counts. */
export function glyphsMerged(pieces, { name, weight }) {
  const opened = pieces.map(openPiece);
  const [first] = opened;
  const glyphs = [];
  const characters = new Map();
  const add = (piece, id) => {
    const known = piece.placed.get(id);
    if (known !== undefined) return known;
    const place = glyphs.length;
    piece.placed.set(id, place);
    glyphs.push(undefined);
    const outline = outlineOf(piece, id);
    if (outline.length > 0 && outline.readInt16BE(0) < 0) forEachComponent(outline, (at) => outline.writeUInt16BE(add(piece, outline.readUInt16BE(at)), at));
    glyphs[place] = { outline, ...metricsOf(piece, id) };
    return place;
  };
  add(first, 0);
  for (const piece of opened) for (const [character, id] of piece.characters) if (!characters.has(character)) characters.set(character, add(piece, id));
  if (glyphs.length > 0xffff) throw new Error(`${name} has ${glyphs.length} glyphs; a file holds 65535`);
  return written(tablesOf({ opened, glyphs, characters, name, weight }), 0x00010000);
}

function openPiece(bytes) {
  const file = Buffer.from(bytes);
  const tables = new Map();
  for (let at = 12, n = file.readUInt16BE(4); n > 0; n -= 1, at += 16) {
    tables.set(file.toString('latin1', at, at + 4), file.subarray(file.readUInt32BE(at + 8), file.readUInt32BE(at + 8) + file.readUInt32BE(at + 12)));
  }
  for (const tag of ['head', 'hhea', 'hmtx', 'maxp', 'loca', 'glyf', 'cmap', 'OS/2']) if (!tables.has(tag)) throw new Error(`a piece has no ${tag}`);
  return { tables, placed: new Map(), characters: codePointsOf(tables.get('cmap')) };
}

/** Character to glyph, of the widest map that there is. */
function codePointsOf(cmap) {
  const found = new Map();
  for (let n = cmap.readUInt16BE(2), at = 4; n > 0; n -= 1, at += 8) {
    const table = cmap.subarray(cmap.readUInt32BE(at + 4));
    const format = table.readUInt16BE(0);
    if (format === 12) readGroups(table, found);
    else if (format === 4) readSegments(table, found);
  }
  return [...found].filter(([, id]) => id !== 0).sort(([a], [b]) => a - b);
}

function readGroups(table, found) {
  for (let n = table.readUInt32BE(12), at = 16; n > 0; n -= 1, at += 12) {
    const [start, end, id] = [0, 4, 8].map((field) => table.readUInt32BE(at + field));
    for (let character = start; character <= end; character += 1) found.set(character, id + character - start);
  }
}

function readSegments(table, found) {
  const twice = table.readUInt16BE(6);
  for (let at = 14; at < 14 + twice; at += 2) {
    const end = table.readUInt16BE(at);
    const start = table.readUInt16BE(at + twice + 2);
    const delta = table.readUInt16BE(at + 2 * twice + 2);
    const range = table.readUInt16BE(at + 3 * twice + 2);
    for (let character = start; character <= end && character < 0xffff; character += 1) {
      const id = range === 0 ? character : table.readUInt16BE(at + 3 * twice + 2 + range + 2 * (character - start));
      if (range === 0 || id !== 0) found.set(character, (id + delta) & 0xffff);
    }
  }
}

function outlineOf({ tables }, id) {
  const long = tables.get('head').readInt16BE(50) === 1;
  const place = (at) => (long ? tables.get('loca').readUInt32BE(4 * at) : 2 * tables.get('loca').readUInt16BE(2 * at));
  return Buffer.from(tables.get('glyf').subarray(place(id), place(id + 1)));
}

/** Calls for where the number of each component stands. */
function forEachComponent(outline, act) {
  for (let at = 10; ;) {
    const flags = outline.readUInt16BE(at);
    act(at + 2);
    at += 4 + ((flags & 1) !== 0 ? 4 : 2) + ((flags & 8) !== 0 ? 2 : (flags & 0x40) !== 0 ? 4 : (flags & 0x80) !== 0 ? 8 : 0);
    if ((flags & 0x20) === 0) return;
  }
}

function metricsOf({ tables }, id) {
  const metrics = tables.get('hmtx');
  const last = tables.get('hhea').readUInt16BE(34) - 1;
  return { advance: metrics.readUInt16BE(4 * Math.min(id, last)), bearing: id <= last ? metrics.readInt16BE(4 * id + 2) : metrics.readInt16BE(4 * (last + 1) + 2 * (id - last - 1)) };
}

function tablesOf({ opened, glyphs, characters, name, weight }) {
  const [first] = opened;
  const places = Buffer.alloc(4 * (glyphs.length + 1));
  const metrics = Buffer.alloc(4 * glyphs.length);
  const outlines = [];
  let offset = 0;
  for (const [at, { outline, advance, bearing }] of glyphs.entries()) {
    places.writeUInt32BE(offset, 4 * at);
    metrics.writeUInt16BE(advance, 4 * at);
    metrics.writeInt16BE(bearing, 4 * at + 2);
    outlines.push(outline, Buffer.alloc((4 - (outline.length % 4)) % 4));
    offset += outline.length + ((4 - (outline.length % 4)) % 4);
  }
  places.writeUInt32BE(offset, 4 * glyphs.length);
  const head = Buffer.from(first.tables.get('head'));
  head.writeInt16BE(1, 50);
  for (const [field, choose] of [[36, Math.min], [38, Math.min], [40, Math.max], [42, Math.max]]) head.writeInt16BE(choose(...opened.map(({ tables }) => tables.get('head').readInt16BE(field))), field);
  const hhea = Buffer.from(first.tables.get('hhea'));
  hhea.writeUInt16BE(glyphs.length, 34);
  const maxp = Buffer.from(first.tables.get('maxp'));
  for (let field = 6; field + 2 <= maxp.length; field += 2) maxp.writeUInt16BE(Math.max(...opened.map(({ tables }) => tables.get('maxp').readUInt16BE(field))), field);
  maxp.writeUInt16BE(glyphs.length, 4);
  const os2 = Buffer.from(first.tables.get('OS/2'));
  os2.writeUInt16BE(weight, 4);
  const post = Buffer.alloc(32);
  post.writeUInt32BE(0x00030000, 0);
  return new Map([['OS/2', os2], ['cmap', mapTable(characters)], ['glyf', Buffer.concat(outlines)], ['head', head], ['hhea', hhea], ['hmtx', metrics], ['loca', places], ['maxp', maxp], ['name', nameTable(name)], ['post', post]]);
}

function mapTable(characters) {
  const groups = [];
  for (const [character, id] of [...characters].sort(([a], [b]) => a - b)) {
    const last = groups.at(-1);
    if (last !== undefined && character === last.end + 1 && id === last.id + (character - last.start)) last.end = character;
    else groups.push({ start: character, end: character, id });
  }
  const table = Buffer.alloc(28 + 12 * groups.length);
  [[2, 1], [4, 3], [6, 10], [12, 12]].forEach(([at, value]) => table.writeUInt16BE(value, at));
  [[8, 12], [16, 16 + 12 * groups.length], [24, groups.length]].forEach(([at, value]) => table.writeUInt32BE(value, at));
  groups.forEach(({ start, end, id }, n) => [start, end, id].forEach((value, field) => table.writeUInt32BE(value, 28 + 12 * n + 4 * field)));
  return table;
}

/** A name of our own: what is changed may not bear the name that its makers reserved. */
function nameTable(name) {
  const texts = [[0, 'Put together from Noto CJK, (c) Adobe and Google'], [1, name], [2, 'Regular'], [4, name], [6, name.replaceAll(' ', '')], [13, 'SIL Open Font License 1.1']].map(([id, text]) => [id, Buffer.from(text, 'utf16le').swap16()]);
  const head = Buffer.alloc(6 + 12 * texts.length);
  head.writeUInt16BE(texts.length, 2);
  head.writeUInt16BE(head.length, 4);
  let offset = 0;
  texts.forEach(([id, text], n) => {
    [3, 1, 0x409, id, text.length, offset].forEach((value, field) => head.writeUInt16BE(value, 6 + 12 * n + 2 * field));
    offset += text.length;
  });
  return Buffer.concat([head, ...texts.map(([, text]) => text)]);
}

function written(tables, version) {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const power = Math.floor(Math.log2(sorted.length));
  const head = Buffer.alloc(12 + 16 * sorted.length);
  head.writeUInt32BE(version, 0);
  [sorted.length, 16 * 2 ** power, power, 16 * (sorted.length - 2 ** power)].forEach((value, n) => head.writeUInt16BE(value, 4 + 2 * n));
  const parts = [head];
  let offset = head.length;
  for (const [n, [tag, bytes]] of sorted.entries()) {
    const at = 12 + 16 * n;
    head.write(tag, at, 'latin1');
    const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
    [sumOf(padded), offset, bytes.length].forEach((value, field) => head.writeUInt32BE(value, at + 4 + 4 * field));
    parts.push(padded);
    offset += padded.length;
  }
  return Buffer.concat(parts);
}

function sumOf(bytes) {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
}
