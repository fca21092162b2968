// The nodes (节点) of each project: what was planned and frozen, what slipped, what is done, what is now expected. They stand at
// the same shares of the works as the image progress, so that plan and words agree. Nothing actual lies after TODAY.
import { addDays, daysBetween } from '../kernel/days.ts';
import { dayAt, earlier, later, TODAY } from './calendar.ts';
import { dice, type Dice } from './dice.ts';
import type { DemoProject } from './model.ts';
import type { Form } from './words.ts';

export interface Node {
  readonly name: string;
  readonly kind: string;
  readonly plannedDay: string;
  /** Where the plan was changed with a reason and frozen anew. */
  readonly replannedDay?: string;
  readonly forecastDay?: string;
  readonly actualDay?: string;
}

/** [name, kind, place]: days before the start when negative, a share of the works between 0 and 1, then completion and production. */
type Template = readonly (readonly [string, string, number])[];

const PLANT: Template = [['备案', 'filing', -150], ['土地摘牌', 'land', -90], ['施工许可', 'permit', -18], ['开工', 'start', 0], ['基础完成', 'foundation', 0.25], ['厂房主体完工', 'structure', 0.55], ['设备安装完成', 'equipment', 0.8], ['竣工验收', 'completion', 1], ['投产', 'production', 2]];
const TEMPLATES: Readonly<Record<Form, Template>> = {
  plant: PLANT,
  renewal: [['备案', 'filing', -120], ['设备招标', 'tender', -40], ['开工（停线改造）', 'start', 0], ['设备到货', 'equipment', 0.25], ['安装完成', 'structure', 0.55], ['系统联调', 'trial', 0.8], ['竣工验收', 'completion', 1], ['投产', 'production', 2]],
  building: [['可研批复', 'approval', -210], ['初设及概算批复', 'design', -120], ['施工许可', 'permit', -18], ['开工', 'start', 0], ['基础完成', 'foundation', 0.25], ['主体封顶', 'structure', 0.55], ['机电安装及装饰', 'equipment', 0.8], ['竣工验收', 'completion', 1], ['交付使用', 'production', 2]],
  road: [['可研批复', 'approval', -220], ['招标完成', 'tender', -60], ['开工', 'start', 0], ['路基过半', 'foundation', 0.25], ['路基桥涵完成', 'structure', 0.55], ['路面完成', 'equipment', 0.8], ['交工验收', 'completion', 1], ['通车', 'production', 2]],
  network: [['可研批复', 'approval', -200], ['招标完成', 'tender', -60], ['开工', 'start', 0], ['敷设过半', 'foundation', 0.25], ['主线贯通', 'structure', 0.55], ['设备安装试压', 'equipment', 0.8], ['竣工验收', 'completion', 1], ['投用', 'production', 2]],
  field: [['实施方案批复', 'approval', -180], ['招标完成', 'tender', -50], ['开工', 'start', 0], ['任务完成四分之一', 'foundation', 0.25], ['任务完成过半', 'structure', 0.55], ['任务完成八成', 'equipment', 0.8], ['竣工验收', 'completion', 1], ['移交管护', 'production', 2]],
};

/** Three plans were changed with authority: what they had promised can still be seen in the first baseline. */
export const REBASED: Readonly<Record<string, { readonly on: string; readonly reason: string }>> = {
  高密度互连线路板: { on: '2023-04-18', reason: '投资方调整产品方案，经示范区重点项目周调度会同意顺延竣工节点' },
  大型特种锻件: { on: '2023-03-22', reason: '进口主机交货期推迟，经分包领导同意调整设备安装节点' },
  市民文化中心: { on: '2023-05-16', reason: '初步设计变更并重新批复，节点相应调整' },
};

export function nodesOf(project: DemoProject): readonly Node[] {
  const roll = dice('nodes', project.key);
  const enterprise = !project.government && project.form === 'building';
  const template = TEMPLATES[project.form].filter(([, kind]) => kind !== 'land' || project.landMu !== undefined);
  return template.map(([name, kind, place]) => node(project, enterprise && kind === 'approval' ? '备案' : name, kind, place, roll));
}

function node(project: DemoProject, name: string, kind: string, place: number, roll: Dice): Node {
  const { times } = project;
  const planned = plannedDay(project, kind, place);
  const expected = expectedDay(project, planned, place, roll);
  const happened = actualDay(project, place, expected);
  const rebased = REBASED[project.key];
  const base = {
    name, kind, plannedDay: planned,
    ...(rebased !== undefined && planned > rebased.on && times.slipDays > 0 ? { replannedDay: addDays(planned, Math.round(times.slipDays * 0.6)) } : {}),
  };
  if (happened !== undefined) return { ...base, actualDay: happened };
  const forecast = later(expected, addDays(TODAY, 7));
  return forecast > planned && daysBetween(planned, forecast) > 3 ? { ...base, forecastDay: forecast } : base;
}

function plannedDay({ times, key }: DemoProject, kind: string, place: number): string {
  if (key === '济源纳米材料产业园三期' && kind === 'structure') return '2023-10-31';
  if (key === '产教融合园区基础设施（一期）' && kind === 'production') return '2023-12-31';
  if (key === '产教融合园区基础设施（一期）' && kind === 'completion') return '2023-12-15';
  if (place < 0) return addDays(times.plannedStart, place);
  if (place <= 1) return dayAt(times.plannedStart, times.plannedCompletion, place);
  return times.plannedProduction;
}

/** When it happens, as far as one can tell today: the works' own calendar, with a few days more or less. */
function expectedDay(project: DemoProject, planned: string, place: number, roll: Dice): string {
  const { times } = project;
  const start = times.actualStart;
  const jitter = roll.whole(-6, 5);
  if (start === undefined) return place < 0 && papersReady(project, place) ? addDays(planned, Math.abs(jitter)) : addDays(planned, times.slipDays);
  if (place < 0) return earlier(addDays(planned, jitter + roll.whole(-4, 20)), addDays(start, -2));
  if (place === 0) return start;
  const end = times.actualCompletion ?? addDays(times.plannedCompletion, times.slipDays);
  if (place === 1) return end;
  if (place === 2) return times.actualProduction ?? addDays(times.plannedProduction, Math.max(0, times.slipDays));
  return project.key === '济源纳米材料产业园三期' ? planned : addDays(dayAt(start, end, place), jitter);
}

/** What a project that has not started has already behind it: the cause of its delay tells. */
function papersReady({ fate, cause, code }: DemoProject, place: number): boolean {
  if (fate === 'N') return false;
  if (place <= -110) return code !== undefined;
  if (place <= -40) return cause !== 'land' && cause !== 'relocate' && cause !== 'paper' && fate !== 'U';
  return false;
}

function actualDay(project: DemoProject, place: number, expected: string): string | undefined {
  const { times, fate } = project;
  if (expected > TODAY) return undefined;
  if (times.pausedOn !== undefined && expected > times.pausedOn) return undefined;
  if (times.actualStart === undefined) return place < 0 && papersReady(project, place) ? expected : undefined;
  if (place === 1) return times.actualCompletion;
  if (place === 2) return times.actualProduction;
  if (times.actualCompletion !== undefined) return earlier(expected, times.actualCompletion);
  return fate === 'F' && place > 0.3 ? undefined : expected;
}
