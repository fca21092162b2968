// The problems of the demonstration as a plan: how many live which life, when each is raised, on which project, in which words. Pure and always the same.
import book from '../data/problems.json';
import { dice, type Dice } from '../dice.ts';
import { TODAY } from '../calendar.ts';
import { isTold } from '../permit.ts';
import type { Story } from '../story.ts';
import { CALENDAR, OFFICE_AT, SINCE } from './stage.ts';
import type { Meeting } from './meetings.ts';

/** How many of each life are solved by the zone's day: 483, on five tiers. */
export const SOLVED = {
  /** The commissioner settles it himself; tier 1. */
  kept: 118,
  /** Taken in, forwarded, replied, done; tier 2. Of them some wait for somebody, are handed back once, are opened again. */
  plain: 118, meeting: 129,
  /** Tier 3: the project office's own, late, late after a meeting, done again after a no, ruled. */
  office: 25, late3: 18, meetingLate: 8, redone: 15, ruled: 4,
  /** Tiers 4 and 5: heard by a meeting, or late beyond the rungs. */
  heard4: 24, late4: 8, heard5: 8, late5: 8,
} as const;
/** And those that are not: open in every way, ended without an answer, taken back, declined, merged. */
export const UNSOLVED = {
  fresh: 3, taken: 2, assigned: 6, inTime: 12, soon: 6, over: 5, meetingOver: 4, meetingOpen: 7, pausedEnterprise: 4, pausedUpper: 3, toConfirm: 8, inRuling: 1, reopened: 4, undone: 3,
  closed: 12, withdrawn: 4, declined: 3, merged: 2,
} as const;
export type Life = keyof typeof SOLVED | keyof typeof UNSOLVED;

export type Template = (typeof book.templates)[number];
export type Source = 'commissioner' | 'service' | 'visit' | 'instruction' | 'meeting';

export interface Matter {
  readonly key: string;
  readonly nth: number;
  readonly life: Life;
  readonly day: string;
  readonly minute: number;
  readonly source: Source;
  readonly story: Story;
  readonly kind: string;
  readonly title: string;
  readonly ask: string;
  readonly reply: string;
  readonly measure: string;
  readonly criterion: string;
  readonly done: string;
  readonly complaint: boolean;
  /** The body that has to do it. */
  readonly owner: string;
  readonly other: string;
  /** Which meeting raises or hears it. */
  readonly meeting?: number;
}

/** The last day on which one of each life may be raised, so that it comes to where it is by the zone's day; for those that lie at the end, exactly. */
const LAST: Readonly<Partial<Record<Life, string>>> = {
  kept: '2023-06-20', plain: '2023-06-07', office: '2023-06-07', late3: '2023-06-01', redone: '2023-05-31', ruled: '2023-05-24', late4: '2023-05-25', late5: '2023-05-18', closed: '2023-06-02', withdrawn: '2023-06-12', declined: '2023-06-19',
};
/** Working days before the zone's day. */
const AGO: Readonly<Partial<Record<Life, readonly number[]>>> = {
  fresh: [0, 0, 0], taken: [0, 1], assigned: [1, 1, 1, 2, 2, 2], inTime: [2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 5], soon: [6, 6, 6, 6, 6, 6], over: [8, 9, 10, 12, 14], pausedEnterprise: [4, 5, 6, 7], pausedUpper: [8, 12, 16],
  merged: [1, 1], toConfirm: [6, 6, 6, 7, 7, 5, 5, 5], inRuling: [4], reopened: [14, 16, 18, 20], undone: [9, 10, 11],
};

/** What those on the sign-in page find on their first page: on the told project itself, or of the kind that is theirs. */
const PINNED: Readonly<Record<string, { readonly project?: string; readonly title: string }>> = {
  'toConfirm 0': { project: '电池级硫酸锌与硫酸锰', title: '{project}施工临时用电容量不足' }, 'inTime 1': { project: '电池级硫酸锌与硫酸锰', title: '{firm}咨询项目备案变更流程' },
  'assigned 0': { title: '{project}临时用地到期' }, 'assigned 1': { title: '{project}消防验收排期较晚' }, 'assigned 2': { title: '{project}扬尘管控停工' }, 'assigned 3': { title: '{project}供水管径偏小' }, 'assigned 4': { title: '{project}门前道路破损' },
};

const DEPARTMENT: Readonly<Record<string, string>> = {
  land: '示范区自然资源和规划局', approval: '示范区行政审批和政务信息管理局', money: '示范区财政金融局', labour: '示范区人力资源和社会保障局', energy: '示范区工业信息和科技局', utilities: '示范区城市管理局', logistics: '示范区交通运输局',
  environment: '示范区生态环境局', construction: '示范区住房和城乡建设局', policy: '示范区财政金融局', consultation: '示范区行政审批和政务信息管理局', market: '示范区商务局', technology: '示范区工业信息和科技局', safety: '示范区应急管理局',
  conduct: '示范区行政审批和政务信息管理局', other: '示范区城市管理局',
};

export function mattersOf(stories: readonly Story[], meetings: readonly Meeting[], hasPerson: (body: string) => boolean): readonly Matter[] {
  const used = new Set<string>();
  let nth = 0;
  const matters = Object.entries({ ...SOLVED, ...UNSOLVED }).flatMap(([name, count]) => {
    const life = lifeNamed(name);
    return Array.from({ length: count }, (_, at) => {
      nth += 1;
      const roll = dice('matter', life, at);
      const meeting = meetingFor(life, at, meetings);
      const day = meeting === undefined ? raisedOn(life, at, count, roll) : meeting.heard ? CALENDAR.back(meeting.day, 5).day : meeting.day;
      const pinned = PINNED[`${life} ${at}`];
      const source = meeting !== undefined && !meeting.heard ? 'meeting' : pinned?.project === undefined ? sourceOf(life, roll) : 'service';
      const found = place({ stories, used, day, roll, source, topic: meeting?.topic, pinned, hasPerson });
      return composed({ key: `${life} ${at}`, nth, life, day, source, roll, ...found, ...(meeting === undefined ? {} : { meeting: meeting.number }) });
    });
  });
  return matters.map((one) => (one.life === 'merged' ? again(one, matters.find(({ key }) => key === one.key.replace('merged', 'inTime'))) : one));
}

/** The same once more, in other words. */
function again(matter: Matter, twin: Matter | undefined): Matter {
  if (twin === undefined) throw new Error(`${matter.key} is like nothing`);
  const { story, kind, title, ask, reply, measure, criterion, done, complaint, owner, other } = twin;
  return { ...matter, story, kind, title: `${title}（企业再次反映）`, ask, reply, measure, criterion, done, complaint, owner, other };
}

function lifeNamed(name: string): Life {
  const found = [...Object.keys(SOLVED), ...Object.keys(UNSOLVED)].find((one): one is Life => one === name);
  if (found === undefined) throw new Error(`no life is called ${name}`);
  return found;
}

interface Given { readonly number: number; readonly day: string; readonly heard: boolean; readonly topic: string | undefined }

/** Meetings that raise it or hear it: evenly over the series, what is open in the last ones. */
function meetingFor(life: Life, at: number, meetings: readonly Meeting[]): Given | undefined {
  const spans: Readonly<Partial<Record<Life, readonly [number, number, boolean]>>> = {
    meeting: [1, 68, false], meetingLate: [6, 60, false], heard4: [5, 68, true], heard5: [12, 64, true], meetingOver: [66, 69, false], meetingOpen: [70, 72, false],
  };
  const span = spans[life];
  if (span === undefined) return undefined;
  const [from, to, heard] = span;
  const count = { ...SOLVED, ...UNSOLVED }[life];
  const meeting = meetings[from - 1 + Math.floor((at * (to - from + 1)) / count)];
  if (meeting === undefined) throw new Error('no such meeting');
  return { number: meeting.number, day: meeting.day, heard, topic: heard ? undefined : meeting.project };
}

/** Evenly, a little denser towards the end: the desk became known. */
function raisedOn(life: Life, at: number, count: number, roll: Dice): string {
  const ago = AGO[life]?.[at];
  if (ago !== undefined) return ago === 0 ? TODAY : CALENDAR.back(TODAY, ago).day;
  const span = CALENDAR.between(SINCE, LAST[life] ?? TODAY);
  return CALENDAR.add(SINCE, Math.min(span, Math.floor(((at + roll.next()) / count) ** 0.8 * span))).day;
}

function sourceOf(life: Life, roll: Dice): Source {
  if (life === 'kept') return 'commissioner';
  if (life === 'withdrawn') return 'service';
  const drawn = roll.next();
  if (drawn < 0.52) return 'service';
  if (drawn < 0.7) return life === 'merged' || life === 'declined' ? 'service' : 'visit';
  return drawn < 0.86 ? 'commissioner' : 'instruction';
}

interface Placing { readonly stories: readonly Story[]; readonly used: Set<string>; readonly day: string; readonly roll: Dice; readonly source: Source; readonly topic: string | undefined; readonly pinned: (typeof PINNED)[string] | undefined; readonly hasPerson: (body: string) => boolean }

/** A project whose stage fits, and what comes up there that has not come up yet. */
function place({ stories, used, day, roll, source, topic, pinned, hasPerson }: Placing): { readonly story: Story; readonly template: Template } {
  const templates = pinned === undefined ? book.templates : book.templates.filter(({ title }) => title === pinned.title);
  for (let turn = 0; turn < 400; turn += 1) {
    const template = roll.pick(templates);
    const told = stories.find((story) => story.project.key === pinned?.project);
    if (told !== undefined) return { story: told, template };
    if (template.kind === 'conduct' && source !== 'service') continue;
    const all = stories.filter((story) => fits(story, template, day));
    const own = source === 'service' && turn % 2 === 0 ? all.filter((story) => hasPerson(story.project.builder)) : all;
    const some = topic === undefined || turn > 200 ? own : all.filter((story) => story.project.key === topic);
    if (some.length === 0) continue;
    const story = roll.pick(some);
    const key = `${template.title} ${story.project.key}`;
    if (used.has(key)) continue;
    used.add(key);
    return { story, template };
  }
  throw new Error(`nothing comes up on ${day}`);
}

function fits(story: Story, template: Template, day: string): boolean {
  const { project, kind, handover } = story;
  // Their whole life is told elsewhere.
  if (isTold(story)) return false;
  if (template.for !== 'any' && template.for !== kind) return false;
  if (handover !== undefined && day <= handover.day) return false;
  const { actualStart, actualCompletion, pausedOn } = project.times;
  if (pausedOn !== undefined && day > pausedOn) return false;
  const phase = actualStart === undefined || day < actualStart ? 'before' : actualCompletion === undefined || day < actualCompletion ? 'works' : 'running';
  return template.when.includes(phase);
}

interface Composing { readonly key: string; readonly nth: number; readonly life: Life; readonly day: string; readonly source: Source; readonly roll: Dice; readonly story: Story; readonly template: Template; readonly meeting?: number }

function composed({ roll, template, story, ...rest }: Composing): Matter {
  const slots: Readonly<Record<string, string>> = {
    project: story.project.key, firm: story.project.builder.replace('（演示）', ''), kv: String(roll.pick([10, 35])), kva: String(roll.pick([400, 630, 800, 1250])), mm: String(roll.pick([160, 200, 300])), m: String(roll.whole(12, 90)),
    cm: String(roll.whole(20, 80)), few: String(roll.whole(3, 9)), tens: String(roll.whole(3, 12) * 10), days: String(roll.whole(12, 40)), mu: String(roll.whole(5, 60)),
  };
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot] ?? '');
  const town = story.project.town;
  const owner = rest.life === 'office' ? OFFICE_AT : (template.owner ?? DEPARTMENT[template.kind] ?? town);
  return {
    ...rest, story, kind: template.kind, minute: roll.pick([515, 530, 545, 560, 580, 600, 620, 640, 875, 890, 910, 930, 950]), title: fill(template.title), ask: fill(template.ask), reply: fill(template.reply), measure: fill(template.measure),
    criterion: fill(template.criterion), done: fill(template.done), complaint: template.complaint === true, owner, other: owner === town ? '示范区民政局' : town,
  };
}
