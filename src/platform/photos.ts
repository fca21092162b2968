// When and where a photo was taken, and how large it is, as its own bytes say. The bytes come from outside: every read is bounded,
// nothing is followed twice, damage gives less, never an exception. What it says is a hint, not a proof: anyone can write it.

export interface PhotoFacts {
  readonly width: number | null;
  readonly height: number | null;
  /** Instant, ISO UTC. */
  readonly takenAt: string | null;
  /** Degrees, WGS 84. */
  readonly lon: number | null;
  readonly lat: number | null;
}

/** As much of the file as is looked at: EXIF stands in the first 64 kB of a JPEG, its size behind some more segments. */
export const PHOTO_HEAD_BYTES = 512 * 1024;

const MAX_SEGMENTS = 300; // cameras write some dozens
const MAX_ENTRIES = 300; // of one directory; cameras write at most about 60
const NONE: PhotoFacts = { width: null, height: null, takenAt: null, lon: null, lat: null };

/** Reads the facts from the head of an image. */
export function photoFacts(head: Uint8Array, mediaType: string): PhotoFacts {
  const bytes = new Bytes(head, false);
  switch (mediaType) {
    case 'image/jpeg': return jpeg(head, bytes);
    case 'image/png': return { ...NONE, ...size(bytes.u32(16), bytes.u32(20)) };
    case 'image/gif': {
      const little = new Bytes(head, true);
      return { ...NONE, ...size(little.u16(6), little.u16(8)) };
    }
    case 'image/webp': return { ...NONE, ...webp(head) };
    default: return NONE;
  }
}

/** Walks the segments up to the picture itself: APP1 with EXIF tells time and place, a frame header the size. */
function jpeg(head: Uint8Array, bytes: Bytes): PhotoFacts {
  let found = NONE;
  let at = 2;
  for (let count = 0; count < MAX_SEGMENTS; count += 1) {
    while (bytes.u8(at) === 0xff && bytes.u8(at + 1) === 0xff) at += 1; // fill bytes
    const marker = bytes.u8(at + 1);
    const length = bytes.u16(at + 2);
    if (bytes.u8(at) !== 0xff || marker === undefined || length === undefined || length < 2 || marker === 0xda || marker === 0xd9) break;
    if (marker === 0xe1 && bytes.text(at + 4, 6) === 'Exif\u0000\u0000' && found.takenAt === null && found.lon === null) {
      found = { ...found, ...exif(head.subarray(at + 10, at + 2 + length)) };
    }
    // Start of frame: C0 to CF but for the tables C4, C8 and CC.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { ...found, ...size(bytes.u16(at + 7), bytes.u16(at + 5)) };
    }
    at += 2 + length;
  }
  return found;
}

const TAG = { exif: 0x8769, gps: 0x8825, original: 0x9003, digitized: 0x9004, offsetOriginal: 0x9011, offsetDigitized: 0x9012, latRef: 1, lat: 2, lonRef: 3, lon: 4 } as const;

/** The TIFF block of EXIF 2.32: a first directory that points to one for the camera and one for the place. */
function exif(block: Uint8Array): Partial<PhotoFacts> {
  const order = String.fromCharCode(block[0] ?? 0, block[1] ?? 0);
  if (order !== 'II' && order !== 'MM') return {};
  const bytes = new Bytes(block, order === 'II');
  if (bytes.u16(2) !== 42) return {};
  const first = directory(bytes, bytes.u32(4));
  const camera = directory(bytes, pointer(bytes, first.get(TAG.exif)));
  const place = directory(bytes, pointer(bytes, first.get(TAG.gps)));
  const takenAt = instant(ascii(bytes, camera.get(TAG.original)), ascii(bytes, camera.get(TAG.offsetOriginal)))
    ?? instant(ascii(bytes, camera.get(TAG.digitized)), ascii(bytes, camera.get(TAG.offsetDigitized)));
  const lat = degrees(bytes, place.get(TAG.lat), ascii(bytes, place.get(TAG.latRef)), 'N', 'S', 90);
  const lon = degrees(bytes, place.get(TAG.lon), ascii(bytes, place.get(TAG.lonRef)), 'E', 'W', 180);
  // 0, 0 is what a camera writes that does not know, and half a place is none.
  const known = lat !== null && lon !== null && !(lat === 0 && lon === 0);
  return { takenAt, lat: known ? lat : null, lon: known ? lon : null };
}

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where its value stands in the block. */
  readonly at: number;
}

const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };

function directory(bytes: Bytes, at: number | undefined): Map<number, Entry> {
  const entries = new Map<number, Entry>();
  const count = at === undefined ? undefined : bytes.u16(at);
  if (at === undefined || count === undefined) return entries;
  for (let i = 0; i < Math.min(count, MAX_ENTRIES); i += 1) {
    const entry = at + 2 + i * 12;
    const [tag, type, items] = [bytes.u16(entry), bytes.u16(entry + 2), bytes.u32(entry + 4)];
    if (tag === undefined || type === undefined || items === undefined) break;
    const long = (TYPE_BYTES[type] ?? 0) * items > 4;
    const where = long ? bytes.u32(entry + 8) : entry + 8;
    if (where !== undefined && !entries.has(tag)) entries.set(tag, { type, count: items, at: where });
  }
  return entries;
}

function pointer(bytes: Bytes, entry: Entry | undefined): number | undefined {
  return entry?.type === 4 && entry.count === 1 ? bytes.u32(entry.at) : undefined;
}

function ascii(bytes: Bytes, entry: Entry | undefined): string | undefined {
  if (entry === undefined || entry.type !== 2 || entry.count > 64) return undefined;
  return bytes.text(entry.at, entry.count)?.split('\u0000')[0]?.trim();
}

/** Cameras write local time; without an offset the zone is China's, where the photos are taken. */
function instant(text: string | undefined, offset: string | undefined): string | null {
  const found = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}):(\d{2}):(\d{2})/.exec(text ?? '');
  if (found === null) return null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] = found;
  const zone = /^[+-](?:0\d|1[0-4]):[0-5]\d$/.test(offset ?? '') ? (offset ?? '') : '+08:00';
  const local = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // 2023-02-31 would roll over into March: such a time is damage, not a time.
  if (Number.isNaN(local.getTime()) || local.toISOString().slice(0, 10) !== `${year}-${month}-${day}` || Number(year) < 1990 || Number(year) > 2100) return null;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** Degrees, minutes and seconds as three fractions. */
function degrees(bytes: Bytes, entry: Entry | undefined, ref: string | undefined, plus: string, minus: string, limit: number): number | null {
  if (entry === undefined || entry.type !== 5 || entry.count !== 3 || (ref !== plus && ref !== minus)) return null;
  const parts = [0, 1, 2].map((i) => {
    const [above, below] = [bytes.u32(entry.at + i * 8), bytes.u32(entry.at + i * 8 + 4)];
    return above === undefined || below === undefined ? Number.NaN : below === 0 ? (above === 0 ? 0 : Number.NaN) : above / below;
  });
  const [whole = Number.NaN, minutes = Number.NaN, seconds = Number.NaN] = parts;
  const value = whole + minutes / 60 + seconds / 3600;
  if (!(value >= 0 && value <= limit) || minutes >= 60 || seconds >= 60) return null;
  return Number((ref === minus ? 0 - value : value).toFixed(7)); // a centimetre
}

function webp(head: Uint8Array): Partial<PhotoFacts> {
  const bytes = new Bytes(head, true);
  const u24 = (at: number): number | undefined => {
    const [low, high] = [bytes.u16(at), bytes.u8(at + 2)];
    return low === undefined || high === undefined ? undefined : low + high * 65_536;
  };
  switch (bytes.text(12, 4)) {
    case 'VP8X': return size(plusOne(u24(24)), plusOne(u24(27)));
    case 'VP8 ': return size(masked(bytes.u16(26)), masked(bytes.u16(28)));
    case 'VP8L': {
      const word = bytes.u32(21);
      return word === undefined ? {} : size((word & 0x3fff) + 1, ((word >>> 14) & 0x3fff) + 1);
    }
    default: return {};
  }
}

const plusOne = (value: number | undefined): number | undefined => (value === undefined ? undefined : value + 1);
const masked = (value: number | undefined): number | undefined => (value === undefined ? undefined : value & 0x3fff);

function size(width: number | undefined, height: number | undefined): Pick<PhotoFacts, 'width' | 'height'> {
  const good = (value: number | undefined): value is number => value !== undefined && value > 0 && value <= 100_000;
  return good(width) && good(height) ? { width, height } : { width: null, height: null };
}

/** Numbers at a place, or undefined beyond the end. */
class Bytes {
  private readonly view: DataView;
  private readonly bytes: Uint8Array;
  private readonly little: boolean;

  constructor(bytes: Uint8Array, little: boolean) {
    this.bytes = bytes;
    this.little = little;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u8(at: number): number | undefined {
    return this.holds(at, 1) ? this.view.getUint8(at) : undefined;
  }

  u16(at: number): number | undefined {
    return this.holds(at, 2) ? this.view.getUint16(at, this.little) : undefined;
  }

  u32(at: number): number | undefined {
    return this.holds(at, 4) ? this.view.getUint32(at, this.little) : undefined;
  }

  text(at: number, length: number): string | undefined {
    return this.holds(at, length) ? Buffer.from(this.bytes.subarray(at, at + length)).toString('latin1') : undefined;
  }

  private holds(at: number, length: number): boolean {
    return at >= 0 && length >= 0 && at + length <= this.bytes.byteLength;
  }
}
