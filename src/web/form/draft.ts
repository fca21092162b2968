// What was typed and not yet sent, kept in this browser for each form and person. Gone when sent; never leaves the machine.

export interface Draft {
  readonly values: Readonly<Record<string, unknown>>;
  /** Version of the record that it was typed upon. */
  readonly version: string | undefined;
  /** Instant, ISO. */
  readonly at: string;
}

const PREFIX = 'yugong:draft:';
const KEPT_MS = 30 * 86_400_000; // older drafts help nobody and may be of a former holder of the desk

export function loadDraft(key: string): Draft | undefined {
  try {
    const text = localStorage.getItem(PREFIX + key);
    if (text === null) return undefined;
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('values' in value) || !('at' in value) || typeof value.values !== 'object' || value.values === null) return undefined;
    const at = String(value.at);
    if (!(Date.now() - Date.parse(at) < KEPT_MS)) {
      dropDraft(key);
      return undefined;
    }
    return { values: { ...value.values }, version: 'version' in value && value.version !== undefined ? String(value.version) : undefined, at };
  } catch {
    return undefined;
  }
}

/** False if this browser keeps nothing (private window, full): then leaving must be asked about. */
export function saveDraft(key: string, draft: Draft): boolean {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing is kept, nothing to drop.
  }
}
