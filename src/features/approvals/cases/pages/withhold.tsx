// The dialog in which a case's public line is withheld, with the kind of secret and its basis, or shown again.
import { useState } from 'react';
import { useRun } from '../../../../web/client.ts';
import { useT } from '../../../../web/i18n.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { WITHHELD, withholdLine } from '../contract.ts';
import { Labelled } from '../../../../web/parts/labelled.tsx';
import { Refused } from './refused.tsx';
import type { One } from './say.ts';
import './cases.css';

const SHOWN = 'shown';

export function WithholdDialog({ one, onClose }: { readonly one: One; readonly onClose: () => void }) {
  const t = useT('cases');
  const [kind, setKind] = useState<string | undefined>(one.withheld ?? 'business_secret');
  const [basis, setBasis] = useState<string | undefined>(one.withheldBasis ?? undefined);
  const run = useRun(withholdLine, { touches: ['approvals.'], onDone: () => { toast({ text: t('withhold.done') }); onClose(); } });
  const text = basis?.trim() ?? '';
  const withheld = WITHHELD.find((each) => each === kind) ?? null;
  const choices = [...WITHHELD, ...(one.withheld === null ? [] : [SHOWN])];
  return (
    <Dialog open size="small" onClose={onClose} title={t('withhold.title')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" busy={run.running} disabled={withheld !== null && text === ''} onClick={() => run.go({ id: one.case.id, withheld, ...(withheld === null || text === '' ? {} : { basis: text }) }, { version: one.case.version })}>{t('web:save')}</Button>
      </>
    }>
      <div className="stack">
        <p className="two">{t('withhold.say')}</p>
        <Labelled label={t('withhold.kind')}>{(id) => <ChoiceInput id={id} label={t('withhold.kind')} value={kind} onChange={setKind} options={choices.map((value) => ({ value, label: t(`withhold.is.${value}`) }))} />}</Labelled>
        {withheld !== null && <Labelled label={t('withhold.basis')}>{(id) => <TextArea id={id} rows={3} maxLength={1000} value={basis} onChange={setBasis} />}</Labelled>}
        <Refused error={run.error} one={one} />
      </div>
    </Dialog>
  );
}
