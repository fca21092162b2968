// The foot of the last page of a .docx: a box at the lower edge of the text, held by a paragraph that keeps as much room free as the box
// takes, so that the two can never lie over each other: where the room is not left, both go to a page of their own.
import { escaped, fontsXml, sizeXml, spacerXml, twips } from './docxtext.ts';
import type { FootRow } from './flow.ts';
import { widthOf } from './lines.ts';
import type { Orientation } from './model.ts';
import { area, POINTS } from './page.ts';

const ROW_TWIPS = 480;
const EMU_PER_TWIP = 635;
const CHARACTER = POINTS.foot * 20;

export function footXml(rows: readonly FootRow[], orientation: Orientation): string {
  const width = twips(area(orientation).width);
  const height = rows.reduce((sum, row) => sum + linesOf(row, width), 0) * ROW_TWIPS + 60;
  const size = `cx="${width * EMU_PER_TWIP}" cy="${height * EMU_PER_TWIP}"`;
  const box = `<wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>`
    + `<wps:txbx><w:txbxContent>${tableXml(rows, width)}</w:txbxContent></wps:txbx><wps:bodyPr rot="0" vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b" anchorCtr="0"><a:noAutofit/></wps:bodyPr></wps:wsp>`;
  const anchor = '<wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
    + `<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH><wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV><wp:extent ${size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="1" name="foot"/><wp:cNvGraphicFramePr/>`
    + `<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">${box}</a:graphicData></a:graphic></wp:anchor>`;
  return `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="${height}" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr>`
    + `<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" Requires="wps"><w:drawing>${anchor}</w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>`;
}

function linesOf({ left, right, hang }: FootRow, width: number): number {
  if (right !== undefined) return 1;
  return Math.max(1, Math.ceil(widthOf(left) / Math.floor(width / CHARACTER - 2 - hang)));
}

/** Lines as wide as the text, the first and the last one thicker; a text box must end with a paragraph. */
function tableXml(rows: readonly FootRow[], width: number): string {
  const edge = (side: string, size: number): string => `<w:${side} w:val="single" w:sz="${size}" w:space="0" w:color="000000"/>`;
  const properties = `<w:tblPr><w:tblW w:w="${width}" w:type="dxa"/><w:tblBorders>${edge('top', 8)}${edge('bottom', 8)}${edge('insideH', 6)}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>`;
  return `<w:tbl>${properties}<w:tblGrid><w:gridCol w:w="${width}"/></w:tblGrid>${rows.map((row) => rowXml(row, width)).join('')}</w:tbl>${spacerXml()}`;
}

function rowXml({ left, right, hang }: FootRow, width: number): string {
  const tab = right === undefined ? '' : `<w:tabs><w:tab w:val="right" w:pos="${width - CHARACTER}"/></w:tabs>`;
  const indent = right === undefined ? `<w:ind w:left="${CHARACTER * (1 + hang)}" w:right="${CHARACTER}" w:hanging="${CHARACTER * hang}"/>` : `<w:ind w:firstLine="${CHARACTER}"/>`;
  const run = (text: string): string => `<w:r><w:rPr>${fontsXml('fangsong')}${sizeXml(POINTS.foot)}</w:rPr><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
  const text = `${left === '' ? '' : run(left)}${right === undefined ? '' : `<w:r><w:tab/></w:r>${run(right)}`}`;
  return `<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/>${tab}<w:spacing w:before="0" w:after="0" w:line="${ROW_TWIPS}" w:lineRule="exact"/>${indent}<w:jc w:val="left"/></w:pPr>${text}</w:p></w:tc></w:tr>`;
}
