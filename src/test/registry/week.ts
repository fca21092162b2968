// Samples of the commissioner's week, of task forces and hand-overs, in the form of samples.ts.
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import standard from '../../features/dispatch/week/data/rules.json' with { type: 'json' };
import type { Ground, MakeSample, Sample } from './samples.ts';

export const WEEK: Readonly<Record<string, MakeSample>> = {
  'dispatch.report_week': async ({ project }) => ({ input: { id: newId(), projectId: project, done: '完成主体验收', next: '装修进场', problem: '缺一条施工便道', checkIn: { id: newId(), place: '项目现场' } } }),
  'dispatch.plan_visit': async ({ project }) => ({ input: { id: newId(), kind: 'visit', projectId: project, day: '2023-07-03' } }),
  'dispatch.record_visit': async ({ project, world }) => ({ input: { id: newId(), kind: 'roundtable', projectId: project, orgId: world.orgs.enterprise, said: '企业反映用工紧张', problems: ['缺熟练焊工'] } }),
  'dispatch.correct_visit': async (ground) => versioned(ground, 'dispatch_visits', await visit(ground, 'dispatch.record_visit', {}), { place: '会议室', participants: null, policies: null, said: '改正后的记录', reason: '记错地点' }),
  'dispatch.cancel_visit': async (ground) => versioned(ground, 'dispatch_visits', await visit(ground, 'dispatch.plan_visit', { day: '2023-07-03' }), { reason: '企业停产检修' }),
  'dispatch.add_note': async ({ project }) => ({ input: { id: newId(), projectId: project, text: '协调供电公司' } }),
  'dispatch.correct_note': async (ground) => {
    const id = newId();
    await as(ground, 'dispatch.add_note', { id, text: '协调供电公司' });
    return versioned(ground, 'dispatch_notes', id, { text: '协调供电公司和水务公司' });
  },
  'dispatch.form_taskforce': async ({ project }) => ({ input: { id: newId(), ...FORCE, projectIds: [project], members: [{ id: newId(), name: '李四', duty: '用地' }] } }),
  'dispatch.edit_taskforce': async (ground) => versioned(ground, 'dispatch_taskforces', await force(ground), { ...FORCE, name: '改名的专班', projectIds: [ground.project] }),
  'dispatch.add_force_member': async (ground) => versioned(ground, 'dispatch_taskforces', await force(ground), { member: { id: newId(), name: '王五', duty: '环评' } }),
  'dispatch.end_force_member': async (ground) => {
    const memberId = newId();
    const id = await force(ground, memberId);
    return versioned(ground, 'dispatch_taskforces', id, { memberId });
  },
  'dispatch.disband_taskforce': async (ground) => versioned(ground, 'dispatch_taskforces', await force(ground), { reason: '项目投产' }),
  'dispatch.propose_handover': async ({ project, world }) => ({ input: { id: newId(), projectId: project, userId: world.actors.leader.userId, day: '2023-06-30', remarks: '工作调动' } }),
  'dispatch.confirm_handover': async (ground) => ({ input: { id: await handover(ground, '2023-06-30', ground.actor.userId), assent: true }, actor: ground.actor }),
  'dispatch.decide_handover': async (ground) => ({ input: { id: await handover(ground, '2023-06-30'), outcome: 'carry_out', reason: '专员已调离' } }),
  'dispatch.complete_handover': async (ground) => {
    const id = await handover(ground, '2023-06-30');
    // Both confirmed before its day came.
    await ground.world.app.database.run(sql`update dispatch_handovers set state = 'agreed', handed_at = now(), accepted_at = now() where id = ${id}`);
    return { input: { id } };
  },
  'dispatch.change_week_rules': async ({ world }) => ({ input: { rules: { ...standard, visitEveryDays: 14 }, reason: '雨季' }, version: (await world.app.database.row<{ version: number }>(sql`select version from platform_settings where name = 'dispatch.week_rules'`))?.version ?? 0 }),
};

const FORCE = { name: '重点项目专班', leaderName: '分管领导', headName: '责任单位主任' };

/** A visit and a note are a person's: by who runs the sample if he may, else by the office. */
async function as(ground: Ground, name: string, input: unknown): Promise<void> {
  const { app, actors } = ground.world;
  await app.run(ground.actor.permissions.has('dispatch.report_week') ? ground.actor : actors.office, name, input);
}

async function system({ world }: Ground, name: string, input: unknown): Promise<void> {
  await world.app.run(world.app.system, name, input);
}

async function visit(ground: Ground, name: string, more: Readonly<Record<string, unknown>>): Promise<string> {
  const id = newId();
  await as(ground, name, { id, kind: 'visit', projectId: ground.project, ...more });
  return id;
}

async function force(ground: Ground, memberId = newId()): Promise<string> {
  const id = newId();
  await system(ground, 'dispatch.form_taskforce', { id, ...FORCE, projectIds: [ground.project], members: [{ id: memberId, name: '李四', duty: '用地' }] });
  return id;
}

async function handover(ground: Ground, day: string, to = ground.world.actors.leader.userId): Promise<string> {
  const id = newId();
  const { actors } = ground.world;
  await system(ground, 'dispatch.propose_handover', { id, projectId: ground.project, userId: to === actors.commissioner.userId ? actors.office.userId : to, day });
  return id;
}

async function versioned({ world }: Ground, table: string, id: string, input: Readonly<Record<string, unknown>>): Promise<Sample> {
  const row = await world.app.database.row<{ version: number }>(sql`select version from ${sql.id(table)} where id = ${id}`);
  return { input: { id, ...input }, version: row?.version ?? 0 };
}
