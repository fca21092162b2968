// A joint acceptance as it is shown: before it is accepted what it would take in, afterwards its steps by their days, its parts, its windows. Pure.
import type { OutputOf } from '../../../kernel/contract.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import type { CaseEvent } from '../clocks/events.ts';
import { dueAfter, windowsOf } from '../clocks/steps.ts';
import { versionIn, type ClockRules, type LimitVersion } from '../clocks/terms.ts';
import type { Facts, Words } from '../catalogue/shape.ts';
import type { Handbook } from './catalogue.ts';
import type { projectCases, readCase } from './contract.ts';
import { lineOf } from './lines.ts';
import { COMPLETION, daysOf, partsOf } from './parts.ts';
import type { CaseRow } from './reads.ts';
import { isOver, trackOfKind } from './rules.ts';

type Project = OutputOf<typeof projectCases>;
type Completion = NonNullable<OutputOf<typeof readCase>['completion']>;

export function nameIn(handbook: Pick<Handbook, 'item'>, code: string): Words {
  return handbook.item(code)?.name ?? { zh: code, en: code };
}

/** What a joint acceptance would be; null where none applies or one is in hand or granted. */
export function completionAhead(handbook: Handbook, facts: Facts, kind: string, items: Project['items'], day: string): Project['completion'] {
  const host = items.find((one) => one.code === COMPLETION);
  const taken = host?.case?.status;
  if (host === undefined || host.verdict === 'not_needed' || (host.case !== null && taken !== 'received' && !isOver(host.case))) return null;
  const here = new Set(items.map((one) => one.code));
  const version = versionIn(handbook.limits(COMPLETION, facts).rules, day);
  return {
    item: COMPLETION, parts: partsOf(handbook.catalogue, trackOfKind(kind)).map((one) => one.code).filter((code) => here.has(code)), steps: (version?.steps ?? []).map((one) => ({ ...one })),
    days: version?.promised?.days ?? null, windows: version?.rectification ?? null,
  };
}

interface Told {
  readonly events: readonly CaseEvent[];
  readonly rules: ClockRules;
  readonly version: LimitVersion | undefined;
  readonly parts: readonly CaseRow[];
  readonly handbook: Pick<Handbook, 'item'>;
  readonly row: Pick<CaseRow, 'accepted_day' | 'decided_day' | 'closed_day'>;
  readonly day: string;
  readonly calendar: WorkCalendar;
}

export function completionOf({ events, rules, version, parts, handbook, row, day, calendar }: Told): Completion {
  const { days, unit } = daysOf(rules, row.accepted_day ?? day);
  const ended = row.decided_day ?? row.closed_day;
  let sum = 0;
  const dues = days.map((count) => dueAfter(events, (sum += count), unit, day, rules, calendar));
  const now = ended === null ? dues.findIndex((due) => day <= due) : dues.length;
  return {
    steps: days.map((count, i) => ({ name: version?.steps?.[i]?.name ?? null, days: count, due: dues[i] ?? day, state: now === -1 ? (i === days.length - 1 ? 'now' : 'done') : i < now ? 'done' : i === now ? 'now' : 'ahead' })), unit,
    parts: parts.map((one) => {
      const line = lineOf(one, handbook);
      return { id: line.id, item: line.item, itemName: line.itemName, orgId: line.orgId, orgName: line.orgName, status: line.status, outcome: line.outcome, document: line.document, statutory: line.statutory };
    }),
    windows: windowsOf(events, version?.rectification?.days ?? 0, day, calendar),
  };
}
