// What a file is by its content, never by its name: a renamed program or an encrypted workbook is told apart and refused.
import { refuse } from '../../kernel/refuse.ts';

export type FileKind = 'zip' | 'text';

/** Looks at the beginning of the file (4 kB or more; for OLE files the whole head). Refuses what is no table. */
export function sniff(head: Uint8Array, name: string): FileKind {
  if (head.length === 0) refuse('ledger.empty_file', { name });
  if (starts(head, [0x50, 0x4b, 0x03, 0x04]) || starts(head, [0x50, 0x4b, 0x05, 0x06])) return 'zip';
  if (starts(head, [0xd0, 0xcf, 0x11, 0xe0])) return refuseOle(head, name);
  // A csv may begin with the letters MZ: a program is also full of bytes that no text holds.
  for (const [bytes, code] of FOREIGN) if (starts(head, bytes) && (code !== 'ledger.is_program' || binary(head))) refuse(code, { name });
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 1024)).toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '').trimStart().toLowerCase();
  if (text.startsWith('<?xml') && text.includes('spreadsheet')) refuse('ledger.old_xls', { name });
  if (text.startsWith('<!doctype') || text.startsWith('<html') || text.startsWith('<?xml') || text.startsWith('<svg')) refuse('ledger.is_web_page', { name });
  if (text.startsWith('{\\rtf')) refuse('ledger.is_document', { name });
  if (binary(head)) refuse('ledger.not_a_table', { name });
  return 'text';
}

/** Compound files hold old Excel workbooks, or an encrypted new one under the name EncryptedPackage. */
function refuseOle(head: Uint8Array, name: string): never {
  const buffer = Buffer.from(head.buffer, head.byteOffset, head.length);
  const holds = (word: string) => buffer.includes(Buffer.from(word, 'utf16le'));
  if (holds('EncryptedPackage') || holds('EncryptionInfo')) refuse('ledger.password_protected', { name });
  if (holds('Workbook') || holds('Book')) refuse('ledger.old_xls', { name });
  return refuse('ledger.is_document', { name });
}

const FOREIGN: readonly (readonly [readonly number[], string])[] = [
  [[0x4d, 0x5a], 'ledger.is_program'],
  [[0x7f, 0x45, 0x4c, 0x46], 'ledger.is_program'],
  [[0xcf, 0xfa, 0xed, 0xfe], 'ledger.is_program'],
  [[0x25, 0x50, 0x44, 0x46], 'ledger.is_pdf'],
  [[0x89, 0x50, 0x4e, 0x47], 'ledger.is_picture'],
  [[0xff, 0xd8, 0xff], 'ledger.is_picture'],
  [[0x47, 0x49, 0x46, 0x38], 'ledger.is_picture'],
  [[0x52, 0x61, 0x72, 0x21], 'ledger.is_archive'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'ledger.is_archive'],
  [[0x1f, 0x8b], 'ledger.is_archive'],
];

function starts(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => head[i] === byte);
}

/** Text in UTF-8, UTF-16 or GB18030 holds hardly any control character; UTF-16 says so by its mark. */
function binary(head: Uint8Array): boolean {
  if (starts(head, [0xff, 0xfe]) || starts(head, [0xfe, 0xff])) return false;
  let strange = 0;
  const size = Math.min(head.length, 4096);
  for (let i = 0; i < size; i += 1) {
    const byte = head[i] ?? 0;
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b) strange += 1;
  }
  return strange > size * 0.05;
}
