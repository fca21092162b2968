// What makes a search for two Chinese characters an index look-up: single characters and pairs of neighbours of a name, its
// pinyin initials and its code, kept beside it in a column `grams`. Pure; stored and asked with the same function, or nothing is found.
import { folded } from './text.ts';

/** Code points are below 2^21: a character is its own number, a pair is first · 2^21 + second, and what a name begins with is that plus 2^42. */
export const SECOND = 2 ** 21;
export const START = 2 ** 42;

/** The pairs to store. `initials` come from platform/pinyin. */
export function gramsOf(name: string, initials: string, code: string | null): number[] {
  const all = new Set<number>();
  const text = charactersOf(name);
  for (const character of text) all.add(character);
  for (const each of [text, charactersOf(initials), charactersOf(code ?? '')]) {
    for (const pair of pairsOf(each)) all.add(pair);
    const start = startOf(each);
    if (start !== undefined) all.add(start);
  }
  return [...all];
}

export interface Asked {
  /** The text as it is compared. */
  readonly text: string;
  /** All of these must be among the stored ones. Empty: nothing can be found by pairs, only by the exact name. */
  readonly grams: readonly number[];
  /** What a name that begins with the text also holds; undefined for a single character. */
  readonly start: number | undefined;
  /** Pairs of letters and digits are common: what holds them all must still be compared with the text. */
  readonly compare: boolean;
}

/** What to ask for when a person types `text`. */
export function askedOf(text: string): Asked {
  const characters = charactersOf(text).slice(0, 60);
  const whole = String.fromCodePoint(...characters);
  const start = startOf(characters);
  if (characters.length <= 1) return { text: whole, grams: characters, start: undefined, compare: false };
  return { text: whole, grams: [...new Set(pairsOf(characters))], start, compare: /^[\x21-\x7e]+$/.test(whole) && characters.length > 2 };
}

function charactersOf(text: string): number[] {
  return Array.from(folded(text), (character) => character.codePointAt(0) ?? 0);
}

function pairsOf(characters: readonly number[]): number[] {
  return characters.slice(1).map((character, index) => (characters[index] ?? 0) * SECOND + character);
}

function startOf(characters: readonly number[]): number | undefined {
  const [first, second] = characters;
  return first === undefined || second === undefined ? undefined : START + first * SECOND + second;
}
