// How long the program takes from its start to its first answer, with an empty folder and the second time, and what it then holds.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundled, root } from '../../platform/root.ts';
import { below, median, type Figure } from '../table.ts';
import { residentMb } from './imports.ts';

const FIRST_LIMIT_MS = 180_000;

export async function starts(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'yugong-bench-start-'));
  try {
    const first = await start(folder);
    const again = [await start(folder), await start(folder), await start(folder)];
    return [
      below({ part: 'start', what: 'first start, demonstration zone loaded (packages and build not counted)', projects: 182, own: first.seconds, unit: 's' }, 90),
      below({ part: 'start', what: 'second start', projects: 182, own: median(again.map((one) => one.seconds)), unit: 's' }, 5),
      below({ part: 'start', what: 'memory of the server after 500 pages', projects: 182, own: median(again.map((one) => one.megabytes)), unit: 'MB' }, 300),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function start(folder: string): Promise<{ seconds: number; megabytes: number }> {
  const entry = bundled ? [path.join(root, 'dist', 'server', 'main.js')] : ['--import', 'tsx', path.join(root, 'src', 'main.ts')];
  const began = performance.now();
  const environment = { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', HOST: '127.0.0.1', YUGONG_DATA: folder, YUGONG_DEMO: 'on', LOG_LEVEL: 'warn' };
  const child = spawn(process.execPath, [...entry, 'serve'], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const port = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /http:\/\/[\w.]+:(\d+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', (code) => reject(new Error(`the server ended with ${String(code)}`)));
      setTimeout(() => reject(new Error('the server did not start in time')), FIRST_LIMIT_MS).unref();
    });
    const healthy = await fetch(`http://127.0.0.1:${port}/healthz`);
    if (!healthy.ok) throw new Error(`healthz says ${healthy.status}`);
    const seconds = (performance.now() - began) / 1000;
    await browse(`http://127.0.0.1:${port}`);
    return { seconds, megabytes: residentMb(child.pid ?? 0) };
  } finally {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
    await ended;
  }
}

async function browse(url: string): Promise<void> {
  const origin = { origin: url, 'content-type': 'application/json' };
  const signed = await fetch(`${url}/api/commands/people.demo_sign_in`, { method: 'POST', headers: { ...origin, 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify({ role: 'office' }) });
  const cookie = (signed.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const pages = ['projects.list', 'projects.portfolio', 'projects.today', 'projects.facets', 'projects.list?sort=total&down=true'];
  for (let i = 0; i < 500; i += 1) await (await fetch(`${url}/api/queries/${pages[i % pages.length] ?? ''}`, { headers: { cookie } })).arrayBuffer();
}
