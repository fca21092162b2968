// Stands behind `npm start`, `npm test` and `npm run yugong` on a bare machine: checks Node, installs the packages that the lock file
// names, builds what changed. Uses nothing but Node itself and prints nothing on standard output.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const stampFile = path.join(modules, '.yugong-stamp');
const leastNode = [20, 19];

export async function ensure() {
  checkNode();
  const { build, outOfDate } = await import('./build.mjs');
  // Most of the time there is nothing to do: no lock is taken, nothing is written, a read-only image works.
  if (isInstalled() && outOfDate().length === 0) return;
  await alone(async () => {
    install();
    await build(say);
  });
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) return;
  fail(
    `Yugong needs Node.js ${leastNode.join('.')} or later; this is ${process.versions.node} (${process.execPath}). Install it from https://nodejs.org and run the command again.\n` +
      `愚公需要 Node.js ${leastNode.join('.')} 或更高版本；当前为 ${process.versions.node}。请安装后重新执行。`,
  );
}

function fail(message) {
  say(message);
  process.exit(1);
}

/** Two commands at once would install and build into each other. The second one waits; a lock whose process is gone is taken over. */
async function alone(work) {
  const lock = path.join(root, 'dist', '.lock');
  mkdirSync(path.dirname(lock), { recursive: true });
  for (let waited = 0; !takeLock(lock); waited += 1) {
    if (waited === 20) say('Waiting for another command that is building · 等待另一个正在构建的命令 …');
    if (waited > 6000) fail(`Another command has been building for ten minutes. If there is none, remove ${lock}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') fail(`Yugong cannot write to ${path.dirname(lock)} (${error.code}). Run it as the user who owns the folder.\n无法写入该目录，请以目录所有者的身份运行。`);
  }
  if (!abandoned(lock)) return false;
  try {
    // Renamed before it is removed: of two that find it abandoned, one succeeds.
    const old = `${lock}.${process.pid}`;
    renameSync(lock, old);
    rmSync(old, { force: true });
  } catch {
    // The other one was quicker.
  }
  return false;
}

function abandoned(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    // Created, but not yet written to: give it the time to.
    if (!Number.isInteger(pid) || pid <= 0) return Date.now() - statSync(lock).mtimeMs > 5000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function wantedStamp() {
  const lockFile = readFileSync(path.join(root, 'package-lock.json'));
  return createHash('sha256').update(lockFile).update(`${process.platform}-${process.arch}`).digest('hex');
}

function isInstalled() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wantedStamp();
}

function install() {
  if (isInstalled()) return;
  if (!installedAlready(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')))) {
    say('Installing packages, once · 首次安装依赖（约一分钟）…');
    // Install scripts are not needed (the launcher of PostgreSQL makes its own links) and are not run: less to trust.
    const common = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const first = npm(['ci', ...common]);
    if (first.status !== 0) {
      say('`npm ci` did not succeed; trying `npm install` · 改用 npm install …');
      const second = npm(['install', '--no-save', ...common]);
      if (second.status !== 0) fail(`${first.output}\n${second.output}\nThe packages could not be installed. Is the npm registry reachable? · 依赖安装失败，请检查 npm 源是否可用。`);
    }
  }
  mkdirSync(modules, { recursive: true });
  writeFileSync(stampFile, wantedStamp());
}

/** True when somebody ran `npm ci` by hand: every package of the lock file that belongs on this machine is there in its version. */
function installedAlready(lock) {
  const hidden = path.join(modules, '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages ?? {};
  return Object.entries(lock.packages).every(([place, entry]) => {
    if (place === '') return true;
    if (present[place] === undefined) return entry.optional === true || entry.peer === true;
    return present[place].version === entry.version && existsSync(path.join(root, place));
  });
}

function npm(args) {
  const script = process.env.npm_execpath;
  const own = script !== undefined && /npm-cli\.[cm]?js$/.test(script);
  const { status, stdout, stderr, error } = own
    ? spawnSync(process.execPath, [script, ...args], { cwd: root, encoding: 'utf8', maxBuffer: 64e6 })
    : spawnSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 64e6, shell: process.platform === 'win32' });
  return { status: error === undefined ? status : 1, output: `${stdout ?? ''}${stderr ?? ''}${error ?? ''}`.trim() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await ensure();
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}
