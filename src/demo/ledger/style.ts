// How the ledger looks: the fonts, borders and fills of an office's sheet. No value is decided here.
import type { Alignment, Borders, Cell, Fill, Font } from '@cj-tech-master/excelts';

const LINE = { style: 'thin', color: { argb: 'FF808080' } } as const;
const BORDER: Partial<Borders> = { top: LINE, left: LINE, bottom: LINE, right: LINE };

const LOOKS = {
  title: { font: { name: '方正小标宋简体', size: 24 }, align: 'center' },
  note: { font: { name: '楷体', size: 11 }, align: 'left' },
  head: { font: { name: '黑体', size: 10 }, fill: 'FFDDEBF0', align: 'center', border: true },
  total: { font: { name: '黑体', size: 10 }, fill: 'FFF3EFE2', align: 'center', border: true },
  category: { font: { name: '黑体', size: 11 }, fill: 'FFE9E6DE', align: 'left', border: true },
  group: { font: { name: '楷体', size: 11, bold: true }, fill: 'FFF6F5F0', align: 'left', border: true },
  cell: { font: { name: '宋体', size: 9 }, align: 'center', border: true },
} as const;

export type Look = keyof typeof LOOKS;

export function dress(cell: Cell, look: Look, align?: 'left' | 'right'): void {
  const chosen: { font: Partial<Font>; align: 'left' | 'center'; fill?: string; border?: true } = LOOKS[look];
  const alignment: Partial<Alignment> = { horizontal: align ?? chosen.align, vertical: 'middle', wrapText: true };
  cell.font = chosen.font;
  cell.alignment = alignment;
  if (chosen.border === true) cell.border = BORDER;
  if (chosen.fill !== undefined) cell.fill = solid(chosen.fill);
}

const LIGHTS: Readonly<Record<string, string>> = { 绿: 'FFC6E5CF', 黄: 'FFFBE7A2', 橙: 'FFF6C49A', 红: 'FFF1A7A1' };

export function paintLight(cell: Cell, light: string): void {
  const colour = LIGHTS[light];
  if (colour !== undefined) cell.fill = solid(colour);
}

function solid(argb: string): Fill {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}
