// A day: typed as people write it, or chosen from a calendar with the keyboard or a thumb. The value is 'YYYY-MM-DD'.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useFormat } from '../format.ts';
import { useT } from '../i18n.ts';
import { Popover } from '../parts/popover.tsx';
import { addDays, addMonths, parseDay, weeksOf } from './days.ts';
import { attributes, type InputProps } from './types.ts';
import './inputs.css';

export interface DayInputProps extends InputProps<string> {
  /** The zone's day (useSession().today). */
  readonly today: string;
  readonly min?: string;
  readonly max?: string;
}

/** What cannot be read as a day is handed on as typed: the schema of the form refuses it beside the field. */
export function DayInput({ today, min, max, ...props }: DayInputProps) {
  const t = useT('web');
  const format = useFormat();
  const { value } = props;
  const written = value === undefined ? '' : parseDay(value, today) === undefined ? value : format.day(value);
  const [text, setText] = useState<string | undefined>(undefined);
  const editing = useRef(false);
  useEffect(() => {
    if (!editing.current) setText(undefined);
  }, [value]);
  return (
    <span className={`input withunit left${props.disabled === true ? ' off' : ''}`} aria-invalid={props.invalid === true || undefined}>
      <input
        {...attributes(props)}
        autoComplete="off"
        placeholder={props.placeholder ?? t('input.dayExample')}
        value={text ?? written}
        onChange={(event) => {
          editing.current = true;
          setText(event.target.value);
          props.onChange(event.target.value.trim() === '' ? undefined : (parseDay(event.target.value, today) ?? event.target.value));
        }}
        onBlur={() => {
          editing.current = false;
          setText(undefined);
          props.onBlur?.();
        }}
      />
      <Popover label={t('input.calendar')} align="end" trigger={(trigger) => <button type="button" disabled={props.disabled} aria-label={t('input.calendar')} {...trigger}><CalendarMark /></button>}>
        {(close) => (
          <Calendar
            value={value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined}
            today={today}
            {...(min === undefined ? {} : { min })}
            {...(max === undefined ? {} : { max })}
            onPick={(day) => {
              props.onChange(day);
              close();
            }}
          />
        )}
      </Popover>
    </span>
  );
}

export function Calendar({ value, today, min, max, onPick }: { readonly value: string | undefined; readonly today: string; readonly min?: string; readonly max?: string; readonly onPick: (day: string | undefined) => void }) {
  const t = useT('web');
  const format = useFormat();
  const [at, setAt] = useState(value ?? today);
  const grid = useRef<HTMLTableElement>(null);
  const moved = useRef(false);
  const month = at.slice(0, 7);
  useEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    moved.current = false;
  }, [at]);
  const keys = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    const turn = { PageUp: -1, PageDown: 1 }[event.key];
    if (step === undefined && turn === undefined) return;
    event.preventDefault();
    moved.current = true;
    setAt(step === undefined ? `${addMonths(month, turn ?? 0)}-01` : addDays(at, step));
  };
  const turn = (months: number): void => setAt(`${addMonths(month, months)}-01`);
  return (
    <div className="calendar">
      <header>
        <button type="button" aria-label={t('input.yearBefore')} onClick={() => turn(-12)}>«</button>
        <button type="button" aria-label={t('input.monthBefore')} onClick={() => turn(-1)}>‹</button>
        <b aria-live="polite">{format.month(month)}</b>
        <button type="button" aria-label={t('input.monthAfter')} onClick={() => turn(1)}>›</button>
        <button type="button" aria-label={t('input.yearAfter')} onClick={() => turn(12)}>»</button>
      </header>
      <table ref={grid} onKeyDown={keys}>
        <thead><tr>{t('input.weekdays').split(' ').map((word) => <th key={word} scope="col">{word}</th>)}</tr></thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day}>
                  <button
                    type="button"
                    {...(day === at ? { 'data-first': true } : {})}
                    className={`${day.startsWith(month) ? '' : 'out'}${day === today ? ' today' : ''}`}
                    tabIndex={day === at ? 0 : -1}
                    aria-pressed={day === value}
                    aria-label={format.day(day)}
                    disabled={(min !== undefined && day < min) || (max !== undefined && day > max)}
                    onClick={() => onPick(day)}
                  >
                    {Number(day.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <footer>
        <button type="button" className="btn quiet small" onClick={() => onPick(today)}>{t('input.today')}</button>
        <button type="button" className="btn quiet small" onClick={() => onPick(undefined)}>{t('input.clear')}</button>
      </footer>
    </div>
  );
}

function CalendarMark() {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" fill="none" stroke="currentColor">
      <rect x="1.5" y="2.5" width="11" height="10" rx="1.5" />
      <path d="M1.5 5.5h11M4.5 1v3M9.5 1v3" />
    </svg>
  );
}
