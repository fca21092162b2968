// Starts what is measured in processes of their own, so that neither the load generator nor its rival shares a thread with it.
// Each child is this program again with its task in the environment; it answers with the port on which it listens.
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { bundled, root } from '../platform/root.ts';

export const TASK = 'YUGONG_BENCH_TASK';
/** A folder for the processor profiles of the children. */
export const PROFILE = 'YUGONG_BENCH_PROFILE';

export interface Connection { readonly host: string; readonly port: number; readonly user: string; readonly database: string }

export interface Statement { readonly text: string; readonly variants: readonly (readonly unknown[])[] }

export type Task =
  | { readonly kind: 'house'; readonly connection: Connection; readonly folder: string }
  | { readonly kind: 'bare'; readonly connection: Connection; readonly statements: Readonly<Record<string, Statement>> };

export interface Child { readonly url: string; readonly pid: number; stop(): Promise<void> }

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

export async function startChild(task: Task): Promise<Child> {
  const entry = bundled ? [path.join(root, 'dist', 'server', 'bench.js')] : ['--import', 'tsx', path.join(root, 'src', 'bench', 'main.ts')];
  const profile = process.env[PROFILE];
  const child = spawn(process.execPath, [...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`, `--cpu-prof-name=${task.kind}-${Date.now()}.cpuprofile`]), ...entry], { cwd: root, env: { ...process.env, [TASK]: JSON.stringify(task) }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  running.add(child);
  const gone = new Promise<void>((resolve) => child.once('exit', () => {
    running.delete(child);
    resolve();
  }));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)));
    child.once('exit', (code) => reject(new Error(`${task.kind} ended with ${String(code)} before it listened`)));
    setTimeout(() => reject(new Error(`${task.kind} did not listen within 60 s`)), 60_000).unref();
  });
  return {
    url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 5000).unref();
      await gone;
    },
  };
}
