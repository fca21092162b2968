// Which items a project needs: for each item needed, not needed or to be clarified, with the rule and the facts that say so. Never
// leaves an item out because a fact is missing: what may be needed is to be clarified.
import type { Catalogue, Facts, Item, Track } from '../catalogue/shape.ts';
import { TRACKS } from '../catalogue/shape.ts';
import { valueOf } from './facts.ts';
import { decide, type Deciding } from '../catalogue/kleene.ts';

export type Verdict = 'needed' | 'not_needed' | 'clarify';

/** Why: the rule of the track (null: the track itself decides, or is not known), and the tests that decided it. */
export interface Reason {
  readonly key: 'always' | 'never' | 'rule' | 'not_on_track' | 'track_unknown';
  readonly track: Track | null;
  /** Place of the rule in the catalogue: `items.P09.tracks.enterprise.need`. */
  readonly rule: string | null;
  readonly by: readonly Deciding[];
}

export interface Applied {
  readonly item: Item;
  readonly verdict: Verdict;
  readonly reason: Reason;
}

/** Every item of the catalogue with its verdict, in the order of the catalogue. */
export function applicability(catalogue: Catalogue, facts: Facts): Applied[] {
  return catalogue.items.map((item) => apply(item, facts));
}

/** The track that the facts name; null while they name none. */
export function trackOf(facts: Facts): Track | null {
  const value = valueOf(facts, 'track');
  return TRACKS.find((one) => one === value) ?? null;
}

export function apply(item: Item, facts: Facts): Applied {
  const track = trackOf(facts);
  if (track !== null) return onTrack(item, track, facts);
  const both = TRACKS.map((one) => onTrack(item, one, facts));
  const [first, second] = both;
  if (first !== undefined && second !== undefined && first.verdict === second.verdict && first.verdict !== 'clarify') return first;
  return { item, verdict: 'clarify', reason: { key: 'track_unknown', track: null, rule: null, by: both.flatMap((one) => one.reason.by.filter((test) => test.truth === null)) } };
}

function onTrack(item: Item, track: Track, facts: Facts): Applied {
  const use = item.tracks[track];
  if (use === undefined) return { item, verdict: 'not_needed', reason: { key: 'not_on_track', track, rule: null, by: [] } };
  const { truth, by } = decide(use.need, facts);
  const key = by.length > 0 ? 'rule' : truth === true ? 'always' : 'never';
  return { item, verdict: truth === null ? 'clarify' : truth ? 'needed' : 'not_needed', reason: { key, track, rule: `items.${item.code}.tracks.${track}.need`, by } };
}

export interface Appearing {
  readonly code: string;
  readonly before: Verdict;
  readonly after: Verdict;
  readonly reason: Reason;
}

/** What appears (was not needed), disappears (is not needed any more) and turns between needed and to be clarified when facts change. */
export function appearing(catalogue: Catalogue, before: Facts, after: Facts): { readonly appears: Appearing[]; readonly disappears: Appearing[]; readonly turns: Appearing[] } {
  const changed = catalogue.items.flatMap((item): Appearing[] => {
    const was = apply(item, before).verdict;
    const { verdict, reason } = apply(item, after);
    return was === verdict ? [] : [{ code: item.code, before: was, after: verdict, reason }];
  });
  return {
    appears: changed.filter((one) => one.before === 'not_needed'),
    disappears: changed.filter((one) => one.after === 'not_needed'),
    turns: changed.filter((one) => one.before !== 'not_needed' && one.after !== 'not_needed'),
  };
}

/** The facts that would settle what is still to be clarified, those that settle most first. */
export function openFacts(applied: readonly Applied[]): { readonly fact: string; readonly items: readonly string[] }[] {
  const asked = new Map<string, Set<string>>();
  const ask = (fact: string, code: string): void => void asked.set(fact, (asked.get(fact) ?? new Set()).add(code));
  for (const { item, verdict, reason } of applied) {
    if (verdict !== 'clarify') continue;
    if (reason.key === 'track_unknown') ask('track', item.code);
    for (const { test, truth } of reason.by) if (truth === null) ask(test.fact, item.code);
  }
  return [...asked].map(([fact, items]) => ({ fact, items: [...items] })).toSorted((a, b) => b.items.length - a.items.length || (a.fact < b.fact ? -1 : 1));
}
