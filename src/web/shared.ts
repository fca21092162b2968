// A value that several parts of the page watch, wherever they stand: toasts, questions, whether the server can be reached.
import { useSyncExternalStore } from 'react';

export interface Shared<Value> {
  get(): Value;
  set(next: Value): void;
  /** The value for a component, which is drawn again when it changes. */
  useValue(): Value;
}

export function shared<Value>(start: Value): Shared<Value> {
  let value = start;
  const listeners = new Set<() => void>();
  const get = (): Value => value;
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    get,
    set: (next) => {
      value = next;
      for (const listener of listeners) listener();
    },
    useValue: () => useSyncExternalStore(subscribe, get),
  };
}
