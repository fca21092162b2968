// The week on the record of a project: the latest line, visits, the task force, a hand-over that is under way.
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { projectWeek } from '../../week/contract.ts';
import './taskforce.css';

type Data = OutputOf<typeof projectWeek>;

export function TaskforceTab({ projectId }: { readonly projectId: string }) {
  const t = useT('taskforce');
  const { can } = useSession();
  const read = useRead(projectWeek, { id: projectId }, { when: can('dispatch.read') });
  if (!can('dispatch.read')) return <p className="card pad two">{t('tab.notAllowed')}</p>;
  if (read.data === undefined) return read.error === undefined ? <Loading lines={6} /> : <Problem error={read.error} onRetry={read.again} />;
  const { data } = read;
  return (
    <>
      {data.handover !== null && <p className="card pad"><State tone="warn" word={t(`handover.${data.handover.state}`)} /> <Go href={`/dispatch/handovers/${data.handover.id}`}>{t('handover.fromTo', { from: data.handover.fromName ?? t('handover.nobody'), to: data.handover.toName })}</Go></p>}
      <LastLine data={data} projectId={projectId} />
      <Forces data={data} projectId={projectId} />
      <Visits data={data} projectId={projectId} />
    </>
  );
}

function LastLine({ data, projectId }: { readonly data: Data; readonly projectId: string }) {
  const t = useT('taskforce');
  const format = useFormat();
  const { last } = data;
  return (
    <Section title={t('tab.line')} {...(last === null ? {} : { hint: t('tab.lineBy', { name: last.userName, day: format.day(last.day) }) })} actions={<Button small href={`/ledgers/diary?projectId=${projectId}`}>{t('tab.allLines', { count: data.lines })}</Button>}>
      {last === null ? <p className="card pad two">{t('tab.noLine')}</p> : (
        <dl className="card pad tfline">
          <dt>{t('tab.done')}</dt><dd>{last.done}</dd><dt>{t('tab.next')}</dt><dd>{last.next ?? '—'}</dd>
          {last.problem !== null && <><dt>{t('tab.problem')}</dt><dd className="tone-late">{last.problem}</dd></>}
        </dl>
      )}
    </Section>
  );
}

function Forces({ data, projectId }: { readonly data: Data; readonly projectId: string }) {
  const t = useT('taskforce');
  const { can } = useSession();
  return (
    <Section title={t('forces.title')} actions={can('dispatch.report_week') ? <>{data.handover === null && <Button small href={`/dispatch/handovers/new?project=${projectId}`}>{t('handover.proposeTitle')}</Button>}{can('dispatch.assign') && <Button small href={`/dispatch/taskforces/new?project=${projectId}`}>{t('forces.new')}</Button>}</> : undefined}>
      {data.forces.length === 0 ? <p className="card pad two">{t('tab.noForce')}</p> : (
        <ul className="card tflist">{data.forces.map((one) => (
          <li key={one.id}><span><Go href={`/dispatch/taskforces/${one.id}`}><b>{one.name}</b></Go><small className="two">{[t('forces.leader', { name: one.leaderName ?? '—' }), one.leadOrgName ?? '', one.headName === null ? '' : t('tab.head', { name: one.headName })].filter((part) => part !== '').join(' · ')}</small></span><span className="push small two">{t('forces.members', { count: one.members })}</span></li>
        ))}</ul>
      )}
    </Section>
  );
}

function Visits({ data, projectId }: { readonly data: Data; readonly projectId: string }) {
  const t = useT('taskforce');
  const format = useFormat();
  const { today, can } = useSession();
  const over = data.visitDue !== null && data.visitDue < today;
  return (
    <Section title={t('tab.visits')} hint={data.visitDue === null ? '' : t(over ? 'tab.visitOver' : 'tab.visitDue', { day: format.day(data.visitDue) })} actions={<>{can('dispatch.report_week') && <Button small href={`/dispatch/visits/new?project=${projectId}`}>{t('visits.new')}</Button>}<Button small href={`/dispatch/visits?projectId=${projectId}`}>{t('tab.allVisits')}</Button></>}>
      {data.visits.length === 0 ? <p className="card pad two">{t('tab.noVisit')}</p> : (
        <ul className="card tflist">{data.visits.map((one) => (
          <li key={one.id}><span className="tag">{t(`visitKind.${one.kind}`)}</span><span><Go href={`/dispatch/visits/${one.id}`}>{format.day(one.day)} {one.userName}</Go><small className="two">{[one.state === 'done' ? '' : t(`visitState.${one.state}`), one.place ?? '', one.photos > 0 ? t('visits.photos', { count: one.photos }) : ''].filter((part) => part !== '').join(' · ')}</small></span></li>
        ))}</ul>
      )}
    </Section>
  );
}
