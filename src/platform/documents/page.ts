// The measures of GB/T 9704-2012 in millimetres and points, for both writers. Only numbers and names stand here.
import type { Face, Orientation, TableSize } from './model.ts';

export const MM_PER_POINT = 25.4 / 72;

export const PAGE = { width: 210, height: 297, top: 37, bottom: 35, left: 28, right: 26 } as const;

/** Lines of a page, characters of a line. */
export const LINES = 22;
export const CHARACTERS = 28;

/** 二号, 三号, 四号 in points; the issuer in red at most 初号 and no smaller than the title. */
export const POINTS = { title: 22, body: 16, foot: 14, issuer: 42, masthead: 36 } as const;

export const TABLE_POINTS: Readonly<Record<TableSize, number>> = { large: 14, normal: 12, small: 10.5, tiny: 9 };

/** Width and height of what may be printed on, turned or not. */
export function area(orientation: Orientation): { readonly width: number; readonly height: number } {
  const [width, height] = orientation === 'portrait' ? [PAGE.width, PAGE.height] : [PAGE.height, PAGE.width];
  const margins = marginsOf(orientation);
  return { width: width - margins.left - margins.right, height: height - margins.top - margins.bottom };
}

/** A turned page is bound at the same edge: what is the left of an upright page is its top. */
export function marginsOf(orientation: Orientation): { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number } {
  if (orientation === 'portrait') return { top: PAGE.top, bottom: PAGE.bottom, left: PAGE.left, right: PAGE.right };
  return { top: PAGE.left, bottom: PAGE.right, left: PAGE.bottom, right: PAGE.top };
}

/** Of a letter: where its issuer begins, its double lines of 170 mm, the lower one from the lower edge of the page. */
export const LETTER = { top: 30, under: 4, line: 170, bottom: 20 } as const;

export interface FaceNames {
  /** The name that offices have installed. */
  readonly name: string;
  /** What takes its place where it is not, best first. */
  readonly others: readonly string[];
}

export const FACES: Readonly<Record<Face, FaceNames>> = {
  fangsong: { name: '仿宋_GB2312', others: ['仿宋', 'FangSong', 'STFangsong', 'FZFangSong-Z02', 'FandolFang'] },
  kai: { name: '楷体_GB2312', others: ['楷体', 'KaiTi', 'STKaiti', 'FZKai-Z03', 'LXGW WenKai'] },
  hei: { name: '黑体', others: ['SimHei', 'STHeiti', 'Noto Sans CJK SC', 'Noto Sans SC'] },
  song: { name: '方正小标宋简体', others: ['FZXiaoBiaoSong-B05S', '方正小标宋_GBK', '宋体', 'SimSun', 'Noto Serif CJK SC', 'Noto Serif SC'] },
};

export const LATIN = 'Times New Roman';
/** The page number is set in it. */
export const SONG = '宋体';

/** Red of heads and lines. */
export const RED = 'FF0000';
