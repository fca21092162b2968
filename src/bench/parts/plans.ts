// How long the planner takes: one project in every mode, and the forecast of ten thousand running projects anew, as after a new catalogue or
// a corrected calendar. No database and no server: the algorithm alone.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Facts } from '../../features/approvals/catalogue/shape.ts';
import { effective } from '../../features/approvals/catalogue/effective.ts';
import { Given } from '../../features/approvals/planning/given.ts';
import { MODES, modeOf, plansOf } from '../../features/approvals/planning/modes.ts';
import { planOf, type Progress } from '../../features/approvals/planning/plan.ts';
import { forecast } from '../../features/approvals/planning/range.ts';
import { NATIONAL, OVERLAYS } from '../../features/approvals/catalogue/standard.ts';
import { addDays } from '../../kernel/days.ts';
import { calendarWith } from '../../kernel/workdays.ts';
import { root } from '../../platform/root.ts';
import { checker } from '../../platform/validate.ts';
import { below, median, type Figure } from '../table.ts';

const DAY = '2023-06-30';
const PROJECTS = 10_000;
const TURNS = 200;

export function plans(say: (line: string) => void): Promise<Figure[]> {
  const { catalogue } = effective(NATIONAL, OVERLAYS, DAY);
  const calendar = calendarWith();
  const given = ['filing', 'verification', 'government', 'chemical'].map((name) => factsOf(name));
  const chemical = given[3] ?? {};
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const began = performance.now();
    plansOf({ catalogue, facts: chemical, start: DAY, calendar });
    times.push(performance.now() - began);
  }
  const first = times[0] ?? 0;
  const items = planOf({ catalogue, facts: chemical, start: DAY, calendar }).items.length;
  say(`one project of ${items} items in ${MODES.length} modes: ${median(times).toFixed(2)} ms, the first time ${first.toFixed(1)} ms`);
  let planned = 0;
  const began = performance.now();
  for (let n = 0; n < PROJECTS; n += 1) planned += planOf({ catalogue, facts: given[n % given.length] ?? {}, start: DAY, calendar, progress: progressOf(n), ...modeOf('parallel') }).items.length;
  const seconds = (performance.now() - began) / 1000;
  const sampled = performance.now();
  forecast({ catalogue, facts: chemical, start: DAY, calendar }, { history: { D01: [8, 12, 15, 22, 31], L06: [2, 3, 3, 9], K08: [3, 3, 5] }, seed: 1 });
  return Promise.resolve([
    below({ part: 'plans', what: `one project of ${items} items in all modes`, projects: 1, own: median(times), unit: 'ms' }, 10),
    below({ part: 'plans', what: `forecast anew, ${Math.round(planned / PROJECTS)} items each`, projects: PROJECTS, own: seconds, unit: 's' }, 60),
    below({ part: 'plans', what: 'range of one project, 1,000 draws', projects: 1, own: performance.now() - sampled, unit: 'ms' }, 1000),
  ]);
}

function factsOf(name: string): Facts {
  const content: unknown = JSON.parse(readFileSync(path.join(root, 'examples', 'approvals', `${name}.json`), 'utf8'));
  return checker(Given)(content).facts;
}

/** Every project stands somewhere else. */
function progressOf(n: number): Record<string, Progress> {
  const finished = { finished: addDays(DAY, -20 - (n % 90)) };
  return n % 3 === 0 ? { P01: finished } : n % 3 === 1 ? { P01: finished, P02: finished, L01: finished } : { P01: finished, L01: finished, P11: { accepted: addDays(DAY, -(n % 10)), stoppedDays: n % 4 } };
}
