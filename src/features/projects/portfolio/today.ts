// Which things concern whom on the first page, and in which order. Pure.
import type { OutputOf } from '../../../kernel/contract.ts';
import { addDays } from '../../../kernel/days.ts';
import type { readToday } from './contract.ts';

type Today = OutputOf<typeof readToday>;
type Item = Today['items'][number];

export interface Found {
  readonly id: string; readonly kind: string; readonly level: number; readonly project_id: string | null; readonly project_name: string | null;
  readonly town_name: string | null; readonly commissioner_name: string | null; readonly due_day: string | null; readonly values: Readonly<Record<string, unknown>>;
  /** Where it is done; left out: what its kind says. */
  readonly href?: string;
}

/** A source concerns who holds one of these permissions: a thing is shown to those who can do something about it. */
export const SOURCES = {
  lights: ['projects.read'],
  milestones: ['projects.plan'],
  reports: ['projects.report', 'projects.remind'],
  // Addressed to this person or his body by name: also where another hand fills in the form.
  reminders: ['projects.read'],
  commissioners: ['projects.assign'],
  evidence: ['projects.verify_evidence'],
  effects: ['projects.move', 'projects.results'],
  imports: ['projects.import'],
  exceptions: ['projects.recount'],
  users: ['people.manage'],
} as const;
export type Source = keyof typeof SOURCES;

const ORDER = { now: 0, week: 1, later: 2 } as const;

/** The sources whose things can be due today: what is counted by every page asks no others. */
export const PRESSING: readonly Source[] = ['lights', 'milestones', 'reports', 'reminders', 'effects'];

/**
 * Work that lies on somebody's desk with a day of its own, by what is due first; standing warnings come after it: they stay until a project has moved, and old
 * ones would push down what somebody waits for today.
 */
const WORK: ReadonlySet<string> = new Set<Item['kind']>(['problem', 'meeting', 'case', 'week', 'knowledge', 'reminder', 'import']);

/** Orders what was found: first what is overdue or red, then what falls due within a week, then the rest; in each work before warnings. */
export function arrange(found: readonly Found[], day: string): Pick<Today, 'items' | 'counts'> {
  const items = remindedOnce(found).map((one) => itemOf(one, day)).sort((a, b) =>
    ORDER[a.urgency] - ORDER[b.urgency] || Number(WORK.has(b.kind)) - Number(WORK.has(a.kind)) || (WORK.has(a.kind) ? byDay(a, b, day) || b.level - a.level : b.level - a.level || compare(a.dueDay ?? '9999', b.dueDay ?? '9999')) || compare(a.id, b.id));
  const count = (urgency: Item['urgency']): number => items.filter((item) => item.urgency === urgency).length;
  return { items, counts: { now: count('now'), week: count('week'), later: count('later') } };
}

/** What is for now without a day of its own is due today. */
function byDay(a: Item, b: Item, day: string): number {
  const [one, other] = [a, b].map((item) => item.dueDay ?? (item.urgency === 'now' ? day : '9999'));
  return compare(one ?? '', other ?? '');
}

/** Who was reminded of a report reads it once: the reminder stands for the light, as grave and as late as that. */
function remindedOnce(found: readonly Found[]): readonly Found[] {
  const reminded = new Set(found.filter((one) => one.kind === 'reminder').map((one) => one.project_id));
  const missing = new Map(found.filter((one) => one.kind === 'report').map((one) => [one.project_id, one]));
  return found.filter((one) => one.kind !== 'report' || !reminded.has(one.project_id)).map((one) => {
    const light = one.kind === 'reminder' ? missing.get(one.project_id) : undefined;
    return light === undefined ? one : { ...one, level: Math.max(one.level, light.level), due_day: light.due_day };
  });
}

function itemOf(one: Found, day: string): Item {
  return {
    id: `${one.kind}:${one.id}`, kind: kindOf(one.kind), urgency: urgencyOf(one, day), level: one.level, projectId: one.project_id, projectName: one.project_name,
    townName: one.town_name, commissionerName: one.commissioner_name, values: plain(one.values), dueDay: one.due_day, href: one.href ?? hrefOf(one),
  };
}

/** Now is what is due today, overdue, or red without a day of its own: a red light says that a day has passed. What is due later is not now, however grave. */
function urgencyOf(one: Found, day: string): Item['urgency'] {
  if (one.due_day === null ? one.level >= 3 : one.due_day <= day) return 'now';
  if (one.level >= 2 || (one.due_day !== null && one.due_day <= addDays(day, 7))) return 'week';
  return 'later';
}

const TABS: Readonly<Record<string, string>> = { milestone: 'plan', report: 'reports', reminder: 'reports', correction: 'reports', evidence: 'lifecycle', effect: 'lifecycle', waiver: 'lifecycle', commissioner: 'team' };

function hrefOf(one: Found): string {
  if (one.kind === 'import') return `/import/${one.id}`;
  if (one.kind === 'locked_user') return '/admin/users';
  // What the approvals know is mended where they are handled.
  if (one.kind === 'light' && one.values['object'] === 'prediction') return `/projects/${one.project_id ?? ''}/approvals`;
  if (one.kind === 'light' && one.values['object'] === 'approval') return `/approvals/cases/${String(one.values['subject'] ?? '')}`;
  const tab = TABS[one.kind];
  return `/projects/${one.project_id ?? ''}${tab === undefined ? '' : `?tab=${tab}`}`;
}

const KINDS = ['light', 'milestone', 'report', 'commissioner', 'evidence', 'effect', 'import', 'correction', 'waiver', 'locked_user', 'reminder', 'case', 'problem', 'week', 'meeting', 'knowledge'] as const;

function kindOf(text: string): Item['kind'] {
  return KINDS.find((kind) => kind === text) ?? 'light';
}

function plain(values: Readonly<Record<string, unknown>>): Record<string, string | number> {
  const result: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values)) if (typeof value === 'string' || typeof value === 'number') result[name] = value;
  return result;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
