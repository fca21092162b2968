// `npm run -s yugong -- COMMAND`: brings packages and build up to date without a word (unless there is something to do, and then on
// standard error), and runs the command line in this same process.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensure } from './ensure.mjs';

try {
  await ensure();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
const main = path.resolve(import.meta.dirname, '../dist/server/main.js');
process.argv[1] = main;
await import(pathToFileURL(main).href);
