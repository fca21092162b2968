// On the record of a problem: who is asked and what he said, and the buttons of this reader (confirm, link, call back, open again). Placed by the record's page.
import { useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat, type Tone } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm as ask } from '../../../../web/parts/confirm.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { confirm, listAnswers, makeLink, reopen, type Said } from '../contract.ts';
import { CallDialog } from './call.tsx';
import { Verdicts } from './answer.tsx';
import './closing.css';

type Answers = OutputOf<typeof listAnswers>;
const TONES: Readonly<Record<string, Tone>> = { satisfied: 'ok', basically: 'warn', dissatisfied: 'bad', no_answer: 'off' };

/** Nothing while nobody was ever asked. `onChanged`: the record is to be read again. */
export function Confirmation({ problemId, onChanged }: { readonly problemId: string; readonly onChanged: () => void }) {
  const t = useT('closing');
  const read = useRead(listAnswers, { id: problemId });
  const [open, setOpen] = useState<'confirm' | 'call' | undefined>(undefined);
  const [link, setLink] = useState<string | undefined>(undefined);
  const linked = useRun(makeLink, { onDone: ({ token }) => setLink(token === undefined ? undefined : `${window.location.origin}/answer#${token}`) });
  const again = useRun(reopen, { onDone: () => done(), touches: ['problems.'] });
  if (read.data === undefined) return read.error === undefined ? null : <Problem small error={read.error} onRetry={read.again} />;
  const { items, side, mayLink, mayCall, mayReopen, reopenUntil, version, own } = read.data;
  if (items.length === 0) return null;
  const done = (): void => {
    setOpen(undefined);
    read.again();
    onChanged();
  };
  const askReopen = async (): Promise<void> => {
    const reason = await ask({ title: t('reopen.title'), text: t('reopen.say', { day: reopenUntil ?? '' }), act: t('reopen.act'), reason: t('reopen.reason') });
    if (reason !== undefined) again.go({ id: problemId, reason }, { version });
  };
  return (
    <Section
      title={t('confirm.title')} hint={own ? t('confirm.own') : undefined}
      actions={<>
        {mayReopen && <Button busy={again.running} onClick={() => void askReopen()}>{t('reopen.act')}</Button>}
        {mayLink && <Button busy={linked.running} onClick={() => linked.go({ id: problemId })}>{t('link.make')}</Button>}
        {mayCall && <Button onClick={() => setOpen('call')}>{t('call.act')}</Button>}
        {side !== null && <Button kind="main" onClick={() => setOpen('confirm')}>{t('confirm.act')}</Button>}
      </>}
    >
      {[linked.error, again.error].map((error, index) => error !== undefined && <Problem key={index} small error={error} />)}
      <Sides items={items} />
      {open === 'confirm' && <ConfirmDialog problemId={problemId} version={version} onClose={() => setOpen(undefined)} onDone={done} />}
      {open === 'call' && <CallDialog problemId={problemId} version={version} onClose={() => setOpen(undefined)} onDone={done} />}
      {link !== undefined && <LinkDialog link={link} onClose={() => setLink(undefined)} />}
    </Section>
  );
}

function Sides({ items }: { readonly items: Answers['items'] }) {
  const t = useT('closing');
  const format = useFormat();
  const rounds = new Set(items.map((one) => one.round)).size;
  return (
    <ul className="card sides">
      {items.map((one) => (
        <li key={`${one.round}${one.side}`}>
          <span>{t(`side.${one.side}`)}{rounds > 1 && <span className="two small"> {t('confirm.round', { count: one.round })}</span>}</span>
          <span>{one.verdict === null ? <State tone="off" word={t('confirm.waits', { at: format.instant(one.dueAt) })} /> : <State tone={TONES[one.verdict] ?? 'off'} word={t(`verdict.${one.verdict}`)} />}</span>
          <span className="two small">{one.verdict === null || one.via === null ? '' : t('confirm.by', { name: one.byName ?? '—', via: t(`via.${one.via}`), at: format.instant(one.answeredAt ?? '') })}</span>
          {one.remark !== null && <span className="remark two">{one.remark}</span>}
        </li>
      ))}
    </ul>
  );
}

function ConfirmDialog({ problemId, version, onClose, onDone }: { readonly problemId: string; readonly version: number; readonly onClose: () => void; readonly onDone: () => void }) {
  const t = useT('closing');
  const [verdict, setVerdict] = useState<Said | undefined>(undefined);
  const [remark, setRemark] = useState<string | undefined>(undefined);
  const send = useRun(confirm, { onDone, touches: ['problems.'] });
  return (
    <Dialog open onClose={onClose} size="small" title={t('answer.title')} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={send.running} disabled={verdict === undefined} onClick={() => verdict !== undefined && send.go({ id: problemId, verdict, ...(remark === undefined ? {} : { remark }) }, { version })}>{t('answer.send')}</Button></>}>
      <div className="answerform">
        <Verdicts value={verdict} onChange={setVerdict} />
        <label className="answerremark"><span>{t('answer.remark')}</span><TextArea id="confirm-remark" rows={3} maxLength={2000} value={remark} onChange={setRemark} /></label>
        {send.error !== undefined && <Problem small error={send.error} />}
      </div>
    </Dialog>
  );
}

/** The link is shown once: it is kept nowhere. */
function LinkDialog({ link, onClose }: { readonly link: string; readonly onClose: () => void }) {
  const t = useT('closing');
  const copy = (): void => void navigator.clipboard?.writeText(link).then(() => toast({ text: t('link.copied') }), () => undefined);
  return (
    <Dialog open onClose={onClose} size="small" title={t('link.title')} foot={<><Button onClick={onClose}>{t('web:close')}</Button><Button kind="main" onClick={copy}>{t('link.copy')}</Button></>}>
      <div className="linkbox">
        <p className="two">{t('link.say')}</p>
        <input className="input" readOnly aria-label={t('link.title')} value={link} onFocus={(event) => event.target.select()} />
      </div>
    </Dialog>
  );
}
