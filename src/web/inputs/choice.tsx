// Few choices that should all be seen: chips for one or several, and a check box for yes or no.
import { useId, type ReactNode } from 'react';
import { toggled, type Option } from './select.tsx';
import { attributes, type InputProps } from './types.ts';
import './inputs.css';

export function ChoiceInput({ options, ...props }: InputProps<string> & { readonly options: readonly Option[] }) {
  const name = useId();
  return (
    <div className="chips" role="radiogroup" id={props.id} aria-describedby={props.describedBy} aria-label={props.label}>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} checked={option.value === props.value} disabled={props.disabled === true || option.disabled} onChange={() => props.onChange(option.value)} />
          {option.label}
        </label>
      ))}
    </div>
  );
}

export function ChoicesInput({ options, ...props }: InputProps<readonly string[]> & { readonly options: readonly Option[] }) {
  const chosen = props.value ?? [];
  return (
    <div className="chips" role="group" id={props.id} aria-describedby={props.describedBy} aria-label={props.label}>
      {options.map((option) => (
        <label key={option.value}>
          <input type="checkbox" checked={chosen.includes(option.value)} disabled={props.disabled === true || option.disabled} onChange={() => props.onChange(toggled(chosen, option.value))} />
          {option.label}
        </label>
      ))}
    </div>
  );
}

export function CheckInput({ children, ...props }: InputProps<boolean> & { readonly children: ReactNode }) {
  return (
    <label className="check">
      <input {...attributes(props)} type="checkbox" checked={props.value ?? false} onChange={(event) => props.onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  );
}
