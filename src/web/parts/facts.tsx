// The facts of a record as pairs of word and value, in columns. An empty value is said, not left blank.
import type { ReactNode } from 'react';
import { useT } from '../i18n.ts';
import './facts.css';

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
  /** Takes the whole width: for long text. */
  readonly wide?: boolean;
}

export function Facts({ facts, columns = 2 }: { readonly facts: readonly Fact[]; readonly columns?: 1 | 2 | 3 }) {
  const t = useT('web');
  return (
    <dl className={`facts of${String(columns)}`}>
      {facts.map((fact) => (
        <div key={fact.label} className={fact.wide === true ? 'wide' : undefined}>
          <dt>{fact.label}</dt>
          <dd>{fact.value === undefined || fact.value === null || fact.value === '' ? <span className="dim">{t('none')}</span> : fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
