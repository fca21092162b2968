// After a change of the zone's working-day calendar: open problems are counted anew, from where their round began and with their pauses, some thousand at a time.
// A command of the program. What has moved gets a step of its own; nothing that was used or told is lost, and what has not moved is not touched.
import { moment, type Now } from '../../../kernel/clock.ts';
import { idFrom } from '../../../kernel/ids.ts';
import type { Actor } from '../../../platform/actor.ts';
import { settled, type Db } from '../../../platform/db.ts';
import { handler } from '../../../platform/feature.ts';
import { readSetting, saveSetting } from '../../../platform/settings.ts';
import { workdays } from '../../projects/data.ts';
import { seesAll } from '../../projects/scope.ts';
import { redate } from '../closing/store.ts';
import { readGround, type Ground } from '../ground.ts';
import { eventOf } from '../handling/moving.ts';
import { take } from '../life/life.ts';
import { lockEarlier, noteCounted, someEarlier, type Earlier, type OpenPlace } from '../store.ts';
import { writeLimits, writeMoves, writeTurns, type Moved } from '../writing.ts';
import { countCalendar } from './contract.ts';
import { untold } from './recalculation.ts';

const BATCH = 1000;
/** The edition by which all that is open has been counted: while it holds, nothing is looked at. None is that of the calendar that came with the program. */
const COUNTED = 'problems.counted_by';

export const countingByCalendar = handler(countCalendar, {
  permission: 'problems.rule',
  load: async ({ tx, input }) => {
    const ground = await readGround(tx);
    return { ground, problems: await lockEarlier(tx, ground.edition, placeIn(input.after), BATCH) };
  },
  allow: seesAll,
  decide: ({ subject: { ground, problems }, now }) => problems.flatMap((one) => countedAnew(one, ground, moment(now).getTime())),
  save: async ({ tx, changes: moves, subject: { ground, problems }, input, actor, now }) => {
    await write(tx, moves, problems, ground, actor, now);
    const last = problems.at(-1);
    // Only a round that finds nothing from the beginning on has found everything: what somebody held, or raised under the former edition, is met by the next.
    if (last === undefined && input.after === undefined && !(await someEarlier(tx, ground.edition))) await saveSetting(tx, COUNTED, ground.edition, actor.userId, now.instant);
    return { edition: ground.edition, counted: problems.length, moved: moves.length, next: problems.length < BATCH || last === undefined ? null : placeText(last.place) };
  },
  event: ({ changes: moves, output }) => [
    { kind: 'problems.calendar_counted', subjectType: 'setting', subjectId: idFrom('setting', COUNTED), after: { edition: output.edition, counted: output.counted, moved: output.moved } },
    ...moves.flatMap(({ before, steps }) => steps.map((step) => eventOf(before, step))),
  ],
});

/** The step of a problem one of whose limits lies elsewhere by the new calendar; nothing where none does. */
function countedAnew({ problem, dueAt, solveDueAt, uncounted }: Earlier, ground: Ground, now: number): Moved[] {
  const clock = ground.counter(problem.policy, problem.policyVersion).clocked(problem.life, problem);
  if (clock.due === dueAt && clock.solveDue === solveDueAt) return [];
  const at = Math.max(now, problem.lastAt);
  // Its limit has not moved by the calendar: before it was counted so there was none.
  if (uncounted && untold(ground, problem, {}, at).length === 0) return [];
  const details = { calendar: ground.edition, before: isoOf(solveDueAt ?? dueAt), after: isoOf(clock.solveDue ?? clock.due) };
  // What waits for its confirmation has no limit of the solution left that could move; that of the confirmation does.
  if (problem.life.state === 'submitted') return [{ before: problem, steps: [{ kind: 'noted', at, details, life: take(problem.life, { kind: 'noted' }, at) }] }];
  return [{ before: problem, steps: [{ kind: 'reclassified', at, details, life: take(problem.life, { kind: 'reclassified', untold: untold(ground, problem, {}, at) }, at) }] }];
}

async function write(tx: Db, moves: readonly Moved[], problems: readonly Earlier[], ground: Ground, actor: Actor, now: Now): Promise<void> {
  if (problems.length === 0) return;
  const moved = new Set(moves.map(({ before }) => before.id));
  const still = problems.filter(({ problem }) => !moved.has(problem.id));
  const rest = still.map(({ problem }) => problem);
  const clocked = (problem: Earlier['problem']) => ground.counter(problem.policy, problem.policyVersion).clocked(problem.life, problem);
  await settled([
    writeMoves(tx, moves, ground, actor, now), noteCounted(tx, rest.map(({ id }) => id), ground.edition),
    writeLimits(tx, still.filter(({ uncounted }) => uncounted).map(({ problem }) => problem), ground),
    // Rungs of the ladder may lie elsewhere where the limits themselves do not.
    writeTurns(tx, rest.map((problem) => ({ id: problem.id, at: clocked(problem).turn }))),
    redate(tx, moves.flatMap(({ before }) => {
      const { due } = clocked(before);
      return before.life.state !== 'submitted' || due === null ? [] : [{ problem_id: before.id, round: before.life.round, due_at: new Date(due) }];
    })),
  ]);
}

function isoOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function placeIn(text: string | undefined): OpenPlace | undefined {
  if (text === undefined) return undefined;
  const [policy = '', version = '', id = ''] = text.split('~');
  return { policy, version: Number(version), id };
}

function placeText({ policy, version, id }: OpenPlace): string {
  return `${policy}~${version}~${id}`;
}

interface Host {
  readonly database: Db;
  readonly system: Actor;
  run(actor: Actor, name: string, input: unknown): Promise<{ readonly output: unknown }>;
}

/**
 * The job: counts all that an earlier edition counted. Gives how many that were; most of the time there is nothing to do and two rows are read. `look`: looks although all
 * has been counted, for what was raised by the former edition and committed after that; dearer, so it is done now and then.
 */
export async function countByCalendar(app: Host, look = false): Promise<number> {
  const edition = await workdays.edition(app.database);
  if (((await readSetting(app.database, COUNTED))?.value ?? 0) === edition && !(look && (await someEarlier(app.database, edition)))) return 0;
  for (let done = 0, after: string | null = null; ;) {
    const { output } = await app.run(app.system, countCalendar.name, after === null ? {} : { after });
    const { counted, next }: { counted: number; next: string | null } = { counted: 0, next: null, ...(typeof output === 'object' ? output : {}) };
    done += counted;
    if (next === null) return done;
    after = next;
  }
}
