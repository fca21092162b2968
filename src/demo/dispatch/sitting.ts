// What happens at each meeting of the series: planned, its agenda sent, opened, attended, every item decided, minutes and slips issued and signed for; and
// the one that is being prepared.
import { idFrom } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import { dice } from '../dice.ts';
import { TODAY } from '../calendar.ts';
import { dueOf } from './lives.ts';
import type { Matter } from './matters.ts';
import { BEGINS, HELD, NEXT_DAY, type Meeting } from './meetings.ts';
import { act, bodyId, CALENDAR, clerkOf, idIn, OFFICE_AT, officer, type Play, type Stage } from './stage.ts';

const LEADERS = ['分包领导09', '分包领导06', '分包领导01'];

/** Slips of the last meetings that nobody has signed for yet. */
const UNSIGNED_SINCE = '2023-06-28';

export function sittingOf(meeting: Meeting, matters: readonly Matter[]): readonly Play[] {
  const sitting: Sitting = { meeting, id: meetingId(meeting.number), office: officer(meeting.number), matters: matters.filter((one) => one.meeting === meeting.number) };
  const eve = CALENDAR.back(meeting.day, 1).day;
  const issued = issuedOn(meeting);
  return [
    play(sitting, CALENDAR.back(meeting.day, 3).day, 1010, plan), play(sitting, eve, 1000, prepare), play(sitting, meeting.day, BEGINS[meeting.kind], hold), play(sitting, issued, 570, issue),
    ...sitting.matters.map((matter, at): Play => ({ key: sitting.id, day: issued, minute: 980 + at, run: (stage) => sign(stage, sitting, matter, 980 + at) })),
    ...sitting.matters.filter(({ life, nth }) => life === 'meetingOver' && nth % 2 === 0).map((matter) => play(sitting, SUPERVISED, 620, (stage) => supervise(stage, sitting, matter))),
    ...asides(meeting).filter(({ escalate }) => escalate && meeting.number < OPEN_FROM).map((one) => play(sitting, CALENDAR.add(meeting.day, 5).day, 600, (stage) => answered(stage, sitting, one))),
  ];
}

/** The day on which the office supervises what is overdue. */
const SUPERVISED = '2023-06-28';
/** Which escalations no leader has answered yet. */
const OPEN_FROM = 60;

/** The minutes come out on the next working day. */
function issuedOn(meeting: Meeting): string {
  return CALENDAR.add(meeting.day, 1).day;
}

interface Sitting { readonly meeting: Meeting; readonly id: string; readonly office: string; readonly matters: readonly Matter[] }

function play(sitting: Sitting, day: string, minute: number, run: (stage: Stage, sitting: Sitting, day: string, minute: number) => Promise<void>): Play {
  return { key: sitting.id, day, minute, run: (stage) => run(stage, sitting, day, minute) };
}

export function meetingId(number: number): string {
  return idFrom('demo', 'meeting', String(number));
}

function itemId(number: number, key: string): string {
  return idFrom('demo', 'item', String(number), key);
}

async function plan(stage: Stage, { meeting, id, office, matters }: Sitting, day: string, minute: number): Promise<void> {
  const orgs = [...new Set([OFFICE_AT, '示范区自然资源和规划局', '示范区财政金融局', ...matters.map((one) => one.owner)])];
  await act(stage, {
    who: office, day, minute, name: 'dispatch.plan_meeting',
    input: { id, kind: meeting.kind, day: meeting.day, chair: LEADERS[meeting.number % 3], orgIds: orgs.map(bodyId), ...(meeting.topic === undefined ? {} : { topic: meeting.topic }), ...(meeting.kind === 'site' ? { place: '高新电子产业园项目现场' } : {}) },
  });
}

async function prepare(stage: Stage, { meeting, id, office, matters }: Sitting, day: string, minute: number): Promise<void> {
  for (const matter of matters) {
    const heard = stage.ids.get(matter.key);
    await act(stage, {
      who: office, day, minute, name: 'dispatch.add_item',
      input: { id, itemId: itemId(meeting.number, matter.key), title: matter.title, statusLine: matter.ask, ask: `请${clerkOf(matter.owner, 0).replace('经办', '')}明确措施和时限`, projectId: stage.idOf(matter.story), ownerOrgId: bodyId(matter.owner), ...(heard === undefined ? {} : { problemId: heard }) },
    });
  }
  for (const one of asides(meeting)) await act(stage, { who: office, day, minute: minute + 1, name: 'dispatch.add_item', input: { id, itemId: itemId(meeting.number, one.title), title: one.title, statusLine: one.status } });
  await act(stage, { who: office, day, minute: minute + 5, name: 'dispatch.send_agenda', versionOf: id, input: { id } });
}

interface Aside { readonly title: string; readonly status: string; readonly escalate: boolean; readonly reason: string }

/** What is heard without a measure: a report, or what only the leaders can decide. */
function asides({ number }: Meeting): readonly Aside[] {
  const reports: readonly Aside[] = [
    { title: '本周重点项目投资和开工情况通报', status: '项目办按月报和专员周报汇总。', escalate: false, reason: '听取汇报，不作决定。' }, { title: '下阶段集中开工项目准备情况', status: '各镇、园区已报送名单。', escalate: false, reason: '继续准备，下次会议再议。' },
  ];
  const hard: Aside = { title: '跨县（市）外部供电通道协调', status: '通道涉及邻近县（市），需更高层级出面。', escalate: true, reason: '超出示范区权限，报分管领导协调。' };
  return [...(number % 2 === 0 ? reports.slice((number / 2) % 2, ((number / 2) % 2) + 1) : []), ...(number % 12 === 5 ? [hard] : [])];
}

async function hold(stage: Stage, sitting: Sitting, day: string, minute: number): Promise<void> {
  const { meeting, id, office, matters } = sitting;
  await act(stage, { who: office, day, minute, name: 'dispatch.open_meeting', versionOf: id, input: { id } });
  await attend(stage, sitting, day, minute + 1);
  for (const [at, matter] of matters.entries()) {
    await act(stage, {
      who: office, day, minute: minute + 5 + at * 6, name: 'dispatch.decide_item',
      input: { id, itemId: itemId(meeting.number, matter.key), seen: 0, kind: 'measure', measure: matter.measure, ownerOrgId: bodyId(matter.owner), coOrgIds: matter.nth % 3 === 0 && matter.other !== matter.owner ? [bodyId(matter.other)] : [], dueDay: dueOf(matter, meeting.day), criterion: matter.criterion },
    });
  }
  for (const one of asides(meeting)) {
    await act(stage, { who: office, day, minute: minute + 45, name: 'dispatch.decide_item', input: { id, itemId: itemId(meeting.number, one.title), seen: 0, kind: one.escalate ? 'escalate' : 'none', ...(one.escalate ? { escalateTo: 'leader' } : {}), reason: one.reason } });
  }
  await act(stage, { who: office, day, minute: minute + 55, name: 'dispatch.close_meeting', versionOf: id, input: { id } });
}

interface Attendee { readonly id: string }

async function attend(stage: Stage, { meeting, id, office }: Sitting, day: string, minute: number): Promise<void> {
  const roll = dice('attendance', meeting.number);
  const invited = await stage.acting.app.database.rows<Attendee>(sql`select id from dispatch_attendees where meeting_id = ${id} and presence = 'invited' order by sort, id`);
  for (const { id: attendeeId } of invited) {
    const drawn = roll.next();
    const how = drawn < 0.88 ? { presence: 'present' } : drawn < 0.94 ? { presence: 'late', arrived: clock(minute + 12) } : { presence: 'excused', reason: '参加上级会议' };
    await act(stage, { who: office, day, minute, name: 'dispatch.mark_attendance', input: { id, attendeeId, ...how } });
  }
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

interface Issued { readonly item: string; readonly decision: string; readonly problem: string | null; readonly slip: string | null }

async function issue(stage: Stage, { meeting, id, office, matters }: Sitting, day: string, minute: number): Promise<void> {
  await act(stage, { who: office, day, minute, name: 'dispatch.draft_minutes', versionOf: id, input: { id } });
  await act(stage, { who: office, day, minute: minute + 20, name: 'dispatch.issue_minutes', versionOf: id, input: { id } });
  const rows = await stage.acting.app.database.rows<Issued>(sql`
    select d.item_id as item, d.id as decision, d.problem_id as problem, s.id as slip from dispatch_decisions d left join dispatch_slips s on s.decision_id = d.id and s.kind = 'assign' where d.meeting_id = ${id}`);
  for (const one of asides(meeting)) {
    const found = rows.find((row) => row.item === itemId(meeting.number, one.title));
    if (found !== undefined) stage.ids.set(`decision ${one.title} ${meeting.number}`, found.decision);
  }
  for (const matter of matters) {
    const found = rows.find((row) => row.item === itemId(meeting.number, matter.key));
    if (found?.problem === undefined || found.problem === null || found.slip === null) throw new Error(`meeting ${meeting.number} issued nothing on ${matter.key}`);
    stage.ids.set(matter.key, found.problem).set(`decision ${matter.key}`, found.decision).set(`slip ${matter.key}`, found.slip);
  }
}

async function sign(stage: Stage, { meeting }: Sitting, matter: Matter, minute: number): Promise<void> {
  const day = issuedOn(meeting);
  if (meeting.day >= UNSIGNED_SINCE && matter.nth % 2 === 0) return;
  await act(stage, { who: clerkOf(matter.owner, matter.nth), day, minute, name: 'dispatch.sign_slip', input: { id: idIn(stage, `decision ${matter.key}`), slipId: idIn(stage, `slip ${matter.key}`) } });
}

async function supervise(stage: Stage, { office }: Sitting, matter: Matter): Promise<void> {
  await act(stage, { who: office, day: SUPERVISED, minute: 620, name: 'dispatch.supervise', input: { id: idIn(stage, `decision ${matter.key}`), times: 1 } });
}

async function answered(stage: Stage, { meeting }: Sitting, one: Aside): Promise<void> {
  const day = CALENDAR.add(meeting.day, 5).day;
  await act(stage, { who: LEADERS[0] ?? '', day, minute: 600, name: 'dispatch.answer_escalation', input: { id: idIn(stage, `decision ${one.title} ${meeting.number}`), answer: '已与邻近县（市）沟通，同意联合踏勘，由项目办跟进。' } });
}

/** The next one: planned, its agenda forming by the rules of the zone. */
export function nextSitting(): Play {
  const id = meetingId(HELD + 1);
  return {
    key: id, day: TODAY, minute: 1035,
    run: async (stage) => {
      const orgs = [OFFICE_AT, '示范区自然资源和规划局', '示范区财政金融局', '示范区住房和城乡建设局'].map(bodyId);
      await act(stage, { who: officer(1), day: TODAY, minute: 1035, name: 'dispatch.plan_meeting', input: { id, kind: 'dispatch', day: NEXT_DAY, chair: LEADERS[0], orgIds: orgs } });
      await act(stage, { who: officer(1), day: TODAY, minute: 1040, name: 'dispatch.form_agenda', input: { id } });
    },
  };
}
