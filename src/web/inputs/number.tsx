// A number with its unit at its side. Keeps what is being typed; takes full-width digits and thousands commas. Nonsense is NaN: Form says so.
import { useEffect, useRef, useState } from 'react';
import { attributes, type InputProps } from './types.ts';
import './inputs.css';

export interface NumberInputProps extends InputProps<number> {
  readonly unit?: string;
  readonly digits?: number;
}

export function NumberInput({ unit, digits, ...props }: NumberInputProps) {
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
          told.current = parseNumber(event.target.value);
          props.onChange(told.current);
        }}
      />
      {unit !== undefined && <span className="unit">{unit}</span>}
    </span>
  );
}

/** undefined for nothing, NaN for what is no number. */
export function parseNumber(text: string): number | undefined {
  const plain = text.normalize('NFKC').replace(/[\s,，]/g, '').replace(/^[−–]/, '-');
  if (plain === '') return undefined;
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN;
}

function show(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(value);
}
