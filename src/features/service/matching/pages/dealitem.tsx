// One deal as a line: between whom, how far, for how much; and its next step by whoever matches.
import { useState } from 'react';
import type { Static } from 'typebox';
import { useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { MoneyInput } from '../../../../web/inputs/money.tsx';
import { TextArea, TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Line } from '../../../projects/lifecycle/pages/line.tsx';
import { moveDeal, type DealLine } from '../contract.ts';
import { DEAL_TONES } from './tones.ts';

type Deal = Static<typeof DealLine>;
type Step = 'signed' | 'fulfilled' | 'fallen';

export function DealItem({ deal }: { readonly deal: Deal }) {
  const t = useT('matching');
  const format = useFormat();
  const [step, setStep] = useState<Step | undefined>(undefined);
  const money = (fen: number | null): string => (fen === null ? '' : ` ${format.money(fen).text}`);
  const told = [
    `${t('deal.intention')} ${format.day(deal.intentionDay)}${deal.people === null ? money(deal.amountFen) : ` ${t('people_count', { count: deal.people })}`}`, ...(deal.signedDay === null ? [] : [`${t('deal.signed')} ${format.day(deal.signedDay)}${money(deal.signedFen)}${deal.document === null ? '' : ` ${deal.document}`}`]),
    ...(deal.fulfilledDay === null ? [] : [`${t('deal.fulfilled')} ${format.day(deal.fulfilledDay)}${money(deal.fulfilledFen)}`]), ...(deal.fallenReason === null ? [] : [`${t('deal.fallen')}${t('colon')}${deal.fallenReason}`]),
  ];
  return (
    <li>
      <div className="linehead">
        <State tone={DEAL_TONES[deal.state]} word={t(`deal.${deal.state}`)} /><span className="tag">{t(`kind.${deal.kind}`)}</span>
        <Go href={`/service/matching/${deal.needId}`}>{deal.needTitle}</Go><span className="two small">{deal.needParty ?? t('hidden')}</span><span className="dim">—</span><Go href={`/service/matching/${deal.offerId}`}>{deal.offerTitle}</Go><span className="two small">{deal.offerParty ?? t('hidden')}</span>
        {deal.mayMove && (deal.state === 'intention' || deal.state === 'signed') && (
          <span className="row push"><Button small onClick={() => setStep(deal.state === 'intention' ? 'signed' : 'fulfilled')}>{t(deal.state === 'intention' ? 'act.signed' : 'act.fulfilled')}</Button><Button small kind="quiet" onClick={() => setStep('fallen')}>{t('act.fallen')}</Button></span>
        )}
      </div>
      <p className="dim small">{told.join(' · ')}{deal.fairName !== null && deal.fairId !== null && <> · <Go href={`/service/fairs/${deal.fairId}`}>{deal.fairName}</Go></>}</p>
      {step !== undefined && <StepDialog deal={deal} step={step} onClose={() => setStep(undefined)} />}
    </li>
  );
}

function StepDialog({ deal, step, onClose }: { readonly deal: Deal; readonly step: Step; readonly onClose: () => void }) {
  const t = useT('matching');
  const { today } = useSession();
  const [day, setDay] = useState<string | undefined>(today);
  const [fen, setFen] = useState((step === 'signed' ? deal.amountFen : deal.signedFen) ?? undefined);
  const [words, setWords] = useState<string | undefined>(undefined);
  const run = useRun(moveDeal, { onDone: () => { toast({ text: t('act.done') }); onClose(); } });
  const said = (words ?? '').trim();
  const ready = day !== undefined && (step === 'fulfilled' || said !== '');
  const send = (): void => {
    if (day !== undefined) run.go({ id: deal.id, step, day, ...(fen === undefined || step === 'fallen' ? {} : { amountFen: fen }), ...(said === '' ? {} : step === 'signed' ? { document: said } : step === 'fallen' ? { reason: said } : {}) }, { version: deal.version });
  };
  return (
    <Dialog open size="small" onClose={onClose} title={t(`act.${step}`)} foot={<><Button onClick={onClose}>{t('web:cancel')}</Button><Button kind={step === 'fallen' ? 'danger' : 'main'} disabled={!ready} busy={run.running} onClick={send}>{t(`act.${step}`)}</Button></>}>
      <div className="stack">
        <p>{deal.needTitle} — {deal.offerTitle}</p>
        <Line label={t('field.day')}>{(id) => <DayInput id={id} today={today} max={today} value={day} onChange={setDay} />}</Line>
        {step !== 'fallen' && deal.kind !== 'labour' && <Line label={t('field.amountFen')} optional>{(id) => <MoneyInput id={id} unit="wan" value={fen} onChange={setFen} />}</Line>}
        {step === 'signed' && <Line label={t('field.document')}>{(id) => <TextInput id={id} maxLength={200} value={words} onChange={setWords} />}</Line>}
        {step === 'fallen' && <Line label={t('field.reason')}>{(id) => <TextArea id={id} rows={3} maxLength={1000} value={words} onChange={setWords} />}</Line>}
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
