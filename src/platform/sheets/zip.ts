// The archive that a workbook is. Its directory is judged before a single byte is unpacked, and what is unpacked is counted:
// a directory can lie. Nothing is ever written to disk.
import yauzl from 'yauzl';
import type { Readable } from 'node:stream';
import { Refusal, refuse } from '../../kernel/refuse.ts';
import { mb, type Budget } from './limits.ts';

export interface Archive {
  readonly has: (name: string) => boolean;
  readonly names: () => readonly string[];
  /** The parts of one file, unpacked, in order. */
  readonly chunks: (name: string) => AsyncIterable<Buffer>;
  readonly text: (name: string, maxBytes: number) => Promise<string>;
  readonly close: () => void;
}

/** Opens an archive from a path or from bytes. Refuses what is damaged, hostile or beyond the limits. */
export async function openArchive(source: { readonly path: string } | { readonly bytes: Buffer }, budget: Budget): Promise<Archive> {
  const zip = await opened(source);
  try {
    const entries = await directory(zip, budget);
    return {
      has: (name) => entries.has(name),
      names: () => [...entries.keys()],
      chunks: (name) => unpack(zip, entries.get(name), budget),
      text: (name, maxBytes) => whole(zip, entries.get(name), maxBytes, budget),
      close: () => { zip.close(); },
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

const OPTIONS: yauzl.Options = { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: true, decodeStrings: true };

function opened(source: { readonly path: string } | { readonly bytes: Buffer }): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, zip?: yauzl.ZipFile) => {
      if (error !== null || zip === undefined) reject(damaged(error));
      else resolve(zip);
    };
    if ('path' in source) yauzl.open(source.path, OPTIONS, done);
    else yauzl.fromBuffer(source.bytes, OPTIONS, done);
  });
}

function directory(zip: yauzl.ZipFile, budget: Budget): Promise<Map<string, yauzl.Entry>> {
  const { limits } = budget;
  if (zip.entryCount > limits.maxEntries) refuse('ledger.too_many_parts', { count: zip.entryCount, limit: limits.maxEntries });
  return new Promise((resolve, reject) => {
    const entries = new Map<string, yauzl.Entry>();
    let total = 0;
    const judge = (entry: yauzl.Entry) => {
      total += entry.uncompressedSize;
      if (total > limits.maxTotalBytes) refuse('ledger.unpacks_too_large', { limitMb: mb(limits.maxTotalBytes) });
      const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
      if (entry.uncompressedSize > limits.ratioFrom && ratio > limits.maxRatio) refuse('ledger.zip_bomb', { ratio: Math.round(ratio), limit: limits.maxRatio });
      if (entries.has(entry.fileName)) refuse('ledger.damaged_file', { reason: 'duplicate_part' });
      if ((entry.generalPurposeBitFlag & 1) !== 0) refuse('ledger.password_protected', {});
      entries.set(entry.fileName, entry);
      if (entries.size > limits.maxEntries) refuse('ledger.too_many_parts', { count: entries.size, limit: limits.maxEntries });
    };
    zip.on('entry', (entry: yauzl.Entry) => {
      try {
        judge(entry);
        zip.readEntry();
      } catch (error) {
        reject(error instanceof Error ? error : damaged(null));
      }
    });
    zip.on('end', () => { resolve(entries); });
    zip.on('error', (error: Error) => { reject(damaged(error)); });
    zip.readEntry();
  });
}

async function* unpack(zip: yauzl.ZipFile, entry: yauzl.Entry | undefined, budget: Budget): AsyncIterable<Buffer> {
  if (entry === undefined) return;
  const stream = await reading(zip, entry);
  let size = 0;
  try {
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) continue;
      size += chunk.length;
      budget.bytes(chunk.length);
      budget.time();
      if (size > budget.limits.ratioFrom && size > entry.compressedSize * budget.limits.maxRatio) {
        refuse('ledger.zip_bomb', { ratio: Math.round(size / Math.max(1, entry.compressedSize)), limit: budget.limits.maxRatio });
      }
      yield chunk;
    }
  } catch (error) {
    throw error instanceof Refusal ? error : damaged(error);
  } finally {
    stream.destroy();
  }
}

async function whole(zip: yauzl.ZipFile, entry: yauzl.Entry | undefined, maxBytes: number, budget: Budget): Promise<string> {
  if (entry !== undefined && entry.uncompressedSize > maxBytes) refuse('ledger.unpacks_too_large', { limitMb: mb(maxBytes) });
  const chunks: Buffer[] = [];
  for await (const chunk of unpack(zip, entry, budget)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function reading(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null || stream === undefined) reject(damaged(error));
      else resolve(stream);
    });
  });
}

function damaged(error: unknown): Refusal {
  return error instanceof Refusal ? error : new Refusal('ledger.damaged_file', { reason: error instanceof Error ? error.message.slice(0, 120) : 'unreadable' });
}
