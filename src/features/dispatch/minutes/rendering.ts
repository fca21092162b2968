// The two files of a document: .docx and .pdf.
import { Readable } from 'node:stream';
import { DOCX_TYPE, writeDocx } from '../../../platform/documents/docx.ts';
import type { OfficialDocument } from '../../../platform/documents/model.ts';
import { PDF_TYPE, pdfWriter } from '../../../platform/documents/pdf.ts';

export type Format = 'docx' | 'pdf';

export function typeOf(format: Format): string {
  return format === 'pdf' ? PDF_TYPE : DOCX_TYPE;
}

export async function rendered(document: OfficialDocument, format: Format): Promise<Buffer> {
  return format === 'pdf' ? (await pdfWriter().write(document)).bytes : writeDocx(document);
}

export async function fileOf(document: OfficialDocument, name: string, format: Format): Promise<{ fileName: string; mediaType: string; content: Readable }> {
  return { fileName: `${name}.${format}`, mediaType: typeOf(format), content: Readable.from([await rendered(document, format)]) };
}
