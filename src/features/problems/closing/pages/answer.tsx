// The page of a link: whoever was helped says whether it is solved, on a phone and without an account. Calm when it was answered, is over or unknown.
import { useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { EntryPage } from '../../../../web/account/entry.tsx';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { usePath } from '../../../../web/path.ts';
import { usePlace } from '../../../../web/place.ts';
import { answerByLink, answerPage, SAID, type Said } from '../contract.ts';
import './closing.css';

type Page = OutputOf<typeof answerPage>;

export function AnswerPage() {
  const t = useT('closing');
  const { hash } = usePlace();
  const { token = hash.slice(1) } = usePath();
  const read = useRead(answerPage, { token });
  if (read.data === undefined) {
    return <EntryPage title={t('answer.title')} say="">{read.error === undefined ? <Loading lines={6} /> : <Problem error={read.error} onRetry={read.again} />}</EntryPage>;
  }
  return <Shown page={read.data} token={token} onDone={read.again} />;
}

function Shown({ page, token, onDone }: { readonly page: Page; readonly token: string; readonly onDone: () => void }) {
  const t = useT('closing');
  const format = useFormat();
  if (page.link === 'unknown') return <EntryPage title={t('answer.unknown')} say={t('answer.unknownSay')}>{null}</EntryPage>;
  const answered = page.link === 'answered';
  return (
    <EntryPage title={t(page.link === 'open' ? 'answer.title' : answered ? 'answer.answered' : 'answer.over')} say={page.zone}>
      {answered && page.answeredAt !== null && <p className="answersaid">{t('answer.answeredSay', { verdict: t(`verdict.${page.verdict ?? 'no_answer'}`), at: format.instant(page.answeredAt) })}</p>}
      {page.link === 'over' && <p className="two">{t('answer.overSay')}</p>}
      {page.title !== null && <article className="card pad answercard">
        <p className="two small">{page.number}</p>
        <h2>{page.title}</h2>
        {page.ask !== null && page.ask !== '' && <p className="answertext">{page.ask}</p>}
        <p className="two small answerlabel">{t('answer.done', { owner: page.ownerName ?? '—' })}</p>
        <p className="answertext">{page.done ?? '—'}</p>
        {page.files.length > 0 && <p className="two small">{t('answer.files', { count: page.files.length, names: page.files.join(t('answer.and')) })}</p>}
      </article>}
      {page.link === 'open' && <Say token={token} dueAt={page.dueAt} onDone={onDone} />}
    </EntryPage>
  );
}

function Say({ token, dueAt, onDone }: { readonly token: string; readonly dueAt: string | null; readonly onDone: () => void }) {
  const t = useT('closing');
  const format = useFormat();
  const [verdict, setVerdict] = useState<Said | undefined>(undefined);
  const [remark, setRemark] = useState<string | undefined>(undefined);
  const send = useRun(answerByLink, { onDone });
  return (
    <form
      className="answerform"
      onSubmit={(event) => {
        event.preventDefault();
        if (verdict !== undefined) send.go({ token, verdict, ...(remark === undefined ? {} : { remark }) });
      }}
    >
      <Verdicts value={verdict} onChange={setVerdict} />
      <label className="answerremark"><span>{t('answer.remark')}</span><TextArea id="remark" rows={3} maxLength={2000} value={remark} onChange={setRemark} /></label>
      {send.error !== undefined && <Problem small error={send.error} />}
      <Button kind="main" type="submit" busy={send.running} disabled={verdict === undefined}>{t('answer.send')}</Button>
      <p className="two small">{t('answer.once', { at: format.instant(dueAt ?? '') })}</p>
    </form>
  );
}

/** Three answers, each a line for the thumb. */
export function Verdicts({ value, onChange }: { readonly value: Said | undefined; readonly onChange: (verdict: Said) => void }) {
  const t = useT('closing');
  return (
    <fieldset className="verdicts">
      <legend className="hidden">{t('answer.title')}</legend>
      {SAID.map((one) => (
        <label key={one} className={value === one ? 'on' : ''}>
          <input type="radio" name="verdict" checked={value === one} onChange={() => onChange(one)} />
          <span><b>{t(`verdict.${one}`)}</b><span className="two small">{t(`verdictSay.${one}`)}</span></span>
        </label>
      ))}
    </fieldset>
  );
}
