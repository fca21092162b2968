// The dialog in which the way is chosen: from when, in which order, with which measures, by which limits.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { ChoiceInput, ChoicesInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { MEASURES } from '../graph.ts';
import { choosePlan, LIMITS, ORDERS } from '../contract.ts';
import { named, type Shown } from './say.ts';

export function ChooseDialog({ shown, onClose }: { readonly shown: Shown; readonly onClose: () => void }) {
  const t = useT('approvals');
  const format = useFormat();
  const [way, setWay] = useState({ ...shown.chosen });
  const announced = Object.entries(shown.chosen.stops);
  const run = useRun(choosePlan, {
    touches: ['approvals.'],
    onDone: () => {
      toast({ text: t('planning.chosen') });
      onClose();
    },
  });
  const send = (): void => run.go({ id: shown.id, startDay: way.startDay, order: way.order, measures: way.order === 'serial' ? [] : way.measures, limits: way.limits, combined: way.combined, stops: way.stops }, { version: shown.version });
  return (
    <Dialog open onClose={onClose} title={t('planning.choose')} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={run.running} onClick={send}>{t('planning.adopt')}</Button></>}>
      <div className="stack apform">
        {run.error !== undefined && <Problem small error={run.error} />}
        <label htmlFor="ap-start">{t('planning.startDay')}<small>{t('planning.startHint')}</small></label>
        <DayInput id="ap-start" today={shown.day} value={way.startDay} onChange={(startDay) => setWay({ ...way, startDay: startDay ?? shown.day })} />
        <span>{t('planning.order')}</span>
        <ChoiceInput label={t('planning.order')} value={way.order} onChange={(value) => setWay({ ...way, order: ORDERS.find((one) => one === value) ?? way.order })} options={ORDERS.map((value) => ({ value, label: t(`mode.${value}`) }))} />
        {way.order === 'parallel' && (
          <>
            <span>{t('planning.measures')}<small>{t('planning.measuresHint')}</small></span>
            <ChoicesInput label={t('planning.measures')} value={way.measures} onChange={(value) => setWay({ ...way, measures: MEASURES.filter((one) => value?.includes(one)) })} options={MEASURES.map((value) => ({ value, label: t(`planning.measure.${value}`) }))} />
          </>
        )}
        <span>{t('plan.days')}</span>
        <ChoiceInput label={t('plan.days')} value={way.limits} onChange={(value) => setWay({ ...way, limits: LIMITS.find((one) => one === value) ?? way.limits })} options={LIMITS.map((value) => ({ value, label: t(`planning.limits.${value}`) }))} />
        {announced.length > 0 && (
          <>
            <span>{t('planning.announced')}<small>{t('planning.announcedHint')}</small></span>
            <ChoicesInput label={t('planning.announced')} value={Object.keys(way.stops)} onChange={(value) => setWay({ ...way, stops: Object.fromEntries(announced.filter(([code]) => value?.includes(code))) })} options={announced.map(([code, days]) => ({ value: code, label: `${code} ${t('planning.days.working', { count: days })}` }))} />
          </>
        )}
        {shown.bundles.length > 0 && (
          <>
            <span>{t('planning.combined')}</span>
            <ChoicesInput label={t('planning.combined')} value={way.combined} onChange={(value) => setWay({ ...way, combined: [...(value ?? [])] })} options={shown.bundles.map((one) => ({ value: one.code, label: named(one.name, format) }))} />
          </>
        )}
      </div>
    </Dialog>
  );
}
