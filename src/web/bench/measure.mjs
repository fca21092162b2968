// Measures the Gantt with 10,000 bars in Chromium: node src/web/bench/measure.mjs [--json]. Serves the bench page itself with Vite.
import { chromium } from 'playwright-core';
import { createServer } from 'vite';

const FRAMES = 600; // ten seconds at 60 frames a second
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const server = await createServer({ server: { port: 0, host: '127.0.0.1', proxy: {} }, logLevel: 'error' });
await server.listen();
const address = server.resolvedUrls?.local[0] ?? '';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const results = [];
try {
  for (const zoom of ['week', 'month', 'year']) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${address}bench/gantt.html?rows=10000&zoom=${zoom}`);
    await page.waitForFunction(() => window.measure !== undefined && document.querySelector('.ganttscroll') !== null, undefined, { timeout: 30_000 });
    await page.waitForTimeout(1000);
    for (const axis of ['down', 'both']) {
      await page.evaluate(async () => window.measure?.(60, 'down'));
      results.push({ zoom, ...(await page.evaluate(async ([frames, which]) => window.measure?.(frames, which), [FRAMES, axis])) });
    }
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
if (process.argv.includes('--json')) console.log(JSON.stringify(results));
else console.table(results);
