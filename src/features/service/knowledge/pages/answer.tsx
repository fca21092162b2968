// One answer: what holds, on what it rests, until when; whether it was of use; what it was before.
import { lazy, Suspense, useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { addDays } from '../../../../kernel/days.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { usePath } from '../../../../web/router.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { kindName } from '../../pages/names.ts';
import { PastSection } from '../../pages/past.tsx';
import { rateAnswer, readAnswer, reviewAnswer, settleWithAnswer, withdrawAnswer } from '../contract.ts';
import { STATE_TONES } from './tones.ts';
import '../../pages/service.css';

export type Answer = OutputOf<typeof readAnswer>;
const AnswerForm = lazy(async () => ({ default: (await import('./answerform.tsx')).AnswerForm }));
const REVIEW_DAYS = 180;

export function AnswerPage() {
  const { id = '' } = usePath();
  const t = useT('knowledge');
  const lang = useLang();
  const format = useFormat();
  const [open, setOpen] = useState<'edit' | 'review' | undefined>(undefined);
  const read = useRead(readAnswer, { id });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  const { answer, text, sources, withdrawnDay, mayKeep, history, versions, comments } = read.data;
  const votes = answer.useful + answer.notUseful;
  return (
    <Record
      crumbs={[{ label: t('answers.title'), href: '/service/answers' }, { label: kindName(answer.kind, lang) }]} title={answer.question}
      state={withdrawnDay === null ? <State tone={STATE_TONES[answer.state]} word={t(`state.${answer.state}`)} /> : <State tone="off" word={t('answer.withdrawn', { day: format.day(withdrawnDay) })} />}
      actions={mayKeep && withdrawnDay === null ? <Actions answer={read.data} onOpen={setOpen} /> : undefined}
      strip={mayKeep ? (
        <FigureStrip>
          <Figure label={t('answer.useful')} value={format.count(answer.useful)} unit={t('answer.times', { count: answer.useful })} {...(votes === 0 ? {} : { note: `${t('answer.share')} ${format.percent(answer.useful / votes)}` })} />
          <Figure label={t('answer.not_valid_count')} value={format.count(answer.notUseful)} unit={t('answer.times', { count: answer.notUseful })} />
          <Figure label={t('answer.settled_count')} value={format.count(answer.settled)} unit={t('answer.times', { count: answer.settled })} definition={t('answer.settle_hint')} />
        </FigureStrip>
      ) : undefined}
      side={
        <>
          <Section title={t('answer.facts')}>
            <div className="card pad"><Facts columns={1} facts={[
              { label: t('field.departmentId'), value: answer.departmentName }, { label: t('answer.valid'), value: t(answer.validUntil === null ? 'answer.valid_open' : 'answer.valid_span', { from: format.day(answer.validFrom), to: format.day(answer.validUntil) }) },
              { label: t('answer.reviewed'), value: t('answer.reviewed_by', { day: format.day(answer.reviewedDay), by: answer.reviewedBy }) }, { label: t('field.reviewDue'), value: format.day(answer.reviewDue) }, { label: t('field.audience'), value: t(`audience.${answer.audience}`) },
            ]} /></div>
          </Section>
          <PastSection area="knowledge" title={t('history')} events={history} />
        </>
      }
    >
      {answer.state === 'review' && <p className="notice">{t('answer.overdue', { day: format.day(answer.reviewDue) })}</p>}
      {answer.state === 'ended' && <p className="notice">{t('answer.ended')}</p>}
      <div className="card pad"><p className="servicetext">{text}</p></div>
      <Section title={t('answer.sources')}>
        {sources.length === 0 ? <p className="dim">{t('answer.no_sources')}</p> : <ul className="card servicelines">{sources.map((one) => <li key={`${one.name}${one.number}`}>{one.name}{one.number !== '' && <span className="two"> {one.number}</span>}</li>)}</ul>}
      </Section>
      {withdrawnDay === null && answer.state !== 'ended' && <Vote id={id} voted={read.data.voted} />}
      {comments.length > 0 && <Section title={t('answer.comments')}><ul className="card servicelines">{comments.map((one) => <li key={one.id}><div className="linehead"><State tone={one.useful ? 'ok' : 'warn'} word={t(one.useful ? 'answer.useful' : 'answer.not_useful')} /><span>{one.comment}</span><span className="dim small push">{one.by} {format.day(one.day)}</span></div></li>)}</ul></Section>}
      {versions.length > 1 && <Section title={t('versions')}><ul className="card servicelines">{versions.map((one) => <li key={one.number}><div className="linehead"><b>{t('version_line', { number: one.number, day: format.day(one.day), by: one.by })}</b>{one.note !== null && <span className="two small">{one.note}</span>}</div><details><summary className="small two">{one.question}</summary><p className="servicetext small">{one.answer}</p></details></li>)}</ul></Section>}
      {open === 'edit' && <Suspense fallback={null}><AnswerForm answer={read.data} onClose={() => setOpen(undefined)} /></Suspense>}
      {open === 'review' && <ReviewDialog id={id} version={answer.version} onClose={() => setOpen(undefined)} />}
    </Record>
  );
}

function Actions({ answer: { answer }, onOpen }: { readonly answer: Answer; readonly onOpen: (what: 'edit' | 'review') => void }) {
  const t = useT('knowledge');
  const settle = useRun(settleWithAnswer, { onDone: () => toast({ text: t('answer.settled') }) });
  const withdraw = useRun(withdrawAnswer, { onDone: () => toast({ text: t('answer.saved') }) });
  const ask = async (): Promise<void> => {
    const reason = await confirm({ title: t('answer.withdraw_ask'), text: answer.question, act: t('answer.withdraw'), danger: true, reason: t('answer.withdraw_why') });
    if (reason !== undefined) withdraw.go({ id: answer.id, reason }, { version: answer.version });
  };
  return (
    <>
      {answer.state !== 'ended' && <Button kind={answer.state === 'review' ? 'main' : 'plain'} onClick={() => onOpen('review')}>{t('answer.review')}</Button>}
      <Button onClick={() => onOpen('edit')}>{t('answer.edit')}</Button>
      {answer.state !== 'ended' && <Button busy={settle.running} title={t('answer.settle_hint')} onClick={() => settle.go({ id: newId(), answerId: answer.id })}>{t('answer.settle')}</Button>}
      <Button kind="quiet" busy={withdraw.running} onClick={() => void ask()}>{t('answer.withdraw')}</Button>
    </>
  );
}

function Vote({ id, voted }: { readonly id: string; readonly voted: boolean }) {
  const t = useT('knowledge');
  const [comment, setComment] = useState<string | undefined>(undefined);
  const rate = useRun(rateAnswer, { onDone: () => toast({ text: t('answer.thanks') }) });
  if (voted) return <p className="dim">{t('answer.voted')}</p>;
  const vote = (useful: boolean): void => rate.go({ id: newId(), answerId: id, useful, ...((comment ?? '').trim() === '' ? {} : { comment: comment ?? '' }) });
  return (
    <div className="card pad stack">
      <b>{t('answer.question')}</b>
      <TextInput label={t('answer.comment')} placeholder={t('answer.comment')} maxLength={1000} value={comment} onChange={setComment} />
      <div className="row"><Button busy={rate.running} onClick={() => vote(true)}>{t('answer.useful')}</Button><Button busy={rate.running} onClick={() => vote(false)}>{t('answer.not_useful')}</Button></div>
      {rate.error !== undefined && <Problem small error={rate.error} />}
    </div>
  );
}

function ReviewDialog({ id, version, onClose }: { readonly id: string; readonly version: number; readonly onClose: () => void }) {
  const t = useT('knowledge');
  const { today } = useSession();
  const [due, setDue] = useState<string | undefined>(() => addDays(today, REVIEW_DAYS));
  const review = useRun(reviewAnswer, { onDone: () => { toast({ text: t('answer.saved') }); onClose(); } });
  return (
    <Dialog open size="small" onClose={onClose} title={t('answer.review_title')} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" disabled={due === undefined} busy={review.running} onClick={() => due !== undefined && review.go({ id, reviewDue: due }, { version })}>{t('answer.review')}</Button></>}>
      <Line label={t('field.reviewDue')}>{(field) => <DayInput id={field} today={today} min={addDays(today, 1)} value={due} onChange={setDue} />}</Line>
      {review.error !== undefined && <Problem small error={review.error} />}
    </Dialog>
  );
}
