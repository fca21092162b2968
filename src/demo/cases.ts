// The approval cases of projects that have not begun to build: applications, corrections, expert reviews, decisions, as deeds of firms, agents,
// the window and the departments. Invented and always the same; the commands decide what may be done.
import { calendarWith } from '../kernel/workdays.ts';
import { idFrom } from '../kernel/ids.ts';
import type { Actor } from '../platform/actor.ts';
import { moment, type Acting } from './acting.ts';
import { TODAY } from './calendar.ts';
import { knownOf } from './approvals.ts';
import book from './data/words.json';
import { dice } from './dice.ts';
import { printPaper } from './paper.ts';
import type { Story } from './story.ts';
import type { Cast, Scene } from './timeline.ts';

const BEGUN: ReadonlySet<Story['stage']> = new Set(['started', 'building', 'completed', 'producing', 'effective']);
const CALENDAR = calendarWith();

type Kind = 'fresh' | 'near' | 'smooth' | 'corrected' | 'special' | 'silent' | 'late' | 'suspended' | 'extended' | 'refused';

interface Application {
  readonly item: string;
  readonly desk: string;
  readonly from: string;
  readonly kind: Kind;
  /** Working days from acceptance to the decision. */
  readonly takes: number;
}

interface Deed {
  /** Working days after the receipt. */
  readonly after: number;
  readonly kind: string;
  readonly by: 'department' | 'applicant';
  readonly parts?: Readonly<Record<string, unknown>>;
}

const DESKS: Readonly<Record<string, string>> = {
  P01: '发改统计局', P02: '发改统计局', P04: '发改统计局', P05: '资源规划局', P07: '发改统计局', P09: '发改统计局', P11: '生态环境局', P12: '水利局', L01: '资源规划局', L02: '资源规划局', L04: '资源规划局', L06: '资源规划局'
};

/** What of the flow each track goes through before works begin, with the working days that it mostly takes here. */
const FLOW: Readonly<Record<Story['kind'], readonly (readonly [item: string, takes: number])[]>> = {
  enterprise: [['P01', 0], ['P02', 0], ['L01', 6], ['P11', 11], ['P12', 7], ['P09', 8], ['L04', 8], ['L06', 4]],
  government: [['P01', 0], ['P04', 4], ['P05', 7], ['P07', 7], ['P11', 12], ['P12', 6], ['L06', 5]],
};
/** How far a project is, in items of its flow. */
const REACH: Readonly<Partial<Record<Story['stage'], number>>> = { planned: 3, reserved: 4, signed: 6, performed: 7, preliminary: 8 };
/** What may go on beside the last one: nothing of the land waits for it. */
const BESIDE: ReadonlySet<string> = new Set(['L01', 'P11', 'P12', 'P09']);
const TROUBLES: readonly Kind[] = ['special', 'late', 'corrected', 'silent', 'extended', 'suspended', 'fresh', 'refused', 'near'];

export function caseScenes(story: Story, cast: Cast): readonly Scene[] {
  if (BEGUN.has(story.stage)) return [];
  return [...applicationsOf(story).flatMap((one) => scenesOfCase(story, cast, one)), ...reviewScenes(story, cast), ...outsideScenes(story, cast)];
}

/** One after the other with some days between; the last ones are still in hand on the zone's day, one of them in trouble. */
function applicationsOf(story: Story): Application[] {
  const { project } = story;
  const roll = dice('cases', project.key);
  const reached = FLOW[story.kind].slice(0, REACH[story.stage] ?? 2);
  // Farmland is converted before it is contracted.
  const flow = knownOf(story)['farmlandMu'] === 0 ? reached : reached.flatMap((one) => (one[0] === 'L04' ? [['L02', 6] as const, one] : [one]));
  const trouble = TROUBLES[project.serial % TROUBLES.length] ?? 'smooth';
  return flow.map(([item, takes], at): Application => {
    const left = flow.length - 1 - at;
    const inHand = takes > 1 && (left === 0 || (left < 3 && BESIDE.has(item)));
    const kind = inHand && left === 0 ? trouble : left === 4 && takes > 0 && roll.chance(0.5) ? 'corrected' : 'smooth';
    // Late enough that what is in hand is still in hand, early enough that a late one is late.
    const back = inHand ? (kind === 'fresh' ? 1 + (project.serial % 3) : kind === 'late' ? 26 : kind === 'near' ? 20 : kind === 'silent' || kind === 'extended' ? 8 + roll.whole(0, 9) : 3 + left * 3 + roll.whole(0, 5)) : 24 + left * 9 + roll.whole(0, 4);
    return { item, desk: DESKS[item] ?? '审批局', from: CALENDAR.back(TODAY, kind === 'extended' ? 19 : back).day, kind, takes: takes === 0 ? 0 : takes + roll.whole(0, 3) };
  });
}

function lifeOf({ kind, takes, item }: Application): Deed[] {
  const paper = (word: string): string => `${word}〔2023〕${item}`;
  const accepted = (after: number): Deed => ({ after, kind: 'accepted', by: 'department', parts: { document: paper('受理') } });
  const end = (after: number): Deed[] => [
    { after, kind: 'decided', by: 'department', parts: kind === 'refused' ? { outcome: 'refused', document: paper('不予'), reason: '选址与国土空间规划不符' } : { outcome: 'approved', document: paper('准予') } },
    { after: after + 1, kind: 'delivered', by: 'department' },
  ];
  switch (kind) {
    case 'corrected': return [
      { after: 2, kind: 'correction_asked', by: 'department', parts: { reason: '缺少用地红线图和法定代表人授权书', document: paper('补正') } }, { after: 7, kind: 'correction_supplied', by: 'applicant' }, accepted(8), ...end(9 + takes),
    ];
    case 'special': return [
      accepted(1), { after: 3, kind: 'special_begun', by: 'department', parts: { procedure: 'expert_review', days: 10, document: paper('告知'), reason: '组织专家技术评审' } }, { after: 14, kind: 'special_ended', by: 'department' }, ...end(15 + takes),
    ];
    case 'suspended': return [accepted(1), { after: 2, kind: 'suspended', by: 'department', parts: { reason: '用地权属争议待裁决', document: paper('中止') } }];
    case 'extended': return [accepted(1), { after: 16, kind: 'extended', by: 'department', parts: { days: 10, reason: '方案重大调整，需重新论证', document: paper('延期') } }];
    case 'fresh':
    case 'silent': return [];
    case 'near':
    case 'late': return [accepted(1)];
    case 'refused':
    case 'smooth': return [accepted(takes === 0 ? 0 : 1), ...end(takes === 0 ? 0 : 1 + takes)];
  }
}

function scenesOfCase(story: Story, cast: Cast, one: Application): Scene[] {
  const { project } = story;
  const caseId = idFrom('demo', 'case', project.key, one.item);
  const opened: Scene = {
    day: one.from, rank: 80,
    play: async (acting) => {
      const at = moment(one.from, seconds(story, 0));
      const who = applicantOf(story, cast, one.from);
      const attorneySha = who === cast.commissioner(one.from) ? await attorney(acting, who) : undefined;
      await acting.act({ who, at, name: 'approvals.open_case', input: { id: caseId, projectId: cast.id, item: one.item, ...(attorneySha === undefined ? {} : { attorneySha }) } });
    },
  };
  const rest = lifeOf(one).map((deed, nth): Scene => {
    const day = CALENDAR.add(one.from, deed.after).day;
    return {
      day, rank: 81 + nth,
      play: async (acting) => void (await acting.act({
        who: deed.by === 'department' ? cast.called(`${one.desk}经办`) : applicantOf(story, cast, day), at: moment(day, seconds(story, nth + 1)), name: 'approvals.record_case_event', versionOf: caseId,
        input: { id: caseId, kind: deed.kind, ...deed.parts },
      })),
    };
  });
  return [opened, ...rest.filter((scene) => scene.day <= TODAY)];
}

function seconds(story: Story, nth: number): number {
  return 18_000 + story.project.serial * 20 + nth;
}

/** A firm with somebody of its own applies itself; of the others some let the commissioner act for them, the rest come to the window. */
function applicantOf(story: Story, cast: Cast, day: string): Actor {
  const reporter = cast.reporter(day);
  if (reporter !== cast.commissioner(day)) return reporter;
  return story.project.serial % 2 === 0 && story.kind === 'enterprise' ? reporter : cast.office;
}

async function attorney(acting: Acting, who: Actor): Promise<string> {
  return acting.common(who, '授权委托书.pdf', () => printPaper({ title: '授权委托书（演示）', lines: [['委托事项', '代为申请办理建设项目审批事项，提交和补正材料，领取文书'], ['受托人', '项目专员']], foot: book.paperFoot }));
}

/** One project's design goes to a joint review: the window accepts, two have answered. */
function reviewScenes(story: Story, cast: Cast): Scene[] {
  if (story.stage !== 'preliminary') return [];
  const [day, answered] = [CALENDAR.back(TODAY, 4).day, CALENDAR.back(TODAY, 1).day];
  const at = (nth: number, on = day): ReturnType<typeof moment> => moment(on, seconds(story, 30 + nth));
  const id = idFrom('demo', 'case', story.project.key, 'D01');
  return [
    { day, rank: 95, play: async (acting) => {
      await acting.act({ who: cast.office, at: at(0), name: 'approvals.open_case', input: { id, projectId: cast.id, item: 'D01' } });
      await acting.act({ who: cast.called('审批局经办'), at: at(1), name: 'approvals.joint_accept', input: { projectId: cast.id, stage: 'S2', items: ['D01'], document: `联受〔2023〕${String(story.project.serial)}` } });
    } },
    { day: answered, rank: 96, play: async (acting) => {
      await acting.act({ who: cast.called('住建局经办'), at: at(2, answered), name: 'approvals.answer_review', input: { id, view: 'consent' } });
      await acting.act({ who: cast.called('水利局经办'), at: at(3, answered), name: 'approvals.answer_review', input: { id, view: story.project.serial % 3 === 0 ? 'objection' : 'consent', opinion: story.project.serial % 3 === 0 ? '雨水排放口应避开河道保护范围' : '无意见' } });
    } },
  ];
}

/** What the province handles is told from its system. */
function outsideScenes(story: Story, cast: Cast): Scene[] {
  if (story.project.serial % 4 !== 1 || story.stage === 'planned') return [];
  const [verified, accepted] = [CALENDAR.back(TODAY, 3).day, CALENDAR.back(TODAY, 12).day];
  return [{
    day: verified, rank: 97,
    play: async (acting) => void (await acting.act({
      who: cast.office, at: moment(verified, seconds(story, 40)), name: 'approvals.report_status',
      input: { id: idFrom('demo', 'case', story.project.key, 'P15'), projectId: cast.id, item: 'P15', status: 'accepted', source: 'import', system: '省自然资源厅政务服务系统', verifiedDay: verified, receivedDay: CALENDAR.back(accepted, 1).day, acceptedDay: accepted },
    })),
  }];
}
