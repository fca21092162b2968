// Sends one file with progress. XMLHttpRequest, because fetch cannot tell how much has gone out.
import { reportReachable } from './network.ts';
import { ProblemError } from './problem.ts';
import { signedOut } from './gone.ts';

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** What a photo says of itself; a hint, not a proof. */
  readonly takenAt: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
}

/** `onShare` is told the part sent, 0 to 1. Rejects with a ProblemError. */
export async function sendFile(file: File, onShare: (share: number) => void, signal?: AbortSignal): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/files');
    request.upload.onprogress = (event) => event.lengthComputable && onShare(event.loaded / event.total);
    request.onerror = () => {
      reportReachable(false);
      reject(ProblemError.unreachable());
    };
    request.onabort = () => reject(ProblemError.unreachable());
    request.onload = () => {
      reportReachable(true);
      const stored = request.status < 300 ? storedFile(request.responseText) : undefined;
      if (stored !== undefined) return resolve(stored);
      void ProblemError.from(new Response(request.responseText, { status: Math.max(400, request.status) })).then((error) => {
        if (error.code === 'platform.not_signed_in') signedOut();
        reject(error);
      });
    };
    signal?.addEventListener('abort', () => request.abort());
    const body = new FormData();
    body.append('file', file);
    request.send(body);
  });
}

function storedFile(text: string): StoredFile | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('id' in value) || !('name' in value) || !('mediaType' in value) || !('bytes' in value)) return undefined;
    const fields: Record<string, unknown> = { ...value };
    const number = (name: string): number | null => (typeof fields[name] === 'number' ? fields[name] : null);
    return {
      id: String(value.id), name: String(value.name), mediaType: String(value.mediaType), bytes: Number(value.bytes),
      takenAt: typeof fields['takenAt'] === 'string' ? fields['takenAt'] : null, lon: number('lon'), lat: number('lat'),
    };
  } catch {
    return undefined;
  }
}
