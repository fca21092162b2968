// Where the phone is, asked once: works without network where it has satellites. Never waits long, never insists.
import type { Here } from './draft.ts';

const WAIT_MS = 10_000;

/** Undefined: it does not know, may not say, or the page has no secure context. */
export function whereabouts(): Promise<Omit<Here, 'at'> | undefined> {
  if (!('geolocation' in navigator)) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: round(coords.longitude), lat: round(coords.latitude), accuracyM: Math.min(100_000, Math.round(coords.accuracy)) }),
      () => resolve(undefined),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 60_000 },
    );
  });
}

const round = (degrees: number): number => Number(degrees.toFixed(6)); // a decimetre
