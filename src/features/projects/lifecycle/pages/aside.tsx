// Dialogs that send a project back, aside (暂停, 调出, 终止) or in again: always a day, a reason, and what follows from it.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { listEvidence, moveProjectBack, pauseProject, removeProject, resumeProject, terminateProject } from '../contract.ts';
import { Line } from './line.tsx';
import { useFreshWhenStale } from './stale.ts';
import { pick, type Gates } from './words.ts';

export type Aside = 'pause' | 'remove' | 'terminate' | 'resume';

export function BackDialog({ gates, onClose }: { readonly gates: Gates; readonly onClose: () => void }) {
  const t = useT('lifecycle');
  const lang = useLang();
  const [to, setTo] = useState<string | undefined>(gates.back[0]);
  const [reason, setReason] = useState<string | undefined>(undefined);
  const stage = gates.stages.find((one) => one.code === to);
  const back = useRun(moveProjectBack, { onDone: () => { toast({ text: t('back.done', { stage: stage === undefined ? '' : pick(stage.name, lang) }) }); onClose(); } });
  useFreshWhenStale(back.error);
  const ready = stage !== undefined && (reason?.trim().length ?? 0) >= 2;
  return (
    <Dialog open size="small" onClose={onClose} title={t('back.title')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="danger" disabled={!ready} busy={back.running} onClick={() => stage !== undefined && back.go({ id: gates.id, to: stage.code, reason: reason ?? '' }, { version: gates.version })}>{t('back.act')}</Button>
      </>
    }>
      <div className="stack">
        <Line label={t('back.to')} hint={t('back.warn')}>
          {(id) => <SelectInput id={id} value={to} onChange={setTo} options={gates.back.map((code) => ({ value: code, label: nameOf(gates, code, lang) }))} />}
        </Line>
        <Line label={t('back.reason')}>{(id) => <TextArea id={id} rows={3} maxLength={1000} value={reason} onChange={setReason} />}</Line>
        {back.error !== undefined && <Problem small error={back.error} />}
      </div>
    </Dialog>
  );
}

const CONTRACT = { pause: pauseProject, remove: removeProject, terminate: terminateProject } as const;
const SIDE = { pause: 'paused', remove: 'removed', terminate: 'terminated' } as const;

export function AsideDialog({ gates, what, onClose }: { readonly gates: Gates; readonly what: Aside; readonly onClose: () => void }) {
  return what === 'resume' ? <ResumeDialog gates={gates} onClose={onClose} /> : <SetAsideDialog gates={gates} what={what} onClose={onClose} />;
}

function SetAsideDialog({ gates, what, onClose }: { readonly gates: Gates; readonly what: Exclude<Aside, 'resume'>; readonly onClose: () => void }) {
  const t = useT('lifecycle');
  const { today } = useSession();
  const [day, setDay] = useState<string | undefined>(today);
  const [reason, setReason] = useState<string | undefined>(undefined);
  const [paper, setPaper] = useState<string | undefined>(undefined);
  const needs = gates.sideStates.find((one) => one.code === SIDE[what])?.evidence ?? [];
  const papers = useRead(listEvidence, { id: gates.id });
  const options = (papers.data?.items ?? []).filter((one) => needs.length === 0 || needs.includes(one.kind)).map((one) => ({ value: one.id, label: one.number ?? one.file?.name ?? one.kindName, hint: one.kindName }));
  const run = useRun(CONTRACT[what], { onDone: () => { toast({ text: t('aside.done', { word: t(`aside.${what}`) }) }); onClose(); } });
  useFreshWhenStale(run.error);
  const ready = day !== undefined && (reason?.trim().length ?? 0) >= 2 && (needs.length === 0 || paper !== undefined);
  return (
    <Dialog open size="small" onClose={onClose} title={t(`aside.${what}Title`)} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind={what === 'pause' ? 'main' : 'danger'} disabled={!ready} busy={run.running} onClick={() => day !== undefined && run.go({ id: gates.id, day, reason: reason ?? '', ...(paper === undefined ? {} : { evidenceId: paper }) }, { version: gates.version })}>{t(`aside.${what}`)}</Button>
      </>
    }>
      <div className="stack">
        <p className="two">{t(`aside.${what}Say`)}</p>
        <DayLine gates={gates} day={day} onDay={setDay} />
        <Line label={t('aside.reason')}>{(id) => <TextArea id={id} rows={3} maxLength={1000} value={reason} onChange={setReason} />}</Line>
        {(options.length > 0 || needs.length > 0) && (
          <Line label={t('aside.evidence')} optional={needs.length === 0}>{(id) => <SelectInput id={id} clearable value={paper} onChange={setPaper} options={options} placeholder={t('aside.evidenceNone')} />}</Line>
        )}
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}

function ResumeDialog({ gates, onClose }: { readonly gates: Gates; readonly onClose: () => void }) {
  const t = useT('lifecycle');
  const lang = useLang();
  const { today } = useSession();
  const [day, setDay] = useState<string | undefined>(today);
  const [reason, setReason] = useState<string | undefined>(undefined);
  const run = useRun(resumeProject, { onDone: () => { toast({ text: t('aside.done', { word: t('aside.resume') }) }); onClose(); } });
  useFreshWhenStale(run.error);
  const ready = day !== undefined && (reason?.trim().length ?? 0) >= 2;
  return (
    <Dialog open size="small" onClose={onClose} title={t('aside.resumeTitle')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" disabled={!ready} busy={run.running} onClick={() => day !== undefined && run.go({ id: gates.id, day, reason: reason ?? '' }, { version: gates.version })}>{t('aside.resume')}</Button>
      </>
    }>
      <div className="stack">
        <p className="two">{t('aside.resumeSay', { stage: nameOf(gates, gates.stage, lang) })}</p>
        <DayLine gates={gates} day={day} onDay={setDay} />
        <Line label={t('aside.reason')}>{(id) => <TextArea id={id} rows={3} maxLength={1000} value={reason} onChange={setReason} />}</Line>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}

function DayLine({ gates, day, onDay }: { readonly gates: Gates; readonly day: string | undefined; readonly onDay: (day: string | undefined) => void }) {
  const t = useT('lifecycle');
  const format = useFormat();
  const { today } = useSession();
  return (
    <Line label={t('aside.day')} hint={gates.lastDay === null ? undefined : t('move.dayHint', { last: format.day(gates.lastDay) })}>
      {(id) => <DayInput id={id} today={today} max={today} {...(gates.lastDay === null ? {} : { min: gates.lastDay })} value={day} onChange={onDay} />}
    </Line>
  );
}

function nameOf(gates: Gates, code: string, lang: 'zh-CN' | 'en'): string {
  const stage = gates.stages.find((one) => one.code === code);
  return stage === undefined ? code : pick(stage.name, lang);
}
