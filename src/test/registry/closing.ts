// Samples of the commands of closing, in the form of samples.ts: one valid call of every command on a fresh project.
import type { OutputOf } from '../../kernel/contract.ts';
import type { listDefinitions } from '../../features/problems/rates/contract.ts';
import { sql } from '../../platform/db.ts';
import { newToken } from '../../features/people/session.ts';
import { digestOf } from '../../features/problems/closing/store.ts';
import { problemAt } from './problems.ts';
import type { Ground, MakeSample, Sample } from './samples.ts';

export const CLOSING: Readonly<Record<string, MakeSample>> = {
  'problems.confirm': (ground) => onSubmitted(ground, { verdict: 'satisfied', remark: '已送电' }),
  'problems.answer_by_link': async (ground) => {
    const { id } = await submitted(ground);
    const { token } = newToken();
    await ground.world.app.database.run(sql`update problems_answers set token_hash = ${digestOf(token)} where problem_id = ${id} and side = 'enterprise'`);
    return { input: { token, verdict: 'satisfied' } };
  },
  'problems.make_answer_link': async (ground) => ({ input: { id: (await submitted(ground)).id } }),
  'problems.record_callback': (ground) => onSubmitted(ground, { day: '2023-06-30', number: '0391-6600000', verdict: 'satisfied' }),
  'problems.reopen': async (ground) => {
    const { id } = await submitted(ground);
    const { app } = ground.world;
    await app.run(app.system, 'problems.record_callback', { id, day: '2023-06-30', verdict: 'satisfied' });
    const again = await app.database.row<{ version: number }>(sql`
      update problems_problems set state = 'closed', solved_at = null, settled_tier = null, step = null, ended_at = raised_at, due_at = null where id = ${id} returning version`);
    return { input: { id, reason: '又停电了' }, version: again?.version ?? 1 };
  },
  'problems.draw_callbacks': async () => ({ input: { month: '2023-06' } }),
  'problems.keep_definition': async (ground) => {
    const { items } = (await ground.world.app.ask(ground.world.app.system, 'problems.definitions', {})) as OutputOf<typeof listDefinitions>;
    const raw = items.filter((one) => one.code === 'raw');
    const { zh, en, sayZh, sayEn, form, base, hit, beside, apart } = raw[0] ?? { zh: '', en: '', sayZh: '', sayEn: '', form: 'share', base: [], hit: [], beside: [], apart: [] };
    return { input: { code: 'raw', body: { zh, en, sayZh, sayEn, form, base, hit, beside, apart }, fromDay: '2023-07-01', reason: '试改' }, version: Math.max(...raw.map((one) => one.version)) };
  },
  'problems.set_closing': async (ground) => ({
    input: { reopenDays: 30, callbackDays: 10, publicFigures: true },
    version: (await ground.world.app.database.row<{ version: number }>(sql`select version from platform_settings where name = 'problems.closing'`))?.version ?? 0,
  }),
};

/** Submitted by the program, of the caller's enterprise, on a project whose commissioner is the caller. */
async function submitted(ground: Ground): Promise<{ readonly id: string; readonly version: number }> {
  const { app, orgs } = ground.world;
  await app.database.run(sql`update projects_projects set commissioner_id = ${ground.actor.isSystem ? ground.world.actors.commissioner.userId : ground.actor.userId} where id = ${ground.project}`);
  // Handled by the department, whoever calls: nobody rates his own work.
  const made = await problemAt({ ...ground, actor: { ...ground.actor, permissions: new Set() } }, ['forward', 'reply']);
  await app.database.run(sql`update problems_problems set enterprise_id = ${orgs.enterprise} where id = ${made.id}`);
  return { id: made.id, version: (await app.run(app.system, 'problems.submit', { id: made.id, text: '已办结' }, { ifVersion: made.version })).version ?? 1 };
}

async function onSubmitted(ground: Ground, input: Readonly<Record<string, unknown>>): Promise<Sample> {
  const { id, version } = await submitted(ground);
  return { input: { id, ...input }, version };
}
