// Later days, first looked at and then agreed: which item is expected to stand still and for how long, what that moves, and why.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { pushPlan, pushPreview, STOP_LIMIT } from '../contract.ts';
import { named, saySlip, type Shown, type ShownPlan } from './say.ts';

const SHOWN = 8;

export function PushDialog({ shown, plan, onClose }: { readonly shown: Shown; readonly plan: ShownPlan; readonly onClose: () => void }) {
  const t = useT('approvals');
  const format = useFormat();
  const [item, setItem] = useState<string | undefined>(undefined);
  const [days, setDays] = useState<number | undefined>(undefined);
  const [reason, setReason] = useState<string | undefined>(undefined);
  const whole = days !== undefined && Number.isInteger(days) && days >= 0 && days <= STOP_LIMIT;
  const stop = item === undefined || !whole ? {} : { item, days };
  const preview = useRead(pushPreview, { id: shown.id, ...stop }, { keep: true });
  const run = useRun(pushPlan, {
    touches: ['approvals.'],
    onDone: (done) => {
      toast({ text: t('planning.pushed', { number: done.number }) });
      onClose();
    },
  });
  const found = preview.data;
  const beginDay = found?.beginDay ?? undefined;
  const later = (found?.slipDays ?? 0) > 0;
  const ready = later && beginDay !== undefined && (reason?.trim().length ?? 0) >= 2 && !preview.refreshing;
  const send = (): void => {
    if (found !== undefined && beginDay !== undefined) run.go({ id: shown.id, ...stop, beginDay, reason: reason?.trim() ?? '' }, { version: found.version });
  };
  const options = plan.items.filter((one) => !one.finished).toSorted((a, b) => Number(b.driving) - Number(a.driving)).map((one) => ({ value: one.code, label: `${one.code} ${named(one.name, format)}`, ...(one.driving ? { hint: t('planning.tag.critical') } : {}) }));
  return (
    <Dialog open onClose={onClose} size="large" title={t('planning.push')} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={run.running} disabled={!ready} onClick={send}>{t('planning.pushAct')}</Button></>}>
      <div className="stack apform">
        <p className="two">{t('planning.pushSay')}</p>
        <div className="grid2">
          <div><span>{t('planning.pushItem')}</span><SelectInput label={t('planning.pushItem')} clearable value={item} onChange={setItem} options={options} /></div>
          <div><label htmlFor="ap-days">{t('planning.pushDays')}</label><NumberInput id="ap-days" unit={t('unit.working')} value={days} onChange={setDays} disabled={item === undefined} /></div>
        </div>
        {preview.error !== undefined ? <Problem small error={preview.error} onRetry={preview.again} /> : found === undefined ? <Loading lines={4} /> : (
          <div className="card pad" role="status">
            <p><b>{t('planning.pushResult', { permit: format.day(found.permitDay), begin: format.day(found.beginDay) })}</b> <span className={later ? 'tone-late' : 'two'}>{found.slipDays === null ? '' : t('planning.pushSlip', { slip: saySlip(found.slipDays, t), agreed: format.day(found.agreedBeginDay) })}</span></p>
            {found.moved.length > 0 && <Moved found={found.moved} today={shown.day} />}
          </div>
        )}
        <label htmlFor="ap-reason">{t('planning.reason')}</label>
        <TextArea id="ap-reason" value={reason} onChange={setReason} />
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}

function Moved({ found, today }: { readonly found: readonly { readonly code: string; readonly name: { readonly zh: string; readonly en: string }; readonly agreedDay: string; readonly day: string; readonly workingDays: number }[]; readonly today: string }) {
  const t = useT('approvals');
  const format = useFormat();
  return (
    <Scroll label={t('planning.moved')} className="">
      <table className="plain aplist">
        <thead><tr><th>{t('planning.item')}</th><th>{t('planning.agreedDay')}</th><th>{t('planning.expectedDay')}</th><th className="num">{t('planning.later')}</th></tr></thead>
        <tbody>
          {found.slice(0, SHOWN).map((one) => (
            <tr key={one.code}>
              <td className="apname"><span className="apcode">{one.code}</span>{named(one.name, format)}</td><td data-col={t('planning.agreedDay')}>{format.shortDay(one.agreedDay, today)}</td>
              <td data-col={t('planning.expectedDay')}>{format.shortDay(one.day, today)}</td><td className="num tone-late">{t('planning.days.working', { count: one.workingDays })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.length > SHOWN && <p className="small two">{t('planning.andMore', { count: found.length - SHOWN })}</p>}
    </Scroll>
  );
}
