// The two files of a document: .docx and .pdf.
import { Readable } from 'node:stream';
import { DOCX_TYPE, writeDocx } from '../../../platform/documents/docx.ts';
import type { OfficialDocument } from '../../../platform/documents/model.ts';

export const PDF_TYPE = 'application/pdf';
export type Format = 'docx' | 'pdf';

export async function rendered(document: OfficialDocument, format: Format): Promise<{ readonly mediaType: string; readonly content: Buffer }> {
  return { mediaType: format === 'pdf' ? PDF_TYPE : DOCX_TYPE, content: await writeDocx(document) };
}

export async function fileOf(document: OfficialDocument, name: string, format: Format): Promise<{ fileName: string; mediaType: string; content: Readable }> {
  const { mediaType, content } = await rendered(document, format);
  return { fileName: `${name}.${format}`, mediaType, content: Readable.from([content]) };
}
