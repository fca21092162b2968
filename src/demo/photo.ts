// Small drawings that stand for site photographs in the demonstration: piles, a rising hall, a road, a field, a running plant,
// with the date in the corner as a camera would stamp it. They pretend to be nothing more than drawings.
import { deflateSync, crc32 } from 'node:zlib';
import { dice } from './dice.ts';
import type { Form } from './words.ts';

const WIDTH = 480;
const HEIGHT = 320;
const HORIZON = 190;

/** Indexes into the palette. */
const PALETTE = ['cfe3ee', 'dfecf2', 'a9bfae', '8fa98f', 'b79f78', '9c8460', 'c9c4b8', '8d8f92', '5c6670', '2f3a44', 'd98e32', 'f2c14e', '0f5e73', 'ffffff', '6e7f57', '74706a'] as const;
const [SKY, HAZE, HILL, WOOD, EARTH, PIT, CONCRETE, STEEL, SHADE, DARK, ORANGE, YELLOW, TEAL, WHITE, GREEN, ASPHALT] = PALETTE.map((_, at) => at);

export interface Scene {
  readonly form: Form;
  /** Share of the works, 0 to 1. */
  readonly share: number;
  readonly producing: boolean;
  /** Stamped into the corner; empty: no stamp. */
  readonly day: string;
  /** Names what is random about it. */
  readonly word: string;
}

export function drawPhoto(scene: Scene): Buffer {
  const roll = dice('photo', scene.word, scene.day);
  const canvas = new Uint8Array(WIDTH * HEIGHT);
  backdrop(canvas, roll.whole(20, 46), roll.between(0.012, 0.022));
  if (scene.form === 'road') road(canvas, scene.share);
  else if (scene.form === 'field') field(canvas, scene.share);
  else if (scene.form === 'network') trench(canvas, scene.share);
  else hall(canvas, scene, roll.whole(5, 8));
  stamp(canvas, scene.day.replaceAll('-', '.'));
  return png(canvas);
}

function backdrop(canvas: Uint8Array, rise: number, wave: number): void {
  box(canvas, 0, 0, WIDTH, HEIGHT, SKY);
  box(canvas, 0, 90, WIDTH, HORIZON, HAZE);
  for (let x = 0; x < WIDTH; x += 1) {
    const top = HORIZON - rise - Math.round(Math.sin(x * wave) * 16 + Math.sin(x * wave * 2.7) * 6);
    box(canvas, x, top, x + 1, HORIZON, x % 3 === 0 ? WOOD : HILL);
  }
  box(canvas, 0, HORIZON, WIDTH, HEIGHT, EARTH);
  for (let y = HORIZON + 8; y < HEIGHT; y += 14) box(canvas, (y * 37) % 300, y, ((y * 37) % 300) + 120, y + 2, PIT);
}

function hall(canvas: Uint8Array, scene: Scene, bays: number): void {
  const left = 90;
  const wide = 300;
  const step = Math.round(wide / bays);
  const floor = HORIZON + 62;
  if (scene.share < 0.25) {
    // The pit with its piles, as many as are done, and the rig.
    box(canvas, left, HORIZON + 26, left + wide, floor + 16, PIT);
    const piles = Math.max(1, Math.round((scene.share / 0.25) * bays * 2));
    for (let at = 0; at < piles; at += 1) box(canvas, left + 10 + at * (step >> 1), HORIZON + 34, left + 18 + at * (step >> 1), floor + 10, CONCRETE);
    rig(canvas, left + wide + 14, floor + 14);
    return;
  }
  const high = Math.round(Math.min(1, scene.share / 0.55) * 108);
  box(canvas, left, floor - 6, left + wide, floor + 6, CONCRETE);
  for (let at = 0; at <= bays; at += 1) box(canvas, left + at * step - 3, floor - high, left + at * step + 3, floor, STEEL);
  for (let level = 36; level <= high; level += 36) box(canvas, left, floor - level, left + bays * step, floor - level + 5, SHADE);
  if (scene.share >= 0.55) closed(canvas, scene, left, bays, step, floor, high);
  if (!scene.producing && scene.share < 0.95) crane(canvas, left + wide - 40, floor);
}

function closed(canvas: Uint8Array, scene: Scene, left: number, bays: number, step: number, floor: number, high: number): void {
  const done = Math.round(bays * Math.min(1, (scene.share - 0.5) / 0.4));
  for (let at = 0; at < done; at += 1) {
    box(canvas, left + at * step + 3, floor - high + 8, left + (at + 1) * step - 3, floor, at % 2 === 0 ? WHITE : HAZE);
    for (let row = 0; row < 2; row += 1) box(canvas, left + at * step + 10, floor - high + 22 + row * 40, left + (at + 1) * step - 10, floor - high + 40 + row * 40, scene.producing ? YELLOW : TEAL);
  }
  box(canvas, left - 8, floor - high - 8, left + bays * step + 8, floor - high + 6, TEAL);
  if (!scene.producing) return;
  box(canvas, left + bays * step + 24, floor - high - 44, left + bays * step + 38, floor, CONCRETE);
  box(canvas, left + bays * step + 22, floor - high - 52, left + bays * step + 40, floor - high - 44, ORANGE);
}

function rig(canvas: Uint8Array, x: number, ground: number): void {
  box(canvas, x, ground - 96, x + 6, ground, DARK);
  box(canvas, x - 18, ground - 18, x + 26, ground, ORANGE);
  box(canvas, x - 22, ground, x + 30, ground + 8, DARK);
}

function crane(canvas: Uint8Array, x: number, ground: number): void {
  for (let y = 34; y < ground; y += 8) {
    box(canvas, x, y, x + 10, y + 1, ORANGE);
    line(canvas, x, y, x + 10, y + 8, ORANGE);
  }
  box(canvas, x, 34, x + 2, ground, ORANGE);
  box(canvas, x + 8, 34, x + 10, ground, ORANGE);
  box(canvas, x - 170, 40, x + 70, 45, ORANGE);
  box(canvas, x + 46, 45, x + 70, 62, DARK);
  line(canvas, x - 168, 42, x + 5, 22, DARK);
  line(canvas, x + 66, 42, x + 5, 22, DARK);
  box(canvas, x - 110, 45, x - 109, 96, DARK);
  box(canvas, x - 118, 96, x - 100, 102, STEEL);
}

function road(canvas: Uint8Array, share: number): void {
  for (let y = HORIZON; y < HEIGHT; y += 1) {
    const half = 8 + (y - HORIZON) * 1.15;
    const paved = share >= 0.62 && y > HEIGHT - (HEIGHT - HORIZON) * share;
    box(canvas, Math.round(WIDTH / 2 - half), y, Math.round(WIDTH / 2 + half), y + 1, paved ? ASPHALT : share > 0.25 ? CONCRETE : PIT);
    if (paved && y % 24 < 12) box(canvas, WIDTH / 2 - 2, y, WIDTH / 2 + 2, y + 1, WHITE);
  }
  if (share < 0.95) rig(canvas, 356, HORIZON + 70);
}

function field(canvas: Uint8Array, share: number): void {
  for (let row = 0; row < 9; row += 1) {
    const y = HORIZON + 8 + row * 13;
    box(canvas, 0, y, Math.round(WIDTH * Math.min(1, share * 1.4 - row * 0.05)), y + 8, row % 2 === 0 ? GREEN : WOOD);
  }
}

function trench(canvas: Uint8Array, share: number): void {
  box(canvas, 0, HORIZON + 46, WIDTH, HORIZON + 92, PIT);
  for (let x = 0; x < WIDTH * share; x += 40) {
    box(canvas, x, HORIZON + 60, x + 36, HORIZON + 82, STEEL);
    box(canvas, x + 30, HORIZON + 56, x + 36, HORIZON + 86, SHADE);
  }
  rig(canvas, Math.min(420, Math.round(WIDTH * share) + 20), HORIZON + 44);
}

/** Digits of three by five points. */
const DIGITS: Readonly<Record<string, readonly string[]>> = {
  0: ['111', '101', '101', '101', '111'], 1: ['010', '110', '010', '010', '111'], 2: ['111', '001', '111', '100', '111'], 3: ['111', '001', '111', '001', '111'],
  4: ['101', '101', '111', '001', '001'], 5: ['111', '100', '111', '001', '111'], 6: ['111', '100', '111', '101', '111'], 7: ['111', '001', '010', '010', '010'],
  8: ['111', '101', '111', '101', '111'], 9: ['111', '101', '111', '001', '111'], '.': ['000', '000', '000', '000', '010'],
};

function stamp(canvas: Uint8Array, text: string): void {
  const size = 3;
  [...text].forEach((sign, at) => {
    (DIGITS[sign] ?? []).forEach((row, y) => [...row].forEach((bit, x) => {
      const left = WIDTH - 12 - (text.length - at) * 4 * size + x * size;
      if (bit === '1') box(canvas, left, HEIGHT - 26 + y * size, left + size, HEIGHT - 26 + (y + 1) * size, YELLOW);
    }));
  });
}

function box(canvas: Uint8Array, x0: number, y0: number, x1: number, y1: number, colour: number | undefined): void {
  for (let y = Math.max(0, y0); y < Math.min(HEIGHT, y1); y += 1) canvas.fill(colour ?? 0, y * WIDTH + Math.max(0, x0), y * WIDTH + Math.max(0, Math.min(WIDTH, x1)));
}

function line(canvas: Uint8Array, x0: number, y0: number, x1: number, y1: number, colour: number | undefined): void {
  const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
  for (let at = 0; at <= steps; at += 1) {
    const x = Math.round(x0 + ((x1 - x0) * at) / steps);
    const y = Math.round(y0 + ((y1 - y0) * at) / steps);
    box(canvas, x, y, x + 2, y + 2, colour);
  }
}

/** PNG of palette colours (ISO/IEC 15948): header, palette, one deflated block of rows, end. */
function png(canvas: Uint8Array): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc(HEIGHT * (WIDTH + 1));
  for (let y = 0; y < HEIGHT; y += 1) rows.set(canvas.subarray(y * WIDTH, (y + 1) * WIDTH), y * (WIDTH + 1) + 1);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('PLTE', Buffer.from(PALETTE.join(''), 'hex')),
    chunk('IDAT', deflateSync(rows, { level: 6 })), chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(content.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
