// One decision of a meeting: measure, owner, deadline with what became of it; its slips, reports and extensions; what the reader may do about it now.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useDownload } from '../../../../web/download.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT, type T } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { usePath } from '../../../../web/router.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Labelled } from '../../../../web/parts/labelled.tsx';
import { answerEscalation, answerExtension, askExtension, issueBulletin, issueSlip, readDecision, recordInterview, reportCheckpoint, signSlip, supervise } from '../contract.ts';
import { stateOf, type One } from './say.ts';
import '../../meetings/pages/meetings.css';

export function DecisionPage() {
  const { id = '' } = usePath();
  const read = useRead(readDecision, { id });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  return <Shown one={read.data} />;
}

function Shown({ one }: { readonly one: One }) {
  const t = useT('slips');
  const lang = useLang();
  const format = useFormat();
  const d = one.decision;
  const state = stateOf(d, t);
  const series = lang === 'en' ? one.meetingTitle.en : one.meetingTitle.zh;
  return (
    <Record
      crumbs={[{ label: t('list.title'), href: '/decisions' }, { label: d.slip ?? d.title }]} title={d.title} state={<State tone={state.tone} word={state.word} />} actions={<Actions one={one} t={t} />}
      say={<><Go href={`/meetings/${d.meetingId}`}>{d.number === null ? series : t('ofSeries', { number: d.number, series })}</Go>{d.projectName !== null && <> · <Go href={`/projects/${d.projectId ?? ''}`}>{d.projectName}</Go></>}{d.problemId !== null && <> · <Go href={`/problems/${d.problemId}`}>{t('problem')}</Go></>}</>}
      side={<Extensions one={one} t={t} />}
    >
      <section className="card pad"><Facts columns={2} facts={[
        { label: t(d.kind === 'measure' ? 'fact.measure' : 'fact.reason'), value: d.measure ?? d.reason ?? '—', wide: true }, ...(d.kind !== 'measure' ? [] : [
          { label: t('fact.owner'), value: d.owner?.name ?? '—' }, { label: t('fact.co'), value: one.co.length === 0 ? '—' : one.co.map((each) => each.name).join(t('web:listComma')) },
          { label: t('fact.originalDue'), value: format.day(d.originalDue) }, ...(d.extensions === 0 ? [] : [{ label: t('fact.due'), value: t('fact.extended', { day: format.day(d.dueDay), count: d.extensions }) }]), { label: t('fact.done'), value: d.doneDay === null ? '—' : format.day(d.doneDay) }, { label: t('fact.criterion'), value: one.criterion ?? '—', wide: true },
        ]), { label: t('fact.decided'), value: `${one.decidedBy} ${format.day(one.decidedDay)}` },
      ]} /></section>
      {d.kind === 'measure' && <Slips one={one} t={t} />}
      {one.checkpoints.length > 0 && <Reports one={one} t={t} />}
    </Record>
  );
}

function Actions({ one, t }: { readonly one: One; readonly t: T }) {
  const [open, setOpen] = useState<'report' | 'extend' | 'interview' | undefined>(undefined);
  const id = one.decision.id;
  const touches = ['dispatch.', 'projects.today'];
  const done = (text: string) => ({ touches, onDone: () => toast({ text }) });
  const sign = useRun(signSlip, done(t('done.signed')));
  const issue = useRun(issueSlip, { touches, onDone: ({ number }) => toast({ text: t('done.issued', { number }) }) });
  const supervising = useRun(supervise, { touches, onDone: ({ number }) => toast({ text: t('done.issued', { number }) }) });
  const bulletin = useRun(issueBulletin, { touches, onDone: ({ number }) => toast({ text: t('done.issued', { number }) }) });
  const answer = useRun(answerEscalation, done(t('done.answered')));
  const unsigned = one.slips.find((slip) => slip.mayCopy);
  const { can } = one;
  const error = sign.error ?? issue.error ?? supervising.error ?? bulletin.error ?? answer.error;
  const ask = (question: Parameters<typeof confirm>[0], act: (reason: string) => void): void => void confirm(question).then((reason) => { if (reason !== undefined) act(reason); });
  return (
    <>
      {can.issue && <Button busy={issue.running} onClick={() => ask({ title: t('act.issue'), text: t('act.issueSay'), act: t('act.issue') }, () => issue.go({ id }))}>{t('act.issue')}</Button>}
      {can.ask && <Button onClick={() => setOpen('extend')}>{t('act.ask')}</Button>}
      {can.interview !== null && <Button onClick={() => setOpen('interview')}>{t('act.interview')}</Button>}
      {can.bulletin !== null && <Button busy={bulletin.running} onClick={() => ask({ title: t('act.bulletin'), text: t('act.bulletinSay'), act: t('act.bulletin'), danger: true }, () => bulletin.go({ id, times: can.bulletin ?? 1 }))}>{t('act.bulletin')}</Button>}
      {can.supervise !== null && <Button kind="main" busy={supervising.running} onClick={() => ask({ title: t('act.supervise', { times: can.supervise ?? 1 }), text: t('act.superviseSay'), act: t('act.supervise', { times: can.supervise ?? 1 }) }, () => supervising.go({ id, times: can.supervise ?? 1 }))}>{t('act.supervise', { times: can.supervise })}</Button>}
      {can.report && <Button kind={unsigned === undefined && can.supervise === null ? 'main' : 'plain'} onClick={() => setOpen('report')}>{t('act.report')}</Button>}
      {unsigned !== undefined && <Button kind="main" busy={sign.running} onClick={() => sign.go({ id, slipId: unsigned.id })}>{t('act.sign')}</Button>}
      {can.answer && <Button kind="main" busy={answer.running} onClick={() => ask({ title: t('act.answer'), act: t('act.answer'), reason: t('act.answerIs') }, (text) => answer.go({ id, answer: text }))}>{t('act.answer')}</Button>}
      {error !== undefined && <Problem small error={error} />}
      {open === 'report' && <ReportDialog one={one} t={t} onClose={() => setOpen(undefined)} />}
      {open === 'extend' && <ExtendDialog one={one} t={t} onClose={() => setOpen(undefined)} />}
      {open === 'interview' && <InterviewDialog one={one} t={t} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function Slips({ one, t }: { readonly one: One; readonly t: T }) {
  const format = useFormat();
  const file = useDownload();
  return (
    <Section title={t('slips.title')}>
      {one.slips.length === 0 ? <p className="card pad dim">{t('slips.none')}</p> : one.slips.map((slip) => (
        <div key={slip.id} className="card pad slipcard">
          <p className="sliphead"><b>{slip.number}</b><span className="tag">{t(`slipKind.${slip.kind}`)}</span><span className="dim small">{format.day(slip.issuedDay)} {slip.issuedBy}</span><span className="row push noprint">{(['docx', 'pdf'] as const).map((kind) => <Button key={kind} small onClick={() => file.start('dispatch.slip_paper', { id: slip.id, format: kind })}>{t(kind)}</Button>)}{one.can.office && slip.receivedDay === null && <Button small onClick={() => file.start('dispatch.slip_paper', { id: slip.id, format: 'docx', letter: true })}>{t('letter')}</Button>}</span></p>
          <p>{slip.receivedDay === null ? <span className={slip.receiptDue < one.day ? 'tone-bad' : 'two'}>{t('slips.receiptDue', { day: format.day(slip.receiptDue) })}</span> : <span className="tone-ok">{t('slips.received', { name: slip.receivedBy ?? '', day: format.day(slip.receivedDay) })}</span>}{slip.overdueDays > 0 && <span className="tone-bad"> {t('slips.over', { count: slip.overdueDays })}</span>}{slip.kind === 'supervise' && <span className="two"> {t('slips.again', { day: format.day(slip.dueDay) })}</span>}</p>
          {slip.copies.length > 0 && <p className="two small">{t('slips.copies')}{slip.copies.map((each) => each.name).join(t('web:listComma'))}</p>}
          {slip.record !== null && <p>{slip.record}</p>}
        </div>
      ))}
    </Section>
  );
}

function Reports({ one, t }: { readonly one: One; readonly t: T }) {
  const format = useFormat();
  return (
    <Section title={t('reports.title')} hint={t('reports.hint')}>
      <ul className="card attendance">{one.checkpoints.map((each) => <li key={each.id}><span><b>{format.day(each.day)}</b> {each.text === null ? <span className={each.day < one.day && one.decision.doneDay === null ? 'tone-bad' : 'dim'}>{t(each.day <= one.day ? 'reports.owed' : 'reports.later')}</span> : <>{each.text} <span className="dim small">{each.reportedBy} {format.day(each.reportedDay)}</span></>}</span></li>)}</ul>
    </Section>
  );
}

function Extensions({ one, t }: { readonly one: One; readonly t: T }) {
  const format = useFormat();
  const answer = useRun(answerExtension, { touches: ['dispatch.'], onDone: () => toast({ text: t('done.answered') }) });
  const id = one.decision.id;
  return (
    <Section title={t('extensions.title')} hint={t('extensions.left', { count: one.extensionsLeft })}>
      <ul className="card attendance">
        {one.extensions.length === 0 && <li className="dim">{t('extensions.none')}</li>}
        {one.extensions.map((each) => (
          <li key={each.id}><span className="stack"><span>{t('extensions.from', { old: format.day(each.oldDue), wanted: format.day(each.wantedDay) })} <State tone={each.granted === null ? 'warn' : each.granted ? 'ok' : 'off'} word={t(`extensions.${each.granted === null ? 'open' : each.granted ? 'granted' : 'refused'}`)} /></span><span className="two">{each.reason} <i className="dim small">{each.askedBy} {format.day(each.askedDay)}</i></span>{each.answer !== null && <span className="two">{each.answer}</span>}
            {each.granted === null && one.can.office && <span className="row"><Button small busy={answer.running} onClick={() => answer.go({ id, extensionId: each.id, granted: true })}>{t('extensions.grant')}</Button><Button small busy={answer.running} onClick={() => void confirm({ title: t('extensions.refuse'), act: t('extensions.refuse'), reason: t('extensions.why') }).then((reason) => { if (reason !== undefined) answer.go({ id, extensionId: each.id, granted: false, answer: reason }); })}>{t('extensions.refuse')}</Button></span>}
          </span></li>
        ))}
      </ul>
      {answer.error !== undefined && <Problem small error={answer.error} />}
    </Section>
  );
}

interface DialogProps { readonly one: One; readonly t: T; readonly onClose: () => void }

function ReportDialog({ one, t, onClose }: DialogProps) {
  const [text, setText] = useState<string | undefined>(undefined);
  const due = one.checkpoints.find((each) => each.text === null && each.day <= one.day);
  const [key] = useState(() => due?.id ?? newId());
  const run = useRun(reportCheckpoint, { touches: ['dispatch.', 'projects.today'], onDone: () => { toast({ text: t('done.reported') }); onClose(); } });
  return (
    <Dialog open size="small" onClose={onClose} title={t('act.report')} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={run.running} disabled={text === undefined} onClick={() => run.go({ id: one.decision.id, checkpointId: key, text: text ?? '' })}>{t('act.report')}</Button></>}>
      <div className="stack"><Labelled label={t('reports.text')}>{(id) => <TextArea id={id} rows={4} maxLength={2000} value={text} onChange={setText} />}</Labelled>{run.error !== undefined && <Problem small error={run.error} />}</div>
    </Dialog>
  );
}

function ExtendDialog({ one, t, onClose }: DialogProps) {
  const { today } = useSession();
  const [day, setDay] = useState<string | undefined>(undefined);
  const [reason, setReason] = useState<string | undefined>(undefined);
  const [extensionId] = useState(newId);
  const run = useRun(askExtension, { touches: ['dispatch.'], onDone: () => { toast({ text: t('done.asked') }); onClose(); } });
  return (
    <Dialog open size="small" onClose={onClose} title={t('act.ask')} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={run.running} disabled={day === undefined || reason === undefined} onClick={() => run.go({ id: one.decision.id, extensionId, wantedDay: day ?? '', reason: reason ?? '' })}>{t('act.ask')}</Button></>}>
      <div className="stack"><p className="two">{t('extensions.say')}</p><Labelled label={t('extensions.wanted')}>{(id) => <DayInput id={id} today={today} {...(one.decision.dueDay === null ? {} : { min: one.decision.dueDay })} value={day} onChange={setDay} />}</Labelled><Labelled label={t('extensions.reason')}>{(id) => <TextArea id={id} rows={3} maxLength={1000} value={reason} onChange={setReason} />}</Labelled>{run.error !== undefined && <Problem small error={run.error} />}</div>
    </Dialog>
  );
}

function InterviewDialog({ one, t, onClose }: DialogProps) {
  const [record, setRecord] = useState<string | undefined>(undefined);
  const run = useRun(recordInterview, { touches: ['dispatch.'], onDone: onClose });
  return (
    <Dialog open size="middle" onClose={onClose} title={t('act.interview')} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={run.running} disabled={record === undefined} onClick={() => run.go({ id: one.decision.id, times: one.can.interview ?? 1, record: record ?? '' })}>{t('act.interview')}</Button></>}>
      <div className="stack"><Labelled label={t('act.record')} hint={t('act.recordHint')}>{(id) => <TextArea id={id} rows={8} maxLength={4000} value={record} onChange={setRecord} />}</Labelled>{run.error !== undefined && <Problem small error={run.error} />}</div>
    </Dialog>
  );
}
