// Enters the example ledger into the register and completes what a ledger does not say: the kind of project, its point on the map,
// what was promised, and who is its commissioner.
import { idFrom } from '../kernel/ids.ts';
import { inLanes, moment, type Acting } from './acting.ts';
import type { Actors } from './load.ts';
import { CHAINS } from './cast.ts';
import type { Story } from './story.ts';
import { OPENED } from './timeline.ts';

const LANES = 6;

export interface Entered {
  readonly idOf: (story: Story) => string;
}

export async function enterLedger(acting: Acting, stories: readonly Story[], actors: Actors): Promise<Entered> {
  const ids = await createAll(acting, stories, actors);
  const entered: Entered = {
    idOf: (story) => {
      const id = ids.get(story.project.key);
      if (id === undefined) throw new Error(`${story.project.name} is not in the register`);
      return id;
    },
  };
  await inLanes(stories, LANES, (story) => complete(acting, story, entered.idOf(story), actors));
  return entered;
}

async function createAll(acting: Acting, stories: readonly Story[], actors: Actors): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const story of stories) {
    const { project } = story;
    const id = idFrom('demo', 'project', project.key);
    await acting.act({
      who: actors('项目办01'), at: moment(OPENED.ledger, project.serial), name: 'projects.create',
      input: {
        id, name: project.name, level: project.level === '省' ? 'provincial' : 'municipal', listYear: 2023, category: project.category, content: project.content,
        ...(project.code === undefined ? {} : { code: project.code }),
        totalFen: project.totalWan * 1e6, accumulatedFen: project.money.priorWan * 1e6, planFen: project.money.planWan * 1e6, plannedStart: project.times.plannedStart, plannedCompletion: project.times.plannedCompletion,
        townId: idFrom('demo', 'body', project.town), responsibleOrgId: idFrom('demo', 'body', project.unit), builderName: project.builder,
      },
    });
    ids.set(project.key, id);
  }
  return ids;
}

async function complete(acting: Acting, story: Story, id: string, actors: Actors): Promise<void> {
  const { project, promised, handover } = story;
  const office = actors(`项目办0${(project.serial % 3) + 1}`);
  await acting.act({
    who: office, at: moment(OPENED.fields, project.serial * 20), name: 'projects.edit', versionOf: id,
    input: {
      id, kind: story.kind, lon: story.lon, lat: story.lat, tags: project.published ? ['公开报道'] : ['演示'], reason: '补充台账未列信息',
      ...(CHAINS.includes(project.chain) ? { chain: project.chain } : {}),
      ...(promised === undefined ? {} : { promisedOutputFen: promised.outputFen, promisedRevenueFen: promised.revenueFen, promisedTaxFen: promised.taxFen, promisedJobs: promised.jobs }),
    },
  });
  await acting.act({
    who: office, at: moment(OPENED.fields, project.serial * 20 + 10), name: 'projects.assign_commissioner', versionOf: id,
    input: { id, assignmentId: idFrom('demo', 'assignment', project.key), userId: actors(handover?.before ?? project.commissioner).userId, fromDay: OPENED.ledger },
  });
}
