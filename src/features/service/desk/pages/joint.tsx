// 会商: calling several departments to one table for a hard case, and writing down what came of it.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { newId } from '../../../../web/ids.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { OrgPicker } from '../../../../web/inputs/people.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { callJoint, closeJoint, type Joint } from '../contract.ts';

const BODIES = ['zone', 'department', 'town', 'park'] as const;
const TOUCHES = ['problems.', 'service.'];
const START = '15:00';

export function JointDialog({ problem, onClose }: { readonly problem: { readonly id: string; readonly number: string; readonly title: string }; readonly onClose: () => void }) {
  const t = useT('rooms');
  const { today } = useSession();
  const [id] = useState(newId);
  const [lead, setLead] = useState<string | undefined>(undefined);
  const [others, setOthers] = useState<readonly (string | undefined)[]>([undefined]);
  const [day, setDay] = useState<string | undefined>(today);
  const [time, setTime] = useState<string | undefined>(START);
  const [place, setPlace] = useState<string | undefined>(undefined);
  const [agenda, setAgenda] = useState<string | undefined>(undefined);
  const run = useRun(callJoint, { touches: TOUCHES, onDone: () => { toast({ text: t('joint.called') }); onClose(); } });
  const orgIds = [...new Set(others.filter((one) => one !== undefined))];
  const ready = lead !== undefined && orgIds.length > 0 && day !== undefined && /^([01]\d|2[0-3]):[0-5]\d$/.test(time ?? '');
  return (
    <Dialog
      open onClose={onClose} title={t('joint.title', { number: problem.number })}
      foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={run.running} disabled={!ready} onClick={() => ready && run.go({ id, problemId: problem.id, leadOrgId: lead, orgIds, day, time: time ?? START, ...(place === undefined ? {} : { place }), ...(agenda === undefined ? {} : { agenda }) })}>{t('joint.call')}</Button></>}
    >
      <div className="stack">
        <p>{problem.title}</p>
        <label className="filinglabel" htmlFor="joint-lead"><span>{t('joint.lead')}</span><OrgPicker id="joint-lead" kinds={[...BODIES]} value={lead} onChange={setLead} /></label>
        {others.map((one, at) => <label key={at} className="filinglabel" htmlFor={`joint-other${at}`}><span>{t('joint.other')}</span><OrgPicker id={`joint-other${at}`} kinds={[...BODIES]} value={one} onChange={(value) => setOthers((all) => all.map((each, index) => (index === at ? value : each)))} /></label>)}
        <div><Button small onClick={() => setOthers((all) => [...all, undefined])}>{t('joint.more')}</Button></div>
        <div className="filinggrid">
          <label className="filinglabel" htmlFor="joint-day"><span>{t('joint.day')}</span><DayInput id="joint-day" today={today} value={day} onChange={setDay} /></label>
          <label className="filinglabel"><span>{t('joint.time')}</span><TextInput id="joint-time" value={time} maxLength={5} onChange={setTime} /></label>
          <label className="filinglabel wide"><span>{t('joint.place')}</span><TextInput id="joint-place" value={place} maxLength={120} onChange={setPlace} /></label>
          <label className="filinglabel wide"><span>{t('joint.agenda')}</span><TextArea id="joint-agenda" rows={2} maxLength={1000} value={agenda} onChange={setAgenda} /></label>
        </div>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}

export function ResultDialog({ joint, onClose }: { readonly joint: Joint; readonly onClose: () => void }) {
  const t = useT('rooms');
  const [result, setResult] = useState<string | undefined>(undefined);
  const run = useRun(closeJoint, { touches: TOUCHES, onDone: () => { toast({ text: t('joint.closed') }); onClose(); } });
  return (
    <Dialog
      open onClose={onClose} title={t('joint.resultTitle', { number: joint.problemNumber })}
      foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={run.running} disabled={(result ?? '').trim() === ''} onClick={() => result !== undefined && run.go({ id: joint.id, result }, { version: joint.version })}>{t('joint.close')}</Button></>}
    >
      <label className="filinglabel"><span>{t('joint.result')}</span><TextArea id="joint-result" rows={4} maxLength={2000} value={result} onChange={setResult} /></label>
      {run.error !== undefined && <Problem small error={run.error} />}
    </Dialog>
  );
}
