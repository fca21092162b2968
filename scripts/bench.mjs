// `npm run bench`: brings packages and build up to date and runs the measurements of src/bench in this process.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensure } from './ensure.mjs';

await ensure();
const bench = path.resolve(import.meta.dirname, '../dist/server/bench.js');
if (!existsSync(bench)) {
  process.stderr.write('There is nothing to measure: src/bench/main.ts does not exist.\n');
  process.exit(1);
}
await import(pathToFileURL(bench).href);
