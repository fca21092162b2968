// Plan against actual as a bar, with a tick where time stands. The number is always written beside it.
import type { ReactNode } from 'react';
import type { Tone } from '../format.ts';
import { Go } from './go.tsx';
import './bars.css';

export interface BarProps {
  /** Done as a share of 1; longer than 1 is cut and marked. */
  readonly share: number | null | undefined;
  /** Time progress as a share of 1. */
  readonly time?: number;
  readonly tone?: Tone;
  readonly wide?: boolean;
}

/** The small bar of a table cell. */
export function Bar({ share, time, tone = 'ok', wide = false }: BarProps) {
  const width = Math.max(0, Math.min(1, share ?? 0));
  return (
    <span className={`bar${wide ? ' wide' : ''} ${tone}${(share ?? 0) > 1 ? ' over' : ''}`} aria-hidden="true">
      <u style={{ width: `${String(width * 100)}%` }} />
      {time !== undefined && <s style={{ left: `${String(Math.max(0, Math.min(1, time)) * 100)}%` }} />}
    </span>
  );
}

export interface BarLine extends BarProps {
  readonly id: string;
  readonly label: ReactNode;
  /** 61.4% */
  readonly text: string;
  readonly href?: string;
}

export function Bars({ lines, time }: { readonly lines: readonly BarLine[]; readonly time?: number }) {
  return (
    <ul className="bars">
      {lines.map(({ id, label, text, href, ...bar }) => (
        <li key={id}>
          <p>
            {href === undefined ? <span>{label}</span> : <Go href={href}>{label}</Go>}
            <span className={bar.tone === undefined || bar.tone === 'ok' ? 'two' : `tone-${bar.tone}`}>{text}</span>
          </p>
          <Bar wide {...(time === undefined ? {} : { time })} {...bar} />
        </li>
      ))}
    </ul>
  );
}
