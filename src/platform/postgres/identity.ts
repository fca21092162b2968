// As whom the PostgreSQL programs run. PostgreSQL refuses root, so root becomes somebody else; an ordinary user stays himself.
// Must never create users or change the rights of anything but the folders of the cluster.
import { spawnSync, type SpawnOptions } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, lstatSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Binaries } from './binaries.ts';
import type { SocketOwner } from '../sockets.ts';

export type Identity = {
  /** Put in front of the command. */
  prefix: readonly string[];
  /** Given to spawn. */
  options: Pick<SpawnOptions, 'uid' | 'gid'>;
  /** Who must own the cluster's folders, when not the user who starts it. */
  owner: SocketOwner | undefined;
  binaries: Binaries;
};

/** The user `nobody`: initdb insists that its user has a name, and this one has one everywhere. */
const nobody: SocketOwner = { uid: 65534, gid: 65534 };

export function chooseIdentity(cluster: string, binaries: Binaries): Identity {
  const uid = process.getuid?.();
  if (uid !== 0) return { prefix: [], options: {}, owner: undefined, binaries };
  const owner = existsSync(cluster) ? statSync(cluster) : undefined;
  if (owner !== undefined && owner.uid !== 0) return otherUser({ uid: owner.uid, gid: owner.gid }, cluster, binaries);
  if (canMapUsers()) {
    // Inside the user namespace the server believes to be user 1000; outside, every file stays root's. Works below /root, too.
    return { prefix: ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'], options: {}, owner: undefined, binaries };
  }
  return otherUser(nobody, cluster, binaries);
}

function canMapUsers(): boolean {
  if (process.env['YUGONG_NO_UNSHARE'] === '1') return false;
  return spawnSync('unshare', ['--user', '--map-user=1000', '--map-group=1000', '--', 'true'], { stdio: 'ignore' }).status === 0;
}

function otherUser(owner: SocketOwner, cluster: string, binaries: Binaries): Identity {
  const dataDir = path.dirname(cluster);
  // The data folder was made for its user alone; the other one has to pass through it (he still cannot list it).
  chmodSync(dataDir, (statSync(dataDir).mode & 0o777) | 0o011);
  if (!canReach(dataDir, owner)) {
    throw new Error(
      `PostgreSQL cannot run as root, and user ${owner.uid} cannot enter ${dataDir}. ` +
        'Start Yugong as an ordinary user, or set YUGONG_DATA to a folder that everyone may enter, or set DATABASE_URL.',
    );
  }
  return { prefix: [], options: owner, owner, binaries: reachable(binaries, owner) };
}

function canReach(file: string, owner: SocketOwner): boolean {
  return spawnSync('test', ['-x', file], { uid: owner.uid, gid: owner.gid, stdio: 'ignore', cwd: '/' }).status === 0;
}

/** A copy of the binaries where the other user can run them; used as it is when a former start made it. */
function reachable(binaries: Binaries, owner: SocketOwner): Binaries {
  if (binaries.root === undefined || canReach(binaries.postgres, owner)) return binaries;
  const version = statSync(binaries.postgres);
  const copy = path.join(tmpdir(), `yugong-postgres-${owner.uid}-${version.size}-${Math.trunc(version.mtimeMs)}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    cpSync(path.join(binaries.root, 'native'), path.join(half, 'native'), { recursive: true, verbatimSymlinks: true });
    renameSync(half, copy);
  }
  if (lstatSync(copy).uid !== process.getuid?.()) throw new Error(`${copy} belongs to somebody else; remove it and start again.`);
  return { ...binaries, root: copy, initdb: path.join(copy, 'native/bin/initdb'), postgres: path.join(copy, 'native/bin/postgres') };
}

/** Gives a folder and all in it to the cluster's owner. */
export function giveTo(folder: string, owner: SocketOwner | undefined): void {
  if (owner === undefined) return;
  chownSync(folder, owner.uid, owner.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) giveTo(file, owner);
    else if (entry.isFile()) chownSync(file, owner.uid, owner.gid);
  }
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
