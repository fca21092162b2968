import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { photoFacts } from './photos.ts';

type Item = { tag: number; type: number; count: number; value: number | Buffer };

/** A directory of EXIF at `at`, little or big endian; values longer than four bytes follow it. */
function directory(items: readonly Item[], at: number, little: boolean): Buffer {
  const head = Buffer.alloc(2 + items.length * 12 + 4);
  const u16 = (value: number, where: number): unknown => (little ? head.writeUInt16LE(value, where) : head.writeUInt16BE(value, where));
  const u32 = (value: number, where: number): unknown => (little ? head.writeUInt32LE(value, where) : head.writeUInt32BE(value, where));
  const tail: Buffer[] = [];
  let next = at + head.length;
  u16(items.length, 0);
  items.forEach((item, index) => {
    const entry = 2 + index * 12;
    u16(item.tag, entry);
    u16(item.type, entry + 2);
    u32(item.count, entry + 4);
    if (typeof item.value === 'number') u32(item.value, entry + 8);
    else if (item.value.length <= 4) item.value.copy(head, entry + 8);
    else {
      u32(next, entry + 8);
      tail.push(item.value);
      next += item.value.length;
    }
  });
  return Buffer.concat([head, ...tail]);
}

function fractions(values: readonly (readonly [number, number])[], little: boolean): Buffer {
  const buffer = Buffer.alloc(values.length * 8);
  values.flat().forEach((value, index) => (little ? buffer.writeUInt32LE(value, index * 4) : buffer.writeUInt32BE(value, index * 4)));
  return buffer;
}

interface Shot { taken?: string; offset?: string; lat?: readonly (readonly [number, number])[]; lon?: readonly (readonly [number, number])[]; latRef?: string; lonRef?: string; little?: boolean }

function photo(shot: Shot): Buffer {
  const little = shot.little ?? true;
  const text = (value: string): Buffer => Buffer.from(`${value}\u0000`, 'latin1');
  const camera: Item[] = [
    ...(shot.taken === undefined ? [] : [{ tag: 0x9003, type: 2, count: shot.taken.length + 1, value: text(shot.taken) }]),
    ...(shot.offset === undefined ? [] : [{ tag: 0x9011, type: 2, count: shot.offset.length + 1, value: text(shot.offset) }]),
  ];
  const place: Item[] = shot.lat === undefined || shot.lon === undefined ? [] : [
    { tag: 1, type: 2, count: 2, value: text(shot.latRef ?? 'N') }, { tag: 2, type: 5, count: 3, value: fractions(shot.lat, little) },
    { tag: 3, type: 2, count: 2, value: text(shot.lonRef ?? 'E') }, { tag: 4, type: 5, count: 3, value: fractions(shot.lon, little) },
  ];
  const first = 2 + 2 * 12 + 4;
  const cameraBlock = directory(camera, 8 + first, little);
  const placeAt = 8 + first + cameraBlock.length;
  const root = directory([{ tag: 0x8769, type: 4, count: 1, value: 8 + first }, { tag: 0x8825, type: 4, count: 1, value: placeAt }], 8, little);
  const tiff = Buffer.alloc(8);
  tiff.write(little ? 'II' : 'MM', 'latin1');
  if (little) { tiff.writeUInt16LE(42, 2); tiff.writeUInt32LE(8, 4); } else { tiff.writeUInt16BE(42, 2); tiff.writeUInt32BE(8, 4); }
  const body = Buffer.concat([Buffer.from('Exif\u0000\u0000', 'latin1'), tiff, root, cameraBlock, directory(place, placeAt, little)]);
  const app1 = Buffer.alloc(4);
  app1.writeUInt16BE(0xffe1, 0);
  app1.writeUInt16BE(body.length + 2, 2);
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0x0b, 0xd0, 0x0f, 0xc0, 1, 1, 0x11, 0]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), app1, body, frame, Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9])]);
}

const WULONGKOU = { lat: [[35, 1], [9, 1], [3600, 100]], lon: [[112, 1], [41, 1], [1234, 100]] } as const;

describe('photoFacts', () => {
  it('reads time, place and size of a JPEG in both byte orders', () => {
    for (const little of [true, false]) {
      const facts = photoFacts(photo({ taken: '2023:06:28 09:12:30', offset: '+08:00', ...WULONGKOU, little }), 'image/jpeg');
      expect(facts).toEqual({ width: 4032, height: 3024, takenAt: '2023-06-28T01:12:30.000Z', lat: 35.16, lon: 112.6867611 });
    }
  });

  it('takes a time without an offset as China time, and one with an offset as it says', () => {
    expect(photoFacts(photo({ taken: '2023:06:28 00:30:00' }), 'image/jpeg').takenAt).toBe('2023-06-27T16:30:00.000Z');
    expect(photoFacts(photo({ taken: '2023:06:28 00:30:00', offset: '-05:00' }), 'image/jpeg').takenAt).toBe('2023-06-28T05:30:00.000Z');
  });

  it('gives nothing for a day that never was, a place out of range, half a place and the point 0, 0', () => {
    expect(photoFacts(photo({ taken: '2023:02:31 10:00:00' }), 'image/jpeg').takenAt).toBeNull();
    expect(photoFacts(photo({ taken: '0000:00:00 00:00:00' }), 'image/jpeg').takenAt).toBeNull();
    expect(photoFacts(photo({ lat: [[95, 1], [0, 1], [0, 1]], lon: WULONGKOU.lon }), 'image/jpeg')).toMatchObject({ lat: null, lon: null });
    expect(photoFacts(photo({ lat: [[35, 0], [0, 1], [0, 1]], lon: WULONGKOU.lon }), 'image/jpeg')).toMatchObject({ lat: null, lon: null });
    expect(photoFacts(photo({ lat: [[0, 1], [0, 1], [0, 1]], lon: [[0, 1], [0, 1], [0, 1]] }), 'image/jpeg')).toMatchObject({ lat: null, lon: null });
  });

  it('reads the sizes of PNG, GIF and WebP, and nothing of what it does not know', () => {
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.from([0, 0, 5, 0, 0, 0, 3, 32])]);
    expect(photoFacts(png, 'image/png')).toMatchObject({ width: 1280, height: 800 });
    expect(photoFacts(Buffer.from('47494638396140012c01', 'hex'), 'image/gif')).toMatchObject({ width: 320, height: 300 });
    expect(photoFacts(Buffer.from('RIFF....WEBPVP8X\n\u0000\u0000\u0000....\u003f\u0001\u0000\u00ef\u0000\u0000', 'latin1'), 'image/webp')).toMatchObject({ width: 320, height: 240 });
    expect(photoFacts(png, 'application/pdf')).toEqual({ width: null, height: null, takenAt: null, lon: null, lat: null });
  });

  it('survives every damage: cut anywhere, any bytes changed, noise', () => {
    const whole = photo({ taken: '2023:06:28 09:12:30', ...WULONGKOU });
    for (let end = 0; end <= whole.length; end += 1) photoFacts(whole.subarray(0, end), 'image/jpeg');
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }), (hits) => {
      const copy = Buffer.from(whole);
      for (const [at, value] of hits) copy[at] = value;
      const facts = photoFacts(copy, 'image/jpeg');
      return (facts.lat === null || Math.abs(facts.lat) <= 90) && (facts.lon === null || Math.abs(facts.lon) <= 180) && (facts.takenAt === null || !Number.isNaN(Date.parse(facts.takenAt)));
    }), { numRuns: 3000 });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom('image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/heic'), (noise, type) => {
      photoFacts(noise, type);
      photoFacts(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0x01, 0x90]), Buffer.from('Exif\u0000\u0000II*\u0000', 'latin1'), noise]), type);
    }), { numRuns: 3000 });
  });

  it('does not walk on for ever in a file made of empty segments', () => {
    const filler = Buffer.alloc(512 * 1024, Buffer.from([0xff, 0xe0, 0x00, 0x02]));
    const started = performance.now();
    photoFacts(Buffer.concat([Buffer.from([0xff, 0xd8]), filler]), 'image/jpeg');
    photoFacts(Buffer.alloc(512 * 1024, 0xff), 'image/jpeg');
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
