// The first page of a letter in a .docx: the issuer in red over a double line in its header, the second double line in its footer. Both reach beyond the
// text, to 20 mm from either edge of the page.
import { escaped, fontsXml, NAMESPACES, sizeXml, twips } from './docxtext.ts';
import type { Letter } from './heads.ts';
import { LETTER, MM_PER_POINT, PAGE, RED } from './page.ts';

/** Seven eighths of a character, less what a line has above its letters. */
const UNDER_TWIPS = 80;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const BEYOND = (side: 'left' | 'right'): number => -twips(PAGE[side] - (PAGE.width - LETTER.line) / 2);
const INDENT = `<w:ind w:left="${BEYOND('left')}" w:right="${BEYOND('right')}" w:firstLine="0"/>`;

/** The line of the issuer is as high as its letters, so that they begin where the header does; the blank line keeps the text from the double one. */
export function letterHeadXml({ issuer, points }: Letter): string {
  const height = Math.round(points * 20);
  const under = Math.round(LETTER.under / MM_PER_POINT);
  const issuing = `<w:p><w:pPr><w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="${under}" w:color="${RED}"/></w:pBdr><w:spacing w:before="0" w:after="0" w:line="${height}" w:lineRule="exact"/>${INDENT}<w:jc w:val="center"/></w:pPr>`
    + `<w:r><w:rPr>${fontsXml('song')}<w:color w:val="${RED}"/><w:spacing w:val="0"/>${sizeXml(points)}</w:rPr><w:t xml:space="preserve">${escaped(issuer)}</w:t></w:r></w:p>`;
  return `${HEAD}<w:hdr ${NAMESPACES}>${issuing}${blank(UNDER_TWIPS)}</w:hdr>`;
}

export function letterFootXml(): string {
  return `${HEAD}<w:ftr ${NAMESPACES}><w:p><w:pPr><w:pBdr><w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="0" w:color="${RED}"/></w:pBdr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>${INDENT}<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p></w:ftr>`;
}

function blank(height: number): string {
  return `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="${height}" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>`;
}
