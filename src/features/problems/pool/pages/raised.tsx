// What whoever raised a problem reads at once: its number, who has it, by when he is promised what.
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { getProblem } from '../contract.ts';
import type { Raised } from './raiseform.tsx';
import './pool.css';

export function RaisedNote({ raised, onAgain, onClose }: { readonly raised: Raised; readonly onAgain: () => void; readonly onClose?: () => void }) {
  const t = useT('problems');
  const format = useFormat();
  const { data } = useRead(getProblem, { id: raised.id });
  return (
    <div className="raised" role="status">
      <p className="raisednumber">{t('raise.done', { number: raised.number })}</p>
      {data !== undefined && <p>{t('raise.doneOwner', { owner: data.ownerName })}</p>}
      {data !== undefined && data.step !== null && raised.dueAt !== null && <p>{t('raise.doneSign', { step: t(`step.${data.step}`), at: format.instant(raised.dueAt) })}</p>}
      {raised.solveDueAt !== null && <p><b>{t('raise.doneSolve', { at: format.instant(raised.solveDueAt) })}</b></p>}
      <p className="two">{t('raise.doneSay')}</p>
      <div className="row">
        <Button kind="main" href={`/problems/${raised.id}`}>{t('raise.open')}</Button>
        <Button onClick={onAgain}>{t('raise.again')}</Button>
        {onClose !== undefined && <Button kind="quiet" onClick={onClose}>{t('raise.close')}</Button>}
      </div>
    </div>
  );
}
