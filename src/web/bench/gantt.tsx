// A Gantt of ten thousand bars and nothing else, to be measured: `window.measure(frames)` scrolls it and gives the times of the frames.
// Development only; scripts/gantt.bench.mjs drives it in Chromium.
import '../theme.css';
import { createRoot } from 'react-dom/client';
import { Gantt } from '../gantt/gantt.tsx';
import { manyRows } from '../gallery/ganttshow.tsx';
import { TODAY } from '../gallery/sample.ts';
import { startWords } from '../i18n.ts';
import { ZOOMS } from '../gantt/types.ts';

interface Measured {
  readonly axis: string;
  readonly frames: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly worstMs: number;
  readonly over17: number;
  /** Main-thread time within the frame, without waiting for the display. */
  readonly workMedianMs: number;
  readonly workWorstMs: number;
  /** Our own drawing alone. */
  readonly drawMedianMs: number;
  readonly drawWorstMs: number;
}

declare global {
  interface Window {
    measure?: (frames: number, axis: 'down' | 'both' | 'across') => Promise<Measured>;
  }
}

const drawn: number[] = [];
const plainFrame = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (work) =>
  plainFrame((now) => {
    const begun = performance.now();
    work(now);
    drawn.push(performance.now() - begun);
  });

await startWords();
const params = new URLSearchParams(window.location.search);
const zoom = ZOOMS.find((one) => one === params.get('zoom'));
const place = document.getElementById('app');
if (place !== null) createRoot(place).render(<div style={{ padding: 16 }}><Gantt rows={manyRows(Number(params.get('rows') ?? 10_000))} today={TODAY} height={780} {...(zoom === undefined ? {} : { zoom })} /></div>);

window.measure = async (frames, axis) => {
  const box = document.querySelector<HTMLElement>('.ganttscroll');
  if (box === null) throw new Error('no chart');
  box.scrollTop = 0;
  drawn.length = 0;
  const gaps: number[] = [];
  const work: number[] = [];
  const frame = async (): Promise<number> => new Promise((resolve) => plainFrame(resolve));
  let before = await frame();
  for (let index = 0; index < frames; index += 1) {
    if (axis !== 'across') box.scrollTop += index % 60 === 59 ? 8_000 : 37;
    if (axis !== 'down') box.scrollLeft += index % 120 < 60 ? 23 : -23;
    // The chart draws in a frame callback that its scroll event asks for: measured from here until after that callback.
    const now = await frame();
    const begun = performance.now();
    await new Promise<void>((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve();
      channel.port2.postMessage(undefined);
    });
    work.push(performance.now() - begun);
    gaps.push(now - before);
    before = now;
  }
  const sorted = gaps.toSorted((a, b) => a - b);
  const works = work.toSorted((a, b) => a - b);
  const draws = drawn.toSorted((a, b) => a - b);
  const at = (list: readonly number[], share: number): number => Math.round((list[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0) * 100) / 100;
  return { axis, frames, medianMs: at(sorted, 0.5), p95Ms: at(sorted, 0.95), worstMs: at(sorted, 1), over17: gaps.filter((gap) => gap > 17.5).length, workMedianMs: at(works, 0.5), workWorstMs: at(works, 1), drawMedianMs: at(draws, 0.5), drawWorstMs: at(draws, 1) };
};
