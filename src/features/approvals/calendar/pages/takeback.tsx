// Taking back a notice or a local day that was entered: what it would move, and why it is done.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { withdrawLocalDays, withdrawNotice, type LocalLine, type NoticeLine } from '../contract.ts';
import { EffectBox, useEffectOf } from './effect.tsx';
import { useFreshCalendar } from './stale.ts';
import './calendar.css';

interface Props { readonly edition: number; readonly notice: NoticeLine | undefined; readonly local: LocalLine | undefined; readonly onClose: () => void }

export function TakeBackDialog({ edition, notice, local, onClose }: Props) {
  const t = useT('calendar');
  const [reason, setReason] = useState<string | undefined>(undefined);
  const options = { touches: ['approvals.'], onDone: () => { toast({ text: t('back.done') }); onClose(); } };
  const [forNotice, forLocal] = [useRun(withdrawNotice, options), useRun(withdrawLocalDays, options)];
  const run = notice === undefined ? forLocal : forNotice;
  useFreshCalendar(run.error);
  const effect = useEffectOf(notice !== undefined ? { kind: 'no_notice', year: notice.year } : local === undefined ? undefined : { kind: 'no_local', id: local.id });
  const go = (): void => {
    if (reason === undefined) return;
    if (notice !== undefined) forNotice.go({ year: notice.year, reason }, { version: edition });
    else if (local !== undefined) forLocal.go({ id: local.id, reason }, { version: edition });
  };
  return (
    <Dialog open onClose={onClose} title={t('back.title')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="danger" disabled={(reason?.trim().length ?? 0) < 2} busy={run.running} onClick={go}>{t('back.title')}</Button>
      </>
    }>
      <div className="stack">
        <p>{notice !== undefined ? t(notice.shipped ? 'back.noticeShipped' : 'back.notice', { year: notice.year }) : t('back.local', { name: local?.name ?? '' })}</p>
        <EffectBox read={effect} />
        <Line label={t('back.reason')}>{(id) => <TextArea id={id} rows={2} maxLength={1000} value={reason} onChange={setReason} />}</Line>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
