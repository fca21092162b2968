// How long minutes of sixty items take as .docx and as .pdf, the first time and when the thread that sets pages is warm, and how long the event
// loop stood still meanwhile. No database and no server.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { writeDocx } from '../../platform/documents/docx.ts';
import { PdfWriter } from '../../platform/documents/pdf.ts';
import { minutes, sampleItems } from '../../test/office/samples.ts';
import { below, median, type Figure } from '../table.ts';

const ITEMS = 60;
const TURNS = 9;

export async function documents(say: (line: string) => void): Promise<Figure[]> {
  const document = minutes(sampleItems(ITEMS));
  const words = await timed(TURNS, () => writeDocx(document));
  const writer = new PdfWriter();
  const loop = monitorEventLoopDelay({ resolution: 5 });
  const [first = 0] = await timed(1, () => writer.write(document));
  loop.enable();
  const pages = await timed(TURNS, () => writer.write(document));
  loop.disable();
  await writer.close();
  say(`minutes of ${ITEMS} items: .docx ${words.map((ms) => ms.toFixed(0)).join(' ')} ms, .pdf ${[first, ...pages].map((ms) => ms.toFixed(0)).join(' ')} ms`);
  return [
    below({ part: 'documents', what: `minutes of ${ITEMS} items as .docx`, projects: ITEMS, own: median(words) / 1000, unit: 's' }, 2),
    below({ part: 'documents', what: `the same as .pdf, the first after a start`, projects: ITEMS, own: first / 1000, unit: 's' }, 2),
    below({ part: 'documents', what: 'the same as .pdf, one more', projects: ITEMS, own: median(pages) / 1000, unit: 's' }, 2),
    below({ part: 'documents', what: 'longest wait of the event loop while pages are set', projects: ITEMS, own: loop.max / 1e6, unit: 'ms' }, 50),
  ];
}

async function timed(turns: number, act: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const began = performance.now();
    await act();
    times.push(performance.now() - began);
  }
  return times;
}
