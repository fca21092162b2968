// 事项办理 of a project: where each item is, whose clock runs, what the applicant owes, what may be applied for and what waits for what.
import { lazy, Suspense, useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT, type T } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { usePath } from '../../../../web/router.tsx';
import { projectCases, publishLines, STAGES } from '../contract.ts';
import { acceptable } from './acceptable.ts';
import { OwedMark } from './owed.tsx';
import { leftSay, leftTone, pick, stateOf, type ItemLine, type ProjectCases } from './say.ts';
import './cases.css';

const ApplyDialog = lazy(async () => ({ default: (await import('./apply.tsx')).ApplyDialog }));
const JointDialog = lazy(async () => ({ default: (await import('./jointly.tsx')).JointDialog }));
const CompletionDialog = lazy(async () => ({ default: (await import('./jointly.tsx')).CompletionDialog }));

/** As a page of its own: what a link from a list, a message or a phone opens. */
export function ProjectCasesPage() {
  const t = useT('cases');
  const { id = '' } = usePath();
  const read = useRead(projectCases, { id });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  return (
    <Record crumbs={[{ label: t('web:page.projects.list'), href: '/projects' }, { label: read.data.name, ...(read.data.knowsProject ? { href: `/projects/${id}` } : {}) }, { label: t('project.title') }]} title={read.data.name} strip={<Strip project={read.data} />}>
      <Shown project={read.data} />
    </Record>
  );
}

/** As a section of the project's page of approvals. */
export function ProjectCases({ projectId }: { readonly projectId: string }) {
  const read = useRead(projectCases, { id: projectId });
  if (read.data === undefined) return read.error === undefined ? <Loading lines={6} /> : <Problem error={read.error} onRetry={read.again} />;
  return <Shown project={read.data} />;
}

function Strip({ project }: { readonly project: ProjectCases }) {
  const t = useT('cases');
  const format = useFormat();
  const needed = project.items.filter((one) => one.verdict === 'needed' || one.case !== null || one.documentDay !== null);
  const cases = project.items.flatMap((one) => (one.case === null ? [] : [one.case]));
  const granted = project.items.filter((one) => one.documentDay !== null || one.case?.outcome === 'approved' || one.case?.outcome === 'approved_deferred').length;
  const open = cases.filter((one) => one.closedDay === null && one.decidedDay === null);
  const owed = owedBy(project).length;
  const late = open.filter((one) => one.level === 'over' || one.level === 'promise_over').length;
  return (
    <FigureStrip>
      <Figure label={t('project.granted')} value={`${format.count(granted)} / ${format.count(needed.length)}`} unit={t('project.unit', { count: needed.length })} />
      <Figure label={t('project.atDepartment')} value={format.count(open.filter((one) => one.side === 'department').length)} unit={t('list.unit', { count: open.filter((one) => one.side === 'department').length })} {...(late > 0 ? { note: t('project.late', { count: late }), noteTone: 'bad' as const } : {})} />
      <Figure label={t('project.atApplicant')} value={format.count(owed)} unit={t('list.unit', { count: owed })} definition={t('project.atApplicantSay')} />
      <Figure label={t('strip.still')} value={format.count(open.filter((one) => one.side === 'special' || one.side === 'suspension').length)} unit={t('list.unit', { count: open.filter((one) => one.side === 'special' || one.side === 'suspension').length })} />
      <Figure label={t('project.mayApply')} value={format.count(project.items.filter((one) => one.mayApply).length)} unit={t('project.unit', { count: project.items.filter((one) => one.mayApply).length })} />
    </FigureStrip>
  );
}

function Shown({ project }: { readonly project: ProjectCases }) {
  const t = useT('cases');
  const [applying, setApplying] = useState<ItemLine | undefined>(undefined);
  const [joint, setJoint] = useState<ItemLine['stage'] | undefined>(undefined);
  const [completing, setCompleting] = useState(false);
  if (project.items.length === 0) return <Empty title={t('project.empty')} hint={t('project.emptyHint')} />;
  return (
    <div className="caseitems">
      <Owed project={project} />
      {STAGES.map((stage) => {
        const items = project.items.filter((one) => one.stage === stage);
        if (items.length === 0) return null;
        return (
          <Section key={stage} title={t(`stage.${stage}`)} hint={t('project.count', { count: items.length })} actions={
            <>
              {stage === 'S4' && project.can.acceptCompletion && project.completion !== null && <Button onClick={() => setCompleting(true)}>{t('completion.button')}</Button>}
              {project.can.acceptJointly.includes(stage) && items.some((one) => acceptable(one, project.completion)) && <Button onClick={() => setJoint(stage)}>{t('jointly.button')}</Button>}
            </>
          }>
            <ul className="card">{items.map((one) => <Line key={one.code} item={one} project={project} onApply={() => setApplying(one)} />)}</ul>
          </Section>
        );
      })}
      {(project.can.publish || project.shown) && <Shows project={project} />}
      <Suspense fallback={null}>
        {applying !== undefined && <ApplyDialog project={project} item={applying} onClose={() => setApplying(undefined)} />}
        {completing && project.completion !== null && <CompletionDialog project={project} completion={project.completion} onClose={() => setCompleting(false)} />}
        {joint !== undefined && <JointDialog project={project} stage={joint} onClose={() => setJoint(undefined)} />}
      </Suspense>
    </div>
  );
}

/** Whether everybody may read how far the project's approvals are. Off until the office says so. */
function Shows({ project }: { readonly project: ProjectCases }) {
  const t = useT('cases');
  const run = useRun(publishLines, { touches: ['approvals.'], onDone: ({ shown }) => toast({ text: t(shown ? 'publish.on' : 'publish.off') }) });
  return (
    <div className="card pad stack noprint">
      <label className="publishes"><input type="checkbox" checked={project.shown} disabled={!project.can.publish || run.running} onChange={(event) => run.go({ projectId: project.id, shown: event.target.checked })} /><span>{t('publish.label')} <span className="dim small">{t('publish.hint')}</span></span></label>
      {run.error !== undefined && <Problem small error={run.error} />}
    </div>
  );
}

/** What waits for the applicant: his clock runs, or he owes materials of an acceptance. The figure and the list are of the same cases. */
function owedBy({ items }: ProjectCases): ProjectCases['items'] {
  return items.filter((one) => one.case !== null && one.case.closedDay === null && (one.case.side === 'applicant' || one.case.owedMaterials > 0));
}

/** What the applicant has to do before any department can go on. */
function Owed({ project }: { readonly project: ProjectCases }) {
  const t = useT('cases');
  const lang = useLang();
  const format = useFormat();
  const owed = owedBy(project);
  if (owed.length === 0) return null;
  return (
    <div className="card pad owesbox">
      <p><b>{t('project.owes', { count: owed.length })}</b></p>
      <ul>{owed.map((one) => one.case !== null && <li key={one.code}><Go href={`/approvals/cases/${one.case.id}`}>{pick(one.name, lang)}</Go> {one.case.side === 'applicant' && <span className="two">{t(`status.${one.case.status}`)}{one.case.sideDay === null ? '' : ` · ${t('project.since', { day: format.day(one.case.sideDay) })}`}</span>} <OwedMark line={one.case} day={project.day} /></li>)}</ul>
    </div>
  );
}

/** What was promised, or the limit of the law; what is done on receipt has no days. */
function limitSay({ promisedDays, statutoryDays, unit }: ItemLine, t: T): string {
  const days = promisedDays ?? statutoryDays;
  if (days === null) return t('project.noLimit');
  if (days === 0) return t('project.atOnce');
  return t(`project.${promisedDays === null ? 'statutory' : 'promised'}.${unit}`, { count: days });
}

function Line({ item, project, onApply }: { readonly item: ItemLine; readonly project: ProjectCases; readonly onApply: () => void }) {
  const t = useT('cases');
  const lang = useLang();
  const format = useFormat();
  const line = item.case;
  const state = item.documentDay !== null ? { tone: 'ok' as const, word: t('project.document') } : line === null ? undefined : stateOf(line, t);
  const limit = limitSay(item, t);
  const waits = item.waitsFor.map((one) => pick(one.name, lang)).join(t('tale.comma'));
  return (
    <li className={line === null && item.documentDay === null && !item.mayApply ? 'caseitem later' : 'caseitem'}>
      {state === undefined ? <span className="two">{item.verdict === 'clarify' ? t('project.clarify') : item.mayApply ? t('project.ready') : t('project.later')}</span> : <span><State tone={state.tone} word={state.word} /></span>}
      <span className="what">
        <span className="casecode">{item.code}</span>{line === null ? item.documentDay === null ? pick(item.name, lang) : <Go href={`/projects/${project.id}/approvals/faster`}>{pick(item.name, lang)}</Go> : <Go href={`/approvals/cases/${line.id}`}>{pick(item.name, lang)}</Go>}
        {line?.deemed === true && <span className="tag">{t('deemedShort')}</span>}{line !== null && line.round > 1 && <span className="tag">{t('round', { round: line.round })}</span>}{line?.critical === true && <span className="tag">{t('critical')}</span>}{line !== null && <OwedMark line={line} day={project.day} />}
        <span className="small dim">{item.orgName ?? t('apply.noOrg')} · {limit}{line === null && item.documentDay === null && waits !== '' && ` · ${t('project.waits', { items: waits })}`}{line !== null && line.verifiedDay !== null && ` · ${t('project.verified', { system: line.system ?? '', day: format.day(line.verifiedDay) })}`}</span>
      </span>
      <span className="when">{line !== null && line.closedDay === null && line.side !== null && <><span className="two">{t(`side.${line.side}`)}{line.owes !== null && line.owes !== 'decision' && ` · ${t(`owes.${line.owes}`)}`}</span>{line.daysLeft !== null && <span className={`tone-${leftTone(line)}`}> {leftSay(line, t)}</span>}{line.owedDay !== null && <span className="small dim"> {t('project.by', { day: format.shortDay(line.owedDay, project.day) })}</span>}</>}{line !== null && line.closedDay !== null && <span className="two small">{format.day(line.decidedDay ?? line.closedDay)}</span>}{line === null && item.documentDay !== null && <span className="two small">{format.day(item.documentDay)}</span>}</span>
      <span className="acts">{project.can.apply && item.mayApply && <Button small onClick={onApply}>{t('apply.button')}</Button>}</span>
    </li>
  );
}
