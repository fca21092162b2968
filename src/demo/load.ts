// Builds the demonstration zone by running the ordinary commands on the example ledger and on dated facts. Running it again does
// nothing twice: every id and every key follows from the words of the story. Never writes past a command.
import type { App } from '../app.ts';
import { actorById } from '../features/people/session.ts';
import { forecastAll } from '../features/approvals/planning/forecast.ts';
import { keepOpenCases } from '../features/approvals/cases/daily.ts';
import { keepAll } from '../features/projects/keep.ts';
import { foldTotals } from '../features/projects/portfolio/store.ts';
import { addDays } from '../kernel/days.ts';
import { idFrom } from '../kernel/ids.ts';
import type { Actor } from '../platform/actor.ts';
import { sql } from '../platform/db.ts';
import { inLanes, makeActing, moment, type Acting } from './acting.ts';
import { OPENED, TODAY } from './calendar.ts';
import { peopleOf } from './cast.ts';
import { enterHalfYear, enterLedger, type Entered } from './entry.ts';
import { playDispatch } from './dispatch/play.ts';
import { playDeliveries, playService } from './knowledge.ts';
import { demoProjects, type DemoProject } from './model.ts';
import { promiseLimits } from './promises.ts';
import { playDesk } from './service.ts';
import { settle } from './settle.ts';
import { storyOf, type Story } from './story.ts';
import { scenesOf, type Cast, type Scene } from './timeline.ts';

/** Lanes of projects that are played at the same time: as many as the pool can feed on two processors. */
const LANES = 5;
/** Written last: whoever finds it knows that nothing is missing. */
const LAST_VIEW = idFrom('demo', 'view', 'last');

export interface Loaded {
  readonly projects: number;
  readonly commands: number;
  readonly milliseconds: number;
}

/** True when the zone has been built to its end. */
export async function isLoaded(app: App): Promise<boolean> {
  return (await app.database.row(sql`select 1 as one from projects_views where id = ${LAST_VIEW}`)) !== undefined;
}

export async function loadDemo(app: App): Promise<Loaded> {
  const began = performance.now();
  const projects = demoProjects();
  const stories = projects.map(storyOf);
  const acting = makeActing(app, moment(OPENED.past, 0));
  const told = (phase: string): void => app.log.debug('demonstration zone', { phase, commands: acting.done(), milliseconds: Math.round(performance.now() - began) });
  await settle(acting, projects);
  told('settled');
  const actors = await readActors(app, projects);
  await promiseLimits(acting, actors.called('系统管理员'));
  const entered = await enterLedger(acting, stories, actors);
  told('entered');
  await play(acting, stories, entered, actors);
  told('played');
  await serve(acting, stories, entered, actors);
  told('served');
  await playDispatch(acting, stories, { ...actors, idOf: entered.idOf, everybody: peopleOf(projects).map((one) => one.name) });
  told('dispatched');
  await finish(acting, actors, stories, entered);
  return { projects: projects.length, commands: acting.done(), milliseconds: Math.round(performance.now() - began) };
}

export interface Actors {
  called(name: string): Actor;
  /** The person of a firm who reports for its projects, where it has one. */
  ofFirm(body: string): Actor | undefined;
}

export async function readActors(app: App, projects: readonly DemoProject[]): Promise<Actors> {
  const found = new Map<string, Actor>();
  const firms = new Map<string, Actor>();
  for (const person of peopleOf(projects)) {
    const actor = await actorById(app.database, person.id);
    if (actor === undefined) continue;
    found.set(person.name, actor);
    if (person.role === 'enterprise' && person.body !== undefined) firms.set(person.body, actor);
  }
  return {
    called: (name) => {
      const actor = found.get(name);
      if (actor === undefined) throw new Error(`nobody is called ${name}`);
      return actor;
    },
    ofFirm: (body) => firms.get(body),
  };
}

/** Plays all scenes day by day; within a day each project in its order, several projects at once. */
async function play(acting: Acting, stories: readonly Story[], entered: Entered, actors: Actors): Promise<void> {
  const days = new Map<string, Scene[][]>();
  for (const story of stories) {
    const byDay = new Map<string, Scene[]>();
    for (const scene of scenesOf(story, castOf(story, entered, actors))) byDay.set(scene.day, [...(byDay.get(scene.day) ?? []), scene]);
    for (const [day, scenes] of byDay) days.set(day, [...(days.get(day) ?? []), scenes]);
  }
  for (let day: string = OPENED.past; day <= TODAY; day = addDays(day, 1)) {
    await inLanes(days.get(day) ?? [], LANES, async (scenes) => {
      for (const scene of scenes) await scene.play(acting);
    });
    // The lights follow the calendar even where nobody does anything: that is how each knows since when it is on.
    if (/-(?:15|01)$/.test(day)) await keepAll(acting.app.database, moment(day, 36_000));
  }
}

export function castOf(story: Story, entered: Entered, actors: Actors): Cast {
  const { project, handover } = story;
  const commissioner = (day: string): Actor => actors.called(handover !== undefined && day <= handover.day ? handover.before : project.commissioner);
  const firm = actors.ofFirm(project.builder);
  return { id: entered.idOf(story), commissioner, office: actors.called(`项目办0${(project.serial % 3) + 1}`), reporter: firm === undefined ? commissioner : () => firm, called: actors.called };
}

/** The service knows the projects by their serial numbers alone. */
async function serve(acting: Acting, stories: readonly Story[], entered: Entered, actors: Actors): Promise<void> {
  const cast = { ...actors, projectOf: (serial: number) => stories.filter((story) => story.project.serial === serial).map((story) => entered.idOf(story))[0] };
  await playService(acting, cast);
  await playDeliveries(acting, cast);
  await playDesk(acting, actors);
}

async function finish(acting: Acting, actors: Actors, stories: readonly Story[], entered: Entered): Promise<void> {
  const office = actors.called('项目办01');
  const silent = stories.filter((story) => !story.reports.some((report) => report.month === '2023-05'));
  const at = moment(TODAY, 20_000);
  if (silent.length > 0) await acting.act({ who: office, at: moment('2023-06-12', 20_000), name: 'projects.remind', input: { month: '2023-05', projectIds: silent.map((story) => entered.idOf(story)) } });
  await enterHalfYear(acting, actors);
  await keepAll(acting.app.database, at);
  await keepOpenCases(acting.app.database, at);
  await forecastAll(acting.app.database, at);
  await acting.app.database.transaction(foldTotals);
  await acting.act({ who: office, at, name: 'projects.save_view', input: { id: LAST_VIEW, page: 'projects', name: '落后于时序', query: 'behind=true&sort=rate', shared: true } });
}
