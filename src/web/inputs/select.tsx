// One or several of a list: opens a list that can be searched by typing, moved by arrows, chosen by Enter.
// For long or remote lists use Picker, which asks the server while typing.
import { useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useT } from '../i18n.ts';
import { Popover } from '../parts/popover.tsx';
import type { InputProps } from './types.ts';
import './inputs.css';

export interface Option {
  readonly value: string;
  readonly label: string;
  /** At the right: a count, an organisation. */
  readonly hint?: string;
  readonly disabled?: boolean;
}

export interface SelectInputProps extends InputProps<string> {
  readonly options: readonly Option[];
  /** May be emptied. */
  readonly clearable?: boolean;
}

export function SelectInput({ options, clearable = false, ...props }: SelectInputProps) {
  const t = useT('web');
  const chosen = options.find((option) => option.value === props.value);
  return (
    <Popover label={props.label ?? props.placeholder ?? t('input.choose')} width={280} {...(props.onBlur === undefined ? {} : { onClose: props.onBlur })} trigger={(trigger) => <PickButton props={props} trigger={trigger}>{chosen?.label ?? props.value}</PickButton>}>
      {(close) => (
        <OptionList
          options={options}
          chosen={props.value === undefined ? [] : [props.value]}
          onChoose={(value) => { props.onChange(value); close(); }}
          foot={clearable && props.value !== undefined ? <button type="button" className="btn quiet small" onClick={() => { props.onChange(undefined); close(); }}>{t('input.clear')}</button> : undefined}
        />
      )}
    </Popover>
  );
}

export function MultiSelect({ options, ...props }: InputProps<readonly string[]> & { readonly options: readonly Option[] }) {
  const t = useT('web');
  const chosen = props.value ?? [];
  const words = options.filter((option) => chosen.includes(option.value)).map((option) => option.label);
  return (
    <Popover label={props.label ?? t('input.choose')} width={280} trigger={(trigger) => <PickButton props={props} trigger={trigger}>{words.length === 0 ? undefined : words.join(t('listComma'))}</PickButton>}>
      {() => <OptionList options={options} chosen={chosen} many onChoose={(value) => props.onChange(toggled(chosen, value))} />}
    </Popover>
  );
}

export function toggled(list: readonly string[], value: string): readonly string[] {
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
}

export function PickButton({ props, trigger, children }: { readonly props: InputProps<never> | Omit<InputProps<string>, 'onChange' | 'value'>; readonly trigger: object; readonly children: ReactNode }) {
  const t = useT('web');
  return (
    <button type="button" id={props.id} className={`input pick${props.disabled === true ? ' off' : ''}`} disabled={props.disabled} aria-invalid={props.invalid === true || undefined} aria-describedby={props.describedBy} {...trigger}>
      {props.label !== undefined && <span className="hidden">{props.label} </span>}
      {children === undefined || children === '' ? <span className="placeholder">{props.placeholder ?? t('input.choose')}</span> : <span>{children}</span>}
    </button>
  );
}

const SEARCH_FROM = 8;

export interface OptionListProps {
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly onChoose: (value: string) => void;
  readonly many?: boolean;
  readonly foot?: ReactNode;
  /** Given: the list is searched elsewhere. */
  readonly onSearch?: (text: string) => void;
  readonly busy?: boolean;
}

export function OptionList({ options, chosen, onChoose, many = false, foot, onSearch, busy = false }: OptionListProps) {
  const t = useT('web');
  const [text, setText] = useState('');
  const [at, setAt] = useState(() => Math.max(0, options.findIndex((option) => chosen.includes(option.value))));
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const searchable = onSearch !== undefined || options.length >= SEARCH_FROM;
  const shown = useMemo(() => (onSearch !== undefined || text === '' ? options : options.filter((option) => `${option.label} ${option.hint ?? ''}`.toLowerCase().includes(text.toLowerCase()))), [options, text, onSearch]);
  const here = Math.min(at, shown.length - 1);
  const keys = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && shown.length > 0) {
      event.preventDefault();
      const next = (here + step + shown.length) % shown.length;
      setAt(next);
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
    }
    const option = shown[here];
    if (event.key === 'Enter' && option !== undefined && option.disabled !== true && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onChoose(option.value);
    }
  };
  const active = shown[here] === undefined ? undefined : `${id}-${String(here)}`;
  return (
    <div onKeyDown={keys}>
      {searchable && (
        <div className="pickfind">
          <input className="input" data-first type="search" autoComplete="off" role="combobox" aria-expanded="true" aria-controls={id} aria-activedescendant={active} aria-label={t('input.search')} placeholder={t('input.search')} value={text} onChange={(event) => { setText(event.target.value); setAt(0); onSearch?.(event.target.value); }} />
        </div>
      )}
      <div className="picklist" id={id} role="listbox" aria-multiselectable={many || undefined} aria-label={t('input.choose')} aria-busy={busy} ref={list} {...(searchable ? {} : { tabIndex: 0, 'data-first': true, 'aria-activedescendant': active })}>
        {shown.map((option, index) => (
          <div key={option.value} id={`${id}-${String(index)}`} role="option" aria-selected={chosen.includes(option.value)} aria-disabled={option.disabled} className={index === here ? 'at' : undefined} onPointerMove={() => setAt(index)} onClick={() => option.disabled !== true && onChoose(option.value)}>
            <span>{option.label}</span>
            {option.hint !== undefined && <small>{option.hint}</small>}
          </div>
        ))}
      </div>
      {shown.length === 0 && <p className="dim small pad">{t(busy ? 'loading' : 'input.nothing')}</p>}
      {foot !== undefined && <div className="pickfoot">{foot}</div>}
    </div>
  );
}
