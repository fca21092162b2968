// Samples of the handling of cases, in the form of samples.ts; of the one command under which everything is recorded that happens to a case a
// sample for each kind, because the applicant records some and the handling body others.
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import { storedPaper } from '../world/approvals.ts';
import type { Ground, MakeSample, Sample } from './samples.ts';

export const CASES: Readonly<Record<string, MakeSample>> = {
  'approvals.open_case': async (ground) => {
    await desks(ground);
    return { input: { id: newId(), projectId: ground.project, item: 'L06', materials: [{ name: '土地使用证明文件', sha: await storedPaper(ground.world.app.database, [ground.actor, ground.world.app.system]) }] } };
  },
  'approvals.record_case_event': (ground) => happening(ground, [], 'accepted'),
  'approvals.joint_accept': async (ground) => {
    await desks(ground);
    return { input: { projectId: ground.project, stage: 'S2', items: ['D01', 'D07'], document: '联合受理〔2023〕1号' } };
  },
  'approvals.accept_completion': async (ground) => {
    await desks(ground);
    return { input: { projectId: ground.project, document: '联验受〔2023〕1号' } };
  },
  'approvals.answer_review': async (ground) => ({ input: { id: await caseAt(ground, 'D01', ['accepted']), view: 'consent' } }),
  'approvals.report_status': async (ground) => {
    await desks(ground);
    return { input: { id: newId(), projectId: ground.project, item: 'L06', status: 'accepted', source: 'api', system: '工程审批系统', verifiedDay: '2023-06-30', receivedDay: '2023-06-26', acceptedDay: '2023-06-27' } };
  },
  'approvals.publish_lines': async (ground) => ({ input: { projectId: ground.project, shown: true } }),
  'approvals.withhold_line': async (ground) => ({ input: { id: await caseAt(ground, 'L06', []), withheld: 'business_secret', basis: '配方工艺' }, version: 1 }),
};

type Kind = keyof typeof CARRIES;

/** What each event carries, and the events after which it may be. */
const CARRIES = {
  correction_asked: { after: [], reason: '缺用地红线图', document: '补正〔2023〕1号' },
  correction_supplied: { after: ['correction_asked'] },
  accepted: { after: [], document: '受理〔2023〕1号' },
  not_accepted: { after: [], reason: '不属本机关职权', document: '不受〔2023〕1号' },
  special_begun: { after: ['accepted'], procedure: 'expert_review', days: 5, document: '告知〔2023〕1号' },
  special_ended: { after: ['accepted', 'special_begun'] },
  suspended: { after: ['accepted'], reason: '涉诉', document: '中止〔2023〕1号' },
  resumed: { after: ['accepted', 'suspended'] },
  rectification_begun: { after: ['accepted'], reason: '消防通道被占' },
  rectification_ended: { after: ['accepted'] },
  extended: { after: ['accepted'], days: 5, reason: '情况复杂', document: '延期〔2023〕1号' },
  decided: { after: ['accepted'], outcome: 'approved', document: '地字第〔2023〕1号' },
  delivered: { after: ['accepted', 'decided'] },
  withdrawn: { after: [] },
  returned: { after: ['accepted'], reason: '逾期未补', document: '退件〔2023〕1号' },
  recalled: { after: ['accepted', 'decided'], reason: '情况变化', document: '撤回〔2023〕1号' },
  revoked: { after: ['accepted', 'decided'], reason: '材料虚假', document: '撤销〔2023〕1号' },
} as const;

/** More samples of a command, each a line of docs/permissions.md. */
export const VARIANTS: Readonly<Record<string, Readonly<Record<string, MakeSample>>>> = {
  'approvals.record_case_event': Object.fromEntries(Object.entries(CARRIES).map(([kind, { after }]) => [kind, (ground: Ground) => happening(ground, after, kind)])),
};

async function happening(ground: Ground, before: readonly Kind[], kind: string): Promise<Sample> {
  const id = await caseAt(ground, 'L06', before);
  return { input: { id, ...saying(kind) }, version: before.length + 1 };
}

function saying(kind: string): Readonly<Record<string, unknown>> {
  const { after: _after, ...carried } = Object.entries(CARRIES).find(([name]) => name === kind)?.[1] ?? { after: [] };
  return { kind, ...carried };
}

async function caseAt(ground: Ground, item: string, before: readonly Kind[]): Promise<string> {
  await desks(ground);
  const id = newId();
  await system(ground, 'approvals.open_case', { id, projectId: ground.project, item });
  for (const kind of before) await system(ground, 'approvals.record_case_event', { id, ...saying(kind) });
  return id;
}

/** Bodies of their own handle the items of the samples, so that nobody of the world sees a case because it lies on his desk. */
async function desks(ground: Ground): Promise<void> {
  const map = await ground.world.app.database.row<{ value: Readonly<Record<string, string>> }>(sql`select value from platform_settings where name = 'people.department_map'`);
  const free = ['planning', 'water', 'housing'].filter((duty) => map?.value[duty] === undefined);
  const items = await Promise.all(free.map(async (duty) => ({ duty, organisationId: await organisation(ground) })));
  if (items.length > 0) await system(ground, 'people.edit_department_map', { items });
}

async function organisation(ground: Ground): Promise<string> {
  const id = newId();
  await system(ground, 'people.create_organisation', { id, parentId: ground.world.orgs.root, kind: 'department', name: `局${id.slice(-8)}` });
  return id;
}

async function system(ground: Ground, name: string, input: unknown): Promise<unknown> {
  return (await ground.world.app.run(ground.world.app.system, name, input)).output;
}
