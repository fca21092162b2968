// One server per data folder. The lock is a listening Unix socket: the kernel ends it with its process, however that process ends, so
// there is never a lock of a dead process to clear by hand. Must never take a lock whose holder lives.
import { linkSync, lstatSync, mkdirSync, readFileSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import { errorCode, pause } from './processes.ts';
import { socketDirectory } from './sockets.ts';

export type FolderLock = { release(): Promise<void> };

/** Another process holds the folder. */
export class FolderBusy extends Error {
  override name = 'FolderBusy';
  readonly pid: number | undefined;

  constructor(dataDir: string, pid: number | undefined) {
    super(`another Yugong process (pid ${pid ?? 'unknown'}) serves this folder: ${dataDir}`);
    this.pid = pid;
  }
}

/** The longest name that is bound here: process numbers have at most seven digits. */
const longestName = '.lock.4194304.999';
const lockName = 'yugong.lock';
const pidName = 'yugong.pid';
const attempts = 5;
let drafts = 0;

export async function lockFolder(dataDir: string): Promise<FolderLock> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const directory = socketDirectory(dataDir, longestName);
  const file = path.join(directory, lockName);
  // Bound under a name of its own first: a link either takes the lock's name or fails, there is nothing between.
  const draft = path.join(directory, `.lock.${process.pid}.${(drafts += 1) % 1000}`);
  rmSync(draft, { force: true });
  const server = await listen(draft);
  try {
    await take(dataDir, draft, file, path.join(directory, pidName));
  } catch (error) {
    await close(server);
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const own = lstatSync(file).ino;
  return {
    release: async () => {
      await close(server);
      if (inodeOf(file) !== own) return;
      rmSync(path.join(directory, pidName), { force: true });
      rmSync(file, { force: true });
      removeWhenEmpty(directory);
    },
  };
}

async function take(dataDir: string, draft: string, file: string, pidFile: string): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (linked(draft, file)) {
      writeFileSync(pidFile, String(process.pid), { mode: 0o600 });
      // Somebody who was clearing a dead lock at this very moment could have cleared this one: look once more.
      await pause(attempt === 1 ? 0 : 50);
      if (inodeOf(file) === inodeOf(draft)) return;
      continue;
    }
    const seen = inodeOf(file);
    if (await answers(file)) throw new FolderBusy(dataDir, readPid(pidFile));
    if (seen !== undefined && inodeOf(file) === seen) rmSync(file, { force: true });
  }
  throw new FolderBusy(dataDir, readPid(pidFile));
}

function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function inodeOf(file: string): number | undefined {
  return lstatSync(file, { throwIfNoEntry: false })?.ino;
}

function listen(file: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(file, () => {
      server.unref();
      resolve(server);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

/** True when somebody listens, even one too busy (or stopped) to say a word. */
function answers(file: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(file);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => resolve(!['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'].includes(errorCode(error) ?? '')));
  });
}

/** The directory of a long path stands in the temporary folder of all; it is made again at the next start. */
function removeWhenEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    // Something else is in it.
  }
}

function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
