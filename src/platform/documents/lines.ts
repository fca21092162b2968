// A line of an official document with its indents in characters, and the runs that it is made of. Pure.
import { clean } from './clean.ts';
import type { Align, Face, Level, Text } from './model.ts';

export interface Line {
  readonly kind: 'line';
  readonly runs: readonly FlowRun[];
  readonly points: number;
  readonly align: Align;
  /** Indents in characters; `first` is added to `left` on the first line and may be negative. */
  readonly first: number;
  readonly left: number;
  readonly right: number;
  /** Empty lines of the body before it. */
  readonly before: number;
  /** Stays on the page of what follows. */
  readonly keep: boolean;
  /** In the outline: 0 for the title, 1 to 4 for headings. */
  readonly outline?: 0 | Level;
  readonly colour?: 'red';
  /** A red line across the text beneath it. */
  readonly ruled?: true;
}

/** One line with something at its left and something at its right. */
export interface Pair {
  readonly kind: 'pair';
  readonly left: readonly FlowRun[];
  readonly right: readonly FlowRun[];
  readonly before: number;
  readonly ruled?: true;
  /** At the very edges of the text; otherwise a character from each. */
  readonly flush?: true;
}

export interface FlowRun {
  readonly text: string;
  readonly face: Face;
  readonly bold: boolean;
}

type Looks = Partial<Omit<Line, 'kind' | 'runs'>> & { readonly face?: Face; readonly bold?: boolean };

export function line(text: string | readonly FlowRun[], { face = 'fangsong', bold = false, ...looks }: Looks = {}): Line {
  const runs = typeof text === 'string' ? [{ text, face, bold }] : text;
  return { kind: 'line', runs, points: 16, align: 'justify', first: 0, left: 0, right: 0, before: 0, keep: false, ...looks };
}

/** Runs that are clean; line breaks still in them. */
export function runsOf(text: Text, face: Face = 'fangsong'): FlowRun[] {
  const runs = typeof text === 'string' ? [{ text }] : text;
  return runs.map((run) => ({ text: clean(run.text), face: ('face' in run ? run.face : undefined) ?? face, bold: 'bold' in run && run.bold === true }));
}

/** In characters: figures and Latin letters are half as wide. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) < 0x2e80 && char !== '—' && char !== '…' ? 0.5 : 1), 0);
}
