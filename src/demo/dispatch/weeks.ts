// The commissioners' weeks and what goes on beside the problems: task forces, lines with check-ins and the diary of the last eight weeks, the month's
// call-backs, and the notices that people have read.
import { idFrom } from '../../kernel/ids.ts';
import { addDays } from '../../kernel/days.ts';
import { sql } from '../../platform/db.ts';
import { dice } from '../dice.ts';
import { TODAY } from '../calendar.ts';
import type { Story } from '../story.ts';
import { progressAt } from '../words.ts';
import { act, bodyId, CALENDAR, desk, officer, type Play, type Stage } from './stage.ts';

const FIRST_WEEK = '2023-05-08';
const WEEKS = 8;
const FORCES_DAY = '2023-02-02';
/** What was told before this morning has been read. */
const READ_DAY = '2023-06-27';
const BEGUN: ReadonlySet<Story['stage']> = new Set(['started', 'building', 'completed', 'producing']);

export function weekPlays(stories: readonly Story[]): readonly Play[] {
  const own = new Map<string, Story[]>();
  for (const story of stories) if (BEGUN.has(story.stage) && story.pause === undefined) own.set(story.project.commissioner, [...(own.get(story.project.commissioner) ?? []), story]);
  return [...own].flatMap(([name, some]) => Array.from({ length: WEEKS }, (_, week) => week).flatMap((week) => reported(name, some, week)));
}

const NEXT = ['组织下道工序材料进场', '盯紧关键工序，确保节点按期完成', '协调办理相关手续', '完成本月投资入统资料', '开展现场安全检查'];
const NOTES = ['走访施工单位，核对形象进度和投资台账。', '与企业负责人沟通下月用工和资金安排。', '参加现场碰头会，督促整改上次提出的问题。', '陪同部门到现场踏勘，当场明确办理时限。'];

/** Some weeks are missed; of the last week, which ends on the zone's day, some lines are still owed. */
function reported(name: string, own: readonly Story[], week: number): Play[] {
  const roll = dice('week', name, week);
  const last = week === WEEKS - 1;
  const monday = addDays(FIRST_WEEK, week * 7);
  const day = CALENDAR.back(addDays(monday, 5), roll.whole(1, 2)).day;
  if (roll.chance(last ? 0.35 : 0.07)) return [];
  const lines = own.filter((_, at) => (at + week) % 2 === 0 || own.length === 1).slice(0, 2);
  return lines.flatMap((story, at): Play[] => {
    const minute = 930 + at * 20 + roll.whole(0, 15);
    const [project, key] = [story.project, `week ${name} ${week} ${at}`];
    const site = at === 0 ? { checkIn: { id: idFrom('demo', 'check-in', key), lon: story.lon, lat: story.lat, accuracyM: roll.whole(5, 30), place: `${project.town}项目现场` } } : {};
    const note = at === 0 && roll.chance(0.4) ? [{ key: `note ${key}`, day, minute: minute + 60, run: async (stage: Stage): Promise<void> => void (await act(stage, { who: name, day, minute: minute + 60, name: 'dispatch.add_note', input: { id: idFrom('demo', 'note', key), projectId: stage.idOf(story), text: roll.pick(NOTES) } })) }] : [];
    const next = roll.pick(NEXT);
    return [{ key, day, minute, run: async (stage) => void (await act(stage, {
      who: name, day, minute, name: 'dispatch.report_week', input: { id: idFrom('demo', 'line', key), projectId: stage.idOf(story), done: progressAt(project, project.times, project.form, day), next, ...site },
    })) }, ...note];
  });
}

/** One task force for the provincial projects of each town, led by the town's leader. */
export function forcePlays(stories: readonly Story[]): readonly Play[] {
  const towns = new Map<string, Story[]>();
  for (const story of stories) if (story.project.level === '省') towns.set(story.project.town, [...(towns.get(story.project.town) ?? []), story]);
  return [...towns].map(([town, some], nth): Play => ({ key: `force ${town}`, day: FORCES_DAY, minute: 960, run: async (stage) => {
    const [first] = some;
    const commissioners = [...new Set(some.map((story) => story.project.commissioner))];
    await act(stage, { who: officer(nth), day: FORCES_DAY, minute: 960, name: 'dispatch.form_taskforce', input: {
      id: idFrom('demo', 'force', town), name: `${town}省重点项目专班`, leaderId: stage.called(first?.project.leader ?? '').userId, leadOrgId: bodyId(town), projectIds: some.map((story) => stage.idOf(story)), fromDay: FORCES_DAY,
      members: [
        ...commissioners.map((name) => ({ id: idFrom('demo', 'member', town, name), userId: stage.called(name).userId, duty: '项目专员，驻点服务' })),
        { id: idFrom('demo', 'member', town, 'clerk'), userId: stage.called(`${town}经办`).userId, duty: '属地协调' }, { id: idFrom('demo', 'member', town, 'office'), userId: stage.called(officer(nth)).userId, duty: '调度联络' },
      ],
    } });
  } }));
}

/** At the beginning of each month the call-backs of the last one are drawn and most of them made; those of June wait. */
export function callbackPlays(): readonly Play[] {
  const months = ['2022-07', '2022-08', '2022-09', '2022-10', '2022-11', '2022-12', '2023-01', '2023-02', '2023-03', '2023-04', '2023-05', '2023-06'];
  return months.flatMap((month, nth): Play[] => {
    const [drawn, called] = month === '2023-06' ? [TODAY, ''] : [CALENDAR.next(`${months[nth + 1] ?? ''}-03`), CALENDAR.next(`${months[nth + 1] ?? ''}-09`)];
    const key = `callbacks ${month}`;
    const draw: Play = { key, day: drawn, minute: 1060, run: async (stage) => void (await act(stage, { who: desk(nth), day: drawn, minute: 1060, name: 'problems.draw_callbacks', input: { month, userIds: [0, 1, 2].map((at) => stage.called(desk(at)).userId) } })) };
    return called === '' ? [draw] : [draw, { key, day: called, minute: 900, run: (stage) => calledBack(stage, month, called) }];
  });
}

interface Drawn { readonly id: string; readonly number: string; readonly assigned: string | null; readonly state: string }

async function calledBack(stage: Stage, month: string, day: string): Promise<void> {
  const rows = await stage.acting.app.database.rows<Drawn>(sql`
    select c.problem_id as id, p.number, c.assigned_to as assigned, p.state from problems_callbacks c join problems_problems p on p.id = c.problem_id
    where c.month = ${month} and c.assigned_to is not null and p.state in ('solved', 'closed')
      and not exists (select 1 from problems_answers a where a.problem_id = p.id and a.round = p.round and a.side = 'callback' and a.verdict is not null) order by p.number`);
  for (const { id, number, assigned, state } of rows) {
    const nth = Number(number.slice(-4));
    const who = [0, 1, 2].map((seat) => stage.called(desk(seat))).find((one) => one.userId === assigned);
    // A few of the last month are not called yet: always the same ones.
    if (who === undefined || (month === '2023-05' && nth % 12 === 5)) continue;
    await act(stage, { who, day, minute: 900 + (nth % 120), name: 'problems.record_callback', versionOf: id, input: { id, day, verdict: state === 'closed' ? 'no_answer' : 'satisfied' } });
  }
}

/** Everybody who acted has read what lay there. */
export function readingPlays(names: readonly string[]): readonly Play[] {
  return names.map((name, nth): Play => ({ key: `read ${name}`, day: READ_DAY, minute: 506, run: async (stage) => void (await act(stage, { who: name, day: READ_DAY, minute: 506 + (nth % 5), name: 'notices.mark_all_read', input: {}, key: idFrom('demo', 'read', name) })) }));
}
