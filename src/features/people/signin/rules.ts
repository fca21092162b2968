// How often one may try: back-off and lock-out for a name and for a source, and what a sign-in comes to. Pure; the same for names
// that exist and for names that do not.

export interface Attempts {
  readonly failures: number;
  readonly blockedUntil: Date | null;
  readonly lastAt: Date | null;
}

export const NO_ATTEMPTS: Attempts = { failures: 0, blockedUntil: null, lastAt: null };

export interface Bounds {
  /** Failures before waiting begins: 1, 2, 4 … seconds. */
  readonly free: number;
  /** The failure that locks. */
  readonly lock: number;
  readonly lockSeconds: number;
  /** Failures older than this count no more. */
  readonly forgetSeconds: number;
}

/** A name: an honest person is never kept out for more than a quarter of an hour. */
export const NAME_BOUNDS: Bounds = { free: 3, lock: 8, lockSeconds: 900, forgetSeconds: 86_400 };
/** An address: a whole office may stand behind one, and many mistype on a Monday. */
export const SOURCE_BOUNDS: Bounds = { free: 30, lock: 100, lockSeconds: 900, forgetSeconds: 900 };
const LONGEST_WAIT_SECONDS = 60;

/** Seconds to wait before the next attempt is looked at; 0 = now. */
export function waitSeconds(attempts: Attempts, at: Date): number {
  if (attempts.blockedUntil === null) return 0;
  return Math.max(0, Math.ceil((attempts.blockedUntil.getTime() - at.getTime()) / 1000));
}

/** After one more failure. A lock that has run out begins anew at the first. */
export function afterFailure(attempts: Attempts, bounds: Bounds, at: Date): Attempts {
  const stale = attempts.lastAt === null || at.getTime() - attempts.lastAt.getTime() > bounds.forgetSeconds * 1000;
  const failures = (stale || attempts.failures >= bounds.lock ? 0 : attempts.failures) + 1;
  return { failures, lastAt: at, blockedUntil: blockedUntil(failures, bounds, at) };
}

function blockedUntil(failures: number, bounds: Bounds, at: Date): Date | null {
  if (failures >= bounds.lock) return new Date(at.getTime() + bounds.lockSeconds * 1000);
  if (failures < bounds.free) return null;
  return new Date(at.getTime() + Math.min(LONGEST_WAIT_SECONDS, 2 ** (failures - bounds.free)) * 1000);
}

export type Verdict = { readonly kind: 'in' } | { readonly kind: 'failed' } | { readonly kind: 'blocked'; readonly seconds: number };

/** Whoever has to wait learns nothing about the password that he sent meanwhile. */
export function verdict(matches: boolean, name: Attempts, source: Attempts, at: Date): Verdict {
  const seconds = Math.max(waitSeconds(name, at), waitSeconds(source, at));
  if (seconds > 0) return { kind: 'blocked', seconds };
  return matches ? { kind: 'in' } : { kind: 'failed' };
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/i, 'WeChat'], [/DingTalk/i, 'DingTalk'], [/Edg\//, 'Edge'], [/QQBrowser|QQ\//, 'QQ'], [/360SE|360EE|QIHU/i, '360'], [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'], [/Chrome\//, 'Chrome'], [/Safari\//, 'Safari'], [/curl\//, 'curl'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/i, 'HarmonyOS'], [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/UOS|Kylin/i, 'Kylin/UOS'], [/Mac OS X/, 'macOS'], [/Linux/, 'Linux'],
];

/** A browser and a system as people call them, out of what the browser says of itself. */
export function deviceOf(agent: string): string {
  const browser = BROWSERS.find(([sign]) => sign.test(agent))?.[1];
  const system = SYSTEMS.find(([sign]) => sign.test(agent))?.[1];
  return [browser, system].filter((part) => part !== undefined).join(' · ') || (agent === '' ? '—' : agent.slice(0, 40));
}
