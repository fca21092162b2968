// What the pictures of the stories share: a server with a demonstration zone of its own, and how a picture becomes a small file of docs/pictures.
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { withPalette } from '../palette.mjs';

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const MOST_BYTES = 150_000;

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'] });
}

/** Writes a picture as `docs/pictures/<name>.png`, in as many colours as fit. */
export function keep(name, shot) {
  let small = withPalette(shot);
  for (const most of [128, 64, 32]) if (small.length > MOST_BYTES) small = withPalette(shot, most);
  writeFileSync(path.join(root, 'docs', 'pictures', `${name}.png`), small);
  console.log(`${name}.png ${Math.round(small.length / 1000)} kB`);
}

/** A server with a demonstration zone of its own in a new folder; answers when the zone is loaded. `stop` leaves the folder. */
export async function serve() {
  const folder = mkdtempSync(path.join(tmpdir(), 'yugong-pictures-'));
  const port = await freePort();
  const child = spawn(process.execPath, [path.join(root, 'dist', 'server', 'main.js'), 'serve'], { env: { ...process.env, PORT: String(port), YUGONG_DATA: folder }, stdio: 'ignore' });
  const address = `http://127.0.0.1:${port}`;
  for (let left = 300; ; left -= 1) {
    if (await fetch(`${address}/api/queries/people.demo_sign_ins`).then((answer) => answer.ok, () => false)) break;
    if (left === 0 || child.exitCode !== null) throw new Error('the server did not start: was it built?');
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill();
    await ended;
  };
  return { address, folder, stop };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
