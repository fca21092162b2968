// The 182 projects of the demonstration with everything that the ledger and the story tell of them: one truth for both.
// Deterministic: no clock, no chance but dice.ts.
import people from './data/people.json';
import { addDays } from '../kernel/days.ts';
import { TODAY } from './calendar.ts';
import { nationalCode, oldCode } from './code.ts';
import { dice } from './dice.ts';
import { moneyOf, sum, type Money } from './money.ts';
import { filingsOf, type Filing } from './reports.ts';
import { readSeeds, type Seed } from './seeds.ts';
import { timesOf, type Times } from './times.ts';
import { wordsOf, type Form, type Words } from './words.ts';

export type Nature = '新开工' | '续建' | '竣工' | '前期';
export type Light = '绿' | '黄' | '橙' | '红';

export interface DemoProject extends Seed, Words {
  readonly level: '省' | '市';
  readonly batch: string;
  readonly nature: Nature;
  readonly form: Form;
  readonly government: boolean;
  readonly code: string | undefined;
  readonly externalCode: string | undefined;
  readonly times: Times;
  readonly money: Money;
  readonly doneWan: number;
  readonly filings: readonly Filing[];
  readonly leader: string;
  readonly unit: string;
  readonly commissioner: string;
  readonly phone: string;
  readonly light: Light;
}

export const COMMISSIONERS = 60;
/** One leader for each town and subdistrict. */
export const LEADERS = people.towns.length;

export function demoProjects(): readonly DemoProject[] {
  const seeds = readSeeds();
  const filings = filingsOf(seeds);
  const drafts = seeds.map((seed, at) => ({
    seed, times: timesOf(seed), filings: filings[at] ?? [],
    missing: new Set((filings[at] ?? []).filter((one) => one.kind === 'missing').map((one) => one.month)),
  }));
  const money = moneyOf(drafts);
  const commissioners = commissionersOf(seeds);
  return drafts.map(({ seed, times, filings: filed }, at) => {
    const amounts = money[at];
    if (amounts === undefined) throw new Error('a project without amounts');
    return compose(seed, times, amounts, filed, commissioners.get(seed.key) ?? 1);
  });
}

function compose(seed: Seed, times: Times, money: Money, filings: readonly Filing[], commissioner: number): DemoProject {
  const doneWan = sum(money.dispatchWan.map((amount) => amount ?? 0));
  const form = formOf(seed);
  const level = levelOf(seed);
  return {
    ...seed, times, money, doneWan, filings, form, level,
    government: governmentOf(seed),
    batch: batchOf(seed, level),
    nature: natureOf(seed, times),
    ...codesOf(seed, times, level),
    leader: `分包领导${two(people.towns.findIndex((town) => town.name === seed.town) + 1)}`,
    unit: unitOf(seed),
    commissioner: `专员${two(commissioner)}`,
    phone: `0391-${String(commissioner).padStart(7, '0')}`,
    light: lightOf(seed, times, doneWan / money.planWan),
    ...wordsOf(seed, times, money, doneWan, form),
  };
}

/** Neighbours have the same commissioner: the list ordered by town, cut into sixty parts. */
function commissionersOf(seeds: readonly Seed[]): ReadonlyMap<string, number> {
  const towns = people.towns.map((town) => town.name);
  const ordered = [...seeds].sort((a, b) => towns.indexOf(a.town) - towns.indexOf(b.town) || a.serial - b.serial);
  return new Map(ordered.map((seed, at) => [seed.key, Math.floor((at * COMMISSIONERS) / ordered.length) + 1]));
}

function governmentOf(seed: Seed): boolean {
  return /^示范区|管理委员会$|人民政府$/.test(seed.builder) || (seed.category !== '产业' && seed.group !== '能源');
}

function levelOf(seed: Seed): '省' | '市' {
  if (seed.published) return ['高新电子产业园', '济源纳米材料产业园三期'].includes(seed.key) ? '市' : '省';
  return seed.totalWan >= 75_000 || dice('level', seed.key).chance(0.1) ? '省' : '市';
}

function batchOf(seed: Seed, level: '省' | '市'): string {
  const added = ['S', 'U', 'Y'].includes(seed.fate) && dice('batch', seed.key).chance(0.35);
  return level === '省' ? '2023年省重点' : added ? '2023年市重点第二批' : '2023年市重点第一批';
}

function natureOf(seed: Seed, times: Times): Nature {
  if (seed.fate === 'N') return '前期';
  if (['S', 'L', 'U', 'Y', 'Q', 'R'].includes(seed.fate)) return '新开工';
  return times.plannedCompletion <= '2023-12-31' ? '竣工' : '续建';
}

/** Most have a national code; some are still without, two are older than the standard, a few carry a slip in the check digit. */
function codesOf(seed: Seed, times: Times, level: '省' | '市'): { code: string | undefined; externalCode: string | undefined } {
  const roll = dice('code', seed.key);
  const externalCode = level === '省' ? `豫重2023-${String(400 + seed.serial)}` : undefined;
  if (['恒通生物降解塑料', '客运综合枢纽'].includes(seed.key)) return { code: oldCode(2019, seed.key === '客运综合枢纽' ? '54' : '26', roll), externalCode };
  const without = seed.fate === 'N' || seed.fate === 'R' || (seed.fate === 'U' && roll.chance(0.5));
  if (without) return { code: undefined, externalCode };
  const filedDay = addDays(times.actualStart ?? times.plannedStart, -roll.whole(90, 240));
  const day = filedDay > TODAY ? addDays(TODAY, -roll.whole(10, 60)) : filedDay;
  const renewal = formOf(seed) === 'renewal';
  const wrong = ['烘焙食品', '蟒河综合治理', '耐磨钢球', '光学镜头模组'].includes(seed.key);
  return { code: nationalCode(day, renewal ? '07' : '04', renewal ? '02' : '01', roll, wrong), externalCode };
}

function unitOf(seed: Seed): string {
  if (seed.category === '产业' && seed.park !== undefined) return seed.park;
  const named: Readonly<Record<string, string>> = people.responsible;
  const department = named[seed.chain] ?? named[seed.group];
  if (seed.category === '产业' && !['文化旅游'].includes(seed.chain)) return seed.town;
  return department ?? '示范区发展改革和统计局';
}

function formOf(seed: Seed): Form {
  if (/公路|道路|通道|连接线|西延|国道|铁路专用线$/.test(seed.key)) return 'road';
  if (/管网|管廊|供水|灌区|输变电|内涝|停车与充电|供热|污水治理|分布式光伏/.test(seed.key)) return 'network';
  if (/种植|制种|农田|林果|生态保护|矿山治理|耕地|森林公园|河|堤防|口袋公园|水库|垃圾分类|监测网/.test(seed.key) && seed.chain !== '钢铁及装备') return 'field';
  if (seed.category === '产业' && seed.group === '先进制造业') return seed.landMu === undefined ? 'renewal' : 'plant';
  if (/改造|提升$|标准化/.test(seed.key) && seed.landMu === undefined) return 'field';
  return seed.category === '产业' && seed.group === '现代农业' ? 'plant' : 'building';
}

/** The colour that the office writes: the worse of delay of start (a month, a quarter, half a year) and points behind time (10, 30). */
function lightOf(seed: Seed, times: Times, rate: number): Light {
  const behind = 50 - rate * 100;
  const overdue = times.actualStart === undefined && seed.fate !== 'Z' ? times.plannedStart : TODAY;
  if (seed.fate !== 'Z' && (behind > 30 || overdue < '2022-12-30')) return '红';
  if (overdue < '2023-03-30') return '橙';
  return behind > 10 || overdue < '2023-05-30' ? '黄' : '绿';
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
