// What is being written for a project on this phone: the words at every key stroke in the browser's storage, the photos in the outbox's. Gone when it has
// been handed over, and never handed over twice: it bears the key under which it is sent from its first letter on.
import { useCallback, useEffect, useRef, useState } from 'react';
import { dropDraft, loadDraft, saveDraft } from '../../../../web/form/draft.ts';
import { newId } from '../../../../web/ids.ts';
import { draftPhotos, isHandedOver, keepDraftPhotos, phoneTime } from '../../../../web/offline/keep.ts';
import type { Photo } from '../../../../web/offline/outbox.ts';

export interface Here {
  /** When, by the phone's clock. */
  readonly at: string;
  readonly lon?: number;
  readonly lat?: number;
  readonly accuracyM?: number;
}

export interface WeekDraft {
  readonly id: string;
  readonly visitId: string;
  readonly done: string;
  readonly next: string;
  readonly problem: string;
  readonly place: string;
  readonly here: Here | undefined;
}

export interface Drafting {
  readonly draft: WeekDraft;
  readonly photos: readonly Photo[];
  readonly change: (part: Partial<WeekDraft>) => void;
  readonly changePhotos: (photos: readonly Photo[]) => void;
  /** It was handed over: the next begins empty. */
  readonly drop: () => void;
  /** This browser keeps nothing while it is written (private window, full). */
  readonly unkept: boolean;
}

export function useWeekDraft(userId: string, projectId: string): Drafting {
  const key = keyOf(projectId);
  const [draft, setDraft] = useState<WeekDraft>(() => read(key) ?? fresh());
  const [photos, setPhotos] = useState<readonly Photo[]>([]);
  const [unkept, setUnkept] = useState(false);
  const latest = useRef(draft);
  latest.current = draft;

  useEffect(() => {
    let here = true;
    void draftPhotos(userId, key).then((found) => here && found.length > 0 && setPhotos(found)).catch(() => undefined);
    // The phone died after it was handed over and before the draft was dropped.
    void isHandedOver(latest.current.id).then((over) => {
      if (!here || !over) return;
      dropDraft(key);
      void keepDraftPhotos(userId, key, []).catch(() => undefined);
      setDraft(fresh());
      setPhotos([]);
    }).catch(() => undefined);
    return () => {
      here = false;
    };
  }, [userId, key]);

  const change = useCallback((part: Partial<WeekDraft>) => {
    const next = { ...latest.current, ...part };
    latest.current = next;
    setDraft(next);
    setUnkept(!saveDraft(key, { values: { ...next }, base: {}, version: undefined, at: phoneTime() }));
  }, [key]);
  const changePhotos = useCallback((next: readonly Photo[]) => {
    setPhotos(next);
    void keepDraftPhotos(userId, key, next).catch(() => setUnkept(true));
  }, [userId, key]);
  const drop = useCallback(() => {
    dropDraft(key);
    void keepDraftPhotos(userId, key, []).catch(() => undefined);
    setDraft(fresh());
    setPhotos([]);
  }, [key, userId]);
  return { draft, photos, change, changePhotos, drop, unkept };
}

/** Puts what was refused back where it was written, under a key of its own. */
export async function writeAgain(userId: string, projectId: string, part: Partial<WeekDraft>, photos: readonly Photo[]): Promise<void> {
  const next = { ...fresh(), ...part };
  saveDraft(keyOf(projectId), { values: { ...next }, base: {}, version: undefined, at: phoneTime() });
  await keepDraftPhotos(userId, keyOf(projectId), photos);
}

const keyOf = (projectId: string): string => `week:${projectId}`;
const fresh = (): WeekDraft => ({ id: newId(), visitId: newId(), done: '', next: '', problem: '', place: '', here: undefined });

function read(key: string): WeekDraft | undefined {
  const values = loadDraft(key)?.values;
  if (values === undefined || typeof values['id'] !== 'string') return undefined;
  const text = (name: string): string => (typeof values[name] === 'string' ? values[name] : '');
  return { id: values['id'], visitId: text('visitId') || newId(), done: text('done'), next: text('next'), problem: text('problem'), place: text('place'), here: hereOf(values['here']) };
}

export function hereOf(value: unknown): Here | undefined {
  if (typeof value !== 'object' || value === null || !('at' in value) || typeof value.at !== 'string') return undefined;
  const number = (name: string): Record<string, number> => {
    const one: unknown = Reflect.get(value, name);
    return typeof one === 'number' ? { [name]: one } : {};
  };
  return { at: value.at, ...number('lon'), ...number('lat'), ...number('accuracyM') };
}
