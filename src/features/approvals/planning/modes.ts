// A project's plan in every way of going about it, side by side: one after another as published, in parallel as the law permits, and with
// simulation, tolerance, promise and regional assessment, alone and together. Says what each saves and what a stopped clock costs.
import { planFor, planOf, prepare, type Plan, type PlanInput, type Project } from './plan.ts';
import { MEASURES, type Measure } from './graph.ts';

export const MODES = ['serial', 'parallel', ...MEASURES, 'optimised'] as const;
export type Mode = (typeof MODES)[number];

/** Days by which the permit, the start of works and the acceptance come earlier than in the plan that is compared with. */
export interface Saving {
  /** Of the approval clock until the joint acceptance, in working days. */
  readonly clockDays: number;
  readonly permitDays: number;
  /** Working days until the start of works. */
  readonly beginDays: number;
}

export interface Plans {
  readonly plans: Readonly<Record<Mode, Plan>>;
  /** Against `parallel`: each measure alone, and all together. Their sum is mostly not what all save together. */
  readonly savings: Readonly<Record<Measure | 'optimised', Saving>>;
  /** What going in parallel saves against the published order. */
  readonly parallel: Saving;
}

/** How a mode is planned. The published order knows no measure. */
export function modeOf(mode: Mode): Pick<PlanInput, 'order' | 'measures'> {
  if (mode === 'serial') return { order: 'serial', measures: [] };
  return { order: 'parallel', measures: mode === 'parallel' ? [] : mode === 'optimised' ? MEASURES : [mode] };
}

/** `project`: what is prepared of the input already. */
export function plansOf(input: Omit<PlanInput, 'order' | 'measures'>, project: Project = prepare(input)): Plans {
  const plan = (mode: Mode): Plan => planFor(project, { ...input, ...modeOf(mode) });
  const plans = {
    serial: plan('serial'), parallel: plan('parallel'), simulation: plan('simulation'), tolerance: plan('tolerance'), promise: plan('promise'), regional: plan('regional'),
    optimised: plan('optimised'),
  };
  const against = (mode: Mode): Saving => savingOf(plans.parallel, plans[mode]);
  return {
    plans, parallel: savingOf(plans.serial, plans.parallel),
    savings: { simulation: against('simulation'), tolerance: against('tolerance'), promise: against('promise'), regional: against('regional'), optimised: against('optimised') },
  };
}

function savingOf(before: Plan, after: Plan): Saving {
  return {
    clockDays: before.accepted.clockDays - after.accepted.clockDays,
    permitDays: (before.permit.workingDays ?? 0) - (after.permit.workingDays ?? 0),
    beginDays: (before.begin.workingDays ?? 0) - (after.begin.workingDays ?? 0),
  };
}

export interface StopCost {
  readonly code: string;
  readonly stoppedDays: number;
  /** Working days by which permit and start of works come later; 0 while the float of the item bears the stop. */
  readonly permitDays: number;
  readonly beginDays: number;
}

/** What it costs when the clock of an item stands still for some working days (行政许可法 45: hearing, survey, expert review, correction). */
export function costOfStop(input: PlanInput, code: string, stoppedDays: number): StopCost {
  const before = planOf(input);
  const after = planOf({ ...input, stops: { ...input.stops, [code]: (input.stops?.[code] ?? 0) + stoppedDays } });
  const { permitDays, beginDays } = savingOf(after, before);
  return { code, stoppedDays, permitDays, beginDays };
}
