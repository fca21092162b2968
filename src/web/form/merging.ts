// The values of an editor that is no simple form, kept until they are saved: nothing that was typed is lost by a reload, by news from the server or
// by what another saved meanwhile.
import { useEffect, useMemo, useRef, useState } from 'react';
import { dropDraft, loadDraft, saveDraft } from './draft.ts';
import { conflictFields, mergedWith, same, type Conflict, type MergeWords, type Values } from './merge.ts';

export interface MergeOptions<V extends object> {
  /** Names the draft that this browser keeps. */
  readonly id: string;
  readonly start: V;
  readonly version: number;
  readonly words: Readonly<Record<string, MergeWords | undefined>>;
  /** Makes values of what a draft of this browser or a settled conflict holds; undefined where it is none (of an older program). */
  readonly read: (values: Values) => V | undefined;
  /** The record as it is now, asked when somebody else was faster. */
  readonly latest: () => Promise<{ readonly values: V; readonly version: number }>;
}

export interface Merge<V> {
  /** As it was when the editing began, or when a conflict was settled. */
  readonly base: V;
  readonly values: V;
  readonly version: number;
  readonly set: (change: Partial<V>) => void;
  readonly touched: boolean;
  readonly conflict: Conflict | undefined;
  /** Called on 412: reads what is there now and asks field by field. */
  readonly collide: () => Promise<void>;
  readonly settle: (chosen: Values | undefined) => void;
  /** Instant of the draft that was found again. */
  readonly restoredAt: string | undefined;
  /** The draft is no longer wanted: it was saved, or given up. */
  readonly forget: () => void;
}

const DRAFT_WAIT_MS = 400;

export function useMerge<V extends object>(options: MergeOptions<V>): Merge<V> {
  const latest = useRef(options);
  latest.current = options;
  const [kept] = useState(() => restored(options));
  const [state, setState] = useState(() => kept?.state ?? { base: options.start, values: options.start, version: options.version });
  const [restoredAt, setRestoredAt] = useState(kept?.at);
  const [conflict, setConflict] = useState<{ readonly told: Conflict; readonly theirs: V } | undefined>(undefined);
  const done = useRef(false);
  const { base, values, version } = state;
  const touched = useMemo(() => !same(base, values), [base, values]);
  useEffect(() => {
    const { id } = latest.current;
    if (!touched || done.current) return dropDraft(id);
    const timer = setTimeout(() => {
      if (!done.current) saveDraft(id, { values: entriesOf(values), base: entriesOf(base), version: String(version), at: new Date().toISOString() });
    }, DRAFT_WAIT_MS);
    return () => clearTimeout(timer);
  }, [base, values, version, touched]);
  return {
    base, values, version, touched, conflict: conflict?.told, restoredAt,
    set: (change) => setState((before) => ({ ...before, values: { ...before.values, ...change } })),
    collide: async () => {
      const now = await latest.current.latest();
      setConflict({ told: { version: now.version, theirs: entriesOf(now.values), fields: conflictFields(latest.current.words, entriesOf(base), entriesOf(values), entriesOf(now.values)) }, theirs: now.values });
    },
    settle: (chosen) => {
      setConflict(undefined);
      if (conflict === undefined || chosen === undefined) return;
      const merged = latest.current.read(mergedWith(entriesOf(base), entriesOf(values), entriesOf(conflict.theirs), chosen)) ?? values;
      setState({ base: conflict.theirs, values: merged, version: Number(conflict.told.version) });
    },
    forget: () => {
      done.current = true;
      dropDraft(latest.current.id);
      setRestoredAt(undefined);
    },
  };
}

function entriesOf(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value));
}

/** A draft is taken up upon the version on which it was typed: if the record moved on, saving asks field by field. */
function restored<V extends object>({ id, read }: MergeOptions<V>): { readonly state: { readonly base: V; readonly values: V; readonly version: number }; readonly at: string } | undefined {
  const draft = loadDraft(id);
  if (draft === undefined) return undefined;
  const [base, values, version] = [read(draft.base), read(draft.values), Number(draft.version)];
  return base === undefined || values === undefined || !Number.isInteger(version) ? undefined : { state: { base, values, version }, at: draft.at };
}
