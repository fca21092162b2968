// The parts of a .docx that are not its text: properties, styles, names of typefaces, page set-up, page numbers.
import { CHARACTER_TWIPS, escaped, fontsXml, LINE_TWIPS, NAMESPACES, sizeXml, twips } from './docxtext.ts';
import { oneLine } from './clean.ts';
import type { About, Face, Level, Orientation } from './model.ts';
import { FACES, LETTER, marginsOf, LATIN, PAGE, POINTS, SONG } from './page.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** `letter`: with the head and the foot of its first page. */
export function partsOf(about: About, letter: boolean): readonly (readonly [string, string])[] {
  return [
    ['[Content_Types].xml', contentTypes(letter)],
    ['_rels/.rels', relationships([[`${OFFICE}/officeDocument`, 'word/document.xml'], [`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'], [`${OFFICE}/extended-properties`, 'docProps/app.xml']])],
    ['docProps/core.xml', coreProperties(about)],
    ['docProps/app.xml', `${HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Yugong</Application><Company>${escaped(oneLine(about.organisation))}</Company></Properties>`],
    ['word/_rels/document.xml.rels', relationships([[`${OFFICE}/styles`, 'styles.xml'], [`${OFFICE}/settings`, 'settings.xml'], [`${OFFICE}/fontTable`, 'fontTable.xml'], [`${OFFICE}/footer`, 'footer1.xml'], [`${OFFICE}/footer`, 'footer2.xml'], ...(letter ? [[`${OFFICE}/header`, 'header1.xml'], [`${OFFICE}/footer`, 'footer3.xml']] as const : [])])],
    ['word/styles.xml', styles()],
    ['word/settings.xml', settings()],
    ['word/fontTable.xml', fontTable()],
  ];
}

function contentTypes(letter: boolean): string {
  const parts = [['document', `${WORD}.document.main+xml`], ['styles', `${WORD}.styles+xml`], ['settings', `${WORD}.settings+xml`], ['fontTable', `${WORD}.fontTable+xml`], ['footer1', `${WORD}.footer+xml`], ['footer2', `${WORD}.footer+xml`], ...(letter ? [['header1', `${WORD}.header+xml`], ['footer3', `${WORD}.footer+xml`]] as const : [])];
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
    + parts.map(([name, type]) => `<Override PartName="/word/${name}.xml" ContentType="${type}"/>`).join('')
    + '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>';
}

function relationships(targets: readonly (readonly [string, string])[]): string {
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${targets.map(([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="${target}"/>`).join('')}</Relationships>`;
}

function coreProperties({ title, organisation, made }: About): string {
  const instant = `${made.toISOString().slice(0, 19)}Z`;
  return `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`
    + `<dc:title>${escaped(oneLine(title))}</dc:title><dc:creator>${escaped(oneLine(organisation))}</dc:creator><cp:lastModifiedBy>${escaped(oneLine(organisation))}</cp:lastModifiedBy><dc:language>zh-CN</dc:language>`
    + `<dcterms:created xsi:type="dcterms:W3CDTF">${instant}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${instant}</dcterms:modified></cp:coreProperties>`;
}

/** Names that Word and WPS try where the first one is not installed. */
function fontTable(): string {
  const font = (name: string, others: readonly string[]): string => `<w:font w:name="${name}">${others.length === 0 ? '' : `<w:altName w:val="${others.join(',')}"/>`}<w:charset w:val="86"/><w:family w:val="${others.length === 0 ? 'roman' : 'modern'}"/><w:pitch w:val="variable"/></w:font>`;
  return `${HEAD}<w:fonts ${NAMESPACES}>${Object.values(FACES).map(({ name, others }) => font(name, others)).join('')}${font(SONG, ['SimSun', 'STSong'])}<w:font w:name="${LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`;
}

/** Odd pages bear their number at the right, even ones at the left; 22 lines of 28 characters are the grid. */
export function sectionXml(orientation: Orientation, letter: boolean): string {
  const upright = orientation === 'portrait';
  const [width, height] = upright ? [PAGE.width, PAGE.height] : [PAGE.height, PAGE.width];
  const margins = marginsOf(orientation);
  // Seven millimetres between the text and the number, whose line is six high. On a letter the lower double line says where the foot ends.
  const below = twips(letter ? LETTER.bottom : margins.bottom - NUMBER_MM);
  const first = letter ? '<w:headerReference w:type="first" r:id="rId6"/><w:footerReference w:type="first" r:id="rId7"/>' : '';
  return `<w:sectPr>${first}<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/><w:type w:val="nextPage"/>`
    + `<w:pgSz w:w="${twips(width)}" w:h="${twips(height)}"${upright ? '' : ' w:orient="landscape"'}/>`
    + `<w:pgMar w:top="${twips(margins.top)}" w:right="${twips(margins.right)}" w:bottom="${twips(margins.bottom)}" w:left="${twips(margins.left)}" w:header="${letter ? twips(LETTER.top) : 851}" w:footer="${below}" w:gutter="0"/>${letter ? '<w:titlePg/>' : ''}`
    + `<w:docGrid w:type="linesAndChars" w:linePitch="${LINE_TWIPS}" w:charSpace="${Math.round((CHARACTER_TWIPS / 20 - POINTS.body) * 4096)}"/></w:sectPr>`;
}

const NUMBER_MM = 13;

export function footerXml(side: 'odd' | 'even', letter: boolean): string {
  const looks = `<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="${SONG}" w:eastAsia="${SONG}" w:hAnsi="${SONG}"/>${sizeXml(POINTS.foot)}</w:rPr>`;
  const run = (xml: string): string => `<w:r>${looks}${xml}</w:r>`;
  const field = `${run('<w:fldChar w:fldCharType="begin"/>')}${run('<w:instrText xml:space="preserve"> PAGE </w:instrText>')}${run('<w:fldChar w:fldCharType="separate"/>')}${run('<w:t>1</w:t>')}${run('<w:fldChar w:fldCharType="end"/>')}`;
  const indent = Math.round(POINTS.foot * 20);
  const placed = side === 'odd' ? `<w:ind w:right="${indent}"/><w:jc w:val="right"/>` : `<w:ind w:left="${indent}"/><w:jc w:val="left"/>`;
  return `${HEAD}<w:ftr ${NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/>${letter ? `<w:spacing w:before="0" w:after="${twips(PAGE.bottom - NUMBER_MM - LETTER.bottom)}" w:line="340" w:lineRule="exact"/>` : ''}${placed}</w:pPr>${run('<w:t xml:space="preserve">— </w:t>')}${field}${run('<w:t xml:space="preserve"> —</w:t>')}</w:p></w:ftr>`;
}

function settings(): string {
  return `${HEAD}<w:settings ${NAMESPACES}><w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/>`
    + '<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    + '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>';
}

/** 16 pt are wider than a 28th of the line: so much closer do characters stand, in whole twips, and one more for programs that round the line. */
const SPACING_TWIPS = Math.floor(CHARACTER_TWIPS - POINTS.body * 20) - 1;

const HEADINGS: readonly (readonly [Level, Face])[] = [[1, 'hei'], [2, 'kai'], [3, 'fangsong'], [4, 'fangsong']];

function styles(): string {
  const plain = `<w:rPr>${fontsXml('fangsong')}${sizeXml(POINTS.body)}`;
  const exact = `<w:spacing w:before="0" w:after="0" w:line="${LINE_TWIPS}" w:lineRule="exact"/>`;
  const style = (id: string, name: string, paragraph: string, run = '', more = ''): string => `<w:style w:type="paragraph"${id === 'Normal' ? ' w:default="1"' : ''} w:styleId="${id}"><w:name w:val="${name}"/>${id === 'Normal' ? '' : '<w:basedOn w:val="Normal"/>'}${more}<w:qFormat/><w:pPr>${paragraph}</w:pPr>${run === '' ? '' : `<w:rPr>${run}</w:rPr>`}</w:style>`;
  const next = '<w:next w:val="Normal"/>';
  return `${HEAD}<w:styles ${NAMESPACES}><w:docDefaults><w:rPrDefault>${plain}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`
    // Chinese and Latin stand close, so that every line keeps its 28 places; a single line may stand alone on a page. The places come of the
    // spacing, not of the grid: LibreOffice gives a character that is wider than its place two of them.
    + style('Normal', 'Normal', `<w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>${exact}<w:jc w:val="both"/>`, `${fontsXml('fangsong')}<w:snapToGrid w:val="0"/><w:spacing w:val="${SPACING_TWIPS}"/>${sizeXml(POINTS.body)}`)
    + style('Title', 'Title', '<w:jc w:val="center"/><w:outlineLvl w:val="9"/>', `${fontsXml('song')}<w:spacing w:val="0"/>${sizeXml(POINTS.title)}`, next)
    + HEADINGS.map(([level, face]) => style(`Heading${level}`, `heading ${level}`, `<w:outlineLvl w:val="${level - 1}"/>`, fontsXml(face), next)).join('')
    + style('Cell', 'Table Text', '<w:jc w:val="left"/>', '<w:spacing w:val="0"/>')
    + style('Footer', 'footer', '<w:spacing w:before="0" w:after="0" w:line="340" w:lineRule="exact"/>', `<w:spacing w:val="0"/>${sizeXml(POINTS.foot)}`)
    + '</w:styles>';
}
