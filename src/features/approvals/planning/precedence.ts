// What each item of a project waits for: the prerequisites of its track, as far as they apply. What does not apply is stepped over: its
// own prerequisites stand in its place, unless it counts only if it applies. Never drops an order that the catalogue demands.
import type { After, Catalogue, Track } from '../catalogue/shape.ts';

export interface Edge {
  readonly from: string;
  /** The document of `from` is a secondary one for the item that waits. */
  readonly deferrable: boolean;
}

export interface Precedence {
  /** Of each present item and milestone. */
  readonly before: ReadonlyMap<string, readonly Edge[]>;
  /** Everything, near and far, that a present item waits for. */
  ancestors(code: string): ReadonlySet<string>;
}

/** `present`: codes that are planned. `finished`: codes that are done, so that nothing waits for them any more. */
export function precedenceOf(catalogue: Catalogue, track: Track, present: ReadonlySet<string>, finished: ReadonlySet<string>): Precedence {
  const after = new Map<string, readonly After[]>();
  for (const item of catalogue.items) after.set(item.code, item.tracks[track]?.after ?? []);
  for (const one of catalogue.milestones) after.set(one.code, one.after[track]);
  const before = new Map([...present].map((code) => [code, edgesOf(code, after, present, finished)]));
  const known = new Map<string, ReadonlySet<string>>();
  const ancestors = (code: string, path: ReadonlySet<string>): ReadonlySet<string> => {
    const found = known.get(code);
    if (found !== undefined || path.has(code)) return found ?? NOTHING;
    const deeper = new Set([...path, code]);
    const all = new Set<string>();
    for (const { from } of before.get(code) ?? []) for (const one of [from, ...ancestors(from, deeper)]) all.add(one);
    known.set(code, all);
    return all;
  };
  return { before, ancestors: (code) => ancestors(code, NOTHING) };
}

const NOTHING: ReadonlySet<string> = new Set();

function edgesOf(code: string, after: ReadonlyMap<string, readonly After[]>, present: ReadonlySet<string>, finished: ReadonlySet<string>): Edge[] {
  const edges = new Map<string, Edge>();
  const seen = new Set([code]);
  const walk = (list: readonly After[], direct: boolean): void => {
    for (const one of list) {
      if ('either' in one) {
        // One that is done is enough; of several that are planned all are waited for: which one will do is not known.
        if (one.either.some((other) => finished.has(other))) continue;
        const planned = one.either.filter((other) => present.has(other));
        for (const other of planned.length > 0 ? planned : one.either) take(other, false, false, direct);
      } else take(one.item, one.ifApplies === true, one.deferrable === true, direct);
    }
  };
  const take = (from: string, ifApplies: boolean, deferrable: boolean, direct: boolean): void => {
    if (present.has(from)) {
      const stricter = edges.get(from)?.deferrable === false;
      edges.set(from, { from, deferrable: direct && deferrable && !stricter });
    } else if (!ifApplies && !finished.has(from) && !seen.has(from)) {
      seen.add(from);
      walk(after.get(from) ?? [], false);
    }
  };
  walk(after.get(code) ?? [], true);
  return [...edges.values()];
}
