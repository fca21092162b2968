// The taxonomy of problems 难题类型 as data: its words, the duty whose department usually answers, the words by which a kind is suggested. Pure.
import Type, { type Static } from 'typebox';
import known from './data/kinds.json' with { type: 'json' };

export const Kind = Type.Object({
  code: Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' }), zh: Type.String({ minLength: 1, maxLength: 40 }), en: Type.String({ minLength: 1, maxLength: 60 }),
  /** A duty of the department map. */
  duty: Type.String({ minLength: 1, maxLength: 40 }),
  words: Type.Array(Type.String({ minLength: 1, maxLength: 20 }), { maxItems: 60 }),
  /** Is offered no more; problems that bear it keep it. */
  retired: Type.Optional(Type.Boolean()),
}, { additionalProperties: false });
export type Kind = Static<typeof Kind>;

/** Where the zone's own taxonomy is kept. */
export const KINDS_SETTING = 'problems.kinds';

export const DEFAULT_KINDS: readonly Kind[] = known;

/** Kinds whose words stand in the text, the one with most of them first. */
export function suggested(kinds: readonly Kind[], text: string): readonly Kind[] {
  const scored = kinds.filter((kind) => kind.retired !== true).map((kind) => ({ kind, score: kind.words.reduce((sum, word) => sum + (text.includes(word) ? word.length : 0), 0) }));
  return scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score).map(({ kind }) => kind);
}
