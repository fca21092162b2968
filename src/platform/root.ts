// Where the program's own files are (migrations, locales, built pages), whether it runs bundled from dist/server or from its sources.
import { existsSync } from 'node:fs';
import path from 'node:path';

export const root = findRoot(import.meta.dirname);

export const bundled = import.meta.dirname.startsWith(path.join(root, 'dist', 'server'));

export const migrationsDir = path.join(root, 'migrations');
export const localesDir = path.join(root, 'locales');
export const webDir = path.join(root, 'dist', 'web');

function findRoot(from: string): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json')) && existsSync(path.join(folder, 'migrations'))) return folder;
    if (folder === path.dirname(folder)) throw new Error(`No Yugong found at or above ${from}`);
  }
}
