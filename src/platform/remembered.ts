// What is dear to count and anybody may ask for, without an account and as often as he likes: counted once for a while, also for those who ask at the same moment.

const MOST = 24;

/** Of each owner (a database: several programs may share a process) some keys, each for so long. What could not be counted is counted again. */
export function remembered<Value>(milliseconds: number): (owner: object, key: string, at: number, count: () => Promise<Value>) => Promise<Value> {
  const owners = new WeakMap<object, Map<string, { readonly at: number; readonly value: Promise<Value> }>>();
  return async (owner, key, at, count) => {
    const kept = owners.get(owner) ?? new Map<string, { readonly at: number; readonly value: Promise<Value> }>();
    owners.set(owner, kept);
    const found = kept.get(key);
    // Where the past is played the hour goes back as well.
    if (found !== undefined && Math.abs(at - found.at) < milliseconds) return found.value;
    const made = { at, value: count() };
    kept.delete(key);
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size >= MOST) kept.delete(oldest);
    kept.set(key, made);
    made.value.catch(() => {
      if (kept.get(key) === made) kept.delete(key);
    });
    return made.value;
  };
}
