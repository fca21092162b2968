// One meeting: what it is and how it stands, its agenda as it forms, who was invited and came, how earlier decisions were fulfilled.
import { lazy, Suspense, useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useDownload } from '../../../../web/download.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { useLang, useT, type T } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Popover } from '../../../../web/parts/popover.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { goTo } from '../../../../web/place.ts';
import { usePath } from '../../../../web/router.tsx';
import { cancelMeeting, closeMeeting, formAgenda, openMeeting, readMeeting, sendAgenda } from '../contract.ts';
import { Agenda } from './agenda.tsx';
import { Attendance } from './attendance.tsx';
import { pick, STATE_TONES, titleSay, type One } from './say.ts';
import './meetings.css';

const PlanDialog = lazy(async () => ({ default: (await import('./plan.tsx')).PlanDialog }));

export function MeetingPage() {
  const { id = '' } = usePath();
  const read = useRead(readMeeting, { id }, { everySeconds: 30 });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  return <Shown one={read.data} />;
}

function Shown({ one }: { readonly one: One }) {
  const t = useT('meetings');
  const lang = useLang();
  const format = useFormat();
  const m = one.meeting;
  return (
    <Record
      crumbs={[{ label: t('list.title'), href: '/meetings' }, { label: titleSay(m, t, lang, one.expectedNumber) }]}
      title={titleSay(m, t, lang, one.expectedNumber)} state={<><State tone={STATE_TONES[m.state]} word={t(`state.${m.state}`)} /><span className="tag">{pick(m.kind, lang)}</span></>}
      say={`${format.day(m.day)} ${format.weekday(m.day)} ${m.time} · ${m.place}${m.cancelledReason === null ? '' : ` · ${m.cancelledReason}`}`}
      actions={<Actions one={one} t={t} />}
      strip={one.fulfilment.all === 0 ? undefined : <Opening one={one} t={t} format={format} />}
      side={<Aside one={one} />}
    >
      <Agenda one={one} />
    </Record>
  );
}

/** How what earlier meetings decided was fulfilled: the opening of every meeting. */
function Opening({ one, t, format }: { readonly one: One; readonly t: T; readonly format: Format }) {
  const f = one.fulfilment;
  const since = `/decisions?since=${String(f.since ?? 1)}`;
  return (
    <FigureStrip>
      <Figure label={t('opening.rate', { since: f.since ?? 1 })} value={format.percentBp(f.rateBp)} note={t('figure.rateOf', { onTime: f.onTime, below: f.onTime + f.late + f.overdue })} definition={t('figure.rateSay')} href={since} />
      <Figure label={t('opening.onTime')} value={format.count(f.onTime)} unit={t('unit.decisions', { count: f.onTime })} href={`${since}&fate=on_time`} />
      <Figure label={t('opening.late')} value={format.count(f.late)} unit={t('unit.decisions', { count: f.late })} href={`${since}&fate=late`} />
      <Figure label={t('opening.overdue')} value={format.count(f.overdue)} unit={t('unit.decisions', { count: f.overdue })} href={`${since}&fate=overdue`} {...(f.overdue > 0 ? { note: t('opening.overdueNote'), noteTone: 'bad' as const } : {})} />
      <Figure label={t('opening.notDue')} value={format.count(f.notDue)} unit={t('unit.decisions', { count: f.notDue })} href={`${since}&fate=open`} {...(f.extended > 0 ? { note: t('opening.extended', { count: f.extended, rate: format.percentBp(f.extendedRateBp) }) } : {})} />
    </FigureStrip>
  );
}

/** The invited units and those that lead a matter of the agenda. */
function toldOf({ attendees, items }: One): number {
  return new Set([...attendees.map((each) => each.org?.id), ...items.map((each) => (each.place === 'listed' ? each.owner?.id : undefined))].filter((id) => id !== undefined)).size;
}

function Actions({ one, t }: { readonly one: One; readonly t: T }) {
  const format = useFormat();
  const [changing, setChanging] = useState(false);
  const file = useDownload();
  const { id, version, state } = one.meeting;
  const touches = ['dispatch.'];
  const form = useRun(formAgenda, { touches, onDone: (done) => toast({ text: t('agenda.formed', { listed: done.listed, cut: done.cut, sentBack: done.sentBack }) }) });
  const send = useRun(sendAgenda, { touches, onDone: () => toast({ text: t('agenda.sent') }) });
  const open = useRun(openMeeting, { touches, onDone: () => goTo(`/meetings/${id}/run`) });
  const close = useRun(closeMeeting, { touches, onDone: () => goTo(`/meetings/${id}/minutes`) });
  const cancel = useRun(cancelMeeting, { touches, onDone: () => toast({ text: t('cancelled') }) });
  const error = form.error ?? send.error ?? open.error ?? close.error ?? cancel.error;
  const ask = (question: Parameters<typeof confirm>[0], act: (reason: string) => void): void => void confirm(question).then((reason) => { if (reason !== undefined) act(reason); });
  const pressing = state === 'planned' ? 'send' : state === 'agenda_sent' ? 'open' : undefined;
  return (
    <>
      <Popover label={t('papers')} trigger={(p) => <Button {...p}>{t('papers')}</Button>}>{(shut) => (
        <div className="menu">
          {(['docx', 'pdf'] as const).map((format) => <button key={format} type="button" onClick={() => { shut(); file.start('dispatch.agenda_paper', { id, format }); }}>{t('agenda.pack', { format: format.toUpperCase() })}</button>)}
          <button type="button" onClick={() => { shut(); file.start('dispatch.meeting_ics', { id }); }}>{t('agenda.ics')}</button>
        </div>
      )}</Popover>
      {one.can.plan && <Button onClick={() => setChanging(true)}>{t('edit')}</Button>}
      {one.can.plan && <Button kind="danger" onClick={() => ask({ title: t('cancel.title'), text: t('cancel.text'), act: t('cancel.act'), danger: true, reason: t('cancel.reason') }, (reason) => cancel.go({ id, reason }, { version }))}>{t('cancel.act')}</Button>}
      {one.can.send && <Button busy={form.running} onClick={() => form.go({ id })}>{t(one.items.length === 0 ? 'agenda.form' : 'agenda.again')}</Button>}
      {one.can.send && <Button {...(pressing === 'send' ? { kind: 'main' as const } : {})} busy={send.running} onClick={() => ask({ title: t('send.title'), text: t('send.text', { count: toldOf(one) }), act: t('send.act') }, () => send.go({ id }, { version }))}>{t('send.act')}</Button>}
      {one.can.open && one.meeting.day <= one.day && <Button {...(pressing === 'open' ? { kind: 'main' as const } : {})} busy={open.running} onClick={() => ask({ title: t('open.title'), text: t('open.text', { number: one.expectedNumber ?? 0 }), act: t('open.act') }, () => open.go({ id }, { version }))}>{t('open.act')}</Button>}
      {one.can.open && one.meeting.day > one.day && <span className="dim small">{t('open.from', { day: format.day(one.meeting.day) })}</span>}
      {one.can.close && <Button busy={close.running} onClick={() => ask({ title: t('close.title'), text: t('close.text', { count: one.items.filter((each) => each.place === 'listed' && each.decision === null).length }), act: t('close.act') }, () => close.go({ id }, { version }))}>{t('close.act')}</Button>}
      {(state === 'in_session' || (state === 'held' && one.can.decide)) && <Button {...(state === 'in_session' ? { kind: 'main' as const } : {})} href={`/meetings/${id}/run`}>{t('run.open')}</Button>}
      {(one.can.draft || one.minutesIssued !== null) && <Button kind={state === 'held' ? 'main' : 'plain'} href={`/meetings/${id}/minutes`}>{t(one.minutesIssued === null ? 'minutes.write' : 'minutes.read')}</Button>}
      {error !== undefined && <Problem small error={error} />}
      <Suspense fallback={null}>{changing && <PlanDialog one={one} onClose={() => setChanging(false)} />}</Suspense>
    </>
  );
}

function Aside({ one }: { readonly one: One }) {
  const t = useT('meetings');
  const format = useFormat();
  const m = one.meeting;
  const planned = one.items.filter((each) => each.place === 'listed').reduce((sum, each) => sum + each.minutes, 0);
  return (
    <>
      <Section title={t('about.title')}>
        <div className="card pad"><Facts columns={1} facts={[{ label: t('plan.chair'), value: m.chair ?? '—' }, { label: t('plan.place'), value: m.place }, { label: t('plan.minutes'), value: t('about.minutes', { planned, minutes: m.minutes }) }, ...(m.measures === 0 ? [] : [{ label: t('column.measures'), value: t('about.measures', { count: m.measures, done: m.done, overdue: m.overdue }) }]), ...(one.minutesIssued === null ? [] : [{ label: t('about.issued'), value: format.day(one.minutesIssued) }])]} /></div>
      </Section>
      <Attendance one={one} />
    </>
  );
}
