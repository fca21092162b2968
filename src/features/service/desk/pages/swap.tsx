// To whom a duty goes and why: the desk gives it away, its holder asks somebody to take it.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { UserPicker } from '../../../../web/inputs/people.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import type { Duty, offerDuty, swapDuty } from '../contract.ts';

/** Whoever may have duty. */
export const ON_DUTY = ['desk', 'office', 'department', 'town', 'leader'] as const;

interface Props {
  readonly duty: Duty;
  readonly contract: typeof swapDuty | typeof offerDuty;
  /** What the button says, and what is said when it is done. */
  readonly say: string;
  readonly done: string;
  readonly onClose: () => void;
}

export function SwapDialog({ duty, contract, say, done, onClose }: Props) {
  const t = useT('rooms');
  const format = useFormat();
  const [user, setUser] = useState<string | undefined>(undefined);
  const [reason, setReason] = useState<string | undefined>(undefined);
  const run = useRun(contract, { touches: ['service.', 'projects.today'], onDone: () => { toast({ text: t(done) }); onClose(); } });
  const ready = user !== undefined && (reason ?? '').trim() !== '';
  return (
    <Dialog open onClose={onClose} title={t('roster.swapTitle', { day: format.day(duty.day), name: duty.userName })} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind="main" busy={run.running} disabled={!ready} onClick={() => ready && run.go({ id: duty.id, userId: user, reason: reason ?? '' }, { version: duty.version })}>{t(say)}</Button></>}>
      <div className="stack">
        <label className="filinglabel" htmlFor="swap-user"><span>{t('roster.who')}</span><UserPicker id="swap-user" roleCodes={[...ON_DUTY]} value={user} onChange={setUser} /></label>
        <label className="filinglabel"><span>{t('roster.reason')}</span><TextInput id="swap-reason" maxLength={500} value={reason} onChange={setReason} /></label>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
