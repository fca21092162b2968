// One condition of a gate: met with what it rests on, missing with what there is already and what that lacks, or declared at the move.
import { lazy, Suspense, type ReactNode } from 'react';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { useSession } from '../../../../web/session.tsx';
import { pick, type GateCondition } from './words.ts';
import './lifecycle.css';

const Lacking = lazy(async () => ({ default: (await import('./lacking.tsx')).Lacking }));

export interface ConditionRowProps {
  readonly condition: GateCondition;
  readonly waived?: boolean;
  /** Offered where evidence could meet it. */
  readonly onAdd?: () => void;
  readonly children?: ReactNode;
}

export function ConditionRow({ condition, waived = false, onAdd, children }: ConditionRowProps) {
  const t = useT('lifecycle');
  const lang = useLang();
  const format = useFormat();
  const { today } = useSession();
  const state = waived ? 'waived' : condition.state;
  const word = { met: 'gate.met', missing: 'gate.open', declare: 'gate.declare', waived: 'gate.waived' }[state];
  return (
    <li className={`condition ${state}`}>
      <p className="conditionname">
        <span>{pick(condition.name, lang)}</span>
        <em>{t(word)}</em>
      </p>
      {condition.hint !== null && condition.state !== 'met' && <p className="dim small">{condition.hint}</p>}
      {condition.evidence.map((one) => (
        <p key={one.id} className="two small">
          {one.kindName}{one.label === one.kindName ? '' : `　${one.label}`}{one.day === null ? '' : `　${format.shortDay(one.day, today)}`}
          {one.verified && <span className="tone-ok">　{t('evidence.verified')}</span>}
        </p>
      ))}
      {condition.near.map((one) => (
        <p key={one.evidence.id} className="tone-late small">{one.evidence.label}{t('colon')}{one.lacks.map((lack) => t(`lack.${lack}`)).join(t('comma'))}</p>
      ))}
      {condition.lacking.length > 0 && <Suspense fallback={null}><Lacking lacking={condition.lacking} /></Suspense>}
      {condition.state !== 'met' && (onAdd !== undefined || children !== undefined || condition.state === 'missing') && (
        <div className="row conditionacts">
          {onAdd !== undefined && <Button small onClick={onAdd}>{t('gate.addFor')}</Button>}
          {children}
          {condition.state === 'missing' && !condition.mayWaive && <span className="dim small">{condition.waivedBy === null ? t('gate.hard') : t('gate.waivable', { who: t(`authority.${condition.waivedBy}`) })}</span>}
        </div>
      )}
    </li>
  );
}
