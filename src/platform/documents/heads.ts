// What stands above the text: the red head, the head of a letter, the masthead of minutes and briefings, the title.
import { oneLine } from './clean.ts';
import { line, widthOf, type FlowRun, type Line, type Pair } from './lines.ts';
import type { DocumentNumber, Letterhead, LetterPaper, Masthead, OfficialDocument } from './model.ts';
import { dayInWords, numberInWords } from './numbers.ts';
import { POINTS } from './page.ts';

/** Three lines of the body are the 35 mm between the edge of the text and the red letters. */
const ABOVE = 3;

export function headLines(head: OfficialDocument['head']): (Line | Pair)[] {
  if (head === undefined) return [];
  return head.kind === 'letterhead' ? letterhead(head) : head.kind === 'letter' ? letterLines(head) : masthead(head);
}

/** What is drawn outside the text on the first page of a letter: the issuer in red between the upper edge and the first double line. */
export function letterOf(head: OfficialDocument['head']): Letter | undefined {
  if (head?.kind !== 'letter') return undefined;
  const issuer = oneLine(head.issuer);
  return { issuer, points: pointsOf(issuer, POINTS.masthead) };
}

export interface Letter { readonly issuer: string; readonly points: number }

/** The number stands at the right edge of the text, beside the first mark. */
function letterLines({ number, marks = [] }: LetterPaper): (Line | Pair)[] {
  const [first = '', ...more] = marks.map(oneLine);
  const said = number === undefined ? '' : issueWords(number);
  if (first === '' && said === '') return [];
  return [{ kind: 'pair', left: [{ text: first, face: 'hei', bold: false }], right: plain(said), before: 0, flush: true }, ...more.map((mark) => line(mark, { face: 'hei', align: 'left' }))];
}

function letterhead({ issuer, number, signer, marks = [] }: Letterhead): (Line | Pair)[] {
  const shown = marks.slice(0, ABOVE);
  const above = ABOVE - shown.length;
  const first = number === undefined ? '' : numberInWords({ ...number, code: oneLine(number.code) });
  return [
    ...shown.map((mark) => line(oneLine(mark), { face: 'hei', align: 'left' })),
    red(oneLine(issuer), POINTS.issuer, above),
    signer === undefined
      ? { ...line(first, { align: 'centre', before: 2 }), ruled: true }
      : { kind: 'pair', left: plain(first), right: [{ text: '签发人：', face: 'fangsong', bold: false }, { text: oneLine(signer), face: 'kai', bold: false }], before: 2, ruled: true },
  ];
}

function masthead({ name, issue, issuer, day }: Masthead): (Line | Pair)[] {
  return [
    red(oneLine(name), POINTS.masthead, 1),
    ...(issue === undefined ? [] : [line(issueWords(issue), { align: 'centre', before: 1 })]),
    { kind: 'pair', left: plain(oneLine(issuer)), right: plain(dayInWords(day)), before: 1, ruled: true },
  ];
}

function issueWords(issue: string | DocumentNumber): string {
  return typeof issue === 'string' ? oneLine(issue) : numberInWords({ ...issue, code: oneLine(issue.code) });
}

function plain(text: string): FlowRun[] {
  return [{ text, face: 'fangsong', bold: false }];
}

/** As large as fits on one line, never smaller than the title. */
function red(text: string, largest: number, before: number): Line {
  return line(text, { face: 'song', points: pointsOf(text, largest), align: 'centre', before, colour: 'red' });
}

function pointsOf(text: string, largest: number): number {
  const fits = Math.floor(440 / Math.max(1, [...text].length));
  return Math.max(POINTS.title, Math.min(largest, fits));
}

/** Two empty lines above (none where nothing stands above it), one below. */
export function titleLines(title: readonly string[], underHead: boolean, above: number = underHead ? 2 : 0): Line[] {
  const lines = title.map(oneLine).filter((text) => text !== '').flatMap((text) => balanced(text));
  const drawn = lines.map((text, at) => line(text, { face: 'song', points: POINTS.title, align: 'centre', before: at === 0 ? above : 0, keep: true, ...(at === 0 ? { outline: 0 as const } : {}) }));
  return drawn.length === 0 ? [] : [...drawn, line('', { keep: true })];
}

/** Characters of the title on a line: twenty would fit but for figures, which are a little wider than half of one. */
const TITLE_CHARACTERS = 19;

/** A title that is longer than a line is broken between words into lines of about one length: none ends with a single character. */
export function balanced(text: string): string[] {
  const width = widthOf(text);
  if (width <= TITLE_CHARACTERS) return [text];
  const wanted = width / Math.ceil(width / (TITLE_CHARACTERS - 1));
  const lines = [''];
  for (const word of words(text)) {
    const last = lines.at(-1) ?? '';
    // Nearer to the wanted width without the word than with it: it begins the next line.
    const over = widthOf(last + word) - wanted;
    if (last !== '' && (over > wanted - widthOf(last) || widthOf(last + word) > TITLE_CHARACTERS)) lines.push(word);
    else lines[lines.length - 1] = last + word;
  }
  return lines.map((one) => one.trim());
}

/** Words as the language has them; what may not begin a line stays with what stands before it. */
function words(text: string): string[] {
  const parts: string[] = [];
  let open = false;
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)) {
    const before = parts.at(-1);
    if (before !== undefined && (open || /^[的了和与及、，。：；！？）》”〕\s]/u.test(segment) || /^\d/.test(segment) && /[第\d]$/.test(before))) parts[parts.length - 1] = before + segment;
    else parts.push(segment);
    open = /[（《“〔]$/u.test(segment);
  }
  return parts;
}
