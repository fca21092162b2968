// What is told of the problems that are in hand, with photographs; what the office has approved of it and what still waits; the paper that proves what was done; and
// who asks for more time. Every word stands in data/progress.json.
import { idFrom } from '../../kernel/ids.ts';
import book from '../data/progress.json';
import { TODAY } from '../calendar.ts';
import { printPaper } from '../paper.ts';
import { drawPhoto } from '../photo.ts';
import type { Matter } from './matters.ts';
import { act, at, CALENDAR, clerkOf, idIn, officer, type Play, type Stage } from './stage.ts';

const back = (days: number): string => (days === 0 ? TODAY : CALENDAR.back(TODAY, days).day);

/** Days before the zone's day on which progress is told, of the lives that are in hand then; the office has looked at all but the last day's. */
const TOLD: Readonly<Partial<Record<Matter['life'], readonly number[]>>> = { soon: [3, 1], over: [4, 0], inTime: [1], pausedEnterprise: [1], meetingOver: [2, 0] };
/** Of those the ones that tell anything. */
const EVERY = 2;

export function progressOf(matter: Matter): readonly Play[] {
  const told = matter.nth % EVERY === 0 ? (TOLD[matter.life] ?? []) : [];
  return [...told.flatMap((days, turn) => update(matter, back(days), turn, days > 0)), ...extension(matter)];
}

function update({ key, nth, owner }: Matter, day: string, turn: number, judged: boolean): Play[] {
  const updateId = idFrom('demo', 'update', key, day);
  const who = clerkOf(owner, nth);
  const told: Play = { key, day, minute: 905 + (nth % 40), run: async (stage) => {
    const id = idIn(stage, key);
    const minute = 905 + (nth % 40);
    const files = turn === 0 ? { files: [await photoOf(stage, key, who, day, minute)] } : {};
    await act(stage, { who, day, minute, name: 'problems.update', versionOf: id, input: { id, updateId, text: book.updates[(nth + turn) % book.updates.length], ...files } });
  } };
  const refused = nth % 6 === 4;
  const verdict = refused ? { verdict: 'refused', reason: book.refused } : { verdict: 'approved' };
  // Nobody approves his own: of the office's problems another officer does.
  return judged ? [told, { key, day, minute: 1010 + (nth % 20), run: async (stage) => void (await act(stage, { who: officer(nth + 1), day, minute: 1010 + (nth % 20), name: 'problems.judge_update', input: { id: idIn(stage, key), updateId, ...verdict } })) }] : [told];
}

/** What a meeting has set a day for, and cannot be done by it: of some the office has said yes, of one it has not said anything. */
function extension({ key, life, nth, owner }: Matter): Play[] {
  if (life !== 'meetingOpen' || nth % 2 !== 0) return [];
  const extensionId = idFrom('demo', 'extension', key);
  const asked: Play = { key, day: back(0), minute: 880 + (nth % 9), run: async (stage) => void (await act(stage, {
    who: clerkOf(owner, nth), day: back(0), minute: 880 + (nth % 9), name: 'dispatch.ask_extension', input: { id: idIn(stage, `decision ${key}`), extensionId, wantedDay: book.wanted, reason: book.more[nth % book.more.length] },
  })) };
  const answered: Play = { key, day: back(0), minute: 960, run: async (stage) => void (await act(stage, { who: officer(nth), day: back(0), minute: 960, name: 'dispatch.answer_extension', input: { id: idIn(stage, `decision ${key}`), extensionId, granted: true, answer: book.granted } })) };
  return nth % 4 === 0 ? [asked, answered] : [asked];
}

/** Most are told in words; of every ninth, and of those that wait for their confirmation, there is a paper. */
export function proves({ life, nth }: Matter): boolean {
  return life === 'toConfirm' || nth % 9 === 0;
}

/** The digest of the paper that is handed in with the solution. */
export async function proofOf(stage: Stage, matter: Matter, who: string, day: string, minute: number): Promise<string> {
  const paper = printPaper({ title: book.proof.title, lines: [[book.proof.problem, matter.title], [book.proof.done, matter.done], [book.proof.owner, matter.owner], [book.proof.day, day]], foot: book.proof.foot });
  return stage.acting.upload(stage.called(who), at(day, minute - 2), `${book.proof.file}${day}.pdf`, paper);
}

function photoOf(stage: Stage, key: string, who: string, day: string, minute: number): Promise<string> {
  return stage.acting.upload(stage.called(who), at(day, minute - 2), `${book.photo}${day}.png`, drawPhoto({ form: 'road', share: 0.6, producing: false, day, word: key }));
}
