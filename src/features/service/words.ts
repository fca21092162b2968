// What makes a text findable by its words: pairs of neighbouring characters, of Chinese and of anything else, and the pinyin initials of its title.
// Pure; what is stored and what is asked goes through the same function, or nothing is found.
import { folded } from '../../kernel/text.ts';

/** Code points are below 2^21: a pair is first · 2^21 + second. */
const SECOND = 2 ** 21;
/** What sentences are full of and what tells nothing apart. */
const EMPTY = /[\p{P}\p{S}]/gu;

/** The pairs of some texts. */
export function pairsOf(...texts: readonly string[]): number[] {
  const all = new Set<number>();
  for (const text of texts) {
    // A mark of punctuation parts: what stands on both sides of it is no pair.
    for (const part of text.replace(EMPTY, '\n').split('\n')) {
      const characters = Array.from(folded(part), (one) => one.codePointAt(0) ?? 0);
      for (let i = 1; i < characters.length; i += 1) all.add((characters[i - 1] ?? 0) * SECOND + (characters[i] ?? 0));
    }
  }
  return [...all];
}

/** The words that a person typed, each as the pairs that must all be there. Single characters ask for nothing. */
export function askedPairs(text: string): number[] {
  return pairsOf(...text.slice(0, 200).split(/\s+/));
}

/** How much of what was asked a text holds, 0 to 1. */
export function likeness(asked: readonly number[], held: ReadonlySet<number>): number {
  return asked.length === 0 ? 0 : asked.filter((pair) => held.has(pair)).length / asked.length;
}
