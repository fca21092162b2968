// Pages of the Enterprise Service and of the duties by their queries, straight to the database without HTTP: each at 1,000 and at 100,000 enterprises with as
// many problems, whose times must not differ by more than half. What counts a part of the zone itself (an action's problems, a month of the counter, whom a
// policy suits) is said to.
import { anonymous, actorById } from '../../features/people/session.ts';
import type { App } from '../../app.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Connection } from '../child.ts';
import { openBench, type Ground } from '../ground.ts';
import { DESK_USER, fillService, FIRM_USER, firmId, policyId } from '../servicefill.ts';
import { atMost, median, type Figure } from '../table.ts';
import { someone } from './reads.ts';

const PROJECTS = 10_000;
const TURNS = 15;
/** The first of them warm what is asked. */
const WARM = 3;

interface Asked { readonly what: string; readonly who: 'desk' | 'office' | 'firm' | 'nobody'; readonly name: string; readonly input: Readonly<Record<string, unknown>> }

const PAGES: readonly Asked[] = [
  { what: "desk's queue by time left", who: 'desk', name: 'problems.list', input: { mine: true, limit: 10 } },
  { what: 'day of the desk', who: 'desk', name: 'service.desk_day', input: {} },
  { what: 'callers by part of a name', who: 'desk', name: 'service.callers', input: { q: '企业000042' } },
  { what: 'callers by initials', who: 'desk', name: 'service.callers', input: { q: 'ysqy000042' } },
  { what: 'callers by the beginning of a telephone number', who: 'desk', name: 'service.callers', input: { q: '1390000042' } },
  { what: "a caller's history", who: 'desk', name: 'service.caller', input: { enterpriseId: firmId(42) } },
  { what: "an enterprise's own requests", who: 'firm', name: 'service.my_requests', input: {} },
  { what: 'policies that suit an enterprise', who: 'firm', name: 'service.policies', input: { fits: 'yes' } },
  { what: 'whom a policy suits, first page and number', who: 'office', name: 'service.policy_enterprises', input: { id: policyId(0), fits: 'yes' } },
  { what: 'programme with its counts', who: 'office', name: 'service.programme', input: {} },
  { what: 'public counter of a month', who: 'nobody', name: 'service.public_counter', input: {} },
];

const DUTIES: readonly Asked[] = [
  { what: 'coverage of duties', who: 'office', name: 'dispatch.duties', input: {} },
  { what: 'ledger of assignments, first page', who: 'office', name: 'dispatch.assignments', input: {} },
];

export async function service(ground: Ground, sizes: readonly number[]): Promise<Figure[]> {
  await ground.data(PROJECTS);
  const filled = (size: number): Promise<Connection> => ground.filled(`bench_${PROJECTS}`, `bench_service_${size}`, (app) => fillService(app, size));
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return [
    ...(await compared(ground, PAGES, [least, await filled(least)], [most, await filled(most)])),
    ...(await compared(ground, DUTIES, [182, await ground.data(182)], [PROJECTS, await ground.data(PROJECTS)])),
  ];
}

/** The two sizes take turns, so that whatever else the machine does falls on both. */
async function compared(ground: Ground, pages: readonly Asked[], [least, few]: readonly [number, Connection], [most, many]: readonly [number, Connection]): Promise<Figure[]> {
  const apps = [await openBench(few, `${ground.folder}/zone`), await openBench(many, `${ground.folder}/zone`)];
  const figures: Figure[] = [];
  try {
    for (const app of apps) app.clock.stand('2023-06-20', '10:00');
    for (const { what, who, name, input } of pages) {
      const times = apps.map((): number[] => []);
      for (let turn = 0; turn < TURNS; turn += 1) for (const [index, app] of apps.entries()) times[index]?.push(await timed(app, who, name, input));
      const [other = 0, own = 0] = times.map((list) => median(list.slice(WARM)));
      figures.push(atMost({ part: 'service', what: `${what}: at ${most} / at ${least}`, projects: most, own, other, unit: 'ms' }, 1.5));
    }
  } finally {
    for (const app of apps) await app.close();
  }
  return figures;
}

async function timed(app: App, who: Asked['who'], name: string, input: Asked['input']): Promise<number> {
  const actor = await actorOf(app, who);
  const began = performance.now();
  await app.ask(actor, name, input);
  return performance.now() - began;
}

async function actorOf(app: App, who: Asked['who']): Promise<Actor> {
  if (who === 'nobody') return anonymous('zh-CN');
  if (who === 'office') return someone(app, 'bench-office');
  const actor = await actorById(app.database, who === 'desk' ? DESK_USER : FIRM_USER);
  if (actor === undefined) throw new Error(`nobody is the ${who}`);
  return actor;
}
