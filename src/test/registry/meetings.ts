// Samples of the commands of meetings, slips and minutes, in the form of samples.ts: one valid call of every command on a fresh project.
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import { PRESET } from '../../features/dispatch/meetings/shape.ts';
import { addItem, decide, issue, open, plan, version } from '../world/meetings.ts';
import type { Ground, MakeSample } from './samples.ts';

export const MEETINGS: Readonly<Record<string, MakeSample>> = {
  'dispatch.change_policy': async ({ world }) => ({ input: { policy: { ...PRESET, agenda: { ...PRESET.agenda, cap: 15 } }, reason: '议题较多' }, version: (await world.app.database.row<{ version: number }>(sql`select version from platform_settings where name = 'dispatch.meetings'`))?.version ?? 0 }),
  'dispatch.plan_meeting': async ({ world }) => ({ input: { id: newId(), kind: 'dispatch', day: '2023-06-30', orgIds: [world.orgs.department] } }),
  'dispatch.change_meeting': async (ground) => versioned(ground, await planned(ground), { place: '二楼会议室' }),
  'dispatch.cancel_meeting': async (ground) => versioned(ground, await planned(ground), { reason: '与上级会议冲突' }),
  'dispatch.plan_recurring': async () => ({ input: {} }),
  'dispatch.form_agenda': async (ground) => ({ input: { id: await planned(ground) } }),
  'dispatch.add_item': async (ground) => ({ input: { id: await planned(ground), itemId: newId(), title: '线路迁改', projectId: ground.project } }),
  'dispatch.edit_item': async (ground) => {
    const { id, itemId } = await withItem(ground);
    return { input: { id, itemId, title: '线路迁改和停电方案' } };
  },
  'dispatch.order_items': async (ground) => {
    const { id, itemId } = await withItem(ground);
    return { input: { id, itemIds: [itemId] } };
  },
  'dispatch.send_agenda': async (ground) => versioned(ground, (await withItem(ground)).id, {}),
  'dispatch.open_meeting': async (ground) => versioned(ground, (await withItem(ground)).id, {}),
  'dispatch.mark_attendance': async (ground) => ({ input: { id: await planned(ground), attendeeId: newId(), name: '王强', presence: 'present' } }),
  'dispatch.turn_to': async (ground) => ({ input: await inSession(ground) }),
  'dispatch.decide_item': async (ground) => ({ input: { ...(await inSession(ground)), seen: 0, kind: 'measure', measure: '完成迁改', ownerOrgId: ground.world.orgs.department, dueDay: '2023-07-10' } }),
  'dispatch.close_meeting': async (ground) => versioned(ground, (await inSession(ground)).id, {}),
  'dispatch.draft_minutes': async (ground) => versioned(ground, (await held(ground)).id, {}),
  'dispatch.write_minutes': async (ground) => versioned(ground, (await held(ground)).id, { blocks: [{ kind: 'paragraph', text: '会议议定事项纪要如下' }] }),
  'dispatch.issue_minutes': async (ground) => {
    const { id } = await held(ground);
    await ground.world.app.run(ground.world.app.system, 'dispatch.draft_minutes', { id }, { ifVersion: await version(ground.world.app, id) });
    return versioned(ground, id, {});
  },
  'dispatch.correct_minutes': async (ground) => {
    const { id } = await inSession(ground);
    await issue(ground.world.app, ground.world.actors.office, id);
    return versioned(ground, id, { reason: '时限有误' });
  },
  'dispatch.issue_slip': async (ground) => ({ input: { id: (await held(ground)).decisionId } }),
  'dispatch.sign_slip': async (ground) => {
    const { id, slipId } = await issued(ground);
    return { input: { id, slipId } };
  },
  'dispatch.report_checkpoint': async (ground) => ({ input: { id: (await issued(ground)).id, checkpointId: newId(), text: '停电方案已批' } }),
  'dispatch.ask_extension': async (ground) => ({ input: { id: (await issued(ground)).id, extensionId: newId(), wantedDay: '2023-07-20', reason: '连续降雨' } }),
  'dispatch.answer_extension': async (ground) => {
    const { id } = await issued(ground);
    const extensionId = newId();
    await ground.world.app.database.run(sql`insert into dispatch_extensions (id, decision_id, ordinal, old_due, wanted_day, reason, asked_day, asked_name) values (${extensionId}, ${id}, 1, '2023-07-10', '2023-07-20', '连续降雨', '2023-06-30', '王强')`);
    return { input: { id, extensionId, granted: true } };
  },
  'dispatch.supervise': async (ground) => ({ input: { id: await overdue(ground), times: 1 } }),
  'dispatch.issue_bulletin': async (ground) => ({ input: { id: await inVain(ground), times: 1 } }),
  'dispatch.record_interview': async (ground) => ({ input: { id: await inVain(ground), times: 1, record: '约谈分管负责人，限期整改' } }),
  'dispatch.answer_escalation': async (ground) => {
    const { id, itemId } = await inSession(ground);
    return { input: { id: await decide(ground.world.app, ground.world.app.system, id, itemId, { kind: 'escalate', escalateTo: 'leader', reason: '跨区域', ownerOrgId: undefined, measure: undefined, dueDay: undefined }), answer: '同意调剂' } };
  },
  'dispatch.follow_slips': async () => ({ input: {} }),
  'dispatch.make_feed': async () => ({ input: {} }),
  'dispatch.revoke_feed': async () => ({ input: {} }),
};

async function versioned(ground: Ground, id: string, input: Readonly<Record<string, unknown>>): Promise<{ input: Record<string, unknown>; version: number }> {
  return { input: { id, ...input }, version: await version(ground.world.app, id) };
}

function planned({ world }: Ground): Promise<string> {
  return plan(world.app, world.app.system, { kind: 'topic' });
}

async function withItem(ground: Ground): Promise<{ readonly id: string; readonly itemId: string }> {
  const id = await planned(ground);
  return { id, itemId: await addItem(ground.world.app, ground.world.app.system, id, { projectId: ground.project }) };
}

async function inSession(ground: Ground): Promise<{ readonly id: string; readonly itemId: string }> {
  const made = await withItem(ground);
  await open(ground.world.app, ground.world.app.system, made.id);
  return made;
}

async function held(ground: Ground): Promise<{ readonly id: string; readonly decisionId: string }> {
  const { id, itemId } = await inSession(ground);
  const decisionId = await decide(ground.world.app, ground.world.app.system, id, itemId, { ownerOrgId: ground.world.orgs.department });
  await ground.world.app.run(ground.world.app.system, 'dispatch.close_meeting', { id }, { ifVersion: await version(ground.world.app, id) });
  return { id, decisionId };
}

/** A decision whose slip is out; its owner is the unit of whoever acts. */
async function issued(ground: Ground): Promise<{ readonly id: string; readonly slipId: string }> {
  const { id, itemId } = await inSession(ground);
  const decisionId = await decide(ground.world.app, ground.world.app.system, id, itemId, { ownerOrgId: ground.actor.orgId === '' ? ground.world.orgs.department : ground.actor.orgId });
  // By its slip alone: papers are set for the two commands that are about them.
  await ground.world.app.run(ground.world.actors.office, 'dispatch.issue_slip', { id: decisionId });
  const row = await ground.world.app.database.row<{ id: string }>(sql`select id from dispatch_slips where decision_id = ${decisionId}`);
  return { id: decisionId, slipId: row?.id ?? '' };
}

async function overdue(ground: Ground): Promise<string> {
  const { id } = await issued(ground);
  await ground.world.app.database.run(sql`update dispatch_decisions set original_due = '2023-06-01', due_day = '2023-06-01' where id = ${id}`);
  return id;
}

/** Supervised long ago, and still open. */
async function inVain(ground: Ground): Promise<string> {
  const id = await overdue(ground);
  await ground.world.app.run(ground.world.app.system, 'dispatch.supervise', { id, times: 1 });
  await ground.world.app.database.run(sql`update dispatch_slips set issued_day = '2023-06-05' where decision_id = ${id} and kind = 'supervise'`);
  return id;
}
