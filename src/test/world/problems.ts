// For tests: the rates once more, by walking over the steps of every problem alone, in plain arithmetic. Slow, and shares nothing with the queries.
import type { WorkCalendar } from '../../kernel/workdays.ts';

export interface StepRow {
  readonly problem: string; readonly seq: number; readonly kind: string; readonly at: number; readonly state: string; readonly owner: string; readonly tier: number; readonly round: number;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A problem as it stands at a moment, found by walking. */
export interface Walked {
  readonly state: string; readonly owner: string; readonly tier: number; readonly raised: number; readonly reply: number | null; readonly verdict: string | null; readonly overdue: boolean; readonly again: boolean; readonly late: boolean;
  readonly plainFirst: boolean;
}

export interface Rules {
  readonly calendar: WorkCalendar;
  /** Working days for the solution by severity, and for the confirmation. */
  readonly solveDays: (severity: string) => { readonly count: number; readonly calendar: boolean };
  readonly confirmDays: number;
}

const DAY = 86_400_000;
const OFFSET = 8 * 3_600_000;
const ENDS = ['solved', 'closed', 'withdrawn', 'declined', 'merged'];
const STOPS_PAUSE = ['resumed', 'forwarded', 'ruled', 'decided', 'returned', 'submitted', 'withdrawn', 'declined', 'merged'];

export function walk(steps: readonly StepRow[], at: number, rules: Rules): Walked | undefined {
  let state = '', owner = '', tier = 1, raised = 0, roundAt = 0, severity = 'ordinary', submitted: number | null = null, reply: number | null = null, verdict: string | null = null, late = false, again = false, spoiled = false, missed = false;
  const pauses: { from: number; to: number | null }[] = [];
  const seen = steps.filter((step) => step.at <= at).sort((a, b) => a.seq - b.seq);
  if (seen.length === 0) return undefined;
  // Whoever waits only when it is over has not gained anything by it.
  const due = (): number | null => {
    const open = pauses.find((pause) => pause.to === null);
    const until = limit(rules, roundAt, rules.solveDays(severity), pauses.filter((pause) => pause.to !== null));
    return open === undefined || until < open.from ? until : null;
  };
  for (const step of seen) {
    ({ state, owner, tier } = step);
    const open = pauses.find((pause) => pause.to === null);
    if (open !== undefined && STOPS_PAUSE.includes(step.kind)) open.to = step.at;
    if (step.kind === 'raised') raised = roundAt = step.at;
    if (step.kind === 'paused') pauses.push({ from: step.at, to: null });
    if (step.kind === 'reclassified' && typeof step.details['severity'] === 'string') severity = step.details['severity'];
    if (step.kind === 'replied' || step.kind === 'submitted') reply ??= step.at;
    if (step.kind === 'returned') spoiled = true;
    // What a meeting gave another day when it was over stays over.
    if (step.kind === 'decided' && 'missed' in step.details) missed = true;
    if (step.kind === 'submitted') {
      const until = due();
      late = missed || (until !== null && step.at > until);
      submitted = step.at;
    }
    if (step.kind === 'solved' || (step.kind === 'answered' && 'satisfaction' in step.details)) verdict = String(step.details['satisfaction']);
    if (step.kind === 'closed') verdict = 'no_answer';
    if (step.kind === 'redone') verdict = 'dissatisfied';
    if (step.kind === 'reopened') verdict = null;
    if (step.kind === 'redone' || step.kind === 'reopened') [roundAt, submitted, late, again, spoiled, missed] = [step.at, null, false, true, true, false];
  }
  const limitAt = state === 'submitted' && submitted !== null ? limit(rules, submitted, { count: rules.confirmDays, calendar: false }, []) : due();
  return { state, owner, tier, raised, reply, verdict, again, late, plainFirst: !spoiled, overdue: !ENDS.includes(state) && (missed || (limitAt !== null && limitAt < at) || (state === 'submitted' && late)) };
}

/** The last millisecond in which so many days are not yet full, counted from the day after, without what was paused: to the hour to which a pause has moved it. */
function limit({ calendar }: Rules, from: number, { count, calendar: every }: { readonly count: number; readonly calendar: boolean }, pauses: readonly { readonly from: number; readonly to: number | null }[]): number {
  let left = count * DAY;
  for (let day = Math.floor((from + OFFSET) / DAY) * DAY - OFFSET + DAY; ; day += DAY) {
    if (!every && !calendar.isWorkday(new Date(day + OFFSET).toISOString().slice(0, 10))) continue;
    let at = day;
    for (const pause of [...pauses.map(({ from: start, to }) => ({ start, to: to ?? Infinity })), { start: day + DAY, to: Infinity }].sort((a, b) => a.start - b.start)) {
      const free = Math.max(0, Math.min(pause.start, day + DAY) - at);
      if (left <= free) return at + left - 1;
      left -= free;
      at = Math.min(Math.max(at, pause.to), day + DAY);
    }
  }
}

/** Minutes of 8:30 to 12:00 and 14:30 to 18:00 on working days. */
export function officeMinutes(calendar: WorkCalendar, from: number, to: number): number {
  let sum = 0;
  for (let day = Math.floor((from + OFFSET) / DAY) * DAY - OFFSET; day <= to; day += DAY) {
    if (!calendar.isWorkday(new Date(day + OFFSET).toISOString().slice(0, 10))) continue;
    for (const [open, close] of [[510, 720], [870, 1080]] as const) sum += Math.max(0, Math.min(to, day + close * 60_000) - Math.max(from, day + open * 60_000)) / 60_000;
  }
  return Math.round(sum);
}

export interface Counted { readonly hit: number; readonly base: number }

/** The five kinds of rate, and the tiers. */
export function rated(all: readonly Walked[], at: number, calendar: WorkCalendar) {
  const count = (base: (one: Walked) => boolean, hit: (one: Walked) => boolean): Counted => ({ base: all.filter(base).length, hit: all.filter((one) => base(one) && hit(one)).length });
  const done = (one: Walked): boolean => one.state === 'solved' || one.state === 'closed';
  const kept = (one: Walked): boolean => !['declined', 'withdrawn', 'merged'].includes(one.state);
  const open = (one: Walked): boolean => !ENDS.includes(one.state);
  const waits = all.filter((one) => kept(one) && (one.reply !== null || open(one)));
  const place = (values: readonly number[], share: number): number | null => [...values].sort((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? null;
  const plain = waits.map((one) => Math.round(Math.max(0, (one.reply ?? at) - one.raised) / 60_000));
  const work = waits.map((one) => officeMinutes(calendar, one.raised, one.reply ?? at));
  return {
    resolution: count((one) => kept(one) && (done(one) || one.overdue || (open(one) && one.again)), (one) => one.state === 'solved'),
    raw: count(() => true, done),
    satisfaction: count((one) => one.verdict !== null && one.verdict !== 'no_answer', (one) => one.verdict === 'satisfied'),
    response: count((one) => one.verdict !== null, (one) => one.verdict !== 'no_answer'),
    basically: count((one) => one.verdict !== null && one.verdict !== 'no_answer', (one) => one.verdict === 'basically'),
    on_time: count((one) => kept(one) && (done(one) || one.overdue), (one) => done(one) && !one.late),
    first_time: count((one) => one.state === 'solved', (one) => one.plainFirst),
    tiers: [1, 2, 3, 4, 5].map((tier) => all.filter((one) => one.state === 'solved' && one.tier === tier).length),
    p50: place(work, 0.5), p90: place(work, 0.9), p50Plain: place(plain, 0.5), p90Plain: place(plain, 0.9),
  };
}
