// What people write beside the figures: image progress, targets, problems, needs and remarks with several facts in one cell,
// composed from data/words.json so that they agree with the amounts and the days. The demonstration is written in Chinese.
import book from './data/words.json';
import { TODAY } from './calendar.ts';
import { dice, type Dice } from './dice.ts';
import type { Money } from './money.ts';
import type { Seed } from './seeds.ts';
import { workShare, type Times } from './times.ts';

export type Form = keyof typeof book.forms;
export type Cause = keyof typeof book.problems;

export interface Words {
  readonly target: string;
  readonly progress: string;
  readonly cause: Cause | undefined;
  readonly problem: string | undefined;
  readonly ask: string | undefined;
  readonly needs: string | undefined;
  readonly remark: string | undefined;
}

export function wordsOf(seed: Seed, times: Times, money: Money, doneWan: number, form: Form): Words {
  const roll = dice('words', seed.key);
  const cause = causeOf(seed, form, roll);
  const facts = factsOf(seed, money, doneWan, roll);
  return {
    target: targetOf(seed, times, form),
    progress: progressAt(seed, times, form, TODAY),
    cause,
    problem: cause === undefined ? (STARTED.has(seed.fate) && roll.chance(0.2) ? roll.pick(book.small) : undefined) : fill(book.problems[cause].text, facts),
    ask: cause === undefined ? undefined : fill(book.problems[cause].ask, facts),
    needs: ['P', 'D', 'E'].includes(seed.fate) || roll.chance(0.55) ? undefined : fill(roll.pick(book.needs), facts),
    remark: remarkOf(seed, facts, form, roll),
  };
}

/** From which share of the works each step of data/words.json is the present one; the nodes of the plan stand at the same shares. */
export const STEP_SHARES = [0, 0.07, 0.25, 0.55, 0.62, 0.8] as const;

/** Image progress as of a day. */
export function progressAt(seed: Seed, times: Times, form: Form, day: string): string {
  if (times.actualProduction !== undefined && times.actualProduction <= day) return fill(book.done[form], { when: shortDay(times.actualProduction) });
  if (times.actualCompletion !== undefined && times.actualCompletion <= day) return fill(book.completed, { when: shortDay(times.actualCompletion) });
  if (times.pausedOn !== undefined && times.pausedOn <= day) return fill(book.pausedNow, { when: shortDay(times.pausedOn) });
  if (times.actualStart === undefined || times.actualStart > day) return dice('waiting', seed.key).pick(waitingFor(seed.fate));
  const named: Readonly<Record<string, string>> = book.progress;
  const own = named[seed.key];
  if (own !== undefined && day >= '2023-05-31') return own;
  const steps = book.forms[form].steps;
  const share = workShare(times, day);
  const at = STEP_SHARES.findLastIndex((from) => share >= from);
  const from = STEP_SHARES[at] ?? 0;
  const within = Math.round(((share - from) / ((STEP_SHARES[at + 1] ?? 1) - from)) * 18) * 5 + 5;
  return fill(steps[at] ?? '', { p: String(at === 3 ? Math.max(52, within) : within) });
}

function waitingFor(fate: Seed['fate']): readonly string[] {
  switch (fate) {
    case 'Y':
    case 'Q':
    case 'R':
    case 'N':
      return book.waiting[fate];
    default:
      return book.waiting.U;
  }
}

function targetOf(seed: Seed, times: Times, form: Form): string {
  if (seed.fate === 'N') return book.early.N;
  if (times.actualStart === undefined) return book.early.U;
  const targets = book.forms[form].targets;
  if (times.plannedCompletion <= '2023-12-31') return targets[3] ?? '';
  const goal = workShare(times, '2023-12-31');
  return targets[goal < 0.55 ? 0 : goal < 0.8 ? 1 : 2] ?? '';
}

const CAUSES: Readonly<Partial<Record<Seed['fate'], readonly Cause[]>>> = {
  B: ['relocate', 'line', 'money', 'equipment', 'design'], F: ['money', 'design', 'land'], L: ['permit', 'relocate'],
  Y: ['permit', 'paper', 'line'], Q: ['land', 'relocate', 'land'], R: ['paper', 'land'], Z: ['market'],
};
const NAMED: Readonly<Record<string, Cause>> = { 金马苯加氢: 'safety', 医药中间体: 'paper', 引黄调蓄池: 'land', '特种聚氯乙烯糊树脂': 'energy' };

function causeOf(seed: Seed, form: Form, roll: Dice): Cause | undefined {
  const choices = (CAUSES[seed.fate] ?? []).filter((cause) => (cause === 'equipment' ? form === 'plant' || form === 'renewal' : cause !== 'land' || seed.landMu !== undefined));
  return NAMED[seed.key] ?? (choices.length === 0 ? undefined : roll.pick(choices));
}

function factsOf(seed: Seed, money: Money, doneWan: number, roll: Dice): Readonly<Record<string, string>> {
  const month = roll.whole(7, 10);
  return {
    town: seed.town, month: String(month), due: `${month}月${roll.pick(['15日', '底', '20日'])}`,
    mu: String(Math.max(3, Math.round((seed.landMu ?? 20) * roll.between(0.1, 0.3)))),
    n: String(roll.whole(3, 18)), m: String(roll.whole(40, 220)), km: roll.between(0.4, 3).toFixed(1),
    gap: String(Math.max(200, Math.round((money.planWan - doneWan) * roll.between(0.2, 0.45) / 100) * 100)),
    tce: String(roll.whole(8, 90) * 100), batch: roll.pick(['七', '八']),
  };
}

function remarkOf(seed: Seed, facts: Readonly<Record<string, string>>, form: Form, roll: Dice): string | undefined {
  const named: Readonly<Record<string, string>> = book.remarks.named;
  const own = named[seed.key];
  if (own !== undefined) return own;
  const { any, land, site, plant, government, finished } = book.remarks.parts;
  const ended = ['P', 'D', 'E'].includes(seed.fate);
  const fitting = [
    ...any, ...(ended ? finished : seed.landMu === undefined ? [] : land), ...(ended || !STARTED.has(seed.fate) ? [] : site),
    ...(ended || form !== 'plant' ? [] : plant), ...(seed.category === '产业' ? [] : government),
  ];
  const many = roll.pick([0, 0, 1, 2, 2, 3]);
  const chosen = new Set<string>();
  while (chosen.size < many) chosen.add(roll.pick(fitting));
  const step = book.forms[form].targets[0] ?? '';
  return chosen.size === 0 ? undefined : [...chosen].map((part) => fill(part, { ...facts, step })).join('；');
}

const STARTED: ReadonlySet<Seed['fate']> = new Set(['A', 'O', 'B', 'F', 'S', 'L']);

/** Replaces {{name}} by what is known of it. */
export function fill(text: string, facts: Readonly<Record<string, string>>): string {
  let filled = text;
  for (let depth = 0; depth < 2; depth += 1) filled = filled.replace(/\{\{(\w+)\}\}/g, (_, name: string) => facts[name] ?? '');
  return filled;
}

function shortDay(day: string): string {
  return `${day.startsWith('2023') ? '' : `${day.slice(0, 4)}年`}${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
}
