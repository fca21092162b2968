// Recording a call-back: on which day, what was said. For the record of a problem and for the month's list.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useSession } from '../../../../web/session.tsx';
import { VERDICTS } from '../../life/steps.ts';
import { recordCallback } from '../contract.ts';
import '../../../../web/form/form.css';
import './closing.css';

interface Props { readonly problemId: string; readonly version: number; readonly phone?: string | null; readonly onClose: () => void; readonly onDone: () => void }

export function CallDialog({ problemId, version, phone = null, onClose, onDone }: Props) {
  const t = useT('closing');
  const { today } = useSession();
  const [day, setDay] = useState<string | undefined>(today);
  const [number, setNumber] = useState<string | undefined>(phone ?? undefined);
  const [verdict, setVerdict] = useState<string | undefined>(undefined);
  const [remark, setRemark] = useState<string | undefined>(undefined);
  const send = useRun(recordCallback, { onDone, touches: ['problems.'] });
  const chosen = VERDICTS.find((one) => one === verdict);
  const submit = (): void => {
    if (chosen !== undefined && day !== undefined) send.go({ id: problemId, day, verdict: chosen, ...(number === undefined ? {} : { number }), ...(remark === undefined ? {} : { remark }) }, { version });
  };
  return (
    <Dialog open onClose={onClose} size="small" title={t('call.title')} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={send.running} disabled={chosen === undefined || day === undefined} onClick={submit}>{t('call.save')}</Button></>}>
      <div className="fields of1">
        <div className="field"><label htmlFor="call-day">{t('call.day')}</label><DayInput id="call-day" today={today} max={today} value={day} onChange={setDay} /></div>
        <div className="field"><label htmlFor="call-number">{t('call.number')}</label><TextInput id="call-number" type="tel" maxLength={40} value={number} onChange={setNumber} /><p className="hint">{t('call.numberSay')}</p></div>
        <div className="field"><span>{t('call.said')}</span><ChoiceInput id="call-verdict" label={t('call.said')} value={verdict} onChange={setVerdict} options={VERDICTS.map((value) => ({ value, label: value === 'no_answer' ? t('call.nobody') : t(`verdict.${value}`) }))} /></div>
        <div className="field"><label htmlFor="call-remark">{t('answer.remark')}</label><TextArea id="call-remark" rows={3} maxLength={2000} value={remark} onChange={setRemark} /></div>
        {verdict === 'dissatisfied' && <p className="two">{t('call.redo')}</p>}
        {send.error !== undefined && <Problem small error={send.error} />}
      </div>
    </Dialog>
  );
}
