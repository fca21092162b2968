// What was decided in session and is not with the server yet: kept in this browser in its order, each under its own key, and sent until it is there. Nothing is
// dropped by a network that goes away, a page that is closed or a machine that dies; what the server refuses is kept and shown beside what stands there.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { InputOf, OutputOf } from '../../../../kernel/contract.ts';
import { queries, send } from '../../../../web/client.ts';
import { newId } from '../../../../web/ids.ts';
import { ProblemError } from '../../../../web/problem.ts';
import type { decideItem } from '../contract.ts';

export type Deciding = InputOf<typeof decideItem>;

export interface Waiting {
  readonly key: string;
  readonly input: Deciding;
  /** What the server said against it, where it did. */
  readonly refused?: { readonly code: string; readonly message: string; readonly current: unknown };
}

export interface Outbox {
  readonly waiting: readonly Waiting[];
  /** Puts a decision at the end; one of the same item that was refused gives way to it. */
  readonly put: (input: Deciding) => void;
  readonly drop: (key: string) => void;
  /** The version of the item's decision once all that waits is there. */
  readonly seenAfter: (itemId: string, stored: number) => number;
}

const place = (meetingId: string): string => `yugong:meeting:${meetingId}`;

export function readOutbox(meetingId: string): readonly Waiting[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(place(meetingId)) ?? '[]');
    return Array.isArray(value) ? (value as Waiting[]) : []; // the edge: written by this file alone
  } catch {
    return [];
  }
}

function keep(meetingId: string, waiting: readonly Waiting[]): void {
  try {
    if (waiting.length === 0) localStorage.removeItem(place(meetingId));
    else localStorage.setItem(place(meetingId), JSON.stringify(waiting));
  } catch {
    // A browser that keeps nothing: what waits is in this page and is sent from it.
  }
}

/** What did not go through stays, whatever it was that went wrong. */
function refusalOf(thrown: unknown): NonNullable<Waiting['refused']> {
  if (thrown instanceof ProblemError) return { code: thrown.code, message: thrown.message, current: thrown.current };
  return { code: 'web.failed', message: thrown instanceof Error ? thrown.message : String(thrown), current: null };
}

export function useOutbox(meetingId: string): Outbox {
  const [waiting, setWaiting] = useState<readonly Waiting[]>(() => readOutbox(meetingId));
  const held = useRef(waiting);
  const busy = useRef(false);
  const alive = useRef(true);
  const change = useCallback((next: readonly Waiting[]) => {
    held.current = next;
    keep(meetingId, next);
    if (alive.current) setWaiting(next);
  }, [meetingId]);
  const work = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    try {
      for (let next = held.current.find((one) => one.refused === undefined); next !== undefined && alive.current; next = held.current.find((one) => one.refused === undefined)) {
        const { key } = next;
        const refused = await send<OutputOf<typeof decideItem>>('dispatch.decide_item', next.input, key).then(() => undefined, refusalOf);
        if (refused === undefined) change(held.current.filter((one) => one.key !== key));
        else change(held.current.map((one) => (one.key === key ? { ...one, refused } : one)));
        await queries.invalidateQueries({ predicate: ({ queryKey: [name] }) => String(name).startsWith('dispatch.') });
      }
    } finally {
      busy.current = false;
    }
  }, [change]);
  useEffect(() => {
    alive.current = true;
    void work();
    return () => { alive.current = false; };
  }, [work]);
  const put = useCallback((input: Deciding) => {
    change([...held.current.filter((one) => one.refused === undefined || one.input.itemId !== input.itemId), { key: newId(), input }]);
    void work();
  }, [change, work]);
  const drop = useCallback((key: string) => change(held.current.filter((one) => one.key !== key)), [change]);
  const seenAfter = useCallback((itemId: string, stored: number) => stored + held.current.filter((one) => one.input.itemId === itemId && one.refused === undefined).length, []);
  return { waiting, put, drop, seenAfter };
}
