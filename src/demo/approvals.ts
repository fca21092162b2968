// The approvals of projects that have not begun to build: what is known of each, how it is gone about, and the plan that the joint meeting
// agreed, as deeds of the commissioner and the office. Invented where the ledger says nothing, and always the same.
import { addDays } from '../kernel/days.ts';
import type { Facts, FactValue } from '../features/approvals/catalogue/shape.ts';
import { moment } from './acting.ts';
import { dice } from './dice.ts';
import { isTold } from './permit.ts';
import { FEN_PER_WAN, type Story } from './story.ts';
import type { Cast, Scene } from './timeline.ts';

const BEGUN: ReadonlySet<Story['stage']> = new Set(['started', 'building', 'completed', 'producing', 'effective']);
/** The joint meetings of June: first the facts, then the way and the agreed plan. */
const MEETINGS = '2023-06-05';
/** Over minerals that the province must agree to build upon. */
export const overMinerals = (story: Story): boolean => story.project.serial % 4 === 1;
const CHEMICAL = /硫酸|医药|化工|塑料|纳米|溶剂|催化|气瓶|提纯/;

export function approvalScenes(story: Story, cast: Cast): readonly Scene[] {
  if (BEGUN.has(story.stage) || isTold(story)) return [];
  const { project } = story;
  const day = addDays(MEETINGS, project.serial % 15);
  const versionOf = `plan ${cast.id}`;
  const facts: Scene = {
    day, rank: 45,
    play: async (acting) => void (await acting.act({ who: cast.commissioner(day), at: moment(day, project.serial * 20), name: 'approvals.answer_facts', input: { id: cast.id, answers: knownOf(story) }, versionOf })),
  };
  // What is only an intention has no agreed plan yet.
  if (project.fate === 'N') return [facts];
  return [facts, {
    day, rank: 46,
    play: async (acting) => {
      const at = moment(day, project.serial * 20 + 5);
      await acting.act({ who: cast.office, at, name: 'approvals.choose_plan', input: { id: cast.id, startDay: day, measures: measuresOf(story) }, versionOf });
      await acting.act({ who: cast.office, at: moment(day, project.serial * 20 + 6), name: 'approvals.freeze_baseline', input: { id: cast.id, note: '联审联批会议商定' }, versionOf });
    },
  }];
}

function measuresOf(story: Story): string[] {
  if (story.kind === 'government') return ['tolerance'];
  return story.project.park === undefined ? ['tolerance'] : ['simulation', 'tolerance'];
}

/** All that is known of it: what the register says and what the commissioner answered. */
export function factsOf(story: Story): Facts {
  return { track: story.kind, landMu: story.project.landMu ?? 0, totalFen: story.project.totalWan * FEN_PER_WAN, ...knownOf(story) };
}

/** A few things are still open, as they are in life: relics and minerals until somebody has been to the site. */
export function knownOf(story: Story): Record<string, FactValue> {
  const { project } = story;
  const roll = dice('approvals', project.key);
  const government = story.kind === 'government';
  const chemical = !government && CHEMICAL.test(project.name);
  const landMu = project.landMu ?? 0;
  return {
    landWay: landMu === 0 ? 'existing' : government ? 'allocated' : 'granted', verifiedCatalogue: chemical && roll.chance(0.3), standardLand: !government && project.park !== undefined,
    newLandMu: government ? landMu : 0, farmlandMu: landMu > 0 && roll.chance(0.4) ? Math.round(landMu * 0.4) : 0, forestMu: 0, regionalDone: project.park === undefined ? [] : ['minerals', 'hazard', 'seismic'],
    ...(government ? { inApprovedPlan: false, energyTce: 300, coalTce: 0, twoHigh: 'none', emissions: false, discharge: 'none' } : {
      energyTce: roll.whole(4, 60) * 100, coalTce: 0, twoHigh: 'none', emissions: chemical, eiaPromise: false, discharge: chemical ? 'key' : 'simplified',
    }),
    eiaClass: chemical ? 'book' : 'form', hazardousChemicals: chemical, disturbsSoil: landMu > 15, waterAbstraction: false, floodArea: roll.chance(0.15), geologicalHazard: false, seismicRisk: false,
    securityArea: false, stabilityRisk: government, overLimit: false, civilDefence: project.form === 'building', specialFire: chemical || project.form === 'building', lightningSite: chemical,
    largeWorks: project.totalWan >= 50_000, tenderRequired: government, cityWorks: true, utilities: ['water', 'power', 'drainage'],
    ...(roll.chance(0.6) ? { relics: roll.chance(0.15) } : {}), minerals: overMinerals(story) ? true : roll.chance(0.7) ? false : null,
  };
}
