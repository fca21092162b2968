// A text that is being typed, some moments later: a list asks once for a word, not for every letter.
import { useEffect, useState } from 'react';

const WAIT_MS = 220;

export function useDebounced(text: string | undefined): string | undefined {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const trimmed = settled?.trim();
  return trimmed === '' ? undefined : trimmed;
}
