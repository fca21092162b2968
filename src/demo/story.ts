// What has happened to each project until the zone's day, as dated facts that load.ts enters by the ordinary commands:
// stages with their evidence, nodes, monthly reports in two series, pauses, hand-overs. Pure and always the same.
import people from './data/people.json';
import { addDays, addMonths } from '../kernel/days.ts';
import { earlier, MONTHS, monthOf, TODAY } from './calendar.ts';
import { dice, type Dice } from './dice.ts';
import { permitDay } from './ledger/papers.ts';
import { nodesOf, REBASED, type Node } from './milestones.ts';
import type { DemoProject } from './model.ts';
import { COMMISSIONERS } from './model.ts';
import { progressAt } from './words.ts';

export const FEN_PER_WAN = 1_000_000;

export type Stage = 'planned' | 'reserved' | 'signed' | 'performed' | 'preliminary' | 'started' | 'building' | 'completed' | 'producing' | 'effective';

export interface Proof {
  readonly kind: string;
  readonly day: string;
  readonly number?: string;
  readonly amountFen?: number;
  readonly parties?: string;
  readonly photo: boolean;
}

export interface Step {
  readonly to: Stage;
  readonly day: string;
  readonly proofs: readonly Proof[];
  /** Which permanent works began; only for the start. */
  readonly works?: 'first_pile' | 'first_excavation' | 'foundation' | 'main_line';
}

export interface Report {
  readonly month: string;
  readonly filedOn: string;
  readonly late: boolean;
  readonly dispatchFen: number;
  readonly statFen: number | null;
  readonly progress: string;
  readonly problems: string | undefined;
  readonly nextSteps: string;
  readonly photo: boolean;
  /** What was filed first, and when it was put right. */
  readonly first?: { readonly dispatchFen: number; readonly correctedOn: string; readonly reason: string };
}

export interface Story {
  readonly project: DemoProject;
  readonly kind: 'enterprise' | 'government';
  /** Long under construction when the register was opened: the ledger itself says so, and its earlier gates are not told again. */
  readonly underway: boolean;
  readonly lon: number;
  readonly lat: number;
  readonly promised: { readonly outputFen: number; readonly revenueFen: number; readonly taxFen: number; readonly jobs: number } | undefined;
  readonly steps: readonly Step[];
  readonly stage: Stage;
  readonly nodes: readonly Node[];
  readonly rebased: { readonly on: string; readonly reason: string } | undefined;
  readonly reports: readonly Report[];
  readonly pause: { readonly day: string; readonly reason: string } | undefined;
  /** The commissioner before the present one, and the day of hand-over. */
  readonly handover: { readonly before: string; readonly day: string; readonly note: string } | undefined;
  /** Twelve months of results after production, where 达效 was decided. */
  readonly results: { readonly fromMonth: string; readonly toMonth: string; readonly outputFen: number; readonly revenueFen: number; readonly taxFen: number; readonly jobs: number } | undefined;
}

const UNDERWAY_BEFORE = '2022-09-01';
const BEFORE_WORKS: ReadonlySet<Stage> = new Set(['planned', 'reserved', 'signed', 'performed', 'preliminary', 'started', 'building']);

export function storyOf(project: DemoProject): Story {
  const roll = dice('story', project.key);
  const town = people.towns.find((one) => one.name === project.town);
  const kind = project.government ? 'government' : 'enterprise';
  const promised = kind === 'government' ? undefined : promises(project, roll);
  const underway = !project.published && project.times.actualStart !== undefined && project.times.actualStart < UNDERWAY_BEFORE;
  const all = stepsOf(project, kind, roll);
  const steps = underway ? all.filter((step) => !BEFORE_WORKS.has(step.to)) : all;
  return {
    project, kind, underway, promised, steps,
    lon: Math.round(((town?.lon ?? 112.6) + roll.between(-0.02, 0.02)) * 1e5) / 1e5,
    lat: Math.round(((town?.lat ?? 35.07) + roll.between(-0.012, 0.012)) * 1e5) / 1e5,
    stage: all.at(-1)?.to ?? 'planned',
    nodes: nodesOf(project),
    rebased: REBASED[project.key],
    reports: reportsOf(project, roll),
    pause: project.times.pausedOn === undefined ? undefined : { day: project.times.pausedOn, reason: project.problem ?? '投资方调整投资节奏' },
    handover: handoverOf(project, roll),
    results: project.times.actualEffect === undefined || promised === undefined ? undefined : resultsOf(project.times.actualProduction ?? TODAY, promised),
  };
}

function promises(project: DemoProject, roll: Dice): NonNullable<Story['promised']> {
  const turnover = roll.between(0.9, 1.9);
  const outputWan = Math.round((project.totalWan * turnover) / 100) * 100;
  const perWan = roll.between(0.025, 0.05);
  return { outputFen: outputWan * FEN_PER_WAN, revenueFen: Math.round(outputWan * 0.93) * FEN_PER_WAN, taxFen: Math.round(outputWan * perWan) * FEN_PER_WAN, jobs: Math.max(20, Math.round(project.totalWan / roll.between(180, 420))) };
}

function resultsOf(produced: string, promised: NonNullable<Story['promised']>): NonNullable<Story['results']> {
  const fromMonth = addMonths(monthOf(produced), 1);
  return {
    fromMonth, toMonth: addMonths(fromMonth, 11), outputFen: part(promised.outputFen, 0.88), revenueFen: part(promised.revenueFen, 0.86), taxFen: part(promised.taxFen, 0.83), jobs: Math.round(promised.jobs * 0.95),
  };
}

function part(fen: number, share: number): number {
  return Math.round((fen * share) / FEN_PER_WAN) * FEN_PER_WAN;
}

function stepsOf(project: DemoProject, kind: Story['kind'], roll: Dice): readonly Step[] {
  const { times, fate } = project;
  const steps: Step[] = [...earlySteps(project, kind, roll)];
  const start = times.actualStart;
  if (start === undefined) return steps;
  steps.push({ to: 'started', day: start, works: worksOf(project), proofs: startProofs(project, start, roll) });
  const inWorks = addDays(start, roll.whole(28, 52));
  if (inWorks > TODAY) return steps;
  steps.push({ to: 'building', day: inWorks, proofs: [] });
  const done = times.actualCompletion;
  if (done === undefined) return steps;
  steps.push({ to: 'completed', day: done, proofs: [paper('acceptance', done, `竣验〔${done.slice(0, 4)}〕${project.serial}号`)] });
  const produced = times.actualProduction;
  if (produced === undefined) return steps;
  steps.push({ to: 'producing', day: produced, proofs: productionProofs(kind, produced, project, roll) });
  if (fate === 'E' && times.actualEffect !== undefined) {
    steps.push({ to: 'effective', day: times.actualEffect, proofs: [paper('register', addDays(times.actualEffect, -8), `规上入库${project.serial}`), paper('output', addDays(times.actualEffect, -5))] });
  }
  return steps;
}

/** How far those went that have not begun to build: an intention, a contract, a company, or the papers for the start. */
function earlySteps(project: DemoProject, kind: Story['kind'], roll: Dice): readonly Step[] {
  const { times, fate } = project;
  const begun = times.actualStart ?? earlier(times.plannedStart, '2023-06-10');
  const loose = roll.whole(0, 12);
  const day = (before: number): string => addDays(begun, -before - loose);
  const [reserved, signed, performed, ready] = kind === 'government' ? [day(230), '', '', day(110)] : [day(260), day(200), day(135), day(90)];
  const company = kind === 'government' ? [] : [paper('licence', addDays(performed, -6)), ...(project.code === undefined ? [paper('filing', addDays(performed, -3), `备案受理${project.serial}`)] : [])];
  const early: readonly Step[] = kind === 'government'
    ? [{ to: 'reserved', day: reserved, proofs: [] }, { to: 'preliminary', day: ready, proofs: [paper('approval', addDays(ready, -4), `济管发改〔${ready.slice(0, 4)}〕${project.serial}号`)] }]
    : [
        { to: 'reserved', day: reserved, proofs: [] },
        { to: 'signed', day: signed, proofs: [{ ...paper('contract', signed, `济招合〔${signed.slice(0, 4)}〕${project.serial}号`), amountFen: project.totalWan * FEN_PER_WAN, parties: `济源产城融合示范区管理委员会；${project.builder}` }] },
        { to: 'performed', day: performed, proofs: company },
        { to: 'preliminary', day: ready, proofs: [] },
      ];
  if (fate === 'N') return early.slice(0, kind === 'government' ? 1 : 2);
  return fate === 'U' && kind === 'enterprise' && roll.chance(0.5) ? early.slice(0, 3) : early;
}

function startProofs(project: DemoProject, start: string, roll: Dice): readonly Proof[] {
  const light = project.form === 'field' || project.form === 'network' || project.form === 'renewal';
  const permit = permitDay(project);
  const first = light ? paper('commencement_report', addDays(start, -2), `开工报告${project.serial}`) : paper('construction_permit', permit, `410881${permit.slice(0, 4)}${permit.slice(5, 7)}${permit.slice(8)}${String(project.serial).padStart(4, '0')}`);
  return [first, { kind: 'photo_works', day: addDays(start, -roll.whole(0, 1)), photo: true }];
}

function productionProofs(kind: Story['kind'], produced: string, project: DemoProject, roll: Dice): readonly Proof[] {
  if (kind === 'government') return [paper('handover', produced, `交付${project.serial}`)];
  return [
    { ...paper('invoice', addDays(produced, -roll.whole(0, 3)), `发票${String(project.serial).padStart(8, '0')}`), amountFen: roll.whole(20, 300) * FEN_PER_WAN },
    paper('electricity', addDays(produced, -1)),
    { kind: 'photo_production', day: addDays(produced, -roll.whole(0, 1)), photo: true },
  ];
}

function paper(kind: string, day: string, number?: string): Proof {
  return number === undefined ? { kind, day, photo: false } : { kind, day, number, photo: false };
}

function worksOf(project: DemoProject): NonNullable<Step['works']> {
  if (project.form === 'road' || project.form === 'network' || project.form === 'field') return 'main_line';
  return project.form === 'renewal' ? 'foundation' : dice('works', project.key).pick(['first_pile', 'first_excavation'] as const);
}

function reportsOf(project: DemoProject, roll: Dice): readonly Report[] {
  return project.filings.flatMap((filing, at): readonly Report[] => {
    const dispatch = project.money.dispatchWan[at];
    if (filing.kind === 'missing' || dispatch === null || dispatch === undefined) return [];
    const month = MONTHS[at] ?? filing.month;
    const stat = project.money.statWan[at];
    const end = addDays(`${addMonths(month, 1)}-01`, -1);
    const corrected = filing.corrected;
    return [{
      month, filedOn: filing.day, late: filing.late,
      dispatchFen: dispatch * FEN_PER_WAN,
      statFen: stat === null || stat === undefined ? null : stat * FEN_PER_WAN,
      progress: progressAt(project, project.times, project.form, end),
      problems: at >= 3 ? project.problem : undefined,
      nextSteps: nextSteps(project, at, roll),
      photo: project.times.actualStart !== undefined && monthOf(project.times.actualStart) <= month && (at === 5 ? project.serial % 3 === 0 : project.serial % 13 === at),
      ...(corrected === undefined ? {} : { first: { dispatchFen: Math.round(dispatch * corrected.firstShare) * FEN_PER_WAN, correctedOn: corrected.day, reason: corrected.firstShare === 10 ? '单位误填，多写一位' : '与结算进度核对后更正' } }),
    }];
  });
}

function nextSteps(project: DemoProject, at: number, roll: Dice): string {
  if (project.times.actualCompletion !== undefined && monthOf(project.times.actualCompletion) <= (MONTHS[at] ?? '')) return '办理结算、移交和产权登记';
  if (project.times.actualStart === undefined) return project.ask ?? '抓紧办理前期手续，确保按期开工';
  return roll.pick(['加快施工，确保完成月度计划', '组织材料设备进场', '推进下一节点', '增加作业面，抢抓晴好天气']);
}

/** Six projects changed hands this year. */
function handoverOf(project: DemoProject, roll: Dice): Story['handover'] {
  if (project.serial % 29 !== 11) return undefined;
  const number = Number(project.commissioner.slice(2));
  return { before: `专员${String((number % COMMISSIONERS) + 1).padStart(2, '0')}`, day: addDays('2023-02-20', roll.whole(0, 90)), note: '借调期满，资料和待办已交回' };
}
