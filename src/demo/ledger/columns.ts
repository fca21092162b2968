// The columns of the ledger, in the order and under the two and three levels of headings that a project office uses, with
// what each holds for a project. How a value is spelled is spelling.ts; where it stands on the sheet is sheet.ts.
import { daysBetween } from '../../kernel/days.ts';
import { dice } from '../dice.ts';
import type { DemoProject } from '../model.ts';
import { sum } from '../money.ts';
import { PAPERS, papersOf } from './papers.ts';
import { fullWidth, writeDay, writePlanned, writeWan, writeYears, writeYi, type Written } from './spelling.ts';

export type CellContent = Written | { readonly formula: string; readonly result: number | string } | undefined;

export interface Column {
  readonly key: string;
  readonly heads: readonly string[];
  readonly width: number;
  readonly align?: 'left' | 'right';
  readonly format?: string;
  /** Sums of this column in 万元 or mu, for the subtotal rows. */
  readonly total?: (project: DemoProject) => number;
  /** The subtotal is shown in 亿元. */
  readonly totalYi?: true;
  readonly hidden?: true;
  readonly cell: (project: DemoProject, place: Place) => CellContent;
}

export interface Place {
  readonly row: number;
  readonly letter: (key: string) => string;
}

const YI = '0.00##';
const WAN = '#,##0';

/** Rows on which somebody wrote the unit into the cell, or text instead of a number. */
const OWN_UNIT: readonly string[] = ['农产品产地冷藏库群', '智慧烟叶育苗中心', '铅基合金焊料', '镇卫生院标准化建设'];
const OWN_PLAN: readonly string[] = ['高密度互连线路板', '城市第二水厂', '人才公寓二期'];
const TEXT_PLAN: readonly string[] = ['储能电池系统集成', '屋顶分布式光伏'];
const ONLY_SAID: readonly string[] = ['低碳胶凝材料', '余热集中供热管网'];

export const COLUMNS: readonly Column[] = [
  { key: 'serial', heads: ['序号'], width: 5, cell: (p) => p.serial },
  { key: 'code', heads: ['项目代码'], width: 22, cell: (p) => p.code },
  { key: 'external', heads: ['省重点项目编号'], width: 12, cell: (p) => p.externalCode },
  { key: 'name', heads: ['项目名称'], width: 26, align: 'left', cell: (p) => writtenName(p) },
  { key: 'level', heads: ['级别'], width: 5, cell: (p) => (dice('lv', p.key).chance(0.15) ? `${p.level}重点` : p.level) },
  { key: 'batch', heads: ['名单批次'], width: 12, cell: (p) => p.batch },
  { key: 'category', heads: ['类别'], width: 9, cell: (p) => p.category },
  { key: 'nature', heads: ['项目性质'], width: 7, cell: (p) => p.nature },
  { key: 'chain', heads: ['产业链（行业）'], width: 10, cell: (p) => p.chain },
  { key: 'builder', heads: ['建设单位（项目法人）'], width: 20, align: 'left', cell: (p) => p.builder },
  { key: 'town', heads: ['建设地点', '镇（街道）'], width: 9, cell: (p) => p.town },
  { key: 'park', heads: ['建设地点', '开发区'], width: 13, cell: (p) => p.park },
  { key: 'content', heads: ['主要建设内容及规模'], width: 36, align: 'left', cell: (p) => p.content },
  { key: 'land', heads: ['占地面积（亩）'], width: 8, align: 'right', total: (p) => p.landMu ?? 0, cell: (p) => (p.landMu === undefined ? undefined : p.serial % 61 === 4 ? fullWidth(p.landMu) : p.serial % 29 === 5 ? `${p.landMu}亩` : p.landMu) },
  { key: 'total', heads: ['总投资（亿元）'], width: 9, align: 'right', format: YI, totalYi: true, total: (p) => p.totalWan, cell: (p) => writeYi(p.totalWan, OWN_UNIT.includes(p.key)) },
  { key: 'prior', heads: ['截至2022年底累计完成投资（亿元）'], width: 10, align: 'right', format: YI, totalYi: true, total: (p) => p.money.priorWan, cell: (p) => writeYi(p.money.priorWan, p.money.priorWan < 30 && p.money.priorWan > 0) },
  { key: 'plan', heads: ['2023年投资情况（万元）', '年度计划投资'], width: 10, align: 'right', format: WAN, total: (p) => p.money.planWan, cell: (p) => writeWan(p.money.planWan, planHow(p)) },
  { key: 'month', heads: ['2023年投资情况（万元）', '完成投资（调度口径）', '6月完成'], width: 9, align: 'right', format: WAN, total: (p) => p.money.dispatchWan[5] ?? 0, cell: (p) => p.money.dispatchWan[5] ?? '未报' },
  { key: 'done', heads: ['2023年投资情况（万元）', '完成投资（调度口径）', '1-6月累计'], width: 10, align: 'right', format: WAN, total: (p) => p.doneWan, cell: (p) => p.doneWan },
  { key: 'rate', heads: ['2023年投资情况（万元）', '完成投资（调度口径）', '完成率'], width: 8, align: 'right', format: '0.0%', cell: (p, at) => computed(p, `${at.letter('done')}${at.row}/${at.letter('plan')}${at.row}`, p.doneWan / p.money.planWan) },
  { key: 'behind', heads: ['2023年投资情况（万元）', '完成投资（调度口径）', '与时序差（百分点）'], width: 9, align: 'right', format: '0.0;-0.0', cell: (p, at) => computed(p, `ROUND((${at.letter('rate')}${at.row}-0.5)*100,1)`, Math.round((p.doneWan / p.money.planWan - 0.5) * 1000) / 10) },
  { key: 'stat', heads: ['2023年投资情况（万元）', '入统投资（统计口径）1-6月累计'], width: 10, align: 'right', format: WAN, total: (p) => statOf(p), cell: (p) => (p.money.statisticsDay === undefined ? undefined : statOf(p)) },
  { key: 'target', heads: ['形象进度', '年度目标'], width: 20, align: 'left', cell: (p) => p.target },
  { key: 'progress', heads: ['形象进度', '目前进展'], width: 24, align: 'left', cell: (p) => p.progress },
  { key: 'years', heads: ['建设起止年限'], width: 10, cell: (p) => writeYears(p.times.plannedStart, p.times.plannedCompletion, dice('years', p.key)) },
  { key: 'plannedStart', heads: ['时间节点', '开工时间', '计划'], width: 11, format: 'yyyy/m/d', cell: (p) => writePlanned(p.times.plannedStart, dice('ps', p.key)) },
  { key: 'actualStart', heads: ['时间节点', '开工时间', '实际'], width: 11, format: 'yyyy/m/d', cell: (p) => actualStart(p) },
  { key: 'plannedCompletion', heads: ['时间节点', '竣工时间', '计划'], width: 11, format: 'yyyy/m/d', cell: (p) => writePlanned(p.times.plannedCompletion, dice('pc', p.key)) },
  { key: 'actualCompletion', heads: ['时间节点', '竣工时间', '实际'], width: 11, format: 'yyyy/m/d', cell: (p) => (p.times.actualCompletion === undefined ? undefined : writeDay(p.times.actualCompletion, dice('ac', p.key))) },
  { key: 'plannedProduction', heads: ['时间节点', '投产（交付）时间', '计划'], width: 11, format: 'yyyy/m/d', cell: (p) => writePlanned(p.times.plannedProduction, dice('pp', p.key)) },
  { key: 'actualProduction', heads: ['时间节点', '投产（交付）时间', '实际'], width: 11, format: 'yyyy/m/d', cell: (p) => (p.times.actualProduction === undefined ? undefined : writeDay(p.times.actualProduction, dice('ap', p.key))) },
  ...PAPERS.map((name, at): Column => ({ key: `paper${at}`, heads: ['手续办理情况', name], width: 9, cell: (p) => papersOf(p)[at] })),
  { key: 'needs', heads: ['要素保障需求'], width: 14, align: 'left', cell: (p) => p.needs },
  { key: 'inStatistics', heads: ['是否入统'], width: 8, cell: (p) => entered(p) },
  { key: 'problem', heads: ['存在问题'], width: 24, align: 'left', cell: (p) => p.problem ?? (dice('none', p.key).chance(0.4) ? '无' : undefined) },
  { key: 'ask', heads: ['需协调事项及责任单位'], width: 22, align: 'left', cell: (p) => p.ask },
  { key: 'leader', heads: ['责任分工', '分包领导'], width: 11, cell: (p) => p.leader },
  { key: 'unit', heads: ['责任分工', '责任单位'], width: 16, cell: (p) => p.unit },
  { key: 'person', heads: ['责任分工', '责任人'], width: 10, cell: () => '分管负责人' },
  { key: 'commissioner', heads: ['责任分工', '项目专员', '姓名'], width: 8, cell: (p) => p.commissioner },
  { key: 'phone', heads: ['责任分工', '项目专员', '电话'], width: 13, cell: (p) => p.phone },
  { key: 'light', heads: ['红黄绿'], width: 6, cell: (p) => p.light },
  { key: 'remark', heads: ['备注'], width: 32, align: 'left', cell: (p) => (p.key === '五龙口景区提升' ? '據(jù)報(bào)道,,項(xiàng)目正抓緊施工,。力爭國慶前試運(yùn)營' : p.remark) },
  { key: 'helper', heads: ['辅助列（勿删）'], width: 12, hidden: true, cell: (p, at) => ({ formula: `${at.letter('category')}${at.row}&"-"&${at.letter('town')}${at.row}`, result: `${p.category}-${p.town}` }) },
];

/** Two long names were broken by hand, one has a blank behind it: as such sheets have. */
function writtenName(project: DemoProject): string {
  if (project.key === '人民医院新院区') return '人民医院新院区\n（演示）';
  return project.key === '生态奶牛场' ? `${project.name} ` : project.name;
}

function planHow(project: DemoProject): 'plain' | 'own' | 'text' {
  return OWN_PLAN.includes(project.key) ? 'own' : TEXT_PLAN.includes(project.key) ? 'text' : 'plain';
}

/** A formula with its result; where the plan is text the formula would fail, so the office typed the figure. */
function computed(project: DemoProject, formula: string, result: number): CellContent {
  return planHow(project) === 'plain' ? { formula, result } : Math.round(result * 10_000) / 10_000;
}

function actualStart(project: DemoProject): CellContent {
  const day = project.times.actualStart;
  const roll = dice('as', project.key);
  if (day === undefined) return roll.chance(0.6) ? '未开工' : undefined;
  return ONLY_SAID.includes(project.key) ? '已开工' : writePlanned(day, roll);
}

function entered(project: DemoProject): string {
  const day = project.money.statisticsDay;
  if (day === undefined) return project.times.actualStart !== undefined && daysBetween(project.times.actualStart, '2023-06-30') > 25 ? '否（材料准备中）' : '否';
  return dice('in', project.key).chance(0.3) ? `是（${day.slice(0, 4)}年${Number(day.slice(5, 7))}月）` : '是';
}

export function statOf(project: DemoProject): number {
  return sum(project.money.statWan.map((amount) => amount ?? 0));
}
