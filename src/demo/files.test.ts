// The drawings and papers of the demonstration are what their signatures say, and small.
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { printPaper } from './paper.ts';
import { drawPhoto } from './photo.ts';

const scene = { form: 'plant', share: 0.4, producing: false, day: '2023-05-18', word: '一' } as const;

describe('files of the demonstration', () => {
  test('a photo is a PNG of a few kilobytes that unpacks to its size, the same each time', () => {
    const one = drawPhoto(scene);
    expect(one.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
    expect([one.readUInt32BE(16), one.readUInt32BE(20), one.length < 12_000]).toEqual([480, 320, true]);
    const at = one.indexOf('IDAT');
    expect(inflateSync(one.subarray(at + 4, at + 4 + one.readUInt32BE(at - 4)))).toHaveLength(320 * 481);
    expect(drawPhoto(scene)).toEqual(one);
    expect(drawPhoto({ ...scene, share: 0.8 })).not.toEqual(one);
  });

  test('a paper is a PDF whose table points at its objects', () => {
    const one = printPaper({ title: '施工许可证', lines: [['项目', '甲'.repeat(60)]], foot: '演示' });
    const text = one.toString('latin1');
    expect(text.startsWith('%PDF-1.4')).toBe(true);
    const start = Number(/startxref\n(\d+)/.exec(text)?.[1]);
    expect(text.slice(start, start + 4)).toBe('xref');
    for (const [at, line] of text.slice(start).split('\n').slice(3, 10).entries()) expect(text.slice(Number(line.slice(0, 10)))).toMatch(new RegExp(`^${at + 1} 0 obj`));
    expect(one.length).toBeLessThan(4000);
  });
});
