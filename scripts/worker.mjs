// Builds the service worker after the pages: its files are those of the page that works without network, as the manifest of the built pages names them,
// and its version is a digest of their names, so that a browser sees a new worker exactly when there is something new.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Everything that is needed before anything is fetched from the server. */
const ENTRIES = ['../features/dispatch/week/pages/week.tsx', ...['zh-CN', 'en'].flatMap((lang) => ['web', 'week'].map((area) => `../../locales/${lang}/${area}.json`))];

/** A part of vite's build. `root`: of the repository. */
export function buildWorker(root) {
  let folder = '';
  return {
    name: 'yugong-worker',
    apply: 'build',
    writeBundle: async (options) => {
      folder = options.dir ?? folder;
      const page = readFileSync(path.join(folder, 'index.html'), 'utf8');
      const files = filesOf(JSON.parse(readFileSync(path.join(folder, '.vite', 'manifest.json'), 'utf8')), page);
      const esbuild = await import('esbuild');
      const build = (version) => esbuild.build({
        entryPoints: [path.join(root, 'src/web/offline/worker.ts')], outfile: path.join(folder, 'sw.js'), bundle: true, format: 'iife', platform: 'browser', target: 'es2022', minify: true, legalComments: 'none', logLevel: 'error',
        define: { __FILES__: JSON.stringify(files), __VERSION__: JSON.stringify(version) }, write: version !== '',
      });
      const draft = await build('');
      await build(createHash('sha256').update(draft.outputFiles[0].text).update(page).digest('hex').slice(0, 12));
    },
  };
}

export function filesOf(manifest, page) {
  const found = new Set(['/index.html', ...[...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1])]);
  const seen = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`${key} is not among the built pages`);
    if (seen.has(key)) return;
    seen.add(key);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) if (!file.endsWith('.html')) found.add(`/${file}`);
    (chunk.imports ?? []).forEach(visit);
  };
  ENTRIES.forEach(visit);
  // What the page itself loads, by its files.
  for (const [key, chunk] of Object.entries(manifest)) if (found.has(`/${chunk.file}`)) visit(key);
  return [...found].sort();
}
