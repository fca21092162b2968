// What was typed and not yet sent, kept in this browser for each form and person. Gone when sent; never leaves the machine.

export interface Draft {
  readonly values: Readonly<Record<string, unknown>>;
  /** What stood there when it was typed: without it a change by others could not be told from one's own. */
  readonly base: Readonly<Record<string, unknown>>;
  /** Version of the record that it was typed upon. */
  readonly version: string | undefined;
  /** Instant, ISO. */
  readonly at: string;
}

const PREFIX = 'yugong:draft:';
let owner = '';

/** Whose drafts are meant from now on: the next person at this desk must not find them. */
export function draftsOf(userId: string): void {
  owner = `${userId}:`;
}

const KEPT_MS = 30 * 86_400_000; // older drafts help nobody and may be of a former holder of the desk

export function loadDraft(key: string): Draft | undefined {
  try {
    const text = localStorage.getItem(PREFIX + owner + key);
    if (text === null) return undefined;
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('values' in value) || !('at' in value) || typeof value.values !== 'object' || value.values === null) return undefined;
    const at = String(value.at);
    if (!(Date.now() - Date.parse(at) < KEPT_MS)) {
      dropDraft(key);
      return undefined;
    }
    const base = 'base' in value && typeof value.base === 'object' && value.base !== null ? { ...value.base } : {};
    return { values: { ...value.values }, base, version: 'version' in value && value.version !== undefined ? String(value.version) : undefined, at };
  } catch {
    return undefined;
  }
}

/** False if this browser keeps nothing (private window, full): then leaving must be asked about. */
export function saveDraft(key: string, draft: Draft): boolean {
  try {
    localStorage.setItem(PREFIX + owner + key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(PREFIX + owner + key);
  } catch {
    // Nothing is kept, nothing to drop.
  }
}
