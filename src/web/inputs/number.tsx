// A number with its unit at its side. Keeps what is being typed; takes full-width digits and thousands commas. Nonsense is NaN: Form says so.
import { useEffect, useRef, useState } from 'react';
import { attributes, type InputProps } from './types.ts';
import './inputs.css';

export interface NumberInputProps extends InputProps<number> {
  readonly unit?: string;
  readonly digits?: number;
  /** Words that may stand behind the number and mean its unit. */
  readonly unitWords?: readonly string[];
}

export function NumberInput({ unit, digits, unitWords = [], ...props }: NumberInputProps) {
  const { value } = props;
  const [text, setText] = useState(show(value));
  const told = useRef(value);
  useEffect(() => {
    if (Object.is(told.current, value)) return;
    told.current = value;
    setText(show(value));
  }, [value]);
  return (
    <span className={`input withunit${props.disabled === true ? ' off' : ''}`} aria-invalid={props.invalid === true || undefined}>
      <input
        {...attributes(props)}
        inputMode={digits === 0 ? 'numeric' : 'decimal'}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          told.current = parseNumber(event.target.value, unitWords);
          props.onChange(told.current);
        }}
      />
      {unit !== undefined && <span className="unit">{unit}</span>}
    </span>
  );
}

/** undefined for nothing, NaN for what is no number. */
export function parseNumber(text: string, unitWords: readonly string[] = []): number | undefined {
  const typed = text.normalize('NFKC').replace(/[\s,，]/g, '').replace(/^[−–]/, '-').toLowerCase();
  const said = unitWords.find((word) => typed.length > word.length && typed.endsWith(word.toLowerCase()));
  const plain = said === undefined ? typed : typed.slice(0, -said.length);
  if (plain === '') return undefined;
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN;
}

function show(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(value);
}
