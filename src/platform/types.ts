// What an uploaded file is, by its content alone, and whether files of that type are taken at all. Never runs, renders or unpacks
// anything: of an archive only the list of names is read.
import { open } from 'node:fs/promises';
import yauzl from 'yauzl';
import { refuse } from '../kernel/refuse.ts';
import type { PhotoFacts } from './photos.ts';

/** What the server itself found out about a file that has just come in. Only uploadFile() fills it: a request cannot. */
export interface ArrivedFile extends PhotoFacts {
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
}

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** A schedule of Microsoft Project: the only markup that is taken, always given back as an attachment. */
export const MSPDI = 'application/xml';

/** Pictures, papers, ledgers and schedules. Everything else is refused: what cannot be shown safely proves nothing either. */
export const ALLOWED = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/gif', 'application/pdf', DOCX, XLSX, MSPDI, 'text/plain'] as const;

const MAX_NAMES = 5000; // of an archive; a workbook has some dozens, and reading each name of a hundred thousand takes seconds
const OLE_LOOK_BYTES = 64 * 1024; // the directory of a compound file that only wraps an encrypted one stands near the front

/** The exact type of a stored file. Refuses with a word about what it is instead. `guess` is the type by its first bytes. */
export async function typeOf(path: string, guess: string, name: string): Promise<string> {
  switch (guess) {
    case 'application/zip': return office(await namesIn(path, name), name);
    case 'application/x-ole-storage': return refuseOle(await headOf(path, OLE_LOOK_BYTES), name);
    case 'application/octet-stream': return textOf(await headOf(path, 4096), name);
    default: return (ALLOWED as readonly string[]).includes(guess) ? guess : refuse('platform.file_type', { name });
  }
}

export async function headOf(path: string, bytes: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(bytes);
    const { bytesRead } = await handle.read(buffer, 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function office(names: ReadonlySet<string>, name: string): string {
  if ([...names].some((one) => /vbaProject\.bin$|\/activeX\//i.test(one))) refuse('platform.file_macros', { name });
  if (!names.has('[Content_Types].xml')) return refuse('platform.file_archive', { name });
  if (names.has('xl/workbook.xml')) return XLSX;
  if (names.has('word/document.xml')) return DOCX;
  return refuse('platform.file_type', { name });
}

function namesIn(path: string, name: string): Promise<Set<string>> {
  return new Promise((resolve, reject) => {
    const refused = (code: string): void => {
      try {
        refuse(code, { name });
      } catch (error) {
        reject(error instanceof Error ? error : new Error(code));
      }
    };
    yauzl.open(path, { lazyEntries: true, autoClose: true, decodeStrings: true, strictFileNames: true }, (error, zip) => {
      if (error !== null) return refused('platform.file_damaged');
      if (zip.entryCount > MAX_NAMES) {
        zip.close();
        return refused('platform.file_archive');
      }
      const names = new Set<string>();
      zip.on('error', () => refused('platform.file_damaged'));
      zip.on('end', () => resolve(names));
      zip.on('entry', (entry: yauzl.Entry) => {
        if ((entry.generalPurposeBitFlag & 1) !== 0) {
          zip.close();
          return refused('platform.file_encrypted');
        }
        names.add(entry.fileName);
        zip.readEntry();
      });
      zip.readEntry();
    });
  });
}

/** Old Word and Excel files carry macros that cannot be told apart; an encrypted new one is wrapped in the same container. */
function refuseOle(head: Buffer, name: string): never {
  const encrypted = ['EncryptedPackage', 'EncryptionInfo'].some((word) => head.includes(Buffer.from(word, 'utf16le')));
  return refuse(encrypted ? 'platform.file_encrypted' : 'platform.file_old_office', { name });
}

/** The root of a Microsoft Project document with its namespace, after nothing but a declaration and comments. */
const PROJECT = /^(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,400}-->\s*)*<project\s[^>]{0,200}["']http:\/\/schemas\.microsoft\.com\/project["']/;

/** A ledger as csv, or a schedule as Primavera's table, in UTF-8, UTF-16 with its mark, or GB18030: no zero byte, hardly a control character, and no markup but that of a schedule. */
function textOf(head: Buffer, name: string): string {
  const wide = head.length >= 2 && ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff));
  const control = head.filter((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0d].includes(byte)).length;
  if (!wide && (head.includes(0) || control > head.length / 100)) refuse('platform.file_type', { name });
  const start = head.subarray(0, 1024).toString(wide ? 'utf16le' : 'latin1').replace(/^(?:\u00ef\u00bb\u00bf|\ufeff)/, '').trimStart().toLowerCase();
  if (PROJECT.test(start)) return MSPDI;
  if (/^(?:<|#!|%!ps|\{\\rtf|mz)/.test(start)) refuse('platform.file_type', { name });
  return 'text/plain';
}
