// What happens to each problem of the plan, deed by deed: raised, forwarded, answered, done, confirmed, and whatever goes wrong. The rules decide whether it
// may be done; the clocks turn in between.
import { sql } from '../../platform/db.ts';
import { dice, type Dice } from '../dice.ts';
import { TODAY } from '../calendar.ts';
import { idFrom } from '../../kernel/ids.ts';
import { act, bodyId, CALENDAR, clerkOf, desk, idIn, officer, type Play, type Stage } from './stage.ts';
import { answerAsked, type Verdict } from './answers.ts';
import type { Life, Matter } from './matters.ts';
import { progressOf, proofOf, proves } from './progress.ts';

/** A line of deeds about one problem; each stands at its day and minute. */
interface Telling {
  readonly matter: Matter;
  readonly roll: Dice;
  readonly plays: Play[];
}

export function playsOf(matter: Matter): readonly Play[] {
  const telling: Telling = { matter, roll: dice('life', matter.key), plays: [] };
  TELL[matter.life](telling);
  return [...telling.plays, ...progressOf(matter)];
}

const TELL: Readonly<Record<Life, (telling: Telling) => void>> = {
  kept: (t) => { raise(t); const day = later(t, t.roll.whole(0, 2)); submit(t, day, t.matter.story.project.commissioner); confirm(t, later(t, day, t.roll.whole(0, 2)), said(t)); },
  plain,
  meeting: (t) => decided(t, t.matter.day, false),
  meetingLate: (t) => decided(t, t.matter.day, true),
  office: (t) => { const from = given(t); replied(t, from); const day = wd(from, t.roll.whole(3, 6)); submit(t, day); confirm(t, wd(day, t.roll.whole(0, 3)), said(t)); },
  late3: (t) => late(t, 8), late4: (t) => late(t, t.roll.whole(12, 14)), late5: (t) => late(t, t.roll.whole(19, 21)),
  redone: (t) => {
    const day = done(t, given(t), 3);
    confirm(t, wd(day, 1), 'dissatisfied');
    const office = officer(t.matter.nth);
    step(t, wd(day, 2), 600, office, 'problems.reply', { text: '已由项目办提级办理，重新制定措施。' });
    submit(t, wd(day, 5), office, '提级办理后已按企业意见整改到位。');
    confirm(t, wd(day, 6), t.matter.nth % 3 === 0 ? 'basically' : 'satisfied');
  },
  ruled: (t) => { const from = ruling(t); step(t, wd(from, 2), 590, officer(t.matter.nth), 'problems.rule', { toOrgId: bodyId(t.matter.owner), reason: '按职责分工由该部门牵头，另一单位配合。' }); const day = wd(from, 4); submit(t, day); confirm(t, wd(day, 1), 'satisfied'); },
  heard4: (t) => heard(t, 2), heard5: (t) => heard(t, 3),
  fresh: (t) => raise(t, 1000 + t.matter.nth % 20), taken: (t) => { raise(t, 960); step(t, t.matter.day, 985, desk(t.matter.nth), 'problems.sign', {}); },
  assigned: (t) => void given(t), inTime: (t) => replied(t, given(t)), soon: (t) => replied(t, given(t)), over: (t) => replied(t, given(t)), meetingOpen: () => undefined,
  meetingOver: (t) => step(t, wd(t.matter.day, 3), 600, clerkOf(t.matter.owner, t.matter.nth), 'problems.reply', { text: t.matter.reply }),
  pausedEnterprise: (t) => { const from = given(t); replied(t, from); pause(t, wd(from, 2), 'enterprise'); }, pausedUpper: (t) => { const from = given(t); replied(t, from); pause(t, wd(from, 3), 'upper_level'); },
  toConfirm: (t) => { const from = given(t); replied(t, from); submit(t, wd(from, t.matter.nth % 2 === 0 ? 4 : 3)); },
  inRuling: (t) => void ruling(t),
  reopened: (t) => { const day = done(t, given(t), 3); confirm(t, wd(day, 1), 'satisfied'); step(t, CALENDAR.back(TODAY, 2).day, 600, t.matter.story.project.commissioner, 'problems.reopen', { reason: '问题再次出现，前次处理没有解决根本。' }); step(t, CALENDAR.back(TODAY, 1).day, 620, clerkOf(t.matter.owner, t.matter.nth), 'problems.reply', { text: '已安排重新核查。' }); },
  undone: (t) => { const day = done(t, given(t), 3); confirm(t, CALENDAR.back(TODAY, 2).day < wd(day, 2) ? CALENDAR.back(TODAY, 2).day : wd(day, 2), 'dissatisfied'); step(t, CALENDAR.back(TODAY, 1).day, 610, officer(t.matter.nth), 'problems.reply', { text: '项目办已提级办理。' }); },
  closed: (t) => void done(t, given(t), 3),
  withdrawn: (t) => { raise(t); t.plays.push({ key: t.matter.key, day: wd(t.matter.day, 1), minute: 600, run: async (stage) => void (await act(stage, { who: asker(stage, t.matter), day: wd(t.matter.day, 1), minute: 600, name: 'problems.withdraw', versionOf: idIn(stage, t.matter.key), input: { id: idIn(stage, t.matter.key), reason: '企业已自行解决，申请撤回。' } })) }); },
  declined: (t) => { raise(t); step(t, t.matter.day, t.matter.minute + 30, desk(t.matter.nth), 'problems.decline', { reason: '属于企业之间的合同事项，建议依约协商或依法诉讼。' }); },
  merged: (t) => { raise(t); const { key, nth, day, minute } = t.matter; t.plays.push({ key, day, minute: minute + 50, run: async (stage) => void (await act(stage, { who: officer(nth), day, minute: minute + 50, name: 'problems.merge', versionOf: idIn(stage, key), input: { id: idIn(stage, key), into: idIn(stage, twinOf(t.matter)), reason: '与在办事项属同一问题，并案办理。' } })) }); },
};

/** Of which it is the same once more. */
function twinOf({ key }: Matter): string {
  return key.replace('merged', 'inTime');
}

function wd(day: string, count: number): string {
  return count === 0 ? day : CALENDAR.add(day, count).day;
}

function later({ matter }: Telling, from: string | number, count = 0): string {
  return typeof from === 'number' ? wd(matter.day, from) : wd(from, count);
}

function plain(t: Telling): void {
  const { nth } = t.matter;
  const back = nth % 7 === 0;
  const from = given(t, back ? t.matter.other : t.matter.owner);
  const start = back ? handedBack(t, from) : from;
  replied(t, start);
  const wait = !back && nth % 4 === 1;
  if (wait) {
    const kind = nth % 3 === 0 ? 'upper_level' : 'enterprise';
    pause(t, wd(start, 2), kind);
    step(t, wd(start, 5), 610, clerkOf(t.matter.owner, nth), 'problems.resume', { note: kind === 'enterprise' ? '企业材料已补齐。' : '上级批复已到。' });
  }
  const day = wait ? wd(start, t.roll.whole(6, 8)) : wd(start, t.roll.whole(2, back ? 4 : 6));
  submit(t, day);
  const ended = wd(day, t.roll.whole(0, 3));
  confirm(t, ended, said(t));
  if (nth % 40 !== 3) return;
  const again = wd(ended, 3);
  step(t, again, 600, t.matter.story.project.commissioner, 'problems.reopen', { reason: '办结后问题又有反复。' });
  step(t, wd(again, 1), 600, clerkOf(t.matter.owner, nth), 'problems.reply', { text: '已重新现场核查。' });
  submit(t, wd(again, 3));
  confirm(t, wd(again, 4), 'satisfied');
}

/** Most are satisfied; some only basically; of a few the enterprise does not answer. */
function said({ roll, matter }: Telling): Verdict {
  const drawn = roll.next();
  // Whoever does not answer is waited for: that must be over by the zone's day.
  const over = matter.day < '2023-05-25';
  return drawn < 0.05 ? 'basically' : drawn < 0.09 && over ? 'half' : 'satisfied';
}

/** Taken in and handed to whoever has to do it; gives the day. */
function given(t: Telling, to = t.matter.owner): string {
  raise(t);
  const { day, minute, nth, source } = t.matter;
  if (source === 'instruction') step(t, day, minute + 35, officer(nth), 'problems.forward', { toOrgId: bodyId(to), note: '请按领导批示办理。' });
  else step(t, day, minute + 45, desk(nth), 'problems.forward', { toOrgId: bodyId(to) });
  return day;
}

function handedBack(t: Telling, from: string): string {
  step(t, from, t.matter.minute + 70 > 720 && t.matter.minute < 720 ? 700 : Math.min(1075, t.matter.minute + 70), clerkOf(t.matter.other, t.matter.nth), 'problems.hand_back', { reason: '不属于本单位职责，建议由业务主管部门办理。' });
  step(t, wd(from, 1), 560, desk(t.matter.nth), 'problems.forward', { toOrgId: bodyId(t.matter.owner), note: '退回后重新交办。' });
  return wd(from, 1);
}

function ruling(t: Telling): string {
  const from = handedBack(t, given(t, t.matter.other));
  step(t, from, 640, clerkOf(t.matter.owner, t.matter.nth), 'problems.hand_back', { reason: '涉及属地协调，应由属地牵头。' });
  return from;
}

function replied(t: Telling, from: string): void {
  step(t, wd(from, 1), 570 + (t.matter.nth % 60), clerkOf(t.matter.owner, t.matter.nth), 'problems.reply', { text: t.matter.reply });
}

/** Replied and submitted so many working days after it was given; gives the day. */
function done(t: Telling, from: string, days: number): string {
  replied(t, from);
  submit(t, wd(from, days));
  return wd(from, days);
}

function late(t: Telling, days: number): void {
  const day = done(t, given(t), days);
  confirm(t, wd(day, 1), said(t));
}

/** What a meeting gave: it is the owner's from the day of the minutes. */
function decided(t: Telling, meeting: string, over: boolean): void {
  const from = wd(meeting, 1);
  step(t, wd(from, 1), 600 + (t.matter.nth % 50), clerkOf(t.matter.owner, t.matter.nth), 'problems.reply', { text: t.matter.reply });
  const day = over ? wd(dueOf(t.matter, meeting), 1) : wd(from, t.roll.whole(2, 4));
  submit(t, day);
  confirm(t, wd(day, t.roll.whole(0, 2)), said(t));
}

/** The day that a meeting sets for a matter. */
export function dueOf(matter: Matter, meeting: string): string {
  // What is overdue on the zone's day was due before it.
  if (matter.life === 'meetingOver') return wd(meeting, 5);
  return wd(meeting, 6 + (matter.nth % 5));
}

function heard(t: Telling, times: number): void {
  const from = given(t);
  replied(t, from);
  const names = [clerkOf(t.matter.owner, t.matter.nth), officer(t.matter.nth), officer(t.matter.nth + 1)];
  for (let nth = 0; nth < times; nth += 1) {
    step(t, wd(from, 2), 600 + nth * 20, names[nth] ?? '', 'problems.escalate', { reason: nth === 0 ? '涉及多个部门，本单位难以协调。' : '需领导协调，提请调度会研究。', ...(nth === times - 1 ? { forMeeting: true } : {}) });
  }
  const day = wd(from, t.roll.whole(8, 10));
  submit(t, day);
  confirm(t, wd(day, t.roll.whole(1, 2)), said(t));
}

function pause(t: Telling, day: string, kind: 'enterprise' | 'upper_level'): void {
  step(t, day, 640, clerkOf(t.matter.owner, t.matter.nth), 'problems.pause', { kind, reason: kind === 'enterprise' ? '等待企业补充材料。' : '已报上级主管部门，等待批复。' });
}

function step(t: Telling, day: string, minute: number, who: string, name: string, input: Readonly<Record<string, unknown>>): void {
  const { key } = t.matter;
  t.plays.push({ key, day, minute, run: async (stage) => {
    const id = idIn(stage, key);
    await act(stage, { who, day, minute, name, versionOf: id, input: { id, ...input } });
  } });
}

function submit(t: Telling, day: string, who = clerkOf(t.matter.owner, t.matter.nth), text = t.matter.done): void {
  const { key, life, nth } = t.matter;
  const minute = life === 'kept' && day === t.matter.day ? t.matter.minute + 80 : 960 + (nth % 60);
  t.plays.push({ key, day, minute, run: async (stage) => {
    const id = idIn(stage, key);
    const files = proves(t.matter) ? { files: [await proofOf(stage, t.matter, who, day, minute)] } : {};
    await act(stage, { who, day, minute, name: 'problems.submit', versionOf: id, input: { id, text, ...files } });
  } });
}

function raise(t: Telling, minute = t.matter.minute): void {
  const { matter } = t;
  t.plays.push({ key: matter.key, day: matter.day, minute, run: async (stage) => void stage.ids.set(matter.key, await (matter.source === 'visit' ? visited : raised)(stage, matter, minute)) });
}

async function raised(stage: Stage, matter: Matter, minute: number): Promise<string> {
  const { source, day, story, title, ask, kind, complaint, nth } = matter;
  const project = { projectIds: [stage.idOf(story)] };
  const firm = stage.ofFirm(story.project.builder);
  const how = source !== 'service' ? project
    : firm === undefined ? { ...project, channel: nth % 3 === 0 ? 'counter' : 'phone', contactName: '企业联系人', contactPhone: '0391-0000110' }
      : calls(matter) ? { enterpriseId: firm.orgId, channel: nth % 2 === 0 ? 'phone' : 'counter', contactName: '企业联系人' } : { ...project, channel: ['web', 'mobile', 'api'][nth % 3] };
  const output = await act(stage, {
    who: asker(stage, matter), day, minute, name: 'problems.raise', input: { title, ask, kind, source, ...how, ...(complaint ? { complaint } : {}), ...(matter.life === 'kept' ? { keep: true } : {}) },
  });
  return String(output['id']);
}

const calls = ({ nth }: Matter): boolean => nth % 3 === 0;

/** Who brings it in: of a firm that has nobody here the office writes down what was told on the phone. */
function asker(stage: Stage, { source, story, nth, life }: Matter): ReturnType<Stage['called']> {
  if (source === 'commissioner') return stage.called(story.project.commissioner);
  if (source === 'instruction') return stage.called(story.project.leader);
  const firm = stage.ofFirm(story.project.builder);
  if (firm === undefined) return stage.called(officer(nth));
  return nth % 3 === 0 && life !== 'withdrawn' ? stage.called(desk(nth)) : firm;
}

/** 连心桥: the commissioner's visit at which it was told. */
async function visited(stage: Stage, matter: Matter, minute: number): Promise<string> {
  const { day, story, title, ask, key } = matter;
  const id = idFrom('demo', 'visit', key);
  await act(stage, {
    who: story.project.commissioner, day, minute, name: 'dispatch.record_visit',
    input: { id, kind: matter.nth % 4 === 0 ? 'research' : 'visit', projectId: stage.idOf(story), lon: story.lon, lat: story.lat, accuracyM: 12, place: '项目现场', participants: '项目专员、企业负责人', said: ask, problems: [title] },
  });
  const row = await stage.acting.app.database.row<{ id: string }>(sql`select problem_id as id from dispatch_raised where visit_id = ${id}`);
  if (row === undefined) throw new Error(`the visit ${key} raised nothing`);
  return row.id;
}

/** Everybody who is asked answers. */
function confirm({ matter, plays }: Telling, day: string, verdict: Verdict): void {
  const minute = 1040 + (matter.nth % 30);
  plays.push({ key: matter.key, day, minute, run: (stage) => answerAsked(stage, matter, { day, minute, verdict }) });
}
