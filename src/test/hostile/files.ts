// Makes hostile and damaged files for tests, in memory, in milliseconds. Nothing here is stored in the repository as a file, so that
// no scanner is alarmed and every trick can be read.
import { constants, crc32, deflateRawSync } from 'node:zlib';

export interface Part {
  readonly name: string;
  readonly data: Buffer | string;
  /** Raw deflate data to use instead of packing `data`. */
  readonly packed?: Buffer;
  /** Size to claim in the directory. */
  readonly claimedSize?: number;
  readonly flags?: number;
}

/** A zip archive, honest or not. */
export function zip(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const data = Buffer.isBuffer(part.data) ? part.data : Buffer.from(part.data);
    const packed = part.packed ?? deflateRawSync(data);
    const name = Buffer.from(part.name);
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0);
    fixed.writeUInt16LE(part.flags ?? 0, 2);
    fixed.writeUInt16LE(8, 4);
    fixed.writeUInt16LE(0x21, 8);
    fixed.writeUInt32LE(crc32(data), 10);
    fixed.writeUInt32LE(packed.length, 14);
    fixed.writeUInt32LE(part.claimedSize ?? data.length, 18);
    fixed.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), fixed, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), fixed, tail, name]));
    bodies.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 8);
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listing, end]);
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface RawBook {
  /** Whole XML of each sheet, or the inside of its sheetData. */
  readonly sheets: readonly { readonly name: string; readonly xml: string; readonly state?: string }[];
  readonly texts?: string;
  readonly styles?: string;
  readonly date1904?: boolean;
  readonly extra?: readonly Part[];
}

/** A workbook out of raw XML, the least that is one. */
export function rawBook(book: RawBook): Buffer {
  return zip(rawParts(book));
}

export function rawParts(book: RawBook): Part[] {
  const parts: Part[] = [
    { name: '[Content_Types].xml', data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>' },
    { name: '_rels/.rels', data: `<Relationships><Relationship Id="rId1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>` },
    {
      name: 'xl/workbook.xml',
      data: `<workbook xmlns="${MAIN}" xmlns:r="${REL}"><workbookPr${book.date1904 === true ? ' date1904="1"' : ''}/><sheets>${book.sheets
        .map((sheet, i) => `<sheet name="${sheet.name}" sheetId="${i + 1}"${sheet.state === undefined ? '' : ` state="${sheet.state}"`} r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: `<Relationships>${book.sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${REL}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}`
        + `<Relationship Id="s" Type="${REL}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="y" Type="${REL}/styles" Target="styles.xml"/></Relationships>`,
    },
    { name: 'xl/sharedStrings.xml', data: book.texts ?? '<sst/>' },
    { name: 'xl/styles.xml', data: book.styles ?? '<styleSheet/>' },
  ];
  for (const [i, sheet] of book.sheets.entries()) {
    const xml = sheet.xml.includes('sheetData') ? sheet.xml : `<sheetData>${sheet.xml}</sheetData>`;
    parts.push({ name: `xl/worksheets/sheet${i + 1}.xml`, data: xml.startsWith('<?') || xml.startsWith('<!') || xml.startsWith('<worksheet') ? xml : `<worksheet xmlns="${MAIN}">${xml}</worksheet>` });
  }
  return [...parts, ...(book.extra ?? [])];
}

/** Raw deflate data that unpacks to `megabytes` of one byte: one flushed block, many times over. */
export function zeros(megabytes: number, byte = 0x20): Buffer {
  const block = deflateRawSync(Buffer.alloc(1024 * 1024, byte), { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([...Array.from({ length: megabytes }, () => block), deflateRawSync(Buffer.alloc(0))]);
}

/** A gigabyte in a megabyte, with a directory that says so. */
export function zipBomb(megabytes = 1024): Buffer {
  return withSheet({ packed: zeros(megabytes), claimedSize: megabytes * 1024 * 1024 });
}

/** The same with a directory that claims a modest size. */
export function lyingZipBomb(megabytes = 1024, claimedSize = 4 * 1024 * 1024): Buffer {
  return withSheet({ packed: zeros(megabytes), claimedSize });
}

function withSheet(bomb: Partial<Part>): Buffer {
  const parts = rawParts({ sheets: [{ name: 'a', xml: '' }] });
  return zip(parts.map((part) => (part.name.endsWith('sheet1.xml') ? { ...part, ...bomb } : part)));
}

/** Ten entities, each ten of the one before: a gigabyte out of a kilobyte for a reader that expands them. */
export function entityBomb(): Buffer {
  const entities = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
  return rawBook({ sheets: [{ name: 'a', xml: `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">${entities}]><worksheet><sheetData><row><c t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData></worksheet>` }] });
}

/** Asks the reader to fetch a file of the server. */
export function externalEntity(target = 'file:///etc/passwd'): Buffer {
  return rawBook({ sheets: [{ name: 'a', xml: '' }], texts: `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "${target}">]><sst><si><t>&e;</t></si></sst>` });
}

export function manyMerges(count = 50_000): Buffer {
  const merges = Array.from({ length: count }, (_, i) => `<mergeCell ref="A${i * 2 + 1}:B${i * 2 + 2}"/>`).join('');
  return rawBook({ sheets: [{ name: 'a', xml: `<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells count="${count}">${merges}</mergeCells>` }] });
}

export function manyEntries(count = 100_000): Buffer {
  const empty = deflateRawSync(Buffer.alloc(0));
  return zip(Array.from({ length: count }, (_, i) => ({ name: `x/${i}`, data: '', packed: empty })));
}

/** A program that someone called 台账.xlsx. */
export function renamedProgram(): Buffer {
  return Buffer.concat([Buffer.from('MZ\u0090\u0000', 'latin1'), Buffer.alloc(4096, 7), Buffer.from('This program cannot be run in DOS mode.')]);
}

/** The head of a compound file, with the names that tell what it holds. */
export function compoundFile(holds: 'EncryptedPackage' | 'Workbook' | 'WordDocument'): Buffer {
  const head = Buffer.alloc(4096);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(head);
  Buffer.from('Root Entry', 'utf16le').copy(head, 1024);
  Buffer.from(holds, 'utf16le').copy(head, 1152);
  return head;
}

export function truncated(file: Buffer, share = 0.6): Buffer {
  return file.subarray(0, Math.floor(file.length * share));
}

/** Half of a surrogate pair, written as a character reference, in an escape, and as bytes. */
export function loneSurrogates(): Buffer {
  return rawBook({
    sheets: [{
      name: 'a',
      xml: '<row r="1"><c r="A1" t="inlineStr"><is><t>a&#xD800;b</t></is></c><c r="B1" t="inlineStr"><is><t>c_xDC00_d</t></is></c><c r="C1" t="inlineStr"><is><t>e&#0;f</t></is></c></row>',
    }],
  });
}

export function pdf(): Buffer {
  return Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n<<>>\nendobj\n', 'latin1');
}
