// Plays problems and meetings day by day from the first meeting to the zone's day: in the morning the clocks turn, then everybody does what the plan says,
// what belongs together in its order.
import { addDays } from '../../kernel/days.ts';
import { followProblems } from '../../features/dispatch/meetings/matters.ts';
import { KEPT_DEFAULT } from '../../features/problems/clocks/settings.ts';
import { SETTINGS } from '../../features/problems/closing/contract.ts';
import type { Actor } from '../../platform/actor.ts';
import { inLanes, type Acting } from '../acting.ts';
import { TODAY } from '../calendar.ts';
import book from '../data/progress.json';
import type { Story } from '../story.ts';
import { complaintPlays } from './complaints.ts';
import { playsOf } from './lives.ts';
import { mattersOf } from './matters.ts';
import { heldMeetings } from './meetings.ts';
import { nextSitting, sittingOf } from './sitting.ts';
import { callbackPlays, forcePlays, readingPlays, weekPlays } from './weeks.ts';
import { act, at, CALENDAR, officer, SINCE, type Play, type Stage } from './stage.ts';

const LANES = 5;
/** Before anybody is at the desk, and after everybody has gone. */
const [MORNING, EVENING] = [505, 1090];

export interface DispatchCast {
  readonly called: (name: string) => Actor;
  readonly ofFirm: (body: string) => Actor | undefined;
  readonly idOf: (story: Story) => string;
  /** Names of all who may sign in. */
  readonly everybody: readonly string[];
}

export async function playDispatch(acting: Acting, stories: readonly Story[], cast: DispatchCast): Promise<void> {
  const stage: Stage = { acting, ids: new Map(), ...cast };
  const meetings = heldMeetings();
  const matters = mattersOf(stories, meetings, (body) => cast.ofFirm(body) !== undefined);
  const days = grouped([
    ...matters.flatMap(playsOf), ...meetings.flatMap((meeting) => sittingOf(meeting, matters)), nextSitting(), ...forcePlays(stories), ...weekPlays(stories), ...callbackPlays(), ...complaintPlays(), approvalOfUpdates(), publicCounter(), ...readingPlays(cast.everybody),
  ], (play) => play.day);
  for (let day = addDays(SINCE, -14); day <= TODAY; day = addDays(day, 1)) {
    if (CALENDAR.isWorkday(day) && day > SINCE) await turn(acting, day, MORNING);
    await inLanes(lanesOf(days.get(day) ?? []), LANES, async (plays) => {
      for (const play of plays) await play.run(stage);
    });
  }
  await turn(acting, TODAY, EVENING);
  await followProblems(acting.app.database);
  await acting.act({ who: acting.app.system, at: at(TODAY, EVENING + 5), name: 'dispatch.follow_slips', input: {} });
}

/** From May on the office looks at what is told before a report may use it. */
function approvalOfUpdates(): Play {
  const day = '2023-05-04';
  return { key: 'approval of updates', day, minute: 600, run: async (stage) => void (await act(stage, {
    who: officer(0), day, minute: 600, name: 'problems.change_settings', versionOf: 'problems.settings', input: { ...KEPT_DEFAULT, approveUpdates: true, reason: book.approved },
  })) };
}

/** From then on anybody may see what comes in and what becomes of it. */
function publicCounter(): Play {
  const day = '2023-05-05';
  return { key: 'public counter', day, minute: 600, run: async (stage) => void (await act(stage, {
    who: officer(0), day, minute: 600, name: 'problems.set_closing', versionOf: SETTINGS, input: { reopenDays: 30, callbackDays: 10, publicFigures: true },
  })) };
}

async function turn(acting: Acting, day: string, minute: number): Promise<void> {
  await acting.act({ who: acting.app.system, at: at(day, minute), name: 'problems.turn_clocks', input: {} });
}

/** What has one key is one lane, in the order of its minutes; the lane that begins first goes first. */
function lanesOf(plays: readonly Play[]): readonly (readonly Play[])[] {
  const lanes = [...grouped(plays, (play) => play.key).values()].map((lane) => lane.toSorted((a, b) => a.minute - b.minute));
  return lanes.toSorted((a, b) => (a[0]?.minute ?? 0) - (b[0]?.minute ?? 0));
}

function grouped(plays: readonly Play[], by: (play: Play) => string): ReadonlyMap<string, readonly Play[]> {
  const groups = new Map<string, Play[]>();
  for (const play of plays) {
    const group = groups.get(by(play));
    if (group === undefined) groups.set(by(play), [play]);
    else group.push(play);
  }
  return groups;
}
