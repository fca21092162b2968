// What is in a .pdf, as far as the file itself tells; where things stand on its pages is measured in src/test/office/documents.test.ts.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minutes } from '../../test/office/samples.ts';
import { root } from '../root.ts';
import { coverageOf } from './coverage.ts';
import { faceOfName, facesWith } from './fonts.ts';
import type { OfficialDocument } from './model.ts';
import { PdfWriter } from './pdf.ts';
import { typesetOf } from './typeset.ts';

const of = (text: string): OfficialDocument => ({ about: { title: '试', organisation: '办', made: new Date(0) }, title: [], blocks: [{ kind: 'paragraph', text }] });

describe('the thread that sets pages', () => {
  const writer = new PdfWriter();
  afterAll(() => writer.close());
  // The first start makes the typefaces where no build has.
  beforeAll(() => writer.write(of('始')), 120_000);

  it('makes a file with its title, its author, the given instant and an outline', async () => {
    const { bytes, missing } = await writer.write(minutes());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const plain = bytes.toString('latin1');
    expect(plain).toMatch(/\/CreationDate\s*\(D:20230630103000/);
    expect(plain).toContain('/Outlines');
    expect(missing).toEqual([]);
  });

  it('gives the same document the same bytes', async () => {
    const [one, other] = await Promise.all([writer.write(minutes()), writer.write(minutes())]);
    expect(one.bytes.equals(other.bytes)).toBe(true);
  });

  it('has a picture for rare characters of names, and names what it has none for', async () => {
    expect((await writer.write(of('㛃𬭎䶮堃'))).missing).toEqual([]);
    expect((await writer.write(of('李\u{12345}\ue000'))).missing).toEqual(['\u{12345}', '\ue000']);
  });

  it('never reads a text as its own language', async () => {
    const before = (await writer.write(of('甲'))).bytes.length;
    const { bytes } = await writer.write(of('#pagebreak() #read("/document.json") $x$ *b* _i_ @ref <l> // \\ `raw` [x] "q'));
    expect(bytes.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    expect(bytes.length).toBeLessThan(before + 60_000);
  });

  it('refuses what is too long, and goes on', async () => {
    await expect((async () => writer.write(of('长'.repeat(2_100_000))))()).rejects.toMatchObject({ code: 'documents.too_long' });
    expect((await writer.write(of('续'))).bytes.length).toBeGreaterThan(1000);
  });

  it('ends what takes too long, and sets the next document in a new thread', async () => {
    const hurried = new PdfWriter(undefined, { seconds: 0.01, idleSeconds: 1, documents: 5 });
    await expect(hurried.write(minutes())).rejects.toMatchObject({ code: 'documents.too_slow', details: { seconds: 0.01 } });
    await hurried.close();
    expect((await writer.write(of('续'))).bytes.length).toBeGreaterThan(1000);
  });

  it('begins anew after so many documents', async () => {
    const short = new PdfWriter(undefined, { seconds: 60, idleSeconds: 60, documents: 1 });
    const [one, two] = await Promise.all([short.write(of('同')), short.write(of('同'))]);
    expect(one.bytes.equals(two.bytes)).toBe(true);
    await short.close();
  });

  it('sets 仿宋 in what the operator put into his folder', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'yugong-fonts-'));
    cpSync(path.join(root, 'dist', 'fonts', 'hei.ttf'), path.join(folder, '仿宋_GB2312.ttf'));
    const own = new PdfWriter(folder);
    const { bytes } = await own.write(of('国'));
    await own.close();
    rmSync(folder, { recursive: true, force: true });
    expect(bytes.toString('latin1')).toMatch(/\/BaseFont\s*\/[A-Z]{6}\+YugongHei/);
    expect((await writer.write(of('国'))).bytes.toString('latin1')).not.toContain('YugongHei');
  });
});

describe('what the typesetter is given', () => {
  const faces = facesWith([]);
  const runs = (text: string, has: (code: number) => boolean = () => true): unknown[] => {
    const data: unknown = JSON.parse(typesetOf(of(text), faces, has).json);
    return JSON.stringify(data).match(/"text":"((?:[^"\\]|\\.)*)"/g) ?? [];
  };

  it('has Latin words and figures apart, in a Latin typeface', () => {
    expect(runs('依据ISO 9001第12条')).toEqual(['"text":"依据"', '"text":"ISO 9001"', '"text":"第"', '"text":"12"', '"text":"条"']);
  });

  it('has places to break in what would be wider than its line, and in nothing else', () => {
    const broken = (letter: string, count: number): string => `"text":"${Array.from({ length: count }, () => letter).join('\u200b')}"`;
    expect([runs('x'.repeat(42))[0], runs('W'.repeat(25))[0]]).toEqual([broken('x', 42), broken('W', 25)]);
    expect([runs('x'.repeat(41)), runs('W'.repeat(24))]).toEqual([[`"text":"${'x'.repeat(41)}"`], [`"text":"${'W'.repeat(24)}"`]]);
  });

  it('writes out by number what no typeface has', () => {
    expect(runs('王𬭎', (code) => code < 0x20000)).toEqual(['"text":"王\u200b〔"', '"text":"U+2CB4E"', '"text":"〕"']);
  });
});

describe('the typefaces of the operator', () => {
  it.each([['仿宋_GB2312', 'fangsong'], ['FangSong', 'fangsong'], ['simfang.ttf', 'fangsong'], ['楷体_GB2312', 'kai'], ['KaiTi', 'kai'], ['FZXiaoBiaoSong-B05S', 'song'], ['方正小标宋简体', 'song'], ['SimHei', 'hei'], ['Times New Roman', 'latin'], ['Wingdings', undefined]])('%s is for %s', (name, face) => {
    expect(faceOfName(name)).toBe(face);
  });

  it('come before those of the program', () => {
    expect(facesWith([{ face: 'fangsong', family: 'FangSong' }]).fangsong).toEqual({ families: ['FangSong', 'LXGW WenKai', 'Yugong Song'], weight: 400 });
  });

  it('a file that is none has no characters', () => {
    expect(coverageOf([Buffer.from('no typeface'), Buffer.alloc(0), Buffer.alloc(200, 0xff)])(0x56fd)).toBe(false);
  });
});
