// An official document as a .docx that Word, WPS and LibreOffice lay out as GB/T 9704-2012 wants. Written as XML by hand: the page grid, the
// spacing between Chinese and Latin, names of replacement typefaces and the instants of the file are beyond the libraries. Pure: no clock, no
// randomness. Text only ever becomes text: no field, link or command can come of it.
import { Writable } from 'node:stream';
import { ZipWriter } from '../sheets/zipwriter.ts';
import { flowOf, type Flow, type Item } from './flow.ts';
import type { OfficialDocument, Orientation } from './model.ts';
import { footXml } from './docxfoot.ts';
import { gridXml } from './docxgrid.ts';
import { footerXml, partsOf, sectionXml } from './docxparts.ts';
import { letterFootXml, letterHeadXml } from './docxletter.ts';
import { lineXml, NAMESPACES, pairXml, spacerXml } from './docxtext.ts';

export const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export async function writeDocx(document: OfficialDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const out = new Writable({ write: (chunk: Buffer, _encoding, done) => { chunks.push(chunk); done(); } });
  const zip = new ZipWriter(out);
  const flow = flowOf(document);
  const { letter } = flow;
  for (const [name, xml] of partsOf(document.about, letter !== undefined)) await zip.part(name, [xml]);
  await zip.part('word/footer1.xml', [footerXml('odd', letter !== undefined)]);
  await zip.part('word/footer2.xml', [footerXml('even', letter !== undefined)]);
  if (letter !== undefined) await zip.part('word/header1.xml', [letterHeadXml(letter)]);
  if (letter !== undefined) await zip.part('word/footer3.xml', [letterFootXml()]);
  await zip.part('word/document.xml', documentXml(flow));
  await zip.finish();
  return Buffer.concat(chunks);
}

function* documentXml({ sections, foot, letter }: Flow): Iterable<string> {
  yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document ${NAMESPACES}><w:body>`;
  for (const [at, { orientation, items }] of sections.entries()) {
    const last = at === sections.length - 1;
    // The set-up of a section stands in its last paragraph, that of the last section at the end of the body.
    yield* itemsXml(items, orientation, last ? '' : sectionXml(orientation, at === 0 && letter !== undefined));
    if (last && foot.length > 0) yield footXml(foot, orientation);
    if (last) yield sectionXml(orientation, at === 0 && letter !== undefined);
  }
  yield '</w:body></w:document>';
}

/** An empty paragraph more than is needed could stand alone on a page: one is added only where a table has none after it. */
function* itemsXml(items: readonly Item[], orientation: Orientation, section: string): Iterable<string> {
  let broken = false;
  let afterGrid = false;
  for (const [at, item] of items.entries()) {
    if (item.kind === 'break') {
      broken = true;
      continue;
    }
    // Two tables in a row would become one, and only a paragraph can begin a page.
    if (item.kind === 'grid' && (broken || afterGrid)) yield spacerXml({ broken });
    if (item.kind === 'grid') yield* gridXml(item, orientation);
    else yield item.kind === 'pair' ? pairXml(item, { orientation, broken, section: at === items.length - 1 ? section : '' }) : lineXml(item, { broken, section: at === items.length - 1 ? section : '' });
    broken = false;
    afterGrid = item.kind === 'grid';
  }
  if (broken || afterGrid || items.length === 0) yield spacerXml({ broken, section });
}
