// Samples of the Enterprise Service 110, in the form of samples.ts: one valid call of every command.
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import { hashOf } from '../../features/service/desk/intake.ts';
import { WORK_BITS, workOf, zeroBits } from '../../features/service/desk/work.ts';
import { problemAt } from './problems.ts';
import type { Ground, MakeSample } from './samples.ts';

export const DESK: Readonly<Record<string, MakeSample>> = {
  'service.file': async ({ world }) => ({ input: { id: newId(), enterpriseId: world.orgs.enterprise, contactName: '张经理', contactPhone: '0391-6600000', items: [{ kind: 'utilities', title: '厂区停电', fields: { capacity: '两千千伏安' } }] } }),
  'service.complain': async () => ({ input: complaint() }),
  'service.file_outside': async () => ({ input: { system: 'hotline_12345', outsideNumber: newId(), title: '道路积水', text: '厂门口积水' } }),
  'service.keep_room': async () => ({ input: { id: newId(), name: `室${newId().slice(-8)}`, place: '一楼' }, version: 0 }),
  'service.end_room': async (ground) => ({ input: { id: await room(ground) }, version: 1 }),
  'service.place_resident': async (ground) => ({ input: { id: newId(), roomId: await room(ground), userId: ground.world.actors.department.userId, ...freeDays() } }),
  'service.end_resident': async (ground) => {
    const [id, days] = [newId(), freeDays()];
    await system(ground, 'service.place_resident', { id, roomId: await room(ground), userId: ground.world.actors.department.userId, ...days });
    return { input: { id, untilDay: days.fromDay }, version: 1 };
  },
  'service.plan_duty': async ({ world }) => ({ input: { items: [{ id: newId(), day: freeDays().fromDay, shift: 'office', function: 'operator', userId: world.actors.desk.userId }] } }),
  'service.swap_duty': async (ground) => {
    const id = newId();
    await system(ground, 'service.plan_duty', { items: [{ id, day: freeDays().fromDay, shift: 'whole', function: 'operator', userId: ground.world.actors.desk.userId }] });
    return { input: { id, userId: ground.world.actors.department.userId, reason: '出差' }, version: 1 };
  },
  'service.offer_duty': async (ground) => ({ input: { id: await ownDuty(ground), userId: colleague(ground), reason: '出差' }, version: 1 }),
  'service.answer_duty': async (ground) => {
    const id = await ownDuty(ground);
    await ground.world.app.database.run(sql`update service_duties set offered_to = ${colleague(ground)}, offered_reason = '出差' where id = ${id}`);
    return { input: { id, accept: false }, version: 1 };
  },
  'service.call_joint': async (ground) => ({ input: { id: newId(), problemId: (await problemAt(ground, ['sign'])).id, ...TABLE(ground) } }),
  'service.close_joint': async (ground) => {
    const id = newId();
    await system(ground, 'service.call_joint', { id, problemId: (await problemAt(ground, ['sign'])).id, ...TABLE(ground) });
    return { input: { id, result: '三方商定月底前接通' }, version: 1 };
  },
  'service.keep_phrase': async () => ({ input: { id: newId(), title: '已受理', text: '您的诉求已受理。' }, version: 0 }),
};

const TABLE = ({ world }: Ground) => ({ leadOrgId: world.orgs.department, orgIds: [world.orgs.town], day: '2023-07-03', time: '15:00' });

/** A duty of whoever acts, also of one whom the desk would not plan. */
async function ownDuty({ world, actor }: Ground): Promise<string> {
  const id = newId();
  const userId = actor.isSystem ? world.actors.desk.userId : actor.userId;
  await world.app.database.run(sql`insert into service_duties (id, day, shift, function, user_id, created_at) values (${id}, ${freeDays().fromDay}, 'whole', 'operator', ${userId}, now())`);
  return id;
}

const colleague = ({ world, actor }: Ground): string => (actor.userId === world.actors.department.userId ? world.actors.town : world.actors.department).userId;

/** Days that no other sample has taken. */
let taken = 0;
function freeDays(): { fromDay: string; untilDay: string } {
  const day = new Date(Date.UTC(2024, 0, 1 + taken++)).toISOString().slice(0, 10);
  return { fromDay: day, untilDay: day };
}

const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** With the work that a browser would have done. */
export function complaint(): { code: string; nonce: number; text: string } {
  const code = Array.from(newId().replaceAll('-', '').slice(-20), (digit) => LETTERS[Number.parseInt(digit, 16)] ?? '2').join('');
  let nonce = 0;
  while (zeroBits(hashOf(workOf(code, nonce))) < WORK_BITS) nonce++;
  return { code, nonce, text: '某部门检查时态度生硬，拖延验收两个月。' };
}

async function room(ground: Ground): Promise<string> {
  const id = newId();
  await ground.world.app.run(ground.world.app.system, 'service.keep_room', { id, name: `室${newId().slice(-8)}` }, { ifVersion: 0 });
  return id;
}

async function system(ground: Ground, name: string, input: unknown): Promise<void> {
  await ground.world.app.run(ground.world.app.system, name, input);
}
