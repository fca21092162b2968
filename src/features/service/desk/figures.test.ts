// The figures that the service shows are those of the rates: held against them and against a count by hand, on random histories.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import { diceOf } from '../../../test/world/histories.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  world.app.clock.stand('2023-06-28', '09:00');
  await world.app.run(world.app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: world.orgs.desk }] });
  await world.app.run(world.app.system, 'problems.set_closing', { reopenDays: 30, callbackDays: 10, publicFigures: true }, { ifVersion: 0 });
});
afterAll(() => world.close());

const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});
const list = (value: Record<string, unknown>, name: string): Record<string, unknown>[] => (Array.isArray(value[name]) ? value[name].map(record) : []);
const run = async (actor: Actor, name: string, input: unknown, version?: number): Promise<Record<string, unknown>> => record((await world.app.run(actor, name, input, version === undefined ? {} : { ifVersion: version })).output);
const ask = async (actor: Actor, name: string, input: unknown): Promise<Record<string, unknown>> => record(await world.app.ask(actor, name, input));

describe('the figures of the service', () => {
  it('agree with the rates of the zone and with a count by hand, whatever has happened', async () => {
    const seed = Number(process.env['SEED'] ?? Date.now() % 100_000);
    const dice = diceOf(seed);
    const { enterprise, desk, department, office } = world.actors;
    const moved = async (actor: Actor, name: string, id: string, input = {}): Promise<void> => void (await run(actor, `problems.${name}`, { id, ...input }, Number((await ask(world.app.system, 'problems.get', { id }))['version'])));
    for (let i = 0; i < 24; i += 1) {
      world.app.clock.stand(`2023-06-${dice(2) === 0 ? 28 : 29}`, '10:00');
      const id = dice(3) > 0 ? String(list(await run(enterprise, 'service.file', { id: newId(), items: [{ kind: dice(2) === 0 ? 'utilities' : 'land', title: '电' }] }), 'problems')[0]?.['id']) : String((await run(office, 'problems.raise', { title: '路', kind: 'logistics', source: 'instruction', enterpriseId: world.orgs.enterprise }))['id']);
      const steps: readonly (readonly [Actor, string, Record<string, unknown>])[] = [
        [desk, 'forward', { toOrgId: world.orgs.department }], [department, 'reply', { text: '在办' }], [department, 'submit', { text: '已办' }], [enterprise, 'confirm', { verdict: ['satisfied', 'basically', 'dissatisfied'][dice(3)] }],
      ];
      world.app.clock.stand('2023-06-30', '11:00');
      if (dice(6) === 0) await moved(enterprise, 'withdraw', id, { reason: '自行解决' }).catch(() => undefined);
      else for (const [actor, name, input] of steps.slice(0, dice(6))) await moved(actor, name, id, input);
    }
    const counter = await ask(enterprise, 'service.public_counter', {});
    const zone = list(await ask(office, 'problems.rates', { since: '2023-06-01', group: 'source' }), 'groups').find((one) => one['value'] === 'service') ?? {};
    const figure = (code: string) => list(zone, 'figures').find((one) => one['code'] === code) ?? {};
    const share = (code: string) => ({ hit: figure(code)['hit'], base: figure(code)['base'], bp: figure(code)['bp'] });
    expect({ seed, came: counter['came'], ended: counter['ended'], satisfaction: counter['satisfaction'], replied: counter['replied'], minutes: counter['replyMinutes'] })
      .toMatchObject({ seed, came: zone['all'], ended: figure('raw')['hit'], satisfaction: share('satisfaction'), replied: figure('first_reply')['hit'], minutes: figure('first_reply')['p50Plain'] });
    // By hand, from the steps of each.
    const rows = await world.app.database.rows<{ state: string; said: string | null; kind: string }>(sql`
      select p.state, p.kind, (select s.details ->> 'verdict' from problems_steps s where s.problem_id = p.id and s.kind = 'answered' order by s.seq desc limit 1) as said from problems_problems p where p.source = 'service' and p.raised_at >= '2023-06-01T00:00:00+08:00'`);
    const said = (verdict: string) => rows.filter((one) => one.said === verdict).length;
    expect({ seed, came: counter['came'], ended: counter['ended'], satisfaction: counter['satisfaction'] }).toMatchObject({
      seed, came: rows.length, ended: rows.filter((one) => ['solved', 'closed'].includes(one.state)).length,
      satisfaction: { hit: said('satisfied'), base: rows.filter((one) => one.said !== null).length, basically: said('basically'), dissatisfied: said('dissatisfied') },
    });
    expect(counter['open']).toBe(rows.filter((one) => !['solved', 'closed', 'withdrawn', 'declined', 'merged'].includes(one.state)).length);
    expect(list(counter, 'kinds').map((one) => [one['code'], one['came']]).sort()).toEqual([...new Set(rows.map((one) => one.kind))].map((kind) => [kind, rows.filter((one) => one.kind === kind).length]).sort());
    // An enterprise reads its own by the same.
    const own = await ask(world.app.system, 'problems.rates', { group: 'enterprise' });
    const line = list(own, 'groups').find((one) => one['value'] === world.orgs.enterprise) ?? {};
    const resolution = list(line, 'figures').find((one) => one['code'] === 'resolution') ?? {};
    expect(await ask(enterprise, 'service.my_figures', {})).toMatchObject({ all: line['all'], resolution: { hit: resolution['hit'], base: resolution['base'] } });
  });
});
