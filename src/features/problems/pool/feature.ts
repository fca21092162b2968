// 难题池: the one pool of problems on the server: its queue, a record, the taxonomy. What moves a problem stands in handling/.
import { settled } from '../../../platform/db.ts';
import { feature, readHandler } from '../../../platform/feature.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { sql } from '../../../platform/db.ts';
import { DEPARTMENT_MAP } from '../../people/duties/feature.ts';
import { readMap } from '../../people/duties/rules.ts';
import { readSetting } from '../../../platform/settings.ts';
import { raisingByRule } from '../clocks/automatic.ts';
import { countingByCalendar } from '../clocks/bycalendar.ts';
import { policyCommands, policyQueries } from '../clocks/policies.ts';
import { turning } from '../clocks/turning.ts';
import { similarProblems } from '../handling/contract.ts';
import { correctingCommands } from '../handling/correcting.ts';
import { handlingCommands } from '../handling/feature.ts';
import { merging } from '../handling/merging.ts';
import { updateCommands, updateQueries } from '../handling/updates.ts';
import { readSimilar } from './similar.ts';
import { readersMoved } from '../../projects/readers.ts';
import { followProjects } from './access.ts';
import { getProblem, listKinds, listProblems, problemFacets } from './contract.ts';
import { exportHandler } from './export.ts';
import { readFacets } from './facets.ts';
import { bindNeeds } from './needs.ts';
import { readKinds, readList, readProblem } from './reads.ts';
import { searchProblems } from './finding.ts';
import { findProblems } from './search.ts';

readersMoved.set('problems', followProjects);
bindNeeds();

const FOUND = 8;

export const problems = feature('problems.pool', {
  permissions: ['problems.read', 'problems.raise', 'problems.desk', 'problems.handle', 'problems.rule', 'problems.confirm', 'problems.keep_policies', 'problems.export'],
  commands: [...handlingCommands, ...correctingCommands, merging, ...updateCommands, turning, ...policyCommands, countingByCalendar, raisingByRule],
  downloads: [exportHandler],
  queries: [
    readHandler(problemFacets, { permission: 'problems.read', read: ({ db, actor, input, now }) => readFacets(db, actor, input, now) }),
    readHandler(searchProblems, { permission: 'problems.read', read: async ({ db, actor, input }) => ({ items: await findProblems(db, actor, input.q, input.limit ?? FOUND) }) }),
    readHandler(similarProblems, { permission: 'problems.read', read: async ({ db, actor, input, now }) => ({ items: [...(await readSimilar(db, actor, input, now))] }) }),
    ...updateQueries, ...policyQueries,
    readHandler(listProblems, { permission: 'problems.read', read: ({ db, actor, input, now }) => readList(db, actor, input, now) }),
    readHandler(getProblem, { permission: 'problems.read', read: async ({ db, actor, input, now }) => (await readProblem(db, actor, input.id, now)) ?? refuse('platform.not_found', {}) }),
    readHandler(listKinds, {
      permission: 'problems.read',
      read: async ({ db }) => {
        const [kinds, setting] = await settled([readKinds(db), readSetting(db, DEPARTMENT_MAP)]);
        const map = readMap(setting?.value);
        const orgs = new Map((await db.rows<{ id: string; name: string }>(sql`select id, coalesce(short_name, name) as name from people_organisations where id = any(${[...new Set(Object.values(map))]}::uuid[])`)).map((row) => [row.id, row.name]));
        return { kinds: kinds.map((kind) => ({ code: kind.code, zh: kind.zh, en: kind.en, duty: kind.duty, words: [...kind.words], retired: kind.retired === true, orgId: map[kind.duty] ?? null, orgName: orgs.get(map[kind.duty] ?? '') ?? null })) };
      },
    }),
  ],
});
