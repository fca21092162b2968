// Writing an archive as a stream: each part is packed as it is made and nothing is held. Only what a workbook needs.
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

interface Written {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

export class ZipWriter {
  private readonly out: Writable;
  private readonly parts: Written[] = [];
  private offset = 0;

  constructor(out: Writable) {
    this.out = out;
  }

  /** Writes one part; `pieces` is called for its text bit by bit. */
  async part(name: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
    const label = Buffer.from(name);
    const offset = this.offset;
    await this.send(header(label));
    const deflate = createDeflateRaw({ level: 4 });
    let packed = 0;
    let size = 0;
    let crc = 0;
    const draining = (async () => {
      for await (const chunk of deflate) {
        if (!Buffer.isBuffer(chunk)) continue;
        packed += chunk.length;
        await this.send(chunk);
      }
    })();
    // A failure of the receiver must reach the caller even while we still produce.
    let failure: unknown;
    draining.catch((error: unknown) => { failure = error; });
    for await (const piece of gathered(pieces)) {
      if (failure !== undefined) break;
      size += piece.length;
      crc = crc32(piece, crc);
      if (!deflate.write(piece)) await once(deflate, 'drain');
    }
    deflate.end();
    await draining;
    const end = Buffer.alloc(16);
    end.writeUInt32LE(0x08074b50, 0);
    end.writeUInt32LE(crc, 4);
    end.writeUInt32LE(packed, 8);
    end.writeUInt32LE(size, 12);
    await this.send(end);
    this.parts.push({ name: label, crc, packed, size, offset });
  }

  /** Writes the directory. The stream itself is ended by whoever opened it. */
  async finish(): Promise<void> {
    const start = this.offset;
    for (const part of this.parts) await this.send(directoryEntry(part));
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(this.parts.length, 8);
    end.writeUInt16LE(this.parts.length, 10);
    end.writeUInt32LE(this.offset - start, 12);
    end.writeUInt32LE(start, 16);
    await this.send(end);
  }

  private async send(bytes: Buffer): Promise<void> {
    this.offset += bytes.length;
    if (!this.out.write(bytes)) await once(this.out, 'drain');
  }
}

/** Small texts joined into pieces worth packing. */
async function* gathered(pieces: Iterable<string> | AsyncIterable<string>): AsyncIterable<Buffer> {
  let held = '';
  for await (const piece of pieces) {
    held += piece;
    if (held.length > 65_536) {
      yield Buffer.from(held);
      held = '';
    }
  }
  if (held !== '') yield Buffer.from(held);
}

/** 1980-01-01, so that the same content gives the same file. Sizes follow the data (bit 3), names are UTF-8 (bit 11). */
function header(name: Buffer): Buffer {
  const head = Buffer.alloc(30 + name.length);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(0x0808, 6);
  head.writeUInt16LE(8, 8);
  head.writeUInt16LE(0x21, 12);
  head.writeUInt16LE(name.length, 26);
  name.copy(head, 30);
  return head;
}

function directoryEntry(part: Written): Buffer {
  const entry = Buffer.alloc(46 + part.name.length);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(20, 4);
  entry.writeUInt16LE(20, 6);
  entry.writeUInt16LE(0x0808, 8);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt16LE(0x21, 14);
  entry.writeUInt32LE(part.crc, 16);
  entry.writeUInt32LE(part.packed, 20);
  entry.writeUInt32LE(part.size, 24);
  entry.writeUInt16LE(part.name.length, 28);
  entry.writeUInt32LE(part.offset, 42);
  part.name.copy(entry, 46);
  return entry;
}
