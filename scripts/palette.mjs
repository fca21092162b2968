// Makes a picture of a page small: at most 256 colours, of a PNG with eight bits a channel. The colours that are seen most stay as they are, and those that
// none of them resembles: a state is a small dot. Each other one becomes the nearest of them. Knows nothing of pages; no dependencies.
import { deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Gives the PNG with a palette of at most `most` colours. */
export function withPalette(png, most = 256) {
  const { width, height, pixels } = decoded(png);
  const { palette, indexOf } = paletteOf(pixels, most);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = indexOf(pixels[y * width + x]);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

/** Width, height and the pixels as 0xRRGGBB, row by row. */
function decoded(png) {
  const parts = [];
  let [width, height, channels] = [0, 0, 3];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const kind = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') [width, height, channels] = [body.readUInt32BE(0), body.readUInt32BE(4), body[9] === 6 ? 4 : 3];
    if (kind === 'IDAT') parts.push(body);
    at += length + 12;
  }
  const rows = unfiltered(inflateSync(Buffer.concat(parts)), width * channels, height, channels);
  const pixels = new Uint32Array(width * height);
  for (let i = 0; i < pixels.length; i += 1) pixels[i] = (rows[i * channels] << 16) | (rows[i * channels + 1] << 8) | rows[i * channels + 2];
  return { width, height, pixels };
}

function unfiltered(data, stride, height, channels) {
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x >= channels ? out[at - channels] : 0;
      const up = y > 0 ? out[at - stride] : 0;
      const corner = x >= channels && y > 0 ? out[at - stride - channels] : 0;
      out[at] = data[y * (stride + 1) + 1 + x] + predicted(filter, left, up, corner);
    }
  }
  return out;
}

function predicted(filter, left, up, corner) {
  switch (filter) {
    case 1: return left;
    case 2: return up;
    case 3: return (left + up) >> 1;
    case 4: {
      const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
    default: return 0;
  }
}

function paletteOf(pixels, most) {
  const counts = new Map();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const palette = chosen([...counts].sort((a, b) => b[1] - a[1]), most);
  const places = new Map(palette.map((colour, place) => [colour, place]));
  const indexOf = (colour) => {
    const known = places.get(colour);
    if (known !== undefined) return known;
    const place = nearest(palette, colour);
    places.set(colour, place);
    return place;
  };
  return { palette, indexOf };
}

/** Three quarters by how often they are seen, the rest by how much would be wrong without them. */
function chosen(sorted, most) {
  const often = Math.ceil(most * 0.75);
  const palette = sorted.slice(0, often).map(([colour]) => colour);
  const rest = sorted.slice(often).map(([colour, count]) => ({ colour, count, far: distance(palette[nearest(palette, colour)], colour) }));
  while (palette.length < most && rest.length > 0) {
    let worst = 0;
    for (let i = 1; i < rest.length; i += 1) if (rest[i].count * rest[i].far > rest[worst].count * rest[worst].far) worst = i;
    const [{ colour }] = rest.splice(worst, 1);
    palette.push(colour);
    for (const one of rest) one.far = Math.min(one.far, distance(colour, one.colour));
  }
  return palette;
}

function nearest(palette, colour) {
  let [best, least] = [0, Infinity];
  for (let i = 0; i < palette.length; i += 1) {
    const far = distance(palette[i], colour);
    if (far < least) [best, least] = [i, far];
  }
  return best;
}

function distance(one, other) {
  const [r, g, b] = [(one >> 16) - (other >> 16), ((one >> 8) & 255) - ((other >> 8) & 255), (one & 255) - (other & 255)];
  return r * r + g * g + b * b;
}

function chunk(kind, body) {
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  out.write(kind, 4, 'latin1');
  body.copy(out, 8);
  out.writeUInt32BE(crc(out.subarray(4, body.length + 8)), body.length + 8);
  return out;
}

function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}
