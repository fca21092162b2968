// What is in a .docx, read as the archive of XML that it is. How programs draw it is tried in src/test/office/documents.test.ts.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAMPLES, minutes } from '../../test/office/samples.ts';
import { root } from '../root.ts';
import { clean } from './clean.ts';
import { writeDocx } from './docx.ts';
import type { Block, OfficialDocument } from './model.ts';

const ROBUSTNESS = path.join(process.env['YUGONG_SHARED_DATA'] ?? path.join(root, '..', 'shared', 'data'), 'robustness', 'blns.json');

describe.each(Object.entries(SAMPLES))('%s', (_name, make) => {
  it('is well-formed in every part, and the same bytes each time', async () => {
    const bytes = await writeDocx(make());
    expect(bytes.equals(await writeDocx(make()))).toBe(true);
    for (const [name, xml] of partsOf(bytes)) expect({ name, wrong: malformed(xml) }).toEqual({ name, wrong: undefined });
  });
});

describe('a .docx', () => {
  it('has A4 with margins of 37, 35, 28 and 26 mm and a grid of 22 lines', async () => {
    const xml = await documentXml(minutes());
    expect(xml).toContain('<w:pgSz w:w="11906" w:h="16838"/>');
    expect(xml).toContain('w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"');
    expect(Number(/w:linePitch="(\d+)"/.exec(xml)?.[1]) * 22).toBeLessThanOrEqual(16_838 - 2098 - 1984);
    expect(xml).toContain('w:type="linesAndChars"');
  });

  it('has headings with their place in the outline and the typefaces of the standard, with names to fall back to', async () => {
    const parts = partsOf(await writeDocx(minutes()));
    const styles = parts.get('word/styles.xml') ?? '';
    const style = (id: string): string => new RegExp(`w:styleId="${id}".*?</w:style>`).exec(styles)?.[0] ?? '';
    expect(['Title', 'Heading1', 'Heading2', 'Heading3', 'Heading4'].map((id) => /w:eastAsia="([^"]+)"/.exec(style(id))?.[1])).toEqual(['方正小标宋简体', '黑体', '楷体_GB2312', '仿宋_GB2312', '仿宋_GB2312']);
    expect(['Heading1', 'Heading2', 'Heading3', 'Heading4'].map((id) => /w:outlineLvl w:val="(\d)"/.exec(style(id))?.[1])).toEqual(['0', '1', '2', '3']);
    expect(parts.get('word/fontTable.xml')).toMatch(/w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong/);
    expect(parts.get('word/document.xml')).toContain('<w:pStyle w:val="Heading2"/>');
  });

  it('says who made it and when, at the instant that was handed in', async () => {
    const core = partsOf(await writeDocx(minutes())).get('docProps/core.xml') ?? '';
    expect(core).toContain('<dcterms:created xsi:type="dcterms:W3CDTF">2023-06-30T02:30:00Z</dcterms:created>');
    expect(core).toContain('<dc:creator>济源示范区重点项目建设指挥部办公室</dc:creator>');
    expect(core).toContain('<dc:title>第72次（2023年第26次）重点项目调度会议纪要</dc:title>');
  });

  it('bears the page number at the right on odd pages and at the left on even ones', async () => {
    const parts = partsOf(await writeDocx(minutes()));
    expect(parts.get('word/footer1.xml')).toContain('<w:jc w:val="right"/>');
    expect(parts.get('word/footer2.xml')).toContain('<w:jc w:val="left"/>');
    expect(parts.get('word/settings.xml')).toContain('<w:evenAndOddHeaders/>');
    expect(parts.get('word/document.xml')).toContain('<w:footerReference w:type="even" r:id="rId5"/>');
  });

  it('repeats the heading of a table and lets a long row go on over the page', async () => {
    const table = (text: string): Promise<string> => documentXml(of([{ kind: 'table', columns: [{ title: '事项', width: 1 }], rows: [[text]] }]));
    expect(await table('短')).toMatch(/<w:cantSplit\/><w:tblHeader\/>.*<w:trPr><w:cantSplit\/><\/w:trPr>/s);
    expect(await table('长'.repeat(2000))).toMatch(/<w:cantSplit\/><w:tblHeader\/>.*<w:trPr><\/w:trPr>/s);
  });

  it('makes no field, link or command of a text', async () => {
    const xml = await documentXml(of([{ kind: 'paragraph', text: '{ INCLUDETEXT "file" } =DDE("cmd") \\*MERGEFORMAT <w:fldSimple w:instr="x"/> https://example.test' }]));
    expect(xml).not.toMatch(/<w:fld|<w:instrText|<w:hyperlink/);
    expect(textOf(xml)).toContain('<w:fldSimple w:instr="x"/>');
  });

  it('is well-formed and gives every text back, whatever it is (random)', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constantFrom('\ud800', ']]>', '&#0;', '\u202e', '\u0000', '<!--')), { maxLength: 8 }), async (texts) => {
      const xml = await documentXml(of([...texts.map((text): Block => ({ kind: 'paragraph', text, flush: true })), { kind: 'table', columns: [{ title: texts[0] ?? '', width: 1 }], rows: texts.map((text) => [text]) }]));
      expect(malformed(xml)).toBeUndefined();
      const told = textOf(xml);
      for (const text of texts) for (const line of clean(text).split('\n')) expect(told).toContain(line);
    }), { numRuns: 60 });
  });

  it.skipIf(!existsSync(ROBUSTNESS))('gives the naughty strings back (skipped where the shared data are missing)', async () => {
    const strings: unknown = JSON.parse(readFileSync(ROBUSTNESS, 'utf8'));
    const texts = Array.isArray(strings) ? strings.filter((one) => typeof one === 'string') : [];
    expect(texts.length).toBeGreaterThan(400);
    const xml = await documentXml(of(texts.map((text): Block => ({ kind: 'paragraph', text }))));
    expect(malformed(xml)).toBeUndefined();
    const told = textOf(xml);
    for (const text of texts) for (const line of clean(text).split('\n').filter((one) => one.trim() !== '')) expect(told).toContain(line);
  });
});

function of(blocks: readonly Block[]): OfficialDocument {
  return { about: { title: '试', organisation: '试', made: new Date(0) }, title: ['试'], blocks };
}

async function documentXml(document: OfficialDocument): Promise<string> {
  return partsOf(await writeDocx(document)).get('word/document.xml') ?? '';
}

/** The parts by the directory at the archive's end. */
function partsOf(bytes: Buffer): Map<string, string> {
  const parts = new Map<string, string>();
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  for (let n = bytes.readUInt16LE(end + 10), at = bytes.readUInt32LE(end + 16); n > 0; n -= 1) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    parts.set(bytes.toString('utf8', at + 46, at + 46 + nameLength), inflateRawSync(bytes.subarray(start, start + bytes.readUInt32LE(at + 20))).toString('utf8'));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}

/** What is wrong with it as XML: tags that do not close in order, characters that it cannot hold, a lone & or <. */
function malformed(xml: string): string | undefined {
  // eslint-disable-next-line no-control-regex -- these are what XML cannot hold
  const bad = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|&(?!(amp|lt|gt|quot);)/.exec(xml);
  if (bad !== null) return `${JSON.stringify(bad[0])} at ${bad.index}`;
  const open: string[] = [];
  let end = 0;
  for (const tag of xml.matchAll(/<(\/?)([\w:?]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/|\?)?>/g)) {
    if (xml.slice(end, tag.index).includes('<')) return `a lone < before ${tag.index}`;
    end = tag.index + tag[0].length;
    if (tag[2]?.startsWith('?') === true || tag[4] === '/') continue;
    if (tag[1] === '') open.push(tag[2] ?? '');
    else if (open.pop() !== tag[2]) return `</${tag[2]}> at ${tag.index}`;
  }
  return open.length > 0 || xml.slice(end).includes('<') ? `open: ${open.join(' ')}` : undefined;
}

/** Each paragraph a line. */
function textOf(xml: string): string {
  return [...xml.matchAll(/<w:p>(.*?)<\/w:p>/gs)].map((paragraph) => [...(paragraph[1] ?? '').matchAll(/<w:t xml:space="preserve">([^<]*)<\/w:t>/g)].map((run) => run[1]).join('')).join('\n')
    .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
}
