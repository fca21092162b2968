// The approvals of two projects told to the end: one goes from its facts to the construction permit in every way that there is, one stands still
// on the applicant's clock. The deeds stand in data/permit.json; the ordinary commands decide whether they may be done.
import book from './data/permit.json';
import { idFrom } from '../kernel/ids.ts';
import type { Actor } from '../platform/actor.ts';
import { moment, type Acting, type Deed } from './acting.ts';
import { attorney, promiseLetter, riskLetter } from './paper.ts';
import type { Story } from './story.ts';
import type { Cast, Scene } from './timeline.ts';

export interface Line {
  readonly day: string;
  /** `commissioner`, `firm`, `agent` (the commissioner in the firm's name), `office`, `system`, or the desk of a department. */
  readonly who: string;
  readonly do: string;
  /** Which case, simulation, acceptance or guidance of the project. */
  readonly ref?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

const TOLD: ReadonlyMap<string, readonly Line[]> = new Map(book.stories.map((one) => [one.project, one.deeds]));

/** True where this file tells the approvals of the project: then nobody else does. */
export function isTold(story: Story): boolean {
  return TOLD.has(story.project.key);
}

export function permitScenes(story: Story, cast: Cast): readonly Scene[] {
  return scenesIn(story, cast, { deeds: TOLD.get(story.project.key) ?? [], premises: book.premises, rank: 80 });
}

/** Some deeds of a project, each on its day, after what else happens to it then up to the rank. `premises`: of its simulations. */
export function scenesIn(story: Story, cast: Cast, { deeds, premises, rank }: { readonly deeds: readonly Line[]; readonly premises: Premises | undefined; readonly rank: number }): readonly Scene[] {
  return deeds.map((line, nth): Scene => ({ day: line.day, rank: rank + nth, play: (acting) => play(acting, { story, cast, premises }, line, nth) }));
}

type Premises = typeof book.premises;
interface Site { readonly story: Story; readonly cast: Cast; readonly premises: Premises | undefined }

async function play(acting: Acting, site: Site, line: Line, nth: number): Promise<void> {
  const who = actorOf(acting, site.cast, line);
  const at = moment(line.day, 18_000 + nth * 20 + (site.story.project.serial % 20));
  const { input, versionOf } = formed(site, line);
  await acting.act({ who, at, name: `approvals.${line.do}`, input: { ...input, ...line.with, ...(await paperFor(acting, who, line)) }, ...(versionOf === undefined ? {} : { versionOf }) });
}

/** The paper that a deed rests on. */
async function paperFor(acting: Acting, who: Actor, line: Line): Promise<Deed['input']> {
  if (line.who === 'agent' && line.do === 'open_case') return { attorneySha: await attorney(acting, who) };
  if (line.do === 'apply_simulation') return { riskSha: await riskLetter(acting, who) };
  return line.do === 'promise' ? { letterSha: await promiseLetter(acting, who) } : {};
}

function actorOf(acting: Acting, cast: Cast, { who, day }: Line): Actor {
  switch (who) {
    case 'commissioner':
    case 'agent': return cast.commissioner(day);
    case 'firm': return cast.reporter(day);
    case 'office': return cast.office;
    case 'system': return acting.app.system;
    default: return cast.called(`${who}经办`);
  }
}

/** What each command is about: the project, a case of it, or one of its faster ways, with the record whose version it asks for. */
function formed({ story: { project }, cast, premises }: Site, { do: deed, ref, day }: Line): { input: Deed['input']; versionOf?: string } {
  const caseId = idFrom('demo', 'case', project.key, ref ?? '');
  const partId = idFrom('demo', deed === 'guide' ? 'guidance' : 'way', project.key, ref ?? '');
  switch (deed) {
    case 'answer_facts':
    case 'choose_plan':
    case 'freeze_baseline': return { input: { id: cast.id }, versionOf: `plan ${cast.id}` };
    case 'open_case': return { input: { id: caseId, projectId: cast.id } };
    case 'record_case_event': return { input: { id: caseId }, versionOf: caseId };
    case 'answer_review': return { input: { id: caseId } };
    case 'report_status': return { input: { id: caseId, projectId: cast.id } };
    case 'accept_completion':
    case 'joint_accept': return { input: { projectId: cast.id } };
    case 'tell_lapses': return { input: {} };
    case 'guide': return { input: { id: cast.id, guidanceId: partId, day }, versionOf: cast.id };
    case 'return_overdue': return { input: { id: cast.id, toleranceId: partId }, versionOf: cast.id };
    case 'accept_with_debts':
    case 'supply_material': return { input: { id: cast.id, toleranceId: partId, day }, versionOf: cast.id };
    case 'promise': return { input: { id: cast.id, promiseId: partId, day }, versionOf: cast.id };
    case 'enter_land_contract': return { input: { id: cast.id, day, premises }, versionOf: cast.id };
    case 'give_opinion': return { input: { id: cast.id, simulationId: partId, day, premises }, versionOf: cast.id };
    default: return { input: { id: cast.id, simulationId: partId, day }, versionOf: cast.id };
  }
}
