// The register 项目台账: its lists, records, history and figures. Its commands stand by purpose: records.ts, team.ts, own.ts.
import { refuse } from '../../../kernel/refuse.ts';
import { isDay } from '../../../kernel/days.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { feature, readHandler } from '../../../platform/feature.ts';
import type { Db } from '../../../platform/db.ts';
import { knows } from '../scope.ts';
import { beside } from './beside.ts';
import * as contract from './contract.ts';
import { definitions } from './definitions.ts';
import { exportHandler } from './export.ts';
import { readAsOf, readHistory } from './asof.ts';
import { facets, record } from './read.ts';
import { readList, readSums } from './list.ts';
import { ownCommands } from './own.ts';
import { recordCommands } from './records.ts';
import { search } from './search.ts';
import * as store from './store.ts';
import { teamCommands } from './team.ts';

const SEARCH_LIMIT = 12;

export const register = feature('projects.register', {
  permissions: ['projects.read', 'projects.create', 'projects.edit', 'projects.assign', 'projects.export', 'projects.history'],
  queries: [
    readHandler(contract.listProjects, { permission: 'projects.read', read: ({ db, actor, input, now }) => readList(db, actor, input, now) }),
    readHandler(contract.sumProjects, { permission: 'projects.read', read: ({ db, actor, input, now }) => readSums(db, actor, input, now) }),
    readHandler(contract.projectFacets, { permission: 'projects.read', read: ({ db, actor }) => facets(db, actor) }),
    readHandler(contract.projectChoices, { permission: 'projects.read', read: ({ db, actor }) => choices(db, actor) }),
    readHandler(contract.searchProjects, { permission: 'projects.read', read: async ({ db, actor, input }) => ({ items: await search(db, actor, input.q, input.limit ?? SEARCH_LIMIT) }) }),
    readHandler(contract.getProject, { permission: 'projects.read', read: ({ db, actor, input, now }) => record(db, actor, input.id, now) }),
    readHandler(contract.projectBeside, {
      permission: 'projects.read',
      read: async ({ db, actor, input, now }) => {
        if (!(await knows(db, actor, input.id))) refuse('platform.not_found', {});
        const [cases, problems] = await Promise.all([beside.get('cases')?.(db, actor, input.id, now), beside.get('problems')?.(db, actor, input.id, now)]);
        return { cases: cases ?? null, problems: problems ?? null };
      },
    }),
    readHandler(contract.projectHistory, { permission: 'projects.history', read: ({ db, actor, input, now }) => readHistory(db, actor, input, now.day) }),
    readHandler(contract.projectAsOf, {
      permission: 'projects.history',
      read: ({ db, actor, input }) => (isDay(input.day) ? readAsOf(db, actor, input) : refuse('platform.invalid', { errors: [{ path: 'day', rule: 'day', params: {} }] })),
    }),
    readHandler(contract.figureDefinitions, { permission: 'projects.read', read: async () => ({ items: definitions() }) }),
    readHandler(contract.listViews, {
      permission: 'projects.read',
      read: async ({ db, actor, input }) => ({ items: (await store.readViews(db, actor.userId, input.page)).map(({ user_id, ...view }) => ({ ...view, own: user_id === actor.userId })) }),
    }),
  ],
  commands: [...recordCommands, ...teamCommands, ...ownCommands],
  downloads: [exportHandler],
});

// Names of people and bodies are only for those who fill in forms with them.
async function choices(db: Db, actor: Actor) {
  const found = await store.readChoices(db);
  const writes = may(actor, 'projects.edit') || may(actor, 'projects.create');
  const people = may(actor, 'projects.assign') ? found.people : [];
  const organisations = writes ? found.organisations : [];
  const words = writes ? found.words : [];
  const of = (...kinds: string[]) => organisations.filter((one) => kinds.includes(one.kind)).map(({ id, name, detail }) => ({ id, name, detail }));
  const inUse = (field: string) => words.filter((one) => one.field === field).map((one) => one.word);
  return {
    towns: of('town'), parks: of('park'), departments: of('department', 'town', 'park', 'zone', 'other'), enterprises: of('enterprise'),
    people: people.map(({ id, name, detail }) => ({ id, name, detail })), commissioners: people.filter((one) => one.commissioner).map(({ id, name, detail }) => ({ id, name, detail })),
    categories: inUse('category'), chains: inUse('chain'), batches: inUse('batch'),
  };
}
