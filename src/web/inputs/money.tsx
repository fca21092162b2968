// Money as people say it: a number in 亿元, 万元 or 元; `8.5亿` may be typed. The value is fen, an integer; below it is said in the other unit.
import { useEffect, useRef, useState } from 'react';
import { FEN_PER_UNIT, useFormat, type MoneyUnit } from '../format.ts';
import { useT } from '../i18n.ts';
import { parseNumber } from './number.tsx';
import { attributes, type InputProps } from './types.ts';
import './inputs.css';

export interface MoneyInputProps extends InputProps<number> {
  /** The unit at the start. */
  readonly unit?: MoneyUnit;
}

// English readers enter millions where Chinese ones enter 亿 or 万.
const FEN_PER_EN = { yi: 100_000_000, wan: 100_000_000, yuan: 100 } as const;

export function MoneyInput({ unit: first = 'wan', ...props }: MoneyInputProps) {
  const t = useT('web');
  const format = useFormat();
  const zh = format.lang === 'zh-CN';
  const [unit, setUnit] = useState<MoneyUnit>(first);
  const per = zh ? FEN_PER_UNIT[unit] : FEN_PER_EN[unit];
  const { value } = props;
  const [text, setText] = useState(show(value, per));
  const told = useRef(value);
  useEffect(() => {
    if (Object.is(told.current, value)) return;
    told.current = value;
    setText(show(value, per));
  }, [value, per]);

  const tell = (next: number | undefined): void => {
    told.current = next;
    props.onChange(next);
  };
  const change = (typed: string): void => {
    setText(typed);
    const suffix = zh ? /^(.*?)(亿|万)?元?$/.exec(typed.normalize('NFKC').trim()) : null;
    const said = suffix?.[2] === '亿' ? 'yi' : suffix?.[2] === '万' ? 'wan' : undefined;
    if (said !== undefined && said !== unit) setUnit(said);
    const number = parseNumber(said === undefined ? typed : (suffix?.[1] ?? ''));
    tell(number === undefined ? undefined : Math.round(number * (said === undefined ? per : FEN_PER_UNIT[said])));
  };
  const restated = value === undefined || Number.isNaN(value) ? '' : zh ? (unit === 'yi' ? format.money(value, 'wan').text : format.money(value, 'yi', yiDigits(value)).text) : format.money(value).text;
  return (
    <span className="moneyinput">
      <span className={`input withunit${props.disabled === true ? ' off' : ''}`} aria-invalid={props.invalid === true || undefined}>
        <input
          {...attributes(props)}
          inputMode="decimal"
          autoComplete="off"
          value={text}
          onChange={(event) => change(event.target.value)}
          onBlur={() => {
            if (value !== undefined && !Number.isNaN(value)) setText(show(value, per));
            props.onBlur?.();
          }}
        />
        <select
          aria-label={t('input.unit')}
          value={unit}
          disabled={props.disabled}
          onChange={(event) => {
            // The value stays, its writing changes: choosing a unit never multiplies the money.
            const next = event.target.value === 'yi' ? 'yi' : event.target.value === 'yuan' ? 'yuan' : 'wan';
            setUnit(next);
            setText(show(value, zh ? FEN_PER_UNIT[next] : FEN_PER_EN[next]));
          }}
        >
          {(zh ? (['yi', 'wan', 'yuan'] as const) : ([first === 'yuan' ? 'wan' : first, 'yuan'] as const)).map((one) => <option key={one} value={one}>{format.unitName(one)}</option>)}
        </select>
      </span>
      <span className="restate" aria-live="polite">{restated === '' ? '' : `= ${restated}`}</span>
    </span>
  );
}

function yiDigits(fen: number): number {
  return Math.abs(fen) < FEN_PER_UNIT.yi ? 4 : 2;
}

function show(value: number | undefined, per: number): string {
  return value === undefined || Number.isNaN(value) ? '' : String(Number((value / per).toFixed(8)));
}
