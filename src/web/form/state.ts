// The life of a form: values, faults, draft, sending, conflict. No failed save loses a word: values only go when the server has them.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Static, TSchema } from 'typebox';
import { translator } from '../i18n.ts';
import { toast } from '../parts/toast.tsx';
import { type ProblemError, problemOf } from '../problem.ts';
import { faultsOf } from './check.ts';
import { dropDraft, loadDraft, saveDraft } from './draft.ts';
import { conflictFields, same, type Conflict } from './merge.ts';

export interface FieldWords {
  readonly label: string;
  readonly hint?: string;
  /** Writes a value for people (conflict, summary); default: as it is. */
  readonly show?: (value: unknown) => string;
}

export interface FormOptions<S extends TSchema, Output> {
  /** Names the draft: `projects.edit:${id}`. `undefined`: keep no draft (passwords). */
  readonly id: string | undefined;
  /** Schema of the values: usually the contract's input, or a part of it. */
  readonly schema: S;
  readonly start: Partial<Static<S>>;
  readonly words: { readonly [K in keyof Static<S>]?: FieldWords };
  readonly send: (values: Static<S>, version: number | string | undefined) => Promise<Output>;
  /** Version of the record; changes of others then lead to the conflict dialog. */
  readonly version?: number | string | undefined;
  readonly onDone?: (output: Output) => void;
  /** Reads values and version out of `current` of a 412; default: same names, `version`. */
  readonly theirs?: (current: unknown) => { readonly values: Partial<Static<S>>; readonly version: number | string };
  /** A check over several fields: name of the field and the reader's words. */
  readonly check?: (values: Partial<Static<S>>) => Readonly<Record<string, string>>;
}

export interface FormState<V> {
  readonly values: Partial<V>;
  readonly set: <K extends keyof V>(name: K, value: V[K] | undefined) => void;
  readonly touch: (name: keyof V) => void;
  /** The reader's words under a field, once it was left or sending was tried. */
  readonly faultOf: (name: keyof V) => string | undefined;
  readonly wordsOf: (name: keyof V) => FieldWords | undefined;
  readonly requiredOf: (name: keyof V) => boolean;
  readonly submit: () => void;
  readonly sending: boolean;
  readonly dirty: boolean;
  /** A refusal that belongs to no field. */
  readonly problem: ProblemError | undefined;
  readonly conflict: Conflict | undefined;
  /** Settles a conflict: the values chosen for each field are sent upon the newer version. */
  readonly settle: (chosen: Readonly<Record<string, unknown>> | undefined) => void;
  /** Instant of the draft that was restored. */
  readonly restoredAt: string | undefined;
  readonly forget: () => void;
  readonly faultCount: number;
  readonly id: string;
}

const DRAFT_WAIT_MS = 400;

export function useForm<S extends TSchema, Output>(options: FormOptions<S, Output>): FormState<Static<S>> {
  type V = Static<S>;
  const latest = useRef(options);
  latest.current = options;
  const [draft] = useState(() => (options.id === undefined ? undefined : loadDraft(options.id)));
  const base = useRef<Record<string, unknown>>({ ...asRecord(options.start), ...draft?.base });
  const [values, setValues] = useState<Record<string, unknown>>(() => ({ ...base.current, ...draft?.values }));
  const [version, setVersion] = useState<number | string | undefined>(draft?.version ?? options.version);
  const [restoredAt, setRestoredAt] = useState(draft?.at);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [answer, setAnswer] = useState<ReadonlyMap<string, string>>(new Map());
  const [problem, setProblem] = useState<ProblemError | undefined>(undefined);
  const [conflict, setConflict] = useState<Conflict | undefined>(undefined);
  const [kept, setKept] = useState(true);

  const changed = useMemo(() => changedFields(base.current, values), [values]);
  const dirty = changed.length > 0;

  // A record that was read anew moves the form along while nothing was typed yet.
  const startText = JSON.stringify(options.start);
  useEffect(() => {
    if (dirty || sending) return;
    base.current = { ...asRecord(latest.current.start) };
    setValues(base.current);
    setVersion(latest.current.version);
  }, [startText, options.version]); // eslint-disable-line react-hooks/exhaustive-deps

  useEffect(() => {
    const { id } = latest.current;
    if (id === undefined) return;
    if (!dirty) return dropDraft(id);
    const timer = setTimeout(() => {
      const typed = Object.fromEntries(changed.map((name) => [name, values[name]]));
      const before = Object.fromEntries(changed.map((name) => [name, base.current[name] ?? null]));
      setKept(saveDraft(id, { values: typed, base: before, version: version === undefined ? undefined : String(version), at: new Date().toISOString() }));
    }, DRAFT_WAIT_MS);
    return () => clearTimeout(timer);
  }, [values, dirty, changed, version]);

  useEffect(() => {
    if (!dirty || (kept && options.id !== undefined)) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty, kept, options.id]);

  // Leaving is never asked about while a draft is kept: it is only said.
  const left = useRef(false);
  left.current = dirty && kept && options.id !== undefined;
  useEffect(() => () => {
    if (left.current) toast({ text: translator('web')('form.left') });
  }, []);

  const faults = useMemo(() => {
    const t = translator('web');
    const found = new Map<string, string>();
    for (const [name, fault] of faultsOf(latest.current.schema, values)) found.set(name, t(`form.fault.${fault.key}`, fault.values));
    for (const [name, text] of Object.entries(latest.current.check?.(values as Partial<V>) ?? {})) if (!found.has(name)) found.set(name, text);
    return found;
  }, [values]);

  const send = useCallback(async (sent: Record<string, unknown>, upon: number | string | undefined) => {
    setSending(true);
    setProblem(undefined);
    setAnswer(new Map());
    try {
      const output = await latest.current.send(sent as V, upon);
      base.current = sent;
      setValues(sent);
      const next = asRecord(output)['version'];
      if (typeof next === 'number' || typeof next === 'string') setVersion(next);
      setRestoredAt(undefined);
      setTried(false);
      left.current = false;
      if (latest.current.id !== undefined) dropDraft(latest.current.id);
      latest.current.onDone?.(output);
    } catch (thrown) {
      const error = problemOf(thrown);
      if (error.status === 412 && error.current !== undefined) return setConflict(conflictOf(latest.current, base.current, sent, error.current));
      const names = Object.keys(latest.current.words);
      const placed = new Map<string, string>();
      for (const one of error.errors) {
        const name = names.find((candidate) => one.path === candidate || one.path.endsWith(`.${candidate}`));
        if (name !== undefined) placed.set(name, one.message);
      }
      setAnswer(placed);
      if (placed.size < error.errors.length || error.errors.length === 0) setProblem(error);
    } finally {
      setSending(false);
    }
  }, []);

  const submit = useCallback(() => {
    setTried(true);
    if (faults.size > 0 || sending) return;
    void send(clean(values), version);
  }, [faults, sending, values, version, send]);

  return {
    values: values as Partial<V>,
    set: (name, value) => {
      setValues((before) => ({ ...before, [name]: value }));
      setAnswer((before) => new Map([...before].filter(([field]) => field !== name)));
    },
    touch: (name) => setTouched((before) => (before.has(String(name)) ? before : new Set([...before, String(name)]))),
    faultOf: (name) => answer.get(String(name)) ?? (tried || (touched.has(String(name)) && changed.includes(String(name))) ? faults.get(String(name)) : undefined),
    wordsOf: (name) => options.words[name],
    requiredOf: (name) => requiredNames(options.schema).includes(String(name)),
    submit,
    sending,
    dirty,
    problem,
    conflict,
    settle: (chosen) => {
      const now = conflict;
      setConflict(undefined);
      if (now === undefined || chosen === undefined) return;
      base.current = { ...base.current, ...now.theirs };
      const next = { ...now.theirs, ...values, ...chosen };
      setValues(next);
      setVersion(now.version);
      void send(clean(next), now.version);
    },
    restoredAt,
    forget: () => {
      if (options.id !== undefined) dropDraft(options.id);
      base.current = { ...asRecord(options.start) };
      setValues(base.current);
      setVersion(options.version);
      setRestoredAt(undefined);
      setTried(false);
    },
    faultCount: tried ? faults.size + answer.size : answer.size,
    id: options.id ?? 'form',
  };
}

function conflictOf<S extends TSchema, Output>(options: FormOptions<S, Output>, base: Record<string, unknown>, mine: Record<string, unknown>, current: unknown): Conflict {
  const now = asRecord(current);
  const read = options.theirs?.(current);
  const theirs: Record<string, unknown> = {};
  const source = read === undefined ? now : asRecord(read.values);
  for (const name of Object.keys(options.words)) if (name in source) theirs[name] = source[name] ?? undefined;
  const fields = conflictFields(options.words, base, mine, theirs, (name) => changedBy(now['changes'], name));
  return { version: read?.version ?? String(now['version'] ?? ''), fields, theirs };
}

// Who changed a field, and when, as the refusal tells it.
function changedBy(changes: unknown, name: string): { who: string; at: string } | undefined {
  if (!Array.isArray(changes)) return undefined;
  const found = asRecord(changes.find((one: unknown) => asRecord(one)['field'] === name));
  return typeof found['actorName'] === 'string' && typeof found['at'] === 'string' ? { who: found['actorName'], at: found['at'] } : undefined;
}

function changedFields(base: Record<string, unknown>, values: Record<string, unknown>): string[] {
  return [...new Set([...Object.keys(base), ...Object.keys(values)])].filter((name) => !same(base[name], values[name]));
}

// Fields that are `undefined` are left out; null stays (it empties a field).
function clean(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function requiredNames(schema: unknown): readonly unknown[] {
  const required = asRecord(schema)['required'];
  return Array.isArray(required) ? required : [];
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
