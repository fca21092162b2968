// A month: typed, or chosen from the twelve of a year. The value is 'YYYY-MM'.
import { useState } from 'react';
import { useFormat } from '../format.ts';
import { useT } from '../i18n.ts';
import { Popover } from '../parts/popover.tsx';
import { parseMonth } from './days.ts';
import { attributes, type InputProps } from './types.ts';
import './inputs.css';

export function MonthInput({ today, ...props }: InputProps<string> & { readonly today: string }) {
  const t = useT('web');
  const format = useFormat();
  const { value } = props;
  const [text, setText] = useState<string | undefined>(undefined);
  const good = value !== undefined && /^\d{4}-\d{2}$/.test(value);
  return (
    <span className={`input withunit left${props.disabled === true ? ' off' : ''}`} aria-invalid={props.invalid === true || undefined}>
      <input
        {...attributes(props)}
        autoComplete="off"
        placeholder={props.placeholder ?? t('input.monthExample')}
        value={text ?? (good ? format.month(value) : (value ?? ''))}
        onChange={(event) => {
          setText(event.target.value);
          props.onChange(event.target.value.trim() === '' ? undefined : (parseMonth(event.target.value, today) ?? event.target.value));
        }}
        onBlur={() => {
          setText(undefined);
          props.onBlur?.();
        }}
      />
      <Popover label={t('input.months')} align="end" trigger={(trigger) => <button type="button" disabled={props.disabled} aria-label={t('input.months')} {...trigger}>▾</button>}>
        {(close) => <Months value={good ? value : undefined} today={today} onPick={(month) => { setText(undefined); props.onChange(month); close(); }} />}
      </Popover>
    </span>
  );
}

function Months({ value, today, onPick }: { readonly value: string | undefined; readonly today: string; readonly onPick: (month: string) => void }) {
  const t = useT('web');
  const format = useFormat();
  const [year, setYear] = useState(Number((value ?? today).slice(0, 4)));
  return (
    <div className="calendar">
      <header>
        <button type="button" aria-label={t('input.yearBefore')} onClick={() => setYear(year - 1)}>‹</button>
        <b>{year}</b>
        <button type="button" aria-label={t('input.yearAfter')} onClick={() => setYear(year + 1)}>›</button>
      </header>
      <table>
        <tbody>
          {[0, 1, 2, 3].map((row) => (
            <tr key={row}>
              {[1, 2, 3].map((column) => {
                const month = `${String(year)}-${String(row * 3 + column).padStart(2, '0')}`;
                return <td key={month}><button type="button" aria-pressed={month === value} className={today.startsWith(month) ? 'today' : ''} onClick={() => onPick(month)} aria-label={format.month(month)}>{t('input.monthShort', { month: row * 3 + column, name: format.month(month).slice(0, 3) })}</button></td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
