// The lock file of a PostgreSQL cluster and the process behind it: alive, dead, or somebody else's. Must never end a postmaster that
// lives; it only removes the lock of a dead one and the children that outlived it.
import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { folderOf, isRunning, pause, programOf, runningIn } from '../processes.ts';

export type Postmaster = { pid: number; socketDirectory: string; port: number };

/** The living postmaster of this cluster, or undefined after clearing what a dead one left behind. */
export async function livingPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const lock = lockOf(cluster);
  if (!existsSync(lock)) return undefined;
  for (let pid = holderOf(lock, cluster); pid !== undefined; pid = holderOf(lock, cluster)) {
    const found = postmasterOf(cluster);
    if (found !== undefined) return found;
    await pause(50); // it is starting and has not opened its socket yet
  }
  await endOrphans(cluster);
  rmSync(lock, { force: true });
  return undefined;
}

/** The socket has a lock file of its own, which a dead server leaves, too; a zombie's number in it stops the next start. */
export function clearSocketLock(socket: string, cluster: string): void {
  const lock = `${socket}.lock`;
  if (!existsSync(lock)) return;
  if (holderOf(lock, cluster) !== undefined) return;
  rmSync(lock, { force: true });
  rmSync(socket, { force: true });
}

/** The living postmaster of this cluster once it has its socket, or undefined; changes nothing. */
export function postmasterOf(cluster: string): Postmaster | undefined {
  const lock = lockOf(cluster);
  const pid = holderOf(lock, cluster);
  const [, , , port = '', socketDirectory = ''] = readLines(lock);
  return pid === undefined || socketDirectory === '' ? undefined : { pid, port: Number(port), socketDirectory };
}

/** The process that a lock names, when it is this cluster's living server. */
function holderOf(lock: string, cluster: string): number | undefined {
  const pid = Number(readLines(lock)[0]);
  return Number.isSafeInteger(pid) && pid > 1 && belongsHere(pid, cluster) ? pid : undefined;
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').map((line) => line.trim());
  } catch {
    return []; // removed at this very moment by the server that ended
  }
}

function lockOf(cluster: string): string {
  return path.join(cluster, 'postmaster.pid');
}

/** A process number is used again after a restart of the machine, so the number alone proves nothing: it must be this cluster's server. */
function belongsHere(pid: number, cluster: string): boolean {
  if (!isRunning(pid)) return false;
  const program = programOf(pid);
  if (program === undefined || !program.startsWith('postgres')) return false;
  const folder = folderOf(pid);
  return folder === undefined || folder === realpathSync(cluster);
}

/**
 * Children notice the death of their postmaster and end by themselves, but one that is in a long statement notices late, and a new
 * server refuses to start while one of them is attached to the old shared memory. They cannot commit any more; ending them loses nothing.
 */
async function endOrphans(cluster: string): Promise<void> {
  const folder = realpathSync(cluster);
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const orphans = runningIn(folder, 'postgres');
    if (orphans.length === 0) return;
    for (const pid of orphans) signal(pid, attempt < 20 ? 'SIGQUIT' : 'SIGKILL');
    await pause(100);
  }
}

/** Waits until the process is gone; false when it is still there after the time. */
export async function waitUntilGone(pid: number, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (isRunning(pid)) {
    if (performance.now() > end) return false;
    await pause(20);
  }
  return true;
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone between the look and the signal: what was wanted.
  }
}
