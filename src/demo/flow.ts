// In which order the projects of the demonstration zone go about the approvals that they need, how far each has come by the zone's day, and
// what goes wrong with one of them. Asks the ordinary rules what is needed; pure and always the same.
import { apply } from '../features/approvals/planning/applicability.ts';
import { NATIONAL, overlayNamed } from '../features/approvals/catalogue/standard.ts';
import { effective } from '../features/approvals/catalogue/effective.ts';
import type { Facts } from '../features/approvals/catalogue/shape.ts';
import { calendarWith } from '../kernel/workdays.ts';
import { later, OPENED, TODAY } from './calendar.ts';
import { dice } from './dice.ts';
import type { Story } from './story.ts';

export type Kind = 'fresh' | 'near' | 'smooth' | 'corrected' | 'waiting' | 'special' | 'silent' | 'late' | 'suspended' | 'extended' | 'refused';

export interface Application {
  readonly item: string;
  readonly from: string;
  readonly kind: Kind;
  /** Working days from acceptance to the decision. */
  readonly takes: number;
}

type Step = readonly (readonly [item: string, takes: number])[];

/** What goes on side by side, and how many working days each mostly takes here. */
const STEPS: Readonly<Record<Story['kind'], readonly Step[]>> = {
  enterprise: [
    [['P01', 0]], [['P02', 0], ['P03', 8], ['L01', 6], ['P10', 4], ['P12', 7], ['P14', 7]], [['P11', 11], ['P09', 8], ['L02', 17], ['D05', 15]],
    [['L03', 16]], [['L04', 8]], [['L06', 5], ['L07', 2]], [['D01', 7]], [['D02', 3]], [['D07', 5], ['K04', 8]], [['K01', 1], ['K03', 8], ['K09', 4]],
  ],
  government: [
    [['P01', 0]], [['P04', 4]], [['P05', 7], ['P06', 4], ['L01', 6], ['P12', 6], ['P14', 7]], [['P07', 8], ['P11', 12]], [['L05', 4], ['L02', 17]], [['L06', 5], ['L07', 2]],
    [['D01', 7]], [['D02', 3]], [['D03', 6]], [['D07', 5]],
  ],
};
/** The step at which a project stands by its stage; those in preparation have come unequally far. */
const STANDS: Readonly<Partial<Record<Story['stage'], number>>> = { reserved: 1, signed: 2, performed: 3 };
const LAND = 5;
const FARTHEST = 8;

/** Receipt, delivery and the day until somebody comes with the next application. */
const BETWEEN_DAYS = 3;
const CORRECTION_DAYS = 7;
/** A public notice of ten days follows. */
const NOTICE: Readonly<Record<string, number>> = { D02: 8, L05: 8 };
const TROUBLES: readonly Kind[] = ['special', 'late', 'waiting', 'silent', 'extended', 'suspended', 'fresh', 'refused', 'near'];
/** Without a limit of the law nothing is late beyond it and nothing can be extended. */
const NEEDS_LIMIT: ReadonlySet<Kind> = new Set(['late', 'near', 'extended']);
/** How many working days ago the case in trouble was received: late enough that it is in hand, early enough that a late one is late. */
const AGO: Readonly<Partial<Record<Kind, number>>> = { late: 26, near: 13, extended: 19, corrected: 4, waiting: 16, suspended: 26 };

const CALENDAR = calendarWith();
const HENAN = overlayNamed('henan');
const CATALOGUE = effective(NATIONAL, HENAN === undefined ? [] : [HENAN], TODAY).catalogue;
const ITEMS = new Map(CATALOGUE.items.map((item) => [item.code, item]));

/** Whether the project needs the item, by what the commissioner answered of it. */
export function needs(item: string, facts: Facts): boolean {
  const found = ITEMS.get(item);
  return found !== undefined && apply(found, facts).verdict === 'needed';
}

/** All that the project has applied for: step by step, those of the last step still in hand on the zone's day, one of them in trouble. */
export function applicationsOf(story: Story, facts: Facts): Application[] {
  const steps = STEPS[story.kind].map((step) => step.filter(([item]) => needs(item, facts))).filter((step) => step.length > 0);
  const stands = Math.min(steps.length - 1, standsAt(story, steps));
  const last = steps[stands] ?? [];
  const worst = last.find(([item, takes]) => takes > 1 && item !== 'D01')?.[0];
  const wanted = TROUBLES[story.project.serial % TROUBLES.length] ?? 'smooth';
  const trouble = NEEDS_LIMIT.has(wanted) && worst !== undefined && ITEMS.get(worst)?.statutory.length === 0 ? 'corrected' : wanted;
  const roll = dice('cases', story.project.key);
  let back = 3 + roll.whole(0, 5);
  const inHand = last.map(([item, takes]): Application => {
    const kind = item === worst ? trouble : 'smooth';
    const ago = kind === 'fresh' ? 1 + (story.project.serial % 3) : (AGO[kind] ?? back);
    return { item, from: daysAgo(ago), kind, takes };
  });
  if (inHand.some((one) => AGO[one.kind] !== undefined)) back = Math.max(...inHand.map((one) => AGO[one.kind] ?? 0));
  const done: Application[] = [];
  for (const step of steps.slice(0, stands).toReversed()) {
    const lives = step.map(([item, takes]) => ({ item, kind: takes > 3 && item !== 'D01' && roll.chance(0.2) ? 'corrected' as const : 'smooth' as const, takes: takes === 0 ? 0 : takes + roll.whole(0, 2) }));
    back += Math.max(...lives.map(({ item, kind, takes }) => takes + (kind === 'corrected' ? CORRECTION_DAYS : 0) + (NOTICE[item] ?? 0))) + BETWEEN_DAYS;
    for (const life of lives.toReversed()) done.push({ ...life, from: daysAgo(back) });
  }
  return [...done.toReversed(), ...inHand];
}

function standsAt(story: Story, steps: readonly Step[]): number {
  if (story.stage !== 'preliminary') return STANDS[story.stage] ?? 0;
  const land = steps.findIndex((step) => step.some(([item]) => item === 'L06' || item === 'D01'));
  return (land < 0 ? LAND : land) + (story.project.serial % (FARTHEST - LAND + 1));
}

function daysAgo(workingDays: number): string {
  return later(CALENDAR.back(TODAY, workingDays).day, OPENED.plan);
}
