// Which characters the files of typefaces have pictures for. Reads the character maps alone (formats 4 and 12); a file that is none has none.

export function coverageOf(files: readonly Uint8Array[]): (codePoint: number) => boolean {
  const ranges: [number, number][] = [];
  for (const file of files) {
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    try {
      for (const at of fontsIn(view)) readFont(view, at, ranges);
    } catch (error) {
      // What a file says of itself may lie beyond its end.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  const joined = merged(ranges);
  return (codePoint) => within(joined, codePoint);
}

/** A collection holds several. */
function fontsIn(view: DataView): number[] {
  if (view.getUint32(0) !== 0x74746366) return [0];
  return Array.from({ length: Math.min(64, view.getUint32(8)) }, (_none, n) => view.getUint32(12 + 4 * n));
}

function readFont(view: DataView, start: number, ranges: [number, number][]): void {
  for (let n = view.getUint16(start + 4), at = start + 12; n > 0; n -= 1, at += 16) {
    if (view.getUint32(at) !== 0x636d6170) continue;
    const map = view.getUint32(at + 8);
    for (let k = view.getUint16(map + 2), entry = map + 4; k > 0; k -= 1, entry += 8) {
      const table = map + view.getUint32(entry + 4);
      const format = view.getUint16(table);
      if (format === 12) readGroups(view, table, ranges);
      else if (format === 4) readSegments(view, table, ranges);
    }
  }
}

function readGroups(view: DataView, table: number, ranges: [number, number][]): void {
  for (let n = view.getUint32(table + 12), at = table + 16; n > 0; n -= 1, at += 12) ranges.push([view.getUint32(at), view.getUint32(at + 4)]);
}

/** Segments name holes by glyph 0; what is in none is not looked for singly where the segment has no list. */
function readSegments(view: DataView, table: number, ranges: [number, number][]): void {
  const twice = view.getUint16(table + 6);
  for (let at = table + 14; at < table + 14 + twice; at += 2) {
    const end = view.getUint16(at);
    const start = view.getUint16(at + twice + 2);
    const list = at + 3 * twice + 2;
    const offset = view.getUint16(list);
    if (start === 0xffff) continue;
    if (offset === 0) ranges.push([start, end]);
    else for (let code = start; code <= end; code += 1) if (view.getUint16(list + offset + 2 * (code - start)) !== 0) ranges.push([code, code]);
  }
}

function merged(ranges: [number, number][]): [number, number][] {
  const joined: [number, number][] = [];
  for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last[1] + 1) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

function within(ranges: readonly (readonly [number, number])[], code: number): boolean {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[1] ?? 0) < code) low = middle + 1;
    else high = middle;
  }
  return (ranges[low]?.[0] ?? Infinity) <= code;
}
