// The life of a problem: what each step makes of it, and which step is not possible now. Pure; knows no clock, no person and no database.
// An open state has an owner and a clock; what is solved was confirmed; what is reopened is unresolved again.
import { refuse } from '../../../kernel/refuse.ts';
import { CLOCK_OF, isOpen, type ClockStep, type OpenState, type PauseKind, type Side, type State, type StepKind, type Tier, type Verdict } from './steps.ts';

export interface Pause {
  readonly kind: PauseKind;
  /** Moments in milliseconds; `to` is null while it lasts. */
  readonly from: number;
  readonly to: number | null;
  /** When it ends by itself. */
  readonly until: number;
}

export interface Owner {
  readonly orgId: string;
  readonly userId: string | null;
}

/** All that the clocks and the rules need to know of a problem. Moments in milliseconds. */
export interface Life {
  readonly state: State;
  readonly tier: Tier;
  readonly round: number;
  readonly owner: Owner;
  /** Since when its owner has it: a hand-back, and forwarding after one, count from here. */
  readonly heldAt: number;
  readonly raisedAt: number;
  readonly roundAt: number;
  readonly signedAt: number | null;
  readonly forwardedAt: number | null;
  readonly repliedAt: number | null;
  readonly submittedAt: number | null;
  readonly endedAt: number | null;
  /** YYYY-MM-DD; counts instead of the policy's limit. */
  readonly agreedDay: string | null;
  readonly pauses: readonly Pause[];
  readonly handbacks: number;
  readonly reopened: number;
  readonly redone: number;
  readonly overdues: number;
  /** `round:step` of the clocks that ran out and were told; `round:missed` where the solution had run out before a meeting gave it another day. */
  readonly told: readonly string[];
  readonly late: boolean | null;
  readonly satisfaction: Verdict | null;
  readonly confirmedBy: Side | null;
  readonly settledTier: Tier | null;
  readonly forMeeting: boolean;
}

export type Step =
  | { readonly kind: 'signed' | 'replied' | 'updated' | 'resumed' | 'withdrawn' | 'declined' | 'merged' | 'closed' | 'noted' | 'absorbed' }
  /** `untold`: clocks that ran out and by the new limits have not: when these run out it is told again. */
  | { readonly kind: 'reclassified'; readonly untold?: readonly ClockStep[] }
  | { readonly kind: 'forwarded' | 'ruled'; readonly owner: Owner; readonly tier: Tier }
  | { readonly kind: 'claimed'; readonly userId: string }
  | { readonly kind: 'returned'; readonly to: Owner; /** From this many on the office names the owner. */ readonly pingPong: number }
  | { readonly kind: 'paused'; readonly pause: PauseKind; readonly until: number }
  | { readonly kind: 'submitted'; readonly late: boolean }
  | { readonly kind: 'answered'; /** What stands after a call-back about one that had ended. */ readonly satisfaction?: Verdict }
  | { readonly kind: 'solved'; readonly by: Side; readonly satisfaction: Verdict }
  | { readonly kind: 'redone'; readonly owner: Owner; readonly tier: Tier }
  | { readonly kind: 'reopened'; readonly owner: Owner }
  | { readonly kind: 'escalated'; readonly tier: Tier; readonly owner?: Owner; readonly forMeeting?: boolean }
  | { readonly kind: 'decided'; readonly owner: Owner; readonly tier: Tier; readonly agreedDay: string | null; /** The limit of the solution had run out by then. */ readonly missed: boolean }
  | { readonly kind: 'overdue'; readonly step: ClockStep };

/** In which states each step may be taken. */
const FROM: Readonly<Record<Exclude<StepKind, 'raised'>, readonly State[]>> = {
  signed: ['received'],
  forwarded: ['received', 'accepted', 'assigned', 'handling'],
  returned: ['assigned', 'handling'],
  ruled: ['ruling'],
  claimed: ['received', 'accepted', 'assigned', 'handling'],
  replied: ['assigned'],
  updated: ['assigned', 'handling'],
  paused: ['assigned', 'handling'],
  resumed: ['assigned', 'handling'],
  submitted: ['assigned', 'handling'],
  // Whoever is called back after the end may still say that it is not solved, or that what nobody had confirmed is.
  answered: ['submitted', 'solved', 'closed'],
  redone: ['submitted', 'solved', 'closed'],
  closed: ['submitted'],
  solved: ['submitted', 'closed'],
  reopened: ['solved', 'closed'],
  withdrawn: ['received', 'accepted', 'assigned', 'handling', 'submitted', 'ruling'],
  declined: ['received', 'accepted'],
  merged: ['received', 'accepted', 'assigned', 'handling', 'ruling'],
  absorbed: ['received', 'accepted', 'assigned', 'handling', 'submitted', 'ruling'],
  escalated: ['received', 'accepted', 'assigned', 'handling', 'submitted', 'ruling'],
  reclassified: ['received', 'accepted', 'assigned', 'handling', 'ruling'],
  decided: ['received', 'accepted', 'assigned', 'handling', 'ruling'],
  overdue: ['received', 'accepted', 'assigned', 'handling', 'submitted', 'ruling'],
  noted: ['received', 'accepted', 'assigned', 'handling', 'submitted', 'ruling', 'solved', 'closed'],
};

/** Whether a step is possible as things stand; for buttons. */
export function canTake(life: Pick<Life, 'state' | 'pauses'>, kind: Exclude<StepKind, 'raised'>): boolean {
  if (!FROM[kind].includes(life.state)) return false;
  if (kind === 'paused') return openPause(life) === undefined;
  if (kind === 'resumed') return openPause(life) !== undefined;
  return true;
}

export function openPause(life: Pick<Life, 'pauses'>): Pause | undefined {
  return life.pauses.find((pause) => pause.to === null);
}

/**
 * The problem after a step at a moment (milliseconds). A moment before the last one counts as the last one.
 * @throws Refusal `problems.step_not_now`, `problems.already_paused`, `problems.not_paused`, `problems.tier_not_higher`.
 */
export function take(life: Life, step: Step, at: number): Life {
  if (!FROM[step.kind].includes(life.state)) refuse('problems.step_not_now', { step: step.kind, state: life.state });
  const now = Math.max(at, life.raisedAt, life.roundAt, life.heldAt);
  switch (step.kind) {
    case 'signed': return { ...life, state: 'accepted', signedAt: life.signedAt ?? now };
    case 'forwarded': case 'ruled': return owned(resumedAt(life, now), step, now);
    case 'decided': return decided(resumedAt(life, now), step, now);
    case 'claimed': return { ...life, owner: { ...life.owner, userId: step.userId }, ...(life.state === 'received' ? { state: 'accepted' as const, signedAt: life.signedAt ?? now } : {}) };
    case 'returned': return returned(resumedAt(life, now), step, now);
    case 'replied': return { ...life, state: 'handling', repliedAt: life.repliedAt ?? now };
    case 'paused': return paused(life, step, now);
    case 'resumed': return openPause(life) === undefined ? refuse('problems.not_paused', {}) : resumedAt(life, now);
    case 'submitted': return { ...resumedAt(life, now), state: 'submitted', repliedAt: life.repliedAt ?? now, submittedAt: now, late: step.late };
    case 'solved': return { ...life, state: 'solved', endedAt: now, satisfaction: step.satisfaction, confirmedBy: step.by, settledTier: life.tier, forMeeting: false };
    case 'closed': return { ...life, state: 'closed', endedAt: now, satisfaction: 'no_answer', forMeeting: false };
    case 'redone': return redone(life, step, now);
    case 'reopened': return { ...again(life, step.owner, now), reopened: life.reopened + 1 };
    case 'escalated': return escalated(life, step, now);
    case 'withdrawn': case 'declined': case 'merged': return { ...resumedAt(life, now), state: step.kind, endedAt: now, forMeeting: false };
    case 'overdue': return overdue(life, step.step);
    case 'reclassified': return forgotten(life, step.untold ?? []);
    case 'answered': return step.satisfaction === undefined || life.state === 'submitted' ? life : { ...life, satisfaction: step.satisfaction };
    case 'updated': case 'noted': case 'absorbed': return life;
    default: return never(step);
  }
}

/** The clock that runs; null when it has ended. */
export function clockStep(life: Pick<Life, 'state'>): ClockStep | null {
  return isOpen(life.state) ? CLOCK_OF[life.state satisfies OpenState] : null;
}

export function tellKey(life: Pick<Life, 'round'>, step: ClockStep): string {
  return `${life.round}:${step}`;
}

function owned(life: Life, { owner, tier }: { readonly owner: Owner; readonly tier: Tier }, now: number): Life {
  // What was answered for once stays answered for: a new owner goes on where the former stood.
  const state = life.state === 'handling' ? 'handling' : 'assigned';
  return { ...life, state, owner, heldAt: now, tier: higher(life.tier, tier), signedAt: life.signedAt ?? now, forwardedAt: life.forwardedAt ?? now };
}

// What a meeting agreed on is a new limit: that an earlier one was missed has been told, that this one is missed has not. Missed it stays, for whatever counts.
function decided(life: Life, step: { readonly owner: Owner; readonly tier: Tier; readonly agreedDay: string | null; readonly missed: boolean }, now: number): Life {
  const next = owned(life, step, now);
  if (step.agreedDay === null) return { ...next, forMeeting: false };
  const anew = forgotten(next, ['solve']);
  return { ...anew, told: step.missed && !hasMissed(life) ? [...anew.told, missedKey(life)] : anew.told, agreedDay: step.agreedDay, forMeeting: false };
}

/** The solution had run out in this round before a meeting gave it another day: no decision makes it timely again. */
export function hasMissed(life: Pick<Life, 'round' | 'told'>): boolean {
  return life.told.includes(missedKey(life));
}

function missedKey({ round }: Pick<Life, 'round'>): string {
  return `${round}:missed`;
}

// A second one is heard by the meeting and stands in the bulletin.
function overdue(life: Life, step: ClockStep): Life {
  const overdues = life.overdues + 1;
  return { ...life, told: [...life.told, tellKey(life, step)], overdues, forMeeting: life.forMeeting || overdues >= SECOND };
}

const SECOND = 2;

function forgotten(life: Life, steps: readonly ClockStep[]): Life {
  const keys = steps.map((step) => tellKey(life, step));
  return keys.some((key) => life.told.includes(key)) ? { ...life, told: life.told.filter((key) => !keys.includes(key)) } : life;
}

// Whoever must forward it again has the whole limit for it, from when it came back.
function returned(before: Life, { to, pingPong }: { readonly to: Owner; readonly pingPong: number }, now: number): Life {
  const life = forgotten(before, ['forward']);
  const handbacks = life.handbacks + 1;
  return { ...life, heldAt: now, state: handbacks >= pingPong ? 'ruling' : 'accepted', owner: to, handbacks, tier: handbacks >= pingPong ? higher(life.tier, 3) : life.tier };
}

function paused(life: Life, { pause, until }: { readonly pause: PauseKind; readonly until: number }, now: number): Life {
  if (openPause(life) !== undefined) refuse('problems.already_paused', {});
  return { ...life, pauses: [...life.pauses, { kind: pause, from: Math.max(now, ...life.pauses.map((one) => one.to ?? 0)), to: null, until: Math.max(until, now) }] };
}

/** Any pause that lasts ends at this moment. */
export function resumedAt(life: Life, now: number): Life {
  if (openPause(life) === undefined) return life;
  return { ...life, pauses: life.pauses.map((pause) => (pause.to === null ? { ...pause, to: Math.max(now, pause.from) } : pause)) };
}

function again(life: Life, owner: Owner, now: number): Life {
  return {
    ...life, state: 'assigned', owner, heldAt: now, round: life.round + 1, roundAt: now, repliedAt: null, submittedAt: null, endedAt: null, agreedDay: null, late: null, satisfaction: null, confirmedBy: null, settledTier: null,
  };
}

// Dissatisfied: done again one level higher; whoever is dissatisfied twice is heard by the meeting.
function redone(life: Life, { owner, tier }: { readonly owner: Owner; readonly tier: Tier }, now: number): Life {
  return { ...again(life, owner, now), tier: higher(life.tier, tier), redone: life.redone + 1, forMeeting: life.forMeeting || life.redone >= 1 };
}

function escalated(life: Life, step: { readonly tier: Tier; readonly owner?: Owner; readonly forMeeting?: boolean }, now: number): Life {
  if (step.tier <= life.tier && step.forMeeting !== true) refuse('problems.tier_not_higher', { tier: life.tier });
  const given = step.owner === undefined ? life : givenUp(life, step.owner, now);
  return { ...given, tier: higher(life.tier, step.tier), forMeeting: life.forMeeting || step.forMeeting === true };
}

// Like one that is handed back: its new owner forwards it, and has the whole limit for that. He has not handled it.
function givenUp(before: Life, owner: Owner, now: number): Life {
  const life = forgotten(resumedAt(before, now), ['forward']);
  return { ...life, owner, heldAt: now, state: life.state === 'assigned' || life.state === 'handling' ? 'accepted' : life.state };
}

/** A commissioner keeps it himself, at the first tier. */
export function isKept({ tier, owner, forwardedAt }: Pick<Life, 'tier' | 'owner' | 'forwardedAt'>): boolean {
  return tier === 1 && owner.userId !== null && forwardedAt !== null;
}

export function higher(a: Tier, b: Tier): Tier {
  return a > b ? a : b;
}

function never(step: never): never {
  throw new Error(`unknown step ${JSON.stringify(step)}`);
}
