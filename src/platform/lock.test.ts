import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderBusy, lockFolder } from './lock.ts';
import { socketDirectory } from './sockets.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'yugong-lock-'));
});

afterEach(() => rmSync(dataDir, { recursive: true }));

test('the folder is held until it is released, then somebody else may have it', async () => {
  const lock = await lockFolder(dataDir);
  await expect(lockFolder(dataDir)).rejects.toThrow(`another Yugong process (pid ${process.pid}) serves this folder: ${dataDir}`);
  await lock.release();
  await (await lockFolder(dataDir)).release();
});

test('of twenty that ask at once, one gets it', async () => {
  const asked = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(dataDir)));
  const held = asked.filter((result) => result.status === 'fulfilled');
  expect(held).toHaveLength(1);
  for (const result of asked) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(FolderBusy);
  await Promise.all(held.map((result) => result.value.release()));
});

test('a lock whose process was killed is taken over; of ten that find it, one gets it', async () => {
  await leaveDeadLock();
  const asked = await Promise.allSettled(Array.from({ length: 10 }, () => lockFolder(dataDir)));
  const held = asked.filter((result) => result.status === 'fulfilled');
  expect(held).toHaveLength(1);
  await Promise.all(held.map((result) => result.value.release()));
});

test('a holder that is stopped and cannot answer still holds it', async () => {
  const holder = await holdElsewhere();
  holder.kill('SIGSTOP');
  await expect(lockFolder(dataDir)).rejects.toThrow(/another Yugong process/);
  holder.kill('SIGKILL');
});

test('releasing leaves nothing behind', async () => {
  await (await lockFolder(dataDir)).release();
  expect(existsSync(path.join(dataDir, 'run'))).toBe(false);
});

test('a folder whose path is too long for a socket gets a private short one, always the same', () => {
  const deep = path.join(dataDir, '项'.repeat(60));
  const directory = socketDirectory(deep, '.s.PGSQL.5432');
  expect(Buffer.byteLength(path.join(directory, '.s.PGSQL.5432'))).toBeLessThanOrEqual(107);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(socketDirectory(deep, '.s.PGSQL.5432')).toBe(directory);
  expect(socketDirectory(path.join(dataDir, '目'.repeat(60)), '.s.PGSQL.5432')).not.toBe(directory);
  rmSync(directory, { recursive: true });
  rmSync(socketDirectory(path.join(dataDir, '目'.repeat(60)), '.s.PGSQL.5432'), { recursive: true });
});

/** Another process that listens where the lock is: what lockFolder leaves in the folder when its process dies. */
async function holdElsewhere(): Promise<ReturnType<typeof spawn>> {
  const file = path.join(socketDirectory(dataDir, '.lock.4194304.999'), 'yugong.lock');
  const child = spawn(process.execPath, ['-e', 'require("net").createServer(() => {}).listen(process.argv[1], () => console.log("held"))', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
}

async function leaveDeadLock(): Promise<void> {
  const holder = await holdElsewhere();
  const ended = new Promise((resolve) => holder.once('close', resolve));
  holder.kill('SIGKILL');
  await ended;
}
