// How well an offer suits a need, as points of a hundred with their reasons: what is counted is what is shown. Pure; a score that cannot be read is none.
import { daysBetween } from '../../../kernel/days.ts';
import { likeness, pairsOf } from '../words.ts';
import type { REASONS } from './contract.ts';

export interface Scored {
  readonly industry: string | null; readonly amount_fen: number | null; readonly people: number | null; readonly place_id: string | null; readonly opened_day: string; readonly until_day: string | null; readonly title: string; readonly text: string;
}
export interface Reason { readonly code: (typeof REASONS)[number]; readonly points: number; /** The share that it was counted by, where it is one. */ readonly percent: number | null }
export interface Score { readonly points: number; readonly reasons: readonly Reason[] }

const WORDS = 40;
/** So much of the shorter text's pairs in the other is as alike as two notices about one thing ever are. */
const ALIKE = 0.5;
const TITLE = 0.7;
const FRESH_DAYS = 90;

/** Kind and side are a matter of the search: only what can be matched is scored. */
export function score(need: Scored, offer: Scored): Score {
  const reasons = [...industry(need, offer), ...words(need, offer), ...enoughOf(need, offer), ...place(need, offer), ...time(need, offer)];
  return { points: Math.min(100, reasons.reduce((sum, one) => sum + one.points, 0)), reasons };
}

function industry(need: Scored, offer: Scored): Reason[] {
  if (need.industry === null || offer.industry === null) return [];
  if (need.industry === offer.industry) return [{ code: 'industry', points: 25, percent: null }];
  return need.industry.slice(0, 1) === offer.industry.slice(0, 1) ? [{ code: 'section', points: 10, percent: null }] : [];
}

/** What is named in the title counts more than what the details share. */
function words(need: Scored, offer: Scored): Reason[] {
  const share = Math.min(1, (TITLE * alike(need.title, offer.title) + (1 - TITLE) * alike(`${need.title}\n${need.text}`, `${offer.title}\n${offer.text}`)) / ALIKE);
  const points = Math.round(WORDS * share);
  return points === 0 ? [] : [{ code: 'words', points, percent: Math.round(share * 100) }];
}

/** How much of the shorter text's pairs the other holds. */
function alike(one: string, other: string): number {
  const [shorter, longer] = [pairsOf(one), pairsOf(other)].toSorted((a, b) => a.length - b.length);
  return likeness(shorter ?? [], new Set(longer));
}

/** Money where both name it, else people: one of both is what the matching is about. */
function enoughOf(need: Scored, offer: Scored): Reason[] {
  return need.amount_fen !== null && offer.amount_fen !== null ? enough(need.amount_fen, offer.amount_fen, 'amount') : enough(need.people, offer.people, 'people');
}

/** All that is needed, or the part of it that is offered. */
function enough(needed: number | null, offered: number | null, code: 'amount' | 'people'): Reason[] {
  if (needed === null || offered === null) return [];
  const share = Math.min(1, offered / needed);
  if (share >= 1) return [{ code, points: 15, percent: 100 }];
  const points = Math.round(10 * share);
  return points === 0 ? [] : [{ code: code === 'amount' ? 'amount_part' : 'people_part', points, percent: Math.round(share * 100) }];
}

function place(need: Scored, offer: Scored): Reason[] {
  return need.place_id !== null && need.place_id === offer.place_id ? [{ code: 'place', points: 10, percent: null }] : [];
}

function time(need: Scored, offer: Scored): Reason[] {
  const lasts = need.until_day !== null && (offer.until_day === null || offer.until_day >= need.until_day);
  const fresh = Math.abs(daysBetween(need.opened_day, offer.opened_day)) <= FRESH_DAYS;
  return [...(lasts ? [{ code: 'time' as const, points: 5, percent: null }] : []), ...(fresh ? [{ code: 'fresh' as const, points: 5, percent: null }] : [])];
}
