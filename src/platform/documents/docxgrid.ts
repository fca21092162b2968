// Tables and forms of a .docx.
import { JUSTIFICATION, LINE_TWIPS, runsXml, twips } from './docxtext.ts';
import type { Grid, GridCell, GridRow } from './grids.ts';
import type { Orientation } from './model.ts';
import { area } from './page.ts';

const MARGIN_TWIPS = 80;

export function gridXml(grid: Grid, orientation: Orientation): string {
  const widths = columnTwips(grid.widths, twips(area(orientation).width));
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`).join('');
  const properties = `<w:tblPr>${widthXml('tblW', sum(widths))}<w:jc w:val="center"/><w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="${MARGIN_TWIPS}" w:type="dxa"/><w:right w:w="${MARGIN_TWIPS}" w:type="dxa"/></w:tblCellMar></w:tblPr>`;
  return `<w:tbl>${properties}${columnsXml(widths)}${grid.rows.map((row, at) => rowXml(row, at < grid.header, widths, grid.points)).join('')}</w:tbl>`;
}

/** Whole twips that add up to the width. */
function columnTwips(shares: readonly number[], width: number): number[] {
  let given = 0;
  let wanted = 0;
  return shares.map((share) => {
    wanted += share * width;
    const own = Math.round(wanted) - given;
    given += own;
    return own;
  });
}

function rowXml(row: GridRow, header: boolean, widths: readonly number[], points: number): string {
  const height = row.lines > 0 ? `<w:trHeight w:val="${Math.round(row.lines * LINE_TWIPS)}" w:hRule="atLeast"/>` : '';
  return `<w:tr><w:trPr>${header || row.whole ? '<w:cantSplit/>' : ''}${height}${header ? '<w:tblHeader/>' : ''}</w:trPr>${row.cells.map((cell) => cellXml(cell, widths, points)).join('')}</w:tr>`;
}

function widthOfCell(cell: GridCell, widths: readonly number[]): number {
  return sum(widths.slice(cell.column, cell.column + cell.columns));
}

function cellXml(cell: GridCell, widths: readonly number[], points: number): string {
  const span = cell.columns > 1 ? `<w:gridSpan w:val="${cell.columns}"/>` : '';
  const merge = cell.rows === 0 ? '<w:vMerge/>' : cell.rows > 1 ? '<w:vMerge w:val="restart"/>' : '';
  const text = cell.lines.map((runs) => `<w:p><w:pPr><w:pStyle w:val="Cell"/><w:spacing w:before="30" w:after="30" w:line="${Math.round(points * 26)}" w:lineRule="exact"/><w:jc w:val="${JUSTIFICATION[cell.align]}"/></w:pPr>${runsXml(runs, points)}</w:p>`).join('');
  return `<w:tc><w:tcPr>${widthXml('tcW', widthOfCell(cell, widths))}${span}${merge}<w:vAlign w:val="center"/></w:tcPr>${text}</w:tc>`;
}

function widthXml(name: string, width: number): string {
  return `<w:${name} w:w="${Math.round(width)}" w:type="dxa"/>`;
}

function columnsXml(widths: readonly number[]): string {
  return `<w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${Math.round(width)}"/>`).join('')}</w:tblGrid>`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

