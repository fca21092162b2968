// The stage on which problems, meetings and weeks are played: who is who, what has its id by now, and how one acts at a minute of a day. Writes by
// ordinary commands alone.
import { idFrom } from '../../kernel/ids.ts';
import { calendarWith } from '../../kernel/workdays.ts';
import type { Actor } from '../../platform/actor.ts';
import { moment, type Acting } from '../acting.ts';
import { DESK_AT } from '../cast.ts';
import people from '../data/people.json';
import type { Story } from '../story.ts';

export const CALENDAR = calendarWith();
/** The first meeting of the series; before it nobody counted. */
export const SINCE = '2022-07-04';
export const OFFICE_AT = '示范区发展改革和统计局';

export interface Stage {
  readonly acting: Acting;
  readonly called: (name: string) => Actor;
  readonly ofFirm: (body: string) => Actor | undefined;
  readonly idOf: (story: Story) => string;
  /** What came to be while it was played, by the words of the plan. */
  readonly ids: Map<string, string>;
}

/** Something that somebody does at a minute of a day. What has the same key keeps its order. */
export interface Play {
  readonly key: string;
  readonly day: string;
  readonly minute: number;
  run(stage: Stage): Promise<void>;
}

export function bodyId(name: string): string {
  return idFrom('demo', 'body', name);
}

const SHORTS = new Map([...people.departments, ...people.parks].map((one) => [one.name, one.short]));

/** Who sits at the desk of a body; the project office's own is an officer of it. */
export function clerkOf(body: string, seed: number): string {
  if (body === OFFICE_AT) return officer(seed);
  if (body === DESK_AT) return desk(seed);
  return `${SHORTS.get(body) ?? body}经办`;
}

export function officer(seed: number): string {
  return `项目办0${(seed % 3) + 1}`;
}

export function desk(seed: number): string {
  return `企服坐席0${(seed % 3) + 1}`;
}

/** Nine in the morning is minute 540. */
export function at(day: string, minute: number): ReturnType<typeof moment> {
  return moment(day, (minute - 540) * 60);
}

export interface Doing {
  readonly who: string | Actor;
  readonly day: string;
  readonly minute: number;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly versionOf?: string;
  readonly key?: string;
}

/** Does it, and gives the answer's fields. */
export async function act(stage: Stage, { who, day, minute, name, input, versionOf, key }: Doing): Promise<Readonly<Record<string, unknown>>> {
  const output = await stage.acting.act({
    who: typeof who === 'string' ? stage.called(who) : who, at: at(day, minute), name, input, ...(versionOf === undefined ? {} : { versionOf }), ...(key === undefined ? {} : { key }),
  });
  return typeof output === 'object' && output !== null ? Object.fromEntries(Object.entries(output)) : {};
}

export function idIn(stage: Stage, key: string): string {
  const id = stage.ids.get(key);
  if (id === undefined) throw new Error(`${key} has not come to be`);
  return id;
}
