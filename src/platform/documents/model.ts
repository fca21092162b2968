// An official document as data: what stands in it, never how it is drawn. Features make it with pure functions; `docx.ts` and `pdf.ts` draw
// it as GB/T 9704-2012 wants. Nothing in a text is ever read as markup, a field or a command.
//
//   const minutes: OfficialDocument = { about, head: { kind: 'masthead', … }, title: ['…'], blocks: [ … ], foot: { … } };
//   const file: Buffer = await writeDocx(minutes);          // documents/docx.ts, pure: the same input gives the same bytes
//   const { bytes, missing } = await pdfs.write(minutes);   // documents/pdf.ts, in a thread of its own
//
// A text may hold line breaks: in a paragraph each line becomes a paragraph, in a cell a line. Headings are numbered by their level, in the
// order in which they stand. docs/documents.md tells the rest; worked examples of every kind stand in src/test/office/samples.ts.

export interface OfficialDocument {
  readonly about: About;
  /** Above the title: the red head of a document that goes out, that of a letter, or the masthead of minutes, briefings and bulletins. */
  readonly head?: Letterhead | LetterPaper | Masthead;
  /** One entry a line. A title of one line is broken where it must be; of several lines each stands as given. */
  readonly title: readonly string[];
  /** Under the title: whom it is written to; it ends with a colon of its own. */
  readonly addressee?: string;
  readonly blocks: readonly Block[];
  readonly foot?: Foot;
  /** Of the first pages, until a `page` block says otherwise; portrait by itself. */
  readonly orientation?: Orientation;
}

/** The file's own properties. */
export interface About {
  readonly title: string;
  readonly organisation: string;
  /** The instant at which it was made: it is handed in, so that the same document gives the same bytes. */
  readonly made: Date;
}

export type Orientation = 'portrait' | 'landscape';

/** The red head: the issuer in red, its number, a red line. */
export interface Letterhead {
  readonly kind: 'letterhead';
  /** As it is to be read, with 文件 where the office writes it. */
  readonly issuer: string;
  readonly number?: DocumentNumber;
  /** Of what is sent upwards. */
  readonly signer?: string;
  /** Top left: level of secrecy, urgency. */
  readonly marks?: readonly string[];
}

/**
 * The paper of a letter (函): the issuer in red 30 mm from the upper edge, a red double line beneath it and one at the foot of the first page, which bears
 * no page number; the letter's own number under the first line, at the right.
 */
export interface LetterPaper {
  readonly kind: 'letter';
  readonly issuer: string;
  /** 济项办函〔2023〕8号, or as the office writes it. */
  readonly number?: string | DocumentNumber;
  /** Under the first line, at the left: level of secrecy, urgency. */
  readonly marks?: readonly string[];
}

/** 济管〔2023〕12号: code, year and a number without leading zeros. */
export interface DocumentNumber {
  readonly code: string;
  readonly year: number;
  readonly number: number;
}

/** The head of minutes, briefings and bulletins: its name in red, the issue, who made it and when, a red line. */
export interface Masthead {
  readonly kind: 'masthead';
  readonly name: string;
  /** 第72期, or a number. */
  readonly issue?: string | DocumentNumber;
  readonly issuer: string;
  readonly day: string;
}

/** A string is one plain run. */
export type Text = string | readonly Run[];

export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly face?: Face;
}

/** What a run is set in: 仿宋 by itself, 楷体, 黑体, 小标宋. */
export type Face = 'fangsong' | 'kai' | 'hei' | 'song';

export type Level = 1 | 2 | 3 | 4;
export type Align = 'justify' | 'left' | 'centre' | 'right';

export type Block =
  /** 一、（一）1.（1）; `body` goes on in the same paragraph. Not numbered where `plain`. */
  | { readonly kind: 'heading'; readonly level: Level; readonly text: string; readonly body?: Text; readonly plain?: boolean }
  /** First line indented by two characters unless `flush`. */
  | { readonly kind: 'paragraph'; readonly text: Text; readonly align?: Align; readonly flush?: boolean }
  /** Numbered 1. 2. 3. by itself. */
  | { readonly kind: 'list'; readonly items: readonly Text[]; readonly mark?: 'number' | 'bracket' | 'dash' | 'none' }
  /** Label and what stands beside it, as at the start of minutes: 时间、地点、主持、出席、缺席. */
  | { readonly kind: 'facts'; readonly items: readonly { readonly label: string; readonly text: Text }[] }
  | TableBlock
  | FormBlock
  /** What follows begins a new page, turned where `orientation` is given. */
  | { readonly kind: 'page'; readonly orientation?: Orientation }
  /** 附件：… under the text, one line each; numbered where there are several. */
  | { readonly kind: 'attachments'; readonly items: readonly string[] }
  /** The first lines of an attachment: a new page, 附件2 at its top left, its title. */
  | { readonly kind: 'annex'; readonly number?: number; readonly title: string; readonly orientation?: Orientation }
  /** Who issues it, and the day, at the right under the text. */
  | { readonly kind: 'signature'; readonly organisations: readonly string[]; readonly day: string }
  /** （联系人：…） under the signature. */
  | { readonly kind: 'note'; readonly text: string };

export interface TableBlock {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly CellContent[])[];
  readonly caption?: string;
  /** At the right above the table: 单位：万元. */
  readonly unit?: string;
  readonly size?: TableSize;
}

export interface Column {
  readonly title: string;
  /** Its share of the width beside the others. */
  readonly width: number;
  readonly align?: Align;
}

/** A form: cells of labels and values, wide ones over several columns. */
export interface FormBlock {
  readonly kind: 'form';
  /** Shares of the width. */
  readonly widths: readonly number[];
  readonly rows: readonly FormRow[];
  readonly size?: TableSize;
}

export interface FormRow {
  readonly cells: readonly CellContent[];
  /** Least height in lines of the body text: room for what is written by hand. */
  readonly lines?: number;
}

/** 14, 12, 10.5 and 9 pt: 四号, 小四, 五号, 小五. */
export type TableSize = 'large' | 'normal' | 'small' | 'tiny';

export type CellContent = string | Cell;

export interface Cell {
  readonly text: Text;
  readonly columns?: number;
  readonly rows?: number;
  readonly align?: Align;
  /** A label: 黑体, in the middle. */
  readonly label?: boolean;
}

/** At the foot of the last page, between lines. */
export interface Foot {
  /** 抄送: names in the order in which they are to stand. */
  readonly copies?: readonly string[];
  /** 分送, as minutes and briefings have it. */
  readonly distribution?: readonly string[];
  readonly issuer: string;
  /** 印发日期 */
  readonly day: string;
  /** 共印…份 */
  readonly printed?: number;
}
