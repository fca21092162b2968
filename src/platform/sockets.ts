// Where a Unix socket that belongs to a folder may live: inside the folder when the kernel's limit on socket paths allows it, else in
// a private short directory under the system's temporary folder. Must never return a directory that another user could write to.
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** `sun_path` holds 108 bytes on Linux and 104 on macOS, the closing zero included. */
const socketPathLimitBytes = process.platform === 'linux' ? 107 : 103;

export type SocketOwner = { uid: number; gid: number };

/** A directory for the socket `name` of `folder`; equal folders give equal directories. Creates it with mode 0700. */
export function socketDirectory(folder: string, name: string, owner?: SocketOwner): string {
  mkdirSync(folder, { recursive: true });
  const inside = path.join(realpathSync(folder), 'run');
  const directory = fits(inside, name) ? inside : shortDirectory(inside, name);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  assertPrivate(directory, owner);
  return directory;
}

function fits(directory: string, name: string): boolean {
  return Buffer.byteLength(path.join(directory, name)) <= socketPathLimitBytes;
}

function shortDirectory(inside: string, name: string): string {
  const key = createHash('sha256').update(inside).digest('hex').slice(0, 16);
  const candidates = [tmpdir(), '/tmp'].map((base) => path.join(base, `yugong-${key}`));
  const short = candidates.find((candidate) => fits(candidate, name));
  if (short === undefined) throw new Error(`No directory is short enough for the socket ${name} of ${inside}; set TMPDIR to a shorter path.`);
  return short;
}

/** Somebody else could have made the directory first (the temporary folder is everyone's), so its owner is looked at, not trusted. */
function assertPrivate(directory: string, owner: SocketOwner | undefined): void {
  const me = process.getuid?.() ?? 0;
  const state = lstatSync(directory);
  if (!state.isDirectory() || (state.uid !== me && state.uid !== owner?.uid && me !== 0)) {
    throw new Error(`${directory} is not a directory of this user; remove it and start again.`);
  }
  chmodSync(directory, 0o700);
  if (owner !== undefined && state.uid !== owner.uid) chownSync(directory, owner.uid, owner.gid);
}
