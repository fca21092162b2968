// One-page PDF papers that stand for contracts, permits and certificates in the demonstration. Each says on its face that it is
// one. The Chinese font is named and not carried: every reader of PDF has one for GB1.

import book from './data/words.json';
import type { Actor } from '../platform/actor.ts';
import type { Acting } from './acting.ts';

export interface Sheet {
  readonly title: string;
  /** Lines of the body: what it is, what it says. */
  readonly lines: readonly (readonly [string, string])[];
  readonly foot: string;
}

const A4 = { wide: 595, high: 842 } as const;

export function printPaper(sheet: Sheet): Buffer {
  const text = [
    ...put(A4.wide / 2 - (sheet.title.length * 22) / 2, 720, 22, sheet.title),
    ...sheet.lines.flatMap(([name, value], at) => [...put(80, 650 - at * 34, 13, `${name}：`), ...wrap(value).flatMap((part, row) => put(190, 650 - at * 34 - row * 16, 13, part))]),
    ...put(80, 120, 11, sheet.foot),
  ].join('\n');
  const frame = `0.6 w 60 90 475 680 re S 66 96 463 668 re S`;
  const content = `${frame}\nBT\n${text}\nET`;
  return assemble([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${A4.wide} ${A4.high}] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>`,
    `<< /Length ${Buffer.byteLength(content)} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /FontDescriptor 7 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ]);
}

/** The paper by which a commissioner acts for a firm; one for all cases of an agent. Gives its digest. */
export async function attorney(acting: Acting, who: Actor): Promise<string> {
  return acting.common(who, '授权委托书.pdf', () => printPaper({ title: '授权委托书（演示）', lines: [['委托事项', '代为申请办理建设项目审批事项，提交和补正材料，领取文书'], ['受托人', '项目专员']], foot: book.paperFoot }));
}

/** The letter in which a firm takes the risk of a simulated approval upon itself. Gives its digest. */
export async function riskLetter(acting: Acting, who: Actor): Promise<string> {
  return acting.common(who, '自担风险承诺书.pdf', () => printPaper({ title: '自担风险承诺书（演示）', lines: [['承诺', '模拟审批期间的投入和风险由本单位自行承担']], foot: book.paperFoot }));
}

/** The letter in which a firm promises what a permit asks, and takes it that a false promise costs the permit. Gives its digest. */
export async function promiseLetter(acting: Acting, who: Actor): Promise<string> {
  return acting.common(who, '告知承诺书.pdf', () => printPaper({ title: '告知承诺书（演示）', lines: [['承诺', '已知晓并满足告知的全部条件，承诺不实自愿接受撤销决定']], foot: book.paperFoot }));
}

function put(x: number, y: number, size: number, text: string): string[] {
  return [`/F1 ${size} Tf 1 0 0 1 ${Math.round(x)} ${y} Tm <${hex(text)}> Tj`];
}

function wrap(text: string): string[] {
  return (text.match(/.{1,24}/gu) ?? ['']).slice(0, 2);
}

/** UTF-16 big-endian; signs beyond the basic plane are not in GB1 and become a square. */
function hex(text: string): string {
  return [...text].map((sign) => (sign.length > 1 ? '25a1' : sign.charCodeAt(0).toString(16).padStart(4, '0'))).join('');
}

function assemble(objects: readonly string[]): Buffer {
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = Buffer.byteLength(body);
    body += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = Buffer.byteLength(body);
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
}
