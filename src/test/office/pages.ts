// Documents opened by real programs: LibreOffice makes pages of a .docx, poppler says what stands where on them.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const office = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find((one) => existsSync(one) && existsSync('/usr/lib/libreoffice/program/libswlo.so'));
export const poppler = ['pdftotext', 'pdffonts', 'pdfinfo', 'pdftoppm'].every((name) => existsSync(`/usr/bin/${name}`));

/** The pages that LibreOffice makes of each, by name. One start for all of them. */
export function asPdf(folder: string, files: ReadonlyMap<string, Buffer>): Map<string, string> {
  const to = path.join(folder, 'pages');
  mkdirSync(to, { recursive: true });
  const names = [...files.keys()];
  for (const [name, bytes] of files) writeFileSync(path.join(folder, `${name}.docx`), bytes);
  execFileSync(office ?? '', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'pdf', '--outdir', to, ...names.map((name) => path.join(folder, `${name}.docx`))], { timeout: 180_000, stdio: 'pipe' });
  return new Map(names.map((name) => [name, path.join(to, `${name}.pdf`)]));
}

export interface Word {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Page {
  readonly width: number;
  readonly height: number;
  readonly words: readonly Word[];
}

const MM = 25.4 / 72;

/** Words with their places in millimetres from the upper left corner. */
export function pagesOf(pdf: string): Page[] {
  const told = run('pdftotext', ['-bbox', pdf, '-']);
  return told.split('<page ').slice(1).map((page) => {
    const [width = 0, height = 0] = [...page.slice(0, 80).matchAll(/"([\d.]+)"/g)].map((match) => Number(match[1]) * MM);
    const words = [...page.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)<\/word>/g)].map(([, left, top, right, bottom, text]) => ({
      text: (text ?? '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&'), left: Number(left) * MM, right: Number(right) * MM, top: Number(top) * MM, bottom: Number(bottom) * MM,
    }));
    return { width, height, words };
  });
}

/** Text without any white space: where lines break is another question. */
export function textOf(pdf: string): string {
  return run('pdftotext', [pdf, '-']).replace(/[\s\u200b]/g, '');
}

export function fontsOf(pdf: string): { name: string; embedded: boolean; readable: boolean }[] {
  return run('pdffonts', [pdf]).split('\n').slice(2).filter((line) => line.trim() !== '').map((line) => {
    const marks = /\s(yes|no)\s+(yes|no)\s+(yes|no)\s/.exec(line);
    return { name: (line.split(/\s+/)[0] ?? '').replace(/^[A-Z]{6}\+/, ''), embedded: marks?.[1] === 'yes', readable: marks?.[3] === 'yes' };
  });
}

export function infoOf(pdf: string): Map<string, string> {
  return new Map(run('pdfinfo', [pdf]).split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
}

/** Stripes of red ink on the first page, from above, in millimetres. */
export function redOf(pdf: string): { left: number; right: number; top: number; bottom: number }[] {
  const { width, height, at } = imageOf(pdf, 1, '');
  const found: { left: number; right: number; top: number; bottom: number }[] = [];
  let open = false;
  for (let y = 0; y < height; y += 1) {
    const xs = Array.from({ length: width }, (_, x) => x).filter((x) => at(x, y, 0) > 180 && at(x, y, 1) < 120 && at(x, y, 2) < 120);
    const [first, last] = [xs[0], xs.at(-1)];
    if (first === undefined || last === undefined) { open = false; continue; }
    const stripe = open ? found.at(-1) : undefined;
    if (stripe === undefined) found.push({ left: mm(first), right: mm(last + 1), top: mm(y), bottom: mm(y + 1) });
    else Object.assign(stripe, { left: Math.min(stripe.left, mm(first)), right: Math.max(stripe.right, mm(last + 1)), bottom: mm(y + 1) });
    open = true;
  }
  return found;
}

const DPI = 144;
const mm = (pixels: number): number => (pixels / DPI) * 25.4;

/** A page as pixels: grey, or red, green and blue. */
function imageOf(pdf: string, page: number, kind: '-gray' | ''): { width: number; height: number; at: (x: number, y: number, channel: number) => number } {
  const prefix = `${pdf}-ink`;
  const channels = kind === '' ? 3 : 1;
  run('pdftoppm', ['-r', String(DPI), '-f', String(page), '-l', String(page), ...(kind === '' ? [] : [kind]), pdf, prefix]);
  const file = readdirSync(path.dirname(pdf)).find((name) => name.startsWith(path.basename(prefix)) && name.endsWith(kind === '' ? `${page}.ppm` : `${page}.pgm`));
  const image = readFileSync(path.join(path.dirname(pdf), file ?? ''));
  const [, width = 0, height = 0] = /^P[56]\s+(\d+)\s+(\d+)\s+\d+\s/.exec(image.toString('latin1', 0, 40))?.map(Number) ?? [];
  const start = image.length - width * height * channels;
  return { width, height, at: (x, y, channel) => image[start + (y * width + x) * channels + channel] ?? 255 };
}

/** Where ink stands on the page, in millimetres; what is below `until` (the page number) is not looked at. */
export function inkOf(pdf: string, page: number, until: number): { left: number; right: number; top: number; bottom: number } {
  const { width, height, at } = imageOf(pdf, page, '-gray');
  const ink = { left: Infinity, right: 0, top: Infinity, bottom: 0 };
  for (let y = 0; y < Math.min(height, (until / 25.4) * DPI); y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (at(x, y, 0) > 128) continue;
      ink.left = Math.min(ink.left, x);
      ink.right = Math.max(ink.right, x);
      ink.top = Math.min(ink.top, y);
      ink.bottom = Math.max(ink.bottom, y);
    }
  }
  return { left: mm(ink.left), right: mm(width - 1 - ink.right), top: mm(ink.top), bottom: mm(ink.bottom) };
}

function run(name: string, args: readonly string[]): string {
  return execFileSync(`/usr/bin/${name}`, args, { encoding: 'utf8', maxBuffer: 64e6, stdio: ['ignore', 'pipe', 'ignore'] });
}
