// The pictures of docs/week.md: the week of src/test/browser/played is played in copies of a demonstration zone, once in each language, and looked at on the
// way. The papers that the server gives are shown as pages where poppler is at hand.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keep, launch, root } from './ground.mjs';

/** Pages of a paper that stand beside each other on one picture. */
const PAPERS = [{ name: '10-minutes', file: 'minutes.pdf', pages: 2 }, { name: '11-slip', file: 'slip.pdf', pages: 1 }];

/** @param data the folder of a loaded demonstration zone that nobody serves; it stays as it is. */
export async function takeWeek(data) {
  for (const [lang, end] of [['zh-CN', ''], ['en', '.en']]) {
    const folder = mkdtempSync(path.join(tmpdir(), 'yugong-week-'));
    try {
      play(data, folder, lang);
      for (const name of readdirSync(folder).filter((one) => one.startsWith('week-'))) keep(name.replace('.png', end), readFileSync(path.join(folder, name)));
      // The papers are Chinese whoever asks for them.
      if (lang === 'zh-CN') await takePapers(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

function play(data, pictures, lang) {
  const copy = path.join(pictures, 'zone');
  cpSync(data, copy, { recursive: true });
  const env = { ...process.env, YUGONG_PLAYED_DATA: copy, YUGONG_PLAYED_PICTURES: pictures, YUGONG_PLAYED_LANG: lang };
  const run = spawnSync(process.execPath, [path.join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', 'src/test/browser/played/week.test.ts'], { cwd: root, env, stdio: 'inherit' });
  if (run.status !== 0) throw new Error(`the week was not played to its end in ${lang}`);
}

async function takePapers(folder) {
  if (!hasPoppler()) {
    console.warn('pdftoppm (poppler-utils) is missing: the pictures of the papers stay as they are');
    return;
  }
  const browser = await launch();
  try {
    for (const { name, file, pages } of PAPERS) {
      const from = path.join(folder, file);
      if (!existsSync(from)) continue;
      execFileSync('pdftoppm', ['-r', '80', '-png', '-l', String(pages), from, path.join(folder, name)]);
      const shown = readdirSync(folder).filter((one) => one.startsWith(`${name}-`)).sort().slice(0, pages).map((one) => `<img src="data:image/png;base64,${readFileSync(path.join(folder, one)).toString('base64')}">`);
      const page = await browser.newPage();
      await page.setContent(`<style>body { margin: 0; background: #e9ebe6 } div { display: inline-flex; gap: 24px; padding: 24px } img { background: #fff; box-shadow: 0 1px 6px #0003 }</style><div>${shown.join('')}</div>`);
      keep(`week-${name}`, await page.locator('div').screenshot());
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

function hasPoppler() {
  return spawnSync('pdftoppm', ['-v']).error === undefined;
}
