// Finds the file to start a worker thread from: `src/…/NAME.worker.ts` is built to `dist/server/workers/NAME.js`. When the program runs
// from its sources (tests, development) the worker is bundled at that moment, because Node cannot run TypeScript by itself.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bundled, root } from './root.ts';

const made = new Map<string, string>();

/** For `new Worker(workerFile('sheets'), { workerData, resourceLimits })`. */
export function workerFile(name: string): string {
  if (bundled) return path.join(root, 'dist', 'server', 'workers', `${name}.js`);
  const file = made.get(name) ?? bundle(name);
  made.set(name, file);
  return file;
}

function bundle(name: string): string {
  const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => path.basename(file) === `${name}.worker.ts`);
  const [source, second] = sources;
  if (source === undefined || second !== undefined) throw new Error(`${sources.length} files are named ${name}.worker.ts; one is needed`);
  const { buildSync }: typeof import('esbuild') = createRequire(import.meta.url)('esbuild');
  // One file for each process: two that test at once must not read each other's half-written one.
  const outfile = path.join(root, 'node_modules', '.cache', 'yugong', 'workers', `${name}.${process.pid}.mjs`);
  buildSync({
    entryPoints: [path.join(root, 'src', source)], outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', packages: 'external', logLevel: 'error',
  });
  return outfile;
}
