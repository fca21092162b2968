// Official documents on paper: the pages of the program's own .pdf, and those that LibreOffice makes of its .docx, measured. What the page
// of GB/T 9704-2012 is stands here in numbers once more. Left out with a word where the programs are not installed.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDocx } from '../../platform/documents/docx.ts';
import type { Block, OfficialDocument } from '../../platform/documents/model.ts';
import { PdfWriter } from '../../platform/documents/pdf.ts';
import { root } from '../../platform/root.ts';
import { asPdf, fontsOf, infoOf, inkOf, office, pagesOf, poppler, redOf, textOf, type Page } from './pages.ts';
import { SAMPLES } from './samples.ts';

const about = { title: '试', organisation: '项目办', made: new Date('2023-06-30T02:30:00Z') };
const full: OfficialDocument = { about, title: [], blocks: [{ kind: 'paragraph', text: '国'.repeat(28 * 22 * 2), flush: true }] };
const long: OfficialDocument = { about, title: ['长表'], blocks: [{ kind: 'table', columns: [{ title: '序号', width: 1 }, { title: '抬头', width: 5 }], rows: [['1', '字'.repeat(3000)], ['2', `${'x'.repeat(10_000)}尾`]] }] };
const words: OfficialDocument = { about, title: [], blocks: [`见 ${'x'.repeat(300)} 处。`, `中文中文${'W'.repeat(36)}`, `${'中'.repeat(23)}ElectroencephalographicallyMeasured 后`, `${'中'.repeat(24)}https://example.org/a/very/long/path/to/something.html?x=1 后`].map((text) => ({ kind: 'paragraph', text })) };
const ENDS = Array.from({ length: 24 }, (_none, lines) => lines + 1);
const closed = (lines: number): OfficialDocument => ({ about, title: [], blocks: Array.from({ length: lines }, (_none, at) => ({ kind: 'paragraph', text: `第${at + 1}行` })), foot: { copies: ['甲', '乙'], issuer: '项目办', day: '2023-06-30' } });

const documents = new Map<string, OfficialDocument>([...Object.entries(SAMPLES).map(([name, make]): [string, OfficialDocument] => [name, make()]), ['full', full], ['long', long], ['words', words], ['hostile', hostile()], ...ENDS.map((lines): [string, OfficialDocument] => [`closed${lines}`, closed(lines)])]);

interface Way {
  readonly name: string;
  readonly missing: boolean;
  readonly make: (folder: string) => Promise<ReadonlyMap<string, string>>;
}

const WAYS: readonly Way[] = [
  { name: 'the .pdf', missing: !poppler, make: async (folder) => {
    const writer = new PdfWriter(undefined, { seconds: 240, idleSeconds: 60, documents: 200 });
    const made = new Map<string, string>();
    for (const [name, document] of documents) {
      made.set(name, path.join(folder, `${name}.pdf`));
      writeFileSync(path.join(folder, `${name}.pdf`), (await writer.write(document)).bytes);
    }
    await writer.close();
    return made;
  } },
  { name: 'the .docx in LibreOffice', missing: !poppler || office === undefined, make: async (folder) => asPdf(folder, new Map(await Promise.all([...documents].map(async ([name, document]): Promise<[string, Buffer]> => [name, await writeDocx(document)])))) },
];

describe.each(WAYS)('$name (skipped where poppler or LibreOffice Writer is missing)', ({ name, missing, make }) => {
  let folder = '';
  let made: ReadonlyMap<string, string> = new Map();
  const pdf = (one: string): string => made.get(one) ?? '';
  const pages = (one: string): Page[] => pagesOf(pdf(one));
  beforeAll(async () => {
    if (missing) return;
    folder = mkdtempSync(path.join(tmpdir(), 'yugong-pages-'));
    made = await make(folder);
  }, 300_000);
  afterAll(() => { if (folder !== '') rmSync(folder, { recursive: true, force: true }); });
  const test = it.skipIf(missing);

  test('has 22 lines of 28 characters on a page, and no page more than it needs', () => {
    const [first, second, ...more] = pages('full');
    expect(more).toEqual([]);
    for (const page of [first, second]) {
      const lines = page?.words.filter(({ text }) => text.includes('国')).map(({ text }) => [...text].length) ?? [];
      expect(lines).toEqual(Array.from({ length: 22 }, () => 28));
    }
  });

  test('has margins of 28 and 26 mm, and its text between 37 mm from above and 35 mm from below', () => {
    const ink = inkOf(pdf('full'), 1, 264);
    const lines = pages('full')[0]?.words.filter(({ text }) => text.includes('国')) ?? [];
    for (const { left, right } of lines) expect({ left: Math.abs(left - 28) < 1, right: Math.abs(210 - 26 - right) < 1 }).toEqual({ left: true, right: true });
    // Word and LibreOffice put a part of what is between two lines above the first and below the last one; our own page has none there.
    const half = name === 'the .pdf' ? 1 : 4.5;
    expect(ink.top).toBeGreaterThan(36.5);
    expect(ink.top).toBeLessThan(37 + half);
    expect(ink.bottom).toBeLessThan(262.5);
    expect(ink.bottom).toBeGreaterThan(262 - half);
  });

  test('bears the page number 7 mm under the text, at the right on odd pages and at the left on even ones', () => {
    pages('minutes').forEach((page, at) => {
      const number = page.words.filter(({ top }) => top > 263);
      expect(number.map(({ text }) => text).join('')).toBe(`—${at + 1}—`);
      const left = Math.min(...number.map((word) => word.left));
      const right = Math.max(...number.map((word) => word.right));
      if (at % 2 === 0) expect(Math.abs(210 - 26 - 14 * (25.4 / 72) - right)).toBeLessThan(2.5);
      else expect(Math.abs(28 + 14 * (25.4 / 72) - left)).toBeLessThan(2.5);
    });
  });

  test('repeats the heading of a ledger on every page that it goes on to, turned', () => {
    const [, ...turned] = pages('bulletin').filter((page, at, all) => page.width > page.height || all[at + 1]?.width === 297);
    expect(turned.length).toBeGreaterThan(3);
    for (const page of turned) {
      expect(Math.round(page.width)).toBe(297);
      expect(page.words.map(({ text }) => text).join('')).toContain('办理情况');
    }
  });

  test('lets a cell that is longer than a page go on, and breaks a word that is wider than its column', () => {
    expect(pages('long').length).toBeGreaterThan(3);
    for (const page of pages('long')) expect(Math.max(...page.words.map(({ right }) => right))).toBeLessThan(210 - 25);
    const text = textOf(pdf('long'));
    expect(text.match(/字/g)).toHaveLength(3000);
    expect(text.match(/x/g)).toHaveLength(10_000);
  });

  test('holds the foot at the lower edge of the last page, with text on it and never over text, wherever the text ends', () => {
    for (const lines of ENDS) {
      const all = pages(`closed${lines}`);
      const last = all.at(-1)?.words.filter(({ top }) => top < 263) ?? [];
      const foot = last.filter(({ text }) => /抄送|印发|项目办/.test(text));
      const text = last.filter(({ text: word }) => word.includes('行'));
      const told = { lines, pages: all.length, foot: foot.length, text: text.length };
      expect({ ...told, low: Math.max(...foot.map(({ bottom }) => bottom)) > 255 }).toEqual({ ...told, low: true });
      expect({ ...told, some: text.length > 0 && foot.length >= 3 }).toEqual({ ...told, some: true });
      expect({ ...told, over: Math.max(...text.map(({ bottom }) => bottom)) > Math.min(...foot.map(({ top }) => top)) + 0.5 }).toEqual({ ...told, over: false });
      expect(all.length).toBeLessThanOrEqual(2);
    }
  });

  test('gives all of its text back', () => {
    for (const [one, wanted] of [['minutes', ['第72次（2023年第26次）', '出席：李㛃、王𬭎、赵䶮', '（五）ABCPrecisionComponents（欧企）精密部件项目', '三、有关要求', '（共印60份）', 'ENISO13849-1:2015']], ['supervisionSlip', ['第几次督办', '第2次', '延期申请', '超期天数']], ['bulletin', ['济管〔2023〕12号', '附件：1.逾期事项明细表', '济源产城融合示范区管理委员会2023年6月30日']], ['pack', ['附件5', '一、第72次会议议定事项落实情况']]] as const) {
      const text = textOf(pdf(one));
      for (const words of wanted) expect(text).toContain(words);
    }
  });

  test('opens whatever people write into it', () => {
    const text = textOf(pdf('hostile'));
    for (const words of ['<script>alert(0)</script>', '{INCLUDETEXT"c:\\\\secret"}', '#read("/document.json")', '尾声']) expect(text).toContain(words);
    // The empty half of a bracket may stand in the margin; nothing that is seen does.
    for (const page of pages('hostile')) expect(page.words.filter(({ left, right }) => left < 25 || right > 210 - 26 + 3.5)).toEqual([]);
  });

  test('breaks a word that is longer than a line before the margin, and no other', () => {
    for (const page of pages('words')) expect(page.words.filter(({ right }) => right > 210 - 26 + 0.6)).toEqual([]);
    expect(textOf(pdf('words'))).toContain('W'.repeat(36));
    expect(pages('words').flatMap((page) => page.words.map(({ text }) => text))).toContain('ElectroencephalographicallyMeasured');
  });

  test('has the head of a letter 30 mm from the upper edge, its double lines of 170 mm, and no number on its first page', () => {
    const stripes = redOf(pdf('reminder'));
    const [issuer, ...lines] = stripes;
    const [upper, lower] = [lines[0], lines.at(-1)];
    expect(issuer?.top).toBeGreaterThan(29);
    expect(issuer?.top).toBeLessThan(31.5);
    for (const line of [upper, lower]) expect({ left: Math.abs((line?.left ?? 0) - 20) < 0.5, right: Math.abs((line?.right ?? 0) - 190) < 0.5 }).toEqual({ left: true, right: true });
    expect(Math.abs((upper?.top ?? 0) - (30 + 24 * (25.4 / 72) + 4))).toBeLessThan(1);
    expect(Math.abs((lower?.bottom ?? 0) - 277)).toBeLessThan(1);
    expect(pages('reminder')[0]?.words.filter(({ top }) => top > 263)).toEqual([]);
  });

  test('a slip stands on one page', () => {
    expect(['assignmentSlip', 'supervisionSlip'].map((one) => pages(one).length)).toEqual([1, 1]);
  });
});

describe.skipIf(!poppler)('the .pdf (skipped where poppler is missing)', () => {
  it('has every typeface in it, text that can be read back, a title and an author', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'yugong-pages-'));
    const writer = new PdfWriter();
    const file = path.join(folder, 'minutes.pdf');
    writeFileSync(file, (await writer.write(SAMPLES.minutes())).bytes);
    await writer.close();
    const fonts = fontsOf(file);
    expect(fonts.every(({ embedded, readable }) => embedded && readable)).toBe(true);
    expect(new Set(fonts.map(({ name }) => name))).toEqual(new Set(['YugongSong', 'YugongHei', 'YugongLatin', 'LXGWWenKai-Light', 'LXGWWenKai-Regular']));
    const info = infoOf(file);
    expect(info.get('Title')).toBe('第72次（2023年第26次）重点项目调度会议纪要');
    expect(info.get('Author')).toBe('济源示范区重点项目建设指挥部办公室');
    rmSync(folder, { recursive: true, force: true });
  }, 120_000);
});

/** What people and machines have been seen to write, and what was made to harm. */
function hostile(): OfficialDocument {
  const file = path.join(process.env['YUGONG_SHARED_DATA'] ?? path.join(root, '..', 'shared', 'data'), 'robustness', 'blns.json');
  const strings: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const texts = ['<script>alert(0)</script>', '{ INCLUDETEXT "c:\\\\secret" }', '#read("/document.json")', 'x'.repeat(10_000), '\u202e反\u202c', '\ud800', 'e\u0301'.repeat(200), '١٢٣ שלום', '👨‍👩‍👧‍👦', ...(Array.isArray(strings) ? strings.filter((one) => typeof one === 'string') : [])];
  return {
    about: { ...about, title: texts.join(' ').slice(0, 500) }, title: [texts[0] ?? ''], addressee: texts[3] ?? '',
    blocks: [
      ...texts.map((text): Block => ({ kind: 'paragraph', text })),
      { kind: 'table', columns: [{ title: texts[1] ?? '', width: 2 }, { title: '', width: 9 }, { title: 'x'.repeat(200), width: 2 }], rows: texts.slice(0, 40).filter((text) => text.length < 500).map((text) => [text, text, text]) },
      { kind: 'signature', organisations: ['x'.repeat(300)], day: '不是日期' }, { kind: 'paragraph', text: '尾声' },
    ],
    foot: { copies: ['y'.repeat(300)], issuer: texts[2] ?? '', day: '2023-06-30' },
  };
}
