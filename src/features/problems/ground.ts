// What every clock of a problem is counted by, as it holds in this transaction: working days, policies, who keeps the desk. Reads only.
import Type, { type Static } from 'typebox';
import type { WorkCalendar } from '../../kernel/workdays.ts';
import { settled, sql, type Db } from '../../platform/db.ts';
import { checker } from '../../platform/validate.ts';
import { DEPARTMENT_MAP } from '../people/duties/feature.ts';
import { readMap, type DutyMap } from '../people/duties/rules.ts';
import { closed } from '../people/fields.ts';
import { workdays } from '../projects/data.ts';
import policies from './clocks/data/policies.json' with { type: 'json' };
import { counterOf, type Counter } from './clocks/due.ts';
import { Policy } from './clocks/policy.ts';

/** Calendar and policies as they hold in this transaction. */
export interface Ground {
  readonly calendar: WorkCalendar;
  /** Which edition of the zone's calendar that is; 0: the one that came with the program. */
  readonly edition: number;
  /** The policy by which new problems are counted: the zone's, or that of their kind. */
  readonly current: { readonly code: string; readonly version: number };
  currentFor(kind: string): { readonly code: string; readonly version: number };
  /** Organisation by duty, and the zone's own. */
  readonly map: DutyMap;
  readonly rootId: string;
  /** The newest version of a policy, if there is one of that name. */
  newest(code: string): { readonly code: string; readonly version: number } | undefined;
  counter(code: string, version: number): Counter;
  policy(code: string, version: number): Policy;
}

/** Which policy counts new problems: the zone's, and those of kinds that have their own. */
export const POLICY_SETTING = 'problems.policy';
const Choice = Type.Object({ code: Type.String(), kinds: Type.Record(Type.String(), Type.String()) }, closed);
export type Choice = Static<typeof Choice>;
const checkChoice = checker(Choice);

export const SHIPPED_VERSION = 1;
const checkPolicy = checker(Policy);
/** What came with the program is version 1; what an administrator changes is stored as version 2 and on. */
export const SHIPPED: ReadonlyMap<string, Policy> = new Map(policies.map((one) => [one.code, checkPolicy(one.body)]));
export const DEFAULT_POLICY = 'jiaozuo_13710';

export function choiceIn(value: unknown): Choice {
  return value === undefined || value === null ? { code: DEFAULT_POLICY, kinds: {} } : checkChoice(value);
}

interface Stored { readonly code: string; readonly version: number; readonly body: unknown }
interface Settings { readonly choice: unknown; readonly map: unknown; readonly root: string | null }

export async function readGround(db: Db): Promise<Ground> {
  const [calendar, edition, rows, settings] = await settled([
    workdays.of(db), workdays.edition(db), db.rows<Stored>(sql`select code, version, body from problems_policies`),
    db.row<Settings>(sql`
      select (select value from platform_settings where name = ${POLICY_SETTING}) as choice, (select value from platform_settings where name = ${DEPARTMENT_MAP}) as map,
             (select id from people_organisations where parent_id is null) as root`),
  ]);
  return groundOf({ calendar, edition }, rows, choiceIn(settings?.choice), readMap(settings?.map), settings?.root ?? '');
}

function groundOf({ calendar, edition }: Pick<Ground, 'calendar' | 'edition'>, rows: readonly Stored[], choice: Choice, map: DutyMap, rootId: string): Ground {
  const known = new Map<string, Policy>([...SHIPPED].map(([code, body]) => [`${code}:${SHIPPED_VERSION}`, body]));
  const newestOf = new Map<string, number>([...SHIPPED.keys()].map((code) => [code, SHIPPED_VERSION]));
  for (const { code, version, body } of rows) {
    known.set(`${code}:${version}`, checkPolicy(body));
    newestOf.set(code, Math.max(version, newestOf.get(code) ?? 0));
  }
  const newest = (code: string): { readonly code: string; readonly version: number } | undefined => {
    const version = newestOf.get(code);
    return version === undefined ? undefined : { code, version };
  };
  const current = newest(choice.code) ?? { code: DEFAULT_POLICY, version: newestOf.get(DEFAULT_POLICY) ?? SHIPPED_VERSION };
  const policy = (code: string, version: number): Policy => {
    const found = known.get(`${code}:${version}`);
    if (found === undefined) throw new Error(`there is no clock policy ${code} version ${version}`);
    return found;
  };
  const counters = new Map<string, Counter>();
  return {
    calendar, edition, current, currentFor: (kind) => newest(choice.kinds[kind] ?? choice.code) ?? current, newest, policy, map, rootId,
    counter: (code, version) => {
      const key = `${code}:${version}`;
      const made = counters.get(key) ?? counterOf(policy(code, version), calendar);
      counters.set(key, made);
      return made;
    },
  };
}

const DESK_DUTY = 'service_desk';
const OFFICE_DUTY = 'development';

/** The organisation whose desk takes what comes in: by the department map, else the approval window's, else the project office's. */
export function deskIn(ground: Pick<Ground, 'map' | 'rootId'>): string | undefined {
  return ground.map[DESK_DUTY] ?? ground.map['approval'] ?? officeIn(ground);
}

/** The organisation of the project office, which rules where departments disagree. */
export function officeIn({ map, rootId }: Pick<Ground, 'map' | 'rootId'>): string | undefined {
  return map[OFFICE_DUTY] ?? (rootId === '' ? undefined : rootId);
}
