// A figure that can be opened: hover tells its definition, a click leads to its records, a mark tells when it is old.
// Never shows a number without its unit and label; at most five in one strip.
import type { ReactNode } from 'react';
import type { Tone } from '../format.ts';
import { useT } from '../i18n.ts';
import { Go } from './go.tsx';
import { Tip } from './tip.tsx';
import './figure.css';

export interface FigureProps {
  readonly label: string;
  /** Already formatted: `format.money(fen).number`. */
  readonly value: string;
  readonly unit?: string;
  /** The qualification beside it: 快于时序 3.2 点. */
  readonly note?: ReactNode;
  readonly noteTone?: Tone;
  /** How it is computed, in the reader's words. */
  readonly definition?: string;
  /** Where its records are. */
  readonly href?: string;
  /** Age of its data in days: amber after 5, red after 10. */
  readonly ageDays?: number;
}

const OLD_DAYS = 5;
const VERY_OLD_DAYS = 10;

export function Figure({ label, value, unit, note, noteTone = 'off', definition, href, ageDays }: FigureProps) {
  const t = useT('web');
  const old = ageDays !== undefined && ageDays > OLD_DAYS;
  const number = (
    <>
      <b>{value}</b>
      {unit !== undefined && <em>{unit}</em>}
    </>
  );
  return (
    <div className="figure">
      <p className="figlabel">
        {definition === undefined ? label : <Tip text={definition}>{label}</Tip>}
        {old && <span className={ageDays > VERY_OLD_DAYS ? 'stale tone-bad' : 'stale tone-warn'}>{t('figure.stale', { days: ageDays })}</span>}
      </p>
      <p className="figline">
        {href === undefined ? <span className="fignum">{number}</span> : <Go className="fignum" href={href}><span className="hidden">{label} </span>{number}</Go>}
        {note !== undefined && <i className={`tone-${noteTone}`}>{note}</i>}
      </p>
    </div>
  );
}

export function FigureStrip({ children }: { readonly children: ReactNode }) {
  return <div className="card figstrip">{children}</div>;
}
