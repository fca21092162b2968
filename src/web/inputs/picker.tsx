// One out of a list that the server keeps (organisations, users, projects): asks while typing, by name or pinyin initials.
// `<Picker {...p} shown={orgName} load={async (q) => (await read(listOrgs, { q, limit: 20 })).items.map((o) => ({ value: o.id, label: o.name }))} name="orgs" />`
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useT } from '../i18n.ts';
import { Popover } from '../parts/popover.tsx';
import { OptionList, PickButton, type Option } from './select.tsx';
import type { InputProps } from './types.ts';

export interface PickerProps extends InputProps<string> {
  /** Names the list for the cache. */
  readonly name: string;
  readonly load: (text: string) => Promise<readonly Option[]>;
  /** The name of the chosen one, when it is known already. */
  readonly shown?: string;
  readonly clearable?: boolean;
  /** Told together with the value. */
  readonly onOption?: (option: Option | undefined) => void;
}

const WAIT_MS = 180;

export function Picker({ name, load, shown, clearable = true, onOption, ...props }: PickerProps) {
  const t = useT('web');
  const [picked, setPicked] = useState<Option | undefined>(undefined);
  const label = props.value === undefined ? undefined : picked?.value === props.value ? picked.label : (shown ?? props.value);
  const choose = (option: Option | undefined): void => {
    setPicked(option);
    props.onChange(option?.value);
    onOption?.(option);
  };
  return (
    <Popover label={props.label ?? t('input.choose')} width={320} {...(props.onBlur === undefined ? {} : { onClose: props.onBlur })} trigger={(trigger) => <PickButton props={props} trigger={trigger}>{label}</PickButton>}>
      {(close) => (
        <Found
          name={name}
          load={load}
          chosen={props.value}
          onChoose={(option) => { choose(option); close(); }}
          onClear={clearable && props.value !== undefined ? () => { choose(undefined); close(); } : undefined}
        />
      )}
    </Popover>
  );
}

function Found({ name, load, chosen, onChoose, onClear }: { readonly name: string; readonly load: PickerProps['load']; readonly chosen: string | undefined; readonly onChoose: (option: Option) => void; readonly onClear: (() => void) | undefined }) {
  const t = useT('web');
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useQuery({ queryKey: ['picker', name, asked], queryFn: async () => load(asked), placeholderData: keepPreviousData });
  const options = found.data ?? [];
  return (
    <OptionList
      options={options}
      chosen={chosen === undefined ? [] : [chosen]}
      busy={found.isFetching}
      onSearch={setText}
      onChoose={(value) => {
        const option = options.find((one) => one.value === value);
        if (option !== undefined) onChoose(option);
      }}
      foot={onClear === undefined ? undefined : <button type="button" className="btn quiet small" onClick={onClear}>{t('input.clear')}</button>}
    />
  );
}
