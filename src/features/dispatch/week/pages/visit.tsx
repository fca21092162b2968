// One visit: when by which clock, where, who, what was said and delivered, the photos, what was raised; corrections keep the earlier words.
import { lazy, Suspense, useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
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
import { usePath } from '../../../../web/router.tsx';
import { cancelVisit, readVisit } from '../contract.ts';
import './visit.css';

const MendDialog = lazy(async () => ({ default: (await import('./mend.tsx')).MendDialog }));
export type OneVisit = OutputOf<typeof readVisit>;

export function VisitPage() {
  const t = useT('taskforce');
  const format = useFormat();
  const { id = '' } = usePath();
  const [mending, setMending] = useState(false);
  const read = useRead(readVisit, { id });
  const cancel = useRun(cancelVisit, { touches: ['dispatch.'] });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  const { data } = read;
  const { visit } = data;
  const callOff = async (): Promise<void> => {
    const reason = await confirm({ title: t('visit.cancelTitle'), act: t('visit.cancel'), reason: t('reason') });
    if (reason !== undefined) cancel.go({ id, reason }, { version: visit.version });
  };
  const place = [visit.place ?? '', data.lon === null || data.lat === null ? '' : `${data.lat.toFixed(5)}, ${data.lon.toFixed(5)}${data.accuracyM === null ? '' : t('visit.accuracy', { metres: data.accuracyM })}`, data.awayM === null ? '' : t('visit.away', { metres: format.count(data.awayM) })].filter((part) => part !== '').join(' · ');
  return (
    <>
      <PageHead title={`${t(`visitKind.${visit.kind}`)} · ${format.day(visit.day)}`} crumbs={<Crumbs crumbs={[{ label: t('visits.title'), href: '/dispatch/visits' }]} />} small={visit.userName} actions={data.mayChange ? <>
        {visit.state === 'planned' && <Button onClick={() => void callOff()}>{t('visit.cancel')}</Button>}
        {visit.state === 'planned' && <Button kind="main" href={`/dispatch/visits/new?planned=${id}${visit.projectId === null ? '' : `&project=${visit.projectId}`}${visit.orgId === null ? '' : `&org=${visit.orgId}`}&kind=${visit.kind}`}>{t('visit.record')}</Button>}
        {visit.state === 'done' && <Button onClick={() => setMending(true)}>{t('visit.mend')}</Button>}
      </> : undefined} />
      {cancel.error !== undefined && <Problem small error={cancel.error} />}
      <div className="card pad"><Facts facts={[
        { label: t('visits.whom'), value: <>{visit.projectId !== null && <Go href={`/projects/${visit.projectId}?tab=taskforce`}>{visit.projectName}</Go>} {visit.orgName}</> }, { label: t('visits.state'), value: t(`visitState.${visit.state}`) },
        { label: t('visit.happened'), value: data.happenedAt === null ? undefined : format.instant(data.happenedAt) }, { label: t('visit.clocks'), value: t('visit.clocksSay', { phone: data.doneAt === null ? '—' : format.instant(data.doneAt), server: format.instant(data.recordedAt) }) },
        { label: t('visits.place'), value: place, wide: true }, { label: t('visit.participants'), value: data.participants, wide: true }, { label: t('visit.policies'), value: data.policies, wide: true }, { label: t('visit.said'), value: data.said, wide: true },
        ...(data.reason === null ? [] : [{ label: t('reason'), value: data.reason, wide: true }]),
      ]} /></div>
      {data.raised.length > 0 && <Section title={t('visit.raised', { count: data.raised.length })}><ul className="card tflist">{data.raised.map((one) => <li key={one.text}>{one.problemId === null ? one.text : <Go href={`/problems/${one.problemId}`}>{one.text}</Go>}</li>)}</ul></Section>}
      {data.pictures.length > 0 && <Section title={t('visits.photos', { count: data.pictures.length })}><Pictures data={data} /></Section>}
      {data.earlier.length > 0 && <Section title={t('visit.earlier')}><ul className="card tflist">{data.earlier.map((one) => <li key={one.at}><span className="two small">{format.instant(one.at)} {one.by}{one.reason === null ? '' : `${t('colon')}${one.reason}`}</span><span>{Object.values(one.words).filter((word) => word !== null).join(' · ')}</span></li>)}</ul></Section>}
      {mending && <Suspense fallback={null}><MendDialog data={data} onClose={() => setMending(false)} /></Suspense>}
    </>
  );
}

function Pictures({ data }: { readonly data: OneVisit }) {
  const t = useT('taskforce');
  const format = useFormat();
  return (
    <ul className="visitpictures">{data.pictures.map((one) => (
      <li key={one.sha}><a href={`/api/files/${one.sha}`} target="_blank" rel="noreferrer"><img src={`/api/files/${one.sha}`} alt={one.name} loading="lazy" /></a>
        <span className="small two">{one.takenAt === null ? t('visit.noTime') : t('visit.takenAt', { at: format.instant(one.takenAt) })}{one.lon === null ? '' : ` · ${t('visit.hasPlace')}`}</span></li>
    ))}</ul>
  );
}
