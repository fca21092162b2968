// The approval cases of projects that have not begun to build: applications, corrections, expert reviews, decisions, as deeds of firms, agents,
// the window and the departments. Invented and always the same; the commands decide what may be done.
import { calendarWith } from '../kernel/workdays.ts';
import { idFrom } from '../kernel/ids.ts';
import type { Actor } from '../platform/actor.ts';
import { sql } from '../platform/db.ts';
import { moment } from './acting.ts';
import { factsOf, overMinerals } from './approvals.ts';
import { OPENED, TODAY } from './calendar.ts';
import people from './data/people.json';
import { applicationsOf, type Application } from './flow.ts';
import { attorney } from './paper.ts';
import { isTold } from './permit.ts';
import type { Story } from './story.ts';
import type { Cast, Scene } from './timeline.ts';

const BEGUN: ReadonlySet<Story['stage']> = new Set(['started', 'building', 'completed', 'producing', 'effective']);
const CALENDAR = calendarWith();
/** Goes to a joint review while it is in hand. */
const REVIEWED = 'D01';

interface Deed {
  /** Working days after the receipt. */
  readonly after: number;
  readonly kind: string;
  readonly by: 'department' | 'applicant';
  readonly parts?: Readonly<Record<string, unknown>>;
}

/** Who handles a case for a body. */
const CLERKS = new Map(people.departments.map((one) => [idFrom('demo', 'body', one.name), `${one.short}经办`]));

export function caseScenes(story: Story, cast: Cast): readonly Scene[] {
  if (BEGUN.has(story.stage) || isTold(story)) return [];
  const applications = applicationsOf(story, factsOf(story));
  const reviewed = applications.at(-1)?.item === REVIEWED;
  return [
    ...(reviewed ? applications.slice(0, -1) : applications).flatMap((one) => scenesOfCase(story, cast, one)),
    ...(reviewed ? reviewScenes(story, cast) : []), ...outsideScenes(story, cast, applications.some((one) => one.item === 'L03' || one.item === 'L05')),
  ];
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
    case 'waiting': return [{ after: 2, kind: 'correction_asked', by: 'department', parts: { reason: '缺少用地权属证明和总平面图', document: paper('补正') } }];
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
  let clerk = '';
  const opened: Scene = {
    day: one.from, rank: 80,
    play: async (acting) => {
      const at = moment(one.from, seconds(story, 0));
      const who = applicantOf(story, cast, one.from);
      const attorneySha = who === cast.commissioner(one.from) ? await attorney(acting, who) : undefined;
      const output = await acting.act({ who, at, name: 'approvals.open_case', input: { id: caseId, projectId: cast.id, item: one.item, ...(attorneySha === undefined ? {} : { attorneySha }) } });
      clerk = clerkOf(output);
    },
  };
  const rest = lifeOf(one).map((deed, nth): Scene => {
    const day = CALENDAR.add(one.from, deed.after).day;
    return {
      day, rank: 81 + nth,
      play: async (acting) => void (await acting.act({
        who: deed.by === 'department' ? cast.called(clerk) : applicantOf(story, cast, day), at: moment(day, seconds(story, nth + 1)), name: 'approvals.record_case_event', versionOf: caseId,
        input: { id: caseId, kind: deed.kind, ...deed.parts },
      })),
    };
  });
  return [opened, ...(one.item === REVIEWED ? [opinions(story, cast, caseId, CALENDAR.add(one.from, 6).day)] : []), ...rest.filter((scene) => scene.day <= TODAY)];
}

/** A review that is over: all who were asked have agreed. */
function opinions(story: Story, cast: Cast, caseId: string, day: string): Scene {
  return {
    day, rank: 90,
    play: async (acting) => {
      const asked = await acting.app.database.rows<{ org: string }>(sql`select org_id as org from approvals_case_reviews where case_id = ${caseId} order by org_id`);
      for (const [nth, { org }] of asked.entries()) {
        await acting.act({ who: cast.called(CLERKS.get(org) ?? ''), at: moment(day, seconds(story, 50 + nth)), name: 'approvals.answer_review', input: { id: caseId, view: 'consent', opinion: '无意见' } });
      }
    },
  };
}

function clerkOf(opened: unknown): string {
  const orgId = typeof opened === 'object' && opened !== null && 'orgId' in opened ? String(opened.orgId) : '';
  return CLERKS.get(orgId) ?? '审批局经办';
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

/** One project's design goes to a joint review: the window accepts, two have answered. */
function reviewScenes(story: Story, cast: Cast): Scene[] {
  const [day, answered] = [CALENDAR.back(TODAY, 2 + (story.project.serial % 4)).day, CALENDAR.back(TODAY, 1).day];
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

/** What the province handles is told from its system; the land could not have been listed before. */
function outsideScenes(story: Story, cast: Cast, listed: boolean): Scene[] {
  if (!overMinerals(story) || story.stage === 'planned') return [];
  const [verified, accepted] = listed ? [CALENDAR.add(OPENED.plan, 40).day, CALENDAR.add(OPENED.plan, 12).day] : [CALENDAR.back(TODAY, 3).day, CALENDAR.back(TODAY, 9).day];
  const end = listed ? { status: 'delivered', outcome: 'approved', decidedDay: CALENDAR.add(accepted, 9).day, deliveredDay: CALENDAR.add(accepted, 11).day, document: '豫自然资压覆〔2023〕演示' } : { status: 'accepted' };
  return [{
    day: verified, rank: 97,
    play: async (acting) => void (await acting.act({
      who: cast.office, at: moment(verified, seconds(story, 40)), name: 'approvals.report_status',
      input: { id: idFrom('demo', 'case', story.project.key, 'P15'), projectId: cast.id, item: 'P15', ...end, source: 'import', system: '省自然资源厅政务服务系统', verifiedDay: verified, receivedDay: CALENDAR.back(accepted, 1).day, acceptedDay: accepted },
    })),
  }];
}
