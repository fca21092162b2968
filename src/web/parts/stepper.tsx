// The life cycle as a line of steps: what is done with its date, where it stands, what is missing before the next.
import { useT } from '../i18n.ts';
import { Popover } from './popover.tsx';
import './stepper.css';

export interface Step {
  readonly id: string;
  /** 开工 */
  readonly word: string;
  readonly state: 'done' | 'now' | 'todo' | 'skipped';
  /** 2022.03, 12 / 21 项批 */
  readonly note?: string;
  /** Conditions that stand in the way; opens on a press. */
  readonly missing?: readonly string[];
}

export function Stepper({ steps, label, onOpen }: { readonly steps: readonly Step[]; readonly label: string; readonly onOpen?: (id: string) => void }) {
  const t = useT('web');
  return (
    <ol className="stepper" aria-label={label} style={{ gridTemplateColumns: `repeat(${String(steps.length)}, minmax(72px, 1fr))` }}>
      {steps.map((step) => {
        const missing = step.missing ?? [];
        return (
          <li key={step.id} className={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
            {onOpen === undefined ? <span>{step.word}</span> : <button type="button" onClick={() => onOpen(step.id)}>{step.word}</button>}
            <span className="hidden">{t(`stepper.${step.state}`)}</span>
            {missing.length > 0 ? (
              <Popover label={t('stepper.missing', { count: missing.length })} trigger={(props) => <button type="button" className="missing" {...props}>{t('stepper.missing', { count: missing.length })}</button>}>
                {() => <ul className="inner stepmissing" tabIndex={0}>{missing.map((one) => <li key={one}>{one}</li>)}</ul>}
              </Popover>
            ) : (
              step.note !== undefined && <small>{step.note}</small>
            )}
          </li>
        );
      })}
    </ol>
  );
}
