// Settles the demonstration zone before anything is entered: the root with its clock, the tree of bodies, the people.
import { ensureZone, roleId } from '../features/people/zone.ts';
import { inLanes, moment, type Acting } from './acting.ts';
import { OPENED, TODAY } from './calendar.ts';
import { bodiesOf, CARDS, peopleOf, ROOT } from './cast.ts';
import type { DemoProject } from './model.ts';

const LANES = 4;

export async function settle(acting: Acting, projects: readonly DemoProject[]): Promise<void> {
  const { app } = acting;
  const at = moment(OPENED.people, 0);
  const zone = await ensureZone({ database: app.database, config: app.config, now: () => at }, { demo: true, name: ROOT.name, shortName: ROOT.short, nameEn: ROOT.en, day: TODAY, cards: CARDS });
  const bodies = bodiesOf(projects);
  await inLanes(bodies.map((body, sort) => ({ body, sort })), LANES, async ({ body, sort }) => {
    await acting.act({
      who: app.system, at: moment(OPENED.people, 60 + sort), name: 'people.create_organisation',
      input: {
        id: body.id, parentId: zone.rootId, kind: body.kind, name: body.name, sort: sort + 1, duties: [...body.duties],
        ...(body.shortName === undefined ? {} : { shortName: body.shortName }), ...(body.nameEn === undefined ? {} : { nameEn: body.nameEn }), ...(body.code === undefined ? {} : { code: body.code }),
      },
    });
  });
  const home = new Map(bodies.map((body) => [body.name, body.id]));
  await inLanes(peopleOf(projects).map((person, number) => ({ person, number })), LANES, async ({ person, number }) => {
    await acting.act({
      who: app.system, at: moment(OPENED.people, 600 + number), name: 'people.create_user',
      input: {
        id: person.id, orgId: person.body === undefined ? zone.rootId : (home.get(person.body) ?? zone.rootId), login: person.login, name: person.name, demo: true,
        roleIds: [roleId(person.role)], chains: [...person.chains], ...(person.phone === undefined ? {} : { phone: person.phone }),
      },
    });
  });
  await app.clock.refresh();
}
