// Samples of the commands of the pool of problems, in the form of samples.ts: one valid call of every command on a fresh project.
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import type { Ground, MakeSample, Sample } from './samples.ts';

export const PROBLEMS: Readonly<Record<string, MakeSample>> = {
  'problems.raise': async (ground) => ({ input: { title: '厂区外供电线路未接通', kind: 'utilities', projectIds: [ground.project] } }),
  'problems.sign': (ground) => onProblem(ground, [], {}),
  'problems.claim': (ground) => onProblem(ground, ['forward'], {}),
  'problems.forward': (ground) => onProblem(ground, ['sign'], { toOrgId: ground.world.orgs.department }),
  'problems.hand_back': (ground) => onProblem(ground, ['forward'], { reason: '不属本部门职责' }),
  'problems.rule': (ground) => onProblem(ground, ['forward', 'hand_back', 'forward', 'hand_back'], { toOrgId: ground.world.orgs.department, reason: '按部门职责由发改部门承办' }),
  'problems.reply': (ground) => onProblem(ground, ['forward'], { text: '已联系供电公司现场勘查' }),
  'problems.pause': (ground) => onProblem(ground, ['forward'], { kind: 'enterprise', reason: '待企业补充负荷资料' }),
  'problems.resume': (ground) => onProblem(ground, ['forward', 'pause'], {}),
  'problems.submit': (ground) => onProblem(ground, ['forward', 'reply'], { text: '线路已接通，于当日送电' }),
  'problems.withdraw': (ground) => onProblem(ground, [], { reason: '已自行解决' }),
  'problems.decline': (ground) => onProblem(ground, [], { reason: '属司法程序事项' }),
  'problems.escalate': (ground) => onProblem(ground, ['forward'], { reason: '需市级协调' }),
  'problems.reclassify': (ground) => onProblem(ground, ['sign'], { severity: 'complex', reason: '涉及多个部门' }),
  // Two days past its limits by the moment that the world stands on.
  'problems.turn_clocks': async (ground) => {
    const { id } = await problemAt(ground, []);
    await ground.world.app.database.run(sql`update problems_problems set raised_at = '2023-06-01T02:00:00Z', round_at = '2023-06-01T02:00:00Z', held_at = '2023-06-01T02:00:00Z' where id = ${id}`);
    await ground.world.app.database.run(sql`update problems_turns set turn_at = '2023-06-02' where problem_id = ${id}`);
    return { input: {} };
  },
  'problems.edit': (ground) => onProblem(ground, ['sign'], { title: '厂区外供电线路未接通（二期）' }),
  'problems.add_project': async (ground) => onProblem(ground, ['sign'], { projectId: await ground.world.project({ townId: ground.world.orgs.town, responsibleOrgId: ground.world.orgs.department, builderId: ground.world.orgs.enterprise }) }),
  'problems.remove_project': async (ground) => {
    const { id, version } = await problemAt(ground, ['sign']);
    const projectId = await ground.world.project({ townId: ground.world.orgs.town });
    await ground.world.app.run(ground.world.app.system, 'problems.add_project', { id, projectId });
    return { input: { id, projectId }, version: version + 1 };
  },
  'problems.merge': async (ground) => onProblem(ground, ['sign'], { into: (await problemAt(ground, ['sign'])).id, reason: '同一事项' }),
  'problems.update': async (ground) => onProblem(ground, ['forward'], { updateId: newId(), text: '已完成勘察' }),
  'problems.judge_update': async (ground) => {
    const { id } = await problemAt(ground, ['forward']);
    const updateId = newId();
    await ground.world.app.run(ground.world.app.system, 'problems.update', { id, updateId, text: '已完成勘察' });
    return { input: { id, updateId, verdict: 'approved' } };
  },
  'problems.preview_policy': async (ground) => ({ input: { code: 'zaozhuang', body: await policyBody(ground) } }),
  'problems.save_policy': async (ground) => ({ input: { code: `x${newId().slice(-10)}`, body: await policyBody(ground), reason: '试行' }, version: 0 }),
  'problems.choose_policy': async (ground) => ({ input: { code: 'jiaozuo_13710', kinds: [], reason: '沿用' }, version: await kept(ground, 'problems.policy') }),
  'problems.recalculate': async () => ({ input: { code: 'zaozhuang', reason: '按新版重算' } }),
  // A problem that is due beyond a day that is no working day any more.
  'problems.count_calendar': async (ground) => {
    await problemAt(ground, ['forward']);
    await ground.world.app.run(ground.world.app.system, 'approvals.enter_local_days', { id: newId(), name: '特大暴雪', ...nextWorkday(), work: false, counts: 'all', document: `济示办〔2023〕${newId().slice(-4)}号`, basis: '突发事件应对法第四十九条' });
    return { input: {} };
  },
  'problems.change_kinds': async (ground) => ({ input: { kinds: await asked(ground, 'problems.kinds_kept', 'kinds'), reason: '核对' }, version: await kept(ground, 'problems.kinds') }),
  'problems.change_settings': async (ground) => ({ input: { ...RULES, reason: '试行' }, version: await kept(ground, 'problems.settings') }),
  // A project with a red light, in a zone that raises by rule.
  'problems.raise_by_rule': async (ground) => {
    const { database } = ground.world.app;
    await database.run(sql`insert into platform_settings (name, value, updated_at, updated_by) values ('problems.settings', ${JSON.stringify({ ...RULES, rules: { ...RULES.rules, red_light: { ...RULES.rules.red_light, on: true } } })}::jsonb, now(), ${newId()})
      on conflict (name) do update set value = excluded.value`);
    await database.run(sql`insert into projects_lights (id, project_id, rule, subject, object, level, since, level_since, numbers) values (${newId()}, ${ground.project}, ${`r${newId()}`}, '', 'investment', 3, '2023-06-01', '2023-06-01', '{}')`);
    return { input: {} };
  },
};

let taken = 0;
/** Weekdays of July 2023 one after the other: each lies within the limit of a problem that is raised on the last day of June, which grows with them. */
function nextWorkday(): { readonly from: string; readonly to: string } {
  const at = Date.parse('2023-07-03T00:00:00Z') + (Math.floor(taken / 5) * 7 + (taken % 5)) * 86_400_000;
  taken += 1;
  const day = new Date(at).toISOString().slice(0, 10);
  return { from: day, to: day };
}

const RULES = { rules: { red_light: { on: false, kind: 'other', severity: 'urgent' }, case_due: { on: false, kind: 'approval', severity: 'urgent', workdays: 1 } }, approveUpdates: false };

async function asked({ world }: Ground, query: string, field: string, input = {}): Promise<unknown> {
  const output = await world.app.ask(world.app.system, query, input);
  return typeof output === 'object' && output !== null ? Object.entries(output).find(([name]) => name === field)?.[1] : undefined;
}

const policyBody = (ground: Ground): Promise<unknown> => asked(ground, 'problems.policy', 'body', { code: 'zaozhuang' });

async function kept({ world }: Ground, name: string): Promise<number> {
  return (await world.app.database.row<{ version: number }>(sql`select version from platform_settings where name = ${name}`))?.version ?? 0;
}

type Move = 'sign' | 'forward' | 'hand_back' | 'reply' | 'pause' | 'submit';

/** A problem of the project's, raised by whoever calls and moved so far by the program. */
export async function problemAt(ground: Ground, moves: readonly Move[]): Promise<{ readonly id: string; readonly version: number }> {
  const { world, actor } = ground;
  const id = await raised(ground);
  if (!actor.isSystem) await world.app.database.run(sql`update problems_problems set raised_by = ${actor.userId} where id = ${id}`);
  const inputs: Readonly<Record<Move, Readonly<Record<string, unknown>>>> = {
    sign: {}, forward: { toOrgId: actor.permissions.has('problems.handle') ? actor.orgId : world.orgs.department }, hand_back: { reason: '不属本部门职责' }, reply: { text: '已联系' }, pause: { kind: 'enterprise', reason: '待企业补充资料' }, submit: { text: '已办结' },
  };
  let version = 1;
  for (const move of moves) version = (await world.app.run(world.app.system, `problems.${move}`, { id, ...inputs[move] }, { ifVersion: version })).version ?? version;
  return { id, version };
}

async function raised({ world, project }: Ground): Promise<string> {
  const reply = await world.app.run(world.app.system, 'problems.raise', { title: `难题${newId().slice(-6)}`, kind: 'utilities', projectIds: [project] });
  return typeof reply.output === 'object' && reply.output !== null && 'id' in reply.output ? String(reply.output.id) : '';
}

async function onProblem(ground: Ground, moves: readonly Move[], input: Readonly<Record<string, unknown>>): Promise<Sample> {
  const { id, version } = await problemAt(ground, moves);
  return { input: { id, ...input }, version };
}
