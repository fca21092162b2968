// One valid call of every command, on a fresh project: what the registry tests run. A command without a sample fails the suite, so
// a new command is covered the day it is born.
import { Readable } from 'node:stream';
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import type { Actor } from '../../platform/actor.ts';
import type { ArrivedFile } from '../../platform/types.ts';
import { hashPassword } from '../../features/people/hashing.ts';
import { CALENDAR } from './calendar.ts';
import { CASES } from './cases.ts';
import { CATALOGUE } from './catalogue.ts';
import { CLOSING } from './closing.ts';
import { FASTER } from './faster.ts';
import { NOTICES } from './notices.ts';
import { MEETINGS } from './meetings.ts';
import { PROBLEMS } from './problems.ts';
import { WEEK } from './week.ts';
import { DESK } from './desk.ts';
import { KNOWLEDGE } from './knowledge.ts';
import type { World } from '../world/world.ts';

export interface Sample {
  readonly input: Readonly<Record<string, unknown>>;
  /** The version that the caller saw; present for versioned commands. */
  readonly version?: number;
  /** The actor with the session that the command is about, where that is its subject. */
  readonly actor?: Actor;
  /** The file that has just been stored, for the one command that records it. */
  readonly arrived?: ArrivedFile;
}

export interface Ground {
  readonly world: World;
  /** The project that the command acts on, its version when the sample was made. */
  readonly project: string;
  readonly actor: Actor;
}

export type MakeSample = (ground: Ground) => Promise<Sample>;

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

async function seen({ world, project }: Ground): Promise<number> {
  return (await world.app.database.row<{ version: number }>(sql`select version from projects_projects where id = ${project}`))?.version ?? 0;
}

async function onProject(ground: Ground, input: Readonly<Record<string, unknown>>): Promise<Sample> {
  return { input: { id: ground.project, ...input }, version: await seen(ground) };
}

async function system(ground: Ground, name: string, input: unknown): Promise<unknown> {
  return (await ground.world.app.run(ground.world.app.system, name, input)).output;
}

async function milestone(ground: Ground): Promise<string> {
  const milestoneId = newId();
  await system(ground, 'projects.add_milestone', { id: ground.project, milestoneId, name: '主体封顶', plannedDay: '2023-10-31' });
  return milestoneId;
}

async function evidence(ground: Ground): Promise<string> {
  const evidenceId = newId();
  await system(ground, 'projects.add_evidence', { id: ground.project, evidenceId, kind: 'filing', number: '备〔2023〕1号', day: '2023-03-01' });
  return evidenceId;
}

async function report(ground: Ground): Promise<string> {
  const output = await system(ground, 'projects.report', { id: ground.project, month: '2023-06', dispatchFen: 100 });
  return typeof output === 'object' && output !== null && 'id' in output ? String(output.id) : '';
}

async function stageAt(ground: Ground, stage: string, day: string): Promise<void> {
  await ground.world.app.database.run(sql`update projects_projects set stage = ${stage}, stage_day = ${day}, promised_output_fen = 100000 where id = ${ground.project}`);
}

async function organisation(ground: Ground): Promise<string> {
  const id = newId();
  await system(ground, 'people.create_organisation', { id, parentId: ground.world.orgs.root, kind: 'department', name: `局${id.slice(-8)}` });
  return id;
}

async function user(ground: Ground, roles: readonly string[] = []): Promise<string> {
  const id = newId();
  await system(ground, 'people.create_user', { id, orgId: ground.world.orgs.root, login: loginOf(id), name: '某人', roleIds: roles, password: PASSWORD });
  return id;
}

const PASSWORD = 'correct horse battery';
const loginOf = (userId: string): string => `u${userId.slice(-10)}`;

/** The actor as he comes with a session of his own, as if he had just signed in. */
async function signedIn({ world, actor }: Ground): Promise<Actor & { readonly sessionId: string }> {
  const sessionId = newId();
  const at = world.app.now().instant;
  await world.app.database.run(sql`insert into people_sessions (id, user_id, token_hash, created_at, last_seen_at, expires_at)
    values (${sessionId}, ${actor.userId}, ${Buffer.from(sessionId)}, ${at}, ${at}, ${new Date(at.getTime() + 60_000)})`);
  return { ...actor, sessionId };
}

async function demoUser(ground: Ground): Promise<string> {
  const id = newId();
  await ground.world.app.database.run(sql`update platform_settings set value = '{"demo": true}' where name = 'zone'`);
  await system(ground, 'people.create_user', { id, orgId: ground.world.orgs.root, login: loginOf(id), name: '演示', roleIds: [], demo: true });
  return id;
}

async function role(ground: Ground): Promise<string> {
  const id = newId();
  await system(ground, 'people.create_role', { id, code: `r${id.slice(-10).replaceAll('-', '')}`, nameZh: '试验', nameEn: 'Trial', permissions: ['projects.read'], scope: 'organisation' });
  return id;
}

async function view(ground: Ground): Promise<string> {
  const id = newId();
  await ground.world.app.run(ground.actor, 'projects.save_view', { id, page: 'projects', name: `视图${id.slice(-6)}`, query: '' });
  return id;
}

const TABLE = '项目名称\t总投资（万元）\n新甲项目\t100\n新乙项目\t200';
const MAPPING = { tables: [{ id: 's1r1', use: true, columns: [{ index: 0, field: 'name' }, { index: 1, field: 'totalFen', unit: 'wan' }], year: 2023 }], month: null, createMissing: false };

async function anImport(ground: Ground, state: string): Promise<string> {
  const id = newId();
  const { app } = ground.world;
  await app.run(app.system, 'projects.start_import', { id, text: TABLE, fileName: '粘贴的表格' });
  await app.database.run(sql`update projects_imports set user_id = ${ground.actor.userId}, state = ${state},
    tables = ${JSON.stringify([{ id: 's1r1', sheet: '1', columns: [{ index: 0, heading: '项目名称', path: ['项目名称'] }, { index: 1, heading: '总投资', path: ['总投资'] }] }])}::jsonb, mapping = ${JSON.stringify(MAPPING)}::jsonb, counts = '{"rows":0}' where id = ${id}`);
  return id;
}

async function setting(ground: Ground, query: string, wanted: string): Promise<unknown> {
  const output = await ground.world.app.ask(ground.world.app.system, query, {});
  return typeof output === 'object' && output !== null ? Object.entries(output).find(([name]) => name === wanted)?.[1] : undefined;
}

async function settingVersion(ground: Ground, name: string): Promise<number> {
  return (await ground.world.app.database.row<{ version: number }>(sql`select version from platform_settings where name = ${name}`))?.version ?? 0;
}

const PROMISED = { promised: [{ days: 4, unit: 'working', basis: { source: 'practice', read: 'verify' } }] };

async function layerVersion(ground: Ground, layer: string): Promise<number> {
  return (await ground.world.app.database.row<{ version: number }>(sql`select version from approvals_layers where code = ${layer}`))?.version ?? 0;
}

/** A new overlay that nobody else changes, with one item. */
async function overlay(ground: Ground, fromDay = '2023-07-01'): Promise<string> {
  const code = `x${newId().slice(-10)}`;
  await system(ground, 'approvals.save_catalogue_version', { layer: code, fromDay, note: '试行', body: overlayBody(code) });
  return code;
}

function overlayBody(code: string): Readonly<Record<string, unknown>> {
  return { code, version: '1', name: { zh: '试行', en: 'Trial' }, from: '2023-07-01', until: null, sources: [], items: { P11: PROMISED } };
}

function listInput(): Readonly<Record<string, unknown>> {
  return { layer: `x${newId().slice(-10)}`, name: { zh: '清单', en: 'List' }, fromDay: '2023-07-01', fileName: '清单', text: '事项名称\t承诺时限\n企业投资项目备案\t1' };
}

/** A programme of one task, in a file that the actor has uploaded; its name makes it another file each time. */
async function scheduleFile({ world, actor }: Ground): Promise<string> {
  const xml = `<Project xmlns="http://schemas.microsoft.com/project"><Title>${newId()}</Title><StartDate>2023-07-03T08:00:00</StartDate><Tasks><Task><UID>1</UID><Name>基础</Name><Duration>PT16H0M0S</Duration></Task></Tasks></Project>`;
  const stored = await world.app.files.put(Readable.from([Buffer.from(xml)]), 100_000);
  await world.app.run(actor, 'platform.upload_file', { name: '进度.xml' }, { env: { arrived: { ...stored, mediaType: 'application/xml', width: null, height: null, takenAt: null, lon: null, lat: null } } });
  return stored.sha256;
}

async function aSchedule(ground: Ground): Promise<string> {
  const scheduleId = newId();
  await system(ground, 'approvals.import_schedule', { id: ground.project, scheduleId, sha256: await scheduleFile(ground), fileName: '进度.xml' });
  return scheduleId;
}

export const SAMPLES: Readonly<Record<string, MakeSample>> = {
  'people.create_organisation': async ({ world }) => ({ input: { id: newId(), parentId: world.orgs.root, kind: 'department', name: `局${newId().slice(-8)}` } }),
  'people.edit_organisation': async (ground) => ({ input: { id: await organisation(ground), shortName: '简称' }, version: 1 }),
  'people.close_organisation': async (ground) => ({ input: { id: await organisation(ground) }, version: 1 }),
  'people.reopen_organisation': async (ground) => {
    const id = await organisation(ground);
    await system(ground, 'people.close_organisation', { id });
    return { input: { id }, version: 2 };
  },
  'people.create_user': async ({ world }) => ({ input: { id: newId(), orgId: world.orgs.root, login: `n${newId().slice(-10)}`, name: '新人', roleIds: [] } }),
  'people.edit_user': async (ground) => ({ input: { id: await user(ground), name: '改名' }, version: 1 }),
  'people.reset_password': async (ground) => ({ input: { id: await user(ground) } }),
  'people.disable_user': async (ground) => ({ input: { id: await user(ground) }, version: 1 }),
  'people.enable_user': async (ground) => {
    const id = await user(ground);
    await system(ground, 'people.disable_user', { id });
    return { input: { id }, version: 2 };
  },
  'people.create_role': async () => ({ input: { id: newId(), code: `x${newId().slice(-10)}`, nameZh: '试', nameEn: 'Try', permissions: [], scope: 'organisation' } }),
  'people.edit_role': async (ground) => ({ input: { id: await role(ground), nameZh: '改名' }, version: 1 }),
  'people.create_token': async (ground) => ({ input: { id: newId(), name: '接口', userId: await user(ground), days: 30 } }),
  'people.end_token': async (ground) => {
    const id = newId();
    await system(ground, 'people.create_token', { id, name: '接口', userId: await user(ground), days: 30 });
    return { input: { id } };
  },
  'people.edit_department_map': async (ground) => ({ input: { items: [{ duty: 'development', organisationId: ground.world.orgs.department }] }, version: await settingVersion(ground, 'people.department_map') }),
  'people.set_locale': async () => ({ input: { locale: 'en' } }),
  'people.sign_in': async (ground) => ({ input: { login: loginOf(await user(ground)), password: PASSWORD } }),
  'people.demo_sign_in': async (ground) => ({ input: { userId: await demoUser(ground) } }),
  'people.sign_out': async (ground) => ({ input: {}, actor: await signedIn(ground) }),
  'people.end_session': async (ground) => {
    const actor = await signedIn(ground);
    return { input: { id: actor.sessionId }, actor };
  },
  'people.change_password': async (ground) => {
    await ground.world.app.database.run(sql`update people_users set password_hash = ${await hashPassword(PASSWORD)} where id = ${ground.actor.userId}`);
    return { input: { current: PASSWORD, next: `tree lamp ${newId()}` }, actor: await signedIn(ground) };
  },

  'platform.upload_file': async ({ world }) => {
    const stored = await world.app.files.put(Readable.from([PNG]), PNG.length);
    return { input: { name: '现场.png' }, arrived: { ...stored, width: 1, height: 1, takenAt: null, lon: null, lat: null } };
  },

  'projects.create': async ({ world }) => ({ input: { id: newId(), name: '新项目', townId: world.orgs.town } }),
  'projects.edit': (ground) => onProject(ground, { remarks: '改过' }),
  'projects.edit_year': (ground) => onProject(ground, { year: 2023, planFen: 12_300 }),
  'projects.set_codes': (ground) => onProject(ground, { externalCodes: [{ system: '四库', code: 'SK-1' }] }),
  'projects.assign_commissioner': async (ground) => onProject(ground, { assignmentId: newId(), userId: await user(ground) }),
  'projects.assign_member': async (ground) => onProject(ground, { assignmentId: newId(), userId: await user(ground), duty: 'member' }),
  'projects.end_assignment': async (ground) => {
    const assignmentId = newId();
    await system(ground, 'projects.assign_member', { id: ground.project, assignmentId, userId: await user(ground), duty: 'member' });
    return onProject(ground, { assignmentId });
  },
  'projects.add_package': (ground) => onProject(ground, { packageId: newId(), name: '一标段' }),
  'projects.set_parent': async (ground) => onProject(ground, { parentId: await ground.world.project({ townId: ground.world.orgs.town, builderId: ground.world.orgs.enterprise, chain: 'nano' }) }),
  'projects.follow': async ({ project }) => ({ input: { id: project } }),
  'projects.unfollow': async ({ project }) => ({ input: { id: project } }),
  'projects.save_view': async () => ({ input: { id: newId(), page: 'projects', name: `我的${newId().slice(-6)}`, query: 'stage=building' } }),
  'projects.delete_view': async (ground) => ({ input: { id: await view(ground) } }),

  'projects.move': (ground) => onProject(ground, { to: 'reserved', day: '2023-06-20', waive: [] }),
  'projects.move_back': async (ground) => {
    await stageAt(ground, 'reserved', '2023-05-01');
    return onProject(ground, { to: 'planned', reason: '选址未定' });
  },
  'projects.pause': async (ground) => {
    await stageAt(ground, 'building', '2023-01-01');
    return onProject(ground, { day: '2023-06-20', reason: '资金未到位' });
  },
  'projects.remove': (ground) => onProject(ground, { day: '2023-06-20', reason: '客观原因调出' }),
  'projects.terminate': (ground) => onProject(ground, { day: '2023-06-20', reason: '投资人退出' }),
  'projects.resume': async (ground) => {
    await stageAt(ground, 'building', '2023-01-01');
    await system(ground, 'projects.pause', { id: ground.project, day: '2023-06-01', reason: '资金未到位' });
    return onProject(ground, { day: '2023-06-20', reason: '资金到位' });
  },
  'projects.add_evidence': (ground) => onProject(ground, { evidenceId: newId(), kind: 'filing', number: '备〔2023〕2号', day: '2023-03-01' }),
  'projects.verify_evidence': async (ground) => onProject(ground, { evidenceId: await evidence(ground) }),
  'projects.remove_evidence': async (ground) => onProject(ground, { evidenceId: await evidence(ground), reason: '传错了' }),
  'projects.enter_results': async (ground) => {
    await stageAt(ground, 'producing', '2022-01-01');
    return onProject(ground, { fromMonth: '2023-01', toMonth: '2023-03', outputFen: 90_000 });
  },
  'projects.decide_effect': async (ground) => {
    await stageAt(ground, 'producing', '2022-01-01');
    return onProject(ground, { effective: false, day: '2023-06-20', reason: '产能爬坡', newDay: '2024-06-30' });
  },
  'projects.preview_lifecycle_change': async (ground) => ({ input: { rules: await setting(ground, 'projects.lifecycle', 'rules') } }),
  'projects.change_lifecycle': async (ground) => ({ input: { rules: await setting(ground, 'projects.lifecycle', 'rules'), reason: '试改' }, version: await settingVersion(ground, 'projects.lifecycle') }),

  'projects.set_milestones': (ground) => onProject(ground, { milestones: [{ id: newId(), name: '开工', plannedDay: '2023-09-30' }] }),
  'projects.add_milestone': (ground) => onProject(ground, { milestoneId: newId(), name: '封顶', plannedDay: '2023-10-31' }),
  'projects.edit_milestone': async (ground) => onProject(ground, { milestoneId: await milestone(ground), name: '封顶（改）' }),
  'projects.forecast_milestone': async (ground) => onProject(ground, { milestoneId: await milestone(ground), forecastDay: '2023-11-30', reason: '雨季' }),
  'projects.complete_milestone': async (ground) => onProject(ground, { milestoneId: await milestone(ground), actualDay: '2023-06-20' }),
  'projects.reopen_milestone': async (ground) => {
    const milestoneId = await milestone(ground);
    await system(ground, 'projects.complete_milestone', { id: ground.project, milestoneId, actualDay: '2023-06-20' });
    return onProject(ground, { milestoneId, reason: '验收未过' });
  },
  'projects.remove_milestone': async (ground) => onProject(ground, { milestoneId: await milestone(ground), reason: '重复' }),
  'projects.freeze_baseline': async (ground) => {
    await milestone(ground);
    return onProject(ground, { baselineId: newId(), reason: '首次冻结' });
  },
  'projects.rebaseline': async (ground) => {
    const milestoneId = await milestone(ground);
    await system(ground, 'projects.freeze_baseline', { id: ground.project, baselineId: newId(), reason: '首次冻结' });
    return onProject(ground, { baselineId: newId(), reason: '规划调整', changes: [{ milestoneId, plannedDay: '2023-12-31' }] });
  },
  'projects.change_milestone_templates': async (ground) => ({ input: { templates: await setting(ground, 'projects.milestone_templates', 'templates'), reason: '试改' }, version: await settingVersion(ground, 'projects.milestone_templates') }),

  'projects.report': async ({ project }) => ({ input: { id: project, month: '2023-06', dispatchFen: 5000, progress: '基础完成' } }),
  'projects.correct_report': async (ground) => ({ input: { id: await report(ground), dispatchFen: 200, reason: '少报' }, version: 1 }),
  'projects.withdraw_report': async (ground) => ({ input: { id: await report(ground), reason: '报错项目' }, version: 1 }),
  'projects.opening': async ({ project }) => ({ input: { id: project, month: '2023-05', dispatchFen: 700 } }),
  'projects.correct_opening': async (ground) => {
    const output = await system(ground, 'projects.opening', { id: ground.project, month: '2023-05', dispatchFen: 700 });
    return { input: { id: typeof output === 'object' && output !== null && 'id' in output ? String(output.id) : '', dispatchFen: 800, reason: '核对' }, version: 1 };
  },
  'projects.remind': async (ground) => {
    await stageAt(ground, 'building', '2023-01-01');
    await system(ground, 'projects.assign_commissioner', { id: ground.project, assignmentId: newId(), userId: await user(ground) });
    return { input: { month: '2023-05', projectIds: [ground.project] } };
  },
  'projects.change_report_calendar': async (ground) => ({ input: { calendar: await setting(ground, 'projects.report_calendar', 'calendar'), reason: '试改' }, version: await settingVersion(ground, 'projects.report_calendar') }),

  // Either way the year of the world: what else is tried in it does not move.
  'projects.change_focus_year': async (ground) => ({
    input: { year: (await setting(ground, 'projects.focus_year', 'set')) === 2023 ? null : 2023, reason: '年终收尾' }, version: await settingVersion(ground, 'projects.focus_year'),
  }),

  'projects.preview_warning_rules': async (ground) => ({ input: { rules: await setting(ground, 'projects.warning_rules', 'rules') } }),
  'projects.change_warning_rules': async (ground) => ({ input: { rules: await setting(ground, 'projects.warning_rules', 'rules'), reason: '试改' }, version: await settingVersion(ground, 'projects.warning_rules') }),

  ...CATALOGUE,
  ...FASTER,
  ...NOTICES,
  ...PROBLEMS,
  ...CLOSING,
  ...WEEK,
  ...MEETINGS,
  ...KNOWLEDGE,
  ...DESK,
  ...CALENDAR,
  'approvals.preview_catalogue': async (ground) => ({ input: { layer: await overlay(ground), draft: { kind: 'switch', fromDay: '2023-07-01', laid: true } } }),
  'approvals.save_catalogue_version': async () => {
    const code = `x${newId().slice(-10)}`;
    return { input: { layer: code, fromDay: '2023-07-01', note: '试行', body: overlayBody(code) }, version: 0 };
  },
  'approvals.save_item': async (ground) => ({ input: { layer: await overlay(ground), code: 'P12', patch: PROMISED, fromDay: '2023-07-01', note: '承诺' }, version: 1 }),
  'approvals.drop_item': async (ground) => ({ input: { layer: await overlay(ground), code: 'P11', fromDay: '2023-08-01', note: '收回' }, version: 1 }),
  'approvals.set_layer': async (ground) => ({ input: { layer: await overlay(ground), laid: true, fromDay: '2023-07-01', note: '启用' }, version: 1 }),
  'approvals.withdraw_version': async (ground) => {
    const layer = await overlay(ground);
    return { input: { layer, number: 1, reason: '不再试行' }, version: await layerVersion(ground, layer) };
  },

  ...CASES,
  'approvals.read_overlay': async () => ({ input: listInput() }),
  'approvals.import_overlay': async () => ({ input: { ...listInput(), note: '清单', choices: [] }, version: 0 }),

  'approvals.import_schedule': async (ground) => ({ input: { id: ground.project, scheduleId: newId(), sha256: await scheduleFile(ground), fileName: '进度.xml' } }),
  'approvals.set_schedule_baseline': async (ground) => ({ input: { id: await aSchedule(ground), reason: '合同工期' } }),
  'approvals.withdraw_schedule': async (ground) => ({ input: { id: await aSchedule(ground), reason: '传错了' } }),

  'projects.start_import': async () => ({ input: { id: newId(), text: TABLE, fileName: '粘贴的表格' } }),
  'projects.preview_import': async (ground) => ({ input: { id: await anImport(ground, 'mapping'), mapping: MAPPING } }),
  'projects.commit_import': async (ground) => ({ input: { id: await anImport(ground, 'preview') } }),
  'projects.cancel_import': async (ground) => ({ input: { id: await anImport(ground, 'mapping') } }),
  'projects.apply_import_rows': async (ground) => ({ input: { importId: await anImport(ground, 'committing'), from: 0, to: 10 } }),
  'projects.save_import_profile': async (ground) => ({ input: { id: newId(), importId: await anImport(ground, 'mapping'), name: `方案${newId().slice(-6)}`, mapping: MAPPING } }),
  'projects.delete_import_profile': async (ground) => {
    const id = newId();
    await ground.world.app.run(ground.actor.permissions.has('projects.import') ? ground.actor : ground.world.app.system, 'projects.save_import_profile', { id, importId: await anImport({ ...ground, actor: ground.actor.permissions.has('projects.import') ? ground.actor : ground.world.app.system }, 'mapping'), name: `方案${id.slice(-6)}`, mapping: MAPPING });
    return { input: { id } };
  },

  'approvals.answer_facts': async (ground) => ({ input: { id: ground.project, answers: { track: 'enterprise', relics: null } }, version: await planVersion(ground) }),
  'approvals.choose_plan': async (ground) => ({ input: { id: ground.project, startDay: '2023-07-03', measures: ['simulation'] }, version: await planVersion(ground) }),
  'approvals.freeze_baseline': async (ground) => ({ input: { id: ground.project, note: '联席会议商定' }, version: await planVersion(ground) }),
  'approvals.push_plan': async (ground) => {
    await system(ground, 'approvals.freeze_baseline', { id: ground.project });
    const preview = await ground.world.app.ask(ground.world.app.system, 'approvals.push_preview', { id: ground.project, item: 'D01', days: 10 });
    const beginDay = typeof preview === 'object' && preview !== null && 'beginDay' in preview ? preview.beginDay : '';
    return { input: { id: ground.project, item: 'D01', days: 10, beginDay, reason: '专家评审延期' }, version: await planVersion(ground) };
  },
};

async function planVersion({ world, project }: Ground): Promise<number> {
  return (await world.app.database.row<{ version: number }>(sql`select version from approvals_plans where project_id = ${project}`))?.version ?? 0;
}

/** Commands that act on one project: outside the actor's scope they must find nothing. */
export const ABOUT_PROJECT: readonly string[] = Object.keys(SAMPLES).filter((name) => /^(projects|approvals)\./.test(name) && !/import|_view$|lifecycle|templates|calendar|focus|rules|projects\.create$|remind|catalogue|frame$|basis$|item$|layer|overlay|version|lapses|_notice$|_days$/.test(name));
