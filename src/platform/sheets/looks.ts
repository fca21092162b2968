// How cells of a written workbook look: a small fixed table of looks and number formats, so that a style is two indexes.
// Colours follow the screen: state colours only for states, never for decoration.

export const LOOKS = ['plain', 'title', 'heading', 'subtotal', 'muted', 'refused', 'warned'] as const;
export type Look = (typeof LOOKS)[number];

/** `quoted` is text that a spreadsheet must not take for a formula even when someone edits the cell. */
export const FORMATS = ['general', 'text', 'quoted', 'integer', 'decimal1', 'decimal2', 'decimal4', 'percent1', 'day'] as const;
export type Format = (typeof FORMATS)[number];

export function styleIndex(look: Look, format: Format): number {
  return LOOKS.indexOf(look) * FORMATS.length + FORMATS.indexOf(format);
}

const FORMAT_CODES: Readonly<Record<Format, { id: number; code?: string; quoted?: true }>> = {
  general: { id: 0 },
  text: { id: 49 },
  quoted: { id: 49, quoted: true },
  integer: { id: 3 },
  decimal1: { id: 164, code: '#,##0.0' },
  decimal2: { id: 4 },
  decimal4: { id: 165, code: '#,##0.0000' },
  percent1: { id: 166, code: '0.0%' },
  day: { id: 167, code: 'yyyy-mm-dd' },
};

/** Indexes into the fonts, fills and borders written below. */
const LOOK_PARTS: Readonly<Record<Look, { font: number; fill: number; border: number; align: string }>> = {
  plain: { font: 0, fill: 0, border: 0, align: '<alignment vertical="center"/>' },
  title: { font: 2, fill: 0, border: 0, align: '<alignment horizontal="center" vertical="center"/>' },
  heading: { font: 1, fill: 2, border: 1, align: '<alignment horizontal="center" vertical="center" wrapText="1"/>' },
  subtotal: { font: 1, fill: 3, border: 0, align: '<alignment vertical="center"/>' },
  muted: { font: 3, fill: 0, border: 0, align: '<alignment vertical="center"/>' },
  refused: { font: 0, fill: 4, border: 1, align: '<alignment vertical="center"/>' },
  warned: { font: 0, fill: 5, border: 1, align: '<alignment vertical="center"/>' },
};

export function stylesXml(): string {
  const codes = FORMATS.flatMap((format) => {
    const { id, code } = FORMAT_CODES[format];
    return code === undefined ? [] : [`<numFmt numFmtId="${id}" formatCode="${code}"/>`];
  });
  const font = (size: number, extra = '', colour = 'FF1F2328') => `<font>${extra}<sz val="${size}"/><color rgb="${colour}"/><name val="等线"/><family val="2"/></font>`;
  const fill = (colour: string) => `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/><bgColor indexed="64"/></patternFill></fill>`;
  const side = (name: string) => `<${name} style="thin"><color rgb="FFBFC5CC"/></${name}>`;
  const xfs = LOOKS.flatMap((look) => FORMATS.map((format) => {
    const { font: f, fill: l, border, align } = LOOK_PARTS[look];
    const { id, quoted } = FORMAT_CODES[format];
    return `<xf numFmtId="${id}" fontId="${f}" fillId="${l}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"${quoted === true ? ' quotePrefix="1"' : ''}>${align}</xf>`;
  }));
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="${codes.length}">${codes.join('')}</numFmts>`
    + `<fonts count="4">${font(11)}${font(11, '<b/>')}${font(16, '<b/>')}${font(11, '', 'FF6B7280')}</fonts>`
    + `<fills count="6"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fill('FFE8ECF0')}${fill('FFF4F6F8')}${fill('FFFBD5D1')}${fill('FFFDECC8')}</fills>`
    + `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${side('left')}${side('right')}${side('top')}${side('bottom')}<diagonal/></border></borders>`
    + `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${xfs.length}">${xfs.join('')}</cellXfs>`
    + '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
}
