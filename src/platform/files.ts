// Files stored once by their content. A file is never executed, never served under the name that the sender gave it as a path,
// and half an upload leaves nothing behind.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { newId } from '../kernel/ids.ts';
import { refuse } from '../kernel/refuse.ts';

export interface Stored {
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
}

export interface Files {
  /** Stores a stream of at most `limit` bytes; refuses `platform.too_large` or `platform.empty_file`. Durable when it returns. */
  put(content: Readable, limit: number): Promise<Stored>;
  read(sha256: string): ReadStream;
  pathOf(sha256: string): string;
  size(sha256: string): Promise<number>;
}

export async function openFiles(folder: string): Promise<Files> {
  const incoming = path.join(folder, 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  await sweep(incoming);
  const pathOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a digest');
    return path.join(folder, sha256.slice(0, 2), sha256.slice(2));
  };
  return {
    put: (content, limit) => put(content, limit, incoming, pathOf),
    read: (sha256) => createReadStream(pathOf(sha256)),
    pathOf,
    size: async (sha256) => (await stat(pathOf(sha256))).size,
  };
}

/** No upload takes longer: a request is cut after ten minutes at most. */
const LEFT_AFTER_MS = 3_600_000;

// What a crash left half-way. What is young may be on its way in: the command line works on the folder beside a running server.
async function sweep(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const file = path.join(incoming, name);
    const found = await stat(file).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > LEFT_AFTER_MS) await rm(file, { force: true });
  }
}

async function put(content: Readable, limit: number, incoming: string, pathOf: (sha256: string) => string): Promise<Stored> {
  const temporary = path.join(incoming, newId());
  const digest = createHash('sha256');
  let bytes = 0;
  let head = Buffer.alloc(0);
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limit) {
        done(new TooLarge());
        return;
      }
      if (head.length < 64) head = Buffer.concat([head, chunk]).subarray(0, 64);
      digest.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(content, measure, createWriteStream(temporary, { mode: 0o600 }));
    if (bytes === 0) refuse('platform.empty_file');
    const sha256 = digest.digest('hex');
    await keep(temporary, pathOf(sha256));
    return { sha256, bytes, mediaType: mediaTypeOf(head) };
  } catch (error) {
    await rm(temporary, { force: true });
    if (error instanceof TooLarge) refuse('platform.too_large', { limitBytes: limit });
    throw error;
  }
}

class TooLarge extends Error {}

// The content is on the disk, and its name in the folder, before anything in the database may refer to it.
async function keep(temporary: string, target: string): Promise<void> {
  await sync(temporary);
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  await rename(temporary, target);
  await sync(path.dirname(target));
}

async function sync(name: string): Promise<void> {
  const handle = await open(name, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const SIGNATURES: readonly (readonly [string, string])[] = [
  ['ffd8ff', 'image/jpeg'],
  ['89504e470d0a1a0a', 'image/png'],
  ['474946383961', 'image/gif'],
  ['474946383761', 'image/gif'],
  ['255044462d', 'application/pdf'],
  ['504b0304', 'application/zip'],
  ['d0cf11e0a1b11ae1', 'application/x-ole-storage'],
];

/** The type by content, never by what the sender claims. Unknown content is bytes to be downloaded. */
export function mediaTypeOf(head: Buffer): string {
  const hex = head.toString('hex');
  const known = SIGNATURES.find(([signature]) => hex.startsWith(signature));
  if (known !== undefined) return known[1];
  if (hex.startsWith('52494646') && hex.slice(16, 24) === '57454250') return 'image/webp';
  if (['68656963', '68656978', '6d696631'].includes(hex.slice(16, 24))) return 'image/heic';
  return 'application/octet-stream';
}
