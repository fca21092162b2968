// A real server process on a folder of its own, for tests that kill it. The program is bundled once from its present sources, so these
// tests never run yesterday's build.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { pause, runningIn } from '../../platform/processes.ts';
import { postmasterOf, signal } from '../../platform/postgres/postmaster.ts';
import { root } from '../../platform/root.ts';

export type Ended = { code: number | null; signal: NodeJS.Signals | null };

export type ServerProcess = {
  pid: number;
  address: string;
  /** What it printed so far, both streams. */
  output(): string;
  end(signal: NodeJS.Signals): Promise<Ended>;
};

const programs = new Map<string, Promise<string>>();

/** The bundled program; the same file for all tests of one process. */
export function bundledProgram(entry = 'src/main.ts'): Promise<string> {
  const program = programs.get(entry) ?? bundle(entry);
  programs.set(entry, program);
  return program;
}

async function bundle(entry: string): Promise<string> {
  const name = path.basename(entry, '.ts');
  const outdir = path.join(root, 'node_modules', '.cache', 'yugong', `${name}-${process.pid}`);
  await build({
    absWorkingDir: root, entryPoints: [entry], outdir, bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20',
    packages: 'external', logLevel: 'error', outExtension: { '.js': '.mjs' },
  });
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  return path.join(outdir, `${name}.mjs`);
}

export type StartOptions = {
  env?: Record<string, string>;
  uid?: number;
  args?: readonly string[];
  /** Another program than the real one, to see a test fail. */
  entry?: string;
};

/** Starts `serve` and waits until it answers; throws with its words when it ends instead. */
export async function startServer(dataDir: string, options: StartOptions = {}): Promise<ServerProcess> {
  const running = await spawnProgram(dataDir, options);
  const end = performance.now() + 60_000;
  for (;;) {
    const address = /http:\/\/\S+:\d+/.exec(running.output())?.[0];
    if (address !== undefined && (await isHealthy(address))) {
      return { pid: running.child.pid ?? 0, address, output: running.output, end: (signal) => endProcess(running.child, signal) };
    }
    if (running.child.exitCode !== null || running.child.signalCode !== null) throw new Error(`The server ended (${running.child.exitCode}):\n${running.output()}`);
    if (performance.now() > end) {
      running.child.kill('SIGKILL');
      throw new Error(`The server did not answer within a minute:\n${running.output()}`);
    }
    await pause(25);
  }
}

/** Runs the program to its end. */
export async function runProgram(dataDir: string, options: StartOptions = {}): Promise<Ended & { output: string }> {
  const { child, output } = await spawnProgram(dataDir, options);
  const ended = await waitForEnd(child);
  return { ...ended, output: output() };
}

async function spawnProgram(dataDir: string, { env = {}, args = ['serve'], uid, entry }: StartOptions): Promise<{ child: ChildProcess; output: () => string }> {
  const { DATABASE_URL: _foreign, ...own } = process.env;
  const child = spawn(process.execPath, [await bundledProgram(entry), ...args], {
    env: { ...own, YUGONG_DATA: dataDir, PORT: '0', HOST: '127.0.0.1', YUGONG_DEMO: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text };
}

function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<Ended> {
  child.kill(signal);
  return waitForEnd(child);
}

function waitForEnd(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve({ code: child.exitCode, signal: child.signalCode });
    else child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

async function isHealthy(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}

/** Kills the PostgreSQL of a folder with all its children, as a power cut would. */
export function killPostgres(dataDir: string): void {
  // Children end by themselves when the first one falls, so some may be gone already.
  for (const pid of runningIn(path.join(dataDir, 'postgres'), 'postgres')) signal(pid, 'SIGKILL');
}

/** Kills the postmaster alone; its children are left to themselves. */
export function killPostmaster(dataDir: string): number {
  const pid = postmasterOf(path.join(dataDir, 'postgres'))?.pid;
  if (pid === undefined) throw new Error('no postmaster runs');
  process.kill(pid, 'SIGKILL');
  return pid;
}

export function temporaryFolder(name = 'yugong-fault-'): string {
  return mkdtempSync(path.join(tmpdir(), name));
}

/** Ends whatever still runs on the folder, and removes it. */
export function clearFolder(dataDir: string): void {
  killPostgres(dataDir);
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
}
