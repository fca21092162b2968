// What makes a search for two Chinese characters an index look-up: single characters and pairs of neighbours of a name, its
// pinyin initials and its code, kept in projects_projects.grams. Pure; stored and asked with the same function, or nothing is found.
import { folded } from '../../../kernel/text.ts';

/** Stands before the first pair, so that names that begin with a text are found by themselves. */
const START = '^';

/** The pairs to store. `initials` come from platform/pinyin. */
export function gramsOf(name: string, initials: string, code: string | null): string[] {
  const all = new Set<string>();
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
  readonly grams: readonly string[];
  /** What a name that begins with the text also holds; undefined for a single character. */
  readonly start: string | undefined;
  /** Pairs of letters and digits are common: what holds them all must still be compared with the text. */
  readonly compare: boolean;
}

/** What to ask for when a person types `text`. */
export function askedOf(text: string): Asked {
  const characters = charactersOf(text).slice(0, 60);
  const whole = characters.join('');
  const start = startOf(characters);
  if (characters.length <= 1) return { text: whole, grams: characters, start: undefined, compare: false };
  return { text: whole, grams: [...new Set(pairsOf(characters))], start, compare: /^[\x21-\x7e]+$/.test(whole) && characters.length > 2 };
}

function charactersOf(text: string): string[] {
  return [...folded(text)];
}

function pairsOf(characters: readonly string[]): string[] {
  return characters.slice(1).map((character, index) => (characters[index] ?? '') + character);
}

function startOf(characters: readonly string[]): string | undefined {
  const [first, second] = characters;
  return first === undefined || second === undefined ? undefined : START + first + second;
}
