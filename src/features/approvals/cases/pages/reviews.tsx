// 联合审查: who was asked, until when, what each said; whose silence is counted as consent, by name.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useFormat, type Tone } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { answerReview } from '../contract.ts';
import { Labelled } from '../../../../web/parts/labelled.tsx';
import type { One } from './say.ts';
import './cases.css';

type Review = One['reviews'][number];
export const POSITION_TONES: Readonly<Record<Review['position'], Tone>> = { waiting: 'off', overdue: 'late', consent: 'ok', objection: 'bad', silent_consent: 'warn' };

export function Reviews({ one }: { readonly one: One }) {
  const t = useT('cases');
  const format = useFormat();
  const [answering, setAnswering] = useState<Review | undefined>(undefined);
  // Most readers owe one opinion, and on a phone its row is wider than the page.
  const [own, another] = one.reviews.filter((each) => each.mayAnswer);
  const only = another === undefined ? own : undefined;
  return (
    <Section title={t('review.title')} hint={t('review.hint')} actions={only === undefined ? undefined : <Button onClick={() => setAnswering(only)}>{t('review.answer')}</Button>}>
      <Scroll label={t('review.title')}>
        <table className="plain opinions">
          <thead><tr><th>{t('review.body')}</th><th>{t('review.position')}</th><th>{t('review.due')}</th><th>{t('review.opinion')}</th><th /></tr></thead>
          <tbody>
            {one.reviews.map((each) => (
              <tr key={each.orgId}>
                <td>{each.orgName}</td>
                <td><State tone={POSITION_TONES[each.position]} word={t(`review.is.${each.position}`)} /></td>
                <td>{format.day(each.dueDay)}</td>
                <td className="free">{each.liable && <span className="tone-warn">{t('review.liable')} </span>}{each.opinion ?? (each.answeredDay === null ? '—' : '')}{each.answeredDay !== null && <span className="dim small"> {each.answeredBy} {format.day(each.answeredDay)}</span>}{each.earlier.map((before) => <span key={before.day + before.name} className="dim small earlier">{t('review.before', { day: format.day(before.day), name: before.name })}{t(`review.is.${before.view}`)}{before.opinion === null ? '' : `${t('bar.colon')}${before.opinion}`}</span>)}</td>
                <td>{each.mayAnswer && each !== only && <Button small onClick={() => setAnswering(each)}>{t('review.answer')}</Button>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {answering !== undefined && <AnswerDialog one={one} review={answering} onClose={() => setAnswering(undefined)} />}
    </Section>
  );
}

function AnswerDialog({ one, review, onClose }: { readonly one: One; readonly review: Review; readonly onClose: () => void }) {
  const t = useT('cases');
  const [view, setView] = useState<string | undefined>('consent');
  const [opinion, setOpinion] = useState<string | undefined>(undefined);
  const run = useRun(answerReview, { touches: ['approvals.'], onDone: () => { toast({ text: t('review.answered') }); onClose(); } });
  const objects = view === 'objection';
  const text = opinion?.trim() ?? '';
  return (
    <Dialog open size="small" onClose={onClose} title={t('review.answerOf', { body: review.orgName })} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" busy={run.running} disabled={objects && text === ''} onClick={() => run.go({ id: one.case.id, orgId: review.orgId, view: objects ? 'objection' : 'consent', ...(text === '' ? {} : { opinion: text }) })}>{t('review.send')}</Button>
      </>
    }>
      <div className="stack">
        {review.position === 'silent_consent' && <p className="tone-warn">{t('review.late')}</p>}
        <Labelled label={t('review.view')}>{(id) => <ChoiceInput id={id} label={t('review.view')} value={view} onChange={setView} options={[{ value: 'consent', label: t('review.is.consent') }, { value: 'objection', label: t('review.is.objection') }]} />}</Labelled>
        <Labelled label={t('review.opinion')} optional={!objects}>{(id) => <TextArea id={id} rows={3} maxLength={1000} value={opinion} onChange={setOpinion} />}</Labelled>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
