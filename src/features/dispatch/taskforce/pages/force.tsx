// One task force: who leads it, which projects it serves, who works in it and for what.
import { lazy, Suspense, useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Crumbs } from '../../../../web/parts/record.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Light } from '../../../../web/parts/state.tsx';
import { useGo, usePath } from '../../../../web/router.tsx';
import { disbandTaskforce, endForceMember, readTaskforce } from '../contract.ts';
import './taskforce.css';

const MemberDialog = lazy(async () => ({ default: (await import('./member.tsx')).MemberDialog }));

export function ForcePage() {
  const t = useT('taskforce');
  const format = useFormat();
  const { id = '' } = usePath();
  const go = useGo();
  const [adding, setAdding] = useState(false);
  const read = useRead(readTaskforce, { id });
  const end = useRun(endForceMember, { touches: ['dispatch.'] });
  const disband = useRun(disbandTaskforce, { touches: ['dispatch.'] });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  const { force, version, note, projects, members, mayChange } = read.data;
  const stop = async (): Promise<void> => {
    const reason = await confirm({ title: t('force.disbandTitle', { name: force.name }), act: t('force.disband'), reason: t('reason'), danger: true });
    if (reason !== undefined) disband.go({ id, reason }, { version });
  };
  const leave = async (memberId: string, name: string): Promise<void> => {
    if ((await confirm({ title: t('force.leaveTitle', { name }), act: t('force.leave') })) !== undefined) end.go({ id, memberId }, { version });
  };
  const error = end.error ?? disband.error;
  const span = (from: string, to: string | null): string => (to === null ? t('forces.since', { day: format.day(from) }) : `${format.day(from)} – ${format.day(to)}`);
  return (
    <>
      <PageHead title={force.name} crumbs={<Crumbs crumbs={[{ label: t('forces.title'), href: '/dispatch/taskforces' }]} />} small={span(force.fromDay, force.toDay)} actions={mayChange ? <><Button onClick={() => void stop()}>{t('force.disband')}</Button><Button onClick={() => go(`/dispatch/taskforces/${id}/edit`)}>{t('force.edit')}</Button></> : undefined} />
      {error !== undefined && <Problem small error={error} />}
      <div className="card pad"><Facts facts={[{ label: t('force.leader'), value: force.leaderName }, { label: t('force.leadOrg'), value: force.leadOrgName }, { label: t('force.head'), value: force.headName }, { label: t('force.note'), value: note, wide: true }]} /></div>
      <Section title={t('force.projects', { count: projects.filter((one) => one.toDay === null).length })}>
        <ul className="card tflist">{projects.map((one) => (
          <li key={`${one.id}:${one.fromDay}`} className={one.toDay === null ? undefined : 'past'}><Light light={one.light} /><span><Go href={`/projects/${one.id}?tab=taskforce`}>{one.name}</Go><small className="two">{t('force.commissioner', { name: one.commissionerName ?? '—' })} · {span(one.fromDay, one.toDay)}</small></span></li>
        ))}</ul>
      </Section>
      <Section title={t('force.members', { count: members.filter((one) => one.toDay === null).length })} actions={mayChange ? <Button small onClick={() => setAdding(true)}>{t('force.add')}</Button> : undefined}>
        {members.length === 0 ? <p className="card pad two">{t('force.noMembers')}</p> : (
          <ul className="card tflist">{members.map((one) => (
            <li key={one.id} className={one.toDay === null ? undefined : 'past'}><span><b>{one.name}</b> <span className="two small">{one.orgName}</span><small className="two">{one.duty} · {span(one.fromDay, one.toDay)}</small></span>
              {mayChange && one.toDay === null && <span className="push"><Button small kind="quiet" onClick={() => void leave(one.id, one.name)}>{t('force.leave')}</Button></span>}</li>
          ))}</ul>
        )}
      </Section>
      {adding && <Suspense fallback={null}><MemberDialog forceId={id} version={version} onClose={() => setAdding(false)} /></Suspense>}
    </>
  );
}
