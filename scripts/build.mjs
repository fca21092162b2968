// Builds what `npm start` runs: the server and its workers with esbuild into dist/server, the typefaces of documents into dist/fonts, the
// pages with vite into dist/web. Each part is built beside its place and moved there when complete; a part whose sources did not change is
// left alone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fontSources, makeFonts } from './fonts.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');

/** Builds what is out of date. `say` tells a person about the steps. Returns the names of what was built. */
export async function build(say) {
  const stale = outOfDate();
  for (const part of stale) await refresh(part, say);
  return stale.map((part) => part.name);
}

const parts = [
  { name: 'server', sources: serverSources, make: buildServer, word: 'Building the server · 正在构建服务端 …', exists: () => true },
  { name: 'fonts', sources: () => fontSources, make: makeFonts, word: 'Making the typefaces of documents · 正在准备公文字体 …', exists: () => true },
  { name: 'web', sources: webSources, make: buildWeb, word: 'Building the pages · 正在构建页面 …', exists: () => existsSync(path.join(root, 'src/web/index.html')) },
];

/** The parts whose sources are not those that they were built from, each with the stamp of its sources. */
export function outOfDate() {
  return parts
    .filter((part) => part.exists())
    .map((part) => ({ ...part, stamp: stampOf(part.sources()) }))
    .filter(({ name, stamp }) => {
      const file = path.join(dist, name, '.stamp');
      return !existsSync(file) || readFileSync(file, 'utf8') !== stamp;
    });
}

async function refresh({ name, stamp, make, word }, say) {
  const place = path.join(dist, name);
  say(word);
  const draft = `${place}.new-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  try {
    await make(draft);
    writeFileSync(path.join(draft, '.stamp'), stamp);
    replace(draft, place);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function replace(draft, place) {
  const old = `${place}.old-${process.pid}`;
  if (existsSync(place)) renameSync(place, old);
  renameSync(draft, place);
  rmSync(old, { recursive: true, force: true });
}

function serverSources() {
  const skip = (file) => /\.(test|bench)\.tsx?$/.test(file) || file.startsWith(path.join('src', 'web') + path.sep) || file.startsWith(path.join('src', 'test') + path.sep);
  return [...filesUnder('src').filter((file) => !skip(file)), 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs'];
}

function webSources() {
  const parts = ['src/web', 'src/kernel', 'src/features', 'locales'].flatMap(filesUnder);
  const own = ['vite.config.ts', 'src/web/vite.config.ts', 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs'];
  return [...parts.filter((file) => !/\.test\.tsx?$/.test(file)), ...own];
}

function filesUnder(folder) {
  const top = path.join(root, folder);
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)));
}

/** Name, time and size of every source: reading all of them would take longer than the start that waits for it. */
function stampOf(files) {
  const hash = createHash('sha256').update(`${process.version} ${process.platform}-${process.arch}\n`);
  for (const file of [...new Set(files)].sort()) {
    const state = statSync(path.join(root, file), { throwIfNoEntry: false });
    if (state !== undefined) hash.update(`${file} ${state.size} ${state.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

async function buildServer(folder) {
  const esbuild = await import('esbuild');
  const workers = filesUnder('src').filter((file) => file.endsWith('.worker.ts'));
  const entries = { main: 'src/main.ts' };
  if (existsSync(path.join(root, 'src/bench/main.ts'))) entries.bench = 'src/bench/main.ts';
  for (const file of workers) {
    const name = `workers/${path.basename(file, '.worker.ts')}`;
    if (entries[name] !== undefined) throw new Error(`Two workers bear one name: ${entries[name]} and ${file}`);
    entries[name] = file;
  }
  await esbuild.build({
    absWorkingDir: root, entryPoints: Object.entries(entries).map(([out, file]) => ({ in: file, out })), outdir: folder, bundle: true, format: 'esm',
    platform: 'node', target: 'node20', packages: 'external', sourcemap: 'linked', splitting: true, chunkNames: 'chunks/[name]-[hash]', logLevel: 'error', legalComments: 'none',
  });
}

function buildWeb(folder) {
  const config = ['vite.config.ts', 'src/web/vite.config.ts'].find((file) => existsSync(path.join(root, file)));
  const args = [path.join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'];
  if (config !== undefined) args.push('--config', config);
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' } });
  if (status !== 0) throw new Error(`vite build failed:\n${stdout}${stderr}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = await build((line) => console.error(line));
  console.error(built.length === 0 ? 'Nothing to build.' : `Built: ${built.join(', ')}.`);
}
