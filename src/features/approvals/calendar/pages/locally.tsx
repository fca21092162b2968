// Entering a day of the zone's own: what, when, under which document, and whether it moves the clocks of the law; with what it would move.
import { useState } from 'react';
import { isDay } from '../../../../kernel/days.ts';
import { useRun } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { enterLocalDays } from '../contract.ts';
import { COUNTS } from '../shape.ts';
import { EffectBox, Hindered, useEffectOf } from './effect.tsx';
import type { Year } from './say.ts';
import { useFreshCalendar } from './stale.ts';
import './calendar.css';

export function LocalDialog({ year, onClose }: { readonly year: Year; readonly onClose: () => void }) {
  const t = useT('calendar');
  const { today } = useSession();
  const [id] = useState(newId);
  const [name, setName] = useState<string | undefined>(undefined);
  const [from, setFrom] = useState<string | undefined>(undefined);
  const [to, setTo] = useState<string | undefined>(undefined);
  const [work, setWork] = useState(false);
  const [counts, setCounts] = useState<(typeof COUNTS)[number]>('plans');
  const [basis, setBasis] = useState<string | undefined>(undefined);
  const [document, setDocument] = useState<string | undefined>(undefined);
  const run = useRun(enterLocalDays, { touches: ['approvals.'], onDone: () => { toast({ text: t('local.done') }); onClose(); } });
  useFreshCalendar(run.error);
  const last = to ?? from;
  const days = from !== undefined && last !== undefined && isDay(from) && isDay(last) && last >= from ? { from, to: last, work, counts } : undefined;
  const effect = useEffectOf(days === undefined ? undefined : { kind: 'local', ...days });
  const filled = (text: string | undefined): boolean => (text?.trim().length ?? 0) >= 2;
  const backwards = from !== undefined && last !== undefined && last < from;
  const missing = !filled(name) ? t('local.noName') : days === undefined ? t('local.noDays') : !filled(document) ? t('enter.noDocument') : counts === 'all' && !filled(basis) ? t('local.noBasis') : undefined;
  const ready = days !== undefined && filled(name) && filled(document) && (counts === 'plans' || filled(basis));
  return (
    <Dialog open size="large" onClose={onClose} title={t('local.add')} foot={
      <>
        <Hindered fault={backwards ? t('local.backwards') : undefined} missing={missing} />
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" disabled={!ready} busy={run.running} onClick={() => days !== undefined && name !== undefined && document !== undefined && run.go({ id, name, ...days, document, ...(basis === undefined ? {} : { basis }) }, { version: year.edition })}>{t('local.save')}</Button>
      </>
    }>
      <div className="stack">
        <div className="fields of2">
          <Line label={t('local.name')}>{(field) => <TextInput id={field} maxLength={200} placeholder={t('local.nameExample')} value={name} onChange={setName} />}</Line>
          <Line label={t('local.kind')}>{(field) => <ChoiceInput id={field} label={t('local.kind')} value={work ? 'work' : 'off'} onChange={(next) => setWork(next === 'work')} options={[{ value: 'off', label: t('local.off') }, { value: 'work', label: t('local.work') }]} />}</Line>
          <Line label={t('rows.from')}>{(field) => <DayInput id={field} today={today} value={from} onChange={setFrom} />}</Line>
          <Line label={t('rows.to')} optional hint={t('local.toHint')}>{(field) => <DayInput id={field} today={today} value={to} onChange={setTo} />}</Line>
          <Line label={t('local.document')}>{(field) => <TextInput id={field} maxLength={200} value={document} onChange={setDocument} />}</Line>
        </div>
        <Line label={t('local.counts')} hint={t(`local.say.${counts}`)}>{(field) => <ChoiceInput id={field} label={t('local.counts')} value={counts} onChange={(next) => setCounts(COUNTS.find((one) => one === next) ?? 'plans')} options={COUNTS.map((value) => ({ value, label: t(`counts.${value}`) }))} />}</Line>
        {counts === 'all' && <Line label={t('local.basis')} hint={t('local.basisHint')}>{(field) => <TextArea id={field} rows={2} maxLength={500} value={basis} onChange={setBasis} />}</Line>}
        {days !== undefined && <EffectBox read={effect} />}
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
