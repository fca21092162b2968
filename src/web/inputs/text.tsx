// Words of one line or of several. An emptied input is `undefined`, never an empty string.
import { attributes, type InputProps } from './types.ts';
import './inputs.css';

export interface TextInputProps extends InputProps<string> {
  readonly type?: 'text' | 'password' | 'tel' | 'email' | 'search';
  readonly autoComplete?: string;
  readonly maxLength?: number;
  readonly autoFocus?: boolean;
}

export function TextInput({ type = 'text', autoComplete = 'off', maxLength, autoFocus, ...props }: TextInputProps) {
  return <input {...attributes(props)} className="input" type={type} autoComplete={autoComplete} maxLength={maxLength} autoFocus={autoFocus} value={props.value ?? ''} onChange={(event) => props.onChange(event.target.value === '' ? undefined : event.target.value)} />;
}

export function TextArea({ rows = 4, maxLength, ...props }: InputProps<string> & { readonly rows?: number; readonly maxLength?: number }) {
  return <textarea {...attributes(props)} className="input" rows={rows} maxLength={maxLength} value={props.value ?? ''} onChange={(event) => props.onChange(event.target.value === '' ? undefined : event.target.value)} />;
}
