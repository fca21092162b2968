// Makes the typefaces of official documents (docs/decisions/0021) out of the packages that hold them, into dist/fonts: a page's typefaces
// come in a hundred pieces of one variable weight, a typesetter wants one file of one weight. Run by the build, when the packages changed.
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { glyphsMerged, unpackedWoff } from './sfnt.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');

/** What stands for 仿宋 and 楷体 is one family in two weights; 小标宋 and 黑体 are the national standard's nearest free ones. */
const FACES = [
  { file: 'fangsong.ttf', make: () => whole('@fontsource/lxgw-wenkai', 'lxgw-wenkai-latin-300-normal.woff') },
  { file: 'kai.ttf', make: () => whole('@fontsource/lxgw-wenkai', 'lxgw-wenkai-latin-500-normal.woff') },
  { file: 'song.ttf', make: () => merged({ name: 'Yugong Song', pack: '@fontsource-variable/noto-serif-sc', pieces: /-wght-normal\.woff2$/, weight: 700 }) },
  { file: 'hei.ttf', make: () => merged({ name: 'Yugong Hei', pack: '@fontsource-variable/noto-sans-sc', pieces: /-wght-normal\.woff2$/, weight: 500 }) },
  { file: 'latin.ttf', make: () => merged({ name: 'Yugong Latin', pack: '@fontsource-variable/noto-serif-sc', pieces: /-(latin|latin-ext|vietnamese|cyrillic)-wght-normal\.woff2$/, weight: 400 }) },
];

/** Writes every face into the folder; one that was half written is never left under its name. */
export async function makeFonts(folder) {
  mkdirSync(folder, { recursive: true });
  for (const { file, make } of FACES) {
    const draft = path.join(folder, `${file}.${process.pid}`);
    try {
      writeFileSync(draft, await make());
      renameSync(draft, path.join(folder, file));
    } finally {
      rmSync(draft, { force: true });
    }
  }
}

function whole(pack, file) {
  return unpackedWoff(readFileSync(path.join(modules, pack, 'files', file)));
}

/** The pieces at one weight, as one file. The Latin piece comes first: it gives the measures of the whole. */
async function merged({ name, pack, pieces, weight }) {
  const { default: subsetFont } = await import('subset-font');
  const folder = path.join(modules, pack, 'files');
  const files = readdirSync(folder).filter((file) => pieces.test(file)).sort((a, b) => Number(/-latin-wght/.test(b)) - Number(/-latin-wght/.test(a)) || a.localeCompare(b));
  const cut = [];
  for (const file of files) {
    const packed = readFileSync(path.join(folder, file));
    const options = { targetFormat: 'truetype', variationAxes: { wght: weight }, noLayoutClosure: true, dropTables: ['GSUB', 'GPOS', 'GDEF', 'BASE', 'vhea', 'vmtx', 'STAT'] };
    cut.push(await subsetFont(packed, undefined, { ...options, keepAllGlyphs: true }));
  }
  return glyphsMerged(cut, { name, weight });
}

export const fontsDir = path.join(root, 'dist', 'fonts');

/** What is made, and of what: the stamp of the build. */
export const fontSources = ['package-lock.json', 'scripts/fonts.mjs', 'scripts/sfnt.mjs'];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!FACES.every(({ file }) => existsSync(path.join(fontsDir, file)))) await makeFonts(fontsDir);
}

