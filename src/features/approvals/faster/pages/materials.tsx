// The materials that a case owes, one line each: by when, whether it came, with which file; and what can be done about it by who looks.
import { lazy, Suspense, useState } from 'react';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import type { MaterialAct } from './material.tsx';
import { leftTone, sayLeft, type Tolerance } from './say.ts';

const MaterialDialog = lazy(async () => ({ default: (await import('./material.tsx')).MaterialDialog }));

export interface MaterialsProps {
  readonly projectId: string;
  readonly version: number;
  readonly tolerance: Tolerance;
  readonly can: { readonly examine: boolean; readonly supply: boolean };
}

export function Materials({ projectId, version, tolerance, can }: MaterialsProps) {
  const t = useT('approvals');
  const format = useFormat();
  const [act, setAct] = useState<MaterialAct | undefined>(undefined);
  return (
    <>
      {tolerance.materials.map((one) => {
        const owed = tolerance.state === 'owing' && one.suppliedDay === null;
        return (
          <div key={one.material} className="fasterdebt small">
            <span>{one.material}</span>
            <span className="two">{one.suppliedDay === null ? t('faster.owedDue', { day: format.day(one.due) }) : t('faster.supplied', { day: format.day(one.suppliedDay) })}</span>
            {one.daysLeft !== null && <span className={`tone-${leftTone(one.daysLeft)}`}>{sayLeft(one.daysLeft, t)}</span>}
            {one.fileSha !== null && <a href={`/api/files/${one.fileSha}`} download>{t('faster.file.open')}</a>}
            {one.firstDue !== null && <span className="dim">{t('faster.putOff', { day: format.day(one.firstDue), reason: one.extendedReason ?? '' })}</span>}
            {owed && can.supply && <Button small kind="quiet" onClick={() => setAct({ kind: 'supply', material: one })}>{t(can.examine ? 'faster.act.supply' : 'faster.act.send')}</Button>}
            {owed && can.examine && one.extendableTo !== null && <Button small kind="quiet" onClick={() => setAct({ kind: 'putOff', material: one })}>{t('faster.act.putOff')}</Button>}
          </div>
        );
      })}
      {tolerance.state === 'owing' && <p className="dim small">{t('faster.returnHint')}</p>}
      <Suspense fallback={null}>{act !== undefined && <MaterialDialog projectId={projectId} version={version} tolerance={tolerance} act={act} examine={can.examine} onClose={() => setAct(undefined)} />}</Suspense>
    </>
  );
}
