// What other limits would do to open problems: how many fall due on another day, how many earlier, how many would be overdue at once. Pure.
import { chinaDay } from '../../../kernel/clock.ts';
import type { Ground } from '../ground.ts';
import type { Locked } from '../store.ts';
import type { Counter } from './due.ts';

export interface Previewed {
  readonly open: number;
  readonly moved: number;
  readonly earlier: number;
  readonly overdue: number;
  readonly examples: { readonly id: string; readonly number: string; readonly title: string; readonly before: string; readonly after: string }[];
}

const SHOWN = 12;

export function previewed(open: readonly Locked[], ground: Ground, counter: Counter, at: number): Previewed {
  const moved = open.flatMap((problem) => {
    const before = ground.counter(problem.policy, problem.policyVersion).clocked(problem.life, problem).solveDue;
    const after = counter.clocked(problem.life, problem).solveDue;
    return before === null || after === null || chinaDay(new Date(before)) === chinaDay(new Date(after)) ? [] : [{ problem, before, after }];
  });
  return {
    open: open.length, moved: moved.length, earlier: moved.filter((one) => one.after < one.before).length, overdue: moved.filter((one) => one.after < at && one.before >= at).length,
    examples: moved.slice(0, SHOWN).map(({ problem: { id, number, title }, before, after }) => ({ id, number, title, before: chinaDay(new Date(before)), after: chinaDay(new Date(after)) })),
  };
}
