// Decisions on answers: what one must hold, when it may be used to settle a question, how likely it is to answer one. Pure.
import { refuse } from '../../../kernel/refuse.ts';
import kinds from '../data/kinds.json' with { type: 'json' };
import { likeness } from '../words.ts';

export interface Content {
  readonly question: string; readonly answer: string; readonly kind: string; readonly audience: 'public' | 'officers'; readonly departmentId: string | null;
  readonly validFrom: string; readonly validUntil: string | null; readonly sources: readonly { readonly name: string; readonly number: string }[]; readonly reviewDue: string;
}

export function checkContent(content: Content, today: string): Content {
  if (!kinds.some((one) => one.code === content.kind)) refuse('knowledge.kind_unknown', { kind: content.kind });
  if (content.validUntil !== null && content.validUntil < content.validFrom) placed('knowledge.ends_before', 'validUntil');
  if (content.reviewDue <= today) placed('knowledge.review_ahead', 'reviewDue');
  return { ...content, question: content.question.trim(), answer: content.answer.trim() };
}

function placed(code: string, path: string): never {
  return refuse(code, { errors: [{ path, code, params: {} }] });
}

export type AnswerState = 'good' | 'review' | 'ended';

interface Dated { readonly valid_from: string; readonly valid_until: string | null; readonly review_due: string }

/** Past its review day it may still be right, and says so; out of its validity it is not. */
export function stateOf(one: Dated, today: string): AnswerState {
  if (one.valid_from > today || (one.valid_until !== null && one.valid_until < today)) return 'ended';
  return one.review_due < today ? 'review' : 'good';
}

/** What is withdrawn or out of its validity settles nothing. */
export function checkUsable(one: Dated & { readonly withdrawn_day: string | null }, today: string): void {
  if (one.withdrawn_day !== null) refuse('knowledge.withdrawn', {});
  if (stateOf(one, today) === 'ended') refuse('knowledge.not_valid', {});
}

export interface Candidate { readonly id: string; readonly kind: string; readonly question: ReadonlySet<number>; readonly all: ReadonlySet<number> }

/** A question that is alike says more than an answer that happens to use the words. */
const QUESTION = 0.75;
const SAME_KIND = 0.1;
/** Below it is chance. */
const LEAST = 0.18;

/** The likest first. */
export function ranked(asked: readonly number[], candidates: readonly Candidate[], kind: string | undefined): { readonly id: string; readonly share: number }[] {
  return candidates
    .map((one) => ({ id: one.id, share: Math.min(1, QUESTION * likeness(asked, one.question) + (1 - QUESTION) * likeness(asked, one.all) + (kind === one.kind ? SAME_KIND : 0)) }))
    .filter((one) => one.share >= LEAST)
    .toSorted((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1));
}
