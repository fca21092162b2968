// `npm test`: types, lint and import rules (each counts as one check), then the tests. The last line is `N passed, N failed`, counted, not
// guessed: a run that could not be counted is a failure. Arguments go to vitest: `npm test -- src/kernel`.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name) => path.join(root, 'node_modules', name);
const args = process.argv.slice(2);
const some = args.length > 0;

const checks = [
  { name: 'types', needs: 'tsconfig.json', command: [bin('typescript/bin/tsc'), '--noEmit'] },
  { name: 'lint', needs: 'eslint.config.js', command: [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'] },
  { name: 'import rules', needs: '.dependency-cruiser.cjs', command: [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', 'src'] },
];

const total = { passed: 0, failed: 0, skipped: 0 };

if (!some) {
  for (const check of checks) {
    if (!existsSync(path.join(root, check.needs))) continue;
    const { status, output } = await run(check.command, false);
    const good = status === 0;
    total[good ? 'passed' : 'failed'] += 1;
    console.log(`${good ? '✓' : '✗'} ${check.name}`);
    if (!good) console.log(output);
  }
}
await runTests();
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed === 0 ? 0 : 1);

async function runTests() {
  const folder = mkdtempSync(path.join(tmpdir(), 'yugong-report-'));
  const report = path.join(folder, 'report.json');
  const { status } = await run([bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args], true);
  try {
    count(JSON.parse(readFileSync(report, 'utf8')), status);
  } catch {
    console.log('vitest wrote no report');
    total.failed += 1;
  }
  rmSync(folder, { recursive: true, force: true });
}

function count(report, status) {
  total.passed += report.numPassedTests;
  total.skipped += report.numPendingTests + report.numTodoTests;
  // A file that does not even load has no tests that could fail.
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'));
  const failed = report.numFailedTests + broken.length;
  // An error outside every test (an unhandled rejection, a teardown) fails the run all the same, and so does a run without a test.
  total.failed += failed === 0 && (status !== 0 || report.numTotalTests === 0) ? 1 : failed;
}

function run(command, show) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'] });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ status: 1, output: String(error) }));
    child.on('close', (status) => resolve({ status, output }));
  });
}
