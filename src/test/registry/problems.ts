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
    await ground.world.app.database.run(sql`update problems_problems set raised_at = '2023-06-01T02:00:00Z', round_at = '2023-06-01T02:00:00Z', held_at = '2023-06-01T02:00:00Z', turn_at = '2023-06-02' where id = ${id}`);
    return { input: {} };
  },
};

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
