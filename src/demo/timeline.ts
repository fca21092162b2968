// The facts of a story as deeds in the order of their days: what was known when the register was opened in January is entered
// then, all later things on their own day. Says who does it; the commands themselves decide whether it may be done.
import book from './data/words.json';
import { addDays } from '../kernel/days.ts';
import { idFrom } from '../kernel/ids.ts';
import type { Actor } from '../platform/actor.ts';
import { approvalScenes } from './approvals.ts';
import { caseScenes } from './cases.ts';
import { later, OPENED, TODAY } from './calendar.ts';
import { moment, type Acting } from './acting.ts';
import type { Node } from './milestones.ts';
import { printPaper } from './paper.ts';
import { permitScenes } from './permit.ts';
import { drawPhoto } from './photo.ts';
import type { Proof, Report, Step, Story } from './story.ts';
import { workShare } from './times.ts';
import { wayScenes } from './ways.ts';
import lifecycle from '../features/projects/lifecycle/data/lifecycle.json' with { type: 'json' };

export interface Scene {
  readonly day: string;
  /** Order within a day. */
  readonly rank: number;
  play(acting: Acting): Promise<void>;
}

export interface Cast {
  /** The project's id, once it is in the register. */
  readonly id: string;
  readonly commissioner: (day: string) => Actor;
  readonly office: Actor;
  /** Who reports: the firm's own person where it has one. */
  readonly reporter: (day: string) => Actor;
  /** Anybody by name: who sits at a desk. */
  readonly called: (name: string) => Actor;
}

export function scenesOf(story: Story, cast: Cast): readonly Scene[] {
  const scenes: Scene[] = [
    ...story.steps.flatMap((step) => stepScenes(story, step, cast)),
    planScene(story, cast),
    ...story.nodes.flatMap((node) => nodeScenes(story, node, cast)),
    ...rebaseScenes(story, cast),
    ...story.reports.flatMap((report) => reportScenes(story, report, cast)),
    ...asideScenes(story, cast),
    ...resultScenes(story, cast),
    ...approvalScenes(story, cast),
    ...caseScenes(story, cast),
    ...permitScenes(story, cast),
    ...wayScenes(story, cast),
  ];
  return scenes.sort((a, b) => (a.day === b.day ? a.rank - b.rank : a.day < b.day ? -1 : 1));
}

/** The day on which a fact is entered: its own, or the day for what is past. */
function enteredOn(day: string): string {
  return later(day, OPENED.past);
}

function seconds(story: Story, rank: number): number {
  return story.project.serial * 20 + rank;
}

function stepScenes(story: Story, step: Step, cast: Cast): readonly Scene[] {
  const order = { planned: 0, reserved: 1, signed: 2, performed: 3, preliminary: 4, started: 5, building: 6, completed: 7, producing: 8, effective: 9 }[step.to];
  const day = enteredOn(step.day);
  return [{
    day, rank: order,
    play: async (acting) => {
      // What lies before the opening is entered by the office out of its cupboards; what happens now, by the commissioner.
      const past = step.day <= OPENED.past;
      const who = past ? cast.office : cast.commissioner(day);
      const at = moment(day, seconds(story, order));
      for (const [number, proof] of step.proofs.entries()) {
        const evidenceId = await lay(acting, story, cast, proof, { who, at, number });
        if (proof.kind === 'photo_works' && step.day > OPENED.past) {
          await acting.act({ who: cast.office, at, name: 'projects.verify_evidence', input: { id: cast.id, evidenceId }, versionOf: cast.id });
        }
      }
      if (step.to === 'effective') {
        await acting.act({ who: cast.office, at, name: 'projects.decide_effect', input: { id: cast.id, effective: true, day: step.day, reason: '十二个月产值、营收、税收均达到承诺的八成以上' }, versionOf: cast.id });
        return;
      }
      await acting.act({ who, at, name: 'projects.move', input: { id: cast.id, to: step.to, day: step.day, ...(step.works === undefined ? {} : { statement: { works: step.works } }) }, versionOf: cast.id });
    },
  }];
}

interface Laying {
  readonly who: Actor;
  readonly at: ReturnType<typeof moment>;
  readonly number: number;
}

/** Stores a file and lays it to the project as evidence. Gives the id of the evidence. */
async function lay(acting: Acting, story: Story, cast: Cast, proof: Proof, { who, at, number }: Laying): Promise<string> {
  const { project } = story;
  const old = proof.day <= OPENED.past && !project.published;
  const file = proof.photo ? photoOf(story, proof, old) : paperOf(story, proof, old);
  const fileSha = old ? await acting.common(who, file.name, file.make) : await acting.upload(who, at, file.name, file.make());
  const evidenceId = idFrom('demo', 'evidence', project.key, proof.kind, proof.day, String(number));
  const place = proof.photo ? { takenAt: `${proof.day}T0${2 + (project.serial % 6)}:${10 + (project.serial % 49)}:00Z`, lon: story.lon, lat: story.lat, place: `${project.town}${project.key}现场` } : {};
  await acting.act({
    who, at, name: 'projects.add_evidence', versionOf: cast.id,
    input: {
      id: cast.id, evidenceId, kind: proof.kind, fileSha, day: proof.day, ...place,
      ...(proof.number === undefined ? {} : { number: proof.number }), ...(proof.amountFen === undefined ? {} : { amountFen: proof.amountFen }), ...(proof.parties === undefined ? {} : { parties: proof.parties }),
    },
  });
  return evidenceId;
}

interface Making {
  readonly name: string;
  make(): Buffer;
}

function photoOf(story: Story, proof: Proof, common: boolean): Making {
  const { project } = story;
  const producing = proof.kind === 'photo_production';
  const share = producing ? 1 : proof.kind === 'photo_works' ? 0.08 : workShare(project.times, proof.day);
  if (common) return { name: `${proof.kind}-${project.form}.png`, make: () => drawPhoto({ form: project.form, share, producing, day: '', word: project.form }) };
  return { name: `${project.key}-${proof.day}.png`, make: () => drawPhoto({ form: project.form, share, producing, day: proof.day, word: project.key }) };
}

const KIND_NAMES = new Map(lifecycle.evidenceKinds.map((kind) => [kind.code, kind.name.zh]));

function paperOf(story: Story, proof: Proof, common: boolean): Making {
  const title = KIND_NAMES.get(proof.kind) ?? proof.kind;
  if (common) return { name: `${title}.pdf`, make: () => printPaper({ title: `${title}（演示）`, lines: [['说明', '建账前形成的纸质材料，编号和日期见登记信息']], foot: book.paperFoot }) };
  const lines: readonly (readonly [string, string])[] = [
    ['项目名称', story.project.name], ['建设单位', story.project.builder], ['日期', proof.day],
    ...(proof.number === undefined ? [] : [['编号', proof.number] as const]),
    ...(proof.amountFen === undefined ? [] : [['金额', `${proof.amountFen / 1_000_000}万元`] as const]),
    ...(proof.parties === undefined ? [] : [['签约各方', proof.parties] as const]),
  ];
  return { name: `${title}-${story.project.key}.pdf`, make: () => printPaper({ title: `${title}（演示）`, lines, foot: book.paperFoot }) };
}

function milestoneId(story: Story, node: Node): string {
  return idFrom('demo', 'milestone', story.project.key, node.kind);
}

/** Of what was done before the register was opened only the last node is told, to show from where the year began. */
function plannedNodes(story: Story): readonly Node[] {
  const last = story.nodes.findLastIndex((node) => node.actualDay !== undefined && node.actualDay < OPENED.people);
  return story.nodes.slice(Math.max(0, last));
}

/** A forecast is given for the next two nodes; the later ones follow from them. */
function forecastNodes(story: Story): readonly Node[] {
  return plannedNodes(story).filter((node) => node.actualDay === undefined).slice(0, 2);
}

const WEIGHTS: Readonly<Record<string, number>> = { start: 5, foundation: 15, structure: 30, equipment: 25, completion: 15, production: 10 };

function planScene(story: Story, cast: Cast): Scene {
  return {
    day: OPENED.plan, rank: 20,
    play: async (acting) => {
      const who = cast.commissioner(OPENED.plan);
      const milestones = plannedNodes(story).map((node, sort) => ({ id: milestoneId(story, node), name: node.name, kind: node.kind, plannedDay: node.plannedDay, weight: WEIGHTS[node.kind] ?? 2, sort }));
      await acting.act({ who, at: moment(OPENED.plan, seconds(story, 0)), name: 'projects.set_milestones', input: { id: cast.id, milestones }, versionOf: cast.id });
      await acting.act({
        who: cast.office, at: moment(OPENED.plan, seconds(story, 5)), name: 'projects.freeze_baseline', versionOf: cast.id,
        input: { id: cast.id, baselineId: idFrom('demo', 'baseline', story.project.key), reason: '2023年度节点计划下达' },
      });
    },
  };
}

function nodeScenes(story: Story, node: Node, cast: Cast): readonly Scene[] {
  if (!plannedNodes(story).includes(node)) return [];
  const id = milestoneId(story, node);
  const scenes: Scene[] = [];
  if (node.actualDay !== undefined) {
    const { actualDay } = node;
    const day = later(actualDay, addDays(OPENED.plan, 1));
    scenes.push({ day, rank: 30, play: async (acting) => void (await acting.act({ who: cast.commissioner(day), at: moment(day, seconds(story, 12)), name: 'projects.complete_milestone', input: { id: cast.id, milestoneId: id, actualDay }, versionOf: cast.id })) });
  } else if (node.forecastDay !== undefined && forecastNodes(story).includes(node)) {
    const { forecastDay } = node;
    const day = addDays('2023-06-19', story.project.serial % 10);
    const reason = story.project.problem ?? '按现场进度测算';
    scenes.push({ day, rank: 31, play: async (acting) => void (await acting.act({ who: cast.commissioner(day), at: moment(day, seconds(story, 13)), name: 'projects.forecast_milestone', input: { id: cast.id, milestoneId: id, forecastDay, reason }, versionOf: cast.id })) });
  }
  return scenes;
}

function rebaseScenes(story: Story, cast: Cast): readonly Scene[] {
  const { rebased } = story;
  if (rebased === undefined) return [];
  const changes = plannedNodes(story).flatMap((node) => (node.replannedDay === undefined ? [] : [{ milestoneId: milestoneId(story, node), plannedDay: node.replannedDay }]));
  if (changes.length === 0) return [];
  return [{
    day: rebased.on, rank: 40,
    play: async (acting) => void (await acting.act({
      who: cast.office, at: moment(rebased.on, seconds(story, 15)), name: 'projects.rebaseline', versionOf: cast.id,
      input: { id: cast.id, baselineId: idFrom('demo', 'rebaseline', story.project.key), reason: rebased.reason, changes },
    })),
  }];
}

function reportScenes(story: Story, report: Report, cast: Cast): readonly Scene[] {
  const reportId = idFrom('demo', 'report', story.project.key, report.month);
  const filed: Scene = {
    day: report.filedOn, rank: 50,
    play: async (acting) => {
      const who = cast.reporter(report.filedOn);
      const at = moment(report.filedOn, seconds(story, 16));
      const taken = report.filedOn <= `${report.month}-31` ? report.filedOn : `${report.month}-26`;
      const photos = report.photo ? [await lay(acting, story, cast, { kind: 'photo_site', day: taken, photo: true }, { who, at, number: 0 })] : [];
      await acting.act({
        who, at, name: 'projects.report',
        input: {
          id: cast.id, reportId, month: report.month, dispatchFen: report.first?.dispatchFen ?? report.dispatchFen, progress: report.progress, nextSteps: report.nextSteps,
          ...(report.problems === undefined ? {} : { problems: report.problems }), ...(report.statFen === null ? {} : { statFen: report.statFen, inStatistics: true }), ...(photos.length === 0 ? {} : { photos }),
        },
      });
    },
  };
  const { first } = report;
  if (first === undefined) return [filed];
  const correctedOn = first.correctedOn > TODAY ? TODAY : first.correctedOn;
  return [filed, {
    day: correctedOn, rank: 55,
    play: async (acting) => void (await acting.act({ who: cast.office, at: moment(correctedOn, seconds(story, 17)), name: 'projects.correct_report', input: { id: reportId, dispatchFen: report.dispatchFen, reason: first.reason }, versionOf: reportId })),
  }];
}

function asideScenes(story: Story, cast: Cast): readonly Scene[] {
  const { pause, handover } = story;
  const scenes: Scene[] = [];
  if (pause !== undefined) {
    scenes.push({ day: pause.day, rank: 60, play: async (acting) => void (await acting.act({ who: cast.office, at: moment(pause.day, seconds(story, 18)), name: 'projects.pause', input: { id: cast.id, day: pause.day, reason: pause.reason }, versionOf: cast.id })) });
  }
  if (handover !== undefined) {
    scenes.push({
      day: handover.day, rank: 10,
      play: async (acting) => void (await acting.act({
        who: cast.office, at: moment(handover.day, seconds(story, 0)), name: 'projects.assign_commissioner', versionOf: cast.id,
        input: { id: cast.id, assignmentId: idFrom('demo', 'handover', story.project.key), userId: cast.commissioner(addDays(handover.day, 1)).userId, note: handover.note },
      })),
    });
  }
  return scenes;
}

function resultScenes(story: Story, cast: Cast): readonly Scene[] {
  const { results } = story;
  if (results === undefined) return [];
  const day = '2023-05-12';
  return [{
    day, rank: 70,
    play: async (acting) => void (await acting.act({ who: cast.commissioner(day), at: moment(day, seconds(story, 19)), name: 'projects.enter_results', input: { id: cast.id, ...results }, versionOf: cast.id })),
  }];
}
