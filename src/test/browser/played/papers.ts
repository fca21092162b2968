// Papers that a page gives: fetched by pressing its button, as anybody does.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { Locator } from 'playwright-core';
import type { Seat } from './stage.ts';

export interface Paper { readonly name: string; readonly bytes: Buffer }

export async function fetched(seat: Seat, button: Locator): Promise<Paper> {
  const [download] = await Promise.all([seat.page.waitForEvent('download'), button.click()]);
  const paper = { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  return paper;
}

/** Beside the pictures: of a paper its pages are made a picture. */
export function keepPaper(folder: string | undefined, name: string, { bytes }: Paper): void {
  if (folder !== undefined) writeFileSync(path.join(folder, name), bytes);
}

/** The words of a .docx, read out of its archive. */
export function wordsOf({ bytes }: Paper): string {
  for (let at = bytes.indexOf('PK\u0001\u0002', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 4, 'latin1')) {
    const name = bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    if (name === 'word/document.xml') return entryAt(bytes, bytes.readUInt32LE(at + 42), bytes.readUInt32LE(at + 20)).replaceAll(/<[^>]+>/g, '');
  }
  return '';
}

function entryAt(bytes: Buffer, from: number, length: number): string {
  const start = from + 30 + bytes.readUInt16LE(from + 26) + bytes.readUInt16LE(from + 28);
  const packed = bytes.subarray(start, start + length);
  return (bytes.readUInt16LE(from + 8) === 0 ? packed : inflateRawSync(packed)).toString('utf8');
}
