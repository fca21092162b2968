// Fetches a file that the server makes (an export, a marked copy) and hands it to the browser; a refusal is said, never saved as a file.
import { useCallback, useState } from 'react';
import { queryHref } from './client.ts';
import { signedOut } from './gone.ts';
import { toast } from './parts/toast.tsx';
import { ProblemError } from './problem.ts';

export interface Download {
  /** `start('projects.export', { ...input, columns, format: 'xlsx' })` */
  readonly start: (name: string, fields: Readonly<Record<string, unknown>>) => void;
  readonly running: boolean;
}

const FREE_MS = 60_000; // the browser has taken the file long before

export function useDownload(): Download {
  const [running, setRunning] = useState(0);
  const start = useCallback((name: string, fields: Readonly<Record<string, unknown>>) => {
    setRunning((count) => count + 1);
    saveFile(queryHref(name, fields).replace('/api/queries/', '/api/downloads/'))
      .catch((thrown: unknown) => toast({ text: thrown instanceof ProblemError ? thrown.message : ProblemError.unreachable().message, tone: 'bad' }))
      .finally(() => setRunning((count) => count - 1));
  }, []);
  return { start, running: running > 0 };
}

/** Saves what an address of ours answers, under the name that the server gives it. */
export async function saveFile(href: string): Promise<void> {
  const response = await fetch(href, { credentials: 'same-origin' });
  if (!response.ok) {
    const error = await ProblemError.from(response);
    if (error.code === 'platform.not_signed_in') signedOut();
    throw error;
  }
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = nameOf(response.headers.get('content-disposition'));
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), FREE_MS);
}

export function nameOf(disposition: string | null): string {
  const starred = /filename\*=(?:UTF-8'')?([^;]+)/i.exec(disposition ?? '')?.[1];
  if (starred !== undefined) {
    try {
      return decodeURIComponent(starred.trim());
    } catch {
      // An ill-formed name is replaced by the plain one.
    }
  }
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1] ?? 'yugong';
}
